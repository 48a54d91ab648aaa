"""Drive the app in headless Chromium as a reader would, and picture what it shows for the docs.

    python -m tests.screenshots [FOLDER]

Needs playwright (`pip install playwright`) and Chromium (`apt install chromium`); the app needs neither. On the way it
checks what only a browser can tell: where the cursor is, that links and the Back button stay in the session, that
nothing is fetched from elsewhere, that no page scrolls sideways, that markup in documents is shown letter for letter.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlencode

sys.path.insert(0, str(Path(__file__).parent))  # as pytest does, for the modules beside this one

import hostile

from ingest.archive import Archive
from ingest.encoders import load
from ingest.pipeline import ingest

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "docs" / "screenshots"
ARGUMENTS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()
QUESTION = "Hvad blev besluttet om Bethaniagade?"
ITEM = "herning/beskaeftigelsesudvalget/2026-04-28/33"
DECISION = "Indstillingen er tiltrådt."
LAPTOP, PHONE, PROJECTOR = (1280, 900), (375, 812), (1920, 1080)


class Reader:
    """Someone at a browser window of a size, with a light or a dark screen."""

    def __init__(self, browser: Any, home: str, *, size: tuple[int, int] = LAPTOP, is_dark: bool = False) -> None:
        width, height = size
        self.context = browser.new_context(
            viewport={"width": width, "height": height},
            device_scale_factor=2 if size == PHONE else 1,
            color_scheme="dark" if is_dark else "light",
            reduced_motion="reduce",
        )
        self.page = self.context.new_page()
        self.home = home
        self.asked_elsewhere: list[str] = []
        self.page.on("request", self._note)
        self.page.on("dialog", lambda dialog: sys.exit(f"a script ran: {dialog.message}"))

    def _note(self, request: Any) -> None:
        if not request.url.startswith((self.home, self.home.replace("http", "ws"), "data:", "blob:")):
            self.asked_elsewhere.append(request.url)

    def open(self, path: str = "", **parameters: str) -> None:
        """Go to an address and wait until it is all there."""
        query = f"?{urlencode(parameters)}" if parameters else ""
        self.page.goto(f"{self.home}/{path}{query}")
        self.settle()

    def settle(self) -> None:
        """Wait until the view is complete: its foot names the address that is open."""
        self.page.wait_for_function(
            "document.querySelector(`[data-view='./${location.pathname.slice(1)}${location.search}']`)", timeout=30_000
        )
        self.page.wait_for_function("[...document.images].every((image) => image.complete)")
        self.page.wait_for_timeout(700)

    def type(self, question: str) -> float:
        """Type into whatever has the cursor and press Enter; the seconds until the answer is there."""
        self.page.keyboard.type(question)
        begun = time.perf_counter()
        self.page.keyboard.press("Enter")
        self.page.wait_for_selector(f".ps-answer h1:has-text('{question}')")
        return time.perf_counter() - begun

    def follow(self, selector: str) -> None:
        self.page.locator(selector).first.click()
        self.settle()

    def picture(self, path: Path) -> None:
        """Picture the window."""
        wide = self.page.evaluate("(e => e.scrollWidth - e.clientWidth)(document.querySelector('.stMain'))")
        expect(wide == 0, f"{path.name} scrolls sideways by {wide} pixels")
        self.page.screenshot(path=path)
        print(path.name)


def expect(holds: bool, otherwise: str) -> None:
    """End with a sentence unless what should be so is so."""
    if not holds:
        sys.exit(otherwise)


def main(folder: Path) -> None:
    """Everything there is to see, one picture after the other."""
    from playwright.sync_api import sync_playwright

    folder.mkdir(parents=True, exist_ok=True)
    os.chdir(ROOT)  # so that files are named as a reader would name them
    with TemporaryDirectory() as temporary, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=ARGUMENTS)
        sample, shady = Path(temporary) / "sample.db", Path(temporary) / "shady.db"
        with Archive.open(sample, create=True) as archive:
            ingest(archive, ["data/minutes"], encoder=load())
            entry = archive.item(ITEM)
        expect(entry is not None, f"{ITEM} was not read")
        start = entry.item.text.index(DECISION) if entry else 0
        place = {"q": QUESTION, "punkt": ITEM, "fra": str(start), "til": str(start + len(DECISION))}
        with served(sample) as home:
            walk(browser, home, folder)
            at_the_table(browser, home, folder)
            sizes(browser, home, folder, place)
        with served(hostile.write(shady, load())) as home:
            stay_text(browser, home)
        browser.close()


def walk(browser: Any, home: str, folder: Path) -> None:
    """A newcomer asks, follows a citation, goes back, looks around: with the keyboard first."""
    reader = Reader(browser, home)
    page = reader.page
    reader.open()
    expect(page.evaluate("document.activeElement.tagName") == "TEXTAREA", "the cursor is not in the field at start")
    expect(page.evaluate("document.documentElement.lang") == "da", "the page does not say that it is Danish")
    reader.picture(folder / "start.png")

    first = reader.type(QUESTION)
    reader.settle()
    expect(DECISION in page.inner_text(".ps-card blockquote"), "the decision is not the first thing")
    expect(page.evaluate("document.activeElement.tagName") == "TEXTAREA", "the cursor left the field")
    expect(
        QUESTION in page.inner_text("[role=status]") or page.inner_text("[role=status]") != "", "nothing was announced"
    )
    reader.picture(folder / "answer.png")

    page.evaluate("window.isSameSession = true")
    reader.follow(".ps-cite")
    expect(page.inner_text("mark") == DECISION, "the quote is not marked at its place")
    top = page.evaluate("document.querySelector('mark').getBoundingClientRect().top")
    expect(0 < top < LAPTOP[1], "the mark is not scrolled to")
    expect(page.locator(".st-key-sheet img").is_visible(), "the page of the source is not beside it")
    reader.picture(folder / "place.png")
    page.go_back()
    page.wait_for_selector(f".ps-answer h1:has-text('{QUESTION}')")
    reader.settle()
    second = reader.type("Og hvem besluttede det?")
    reader.settle()
    expect("Fortsætter emnet" in page.inner_text(".ps-chip"), "the follow-up lost its subject")
    reader.follow("nav >> text=Møder")
    reader.follow(".ps-list a")
    reader.picture(folder / "meeting.png")
    reader.follow("nav >> text=Dokumenter")
    reader.picture(folder / "documents.png")
    expect(page.evaluate("window.isSameSession === true"), "a link loaded the page anew")
    expect(not reader.asked_elsewhere, f"fetched from elsewhere: {reader.asked_elsewhere}")
    print(f"first answer after {first * 1000:.0f} ms, the next after {second * 1000:.0f} ms")


def at_the_table(browser: Any, home: str, folder: Path) -> None:
    """Someone follows a meeting by keyboard alone, and looks up what is pending."""
    reader = Reader(browser, home, size=PROJECTOR)
    page, meeting = reader.page, ITEM.rpartition("/")[0]
    reader.context.grant_permissions(["clipboard-read", "clipboard-write"])
    reader.open("moedetilstand", moede=meeting)
    page.evaluate("window.isSameSession = true")

    def step(key: str, number: str) -> float:
        begun = time.perf_counter()
        page.keyboard.press(key)
        page.wait_for_selector(f".ps-mode-head:has-text('Punkt {number} ')")
        taken = time.perf_counter() - begun
        reader.settle()
        return taken

    steps = [
        step(key, number) for key, number in (("ArrowRight", "32"), ("j", "33"), ("k", "32"), ("ArrowRight", "33"))
    ]
    small = page.evaluate(
        """[...document.querySelectorAll(".ps-mode *")].filter((each) =>
          [...each.childNodes].some((node) => node.nodeType === 3 && node.data.trim()) && each.getClientRects().length
          && parseFloat(getComputedStyle(each).fontSize) < 24).map((each) => each.outerHTML.slice(0, 80))"""
    )
    expect(not small, f"too small to be read from the wall: {small}")
    reader.picture(folder / "meeting-mode.png")
    page.keyboard.press("c")
    page.wait_for_selector(".ps-said:has-text('Kopieret')")
    copied = page.evaluate("navigator.clipboard.readText()")
    expect(copied == "Beskæftigelsesudvalget, 28-04-2026, punkt 33, sag 15.00.00-G01-7-25", f"copied: {copied}")

    page.keyboard.press("?")
    page.wait_for_selector("dialog.ps-keys[open]")
    page.keyboard.press("j")
    expect("33" in page.inner_text(".ps-mode-head"), "a key fired behind the list of keys")
    reader.picture(folder / "keys.png")
    page.keyboard.press("Escape")
    expect(page.locator("dialog").count() == 0, "Escape does not close the list of keys")
    expect(page.evaluate("document.activeElement.tagName") == "H1", "the focus did not come back from the list of keys")

    page.keyboard.press("s")
    page.keyboard.type("hvad skal videoovervågning koste jcs?")
    expect("33" in page.inner_text(".ps-mode-head"), "a key fired while something was typed")
    page.keyboard.press("Enter")
    page.wait_for_selector(".ps-mode-answer h2:has-text('jcs?')")
    reader.settle()
    for _ in range(2):  # out of the field, then out of the answer
        page.keyboard.press("Escape")
    page.wait_for_selector(".ps-mode-answer", state="detached")
    reader.settle()
    page.keyboard.press("o")
    page.wait_for_selector(".ps-item")
    reader.settle()
    page.keyboard.press("Escape")
    page.wait_for_selector(".ps-mode-head:has-text('Punkt 33 ')")
    reader.settle()
    reader.follow("nav >> text=Afventer")
    reader.picture(folder / "pending.png")
    expect(page.evaluate("window.isSameSession === true"), "a key loaded the page anew")
    expect(not reader.asked_elsewhere, f"fetched from elsewhere: {reader.asked_elsewhere}")
    reader.context.close()
    print(f"an item at the table after {max(steps) * 1000:.0f} ms at most")


def sizes(browser: Any, home: str, folder: Path, place: dict[str, str]) -> None:
    """The same on other screens, by address alone."""
    for name, size, is_dark, parameters in (
        ("answer-phone", PHONE, False, {"q": QUESTION}),
        ("place-phone", PHONE, False, place),
        ("answer-projector", PROJECTOR, False, {"q": QUESTION}),
        ("answer-dark", LAPTOP, True, {"q": QUESTION}),
        ("place-dark", LAPTOP, True, place),
        ("answer-english", LAPTOP, False, {"sprog": "en", "q": "What was decided about Bethaniagade?"}),
        ("not-found", LAPTOP, False, {"q": "Hvad blev besluttet om svømmehallen?"}),
    ):
        reader = Reader(browser, home, size=size, is_dark=is_dark)
        reader.open(**parameters)
        reader.picture(folder / f"{name}.png")
        reader.context.close()


def stay_text(browser: Any, home: str) -> None:
    """Markup in documents and questions is shown letter for letter, and none of it runs."""
    reader = Reader(browser, home)
    page = reader.page
    reader.open(punkt=hostile.ITEM)
    shown = " ".join(page.inner_text(".stMain").split())
    missing = [text for text in hostile.TEXTS if " ".join(text.split()) not in shown]
    expect(not missing, f"not shown letter for letter: {missing}")
    for path, parameters in (
        ("", {}),
        ("", {"q": f"Bethaniagade {hostile.TEXTS[0]} {hostile.TEXTS[1]} {hostile.TEXTS[4]}"}),
        ("", {"q": f"og det? {hostile.TEXTS[2]}", "foer": "Bethaniagade $x$", "udvalg": hostile.TEXTS[5]}),
        ("moeder", {}),
        ("moeder", {"moede": hostile.MEETING}),
        ("moeder", {"vis": "punkter"}),
        ("sag", {"sag": hostile.ITEM}),
        ("udvalg", {"udvalg": hostile.TEXTS[5]}),
        ("dokumenter", {}),
        ("afventer", {}),
        ("moedetilstand", {"moede": hostile.MEETING, "punkt": hostile.ITEM}),
    ):
        reader.open(path, **parameters)
        expect(page.locator(".katex, .stMain script, .stMain svg[onload], .stHtml img").count() == 0, f"{path}: markup")
        expect(
            parameters.get("q", "") in page.inner_text(".stMain"), f"{parameters}: the question is not shown as typed"
        )
    reader.open(q="Bethaniagade")
    page.get_by_role("button", name="Afgræns").click()
    page.locator("[data-testid=stMultiSelect] input").click()
    expect(hostile.TEXTS[5] in page.inner_text("[role=listbox]"), "a committee's name is not shown as it is spelled")
    expect(not reader.asked_elsewhere, f"fetched from elsewhere: {reader.asked_elsewhere}")
    print("markup stays text")


@contextmanager
def served(archive: Path) -> Iterator[str]:
    """The app over an archive, on a port of its own; its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
    environment = os.environ | {"PUNKTSVAR_ARCHIVE": str(archive)}
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
    try:
        home = f"http://127.0.0.1:{port}"
        for _ in range(120):
            try:
                urllib.request.urlopen(f"{home}/_stcore/health").close()
                break
            except OSError:
                time.sleep(0.25)
        yield home
    finally:
        process.terminate()
        process.wait()


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else FOLDER)
