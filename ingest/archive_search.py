"""The passages of the archive with their words and vectors: what the two indexes over them are built from.

All functions work on a connection whose transaction belongs to the caller.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from sqlite3 import Connection

import numpy as np
from numpy.typing import NDArray

from ingest import danish
from ingest.archive_read import listed
from ingest.errors import WrongEncoder
from ingest.holdings import EncoderIdentity, Selection, Terms
from ingest.model import Passage, SectionKind, Span

# What a field of a selection asks of a passage's meeting and item, and the values it asks with.
CONDITIONS: tuple[tuple[str, Callable[[Selection], Sequence[str | None]]], ...] = (
    ("meeting.municipality", lambda selection: selection.municipalities),
    ("meeting.committee", lambda selection: selection.committees),
    ("item.number", lambda selection: selection.numbers),
    ("item.case_number", lambda selection: [selection.case_number] if selection.case_number else []),
)
KINDS = {kind.value: kind for kind in SectionKind}  # to ask the enumeration by value takes ten times as long
PERIOD: tuple[tuple[str, Callable[[Selection], date | None]], ...] = (
    ("meeting.date >= ?", lambda selection: selection.since),
    ("meeting.date <= ?", lambda selection: selection.until),
)


def read_item_terms(connection: Connection, keys: Iterable[str]) -> dict[str, frozenset[str]]:
    """By item, the terms of all its passages and of the names of its body and municipality."""
    rows = connection.execute(
        """SELECT item.key, committee || ' ' || municipality, words.title, decision, recommendation, rest
        FROM item JOIN meeting ON meeting.key = item.meeting
        LEFT JOIN passage ON passage.item = item.id LEFT JOIN words ON words.passage = passage.id
        WHERE item.key IN (SELECT value FROM json_each(?))""",
        (listed(keys),),
    )
    found: dict[str, set[str]] = {}
    for key, names, *fields in rows:
        terms = found.setdefault(key, set(danish.term_set(names)))
        terms.update(*(field.split() for field in fields if field))
    return {key: frozenset(terms) for key, terms in found.items()}


def select(connection: Connection, selection: Selection) -> NDArray[np.int64]:
    """The ids of the passages of the items selected, ascending."""
    conditions, values = _conditions(selection)
    if any(column.startswith("item.") for column in conditions):
        # A number or a case is rare: from its items to their passages.
        query = f"""SELECT passage.id FROM item JOIN meeting ON meeting.key = item.meeting
            JOIN passage ON passage.item = item.id WHERE {" AND ".join(conditions)} ORDER BY passage.id"""
        return np.fromiter((row[0] for row in connection.execute(query, values)), np.int64)
    query = f"""SELECT first, last FROM run JOIN meeting ON meeting.key = run.meeting
        WHERE {" AND ".join(["TRUE", *conditions])} ORDER BY first"""
    runs = [np.arange(first, last + 1) for first, last in connection.execute(query, values)]
    return np.concatenate([np.empty(0, np.int64), *runs])


def _conditions(selection: Selection) -> tuple[list[str], list[str]]:
    """A selection as SQL conditions on meeting and item, and the values they ask with."""
    conditions, values = [], []
    for column, wanted in CONDITIONS:
        if names := wanted(selection):
            conditions.append(f"{column} IN (SELECT value FROM json_each(?))")
            values.append(listed(names))
    for condition, limit in PERIOD:
        if day := limit(selection):
            conditions.append(condition)
            values.append(day.isoformat())
    return conditions, values


def read_words(connection: Connection, *, after: int = 0) -> Iterator[tuple[int, Terms]]:
    """The passages with an id above `after`, ascending, each with its words by field."""
    query = "SELECT passage, title, decision, recommendation, rest FROM words WHERE passage > ? ORDER BY passage"
    for row_id, *fields in connection.execute(query, (after,)):
        yield row_id, Terms(*fields)


def read_passages(connection: Connection, condition: str, *values: object) -> Iterator[tuple[int, Passage]]:
    """The passages that meet an SQL condition, with their ids, ascending."""
    rows = connection.execute(
        f"""SELECT passage.id, item.key, passage.section, section.kind, passage.start, passage.stop
        FROM passage JOIN item ON item.id = passage.item
        JOIN section ON section.item = passage.item AND section.position = passage.section
        WHERE {condition} ORDER BY passage.id""",
        values,
    )
    for row_id, item, section, kind, start, stop in rows:
        yield row_id, Passage(item, section, KINDS[kind], Span(start, stop))


def read_texts(connection: Connection, ids: Iterable[int]) -> Iterator[tuple[int, str, str]]:
    """Passages by id, each with its item's title and its own text; ids that are not there are left out."""
    yield from connection.execute(
        """SELECT passage.id, item.title, substr(item.text, passage.start + 1, passage.stop - passage.start)
        FROM passage JOIN item ON item.id = passage.item
        WHERE passage.id IN (SELECT value FROM json_each(?))""",
        (listed(ids),),
    )


