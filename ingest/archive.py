"""The archive: one SQLite file with everything that was read, and the only truth there is.

Text, words and vectors of a document are written in one transaction. With the modules `schema`, `database` and
`archive_*`, which it stands in front of, this is the only place that speaks SQL.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from sqlite3 import Connection
from types import TracebackType
from typing import Self

import numpy as np
from numpy.typing import NDArray

from ingest import archive_check as checking
from ingest import archive_links as links
from ingest import archive_reembed as coming
from ingest import archive_search as indexes
from ingest import views
from ingest.archive_overview import read_summaries
from ingest.archive_read import CURRENT, listed, read_documents, read_entries, read_meetings
from ingest.archive_versions import keep_behind, make_way, versions
from ingest.archive_write import (
    advance,
    fingerprint,
    grew_from,
    record_of,
    write_document,
    write_failure,
    write_minutes,
)
from ingest.database import Database
from ingest.holdings import (
    Counts,
    DocumentRecord,
    DocumentState,
    EncoderIdentity,
    Entry,
    ItemPlace,
    ItemSummary,
    ReferenceRow,
    Selection,
    Terms,
)
from ingest.model import AgendaItem, Document, Meeting, Minutes, Passage

DEFAULT_PATH = Path(__file__).resolve().parent.parent / "data" / "archive.db"

ITEMS = f"SELECT count(*) FROM item JOIN meeting ON meeting.key = item.meeting WHERE {CURRENT}"
COUNTS = f"""SELECT (SELECT count(*) FROM meeting WHERE {CURRENT}), ({ITEMS}),
    (SELECT count(*) FROM passage), (SELECT count(*) FROM vector)"""

# What is named after a file and a key is one of its meetings; another file may be called "minutes.json#2.json".
OTHER_PARTS = """DELETE FROM document WHERE substr(source, 1, length(?1)) = ?1
    AND substr(source, length(?1) + 1) GLOB '*/*/[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]*'
    AND source NOT IN (SELECT value FROM json_each(?2))"""


class Archive:
    """An open archive. Safe to share between threads; close it, or use it in a `with` statement.

    Every method raises `ArchiveError` when the file is damaged, full, or held by another writer for 30 seconds.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    @classmethod
    def open(cls, path: Path | str, *, create: bool = False) -> Self:
        """The archive at `path`, brought up to this version. `ArchiveMissing` when there is none and `create` is False,
        `ArchiveTooNew` when a later version wrote it, `ArchiveError` when the file is something else or damaged."""
        return cls(Database(Path(path), create=create))

    @property
    def path(self) -> Path:
        """Where the archive lies."""
        return self._database.path

    def close(self) -> None:
        """Give the file back. The archive cannot be used afterwards."""
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    # Writing

    def put(
        self,
        document: Document,
        minutes: Minutes,
        *,
        parser: str,
        passages: Sequence[Passage],
        terms: Sequence[Terms],
        vectors: NDArray[np.float32] | None = None,
        encoder: EncoderIdentity | None = None,
        municipality: str | None = None,
    ) -> None:
        """Write a document's minutes in the place of what its source held before and of the meeting of the same key;
        another source of that meeting is superseded, and what it said otherwise kept as an earlier version. `terms`
        and, where there are any, `vectors` go with `passages` one to one, and `encoder` made the vectors;
        `WrongEncoder` if another made those of the archive.

        The text of `document.pages` is not kept. `sqlite3.IntegrityError` when two items have one key.
        """
        with self._database.transaction() as connection:
            make_way(connection, document, minutes)
            write_document(connection, record_of(document, minutes, parser, municipality, DocumentState.LOADED))
            item_ids = write_minutes(connection, minutes, document.source, document.digest)
            passage_ids = indexes.write_passages(connection, item_ids, passages, terms)
            indexes.write_run(connection, minutes.meeting.key, passage_ids)
            if vectors is not None and encoder is not None:
                indexes.write_vectors(connection, passage_ids, vectors, encoder)
            indexes.forget_unused_encoder(connection)
            has_grown = advance(connection, repr((minutes, passages, terms)), vectors)
        self._tidy(has_grown)

    def record_superseded(
        self, document: Document, minutes: Minutes, *, parser: str, municipality: str | None = None
    ) -> None:
        """Remember a document that a better source of the same meeting stands before; what it held before goes. The
        agenda of minutes is kept as an earlier version of them."""
        with self._database.transaction() as connection:
            before = _counts(connection)
            write_document(connection, record_of(document, minutes, parser, municipality, DocumentState.SUPERSEDED))
            keep_behind(connection, document, minutes)
            has_grown = True
            if _counts(connection) != before:
                indexes.forget_unused_encoder(connection)
                has_grown = advance(connection, f"superseded {document.source}")
        self._tidy(has_grown)

    def record_divided(
        self, document: Document, *, parser: str, parts: Iterable[str], municipality: str | None = None
    ) -> None:
        """Remember a file that holds several meetings, each a document of its own under a source in `parts`; parts it
        had before and has no more go, and so does a meeting that the file as a whole held."""
        kept = listed(parts)
        with self._database.transaction() as connection:
            before = _counts(connection)
            connection.execute("DELETE FROM meeting WHERE source = ?", (document.source,))
            connection.execute(OTHER_PARTS, (f"{document.source}#", kept))
            write_document(
                connection,
                DocumentRecord(
                    *(document.source, document.digest, parser, municipality, DocumentState.DIVIDED, ""),
                    *(None, None, document.is_paged, len(document.pages)),
                ),
            )
            has_grown = True
            if _counts(connection) != before:
                indexes.forget_unused_encoder(connection)
                has_grown = advance(connection, f"divided {document.source}")
        self._tidy(has_grown)

    def record_failure(
        self, source: str, digest: str, *, parser: str, reason: str, municipality: str | None = None
    ) -> None:
        """Remember that a file could not be read and why; what an earlier reading left in the archive stays."""
        with self._database.transaction() as connection:
            state = DocumentState.FAILED
            write_failure(
                connection,
                DocumentRecord(source, digest, parser, municipality, state, reason, None, None, False, 0),
            )

    def remove(self, source_or_key: str) -> tuple[str, ...]:
        """Forget a document by its source, a meeting with all its documents by its key, or one earlier version of a
        meeting by the version's key, and wipe their words from the file. Returns the sources forgotten, of a version
        its key; empty when there is none by that name."""
        with self._database.transaction() as connection:
            sources = [each.source for each in read_documents(connection, "? IN (source, meeting)", source_or_key)]
            version = f"DELETE FROM meeting WHERE key = ? AND NOT ({CURRENT})"
            if connection.execute(version, (source_or_key,)).rowcount:
                sources.append(source_or_key)
            before = _counts(connection)
            connection.execute(
                "DELETE FROM document WHERE source IN (SELECT value FROM json_each(?))", (listed(sources),)
            )
            has_grown = True
            if _counts(connection) != before:
                indexes.forget_unused_encoder(connection)
                has_grown = advance(connection, f"removed {sources}")
        self._tidy(has_grown)
        if sources:
            self._database.checkpoint()
        return tuple(sources)

    def compact(self) -> None:
        """Wipe what was replaced out of the log beside the file."""
        self._database.checkpoint()

    def _tidy(self, has_grown: bool) -> None:
        """Throw away what was built from passages that are gone: it holds their words."""
        if not has_grown:
            views.discard(self.path)

    def add_vectors(self, ids: Sequence[int], matrix: NDArray[np.float32], encoder: EncoderIdentity) -> int:
        """Add the vectors of passages that had none, a row for each id; ids that are gone meanwhile are left out.
        Returns how many were added; `WrongEncoder` if another model made those of the archive."""
        with self._database.transaction() as connection:
            added = indexes.write_vectors(connection, ids, matrix, encoder)
            if added:
                connection.execute("DELETE FROM grown_from")  # vectors of passages that an index may have without
                advance(connection, f"vectors {list(ids)}", matrix)
            return added

    # Vectors of another model, beside those that serve

    def begin_coming(self, encoder: EncoderIdentity) -> int:
        """Make ready for the vectors of another model; returns how many an interrupted run of it left."""
        with self._database.transaction() as connection:
            return coming.begin(connection, encoder)

    def missing_coming(self, *, limit: int) -> list[int]:
        """The ids of passages whose new vector is still to be made, ascending, at most `limit`."""
        with self._database.snapshot() as connection:
            return coming.missing(connection, limit=limit)

    def add_coming(self, ids: Sequence[int], matrix: NDArray[np.float32], encoder: EncoderIdentity) -> None:
        """Add new vectors, a row for each id; they do not serve yet."""
        with self._database.transaction() as connection:
            coming.add(connection, ids, matrix, encoder)

    def take_over(self, encoder: EncoderIdentity) -> bool:
        """Put the new vectors in the place of the old; False, and nothing done, while one is missing."""
        with self._database.transaction() as connection:
            is_done = coming.take_over(connection, encoder)
            if is_done:
                advance(connection, f"vectors by {encoder}")
            return is_done

    def abandon_coming(self) -> None:
        """Forget the new vectors made so far."""
        with self._database.transaction() as connection:
            coming.abandon(connection)

    # Looking up

    def document(self, source: str) -> DocumentRecord | None:
        """What is remembered of a file."""
        with self._database.snapshot() as connection:
            return next(read_documents(connection, "source = ?", source), None)

    def documents(self, *, meeting: str | None = None) -> tuple[DocumentRecord, ...]:
        """What is remembered of all files, or of those of one meeting, by source."""
        with self._database.snapshot() as connection:
            if meeting is None:
                return tuple(read_documents(connection))
            return tuple(read_documents(connection, "meeting = ?", meeting))  # in two queries: "OR" asks no index

    def meetings(self) -> tuple[Meeting, ...]:
        """All meetings, by date and key, each in its current version."""
        with self._database.snapshot() as connection:
            return read_meetings(connection, CURRENT)

    def versions(self, key: str) -> tuple[Meeting, ...]:
        """The earlier versions of a meeting: its agenda, minutes that were corrected. `items_of` gives their items."""
        with self._database.snapshot() as connection:
            return versions(connection, key)

    def meeting(self, key: str) -> Meeting | None:
        """The meeting with this key."""
        with self._database.snapshot() as connection:
            return next(iter(read_meetings(connection, "meeting.key = ?", key)), None)

    def item(self, key: str) -> Entry | None:
        """The item with this key."""
        return next(iter(self.entries([key])), None)

    def entries(self, keys: Iterable[str]) -> tuple[Entry, ...]:
        """The items with these keys, in the order asked for; keys that are not there are left out."""
        places = {key: place for place, key in enumerate(dict.fromkeys(keys))}
        with self._database.snapshot() as connection:
            found = read_entries(connection, "item.key IN (SELECT value FROM json_each(?))", listed(places))
        return tuple(sorted(found, key=lambda entry: places[entry.item.key]))

    def items_of(self, meeting_key: str) -> tuple[AgendaItem, ...]:
        """The items of a meeting in their order; empty when there is no such meeting."""
        with self._database.snapshot() as connection:
            return tuple(entry.item for entry in read_entries(connection, "item.meeting = ?", meeting_key))

    def find_items(
        self,
        *,
        municipality: str | None = None,
        committee: str | None = None,
        date: date | None = None,
        number: str | None = None,
        case_number: str | None = None,
    ) -> tuple[Entry, ...]:
        """The items of current meetings that fit everything given, by date, meeting and order in it; names as the
        archive spells them, case numbers in capital or small letters."""
        wanted = {
            "meeting.municipality": municipality,
            "meeting.committee": committee,
            "meeting.date": date and date.isoformat(),
            "item.number": number,
            "item.case_number": case_number,
        }
        given = {column: value for column, value in wanted.items() if value is not None}
        condition = " AND ".join([CURRENT, *(f"{column} = ?" for column in given)])
        with self._database.snapshot() as connection:
            return read_entries(connection, condition, *given.values())

    def summaries(self) -> tuple[ItemSummary, ...]:
        """All items of current meetings in one line each, by date, meeting and order in it."""
        with self._database.snapshot() as connection:
            return tuple(read_summaries(connection))

    # Links between items

    def item_places(self, *, case_number: str | None = None, municipality: str | None = None) -> tuple[ItemPlace, ...]:
        """Where all items of current meetings stand, or those of one case number, by date, meeting and order in it."""
        with self._database.snapshot() as connection:
            return tuple(links.read_places(connection, case_number=case_number, municipality=municipality))

    def references(self) -> tuple[ReferenceRow, ...]:
        """The references in the items of current meetings, by item and order in it."""
        with self._database.snapshot() as connection:
            return tuple(links.read_references(connection))

    def referring_to(self, key: str) -> tuple[str, ...]:
        """The keys of the items, in current meetings, with a reference that means the item `key`."""
        with self._database.snapshot() as connection:
            return links.referring_to(connection, key)

    def set_targets(self, targets: Iterable[tuple[int, int, str | None]]) -> None:
        """Say which item references mean, each by its item's row and its position in it; None takes the link back."""
        with self._database.transaction() as connection:
            links.write_targets(connection, targets)

    # Searching

    def select(self, selection: Selection) -> NDArray[np.int64]:
        """The ids of the passages of the items selected, ascending."""
        with self._database.snapshot() as connection:
            return indexes.select(connection, selection)

    def words(self, *, after: int = 0) -> Iterator[tuple[int, Terms]]:
        """The passages with an id above `after`, ascending, each with its words by field; read as they are asked for,
        from one state of the archive."""
        with self._database.snapshot() as connection:
            yield from indexes.read_words(connection, after=after)

    def item_terms(self, keys: Iterable[str]) -> dict[str, frozenset[str]]:
        """The terms of the items with these keys: of all their passages, and of the names of their body and
        municipality; keys that are not there are left out."""
        with self._database.snapshot() as connection:
            return indexes.read_item_terms(connection, keys)

    def vectors(self, *, after: int = 0) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """The ids above `after` of passages with a vector, ascending, and their vectors, shape (ids, dimension)."""
        with self._database.snapshot() as connection:
            return indexes.read_vectors(connection, after=after)

    def passages(self, ids: Iterable[int]) -> dict[int, Passage]:
        """Passages by id; ids that are not there are left out."""
        wanted = listed(int(each) for each in ids)
        with self._database.snapshot() as connection:
            return dict(indexes.read_passages(connection, "passage.id IN (SELECT value FROM json_each(?))", wanted))

    def passage_texts(self, ids: Iterable[int]) -> dict[int, tuple[str, str]]:
        """The title and the text of passages by id; ids that are not there are left out."""
        with self._database.snapshot() as connection:
            rows = indexes.read_texts(connection, [int(each) for each in ids])
            return {number: (title, text) for number, title, text in rows}

    def passages_without_vectors(self) -> tuple[tuple[int, Passage], ...]:
        """The passages, with their ids, that were written while there was no model."""
        with self._database.snapshot() as connection:
            return tuple(indexes.read_passages(connection, "passage.id NOT IN (SELECT passage FROM vector)"))

    # The archive as a whole

    def counts(self) -> Counts:
        """How much there is."""
        with self._database.snapshot() as connection:
            return _counts(connection)

    def item_count(self) -> int:
        """How many items there are; quicker than all `counts`, which looks at every vector."""
        with self._database.snapshot() as connection:
            return int(connection.execute(ITEMS).fetchone()[0])

    def encoder(self) -> EncoderIdentity | None:
        """Which model made the vectors; None while there are none."""
        with self._database.snapshot() as connection:
            return indexes.read_encoder(connection)

    def require_encoder(self, wanted: EncoderIdentity) -> None:
        """Raise `WrongEncoder` if the vectors were made by another model."""
        with self._database.snapshot() as connection:
            indexes.require_encoder(connection, wanted)

    def fingerprint(self) -> str:
        """64 hex digits that change whenever passages or vectors do and at no other time; a single row to read.

        Archives with the same history of writes have the same fingerprint, and the same passage ids.
        """
        with self._database.snapshot() as connection:
            return fingerprint(connection)

    def state(self) -> str:
        """A word that changes whenever the fingerprint does, or what a reference means; two rows to read."""
        with self._database.snapshot() as connection:
            return f"{fingerprint(connection)} {links.state(connection)}"

    def grew_from(self, earlier: str) -> bool:
        """True when nothing was taken from the archive, or changed in it, since its fingerprint was `earlier`: it has
        all passages and vectors of then, under the same ids, and later ones with higher ids."""
        with self._database.snapshot() as connection:
            return grew_from(connection, earlier)

    def check(self) -> list[str]:
        """What is wrong with the archive, a sentence each; empty when it is intact."""
        with self._database.snapshot() as connection:
            return list(checking.problems(connection))

    def dump(self) -> str:
        """All content as text, alike for archives that hold the same, whatever order it was written in."""
        with self._database.snapshot() as connection:
            return "\n".join(checking.dump(connection))


def _counts(connection: Connection) -> Counts:
    return Counts(*connection.execute(COUNTS).fetchone())
