"""The archive gives back what was put in, finds exactly what was asked for, and says when something is wrong."""

from __future__ import annotations

import os
import re
import sqlite3
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, time
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from kildemose import item, minutes, put

from ingest import danish, database, schema
from ingest.archive import Archive
from ingest.encoders import WordHashEncoder
from ingest.errors import ArchiveError, ArchiveMissing, ArchiveTooNew, WrongEncoder
from ingest.holdings import Counts, DocumentState, Selection
from ingest.model import (
    AgendaItem,
    Decision,
    Document,
    MeetingKind,
    Minutes,
    Outcome,
    PageBreak,
    Point,
    Recommendation,
    Reference,
    Section,
    SectionKind,
    Span,
)
from qa import views
from qa.postings import invert
from qa.words import WordIndex

BODY, DECISION, RECOMMENDATION = SectionKind.BODY, SectionKind.DECISION, SectionKind.RECOMMENDATION
ROOT = Path(__file__).parent.parent
EVEN = (1.0, 1.0, 1.0, 1.0)


def ranked(
    archive: Archive,
    *terms: str,
    selection: Selection | None = None,
    weights: tuple[float, ...] = EVEN,
    limit: int = 10,
) -> list[tuple[int, float]]:
    """The passages found by some terms, as search finds them."""
    within = archive.select(selection) if selection and not selection.is_everything else None
    return WordIndex([invert(archive.words(), weights)]).search(terms, limit=limit, within=within)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "archive.db"


@pytest.fixture
def archive(path: Path) -> Iterator[Archive]:
    with Archive.open(path, create=True) as opened:
        yield opened


def damage(path: Path, *statements: str) -> None:
    connection = sqlite3.connect(path)
    with connection:
        for statement in statements:
            connection.execute(statement)
    connection.close()


# What goes in comes out


words = st.text(st.characters(blacklist_categories=["Cs"]), max_size=30)
maybe = st.none() | words
days = st.none() | st.dates()


def spans(length: int) -> st.SearchStrategy[Span]:
    ends = st.tuples(st.integers(0, length), st.integers(0, length))
    return ends.map(lambda pair: Span(min(pair), max(pair)))


def lines(length: int) -> st.SearchStrategy[Recommendation]:
    leaf = st.builds(Recommendation, maybe, spans(length))
    return st.recursive(
        leaf,
        lambda inner: st.builds(Recommendation, maybe, spans(length), st.lists(inner, max_size=3).map(tuple)),
        max_leaves=6,
    )


def several(strategy: st.SearchStrategy[object]) -> st.SearchStrategy[tuple[object, ...]]:
    return st.lists(strategy, max_size=3).map(tuple)


@st.composite
def items(draw: st.DrawFn, number: int) -> AgendaItem:
    texts = draw(st.lists(words.filter(bool), max_size=4))
    starts = [sum(map(len, texts[:index])) for index in range(len(texts) + 1)]
    tiles = [Span(start, end) for start, end in pairwise(starts)]
    place = spans(starts[-1])
    decision = st.builds(
        Decision, words, days, maybe, place, st.sampled_from(Outcome), st.booleans(), several(place), several(place)
    )
    return AgendaItem(
        key=f"kildemose/kulturudvalget/2026-03-12/{number}",
        number=draw(words),
        title=draw(words),
        case_number=draw(maybe),
        text="".join(texts),
        is_closed=draw(st.booleans()),
        page_breaks=draw(several(st.builds(PageBreak, st.integers(0, 99), st.integers(1, 99)))),
        sections=tuple(Section(draw(st.sampled_from(SectionKind)), draw(words), tile, tile) for tile in tiles),
        recommendations=draw(several(lines(starts[-1]))),
        decisions=draw(several(decision)),
        references=draw(several(st.builds(Reference, place, days, maybe, maybe, maybe, maybe))),
        attachments=draw(several(words)),
    )


@st.composite
def meetings(draw: st.DrawFn) -> Minutes:
    return minutes(
        *(draw(items(number)) for number in range(draw(st.integers(0, 3)))),
        municipality=draw(words),
        committee=draw(words),
        date=draw(st.dates()),
        start=draw(st.none() | st.times()),
        place=draw(maybe),
        kind=draw(st.sampled_from(MeetingKind)),
    )


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(held=meetings())
def test_minutes_come_back_as_they_were_put(archive: Archive, held: Minutes):
    put(archive, held)

    assert archive.meetings() == (held.meeting,)
    assert archive.items_of(held.meeting.key) == held.items
    assert [entry.item for entry in archive.entries(each.key for each in held.items)] == list(held.items)
    assert archive.check() == []


