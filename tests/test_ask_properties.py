"""What holds for every question there can be: it is answered without a fault, and no answer says more than is so."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date

import pytest
from asking import KILDEMOSE, SAMPLE, TODAY, alike, build, check
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.holdings import Selection
from ingest.model import MeetingKind
from qa import shapes
from qa.assistant import Assistant
from qa.model import Label, Language

QUESTIONS = """
Hvad blev besluttet om cykelstien langs Møllevej?
What was decided about the cycle path along Møllevej?
Hvad besluttede Økonomiudvalget om cykelstien?
Hvad besluttede kommunalbestyrelsen om cykelstien?
Hvad besluttede kommunalbestyrelsen?
Er brandstationen solgt?
Hvad indstilles om brandstationen?
Hvad blev besluttet om belysningen i Åparken?
Hvad kommer gangbroen til at hedde?
Blev vintertjenesten godkendt?
Hvad blev besluttet om ladestandere i midtbyen?
Hvad blev besluttet om parkering på Torvet?
Hvad blev besluttet om regulativet for Kilde Å?
Blev hundeskoven vedtaget?
Hvorfor blev hundeskoven vedtaget?
Hvem stemte imod hundeskoven?
Hvem stemte imod cykelstien?
Hvem tog forbehold for finansieringen?
Hvad blev besluttet om støjskærmen ved Ringvejen?
Hvad fortalte formanden under meddelelser?
Hvad koster grunden ved Havnegade?
Hvad blev besluttet om grunden ved Havnegade?
Peter Madsen 7,5 mio. kr.
Hvad besluttede Kultur- og Fritidsudvalget om biblioteket?
Hvad skete der på mødet den 20. januar 2026?
Hvad skete der på mødet den 21. januar 2026?
Hvad besluttede Teknisk Udvalg på sidste møde?
Hvad er der besluttet siden den 1. februar 2026?
Hvad blev besluttet mellem den 1. januar 2025 og den 1. juni 2025?
punkt 13
punkt 12 den 20. januar 2026
Sag 05.01.02-G01-4-25
Hvem var til stede den 3. februar 2026?
Hvor meget koster lamperne i Åparken?
Hvornår er cykelstien færdig?
Hvad besluttede Odense Byråd om cykelstien?
Hvad blev besluttet om Bethaniagade?
What was decided about Bethaniagade?
Hvad skal beskæftigelsesindsatsen hedde?
varmestue
Hvem stemte imod videoovervågning?
""".strip().split("\n")

ODD = [
    "", "   ", "\n\t", "?", "og", "hvad", "Hvad besluttede", "den den den", "🚲🚲", "🚲 cykelsti", "NEAR( cykelsti",
    '"', '"cykelsti" AND (', "cykelsti*", "title:cykelsti", "col:", "^cykelsti", "- NOT cykelsti", "AND OR NOT NEAR",
    "'; DROP TABLE item; --", "%' OR '1'='1", "\\", "\x00", "cykel\x00sti", "\x1b[31mrød\x1b[0m", "\ufeffMøllevej",
    "\u202ecykelsti", "\ud800", "cykelsti \ud83d", "A\u030aparken", "ﬁnansiering", "CYKELSTI", "<script>x</script>",
    "{title} {0} %s", "punkt 99999999999999999999", "den 31. februar 2026", "i maj 9999", "den 1. januar 0001",
    "siden den 31. december 9999", "før den 1. januar 0001", "efter december 9998 besluttet", "i januar 0000",
    "x" * 10_000, "cykelsti " * 1_200, "ord" + " ".join(f"ord{n}ord" for n in range(2_000)), "((((((((" * 50,
    "Udvalget for " + "a, " * 500 + "og b", "- " * 3_000, "1" * 5_000, "Å" * 2_000, "010180-1234", "sag 010180-1234",
]  # fmt: skip


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    path = build(tmp_path_factory.mktemp("asked") / "archive.db", [*KILDEMOSE, SAMPLE])
    with Assistant.open(path) as opened:
        yield opened


@pytest.fixture(scope="module")
def by_words(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    path = build(tmp_path_factory.mktemp("words") / "archive.db", [*KILDEMOSE, SAMPLE], with_vectors=False)
    with Assistant.open(path) as opened:
        yield opened


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_answer_keeps_every_promise(assistant, by_words, question):
    for each in (assistant, by_words):
        check(each, each.ask(question, today=TODAY))


@pytest.mark.parametrize("question", ODD, ids=lambda text: ascii(text[:20]))
@pytest.mark.parametrize("history", [(), ("Hvad blev besluttet om cykelstien?",)], ids=["alone", "following"])
def test_the_oddest_question_is_answered_without_a_fault(assistant, question, history):
    check(assistant, assistant.ask(question, history=history, today=TODAY))


WORDS = st.sampled_from(
    """hvad hvem hvornår hvorfor hvor meget koster blev besluttet om cykelsti cykelstien Møllevej hundeskov brandstation
    Teknisk Udvalg Økonomiudvalget kommunalbestyrelsen byrådet til for den 20. januar 2026 punkt 3 12 13 sag stemte imod
    forbehold møde sidste siden før efter i fjor udsat grunden Havnegade Peter Madsen what was decided about the path
    Bethaniagade varmestuen og det nye Odense Herning Kommune committee council NEAR( " * 05.01.02-G01-4-25""".split()
)


