"""Environment variables → the settings of the app, each with what to mend when its value is wrong."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from ingest.errors import MinutesError

EDITING, TRUSTED = "PUNKTSVAR_EDITING", "PUNKTSVAR_TRUSTED_NETWORK"
EDITORS, READERS, CLAIM = "PUNKTSVAR_EDITORS", "PUNKTSVAR_READERS", "PUNKTSVAR_EDITOR_CLAIM"
UPLOAD, CONTACT = "PUNKTSVAR_UPLOAD_MB", "PUNKTSVAR_CONTACT"

_ON, _OFF = ("on", "1", "true", "ja"), ("off", "0", "false", "nej", "")
_ADDRESS = re.compile(r"[^@\s]*@[^@\s]+\.[^@\s]+")  # "ida@kildemose.dk", or "@kildemose.dk" for all of a house
_MOST = 500  # MB; a reader of minutes has no use for more


class SettingsWrong(MinutesError):
    """A setting has a value that means nothing. The message names it, its value, and what it may be."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How the app is to behave. Unless said otherwise it only shows what is loaded, to who reaches it.

    `editing` lets files be loaded and removed in the app. `trusted_network` lets that be so without a login where the
    app listens on more than this machine. `editors` and `readers` are e-mail addresses in small letters, or "@" and a
    domain for all of it; no readers means: everybody who can sign in. `editor_claim` is a claim of the login and the
    value it must hold. `upload_limit` is in bytes; `contact` is told to sites that are synced.
    """

    editing: bool = False
    trusted_network: bool = False
    editors: tuple[str, ...] = ()
    readers: tuple[str, ...] = ()
    editor_claim: tuple[str, str] | None = None
    upload_limit: int = 50_000_000
    contact: str = ""


def read(environment: Mapping[str, str]) -> Settings:
    """The settings in an environment. Raises `SettingsWrong`."""
    return Settings(
        editing=_switch(environment, EDITING),
        trusted_network=_switch(environment, TRUSTED),
        editors=_addresses(environment, EDITORS),
        readers=_addresses(environment, READERS),
        editor_claim=_claim(environment),
        upload_limit=_megabytes(environment) * 1_000_000,
        contact=environment.get(CONTACT, "").strip(),
    )


def _switch(environment: Mapping[str, str], name: str) -> bool:
    value = environment.get(name, "").strip().lower()
    if value not in (*_ON, *_OFF):
        raise SettingsWrong(f"{name}={value!r}: must be on or off")
    return value in _ON


def _addresses(environment: Mapping[str, str], name: str) -> tuple[str, ...]:
    found = tuple(each for each in re.split(r"[,;\s]+", environment.get(name, "").lower()) if each)
    for each in found:
        if not _ADDRESS.fullmatch(each):
            raise SettingsWrong(f"{name}: {each!r} is no e-mail address; write ida@kildemose.dk, or @kildemose.dk")
    return found


def _claim(environment: Mapping[str, str]) -> tuple[str, str] | None:
    told = environment.get(CLAIM, "").strip()
    name, _, value = (part.strip() for part in told.partition("="))
    if told and not (name and value):
        raise SettingsWrong(f"{CLAIM}={told!r}: write a claim and its value, such as roles=punktsvar-editor")
    return (name, value) if told else None


def _megabytes(environment: Mapping[str, str]) -> int:
    told = environment.get(UPLOAD, "").strip() or "50"
    if not (told.isascii() and told.isdigit() and 1 <= int(told) <= _MOST):
        raise SettingsWrong(f"{UPLOAD}={told!r}: must be a whole number of megabytes from 1 to {_MOST}")
    return int(told)
