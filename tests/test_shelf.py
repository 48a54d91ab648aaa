"""What is loaded, as lists to browse: bodies with counts, items that fit a wish; a case as a course; outcomes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from asking import KILDEMOSE, build
from docx import Document
from kildemose import LIBRARY, SWIMMING, THEATRE, dagsorden, referat, write

from ingest.archive import Archive
from ingest.holdings import Selection
from ingest.model import MeetingKind, Outcome
from qa import digest_text, digest_word, tally, threads
from qa.assistant import Assistant
from qa.citation import verify
from qa.committees import Body
from qa.markup import plain
from qa.model import Language
from qa.shelf import Shelf, Wish
from qa.waiting import Waiting

Opened = Callable[..., Assistant]
APRIL = date(2026, 4, 9)


@pytest.fixture
def opened(tmp_path: Path) -> Opened:
    """An assistant over some minutes, each given as a text."""

    def made(*texts: str) -> Assistant:
        files = write(tmp_path, **{f"m{number}": text for number, text in enumerate(texts)})
        return Assistant(Archive.open(build(tmp_path / "archive.db", files, with_vectors=False)), None)

    return made


@pytest.fixture(scope="module")
def kildemose(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return Assistant(Archive.open(build(tmp_path_factory.mktemp("k") / "a.db", KILDEMOSE, with_vectors=False)), None)


def titles(shelf: Shelf, wish: Wish) -> list[str]:
    return [each.title for each in shelf.find(wish)]


# lists


def test_every_item_is_on_the_shelf_with_the_outcome_it_has_everywhere_else(kildemose):
    shelf = kildemose.shelf()
    assert shelf.items
    for each in shelf.items:
        entry = kildemose.entry(each.key)
        assert entry is not None
        assert (each.title, each.number, each.case_number) == (
            entry.item.title,
            entry.item.number,
            entry.item.case_number,
        )
        assert each.outcome is threads.outcome_of(entry.item, entry.meeting.kind)
    assert sum(each.items for each in shelf.bodies) == len(shelf.items)
    assert sum(each.meetings for each in shelf.bodies) == len(kildemose.meetings())


def test_bodies_have_counts_and_the_span_of_their_days(opened):
    with opened(referat(SWIMMING, THEATRE), dagsorden(LIBRARY, day=APRIL)) as assistant:
        (found,) = assistant.shelf().bodies
    assert found.body == Body("Kildemose", "Kulturudvalget")
    assert (found.meetings, found.agendas, found.items) == (2, 1, 3)
    assert (found.first, found.last) == (date(2026, 3, 12), APRIL)
    assert found.last_year == (date(2025, 4, 10), APRIL)


def test_items_are_found_by_words_outcome_case_and_body_newest_meeting_first(opened):
    with opened(
        referat(SWIMMING, THEATRE), referat(LIBRARY, day=APRIL), referat(THEATRE, committee="Økonomiudvalget")
    ) as assistant:
        shelf = assistant.shelf()
    everything = titles(shelf, Wish())
    assert everything[0] == "Åbningstider på biblioteket"
    assert everything[-2:] == ["Svømmehallens tag", "Tilskud til Kildemose Teaterforening"]
    assert titles(shelf, Wish(words="TAG svømme")) == ["Svømmehallens tag"]
    assert titles(shelf, Wish(outcome=Outcome.POSTPONED)) == ["Svømmehallens tag"]
    assert titles(shelf, Wish(Selection(case_number="a00-2"))) == ["Åbningstider på biblioteket"]
    assert titles(shelf, Wish(Selection(committees=("Økonomiudvalget",)))) == ["Tilskud til Kildemose Teaterforening"]
    assert titles(shelf, Wish(Selection(since=APRIL))) == ["Åbningstider på biblioteket"]
    assert titles(shelf, Wish(Selection(municipalities=("Herning",)))) == []
    assert shelf.outcomes() == (Outcome.ADOPTED, Outcome.ADOPTED_WITH_ADDITION, Outcome.POSTPONED)


def test_an_agenda_has_no_outcomes_to_be_found_by(opened):
    with opened(dagsorden(THEATRE)) as assistant:
        shelf = assistant.shelf()
    assert [(each.kind, each.outcome) for each in shelf.items] == [(MeetingKind.DAGSORDEN, Outcome.NONE)]
    assert (shelf.outcomes(), shelf.find(Wish(outcome=Outcome.NONE))) == ((), ())


def test_the_shelf_follows_the_archive(opened, tmp_path):
    with opened(referat(THEATRE)) as assistant:
        before = assistant.shelf()
        assert assistant.shelf() is before
        build(tmp_path / "archive.db", write(tmp_path, more=referat(LIBRARY, day=APRIL)), with_vectors=False)
        assert len(assistant.shelf().items) == len(before.items) + 1


# a case


def test_a_case_shows_each_step_with_its_outcome_and_its_decision_verified(opened):
    again = SWIMMING.replace("Udsat.", "Godkendt.")
    with opened(referat(SWIMMING), referat(again, committee="Økonomiudvalget", day=APRIL)) as assistant:
        (entry,) = assistant.cases("82.07.00-G01-3-26")
        course = assistant.course(entry.item.key)
        assert course is not None
        assert (course.title, course.case_number) == ("Svømmehallens tag", "82.07.00-G01-3-26")
        assert [(step.told.committee, step.told.outcome) for step in course.steps] == [
            ("Kulturudvalget", Outcome.POSTPONED),
            ("Økonomiudvalget", Outcome.ADOPTED),
        ]
        said = [claim for step in course.steps if step.said for claim in step.said.claims]
        assert [claim.text for claim in said] == ["Udsat.", "Godkendt."]
        assert all(verify(place, assistant.entry(place.item)) for claim in said for place in claim.citations)
        assert course.pending == ()


def test_a_step_that_is_not_loaded_says_nothing_and_what_waits_is_told(opened):
    with opened(referat(THEATRE, SWIMMING)) as assistant:
        (theatre,) = assistant.cases("20.03.00-G01-1-26")
        course = assistant.course(theatre.item.key)
        assert course is not None
        assert [(step.told.is_loaded, step.said is None) for step in course.steps] == [(False, True), (True, False)]
        (swimming,) = assistant.cases("82.07.00-G01-3-26")
        waits = assistant.course(swimming.item.key)
        assert waits is not None
        assert [each.kind for each in waits.pending] == [Waiting.POSTPONED]
        assert len(waits.steps) == 1


def test_a_number_that_stands_on_two_matters_means_two_cases_and_an_unknown_one_none(opened):
    other = THEATRE.replace("Tilskud til Kildemose Teaterforening", "Ny parkeringsplads ved stationen")
    with opened(referat(THEATRE, other)) as assistant:
        assert [each.item.title for each in assistant.cases("20.03.00-G01-1-26")] == [
            "Ny parkeringsplads ved stationen",
            "Tilskud til Kildemose Teaterforening",
        ]
        assert assistant.cases("20.03.00-G01-1-26", "Herning") == ()
        assert assistant.cases("ingen/steder") == assistant.cases("") == ()
        assert assistant.course("ingen/steder") is None


def test_an_earlier_version_of_an_item_means_the_case_of_the_current_one(opened):
    with opened(dagsorden(THEATRE), referat(THEATRE)) as assistant:
        (agenda,) = assistant.versions("kildemose/kulturudvalget/2026-03-12")
        (found,) = assistant.cases(f"{agenda.key}/1")
        assert found.item.key == "kildemose/kulturudvalget/2026-03-12/1"


def test_items_that_refer_to_an_item_are_told(opened):
    first = referat(THEATRE, day=date(2026, 2, 5)).replace("Punkt 1", "Punkt 7")
    with opened(first, referat(THEATRE)) as assistant:
        (found,) = assistant.referring("kildemose/kulturudvalget/2026-02-05/7")
        assert found.meeting.date == date(2026, 3, 12)
        assert assistant.referring("kildemose/kulturudvalget/2026-03-12/1") == ()


# outcomes, and the digest as a Word file


def test_outcomes_are_counted_by_month_quarter_or_year_and_no_item_is_lost(opened):
    days = (date(2026, 3, 12), APRIL)
    with opened(*(referat(THEATRE, SWIMMING, day=day) for day in days)) as assistant:
        (made,) = assistant.digest("kultur")
    march, april = tally.of(made)
    assert (march.first, march.last) == (date(2026, 3, 1), date(2026, 3, 31))
    assert march.counts == april.counts == ((Outcome.ADOPTED, 1), (Outcome.POSTPONED, 1))
    assert tally.in_all((march, april)) == ((Outcome.ADOPTED, 2), (Outcome.POSTPONED, 2))


@pytest.mark.parametrize(("first", "begins"), [(2024, date(2024, 10, 1)), (2018, date(2018, 1, 1))])
def test_a_long_period_is_told_by_quarter_a_very_long_one_by_year(opened, first, begins):
    with opened(referat(THEATRE, day=date(first, 11, 7)), referat(SWIMMING, day=APRIL)) as assistant:
        (made,) = assistant.digest("kultur")
    found = tally.of(made)
    assert (found[0].first, found[0].last) == (begins, date(first, 12, 31))
    assert [each.total for each in found] == [1, 1]


def test_an_agenda_is_not_counted(opened):
    with opened(dagsorden(THEATRE)) as assistant:
        (made,) = assistant.digest("kultur")
    assert tally.of(made) == ()


@pytest.mark.parametrize("language", Language)
def test_the_word_file_says_what_the_markdown_says_with_every_quote_and_place(kildemose, language):
    for made in (each for body in kildemose.bodies() for each in kildemose.digest(body.committee, body.municipality)):
        paper = Document(BytesIO(digest_word.document(made, language)))
        lines = [each.text for each in paper.paragraphs]
        shown = "\n".join([*lines, *(cell.text for table in paper.tables for cell in table._cells)])
        for place in made.citations:
            assert plain(place.committee) in shown
        quotes = [claim.text for case in made.cases for step in case.steps for claim in step.claims]
        quotes += [each.citation.quote for each in made.pending] + [each.meaning for each in made.abbreviations]
        assert [quote for quote in quotes if f"“{plain(quote)}”" not in shown] == []
        markdown = list(digest_text.digest(made, language))
        headings = [line.lstrip("# ").replace("\\", "") for line in markdown if line.startswith("#")]
        styled = [each.text for each in paper.paragraphs if each.style.name.startswith(("Heading", "Title"))]
        assert styled == headings


def test_a_word_file_takes_any_text_and_leads_to_the_item_where_it_has_an_address(opened):
    wild = THEATRE.replace("Indstillingen er tiltrådt.", "Godkendt <b>&amp;</b> \u202e[klik](http://onde.dk).")
    with opened(referat(wild)) as assistant:
        (made,) = assistant.digest("kultur")
    shown = [each.text for each in Document(BytesIO(digest_word.document(made, Language.DANISH))).paragraphs]
    assert any("“Godkendt <b>&amp;</b> [klik](http://onde.dk).”" in line for line in shown)
