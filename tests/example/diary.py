"""`written/calendar.txt` → which meetings there are, when and where, who sits in which body, and what stands on each.

A block is a meeting, `name | from-to | place | number of the first item`, or the members of a body. `punkter` names the
cases on it, `fravær` who was absent, `udgaver` which documents exist of it, `tillæg` what came with the supplement.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time
from functools import cache
from itertools import pairwise
from pathlib import Path

WRITTEN = Path(__file__).parent / "written"
MONTHS = "januar februar marts april maj juni juli august september oktober november december".split()
COMMITTEES = {
    "tu": "Teknisk Udvalg",
    "bsu": "Børne- og Skoleudvalget",
    "kfu": "Kultur- og Fritidsudvalget",
    "oeu": "Økonomiudvalget",
    "byr": "Kildemose Byråd",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """A meeting in the calendar: which steps of which cases stand on it, in order."""

    name: str
    committee: str
    date: date
    start: time
    end: time
    place: str
    first_number: int
    absent: tuple[tuple[str, str], ...]
    items: tuple[str, ...]
    late: frozenset[str]
    versions: tuple[str, ...]


def danish_date(day: date) -> str:
    """ "7. maj 2024" """
    return f"{day.day}. {MONTHS[day.month - 1]} {day.year}"


@cache
def calendar() -> tuple[Entry, ...]:
    """The meetings in order of their dates."""
    entries = [_entry(block) for block in _blocks("calendar.txt") if not block[0].startswith("medlemmer")]
    return tuple(sorted(entries, key=lambda each: (each.date, each.name)))


def _blocks(name: str) -> Iterator[list[str]]:
    for block in re.split(r"\n\s*\n", (WRITTEN / name).read_text(encoding="utf-8").strip()):
        lines = [line for line in block.split("\n") if not line.startswith("#")]
        if lines:
            yield lines


def _entry(lines: list[str]) -> Entry:
    name, hours, place, first = (part.strip() for part in lines[0].split("|"))
    committee, _, day = name.partition("-")
    start, end = (time.fromisoformat(hour) for hour in hours.split("-"))
    fields = dict(line.split(":", 1) for line in lines[1:])
    absent = tuple(
        (each.split("(")[0].strip(), each.partition("(")[2].rstrip(") "))
        for each in fields.get("fravær", "").split(";")
        if each.strip()
    )
    return Entry(
        name,
        COMMITTEES[committee],
        date.fromisoformat(day),
        start,
        end,
        place,
        int(first),
        absent,
        tuple(fields["punkter"].split()),
        frozenset(fields.get("tillæg", "").split()),
        tuple(fields.get("udgaver", "referat").split()),
    )


@cache
def members() -> dict[str, list[tuple[str, str, str]]]:
    """For each committee its members: name, party, note."""
    found: dict[str, list[tuple[str, str, str]]] = {}
    for block in _blocks("calendar.txt"):
        if block[0].startswith("medlemmer"):
            committee = COMMITTEES[block[0].split()[1]]
            found[committee] = [
                (match[1].strip(), match[2], match[3] or "")
                for line in block[1:]
                if (match := re.match(r"(.+?) \((\w)\)(?:, (.+))?$", line))
            ]
    return found


def number_of(entry: Entry, name: str) -> str:
    """The number of a case at a meeting."""
    return str(entry.first_number + entry.items.index(name))


def gaps() -> list[tuple[str, int, int]]:
    """Where a committee's numbers jump within a year: committee, last number before, first after."""
    found = []
    for committee in COMMITTEES.values():
        held = [entry for entry in calendar() if entry.committee == committee]
        for one, other in pairwise(held):
            last = one.first_number + len(one.items) - 1
            if one.date.year == other.date.year and other.first_number > last + 1:
                found.append((committee, last, other.first_number))
    return found
