"""The app as readers use it: with the keyboard, by links and the Back button, by addresses others sent them."""

from __future__ import annotations

import re

from tests.browser.reader import LAPTOP, NARROW, profile
from tests.browser.views import DECISION, QUESTION, place

_VOICE = ".ps-unseen[role=status]"
_FIELD = "[data-testid=stChatInputTextArea]"
# What the live region says, each time that it says something.
_LISTEN = """(voice) => {
  window.heard = [];
  new MutationObserver(() => window.heard.push(voice.textContent)).observe(voice, { childList: true });
}"""
_PLACED = "(mark => { const box = mark.getBoundingClientRect(); return [box.top, box.bottom]; })"


def test_a_question_is_asked_and_its_citation_followed_with_the_keyboard_alone(reader):
    page = reader.page
    reader.open()
    assert reader.held == "TEXTAREA", "the cursor is not in the field at start"
    reader.type(QUESTION)
    reader.settle()
    assert DECISION in page.inner_text(".ps-card blockquote")
    assert reader.held == "TEXTAREA", "the cursor left the field"
    page.evaluate("window.isSameSession = true")
    assert press_until(page, "Tab", ".ps-cite")
    page.keyboard.press("Enter")
    page.wait_for_selector("mark")
    reader.settle()
    assert page.inner_text("mark") == DECISION
    top, bottom = page.evaluate(f"{_PLACED}(document.querySelector('mark'))")
    assert top > 0
    assert bottom < LAPTOP[1]
    assert page.evaluate("window.isSameSession === true"), "a link loaded the page anew"


def press_until(page, key: str, selector: str, most: int = 40) -> bool:
    """Press a key until an element that fits the selector has the cursor."""
    for _ in range(most):
        page.keyboard.press(key)
        if page.evaluate(f"document.activeElement.matches('{selector}')"):
            return True
    return False


def test_the_page_of_the_source_stands_beside_the_quote_and_can_be_turned(reader, sample):
    page = reader.page
    reader.open(**{"q": QUESTION} | place(sample))
    image = page.locator(".st-key-sheet img")
    assert image.is_visible()
    assert image.evaluate("(image) => image.naturalWidth") > 500
    before = image.get_attribute("src")
    reader.follow(".ps-sheet a[href*='side=']")
    assert image.get_attribute("src") != before
    assert "side=" in page.url


def test_an_address_shows_the_same_to_whoever_opens_it(reader, window, browser):
    reader.open()
    reader.type(QUESTION)
    reader.settle()
    reader.follow(".ps-cite")
    other = window(profile(browser))
    other.page.goto(reader.page.url)
    other.settle()
    assert other.page.inner_text(".ps-item") == reader.page.inner_text(".ps-item")
    assert other.page.inner_text("mark") == DECISION
    assert other.page.title() == reader.page.title()


def test_back_leads_through_the_views_and_forward_again(reader):
    page = reader.page
    reader.open()
    reader.type(QUESTION)
    reader.settle()
    reader.follow(".ps-cite")
    reader.back()
    assert page.inner_text(".ps-answer h1") == QUESTION
    reader.back()
    assert page.locator(".ps-hero h1").is_visible()
    page.go_forward()
    reader.settle()
    assert page.inner_text(".ps-answer h1") == QUESTION


def test_meetings_are_browsed_from_the_list_to_an_item_and_the_next(reader):
    page = reader.page
    reader.open()
    reader.follow(".ps-top nav a[href*='moeder']")
    reader.follow(".ps-list a.ps-title")
    assert page.locator(".ps-items > li").count() == 7
    reader.follow(".ps-items a.ps-title")
    first = page.inner_text(".ps-item-head h1")
    reader.follow(".ps-turn a")
    assert page.inner_text(".ps-item-head h1") != first
    reader.follow(".ps-top nav a[href*='dokumenter']")
    assert page.locator(".ps-figures").is_visible()


def test_the_other_language_is_a_click_away_and_keeps_the_view(reader):
    page = reader.page
    reader.open(q=QUESTION)
    reader.follow(".ps-language")
    assert page.evaluate("document.documentElement.lang") == "en"
    assert page.inner_text(".ps-answer h1") == QUESTION
    assert page.inner_text(".ps-top nav a >> nth=0") == "Ask"
    reader.follow(".ps-language")
    assert page.evaluate("document.documentElement.lang") == "da"


def test_a_second_question_asked_while_the_first_runs_is_the_one_answered(reader):
    page = reader.page
    reader.open()
    field = page.locator(_FIELD)
    field.fill(QUESTION)
    field.press("Enter")
    field.fill("Hvad er Jobcenter Hernings indsats?")
    field.press("Enter")
    reader.await_answer("Hvad er Jobcenter Hernings indsats?")
    reader.settle()
    assert page.locator(".ps-answer h1").count() == 1
    assert page.locator("[data-testid=stException]").count() == 0


def test_a_follow_up_keeps_its_subject_until_it_is_dropped(reader):
    page = reader.page
    reader.open()
    reader.type(QUESTION)
    reader.settle()
    reader.type("Og hvem besluttede det?")
    reader.settle()
    assert "Fortsætter emnet" in page.inner_text(".ps-chip")
    reader.follow(".ps-chip a")
    assert page.locator(".ps-chip").count() == 0


def test_a_filter_is_chosen_kept_in_the_address_and_dropped(reader):
    page = reader.page
    reader.open(q=QUESTION)
    page.get_by_role("button", name="Afgræns").click()
    page.locator("[data-testid=stMultiSelect] input").click()
    page.get_by_role("option").first.click()
    page.wait_for_url(re.compile("udvalg="))
    reader.settle()
    page.keyboard.press("Escape")
    assert "udvalget" in page.inner_text(".ps-chip")
    reader.follow(".ps-chip a")
    assert "udvalg=" not in page.url


def test_a_new_answer_is_said_once(reader):
    page = reader.page
    reader.open()
    page.locator(_VOICE).evaluate(_LISTEN)
    reader.type(QUESTION)
    reader.settle()
    page.wait_for_timeout(500)
    assert len(page.evaluate("window.heard")) == 1
    assert "28. april 2026" in page.evaluate("window.heard[0]")
    page.get_by_role("button", name="Afgræns").click()
    page.keyboard.press("Escape")
    page.wait_for_timeout(300)
    assert len(page.evaluate("window.heard")) == 1


def test_the_skip_link_is_first_and_leads_past_the_head(reader):
    page = reader.page
    reader.open("moeder")
    assert press_until(page, "Tab", ".ps-skip")
    assert page.locator(".ps-skip").bounding_box()["x"] >= 0
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.ps-top') === null")


def test_no_view_holds_the_cursor_captive(reader):
    page = reader.page
    reader.open(q=QUESTION)
    assert press_until(page, "Tab", ".ps-foot a", most=80)
    assert press_until(page, "Shift+Tab", ".ps-brand", most=80)


def test_what_has_the_cursor_can_be_seen_in_the_narrowest_window(reader):
    reader.open(q=QUESTION)
    reader.resize(NARROW)
    assert press_until(reader.page, "Tab", ".ps-cite", most=60)
    left, right, line = reader.page.evaluate(
        "(held => [held.getBoundingClientRect().left, held.getBoundingClientRect().right, "
        "getComputedStyle(held).outlineStyle])(document.activeElement)"
    )
    assert left >= 0
    assert right <= NARROW[0]
    assert line == "solid"
