"""Printed lines → the text of a page, with a blank line wherever the page shows a gap or the type changes size.

Baselines and type sizes tell paragraphs and headings apart where the text alone does not.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

_GAP = 1.25  # a baseline this many times the usual leading below the last one starts a new block
_SIZE = 1.06  # so does type this much larger or smaller
_MOST = 0.75  # of the steps from line to line
_SAME = 1.04  # leadings that differ by less are one


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line. `baseline` is its height on the page and `size` that of its type, both in points."""

    text: str
    baseline: float
    size: float


@dataclass(frozen=True, slots=True)
class Page:
    """What is printed on a page. `has_picture` is true where it shows an image, which may be a scan of text."""

    text: str
    has_picture: bool = False

    @property
    def has_text(self) -> bool:
        """True when there is a letter or a figure; lines and dots alone may be what is left of unknown type."""
        return any(character.isalnum() for character in self.text)


def place(turn: tuple[float, float, float, float], x: float, y: float, size: float) -> tuple[float, float]:
    """The baseline and the height of type set at `x`, `y`, given the four numbers of its matrix that turn and stretch.

    The baseline is measured across the direction of writing, so that lines of a turned page lie below each other too.
    """
    a, b, c, d = turn
    along = math.hypot(a, b) or 1.0
    return (a * y - b * x) / along, size * abs(a * d - b * c) / along


def set_out(lines: Iterable[Line]) -> str:
    """The text of the lines in their order, blocks set apart by a blank line. Lines of white space are left out."""
    visible = [line for line in lines if line.text.strip()]
    if _runs_upwards(visible):
        visible.reverse()
    usual = _usual_leading(visible)
    written = []
    for above, line in zip([None, *visible], visible, strict=False):
        if above is not None and _starts_block(above, line, usual):
            written.append("")
        written.append(line.text.rstrip())
    return "\n".join(written)


def _runs_upwards(lines: list[Line]) -> bool:
    """True when the lines stand in the order from the foot of the page to its head, as pdfium gives those of a page on
    its side, and as some programs draw."""
    rising = sum(below.baseline > above.baseline for above, below in pairwise(lines))
    return len(lines) > 2 and rising > _MOST * (len(lines) - 1)


def _leading(above: Line, line: Line) -> float:
    """The distance between two baselines in multiples of the lower line's type size; negative when it stands higher."""
    return (above.baseline - line.baseline) / (line.size or 10.0)


def _usual_leading(lines: list[Line]) -> float:
    """The commonest leading on the page, the least of those equally common; 0 when there is none.

    Leadings a hair apart are one: readers round differently, and so do the programs that set the page.
    """
    found = sorted(leading for pair in pairwise(lines) if 0.5 < (leading := _leading(*pair)) < 3)
    common = [bisect_right(found, leading * _SAME) - place for place, leading in enumerate(found)]
    return found[common.index(max(common))] if found else 0.0


def _starts_block(above: Line, line: Line, usual: float) -> bool:
    if above.size and line.size and not 1 / _SIZE < line.size / above.size < _SIZE:
        return True
    leading = _leading(above, line)
    return bool(usual) and (leading > _GAP * usual or leading < 0)