def test_an_item_comes_with_its_meeting_and_source(archive):
    held = minutes(item("7", "Havnen", (DECISION, "Godkendt.")))
    put(archive, held, "marts.pdf")

    entry = archive.item("kildemose/kulturudvalget/2026-03-12/7")

    assert (entry.meeting, entry.item, entry.source) == (held.meeting, held.items[0], "marts.pdf")
    assert archive.item("kildemose/kulturudvalget/2026-03-12/8") is None
    assert archive.meeting("kildemose/kulturudvalget/2026-03-13") is None


def test_entries_come_in_the_order_asked_for_without_those_that_are_not_there(archive):
    put(archive, minutes(item("1", "Havnen"), item("2", "Torvet"), item("3", "Åen")))
    keys = [f"kildemose/kulturudvalget/2026-03-12/{number}" for number in (3, 9, 1)]
    assert [entry.item.title for entry in archive.entries(keys)] == ["Åen", "Havnen"]


def test_the_same_archive_whatever_order_it_was_written_in(tmp_path):
    march, april = (
        minutes(item("1", title, (BODY, "x"), meeting=key), key=key)
        for title, key in (("A", "kildemose/kulturudvalget/2026-03-12"), ("B", "kildemose/kulturudvalget/2026-04-16"))
    )
    with Archive.open(tmp_path / "1.db", create=True) as one, Archive.open(tmp_path / "2.db", create=True) as other:
        put(one, march, "march.txt", WordHashEncoder())
        put(one, april, "april.txt", WordHashEncoder())
        put(other, april, "april.txt", WordHashEncoder())
        assert one.dump() != other.dump()
        put(other, march, "march.txt", WordHashEncoder())
        assert one.dump() == other.dump()


# One source, one meeting


def test_putting_a_meeting_again_replaces_it_and_what_its_source_held_before(archive):
    april = "kildemose/kulturudvalget/2026-04-16"
    put(archive, minutes(item("1", "Havnen", (BODY, "Kajen er slidt."))), "a.txt")
    put(archive, minutes(item("1", "Torvet", (BODY, "Brosten."), meeting=april), key=april), "a.txt")

    assert [meeting.key for meeting in archive.meetings()] == [april]
    assert archive.counts() == Counts(meetings=1, items=1, passages=1, vectors=0)
    assert views.words(archive).counts(["kajen", "brosten."]) == {"kajen": 0, "brosten.": 1}


def test_a_second_source_of_a_meeting_supersedes_the_first(archive):
    put(archive, minutes(item("1", "Havnen")), "a.txt")
    put(archive, minutes(item("1", "Havnen i byen")), "b.txt")

    assert [(record.source, record.state) for record in archive.documents()] == [
        ("a.txt", DocumentState.SUPERSEDED),
        ("b.txt", DocumentState.LOADED),
    ]
    assert archive.item("kildemose/kulturudvalget/2026-03-12/1").source == "b.txt"


def test_a_failed_file_leaves_what_an_earlier_reading_put(archive):
    put(archive, minutes(item("1", "Havnen")), "a.txt")
    archive.record_failure("a.txt", "other bytes", parser="1", reason="a.txt: cut off")

    record = archive.document("a.txt")

    assert (record.state, record.reason, record.digest) == (DocumentState.FAILED, "a.txt: cut off", "other bytes")
    assert record.meeting == "kildemose/kulturudvalget/2026-03-12"
    assert archive.counts().items == 1
    assert archive.check() == []


def test_two_items_with_one_key_are_refused_and_nothing_of_them_stays(archive):
    put(archive, minutes(item("1", "Havnen", (BODY, "Kajen."))))
    before = archive.dump(), archive.fingerprint()

    with pytest.raises(sqlite3.IntegrityError, match=r"item\.key"):
        put(archive, minutes(item("1", "Torvet"), item("1", "Torvet igen")))

    assert (archive.dump(), archive.fingerprint()) == before


