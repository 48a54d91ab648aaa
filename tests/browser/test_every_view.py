"""What must hold of every view, in both languages, on light and dark screens, and in the narrowest windows."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from tests.browser.reader import LAPTOP, NARROW, ZOOMED, Reader
from tests.browser.views import VIEWS, View, placed

_GRAVE = ("serious", "critical")
_LOOK = """async () => {
  const found = await axe.run(document, { resultTypes: ["violations"] });
  return found.violations.map((each) => [each.impact, each.id,
    each.nodes.map((node) => `${node.target} (${node.failureSummary})`).join("; ")]);
}"""


@pytest.fixture(scope="module")
def axe() -> str:
    """The script of axe-core; "" where it is not installed."""
    found = importlib.util.find_spec("axe_playwright_python")
    folder = next(iter(found.submodule_search_locations or ()), None) if found else None
    return (Path(folder) / "axe.min.js").read_text(encoding="utf-8") if folder else ""


@pytest.fixture(scope="module")
def visitor(known: Any, home: str) -> Iterator[Reader]:
    """One window for all views, as someone has who looks at one after the other."""
    reader = Reader(known, home)
    reader.open()
    yield reader
    reader.close()


def show(visitor: Reader, view: View, language: str, sample: Path) -> None:
    """Go to a view in a language and unfold it."""
    visitor.complaints.clear()
    visitor.page.emulate_media(color_scheme="light")
    visitor.resize(LAPTOP)
    visitor.page.keyboard.press("Escape")  # what the view before has left open
    visitor.go(view.path, **({"sprog": language} if language == "en" else {}), **placed(view, sample))
    if view.unfold:
        visitor.page.locator(view.unfold).first.click()
    visitor.page.wait_for_selector(view.ready)


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("view", VIEWS, ids=[view.name for view in VIEWS])
def test_a_view_is_whole_and_fit_for_everyone(visitor, axe, sample, view, language):
    show(visitor, view, language, sample)
    page = visitor.page
    assert page.evaluate("document.documentElement.lang") == language
    assert page.title().endswith("Punktsvar")
    assert page.locator("h1").count() == 1
    assert skipped_headings(page) == []
    if axe:
        page.evaluate(axe)
        assert grave(page) == []
        page.emulate_media(color_scheme="dark")
        page.wait_for_timeout(150)
        assert grave(page) == []
    for size in (NARROW, ZOOMED):
        visitor.resize(size)
        assert visitor.sideways == 0, f"can be scrolled sideways in {size}"
    assert visitor.complaints == []


def grave(page: Any) -> list[list[str]]:
    """What axe-core finds that keeps someone out."""
    return [each for each in page.evaluate(_LOOK) if each[0] in _GRAVE]


def skipped_headings(page: Any) -> list[tuple[int, int]]:
    """Where the headings go down by more than one level at once."""
    levels = page.evaluate("[...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].map((each) => +each.tagName[1])")
    return [(one, next_) for one, next_ in pairwise(levels) if next_ > one + 1]


def test_axe_is_there_or_the_check_for_everyone_says_that_it_was_not(axe):
    if not axe:
        pytest.skip("axe-core is not installed (pip install -e '.[browser]')")
    assert "axe" in axe
