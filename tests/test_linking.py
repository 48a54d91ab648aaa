"""References and the items they mean, and the items that are one case."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import permutations
from pathlib import Path

import pytest
from kildemose import LIBRARY, THEATRE, dagsorden, referat, write

from ingest import linking
from ingest.archive import Archive
from ingest.holdings import ItemPlace
from ingest.model import Reference, Span
from ingest.pipeline import ingest, remove

FEBRUARY = date(2026, 2, 5)
MEETING = "kildemose/kulturudvalget/2026-02-05"
BEFORE = """: Ansøgning fra teaterforeningen

20.03.00-G01-1-26

Beslutning

Udsat."""


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path / "archive.db", create=True) as opened:
        yield opened


def targets(archive: Archive) -> list[str | None]:
    return [row.reference.target for row in archive.references()]


def test_a_reference_is_linked_whatever_the_order_of_arrival(tmp_path):
    items = [": Meddelelser\n\n00.01.00-A00-1-26\n\nBeslutning\n\nIngen."] * 6
    texts = {"march": referat(THEATRE), "february": referat(*items, BEFORE, day=FEBRUARY)}
    for order in permutations(texts):
        folder = tmp_path / "-".join(order)
        folder.mkdir()
        with Archive.open(folder / "archive.db", create=True) as archive:
            for name in order:
                ingest(archive, write(folder, **{name: texts[name]}), encoder=None, municipality="Kildemose")
            assert targets(archive) == [f"{MEETING}/7"]
            assert archive.referring_to(f"{MEETING}/7") == ("kildemose/kulturudvalget/2026-03-12/1",)


def test_an_earlier_version_leads_nowhere_whatever_came_first(tmp_path):
    items = [": Meddelelser\n\n00.01.00-A00-1-26\n\nBeslutning\n\nIngen."] * 6
    texts = {"february": referat(*items, BEFORE, day=FEBRUARY), "agenda": dagsorden(THEATRE), "march": referat(THEATRE)}
    paths = dict(zip(texts, write(tmp_path, **texts), strict=True))
    dumps = set()
    for number, order in enumerate(permutations(texts)):
        with Archive.open(tmp_path / f"{number}.db", create=True) as archive:
            for name in order:
                ingest(archive, [paths[name]], encoder=None, municipality="Kildemose")
            dumps.add(archive.dump())
    assert len(dumps) == 1


def test_a_link_is_taken_back_when_what_it_leads_to_is_gone_and_made_again(archive, tmp_path):
    items = [": Meddelelser\n\n00.01.00-A00-1-26\n\nBeslutning\n\nIngen."] * 6
    march, february = write(tmp_path, march=referat(THEATRE), february=referat(*items, BEFORE, day=FEBRUARY))
    ingest(archive, [march, february], encoder=None, municipality="Kildemose")
    remove(archive, str(february))
    ingest(archive, [march], encoder=None, municipality="Kildemose")
    assert targets(archive) == [None]
    ingest(archive, [february], encoder=None, municipality="Kildemose")
    assert targets(archive) == [f"{MEETING}/7"]


def test_references_in_earlier_versions_lead_nowhere(archive, tmp_path):
    ingest(
        archive,
        write(tmp_path, a=dagsorden(THEATRE), b=referat(THEATRE, LIBRARY)),
        encoder=None,
        municipality="Kildemose",
    )
    assert len(archive.references()) == 1


def place(key: str, title: str, case_number: str | None, committee: str = "Kulturudvalget") -> ItemPlace:
    meeting, _, number = key.rpartition("/")
    day = date.fromisoformat(meeting.rpartition("/")[2])
    return ItemPlace(key, 0, meeting, "Kildemose", committee, day, number, title, case_number)


HOME = place("k/kultur/2026-03-12/1", "Hallen", "20.03.00-G01-1-26")
HALL = place("k/kultur/2026-02-05/7", "Hallen", "20.03.00-G01-1-26")
ROOF = place("k/kultur/2026-02-05/8", "Taget", "82.07.00-G01-3-26")
TRAFFIC = place("k/teknik/2026-02-05/7", "Hallens parkering", "05.01.00-G01-9-26", "Teknisk Udvalg")
LIGHTS = place("k/teknik/2026-02-05/9", "Lys", "05.01.00-G01-8-26", "Teknisk Udvalg")
OTHER = place("k/oekonomi/2026-02-05/11", "Hallen", "20.03.00-G01-1-26", "Økonomiudvalget")
BUDGET = place("k/oekonomi/2026-01-05/1", "Budget", "00.22.00-P35-1-26", "Økonomiudvalget")
CANDIDATES = (HALL, ROOF, TRAFFIC, LIGHTS, OTHER, BUDGET)


@pytest.mark.parametrize(
    ("reference", "target"),
    [
        ({"date": FEBRUARY, "number": "8"}, ROOF),
        ({"date": FEBRUARY, "number": "7"}, HALL),  # where no body is named it is the own one
        ({"date": FEBRUARY, "number": "9"}, None),  # only another body had so many
        ({"date": FEBRUARY, "number": "11"}, OTHER),  # of another body, and of this case
        ({"case_number": "00.22.00-P35-1-26"}, None),  # a number of all that a committee does
        ({"date": FEBRUARY, "number": "7", "committee": "Teknisk Udvalg"}, TRAFFIC),
        ({"date": FEBRUARY, "committee": "Kulturudvalget"}, HALL),  # the item of the same case
        ({"date": FEBRUARY, "committee": "Teknisk Udvalg"}, None),  # none of the same case there
        ({"date": date(2026, 2, 6), "number": "7"}, None),
        ({"case_number": "82.07.00-g01-3-26"}, ROOF),
        ({"case_number": "82.07.00-G01-3-25"}, None),
        ({"number": "8"}, None),  # of this very meeting, and there it is not
    ],
)
def test_a_reference_means_the_one_item_that_is_left(reference, target):
    found = linking.resolve(Reference(Span(0, 1), **reference), HOME, CANDIDATES)
    assert found == (target and target.key)


def test_a_case_is_the_items_of_its_number():
    later = place("k/byraad/2026-04-28/3", "Endelig vedtagelse af hallen", "20.03.00-G01-1-26", "Byrådet")
    assert linking.same_case(HOME, (HALL, HOME, later)) == (HALL, HOME, later)


def test_a_number_that_one_meeting_gives_to_different_titles_is_several_cases():
    number = "15.00.00-A00-3-25"
    story = place("k/job/2026-04-28/31", "Godkendelse af kernefortælling for reformen", number)
    name = place("k/job/2026-04-28/32", "Godkendelse af fremtidigt navn for indsatsen", number)
    name_again = place("k/job/2026-05-20/40", "Beslutning - Fremtidigt navn for indsatsen", number)
    every = (story, name, name_again)
    assert linking.same_case(name, every) == (name, name_again)
    assert linking.same_case(story, every) == (story,)


def test_catch_all_numbers_are_no_case():
    first = place("k/job/2026-04-28/35", "Meddelelser", "00.00.00-P19-7-25")
    second = place("k/job/2026-05-20/41", "Meddelelser", "00.00.00-P19-7-25")
    assert linking.same_case(first, (first, second)) == (first,)
