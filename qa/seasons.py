"""Times as people say them ("i foråret", "siden sommerferien", "de seneste tre måneder") → the first and last day.

What is meant, asked on a day called today:

- A season is of whole months: forår March to May, sommer June to August, efterår September to November, vinter December
  to February; a winter with one year is the one that ends in it. "I foråret" is the latest that has begun, "sidste
  forår" the latest that is over, "til foråret" and "næste forår" the next to begin.
- "Sidste måned" and "i sidste uge" are the calendar's, weeks from Monday; "de seneste tre måneder" and "det seneste år"
  run up to today. Half-years and quarters are the latest that have begun, unless a year is said.
- Holidays as most schools have them: sommerferien from the last Saturday of June until the Monday of week 33,
  efterårsferien week 42, vinterferien week 7, juleferien 23 December to 2 January, jul the 24th to 26th, påske from
  Maundy Thursday to Easter Monday. "Siden" and "før" one of them mean the latest that is over, or has come.

All of these are just as often what a matter is about: whether they say when it was decided is for `filters` to tell.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from datetime import date, timedelta

from ingest.model import Span

Time = tuple[Span, date | None, date | None]  # the words, the first and the last day; None for an open end
Days = tuple[date, date]

_DAY = timedelta(days=1)
_LAST, _THIS, _NEXT = r"sidste|forrige|seneste|last", r"denne|dette|this", r"næste|kommende|next|coming"
_WHICH = rf"(?:(?P<last>{_LAST})|(?P<this>{_THIS})|(?P<next>{_NEXT}))"
_SAID_YEAR = r"sidste år|i fjor|last year|i år|this year"
_YEAR = rf"(?P<year>\d{{4}}|{_SAID_YEAR})"
# A season or a part of a year says when only after one of these.
_AT = r"(?:i|in|during|over|siden|since|efter|after|før|inden|before|fra|from|indtil|until)\s+(?:the\s+)?"

_SEASONS = {
    "forår": 3, "foråret": 3, "spring": 3, "sommer": 6, "sommeren": 6, "summer": 6, "efterår": 9, "efteråret": 9,
    "autumn": 9, "fall": 9, "vinter": 12, "vinteren": 12, "winter": 12,
}  # fmt: skip
_SEASON = re.compile(
    rf"\b(?:(?P<ahead>til)\s+|{_AT})?(?P<words>(?:{_WHICH}\s+)?(?P<season>{'|'.join(_SEASONS)})"
    rf"(?:\s+(?:of\s+)?{_YEAR}(?P<on>\s?[/–-]\s?\d{{2,4}}\b)?)?)\b(?!['’-]|\s+(?:holiday|break|recess|vacation))",
    re.IGNORECASE,
)
_PARTS = {"halvår": 6, "half": 6, "halvdel": 6, "kvartal": 3, "quarter": 3}  # of a year, in months
_NTH = {
    "første": 1, "1.": 1, "first": 1, "1st": 1, "andet": 2, "2.": 2, "anden": 2, "second": 2, "2nd": 2, "tredje": 3,
    "3.": 3, "third": 3, "3rd": 3, "fjerde": 4, "4.": 4, "fourth": 4, "4th": 4,
}  # fmt: skip
_PART = re.compile(
    rf"\b{_AT}(?P<words>(?P<nth>{'|'.join(map(re.escape, _NTH))})\s+(?P<part>{'|'.join(_PARTS)})"
    rf"(?:\s+(?:(?:af|of)\s+)?{_YEAR})?)\b",
    re.IGNORECASE,
)
_UNITS = {
    "dag": "day", "dage": "day", "døgn": "day", "day": "day", "days": "day", "uge": "week", "uger": "week",
    "week": "week", "weeks": "week", "måned": "month", "måneder": "month", "month": "month", "months": "month",
    "kvartal": "quarter", "kvartaler": "quarter", "quarter": "quarter", "quarters": "quarter", "halvår": "half",
    "år": "year", "year": "year", "years": "year",
}  # fmt: skip
_MONTHS_OF = {"month": 1, "quarter": 3, "half": 6, "year": 12}
_NUMBERS = {
    word: number
    for words in (
        "en to tre fire fem seks syv otte ni ti elleve tolv",
        "et par - - - - - - - - - -",
        "one two three four five six seven eight nine ten eleven twelve",
    )
    for number, word in enumerate(words.split(), start=1)
    if word != "-"
}
_CALENDAR = re.compile(
    rf"\b(?P<words>{_WHICH}\s+(?P<unit>uge|week|måned|month|kvartal|quarter))\b(?!\s+(?:møde|meeting))", re.IGNORECASE
)
_ROLLING = re.compile(
    rf"\b(?P<words>(?:(?:de|det|den|the)\s+(?:seneste|sidste|forløbne|past|last)|seneste|past|(?:sidste|last)(?=\s+\d))"
    rf"\s+(?:(?P<number>\d{{1,3}}|{'|'.join(_NUMBERS)})\s+)?(?P<half>halve\s+)?(?P<unit>{'|'.join(_UNITS)}))\b",
    re.IGNORECASE,
)
_TODAY = re.compile(r"\b(?P<words>(?P<today>i dag|today)|i går|yesterday)\b", re.IGNORECASE)
_A_YEAR = re.compile(rf"\b(?P<words>{_YEAR.replace(chr(92) + 'd{4}|', '')})\b", re.IGNORECASE)

_BESIDE = re.compile(
    r"\b(?:(?P<after>siden|efter|since|after)|(?P<before>før|inden|before)|i|in|during|over)\s+(?:the\s+)?"
    r"(?:(?P<summer>sommerferien?|summer (?:holidays?|break|recess|vacation))"
    r"|(?P<autumn>efterårsferien?|autumn (?:holidays?|break)|half-term)"
    r"|(?P<winter>vinterferien?|winter (?:holidays?|break))"
    r"|(?P<break>juleferien?|christmas (?:holidays?|break))|(?P<christmas>jul(?:en)?|christmas)"
    r"|(?P<new>nytåret|nytår|new year(?:['’]?s)?)|(?P<easter>påsken?|easter))\b(?!-)",
    re.IGNORECASE,
)


def find(text: str, *, today: date) -> Iterator[Time]:
    """The times that `text` names by season, calendar or distance, without the words before them ("i", "siden")."""
    for match in _SEASON.finditer(text):
        is_placed = match.start() < match.start("words") or match["last"] or match["this"] or match["next"]
        if is_placed and (days := _season(match, today)):
            yield (Span(*match.span("words")), *days)
    for match in _PART.finditer(text):
        if days := _part(match, today):
            yield (Span(*match.span("words")), *days)
    for match in _ROLLING.finditer(text):
        yield Span(*match.span("words")), _before(match, today), today
    for match in _CALENDAR.finditer(text):
        step = -1 if match["last"] else 1 if match["next"] else 0
        yield (Span(*match.span("words")), *_unit(_UNITS[match["unit"].lower()], step, today))
    for match in _TODAY.finditer(text):
        day = today if match["today"] else today - _DAY
        yield Span(*match.span("words")), day, day
    for match in _A_YEAR.finditer(text):
        year = _year(match["year"], today)
        yield Span(*match.span("words")), date(year, 1, 1), date(year, 12, 31)


def around_holidays(text: str, *, today: date) -> Iterator[Time]:
    """The times before, in and after a holiday, with the words that say which."""
    for match in _BESIDE.finditer(text):
        name = next(name for name in _HOLIDAYS if match[name])
        years = [_HOLIDAYS[name](year) for year in range(today.year + 1, today.year - 3, -1)]
        if match["after"]:
            yield Span(*match.span()), next(last + _DAY for _, last in years if last < today), None
        elif match["before"]:
            yield Span(*match.span()), None, next(first - _DAY for first, _ in years if first <= today)
        else:
            yield (Span(*match.span()), *next(days for days in years if days[0] <= today))


def stepped(days: Days | None, unit: str, count: int, today: date) -> Days:
    """The year, quarter, month or week so many further on from `days` (from today's for None). Of a part of a year the
    same part of another one: January 2026, the year before, is January 2025."""
    if days and unit == "year" and days[1] - days[0] > _DAY and days[0].year == days[1].year and days[0].day == 1:
        moved = (each.year + count for each in days)
        return _months(next(moved), days[0].month, days[1].month - days[0].month + 1)
    return _unit(unit, count, days[0] if days else today)


# ── parts of the year ────────────────────────────────────────────────────────────────────────────────────────────────


def _season(match: re.Match[str], today: date) -> Days | None:
    month = _SEASONS[match["season"].lower()]
    of = [_months(year - (month == 12), month, 3) for year in range(today.year + 2, today.year - 3, -1)]
    if match["year"]:
        year = _year(match["year"], today)
        starts_before = (
            month == 12 and not match["on"]
        )  # "vinteren 2026" ends in the year, "vinteren 2025/26" begins in it
        return _months(year - starts_before, month, 3) if 2 <= year <= 9997 else None
    if match["next"] or match["ahead"]:
        return next(days for days in reversed(of) if days[0] > today)
    if match["last"]:
        return next(days for days in of if days[1] < today)
    return next(days for days in of if days[0] <= today)


def _part(match: re.Match[str], today: date) -> Days | None:
    size, nth = _PARTS[match["part"].lower()], _NTH[match["nth"].lower()]
    if nth * size > 12:
        return None
    month = (nth - 1) * size + 1
    if match["year"]:
        year = _year(match["year"], today)
        return _months(year, month, size) if 1 <= year <= 9998 else None
    return next(
        days for days in (_months(year, month, size) for year in (today.year, today.year - 1)) if days[0] <= today
    )


def _year(said: str, today: date) -> int:
    return int(said) if said.isdigit() else today.year - (said.lower() in ("sidste år", "i fjor", "last year"))


def _months(year: int, month: int, count: int) -> Days:
    """So many whole months from one on."""
    last_year, last_month = divmod(year * 12 + month - 1 + count - 1, 12)
    return date(year, month, 1), date(last_year, last_month + 1, monthrange(last_year, last_month + 1)[1])


# ── by the calendar, and by distance ─────────────────────────────────────────────────────────────────────────────────


def _unit(unit: str, step: int, today: date) -> Days:
    """The week, month or quarter of today, or so many further on."""
    if unit == "week":
        monday = today - today.weekday() * _DAY + 7 * step * _DAY
        return monday, monday + 6 * _DAY
    size = _MONTHS_OF[unit]
    year, block = divmod(today.year * 12 // size + (today.month - 1) // size + step, 12 // size)
    return _months(year, block * size + 1, size)


def _before(match: re.Match[str], today: date) -> date:
    """The first day of a time up to today: "the past six months" begins on the same day of the month, six earlier."""
    number, unit = (match["number"] or "1").lower(), _UNITS[match["unit"].lower()]
    count = int(number) if number.isdigit() else _NUMBERS[number]
    if unit not in _MONTHS_OF:
        return today - count * (7 if unit == "week" else 1) * _DAY
    months = count * (_MONTHS_OF[unit] // 2 if match["half"] else _MONTHS_OF[unit])
    year, month = divmod(max(today.year * 12 + today.month - 1 - months, 12), 12)
    return date(year, month + 1, min(today.day, monthrange(year, month + 1)[1]))


# ── holidays ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _week(number: int) -> Callable[[int], Days]:
    return lambda year: (date.fromisocalendar(year, number, 1), date.fromisocalendar(year, number, 7))


def _summer(year: int) -> Days:
    end_of_june = date(year, 6, 30)
    return end_of_june - (end_of_june.weekday() + 2) % 7 * _DAY, date.fromisocalendar(year, 33, 1) - _DAY


def _easter(year: int) -> Days:
    """Maundy Thursday to Easter Monday, by the anonymous Gregorian reckoning (Nature, 20 April 1876)."""
    century, rest = divmod(year, 100)
    epact = (19 * (year % 19) + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    day = (32 + 2 * (century % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    shift = (year % 19 + 11 * epact + 22 * day) // 451
    month, before = divmod(epact + day - 7 * shift + 114, 31)
    sunday = date(year, month, before + 1)
    return sunday - 3 * _DAY, sunday + _DAY


# First and last day in a year. New Year is the night between two: before it lies the old year, after it the new one.
_HOLIDAYS: dict[str, Callable[[int], Days]] = {
    "summer": _summer,
    "autumn": _week(42),
    "winter": _week(7),
    "break": lambda year: (date(year, 12, 23), date(year + 1, 1, 2)),
    "christmas": lambda year: (date(year, 12, 24), date(year, 12, 26)),
    "new": lambda year: (date(year, 1, 1), date(year - 1, 12, 31)),
    "easter": _easter,
}
