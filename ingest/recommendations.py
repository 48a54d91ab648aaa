"""The *Indstilling* of an item → its lines, nested as they stand.

A line is marked ("at …", "At 1) …", "- at …", "A) …", "1. …"); what stands before the first mark says who recommends.
An Indstilling without marks is one recommendation.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ingest.model import Recommendation, Span

# The marks a line can open with, by level of nesting they usually have. A bare "at" belongs to the line itself.
_MARKS = (
    ("numbered at", re.compile(r"(?:at|ad)(?:\s+(?P<number>\d+)\s*[).:]*|\s*\))\s*", re.IGNORECASE)),
    ("at", re.compile(r"(?=at\s)", re.IGNORECASE)),
    ("letter", re.compile(r"(?P<number>[A-Za-zÆØÅæøå])[).]\s+")),
    ("number", re.compile(r"(?P<number>\d{1,2})[).]\s+")),
    ("dash", re.compile(r"[-–—•*]\s*")),
)
_RUN_IN = re.compile(
    r"\b(?:indstiller|indstilles|foreslår|foreslås|anbefaler|anbefales)\b[^\n:]{0,60}?[:,]?\s+(?=at\s)", re.IGNORECASE
)
_INTRODUCES = re.compile(r"\b(indstiller|indstilles|foreslår|foreslås|anbefaler)\b[^.]*$", re.IGNORECASE)


@dataclass(slots=True)
class _Node:
    number: str | None
    span: Span
    mark: str
    children: list[_Node] = field(default_factory=list)

    def frozen(self) -> Recommendation:
        return Recommendation(self.number, self.span, tuple(child.frozen() for child in self.children))


def find(text: str, body: Span) -> tuple[Recommendation, ...]:
    """The recommendation lines within `body` of `text`, top level first; spans count in `text`."""
    top: list[_Node] = []
    parent: _Node | None = None  # the line above that ends with a colon and so holds the lines below it
    introduction = True
    for line in re.finditer(r"[^\n]*\S[^\n]*", body.of(text)):
        start, end = body.start + line.start(), body.start + len(line[0].rstrip()) + line.start()
        start += len(line[0]) - len(line[0].lstrip())
        node = _marked(text, start, end)
        if node is None and introduction:
            node = _run_in(text, start, end)
            if node is None:
                introduction = introduction and bool(_INTRODUCES.search(text[start:end]) or end - start < 60)
                node = None if introduction else _Node(None, Span(start, end), "none")
        if node is None:
            if not introduction:
                _extend(top, end)
            continue
        introduction = False
        if node.mark == "none" and top:
            _extend(top, end)
            continue
        if parent is not None and (node.mark == parent.mark or node.mark == "none"):
            parent = None
        (parent.children if parent is not None else top).append(node)
        if parent is None and text[node.span.start : node.span.end].endswith(":"):
            parent = node
    return tuple(node.frozen() for node in top)


def _marked(text: str, start: int, end: int) -> _Node | None:
    for mark, pattern in _MARKS:
        if (match := pattern.match(text, start, end)) and match.end() < end:
            number = match.groupdict().get("number")
            return _Node(number, Span(match.end(), end), mark)
    return None


def _run_in(text: str, start: int, end: int) -> _Node | None:
    """A recommendation on the same line as who recommends: "Direktøren indstiller, at udvalget …"."""
    match = _RUN_IN.search(text, start, end)
    return _Node(None, Span(match.end(), end), "at") if match else None


def _extend(top: list[_Node], end: int) -> None:
    """An unmarked paragraph goes on with the line above it."""
    if not top:
        return
    last = top[-1]
    while last.children:
        last = last.children[-1]
    last.span = Span(last.span.start, end)
