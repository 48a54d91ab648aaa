"""Who is at the screen: the login where one is set up, and what the visitor may do."""

from __future__ import annotations

import logging
import os
from collections.abc import Mapping
from importlib.util import find_spec

import streamlit as st

from qa import access, settings
from qa.access import Role
from qa.settings import Settings, SettingsWrong
from qa.ui import frame, words_documents
from qa.ui.address import Address
from qa.ui.literal import Child, show, tag
from qa.ui.words import Words

_FAILED = "login_failed"


def is_set_up() -> bool:
    """True when the secrets hold a section `[auth]`."""
    return bool(_section())


def role(chosen: Settings) -> Role:
    """What the visitor may do, as of now."""
    if is_set_up():
        told = st.user.to_dict() if find_spec("authlib") else {}
        return access.role_of(chosen, access.account(told) if told.get("is_logged_in") is True else None)
    return access.role_without_login(chosen, is_local=is_local())


def is_local() -> bool:
    """True when the app listens on this machine only."""
    return access.is_local(st.get_option("server.address"))


def lets_in(address: Address, words: Words) -> bool:
    """True for a visitor who may read. Anybody else is shown the login, or what is wrong with it, and no more."""
    say = words_documents.of(words.language)
    try:
        chosen = settings.read(os.environ)
    except SettingsWrong as fault:
        _page(say.wrong_setting, tag("p", str(fault)))
        return False
    if not is_set_up():
        return True
    if find_spec("authlib") is None:
        _page(say.login, tag("p", say.no_authlib))
        return False
    if role(chosen) is not Role.NOBODY:
        return True
    if st.user.to_dict().get("is_logged_in") is True:
        _page(say.login, tag("p", say.no_access))
        st.button(say.sign_out, on_click=st.logout, key="sign_out")
        return False
    failed = (
        tag("p", say.login_fails, class_="ps-warning", role="alert") if st.session_state.pop(_FAILED, False) else None
    )
    _page(say.login, tag("p", say.login_why), failed)
    for provider in _providers():
        text = say.sign_in_with.format(provider=provider) if provider else say.sign_in
        st.button(text, on_click=_sign_in, args=(provider,), key=f"sign_in_{provider}", type="primary")
    return False


def account_line(words: Words) -> None:
    """Who is signed in, and the way out; nothing where there is no login."""
    if not is_set_up():
        return
    say = words_documents.of(words.language)
    told = st.user.to_dict()
    with st.container(key="account", horizontal=True, vertical_alignment="center"):
        show(tag("p", say.signed_in.format(name=told.get("name") or told.get("email") or "?"), class_="ps-meta"))
        st.button(say.sign_out, on_click=st.logout, key="sign_out")


def _sign_in(provider: str) -> None:
    """Off to the house that signs in. What keeps it from that, the terminal has; the visitor gets a sentence."""
    try:
        st.login(provider or None)
    except Exception:
        logging.getLogger("punktsvar").exception("the login could not be begun")
        st.session_state[_FAILED] = True


def _section() -> Mapping[str, object]:
    try:
        found = st.secrets.get("auth")
    except FileNotFoundError:  # no secrets at all
        return {}
    return found if isinstance(found, Mapping) else {}


def _providers() -> list[str]:
    """The names of the ways to sign in; "" for the only one, when it has no name."""
    section = _section()
    named = [name for name, value in section.items() if isinstance(value, Mapping) and "client_id" in value]
    return ["", *named] if "client_id" in section else named


def _page(heading: str, *content: Child) -> None:
    frame.styles()
    frame.title(heading)
    show(tag("section", tag("p", "Punkt", tag("span", "svar"), class_="ps-brand"), tag("h1", heading), *content,
             class_="ps-page ps-login"))  # fmt: skip
