"""`written/cases_*.txt` and `routine.txt` → the cases, each as the steps it goes through from meeting to meeting.

A case is written once and goes on at the next meeting (`@ meeting`): what a step adds or replaces stands from there on.
A case opens with `### name`. `titel:`, `sag:` (its number), `lukket:` (it is closed), `stille:` (this step's decision
is not quoted later) and `fravær:` (who was absent) say what they say; `== part` opens a section, `== indstilling who`
the Indstilling, whose nested lines are indented; `> outcome` opens the decision. Each further line is one of `marks`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from tests.example.diary import WRITTEN


@dataclass(slots=True)
class Step:
    """What a case is at one meeting, as written; sections map a part's name to its lines."""

    meeting: str
    title: str
    case_number: str
    sections: dict[str, list[str]]
    is_closed: bool
    outcome: str = ""
    decision: list[str] = field(default_factory=list)
    absent: tuple[str, ...] = ()
    is_quiet: bool = False  # its decision is not quoted later


@cache
def cases() -> dict[str, tuple[Step, ...]]:
    """Every case by name, with its steps in order."""
    found: dict[str, tuple[Step, ...]] = {}
    for path in sorted(WRITTEN.glob("cases_*.txt")):
        for block in re.split(r"^### ", path.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
            name, *lines = block.strip().split("\n")
            if name in found:
                raise ValueError(f"{path.name}: the case {name} is written twice")
            found[name] = tuple(_steps(lines))
    return found


@cache
def routines() -> dict[str, tuple[Step, ...]]:
    """What returns at every meeting, each in several wordings."""
    found: dict[str, list[Step]] = {}
    for block in re.split(r"^### ", (WRITTEN / "routine.txt").read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
        name, *lines = block.strip().split("\n")
        found.setdefault(name, []).extend(_steps(["@ any", *lines]))
    return {name: tuple(steps) for name, steps in found.items()}


def _steps(lines: list[str]) -> Iterator[Step]:
    """The steps of a case. Each begins as the one before ended, without its decision."""
    current = Step("", "", "", {}, is_closed=False)
    target: list[str] = []
    for line in filter(str.strip, lines):
        if line.startswith("@ "):
            if current.meeting:
                yield current
            current = Step(
                line[2:].strip(), current.title, current.case_number, dict(current.sections), current.is_closed
            )
            target = []
        elif match := re.match(r"(titel|sag|fravær|lukket|stille): ?(.*)$", line):
            _set(current, match[1], match[2].strip())
        elif line.startswith("== "):
            target = current.sections[line[3:].strip()] = []
        elif line.startswith("> "):
            current.outcome, target = line[2:].strip(), current.decision
        else:
            target.append(line.rstrip())
    yield current


def _set(step: Step, name: str, value: str) -> None:
    match name:
        case "titel":
            step.title = value
        case "sag":
            step.case_number = value
        case "fravær":
            step.absent = tuple(each.strip() for each in value.split(";"))
        case "lukket":
            step.is_closed = True
        case "stille":
            step.is_quiet = True
