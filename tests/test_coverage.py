"""What an archive says of its own coverage, and the holes it can see by itself."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from kildemose import THEATRE, dagsorden, referat, write

from ingest.archive import Archive
from ingest.coverage import Gap, Hole, cover
from ingest.pipeline import ingest

ITEM = ": Meddelelser\n\n00.01.00-A00-1-26\n\nBeslutning\n\nIngen."


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path / "archive.db", create=True) as opened:
        yield opened


def numbered(*numbers: int, day: date) -> str:
    """Minutes whose items have these numbers."""
    text = referat(*[ITEM] * len(numbers), day=day)
    for place, number in reversed(list(enumerate(numbers, start=1))):
        text = text.replace(f"Punkt {place}:", f"Punkt {number}:")
    return text


def gaps(archive: Archive) -> tuple[Gap, ...]:
    (only,) = cover(archive)
    return only.gaps


def test_each_committee_is_told_with_its_period_and_its_agendas(archive, tmp_path):
    texts = {
        "a": referat(ITEM, day=date(2026, 1, 15)),
        "b": dagsorden(ITEM, ITEM, day=date(2026, 2, 12)),
        "c": referat(ITEM, day=date(2026, 1, 20), committee="Teknisk Udvalg"),
    }
    ingest(archive, write(tmp_path, **texts), encoder=None, municipality="Kildemose")
    culture, traffic = cover(archive)
    assert (culture.committee, culture.meetings, culture.items) == ("Kulturudvalget", 2, 3)
    assert (culture.first, culture.newest) == (date(2026, 1, 15), date(2026, 2, 12))
    assert culture.agenda_only == ("kildemose/kulturudvalget/2026-02-12",)
    assert (traffic.committee, traffic.agenda_only, traffic.gaps) == ("Teknisk Udvalg", (), ())


def test_numbers_that_run_on_through_the_year_show_a_meeting_that_is_missing(archive, tmp_path):
    january, march = date(2026, 1, 15), date(2026, 3, 12)
    ingest(
        archive,
        write(tmp_path, a=numbered(3, 4, day=january), b=numbered(9, 10, 12, day=march)),
        encoder=None,
        municipality="Kildemose",
    )
    assert gaps(archive) == (
        Gap(Hole.MISSING_ITEMS, march, march, (11, 11)),
        Gap(Hole.MISSING_NUMBERS, None, january, (1, 2)),
        Gap(Hole.MISSING_NUMBERS, january, march, (5, 8)),
    )


def test_numbers_that_begin_anew_at_each_meeting_show_nothing_between_them(archive, tmp_path):
    texts = {"a": numbered(1, 2, day=date(2026, 1, 15)), "b": numbered(1, 2, 3, day=date(2026, 3, 12))}
    ingest(archive, write(tmp_path, **texts), encoder=None, municipality="Kildemose")
    assert gaps(archive) == ()


def test_a_pause_much_longer_than_usual_is_named(archive, tmp_path):
    days = [date(2026, 1, 8) + timedelta(days=28 * step) for step in (0, 1, 2, 3, 8, 9)]
    texts = {f"m{place}": numbered(1, day=day) for place, day in enumerate(days)}
    ingest(archive, write(tmp_path, **texts), encoder=None, municipality="Kildemose")
    assert gaps(archive) == (Gap(Hole.LONG_PAUSE, days[3], days[4]),)


def test_a_meeting_that_others_refer_to_is_named_until_it_is_loaded(archive, tmp_path):
    ingest(archive, write(tmp_path, a=referat(THEATRE)), encoder=None, municipality="Kildemose")
    assert gaps(archive) == (Gap(Hole.REFERRED_TO, date(2026, 2, 5), date(2026, 2, 5), mentions=1),)
    ingest(archive, write(tmp_path, b=referat(ITEM, day=date(2026, 2, 5))), encoder=None, municipality="Kildemose")
    assert gaps(archive) == ()