def test_a_removed_document_leaves_no_word_behind_in_the_file(archive, path):
    put(archive, minutes(item("1", "Havnen", (BODY, "Hemmelighedskræmmeri"))), "a.txt", WordHashEncoder())
    archive.close()
    assert "hemmelighedskræmmeri".encode() in path.read_bytes()

    with Archive.open(path) as again:
        assert again.remove("a.txt") == ("a.txt",)
        assert again.counts() == Counts(0, 0, 0, 0)

    left = b"".join(file.read_bytes() for file in path.parent.iterdir()).lower()
    assert [word for word in ("hemmelighedskræmmeri", "kræmmeri", "havnen", "a.txt") if word.encode() in left] == []


def test_removing_by_key_takes_every_source_of_the_meeting(archive):
    put(archive, minutes(item("1", "Havnen")), "a.txt")
    put(archive, minutes(item("1", "Havnen")), "b.txt")
    assert archive.remove("kildemose/kulturudvalget/2026-03-12") == ("a.txt", "b.txt")
    assert (archive.documents(), archive.meetings()) == ((), ())


def test_removing_what_is_not_there_changes_nothing(archive):
    put(archive, minutes(item("1", "Havnen")))
    before = archive.dump(), archive.fingerprint()
    assert archive.remove("kildemose") == ()
    assert (archive.dump(), archive.fingerprint()) == before


# Finding


@pytest.fixture
def town(archive: Archive) -> Archive:
    """Five meetings that differ from the first in one respect each."""
    for key, number, case_number in (
        ("kildemose/kulturudvalget/2026-03-12", "1", "20.03.00-G01-1-26"),
        ("vesterlund/kulturudvalget/2026-03-12", "1", "20.03.00-G01-1-26"),
        ("kildemose/teknikudvalget/2026-03-12", "1", "20.03.00-G01-1-26"),
        ("kildemose/kulturudvalget/2026-03-13", "1", "20.03.00-G01-1-26"),
        ("kildemose/kulturudvalget/2026-03-11", "2", "20.03.00-G01-2-26"),
    ):
        held = item(number, "Havnen", (BODY, "Kajen er slidt."), meeting=key, case_number=case_number)
        put(archive, minutes(held, key=key), f"{key}.txt")
    return archive


SELECTIONS = (
    (Selection(), ["k-12", "v-12", "t-12", "k-13", "k-11"]),
    (Selection(municipalities=("Vesterlund",)), ["v-12"]),
    (Selection(committees=("Teknikudvalget",)), ["t-12"]),
    (Selection(committees=("Teknikudvalget", "Kulturudvalget")), ["k-12", "v-12", "t-12", "k-13", "k-11"]),
    (Selection(committees=("Teknik",)), []),
    (Selection(since=date(2026, 3, 13)), ["k-13"]),
    (Selection(until=date(2026, 3, 11)), ["k-11"]),
    (Selection(since=date(2026, 3, 12), until=date(2026, 3, 12)), ["k-12", "v-12", "t-12"]),
    (Selection(numbers=("2", "3")), ["k-11"]),
    (Selection(case_number="20.03.00-g01-2-26"), ["k-11"]),
    (Selection(case_number="20.03.00-G01-2"), []),
    (Selection(("Kildemose",), ("Kulturudvalget",), date(2026, 3, 12), None, ("1",)), ["k-12", "k-13"]),
)


def short(key: str) -> str:
    municipality, committee, day, _ = key.split("/")
    return f"{'t' if committee == 'teknikudvalget' else municipality[0]}-{day[-2:]}"


@pytest.mark.parametrize(("selection", "expected"), SELECTIONS, ids=str)
def test_a_selection_holds_for_ids_and_for_words_alike(town, selection, expected):
    ids = town.select(selection).tolist()
    found = ranked(town, "kajen", selection=selection, weights=EVEN, limit=10)

    assert ids == sorted(ids)
    assert [short(passage.item) for passage in town.passages(ids).values()] == expected
    assert [passage for passage, _ in found] == ids


