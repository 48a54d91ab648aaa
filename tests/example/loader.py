"""The files in `written/` → the meetings of the example municipality.

`calendar.txt` says which meetings there are and what stands on them, `routine.txt` the wordings of what returns at
every meeting, the other files the cases. A case is written once and then goes on from meeting to meeting (`@ meeting`):
what a step adds or replaces stands from there on, and what earlier steps decided is quoted in the later ones.

A case opens with `### name`. `titel:`, `sag:` (its number), `lukket:` (it is closed), `stille:` (this step's decision
is not quoted later) and `fravær:` (who was absent) say what they say; `== part` opens a section, `== indstilling who`
the Indstilling, whose nested lines are indented; `> outcome` opens the decision. A line is a paragraph; `- ` makes it
a bullet, `* ` a sub-heading, `| a | b |` a row of a table; `Ad 1: … {=outcome}` is a point of a decision.

Marks in the text, none of which is printed: `{1.dato}`, `{1.nr}`, `{cykelsti/2.dato}` day and number of a step;
`{>1}`, `{>1 dag}` a reference to it (with or without its number) in this sentence, `{>2021-05-04;7;Teknisk Udvalg}` one
to a meeting that is not here, `{>sag 05.01.02-G01-1-24}` one to a case number; `{+ … +}` what a decision adds,
`{~ … ~}` what it says of votes, `{cpr …}` a number that looks like one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, time
from functools import cache
from itertools import pairwise
from pathlib import Path

from tests.example.facts import (
    Advice,
    Decision,
    Earlier,
    Item,
    Kind,
    Line,
    LineKind,
    Meeting,
    Member,
    Point,
    Recommendation,
    Reference,
    Section,
    identity,
)

WRITTEN = Path(__file__).parent / "written"
MONTHS = "januar februar marts april maj juni juli august september oktober november december".split()
COMMITTEES = {
    "tu": "Teknisk Udvalg",
    "bsu": "Børne- og Skoleudvalget",
    "kfu": "Kultur- og Fritidsudvalget",
    "oeu": "Økonomiudvalget",
    "byr": "Kildemose Byråd",
}

_REFERENCE = re.compile(r"\{>([^}]+)\}")
_PLACEHOLDER = re.compile(r"\{(?:(?P<case>[\w-]+)/)?(?P<step>\d+)\.(?P<what>dato|nr)\}")
_ADDED, _VOTED, _PERSONAL = re.compile(r"\{\+(.+?)\+\}"), re.compile(r"\{~(.+?)~\}"), re.compile(r"\{cpr ([^}]+)\}")
_POINT = re.compile(r"(?:Ad|Pkt\.|At) (?P<number>[\d.a-z-]+?)[:.)] (?P<text>.+?) *\{=(?P<outcome>\w+)\}$")


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
def meetings() -> tuple[Meeting, ...]:
    """Every document of every meeting, in the order of the calendar."""
    return tuple(meeting for entry in calendar() for meeting in _documents(entry))


def standing() -> tuple[Meeting, ...]:
    """One document for each meeting: the one that counts, which is the last of its versions."""
    return tuple({(each.committee, each.date): each for each in meetings()}.values())


# ── the calendar ─────────────────────────────────────────────────────────────────────────────────────────────────────


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
def _members() -> dict[str, list[tuple[str, str, str]]]:
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


# ── the cases ────────────────────────────────────────────────────────────────────────────────────────────────────────


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


@cache
def _routines() -> dict[str, tuple[Step, ...]]:
    """What returns at every meeting, each in several wordings."""
    found: dict[str, list[Step]] = {}
    for block in re.split(r"^### ", (WRITTEN / "routine.txt").read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
        name, *lines = block.strip().split("\n")
        found.setdefault(name, []).extend(_steps(["@ any", *lines]))
    return {name: tuple(steps) for name, steps in found.items()}


# ── the documents of a meeting ───────────────────────────────────────────────────────────────────────────────────────


def _documents(entry: Entry) -> Iterator[Meeting]:
    items = tuple(_items(entry))
    agenda = tuple(_undecided(item) for item in items if item.name not in entry.late)
    contents = {
        "dagsorden": (Kind.DAGSORDEN, agenda),
        "tillæg": (Kind.TILLAEG, tuple(_undecided(item) for item in items if item.name in entry.late)),
        "forkert": (Kind.REFERAT, tuple(_misprinted(item) for item in items)),
        "referat": (Kind.REFERAT, items),
    }
    names = {"tillæg": "tillægsdagsorden", "forkert": "referat", "referat": "referat"}
    for version in entry.versions:
        kind, held = contents[version]
        name = "referat-rettet" if version == "referat" and "forkert" in entry.versions else names.get(version, version)
        absent = dict(entry.absent) if kind is Kind.REFERAT else {}
        yield Meeting(
            identity(entry.name, name),
            entry.name,
            name,
            entry.committee,
            entry.date,
            entry.start,
            entry.end,
            entry.place,
            kind,
            tuple(
                Member(who, party, absent.get(who) or note, who in absent)
                for who, party, note in _members()[entry.committee]
            ),
            held,
        )


def _undecided(item: Item) -> Item:
    return _changed(item, decision=None, absent=())


def _misprinted(item: Item) -> Item:
    """The item as the first, faulty minutes had it: an amount is wrong in its decision."""
    decision = item.decision
    if decision is None or not any("kr." in each for each in decision.paragraphs):
        return item

    def wrong(text: str) -> str:
        return re.sub(r"\d(?=[\d.]* kr\.)", "9", text, count=1)

    changed = Decision(
        tuple(map(wrong, decision.paragraphs)),
        decision.outcome,
        tuple(map(wrong, decision.additions)),
        decision.votes,
        tuple(Point(each.number, wrong(each.text), each.outcome) for each in decision.points),
    )
    return _changed(item, decision=changed)


def _changed(item: Item, **changes: object) -> Item:
    from dataclasses import replace

    return replace(item, **changes)  # type: ignore[arg-type]  # the names are those of the fields


def _items(entry: Entry) -> Iterator[Item]:
    ordinal = calendar().index(entry)
    for offset, name in enumerate(entry.items):
        number = str(entry.first_number + offset)
        if name in _routines():
            wordings = _routines()[name]
            yield _item(entry, name, number, (wordings[ordinal % len(wordings)],))
        else:
            steps = cases()[name]
            place = next((at for at, step in enumerate(steps) if step.meeting == entry.name), None)
            if place is None:
                raise ValueError(f"{entry.name}: the case {name} is not treated at this meeting")
            yield _item(entry, name, number, steps[: place + 1])


def _item(entry: Entry, name: str, number: str, steps: tuple[Step, ...]) -> Item:
    step = steps[-1]
    own = {part: _filled(lines, name) for part, lines in step.sections.items()}
    everything = [line for lines in own.values() for line in lines]
    recommendation = next((part for part in own if part.startswith("indstilling")), None)
    recommended = [part for part in own if part.startswith("indstilling")]
    if recommended:
        recommendation = recommended[-1]  # the latest body's own stands for the ones before
    return Item(
        identity(entry.name, name, number),
        name,
        number,
        step.title,
        step.case_number,
        step.is_closed,
        tuple(
            Section(part, tuple(map(_line, lines)))
            for part, lines in own.items()
            if not part.startswith("indstilling") and part != "bilag"
        ),
        _recommendation(recommendation, own[recommendation]) if recommendation else None,
        tuple(_earlier(name, steps[:-1])),
        _decision(_filled(step.decision, name), step.outcome) if step.outcome else None,
        tuple(reference for line in everything for reference in _references(line, name)),
        tuple(own.get("bilag", ())),
        step.absent,
        COMMITTEES[cases()[name][-1].meeting.partition("-")[0]] if name in cases() else entry.committee,
        tuple(match[1] for line in everything for match in _PERSONAL.finditer(line)),
    )


def _earlier(name: str, steps: tuple[Step, ...]) -> Iterator[Earlier]:
    for step in steps:
        if step.outcome and not step.is_quiet:
            entry = next(each for each in calendar() if each.name == step.meeting)
            yield Earlier(
                entry.committee,
                entry.date,
                number_of(entry, name),
                _decision(_filled(step.decision, name), step.outcome),
            )


def number_of(entry: Entry, name: str) -> str:
    """The number of a case at a meeting."""
    return str(entry.first_number + entry.items.index(name))


# ── lines ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _filled(lines: list[str], name: str) -> list[str]:
    """The lines with the days and numbers of the steps they name."""

    def value(match: re.Match[str]) -> str:
        entry = _entry_of(match["case"] or name, int(match["step"]))
        return danish_date(entry.date) if match["what"] == "dato" else number_of(entry, match["case"] or name)

    return [_PLACEHOLDER.sub(value, line) for line in lines]


def _entry_of(case: str, step: int) -> Entry:
    meeting = cases()[case][step - 1].meeting
    return next(each for each in calendar() if each.name == meeting)


def printed(text: str) -> str:
    """`text` without the marks that say what should be read in it."""
    text = re.sub(r" *\{=\w+\}$", "", _REFERENCE.sub("", text))
    for pattern in (_ADDED, _VOTED, _PERSONAL):
        text = pattern.sub(r"\1", text)
    return text


def _line(line: str) -> Line:
    text = printed(line)
    if text.startswith("|"):
        cells = tuple(cell.strip() for cell in text.strip("| ").split("|"))
        return Line(LineKind.ROW, " ".join(cells), cells)
    for mark, kind in (("- ", LineKind.BULLET), ("* ", LineKind.SUBHEADING)):
        if text.startswith(mark):
            return Line(kind, text.removeprefix(mark))
    return Line(LineKind.PARAGRAPH, text)


def _recommendation(part: str, lines: list[str]) -> Recommendation:
    top: list[tuple[str, list[str]]] = []
    for line in lines:
        text = printed(line)
        if text.startswith("  ") and top:
            top[-1][1].append(text.strip().removeprefix("at "))
        else:
            top.append((text.removeprefix("at "), []))
    return Recommendation(
        part.removeprefix("indstilling").strip(),
        tuple(Advice(text, tuple(Advice(child) for child in children)) for text, children in top),
    )


def _decision(lines: list[str], outcome: str) -> Decision:
    whole = " ".join(lines)
    return Decision(
        tuple(map(printed, lines)),
        outcome,
        tuple(match[1].strip() for match in _ADDED.finditer(whole)),
        tuple(match[1].strip() for match in _VOTED.finditer(whole)),
        tuple(
            Point(match["number"], printed(match["text"]), match["outcome"])
            for line in lines
            if (match := _POINT.match(line))
        ),
    )


def _references(line: str, name: str) -> Iterator[Reference]:
    for match in _REFERENCE.finditer(line):
        words = match[1].strip()
        if words.startswith("sag "):
            yield Reference(None, None, None, words[4:])
        elif ";" in words:
            day, number, committee = (part.strip() for part in words.split(";"))
            yield Reference(date.fromisoformat(day), number or None, committee or None)
        else:
            yield _to_step(words, name)


def _to_step(words: str, name: str) -> Reference:
    """What "1", "2 dag", "cykelsti/1" or "1 dag Byrådet" mean: the step, if its number is given, its body's name."""
    match = re.match(r"(?:(?P<case>[\w-]+)/)?(?P<step>\d+)(?P<day> dag)?(?: (?P<body>.+))?$", words)
    if match is None:
        raise ValueError(f"the case {name} refers to “{words}”, which is no step")
    case = match["case"] or name
    entry = _entry_of(case, int(match["step"]))
    body = None if match["body"] == "-" else match["body"] or entry.committee
    return Reference(entry.date, None if match["day"] else number_of(entry, case), body)


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
