"""The page of one committee, for who is new to it: what it decided in a period, by case; what waits; what recurs."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial

import streamlit as st

from ingest.front_page import slug
from qa import digest_text, digest_word
from qa.assistant import Assistant
from qa.digest import Digest
from qa.shelf import BodyOverview
from qa.ui import filters, frame, notices, overview, words_browse
from qa.ui.address import Address, of_body
from qa.ui.literal import Html, show, tag
from qa.ui.words import Words
from qa.ui.words_browse import BrowseWords

_Days = tuple[date, date]  # the first and the last

_SINCE, _UNTIL = "committee_since", "committee_until"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def page(assistant: Assistant, address: Address, words: Words) -> None:
    """The committee in the address over the period in it; without one, the last twelve months that are loaded."""
    say = words_browse.of(words.language)
    found = _meant(assistant, address)
    if len(found) != 1:
        _choice(found, address, words, say)
        return
    (loaded,) = found
    frame.title(loaded.body.committee)
    chosen = address.selection
    is_given = chosen.since is not None or chosen.until is not None
    since, until = (chosen.since, chosen.until) if is_given else loaded.last_year
    body = loaded.body
    made = next(
        (each for each in assistant.digest(body.committee, body.municipality, since, until) if each.body == body), None
    )
    shown = (since or loaded.first, until or loaded.last)
    show(_head(loaded, shown, address, words, say))
    with st.container(key="committee_tools", horizontal=True, vertical_alignment="bottom"):
        _period(shown, address, words, say)
        if made:
            _downloads(made, words, say)
    show(overview.article(made, address, words, say) if made else tag("p", say.no_meeting_then))
    frame.arrived(address, words)


def _meant(assistant: Assistant, address: Address) -> list[BodyOverview]:
    """The bodies the address can mean, with what is loaded of them; those that are called exactly so before others."""
    chosen = address.selection
    if not chosen.committees:
        return []
    name, place = chosen.committees[0], next(iter(chosen.municipalities), None)
    bodies = assistant.bodies(name, place)
    exact = [each for each in bodies if each.committee == name and place in (None, each.municipality)]
    return [each for each in assistant.shelf().bodies if each.body in (exact or bodies)]


def _choice(found: list[BodyOverview], address: Address, words: Words, say: BrowseWords) -> None:
    if not found:
        notices.missing(address, words, say.no_body)
        return
    frame.title(say.bodies)
    listed = [
        tag(
            "li",
            tag("a", each.body.committee, href=address.to_committee(each.body).href, class_="ps-title"),
            tag("span", each.body.municipality, class_="ps-meta"),
        )
        for each in found
    ]
    which = tag("p", say.which_body)
    show(tag("article", tag("h1", say.bodies), which, tag("ul", *listed, class_="ps-list"), class_="ps-page"))
    frame.arrived(address, words)


# ── head ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _head(loaded: BodyOverview, shown: _Days, address: Address, words: Words, say: BrowseWords) -> Html:
    body = loaded.body
    bare = replace(address, selection=of_body(body))
    whole = replace(bare, selection=replace(bare.selection, since=loaded.first, until=loaded.last))
    ways = (
        (say.last_year, bare, shown == loaded.last_year),
        (say.everything, whole, shown == (loaded.first, loaded.last)),
    )
    links = [tag("a", name, href=to.href, aria_current="true" if is_here else None) for name, to, is_here in ways]
    its = (
        (say.its_meetings, address.to_list("moeder", of_body(body))),
        (say.its_items, address.to_list("punkter", of_body(body))),
    )
    return tag(
        "header",
        tag("p", tag("a", "← ", words.all_committees, href=address.to_list("udvalg").href, class_="ps-back")),
        tag("h1", body.committee),
        tag("p", body.municipality, class_="ps-meta") if body.municipality else None,
        tag("p", say.what_it_is),
        tag("p", *(tag("a", name, href=to.href) for name, to in its), class_="ps-ways"),
        tag("p", *links, class_="ps-ways ps-periods"),
        class_="ps-item-head",
    )


def _period(shown: _Days, address: Address, words: Words, say: BrowseWords) -> None:
    """Two days, which follow the address; a change is written into it."""
    st.session_state[_SINCE], st.session_state[_UNTIL] = shown
    filters.days(_SINCE, _UNTIL, address, words, keep=_keep, width=170)


def _keep(address: Address) -> None:
    since, until = st.session_state[_SINCE], st.session_state[_UNTIL]
    chosen = replace(address.selection, since=since, until=until)
    st.query_params.from_dict(replace(address, selection=chosen).parameters())


def _downloads(made: Digest, words: Words, say: BrowseWords) -> None:
    """What is shown, as files; they are made when they are asked for."""
    parts = (say.file_name, made.body.municipality, made.body.committee, f"{made.meetings[-1].date}")
    name = "-".join(slug(part) for part in parts if part)
    forms = (
        (say.as_word, "docx", _WORD, partial(digest_word.document, made, words.language)),
        (say.as_markdown, "md", "text/markdown", partial(_markdown, made, words)),
    )
    for label, ending, kind, make in forms:
        st.download_button(
            label, make, f"{name}.{ending}", kind, key=f"as_{ending}", on_click="ignore", icon=":material/download:"
        )


def _markdown(made: Digest, words: Words) -> str:
    return "\n".join(digest_text.digest(made, words.language)) + "\n"