def test_items_are_found_by_what_a_reference_says_of_them(town):
    def keys(**wanted: object) -> list[str]:
        return [short(entry.item.key) for entry in town.find_items(**wanted)]

    assert keys(committee="Kulturudvalget", date=date(2026, 3, 12), number="1") == ["k-12", "v-12"]
    assert keys(municipality="Kildemose", committee="Kulturudvalget", date=date(2026, 3, 12)) == ["k-12"]
    assert keys(number="2") == ["k-11"]
    assert keys(date=date(2026, 3, 14)) == []
    assert [short(entry.item.key) for entry in town.find_items(case_number="20.03.00-G01-1-26")] == [
        "k-12", "t-12", "v-12", "k-13"
    ]  # fmt: skip


@pytest.fixture
def harbour(archive: Archive) -> Archive:
    put(
        archive,
        minutes(
            item("1", "Havnen", (BODY, "kajen kajen kajen"), (BODY, "kajen og torvet"), (BODY, "kajen og torvet")),
            item("2", "Kajen", (DECISION, "broen"), (RECOMMENDATION, "broen"), (BODY, "broen")),
            item("3", "Andet", *((BODY, f"sag {number}") for number in range(20))),
        ),
    )
    return archive


def test_the_passage_that_says_it_most_comes_first_and_equal_ones_in_order(harbour):
    found = ranked(harbour, "kajen", selection=Selection(numbers=("1",)), weights=EVEN, limit=10)
    assert [passage for passage, _ in found] == [1, 2, 3]
    scores = [score for _, score in found]
    assert scores[0] > scores[1] == scores[2] > 0
    assert ranked(harbour, "kajen", selection=Selection(), weights=EVEN, limit=1) == found[:1]


def test_each_field_has_a_weight_of_its_own(harbour):
    def order(*weights: float) -> list[int]:
        found = ranked(harbour, "broen", selection=Selection(), weights=weights, limit=10)
        return [harbour.passages([passage])[passage].section for passage, _ in found]

    assert order(1, 3, 2, 1) == [1, 2, 3]
    assert order(1, 1, 2, 3) == [3, 2, 1]


def test_a_filter_leaves_scores_as_they_are(harbour):
    everywhere = dict(ranked(harbour, "kajen", selection=Selection(), weights=EVEN, limit=10))
    within = dict(ranked(harbour, "kajen", selection=Selection(numbers=("2",)), weights=EVEN, limit=10))
    assert len(within) == 3
    assert within == {passage: everywhere[passage] for passage in within}


def test_terms_are_counted_by_passage(harbour):
    assert views.words(harbour).counts(["kajen", "torvet", "broen", "sag", "tinghuset", "kajen"]) == {
        "kajen": 6, "torvet": 2, "broen": 3, "sag": 20, "tinghuset": 0,
    }  # fmt: skip


@pytest.mark.parametrize(
    "term", ["15.00.00-g01-7-25", "§3", "8.12.2025", "kl.", "5%", "15:30", "1/2", "rødgrød", "åen", "café", "jens'"]
)
def test_a_term_is_found_as_one_word_whatever_it_holds(archive, term):
    put(archive, minutes(item("1", "Sag", (BODY, f"før {term} efter"))))
    assert views.words(archive).counts([term]) == {term: 1}
    assert len(ranked(archive, term, limit=9)) == 1


def test_a_is_not_å(archive):
    put(archive, minutes(item("1", "Sag", (BODY, "åen løber"))))
    assert views.words(archive).counts(["aen", "åen", "lober"]) == {"aen": 0, "åen": 1, "lober": 0}


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.text("aåæøé015.-/:,'’ §%kB", max_size=12), max_size=8).map(" ".join))
def test_every_term_of_the_analyser_survives_the_index(archive: Archive, text: str):
    terms = danish.analyse(text)
    put(archive, minutes(item("1", "Sag", (BODY, terms))))
    assert views.words(archive).counts(terms.split()) == dict.fromkeys(terms.split(), 1)


@pytest.mark.parametrize("term", ['"', "NEAR(", "title:", "a*", "OR", "{", "kajen' --", "^kajen", "\\", "", "\0"])
def test_query_syntax_in_a_term_is_only_a_word(harbour, term):
    assert ranked(harbour, term, limit=5) == []


def test_a_very_long_question_is_answered_too(harbour):
    found = ranked(harbour, *(f"ord{number}" for number in range(3000)), "torvet", limit=9)
    assert [passage for passage, _ in found] == [2, 3]


