"""Which sentence answers: what kind of thing is asked for, sentences beside a question, and both together."""

from __future__ import annotations

import numpy as np
import pytest
from asking import KILDEMOSE, SAMPLE, TODAY, build
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest import encoders
from qa import asked
from qa.assistant import Assistant
from qa.likeness import Placed, SentenceReader
from qa.query import Query, QueryWord

# What is asked for, and whether a sentence holds it


@pytest.mark.parametrize(
    ("question", "kinds"),
    [
        ("Hvad koster hegnet?", [asked.SUM]),
        ("How much is set aside?", [asked.SUM]),
        ("Hvor stor en andel røg stadig?", [asked.SHARE, asked.NUMBER]),
        ("How many children are there?", [asked.NUMBER]),
        ("Hvornår åbner broen?", [asked.TIME]),
        ("How often does it meet?", [asked.NUMBER, asked.TIME]),
        ("Hvorfor blev den lukket?", [asked.REASON]),
        ("Hvem stemte imod?", [asked.VOTE, asked.NAME]),
        ("Which parties voted against it?", [asked.VOTE, asked.NAME]),
        ("Hvad blev besluttet om broen?", []),
    ],
)
def test_a_question_asks_for_kinds_of_things(question, kinds):
    assert list(asked.kinds(question)) == kinds


@pytest.mark.parametrize(
    ("kind", "text", "is_held"),
    [
        (asked.SUM, "Hegnet koster 90.000 kr.", True),
        (asked.SUM, "Der er 12 hunde.", False),
        (asked.NUMBER, "Der er 12 hunde.", True),
        (asked.NUMBER, "Der er tolv eller elleve hunde.", True),
        (asked.NUMBER, "Hegnet koster 90.000 kr.", False),
        (asked.NUMBER, "Hegnet koster 125.000 kr.-150.000 kr.", False),
        (asked.NUMBER, "Udvalget behandlede sagen den 8. december 2025 (punkt 255).", False),
        (asked.NUMBER, "Lokalplan 1204 følger § 12.", False),
        (asked.SHARE, "Huslejen stiger 49,08 %.", True),
        (asked.SHARE, "Ved afslutningen er 68 pct. røgfri", True),
        (asked.TIME, "Broen åbner i foråret.", True),
        (asked.TIME, "Broen åbner 3. maj.", True),
        (asked.TIME, "Broen er lang.", False),
        (asked.REASON, "Den lukkes, fordi den er nedslidt.", True),
        (asked.VOTE, "Imod stemte Ida Juul.", True),
        (asked.VOTE, "Radikale Venstre kunne ikke tiltræde indstillingen.", True),
        (asked.NAME, "Imod stemte Ida Juul.", True),
        (asked.NAME, "Ingen stemte imod.", False),
    ],
)
def test_a_sentence_holds_a_kind_or_not(kind, text, is_held):
    assert asked.holds(kind, text) is is_held


@given(st.text(max_size=300))
@settings(max_examples=200, deadline=None)
def test_any_text_can_be_asked_and_held(text):
    for kind in asked.KINDS:
        assert asked.holds(kind, text) in (True, False)
    assert set(asked.kinds(text)) <= set(asked.KINDS)


# Sentences beside a question

WORDS = ("hegn", "koster", "broen", "åbner", "hunde", "skoven", "lukkes", "fordi")


def query(text: str, encoder: encoders.Encoder) -> Query:
    words = tuple(QueryWord(word, (word,), 1.0, True) for word in text.split())
    return Query(words, encoder.questions([text])[0])


@pytest.fixture(scope="module", params=["static", "other"])
def encoder(request):
    return encoders.load(None if request.param == "static" else encoders.WORD_HASH_NAME)


sentences = st.lists(
    st.tuples(st.lists(st.sampled_from(WORDS), min_size=0, max_size=5).map(" ".join), st.integers(0, 2)), max_size=8
)


@given(sentences=sentences, asked_for=st.lists(st.sampled_from(WORDS), min_size=1, max_size=4, unique=True))
@settings(max_examples=60, deadline=None)
def test_likeness_is_a_share_and_a_sentence_knows_only_its_item(encoder, sentences, asked_for):
    told = [Placed(text, item, frozenset(text.split())) for text, item in sorted(sentences, key=lambda each: each[1])]
    items = sorted({each.item for each in told})
    told = [Placed(each.text, items.index(each.item), each.terms) for each in told]
    question = query(" ".join(asked_for), encoder)
    near = SentenceReader(encoder).likeness(question, told, ["skoven"] * len(items), [0.0] * len(told))
    for values in (near.alone, near.with_previous, near.with_next, near.with_title, near.words):
        assert values.shape == (len(told),)
        assert ((values >= -1e-6) & (values <= 1 + 1e-5)).all()
    for item in range(len(items)):
        own = [index for index, each in enumerate(told) if each.item == item]
        only = SentenceReader(encoder).likeness(
            question, [Placed(told[index].text, 0, told[index].terms) for index in own], ["skoven"], [0.0] * len(own)
        )
        np.testing.assert_allclose(only.with_previous, near.with_previous[own], atol=1e-5)
        np.testing.assert_allclose(only.with_next, near.with_next[own], atol=1e-5)


def test_the_question_itself_is_as_like_as_can_be(encoder):
    question = query("hegn koster", encoder)
    told = [Placed("hegn koster", 0, frozenset(["hegn", "koster"])), Placed("broen åbner", 0, frozenset())]
    near = SentenceReader(encoder).likeness(question, told, ["hegn"], [1.0, 0.0])
    assert near.alone[0] == pytest.approx(1, abs=1e-3)
    assert near.words[0] == pytest.approx(1, abs=1e-3)
    assert near.alone[1] < 0.9


def test_a_model_that_is_not_quick_compares_the_sentences_that_hold_most():
    encoder = encoders.load(encoders.WORD_HASH_NAME)
    told = [Placed("hegn", 0, frozenset(["hegn"]))] * 400
    covered = [float(index in (7, 399)) for index in range(400)]
    near = SentenceReader(encoder).likeness(query("hegn", encoder), told, ["broen"], covered)
    assert (near.alone > 0.9).sum() == 160
    assert near.alone[7] > 0.9
    assert near.alone[399] > 0.9


# Both together


@pytest.fixture(scope="module")
def herning(tmp_path_factory):
    with Assistant.open(build(tmp_path_factory.mktemp("rating") / "herning.db", [SAMPLE])) as opened:
        yield opened


@pytest.fixture(scope="module")
def kildemose(tmp_path_factory):
    with Assistant.open(build(tmp_path_factory.mktemp("rating") / "kildemose.db", KILDEMOSE)) as opened:
        yield opened


def test_the_sum_is_shown_where_the_sentence_before_names_its_subject(herning):
    answer = herning.ask("Hvad vil en overdækning i gården ved Blå Kors Varmestue koste?", today=TODAY)
    assert "125.000 kr.-150.000 kr." in answer.claims[0].text
    assert [place.quote for place in answer.claims[0].citations][1:] == ["- Overdækning i gården ved Varmestuen:"]


def test_a_number_of_something_else_answers_nothing(kildemose):
    answer = kildemose.ask("Hvor mange hunde er der plads til i hundeskoven?", today=TODAY)
    assert not answer.is_answered
    assert answer.abstention is not None


def test_english_questions_show_the_danish_sentence(herning):
    answer = herning.ask("Why can no heater be put in the shelter Vindfanget?", today=TODAY)
    assert answer.is_answered
    assert any("Vindfanget" in claim.text for claim in answer.claims)
