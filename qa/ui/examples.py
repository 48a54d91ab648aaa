"""Questions that the loaded minutes can answer, made from the titles of items with a decision."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.model import AgendaItem, MeetingKind, Outcome
from qa.assistant import Assistant
from qa.ui.words import Words

_MOST, _MEETINGS, _LONGEST = 4, 6, 90  # questions; meetings looked through, newest first; characters of a subject
_DECIDED = (
    Outcome.ADOPTED_WITH_ADDITION,
    Outcome.DECIDED_OTHERWISE,
    Outcome.ADOPTED,
    Outcome.REJECTED,
    Outcome.POSTPONED,
    Outcome.SENT_ON,
)
_STANDING = ("00.00.", "00.22.")  # case numbers of what every meeting has: messages, signatures
_ABOUT = re.compile(
    r"^(?:(?:(?:endelig|politisk|fornyet|foreløbig) )*(?:godkendelse|vedtagelse|behandling|drøftelse|fastsættelse) af "
    r"|(?:beslutning|stillingtagen|indstilling|forslag) (?:om|til) |ansøgning om |sag om )",
    re.IGNORECASE,
)


def questions(assistant: Assistant, words: Words) -> list[str]:
    """Up to four questions, those with the most telling outcomes of the newest meetings first."""
    subjects = list(dict.fromkeys(subject for _, subject in sorted(_subjects(assistant), key=lambda each: each[0])))
    return [words.example.format(subject=subject) for subject in subjects[:_MOST]]


def _subjects(assistant: Assistant) -> Iterator[tuple[tuple[int, int], str]]:
    """What items were about, each with its rank: how old its meeting is, how much its outcome tells."""
    held = [each for each in assistant.meetings() if each.kind is MeetingKind.REFERAT]
    for age, meeting in enumerate(reversed(held[-_MEETINGS:])):
        for item in assistant.items(meeting.key):
            decisions = item.own_decisions
            if decisions and decisions[-1].outcome in _DECIDED and _is_a_matter(item):
                yield (age, _DECIDED.index(decisions[-1].outcome)), subject(item.title)


def _is_a_matter(item: AgendaItem) -> bool:
    return (
        not item.is_closed
        and not (item.case_number or "").startswith(_STANDING)
        and _ABOUT.match(item.title) is not None
        and len(subject(item.title)) <= _LONGEST
    )


def subject(title: str) -> str:
    """ "Godkendelse af indsatsen i og omkring Bethaniagade" → "indsatsen i og omkring Bethaniagade"."""
    return _ABOUT.sub("", title, count=1).rstrip(" .?!")
