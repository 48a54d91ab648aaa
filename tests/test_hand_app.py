"""What can be done with an answer on the page, and saying whether it was right: the app over a real archive."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from test_app import BETHANIAGADE, SAMPLE, Page, archive_of, text

from qa.feedback import NAME
from qa.ui.literal import outward

FORMAL = "Beskæftigelsesudvalget, 28-04-2026, punkt 33, sag 15.00.00-G01-7-25"


@pytest.fixture(autouse=True)
def closed() -> Iterator[None]:
    yield
    st.cache_resource.clear()


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """An archive with the sample in it, in a folder of its own."""
    return archive_of(tmp_path, SAMPLE)


def press(page: Page, label: str) -> None:
    (button,) = [each for each in page.app.button if each.label == label]
    button.click().run()


def kept(archive: Path) -> list[dict[str, object]]:
    file = archive.with_name(NAME)
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()] if file.exists() else []


def test_every_quote_and_the_answer_can_be_copied_with_their_formal_citation(monkeypatch, archive):
    page = Page(monkeypatch, archive, q=BETHANIAGADE)
    buttons = page.all("button")
    quotes = len(page.all("blockquote")) + len([each for each in page.all("li") if each.find("div/button") is not None])

    assert {each.get("data-copy") for each in buttons if each.get("data-copy")} == {FORMAL}
    assert len([each for each in buttons if each.get("data-copy") and not each.get("data-keys")]) == quotes
    (lead,) = [each for each in buttons if each.get("data-keys") == "c"]
    assert (text(lead), lead.get("data-said")) == ("Kopiér henvisningc", f"Kopieret: {FORMAL}")
    assert [text(each) for each in buttons if each.get("data-keys") == "l"] == ["Kopiér linkl"]
    assert all(each.get("aria-label") or text(each) for each in buttons)


def test_an_answer_can_be_saved_in_three_forms(monkeypatch, archive):
    page = Page(monkeypatch, archive, q=BETHANIAGADE)

    assert [each.label for each in page.app.get("download_button")] == ["Word", "Markdown", "Regneark (CSV)"]


def test_a_refusal_has_no_citation_to_copy_but_a_link_and_files(monkeypatch, archive):
    page = Page(monkeypatch, archive, q="Hvad blev besluttet om svømmehallen?")

    assert [each.get("data-keys") for each in page.all("button")] == ["?", "l", None]
    assert len(page.app.get("download_button")) == 3


def test_places_found_show_the_words_that_were_searched_for(monkeypatch, archive):
    page = Page(monkeypatch, archive, q=BETHANIAGADE)

    assert set(page.texts("b")) == {"Bethaniagade"}


def test_yes_is_kept_with_one_click_and_never_asked_again(monkeypatch, archive):
    page = Page(monkeypatch, archive, q=BETHANIAGADE)
    press(page, "Ja")

    assert [row["verdict"] for row in kept(archive)] == ["yes"]
    assert "Tak. Vurderingen er gemt på denne maskine." in page.texts("p")
    page.app.run()
    assert [each.label for each in page.app.button] == []
    page.follow(f"./?q={BETHANIAGADE}&sprog=da")
    assert len(kept(archive)) == 1
    page.follow("./?q=Hvad%20blev%20besluttet%20om%20navnet?")
    assert "Ja" in [each.label for each in page.app.button]


def test_no_asks_for_the_right_item_and_words_and_keeps_both(monkeypatch, archive):
    page = Page(monkeypatch, archive, q=BETHANIAGADE)
    press(page, "Nej")
    assert kept(archive) == []
    choice = page.app.selectbox[0]
    assert (choice.options[0], choice.options[-1]) == ("Ved ikke", "Det står ikke i det indlæste")

    choice.select_index(2)
    page.app.text_input[0].set_value("Det var navnet, 010190-1234")
    press(page, "Gem vurderingen")

    (row,) = kept(archive)
    assert (row["verdict"], row["words"]) == ("no", "Det var navnet, xxxxxx-xxxx")
    assert [each["committee"] for each in row["relevant"]] == ["Beskæftigelsesudvalget"]
    assert page.app.selectbox == []


def test_nothing_is_asked_where_verdicts_are_turned_off(monkeypatch, archive):
    monkeypatch.setenv("PUNKTSVAR_FEEDBACK", "off")
    page = Page(monkeypatch, archive, q=BETHANIAGADE)

    assert [each.label for each in page.app.button] == []
    assert "Var svaret rigtigt?" not in page.texts("h2")


@pytest.mark.parametrize("address", [None, "", "javascript:alert(1)", "//example.com", "data:text/html,x", "./?q=x"])
def test_only_an_address_of_the_web_leads_out_of_the_app(address):
    assert outward("ud", address) is None


def test_a_link_out_of_the_app_is_escaped_and_tells_the_site_nothing():
    made = outward("<b>", 'https://x.example/?a=1&b="onclick=')

    assert made.startswith('<a href="https://x.example/?a=1&amp;b=&quot;onclick=" ')
    assert made.endswith(' rel="noreferrer noopener">&lt;b&gt; ↗</a>')


def test_an_item_has_its_citation_to_copy_too(monkeypatch, archive):
    page = Page(monkeypatch, archive, punkt="herning/beskaeftigelsesudvalget/2026-04-28/33")

    buttons = [each for each in page.all("button") if each.get("data-copy")]
    assert [(each.get("data-copy"), each.get("data-keys")) for each in buttons] == [(FORMAL, "c")]


def test_every_answer_says_once_what_is_loaded(monkeypatch, archive):
    for question in (BETHANIAGADE, "Hvad blev besluttet om svømmehallen?"):
        page = Page(monkeypatch, archive, q=question)
        assert " ".join(page.texts("p")).count("Indlæst: 1 møde fra Beskæftigelsesudvalget") == 1
