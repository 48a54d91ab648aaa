"""Looking around in the app: committees, meetings, items; a case; a committee's own page; from item to item."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
import streamlit as st
from hostile import ITEM, TEXTS
from hostile import write as hostile
from kildemose import LIBRARY, SWIMMING, THEATRE, dagsorden, item, minutes, put, referat, write
from test_app import Page, archive_of, text

from ingest.archive import Archive
from ingest.encoders import load
from ingest.holdings import Selection
from ingest.model import Outcome
from qa.committees import Body
from qa.model import Language
from qa.ui import address as addresses
from qa.ui import words_browse
from qa.ui.address import ASK, CASE, COMMITTEE, MEETINGS, Address

APRIL = date(2026, 4, 9)
TOWN = "kildemose/kulturudvalget/2026-03-12"


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Swimming put off in the culture committee in March and adopted by the economy committee in April; the library on
    an agenda of the culture committee."""
    folder = tmp_path_factory.mktemp("town")
    files = write(
        folder,
        culture=referat(SWIMMING, THEATRE),
        economy=referat(SWIMMING.replace("Udsat.", "Godkendt."), committee="Økonomiudvalget", day=APRIL),
        agenda=dagsorden(LIBRARY, day=APRIL),
    )
    return archive_of(folder, *files)


@pytest.fixture(autouse=True)
def closed() -> Iterator[None]:
    yield
    st.cache_resource.clear()


@pytest.fixture
def show(monkeypatch: pytest.MonkeyPatch, town: Path):
    def page(page: str = "", *, archive: Path = town, **parameters: str | list[str]) -> Page:
        return Page(monkeypatch, archive, page, **parameters)

    return page


# ── committees, meetings, items ──────────────────────────────────────────────────────────────────────────────────────


def test_committees_stand_under_their_municipality_with_counts_and_the_span_of_days(show):
    page = show(MEETINGS)

    assert (page.texts("h1"), page.texts("h2")) == (["Udvalg"], ["Kildemose"])
    culture, economy = page.all("ul", "ps-list")[0]
    assert text(culture).startswith(
        "Kulturudvalget2 møder · 3 punkter · 12. marts 2026 til 9. april 2026 · 1 kun som dagsorden"
    )
    assert text(economy).startswith("Økonomiudvalget1 møde · 1 punkt · den 9. april 2026")


def test_a_committee_leads_to_its_meetings_its_items_and_its_own_page(show):
    page = show(MEETINGS)
    page.follow(page.link("Økonomiudvalget"))
    assert page.texts("a", "ps-title") == ["Økonomiudvalget, 9. april 2026"]
    assert page.texts("span", "ps-chip") == ["Kildemose✕"]
    page.follow(page.link("Punkter"))
    assert page.texts("a", "ps-title") == ["Svømmehallens tag"]

    page = show(MEETINGS)
    (way, *_) = [each for each in page.all("a") if each.get("aria-label", "").endswith(": Økonomiudvalget")]
    page.follow(way.get("href") or "")
    assert page.texts("h1") == ["Økonomiudvalget"]


def test_an_agenda_is_marked_in_every_list(show):
    assert page_marks(show(MEETINGS, vis="moeder")) == ["Kun dagsorden"]
    assert page_marks(show(MEETINGS, vis="punkter")) == ["Kun dagsorden"]


def page_marks(page: Page) -> list[str]:
    return page.texts("span", "ps-label")


def test_items_are_listed_by_meeting_with_their_outcomes(show):
    page = show(MEETINGS, vis="punkter")

    assert [each.split(", ")[0] for each in page.texts("h2")] == ["Økonomiudvalget", "Kulturudvalget", "Kulturudvalget"]
    assert page.texts("span", "ps-badge") == ["✓Tiltrådt", "→Udsat", "✓Tiltrådt"]
    page.follow(page.link("Tilskud til Kildemose Teaterforening"))
    assert page.app.query_params == {"punkt": f"{TOWN}/2"}


def test_each_filter_is_kept_in_the_address_and_dropped_by_its_chip(show):
    page = show(MEETINGS, vis="punkter")
    page.app.text_input(key="items_title").set_value("svømme").run()
    page.app.selectbox(key="items_outcome").select(Outcome.POSTPONED).run()
    page.app.selectbox(key="items_committee").select("Kulturudvalget").run()
    page.app.text_input(key="items_case").set_value("82.07").run()
    page.app.date_input(key="items_since").set_value(date(2026, 1, 1)).run()

    assert page.app.query_params == {
        "vis": "punkter",
        "udvalg": "Kulturudvalget",
        "sag": "82.07",
        "siden": "2026-01-01",
        "udfald": "postponed",
        "ord": "svømme",
    }
    assert page.texts("a", "ps-title") == ["Svømmehallens tag"]
    assert page.texts("span", "ps-chip") == [
        "“svømme”✕", "Kulturudvalget✕", "Udsat✕", "sag 82.07✕", "Fra og med 1. januar 2026✕",
    ]  # fmt: skip
    (drop,) = [each for each in page.all("a") if each.get("aria-label") == "Fjern: Udsat"]
    page.follow(drop.get("href") or "")
    assert "udfald" not in page.app.query_params
    page.follow(page.link("Fjern alle"))
    assert page.app.query_params == {"vis": "punkter"}


