"""Blocks → lines: how table rows, and pages without lines of their own, are set as text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise, zip_longest

from ingest.outline import Block

_CELL_LINES, _LONGEST = 6, 400  # lines of a cell and letters of a line; with more it is no figure or name but text
_LABEL = re.compile(r".*:|(?:(?:Punkt|Pkt\.|Sag nr\.) ?)?\d{1,4}\.|(?:Punkt|Pkt\.|Sag nr\.) ?\d{1,4}", re.IGNORECASE)
_LIST_LINE = re.compile(r"[•-] |(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,5})[.)] |.* \| ")


def page(blocks: Iterable[Block]) -> str:
    """The blocks as one page of text: blank lines around all but the lines of one list or table."""
    held = [block for block in blocks if block.text]
    lines = [block.text for block in held[:1]]
    for above, block in pairwise(held):
        if above.is_heading or block.is_heading or not (_LIST_LINE.match(above.text) and _LIST_LINE.match(block.text)):
            lines.append("")
        lines.append(block.text)
    return "\n".join(lines)


def row(cells: Iterable[list[Block]]) -> list[Block]:
    """A table row as one line, "Løn | 500 | 600", as tables in text have it; after a label or a number only a blank.

    Cells that hold as many lines as each other are so many rows (Region Hovedstaden sets whole columns into one cell).
    A row with one filled cell, a heading or cells of many lines only lays out the page: its lines stay apart.
    """
    filled = list(cells)
    while filled and not filled[-1]:
        filled.pop()
    full = [cell for cell in filled if cell]
    lines = [block for cell in full for block in cell]
    if len(full) < 2 or any(block.is_heading or len(block.text) > _LONGEST for block in lines):
        return lines
    if len({len(cell) for cell in full}) == 1:
        return [Block(_joined(block.text if block else "" for block in line)) for line in zip_longest(*filled)]
    if sum(len(cell) > 1 for cell in full) > 1 or any(len(cell) > _CELL_LINES for cell in full):
        return lines
    return [Block(_joined(" ".join(block.text for block in cell) for cell in filled))]


def _joined(cells: Iterable[str]) -> str:
    line, above = "", ":"
    for cell in cells:
        line += (" " if _LABEL.fullmatch(above) else " | ") + cell
        above = cell
    return " ".join(line.split())
