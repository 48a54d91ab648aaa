"""The page of documents as people meet it: what is loaded and missing for all, and for editors what to do about it."""

from __future__ import annotations

import dataclasses
import time
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace

import pytest
import streamlit as st
from kildemose import LIBRARY, THEATRE, dagsorden, referat
from publication_site import invented, serving
from streamlit import config
from streamlit.testing.v1 import AppTest
from test_app import Page, archive_of, text

from ingest.archive import Archive
from ingest.uploads import folder_of
from qa.model import Language
from qa.ui import login, reasons, words_documents
from qa.ui.address import DOCUMENTS
from qa.ui.words_documents import DANISH, ENGLISH

LONG = 60.0
MEETING = "kildemose/kulturudvalget/2026-03-12"


@pytest.fixture(autouse=True)
def closed():
    yield
    st.cache_resource.clear()


@pytest.fixture
def loaded(tmp_path: Path) -> Path:
    """An archive with the minutes of a meeting, its agenda behind, and a file that failed."""
    files = {"agenda.txt": dagsorden(THEATRE), "minutes.txt": referat(THEATRE), "bad.txt": "Kaere dagbog"}
    for name, content in files.items():
        (tmp_path / name).write_text(content, encoding="utf-8")
    return archive_of(tmp_path, *(tmp_path / name for name in files))


@pytest.fixture
def show(monkeypatch: pytest.MonkeyPatch, loaded: Path):
    def page(*, archive: Path = loaded, is_editing: bool = True, **parameters: str) -> Page:
        monkeypatch.setenv("PUNKTSVAR_EDITING", "on" if is_editing else "off")
        return Page(monkeypatch, archive, DOCUMENTS, **parameters)

    return page


def labels(app: AppTest) -> list[str]:
    return [each.label for each in app.button]


def press(page: Page, label: str) -> None:
    next(each for each in page.app.button if each.label == label).click().run()


def settle(page: Page) -> None:
    """Until no job is under way."""
    end = time.monotonic() + LONG
    while "Afbryd" in labels(page.app):
        assert time.monotonic() < end
        time.sleep(0.1)
        page.app.run()


# ── for all ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_where_editing_is_off_all_is_told_and_nothing_can_be_done(show):
    page = show(is_editing=False)

    headings = page.texts("h2")
    assert headings[:2] == ["Filer, der ikke kunne læses", "Dækning"]
    assert "Indlæs filer" not in headings
    assert (labels(page.app), len(page.app.get("file_uploader")), page.all("a", "ps-remove")) == ([], 0, [])
    failed = text(page.all("div", "ps-file")[0])
    assert "bad.txt" in failed
    assert failed.endswith("Det ligner ikke et referat: Der blev ikke fundet noget dagsordenspunkt.")


def test_an_address_that_asks_to_remove_does_nothing_for_who_is_no_editor(show, loaded):
    page = show(is_editing=False, fjern=MEETING)
    assert page.all("section", "ps-removal") == []
    with Archive.open(loaded) as archive:
        assert len(archive.meetings()) == 1


def test_coverage_tells_each_committee_its_period_and_its_holes(show):
    page = show(is_editing=False)
    (row,) = (each for each in page.all("li") if [text(head) for head in each.iter("h3")] == ["Kulturudvalget"])
    assert "Kildemose · 1 møde · 1 punkt · 12. marts 2026" in text(row)