def write_passages(
    connection: Connection, item_ids: dict[str, int], passages: Sequence[Passage], terms: Sequence[Terms]
) -> list[int]:
    """Add passages, each with its words, and return their ids. `item_ids` gives the row of each item by its key."""
    row_ids: list[int] = []
    for passage in passages:
        cursor = connection.execute(
            "INSERT INTO passage (item, section, start, stop) VALUES (?, ?, ?, ?)",
            (item_ids[passage.item], passage.section, passage.span.start, passage.span.end),
        )
        assert cursor.lastrowid is not None  # an INSERT that went well has one
        row_ids.append(cursor.lastrowid)
    connection.executemany(
        "INSERT INTO words (passage, title, decision, recommendation, rest) VALUES (?, ?, ?, ?, ?)",
        (
            (row_id, words.title, words.decision, words.recommendation, words.rest)
            for row_id, words in zip(row_ids, terms, strict=True)
        ),
    )
    return row_ids


def write_run(connection: Connection, meeting: str, row_ids: Sequence[int]) -> None:
    """Remember between which ids the passages of a meeting lie; all of them, and no others, do."""
    if row_ids:
        connection.execute("INSERT INTO run VALUES (?, ?, ?)", (meeting, row_ids[0], row_ids[-1]))


def write_vectors(
    connection: Connection, row_ids: Sequence[int], matrix: NDArray[np.float32], encoder: EncoderIdentity
) -> int:
    """Add the vectors of passages that are still there and have none; returns how many that were.

    The first vectors settle the archive's encoder; `WrongEncoder` for any other from then on.
    """
    if matrix.shape != (len(row_ids), encoder.dimension):
        raise ValueError(f"{len(row_ids)} passages, but vectors of shape {matrix.shape} from {encoder}")
    require_encoder(connection, encoder)
    before = connection.total_changes
    connection.executemany(
        "INSERT OR IGNORE INTO vector (passage, data) SELECT id, ? FROM passage WHERE id = ?",
        ((row.tobytes(), row_id) for row_id, row in zip(row_ids, matrix.astype("<f4"), strict=True)),
    )
    written = connection.total_changes - before
    if written:
        connection.executemany("INSERT OR IGNORE INTO meta (key, value) VALUES (?, ?)", encoder_rows(encoder))
    return written


def read_vectors(connection: Connection, *, after: int = 0) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """The passage ids above `after` that have a vector, ascending, and the vectors, a row for each."""
    encoder = read_encoder(connection)
    dimension = encoder.dimension if encoder else 0
    ids: list[int] = []
    numbers = bytearray()
    for row_id, data in connection.execute(
        "SELECT passage, data FROM vector WHERE passage > ? ORDER BY passage", (after,)
    ):
        ids.append(row_id)
        numbers += data
    matrix = np.frombuffer(numbers, "<f4").astype(np.float32, copy=False)
    return np.array(ids, np.int64), matrix.reshape(len(ids), dimension)


def read_encoder(connection: Connection) -> EncoderIdentity | None:
    """Which model made the vectors; None while there are none."""
    rows = dict(connection.execute("SELECT key, value FROM meta WHERE key LIKE 'encoder.%'").fetchall())
    if not rows:
        return None
    return EncoderIdentity(rows["encoder.name"], rows["encoder.revision"], int(rows["encoder.dimension"]))


def require_encoder(connection: Connection, wanted: EncoderIdentity) -> None:
    """Raise `WrongEncoder` if the vectors were made by another model than `wanted`."""
    own = read_encoder(connection)
    if own and (own.revision, own.dimension) != (wanted.revision, wanted.dimension):
        raise WrongEncoder(
            f"its vectors were made by {_named(own)} and cannot be mixed with those of {_named(wanted)}; use "
            f"the former (--model {own.name}), or begin another archive with --archive FILE"
        )


def forget_unused_encoder(connection: Connection) -> None:
    """Once the last vector is gone, any model may make the next."""
    connection.execute("DELETE FROM meta WHERE key LIKE 'encoder.%' AND NOT EXISTS (SELECT * FROM vector)")


def encoder_rows(encoder: EncoderIdentity, prefix: str = "encoder") -> Iterator[tuple[str, str]]:
    """How `meta` says which model made vectors; `prefix` says which vectors."""
    yield f"{prefix}.name", encoder.name
    yield f"{prefix}.revision", encoder.revision
    yield f"{prefix}.dimension", str(encoder.dimension)


def _named(encoder: EncoderIdentity) -> str:
    return f"{encoder.name} (revision {encoder.revision}, {encoder.dimension} numbers)"
