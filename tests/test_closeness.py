"""Passages read closely: words looked up once, sentences one by one, and words of like meaning."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from asking import KILDEMOSE, build, encoder
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.archive import Archive
from ingest.encoders import StaticEncoder
from ingest.word_vectors import WordVectors, words_of
from qa import views
from qa.closeness import CloseReader, Nearness
from qa.model import Language
from qa.search import Searcher

TEXTS = [
    "Stien bliver 2,5 meter bred, og §110-tilbud koster 20 % mere.",
    "Økonomiudvalget: 3x3 meters skur i gården – se bilag (A-12/4)!",
    "Taget på Åvej 7 er utæt.\nDet skiftes i uge 34.",
    "",
]


@pytest.fixture(scope="module")
def static() -> StaticEncoder:
    model = encoder()
    assert isinstance(model, StaticEncoder)
    return model


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with Archive.open(build(tmp_path_factory.mktemp("close") / "archive.db", KILDEMOSE)) as opened:
        yield opened


def unit(vectors: np.ndarray) -> np.ndarray:
    return vectors / np.maximum(np.linalg.norm(vectors, axis=-1, keepdims=True), 1e-9)


def by_words(words: WordVectors, text: str) -> np.ndarray:
    (rows,) = words.rows([text])
    return unit(words.sums(rows).sum(axis=0))


# Words


@pytest.mark.parametrize("text", TEXTS)
def test_the_sums_of_a_texts_words_are_its_vector(static, text):
    np.testing.assert_allclose(by_words(WordVectors(static), text), static.passages([text])[0], atol=1e-5)


@settings(max_examples=60, deadline=None)
@given(st.text(st.sampled_from("aåbkmrstøÆ 0129.,%§-–()\n"), max_size=60))
def test_so_they_are_for_any_text(text):
    model = encoder()
    assert isinstance(model, StaticEncoder)
    np.testing.assert_allclose(by_words(WordVectors(model), text), model.passages([text])[0], atol=1e-4)


def test_rows_stay_right_when_the_table_grows(static):
    words = WordVectors(static)
    (first,) = words.rows(["cykelsti langs Møllevej"])
    before = words.sums(first)
    words.rows([" ".join(f"ord{chr(97 + n // 26 % 26)}{chr(97 + n % 26)}{n}" for n in range(3000))])
    np.testing.assert_array_equal(words.sums(first), before)


def test_a_full_table_says_so(static):
    words = WordVectors(static, capacity=2)
    assert not words.is_full
    words.rows(["cykelsti langs Møllevej"])
    assert words.is_full


def test_words_are_parted_as_the_model_parts_them():
    assert words_of("3x3 meters SKUR, §110 & 20% (A-12)") == [
        "3",
        "x",
        "3",
        "meters",
        "skur",
        "§",
        "110",
        "20",
        "%",
        "a",
        "12",
    ]


def test_threads_read_alike(static):
    words = WordVectors(static)
    expected = [static.passages([text])[0] for text in TEXTS]
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda text: by_words(words, text), TEXTS * 20))
    for vector, wanted in zip(found, expected * 20, strict=True):
        np.testing.assert_allclose(vector, wanted, atol=1e-5)


# Items


def nearness(archive: Archive, static: StaticEncoder, question: str, *, language: Language = Language.DANISH):
    """How near the items of Kildemose come to a question, by the end of their keys."""
    searcher = Searcher(archive, static, views.vectors(archive), views.words(archive))
    ids, _ = archive.vectors()
    items: dict[str, list[int]] = {}
    for number, passage in archive.passages(ids.tolist()).items():
        items.setdefault(passage.item, []).append(number)
    read = CloseReader(archive, static).read(searcher.query(question, language=language), items)
    return {key.removeprefix("kildemose/"): near for key, near in read.items()}


def best(read: dict[str, Nearness]) -> str:
    return max(read, key=lambda key: read[key].coverage + read[key].meaning)


def test_the_nearest_sentence_is_found_in_the_passage_it_stands_in(archive, static):
    read = nearness(archive, static, "hegnet koster 90.000 kr.")
    assert best(read) == "teknisk-udvalg/2026-01-20/10"
    title, text = archive.passage_texts([read["teknisk-udvalg/2026-01-20/10"].passage]).popitem()[1]
    assert title == "Hundeskov ved Søndermarken"
    assert "hegnet koster 90.000 kr." in text


def test_a_sentence_word_for_word_is_as_near_as_can_be(archive, static):
    # No word of it stands in the table of other words, which would be added to the question's vector.
    read = nearness(archive, static, "Forvaltningen orienterer om saltning og snerydning i vinteren 2025/26.")
    assert read["teknisk-udvalg/2026-01-20/6"].cosine == pytest.approx(1, abs=0.02)


def test_words_of_like_meaning_count_by_their_likeness(archive, static):
    read = nearness(archive, static, "broens name", language=Language.ENGLISH)
    bridge, park = read["teknisk-udvalg/2026-01-20/5"], read["teknisk-udvalg/2026-01-20/10"]
    assert 0.4 < bridge.coverage < 1
    assert park.coverage < bridge.coverage


def test_everything_stays_between_nothing_and_all(archive, static):
    read = nearness(archive, static, "Indstillingen er tiltrådt cykelsti Møllevej")
    assert read
    for near in read.values():
        assert 0 <= near.coverage <= 1
        assert 0 <= near.cosine <= 1
        assert 0 <= near.meaning <= 1


def test_passages_that_are_gone_are_passed_over(archive, static):
    searcher = Searcher(archive, static, views.vectors(archive), views.words(archive))
    query = searcher.query("cykelsti")
    assert CloseReader(archive, static).read(query, {"gone": [987_654]}) == {}


def test_reading_again_reads_the_same(archive, static):
    searcher = Searcher(archive, static, views.vectors(archive), views.words(archive))
    reader, ids = CloseReader(archive, static), archive.vectors()[0].tolist()
    items = {"first": ids[:3], "others": ids[3:9]}
    query = searcher.query("cykelsti langs Møllevej")
    assert reader.read(query, items) == reader.read(query, items)


@pytest.mark.parametrize("question", ["’", "§ 110", "12/4 7,5", "ж", "x" * 300])
def test_odd_questions_are_read(archive, static, question):
    for near in nearness(archive, static, question).values():
        assert 0 <= near.coverage <= 1


def test_a_figure_is_met_by_itself_alone(archive, static):
    read = nearness(archive, static, "3.150.000")
    assert best(read) in ("oekonomiudvalget/2026-02-03/1", "kommunalbestyrelsen/2026-02-24/8")
    assert read[best(read)].coverage == 1
    assert read["teknisk-udvalg/2026-01-20/11"].coverage < 1


def test_a_name_that_the_archive_has_is_met_or_not(archive, static):
    read = nearness(archive, static, "cykelsti langs Åvej")
    assert read["teknisk-udvalg/2025-01-21/2"].coverage == 1
    assert read["teknisk-udvalg/2026-01-20/3"].coverage < 0.75
