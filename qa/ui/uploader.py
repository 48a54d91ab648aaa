"""The field for files in the page's own words, as a component of ours."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from qa.ui.words_documents import DocumentWords

_SCRIPT = Path(__file__).with_name("uploader.js")


def mount(say: DocumentWords) -> None:
    """Put what the field for files says into these words."""
    component = st.components.v2.component("punktsvar_uploader", js=_SCRIPT.read_text(encoding="utf-8"))
    component(key="uploader", data={"choose": say.choose_files, "drop": say.drop_here, "limit": say.at_most})
