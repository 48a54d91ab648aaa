"""A text → the figures and days in it, so that Danish and English can be compared: 3.150.000 kr. is DKK 3,150,000.

Strict where it matters: what cannot be read as a number (a case number, "P2", "2025/26") is itself, letter for letter.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ingest import dates
from qa.model import Language

_MONTHS = [name for name in dates.MONTHS if len(name) > 4 or name in ("maj", "juni", "juli", "june", "july")]
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_PARTIAL = re.compile(
    rf"\b(?P<d>\d{{1,2}})(?:st|nd|rd|th|\.)?\s+(?:of\s+)?(?P<m>{_MONTH}|may)\b"  # 28. april
    rf"|\b(?P<m2>{_MONTH}|may)\s+(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?(?![\d.,])"  # April 28
    rf"|\b(?P<m3>{_MONTH}|(?-i:May))\b(?:\s+(?P<y>\d{{4}}))?",  # november 2026, i maj
    re.IGNORECASE,
)
_NUMERIC_DAY = re.compile(r"(?<![\w.,/-])(?P<d>\d{1,2})/(?P<m>\d{1,2})(?![\w/-])")  # 28/4

_DANISH_WORDS = (
    "nul _ to tre fire fem seks syv otte ni ti elleve tolv tretten fjorten femten seksten sytten atten nitten tyve"
)
_ENGLISH_WORDS = (
    "zero _ two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty"
)
_DANISH_TENS = {"tredive": 30, "fyrre": 40, "halvtreds": 50, "tres": 60, "halvfjerds": 70, "firs": 80, "halvfems": 90}
_ENGLISH_TENS = {"thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
# "en", "et" and "one" are articles and pronouns far more often than numbers.
_WORDS = {
    Language.DANISH: {word: n for n, word in enumerate(_DANISH_WORDS.split()) if word != "_"}
    | _DANISH_TENS
    | {"hundrede": 100, "tusind": 1_000, "tusinde": 1_000, "dusin": 12, "snes": 20},
    Language.ENGLISH: {word: n for n, word in enumerate(_ENGLISH_WORDS.split()) if word != "_"}
    | _ENGLISH_TENS
    | {"hundred": 100, "thousand": 1_000, "dozen": 12, "dozens": 12},
}
_PARTS = "|".join(("en", "et", "og", "million", "millioner", *_WORDS[Language.DANISH]))
_COMPOUND = re.compile(rf"(?:{_PARTS}){{2,}}")  # "femogtyve", "tohundrede": themselves, letter for letter
_SCALING = re.compile(r"tusinde?$|thousand$")
_ONE_OF_MANY = re.compile(r"\b(?:en|et|én|a|one)\s+(?=(?:million|milliard|billion)\b)", re.IGNORECASE)
_SCALES = (
    (1_000_000_000, r"mia\b|milliard\w*|billion\w*"),
    (1_000_000, r"mio\b|mill\b|million\w*"),
    (1_000, r"tusinde?\b|thousand\b|t\.?\s?kr\b"),
)
_PERCENT = re.compile(r"\s*(?:%|pct\b|procent\w*|percent\w*|per cent\b)", re.IGNORECASE)
_MONEY_AFTER = re.compile(r"\.?\s*(?:(?P<kr>kr\b|kroner\b|dkk\b)|(?P<eur>€|euro\b|eur\b))", re.IGNORECASE)
_MONEY_BEFORE = re.compile(r"(?:(?P<kr>\bkr\.?|\bdkk)|(?P<eur>€|\beur))[-–]?\s*$", re.IGNORECASE)
_CHUNK = re.compile(r"[^\s()\"“”„»«;!?…]*\d[^\s()\"“”„»«;!?…%€]*")
_GLUED = re.compile(r"(?:(?:kr\.?|dkk|€)[-–]?)?(?P<n>\d[\d.,]*)(?:,-)?(?P<unit>[a-zæøå]+\.?)?", re.IGNORECASE)
_RANGE = re.compile(r"(\d[\d.,]*)[-–](\d[\d.,]*)")
_EDGES = ".,:-–'’/&"
_LONGEST = 18  # characters of a number


@dataclass(frozen=True, slots=True)
class Day:
    """A day as far as it is told: of a year, of a month, or both unknown (None)."""

    year: int | None
    month: int
    day: int | None

    def is_told_by(self, other: Day) -> bool:
        """True when `other` says all that this one says."""
        return (
            self.month == other.month
            and self.year in (None, other.year)
            and self.day in (None, other.day)
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with what it counts, as far as it can be told: `unit` is "%", "kr", "eur" or "". `value` is the number
    written out ("3150000"), or the very letters of what is no number."""

    value: str
    unit: str

    def is_told_by(self, other: Figure) -> bool:
        """True when `other` is the same number; a unit of money may be left out, never added."""
        return self.value == other.value and (self.unit == other.unit or (self.unit == "" and other.unit != "%"))


