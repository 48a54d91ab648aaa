"""The user guide, `docs/brugervejledning.md`, as a page of the app, where it comes with the installation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import streamlit as st

from qa.assistant import Assistant
from qa.ui import frame, notices, words_keys
from qa.ui.address import Address
from qa.ui.keys import GUIDE
from qa.ui.words import Words

_PICTURE = re.compile(r"^!\[([^\]]*)\]\(([^)\s]+)\)[ \t]*$", re.MULTILINE)
_NEARBY = re.compile(r"(?<!!)\[([^\]]*)\]\((?!https?://|#)[^)\s]*\)")  # files beside it are no pages of the app


def page(assistant: Assistant, address: Address, words: Words) -> None:
    """Show the guide."""
    _show(address, words)


def empty(path: Path, address: Address, words: Words) -> None:
    """Show the guide before anything is loaded: it tells how to begin."""
    _show(address, words)


def _show(address: Address, words: Words) -> None:
    said = words_keys.of(address.language)
    if not GUIDE.is_file():
        notices.missing(address, words, said.no_guide)
        return
    frame.title(said.guide)
    for text, picture, alt in pieces(GUIDE.read_text(encoding="utf-8")):
        if text.strip():
            st.markdown(text)
        if picture is not None:
            st.image(picture, alt=alt, width="stretch")
    frame.arrived(address, words)


def pieces(text: str) -> Iterator[tuple[str, Path | None, str]]:
    """The Markdown of a guide, each part with the picture below it and the words that stand for the picture; None for
    the last part and where a picture lies outside the folder of the guide. Of links to files beside it only the words
    are kept."""
    at = 0
    for match in _PICTURE.finditer(text):
        file = (GUIDE.parent / match[2]).resolve()
        is_ours = file.is_relative_to(GUIDE.parent.resolve()) and file.is_file()
        yield _NEARBY.sub(r"\1", text[at : match.start()]), file if is_ours else None, match[1]
        at = match.end()
    yield _NEARBY.sub(r"\1", text[at:]), None, ""
