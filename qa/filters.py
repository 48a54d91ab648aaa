"""The words of a question that say who and when → filters: committee, municipality, period, punkt, case number.

Names of bodies and municipalities that are not loaded are kept apart: their decisions may still be reported elsewhere,
and if not, the answer must say so.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from ingest import case_numbers
from ingest.holdings import Selection
from ingest.model import Meeting, MeetingKind, Span
from qa import bodies, periods

_PUNKT = re.compile(
    r"\b(?:dagsordens?)?(?:punkt(?:et)?|pkt\.?|(?:agenda )?item)\s*(?:nr\.?|no\.?|number)?\s*(?P<number>\d+[a-z]?)\b",
    re.I,
)
_SHORT_CASE = re.compile(
    r"\b(?:sag(?:snr|snummer| nr)?\.?|case)\s*:?\s*(?P<case>\d{2}/\d{2,6}|\d{2,4}-\d{3,7})\b", re.IGNORECASE
)
# A time with one end only ("siden 2025"), or named without a date ("i foråret"), says when it was decided only where
# deciding is spoken of.
_DECIDING = re.compile(
    r"\b(beslut\w*|vedt[ao]\w*|godkend\w*|behandle\w*|drøft\w*|sket\w*|møder?\w*|decid\w*|adopt\w*|approv\w*"
    r"|happen\w*|discuss\w*|meetings?|udsat\w*|afvis(?:t|te)|forkast\w*|tiltr[åa]dt\w*|sager|punkter|referat\w*"
    r"|stemte|fraværende|deltog|postponed|rejected|voted|treated|absent|cases|items|minutes|dagsorden\w*|agenda)\b",
    re.IGNORECASE,
)
# Between deciding and a time without a date: what begins another sentence. What is said there is what was decided.
_APART = re.compile(
    r",|\b(som|at|hvis|når|hvor(?:dan|når|for)?|fordi|skal|vil|kan|that|which|who|whether|if|when|because|will|would|can"
    r"|(?<!sket )(?<!skete )der)\b",
    re.IGNORECASE,
)
# A question of what is to come is not about meetings held.
_AHEAD = re.compile(
    r"\b(skal|vil|kommer|forventes|ventes|planlægges|will|shall|expected|planned|going to)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What a question can be about: the meetings that are loaded."""

    meetings: tuple[Meeting, ...]

    @property
    def committees(self) -> tuple[str, ...]:
        """The committees' names, each once."""
        return tuple(dict.fromkeys(meeting.committee for meeting in self.meetings))

    @property
    def municipalities(self) -> tuple[str, ...]:
        """The municipalities' names, each once."""
        return tuple(dict.fromkeys(meeting.municipality for meeting in self.meetings if meeting.municipality))


@dataclass(slots=True)
class Found:
    """What was found: the filters, the places of the words they were read from, names that are not loaded, and the
    first and last day named, whether or not a meeting was held between them."""

    selection: Selection = field(default_factory=Selection)
    used: list[Span] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    period: tuple[date, date] | None = None

    def narrow(self, place: Span, **filters: object) -> None:
        """Add filters read from `place`."""
        self.used.append(place)
        self.selection = replace(self.selection, **filters)  # type: ignore[arg-type]  # names of Selection's fields


def find(text: str, catalogue: Catalogue, *, today: date) -> Found:
    """The filters in a question. `today` anchors "last year"."""
    found = Found()
    _numbers(text, found)
    named = bodies.find(text, municipalities=catalogue.municipalities, committees=catalogue.committees)
    found.used += named.used
    found.unknown = named.unknown
    found.selection = replace(
        found.selection, municipalities=tuple(named.municipalities), committees=tuple(named.committees)
    )
    _period(text, catalogue, today, found)
    return found


def without(text: str, used: list[Span]) -> str:
    """`text` without the places in `used`, single-spaced."""
    for span in sorted(set(used), key=lambda each: -each.start):
        text = f"{text[: span.start]} {text[span.end :]}"
    return " ".join(text.split())


def inherited(own: Selection, earlier: Selection) -> Selection:
    """`own` filters, and the earlier ones where it has none."""
    return Selection(
        own.municipalities or earlier.municipalities,
        own.committees or earlier.committees,
        own.since or earlier.since,
        own.until or earlier.until,
        own.numbers or earlier.numbers,
        own.case_number or earlier.case_number,
    )