def test_a_filter_in_the_address_sets_the_fields_and_what_makes_no_sense_is_let_be(show):
    page = show(MEETINGS, vis="punkter", udfald="rejected", kommune="Ingensteds", ord="tag")

    assert page.app.selectbox(key="items_outcome").value is None
    assert page.app.text_input(key="items_title").value == "tag"
    assert "Ingen punkter passer til det valgte." in page.texts("p")


def test_words_that_stand_in_no_title_lead_to_a_question(show):
    page = show(MEETINGS, vis="punkter", ord="40.000 kr.")
    assert page.texts("a", "ps-title") == []
    page.follow(page.link("Søg i hele teksten efter “40.000 kr.” →"))

    assert page.app.query_params == {"q": "40.000 kr."}
    assert "Tilskud til Kildemose Teaterforening" in page.texts("a", "ps-title")


def test_many_items_come_a_page_at_a_time(show, tmp_path):
    items = [f": Sag {number}\n\nBeslutning\n\nGodkendt." for number in range(60)]
    page = show(MEETINGS, archive=archive_of(tmp_path, *write(tmp_path, long=referat(*items))), vis="punkter")

    assert "1–50 af 60 punkter" in page.texts("p")
    page.follow(page.link("Ældre punkter ›"))
    assert "51–60 af 60 punkter" in page.texts("p")
    assert len(page.all("a", "ps-title")) == 10


# ── from item to item ────────────────────────────────────────────────────────────────────────────────────────────────


def test_an_item_leads_to_those_that_refer_to_it_and_to_its_case(show, tmp_path):
    first = referat(THEATRE, day=date(2026, 2, 5)).replace("Punkt 1", "Punkt 7")
    archive = archive_of(tmp_path, *write(tmp_path, first=first, then=referat(THEATRE)))
    page = show(archive=archive, punkt="kildemose/kulturudvalget/2026-02-05/7")

    (part,) = [each for each in page.all("section") if text(each).startswith("Punkter, der henviser hertil")]
    assert "Kulturudvalget, 12. marts 2026, punkt 1" in text(part)
    page.follow(page.link("sag 20.03.00-G01-1-26"))
    assert page.texts("h1") == ["Tilskud til Kildemose Teaterforening"]
    assert len(page.all("ol", "ps-course")[0]) == 2


def test_the_thread_on_an_answer_leads_to_the_whole_case(show):
    page = show(q="Hvad blev besluttet om svømmehallens tag?")
    page.follow(page.link("Se hele sagen med beslutningerne →"))

    assert page.texts("h1") == ["Svømmehallens tag"]


# ── a case ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_case_is_a_timeline_with_the_decision_quoted_at_each_step(show):
    page = show(CASE, sag="82.07.00-G01-3-26", kommune="Kildemose")

    assert page.texts("h1") == ["Svømmehallens tag"]
    assert "Kildemose · 2 trin · Fra 12. marts 2026 til 9. april 2026" in page.texts("p")
    first, second = page.all("ol", "ps-course")[0]
    assert text(first).startswith("12. marts 2026 Kulturudvalget, punkt 1→UdsatBesluttetUdsat.")
    assert text(second).startswith("9. april 2026 Økonomiudvalget, punkt 1✓TiltrådtBesluttetGodkendt.")
    assert "De indlæste referater siger ikke, at noget i sagen afventer." in page.texts("p")
    page.follow(page.all("a", "ps-cite")[0].get("href") or "")
    assert page.texts("mark") == ["Udsat."]


def test_a_step_that_is_not_loaded_is_shown_as_such_and_quotes_nothing(show):
    page = show(CASE, sag=f"{TOWN}/2")
    (missing,) = page.all("li", "ps-missing")

    assert text(missing) == (
        "5. februar 2026 Kulturudvalget, punkt 7ikke indlæstTrinnet er nævnt i referaterne, men ikke indlæst. "
        "Hvad der blev besluttet, kan ikke vises."
    )
    assert "1 trin ikke indlæst" in text(page.root)


