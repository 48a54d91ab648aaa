"""Settings, where the app listens and who is signed in → what the visitor may do."""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from ingest.errors import MinutesError
from qa.settings import Settings


class Role(StrEnum):
    """What a visitor may do: nothing, read and ask, or also load and remove."""

    NOBODY = "nobody"
    READER = "reader"
    EDITOR = "editor"


class NotAllowed(MinutesError):
    """The visitor asked for something that only an editor may do."""


@dataclass(frozen=True, slots=True)
class Account:
    """Who signed in, as the login tells it. `email` is in small letters; "" where it tells none, or one that it has
    not verified. `claims` are all the values of each claim that is a word or a list of words."""

    email: str
    claims: Mapping[str, tuple[str, ...]]


def account(told: Mapping[str, object]) -> Account:
    """The account in the claims of an identity token."""
    email = told.get("email")
    is_verified = told.get("email_verified", True) not in (False, "false")  # Entra and others leave it out
    claims = {
        name: (value,) if isinstance(value, str) else tuple(each for each in value if isinstance(each, str))
        for name, value in told.items()
        if isinstance(value, str | list | tuple)
    }
    return Account(email.strip().lower() if isinstance(email, str) and is_verified else "", claims)


def role_of(settings: Settings, who: Account | None) -> Role:
    """The role of an account that signed in; None for a visitor who has not."""
    if who is None:
        return Role.NOBODY
    name, value = settings.editor_claim or ("", "")
    if _is_among(who.email, settings.editors) or (name and value in who.claims.get(name, ())):
        return Role.EDITOR if settings.editing else Role.READER
    return Role.READER if not settings.readers or _is_among(who.email, settings.readers) else Role.NOBODY


def role_without_login(settings: Settings, *, is_local: bool) -> Role:
    """The role of every visitor where no login is set up. `is_local`: the app listens on this machine only."""
    return Role.EDITOR if settings.editing and (is_local or settings.trusted_network) else Role.READER


def is_local(address: str | None) -> bool:
    """True for an address that only this machine reaches; None and "" are all addresses there are."""
    if not address:
        return False
    if address == "localhost":
        return True
    try:
        return ipaddress.ip_address(address.strip("[]")).is_loopback
    except ValueError:
        return False


def _is_among(email: str, listed: tuple[str, ...]) -> bool:
    return bool(email) and any(email == each or (each.startswith("@") and email.endswith(each)) for each in listed)
