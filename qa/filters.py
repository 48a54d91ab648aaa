"""The words of a question that say who and when → filters: committee, municipality, period, punkt, case number.

Names of bodies and municipalities that are not loaded are kept apart: their decisions may still be reported elsewhere,
and if not, the answer must say so.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from ingest import case_numbers, dates
from ingest.holdings import Selection
from ingest.model import Meeting, MeetingKind, Span
from qa import bodies, periods, seasons

_PUNKT_WORD = r"(?:dagsordens?)?(?:punkt(?:et|er|erne)?|pkt\.?|(?:agenda )?items?)\s*(?:nr\.?|no\.?|numbers?)?"
_ONE_MORE = (  # "og 34", "-36", "and item 4", but not a day, an amount or a year
    rf"(?P<join>\s*(?:,|&|[-–]|og|samt|eller|til|and|or|to)\s*(?:og\s+|and\s+)?)(?:{_PUNKT_WORD}\s*)?"
    rf"(?P<number>\d{{1,3}}[a-z]?)\b(?!\.?\s*(?:{'|'.join(dates.MONTHS)})\b|[.,/-]\d|\s*(?:mio|mia|mill|kr|pct|%|t\.kr))"
)
_PUNKT = re.compile(rf"\b{_PUNKT_WORD}\s*(?P<number>\d+[a-z]?)\b", re.IGNORECASE)
_MORE = re.compile(_ONE_MORE, re.IGNORECASE)
_LONGEST_RANGE = 999  # items; no agenda has so many
_SHORT_CASE = re.compile(
    r"\b(?:sag(?:snr|snummer| nr)?\.?|case)\s*:?\s*(?P<case>\d{2}/\d{2,6}|\d{2,4}-\d{3,7})\b", re.IGNORECASE
)
# A time with one end only ("siden 2025"), or named without a date ("i foråret"), says when it was decided only where
# deciding is spoken of.
_DECIDING = re.compile(
    r"\b(beslut\w*|vedt[ao]\w*|godkend\w*|behandle\w*|drøft\w*|sket\w*|møder?\w*|decid\w*|adopt\w*|approv\w*"
    r"|happen\w*|discuss\w*|meetings?|udsat\w*|afvis(?:t|te)|forkast\w*|tiltr[åa]dt\w*|sager|punkter|referat\w*"
    r"|stemte|afvente\w*|pending|afsat|bevilg\w*|granted|fraværende|deltog|postponed|rejected|voted|treated|absent|cases|items|minutes|dagsorden\w*|agenda)\b",
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


_ONLY_A_TIME = re.compile(r"\W*(?:og|and|men|but|hvad med|what about|how about)\b\W*(?:hvad med|what about)?\W*$", re.I)


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


def carried(own: Selection, earlier: Selection, catalogue: Catalogue) -> Selection:
    """`inherited`, without what no longer goes together: the committees of another municipality, the day of another
    committee's meeting."""
    if own.municipalities:
        there = {each.committee for each in catalogue.meetings if each.municipality in own.municipalities}
        earlier = replace(earlier, committees=tuple(each for each in earlier.committees if each in there))
    found = inherited(own, earlier)
    is_other_body = own.committees or own.municipalities
    if is_other_body and not (own.since or own.until) and not any(is_in(each, found) for each in catalogue.meetings):
        return replace(found, since=None, until=None)
    return found


def stepped(earlier: Selection, step: periods.Step, catalogue: Catalogue, *, today: date) -> Selection:
    """The time a step away from that of an earlier question; from today where it names none."""
    if step.unit == "meeting":
        days = _held([each for each in catalogue.meetings if _is_meant(each, earlier)], today=today)
        base = (earlier.since if step.count < 0 else earlier.until) or next(iter(days), today)
        near = [day for day in days if (day < base if step.count < 0 else day > base)]
        day = None if not near else near[0] if step.count < 0 else near[-1]
        return Selection(since=day, until=day)
    asked = (earlier.since, earlier.until) if earlier.since and earlier.until else None
    first, last = seasons.stepped(asked, step.unit, step.count, today)
    return Selection(since=first, until=last)


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
        numbers, end = [match["number"]], match.end()
        while more := _MORE.match(text, end):
            numbers += _up_to(numbers[-1], more["number"]) if _is_range(more["join"]) else [more["number"]]
            end = more.end()
        found.narrow(Span(match.start(), end), numbers=tuple(dict.fromkeys(numbers)))


def _is_range(join: str) -> bool:
    return join.strip().lower() in ("-", "–", "til", "to")


def _up_to(first: str, last: str) -> list[str]:
    """The numbers after `first` up to `last`; `last` alone where they make no range."""
    if first.isdigit() and last.isdigit() and 0 < int(last) - int(first) <= _LONGEST_RANGE:
        return [str(number) for number in range(int(first) + 1, int(last) + 1)]
    return [last]


def in_ranges(numbers: Sequence[str]) -> str:
    """Numbers to read, three or more that follow one another as "8-500"."""
    runs: list[list[str]] = []
    for each in numbers:
        follows = bool(runs) and each.isdigit() and runs[-1][-1].isdigit() and int(each) == int(runs[-1][-1]) + 1
        runs[-1].append(each) if follows else runs.append([each])
    return ", ".join(f"{run[0]}-{run[-1]}" if len(run) > 2 else ", ".join(run) for run in runs)


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
    if _ONLY_A_TIME.match(text[: each.place.start]) and not text[each.place.end :].strip(" ?.!"):
        return True
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


def is_in(meeting: Meeting, selection: Selection) -> bool:
    """True for a meeting of the bodies and the time of a selection, whatever items it wants."""
    return (
        _is_meant(meeting, selection)
        and (selection.since is None or selection.since <= meeting.date)
        and (selection.until is None or meeting.date <= selection.until)
    )


def _is_meant(meeting: Meeting, selection: Selection) -> bool:
    return (not selection.committees or meeting.committee in selection.committees) and (
        not selection.municipalities or meeting.municipality in selection.municipalities
    )