def test_what_waits_in_a_case_is_told_with_its_sentence(show, tmp_path):
    page = show(CASE, archive=archive_of(tmp_path, *write(tmp_path, m=referat(SWIMMING))), sag="82.07.00-G01-3-26")
    (box,) = page.all("section", "ps-abstention")

    assert text(box).startswith("Afventer i sagenudsat siden 12. marts 2026 (hele punktet) – BesluttetUdsat.")


def test_a_number_on_two_matters_gives_a_choice_and_an_unknown_one_a_sentence(show, tmp_path):
    other = THEATRE.replace("Tilskud til Kildemose Teaterforening", "Ny parkeringsplads ved stationen")
    archive = archive_of(tmp_path, *write(tmp_path, both=referat(THEATRE, other)))
    page = show(CASE, archive=archive, sag="20.03.00-G01-1-26")

    assert page.texts("a", "ps-title") == ["Ny parkeringsplads ved stationen", "Tilskud til Kildemose Teaterforening"]
    page.follow(page.link("Ny parkeringsplads ved stationen"))
    assert page.texts("h1") == ["Ny parkeringsplads ved stationen"]
    assert show(CASE, sag="00.00.00").texts("h1") == show(CASE).texts("h1") == ["Findes ikke her"]


# ── a committee ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_committee_shows_its_last_twelve_months_by_case_with_outcomes_and_what_waits(show):
    page = show(COMMITTEE, udvalg="Kulturudvalget", kommune="Kildemose")

    assert page.texts("h1") == ["Kulturudvalget"]
    assert page.texts("h2") == ["Udfald over tid", "Behandlet, sag for sag", "Beløb"]
    assert [f"{each.value}" for each in page.app.date_input] == ["2025-04-10", "2026-04-09"]
    assert [text(each) for each in page.all("ul", "ps-bars")[0]] == ["marts 2026 tiltrådt: 1 udsat: 1"]
    rows = [[text(cell) for cell in row] for row in page.all("tr")]
    assert rows == [["Periode", "tiltrådt", "udsat", "I alt"], ["marts 2026", "1", "1", "2"]]
    assert page.texts("h3") == [
        "Svømmehallens tag", "Tilskud til Kildemose Teaterforening", "Åbningstider på biblioteket",
    ]  # fmt: skip
    assert "Økonomiudvalget, 9. april 2026, punkt 1 tiltrådt" in page.texts("li")
    page.follow(page.link("Svømmehallens tag"))
    assert len(page.all("ol", "ps-course")[0]) == 2


def test_every_quote_on_a_committees_page_has_its_place(show):
    page = show(COMMITTEE, udvalg="Kulturudvalget")
    lines = [
        each for part in page.all("ul", "ps-lines") for each in part if "ps-line-above" not in each.get("class", "")
    ]

    assert len(lines) == 3
    for line in lines:
        (place,) = [each.get("href") for each in line.iter("a")]
        there = show()
        there.follow(place or "")
        assert " ".join(there.texts("mark")) == text(line.find("span"))


def test_the_period_is_in_the_address(show):
    page = show(COMMITTEE, udvalg="Kulturudvalget", kommune="Kildemose")
    page.app.date_input(key="committee_since").set_value(date(2026, 4, 1)).run()

    assert page.app.query_params["siden"] == "2026-04-01"
    assert page.texts("h3") == ["Åbningstider på biblioteket"]
    page.app.date_input(key="committee_since").set_value(date(2026, 5, 1)).run()
    assert "Der er ikke indlæst noget møde i udvalget i perioden." in page.texts("p")
    page.follow(page.link("Alt indlæst"))
    assert len(page.texts("h3")) == 3


def test_what_is_shown_can_be_downloaded_as_word_and_markdown(show):
    page = show(COMMITTEE, udvalg="Kulturudvalget")

    assert [each.label for each in page.app.get("download_button")] == ["Hent som Word", "Hent som Markdown"]


def test_a_committee_that_is_not_loaded_is_said_not_to_be(show):
    assert show(COMMITTEE, udvalg="Havneudvalget").texts("h1") == ["Findes ikke her"]
    assert show(COMMITTEE).texts("h1") == ["Findes ikke her"]


def test_of_two_committees_of_one_name_the_reader_chooses(show, tmp_path):
    with Archive.open(tmp_path / "archive.db", create=True) as archive:
        for place in ("herning", "kildemose"):
            key = f"{place}/byraadet/2026-03-12"
            put(archive, minutes(item("1", f"Sag i {place}", meeting=key), key=key), f"{place}.txt")
    page = show(COMMITTEE, archive=tmp_path / "archive.db", udvalg="Byraadet")

    assert [text(each) for each in page.all("ul", "ps-list")[0]] == ["ByraadetHerning", "ByraadetKildemose"]
    page.follow(page.all("a", "ps-title")[1].get("href") or "")
    assert page.texts("h3") == ["Sag i kildemose"]


