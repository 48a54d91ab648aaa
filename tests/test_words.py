"""The index over words ranks as SQLite's full-text index does, whatever parts and files it is read from."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.holdings import Terms
from qa.postings import Postings, invert, joined
from qa.words import WordIndex

WEIGHTS = (2.0, 1.5, 1.2, 1.0)
Passages = Sequence[tuple[int, Terms]]

# Few words, so that they meet; the first ones in most passages, and one that is another's beginning.
WORDS = "og og og bro vej sti skov bro-vej brovej broen å åen 15.00.00-g01-7-25 sø".split()
texts = st.lists(st.sampled_from(WORDS), max_size=8).map(" ".join)


@st.composite
def archives(draw: st.DrawFn) -> list[tuple[int, Terms]]:
    fields = draw(st.lists(st.builds(Terms, texts, texts, texts, texts), min_size=1, max_size=40))
    steps = draw(st.lists(st.integers(1, 9), min_size=len(fields), max_size=len(fields)))
    return list(zip(np.cumsum(steps).tolist(), fields, strict=True))


questions = st.lists(st.sampled_from([*dict.fromkeys(WORDS), "ukendt"]), min_size=1, max_size=6, unique=True)


def by_sqlite(passages: Passages, terms: Sequence[str]) -> dict[int, float]:
    """What SQLite's full-text index finds, with its bm25."""
    connection = sqlite3.connect(":memory:")
    tokenizer = "unicode61 remove_diacritics 0 tokenchars '-.'"
    connection.execute(f'CREATE VIRTUAL TABLE held USING fts5 (a, b, c, d, tokenize = "{tokenizer}")')
    connection.executemany(
        "INSERT INTO held (rowid, a, b, c, d) VALUES (?, ?, ?, ?, ?)",
        [(number, each.title, each.decision, each.recommendation, each.rest) for number, each in passages],
    )
    match = " OR ".join(f'"{term}"' for term in terms)
    query = "SELECT rowid, -bm25(held, 2.0, 1.5, 1.2, 1.0) FROM held WHERE held MATCH ?"
    return dict(connection.execute(query, (match,)).fetchall())


@given(archives(), questions)
@settings(deadline=None)
def test_every_passage_gets_the_score_it_has_in_sqlites_full_text_index(passages, terms):
    found = dict(WordIndex([invert(passages, WEIGHTS)]).search(terms, limit=len(passages)))

    assert found == pytest.approx(by_sqlite(passages, terms), rel=1e-9, abs=1e-12)


@given(archives(), questions, st.integers(0, 45), st.data())
@settings(deadline=None)
def test_the_best_are_the_first_of_the_full_ranking_with_or_without_a_filter(passages, terms, limit, data):
    index = WordIndex([invert(passages, WEIGHTS)])
    within = data.draw(st.none() | st.lists(st.integers(-5, 400), max_size=60, unique=True).map(sorted))
    whole = index.search(terms, limit=len(passages))
    allowed = [hit for hit in whole if within is None or hit[0] in within]

    found = index.search(terms, limit=limit, within=None if within is None else np.array(within, np.int64))

    assert whole == sorted(whole, key=lambda hit: (-hit[1], hit[0]))
    assert found == allowed[:limit]


@given(archives(), questions, st.lists(st.integers(0, 40), max_size=3).map(sorted), st.integers(1, 45))
@settings(deadline=None)
def test_an_index_in_parts_finds_what_the_whole_one_finds(passages, terms, cuts, limit):
    whole = WordIndex([invert(passages, WEIGHTS)])
    edges = [0, *cuts, len(passages)]
    parts = [invert(passages[start:stop], WEIGHTS) for start, stop in pairwise(edges)]

    for index in (WordIndex(parts), WordIndex([joined(parts)])):
        assert index.search(terms, limit=limit) == whole.search(terms, limit=limit)
        assert index.counts(terms) == whole.counts(terms)
        assert index.vocabulary() == whole.vocabulary()


@given(archives(), questions)
@settings(deadline=None, max_examples=20)
def test_an_index_read_from_its_files_is_the_one_that_was_saved(passages, terms):
    made = invert(passages, WEIGHTS)
    with TemporaryDirectory() as folder:
        made.save(Path(folder))
        read = Postings.open(Path(folder))
        assert read.terms() == made.terms()
        assert WordIndex([read]).search(terms, limit=9) == WordIndex([made]).search(terms, limit=9)


@given(archives())
@settings(deadline=None)
def test_each_term_is_counted_once_for_each_passage_that_holds_it(passages):
    held: dict[str, int] = {}
    for _, words in passages:
        for term in {*words.title.split(), *words.decision.split(), *words.recommendation.split(), *words.rest.split()}:
            held[term] = held.get(term, 0) + 1

    index = WordIndex([invert(passages, WEIGHTS)])

    assert index.vocabulary() == held
    assert index.counts([*held, "ukendt"]) == held | {"ukendt": 0}


def test_of_equal_passages_the_lowest_ids_are_kept_at_the_cut():
    passages = [(number, Terms("", "", "", "ingen bemærkninger")) for number in range(10, 600)]
    passages.append((9_999, Terms("", "", "", "andet")))
    found = WordIndex([invert(passages, WEIGHTS)]).search(["bemærkninger"], limit=5)
    assert [number for number, _ in found] == [10, 11, 12, 13, 14]


def test_nothing_is_found_in_nothing():
    for index in (WordIndex([]), WordIndex([invert([], WEIGHTS)])):
        assert len(index) == 0
        assert index.search(["bro"], limit=5) == []
        assert index.counts(["bro"]) == {"bro": 0}
        assert index.vocabulary() == {}


def test_a_word_said_ever_so_often_counts_as_the_greatest_number_that_is_kept():
    passages = [(1, Terms("", "", "", "bro " * 5_000)), (2, Terms("", "", "", "bro")), (3, Terms("", "", "", "vej"))]
    found = WordIndex([invert(passages, WEIGHTS)]).search(["bro"], limit=5)
    assert [number for number, _ in found] == [1, 2]
