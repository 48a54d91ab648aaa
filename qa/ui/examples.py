"""Questions that the loaded minutes can answer, made from the titles of items with a decision."""

from __future__ import annotations

import re
from itertools import chain, zip_longest

from ingest.model import AgendaItem, Meeting, MeetingKind, Outcome
from qa.assistant import Assistant
from qa.ui.words import Words

_MOST, _MEETINGS, _LONGEST = 4, 6, 90  # questions; meetings looked through, newest first; characters of a subject

# The most telling first.
_DECIDED = (
    Outcome.ADOPTED_WITH_ADDITION,
    Outcome.DECIDED_OTHERWISE,
    Outcome.ADOPTED,
    Outcome.REJECTED,
    Outcome.POSTPONED,
    Outcome.SENT_ON,
)

# What every meeting has.
_STANDING_CASES = ("00.00.", "00.22.")
_STANDING = re.compile(
    r"godkendelse af (dagsorden|referat|protokol)|(orientering|meddelelser|underskrift|eventuelt|bordet rundt)\b",
    re.IGNORECASE,
)

# What stands in a title before its subject.
_BEFORE_SUBJECT = re.compile(
    r"((endelig|politisk|fornyet|foreløbig) )*(godkendelse|vedtagelse|behandling|drøftelse|fastsættelse) af "
    r"|(beslutning|stillingtagen|indstilling) (om|til) |ansøgning om |sag om |svar på (?=forslag )",
    re.IGNORECASE,
)


def questions(assistant: Assistant, words: Words) -> list[str]:
    """Up to four questions: of the newest meetings in turn, the items whose outcome tells most."""
    held = [each for each in assistant.meetings() if each.kind is MeetingKind.REFERAT]
    by_meeting = [_subjects(assistant, each) for each in reversed(held[-_MEETINGS:])]
    in_turn = filter(None, chain.from_iterable(zip_longest(*by_meeting)))
    return [words.example.format(subject=each) for each in list(dict.fromkeys(in_turn))[:_MOST]]


def subject(title: str) -> str:
    """ "Godkendelse af indsatsen i og omkring Bethaniagade" → "indsatsen i og omkring Bethaniagade"."""
    before = _BEFORE_SUBJECT.match(title)
    return title[before.end() if before else 0 :].rstrip(" .?!")


def _subjects(assistant: Assistant, meeting: Meeting) -> list[str]:
    """What the meeting decided about, the most telling outcome first."""
    decided = [
        (_DECIDED.index(item.own_decisions[-1].outcome), subject(item.title))
        for item in assistant.items(meeting.key)
        if item.own_decisions and item.own_decisions[-1].outcome in _DECIDED and _can_be_asked_about(item)
    ]
    return [about for _, about in sorted(decided, key=lambda each: each[0])]


def _can_be_asked_about(item: AgendaItem) -> bool:
    is_standing = _STANDING.match(item.title) or (item.case_number or "").startswith(_STANDING_CASES)
    return not (item.is_closed or is_standing) and len(subject(item.title)) <= _LONGEST
