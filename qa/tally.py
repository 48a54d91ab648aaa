"""A digest → how many of its items came to which outcome, month by month or in longer times."""

from __future__ import annotations

from calendar import monthrange
from collections import Counter
from dataclasses import dataclass
from datetime import date

from ingest.model import MeetingKind, Outcome
from qa.digest import Digest

_BY_MONTH, _BY_QUARTER = 15, 48  # the most months that are told by month, and by quarter


@dataclass(frozen=True, slots=True)
class Tally:
    """How many items came to which outcome from `first` to `last`, a month, a quarter or a year of whole months.
    `counts` are in the order of the outcomes' kinds, without those that are zero."""

    first: date
    last: date
    counts: tuple[tuple[Outcome, int], ...]

    @property
    def total(self) -> int:
        """How many items there are."""
        return sum(number for _, number in self.counts)


def of(made: Digest) -> tuple[Tally, ...]:
    """The tallies of a digest, the oldest first, without times in which nothing was treated. Counted are the steps of
    its cases in minutes: no routine items, no agendas, nothing before other bodies."""
    steps = [step for case in made.cases for step in case.steps if step.kind is MeetingKind.REFERAT]
    if not steps:
        return ()
    days = [step.heading.date for step in steps]
    length = _length(min(days), max(days))
    found: dict[date, Counter[Outcome]] = {}
    for step in steps:
        day = step.heading.date
        begin = date(day.year, (day.month - 1) // length * length + 1, 1)
        found.setdefault(begin, Counter())[step.outcome] += 1
    return tuple(_tally(begin, length, found[begin]) for begin in sorted(found))


def in_all(tallies: tuple[Tally, ...]) -> tuple[tuple[Outcome, int], ...]:
    """The counts of all tallies together."""
    total: Counter[Outcome] = Counter()
    for each in tallies:
        total.update(dict(each.counts))
    return _ordered(total)


def _length(first: date, last: date) -> int:
    """How many months a tally spans."""
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    return 1 if months <= _BY_MONTH else 3 if months <= _BY_QUARTER else 12


def _tally(begin: date, length: int, counted: Counter[Outcome]) -> Tally:
    month = begin.month + length - 1
    return Tally(begin, date(begin.year, month, monthrange(begin.year, month)[1]), _ordered(counted))


def _ordered(counted: Counter[Outcome]) -> tuple[tuple[Outcome, int], ...]:
    return tuple((outcome, counted[outcome]) for outcome in Outcome if counted[outcome])
