"""Punktsvar in the browser: `streamlit run app.py`, or `streamlit run app.py -- --archive FILE`."""

from __future__ import annotations

import argparse
import logging
import os
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import streamlit as st

from ingest.archive import DEFAULT_PATH, Archive
from ingest.errors import ArchiveError, ArchiveMissing
from ingest.holdings import EncoderIdentity
from qa.assistant import Assistant
from qa.ui import address as addresses
from qa.ui import ask, browse, case, committee, documents, frame, guide, item, login, meeting_mode, notices, pending
from qa.ui import words as wording
from qa.ui.address import (
    ASK,
    CASE,
    COMMITTEE,
    DOCUMENTS,
    GUIDE,
    MEETING_MODE,
    MEETINGS,
    PENDING,
    Address,
)

ICON = (
    '<svg viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#1f6a94"/>'
    '<path d="M9 9h14M9 15h14M9 21h8" stroke="#fff" stroke-width="2.6" stroke-linecap="round"/>'
    '<circle cx="23" cy="22" r="3" fill="#ffe27a"/></svg>'
)

Show = Callable[[Assistant, Address, wording.Words], None]


def archive_path() -> Path:
    """`--archive`, else PUNKTSVAR_ARCHIVE, else `data/archive.db` beside this file."""
    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    parser.add_argument("--archive", type=Path)
    chosen: Path | None = parser.parse_known_args(sys.argv[1:])[0].archive
    return chosen or Path(os.environ.get("PUNKTSVAR_ARCHIVE") or DEFAULT_PATH)


def opened(path: Path) -> Assistant:
    """The assistant over the archive at `path`, shared by everyone who asks.

    It follows what is ingested by itself; it is opened anew when the file is another or its vectors are by another
    model.
    """
    with Archive.open(path) as archive:
        encoder = archive.encoder()
    return _opened(str(path), path.stat().st_ino, encoder)


@st.cache_resource(show_spinner=False, max_entries=2, on_release=Assistant.close)
def _opened(path: str, file: int, encoder: EncoderIdentity | None) -> Assistant:
    return Assistant.open(path)


def show(page: str, view: Show) -> None:
    """Show a page inside its frame. The border at which faults become a sentence to the reader."""
    given = {key: st.query_params.get_all(key) for key in st.query_params}
    address = addresses.read(page, given)
    words = wording.of(address.language)
    if not login.lets_in(address, words):
        return
    path = archive_path()
    frame.head(address, words)
    try:
        view(opened(path), address, words)
    except ArchiveMissing:
        {DOCUMENTS: documents.empty, GUIDE: guide.empty}.get(page, notices.empty)(path, address, words)
    except ArchiveError as fault:
        notices.broken(str(fault), address, words)
    except Exception:  # whatever it is, the reader gets a sentence and the terminal the rest
        logging.getLogger("punktsvar").exception("the page could not be shown")
        notices.fault(address, words)


def ask_or_item(assistant: Assistant, at: Address, words: wording.Words) -> None:
    """Asking; an item, if the address names one."""
    (item.page if at.item else ask.page)(assistant, at, words)


# The pages by their place in the path; the first is the one without.
PAGES: dict[str, Show] = {
    ASK: ask_or_item,
    MEETINGS: browse.page,
    CASE: case.page,
    COMMITTEE: committee.page,
    PENDING: pending.page,
    MEETING_MODE: meeting_mode.page,
    DOCUMENTS: documents.page,
    GUIDE: guide.page,
}


def main() -> None:
    """One run of the app, for one reader."""
    st.set_page_config(page_title="Punktsvar", page_icon=ICON, layout="wide")
    pages = [
        st.Page(partial(show, path, view), title="Punktsvar", url_path=path or None, default=not path)
        for path, view in PAGES.items()
    ]
    st.navigation(pages, position="hidden").run()


if __name__ == "__main__":
    main()
