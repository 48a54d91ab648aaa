"""The parts the pages are made of: escaped markup, addresses that restore a view, words in two languages."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import date
from html import unescape
from urllib.parse import parse_qs, urlsplit

import hostile
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.holdings import Selection
from ingest.model import Span
from qa.model import Language
from qa.ui import address as addresses
from qa.ui.address import ASK, MEETINGS, Address
from qa.ui.examples import subject
from qa.ui.literal import Html, fragment, marked, tag
from qa.ui.words import DANISH, ENGLISH, Words

# ── literal ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def parsed(html: Html) -> ElementTree.Element:
    """The markup as a tree; fails unless every tag is closed and every sign that could be markup is escaped."""
    return ElementTree.fromstring(f"<root>{html}</root>")


@pytest.mark.parametrize("text", hostile.TEXTS)
def test_data_can_only_be_text(text):
    root = parsed(tag("p", text, title=text, class_="a"))

    (paragraph,) = root
    assert (paragraph.tag, paragraph.text, len(paragraph)) == ("p", text, 0)
    assert paragraph.attrib["class"] == "a"
    assert unescape(tag("p", title=text)) == f'<p title="{text}"></p>'


@given(st.text(alphabet=st.characters(exclude_categories=("Cc", "Cs", "Cn", "Co"))))
def test_whatever_text_goes_in_comes_out_as_that_text(text):
    assert "".join(parsed(tag("p", text)).itertext()) == text


def test_markup_made_here_goes_in_as_it_is_and_nothing_else_does():
    inner = tag("em", "a < b")

    assert tag("p", inner, " & ", 7, None, [inner]) == ("<p><em>a &lt; b</em> &amp; 7<em>a &lt; b</em></p>")
    assert fragment() == ""
    assert tag("p", str(inner) + "") == "<p>&lt;em&gt;a &amp;lt; b&lt;/em&gt;</p>"  # a str is data, whatever is in it


def test_attributes_are_spelled_as_html_spells_them():
    made = tag("a", "x", class_="c", aria_label="l", data_view="v", hidden=True, title=None, rel=False)

    assert made == '<a class="c" aria-label="l" data-view="v" hidden>x</a>'


@pytest.mark.parametrize(
    "target", ["javascript:alert(1)", "https://example.com", "//example.com", "data:text/html,x", "x"]
)
def test_a_link_out_of_the_app_is_refused(target):
    with pytest.raises(ValueError, match="a link out of the app"):
        tag("a", "x", href=target)


@given(st.text(alphabet="ab<&", max_size=20), st.data())
def test_a_mark_covers_just_its_part_of_the_line(text, data):
    numbers = st.integers(0, len(text))
    line, mark = (Span(*sorted((data.draw(numbers), data.draw(numbers)))) for _ in range(2))

    root = parsed(marked(text, line, mark))

    start, end = max(line.start, mark.start), min(line.end, mark.end)
    assert "".join(root.itertext()) == line.of(text)
    assert [each.text or "" for each in root] == ([text[start:end]] if start < end else [])


# ── address ──────────────────────────────────────────────────────────────────────────────────────────────────────────

words_typed = st.text(alphabet="abcæøå?&=+% #/", max_size=30).map(str.strip)
somewhere = st.builds(
    Address,
    page=st.sampled_from([ASK, MEETINGS]),
    language=st.sampled_from(Language),
    question=words_typed,
    history=st.lists(words_typed.filter(bool), max_size=4).map(tuple),
    selection=st.builds(
        Selection,
        committees=st.lists(words_typed.filter(bool), max_size=3, unique=True).map(tuple),
        since=st.none() | st.dates(),
        until=st.none() | st.dates(),
    ),
    item=words_typed,
    span=st.none() | st.integers(0, 9999).map(lambda start: Span(start, start + 7)),
    sheet=st.none() | st.integers(1, 500),
    meeting=words_typed,
)


@given(somewhere)
def test_an_address_restores_the_view(there):
    parts = urlsplit(there.href)

    assert addresses.read(parts.path.removeprefix("./"), parse_qs(parts.query)) == there


def test_an_address_reads_as_a_person_would_write_it():
    there = Address(question="Bethaniagade", item="herning/udvalget/2026-04-28/33", span=Span(5, 9), sheet=9)

    assert there.href == "./?q=Bethaniagade&punkt=herning%2Fudvalget%2F2026-04-28%2F33&fra=5&til=9&side=9"
    assert Address().href == "./"
    assert Address(MEETINGS, Language.ENGLISH).href == "./moeder?sprog=en"


@pytest.mark.parametrize(
    "typed",
    [
        {"fra": ["9"], "til": ["5"]},
        {"fra": ["-1"], "til": ["5"]},
        {"fra": ["5"]},
        {"side": ["0"]},
        {"side": ["9" * 40]},
        {"side": ["²"]},
        {"siden": ["i går"], "indtil": ["2026-13-01"]},
        {"sprog": ["fr"]},
        {"q": ["   "], "foer": [" "]},
        {"ukendt": ["x"]},
    ],
)
def test_what_makes_no_sense_in_an_address_counts_as_not_given(typed):
    assert addresses.read(ASK, typed) == Address()


def test_a_question_in_an_address_is_cut_to_length_and_the_oldest_questions_go():
    there = addresses.read(ASK, {"q": ["x" * 5000], "foer": [str(number) for number in range(9)]})

    assert len(there.question) == addresses.LONGEST_QUESTION
    assert there.history == ("5", "6", "7", "8")


def test_a_civil_registration_number_does_not_stay_in_the_address():
    there = Address().to_question("Hvad blev besluttet om 010190-1234?")

    assert there.question == "Hvad blev besluttet om xxxxxx-xxxx?"
    assert addresses.read(ASK, {"q": ["010190-1234"], "foer": ["010190-1234"]}).history == ("xxxxxx-xxxx",)
    for page in (ASK, "udvalg", "sag", "afventer"):
        given = {key: ["010190-1234"] for key in ("q", "foer", "udvalg", "kommune", "sag", "ord")}
        assert "010190-1234" not in addresses.read(page, given).href


def test_an_item_keeps_the_question_it_was_found_by_and_leads_back_to_it():
    asked = Address(question="Hvad?", history=("Før?",), selection=Selection(since=date(2026, 1, 1)))

    item = asked.to_item("a/b/2026-01-01/1", Span(1, 2))

    assert item.question == "Hvad?"
    assert item.to_answer() == asked
    assert replace(item, sheet=3).to_item("a/b/2026-01-01/2").sheet is None


# ── words ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def spoken(words: Words) -> dict[str, str]:
    """Every text by the name it has, those in tables and pairs one by one."""
    found: dict[str, str] = {}
    for field in fields(words):
        value = getattr(words, field.name)
        if isinstance(value, Mapping):
            found |= {f"{field.name}.{key}": text for key, text in value.items()}
        elif isinstance(value, tuple):
            found |= {f"{field.name}.{number}": text for number, text in enumerate(value)}
        elif not isinstance(value, Language):
            found[field.name] = value
    return found


def test_both_languages_say_everything():
    danish, english = spoken(DANISH), spoken(ENGLISH)

    assert danish.keys() == english.keys()
    assert [name for name, text in (danish | english).items() if not text.strip()] == []


def test_no_text_was_left_untranslated():
    danish, english = spoken(DANISH), spoken(ENGLISH)

    assert [name for name in danish if danish[name] == english[name]] == []


def test_both_languages_fill_in_the_same():
    def gaps(text: str) -> list[str]:
        return sorted(re.findall(r"{\w+}", text))

    danish, english = spoken(DANISH), spoken(ENGLISH)
    assert [name for name in danish if gaps(danish[name]) != gaps(english[name])] == []


@pytest.mark.parametrize("words", [DANISH, ENGLISH], ids=lambda words: words.language)
def test_every_kind_has_its_word(words):
    for field, kind in Words.__annotations__.items():
        if match := re.match(r"Mapping\[(\w+), str\]", kind):
            table = getattr(words, field)
            assert set(table) == set(type(next(iter(table)))), (field, match[1])


# ── examples ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("title", "about"),
    [
        ("Godkendelse af indsatsen i og omkring Bethaniagade", "indsatsen i og omkring Bethaniagade"),
        ("Endelig vedtagelse af lokalplan 12.B3", "lokalplan 12.B3"),
        ("Ansøgning om tilskud.", "tilskud"),
        ("Svar på forslag fra KF og M om at halvere prisen", "forslag fra KF og M om at halvere prisen"),
        ("Bro mellem Dokk1 og Balticagade", "Bro mellem Dokk1 og Balticagade"),
        ("Orientering om nøgletal", "Orientering om nøgletal"),
    ],
)
def test_an_example_asks_about_what_the_title_is_about(title, about):
    assert subject(title) == about
