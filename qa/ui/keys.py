"""Keys that press what is on the page, and the list of them under "?".

Whatever is made with `tag` can have keys: `data_keys="j ArrowRight"` names them as the browser does, and `data_does`
says what they do, where the words of the element do not. For what is not made by us, `to` leaves a mark in the page.
"""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from qa.ui import address as addresses
from qa.ui.address import Address
from qa.ui.literal import Html, tag
from qa.ui.words_keys import KeyWords

GUIDE = Path(__file__).parents[2] / "docs" / "brugervejledning.md"  # the user guide; it need not be there
_SCRIPT = Path(__file__).with_name("keys.js")
QUESTION = ".st-key-field textarea"  # the field for a question on the first page


def to(target: str, keys: str, does: str) -> Html:
    """An unseen mark by which `keys` lead to what the CSS selector `target` finds; listed only while it finds something
    that is seen."""
    return tag("span", data_keys=keys, data_for=target, data_does=does)


def button(words: KeyWords) -> Html:
    """The button that opens the list."""
    return tag(
        "button",
        tag("span", "?", aria_hidden="true"),
        type="button",
        class_="ps-keys-button",
        title=words.title,
        aria_label=words.title,
        aria_haspopup="dialog",
        data_opens="keys",
        data_keys="?",
        data_does=words.this_list,
    )


def mount(address: Address, words: KeyWords) -> None:
    """Have the browser listen for the keys of the page."""
    component = st.components.v2.component("punktsvar_keys", js=_SCRIPT.read_text(encoding="utf-8"))
    said = {"title": words.title, "close": words.close, "or": words.either, "typing": words.typing}
    said |= {"switch": words.switch, "guide": words.guide}
    guide = address.to_page(addresses.GUIDE).href if GUIDE.is_file() else ""
    component(key="keys", data={**said, "guide_address": guide})
