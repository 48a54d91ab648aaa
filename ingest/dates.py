"""Find the dates and clock times in Danish (and English) text.

Strict on purpose: a form that is not in the table is no date. General date parsers return nothing for the commonest
heading of all, "Tirsdag d. 28. april 2026 kl. 13:30", and guess where minutes need certainty.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, time

from ingest.model import Span

_DANISH = "januar februar marts april maj juni juli august september oktober november december".split()
_ENGLISH = "january february march april may june july august september october november december".split()
_SHORT = "jan feb mar apr maj jun jul aug sep okt nov dec".split()
MONTHS: dict[str, int] = {name: n for names in (_DANISH, _ENGLISH, _SHORT) for n, name in enumerate(names, start=1)}
MONTHS |= {"sept": 9, "oct": 10}

_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
# First match wins at each place; every form names its groups d, m (number or name) and y.
_FORMS = (
    rf"(?P<d>\d{{1,2}})(?:st|nd|rd|th|\.)?\s*(?:of\s+)?(?P<m>{_MONTH})\.?,?\s+(?P<y>\d{{4}})",  # 28. april 2026
    rf"(?P<m>{_MONTH})\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y>\d{{4}})",  # April 28, 2026
    r"(?P<y>\d{4})-(?P<m>\d{2})-(?P<d>\d{2})",  # 2026-04-28
    r"(?P<d>\d{1,2})[-/.](?P<m>\d{1,2})[-/. ]\s?(?P<y>\d{4})",  # 28-04-2026, 28.04.2026, 28/4 2026, 13/11-2019
    r"(?P<d>\d{1,2})\.(?P<m>\d{1,2})\.(?P<y>\d{2})",  # 1.2.26
)
_DATES = tuple(re.compile(rf"(?<![\w.-]){form}(?![\w-]|\.\d)", re.IGNORECASE) for form in _FORMS)
_YEAR = re.compile(r"\d{4}|\d\.\d{1,2}\.\d\d")  # stands in every form: text without is not looked through five times
_TIME = re.compile(r"\bkl(?:\.|okken)?\s*(?P<h>\d{1,2})(?:[.:](?P<m>\d{2}))?(?!\d)", re.IGNORECASE)


def _date(match: re.Match[str]) -> date | None:
    """The calendar day a form matched; None when there is no such day."""
    month = match["m"].lower()
    year = int(match["y"])
    try:
        return date(year if year > 99 else 2000 + year, MONTHS.get(month) or int(month), int(match["d"]))
    except ValueError:
        return None


def find(text: str) -> Iterator[tuple[Span, date]]:
    """Every full date (day, month and year) in `text` with its span, from left to right, never overlapping."""
    if not _YEAR.search(text):
        return
    found = [(Span(*match.span()), day) for form in _DATES for match in form.finditer(text) if (day := _date(match))]
    end = 0
    for span, day in sorted(found, key=lambda each: (each[0].start, -each[0].end)):
        if span.start >= end:
            yield span, day
            end = span.end


def first(text: str) -> date | None:
    """The first full date in `text`; None when it has none."""
    return next((day for _, day in find(text)), None)


def clock(text: str) -> time | None:
    """The first clock time after "kl." in `text` ("kl. 13:30", "kl. 13.30", "kl. 16"); None when it has none."""
    for match in _TIME.finditer(text):
        hour, minute = int(match["h"]), int(match["m"] or 0)
        if hour < 24 and minute < 60:
            return time(hour, minute)
    return None
