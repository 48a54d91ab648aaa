"""Markup in documents and questions is shown letter for letter, and none of it runs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import hostile
import pytest

from ingest.encoders import load
from tests.browser.reader import Reader
from tests.served import served

ADDRESSES: tuple[tuple[str, dict[str, str]], ...] = (
    ("", {}),
    ("", {"q": f"Bethaniagade {hostile.TEXTS[0]} {hostile.TEXTS[1]} {hostile.TEXTS[4]}"}),
    ("", {"q": f"og det? {hostile.TEXTS[2]}", "foer": "Bethaniagade $x$", "udvalg": hostile.TEXTS[5]}),
    ("moeder", {}),
    ("moeder", {"moede": hostile.MEETING}),
    ("dokumenter", {}),
)
_MADE = ".katex, .stMain script, .stMain svg[onload], .stHtml img, .stHtml a[href^='javascript'], .stHtml a[href*='//']"


@pytest.fixture(scope="module")
def shady(known: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    with served(hostile.write(tmp_path_factory.mktemp("hostile") / "shady.db", load())) as server:
        reader = Reader(known, server.home)
        yield reader
        reader.close()


def shown(reader: Reader) -> str:
    return " ".join(reader.page.inner_text(".stMain").split())


def test_an_item_of_markup_is_shown_letter_for_letter(shady):
    shady.open(punkt=hostile.ITEM)
    assert [text for text in hostile.TEXTS if " ".join(text.split()) not in shown(shady)] == []
    assert shady.complaints == []


def test_nothing_in_any_view_becomes_markup(shady):
    for path, parameters in ADDRESSES:
        shady.go(path, **parameters)
        assert shady.page.locator(_MADE).count() == 0, (path, parameters)
        assert parameters.get("q", "") in shown(shady)
    assert shady.complaints == []


def test_a_committees_name_is_offered_as_it_is_spelled(shady):
    shady.open(q="Bethaniagade")
    shady.page.get_by_role("button", name="Afgræns").click()
    shady.page.locator("[data-testid=stMultiSelect] input").click()
    assert hostile.TEXTS[5] in shady.page.inner_text("[role=listbox]")
    assert shady.complaints == []
