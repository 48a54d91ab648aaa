"""When: the times people say without a date, and what makes them a filter. Golden pairs in `cases/periods.md`."""

from __future__ import annotations

from datetime import date

import pytest
from asking import TODAY
from hypothesis import given
from hypothesis import strategies as st
from test_cases import rows
from test_question import LOADED, asked, named, span

from ingest.holdings import Selection
from qa import periods, seasons
from qa.question import understand

SAID = [row[0] for row in rows("periods", "Without a date")]


@pytest.mark.parametrize(("words", "days"), rows("periods", "Without a date"))
def test_a_time_without_a_date_means_these_days(words, days):
    found = [span(each.first, each.last) for each in periods.find(words, today=TODAY)]
    assert found == ([] if days == "–" else [days])


@pytest.mark.parametrize(("text", "filters_named"), rows("periods", "In questions"))
def test_a_time_is_a_filter_where_deciding_or_meeting_is_spoken_of(text, filters_named):
    found = named(asked(text)).replace(f"{date.max}", "")  # an open end
    assert found == ("" if filters_named == "–" else filters_named)


def test_the_words_that_became_a_time_are_not_searched_for():
    assert asked("Hvad blev besluttet om stien siden nytår?").topic == "Hvad blev besluttet om stien ?"


def test_the_next_meeting_is_the_first_of_which_an_agenda_is_loaded():
    early = understand("Hvad skal besluttes på næste møde?", LOADED, today=date(2026, 2, 10))
    assert early.selection == Selection(since=date(2026, 2, 24), until=date(2026, 2, 24))


@given(st.sampled_from(SAID), st.dates(min_value=date(1990, 1, 1), max_value=date(2100, 12, 31)))
def test_times_lie_in_order_and_those_before_today_are_over(words, today):
    for each in periods.find(words, today=today):
        assert each.first is None or each.last is None or each.first <= each.last
        if words.split()[0] in ("sidste", "last"):
            assert each.last is not None
            assert each.last < today
        if words.split()[0] in ("siden", "since") and each.first is not None:
            assert each.first <= today


@given(st.text(alphabet="iden sommerforåtvkqul123/ -.", max_size=60))
def test_any_words_are_read(text):
    for place, first, last in seasons.find(text, today=TODAY):
        assert text[place.start : place.end]
        assert first is None or last is None or first <= last
