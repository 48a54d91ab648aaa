"""The keys that lead from item to item; the script they need, as a component of ours."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

SCRIPT = Path(__file__).with_name("keys.js")


def mount() -> None:
    """Let the browser listen for the keys. They follow the links to the items before and after, where there are any."""
    component = st.components.v2.component("punktsvar_keys", js=SCRIPT.read_text(encoding="utf-8"))
    component(key="keys")
