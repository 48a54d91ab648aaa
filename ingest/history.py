"""A *Sagsforløb* → its blocks: which body treated the case, when, as which punkt, and what it said.

Labels stand on lines of their own or together on one, in any order, with their values beside or below them.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator
from dataclasses import dataclass, field

from ingest.model import Span

_LABELS = (
    ("body", r"udvalg|instans|behandlet i|behandlende udvalg|organ|råd/udvalg"),
    ("date", r"dato|mødedato|møde den|behandlet den"),
    ("number", r"punktnummer|punkt ?nr\.?|punkt|pkt\.?(?: nr\.?)?|sag nr\.?|dagsordenspunkt"),
    ("text", r"beslutning|afgørelse|behandling"),
)
_LABEL = re.compile("|".join(rf"(?P<{name}>\b(?:{pattern}) ?:)" for name, pattern in _LABELS), re.IGNORECASE)
_LINE = re.compile(r"[^\n]+")


@dataclass(frozen=True, slots=True)
class Step:
    """One body's treatment of a case. `date` and `number` are as written, None where they are not given; `text` is what
    the body said, and may be empty."""

    body: str
    date: str | None
    number: str | None
    text: Span


@dataclass(slots=True)
class _Block:
    values: dict[str, str] = field(default_factory=dict)
    waiting: str = ""  # the label whose value stands on the next line
    start: int = 0
    end: int = 0


def steps(text: str, body: Span) -> Iterator[Step]:
    """The blocks of a Sagsforløb in `body` of `text`, in order; none where it is written as prose."""
    block: _Block | None = None
    for line in _LINE.finditer(text, body.start, body.end):
        if not line[0].strip():
            continue
        labels = list(_LABEL.finditer(text, line.start(), line.end()))
        if labels and not text[line.start() : labels[0].start()].strip(" •-–"):
            block = yield from _labelled(text, line, labels, block)
        elif block is not None and block.waiting:
            block.values[block.waiting] = line[0].strip()
            block.waiting, block.start, block.end = "", line.end(), line.end()
        elif block is not None:
            block.end = line.end()
    if block is not None:
        yield from _closed(block)


def has_steps(text: str, body: Span) -> bool:
    """True when a section is a Sagsforløb in blocks, whose days are those of decisions and no mentions."""
    return next(steps(text, body), None) is not None


def _labelled(
    text: str, line: re.Match[str], labels: list[re.Match[str]], block: _Block | None
) -> Generator[Step, None, _Block | None]:
    """Take in a line of labels; gives the block that ends with it, if one does, and returns the one that goes on."""
    ends = [label.start() for label in labels[1:]] + [line.end()]
    for label, end in zip(labels, ends, strict=True):
        name, value = label.lastgroup or "", text[label.end() : end].strip(" ,;|·–-")
        if name == "text":
            if block is not None:
                block.start, block.end, block.waiting = label.end(), line.end(), ""
                break
            continue
        if block is None or name in block.values or block.end > block.start:
            if block is not None:
                yield from _closed(block)
            block = _Block()
        block.values[name], block.waiting = value, "" if value else name
        block.start = block.end = line.end()
    return block


def _closed(block: _Block) -> Iterator[Step]:
    if body := block.values.get("body"):
        number = re.search(r"\d+", block.values.get("number", ""))
        yield Step(body, block.values.get("date"), number[0] if number else None, Span(block.start, block.end))
