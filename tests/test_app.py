"""The app as people meet it: every page and state, over a real archive, without a browser."""

from __future__ import annotations

import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from urllib.parse import parse_qs

import hostile
import pytest
import streamlit as st
from kildemose import LIBRARY, SWIMMING, THEATRE, dagsorden, item, minutes, put, referat, write
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

import app
from ingest.archive import DEFAULT_PATH, Archive
from ingest.encoders import load
from ingest.model import SectionKind
from ingest.pipeline import ingest
from qa.assistant import Assistant
from qa.ui.address import DOCUMENTS, MEETING_MODE, MEETINGS, PENDING

ROOT = Path(__file__).parent.parent
SAMPLE = ROOT / "data/minutes/herning-beskaeftigelsesudvalget-2026-04-28.pdf"
MEETING = "herning/beskaeftigelsesudvalget/2026-04-28"
BETHANIAGADE = "Hvad blev besluttet om Bethaniagade?"
TITLE = "Godkendelse af indsatsen i og omkring Bethaniagade"
AWAITED = (
    "at udvalget afventer vurderingen af investeringen i en styrket gadeplansindsats til økonomiaftalen for 2027 "
    "mellem KL og Regeringen er indgået. Udvalget kan herefter vurdere om styrkelse af gadeplansindsatsen skal indgå i "
    "budgetkonferencen"
)

Element = ElementTree.Element


@pytest.fixture(scope="module")
def herning(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive with the sample in it."""
    return archive_of(tmp_path_factory.mktemp("herning"), SAMPLE)


@pytest.fixture(autouse=True)
def closed() -> Iterator[None]:
    yield
    st.cache_resource.clear()


def archive_of(folder: Path, *paths: Path) -> Path:
    with Archive.open(folder / "archive.db", create=True) as archive:
        ingest(archive, paths, encoder=load())
    return folder / "archive.db"


class Page:
    """What the app shows at an address."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, archive: Path, page: str = "", **parameters: str | list[str]):
        monkeypatch.setenv("PUNKTSVAR_ARCHIVE", str(archive))
        self.app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30)
        self.app._page_hash = calc_hash(page)  # AppTest opens only pages that are files by itself
        for key, value in parameters.items():
            self.app.query_params[key] = value
        self.app.run()

    @property
    def root(self) -> Element:
        """All of our markup on the page, as a tree: it must be well-formed."""
        assert not self.app.exception, [each.value for each in self.app.exception]
        shown = [each.value for each in self.app.html if not each.value.startswith("<style>")]
        return ElementTree.fromstring(f"<root>{''.join(shown)}</root>")

    def all(self, tag: str, class_: str = "") -> list[Element]:
        return [each for each in self.root.iter(tag) if not class_ or class_ in each.get("class", "").split()]

    def texts(self, tag: str, class_: str = "") -> list[str]:
        return [text(each) for each in self.all(tag, class_)]

    def link(self, words: str) -> str:
        """Where the link with these words leads."""
        (target,) = {each.get("href") for each in self.all("a") if text(each) == words}
        assert target is not None
        return target

    def follow(self, target: str) -> None:
        """Go where a link leads, as the browser would."""
        path, _, query = target.removeprefix("./").partition("?")
        self.app._page_hash = calc_hash(path)
        self.app.query_params.clear()
        self.app.query_params |= parse_qs(query)
        self.app.run()


