"""Questions for a list: what waits, and which matters came out one way."""

from __future__ import annotations

import pytest
from asking import KILDEMOSE, SAMPLE, TODAY, build, check, reason

from ingest.model import Outcome
from qa import lists
from qa.assistant import Assistant
from qa.filters import Catalogue
from qa.lists import Wanted
from qa.model import Role
from qa.question import understand
from qa.threads import outcome_of
from qa.waiting import Waiting


@pytest.fixture(scope="module")
def assistant(tmp_path_factory):
    with Assistant.open(build(tmp_path_factory.mktemp("lists") / "archive.db", [SAMPLE, *KILDEMOSE])) as opened:
        yield opened


ANY = Wanted(waits=True)


@pytest.mark.parametrize(
    ("question", "wish"),
    [
        ("Hvad afventer i Herning?", ANY),
        ("What is still pending?", ANY),
        ("Hvad venter stadig i Teknisk Udvalg?", ANY),
        ("Hvad er udsat i Teknisk Udvalg?", Wanted(waits=True, kind=Waiting.POSTPONED)),
        ("Hvilke sager blev udsat i Teknisk Udvalg?", Wanted(waits=False, outcome=Outcome.POSTPONED)),
        ("Hvilke sager blev udsat den 20. januar 2026?", Wanted(waits=False, outcome=Outcome.POSTPONED)),
        ("Hvilke forslag blev forkastet?", Wanted(waits=False, outcome=Outcome.REJECTED)),
        ("Which proposals were rejected?", Wanted(waits=False, outcome=Outcome.REJECTED)),
        ("Hvilke punkter blev taget til efterretning?", Wanted(waits=False, outcome=Outcome.NOTED)),
        ("Hvilke sager blev udsat i 2026?", Wanted(waits=False, outcome=Outcome.POSTPONED)),
        ("Which items were rejected in 2025?", Wanted(waits=False, outcome=Outcome.REJECTED)),
        ("Hvad blev besluttet på det lukkede punkt?", Wanted(waits=False)),
        ("Hvilke lukkede punkter er der i Teknisk Udvalg?", Wanted(waits=False)),
        ("What happened at the closed meeting?", Wanted(waits=False)),
        ("Hvilke sager blev ikke udsat?", None),
        # With a subject, a place of its own, or a body that is not loaded, it is no question for a list.
        ("Blev hundeskoven udsat?", None),
        ("Hvorfor blev sagen om Bethaniagade udsat?", None),
        ("Hvad afventer gadeplansindsatsen?", None),
        ("Blev punkt 8 udsat den 20. januar 2026?", None),
        ("Hvad afventer i Odense Byråd?", None),
        ("Hvad blev besluttet i Teknisk Udvalg?", None),
    ],
)
def test_a_question_wants_a_list_or_not(assistant, question, wish):
    asked = understand(question, Catalogue(assistant.meetings()), today=TODAY)
    assert lists.wanted(asked) == wish


def test_what_waits_is_what_the_list_of_pending_has(assistant):
    answer = assistant.ask("Hvad afventer i Herning?", today=TODAY)
    check(assistant, answer)
    waits = assistant.pending(municipality="Herning")
    assert {claim.citations[0] for claim in answer.claims} == {each.citation for each in waits}
    assert len(answer.claims) == 3
    assert answer.is_answered


@pytest.mark.parametrize(
    ("question", "outcome"),
    [
        ("Hvilke sager blev udsat i Teknisk Udvalg?", Outcome.POSTPONED),
        ("Hvilke forslag blev forkastet?", Outcome.REJECTED),
        ("Which items were noted in Teknisk Udvalg?", Outcome.NOTED),
    ],
)
def test_items_with_an_outcome_are_those_and_no_others(assistant, question, outcome):
    answer = assistant.ask(question, today=TODAY)
    check(assistant, answer)
    selection = answer.question.selection
    wanted = {
        item.key
        for meeting in assistant.meetings()
        if not selection.committees or meeting.committee in selection.committees
        for item in assistant.items(meeting.key)
        if outcome_of(item, meeting.kind) is outcome
    }
    shown = {view.hit.item for view in answer.hits}
    assert shown
    assert shown <= wanted
    assert {claim.citations[0].item for claim in answer.claims} == shown
    assert {claim.role for claim in answer.claims} <= {Role.TITLE, Role.DECISION}
    if selection.committees:
        assert shown == wanted


