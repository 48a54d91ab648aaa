"""What Streamlit costs by itself: a page that says a question back, in markup as the app's. Run by `app`."""

from __future__ import annotations

from html import escape

import streamlit as st

asked = st.chat_input("Spørgsmål", key="question") or st.query_params.get("q", "")
st.query_params.from_dict({"q": asked} if asked else {})
if asked:
    st.html(f'<article class="ps-answer"><h1>{escape(asked)}</h1></article>')
