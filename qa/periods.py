"""The words of a question that say when → the first and last day they mean.

Strict, as `ingest.dates` is: what is not in the tables is no period. `seasons` has those without a date ("i foråret").
Whether a meeting was held in a period is for others to say.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from ingest import dates
from ingest.model import Span
from qa import seasons

_NAMES = "|".join(
    sorted((name for name in dates.MONTHS if len(name) > 3 or name in ("maj", "may")), key=len, reverse=True)
)
_LAST_YEAR, _THIS_YEAR = ("sidste år", "i fjor", "last year"), ("i år", "this year")
_SAID_YEAR = "|".join((*_LAST_YEAR, *_THIS_YEAR))
_MONTH_YEAR = re.compile(rf"\b(?P<month>{_NAMES})\s+(?P<year>\d{{4}}|{_SAID_YEAR})\b", re.IGNORECASE)
_MONTH = re.compile(
    rf"\b(?:i|in|fra|from|of|siden|since|efter|after|før|before|inden|mellem|between"
    rf"|(?:fra|from|mellem|between)\s+(?:{_NAMES})(?:\s+\d{{4}})?\s+(?:og|and|til|to))\s+(?P<month>{_NAMES})\b",
    re.IGNORECASE,
)
# A year alone is a time of meetings only after a body or a word of deciding: "i 2027" may well be what it is about.
_YEAR = re.compile(
    r"\b(?:beslutte(?:de|t)|vedtog|vedtaget|godkendt|behandle(?:de|t)|decided?|adopted|approved"
    r"|udsat|udskudt|forkastet|afvist|oversendt|efterretning|postponed|deferred|rejected|noted|\w*udvalg(?:et)?|\w*rådet"
    r"|kommunalbestyrelsen|committee|council|møder?(?:ne)?|meetings?|siden|since"
    r"|^\W*(?:og|and|hvad med|what about|how about))\s+(?:(?:i|in)\s+)?"
    rf"(?P<said>(?P<year>\d{{4}})|{_SAID_YEAR})\b",
    re.IGNORECASE,
)
# Which meeting a question means by its place among the others. First match wins.
_LAST = r"(?:sidste|seneste|nyeste|forrige|last|latest|most recent|previous)"
_HELD = r"\w*(?:møde|meeting)\w*"
_COUNT = r"to|tre|fire|fem|seks|two|three|four|five|six|\d{1,2}"
_MEETINGS = tuple(
    (kind, re.compile(rf"\b(?:(?:på|ved|under|at|in)\s+)?(?:{pattern})", re.IGNORECASE))
    for kind, pattern in (
        (
            "before",
            r"(?:det |the )?(?:møde\w* før (?:det )?(?:sidste|seneste)(?: møde)?|meeting before (?:the )?last)",
        ),
        ("before", rf"(?:det |the )?(?:næstsidste|næstseneste|second[- ]to[- ]last|last but one|penultimate) {_HELD}"),
        ("several", rf"(?:de |the )?(?:sidste|seneste|last|latest|past) (?P<count>{_COUNT}) {_HELD}"),
        ("several", rf"(?:de |the )(?P<count>{_COUNT}) (?:sidste|seneste|latest|last|most recent) {_HELD}"),
        ("last", rf"(?:det |the )?{_LAST} {_HELD}"),
        ("next", rf"(?:det |the )?(?:næste|kommende|next|coming|upcoming) {_HELD}"),
    )
)
# "Udsat til næste møde" says what became of the matter; "dagsordenen til næste møde" names the meeting.
_PUT_OFF = re.compile(r"(?<!dagsorden )(?<!dagsordenen )\b(?:til|to|until)\s+$", re.IGNORECASE)
_COUNTS = {word: number for number, word in enumerate("to tre fire fem seks".split(), start=2)} | {
    word: number for number, word in enumerate("two three four five six".split(), start=2)
}


_STEPS = {
    "året": "year", "year": "year", "kvartalet": "quarter", "quarter": "quarter", "måneden": "month", "month": "month",
    "ugen": "week", "week": "week", "mødet": "meeting", "meeting": "meeting",
}  # fmt: skip
_STEP = re.compile(
    rf"\b(?:(?:i|in|på|at)\s+)?(?:the\s+)?(?P<unit>{'|'.join(_STEPS)})\s+(?P<way>før|forinden|efter|before|after)\b(?=\W*$)",
    re.IGNORECASE,
)


_YEAR_OF_DAYS = 364


@dataclass(frozen=True, slots=True)
class Period:
    """A time named: the place of its words, and the first and last day it means; None for an open end.

    `is_loose`: named without a date ("i foråret"), as what a matter is about often is.
    """

    place: Span
    first: date | None
    last: date | None
    is_loose: bool = False

    @property
    def is_open(self) -> bool:
        """True for a time with a beginning or an end only."""
        return self.first is None or self.last is None

    def holds(self, day: date) -> bool:
        """True for a day within the period."""
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)


def find(text: str, *, today: date) -> list[Period]:
    """The times `text` names, in order; `today` anchors "last year" and a month without a year.

    "Siden den 1. maj", "før juni 2025" and "mellem den 1. maj og den 3. juni" are each one time.
    """
    plain = sorted(_plain(text, today), key=lambda each: each.place)
    found: list[Period] = []
    while plain:
        pair = _between(text, plain[0], plain[1]) if len(plain) > 1 else None
        found.append(pair or _bounded(text, plain[0]))
        del plain[: 2 if pair else 1]
    holidays = [Period(*each, is_loose=True) for each in seasons.around_holidays(text, today=today)]
    return sorted([*found, *holidays], key=lambda each: each.place)


@dataclass(frozen=True, slots=True)
class Mention:
    """A meeting named by its place among the others: the last one or the last `count`, the one before the last, the
    next."""

    place: Span
    is_next: bool = False
    is_before_last: bool = False
    count: int = 1


def is_named(period: tuple[date, date], text: str) -> bool:
    """True when a text names a day in the period, a month of it with its year, or, for a period of a year or more, a
    year of it."""
    first, last = period
    if any(first <= day <= last for _, day in dates.find(text)):
        return True
    for match in _MONTH_YEAR.finditer(text):
        year, month = match["year"], dates.MONTHS[match["month"].lower()]
        if year.isdigit() and int(year) and first <= date(int(year), month, 1) <= last:
            return True
    years = range(first.year, last.year + 1) if (last - first).days >= _YEAR_OF_DAYS and last != date.max else range(0)
    return any(re.search(rf"\b{year}\b", text) for year in years)


def meeting(text: str) -> Mention | None:
    """The meeting a question names by its place among the others ("på sidste møde"); None when it names none so."""
    for kind, pattern in _MEETINGS:
        match = pattern.search(text)
        if match and not (kind == "next" and _PUT_OFF.search(text[: match.start()])):
            said = match["count"].lower() if kind == "several" else "1"
            count = int(said) if said.isdigit() else _COUNTS[said]
            return Mention(Span(*match.span()), kind == "next", kind == "before", max(count, 1))
    return None


@dataclass(frozen=True, slots=True)
class Step:
    """A time named by how far it is from another one ("og året før?"): `unit` is year, quarter, month, week or
    meeting, `count` how many further on, below zero for earlier."""

    place: Span
    unit: str
    count: int


def step(text: str) -> Step | None:
    """The step from an earlier question's time that a question ends with; None when it names none."""
    match = _STEP.search(text)
    if match is None:
        return None
    is_earlier = match["way"].lower() in ("før", "forinden", "before")
    return Step(Span(*match.span()), _STEPS[match["unit"].lower()], -1 if is_earlier else 1)


