"""Rows to nouns: how documents, meetings and items come back out of the archive's tables.

All functions work on a connection whose transaction belongs to the caller. A condition is SQL of ours, its values are
the caller's.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, time
from sqlite3 import Connection
from typing import Any

from ingest.holdings import DocumentRecord, DocumentState, Entry
from ingest.model import (
    AgendaItem,
    Attendee,
    Decision,
    Meeting,
    MeetingKind,
    Outcome,
    PageBreak,
    Point,
    Recommendation,
    Reference,
    Section,
    SectionKind,
    Span,
)

Row = tuple[Any, ...]

MEETING_COLUMNS = (
    "meeting.key, meeting.municipality, meeting.committee, meeting.date, meeting.start, meeting.place, meeting.kind, "
    "meeting.link, meeting.is_supplement, meeting.replaced_by"
)
CURRENT = "meeting.replaced_by IS NULL"  # earlier versions are met only by those who ask for them by key
DOCUMENT_COLUMNS = "source, digest, parser, municipality, state, reason, meeting, kind, is_paged, page_count"

# The parts of an item, each with its columns after (item, position).
PARTS = {
    "page_break": "start, page",
    "section": "kind, heading, start, stop, body_start, body_stop",
    "recommendation": "parent, number, start, stop",
    "decision": "body, date, number, start, stop, outcome, is_own",
    "reference": "start, stop, date, number, committee, case_number, target",
    "attachment": "name",
    "absence": "name",
}
# The parts of a decision, each with its columns after (item).
DECISION_PARTS = {
    "decision_part": "decision, role, start, stop",
    "point": "decision, position, number, start, stop, outcome",
    "point_line": "decision, point, start, stop",
}


def listed(values: Iterable[object]) -> str:
    """Many values as one parameter, for `IN (SELECT value FROM json_each(?))`: a query may have any number."""
    return json.dumps(list(values))


def read_documents(connection: Connection, condition: str = "TRUE", *values: object) -> Iterator[DocumentRecord]:
    """The records that meet an SQL condition, by source."""
    query = f"SELECT {DOCUMENT_COLUMNS} FROM document WHERE {condition} ORDER BY source"
    for row in connection.execute(query, values):
        source, digest, parser, municipality, state, reason, meeting, kind, is_paged, page_count = row
        yield DocumentRecord(
            *(source, digest, parser, municipality, DocumentState(state), reason, meeting),
            *(kind and MeetingKind(kind), bool(is_paged), page_count),
        )


def read_meetings(connection: Connection, condition: str = "TRUE", *values: object) -> tuple[Meeting, ...]:
    """The meetings that meet an SQL condition, by date and key; earlier versions too, if it lets them."""
    query = f"SELECT {MEETING_COLUMNS} FROM meeting WHERE {condition} ORDER BY meeting.date, meeting.key"
    rows = connection.execute(query, values).fetchall()
    attendees = _read_attendance(connection, [row[0] for row in rows])
    return tuple(_meeting(row, attendees) for row in rows)


def read_entries(connection: Connection, condition: str, *values: object) -> tuple[Entry, ...]:
    """The items that meet an SQL condition on `item` and `meeting`, by date, meeting and order in it."""
    rows = connection.execute(
        f"""SELECT item.id, item.key, item.number, item.title, item.case_number, item.text, item.is_closed,
        item.link, meeting.source, {MEETING_COLUMNS} FROM item JOIN meeting ON meeting.key = item.meeting
        WHERE {condition} ORDER BY meeting.date, meeting.key, item.position""",
        values,
    ).fetchall()
    parts = _read_parts(connection, [row[0] for row in rows])
    attendees = _read_attendance(connection, {row[9] for row in rows})
    return tuple(
        Entry(_meeting(meeting, attendees), _item(parts[row_id], *fields), source)
        for row_id, *fields, source, meeting in ((*row[:9], row[9:]) for row in rows)
    )


def _meeting(row: Row, attendees: dict[str, list[Attendee]]) -> Meeting:
    key, municipality, committee, day, start, place, kind, link, is_supplement, replaced_by = row
    return Meeting(
        *(key, municipality, committee, date.fromisoformat(day), start and time.fromisoformat(start), place),
        *(MeetingKind(kind), tuple(attendees.get(key, ())), link, bool(is_supplement), replaced_by),
    )


def _read_attendance(connection: Connection, meetings: Iterable[str]) -> dict[str, list[Attendee]]:
    found: dict[str, list[Attendee]] = defaultdict(list)
    query = """SELECT meeting, name, is_absent, note FROM attendee
        WHERE meeting IN (SELECT value FROM json_each(?)) ORDER BY meeting, position"""
    for meeting, name, is_absent, note in connection.execute(query, (listed(meetings),)):
        found[meeting].append(Attendee(name, bool(is_absent), note))
    return found


def _read_parts(connection: Connection, row_ids: Sequence[int]) -> dict[int, dict[str, list[Row]]]:
    """By item and table, the rows of an item's parts in order; a row starts after (item, position)."""
    found: dict[int, dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
    wanted = listed(row_ids)
    for table, columns in (PARTS | DECISION_PARTS).items():
        query = f"""SELECT item, {columns} FROM {table} WHERE item IN (SELECT value FROM json_each(?))
            ORDER BY item, position"""
        for item, *row in connection.execute(query, (wanted,)):
            found[item][table].append(tuple(row))
    return found


def _item(
    parts: dict[str, list[Row]],
    key: str,
    number: str,
    title: str,
    case_number: str | None,
    text: str,
    is_closed: int,
    link: str | None,
) -> AgendaItem:
    return AgendaItem(
        key=key,
        number=number,
        title=title,
        case_number=case_number,
        text=text,
        is_closed=bool(is_closed),
        page_breaks=tuple(PageBreak(*row) for row in parts["page_break"]),
        sections=tuple(_section(*row) for row in parts["section"]),
        recommendations=_recommendations(parts["recommendation"]),
        decisions=tuple(_decision(parts, place, *row) for place, row in enumerate(parts["decision"])),
        references=tuple(read_reference(*row) for row in parts["reference"]),
        attachments=tuple(name for (name,) in parts["attachment"]),
        absent=tuple(name for (name,) in parts["absence"]),
        link=link,
    )


def _section(kind: str, heading: str, start: int, stop: int, body_start: int, body_stop: int) -> Section:
    return Section(SectionKind(kind), heading, Span(start, stop), Span(body_start, body_stop))


def _recommendations(rows: Sequence[Row]) -> tuple[Recommendation, ...]:
    children: dict[int | None, list[Recommendation]] = defaultdict(list)
    # From the last line back, so that a line is met when the lines it holds are complete.
    for position, (parent, number, start, stop) in reversed(list(enumerate(rows))):
        line = Recommendation(number, Span(start, stop), tuple(reversed(children[position])))
        children[parent].append(line)
    return tuple(reversed(children[None]))


def _decision(
    parts: dict[str, list[Row]],
    place: int,
    body: str,
    day: str | None,
    number: str | None,
    start: int,
    stop: int,
    outcome: str,
    is_own: int,
) -> Decision:
    additions, votes = (
        tuple(Span(*row[2:]) for row in parts["decision_part"] if row[:2] == (place, role))
        for role in ("addition", "vote")
    )
    points = tuple(
        Point(row[2], Span(row[3], row[4]), Outcome(row[5]), _lines(parts["point_line"], *row[:2]))
        for row in parts["point"]
        if row[0] == place
    )
    return Decision(
        body, _day(day), number, Span(start, stop), Outcome(outcome), bool(is_own), additions, votes, points
    )


def _lines(rows: Sequence[Row], decision: int, point: int) -> tuple[Span, ...]:
    return tuple(Span(*row[2:]) for row in rows if row[:2] == (decision, point))


def read_reference(
    start: int,
    stop: int,
    day: str | None,
    number: str | None,
    committee: str | None,
    case_number: str | None,
    target: str | None,
) -> Reference:
    """A reference from its row's columns, as `PARTS` names them."""
    return Reference(Span(start, stop), _day(day), number, committee, case_number, target)


def _day(day: str | None) -> date | None:
    return date.fromisoformat(day) if day else None
