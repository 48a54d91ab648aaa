"""What an archive covers and where it has holes: by committee the period, newest meeting, gaps in meetings and items.

A hole is only named where the minutes themselves show it: item numbers that are missing, numbers that run on through
the year and leave some out, a pause much longer than the committee's own rhythm, a meeting that others refer to.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise
from statistics import median

from ingest import references
from ingest.archive import Archive
from ingest.holdings import ItemPlace
from ingest.model import Meeting, MeetingKind

_RHYTHM = 5  # meetings that show how often a committee meets
_LONG, _DAYS = 2.5, 75  # a pause this many times the usual one, and of so many days, is worth a word


class Hole(StrEnum):
    """How a hole shows."""

    MISSING_ITEMS = "missing_items"  # numbers left out within one meeting
    MISSING_NUMBERS = "missing_numbers"  # numbers that run on through the year, left out between two meetings
    LONG_PAUSE = "long_pause"
    REFERRED_TO = "referred_to"  # a meeting that loaded ones mention


@dataclass(frozen=True, slots=True)
class Gap:
    """A hole in what is loaded of a committee. `after` and `before` are the days of the meetings around it (None at the
    beginning; the same day for items missing within a meeting), `numbers` the first and last number left out."""

    kind: Hole
    after: date | None
    before: date | None
    numbers: tuple[int, int] | None = None
    mentions: int = 0


@dataclass(frozen=True, slots=True)
class CommitteeCoverage:
    """What is loaded of one committee. `agenda_only` are the keys of meetings with nothing but an agenda."""

    municipality: str
    committee: str
    meetings: int
    items: int
    first: date
    newest: date
    agenda_only: tuple[str, ...]
    gaps: tuple[Gap, ...]


def cover(archive: Archive) -> tuple[CommitteeCoverage, ...]:
    """The coverage of every committee, by municipality and name."""
    meetings: dict[tuple[str, str], list[Meeting]] = defaultdict(list)
    for meeting in archive.meetings():
        meetings[meeting.municipality, meeting.committee].append(meeting)
    items: dict[str, list[ItemPlace]] = defaultdict(list)
    for place in archive.item_places():
        items[place.meeting].append(place)
    mentioned = _mentioned(archive)
    return tuple(
        CommitteeCoverage(
            municipality=municipality,
            committee=committee,
            meetings=len(held),
            items=sum(len(items[meeting.key]) for meeting in held),
            first=held[0].date,
            newest=held[-1].date,
            agenda_only=tuple(meeting.key for meeting in held if meeting.kind is MeetingKind.DAGSORDEN),
            gaps=(
                *_number_gaps([(meeting.date, _numbers(items[meeting.key])) for meeting in held]),
                *_pauses([meeting.date for meeting in held]),
                *_referred_to(held, mentioned[municipality]),
            ),
        )
        for (municipality, committee), held in sorted(meetings.items())
    )


def _numbers(items: Iterable[ItemPlace]) -> list[int]:
    found = (re.match(r"\d+", item.number) for item in items)
    return sorted({int(match[0]) for match in found if match})


def _number_gaps(meetings: Sequence[tuple[date, list[int]]]) -> Iterator[Gap]:
    """The numbers left out within meetings, and between them where they run on through the year."""
    numbered = [(day, numbers) for day, numbers in meetings if numbers]
    for day, numbers in numbered:
        for low, high in pairwise(numbers):
            if high > low + 1:
                yield Gap(Hole.MISSING_ITEMS, day, day, (low + 1, high - 1))
    years: dict[int, list[tuple[date, list[int]]]] = defaultdict(list)
    for day, numbers in numbered:
        years[day.year].append((day, numbers))
    for held in years.values():
        if not _runs_on([numbers for _, numbers in held]):
            continue
        if held[0][1][0] > 1:
            yield Gap(Hole.MISSING_NUMBERS, None, held[0][0], (1, held[0][1][0] - 1))
        for (day, above), (following, below) in pairwise(held):
            if below[0] > above[-1] + 1:
                yield Gap(Hole.MISSING_NUMBERS, day, following, (above[-1] + 1, below[0] - 1))


def _runs_on(year: list[list[int]]) -> bool:
    """True when the numbers of a year go on from meeting to meeting instead of beginning anew."""
    if len(year) == 1:
        return year[0][0] > 1
    return all(below[0] > above[-1] for above, below in pairwise(year))


def _pauses(days: Sequence[date]) -> Iterator[Gap]:
    pauses = [(below - above).days for above, below in pairwise(days)]
    if len(days) < _RHYTHM:
        return
    usual = median(pauses)
    for above, below in pairwise(days):
        pause = (below - above).days
        if pause >= _DAYS and pause > _LONG * usual:
            yield Gap(Hole.LONG_PAUSE, above, below)


def _mentioned(archive: Archive) -> dict[str, Counter[tuple[str, date]]]:
    """By municipality, how often a body's meeting of a day is referred to."""
    found: dict[str, Counter[tuple[str, date]]] = defaultdict(Counter)
    homes = {place.key: place for place in archive.item_places()}
    for row in archive.references():
        reference, home = row.reference, homes.get(row.item)  # None for what came in between the two looks
        if home and reference.date and reference.committee and reference.target is None:
            found[home.municipality][reference.committee, reference.date] += 1
    return found


def _referred_to(held: Sequence[Meeting], mentioned: Counter[tuple[str, date]]) -> Iterator[Gap]:
    days = {meeting.date for meeting in held}
    counts: Counter[date] = Counter()
    for (body, day), count in mentioned.items():
        if day not in days and references.same_body(body, held[0].committee):
            counts[day] += count
    for day, count in sorted(counts.items()):
        yield Gap(Hole.REFERRED_TO, day, day, mentions=count)
