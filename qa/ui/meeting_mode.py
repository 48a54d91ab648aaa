"""Meeting mode: a meeting item by item, each with its case, for one who sits at the table or looks at the wall."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import streamlit as st

from ingest.model import AgendaItem, MeetingKind
from qa import briefing, texts
from qa.assistant import Assistant
from qa.briefing import Briefing
from qa.model import Answer, Claim, Label, Language
from qa.ui import agenda, card, frame, hand, naming, notices, pending, thread, words_mode
from qa.ui import words as wording
from qa.ui.address import LONGEST_QUESTION, Address
from qa.ui.literal import Html, show, tag
from qa.ui.words import Words
from qa.ui.words_mode import ModeWords

_SHOWN = 8  # claims of a decision that are not folded away


def page(assistant: Assistant, address: Address, words: Words) -> None:
    """The item in the address, of the meeting in it; the next meeting, or the last one, where none is named."""
    said = words_mode.of(words.language)
    meetings = assistant.meetings()
    if not meetings:
        loaded = texts.loaded(assistant.coverage(), words.language)
        notices.missing(address, words, loaded)
        return
    today = date.today()
    meeting = assistant.meeting(address.meeting) if address.meeting else briefing.current(meetings, today=today)
    if meeting is None:
        notices.missing(address, words, words.no_meeting)
        return
    items = assistant.items(meeting.key)
    at = _at(assistant, items, address.item)
    brief = assistant.briefing(items[at].key) if items else None
    here = replace(address, meeting=meeting.key, item=items[at].key if items else "")
    spoken = ""
    frame.title(items[at].title if items else naming.meeting(meeting, words))
    beside, aside = st.columns([7, 3], gap="large")
    with beside:
        if brief is None:
            show(
                tag("div", tag("h1", naming.meeting(meeting, words)), tag("p", said.no_items), class_="ps-mode ps-wide")
            )
        else:
            here, spoken = _item(assistant, brief, (at + 1, len(items)), here, words)
    with aside:
        show(agenda.listed(meeting, items, at, here, words), agenda.others(meetings, today, here, words))
    show(agenda.tools(brief, items, at, here, words))
    hand.mount()
    frame.arrived(here if here.question else address, words, said=spoken)


def _at(assistant: Assistant, items: Sequence[AgendaItem], key: str) -> int:
    """Where in the meeting an item stands: itself, or one of the same case; else the first."""
    places = {item.key: number for number, item in enumerate(items)}
    if not key or key in places:
        return places.get(key, 0)
    return next((places[step.item] for step in assistant.thread(key) if step.item in places), 0)


# ── the item ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _item(
    assistant: Assistant, brief: Briefing, place: tuple[int, int], here: Address, words: Words
) -> tuple[Address, str]:
    """The item with its case, and the answer to a question about it. Gives the address that names that question, and
    the answer in one line for a screen reader."""
    said = words_mode.of(words.language)
    show(_head(brief, place, here, words, said))
    with st.container(key=agenda.FIELD):
        typed = st.chat_input(said.placeholder, key="question_here", max_chars=LONGEST_QUESTION)
    if typed and typed.strip():
        asked = here.to_question(typed).question
        here = replace(here, question=asked, history=())
        st.query_params.from_dict(here.parameters())
    spoken = ""
    if here.question:
        given = _asked(assistant, brief, here, words)
        spoken = card.lead(given, wording.of(given.question.language))
        show(_answer(given, here, said))
    plain = replace(here, question="", history=())
    show(
        tag(
            "div",
            _here(brief, plain, words, said),
            _open_ends(brief, plain, words, said),
            _last(brief, plain, words, said),
            thread.section(brief.thread, plain, words, here=brief.entry.item.key)
            or tag("p", said.alone, class_="ps-meta"),
            class_="ps-mode ps-answer",
        )
    )
    return here, spoken


def _head(brief: Briefing, place: tuple[int, int], here: Address, words: Words, said: ModeWords) -> Html:
    item, meeting = brief.entry.item, brief.entry.meeting
    at, count = place
    return tag(
        "header",
        tag(
            "p",
            tag("a", naming.meeting(meeting, words), href=here.to_meeting(meeting.key).href),
            " · ",
            said.place.format(number=item.number, at=at, count=count),
            class_="ps-meta",
        ),
        tag("h1", item.title, lang="da"),
        tag(
            "p",
            naming.badge(brief.outcome, words)
            if meeting.kind is MeetingKind.REFERAT
            else tag("span", words.kinds[meeting.kind], class_="ps-badge ps-badge-plain"),
            tag("span", naming.case(item.case_number, words)) if item.case_number else None,
            class_="ps-line",
        ),
        tag("p", words.closed, class_="ps-meta") if item.is_closed else None,
        class_="ps-mode ps-wide ps-mode-head",
    )


def _asked(assistant: Assistant, brief: Briefing, here: Address, words: Words) -> Answer:
    return assistant.ask(
        here.question,
        selection=brief.scope,
        today=date.today(),
        language=None if words.language is Language.DANISH else words.language,
    )


def _answer(given: Answer, here: Address, said: ModeWords) -> Html:
    """What the minutes say to the question within the case, and the ways out of it."""
    return tag(
        "section",
        tag("p", said.asked, class_="ps-meta"),
        tag("h2", given.question.text),
        card.within(given, here, wording.of(given.question.language)),
        tag(
            "p",
            tag("a", said.everywhere, href=here.to_question(here.question).href),
            " · ",
            tag("a", said.forget, href=replace(here, question="", history=()).href),
        ),
        class_="ps-mode ps-mode-answer",
    )


def _here(brief: Briefing, here: Address, words: Words, said: ModeWords) -> Html:
    """What is recommended, or what was decided."""
    claims = brief.claims
    if not claims:
        return tag(
            "section", tag("h2", said.recommended), tag("p", said.nothing_here, class_="ps-meta"), class_="ps-part"
        )
    heading = said.decided if any(each.label is Label.DECIDED for each in claims) else said.recommended
    return tag("section", tag("h2", heading), _claims(claims, here, words), class_="ps-part")


def _open_ends(brief: Briefing, here: Address, words: Words, said: ModeWords) -> Html:
    note = texts.headings(words.language).pending_note
    if not brief.pending:
        inner = tag("p", said.no_open_ends, class_="ps-meta")
    else:
        entries = [pending.entry(each, here, words, today=date.today()) for each in brief.pending]
        inner = tag("div", tag("ul", *entries, class_="ps-list"), tag("p", note, class_="ps-meta"))
    return tag("section", tag("h2", said.open_ends), inner, class_="ps-part")


def _last(brief: Briefing, here: Address, words: Words, said: ModeWords) -> Html | None:
    if not brief.thread:
        return None
    if not brief.last:
        inner: Html = tag("p", said.no_last, class_="ps-meta")
    else:
        first = brief.last[0]
        inner = tag(
            "div",
            tag(
                "p",
                tag("strong", f"{first.body}, {naming.day(first.date, words)}"),
                " ",
                naming.badge(first.outcome, words) if first.outcome else None,
            ),
            _claims(brief.last, here, words),
            class_="ps-block",
        )
    return tag("section", tag("h2", said.last), inner, class_="ps-part")


def _claims(claims: Sequence[Claim], here: Address, words: Words) -> Html:
    return card.listed(claims, here, words, shown=_SHOWN)
