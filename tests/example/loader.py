"""The diary and the cases → the documents of every meeting.

What earlier steps of a case decided is quoted in its later ones. In the text, `{1.dato}`, `{1.nr}` and
`{cykelsti/2.dato}` stand for day and number of a step of this case or another; `{>1}` and `{>1 dag}` say that the
sentence refers to one, with or without its number, `{>2021-05-04;7;Teknisk Udvalg}` to a meeting that is not here, and
`{>sag 05.01.02-G01-1-24}` to a case number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache

from tests.example import marks
from tests.example.cases import Step, cases, routines
from tests.example.diary import COMMITTEES, Entry, calendar, danish_date, members, number_of
from tests.example.facts import Decision, Earlier, Item, Kind, Meeting, Member, Point, Reference, Section, identity

_PLACEHOLDER = re.compile(r"\{(?:(?P<case>[\w-]+)/)?(?P<step>\d+)\.(?P<what>dato|nr)\}")


@cache
def meetings() -> tuple[Meeting, ...]:
    """Every document of every meeting, in the order of the calendar."""
    return tuple(meeting for entry in calendar() for meeting in _documents(entry))


def standing() -> tuple[Meeting, ...]:
    """One document for each meeting: the one that counts, which is the last of its versions."""
    return tuple({(each.committee, each.date): each for each in meetings()}.values())


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
                for who, party, note in members()[entry.committee]
            ),
            held,
        )


def _undecided(item: Item) -> Item:
    return replace(item, decision=None, absent=())


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
    return replace(item, decision=changed)


def _items(entry: Entry) -> Iterator[Item]:
    ordinal = calendar().index(entry)
    for offset, name in enumerate(entry.items):
        number = str(entry.first_number + offset)
        if name in routines():
            wordings = routines()[name]
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
            Section(part, tuple(map(marks.line, lines)))
            for part, lines in own.items()
            if not part.startswith("indstilling") and part != "bilag"
        ),
        marks.recommendation(recommendation, own[recommendation]) if recommendation else None,
        tuple(_earlier(name, steps[:-1])),
        marks.decision(_filled(step.decision, name), step.outcome) if step.outcome else None,
        tuple(reference for line in everything for reference in _references(line, name)),
        tuple(map(marks.printed, own.get("bilag", ()))),
        step.absent,
        COMMITTEES[cases()[name][-1].meeting.partition("-")[0]] if name in cases() else entry.committee,
        tuple(match[1] for line in everything for match in marks.PERSONAL.finditer(line)),
    )


def _earlier(name: str, steps: tuple[Step, ...]) -> Iterator[Earlier]:
    for step in steps:
        if step.outcome and not step.is_quiet:
            entry = next(each for each in calendar() if each.name == step.meeting)
            yield Earlier(
                entry.committee,
                entry.date,
                number_of(entry, name),
                marks.decision(_filled(step.decision, name), step.outcome),
            )


def _filled(lines: list[str], name: str) -> list[str]:
    """The lines with the days and numbers of the steps they name."""

    def value(match: re.Match[str]) -> str:
        entry = _entry_of(match["case"] or name, int(match["step"]))
        return danish_date(entry.date) if match["what"] == "dato" else number_of(entry, match["case"] or name)

    return [_PLACEHOLDER.sub(value, line) for line in lines]


def _entry_of(case: str, step: int) -> Entry:
    meeting = cases()[case][step - 1].meeting
    return next(each for each in calendar() if each.name == meeting)


def _references(line: str, name: str) -> Iterator[Reference]:
    for match in marks.REFERENCE.finditer(line):
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
