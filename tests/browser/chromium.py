"""A headless Chromium, where there is one; and how long it takes until an answer is painted in it."""

from __future__ import annotations

import importlib.util
import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

NAMES = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()
# Counts from the key to the frame in which the answer to what was typed is painted.
_WATCH = """(question) => new Promise((painted) => {
  addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    const begun = performance.now();
    const look = () => {
      const heading = document.querySelector(".ps-answer h1");
      if (heading?.textContent === question) requestAnimationFrame(() => painted(performance.now() - begun));
      else requestAnimationFrame(look);
    };
    look();
  }, { capture: true, once: true });
})"""


def missing() -> str:
    """Why there is no browser to drive; "" where there is one."""
    if importlib.util.find_spec("playwright") is None:
        return "playwright is not installed (pip install -e '.[browser]')"
    return "" if _program() else "no Chromium (apt install chromium), and PUNKTSVAR_CHROMIUM names none"


def _program() -> str | None:
    return os.environ.get("PUNKTSVAR_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)


@contextmanager
def launched() -> Iterator[Any]:
    """The browser, as playwright drives it, until the block ends."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_program(), args=ARGUMENTS)
        try:
            yield browser
        finally:
            browser.close()


def painted(browser: Any, home: str, questions: Sequence[str]) -> list[float]:
    """Seconds from Enter to the painted answer for each question, typed one after the other; one more before them is
    not counted."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(home)
    field = page.locator("[data-testid=stChatInputTextArea]")
    taken = []
    for question in (f"{questions[0]} Og nu?", *questions):
        field.fill(question)
        page.evaluate(f"window.painted = ({_WATCH})({question!r}); null")
        field.press("Enter")
        taken.append(page.evaluate("window.painted") / 1000)
        page.wait_for_selector("[data-test-script-state=notRunning]")
    context.close()
    return taken[1:]