def text(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


@pytest.fixture
def show(monkeypatch: pytest.MonkeyPatch, herning: Path):
    def page(page: str = "", *, archive: Path = herning, **parameters: str | list[str]) -> Page:
        return Page(monkeypatch, archive, page, **parameters)

    return page


# ── asking ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_first_page_offers_a_field_and_questions_the_minutes_can_answer(show):
    page = show()

    assert page.texts("h1") == ["Hvad vil du vide?"]
    assert [each.placeholder for each in page.app.chat_input] == ["Skriv et emne eller et spørgsmål, og tryk Enter"]
    assert [question for question in page.texts("a") if question.startswith("Hvad blev")] == [
        "Hvad blev besluttet om indsatsen i og omkring Bethaniagade?",
        "Hvad blev besluttet om fremtidigt navn for beskæftigelsesindsatsen i Herning Kommune?",
        "Hvad blev besluttet om kernefortælling for implementeringen af beskæftigelsesreformen?",
    ]
    assert "Indlæst: 1 møde fra Beskæftigelsesudvalget, den 28. april 2026." in page.texts("p")


def test_every_example_question_is_answered_by_the_item_it_was_made_from(show):
    examples = [each.get("href") for each in show().all("a") if text(each).startswith("Hvad blev besluttet om")]
    found = []
    for target in examples:
        page = show()
        page.follow(target)
        found.append(page.texts("p", "ps-about")[0].split(":")[0])

    assert found == ["Punkt 33", "Punkt 32", "Punkt 31"]


def test_examples_are_taken_from_the_meetings_in_turn_and_not_from_what_every_meeting_has(show, tmp_path):
    agenda = ": Godkendelse af dagsorden\n\nBeslutning\n\nGodkendt."
    files = write(
        tmp_path,
        culture=referat(agenda, THEATRE, SWIMMING),
        economy=referat(agenda, LIBRARY, committee="Økonomiudvalget", day=date(2026, 4, 16)),
    )
    page = show(archive=archive_of(tmp_path, *files))

    assert [question for question in page.texts("a") if question.startswith("Hvad blev")] == [
        "Hvad blev besluttet om Åbningstider på biblioteket?",
        "Hvad blev besluttet om Tilskud til Kildemose Teaterforening?",
        "Hvad blev besluttet om Svømmehallens tag?",
    ]


def test_a_typed_question_is_answered_and_stands_in_the_address(show):
    page = show()
    page.app.chat_input[0].set_value(BETHANIAGADE).run()

    assert page.app.query_params == {"q": BETHANIAGADE}
    assert page.texts("h1") == [BETHANIAGADE]


def test_the_decision_comes_first_then_what_it_adopts_then_what_it_adds(show):
    page = show(q=BETHANIAGADE)
    (card, *_) = page.all("section", "ps-card")

    assert [text(each) for each in card.iter("h2")] == ["Besluttet her✓Tiltrådt med tilføjelse"]
    assert [text(each) for each in card.iter("h3")] == ["Beskæftigelsesudvalget, 28. april 2026"]
    assert page.texts("p", "ps-about")[0] == (f"Punkt 33: {TITLE} · sag 15.00.00-G01-7-25 · se hele sagen ›")
    assert [text(each) for each in card.iter("blockquote")] == ["Indstillingen er tiltrådt."]
    assert [text(each) for each in card.iter("h4")] == [
        "Det indebærer (indstillingens linjer, som beslutningen tiltræder)",
        "Tilføjet i beslutningen",
    ]
    adopted, added = (each for each in card.iter("ul"))
    assert [text(each.find("span")) for each in adopted] == [
        "at Beskæftigelsesudvalget tager status på tiltag til efterretning",
        "at Beskæftigelsesudvalget godkender:",  # the line the next three stand under
        "at der arbejdes videre med muligheden for et overdækket skur i gården på Blå Kors Varmestue",
        AWAITED,
        "at udvalget drøfter formidlingen af initiativerne.",
    ]
    assert [text(each.find("span")) for each in added] == ["Videoovervågning igangsættes hermed."]


def test_every_citation_opens_its_place_with_the_quote_marked_and_the_page_beside_it(show):
    page = show(q=BETHANIAGADE)
    page.follow(page.link("Beskæftigelsesudvalget, 28. april 2026, punkt 33, s. 9"))

    assert page.texts("h1") == [TITLE]
    assert page.texts("mark") == ["Indstillingen er tiltrådt."]
    assert page.texts("h2")[-2:] == ["Sagens gang", "Beskæftigelsesudvalget, 28. april 2026, punkt 33, s. 9"]
    assert len(page.app.image) == 1
    page.follow(page.link("← Tilbage til svaret"))
    assert page.texts("h1") == [BETHANIAGADE]


def test_the_mark_on_the_place_is_the_quote_for_every_claim_of_an_answer(show):
    page = show(q=BETHANIAGADE)
    quotes = [
        *page.texts("blockquote"),
        *(text(each.find("span")) for each in page.all("li") if each.find("span[@lang]") is not None),
    ]
    targets = [each.get("href") for each in page.all("a", "ps-cite")]

    assert len(targets) >= 6
    for target in targets:
        page.follow(target)
        marked = " ".join(page.texts("mark"))
        assert any(quote.endswith(marked) for quote in quotes), marked


def test_earlier_steps_that_are_not_loaded_are_shown_as_such(show):
    (thread,) = show(q=BETHANIAGADE).all("ol", "ps-thread")

    assert [text(each) for each in thread] == [
        "2. december 2025Beskæftigelsesudvalget, punkt 65 ikke indlæst",
        "8. december 2025Økonomi-, Erhvervs- og Uddannelsesudvalget, punkt 255 ikke indlæst",
        f"28. april 2026Beskæftigelsesudvalget, punkt 33 {TITLE}✓Tiltrådt med tilføjelse",
    ]


def test_what_is_not_in_the_minutes_is_said_not_to_be_and_what_is_loaded_is_named(show):
    page = show(q="Hvad blev besluttet om svømmehallen?")
    (notice,) = page.all("section", "ps-abstention")

    assert text(notice).startswith("Står ikke i det indlæste")
    assert "Indlæst: 1 møde fra Beskæftigelsesudvalget, den 28. april 2026." in text(notice)
    assert text(notice).count("Indlæst:") == 1
    assert page.all("blockquote") == []
    assert "Nærmeste punkter" in page.texts("h2")


def test_a_follow_up_keeps_its_subject_until_the_reader_drops_it(show):
    page = show(q=BETHANIAGADE)
    page.app.chat_input[0].set_value("Og hvem besluttede det?").run()

    assert page.app.query_params == {"q": "Og hvem besluttede det?", "foer": BETHANIAGADE}
    assert page.texts("span", "ps-chip") == [f"Fortsætter emnet: {BETHANIAGADE}✕"]
    page.follow(page.link("✕"))
    assert page.app.query_params == {"q": "Og hvem besluttede det?"}
    assert page.all("span", "ps-chip") == []


def test_the_chip_of_a_long_conversation_names_the_question_that_has_the_subject(show):
    page = show(q="og hvorfor?", foer=[BETHANIAGADE, "and who voted against?"])

    assert page.texts("span", "ps-chip") == [f"Fortsætter emnet: {BETHANIAGADE}✕"]


def test_who_was_there_is_shown_as_the_meetings_own_list_with_its_meeting_and_source(show, tmp_path):
    archive = archive_of(tmp_path, *sorted((ROOT / "tests/minutes/lindholt").glob("*.txt")))
    page = show(archive=archive, q="Hvem var fraværende på Kulturudvalgets møde den 10. september 2026?")
    card = next(each for each in page.all("section", "ps-card") if "deltagerliste" in text(each))

    assert text(card).startswith(
        "Fra mødets deltagerlisteKulturudvalget, 10. september 2026Fraværende: Bo Lind (C)Til stede: Jesper Mose (A, f"
    )
    assert "kulturudvalget-2026-09-10.txt" in text(card)
    assert page.link("Kulturudvalget, 10. september 2026").endswith("lindholt%2Fkulturudvalget%2F2026-09-10")
    assert page.texts("blockquote") == ["Britt Dal deltog ikke i behandlingen af punktet."]


def test_a_question_with_a_subject_of_its_own_shows_no_chip(show):
    page = show(q="Hvad kommer beskæftigelsesindsatsen til at hedde?", foer=BETHANIAGADE)

    assert page.all("span", "ps-chip") == []
    assert page.link("Nyt emne") == "./"


def test_an_english_question_is_answered_in_english_and_the_minutes_stay_danish(show):
    page = show(q="What was decided about Bethaniagade?")
    (article,) = page.all("article")

    assert article.get("lang") == "en"
    assert page.texts("a", "ps-cite")[0] == "Beskæftigelsesudvalget, 28 April 2026, item 33, p. 9"
    assert {each.get("lang") for each in page.all("blockquote")} == {"da"}


def test_the_interface_turns_english_and_stays_so_from_link_to_link(show):
    page = show(q="Bethaniagade")
    page.follow(page.link("English"))

    assert page.app.query_params == {"q": "Bethaniagade", "sprog": "en"}
    assert page.texts("h4")[1] == "Added in the decision"
    assert page.app.chat_input[0].placeholder == "Type a subject or a question and press Enter"
    inner = [each.get("href") or "" for each in page.all("a") if not (each.get("href") or "").startswith("#")]
    assert [target for target in inner if "sprog=en" not in target] == [page.link("Dansk")]


# ── the reader's filter ──────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def two_committees(tmp_path: Path) -> Path:
    """Swimming in the culture committee in March, the theatre in the economy committee in March."""
    files = write(
        tmp_path,
        culture=referat(SWIMMING, THEATRE),
        economy=referat(LIBRARY, committee="Økonomiudvalget"),
    )
    return archive_of(tmp_path, *files)


def test_a_filter_is_kept_in_the_address_shown_as_a_chip_and_dropped_there(show, two_committees):
    page = show(archive=two_committees, q="Hvad blev besluttet om biblioteket?")
    assert page.texts("h3")[:1] == ["Økonomiudvalget, 12. marts 2026"]

    page.app.multiselect[0].select("Kulturudvalget").run()
    assert page.app.query_params["udvalg"] == "Kulturudvalget"
    assert page.texts("span", "ps-chip") == ["Kulturudvalget✕"]
    assert [each for each in page.texts("ol", "ps-list") if "Økonomiudvalget" in each] == []

    page.follow(page.link("✕"))
    assert page.app.multiselect[0].value == []
    assert page.texts("h3")[:1] == ["Økonomiudvalget, 12. marts 2026"]


def test_a_filter_in_the_address_sets_the_fields(show, herning):
    page = show(q="Bethaniagade", udvalg="Beskæftigelsesudvalget", siden="2026-01-01", indtil="2026-12-31")

    assert page.app.multiselect[0].value == ["Beskæftigelsesudvalget"]
    assert [f"{each.value}" for each in page.app.date_input] == ["2026-01-01", "2026-12-31"]
    assert page.texts("span", "ps-chip") == [
        "Beskæftigelsesudvalget · fra og med 1. januar 2026 · til og med 31. december 2026✕"
    ]


def test_a_period_without_meetings_leaves_nothing_to_answer_with(show):
    page = show(q="Bethaniagade", indtil="2020-12-31")

    assert [text(each) for each in page.all("h2")][:1] == ["Står ikke i det indlæste"]
    assert page.all("ol", "ps-list") == []


# ── an item in its place ─────────────────────────────────────────────────────────────────────────────────────────────


def test_an_item_is_shown_whole_letter_for_letter(show, herning):
    with Archive.open(herning) as archive:
        entry = archive.item(f"{MEETING}/33")
    assert entry is not None
    (article,) = show(punkt=f"{MEETING}/33").all("article", "ps-item")

    shown = [text(each) for each in article.iter() if each.tag in ("h2", "p") and each.get("class") != "ps-unseen"]
    lines = [" ".join(line.split()) for line in entry.item.text.split("\n") if line.strip()]
    assert shown == lines[2:]  # title and case number stand in the head of the page


def test_an_item_leads_to_its_neighbours_its_meeting_and_the_other_pages_of_its_source(show):
    page = show(punkt=f"{MEETING}/33", side="8")

    assert page.link("‹ Forrige punkt").endswith("%2F32")
    assert page.link("Næste punkt ›").endswith("%2F34")
    assert page.link("‹ Forrige side").endswith("side=7")
    assert page.link("Næste side ›").endswith("side=9")
    assert page.link("Beskæftigelsesudvalget, 28. april 2026").startswith("./moeder?moede=")


def test_the_first_and_last_item_have_one_neighbour(show):
    assert "‹ Forrige punkt" not in show(punkt=f"{MEETING}/31").texts("a")
    assert "Næste punkt ›" not in show(punkt=f"{MEETING}/37").texts("a")


def test_references_that_are_not_loaded_say_so_and_show_the_words_that_mention_them(show):
    page = show(punkt=f"{MEETING}/33")
    references = [text(each) for each in page.all("li") if each.find("a[@class='ps-quoted']") is not None]

    assert references[0] == (
        "Beskæftigelsesudvalget, 2. december 2025, punkt 65 ikke indlæst"
        "Beskæftigelsesudvalget blev den 2. december 2025 (punkt 65) orienteret om den foreløbige vurdering af "
        "forslagene."
    )


@pytest.mark.parametrize("place", [{"fra": "9000000", "til": "9000001"}, {"fra": "5", "til": "3"}, {"side": "99"}])
def test_a_place_that_does_not_exist_shows_the_item_without_a_mark(show, place):
    page = show(punkt=f"{MEETING}/33", **place)

    assert page.all("mark") == []
    assert page.texts("h2")[-1] == "Beskæftigelsesudvalget, 28. april 2026, punkt 33, s. 7"


def test_a_source_that_is_gone_leaves_the_text(show, tmp_path):
    path = tmp_path / "moved.pdf"
    path.write_bytes(SAMPLE.read_bytes())
    archive = archive_of(tmp_path, path)
    path.unlink()
    page = show(archive=archive, punkt=f"{MEETING}/33")

    assert "Siden kan ikke vises: kildefilen er flyttet eller ændret, siden den blev indlæst." in page.texts("p")
    assert "Videoovervågning igangsættes hermed." in page.texts("p")


def test_a_source_without_pages_is_shown_as_text_alone(show, two_committees):
    page = show(archive=two_committees, punkt="kildemose/kulturudvalget/2026-03-12/2")

    assert len(page.app.image) == 0
    assert "Kilden er en tekstfil uden sider." in page.texts("p")
    assert "at der gives et tilskud på 40.000 kr." in page.texts("p")


def test_of_a_closed_item_only_what_was_published_is_shown(show, tmp_path):
    closed = replace(item("1", "Lukket: Køb af ejendom", (SectionKind.DECISION, "Godkendt.")), is_closed=True)
    with Archive.open(tmp_path / "archive.db", create=True) as archive:
        put(archive, minutes(closed))
    page = show(archive=tmp_path / "archive.db", punkt=closed.key)

    assert "Lukket punkt: kun overskriften og en offentliggjort beslutning er gemt." in page.texts("p")
    assert "Godkendt." in page.texts("p")
    assert len(page.app.image) == 0


def test_an_item_that_is_not_loaded_is_said_not_to_be(show):
    assert show(punkt="ingen/steder/2026-01-01/1").texts("h1") == ["Findes ikke her"]


# ── browsing ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_meetings_are_listed_by_year_and_lead_to_their_items_with_outcomes(show):
    page = show(MEETINGS)
    assert page.texts("h2") == ["2026"]
    page.follow(page.link("Beskæftigelsesudvalget, 28. april 2026"))

    assert page.texts("h1") == ["Beskæftigelsesudvalget, 28. april 2026"]
    assert "Herning · Referat · kl. 13:30 · C3.40 · 7 punkter" in page.texts("p")
    assert [text(each[0]) for each in page.all("ol", "ps-items")[0]] == ["31", "32", "33", "34", "35", "36", "37"]
    assert page.texts("span", "ps-badge")[:4] == [
        "✓Tiltrådt",
        "●Besluttet",
        "✓Tiltrådt med tilføjelse",
        "iTaget til efterretning",
    ]
    page.follow(page.link(TITLE))
    assert page.texts("h1") == [TITLE]


def test_meetings_of_one_committee_can_be_chosen(show, two_committees):
    page = show(MEETINGS, archive=two_committees, vis="moeder")
    page.app.selectbox[0].select("Økonomiudvalget").run()

    assert page.app.query_params == {"udvalg": "Økonomiudvalget", "vis": "moeder"}
    assert page.texts("a", "ps-title") == ["Økonomiudvalget, 12. marts 2026"]
    assert "1 møde" in page.texts("span", "ps-meta")


def test_an_agenda_is_said_to_be_one_and_has_no_outcomes(show, tmp_path):
    archive = archive_of(tmp_path, *write(tmp_path, march=dagsorden(THEATRE)))
    page = show(MEETINGS, archive=archive, moede="kildemose/kulturudvalget/2026-03-12")

    assert "Dagsorden, ikke behandlet endnu" in text(page.root)
    assert page.all("span", "ps-badge") == []


def test_many_meetings_come_a_page_at_a_time(show, tmp_path):
    with Archive.open(tmp_path / "archive.db", create=True) as archive:
        for number in range(60):
            key = f"kildemose/udvalget/20{10 + number // 12}-{number % 12 + 1:02}-01"
            put(archive, minutes(item("1", "Sag", meeting=key), key=key), f"{number}.txt")
    page = show(MEETINGS, archive=tmp_path / "archive.db")

    assert len(page.all("a", "ps-title")) == 50
    page.follow(page.link("Ældre møder ›"))
    assert len(page.all("a", "ps-title")) == 10
    assert page.texts("h2") == ["2010"]


def test_a_meeting_that_is_not_loaded_is_said_not_to_be(show):
    assert show(MEETINGS, moede="ingen/steder/2026-01-01").texts("h1") == ["Findes ikke her"]


# ── documents ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_documents_are_listed_with_figures_model_and_the_way_to_add_more(show):
    page = show(DOCUMENTS)

    figures = {text(each[0]): text(each[1]) for each in page.all("div") if len(each) == 2 and each[0].tag == "dt"}
    assert (figures["fil"], figures["møde"], figures["punkter"]) == ("1", "1", "7")
    assert str(SAMPLE) in page.texts("span", "ps-source")
    assert "Beskæftigelsesudvalget, 28. april 2026 · Referat · 13 sider" in page.texts("span", "ps-meta")
    assert "punktsvar-static-da-en · 256 dimensioner" in page.texts("p")
    assert page.texts("code") == ["python -m ingest add MAPPE/MED/REFERATER"]


def test_failed_files_stand_with_their_reason_and_superseded_ones_apart(show, tmp_path):
    (tmp_path / "damaged.pdf").write_bytes(b"%PDF-1.7 nothing")
    files = write(tmp_path, agenda=dagsorden(THEATRE), minutes=referat(THEATRE))
    page = show(DOCUMENTS, archive=archive_of(tmp_path, tmp_path / "damaged.pdf", *files))

    sections = {text(each.find("h2")): text(each) for each in page.all("section")}
    assert "damaged.pdf" in sections["Filer, der ikke kunne læses"]
    assert "agenda.txt" in sections["Filer bag en bedre kilde"]
    assert "minutes.txt" in sections["Indlæste filer"]


# ── when something is amiss ──────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("page", ["", MEETINGS, DOCUMENTS])
def test_without_an_archive_the_app_says_what_to_run(show, tmp_path, page):
    shown = show(page, archive=tmp_path / "none.db")

    assert shown.texts("h1") == ["Der er ikke indlæst noget endnu"]
    assert shown.texts("code")[0] == "python -m ingest add data/minutes"
    assert f"{tmp_path / 'none.db'}" in text(shown.root)


def test_an_archive_with_nothing_in_it_still_has_a_first_page(show, tmp_path):
    page = show(archive=archive_of(tmp_path))

    assert "Der er ikke indlæst nogen referater endnu." in page.texts("p")
    assert page.texts("code") == ["python -m ingest add MAPPE/MED/REFERATER"]


def test_a_file_that_is_no_archive_is_said_to_be_none(show, tmp_path):
    (tmp_path / "letter.db").write_text("Kære kommune")
    page = show(archive=tmp_path / "letter.db")

    assert page.texts("h1") == ["Arkivet kan ikke åbnes"]


def test_a_fault_shows_a_sentence_and_no_trace(show, monkeypatch, caplog):
    def ask(*_: object, **__: object) -> None:
        raise RuntimeError("secret detail")

    monkeypatch.setattr(Assistant, "ask", ask)
    page = show(q="Bethaniagade")

    assert page.texts("h1") == ["Noget gik galt"]
    assert "secret" not in text(page.root)
    assert "secret detail" in caplog.text


def test_what_is_ingested_while_the_app_runs_is_found_at_the_next_question(show, tmp_path):
    archive = archive_of(tmp_path, *write(tmp_path, first=referat(THEATRE)))
    page = show(archive=archive, q="Hvad blev besluttet om biblioteket?")
    assert page.texts("h2")[0] == "Står ikke i det indlæste"

    archive_of(tmp_path, *write(tmp_path, second=referat(LIBRARY, committee="Fritidsudvalget")))
    page.app.run()
    assert page.texts("h3")[0] == "Fritidsudvalget, 12. marts 2026"


def test_an_archive_put_in_the_place_of_another_is_the_one_that_answers(show, tmp_path):
    for name, body in (("one", THEATRE), ("two", LIBRARY)):
        (tmp_path / name).mkdir()
        archive_of(tmp_path / name, *write(tmp_path / name, march=referat(body)))
    archive = tmp_path / "one/archive.db"
    page = show(MEETINGS, archive=archive, moede="kildemose/kulturudvalget/2026-03-12")
    assert page.texts("a", "ps-title") == ["Tilskud til Kildemose Teaterforening"]

    (tmp_path / "two/archive.db").replace(archive)
    page.app.run()
    assert page.texts("a", "ps-title") == ["Åbningstider på biblioteket"]


@pytest.mark.parametrize(
    ("arguments", "environment", "chosen"),
    [
        ([], "", DEFAULT_PATH),
        ([], "/tmp/mine.db", Path("/tmp/mine.db")),
        (["--archive", "/tmp/told.db"], "/tmp/mine.db", Path("/tmp/told.db")),
        (["--unknown"], "", DEFAULT_PATH),
    ],
)
def test_the_archive_is_the_one_told_else_the_one_in_the_environment_else_the_usual(
    monkeypatch, arguments, environment, chosen
):
    monkeypatch.setattr(sys, "argv", ["app.py", *arguments])
    monkeypatch.setenv("PUNKTSVAR_ARCHIVE", environment)

    assert app.archive_path() == chosen


def test_importing_the_app_loads_no_torch_and_no_pdf_library():
    heavy = ("torch", "transformers", "faiss", "pypdf", "pypdfium2")
    code = f"import sys, app; print([name for name in {heavy} if name in sys.modules])"
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)

    assert run.stdout.strip() == "[]"


