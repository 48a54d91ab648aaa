"""A piece of HTML → its blocks: paragraphs, list lines with their marks, table rows, headings.

The tree is walked without recursion, and a page nested deeper than any page is refused before it is parsed: what
comes from the net may be anything.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ingest.errors import Unreadable
from ingest.outline import Block
from ingest.readers import setting
from ingest.readers.listing import Listing, style_named

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())

_DROPPED = frozenset(
    "head meta title link script style noscript template iframe object embed svg canvas audio video map button input "
    "select textarea datalist progress dialog".split()
)
_SET_APART = HEADINGS | frozenset(
    "p div li ul ol dl dt dd table caption thead tbody tfoot tr td th blockquote section article main header footer "
    "aside nav pre hr form fieldset legend figure figcaption address details summary body".split()
)
_LISTS, _CELLS = frozenset({"ol", "ul"}), frozenset({"td", "th"})
_STYLE = re.compile(r"list-style(?:-type)?\s*:\s*([\w-]+)", re.IGNORECASE)
_HAS_MARK = re.compile(r"[•·▪●–-]\s")

_TAG = re.compile(rb"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
_UNCLOSED = frozenset(b"p li br img hr meta link input td th tr dt dd col option wbr area base tbody thead".split())
_DEEPEST = 2000  # elements inside each other; the parser's time grows with the square of it


def parse(markup: str) -> LexborHTMLParser:
    """The tree of a page or a piece of one; HTML is never invalid. Raises `Unreadable` where it is nested too deep."""
    from selectolax.lexbor import LexborHTMLParser

    depth = deepest = 0
    for slash, name in _TAG.findall(markup.encode("utf-8", "replace")):
        if name.lower() not in _UNCLOSED:
            depth = max(0, depth + (-1 if slash else 1))
            deepest = max(deepest, depth)
    if deepest > _DEEPEST:
        raise Unreadable(f"the markup is nested {deepest} deep, which no page of minutes is; is the file damaged?")
    return LexborHTMLParser(markup)


def fragment(markup: str) -> tuple[Block, ...]:
    """The blocks of a piece of HTML none of whose headings is a section's."""
    body = parse(markup).body
    return blocks(body, lambda _: False) if body is not None else ()


def blocks(
    root: LexborNode, is_heading: Callable[[LexborNode], bool], is_dropped: Callable[[LexborNode], bool] | None = None
) -> tuple[Block, ...]:
    """The blocks under `root` in order; an element is a heading, or left out with all in it, where the caller says so.
    A heading without words gives an empty heading block."""
    setter = _Setter(is_heading)
    node: LexborNode | None = root
    while node is not None:
        is_left_out = _is_dropped(node) or (is_dropped is not None and is_dropped(node))
        if not is_left_out:
            setter.enter(node)
            if node.child is not None:
                node = node.child
                continue
            setter.leave(node)
        node = _following(node, root, setter)
    setter.end_line()
    return tuple(setter.blocks)


def _following(node: LexborNode, root: LexborNode, setter: _Setter) -> LexborNode | None:
    """The next node in the order of the page that is not inside `node`; None at the end. Leaves what ends before it."""
    while node.mem_id != root.mem_id:  # nodes are equal when their markup is
        if node.next is not None:
            return node.next
        if node.parent is None:
            return None
        node = node.parent
        setter.leave(node)
    return None


def _is_dropped(node: LexborNode) -> bool:
    """True for what is no text of the page. A button that is, or stands in, a heading only folds what is below it."""
    if node.tag not in _DROPPED:
        return False
    is_fold = node.tag == "button" and (
        (node.parent is not None and node.parent.tag in HEADINGS) or node.css_first("h1,h2,h3,h4,h5,h6") is not None
    )
    return not is_fold


@dataclass(slots=True)
class _Setter:
    """Sets blocks while a tree is walked through."""

    is_heading: Callable[[LexborNode], bool]
    blocks: list[Block] = field(default_factory=list)
    _words: list[str] = field(default_factory=list)
    _mark: str = ""
    _heading: int | None = None  # the node of the heading that is open
    _lists: list[Listing] = field(default_factory=list)
    _rows: list[list[list[Block]]] = field(default_factory=list)
    _around: list[list[Block]] = field(default_factory=list)  # the blocks before each cell that is open

    def enter(self, node: LexborNode) -> None:
        tag = node.tag or ""
        if node.is_text_node:
            self._add(node)
        elif tag == "br":
            self.end_line()
        elif tag in _SET_APART:
            self.end_line()
            if self._heading is None and self.is_heading(node):
                self._heading = node.mem_id
            elif tag in _LISTS:
                self._lists.append(_listing(node))
            elif tag == "li":
                self._mark = self._lists[-1].next(_number(node, "value")) if self._lists else "• "
            elif tag == "tr":
                self._rows.append([])
            elif tag in _CELLS:
                self._around.append(self.blocks)
                self.blocks = []

    def leave(self, node: LexborNode) -> None:
        tag = node.tag or ""
        if tag not in _SET_APART:
            return
        if self._heading == node.mem_id:
            self._heading = None
            self.blocks.append(Block(self._line(), is_heading=True))
            return
        self.end_line()
        if tag == "li":
            self._mark = ""
        elif tag in _LISTS and self._lists:
            self._lists.pop()
        elif tag == "tr" and self._rows:
            self.blocks += setting.row(self._rows.pop())
        elif tag in _CELLS and self._around:
            cell, self.blocks = self.blocks, self._around.pop()
            if self._rows:
                self._rows[-1].append(cell)
            else:
                self.blocks += cell

    def end_line(self) -> None:
        """End the paragraph at hand; inside a heading a break is a blank."""
        if self._heading is not None:
            self._words.append(" ")
        elif line := self._line():
            mark = "" if line.startswith(self._mark.strip() or "\n") or _HAS_MARK.match(line) else self._mark
            self.blocks.append(Block(mark + line))
            self._mark = ""

    def _add(self, node: LexborNode) -> None:
        words = node.text_content or ""
        if node.parent is None or node.parent.tag != "pre":
            self._words.append(words)
            return
        for place, line in enumerate(words.split("\n")):
            if place:
                self.end_line()
            self._words.append(line)

    def _line(self) -> str:
        line = " ".join("".join(self._words).split())
        self._words.clear()
        return line


def _listing(node: LexborNode) -> Listing:
    """The list that an `<ol>` or `<ul>` opens. Numbers and letters stand in its attributes only."""
    style = _STYLE.search(node.attributes.get("style") or "")
    named = style[1] if style else node.attributes.get("type") or ""
    start = _number(node, "start")
    return Listing(style_named(named, is_numbered=node.tag == "ol"), 1 if start is None else start)


def _number(node: LexborNode, attribute: str) -> int | None:
    value = (node.attributes.get(attribute) or "").strip()
    return int(value) if re.fullmatch(r"[0-9]{1,6}", value) else None
