"""The course of a case → a timeline; steps that are only referred to are shown as not loaded."""

from __future__ import annotations

from collections.abc import Sequence

from qa.model import ThreadStep
from qa.ui import naming
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
        class_="ps-part",
    )


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
