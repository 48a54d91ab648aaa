"""The archive's two indexes over passages: words ranked by bm25, and vectors.

All functions work on a connection whose transaction belongs to the caller.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from sqlite3 import Connection

import numpy as np
from numpy.typing import NDArray

from ingest.archive_read import listed
from ingest.errors import WrongEncoder
from ingest.model import EncoderIdentity, Passage, SectionKind, Selection, Span, Terms

# What a field of a selection asks of a passage's meeting and item, and the values it asks with.
CONDITIONS: tuple[tuple[str, Callable[[Selection], Sequence[str | None]]], ...] = (
    ("meeting.municipality", lambda selection: selection.municipalities),
    ("meeting.committee", lambda selection: selection.committees),
    ("item.number", lambda selection: selection.numbers),
    ("item.case_number", lambda selection: [selection.case_number] if selection.case_number else []),
)
PERIOD: tuple[tuple[str, Callable[[Selection], date | None]], ...] = (
    ("meeting.date >= ?", lambda selection: selection.since),
    ("meeting.date <= ?", lambda selection: selection.until),
)


def match_any(terms: Iterable[str]) -> str:
    """The FTS5 query for passages that hold at least one of the terms; "" for no terms. Safe for any characters."""
    quoted = (term.replace("\0", "").replace('"', '""') for term in dict.fromkeys(terms))  # SQLite stops at a zero
    return " OR ".join(f'"{term}"' for term in quoted)


def select(connection: Connection, selection: Selection) -> NDArray[np.int64]:
    """The ids of the passages of the items selected, ascending."""
    query, values = _selected(selection)
    return np.fromiter((row[0] for row in connection.execute(f"{query} ORDER BY passage.id", values)), np.int64)


def lexical(
    connection: Connection,
    match: str,
    *,
    selection: Selection,
    weights: tuple[float, float, float, float],
    limit: int,
) -> list[tuple[int, float]]:
    """The passages that `match`, each with its bm25, above 0; the highest first, equal ones by id.

    `weights` are those of title, decision, recommendation and rest. How rare a word is counts over all passages,
    selected or not, so that a filter leaves scores as they are.
    """
    if not match.strip():
        return []
    query, values = _selected(selection)
    condition = ""
    if not selection.is_everything:
        # The plus keeps SQLite from asking the full-text index once for each selected passage.
        condition = f"AND +terms.rowid IN ({query})"
    rows = connection.execute(
        f"""SELECT rowid, -bm25(terms, ?, ?, ?, ?) AS score FROM terms WHERE terms MATCH ? {condition}
        ORDER BY score DESC, rowid LIMIT ?""",
        (*weights, match, *values, limit),
    )
    return [(passage, score) for passage, score in rows]


def term_counts(connection: Connection, terms: Iterable[str]) -> dict[str, int]:
    """In how many passages each of the terms stands; 0 for a term that stands in none."""
    wanted = list(dict.fromkeys(terms))
    counts = dict.fromkeys(wanted, 0)
    query = "SELECT term, doc FROM vocabulary WHERE term IN (SELECT value FROM json_each(?))"
    return counts | dict(connection.execute(query, (listed(wanted),)).fetchall())


def read_vocabulary(connection: Connection) -> tuple[tuple[str, int], ...]:
    """Every term, and in how many passages it stands; by term."""
    return tuple(connection.execute("SELECT term, doc FROM vocabulary ORDER BY term").fetchall())


def _selected(selection: Selection) -> tuple[str, tuple[str, ...]]:
    """A query for the ids of the selected passages, and its values."""
    conditions, values = ["TRUE"], []
    for column, wanted in CONDITIONS:
        if names := wanted(selection):
            conditions.append(f"{column} IN (SELECT value FROM json_each(?))")
            values.append(listed(names))
    for condition, limit in PERIOD:
        if day := limit(selection):
            conditions.append(condition)
            values.append(day.isoformat())
    if len(conditions) == 1:
        return "SELECT passage.id FROM passage", ()
    # A CROSS JOIN makes SQLite start at the meetings, which are few; left alone, it scans all passages for a day's.
    # A case is rarer still than a day, and has an index of its own.
    join = "JOIN" if selection.case_number else "CROSS JOIN"
    query = f"""SELECT passage.id FROM meeting {join} item ON item.meeting = meeting.key
        {join} passage ON passage.item = item.id WHERE {" AND ".join(conditions)}"""
    return query, tuple(values)


def merge_words(connection: Connection) -> None:
    """Wipe the words of removed passages out of the file: until its segments are merged, the index keeps them."""
    connection.execute("INSERT INTO terms (terms) VALUES ('optimize')")


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
        yield row_id, Passage(item, section, SectionKind(kind), Span(start, stop))


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
    for passage, words in zip(passages, terms, strict=True):
        cursor = connection.execute(
            "INSERT INTO passage (item, section, start, stop) VALUES (?, ?, ?, ?)",
            (item_ids[passage.item], passage.section, passage.span.start, passage.span.end),
        )
        assert cursor.lastrowid is not None  # an INSERT that went well has one
        row_ids.append(cursor.lastrowid)
        connection.execute(
            "INSERT INTO terms (rowid, title, decision, recommendation, rest) VALUES (?, ?, ?, ?, ?)",
            (cursor.lastrowid, words.title, words.decision, words.recommendation, words.rest),
        )
    return row_ids


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
        connection.executemany("INSERT OR IGNORE INTO meta (key, value) VALUES (?, ?)", _encoder_rows(encoder))
    return written


def read_vectors(connection: Connection) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """All passage ids that have a vector, ascending, and the vectors, a row for each."""
    rows = connection.execute("SELECT passage, data FROM vector ORDER BY passage").fetchall()
    encoder = read_encoder(connection)
    dimension = encoder.dimension if encoder else 0
    matrix = np.frombuffer(bytearray().join(row[1] for row in rows), "<f4").astype(np.float32, copy=False)
    return np.fromiter((row[0] for row in rows), np.int64), matrix.reshape(len(rows), dimension)


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


def _encoder_rows(encoder: EncoderIdentity) -> Iterator[tuple[str, str]]:
    yield "encoder.name", encoder.name
    yield "encoder.revision", encoder.revision
    yield "encoder.dimension", str(encoder.dimension)


def _named(encoder: EncoderIdentity) -> str:
    return f"{encoder.name} (revision {encoder.revision}, {encoder.dimension} numbers)"
