"""Dates and clock times, as minutes and questions write them."""

from __future__ import annotations

from datetime import date, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest import dates

DAY = date(2026, 4, 28)


@pytest.mark.parametrize(
    "written",
    [
        "Tirsdag d. 28. april 2026 kl. 13:30",
        "den 28. april 2026",
        "28. April 2026",
        "28 april 2026",
        "28. apr. 2026",
        "d. 28-04-2026",
        "28.04.2026",
        "28/4 2026",
        "28/4-2026",
        "28.4.26",
        "2026-04-28",
        "April 28, 2026",
        "April 28th 2026",
        "the 28th of April 2026",
    ],
)
def test_a_day_is_found_in_every_form_minutes_write_it(written: str) -> None:
    assert dates.first(written) == DAY
    ((span, day),) = dates.find(f"Mødet {written}.")
    assert day == DAY
    assert span.of(f"Mødet {written}.") in written


@pytest.mark.parametrize(
    "written",
    [
        "28. april",
        "april 2026",
        "2026",
        "31. februar 2026",
        "32-04-2026",
        "28-13-2026",
        "15.00.00-A00-3-25",
        "00.22.00-P19-2-26",
        "EMN-2026-000428",
        "1.250.000 kr.",
        "2025-2026",
        "kl. 13.30",
        "28.04.2026.1",
    ],
)
def test_what_is_no_full_date_is_no_date(written: str) -> None:
    assert dates.first(written) is None


def test_several_days_come_in_the_order_they_stand() -> None:
    text = "Fra den 1.2.26 til 3/4 2026 og igen 2026-05-06."
    assert [(span.of(text), f"{day}") for span, day in dates.find(text)] == [
        ("1.2.26", "2026-02-01"),
        ("3/4 2026", "2026-04-03"),
        ("2026-05-06", "2026-05-06"),
    ]


@given(st.dates(date(1970, 1, 1), date(2069, 12, 31)))
def test_every_day_written_out_reads_back(day: date) -> None:
    months = "januar februar marts april maj juni juli august september oktober november december".split()
    forms = (f"{day.day}. {months[day.month - 1]} {day.year}", f"{day:%d-%m-%Y}", f"{day:%Y-%m-%d}", f"{day:%d.%m.%Y}")
    assert {dates.first(f"den {form} i salen") for form in forms} == {day}


@given(st.text(alphabet="0123456789.-/ dmarjunielkst", max_size=60))
def test_days_never_overlap_and_are_days_of_our_time(text: str) -> None:
    found = list(dates.find(text))
    assert all(left.end <= right.start for (left, _), (right, _) in pairwise(found))
    assert all(abs(day - DAY) < timedelta(days=366 * 9999) and span.of(text).strip() for span, day in found)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("kl. 13:30", time(13, 30)),
        ("kl. 13.30", time(13, 30)),
        ("Kl. 16", time(16)),
        ("klokken 9.05", time(9, 5)),
        ("kl.08:00", time(8)),
        ("kl. 25:00, nej kl. 15:00", time(15)),
        ("kl. 24", None),
        ("kl. 12:75", None),
        ("13:30", None),
        ("pkl. 5", None),
    ],
)
def test_a_clock_time_follows_kl(written: str, expected: time | None) -> None:
    assert dates.clock(written) == expected
