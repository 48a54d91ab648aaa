"""Meeting mode as people meet it: a meeting item by item, each with its case; keys, and the page of the user guide."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import streamlit as st
from kildemose import LIBRARY, SWIMMING, THEATRE, dagsorden, referat, write
from test_app import MEETING, SAMPLE, TITLE, Page, archive_of, text
from test_ui import spoken

from ingest.archive import Archive
from ingest.model import Meeting, MeetingKind
from qa import briefing
from qa.assistant import Assistant
from qa.model import Label, Language
from qa.ui import guide, keys, words_keys, words_mode, words_pending
from qa.ui.address import GUIDE, MEETING_MODE

MARCH, APRIL, MAY = "2026-03-12", "2026-04-09", "2026-05-21"
KEY = "kildemose/kulturudvalget"
AGENDA = SWIMMING.replace("Beslutning", "Indstilling\n\nDirektøren indstiller,\n\nat taget lappes.\n\nBeslutning")


@pytest.fixture(autouse=True)
def closed() -> Iterator[None]:
    yield
    st.cache_resource.clear()


@pytest.fixture
def case(tmp_path: Path) -> Path:
    """The roof is put off in March and again on the agenda in May; the library is treated in April."""
    files = write(
        tmp_path,
        march=referat(THEATRE, SWIMMING),
        april=referat(LIBRARY, day=date(2026, 4, 9)),
        may=dagsorden(LIBRARY, AGENDA, day=date(2026, 5, 21)),
    )
    return archive_of(tmp_path, *files)


@pytest.fixture
def show(monkeypatch: pytest.MonkeyPatch, case: Path):
    def page(*, archive: Path = case, **parameters: str | list[str]) -> Page:
        return Page(monkeypatch, archive, MEETING_MODE, **parameters)

    return page


def keys_of(page: Page) -> dict[str, str]:
    """What each key of the page presses, in words."""
    marked = [each for each in page.root.iter() if each.get("data-keys")]
    return {each.get("data-keys", ""): each.get("data-does") or text(each) for each in marked}


def section(page: Page, heading: str) -> str:
    """The text of the section under a heading."""
    return next(text(each) for each in page.all("section", "ps-part") if text(each.find("h2")) == heading)


# ── an item at the table ─────────────────────────────────────────────────────────────────────────────────────────────


def test_an_item_of_an_agenda_is_shown_with_its_recommendation_its_case_and_what_is_pending(show):
    page = show(moede=f"{KEY}/{MAY}", punkt=f"{KEY}/{MAY}/2")

    assert page.texts("h1") == ["Svømmehallens tag"]
    assert "Punkt 2 · 2 af 2" in text(page.all("header", "ps-mode-head")[0])
    assert "sag 82.07.00-G01-3-26" in text(page.all("header", "ps-mode-head")[0])
    assert "at taget lappes." in section(page, "Indstillet, ikke besluttet")
    assert "udsat siden 12. marts 2026" in section(page, "Afventer i sagen")
    assert "kan have afgjort det" in section(page, "Afventer i sagen")
    assert section(page, "Seneste beslutning i sagen").startswith(
        "Seneste beslutning i sagenKulturudvalget, 12. marts 2026 →UdsatUdsat."
    )
    steps = [text(each) for each in page.all("ol", "ps-thread")[0]]
    assert [step.split("Kulturudvalget")[0] for step in steps] == ["12. marts 2026", "21. maj 2026"]


def test_an_item_of_minutes_is_shown_with_what_was_decided(show):
    page = show(moede=f"{KEY}/{MARCH}", punkt=f"{KEY}/{MARCH}/1")

    assert section(page, "Besluttet på mødet").startswith("Besluttet på mødetIndstillingen er tiltrådt.")
    assert "at der gives et tilskud på 40.000 kr." in section(page, "Besluttet på mødet")
    assert "siger ikke, at noget i sagen afventer" in section(page, "Afventer i sagen")


def test_every_key_is_a_button_too_and_leads_where_it_says(show):
    page = show(moede=f"{KEY}/{MAY}")

    assert keys_of(page) == {
        "?": "Vis denne liste",
        "j ArrowRight": "Næste",
        "s /": "Spørg om denne sag",
        "c": "Kopiér henvisning",
        "o": "Åbn hele punktet",
        "Escape": "Forlad",
        "/": "Skriv et spørgsmål",
    }
    (onward,) = [each.get("href") for each in page.all("a") if each.get("data-keys") == "j ArrowRight"]
    page.follow(onward or "")
    assert page.texts("h1") == ["Svømmehallens tag"]
    assert "k ArrowLeft" in keys_of(page)
    assert "j ArrowRight" not in keys_of(page)


def test_the_citation_to_copy_is_the_formal_one(show, tmp_path):
    page = show(archive=archive_of(tmp_path / "sample", SAMPLE), moede=MEETING, punkt=f"{MEETING}/33")

    assert page.texts("h1") == [TITLE]
    (button,) = [each for each in page.all("button") if each.get("data-keys") == "c"]
    assert button.get("data-copy") == "Beskæftigelsesudvalget, 28-04-2026, punkt 33, sag 15.00.00-G01-7-25"


def test_a_question_is_answered_from_the_case_alone_and_stands_in_the_address(show):
    page = show(moede=f"{KEY}/{MAY}", punkt=f"{KEY}/{MAY}/2")
    page.app.chat_input[0].set_value("Hvad blev besluttet om biblioteket?").run()

    (answer,) = page.all("section", "ps-mode-answer")
    assert "Der er kun set efter i denne sag." in text(answer)
    assert "Ordningen gælder fra 1. maj 2026" not in text(answer)
    assert page.app.query_params["q"] == "Hvad blev besluttet om biblioteket?"
    assert keys_of(page)["Escape"] == "Luk svaret"

    page.follow(page.link("Spørg i alt det indlæste"))
    assert "Ordningen gælder fra 1. maj 2026." in " ".join(page.texts("li"))


def test_from_the_whole_item_and_from_an_earlier_step_there_is_a_way_back_to_the_place_in_the_meeting(show):
    page = show(moede=f"{KEY}/{MAY}", punkt=f"{KEY}/{MAY}/2")
    page.follow(page.link("Åbno"))
    assert page.texts("h1") == ["Svømmehallens tag"]
    page.follow(page.link("← Tilbage til mødet"))
    assert "Punkt 2 · 2 af 2" in text(page.all("header", "ps-mode-head")[0])

    earlier = [each.get("href") or "" for each in page.all("a", "ps-cite") if "12. marts" in text(each)]
    page.follow(earlier[0])
    assert page.texts("mark") == ["Udsat."]
    page.follow(page.link("← Tilbage til mødet"))
    assert "21. maj 2026 · Punkt 2 · 2 af 2" in text(page.all("header", "ps-mode-head")[0])


def test_without_a_meeting_in_the_address_the_next_one_opens_and_others_can_be_chosen(show):
    page = show()

    assert "21. maj 2026 · Punkt 1" in text(page.all("header", "ps-mode-head")[0])
    others = [text(each) for each in page.root.find(".//details") or () if each.tag == "ul"]
    assert others == ["Kulturudvalget, 21. maj 2026KildemoseAlle møder"]
    assert page.link("Alle møder") == "./moeder"


def test_a_meeting_that_is_not_loaded_is_said_not_to_be(show):
    assert "Mødet er ikke indlæst" in " ".join(show(moede="kildemose/ukendt/2026-01-01").texts("p"))


def test_the_list_of_a_meetings_items_leads_into_meeting_mode(monkeypatch, case):
    page = Page(monkeypatch, case, "moeder", moede=f"{KEY}/{MAY}")
    page.follow(page.link("Følg mødet punkt for punkt ›"))

    assert "Punkt 1 · 1 af 2" in text(page.all("header", "ps-mode-head")[0])


def test_meeting_mode_speaks_english_and_the_minutes_stay_danish(show):
    page = show(moede=f"{KEY}/{MAY}", punkt=f"{KEY}/{MAY}/2", sprog="en")

    assert "Item 2 · 2 of 2" in text(page.all("header", "ps-mode-head")[0])
    assert "at taget lappes." in section(page, "Recommended, not decided")
    assert page.app.chat_input[0].placeholder == "Ask about this case"


# ── the briefing ─────────────────────────────────────────────────────────────────────────────────────────────────────


def meeting(day: date) -> Meeting:
    return Meeting(
        key=f"a/{day}", municipality="A", committee="B", date=day, start=None, place=None, kind=MeetingKind.REFERAT
    )


def test_the_meeting_to_open_is_the_next_one_else_the_last():
    first, second = meeting(date(2026, 3, 12)), meeting(date(2026, 4, 9))

    assert briefing.current([first, second], today=date(2026, 4, 1)) == second
    assert briefing.current([first, second], today=date(2026, 3, 12)) == first
    assert briefing.current([first, second], today=date(2026, 5, 1)) == second
    assert briefing.current([], today=date(2026, 5, 1)) is None


def test_every_line_of_a_briefing_stands_in_its_item_letter_for_letter(case):
    with Archive.open(case) as archive, Assistant(archive, None) as assistant:
        for held in assistant.meetings():
            for item in assistant.items(held.key):
                brief = assistant.briefing(item.key)
                assert brief is not None
                for claim in (*brief.claims, *brief.last):
                    place = claim.citations[0]
                    entry = assistant.entry(place.item)
                    assert entry is not None
                    assert place.span.of(entry.item.text) == claim.text


def test_the_last_decision_is_the_reported_one_where_its_minutes_are_not_loaded(tmp_path):
    with Archive.open(archive_of(tmp_path, SAMPLE)) as archive, Assistant(archive, None) as assistant:
        brief = assistant.briefing(f"{MEETING}/33")

    assert brief is not None
    assert {claim.label for claim in brief.last} <= {Label.REPORTED}
    assert brief.scope.case_number == "15.00.00-G01-7-25"
    assert any(each.kind == "awaiting" for each in brief.pending)


def test_an_item_that_is_not_loaded_has_no_briefing(case):
    with Archive.open(case) as archive, Assistant(archive, None) as assistant:
        assert assistant.briefing("kildemose/kulturudvalget/2026-03-12/99") is None


def test_a_question_about_an_item_without_a_case_number_is_confined_to_the_item(tmp_path):
    loose = ": Åbent hus\n\nBeslutning\n\nKildemose Kommune holder åbent hus i maj."
    with (
        Archive.open(archive_of(tmp_path, *write(tmp_path, one=referat(loose)))) as archive,
        Assistant(archive, None) as assistant,
    ):
        brief = assistant.briefing(f"{KEY}/{MARCH}/1")

    assert brief is not None
    assert (brief.scope.numbers, brief.scope.since, brief.scope.committees) == (
        ("1",),
        date(2026, 3, 12),
        ("Kulturudvalget",),
    )


# ── keys, words and the user guide ───────────────────────────────────────────────────────────────────────────────────


def test_every_page_has_the_button_that_lists_its_keys(monkeypatch, case):
    for path in ("", "moeder", "afventer", "dokumenter"):
        (button,) = Page(monkeypatch, case, path).all("button", "ps-keys-button")
        assert button.get("aria-label") == "Tastaturgenveje og hjælp"


@pytest.mark.parametrize("module", [words_keys, words_mode, words_pending], ids=lambda module: module.__name__)
def test_both_languages_say_everything_and_fill_in_the_same(module):
    danish, english = spoken(module.DANISH), spoken(module.ENGLISH)

    assert danish.keys() == english.keys()
    assert [name for name, words in (danish | english).items() if not words.strip()] == []
    assert [name for name in danish if danish[name] == english[name]] == []
    assert [name for name in danish if danish[name].count("{") != english[name].count("{")] == []
    assert (module.of(Language.DANISH), module.of(Language.ENGLISH)) == (module.DANISH, module.ENGLISH)


def test_the_guide_is_shown_where_it_comes_along_and_is_told_to_be_missing_where_not(monkeypatch, case, tmp_path):
    written = tmp_path / "brugervejledning.md"
    monkeypatch.setattr(keys, "GUIDE", written)
    monkeypatch.setattr(guide, "GUIDE", written)
    assert "følger ikke med" in " ".join(Page(monkeypatch, case, GUIDE).texts("p"))

    written.write_text("# Sådan spørger du\n\nSe [designet](design.md) og <b>dette</b>.\n", encoding="utf-8")
    page = Page(monkeypatch, case, GUIDE)
    assert [each.value for each in page.app.markdown] == ["# Sådan spørger du\n\nSe designet og <b>dette</b>."]
    assert [each.allow_html for each in page.app.markdown] == [False]
    before_anything = Page(monkeypatch, tmp_path / "none.db", GUIDE)
    assert [each.value for each in before_anything.app.markdown] == [each.value for each in page.app.markdown]


def test_the_pictures_of_a_guide_come_from_its_own_folder_only(monkeypatch, tmp_path):
    monkeypatch.setattr(guide, "GUIDE", tmp_path / "docs" / "brugervejledning.md")
    (tmp_path / "docs").mkdir()
    for name in ("docs/svar.png", "hemmelig.png"):
        (tmp_path / name).write_bytes(b"")

    found = list(guide.pieces("Før\n\n![Et svar](svar.png)\n\nMellem\n\n![x](../hemmelig.png)\n\nEfter"))

    assert [(said.strip(), picture and picture.name, alt) for said, picture, alt in found] == [
        ("Før", "svar.png", "Et svar"),
        ("Mellem", None, "x"),
        ("Efter", None, ""),
    ]
