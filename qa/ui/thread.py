"""The course of a case → a timeline; steps that are only referred to are shown as not loaded."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.holdings import Entry
from qa.model import ThreadStep
from qa.ui import naming, words_browse
from qa.ui.address import Address
from qa.ui.literal import Html, tag
from qa.ui.words import Words

_SHOWN = 8  # the latest steps, which are not folded away


def section(steps: Sequence[ThreadStep], address: Address, words: Words, *, here: str = "") -> Html | None:
    """The steps under a heading, oldest first; None when there are none. `here` is the key of the item shown."""
    if not steps:
        return None
    listed = [_step(step, address, words, here) for step in steps]
    folded = len(listed) - _SHOWN if len(listed) > _SHOWN + 1 else 0
    earlier = tag(
        "details",
        tag("summary", words.more.format(number=folded)),
        tag("ol", *listed[:folded], class_="ps-thread ps-thread-earlier"),
    )
    return tag(
        "section",
        tag("h2", words.thread),
        earlier if folded else None,
        tag("ol", *listed[folded:], class_="ps-thread"),
        _whole(here or next((step.item for step in reversed(steps) if step.item), None), address, words),
        class_="ps-part",
    )


def referring(entries: Sequence[Entry], address: Address, words: Words) -> list[Html]:
    """Items that mention another one, each with its meeting, as the lines of a list."""
    return [
        tag(
            "li",
            tag("a", each.item.title, href=address.to_item(each.item.key).href, class_="ps-title", lang="da"),
            tag("span", f"{held}, {words.item.format(number=each.item.number)}", class_="ps-meta"),
        )
        for each in entries
        for held in [naming.meeting(each.meeting, words)]
    ]


def _whole(key: str | None, address: Address, words: Words) -> Html | None:
    """The way to the page of the case; None where no step is loaded."""
    if not key:
        return None
    return tag("p", tag("a", words_browse.of(words.language).see_case, " →", href=address.to_case(key).href))


def _step(step: ThreadStep, address: Address, words: Words, here: str) -> Html:
    place = [step.committee, *([words.item.format(number=step.number)] if step.number else [])]
    if not step.is_loaded:
        state = tag("span", words.not_loaded, class_="ps-missing-word")
    elif step.item == here:
        state = tag("span", words.this_item, class_="ps-missing-word")
    else:
        state = None
    title = (
        tag("a", step.title, href=address.to_item(step.item).href, lang="da")
        if step.item and step.item != here
        else tag("span", step.title, lang="da")
    )
    return tag(
        "li",
        tag("span", naming.day(step.date, words), class_="ps-when"),
        tag("span", ", ".join(place), " ", state, class_="ps-meta"),
        title if step.title else None,
        tag("span", naming.badge(step.outcome, words)) if step.outcome else None,
        class_=None if step.is_loaded else "ps-missing",
    )