def test_an_empty_term_among_others_is_passed_over(harbour):
    found = ranked(harbour, "", "torvet", "\0", limit=9)
    assert [passage for passage, _ in found] == [2, 3]


def test_no_terms_find_nothing(harbour):
    assert ranked(harbour, limit=5) == []
    assert views.words(harbour).counts([]) == {}


def test_the_terms_of_an_item_are_those_of_its_passages_and_of_where_it_was_treated(harbour):
    found = harbour.item_terms([f"kildemose/kulturudvalget/2026-03-12/{number}" for number in (1, 2, 9)])
    assert {key[-1]: terms for key, terms in found.items()} == {
        "1": {"havnen", "kajen", "og", "torvet", "kulturudvalg", "kultur", "udvalg", "kildemos"},
        "2": {"kajen", "broen", "kulturudvalg", "kultur", "udvalg", "kildemos"},
    }


def test_words_are_read_from_a_passage_on(harbour):
    later = list(harbour.words(after=4))
    assert [number for number, _ in later] == list(range(5, 27))
    assert later[0][1].recommendation == "broen"
    assert list(harbour.words()) == [*harbour.words()][:4] + later


def test_the_archive_knows_what_it_grew_from_until_something_is_taken(archive):
    put(archive, minutes(item("1", "Havnen", (BODY, "kajen"))), "a.txt")
    first = archive.fingerprint()
    april = "kildemose/kulturudvalget/2026-04-16"
    put(archive, minutes(item("1", "Torvet", (BODY, "brosten"), meeting=april), key=april), "b.txt")
    assert archive.grew_from(first)
    assert archive.grew_from(archive.fingerprint())
    assert not archive.grew_from("0" * 64)

    archive.remove("b.txt")

    assert not archive.grew_from(first)
    assert archive.grew_from(archive.fingerprint())


# Vectors


def test_vectors_come_with_the_ids_of_their_passages(archive):
    encoder = WordHashEncoder()
    put(archive, minutes(item("1", "Havnen", (BODY, "kajen"), (BODY, "torvet"))), encoder=encoder)
    ids, matrix = archive.vectors()

    assert [passage.section for passage in archive.passages(ids.tolist()).values()] == [1, 2]
    np.testing.assert_array_equal(matrix, encoder.passages(["kajen", "torvet"]))
    assert (ids.dtype, matrix.dtype, archive.encoder()) == (np.int64, np.float32, encoder.identity)


def test_an_archive_without_vectors_says_so(archive):
    put(archive, minutes(item("1", "Havnen", (BODY, "kajen"))))
    ids, matrix = archive.vectors()
    assert (ids.shape, matrix.shape, archive.encoder()) == ((0,), (0, 0), None)


def test_missing_vectors_can_be_added_later_and_only_where_they_are_missing(archive):
    encoder = WordHashEncoder()
    put(archive, minutes(item("1", "Havnen", (BODY, "kajen"), (BODY, "torvet"))))
    missing = archive.passages_without_vectors()
    assert [(number, passage.section) for number, passage in missing] == [(1, 1), (2, 2)]

    assert archive.add_vectors([2, 77], encoder.passages(["torvet", "ingen"]), encoder.identity) == 1
    assert archive.add_vectors([1, 2], encoder.passages(["kajen", "noget andet"]), encoder.identity) == 1

    assert archive.passages_without_vectors() == ()
    np.testing.assert_array_equal(archive.vectors()[1], encoder.passages(["kajen", "torvet"]))


def test_the_id_of_a_removed_passage_is_never_used_again(archive):
    for word in ("kajen", "broen"):
        put(archive, minutes(item("1", "Havnen", (BODY, word))))
    assert archive.select(Selection()).tolist() == [2]
    assert archive.passages([1, 2]).keys() == {2}


@pytest.mark.parametrize("other", [WordHashEncoder(32), WordHashEncoder()])
def test_vectors_of_two_models_are_not_mixed(archive, other):
    put(archive, minutes(item("1", "Havnen", (BODY, "kajen"))), "a.txt", WordHashEncoder())
    other.identity = replace(other.identity, revision="2") if other.identity.dimension == 64 else other.identity
    key = "kildemose/kulturudvalget/2026-04-16"
    before = archive.dump()

    with pytest.raises(
        WrongEncoder, match=r"archive\.db: its vectors were made by word-hash \(revision 1, 64.*--archive"
    ):
        put(archive, minutes(item("1", "Broen", (BODY, "broen"), meeting=key), key=key), "b.txt", other)
    with pytest.raises(WrongEncoder):
        archive.require_encoder(other.identity)

    assert archive.dump() == before


