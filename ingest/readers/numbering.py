"""The lists of a Word document → the mark Word draws before each paragraph, which stands nowhere in its text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ingest.readers import listing

if TYPE_CHECKING:
    from lxml.etree import _Element

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PLACE = re.compile(r"%([1-9])")
_MOST_STYLES = 20  # a style is based on another, and so on


@dataclass(frozen=True, slots=True)
class _Level:
    """How one level of a list is numbered: `pattern` is "%1." or "%1.%2", each figure standing for a level."""

    style: listing.Style
    pattern: str
    start: int


class Numbering:
    """Counts the paragraphs of a document's lists, which must be asked for in order."""

    def __init__(self, numbering: _Element | None, styles: _Element) -> None:
        self._lists: dict[str, str] = {}  # a list → the definition it follows; lists of one definition count on
        self._levels: dict[tuple[str, int], _Level] = {}
        self._restarts: dict[tuple[str, int], int] = {}
        self._counts: dict[tuple[str, int], int] = {}
        self._styles = {style.get(f"{_W}styleId"): style for style in styles.iterfind(f"{_W}style")}
        if numbering is not None:
            self._read(numbering)

    def mark(self, paragraph: _Element) -> str:
        """The mark of a paragraph with the blank after it; "" where it is in no list."""
        place = self._place(paragraph)
        if place is None or place[0] not in self._lists:
            return ""
        number, depth = place
        definition = self._lists[number]
        level = self._levels.get((definition, depth))
        if level is None:
            return ""
        self._count(number, definition, depth, level)
        if level.style is listing.Style.BULLET:
            return "• "
        drawn = _PLACE.sub(lambda match: self._figure(definition, int(match[1]) - 1), level.pattern).strip()
        return drawn and f"{drawn} "

    def _count(self, number: str, definition: str, depth: int, level: _Level) -> None:
        restart = self._restarts.pop((number, depth), None)
        before = self._counts.get((definition, depth), level.start - 1)
        self._counts[definition, depth] = before + 1 if restart is None else restart
        for deeper in range(depth + 1, 9):
            self._counts.pop((definition, deeper), None)

    def _figure(self, definition: str, depth: int) -> str:
        level = self._levels.get((definition, depth))
        if level is None:
            return ""
        return listing.mark(level.style, self._counts.get((definition, depth), level.start))

    def _place(self, paragraph: _Element) -> tuple[str, int] | None:
        """The list and level a paragraph is in, by itself or by its style."""
        settings = paragraph.find(f"{_W}pPr")
        named = None if settings is None else settings.find(f"{_W}pStyle")
        style = None if named is None else self._styles.get(named.get(f"{_W}val"))
        for _ in range(_MOST_STYLES):
            numbered = None if settings is None else settings.find(f"{_W}numPr")
            number = None if numbered is None else _value(numbered, "numId")
            if numbered is not None and number is not None:
                return number, _whole(_value(numbered, "ilvl"), 0)
            if style is None:
                return None
            settings = style.find(f"{_W}pPr")
            based = _value(style, "basedOn")
            style = None if based is None else self._styles.get(based)
        return None

    def _read(self, numbering: _Element) -> None:
        for definition in numbering.iterfind(f"{_W}abstractNum"):
            name = definition.get(f"{_W}abstractNumId") or ""
            for level in definition.iterfind(f"{_W}lvl"):
                self._levels[name, _whole(level.get(f"{_W}ilvl"), 0)] = _level(level)
        for each in numbering.iterfind(f"{_W}num"):
            number = each.get(f"{_W}numId") or ""
            self._lists[number] = _value(each, "abstractNumId") or ""
            for override in each.iterfind(f"{_W}lvlOverride"):
                if (start := _value(override, "startOverride")) is not None:
                    self._restarts[number, _whole(override.get(f"{_W}ilvl"), 0)] = _whole(start, 1)


def _level(level: _Element) -> _Level:
    style = listing.style_named(_value(level, "numFmt") or "decimal", is_numbered=True)
    return _Level(style, _value(level, "lvlText") or "", _whole(_value(level, "start"), 1))


def _value(element: _Element, name: str) -> str | None:
    found = element.find(f"{_W}{name}")
    return None if found is None else found.get(f"{_W}val")


def _whole(told: str | None, otherwise: int) -> int:
    return int(told) if told and re.fullmatch(r"[0-9]{1,6}", told) else otherwise
