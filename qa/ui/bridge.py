"""The little that Streamlit cannot do from Python, as one component of ours: links that stay in the session, the page's
language, where the reader is taken on a new view, and telling a screen reader that an answer has come.

Everything works without it too: links then load the page anew, since all of a view is in its address.
"""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from qa.model import Language

_SCRIPT = Path(__file__).with_name("bridge.js")


def mount(*, view: str, language: Language, said: str = "") -> None:
    """Tell the browser which view it now shows, in which language, and what to say aloud about it."""
    component = st.components.v2.component("punktsvar_bridge", js=_SCRIPT.read_text(encoding="utf-8"))
    component(key="bridge", data={"view": view, "language": str(language), "said": said})
