"""Printed lines → the text of a page, with a blank line wherever the page shows a gap or the type changes size.

Baselines and type sizes tell paragraphs and headings apart where the text alone does not.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

_GAP = 1.25  # a baseline this many times the usual leading below the last one starts a new block
_SIZE = 1.06  # so does type this much larger or smaller
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


def set_out(lines: Iterable[Line]) -> str:
    """The text of the lines in their order, blocks set apart by a blank line. Lines of white space are left out."""
    visible = [line for line in lines if line.text.strip()]
    usual = _usual_leading(visible)
    written = []
    for above, line in zip([None, *visible], visible, strict=False):
        if above is not None and _starts_block(above, line, usual):
            written.append("")
        written.append(line.text.rstrip())
    return "\n".join(written)


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
