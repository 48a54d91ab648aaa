"""From a question's words to hits: how words are weighed, mended and met, and how hits are ordered."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import numpy as np
import pytest
from asking import KILDEMOSE, build, encoder
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest import danish
from ingest.archive import Archive
from ingest.holdings import Selection
from qa import views
from qa.model import Hit, Language
from qa.query import Query, QueryWord
from qa.search import Searcher
from qa.spelling import Speller
from qa.vectors import VectorIndex


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with Archive.open(build(tmp_path_factory.mktemp("searched") / "archive.db", KILDEMOSE)) as opened:
        yield opened


@pytest.fixture(scope="module")
def searcher(archive: Archive) -> Searcher:
    return Searcher(archive, encoder(), views.vectors(archive), views.words(archive))


@pytest.fixture(scope="module")
def by_words(archive: Archive) -> Searcher:
    return Searcher(archive, None, views.vectors(archive), views.words(archive))


def found(searcher: Searcher, topic: str, selection: Selection | None = None, **options: int) -> list[Hit]:
    return searcher.search(searcher.query(topic), selection or Selection(), **options)


def items(hits: list[Hit]) -> list[str]:
    return [hit.item.removeprefix("kildemose/") for hit in hits]


# Words


def test_a_rare_word_weighs_more_than_a_common_one(searcher):
    weights = {word.word: word.weight for word in searcher.query("hundeskov cykelsti").words}
    assert weights["hundeskov"] > weights["cykelsti"] > 0


def test_an_unknown_word_weighs_as_much_as_the_rarest(searcher):
    unknown, rare = searcher.query("svømmehal gangbroen").words
    assert not unknown.is_known
    assert unknown.weight >= rare.weight


def test_a_word_that_only_asks_weighs_little_and_is_no_subject(searcher):
    query = searcher.query("koster hundeskoven", asking={"koster"})
    assert [word.is_asking for word in query.words] == [True, False]
    assert query.words[0].weight < searcher.query("koster hundeskoven").words[0].weight
    assert query.has_subject
    assert not searcher.query("koster", asking={"koster"}).has_subject


def test_a_word_is_looked_for_once(searcher):
    assert len(searcher.query("cykelsti cykelsti cykelsti").words) == 1


def test_the_words_after_the_first_sixty_are_left_alone(searcher):
    assert len(searcher.query(" ".join(f"ord{chr(97 + n // 26)}{chr(97 + n % 26)}" for n in range(400))).words) == 60


def test_a_misspelt_word_is_read_as_the_nearest_known_one(searcher):
    assert searcher.query("vintertjensten").words[0].terms == (danish.terms("vintertjenesten")[0],)
    assert items(found(searcher, "belysnigen i Åparken"))[0] == "teknisk-udvalg/2026-01-20/4"


def test_only_names_are_mended_in_an_english_question(searcher):
    name, word = searcher.query("about Mølevej regulatiiv", language=Language.ENGLISH).words[-2:]
    assert (name.is_known, word.is_known) == (True, False)


@pytest.mark.parametrize(
    ("term", "nearest"),
    [
        ("vinterttjeneest", ("vintertjenest",)),  # two slips in a long word
        ("hundesskovv", ("hundeskov",)),  # in a shorter one, where only one word is so near
        ("cykkelstiij", ()),  # three are too many
        ("kyykelsti", ()),  # and so are two where it begins otherwise
        ("cykelstii", ("cykelsti",)),
        ("cyklesti", ("cykelsti",)),  # neighbours swapped
        ("cykelsti", ("cykelsti",)),
        ("sti", ()),  # too short to mend
        ("2026", ()),
        ("a1b2c3", ()),
        ("svømmehal", ()),
        ("x" * 61, ()),
        ("", ()),
    ],
)
def test_the_nearest_term(archive, term, nearest):
    assert Speller(views.words(archive)).nearest(term) == nearest


def test_fewer_slips_can_be_asked_for(archive):
    assert Speller(views.words(archive)).nearest("vinterttjeneest", slips=1) == ()


def word(term: str, *parts: str, weight: float = 1.0) -> QueryWord:
    return QueryWord(term, (term, *parts), weight, is_known=True)


def test_coverage_is_the_share_of_the_weight_that_is_met():
    query = Query((word("bro", weight=3), word("sti", weight=1)), None)
    assert query.coverage(frozenset({"bro"})) == 0.75
    assert query.coverage(frozenset({"bro", "sti", "vej"})) == 1
    assert query.coverage(frozenset()) == 0
    assert Query((), None).coverage(frozenset({"bro"})) == 0


def test_a_compound_met_by_its_parts_counts_half():
    query = Query((word("cykelbro", "cykel", "bro"),), None)
    assert query.coverage(frozenset({"cykelbro"})) == 1
    assert query.coverage(frozenset({"cykel", "bro"})) == 0.5
    assert query.coverage(frozenset({"bro"})) == 0.25


@given(st.sets(st.sampled_from(["bro", "sti", "vej", "skov"])), st.sampled_from([1.0, 3.0]))
def test_coverage_lies_between_nothing_and_all_whatever_is_stressed(terms, factor):
    query = Query((word("bro"), word("sti", "vej"), word("skov", weight=2)), None).stressing({"sti"}, factor)
    assert 0 <= query.coverage(frozenset(terms)) <= 1 + 1e-9


def test_only_the_questions_own_terms_are_looked_for_in_a_text():
    query = Query((word("cykelbro", "cykel", "bro"), word("skov")), None)
    assert query.held("En bro og en sti i skoven") == {"bro", "skov"}
    assert query.held("En sti langs vejen") == frozenset()
    assert query.coverage(query.held("En bro og en sti i skoven")) == 0.625


# Hits


def test_of_one_matter_the_newest_item_stands_first(searcher):
    hits = found(searcher, "betaling for parkering på Torvet")
    assert items(hits)[:2] == ["teknisk-udvalg/2026-01-20/8", "teknisk-udvalg/2025-01-21/3"]
    assert abs(hits[0].score - hits[1].score) < 0.05


def test_minutes_stand_before_an_agenda_of_the_same_matter(searcher):
    hits = items(found(searcher, "Anlægsbevilling til cykelsti langs Møllevej"))
    assert hits[:2] == ["oekonomiudvalget/2026-02-03/1", "kommunalbestyrelsen/2026-02-24/8"]


def test_a_better_item_is_never_passed_by_a_newer_one_on_another_matter(searcher):
    assert items(found(searcher, "cykelsti langs Åvej"))[0] == "teknisk-udvalg/2025-01-21/2"


def test_without_words_the_filters_find_and_the_newest_meeting_stands_first(searcher):
    selection = Selection(committees=("Teknisk Udvalg",))
    hits = items(searcher.search(Query((), None), selection, limit=20))
    assert hits[:2] == ["teknisk-udvalg/2026-01-20/3", "teknisk-udvalg/2026-01-20/4"]
    assert hits[-2:] == ["teknisk-udvalg/2025-01-21/2", "teknisk-udvalg/2025-01-21/3"]
    assert searcher.search(Query((), None), Selection()) == []


@pytest.mark.parametrize(
    "selection",
    [
        Selection(committees=("Økonomiudvalget",)),
        Selection(municipalities=("Kildemose",), since=date(2026, 2, 1)),
        Selection(until=date(2025, 12, 31)),
        Selection(numbers=("3",)),
        Selection(case_number="05.01.02-G01-4-25"),
        Selection(committees=("Økonomiudvalget",), numbers=("99",)),
        Selection(municipalities=("Herning",)),
        Selection(since=date(2027, 1, 1), until=date(2026, 1, 1)),
    ],
)
@pytest.mark.parametrize("topic", ["cykelsti langs Møllevej", "parkering", "hundeskov", ""])
def test_a_filter_is_never_violated_by_what_fits_better_outside(searcher, by_words, archive, selection, topic):
    allowed = {passage.item for passage in archive.passages(archive.select(selection).tolist()).values()}
    for each in (searcher, by_words):
        assert {hit.item for hit in found(each, topic, selection, limit=50)} <= allowed


@pytest.mark.parametrize("topic", ["cykelsti", "hundeskov ved Søndermarken", "støj", "parkering på Torvet"])
def test_a_filter_changes_no_score(searcher, topic):
    free = {hit.item: hit.score for hit in found(searcher, topic, limit=50)}
    confined = found(searcher, topic, Selection(committees=("Teknisk Udvalg",)), limit=50)
    assert confined
    for hit in confined:
        assert hit.score == pytest.approx(free[hit.item])


@given(st.text(max_size=80))
@settings(max_examples=80, deadline=None)
def test_hits_are_items_once_each_with_a_score_between_nothing_and_all(searcher, topic):
    hits = found(searcher, topic, limit=30)
    assert len({hit.item for hit in hits}) == len(hits)
    assert all(0 <= hit.score <= 1 and hit.passage.item == hit.item for hit in hits)


def test_without_vectors_no_hit_has_a_cosine(by_words):
    hits = found(by_words, "hundeskov ved Søndermarken")
    assert items(hits)[0] == "teknisk-udvalg/2026-01-20/10"
    assert {hit.cosine for hit in hits} == {None}


def test_a_passage_without_a_vector_is_found_by_its_words(archive):
    empty = VectorIndex.build(np.empty(0, np.int64), np.empty((0, 0), np.float32))
    nothing = Searcher(archive, encoder(), empty, views.words(archive))
    assert not nothing.is_dense
    assert items(found(nothing, "hundeskov"))[0] == "teknisk-udvalg/2026-01-20/10"
