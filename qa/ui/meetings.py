"""The page of meetings: all of them by year, and the items of one."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby

import streamlit as st

from ingest.holdings import Selection
from ingest.model import AgendaItem, Meeting, MeetingKind
from qa import threads
from qa.assistant import Assistant
from qa.committees import Body
from qa.ui import frame, literal, naming, notices, words_browse, words_mode
from qa.ui.address import Address
from qa.ui.literal import Html, show, tag
from qa.ui.words import Words

_PER_PAGE = 50
_COMMITTEE = "meetings_committee"


def page(assistant: Assistant, address: Address, words: Words) -> None:
    """The items of the meeting in the address, or all meetings."""
    if not address.meeting:
        _all(assistant.meetings(), address, words)
        return
    meeting = assistant.meeting(address.meeting)
    if meeting is None:
        notices.missing(address, words, words.no_meeting)
        return
    frame.title(naming.meeting(meeting, words))
    versions = assistant.versions(meeting.key)
    show(_one(meeting, assistant.items(meeting.key), address, words), _versions(versions, address, words))
    frame.arrived(address, words)


# ── all meetings ─────────────────────────────────────────────────────────────────────────────────────────────────────


def _all(meetings: tuple[Meeting, ...], address: Address, words: Words) -> None:
    frame.title(words.meetings)
    committees = sorted({each.committee for each in meetings})
    chosen = next((each for each in address.selection.committees if each in committees), None)
    show(tag("div", tag("h1", words.meetings), class_="ps-page"))
    if len(committees) > 1:
        st.session_state[_COMMITTEE] = chosen
        st.selectbox(
            words.committee,
            committees,
            None,
            key=_COMMITTEE,
            placeholder=words.all_committees,
            on_change=_keep,
            args=(address,),
        )
    places = address.selection.municipalities
    show(_chosen(chosen, address, words))
    found = [
        each
        for each in reversed(meetings)
        if chosen in (None, each.committee) and (not places or each.municipality in places)
    ]
    sheet = min(address.sheet or 1, max(1, -(-len(found) // _PER_PAGE)))
    shown = found[(sheet - 1) * _PER_PAGE : sheet * _PER_PAGE]
    years = [_year(year, list(each), address, words) for year, each in groupby(shown, key=lambda each: each.date.year)]
    if not found:
        show(tag("p", words.no_meetings))
    show(tag("div", *years, _turn(sheet, len(found), address, words), class_="ps-answer"))
    frame.arrived(address, words)


def _chosen(committee: str | None, address: Address, words: Words) -> Html | None:
    """The municipality that is chosen, to be dropped, and the way to the committee's own page."""
    say, selection = words_browse.of(words.language), address.selection
    place = next(iter(selection.municipalities), "")
    if not place and not committee:
        return None
    without = replace(address, selection=replace(selection, municipalities=()), sheet=None)
    own = address.to_committee(Body(place, committee)).href if committee else None
    return tag(
        "div",
        literal.chip(place, without.href, say.drop.format(what=place)) if place else None,
        tag("a", say.its_page, href=own) if own else None,
        class_="ps-chips",
    )


def _keep(address: Address) -> None:
    committee = st.session_state[_COMMITTEE]
    chosen = Selection(committees=(committee,) if committee else ())
    st.query_params.from_dict(replace(address, selection=chosen, sheet=None).parameters())


def _year(year: int, meetings: list[Meeting], address: Address, words: Words) -> Html:
    return tag(
        "section",
        tag("h2", year),
        tag("ul", *(_meeting(each, address, words) for each in meetings), class_="ps-list"),
        class_="ps-part",
    )


def _meeting(meeting: Meeting, address: Address, words: Words) -> Html:
    facts = [meeting.municipality, words.kinds[meeting.kind]]
    is_agenda = meeting.kind is MeetingKind.DAGSORDEN
    mark = tag("span", words_browse.of(words.language).only_agenda, class_="ps-label") if is_agenda else None
    return tag(
        "li",
        tag("a", naming.meeting(meeting, words), href=address.to_meeting(meeting.key).href, class_="ps-title"),
        tag("span", mark, " " if mark else None, " · ".join(filter(None, facts)), class_="ps-meta"),
    )


def _turn(sheet: int, found: int, address: Address, words: Words) -> Html:
    newer, older = (replace(address, sheet=other).href for other in (sheet - 1, sheet + 1))
    return tag(
        "nav",
        tag("span", naming.counted(found, words.count_meetings), class_="ps-meta"),
        tag("a", "‹ ", words.newer, href=newer) if sheet > 1 else None,
        tag("a", words.older, " ›", href=older) if sheet * _PER_PAGE < found else None,
        class_="ps-turn",
        aria_label=words.all_meetings,
    )


# ── one meeting ──────────────────────────────────────────────────────────────────────────────────────────────────────


def _one(meeting: Meeting, items: tuple[AgendaItem, ...], address: Address, words: Words) -> Html:
    facts = [meeting.municipality, words.kinds[meeting.kind]]
    if meeting.start:
        facts.append(words.at_time.format(time=f"{meeting.start:%H:%M}"))
    facts += [meeting.place or "", naming.counted(len(items), words.count_items)]
    own = address.to_committee(Body(meeting.municipality, meeting.committee))
    follow = words_mode.of(words.language).follow
    return tag(
        "article",
        tag(
            "header",
            tag("p", tag("a", "← ", words.all_meetings, href=address.to_list("moeder").href, class_="ps-back")),
            tag("h1", naming.meeting(meeting, words)),
            tag("p", " · ".join(filter(None, facts)), class_="ps-meta"),
            tag("p", tag("a", words_browse.of(words.language).its_page, href=own.href)),
            tag("p", tag("a", follow, " ›", href=address.to_meeting_mode(meeting.key).href)) if items else None,
        ),
        tag("h2", words.items, class_="ps-unseen"),
        tag("ol", *(_item(meeting, each, address, words) for each in items), class_="ps-list ps-items"),
        class_="ps-page",
    )


def _versions(versions: tuple[Meeting, ...], address: Address, words: Words) -> Html | None:
    """The agenda the minutes grew from, and minutes that were corrected."""
    if not versions:
        return None
    return tag(
        "section",
        tag("h2", words.versions),
        tag("ul", *(_version(each, address, words) for each in versions), class_="ps-list"),
        class_="ps-part",
    )


def _version(meeting: Meeting, address: Address, words: Words) -> Html:
    """An earlier version, told from others by the end of its key."""
    facts = [words.kinds[MeetingKind.REFERAT] if meeting.kind is MeetingKind.REFERAT else words.agenda]
    return tag(
        "li",
        tag("a", naming.meeting(meeting, words), href=address.to_meeting(meeting.key).href, class_="ps-title"),
        tag("span", " · ".join([*facts, meeting.key.rpartition("@")[2]]), class_="ps-meta"),
    )


def _item(meeting: Meeting, item: AgendaItem, address: Address, words: Words) -> Html:
    is_held = meeting.kind is MeetingKind.REFERAT
    return tag(
        "li",
        tag("span", item.number, class_="ps-number"),
        tag("a", item.title, href=address.to_item(item.key).href, class_="ps-title", lang="da"),
        naming.badge(threads.outcome_of(item, meeting.kind), words) if is_held else None,
    )