def confined(asked: Selection, reader: Selection) -> tuple[Selection, tuple[str, ...]]:
    """The filters of a question within those a reader has set, and the bodies asked about that lie outside them."""
    outside: list[str] = []

    def both(own: tuple[str, ...], allowed: tuple[str, ...]) -> tuple[str, ...]:
        kept = tuple(name for name in own if name in allowed)
        if own and allowed and not kept:
            outside.extend(own)
        return kept or allowed or own

    selection = Selection(
        both(asked.municipalities, reader.municipalities),
        both(asked.committees, reader.committees),
        max((day for day in (asked.since, reader.since) if day), default=None),
        min((day for day in (asked.until, reader.until) if day), default=None),
        asked.numbers or reader.numbers,
        asked.case_number or reader.case_number,
    )
    return selection, tuple(outside)


def last_held(meetings: Sequence[Meeting], *, today: date) -> date | None:
    """The day of the last meeting before tomorrow, one with minutes if there is any; None without meetings."""
    return next(iter(_held(meetings, today=today)), None)


def _held(meetings: Sequence[Meeting], *, today: date) -> list[date]:
    """The days of the meetings before tomorrow, the last first; those with minutes if there are any."""
    past = [each for each in meetings if each.date <= today] or meetings
    held = [each for each in past if each.kind is MeetingKind.REFERAT] or past
    return sorted({each.date for each in held}, reverse=True)


# ── numbers ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def _numbers(text: str, found: Found) -> None:
    if cases := case_numbers.mentioned(text):
        start = text.index(cases[0])
        found.narrow(Span(start, start + len(cases[0])), case_number=cases[0])
    elif match := _SHORT_CASE.search(text):
        found.narrow(Span(*match.span()), case_number=match["case"])
    if match := _PUNKT.search(text):
        found.narrow(Span(*match.span()), numbers=(match["number"],))


# ── when ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _period(text: str, catalogue: Catalogue, today: date, found: Found) -> None:
    """A time in which a loaded meeting of the bodies asked about was held, or "the last meeting", becomes a filter."""
    meetings = [each for each in catalogue.meetings if _is_meant(each, found.selection)]
    named = [each for each in periods.find(text, today=today) if _is_of_meetings(text, each, today)]
    for each in named:
        if any(each.holds(meeting.date) for meeting in meetings):
            found.period = (each.first or date.min, each.last or date.max)
            found.narrow(each.place, since=each.first, until=each.last)
            return
    if named:
        found.period = (named[0].first or date.min, named[0].last or date.max)
        found.used += [each.place for each in named if each.is_loose]
    elif mention := periods.meeting(text):
        _meeting(mention, meetings, today, found)


def _is_of_meetings(text: str, each: periods.Period, today: date) -> bool:
    """True for a time that says when something was decided; one without a date may be what it was decided about."""
    if not each.is_loose:
        return not each.is_open or bool(_DECIDING.search(text))
    if _AHEAD.search(text) or (each.first is not None and each.first > today):
        return False
    before = [match.end() for match in _DECIDING.finditer(text, 0, each.place.start)]
    after = _DECIDING.search(text, each.place.end)
    return (bool(before) and not _APART.search(text, before[-1], each.place.start)) or (
        after is not None and not _APART.search(text, each.place.end, after.start())
    )


def _meeting(mention: periods.Mention, meetings: Sequence[Meeting], today: date, found: Found) -> None:
    """The days of the meeting meant; where it is not loaded, the time in which it would be."""
    if mention.is_next:
        day = min((each.date for each in meetings if each.date > today), default=None)
        if day is None:
            found.period = (today + timedelta(days=1), date.max)
            found.used.append(mention.place)
        else:
            found.narrow(mention.place, since=day, until=day)
        return
    days = _held(meetings, today=today)
    if mention.is_before_last and len(days) > 1:
        found.narrow(mention.place, since=days[1], until=days[1])
    elif days and not mention.is_before_last:
        found.narrow(mention.place, since=days[: mention.count][-1], until=days[0])


def _is_meant(meeting: Meeting, selection: Selection) -> bool:
    return (not selection.committees or meeting.committee in selection.committees) and (
        not selection.municipalities or meeting.municipality in selection.municipalities
    )