@given(st.lists(WORDS, max_size=12).map(" ".join), st.lists(st.lists(WORDS, max_size=5).map(" ".join), max_size=2))
@settings(max_examples=200, deadline=None)
def test_any_mixture_of_the_words_people_use_keeps_every_promise(assistant, question, history):
    check(assistant, assistant.ask(question, history=history, today=TODAY))


@given(st.text(max_size=200))
@settings(max_examples=150, deadline=None)
def test_any_text_is_answered_without_a_fault(assistant, question):
    check(assistant, assistant.ask(question, today=TODAY))


@given(
    st.sampled_from(QUESTIONS),
    st.lists(st.sampled_from(["Teknisk Udvalg", "Økonomiudvalget", "Kommunalbestyrelsen", "Ukendt"]), max_size=2),
    st.none() | st.dates(date(2025, 1, 1), date(2026, 6, 1)),
    st.none() | st.dates(date(2025, 1, 1), date(2026, 6, 1)),
)
@settings(max_examples=100, deadline=None)
def test_nothing_is_found_or_quoted_beyond_the_readers_filters(assistant, question, committees, since, until):
    selection = Selection(committees=tuple(dict.fromkeys(committees)), since=since, until=until)
    answer = assistant.ask(question, selection=selection, today=TODAY)
    check(assistant, answer)
    for view in answer.hits:
        assert not committees or view.meeting.committee in committees
        assert since is None or view.meeting.date >= since
        assert until is None or view.meeting.date <= until


@pytest.mark.parametrize("question", QUESTIONS)
def test_nothing_of_a_closed_item_but_what_was_published_is_ever_shown(assistant, question):
    shown = json.dumps(shapes.answer(assistant.ask(question, today=TODAY, limit=50)), ensure_ascii=False)
    asked = json.dumps(question, ensure_ascii=False)[1:-1]
    assert "Peter Madsen kræver" not in shown
    assert "7,5 mio" not in shown.replace(asked, "")


@pytest.mark.parametrize("question", QUESTIONS)
def test_an_agenda_decides_nothing(assistant, question):
    answer = assistant.ask(question, selection=Selection(committees=("Kommunalbestyrelsen",)), today=TODAY)
    assert all(view.meeting.kind is MeetingKind.DAGSORDEN for view in answer.hits)
    assert all(claim.label is not Label.DECIDED for claim in answer.claims)


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_same_question_has_the_same_answer(assistant, question):
    assert alike(assistant.ask(question, today=TODAY), assistant.ask(question, today=TODAY))


def test_the_order_in_which_minutes_are_read_changes_no_answer(assistant, tmp_path):
    path = build(tmp_path / "archive.db", [SAMPLE, *reversed(KILDEMOSE)])
    with Assistant.open(path) as other:
        for question in QUESTIONS:
            assert alike(assistant.ask(question, today=TODAY), other.ask(question, today=TODAY)), question


@pytest.mark.parametrize("limit", [1, 2, 5, 100])
def test_no_more_items_are_found_than_asked_for(assistant, limit):
    answer = assistant.ask("Hvad besluttede Teknisk Udvalg?", today=TODAY, limit=limit)
    assert len(answer.hits) == min(limit, 13)


def test_a_question_with_a_civil_registration_number_is_kept_without_it(assistant):
    answer = assistant.ask(
        "Hvad blev besluttet om 010180-1234?", history=["Hvem er 0202751234?"], today=TODAY, language=Language.DANISH
    )
    assert answer.question.text == "Hvad blev besluttet om xxxxxx-xxxx?"
    assert "010180" not in json.dumps(shapes.answer(answer))


def test_a_conversation_may_be_as_long_as_it_likes(assistant):
    answer = assistant.ask("og hvad koster det?", history=["og hvad koster det?"] * 5_000, today=TODAY)
    check(assistant, answer)


def test_an_empty_archive_says_that_nothing_is_loaded(tmp_path):
    with Assistant.open(build(tmp_path / "archive.db", [])) as empty:
        for question in (*QUESTIONS[:5], "", "punkt 3"):
            answer = empty.ask(question, today=TODAY)
            check(empty, answer)
            assert answer.abstention is not None
            assert "ikke indlæst nogen referater" in answer.abstention.text or "No minutes" in answer.abstention.text
