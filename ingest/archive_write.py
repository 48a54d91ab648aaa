"""Nouns to rows: how a document and its minutes are written into the archive's tables.

All functions work on a connection whose transaction belongs to the caller. `archive_read` is the way back.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import repeat
from sqlite3 import Connection

import numpy as np
from numpy.typing import NDArray

from ingest.archive_read import CURRENT, DOCUMENT_COLUMNS, PARTS, Row, read_documents
from ingest.holdings import DocumentRecord, DocumentState
from ingest.model import AgendaItem, Decision, Document, Minutes, Recommendation, Span


def record_of(
    document: Document, minutes: Minutes, parser: str, municipality: str | None, state: DocumentState
) -> DocumentRecord:
    """The record of a document whose minutes were read."""
    return DocumentRecord(
        source=document.source,
        digest=document.digest,
        parser=parser,
        municipality=municipality,
        state=state,
        reason="",
        meeting=minutes.meeting.key,
        kind=minutes.meeting.kind,
        is_paged=document.is_paged,
        page_count=len(document.pages),
    )


def write_document(connection: Connection, record: DocumentRecord) -> None:
    """Add the record of a file, or replace the one of the same source."""
    # Not INSERT OR REPLACE: that deletes the row first, and the document's meeting with it.
    renewed = ", ".join(
        f"{column} = excluded.{column}" for column in DOCUMENT_COLUMNS.split(", ") if column != "source"
    )
    connection.execute(
        f"""INSERT INTO document ({DOCUMENT_COLUMNS}) VALUES ({_marks(DOCUMENT_COLUMNS)})
        ON CONFLICT (source) DO UPDATE SET {renewed}""",
        (
            *(record.source, record.digest, record.parser, record.municipality, record.state, record.reason),
            *(record.meeting, record.kind, record.is_paged, record.page_count),
        ),
    )


def write_failure(connection: Connection, failed: DocumentRecord) -> None:
    """Record a file that could not be read; the meeting which an earlier reading of it left stays its own."""
    # An earlier version of a meeting that others hold now makes it no holder of it.
    query = f"source = ? AND EXISTS (SELECT * FROM meeting WHERE meeting.source = document.source AND {CURRENT})"
    for held in read_documents(connection, query, failed.source):
        failed = replace(
            failed, meeting=held.meeting, kind=held.kind, is_paged=held.is_paged, page_count=held.page_count
        )
    write_document(connection, failed)


def write_minutes(
    connection: Connection, minutes: Minutes, source: str, digest: str, *, replaced_by: str | None = None
) -> dict[str, int]:
    """Add a meeting with its items; returns the row id of each item by its key. `source` is a recorded document whose
    content was `digest`. With `replaced_by`, the meeting is kept as an earlier version of the one of that key."""
    meeting = minutes.meeting
    columns = "key, municipality, committee, date, start, place, kind, source, digest, link, is_supplement, replaced_by"
    connection.execute(
        f"INSERT INTO meeting ({columns}) VALUES ({_marks(columns)})",
        (
            *(meeting.key, meeting.municipality, meeting.committee, meeting.date.isoformat()),
            *(meeting.start and meeting.start.isoformat(), meeting.place, meeting.kind, source, digest),
            *(meeting.link, meeting.is_supplement, replaced_by),
        ),
    )
    connection.executemany(
        "INSERT INTO attendee (meeting, position, name, is_absent, note) VALUES (?, ?, ?, ?, ?)",
        [(meeting.key, place, each.name, each.is_absent, each.note) for place, each in enumerate(meeting.attendance)],
    )
    return {
        item.key: _write_item(connection, meeting.key, position, item) for position, item in enumerate(minutes.items)
    }


def fingerprint(connection: Connection) -> str:
    """Where the chain that `advance` moves on stands."""
    row = connection.execute("SELECT value FROM meta WHERE key = 'fingerprint'").fetchone()
    return str(row[0]) if row else hashlib.sha256().hexdigest()


def advance(connection: Connection, change: str, vectors: NDArray[np.float32] | None = None) -> bool:
    """Move the fingerprint on: a hash chain over all that ever happened to passages and vectors. Returns whether
    passages and vectors only came to it since it moved last, and none was taken."""
    has_grown = grew_from(connection, fingerprint(connection))
    chain = hashlib.sha256(fingerprint(connection).encode() + change.encode())
    if vectors is not None:
        chain.update(vectors.astype("<f4").tobytes())
    connection.execute("INSERT OR REPLACE INTO meta (key, value) VALUES ('fingerprint', ?)", (chain.hexdigest(),))
    connection.execute("INSERT OR IGNORE INTO grown_from VALUES (?)", (chain.hexdigest(),))
    return has_grown


def grew_from(connection: Connection, earlier: str) -> bool:
    """True when nothing was taken from the archive, or changed in it, since its fingerprint was `earlier`: it has all
    passages and vectors of then, under the same ids, and later ones with higher ids."""
    query = "SELECT EXISTS (SELECT * FROM grown_from WHERE fingerprint = ?)"
    return bool(connection.execute(query, (earlier,)).fetchone()[0])


def _write_item(connection: Connection, meeting: str, position: int, item: AgendaItem) -> int:
    cursor = connection.execute(
        """INSERT INTO item (key, meeting, position, number, title, case_number, is_closed, text, link)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        (item.key, meeting, position, item.number, item.title, item.case_number, item.is_closed, item.text, item.link),
    )
    row_id = cursor.lastrowid
    assert row_id is not None  # an INSERT that went well has one
    for table, rows in _part_rows(item).items():
        columns = f"item, position, {PARTS[table]}"
        connection.executemany(
            f"INSERT INTO {table} ({columns}) VALUES ({_marks(columns)})",
            [(row_id, position, *row) for position, row in enumerate(rows)],
        )
    connection.executemany(
        "INSERT INTO decision_part (item, decision, role, position, start, stop) VALUES (?, ?, ?, ?, ?, ?)",
        [(row_id, *row) for row in _decision_part_rows(item.decisions)],
    )
    _write_points(connection, row_id, item.decisions)
    return row_id


