"""The words of keys and of the user guide, in Danish and in English."""

from __future__ import annotations

from dataclasses import dataclass

from qa.model import Language


@dataclass(frozen=True, slots=True)
class KeyWords:
    """What the list of keys says."""

    title: str
    close: str
    either: str
    typing: str
    switch: str
    this_list: str
    ask: str
    guide: str
    no_guide: str


DANISH = KeyWords(
    title="Tastaturgenveje og hjælp",
    close="Luk",
    either="eller",
    typing="Genvejene virker, når du ikke skriver i et felt. Esc fører ud af feltet.",
    switch="Genveje med én tast er slået til",
    this_list="Vis denne liste",
    ask="Skriv et spørgsmål",
    guide="Brugervejledning",
    no_guide="Brugervejledningen følger ikke med i denne installation.",
)

ENGLISH = KeyWords(
    title="Keyboard shortcuts and help",
    close="Close",
    either="or",
    typing="Shortcuts work while you are not typing in a field. Esc leads out of the field.",
    switch="Single-key shortcuts are on",
    this_list="Show this list",
    ask="Type a question",
    guide="User guide (in Danish)",
    no_guide="This installation comes without the user guide.",
)


def of(language: Language) -> KeyWords:
    """The words in a language."""
    return ENGLISH if language is Language.ENGLISH else DANISH