def test_headings_come_in_order(show):
    levels = [int(each.tag[1]) for each in show().root.iter() if each.tag in ("h1", "h2", "h3", "h4")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


# ── for editors ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_what_is_handed_in_is_read_in_the_background_and_bad_files_are_named(show, loaded):
    page = show()
    page.app.file_uploader[0].upload("bib.txt", referat(LIBRARY, committee="Byrådet").encode(), "text/plain")
    page.app.file_uploader[0].upload("zip.pdf", b"PK\3\4\0\0", "application/pdf")
    press(page, "Indlæs")
    assert page.texts("section", "ps-warning") == [
        "Ikke modtagetzip.pdfIndholdet er ikke et format, der kan læses. Gem eller udskriv det som PDF først."
    ]
    settle(page)
    assert page.texts("h3")[0] == "Indlæsning af filer ✓færdig"
    assert "1 kilde indlæst." in page.texts("p")
    assert any(each.endswith("bib.txt") for each in page.texts("span", "ps-source"))
    assert [each.name for each in folder_of(loaded).iterdir()] == ["bib.txt"]


def test_the_first_file_can_be_handed_in_before_there_is_an_archive(show, tmp_path):
    page = show(archive=tmp_path / "new" / "archive.db")
    assert page.texts("h1") == ["Der er ikke indlæst noget endnu"]
    press(page, "Indlæs")
    assert page.texts("p", "ps-warning") == ["Vælg mindst én fil først."]
    page.app.file_uploader[0].upload("a.txt", referat(THEATRE).encode(), "text/plain")
    press(page, "Indlæs")
    settle(page)
    page.app.run()
    assert page.texts("h1") == ["Hvad der er indlæst"]


def test_a_failed_file_is_tried_again(show, tmp_path):
    page = show()
    (tmp_path / "bad.txt").write_text(referat(LIBRARY, committee="Byrådet"), encoding="utf-8")
    press(page, "Prøv igen")
    settle(page)
    assert "Filer, der ikke kunne læses" not in page.texts("h2")


def test_before_a_removal_the_reader_is_told_what_goes_and_can_say_no(show, loaded, tmp_path):
    page = show(fjern=str(tmp_path / "minutes.txt"))

    (question,) = page.all("section", "ps-removal")
    told = [text(each) for each in question.iter("li")]
    assert told == [
        "Mødet forsvinder fra alle svar: Kulturudvalget, 12. marts 2026",
        "1 punkt, 1 tidligere udgave",
        f"Filen selv bliver liggende: {tmp_path}/minutes.txt",
        f"I stedet gælder igen: {tmp_path}/agenda.txt",
    ]
    assert page.link("Nej, behold") == f"./{DOCUMENTS}"
    assert page.link("Fjern hele mødet med alle dets filer") == f"./{DOCUMENTS}?fjern={MEETING.replace('/', '%2F')}"
    press(page, "Ja, fjern")
    settle(page)
    assert page.app.query_params == {}
    assert "Dagsorden" in " ".join(page.texts("span", "ps-meta"))


def test_what_is_not_there_cannot_be_removed_and_is_said_not_to_be(show):
    page = show(fjern="nothing.txt")
    assert page.texts("p", "ps-warning") == [DANISH.remove_nothing]
    assert "Ja, fjern" not in labels(page.app)


def test_a_site_is_fetched_with_progress_and_stopped(show):
    with serving() as site:
        site.publish(invented(12))
        page = show()
        page.app.text_input(key="site_address").set_value(site.base)
        page.app.text_input(key="site_municipality").set_value("Kildemose")
        press(page, "Hent det nye")
        end = time.monotonic() + LONG
        while not (bars := [each for each in page.all("progress") if int(each.get("value", 0)) > 1]):
            assert time.monotonic() < end
            time.sleep(0.1)
            page.app.run()
        assert bars[0].get("max") == "12"
        assert bars[0].get("aria-label") == "Hentning fra side"
        # Another reader, or the same one after a reload, sees the same job.
        assert show().all("progress")
        press(page, "Afbryd")
        settle(page)
        page.app.run()
    assert "afbrudt" in page.texts("h3")[0]
    assert "Det, der nåede at komme ind, er i arkivet." in page.texts("p")


def test_no_address_of_a_site_is_said_to_be_none(show):
    page = show()
    page.app.text_input(key="site_address").set_value("javascript:alert(1)")
    press(page, "Hent det nye")
    assert page.texts("p", "ps-warning") == [DANISH.no_site]


def test_who_is_no_editor_any_more_is_refused_at_the_press_of_the_button(show, monkeypatch, loaded):
    page = show(fjern=MEETING)
    monkeypatch.setenv("PUNKTSVAR_EDITING", "off")
    press(page, "Ja, fjern")
    with Archive.open(loaded) as archive:
        assert len(archive.meetings()) == 1
    assert page.texts("section", "ps-removal") == []


# ── who gets in ──────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def open_to_all():
    before = config.get_option("server.address")
    config.set_option("server.address", "0.0.0.0")
    yield
    config.set_option("server.address", before)


def test_others_who_reach_the_app_without_a_login_cannot_edit_and_are_warned_of(show, open_to_all, monkeypatch):
    page = show()
    assert page.texts("div", "ps-warning") == [f"{DANISH.open_to_all}{DANISH.closed_desk}"]
    assert labels(page.app) == []
    monkeypatch.setenv("PUNKTSVAR_TRUSTED_NETWORK", "on")
    page = show()
    assert page.texts("div", "ps-warning") == [DANISH.open_to_all]
    assert "Indlæs" in labels(page.app)


def test_a_wrong_setting_is_told_and_nothing_else_is_shown(show, monkeypatch):
    monkeypatch.setenv("PUNKTSVAR_UPLOAD_MB", "many")
    page = show()
    assert page.texts("h1") == ["En indstilling er forkert"]
    assert "PUNKTSVAR_UPLOAD_MB='many'" in page.texts("p")[-1]
    assert page.all("header") == []


@pytest.fixture
def sign_in(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    """Sets a login up, and signs in whoever these claims are of; None for nobody."""
    secrets = tmp_path / "secrets.toml"
    secrets.write_text(
        '[auth]\nclient_id = "x"\nclient_secret = "y"\nredirect_uri = "http://localhost/oauth2callback"\n'
    )
    before = config.get_option("secrets.files")

    def sign(claims: dict[str, object] | None, *, has_package: bool = True) -> None:
        config.set_option("secrets.files", [str(secrets)])
        st.secrets._reset()
        # Authlib may not be installed here, and no real house signs anybody in: Streamlit's word for it is given.
        told = {"is_logged_in": claims is not None, **(claims or {})}
        monkeypatch.setattr(st, "user", SimpleNamespace(to_dict=lambda: told))
        monkeypatch.setattr(login, "find_spec", lambda name: object() if has_package else None)

    yield sign
    config.set_option("secrets.files", before)
    st.secrets._reset()


@pytest.mark.parametrize("page", ["", "moeder", DOCUMENTS])
def test_where_a_login_is_set_up_nothing_is_shown_to_who_has_not_signed_in(monkeypatch, loaded, sign_in, page):
    sign_in(None)
    monkeypatch.setenv("PUNKTSVAR_EDITING", "on")
    shown = Page(monkeypatch, loaded, page, q="Hvad blev besluttet om teaterforeningen?", fjern=MEETING)
    assert (shown.texts("h1"), labels(shown.app), shown.all("a")) == (["Log ind"], ["Log ind"], [])
    assert "Kulturudvalget" not in "".join(shown.root.itertext())


def test_without_the_package_for_it_a_login_lets_nobody_in_and_says_what_to_install(monkeypatch, loaded, sign_in):
    sign_in({"email": "ida@kildemose.dk"}, has_package=False)
    shown = Page(monkeypatch, loaded, DOCUMENTS)
    assert "pip install 'punktsvar[auth]'" in shown.texts("p")[-1]
    assert labels(shown.app) == []


def test_who_is_signed_in_reads_and_only_editors_edit(monkeypatch, show, sign_in):
    monkeypatch.setenv("PUNKTSVAR_EDITORS", "ida@kildemose.dk")
    monkeypatch.setenv("PUNKTSVAR_READERS", "@kildemose.dk")
    sign_in({"email": "bo@kildemose.dk", "name": "Bo Lind"})
    page = show(fjern=MEETING)
    assert page.texts("h1") == ["Hvad der er indlæst"]
    assert (labels(page.app), page.all("section", "ps-removal")) == (["Log ud"], [])
    assert "Logget ind som Bo Lind" in page.texts("p")
    sign_in({"email": "ida@kildemose.dk"})
    assert {"Indlæs", "Hent det nye", "Ja, fjern", "Log ud"} <= set(labels(show(fjern=MEETING).app))
    sign_in({"email": "eve@example.com"})
    page = show()
    assert (page.texts("h1"), page.texts("p")[-1], labels(page.app)) == (["Log ind"], DANISH.no_access, ["Log ud"])


def test_an_editor_who_was_signed_out_meanwhile_is_refused_at_the_press_of_the_button(
    monkeypatch, show, sign_in, loaded
):
    monkeypatch.setenv("PUNKTSVAR_EDITORS", "ida@kildemose.dk")
    sign_in({"email": "ida@kildemose.dk"})
    page = show(fjern=MEETING)
    sign_in(None)
    press(page, "Ja, fjern")
    with Archive.open(loaded) as archive:
        assert len(archive.meetings()) == 1
    assert page.texts("h1") == ["Log ind"]


# ── words ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_no_text_is_missing_in_either_language():
    for field in dataclasses.fields(DANISH):
        danish, english = getattr(DANISH, field.name), getattr(ENGLISH, field.name)
        assert danish, field.name
        assert english, field.name
        if hasattr(danish, "keys"):
            assert danish.keys() == english.keys(), field.name
            assert all(danish.values()), field.name
            assert all(english.values()), field.name
            (kind,) = {type(key) for key in danish}
            assert set(danish) == set(kind), field.name
    assert words_documents.of(Language.ENGLISH) is ENGLISH


@pytest.mark.parametrize(
    ("source", "reason", "danish"),
    [
        ("data/a.pdf", "/srv/data/a.pdf: the file is empty", "Filen er tom."),
        ("a.pdf", "a.pdf: the PDF has more than 3000 pages; split it", "PDF-filen har mere end 3000 sider. Del den."),
        ("https://x.dk", "https://x.dk/api: answers HTTP 404; is it still on the site?",
         "Siden svarer med en fejl (HTTP 404). Prøv igen senere."),
        ("a.pdf", "a.pdf: KeyError: something nobody foresaw", "KeyError: something nobody foresaw"),
    ],
)  # fmt: skip
def test_reasons_are_told_in_danish_without_the_name_that_stands_beside_them(source, reason, danish):
    assert reasons.told(source, reason, Language.DANISH) == danish


def test_reasons_stay_as_they_are_for_a_reader_of_english():
    assert reasons.told("a.pdf", "/x/a.pdf: the file is empty", Language.ENGLISH) == "the file is empty"
