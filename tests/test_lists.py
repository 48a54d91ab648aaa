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
