"""Usability: what a newcomer's time is made of, and the page and pictures that show it."""

from __future__ import annotations

import pytest

pytest.importorskip("PIL")

from tests import usability
from tests.browser.newcomer import Effort


def test_a_newcomers_time_is_that_of_hands_thought_reading_and_the_machine():
    spent = Effort(clicks=1, keys=9, turns=1, words=10, thoughts=2, moves=1, machine=0.5)
    assert spent.seconds == pytest.approx(10 * 0.28 + 2 * 1.1 + 0.4 + 2 * 1.35 + 10 * 0.24 + 0.5)
    assert (spent + spent).seconds == pytest.approx(2 * spent.seconds)


def test_the_page_shows_every_task_under_the_limit():
    page = usability.PAGE.read_text(encoding="utf-8")
    rows = [line for line in page.splitlines() if "](screenshots/usability-" in line]
    assert len(rows) == len(usability.TASKS) == 10
    for row, task in zip(rows, usability.TASKS, strict=True):
        assert f"[{task.title}](screenshots/usability-{task.name}.png)" in row
        assert int(row.split("**")[1]) <= usability.LIMIT


def test_every_task_has_a_light_picture():
    for task in usability.TASKS:
        assert 0 < (usability.FOLDER / f"usability-{task.name}.png").stat().st_size <= 120_000