def test_where_nothing_waits_or_came_out_so_that_is_said(assistant):
    for question, text in (
        ("Hvilke sager blev trukket i Herning?", "har udfaldet “udgået”"),
        ("Which items were rejected in Herning?", "has the outcome “rejected”"),
    ):
        answer = assistant.ask(question, today=TODAY)
        assert (answer.claims, reason(answer)) == ((), "not_loaded")
        assert answer.abstention is not None
        assert text in answer.abstention.text


def test_a_list_of_a_year_is_of_that_year(assistant):
    answer = assistant.ask("Hvilke sager blev udsat i 2026?", today=TODAY)
    check(assistant, answer)
    assert {claim.date.year for claim in answer.claims} == {2026}
    nothing = assistant.ask("Hvilke sager blev udsat i 2025?", today=TODAY)
    assert (nothing.claims, reason(nothing)) == ((), "not_loaded")


@pytest.mark.parametrize("question", ["Hvad blev besluttet på det lukkede punkt?", "Lukkede punkter", "closed items"])
def test_who_asks_for_closed_items_gets_those_and_no_others(assistant, question):
    answer = assistant.ask(question, today=TODAY)
    check(assistant, answer)
    items = [assistant.entry(claim.citations[0].item).item for claim in answer.claims]
    assert {item.title for item in items} == {"Lukket: Køb af grund ved Havnegade"}
    assert all(item.is_closed for item in items)


def test_where_no_item_is_closed_nothing_is_listed(assistant):
    answer = assistant.ask("Hvilke lukkede punkter er der i Herning?", today=TODAY)
    check(assistant, answer)
    assert (answer.claims, reason(answer)) == ((), "not_loaded")
    assert answer.abstention.text.startswith("Ingen af de indlæste punkter, der spørges til, er lukkede.")


def test_a_long_range_of_items_is_a_range_and_what_is_missing_is_told_as_one(assistant):
    answer = assistant.ask("Hvad blev besluttet under punkt 8-500 i Teknisk Udvalg?", today=TODAY)
    check(assistant, answer)
    assert {view.number for view in answer.hits} == {"8", "9", "10", "11", "12", "13"}
    assert answer.notes == ("Der er ikke indlæst noget punkt 14-500 der.",)


@pytest.mark.parametrize(
    ("before", "question", "outcome"),
    [
        (["Hvilke sager blev udsat?"], "og i Teknisk Udvalg?", Outcome.POSTPONED),
        (["Hvilke sager blev udsat?"], "og dem der blev forkastet?", Outcome.REJECTED),
        (["Hvilke sager blev udsat?", "og i Økonomiudvalget?"], "og i 2026?", None),
        (["Which items were rejected?"], "and in 2026?", Outcome.REJECTED),
    ],
)
def test_a_follow_up_of_a_list_is_a_list(assistant, before, question, outcome):
    answer = assistant.ask(question, history=before, today=TODAY)
    check(assistant, answer)
    entries = [assistant.entry(claim.citations[0].item) for claim in answer.claims]
    assert {outcome_of(each.item, each.meeting.kind) for each in entries} == ({outcome} if outcome else set())
    if outcome is None:
        assert answer.abstention.text.startswith("Ingen af de indlæste punkter, der spørges til, har udfaldet “udsat”.")


def test_what_waits_elsewhere_is_asked_in_three_words(assistant):
    alone = assistant.ask("Hvad afventer i Herning?", today=TODAY)
    after = assistant.ask("og i Herning?", history=["Hvad afventer?"], today=TODAY)
    assert after.claims == alone.claims != ()


@pytest.mark.parametrize("question", ["hvorfor?", "hvem stemte imod?", "hvad koster det?", "punkt 3"])
def test_what_else_is_asked_after_a_list_is_no_list(assistant, question):
    asked = understand(question, Catalogue(assistant.meetings()), today=TODAY, history=["Hvilke sager blev udsat?"])
    assert lists.wanted(asked) is None


@pytest.mark.parametrize(
    "question",
    ["Hvilke sager blev udsat i 2019?", "Hvad er udsat i 2019?", "Hvad blev forkastet i Teknisk Udvalg i maj 2019?"],
)
def test_a_list_of_a_time_without_a_meeting_says_that_there_was_none(assistant, question):
    answer = assistant.ask(question, today=TODAY)
    check(assistant, answer)
    assert (answer.claims, reason(answer)) == ((), "not_loaded")
    assert answer.abstention is not None
    assert "Der er ikke indlæst noget møde" in answer.abstention.text
    assert "2019" in answer.abstention.text
    assert "Det blev behandlet af" not in answer.abstention.text, "there is no subject that could have been treated"
