"""A list → the mark before each of its lines, as a page or a word processor draws it: "2. ", "a. ", "• "."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Style(StrEnum):
    """How the lines of a list are marked."""

    DECIMAL = "decimal"
    LOWER_LETTER = "a"
    UPPER_LETTER = "A"
    LOWER_ROMAN = "i"
    UPPER_ROMAN = "I"
    BULLET = "bullet"
    NONE = "none"


# What HTML attributes, style sheets and Word call them. Order is no matter; other names are numbers or bullets.
_NAMED = {
    "1": Style.DECIMAL,
    "decimal": Style.DECIMAL,
    "a": Style.LOWER_LETTER,
    "lower-alpha": Style.LOWER_LETTER,
    "lower-latin": Style.LOWER_LETTER,
    "lowerLetter": Style.LOWER_LETTER,
    "A": Style.UPPER_LETTER,
    "upper-alpha": Style.UPPER_LETTER,
    "upper-latin": Style.UPPER_LETTER,
    "upperLetter": Style.UPPER_LETTER,
    "i": Style.LOWER_ROMAN,
    "lower-roman": Style.LOWER_ROMAN,
    "lowerRoman": Style.LOWER_ROMAN,
    "I": Style.UPPER_ROMAN,
    "upper-roman": Style.UPPER_ROMAN,
    "upperRoman": Style.UPPER_ROMAN,
    "bullet": Style.BULLET,
    "none": Style.NONE,
}
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
          (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip


def style_named(name: str, *, is_numbered: bool) -> Style:
    """The style a source calls `name`; numbers or bullets where it is not known."""
    return _NAMED.get(name, Style.DECIMAL if is_numbered else Style.BULLET)


def mark(style: Style, number: int) -> str:
    """The mark alone: "3", "c", "iii"; "•" for bullets, "" for lists without marks. Numbers below 1 have no letter."""
    if style is Style.NONE:
        return ""
    if style is Style.BULLET:
        return "•"
    if style is Style.DECIMAL or number < 1:
        return str(number)
    letters = _roman(number) if style in (Style.LOWER_ROMAN, Style.UPPER_ROMAN) else _letters(number)
    return letters.upper() if style in (Style.UPPER_LETTER, Style.UPPER_ROMAN) else letters


@dataclass(slots=True)
class Listing:
    """A list that is being read: its style and the number its next line has."""

    style: Style
    number: int = 1

    def next(self, told: int | None = None) -> str:
        """The mark of the next line with the blank after it; `told` is the number that the line itself gives."""
        number = self.number if told is None else told
        self.number = number + 1
        drawn = mark(self.style, number)
        if drawn in ("", "•"):
            return drawn and f"{drawn} "
        return f"{drawn}. "


def _letters(number: int) -> str:
    """a … z, then aa, bb …, as Word counts."""
    return chr(ord("a") + (number - 1) % 26) * min(1 + (number - 1) // 26, 5)


def _roman(number: int) -> str:
    written = ""
    for value, letters in _ROMAN:
        while number >= value and len(written) < 20:
            written, number = written + letters, number - value
    return written
