"""The reader's own filter: committee and period, kept in the address."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import streamlit as st

from ingest.model import Selection
from qa.model import Coverage
from qa.ui.address import Address
from qa.ui.words import Words

_COMMITTEES, _SINCE, _UNTIL = "filter_committees", "filter_since", "filter_until"
_FIRST, _LAST = date(1970, 1, 1), date(2100, 12, 31)  # what the calendars offer


def show(address: Address, coverage: Coverage, words: Words) -> None:
    """A button that opens the filter. A change is written into the address, from which the page is then made."""
    selection = address.selection
    # The address is the truth; the widgets follow it, also when the reader goes back.
    st.session_state[_COMMITTEES] = [each for each in selection.committees if each in coverage.committees]
    st.session_state[_SINCE], st.session_state[_UNTIL] = selection.since, selection.until
    label = words.filter if selection.is_everything else words.filter_on
    with st.popover(label, icon=":material/filter_list:", key="filter"):
        st.multiselect(
            words.committee,
            coverage.committees,
            key=_COMMITTEES,
            placeholder=words.all_committees,
            on_change=_keep,
            args=(address,),
        )
        for key, label in ((_SINCE, words.since), (_UNTIL, words.until)):
            st.date_input(
                label,
                None,
                key=key,
                format="DD-MM-YYYY",
                min_value=_FIRST,
                max_value=_LAST,
                on_change=_keep,
                args=(address,),
            )
        if not selection.is_everything:
            st.button(words.no_filter, on_click=_clear, args=(address,), icon=":material/close:")


def _keep(address: Address) -> None:
    state = st.session_state
    chosen = Selection(committees=tuple(state[_COMMITTEES]), since=state[_SINCE], until=state[_UNTIL])
    st.query_params.from_dict(replace(address, selection=chosen).parameters())


def _clear(address: Address) -> None:
    st.query_params.from_dict(replace(address, selection=Selection()).parameters())
