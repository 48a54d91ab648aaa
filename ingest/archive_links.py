"""Rows about links between items: where items stand, what they refer to, and what each reference was found to mean.

All functions work on a connection whose transaction belongs to the caller.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from datetime import date
from sqlite3 import Connection

from ingest.archive_read import CURRENT, read_reference
from ingest.holdings import ItemPlace, ReferenceRow


def read_places(
    connection: Connection, *, case_number: str | None = None, municipality: str | None = None
) -> Iterator[ItemPlace]:
    """Where the items of current meetings stand, by date, meeting and order in it."""
    given = {"item.case_number": case_number, "meeting.municipality": municipality}
    wanted = {column: value for column, value in given.items() if value is not None}
    condition = " AND ".join([CURRENT, *(f"{column} = ?" for column in wanted)])
    rows = connection.execute(
        f"""SELECT item.key, item.id, meeting.key, meeting.municipality, meeting.committee, meeting.date, item.number,
        item.title, item.case_number FROM item JOIN meeting ON meeting.key = item.meeting
        WHERE {condition} ORDER BY meeting.date, meeting.key, item.position""",
        tuple(wanted.values()),
    )
    for key, row, meeting, of, committee, day, number, title, case in rows:
        yield ItemPlace(key, row, meeting, of, committee, date.fromisoformat(day), number, title, case)


def read_references(connection: Connection) -> Iterator[ReferenceRow]:
    """The references in the items of current meetings, by item and order in it."""
    rows = connection.execute(
        f"""SELECT item.key, item.id, reference.position, reference.start, reference.stop, reference.date,
        reference.number, reference.committee, reference.case_number, reference.target
        FROM reference JOIN item ON item.id = reference.item JOIN meeting ON meeting.key = item.meeting
        WHERE {CURRENT} ORDER BY item.id, reference.position"""
    )
    for key, row, position, *fields in rows:
        yield ReferenceRow(key, row, position, read_reference(*fields))


def referring_to(connection: Connection, key: str) -> tuple[str, ...]:
    """The keys of the items, in current meetings, that refer to one."""
    query = f"""SELECT DISTINCT item.key FROM reference JOIN item ON item.id = reference.item
        JOIN meeting ON meeting.key = item.meeting WHERE reference.target = ? AND {CURRENT} ORDER BY item.key"""
    return tuple(row[0] for row in connection.execute(query, (key,)))


def write_targets(connection: Connection, targets: Iterable[tuple[int, int, str | None]]) -> None:
    """Set what references mean, each by its item's row and its position in it."""
    changes = [(target, row, position) for row, position, target in targets]
    connection.executemany("UPDATE reference SET target = ? WHERE item = ? AND position = ?", changes)
    if changes:
        chain = hashlib.sha256(state(connection).encode() + repr(changes).encode()).hexdigest()
        connection.execute("INSERT OR REPLACE INTO meta (key, value) VALUES ('links', ?)", (chain,))


def state(connection: Connection) -> str:
    """A word that changes whenever a reference comes to mean another item; "" while none ever did."""
    row = connection.execute("SELECT value FROM meta WHERE key = 'links'").fetchone()
    return str(row[0]) if row else ""
