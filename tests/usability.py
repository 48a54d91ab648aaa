"""Ten first-time tasks, done in a browser with what is in sight alone; their price in seconds and their pictures.

    python -m tests.usability [--pictures FOLDER] [--keep]

`--keep` puts the table into docs/usability.md; without it, it is printed. Needs what tests.screenshots needs.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from PIL import Image

from ingest.archive import Archive
from ingest.encoders import load
from ingest.pipeline import ingest
from tests.browser import chromium, views
from tests.browser.newcomer import Effort, Newcomer
from tests.browser.reader import LAPTOP, Reader, profile
from tests.example import formats
from tests.quality import page as pages
from tests.served import ROOT, served

PAGE = ROOT / "docs" / "usability.md"
FOLDER = ROOT / "docs" / "screenshots"
LIMIT = 30  # seconds of a newcomer's time
_HEAVIEST = 120_000  # bytes of a picture
_SAMPLE = next((ROOT / views.SAMPLE).glob("*.pdf"))

_NAV, _FIRST = ".ps-top nav a", ".ps-card >> nth=0"
_FEES = "takster i skolefritidsordninger"
_WATCHED = "Hvem besluttede videoovervågning?"


@dataclass(frozen=True, slots=True)
class Task:
    """Something a newcomer wants, from which archive, how, and from what: with `after`, from what that left on the
    screen; else from the front page."""

    name: str
    title: str
    do: Callable[[Newcomer], None]
    is_sample: bool
    after: Callable[[Newcomer], None] | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """What a task took, from where it begins, and what came before it from the front page on."""

    task: Task
    steps: tuple[str, ...]
    effort: Effort
    before: Effort


# ── the tasks ────────────────────────────────────────────────────────────────────────────────────────────────────────


def find(someone: Newcomer) -> None:
    someone.ask(_FEES)
    someone.read(_FIRST, saying="Byrådet besluttede, at stigningen fordeles over to år")


def what_it_replaced(someone: Newcomer) -> None:
    someone.click("se hele sagen", f"{_FIRST} >> a")
    someone.read(".ps-course", saying="at taksten for heldagsplads sættes til 1.775 kr.")


def why(someone: Newcomer) -> None:
    someone.ask("Hvorfor?")
    someone.read(_FIRST, saying="for at dække stigende lønninger")


def pending(someone: Newcomer) -> None:
    someone.click("Afventer", _NAV)
    someone.read(".ps-page p, .ps-page h1, .ps-page h2, .ps-page h3")


def who_and_when(someone: Newcomer) -> None:
    someone.ask(_WATCHED)
    someone.read(".ps-card h3", saying="Beskæftigelsesudvalget, 28. april 2026")
    someone.read(f"{_FIRST} >> .ps-lines-addition", saying="Videoovervågning igangsættes hermed.")
    someone.read(
        ".ps-block:has-text('Den 8. december') h3, .ps-block:has-text('Den 8. december') blockquote",
        saying="Den 8. december 2025 besluttede",
    )


def source_page(someone: Newcomer) -> None:
    someone.click("Beskæftigelsesudvalget, 28. april 2026, punkt 33, s. 9", ".ps-card >> nth=0 >> a")
    someone.read(".ps-item mark", saying="Indstillingen er tiltrådt.")
    assert someone.page.locator(".st-key-sheet img").is_visible()


def share(someone: Newcomer) -> None:
    said = ".ps-toast >> text=Linket"
    someone.click("Kopiér link", ".st-key-hand button", until=lambda: someone.page.wait_for_selector(said))
    someone.read(".ps-toast", saying="Linket til visningen er kopieret")
    copied = someone.page.evaluate("navigator.clipboard.readText()")
    colleague = Reader(someone.page.context, someone.reader.home)
    colleague.page.goto(copied)
    colleague.settle()
    assert colleague.page.inner_text(".ps-answer h1") == _WATCHED
    colleague.close()


def brief(someone: Newcomer) -> None:
    someone.click("Udvalg", _NAV)
    someone.click("Overblik", ".ps-list a")
    someone.read(".ps-item-head, .ps-contents")
    with someone.page.expect_download() as saved:
        someone.click("Hent som Word", ".st-key-committee_tools button", until=lambda: None)
    assert saved.value.suggested_filename.endswith(".docx")


def prepare(someone: Newcomer) -> None:
    someone.click("Forbered møde", _NAV)
    second = someone.page.locator(".ps-mode-agenda a >> nth=1").inner_text()
    someone.click(second, ".ps-mode-agenda a")
    someone.read(".ps-mode h1, .ps-mode h2, .ps-mode .ps-line, .ps-mode .ps-quote, .ps-mode .ps-lines", saying=second)


def load_file(someone: Newcomer) -> None:
    someone.click("Dokumenter", _NAV)
    someone.choose_file(_SAMPLE, "Vælg filer", "[data-testid=stFileUploader] button, .st-key-hand_in label")
    done = ".st-key-jobs .ps-badge-good"
    someone.click(
        "Indlæs",
        "[data-testid=stFormSubmitButton] button",
        until=lambda: someone.page.wait_for_selector(done, timeout=60_000),
    )
    someone.read(".st-key-jobs", saying="færdig")


TASKS = (
    Task("decided", "Find what was decided about X", find, False),
    Task("replaced", "… and what that replaced", what_it_replaced, False, find),
    Task("why", "… and why", why, False, find),
    Task("pending", "What is pending", pending, False),
    Task("who", "Who decided video surveillance, and when", who_and_when, True),
    Task("page", "Open the page of the PDF", source_page, True, who_and_when),
    Task("share", "Share the answer with a colleague", share, True, who_and_when),
    Task("brief", "Brief a new member of a committee", brief, False),
    Task("prepare", "Prepare the next meeting", prepare, False),
    Task("load", "Load a new PDF", load_file, False),
)


def measured(browser: Any, homes: dict[bool, str], folder: Path) -> Iterator[Result]:
    """Each task in a window of its own, done from the front page on, with a picture of where it ends."""
    for task in TASKS:
        context = profile(browser, size=LAPTOP)
        context.grant_permissions(["clipboard-read", "clipboard-write"])
        reader = Reader(context, homes[task.is_sample])
        reader.open()
        someone = Newcomer(reader)
        if task.after:
            task.after(someone)
        before = someone.effort
        someone.begin()
        task.do(someone)
        assert not reader.complaints, reader.complaints
        picture(reader.page, folder / f"usability-{task.name}.png")
        yield Result(task, tuple(someone.done), someone.effort, before)
        context.close()


def picture(page: Any, path: Path) -> None:
    """The window as it stands, in as few colours as the limit of its file takes."""
    page.evaluate("document.fonts.ready")
    page.wait_for_timeout(300)
    page.screenshot(path=path)
    image = Image.open(path).convert("RGB")
    for colours in (128, 64, 32):
        image.quantize(colours, dither=Image.Dither.NONE).save(path, optimize=True)
        if path.stat().st_size <= _HEAVIEST:
            return
    raise ValueError(f"{path} is heavier than {_HEAVIEST} bytes")


def table(results: list[Result]) -> str:
    """The results as Markdown, a task a row."""
    rows = [
        "| task | steps | clicks | keys | wheel | words read | machine, s | newcomer, s | from the front page, s |",
        "|---|---|--:|--:|--:|--:|--:|--:|--:|",
    ]
    for number, each in enumerate(results, 1):
        spent = each.effort
        rows.append(
            f"| {number}. [{each.task.title}](screenshots/usability-{each.task.name}.png) | {'; '.join(each.steps)} "
            f"| {spent.clicks} | {spent.keys} | {spent.turns} | {spent.words} | {spent.machine:.1f} "
            f"| **{spent.seconds:.0f}** | {spent.seconds + each.before.seconds:.0f} |"
        )
    return "\n".join(rows)


@contextmanager
def homes(folder: Path) -> Iterator[dict[bool, str]]:
    """The app over the example, and over the sample (True), each with editing on."""
    os.environ["PUNKTSVAR_EDITING"] = "on"
    written = formats.write(folder / "example", ["firstagenda-pdf"])
    with Archive.open(folder / "example.db", create=True) as archive:
        ingest(archive, written, encoder=load())
    with served(folder / "example.db") as example, served(views.written(folder / "sample.db")) as sample:
        yield {False: example.home, True: sample.home}


def main() -> None:
    """Do the tasks; say which take a newcomer longer than the limit, and fail if any does."""
    parser = argparse.ArgumentParser(prog="python -m tests.usability", description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--pictures", type=Path, default=FOLDER, help="where the pictures go")
    parser.add_argument("--keep", action="store_true", help=f"put the table into {PAGE.relative_to(ROOT)}")
    options = parser.parse_args()
    if reason := chromium.missing():
        sys.exit(reason)
    os.chdir(ROOT)
    options.pictures.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as temporary, homes(Path(temporary)) as served_at, chromium.launched() as browser:
        results = list(measured(browser, served_at, options.pictures))
    print(pages.renew({"tasks": table(results)}, PAGE) if options.keep else table(results))
    if slow := [each.task.title for each in results if each.effort.seconds > LIMIT]:
        sys.exit(f"over {LIMIT} s: {', '.join(slow)}")


if __name__ == "__main__":
    main()