def test_a_model_may_change_its_name_but_not_its_revision(archive):
    encoder = WordHashEncoder()
    put(archive, minutes(item("1", "Havnen", (BODY, "kajen"))), encoder=encoder)
    archive.require_encoder(replace(encoder.identity, name="moved/elsewhere"))


def test_when_the_last_vector_is_gone_any_model_may_make_the_next(archive):
    put(archive, minutes(item("1", "Havnen", (BODY, "kajen"))), "a.txt", WordHashEncoder())
    archive.remove("a.txt")
    assert archive.encoder() is None
    put(archive, minutes(item("1", "Havnen", (BODY, "kajen"))), "a.txt", WordHashEncoder(32))
    assert archive.encoder() == WordHashEncoder(32).identity


def test_the_fingerprint_changes_when_passages_or_vectors_do_and_only_then(archive):
    seen = [archive.fingerprint()]
    held, encoder = minutes(item("1", "Havnen", (BODY, "kajen"))), WordHashEncoder()

    put(archive, held, "a.txt")
    seen.append(archive.fingerprint())
    archive.add_vectors([1], encoder.passages(["kajen"]), encoder.identity)
    seen.append(archive.fingerprint())
    archive.add_vectors([1], encoder.passages(["kajen"]), encoder.identity)
    archive.record_failure("b.txt", "", parser="1", reason="b.txt: empty")
    archive.record_superseded(Document("c.txt", "c", "text/plain", (), False), held, parser="1")
    archive.remove("b.txt")
    archive.check()
    assert archive.fingerprint() == seen[-1]
    put(archive, held, "a.txt")  # the same words under new ids
    seen.append(archive.fingerprint())
    archive.remove("a.txt")
    seen.append(archive.fingerprint())

    assert len(set(seen)) == len(seen) == 5


# Opening


def test_a_missing_archive_names_the_command_that_makes_one(path):
    with pytest.raises(ArchiveMissing, match=r"archive\.db: there is no archive yet; `python -m ingest add FOLDER`"):
        Archive.open(path)
    assert not path.exists()


def test_an_empty_file_is_a_missing_archive(path):
    path.touch()
    with pytest.raises(ArchiveMissing, match=r"archive\.db: the archive is empty; `python -m ingest add FOLDER`"):
        Archive.open(path)
    Archive.open(path, create=True).close()
    Archive.open(path).close()


def test_the_folder_of_a_new_archive_is_made(tmp_path):
    Archive.open(tmp_path / "new" / "folder" / "archive.db", create=True).close()
    with pytest.raises(ArchiveError, match=r"its folder cannot be made"):
        Archive.open(tmp_path / "new" / "folder" / "archive.db" / "x.db", create=True)


def test_a_file_that_is_no_archive_is_refused_and_left_alone(path):
    path.write_text("REFERAT Kulturudvalget\n" * 100)
    for create in (False, True):
        with pytest.raises(ArchiveError, match=r"archive\.db: not an archive, or damaged .* move it away and run"):
            Archive.open(path, create=create)
    assert path.read_text() == "REFERAT Kulturudvalget\n" * 100


def test_another_program_s_database_is_refused_and_left_alone(path):
    damage(path, "CREATE TABLE photos (name)")
    before = path.read_bytes()
    with pytest.raises(ArchiveError, match=r"archive\.db: this is another program's database"):
        Archive.open(path, create=True)
    assert path.read_bytes() == before


def test_an_archive_of_a_later_version_is_refused(path):
    Archive.open(path, create=True).close()
    damage(path, "PRAGMA user_version = 99")
    with pytest.raises(ArchiveTooNew, match=r"archive\.db: the archive has version 99, .* update the program"):
        Archive.open(path)


def test_a_torn_archive_is_refused_or_reported_but_never_a_traceback(archive, path):
    put(archive, minutes(*(item(str(number), "Havnen", (BODY, f"kajen {number} " * 200)) for number in range(40))))
    archive.close()
    whole = path.read_bytes()
    for keep in range(100, len(whole), 50_000):
        path.write_bytes(whole[:keep])
        try:
            with Archive.open(path) as torn:
                problems = torn.check()
        except ArchiveError as fault:
            problems = [str(fault)]
        assert "damaged" in problems[0], problems


