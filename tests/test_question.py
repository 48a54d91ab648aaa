"""What a question asks, who and when it is about, and what is left to search for: golden pairs a clerk could write."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from asking import TODAY
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest import danish
from ingest.holdings import Selection
from ingest.model import Meeting, MeetingKind
from qa import bodies, filters, periods
from qa.filters import Catalogue
from qa.model import Intent, Language, Question
from qa.question import is_content, understand

CASES = (Path(__file__).parent / "cases" / "questions.md").read_text(encoding="utf-8")


def meeting(municipality: str, committee: str, day: str, kind: MeetingKind = MeetingKind.REFERAT) -> Meeting:
    return Meeting(f"k/{committee}/{day}", municipality, committee, date.fromisoformat(day), None, None, kind)


LOADED = Catalogue(
    (
        meeting("Kildemose", "Teknisk Udvalg", "2025-01-21"),
        meeting("Kildemose", "Teknisk Udvalg", "2026-01-20"),
        meeting("Kildemose", "Økonomiudvalget", "2026-02-03"),
        meeting("Kildemose", "Kommunalbestyrelsen", "2026-02-24", MeetingKind.DAGSORDEN),
        meeting("Herning", "Beskæftigelsesudvalget", "2026-04-28"),
    )
)


def rows(heading: str) -> list[tuple[str, ...]]:
    """The rows of the table below a heading, without its head; `–` is nothing."""
    section = re.split(r"^## ", CASES.split(f"## {heading}\n")[1], flags=re.MULTILINE)[0]
    lines = [line for line in section.split("\n") if line.startswith("|")][2:]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return [tuple("" if cell == "–" else cell for cell in row) for row in cells]


def asked(text: str, *history: str) -> Question:
    return understand(text, LOADED, today=TODAY, history=history)


def about(question: Question) -> str:
    """The words left to search for, without those that only ask."""
    words = [word for _, word in danish.words(question.topic) if is_content(word)]
    return " ".join(word for word in words if danish.fold(word) not in question.asking)


def span(first: date | None, last: date | None) -> str:
    return f"{first or ''}–{last or ''}"


def named(question: Question) -> str:
    """The filters in words; a period in which no loaded meeting was held stands in brackets."""
    held: Selection = question.selection
    parts = [", ".join(held.committees)] + [f"i {name}" for name in held.municipalities]
    parts += [f"punkt {number}" for number in held.numbers]
    parts += [f"sag {held.case_number}"] if held.case_number else []
    if held.since or held.until:
        parts.append(span(held.since, held.until))
    elif question.period:
        parts.append(f"({span(*question.period)})")
    return " ".join(part for part in parts if part)


@pytest.mark.parametrize(("text", "intent", "language", "subject"), rows("What is asked"))
def test_what_is_asked(text, intent, language, subject):
    question = asked(text)
    assert (question.intent, question.language, about(question)) == (Intent(intent), Language(language), subject)


@pytest.mark.parametrize(("text", "filters_named", "unknown"), rows("Who and when"))
def test_who_and_when(text, filters_named, unknown):
    question = asked(text)
    assert (named(question), ", ".join(question.unknown_bodies)) == (filters_named, unknown)


@pytest.mark.parametrize(("text", "kind"), rows("Only a place"))
def test_a_place_and_nothing_else_is_looked_up(text, kind):
    assert (asked(text).intent is Intent.LOOKUP) == (kind == "look-up")


@pytest.mark.parametrize(("before", "text", "subject"), rows("Follow-ups"))
def test_a_follow_up_keeps_the_subject_and_a_new_question_does_not(before, text, subject):
    assert about(asked(text, before)) == subject


def test_the_words_that_became_filters_are_not_searched_for():
    question = asked("Hvad besluttede Teknisk Udvalg om stien den 20. januar 2026 under punkt 3?")
    assert question.topic == "Hvad besluttede om stien under ?"


def test_a_date_without_a_meeting_is_still_searched_for():
    assert "21. januar 2026" in asked("Hvad blev sagt om stien den 21. januar 2026?").topic


def test_a_follow_up_keeps_committee_and_time_too():
    question = asked("og hvem stemte imod?", "Hvad besluttede Teknisk Udvalg i januar 2026 om hundeskoven?")
    assert named(question) == "Teknisk Udvalg 2026-01-01–2026-01-31"
    assert question.intent is Intent.VOTE


def test_the_language_can_be_set():
    assert understand("Møllevej", LOADED, today=TODAY, language=Language.ENGLISH).language is Language.ENGLISH


def test_letters_are_put_together_before_anything_is_read():
    question = asked("Hvad blev besluttet om A\u030aparken af O\u0308konomiudvalget\x00?")
    assert "Åparken" in question.topic
    assert question.text == "Hvad blev besluttet om A\u030aparken af O\u0308konomiudvalget\x00?"


def test_the_last_meeting_is_the_last_one_held_and_not_one_to_come():
    assert asked("Hvad skete der på sidste møde?").selection.since == date(2026, 4, 28)
    early = understand("Hvad skete der på sidste møde?", LOADED, today=date(2026, 2, 25))
    assert early.selection.since == date(2026, 2, 3)  # of the 24th only the agenda is loaded


def test_filters_of_the_reader_narrow_those_of_the_question():
    own = Selection(committees=("A", "B"), since=date(2026, 1, 1), numbers=("3",))
    reader = Selection(committees=("B", "C"), since=date(2025, 1, 1), until=date(2026, 6, 1))
    assert filters.confined(own, reader) == (
        Selection(committees=("B",), since=date(2026, 1, 1), until=date(2026, 6, 1), numbers=("3",)),
        (),
    )
    assert filters.confined(own, Selection(committees=("C",)))[1] == ("A", "B")


@given(st.text(max_size=300))
@settings(max_examples=300, deadline=None)
def test_the_places_read_as_names_and_times_lie_in_the_text(text):
    loaded = {"municipalities": LOADED.municipalities, "committees": LOADED.committees}
    for place in [*bodies.find(text, **loaded).used, *(each.place for each in periods.find(text, today=TODAY))]:
        assert 0 <= place.start < place.end <= len(text)


@pytest.mark.parametrize(
    "text",
    ["Udvalget for " + "a, " * 3_000, "a-" * 5_000, "Ø" * 10_000, "udvalg " * 2_000, "den 1. januar 2026 og " * 500],
)
def test_long_runs_of_letters_are_read_quickly(text):
    import time

    begun = time.perf_counter()
    asked(text)
    assert time.perf_counter() - begun < 2