def _part_rows(item: AgendaItem) -> dict[str, list[Row]]:
    return {
        "page_break": [(each.offset, each.page) for each in item.page_breaks],
        "section": [(each.kind, each.heading, *_pair(each.span), *_pair(each.body)) for each in item.sections],
        "recommendation": _recommendation_rows(item.recommendations),
        "decision": [
            (each.body, _iso(each.date), each.number, *_pair(each.span), each.outcome, each.is_own)
            for each in item.decisions
        ],
        "reference": [
            (*_pair(each.span), _iso(each.date), each.number, each.committee, each.case_number, each.target)
            for each in item.references
        ],
        "attachment": [(name,) for name in item.attachments],
        "absence": [(name,) for name in item.absent],
    }


def _write_points(connection: Connection, item: int, decisions: Sequence[Decision]) -> None:
    points = [
        (item, place, position, point)
        for place, decision in enumerate(decisions)
        for position, point in enumerate(decision.points)
    ]
    connection.executemany(
        "INSERT INTO point (item, decision, position, number, start, stop, outcome) VALUES (?, ?, ?, ?, ?, ?, ?)",
        [(*where, point.number, *_pair(point.span), point.outcome) for *where, point in points],
    )
    connection.executemany(
        "INSERT INTO point_line (item, decision, point, position, start, stop) VALUES (?, ?, ?, ?, ?, ?)",
        [(*where, place, *_pair(line)) for *where, point in points for place, line in enumerate(point.lines)],
    )


def _recommendation_rows(lines: Sequence[Recommendation]) -> list[Row]:
    rows: list[Row] = []

    def add(line: Recommendation, parent: int | None) -> None:
        position = len(rows)
        rows.append((parent, line.number, *_pair(line.span)))
        for child in line.children:
            add(child, position)

    for line in lines:
        add(line, None)
    return rows


def _decision_part_rows(decisions: Sequence[Decision]) -> Iterator[Row]:
    for number, decision in enumerate(decisions):
        for role, spans in (("addition", decision.additions), ("vote", decision.votes)):
            for position, span in enumerate(spans):
                yield number, role, position, *_pair(span)


def _pair(span: Span) -> tuple[int, int]:
    return span.start, span.end


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _marks(columns: str) -> str:
    return ", ".join(repeat("?", columns.count(",") + 1))