def _plain(text: str, today: date) -> Iterator[Period]:
    """Days, months and years, each without the words before it."""
    taken: list[Span] = []

    def is_new(place: Span) -> bool:
        is_free = not any(span.start < place.end and place.start < span.end for span in taken)
        taken.append(place)
        return is_free

    for span, day in dates.find(text):
        taken.append(span)
        yield Period(span, day, day)
    for pattern in (_MONTH_YEAR, _MONTH):
        for match in pattern.finditer(text):
            if is_new(place := Span(match.start("month"), match.end())):
                yield Period(place, *_month(match, today))
    for match in _YEAR.finditer(text):
        year = int(match["year"]) if match["year"] else today.year - (match["said"].lower() in _LAST_YEAR)
        if is_new(place := Span(*match.span("said"))) and 1 <= year <= 9998:
            yield Period(place, date(year, 1, 1), date(year, 12, 31))
    for place, first, last in seasons.find(text, today=today):
        if is_new(place):
            yield Period(place, first, last, is_loose=True)


def _month(match: re.Match[str], today: date) -> tuple[date, date]:
    """The first and last day of a month; without a year, of its latest that has begun."""
    month, said = dates.MONTHS[match["month"].lower()], (match.groupdict().get("year") or "").lower()
    if said.isdigit():
        year = min(max(int(said), 1), 9998)
    elif said:
        year = today.year - (said in _LAST_YEAR)
    else:
        year = today.year if month <= today.month else today.year - 1
    first = date(year, month, 1)
    return first, (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def _bounded(text: str, each: Period) -> Period:
    """A time with the word before it, which may make it a beginning or an end."""
    start = max(0, each.place.start - _NEAR)
    for pattern, bound in _BOUNDS:
        if match := pattern.search(text[start : each.place.start]):
            return Period(Span(start + match.start(), each.place.end), *bound(each), is_loose=each.is_loose)
    return each


def _between(text: str, one: Period, other: Period) -> Period | None:
    """Two times with "mellem … og …" around them as one; None for two that only stand near each other."""
    start = max(0, one.place.start - _NEAR)
    opening = _BETWEEN.search(text[start : one.place.start])
    if opening is None or not _AND.fullmatch(text[one.place.end : other.place.start]):
        return None
    first = one.first  # "fra januar til marts 2024": the year stands with the second and holds for both
    while first and other.last and first > other.last and first.day == 1 and first.year > 1:
        first = first.replace(year=first.year - 1)
    return Period(Span(start + opening.start(), other.place.end), first, other.last, one.is_loose or other.is_loose)


def _day_after(each: Period) -> date | None:
    return each.last + timedelta(days=1) if each.last and each.last < date.max else each.last


def _day_before(each: Period) -> date | None:
    return each.first - timedelta(days=1) if each.first and each.first > date.min else each.first


# What stands before a time and what it makes of it: "efter" means from the day after on. First match wins.
_NEAR = 40  # characters
_DEN = r"(?:\s+(?:i|in))?(?:\s+(?:den|d\.|the))?\s*$"
_BOUNDS: tuple[tuple[re.Pattern[str], Callable[[Period], tuple[date | None, date | None]]], ...] = (
    (re.compile(rf"\b(siden|fra og med|since){_DEN}", re.IGNORECASE), lambda each: (each.first, None)),
    (re.compile(rf"\b(efter|after){_DEN}", re.IGNORECASE), lambda each: (_day_after(each), None)),
    (re.compile(rf"\b(før|inden|before){_DEN}", re.IGNORECASE), lambda each: (None, _day_before(each))),
    (re.compile(rf"\b(til og med|indtil|until|up to){_DEN}", re.IGNORECASE), lambda each: (None, each.last)),
    (re.compile(r"\b(?:(?:i|in|on|fra|from|of)\s+)?(?:den|d\.|the)?\s*$", re.I), lambda each: (each.first, each.last)),
)
_BETWEEN = re.compile(rf"\b(mellem|between|fra|from){_DEN}", re.IGNORECASE)
_AND = re.compile(r"\s+(og|and|til|to)\s+((den|d\.|the)\s*)?", re.IGNORECASE)
