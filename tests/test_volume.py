"""The recombined minutes that speed is measured on are sound, and the same each time."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

from ingest.archive import Archive
from ingest.encoders import WordHashEncoder
from tests.benchmarks import volume


def filled(path: Path) -> tuple[str, list[str], int]:
    with Archive.open(path, create=True) as archive:
        volume.fill(archive, 400, WordHashEncoder())
        return archive.fingerprint(), archive.check(), archive.counts().passages


def test_the_same_size_gives_the_same_sound_archive(tmp_path):
    fingerprint, problems, passages = filled(tmp_path / "1.db")
    assert problems == []
    assert 400 <= passages < 800
    assert filled(tmp_path / "2.db")[0] == fingerprint


def test_each_item_has_a_number_of_its_own():
    items = [item for minutes in islice(volume.meetings(), 30) for item in minutes.items]
    assert len({item.case_number for item in items}) == len(items)
    assert len({item.key for item in items}) == len(items)


def test_questions_are_many_and_always_the_same():
    assert volume.questions(50) == volume.questions(50)
    assert len(set(volume.questions(50))) > 45
