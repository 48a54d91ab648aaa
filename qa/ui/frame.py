"""What stands around every page: head with the pages and the language, foot, title."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import streamlit as st

from qa.model import Language
from qa.ui import bridge, keys, words_browse, words_keys, words_mode, words_pending
from qa.ui.address import ASK, DOCUMENTS, MEETING_MODE, MEETINGS, PENDING, Address
from qa.ui.literal import show, tag
from qa.ui.words import Words

_NAME = "Punktsvar"
_STYLES = (Path(__file__).with_name("style.css"), *sorted(Path(__file__).parent.glob("style_*.css")))


def styles() -> None:
    """The stylesheets alone, for what is shown without a head."""
    for style in _STYLES:
        st.html(style)


def head(address: Address, words: Words) -> None:
    """The stylesheets; the name, the pages and the other language."""
    styles()
    pages = (
        (ASK, words.ask),
        (MEETINGS, words_browse.of(address.language).bodies),
        (PENDING, words_pending.of(address.language).pending),
        (MEETING_MODE, words_mode.of(address.language).mode),
        (DOCUMENTS, words.documents),
    )
    other = Language.ENGLISH if address.language is Language.DANISH else Language.DANISH
    links = [
        tag(
            "li",
            tag(
                "a",
                title,
                href=address.to_page(page).href,
                aria_current="page" if page == address.page and not (page == ASK and address.item) else None,
            ),
        )
        for page, title in pages
    ]
    show(
        tag(
            "header",
            tag("a", words.skip, href="#indhold", class_="ps-skip"),
            tag("a", "Punkt", tag("span", "svar"), href=address.to_page(ASK).href, class_="ps-brand"),
            tag("nav", tag("ul", *links), aria_label=words.pages),
            tag(
                "a",
                words.other_language,
                href=replace(address, language=other).href,
                class_="ps-language",
                lang=str(other),
                hreflang=str(other),
            ),
            keys.button(words_keys.of(address.language)),
            class_="ps-top",
        ),
        tag("div", id="indhold"),
    )


def foot(address: Address, words: Words) -> None:
    """The last thing on a page; what stands before it is all there once it is."""
    show(
        tag(
            "footer",
            tag("span", words.offline),
            keys.to(keys.QUESTION, "/", words_keys.of(address.language).ask),
            tag("a", words.loaded, href=address.to_page(DOCUMENTS).href),
            class_="ps-foot",
            data_view=address.href,
        )
    )


def title(subject: str) -> None:
    """Name the browser's tab, and with it the bookmark, after what is shown."""
    st.set_page_config(page_title=f"{subject} · {_NAME}" if subject else _NAME)


def arrived(address: Address, words: Words, *, said: str = "") -> None:
    """Close the page: the foot, then word to the browser that the view is complete."""
    foot(address, words)
    bridge.mount(view=address.href, language=words.language, said=said)
    keys.mount(address, words_keys.of(address.language))
