"""Look an archive over: is everything in it where its spans say, and what does it hold, in words."""

from __future__ import annotations

import hashlib
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator
from sqlite3 import Connection

from ingest.archive_read import read_documents, read_entries
from ingest.archive_search import read_encoder, read_passages
from ingest.holdings import Terms
from ingest.model import AgendaItem, Passage, Span

# Each query finds rows that ought not to be there; the sentence says what is wrong with them.
FAULTS = (
    ("document {} is loaded, but its meeting is not there",
     """SELECT source FROM document WHERE state = 'loaded'
        AND NOT EXISTS (SELECT * FROM meeting WHERE meeting.source = document.source AND key = document.meeting)"""),
    ("meeting {} stands under a document that is superseded",
     "SELECT key FROM meeting JOIN document USING (source) WHERE state = 'superseded' AND replaced_by IS NULL"),
    ("passage {} has no words",
     "SELECT id FROM passage WHERE id NOT IN (SELECT passage FROM words)"),
    ("passage {} lies outside the run of its meeting",
     """SELECT passage.id FROM passage JOIN item ON item.id = passage.item LEFT JOIN run USING (meeting)
        WHERE first IS NULL OR passage.id NOT BETWEEN first AND last"""),
    ("the run of meeting {} is not as long as it has passages",
     """SELECT meeting FROM run WHERE last - first + 1 <> (SELECT count(*) FROM passage
        JOIN item ON item.id = passage.item WHERE item.meeting = run.meeting)"""),
)  # fmt: skip
MISSING_VECTORS = """SELECT count(*) FROM passage WHERE id NOT IN (SELECT passage FROM vector)"""
ODD_VECTORS = "SELECT passage FROM vector WHERE length(data) <> 4 * ?"


def problems(connection: Connection) -> Iterator[str]:
    """What is wrong with the archive, a sentence each; nothing when it is intact."""
    try:
        yield from _file_problems(connection)
        for sentence, query in FAULTS:
            yield from (sentence.format(row[0]) for row in connection.execute(query))
        yield from _vector_problems(connection)
        passages = _passages_by_item(connection)
        for entry in read_entries(connection, "TRUE"):
            yield from item_problems(entry.item, passages[entry.item.key])
    except sqlite3.DatabaseError as fault:
        yield f"the file is damaged: {fault}"


def item_problems(item: AgendaItem, passages: Iterable[Passage]) -> Iterator[str]:
    """Sections that do not tile the item's text, and spans that reach out of where they belong."""
    end = 0
    for section in item.sections:
        if section.span.start != end:
            yield f"{item.key}: section {section.heading!r} starts at {section.span.start}, not at {end}"
        if not section.span.covers(section.body):
            yield f"{item.key}: the body of section {section.heading!r} reaches out of it"
        end = section.span.end
    if end != len(item.text):
        yield f"{item.key}: the sections end at {end}, the text at {len(item.text)}"
    for what, span in _spans(item):
        if not 0 <= span.start <= span.end <= len(item.text):
            yield f"{item.key}: {what} {span.start}-{span.end} reaches out of the text"
    for passage in passages:
        if not item.sections[passage.section].span.covers(passage.span):
            yield f"{item.key}: passage {passage.span.start}-{passage.span.end} reaches out of its section"


def dump(connection: Connection) -> Iterator[str]:
    """All content, line by line, in an order and words that do not depend on when and how it was written."""
    yield f"encoder {read_encoder(connection)}"
    yield from (repr(record) for record in read_documents(connection))
    lines = defaultdict(list)
    for row_id, passage in read_passages(connection, "TRUE"):
        lines[passage.item].append(f"  {passage} {_terms(connection, row_id)} {_vector_digest(connection, row_id)}")
    for entry in read_entries(connection, "TRUE"):
        yield f"{entry.meeting} {entry.source}"
        yield f"  {entry.item}"
        yield from lines[entry.item.key]


def _file_problems(connection: Connection) -> Iterator[str]:
    for (line,) in connection.execute("PRAGMA integrity_check"):
        if line != "ok":
            yield f"the file is damaged: {line}"
    for table, row_id, parent, _ in connection.execute("PRAGMA foreign_key_check"):
        yield f"row {row_id} of {table} belongs to a row of {parent} that is not there"


def _vector_problems(connection: Connection) -> Iterator[str]:
    encoder = read_encoder(connection)
    if encoder is None:
        return
    (missing,) = connection.execute(MISSING_VECTORS).fetchone()
    if missing:
        yield f"{missing} passages have no vector; `python -m ingest add` with the model {encoder.name} makes them"
    for (passage,) in connection.execute(ODD_VECTORS, (encoder.dimension,)):
        yield f"the vector of passage {passage} does not have {encoder.dimension} numbers"


def _passages_by_item(connection: Connection) -> dict[str, list[Passage]]:
    found: dict[str, list[Passage]] = defaultdict(list)
    for _, passage in read_passages(connection, "TRUE"):
        found[passage.item].append(passage)
    return found


def _spans(item: AgendaItem) -> Iterator[tuple[str, Span]]:
    for line in item.recommendations:
        yield from (("recommendation", each.span) for each in line.with_children())
    for decision in item.decisions:
        yield "decision", decision.span
        yield from (("addition", span) for span in decision.additions)
        yield from (("vote", span) for span in decision.votes)
        for point in decision.points:
            yield "point", point.span
            yield from (("line of a point", span) for span in point.lines)
    yield from (("reference", reference.span) for reference in item.references)


def _terms(connection: Connection, row_id: int) -> Terms | None:
    query = "SELECT title, decision, recommendation, rest FROM words WHERE passage = ?"
    row = connection.execute(query, (row_id,)).fetchone()
    return Terms(*row) if row else None


def _vector_digest(connection: Connection, row_id: int) -> str | None:
    row = connection.execute("SELECT data FROM vector WHERE passage = ?", (row_id,)).fetchone()
    return hashlib.sha256(row[0]).hexdigest() if row else None
