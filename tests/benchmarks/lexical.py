"""Other ways to rank passages by their words, over the same terms: what ours is measured against."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from importlib.util import find_spec
from typing import Any

from ingest.archive import Archive
from ingest.holdings import Terms
from qa.views import words
from qa.words import WordIndex

Search = Callable[[list[str]], object]

_RANK_BM25_UP_TO = 100_000  # passages; it holds a dictionary for each and looks at all of them
_LIMIT = 200


def baselines(archive: Archive, questions: Sequence[list[str]]) -> Iterator[tuple[str, Search, str]]:
    """Each baseline by name, with its search and what is to be said of it."""
    ours = words(archive)
    connection = sqlite3.connect("file::memory:", uri=True)
    connection.execute(
        """CREATE VIRTUAL TABLE held USING fts5 (title, decision, recommendation, rest,
        tokenize = "unicode61 remove_diacritics 0 tokenchars '-./,:;§%&+_#~@*^=$|''’'")"""
    )
    connection.executemany(
        "INSERT INTO held (rowid, title, decision, recommendation, rest) VALUES (?, ?, ?, ?, ?)",
        ((number, *_fields(each)) for number, each in archive.words()),
    )
    yield "SQLite FTS5", lambda terms: _fts(connection, terms), _agreement(connection, ours, questions)
    connection.close()
    for name, make in (("bm25s", _bm25s), ("rank-bm25", _rank_bm25)):
        if find_spec(name.replace("-", "_")) is None:
            print(f"| {name} | | | not installed: `pip install -e .[bench]` |")
        elif name == "rank-bm25" and len(ours) > 1.1 * _RANK_BM25_UP_TO:
            print(f"| {name} | | | left out beyond {_RANK_BM25_UP_TO:,} passages |")
        else:
            yield name, make(archive), "one field, all weights 1"


def _fields(words: Terms) -> tuple[str, str, str, str]:
    return words.title, words.decision, words.recommendation, words.rest


def _fts(connection: sqlite3.Connection, terms: list[str]) -> list[int]:
    match = " OR ".join(f'"{term}"' for term in terms)
    query = "SELECT rowid FROM held WHERE held MATCH ? ORDER BY -bm25(held, 2.0, 1.5, 1.2, 1.0) DESC, rowid LIMIT ?"
    return [row[0] for row in connection.execute(query, (match, _LIMIT))]


def _agreement(connection: sqlite3.Connection, ours: WordIndex, questions: Sequence[list[str]]) -> str:
    shares = []
    for terms in questions[:20]:
        theirs = set(_fts(connection, terms)[:10])
        shares.append(len(theirs & {number for number, _ in ours.search(terms, limit=10)}) / max(len(theirs), 1))
    return f"the same ten: {sum(shares) / len(shares):.3f}"


def _bm25s(archive: Archive) -> Search:
    import bm25s

    texts = [" ".join(_fields(each)).split() for _, each in archive.words()]
    index: Any = bm25s.BM25(k1=1.2, b=0.75)
    index.index(texts, show_progress=False)
    return lambda terms: index.retrieve([terms], k=min(_LIMIT, len(texts)), show_progress=False)


def _rank_bm25(archive: Archive) -> Search:
    from rank_bm25 import BM25Okapi

    index = BM25Okapi([" ".join(_fields(each)).split() for _, each in archive.words()], k1=1.2, b=0.75)
    return lambda terms: index.get_scores(terms).argsort()[-_LIMIT:]
