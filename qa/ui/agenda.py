"""What stands around an item in meeting mode: the agenda, other meetings, and all that the keys do as buttons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby

from ingest.holdings import Entry
from ingest.model import AgendaItem, Meeting, MeetingKind, Span
from qa import briefing, threads
from qa.briefing import Briefing
from qa.citation import cite
from qa.committees import Body
from qa.ui import hand, naming, words_mode
from qa.ui.address import MEETINGS, Address
from qa.ui.literal import Html, tag
from qa.ui.words import Words

FIELD = "askhere"  # the key of the container that holds the field for a question


def listed(meeting: Meeting, items: Sequence[AgendaItem], at: int, here: Address, words: Words) -> Html:
    said = words_mode.of(words.language)
    is_held = meeting.kind is MeetingKind.REFERAT
    entries = [
        tag(
            "li",
            tag("span", item.number, class_="ps-number"),
            tag(
                "a",
                item.title,
                href=here.to_meeting_mode(meeting.key, item.key).href,
                lang="da",
                class_="ps-title",
                aria_current="step" if number == at else None,
            ),
            naming.badge(threads.outcome_of(item, meeting.kind), words) if is_held else None,
        )
        for number, item in enumerate(items)
    ]
    return tag(
        "nav",
        tag("h2", said.agenda),
        tag("p", naming.meeting(meeting, words), class_="ps-meta"),
        tag("ol", *entries, class_="ps-list ps-items"),
        class_="ps-mode-agenda",
        aria_label=said.agenda,
    )


def others(meetings: Sequence[Meeting], today: date, here: Address, words: Words) -> Html:
    """The next meeting of each body, or its last; and the way to all."""
    said = words_mode.of(words.language)
    ordered = sorted(meetings, key=lambda each: (each.municipality, each.committee, each.date))
    bodies = groupby(ordered, key=lambda each: Body(each.municipality, each.committee))
    chosen = [briefing.current(list(each), today=today) for _, each in bodies]
    entries = [
        tag(
            "li",
            tag("a", naming.meeting(each, words), href=here.to_meeting_mode(each.key).href, class_="ps-title"),
            tag("span", each.municipality, class_="ps-meta") if each.municipality else None,
        )
        for each in chosen
        if each is not None
    ]
    every = tag("li", tag("a", said.all_meetings, href=here.to_page(MEETINGS).href))
    return tag(
        "details",
        tag("summary", said.other),
        tag("ul", *entries, every, class_="ps-list"),
        class_="ps-mode-agenda",
    )


# ── the buttons ──────────────────────────────────────────────────────────────────────────────────────────────────────


def tools(brief: Briefing | None, items: Sequence[AgendaItem], at: int, here: Address, words: Words) -> Html | None:
    """All that the keys do, as buttons at the foot of the window."""
    if brief is None:
        return None
    said = words_mode.of(words.language)
    meeting, key = brief.entry.meeting, brief.entry.item.key
    before = items[at - 1].key if at else None
    after = items[at + 1].key if at + 1 < len(items) else None
    away = said.forget if here.question else said.leave
    leave = replace(here, question="", history=()) if here.question else here.to_meeting(meeting.key)
    return tag(
        "nav",
        _step(said.previous, "←", "k ArrowLeft", before, meeting, here),
        _step(said.next, "→", "j ArrowRight", after, meeting, here),
        tag(
            "button",
            said.ask,
            _key("s"),
            type="button",
            data_for=f".st-key-{FIELD} textarea",
            data_keys="s /",
            data_does=said.placeholder,
        ),
        _copier(brief.entry, words),
        tag(
            "a",
            said.open,
            _key("o"),
            href=replace(here, question="").to_item(key).href,
            data_keys="o",
            data_does=said.whole,
            aria_label=said.whole,
        ),
        tag("a", away, _key("Esc"), href=leave.href, data_keys="Escape", data_does=away),
        class_="ps-mode-tools",
        aria_label=said.tools,
    )


def _copier(entry: Entry, words: Words) -> Html | None:
    """The formal citation of the item, to take along; None for an item without a word."""
    if not entry.item.text.strip():
        return None
    label = words_mode.of(words.language).copy
    return hand.copier(cite(entry, Span(0, len(entry.item.text))), words, label=label, key="c")


def _step(text: str, sign: str, data_keys: str, item: str | None, meeting: Meeting, here: Address) -> Html:
    """The way to a neighbour of the item; where there is none, the words alone, so that nothing moves."""
    inner = (text, _key(sign))
    if item is None:
        return tag("span", *inner, class_="ps-mode-end", aria_hidden="true")
    href = here.to_meeting_mode(meeting.key, item).href
    return tag("a", *inner, href=href, data_keys=data_keys, data_does=text)


def _key(name: str) -> Html:
    return tag("kbd", name, aria_hidden="true")