def test_an_archive_that_another_writer_holds_is_reported_after_a_while(archive, path, monkeypatch):
    holder = sqlite3.connect(path)
    holder.execute("BEGIN IMMEDIATE")
    monkeypatch.setattr(database, "PATIENCE", 0.05)
    with Archive.open(path) as hurried, pytest.raises(ArchiveError, match=r"archive\.db: database is locked; "):
        put(hurried, minutes(item("1", "Havnen")))
    holder.close()


READING = """
import os, sys
from pathlib import Path
from ingest.archive import Archive
from ingest.errors import ArchiveError
from qa import views

views.SAVED_FROM = 1
if os.getuid() == 0:  # may write everything
    os.setuid(65534)
with Archive.open(Path(sys.argv[1])) as archive:
    print(archive.counts().items, len(views.words(archive).search(["havnen"], limit=5)), archive.check())
    try:
        archive.remove("a.txt")
    except ArchiveError as fault:
        print(fault)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="folders there are not made read-only by their mode")
def test_an_archive_in_a_folder_that_may_only_be_read_is_read_and_never_written():
    with tempfile.TemporaryDirectory() as folder:  # not `tmp_path`, which others than its owner may not enter
        path = Path(folder, "archive.db")
        with Archive.open(path, create=True) as archive:
            put(archive, minutes(item("1", "Havnen", (BODY, "Havnen uddybes."))))
        before = path.read_bytes()
        path.chmod(0o444)
        Path(folder).chmod(0o555)
        try:
            command = [sys.executable, "-c", READING, str(path)]
            done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT)
            assert os.listdir(folder) == ["archive.db"]
        finally:
            Path(folder).chmod(0o755)
        read, refused = done.stdout.splitlines() or [done.stderr, ""]
        assert read == "1 1 []"
        assert "attempt to write a readonly database; see that the file can be written" in refused
        assert path.read_bytes() == before


def test_many_may_open_a_new_archive_at_once(path):
    with ThreadPoolExecutor(8) as pool:
        opened = list(pool.map(lambda _: Archive.open(path, create=True), range(8)))
    assert {each.counts() for each in opened} == {Counts(0, 0, 0, 0)}
    for each in opened:
        each.close()


def test_threads_read_whole_meetings_while_one_is_being_replaced(archive):
    versions = [minutes(*(item(str(number), title) for number in range(9))) for title in ("Havnen", "Torvet")]
    put(archive, versions[0])
    is_done = threading.Event()

    def read() -> set[tuple[str, ...]]:
        seen = set()
        while not is_done.is_set():
            seen.add(tuple(each.title for each in archive.items_of(versions[0].meeting.key)))
        return seen

    with ThreadPoolExecutor(4) as pool:
        readers = [pool.submit(read) for _ in range(4)]
        for turn in range(20):
            put(archive, versions[turn % 2])
        is_done.set()
        assert set().union(*(reader.result() for reader in readers)) <= {("Havnen",) * 9, ("Torvet",) * 9}


# Checking

DAMAGE = (
    ("UPDATE item SET text = text || 'mere'", r"/1: the sections end at \d+, the text at \d+"),
    ("UPDATE section SET start = start + 1 WHERE position = 1", r"/1: section 'Body' starts at 18, not at 17"),
    ("UPDATE section SET body_stop = body_stop + 3 WHERE position = 1", r"/1: the body of section 'Body' reaches"),
    ("UPDATE passage SET stop = 4000", r"/1: passage \d+-4000 reaches out of its section"),
    ("UPDATE decision SET stop = 4000", r"/1: decision 0-4000 reaches out of the text"),
    ("UPDATE decision_part SET start = -1 WHERE role = 'vote'", r"/1: vote -1-2 reaches out of the text"),
    ("UPDATE point SET stop = 4000", r"/1: point 0-4000 reaches out of the text"),
    ("UPDATE point_line SET stop = 4000", r"/1: line of a point 0-4000 reaches out of the text"),
    ("UPDATE recommendation SET stop = 4000 WHERE parent = 0", r"/1: recommendation 0-4000 reaches out of the text"),
    ("UPDATE reference SET start = 9, stop = 3", r"/1: reference 9-3 reaches out of the text"),
    ("DELETE FROM vector", r"1 passages have no vector; .* model word-hash makes them"),
    ("UPDATE vector SET data = x'00'", r"the vector of passage 1 does not have 64 numbers"),
    ("DELETE FROM words", r"passage 1 has no words"),
    ("DELETE FROM run", r"passage 1 lies outside the run of its meeting"),
    ("UPDATE run SET last = 99", r"the run of meeting \S+ is not as long as it has passages"),
    ("DELETE FROM meeting", r"document a\.txt is loaded, but its meeting is not there"),
    ("UPDATE document SET state = 'superseded'", r"meeting kildemose/.* stands under a document that is superseded"),
)


@pytest.mark.parametrize(("statement", "problem"), DAMAGE, ids=lambda text: text[:40])
def test_the_check_says_what_is_wrong(archive, path, statement, problem):
    points = (Point("1", Span(0, 3), Outcome.NOTED, (Span(0, 5),)),)
    own = Decision("Byrådet", None, None, Span(0, 3), Outcome.NOTED, True, (Span(0, 1),), (Span(1, 2),), points)
    whole = replace(
        item("1", "Havnen", (BODY, "Kajen er slidt.")),
        decisions=(own,),
        recommendations=(Recommendation("1", Span(0, 5), (Recommendation("a", Span(0, 3)),)),),
        references=(Reference(Span(0, 5)),),
    )
    put(archive, minutes(whole, start=time(9)), encoder=WordHashEncoder())
    assert archive.check() == []

    damage(path, statement)

    problems = archive.check()
    assert any(re.search(problem, each) for each in problems), problems


def test_an_archive_of_the_first_version_is_brought_up_to_date_and_loses_nothing(path, monkeypatch):
    monkeypatch.setattr(schema, "MIGRATIONS", schema.MIGRATIONS[:1])
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA foreign_keys = ON")
    schema.prepare(connection, create=True)
    key = "kildemose/kulturudvalget/2026-03-12"
    for statement, values in (
        ("INSERT INTO document VALUES (?,?,?,?,?,?,?,?,?,?)",
         ("a.txt", "d1", "1", None, "loaded", "", key, "referat", 0, 1)),
        ("INSERT INTO document VALUES (?,?,?,?,?,?,?,?,?,?)",
         ("b.txt", "d2", "1", None, "superseded", "", key, "dagsorden", 0, 1)),
        ("INSERT INTO meeting VALUES (?,?,?,?,?,?,?,?)",
         (key, "Kildemose", "Kulturudvalget", "2026-03-12", "15:00:00", None, "referat", "a.txt")),
        ("INSERT INTO item VALUES (?,?,?,?,?,?,?,?,?)",
         (1, f"{key}/1", key, 0, "1", "Taget", None, 0, "Taget\nUdsat.")),
        ("INSERT INTO section VALUES (?,?,?,?,?,?,?,?)", (1, 0, "decision", "", 0, 12, 6, 12)),
        ("INSERT INTO decision VALUES (?,?,?,?,?,?,?,?,?)",
         (1, 0, "Kulturudvalget", "2026-03-12", None, 6, 12, "postponed", 1)),
        ("INSERT INTO passage VALUES (?,?,?,?,?)", (7, 1, 0, 6, 12)),
        ("INSERT INTO terms (rowid, title, decision, recommendation, rest) VALUES (?,?,?,?,?)",
         (7, "tag", "udsat", "", "")),
    ):  # fmt: skip
        connection.execute(statement, values)
    connection.close()
    monkeypatch.undo()

    with Archive.open(path) as archive:
        (entry,) = archive.entries([f"{key}/1"])
        assert (entry.source, entry.meeting.link, entry.item.absent) == ("a.txt", None, ())
        assert [decision.outcome for decision in entry.item.decisions] == ["postponed"]
        assert [record.state for record in archive.documents()] == ["loaded", "superseded"]
        assert ranked(archive, "udsat", limit=3)[0][0] == 7
        assert archive.check() == []
        assert archive.remove("a.txt") == ("a.txt",)
        assert (archive.counts().items, archive.counts().passages) == (0, 0)
