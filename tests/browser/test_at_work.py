"""The app at work: a meeting followed by keyboard, an answer handed on, a committee looked up, files brought in."""

from __future__ import annotations

import csv
import io
import zipfile

import pytest

from tests.browser.reader import PROJECTOR, Reader, profile
from tests.browser.views import ITEM, MEETING, QUESTION, SAMPLE, written
from tests.served import ROOT, served

CITATION = "Beskæftigelsesudvalget, 28-04-2026, punkt 33, sag 15.00.00-G01-7-25"
# What is set smaller than can be read from the wall.
_SMALL = """[...document.querySelectorAll(".ps-mode *")].filter((each) =>
  [...each.childNodes].some((node) => node.nodeType === 3 && node.data.trim()) && each.getClientRects().length
  && parseFloat(getComputedStyle(each).fontSize) < 24).map((each) => each.outerHTML.slice(0, 80))"""


@pytest.fixture
def projected(window, browser):
    context = profile(browser, size=PROJECTOR)
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    return window(context)


def at(reader: Reader, number: str) -> None:
    reader.page.wait_for_selector(f".ps-mode-head:has-text('Punkt {number} ')")
    reader.settle()


def test_a_meeting_is_followed_with_the_keyboard_alone(projected):
    page = projected.page
    projected.open("moedetilstand", moede=MEETING)
    page.evaluate("window.isSameSession = true")
    for key, number in (("ArrowRight", "32"), ("j", "33"), ("k", "32"), ("ArrowRight", "33")):
        page.keyboard.press(key)
        at(projected, number)
    assert page.evaluate(_SMALL) == [], "too small to be read from the wall"

    page.keyboard.press("c")
    page.wait_for_selector(".ps-toast:has-text('Kopieret')")
    assert page.evaluate("navigator.clipboard.readText()") == CITATION

    page.keyboard.press("?")
    page.wait_for_selector("dialog.ps-keys[open]")
    page.keyboard.press("j")
    assert "33" in page.inner_text(".ps-mode-head"), "a key worked behind the list of keys"
    page.keyboard.press("Escape")
    page.wait_for_selector("dialog", state="detached")

    page.keyboard.press("s")
    page.keyboard.type("hvad skal videoovervågning koste jcs?")
    assert "33" in page.inner_text(".ps-mode-head"), "a key worked while something was typed"
    page.keyboard.press("Enter")
    page.wait_for_selector(".ps-mode-answer h2:has-text('jcs?')")
    projected.settle()
    for _ in range(2):  # out of the field, then out of the answer
        page.keyboard.press("Escape")
    page.wait_for_selector(".ps-mode-answer", state="detached")
    projected.settle()

    page.keyboard.press("o")
    page.wait_for_selector(".ps-item")
    projected.settle()
    page.keyboard.press("Escape")
    at(projected, "33")
    assert page.evaluate("window.isSameSession === true"), "a key loaded the page anew"


def test_an_answer_is_handed_on(projected):
    page = projected.page
    projected.open(q=QUESTION)
    page.keyboard.press("Escape")  # out of the field
    page.keyboard.press("c")
    page.wait_for_selector(".ps-toast:has-text('Kopieret')")
    assert page.evaluate("navigator.clipboard.readText()") == CITATION
    page.keyboard.press("l")
    page.wait_for_function("async () => (await navigator.clipboard.readText()).startsWith('http')")
    link = page.evaluate("navigator.clipboard.readText()")
    assert link.startswith(projected.home)
    assert "q=Hvad+blev+besluttet" in link

    page.get_by_role("button", name="Gem svaret").click()
    saved = {}
    for name in ("Word", "Markdown", "Regneark (CSV)"):
        with page.expect_download() as download:
            page.get_by_role("button", name=name).click()
        saved[name] = download.value.path().read_bytes()
    assert "Indstillingen er tiltrådt." in saved["Markdown"].decode()
    assert any("Videoovervågning igangsættes hermed." in row for row in rows(saved["Regneark (CSV)"]))
    document = zipfile.ZipFile(io.BytesIO(saved["Word"])).read("word/document.xml").decode()
    assert "Indstillingen er tiltrådt." in document


def rows(table: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(table.decode("utf-8-sig")), delimiter=";"))


def test_a_committee_is_looked_up_from_the_list_of_bodies_down_to_a_case(reader):
    page = reader.page
    reader.open("moeder", vis="udvalg")
    reader.follow(".ps-list a[href^='./udvalg?']")
    reader.follow(".stHtml a:has-text('Godkendelse af indsatsen i og omkring Bethaniagade')")
    assert "Indstillingen er tiltrådt." in page.inner_text(".stMain")


def test_files_are_brought_in_and_what_is_no_minutes_is_named(browser, tmp_path):
    archive = written(tmp_path / "archive.db")
    (tmp_path / "referat.pdf").write_bytes(b"PK\x03\x04 no pdf at all")
    minutes = next((ROOT / "tests" / "minutes").glob("*/*.txt"))
    with served(archive, PUNKTSVAR_EDITING="on") as server:
        reader = Reader(profile(browser), server.home)
        reader.open("dokumenter")
        reader.page.set_input_files("input[type=file]", [tmp_path / "referat.pdf", minutes])
        reader.page.get_by_role("button", name="Indlæs").first.click()
        reader.page.wait_for_selector(".stMain:has-text('referat.pdf')")
        reader.page.wait_for_function("document.querySelector('.stMain').innerText.includes('2 møder')", timeout=30_000)
        reader.close()
        assert reader.complaints == []


def test_where_editing_is_off_nothing_can_be_brought_in(reader):
    reader.open("dokumenter")
    assert reader.page.locator("input[type=file]").count() == 0
    assert SAMPLE.name in reader.page.inner_text(".stMain")
    assert ITEM.split("/")[1][:5] in reader.page.inner_text(".stMain").casefold()
