"""Data → HTML in which it can only be text.

Titles, passages and questions are never handed to Markdown, which would read `$x$`, `:red[…]` or `[a](javascript:…)`
in them as markup. They become children or attributes of tags made here, escaped on the way; nothing else makes `Html`.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

import streamlit as st

from ingest.model import Span

_VOID = frozenset({"br", "hr", "img"})


class Html(str):
    """Markup that is safe to show, because every piece of data in it was escaped when it went in."""

    __slots__ = ()


Child = str | int | None | Iterable["Child"]  # `Html` goes in as it is, other text escaped, None not at all


def tag(name: str, *children: Child, **attributes: str | int | bool | None) -> Html:
    """The element `name` around `children`. `class_` and `for_` lose their underscore, others turn it into a hyphen;
    None and False leave an attribute out. A link may lead only to this app: `ValueError` for any other `href`."""
    target = attributes.get("href")
    if target is not None and not str(target).startswith(("./", "#")):
        raise ValueError(f"a link out of the app: {target}")
    opening = f"<{name}{''.join(_attribute(key, value) for key, value in attributes.items())}>"
    return Html(opening if name in _VOID else f"{opening}{fragment(*children)}</{name}>")


def outward(words: str, address: str | None) -> Html | None:
    """A link out of the app, opened beside it; None unless the address, which is data, is one of the web."""
    if address is None or not address.startswith(("https://", "http://")):
        return None
    target = f'href="{escape(address)}" target="_blank" rel="noreferrer noopener"'
    return Html(f"<a {target}>{escape(words)} ↗</a>")


def fragment(*children: Child) -> Html:
    """The children one after the other, with no tag around them."""
    return Html("".join(_child(child) for child in children))


def marked(text: str, span: Span, mark: Span | None) -> Html:
    """`text[span]` with the part of it that lies in `mark` marked."""
    start, end = (max(span.start, mark.start), min(span.end, mark.end)) if mark else (span.end, span.end)
    if start >= end:
        return fragment(span.of(text))
    return fragment(text[span.start : start], tag("mark", text[start:end]), text[end : span.end])


def chip(text: str, without: str, advice: str) -> Html:
    """Something that narrows what is shown, with a cross that leads to the view `without` it."""
    cross = tag("a", tag("span", "✕", aria_hidden="true"), href=without, title=advice, aria_label=advice)
    return tag("span", tag("span", text), cross, class_="ps-chip")


def show(*children: Child) -> None:
    """Put the children on the page; nothing when they are empty."""
    if html := fragment(*children):
        st.html(html)


def _child(child: Child) -> str:
    if child is None:
        return ""
    if isinstance(child, Html):
        return child
    if isinstance(child, str | int):
        return escape(str(child))
    return fragment(*child)


def _attribute(key: str, value: str | int | bool | None) -> str:
    name = key.rstrip("_").replace("_", "-")
    if value is None or value is False:
        return ""
    return f" {name}" if value is True else f' {name}="{escape(str(value))}"'
