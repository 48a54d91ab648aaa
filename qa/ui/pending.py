"""The page of what is pending: on what, since when, with whom and until when, each by its sentence and its place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby

import streamlit as st

from ingest.holdings import Selection
from qa import texts
from qa.assistant import Assistant
from qa.committees import Body
from qa.pending import Pending
from qa.ui import card, filters, frame, naming, words_pending
from qa.ui.address import Address
from qa.ui.literal import Html, show, tag
from qa.ui.words import Words
from qa.ui.words_pending import PendingWords

_PER_PAGE = 20
_MUNICIPALITY, _COMMITTEE = "pending_municipality", "pending_committee"


def page(assistant: Assistant, address: Address, words: Words) -> None:
    """What is pending of the bodies in the address; of all without one."""
    said = words_pending.of(words.language)
    frame.title(said.pending)
    lead = [tag("p", said.lead), tag("p", texts.headings(words.language).pending_note, " ", said.every_line)]
    show(tag("div", tag("header", tag("h1", said.pending), *lead, class_="ps-lead"), class_="ps-page"))
    _choices(assistant.bodies(), address, said)
    with st.spinner(said.looking):
        every = assistant.all_pending()
    found = [each for each in every if _is_chosen(each, address.selection)]
    if not found:
        show(_empty(assistant, address, words, said))
    else:
        show(_list(found, address, words, said))
    frame.arrived(address, words)


def entry(each: Pending, address: Address, words: Words, *, today: date, level: str = "h3") -> Html:
    """One matter that waits, as an entry of a list, under a heading of the level given."""
    said = words_pending.of(words.language)
    headings = texts.headings(words.language)
    cited = each.citation
    facts = [
        said.days.format(day=naming.day(each.since, words)),
        headings.whole if each.is_whole else headings.part,
        words.labels[each.label],
    ]
    return tag(
        "li",
        tag(level, tag("a", cited.title, href=address.to_item(cited.item, cited.span).href, lang="da")),
        tag(
            "p",
            tag("span", "→ ", texts.waiting(each.kind, words.language), class_="ps-badge ps-badge-wait"),
            " ",
            tag("span", " · ".join(facts), class_="ps-meta"),
        ),
        tag("blockquote", tag("p", cited.quote), class_="ps-quote", lang="da"),
        tag("div", card.cite(cited, address, words)),
        _terms(each, address, words, said, today),
        class_="ps-waits",
    )


def _terms(each: Pending, address: Address, words: Words, said: PendingWords, today: date) -> Html | None:
    """What the sentence itself says of for what, with whom and until when; and what it concerns, and what comes."""
    quoted = [(said.waits_for, each.waits_for), (said.by, each.by), (said.until, each.until)]
    pairs = [(name, tag("dd", text, lang="da")) for name, text in quoted if text]
    if each.due:
        passed = f" ({said.passed})" if each.due < today else ""
        pairs.append((said.due, tag("dd", naming.day(each.due, words), passed)))
    if each.concerns:
        link = card.cite(each.concerns, address, words)
        pairs.append((said.concerns, tag("dd", tag("span", each.concerns.quote, lang="da"), " ", link)))
    if each.next_item:
        pairs.append((said.next_item, tag("dd", card.cite(each.next_item, address, words))))
    if not pairs:
        return None
    return tag("dl", *(tag("div", tag("dt", name), value) for name, value in pairs), class_="ps-terms")


# ── the list ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _is_chosen(each: Pending, selection: Selection) -> bool:
    cited = each.citation
    return (
        (not selection.municipalities or cited.municipality in selection.municipalities)
        and (not selection.committees or cited.committee in selection.committees)
        and (selection.since is None or cited.date >= selection.since)
        and (selection.until is None or cited.date <= selection.until)
    )


def _list(found: Sequence[Pending], address: Address, words: Words, said: PendingWords) -> Html:
    last = -(-len(found) // _PER_PAGE)
    sheet = min(address.sheet or 1, last)
    shown = found[(sheet - 1) * _PER_PAGE : sheet * _PER_PAGE]
    bodies = groupby(shown, key=lambda each: Body(each.citation.municipality, each.citation.committee))
    turn = _turn(sheet, last, address, said)
    return tag(
        "div",
        tag(
            "div",
            tag("span", naming.counted(len(found), said.count), class_="ps-meta"),
            filters.chip(replace(address, sheet=None), words),
            class_="ps-chips",
        ),
        *(_body(body, list(each), address, words) for body, each in bodies),
        turn,
        class_="ps-answer",
    )


def _body(body: Body, waiting: Sequence[Pending], address: Address, words: Words) -> Html:
    name = f"{body.committee}, {body.municipality}" if body.municipality else body.committee
    entries = [entry(each, address, words, today=date.today()) for each in waiting]
    return tag("section", tag("h2", name), tag("ul", *entries, class_="ps-list"), class_="ps-part")


def _turn(sheet: int, last: int, address: Address, said: PendingWords) -> Html | None:
    if last == 1:
        return None
    before, after = (replace(address, sheet=other).href for other in (sheet - 1, sheet + 1))
    return tag(
        "nav",
        tag("span", f"{sheet} / {last}", class_="ps-meta"),
        tag("a", "‹ ", said.earlier, href=before, data_keys="k", data_does=said.earlier) if sheet > 1 else None,
        tag("a", said.later, " ›", href=after, data_keys="j", data_does=said.later) if sheet < last else None,
        class_="ps-turn",
        aria_label=said.pages,
    )


def _empty(assistant: Assistant, address: Address, words: Words, said: PendingWords) -> Html:
    """Nothing is pending in what is looked at, and what is loaded."""
    narrowed = not address.selection.is_everything
    return tag(
        "section",
        tag("p", said.none_here if narrowed else texts.headings(words.language).nothing_pending),
        tag("p", texts.loaded(assistant.coverage(), words.language), class_="ps-coverage"),
        tag("p", tag("a", said.without_filter, href=address.to_page(address.page).href)) if narrowed else None,
        class_="ps-abstention",
    )


# ── narrowing it down ────────────────────────────────────────────────────────────────────────────────────────────────


def _choices(bodies: Sequence[Body], address: Address, said: PendingWords) -> None:
    """Fields for municipality and committee, where there are several. The address is the truth; they follow it."""
    municipalities = sorted({body.municipality for body in bodies if body.municipality})
    municipality = next((each for each in address.selection.municipalities if each in municipalities), None)
    committees = sorted({body.committee for body in bodies if municipality in (None, body.municipality)})
    committee = next((each for each in address.selection.committees if each in committees), None)
    fields = (
        (_MUNICIPALITY, said.municipality, municipalities, municipality, said.all_municipalities),
        (_COMMITTEE, said.committee, committees, committee, said.all_committees),
    )
    with st.container(key="choices", horizontal=True):
        for key, label, options, chosen, everything in fields:
            st.session_state[key] = chosen
            if len(options) > 1 or chosen:
                st.selectbox(label, options, None, key=key, placeholder=everything, on_change=_keep, args=(address,))


def _keep(address: Address) -> None:
    municipality, committee = st.session_state[_MUNICIPALITY], st.session_state[_COMMITTEE]
    chosen = replace(
        address.selection,
        municipalities=(municipality,) if municipality else (),
        committees=(committee,) if committee else (),
    )
    st.query_params.from_dict(replace(address, selection=chosen, sheet=None).parameters())
