"""The reader's own filter: committee and period, kept in the address."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Literal

import streamlit as st

from ingest.holdings import Selection
from qa.model import Coverage
from qa.ui import literal, naming
from qa.ui.address import Address
from qa.ui.literal import Html
from qa.ui.words import Words

_COMMITTEES, _SINCE, _UNTIL = "filter_committees", "filter_since", "filter_until"
FIRST, LAST = date(1970, 1, 1), date(2100, 12, 31)  # what the calendars offer


def show(address: Address, coverage: Coverage, words: Words) -> None:
    """A button that opens the filter. A change is written into the address, from which the page is then made."""
    selection = address.selection
    # The address is the truth; the widgets follow it, also when the reader goes back.
    st.session_state[_COMMITTEES] = [each for each in selection.committees if each in coverage.committees]
    st.session_state[_SINCE], st.session_state[_UNTIL] = selection.since, selection.until
    with st.popover(words.filter, icon=":material/filter_list:", key="filter"):
        st.multiselect(
            words.committee,
            coverage.committees,
            key=_COMMITTEES,
            placeholder=words.all_committees,
            select_all=False,
            on_change=_keep,
            args=(address,),
        )
        days(_SINCE, _UNTIL, address, words, keep=_keep)


def days(
    since: str,
    until: str,
    address: Address,
    words: Words,
    *,
    keep: Callable[[Address], None],
    width: Literal["stretch"] | int = "stretch",
) -> None:
    """The first and the last day of a period, under these keys of the session; `keep` writes a change into the
    address. `width` of each in pixels."""
    for key, label in ((since, words.since), (until, words.until)):
        st.date_input(
            label,
            None,
            key=key,
            format="DD-MM-YYYY",
            min_value=FIRST,
            max_value=LAST,
            on_change=keep,
            args=(address,),
            width=width,
        )


def chip(address: Address, words: Words) -> Html | None:
    """What the reader has narrowed the search down to, to be dropped; None when to nothing."""
    selection = address.selection
    if selection.is_everything:
        return None
    parts = [*selection.municipalities, *selection.committees]
    parts += [f"{words.since.lower()} {naming.day(selection.since, words)}"] if selection.since else []
    parts += [f"{words.until.lower()} {naming.day(selection.until, words)}"] if selection.until else []
    return literal.chip(" · ".join(parts), replace(address, selection=Selection()).href, words.no_filter)


def _keep(address: Address) -> None:
    state = st.session_state
    chosen = Selection(committees=tuple(state[_COMMITTEES]), since=state[_SINCE], until=state[_UNTIL])
    st.query_params.from_dict(replace(address, selection=chosen).parameters())
