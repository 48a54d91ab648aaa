"""What things are called on the page: days, places in the minutes, outcomes."""

from __future__ import annotations

from datetime import date

from ingest.model import Meeting, Outcome
from qa import texts
from qa.model import Citation
from qa.ui.literal import Html, tag
from qa.ui.words import Words

# How an outcome is coloured and marked, always beside its word.
_TONES: dict[Outcome, tuple[str, str]] = {
    Outcome.ADOPTED: ("good", "✓"),
    Outcome.ADOPTED_WITH_ADDITION: ("good", "✓"),
    Outcome.DECIDED_OTHERWISE: ("plain", "●"),
    Outcome.SIGNED: ("plain", "✓"),
    Outcome.NOTED: ("note", "i"),
    Outcome.DISCUSSED: ("note", "…"),
    Outcome.POSTPONED: ("wait", "→"),
    Outcome.SENT_ON: ("wait", "→"),
    Outcome.WITHDRAWN: ("plain", "–"),
    Outcome.REJECTED: ("bad", "✕"),
    Outcome.NONE: ("plain", "–"),
    Outcome.UNKNOWN: ("plain", "?"),
}


def day(when: date | None, words: Words) -> str:
    """ "28. april 2026"; says so when there is no date."""
    return texts.day(when, words.language) if when else words.no_date


def place(citation: Citation, words: Words) -> str:
    """ "Beskæftigelsesudvalget, 28. april 2026, punkt 33, s. 9"."""
    return ", ".join([citation.committee, day(citation.date, words), *_numbers(citation, words)])


def _numbers(citation: Citation, words: Words) -> list[str]:
    number = [words.item.format(number=citation.number)] if citation.number else []
    return number + ([words.page.format(page=citation.page)] if citation.page is not None else [])


def meeting(held: Meeting, words: Words) -> str:
    """ "Beskæftigelsesudvalget, 28. april 2026"."""
    return f"{held.committee}, {day(held.date, words)}"


def case(number: str, words: Words) -> Html:
    """ "sag 15.00.00-G01-7-25", never broken at one of its hyphens."""
    before, after = words.case.split("{number}")
    return tag("span", before, tag("span", number, class_="ps-whole"), after)


def counted(number: int, forms: tuple[str, str]) -> str:
    """ "1 møde", "2 møder"."""
    return f"{number} {forms[number != 1]}"


def tone(outcome: Outcome) -> tuple[str, str]:
    """How an outcome is coloured, and the sign that says the same."""
    return _TONES[outcome]


def badge(outcome: Outcome, words: Words) -> Html:
    """The outcome as a word, with a sign and a colour that say the same."""
    tone, sign = _TONES[outcome]
    return tag(
        "span", tag("span", sign, aria_hidden="true"), words.outcomes[outcome], class_=f"ps-badge ps-badge-{tone}"
    )
