"""The page for looking around: committees, meetings and items, one list at a time; or one meeting."""

from __future__ import annotations

from itertools import groupby

from qa.assistant import Assistant
from qa.shelf import BodyOverview
from qa.ui import frame, items, meetings, naming, words_browse
from qa.ui.address import Address, of_body
from qa.ui.literal import Child, Html, show, tag
from qa.ui.words import Words
from qa.ui.words_browse import BrowseWords

BODIES, MEETINGS, ITEMS = "udvalg", "moeder", "punkter"  # the lists, as they stand in the address


def page(assistant: Assistant, address: Address, words: Words) -> None:
    """The meeting in the address, else the list it names; without one, the committees, where there are several."""
    if address.meeting:
        meetings.page(assistant, address, words)
        return
    say = words_browse.of(words.language)
    bodies = assistant.shelf().bodies
    view = address.view if address.view in (BODIES, MEETINGS, ITEMS) else ""
    if not view:
        view = BODIES if len(bodies) > 1 and address.selection.is_everything else MEETINGS
    show(_tabs(view, address, words, say))
    if view == ITEMS:
        items.page(assistant, address, words)
    elif view == MEETINGS:
        meetings.page(assistant, address, words)
    else:
        _bodies(bodies, address, words, say)


def _tabs(view: str, address: Address, words: Words, say: BrowseWords) -> Html:
    """The ways to the other lists, of the same committee."""
    named = ((BODIES, say.bodies), (MEETINGS, words.meetings), (ITEMS, say.items))
    kept = address.selection if address.selection.committees else None
    links = []
    for name, title in named:
        target = address.to_list(name, kept) if kept and name != BODIES else address.to_list(name)
        links.append(tag("li", tag("a", title, href=target.href, aria_current="page" if name == view else None)))
    return tag("nav", tag("ul", *links), class_="ps-tabs", aria_label=say.lists)


def _bodies(bodies: tuple[BodyOverview, ...], address: Address, words: Words, say: BrowseWords) -> None:
    frame.title(say.bodies)
    grouped = groupby(bodies, key=lambda each: each.body.municipality)
    show(
        tag(
            "div",
            tag("h1", say.bodies),
            *(_municipality(name, list(each), address, words, say) for name, each in grouped),
            None if bodies else tag("p", words.no_meetings),
            class_="ps-page",
        )
    )
    frame.arrived(address, words)


def _municipality(name: str, bodies: list[BodyOverview], address: Address, words: Words, say: BrowseWords) -> Html:
    listed = [_body(each, address, words, say) for each in bodies]
    heading = tag("h2", name or say.no_municipality)
    return tag("section", heading, tag("ul", *listed, class_="ps-list"), class_="ps-part")


def _body(each: BodyOverview, address: Address, words: Words, say: BrowseWords) -> Html:
    """A committee: how much of it is loaded, from when to when, and the ways to its meetings, items and own page."""
    of_it = of_body(each.body)
    first, last = naming.day(each.first, words), naming.day(each.last, words)
    span = say.on_day.format(day=last) if first == last else say.from_to.format(first=first, last=last)
    facts = [naming.counted(each.meetings, words.count_meetings), naming.counted(each.items, words.count_items), span]
    ways: tuple[tuple[str, Address], ...] = (
        (say.its_page, address.to_committee(each.body)),
        (say.its_items, address.to_list(ITEMS, of_it)),
    )
    name = each.body.committee
    agendas: Child = None
    if each.agendas:
        agendas = [" · ", tag("span", naming.counted(each.agendas, say.count_agendas), class_="ps-agendas")]
    return tag(
        "li",
        tag("a", name, href=address.to_list(MEETINGS, of_it).href, class_="ps-title"),
        tag("span", " · ".join(facts), agendas, class_="ps-meta"),
        tag(
            "span",
            *(tag("a", words_, href=to.href, aria_label=f"{words_}: {name}") for words_, to in ways),
            class_="ps-ways",
        ),
    )
