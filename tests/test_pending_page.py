"""What is pending, as people meet it in the app: the list, what narrows it down, and where there is nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import streamlit as st
from kildemose import LIBRARY, SWIMMING, THEATRE, referat, write
from test_app import SAMPLE, Page, archive_of, text

from ingest.archive import Archive
from ingest.encoders import load
from ingest.pipeline import ingest
from qa.assistant import Assistant
from qa.board import Board
from qa.ui.address import PENDING

APRIL = date(2026, 4, 9)
ROOF = SWIMMING.replace("Udsat.", "Sagen udsættes, så forvaltningen kan undersøge taget inden den 1. juni 2026.")


@pytest.fixture(autouse=True)
def closed() -> Iterator[None]:
    yield
    st.cache_resource.clear()


@pytest.fixture
def waiting(tmp_path: Path) -> Path:
    """The roof waits in one committee since March, a crossing in another since April."""
    crossing = (
        ": Fodgængerfelt\n\n05.09.00-G01-9-26\n\nKildemose Kommune.\n\nBeslutning\n\nOversendes til Økonomiudvalget."
    )
    files = write(
        tmp_path,
        culture=referat(ROOF, THEATRE),
        technical=referat(crossing, committee="Teknisk Udvalg", day=APRIL),
    )
    return archive_of(tmp_path, *files)


@pytest.fixture
def show(monkeypatch: pytest.MonkeyPatch, waiting: Path):
    def page(**parameters: str | list[str]) -> Page:
        return Page(monkeypatch, waiting, PENDING, **parameters)

    return page


def test_all_that_is_pending_is_listed_by_committee_with_its_sentence_and_its_place(show):
    page = show()

    assert page.texts("h1") == ["Afventer"]
    assert page.texts("h2") == ["Kulturudvalget, Kildemose", "Teknisk Udvalg, Kildemose"]
    assert page.texts("h3") == ["Svømmehallens tag", "Fodgængerfelt"]
    roof, crossing = page.all("li", "ps-waits")
    assert text(roof) == (
        "Svømmehallens tag→ udsat siden 12. marts 2026 · hele punktet · Besluttet her"
        "Sagen udsættes, så forvaltningen kan undersøge taget inden den 1. juni 2026."
        "Kulturudvalget, 12. marts 2026, punkt 1"
        "Afventerforvaltningen kan undersøge taget inden den 1. juni 2026"
        "HosforvaltningenHvornårinden den 1. juni 2026Frist1. juni 2026"
    ) + (" (passeret)" if date.today() > date(2026, 6, 1) else "")
    assert "HosØkonomiudvalget" in text(crossing)
    assert "kan have afgjort det" in text(page.all("header", "ps-lead")[0])


def test_the_citation_of_what_is_pending_opens_its_place_with_the_sentence_marked(show):
    page = show()
    page.follow(page.link("Kulturudvalget, 12. marts 2026, punkt 1"))

    assert page.texts("h1") == ["Svømmehallens tag"]
    assert page.texts("mark") == ["Sagen udsættes, så forvaltningen kan undersøge taget inden den 1. juni 2026."]


def test_a_committee_in_the_address_narrows_the_list_and_can_be_dropped(show):
    page = show(udvalg="Teknisk Udvalg")
    assert page.texts("h3") == ["Fodgængerfelt"]
    assert page.app.selectbox[0].value == "Teknisk Udvalg"

    page.follow(page.link("✕"))
    assert page.texts("h3") == ["Svømmehallens tag", "Fodgængerfelt"]


def test_a_committee_that_is_chosen_stands_in_the_address(show):
    page = show(side="7")
    page.app.selectbox[0].set_value("Kulturudvalget").run()

    assert page.app.query_params == {"udvalg": "Kulturudvalget"}
    assert page.texts("h3") == ["Svømmehallens tag"]


def test_a_municipality_and_a_period_narrow_it_too(show):
    assert show(kommune="Kildemose", siden="2026-04-01").texts("h3") == ["Fodgængerfelt"]
    assert show(kommune="Herning").texts("h3") == []


def test_where_nothing_is_pending_in_the_range_it_is_said_with_what_is_loaded_and_the_way_to_all(show):
    page = show(udvalg="Teknisk Udvalg", indtil="2026-04-01")

    (notice,) = page.all("section", "ps-abstention")
    assert text(notice).startswith("De indlæste referater siger ikke om noget i denne afgrænsning, at det afventer.")
    assert "Indlæst: 2 møder" in text(notice)
    page.follow(page.link("Se alt, der afventer"))
    assert page.texts("h3") == ["Svømmehallens tag", "Fodgængerfelt"]


def test_where_nothing_is_pending_at_all_it_is_said_with_what_is_loaded(monkeypatch, tmp_path):
    page = Page(monkeypatch, archive_of(tmp_path, *write(tmp_path, one=referat(LIBRARY))), PENDING)

    (notice,) = page.all("section", "ps-abstention")
    assert text(notice).startswith("De indlæste referater siger ikke om noget, at det afventer.")
    assert "Indlæst: 1 møde" in text(notice)


def test_the_list_is_paged_and_the_address_names_the_page(monkeypatch, tmp_path):
    many = [
        f": Sag nummer {number}\n\n05.01.0{number % 10}-G01-{number}-26\n\nBeslutning\n\nUdsat." for number in range(30)
    ]
    archive = archive_of(tmp_path, *write(tmp_path, one=referat(*many)))
    page = Page(monkeypatch, archive, PENDING)

    assert len(page.all("li", "ps-waits")) == 20
    page.follow(page.link("Næste ›"))
    assert page.app.query_params == {"side": "2"}
    assert len(page.all("li", "ps-waits")) == 10
    assert [each.get("data-keys") for each in page.all("a") if text(each) == "‹ Forrige"] == ["k"]


def test_the_sample_has_its_three_and_says_whose_words_they_are(monkeypatch, tmp_path):
    page = Page(monkeypatch, archive_of(tmp_path, SAMPLE), PENDING)

    assert len(page.all("li", "ps-waits")) >= 3
    assert any("en del af punktet · Besluttet her" in text(each) for each in page.all("li", "ps-waits"))


def test_in_english_the_apps_own_words_are_english_and_the_minutes_stay_danish(show):
    page = show(sprog="en")

    assert page.texts("h1") == ["Pending"]
    assert "since 12 March 2026 · the whole item · Decided here" in text(page.all("li", "ps-waits")[0])
    assert {each.get("lang") for each in page.all("blockquote")} == {"da"}


# ── the board ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_what_is_pending_is_found_once_and_anew_when_the_archive_changes(waiting, tmp_path):
    with Archive.open(waiting) as archive:
        board = Board(archive)
        first = board.pending()

        assert board.pending() is first
        assert board.cases() is board.cases()
        assert board.meetings() is board.meetings()
        assert [each.citation.title for each in first] == ["Svømmehallens tag", "Fodgængerfelt"]

        settled = SWIMMING.replace("Udsat.", "Indstillingen er tiltrådt.")
        later = write(tmp_path, may=referat(settled, day=date(2026, 5, 21)))
        ingest(archive, later, encoder=load())
        assert [each.citation.title for each in board.pending()] == ["Fodgængerfelt"]
        assert len(board.meetings()) == 3


def test_the_state_of_an_archive_changes_when_a_reference_comes_to_mean_another_item(waiting):
    with Archive.open(waiting) as archive:
        before, fingerprint = archive.state(), archive.fingerprint()
        row = archive.references()[0]
        archive.set_targets([])
        assert archive.state() == before

        archive.set_targets([(row.row, row.position, "kildemose/kulturudvalget/2026-03-12/1")])
        assert archive.state() != before
        assert archive.fingerprint() == fingerprint


def test_the_assistant_finds_the_same_for_the_page_as_for_the_command_line(waiting):
    with Archive.open(waiting) as archive, Assistant(archive, None) as assistant:
        assert assistant.all_pending() == assistant.pending()