# ── documents and questions are data ─────────────────────────────────────────────────────────────────────────────────

# All the elements the app makes; whatever else is found came out of a document.
OURS = set(
    "root header footer nav article section div span p a h1 h2 h3 h4 ul ol li dl dt dd blockquote mark pre code "
    "details summary button kbd b strong".split()
)


@pytest.fixture
def shady(tmp_path: Path) -> Path:
    return hostile.write(tmp_path / "archive.db", load())


@pytest.mark.parametrize(
    ("page", "parameters"),
    [
        ("", {}),
        ("", {"q": "Bethaniagade"}),
        ("", {"q": f"Bethaniagade {hostile.TEXTS[0]} {hostile.TEXTS[6]}", "foer": hostile.TEXTS[1]}),
        (
            "",
            {
                "q": f"og det? {hostile.TEXTS[2]}",
                "foer": f"Bethaniagade {hostile.TEXTS[5]}",
                "udvalg": hostile.TEXTS[5],
            },
        ),
        ("", {"punkt": hostile.ITEM, "fra": "0", "til": "60"}),
        ("", {"punkt": hostile.TEXTS[0]}),
        (MEETINGS, {}),
        (MEETINGS, {"moede": hostile.MEETING}),
        (DOCUMENTS, {}),
        (PENDING, {"kommune": hostile.TEXTS[5], "udvalg": hostile.TEXTS[5]}),
        (PENDING, {}),
        (MEETING_MODE, {"moede": hostile.MEETING, "punkt": hostile.ITEM, "q": hostile.TEXTS[2]}),
    ],
    ids=[
        *("start", "answer", "question", "follow-up", "item", "missing", "meetings", "meeting", "documents"),
        *("pending-nowhere", "pending", "meeting-mode"),
    ],
)
def test_markup_in_documents_and_questions_is_only_ever_text(show, shady, page, parameters):
    shown = show(page, archive=shady, **parameters)

    assert {each.tag for each in shown.root.iter()} <= OURS
    attributes = {key for each in shown.root.iter() for key in each.attrib}
    assert not {key for key in attributes if key.startswith("on") or key in ("src", "style")}
    assert all((each.get("href") or "./").startswith(("./", "#")) for each in shown.root.iter())
    assert len(shown.app.markdown) == 0  # nothing goes the way of Markdown
    labels = [
        each.label for kind in ("multiselect", "selectbox", "date_input", "button") for each in shown.app.get(kind)
    ]
    assert not any(sign in label for label in labels for sign in "<[$*:")


def test_hostile_titles_and_texts_are_shown_letter_for_letter(show, shady):
    shown = text(show(archive=shady, punkt=hostile.ITEM).root)

    assert [each for each in hostile.TEXTS if " ".join(each.split()) not in shown] == []