def untold(wording: str, language: Language, *, sources: Iterable[str], days: Iterable[date]) -> str | None:
    """The first figure or day in `wording`, a text in `language`, that no text in `sources` (Danish) tells and that is
    none of `days`; None when all are told."""
    told_days = [Day(day.year, day.month, day.day) for day in days]
    told: list[Figure] = []
    for source in sources:
        more_days, more = _read(source, Language.DANISH)
        told_days += more_days
        told += more
    told += [Figure(str(day.year), "") for day in told_days if day.year]
    said_days, said = _read(wording, language)
    for day in said_days:
        if not any(day.is_told_by(other) for other in told_days):
            return f"{day.day or ''}/{day.month} {day.year or ''}".strip()
    return next((each.value for each in said if not any(each.is_told_by(other) for other in told)), None)


def _read(text: str, language: Language) -> tuple[list[Day], list[Figure]]:
    """The days and the other figures of a text."""
    days, rest = [], text
    for span, day in dates.find(text):
        days.append(Day(day.year, day.month, day.day))
        rest = _blanked(rest, span.start, span.end)
    for pattern in (_PARTIAL, _NUMERIC_DAY):
        for match in pattern.finditer(rest):
            if (day_told := _partial(match)) is not None:
                days.append(day_told)
                rest = _blanked(rest, *match.span())
    return days, [*_figures(rest), *_spelled(rest, language)]


def _partial(match: re.Match[str]) -> Day | None:
    found = match.groupdict()
    month = next(found[name] for name in ("m", "m2", "m3") if found.get(name)).lower()
    number = dates.MONTHS.get(month) or int(month)
    day = found.get("d") or found.get("d2")
    if not 1 <= number <= 12 or (day and not 1 <= int(day) <= 31):
        return None
    return Day(int(found["y"]) if found.get("y") else None, number, int(day) if day else None)


def _blanked(text: str, start: int, end: int) -> str:
    return text[:start] + " " * (end - start) + text[end:]


def _figures(text: str) -> Iterator[Figure]:
    """What is written in digits; both ends of a range."""
    for match in _CHUNK.finditer(text):
        chunk = match[0].strip(_EDGES)
        after = text[match.start() + match[0].index(chunk) + len(chunk) :]
        before = text[: match.start() + match[0].index(chunk)]
        if between := _RANGE.fullmatch(chunk):
            yield from (_figure(end, before, after) for end in between.groups())
        elif glued := _GLUED.fullmatch(chunk):
            unit = glued["unit"] or ""
            own_start = chunk.index(glued["n"])
            yield _figure(glued["n"], before + chunk[:own_start], unit + after, glued=chunk if unit else "")
        else:
            yield Figure(chunk.casefold(), "")


def _figure(number: str, before: str, after: str, *, glued: str = "") -> Figure:
    """A number with its scale and unit. `glued` is the number with the letters that stand right behind it, which must
    be a scale or a unit: "40kr" is a number, "40b" is itself."""
    value = _value(number.strip(".,"))
    scale, rest = _scaled(after)
    unit = _unit(before, rest)
    if value is None or (glued and scale == 1 and not unit):
        return Figure((glued or number).casefold(), "")
    return Figure(_plain(value * scale), unit)


def _scaled(after: str) -> tuple[int, str]:
    for scale, pattern in _SCALES:
        if match := re.match(rf"\s*(?:{pattern})", after, re.IGNORECASE):
            is_money = re.match(r"\s*t\.?\s?kr\b", match[0], re.IGNORECASE)
            return scale, ("kr" if is_money else "") + after[match.end() :]
    return 1, after


def _unit(before: str, after: str) -> str:
    if _PERCENT.match(after):
        return "%"
    match = _MONEY_AFTER.match(after) or _MONEY_BEFORE.search(before)
    return "" if match is None else "kr" if match["kr"] else "eur"


def _value(number: str) -> Decimal | None:
    """The number, whichever of comma and full stop parts thousands: groups of three are thousands."""
    if len(number) > _LONGEST:  # beyond what a Decimal keeps exactly
        return None
    for thousands, decimals in ((".", ","), (",", ".")):
        grouped = rf"\d{{1,3}}(?:{re.escape(thousands)}\d{{3}})+(?:{re.escape(decimals)}\d+)?"
        if re.fullmatch(grouped, number):
            return Decimal(number.replace(thousands, "").replace(decimals, "."))
    if re.fullmatch(r"\d+(?:[.,]\d+)?", number):
        return Decimal(number.replace(",", "."))
    return None


def _plain(value: Decimal) -> str:
    written = f"{value:f}"
    return written.rstrip("0").rstrip(".") if "." in written else written


def _spelled(text: str, language: Language) -> Iterator[Figure]:
    """Numbers written as words, "to hundrede" as two of them."""
    words = _WORDS[language]
    for match in re.finditer(r"[^\W\d_]+", text):
        word = match[0].casefold()
        if _SCALING.match(word) and text[: match.start()].rstrip()[-1:].isdigit():  # "500 thousand" is one number
            continue
        if (number := words.get(word)) is not None:
            yield _figure(str(number), "", text[match.end() :])
        elif language is Language.DANISH and _COMPOUND.fullmatch(word):
            yield Figure(word, "")
    for match in _ONE_OF_MANY.finditer(text):
        yield _figure("1", "", text[match.end() :])