# ── all of it ────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("page", "parameters"),
    [
        (MEETINGS, {"vis": "udvalg"}),
        (MEETINGS, {"vis": "punkter"}),
        (MEETINGS, {"vis": "punkter", "ord": TEXTS[0], "sag": TEXTS[1], "udvalg": TEXTS[2]}),
        (CASE, {"sag": ITEM}),
        (CASE, {"sag": TEXTS[3]}),
        (COMMITTEE, {"udvalg": TEXTS[5]}),
    ],
)
def test_markup_in_documents_and_addresses_stays_text(show, tmp_path, page, parameters):
    shown = show(page, archive=hostile(tmp_path / "shady.db", load()), **parameters)

    assert shown.root is not None  # well-formed: every sign that could be markup is escaped
    assert {each.tag for each in shown.root.iter()} & {"script", "img", "svg", "iframe"} == set()


@pytest.mark.parametrize(
    ("page", "parameters"),
    [
        (MEETINGS, {}),
        (MEETINGS, {"vis": "punkter", "ord": "tag", "udfald": "postponed"}),
        (CASE, {"sag": f"{TOWN}/1"}),
        (COMMITTEE, {"udvalg": "Kulturudvalget"}),
    ],
)
@pytest.mark.parametrize("language", ["da", "en"])
def test_headings_are_in_order_and_lists_and_navigation_are_named(show, page, parameters, language):
    shown = show(page, sprog=language, **parameters)
    levels = [int(each.tag[1]) for each in shown.root.iter() if re.fullmatch(r"h\d", each.tag)]

    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    names = [each.get("aria-label") for each in shown.all("nav")]
    assert all(names)
    assert len(set(names)) == len(names)


def test_a_view_comes_back_from_its_address():
    there = Address(
        MEETINGS, Language.ENGLISH, view="punkter", outcome=Outcome.ADOPTED, title="tag", sheet=2,
        selection=Selection(("Herning",), ("Byrådet",), date(2026, 1, 1), None, (), "15.00"),
    )  # fmt: skip
    assert addresses.read(MEETINGS, there.parameters()) == there
    assert Address().to_case("a/b/2026-01-01/1").href == "./sag?sag=a%2Fb%2F2026-01-01%2F1"
    assert Address().to_committee(Body("", "Byrådet")).href == "./udvalg?udvalg=Byr%C3%A5det"


def test_what_only_lists_show_does_not_narrow_down_a_question():
    assert addresses.read(ASK, {"kommune": ["Herning"], "sag": ["15.00"]}).selection.is_everything


def test_both_languages_say_everything_and_fill_in_the_same():
    danish, english = spoken(words_browse.DANISH), spoken(words_browse.ENGLISH)

    assert danish.keys() == english.keys()
    assert [name for name, words in (danish | english).items() if not words.strip()] == []
    assert [name for name in danish if danish[name] == english[name]] == []
    assert [name for name in danish if gaps(danish[name]) != gaps(english[name])] == []


def spoken(words: words_browse.BrowseWords) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for field in fields(words):
        value = getattr(words, field.name)
        found |= {f"{field.name}.{n}": each for n, each in enumerate([value] if isinstance(value, str) else value)}
    return found


def gaps(words: str) -> list[str]:
    return sorted(re.findall(r"{\w+}", words))


def test_a_recommendation_that_stayed_the_same_is_said_once(show, tmp_path):
    rink = SWIMMING.replace("Resume", "Indstilling\n\nDirektøren indstiller\nat taget skiftes.\n\nResume").replace(
        "Udsat.", "Anbefales."
    )
    later = referat(rink, committee="Økonomiudvalget", day=APRIL)
    archive = archive_of(tmp_path, *write(tmp_path, culture=referat(rink), economy=later))
    page = show(CASE, archive=archive, sag="82.07.00-G01-3-26")

    assert text(page.root).count("at taget skiftes.") == 1
    assert page.texts("p", "ps-meta").count("Samme indstilling som i trinnet før.") == 1


def test_a_meeting_to_come_is_prepared_from_the_front_page(show):
    page = show()

    ways = [each for each in page.all("a") if (each.get("aria-label") or "").startswith("Forbered møde: ")]
    assert len(ways) == 1
    page.follow(ways[0].get("href"))
    assert page.app.query_params == {"moede": "kildemose/kulturudvalget/2026-04-09"}
