"""The list of items, newest first, with what it is narrowed down by; all of it in the address."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby

import streamlit as st

from ingest.holdings import ItemSummary, Selection
from ingest.model import MeetingKind, Outcome
from qa.assistant import Assistant
from qa.shelf import Shelf, Wish
from qa.ui import filters, frame, literal, naming, words_browse
from qa.ui.address import ASK, LONGEST_QUESTION, Address
from qa.ui.literal import Html, show, tag
from qa.ui.words import Words
from qa.ui.words_browse import BrowseWords

_PER_PAGE = 50
_TITLE, _COMMITTEE, _MUNICIPALITY, _OUTCOME = "items_title", "items_committee", "items_municipality", "items_outcome"
_CASE, _SINCE, _UNTIL = "items_case", "items_since", "items_until"


def page(assistant: Assistant, address: Address, words: Words) -> None:
    """The items that fit what the address asks for."""
    say = words_browse.of(words.language)
    frame.title(say.items)
    shelf = assistant.shelf()
    show(tag("div", tag("h1", say.items), class_="ps-page"))
    _filters(shelf, address, words, say)
    found = shelf.find(Wish(address.selection, address.outcome, address.title))
    sheet = min(address.sheet or 1, max(1, -(-len(found) // _PER_PAGE)))
    shown = found[(sheet - 1) * _PER_PAGE : sheet * _PER_PAGE]
    meetings = [list(each) for _, each in groupby(shown, key=lambda each: each.meeting)]
    show(
        tag(
            "div",
            _chosen(address, words, say),
            _ask(address, say),
            tag("p", _counted(found, shown, sheet, words, say), class_="ps-meta", role="status"),
            *(_meeting(each, address, words, say) for each in meetings),
            None if found else tag("p", say.no_items),
            _turn(sheet, len(found), address, say) if len(found) > _PER_PAGE else None,
            class_="ps-answer",
        )
    )
    frame.arrived(address, words)


# ── narrowing down ───────────────────────────────────────────────────────────────────────────────────────────────────


def _filters(shelf: Shelf, address: Address, words: Words, say: BrowseWords) -> None:
    """A row of fields. The address is the truth: the fields follow it, and a change is written into it."""
    state, wanted = st.session_state, address.selection
    municipalities = sorted({each.body.municipality for each in shelf.bodies if each.body.municipality})
    place = next((each for each in wanted.municipalities if each in municipalities), None)
    committees = sorted({each.body.committee for each in shelf.bodies if place in (None, each.body.municipality)})
    outcomes = shelf.outcomes()
    state[_TITLE], state[_CASE] = address.title, wanted.case_number or ""
    state[_MUNICIPALITY] = place
    state[_COMMITTEE] = next((each for each in wanted.committees if each in committees), None)
    state[_OUTCOME] = address.outcome if address.outcome in outcomes else None
    state[_SINCE], state[_UNTIL] = wanted.since, wanted.until
    with st.container(key="items_filters", horizontal=True, vertical_alignment="bottom"):
        st.text_input(
            say.words_in_title,
            key=_TITLE,
            placeholder=say.words_hint,
            max_chars=LONGEST_QUESTION,
            on_change=_keep,
            args=(address,),
        )
        _choice(words.committee, committees, _COMMITTEE, words.all_committees, address)
        st.selectbox(
            say.outcome,
            outcomes,
            None,
            key=_OUTCOME,
            placeholder=say.all_outcomes,
            format_func=words.outcomes.__getitem__,
            on_change=_keep,
            args=(address,),
        )
        with st.popover(say.more_filters, icon=":material/filter_list:", key="items_more"):
            _choice(say.municipality, municipalities, _MUNICIPALITY, say.all_municipalities, address)
            st.text_input(say.case_number, key=_CASE, max_chars=60, on_change=_keep, args=(address,))
            filters.days(_SINCE, _UNTIL, address, words, keep=_keep)


def _choice(label: str, options: list[str], key: str, none: str, address: Address) -> None:
    st.selectbox(label, options, None, key=key, placeholder=none, on_change=_keep, args=(address,))


def _keep(address: Address) -> None:
    state = st.session_state
    chosen = Selection(
        municipalities=(state[_MUNICIPALITY],) if state[_MUNICIPALITY] else (),
        committees=(state[_COMMITTEE],) if state[_COMMITTEE] else (),
        since=state[_SINCE],
        until=state[_UNTIL],
        case_number=state[_CASE].strip() or None,
    )
    wanted = replace(address, selection=chosen, outcome=state[_OUTCOME], title=state[_TITLE].strip(), sheet=None)
    st.query_params.from_dict(wanted.parameters())


def _chosen(address: Address, words: Words, say: BrowseWords) -> Html | None:
    """What the list is narrowed down by, each to be dropped by itself."""
    chips = list(_chips(replace(address, sheet=None), words, say))
    if not chips:
        return None
    bare = address.to_list(address.view).href
    every = tag("a", say.drop_all, href=bare, class_="ps-new") if len(chips) > 1 else None
    return tag("div", tag("span", say.narrowed, ":", class_="ps-meta"), *chips, every, class_="ps-chips")


def _chips(address: Address, words: Words, say: BrowseWords) -> Iterator[Html]:
    wanted = address.selection

    def chip(text: str, without: Address) -> Html:
        return literal.chip(text, without.href, say.drop.format(what=text))

    def narrowed(text: str, selection: Selection) -> Html:
        return chip(text, replace(address, selection=selection))

    if address.title:
        yield chip(f"“{address.title}”", replace(address, title=""))
    if wanted.municipalities:
        yield narrowed(", ".join(wanted.municipalities), replace(wanted, municipalities=()))
    if wanted.committees:
        yield narrowed(", ".join(wanted.committees), replace(wanted, committees=()))
    if address.outcome:
        yield chip(words.outcomes[address.outcome], replace(address, outcome=None))
    if wanted.case_number:
        yield narrowed(words.case.format(number=wanted.case_number), replace(wanted, case_number=None))
    if wanted.since:
        yield narrowed(f"{words.since} {naming.day(wanted.since, words)}", replace(wanted, since=None))
    if wanted.until:
        yield narrowed(f"{words.until} {naming.day(wanted.until, words)}", replace(wanted, until=None))


def _ask(address: Address, say: BrowseWords) -> Html | None:
    """The way from words that may stand in no title (a street, a place, a sum) to the items that say them."""
    if not address.title:
        return None
    wanted = replace(address.selection, municipalities=(), case_number=None)
    target = replace(Address(ASK, address.language, selection=wanted), question=address.title)
    return tag("p", tag("a", say.ask_about.format(words=address.title), " →", href=target.href))


# ── the list ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _counted(
    found: tuple[ItemSummary, ...], shown: tuple[ItemSummary, ...], sheet: int, words: Words, say: BrowseWords
) -> str:
    counted = naming.counted(len(found), words.count_items)
    if len(shown) == len(found):
        return counted
    first = (sheet - 1) * _PER_PAGE
    return say.shown.format(first=first + 1, last=first + len(shown), found=counted)


def _meeting(items: list[ItemSummary], address: Address, words: Words, say: BrowseWords) -> Html:
    """The items of one meeting that fit, under its name."""
    first = items[0]
    is_agenda = first.kind is MeetingKind.DAGSORDEN
    name = f"{first.committee}, {naming.day(first.date, words)}"
    return tag(
        "section",
        tag(
            "h2",
            tag("a", name, href=address.to_meeting(first.meeting).href),
            tag("span", first.municipality, class_="ps-meta") if first.municipality else None,
            tag("span", say.only_agenda, class_="ps-label") if is_agenda else None,
            class_="ps-line",
        ),
        tag("ol", *(_item(each, address, words) for each in items), class_="ps-list ps-items"),
        class_="ps-part",
    )


def _item(item: ItemSummary, address: Address, words: Words) -> Html:
    target = address.to_page(ASK).to_item(item.key)
    is_told = item.kind is MeetingKind.REFERAT and item.outcome is not Outcome.NONE
    return tag(
        "li",
        tag("span", item.number, class_="ps-number"),
        tag("a", item.title or words.item.format(number=item.number), href=target.href, class_="ps-title", lang="da"),
        naming.badge(item.outcome, words) if is_told else None,
    )


def _turn(sheet: int, found: int, address: Address, say: BrowseWords) -> Html:
    newer, older = (replace(address, sheet=other).href for other in (sheet - 1, sheet + 1))
    return tag(
        "nav",
        tag("a", "‹ ", say.newer_items, href=newer) if sheet > 1 else None,
        tag("a", say.older_items, " ›", href=older) if sheet * _PER_PAGE < found else None,
        class_="ps-turn",
        aria_label=say.pages_of_items,
    )
