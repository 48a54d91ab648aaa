"""What lies beside an archive to search it quickly: used while it fits, made anew when not, missed by nobody."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from kildemose import item, minutes, put

from ingest import views as files
from ingest.archive import Archive
from ingest.encoders import WordHashEncoder
from ingest.model import SectionKind
from qa import views

ROOT = Path(__file__).parent.parent
BODY = SectionKind.BODY
ENCODER = WordHashEncoder()
FIRST, LATER = "kildemose/kulturudvalget/2026-03-12", "kildemose/kulturudvalget/2026-04-16"


@pytest.fixture(autouse=True)
def _saves_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "SAVED_FROM", 1)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "archive.db"


@pytest.fixture
def archive(path: Path) -> Iterator[Archive]:
    with Archive.open(path, create=True) as opened:
        add(opened, FIRST, *(f"kajen er slidt, sag{number}" for number in range(60)))
        yield opened


def add(archive: Archive, key: str, *texts: str, with_vectors: bool = True) -> None:
    """Put a meeting with these texts in the place of what its source held before."""
    held = minutes(item("1", "Havnen", *((BODY, text) for text in texts), meeting=key), key=key)
    put(archive, held, f"{key}.txt", ENCODER if with_vectors else None)


def found(archive: Archive, term: str = "kajen") -> tuple[list[tuple[int, float]], list[int]]:
    """What is found by a word, and which passages are nearest to it."""
    nearest = views.vectors(archive).search(ENCODER.questions([term])[0], limit=200)
    return views.words(archive).search([term], limit=200), sorted(number for number, cosine in nearest if cosine > 0.1)


def without_files(archive: Archive, term: str = "kajen") -> tuple[list[tuple[int, float]], list[int]]:
    """The same, read from the archive alone."""
    files.discard(archive.path)
    result = found(archive, term)
    files.discard(archive.path)
    return result


def written(archive: Archive) -> dict[str, int]:
    """Each file of the views, and when it was written."""
    home = files.folder(archive.path)
    return {str(each.relative_to(home)): each.stat().st_mtime_ns for each in home.rglob("*") if each.is_file()}


def test_a_small_archive_is_searched_without_files(archive, monkeypatch):
    monkeypatch.setattr(views, "SAVED_FROM", 1000)
    words, nearest = found(archive)
    assert (len(words), len(nearest)) == (60, 60)
    assert files.names(archive.path) == []


def test_files_are_made_once_and_used_again(archive):
    truth = without_files(archive)
    assert found(archive) == truth
    made = written(archive)
    assert {name.partition("-")[0] for name in files.names(archive.path)} == {"vectors", "words"}
    assert found(archive) == truth
    assert written(archive) == made


def test_a_few_passages_that_came_since_are_found_beside_the_files(archive):
    found(archive)
    made = written(archive)
    add(archive, LATER, "kajen er ny")

    words, nearest = found(archive)

    assert (len(words), len(nearest)) == (61, 61)
    assert written(archive) == made
    assert (words, nearest) == without_files(archive)


def test_many_passages_that_came_since_are_saved_with_the_others(archive):
    found(archive)
    before = set(files.names(archive.path))
    add(archive, LATER, *(f"kajen er ny, sag{number}" for number in range(30)))

    words, nearest = found(archive)

    assert (len(words), len(nearest)) == (90, 90)
    assert len(files.names(archive.path)) == 2
    assert not before & set(files.names(archive.path))
    assert (words, nearest) == without_files(archive)


def test_files_go_at_once_with_the_words_that_are_taken_from_the_archive(archive):
    add(archive, LATER, *["hemmelighedskræmmeri"] * 9)
    found(archive)
    assert any("hemmelighedskræmmeri".encode() in each.read_bytes() for each in _all(archive))

    archive.remove(f"{LATER}.txt")

    assert not any("hemmelighedskræmmeri".encode() in each.read_bytes() for each in _all(archive))
    assert found(archive, "hemmelighedskræmmeri")[0] == []


def test_files_go_when_minutes_are_replaced(archive):
    found(archive)
    add(archive, FIRST, "torvet er brolagt")
    assert files.names(archive.path) == []
    assert found(archive) == ([], [])
    assert len(found(archive, "torvet")[0]) == 1


def test_vectors_that_were_missing_when_files_were_made_are_found(path):
    with Archive.open(path, create=True) as archive:
        add(archive, FIRST, *["kajen er slidt"] * 30, with_vectors=False)
        assert found(archive)[1] == []
        ids = [number for number, _ in archive.passages_without_vectors()]
        archive.add_vectors(ids, ENCODER.passages(["kajen er slidt"] * len(ids)), ENCODER.identity)
        assert found(archive)[1] == ids


def test_files_of_vectors_that_were_changed_are_not_used(archive, path):
    found(archive)
    made = written(archive)
    ids, matrix = archive.vectors()
    connection = sqlite3.connect(path)
    with connection:
        connection.execute("UPDATE vector SET data = ? WHERE passage = ?", ((-matrix[0]).tobytes(), int(ids[0])))
    connection.close()

    nearest = views.vectors(archive).search(-matrix[0], limit=1)

    assert nearest == [(int(ids[0]), pytest.approx(1.0, abs=1e-3))]
    assert written(archive) != made


def test_the_files_of_another_archive_of_the_same_name_are_not_used(archive, path, tmp_path):
    found(archive)
    archive.close()
    for each in tmp_path.glob("archive.db*"):
        if each.is_file():
            each.unlink()
    with Archive.open(path, create=True) as other:
        add(other, FIRST, *(f"torvet er brolagt, sag{number}" for number in range(60)))
        assert found(other) == ([], [])
        assert len(found(other, "torvet")[0]) == 60


def _truncated(file: Path) -> None:
    os.truncate(file, file.stat().st_size // 2)


def _emptied(file: Path) -> None:
    file.write_bytes(b"")


def _garbled(file: Path) -> None:
    file.write_bytes(b"\xff" * file.stat().st_size)


@pytest.mark.parametrize("damage", [_truncated, _emptied, _garbled, Path.unlink])
@pytest.mark.parametrize("name", ["sizes.json", "ids.npy", "places.npy", "letters.npy", "half.faiss"])
def test_damaged_files_are_made_anew(archive, name: str, damage: Callable[[Path], None]):
    truth = found(archive)
    damaged = next(files.folder(archive.path).rglob(name))
    damage(damaged)

    assert found(archive) == truth
    assert all(files.is_whole(files.folder(archive.path) / each) for each in files.names(archive.path))
    assert json.loads((damaged.parent / "sizes.json").read_bytes())


def test_where_nothing_can_be_written_everything_is_found_all_the_same(archive):
    truth = without_files(archive)
    files.folder(archive.path).write_text("a file where the folder would be", encoding="utf-8")
    assert found(archive) == truth


def test_processes_that_make_the_files_at_the_same_time_find_the_same(archive):
    truth = without_files(archive)
    code = (
        "import sys; sys.path.insert(0, 'tests')\n"
        "from pathlib import Path; from ingest.archive import Archive; from qa import views\n"
        "from test_views import found\n"
        "views.SAVED_FROM = 1\n"
        "with Archive.open(Path(sys.argv[1])) as archive: print([found(archive) for _ in range(5)][-1])"
    )
    runs = [
        subprocess.Popen([sys.executable, "-c", code, archive.path], cwd=ROOT, stdout=subprocess.PIPE, text=True)
        for _ in range(3)
    ]
    said = [run.communicate(timeout=60)[0] for run in runs]

    assert said == [f"{truth}\n"] * 3
    assert len(files.names(archive.path)) == 2
    assert not list(files.folder(archive.path).glob("unfinished-*"))


def test_what_is_unfinished_is_no_view_and_leaves_nothing(path, tmp_path):
    view = files.folder(path) / "words-1"

    def fail() -> None:
        with files.written(view) as folder:
            (folder / "half.npy").write_bytes(b"half")
            raise ValueError("no more room")

    with pytest.raises(ValueError, match="no more room"):
        fail()
    assert files.names(path) == []
    assert list(files.folder(path).iterdir()) == []


def test_vectors_of_half_precision_are_near_enough_to_the_stored_ones(archive):
    found(archive)
    ids, matrix = archive.vectors()
    question = ENCODER.questions(["kajen er slidt, sag7"])[0]
    np.testing.assert_allclose(views.vectors(archive).cosines(question, ids), matrix @ question, atol=5e-4)


def _all(archive: Archive) -> list[Path]:
    return [each for each in files.folder(archive.path).rglob("*") if each.is_file()]
