"""Where the agenda items of a clean text begin and end, and which of them stand under a heading that closes them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest import headings, privacy

_SURE_LINES = 4  # a title and its case number never take more


@dataclass(frozen=True, slots=True)
class Start:
    """Where an item begins: its heading's offset, number and title as far as the first line gives it."""

    offset: int
    number: str
    is_sure: bool  # a case number or a section heading follows, so it is no contents line and no running text


def find(text: str) -> list[Start]:
    """The item headings, by the first form of the table that fits the document."""
    for form in headings.ITEM_FORMS:
        found = [
            Start(match.start(), match["number"], _is_sure(text, match.end(), needs_case=form.needs_case))
            for match in re.finditer(form.pattern.pattern, text, re.MULTILINE)
        ]
        found = [start for start in found if start.is_sure or not form.needs_case]
        if found:
            return _believable(found)
    return []


def _is_sure(text: str, offset: int, *, needs_case: bool) -> bool:
    lines = [line for line in text[offset : offset + 600].split("\n")[1:] if line.strip()][:_SURE_LINES]
    for line in lines:
        if any(form.pattern.match(line) for form in headings.ITEM_FORMS):
            return False
        if headings.case_line(line) or (not needs_case and headings.section(line)):
            return True
    return False


def _believable(found: list[Start]) -> list[Start]:
    """Without contents lines and sentences that happen to begin like a heading.

    A sure heading is believed. Another only where no sure one has its number and it stands in the order of numbers.
    """
    sure = {start.number for start in found if start.is_sure}
    kept: list[Start] = []
    for index, start in enumerate(found):
        if not start.is_sure and sure:
            before = int(re.sub(r"\D", "", kept[-1].number)) if kept else 0
            after = next((int(re.sub(r"\D", "", each.number)) for each in found[index + 1 :] if each.is_sure), None)
            number = int(re.sub(r"\D", "", start.number))
            if start.number in sure or not before < number or (after is not None and number >= after):
                continue
        kept.append(start)
    return kept


def group_heads(text: str, start: int, end: int, closed: bool) -> tuple[int, bool]:
    """Where an item ends before a group heading ("Lukkede sager"), and whether items after it are closed.

    Fails closed: one that opens must stand right above the next item, since "Åben" may also be a cell of a table.
    """
    cut = end
    for match in re.finditer(r"^[^\n]+$", text[start:end], re.MULTILINE):
        if privacy.closes(match[0]):
            cut, closed = min(cut, start + match.start()), True
        elif privacy.opens(match[0]) and not text[start + match.end() : end].strip():
            cut, closed = min(cut, start + match.start()), False
    return cut, closed


def is_closed_before(head: str) -> bool:
    """True when the whole document is closed. A contents list that names both parts says nothing."""
    lines = head.split("\n")
    return any(privacy.closes(line) for line in lines) and not any(privacy.opens(line) for line in lines)
