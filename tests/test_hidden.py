"""Search among nearly three thousand passages of other minutes: floors a little below what is measured.

`python -m tests.quality` prints the tables, each side beside the naive pipeline.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.quality import __main__ as quality
from tests.quality import archive, card, written
from tests.quality.sides import Placed


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    built = tmp_path_factory.mktemp("hidden") / "archive.db"
    assert archive.build(built, archive.own(), hidden=True) >= 2000
    return built


@pytest.fixture(scope="module")
def placed(path: Path) -> list[Placed]:
    return quality.measured(path, quality.OWN, with_naive=True)


def share(placed: list[Placed], group: str, side: str, holds: Callable[[int], bool]) -> float:
    places = [getattr(each, side) for each in placed if card.group_of(each) == group]
    assert places
    return sum(map(holds, places)) / len(places)


def first(place: int) -> bool:
    return place == 1


def in_three(place: int) -> bool:
    return 0 < place <= 3


@pytest.mark.parametrize(
    ("group", "least_first", "least_in_three"),
    [
        ("da · lexical", 0.95, 1.0),
        ("da · typo", 0.9, 0.95),
        ("en · cross", 0.85, 0.95),
        ("da · paraphrase", 0.25, 0.25),
    ],
)
def test_the_right_item_is_found(placed, group, least_first, least_in_three):
    assert share(placed, group, "fused", first) >= least_first
    assert share(placed, group, "fused", in_three) >= least_in_three


@pytest.mark.parametrize("group", ["da · lexical", "da · typo", "en · cross", "da · paraphrase"])
def test_it_stands_higher_than_with_either_side_alone_or_the_naive_pipeline(placed, group):
    ours = share(placed, group, "fused", first)
    assert ours >= share(placed, group, "naive", first) + 0.15
    assert ours > share(placed, group, "lexical", first)
    assert ours > share(placed, group, "dense", first)


def test_what_is_not_there_is_refused(placed):
    refused = [each.is_refused for each in placed if card.group_of(each).endswith("unanswerable")]
    assert sum(refused) / len(refused) >= 0.8


# The harness itself


def test_the_minutes_written_are_the_same_each_time(tmp_path):
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
    files = [written.write(tmp_path / name) for name in ("one", "other")]
    assert [path.name for path in files[0]] == [path.name for path in files[1]]
    assert [path.read_text() for path in files[0]] == [path.read_text() for path in files[1]]
    assert len({path.read_text() for path in files[0]}) == len(files[0])


def test_both_halves_hold_questions_of_every_type(placed):
    halves = [{card.group_of(each) for each in placed if each.is_held_aside is aside} for aside in (True, False)]
    assert halves[0] == halves[1]


def test_what_changed_since_the_record_is_told(placed, tmp_path):
    record = tmp_path / "record.json"
    assert list(card.changes(placed, record)) == []
    card.keep(placed, record)
    assert list(card.changes(placed, record)) == []
    moved = [replace(placed[0], fused=7), *placed[1:]]
    (line,) = card.changes(moved, record)
    assert line.startswith(f"{placed[0].gold.id}: fused 1 → 7 · ")
    card.keep(placed[1:], record)
    assert list(card.changes(placed, record)) == [f"{placed[0].gold.id}: new · {placed[0].gold.question}"]


def test_the_record_kept_is_of_these_questions(placed):
    kept = {line.split(":")[0].strip('"') for line in quality.RECORD.read_text().splitlines() if ":" in line}
    assert kept == {each.gold.id for each in placed}
