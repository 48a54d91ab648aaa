"""An archive gets the vectors of another model: whole or not at all, the old ones serving meanwhile."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest
from asking import KILDEMOSE, TODAY, build, encoder
from numpy.typing import NDArray

from ingest.__main__ import main
from ingest.archive import Archive
from ingest.encoders import WordHashEncoder
from ingest.pipeline import ingest
from ingest.reembedding import reembed
from qa.assistant import Assistant


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return build(tmp_path / "archive.db", KILDEMOSE)


@pytest.fixture
def archive(path: Path) -> Iterator[Archive]:
    with Archive.open(path) as opened:
        yield opened


class Stopping(WordHashEncoder):
    """The stand-in, that goes down at its second batch."""

    def __init__(self, archive: Archive) -> None:
        super().__init__()
        self._archive, self.calls = archive, 0

    def passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.calls += 1
        if self.calls == 2:
            raise KeyboardInterrupt
        return super().passages(texts)


@pytest.fixture
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.reembedding.BATCH", 10)


def test_all_vectors_are_then_by_the_other_model(archive):
    made = reembed(archive, WordHashEncoder())
    ids, matrix = archive.vectors()
    assert made == len(ids) == archive.counts().passages
    assert matrix.shape[1] == WordHashEncoder().identity.dimension
    assert archive.encoder() == WordHashEncoder().identity
    assert archive.check() == []


def test_they_are_those_that_a_fresh_archive_would_have(archive, tmp_path):
    reembed(archive, WordHashEncoder())
    with Archive.open(tmp_path / "fresh.db", create=True) as fresh:
        ingest(fresh, KILDEMOSE, encoder=WordHashEncoder())
        assert fresh.dump() == archive.dump()


def test_there_and_back_again_is_what_it_was(archive):
    before = archive.dump()
    reembed(archive, WordHashEncoder())
    reembed(archive, encoder())
    assert archive.dump() == before


def test_a_second_run_has_nothing_to_do(archive):
    reembed(archive, WordHashEncoder())
    fingerprint = archive.fingerprint()
    assert reembed(archive, WordHashEncoder()) == 0
    assert archive.fingerprint() == fingerprint


def test_the_old_vectors_serve_until_the_new_are_complete(archive, small_batches):
    before, fingerprint = archive.dump(), archive.fingerprint()
    with pytest.raises(KeyboardInterrupt):
        reembed(archive, Stopping(archive))
    assert archive.missing_coming(limit=1) != archive.vectors()[0][:1].tolist()  # the first batch is kept
    assert archive.dump() == before
    assert archive.fingerprint() == fingerprint
    assert archive.encoder() == encoder().identity
    assert archive.check() == []


def test_a_stopped_run_goes_on_where_it_was(archive, small_batches):
    with pytest.raises(KeyboardInterrupt):
        reembed(archive, Stopping(archive))
    assert reembed(archive, WordHashEncoder()) == archive.counts().passages - 10


def test_what_was_made_by_a_third_model_is_not_taken_along(archive, small_batches):
    with pytest.raises(KeyboardInterrupt):
        reembed(archive, Stopping(archive))
    assert reembed(archive, WordHashEncoder(32)) == archive.counts().passages
    assert archive.vectors()[1].shape[1] == 32


def test_passages_that_come_meanwhile_are_taken_in(tmp_path):
    path = build(tmp_path / "archive.db", KILDEMOSE[:1])

    class Meanwhile(WordHashEncoder):
        def passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
            build(path, KILDEMOSE)  # another process adds minutes, still with the old model
            return super().passages(texts)

    with Archive.open(path) as archive:
        few = archive.counts().passages
        reembed(archive, Meanwhile())
        assert archive.counts().vectors == archive.counts().passages > few
        assert archive.check() == []


def test_an_assistant_that_was_open_searches_with_the_new_ones(path):
    with Assistant.open(path) as assistant, Archive.open(path) as archive:
        assistant.ask("cykelsti langs Møllevej", today=TODAY)
        reembed(archive, encoder())
        assert assistant.ask("cykelsti langs Møllevej", today=TODAY).hits


def test_progress_is_told(archive, small_batches):
    told: list[tuple[int, int]] = []
    reembed(archive, WordHashEncoder(), progress=lambda done, total, _: told.append((done, total)))
    total = archive.counts().passages
    assert told[0] == (10, total)
    assert told[-1] == (total, total)


def test_the_command_says_what_it_did(path, capsys):
    assert main(["reembed", "--archive", str(path), "--model", "word-hash", "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["made"] == said["vectors"] > 0
    assert said["encoder"]["name"] == "word-hash"
    assert main(["reembed", "--archive", str(path), "--model", "word-hash"]) == 0
    assert "nothing to do" in capsys.readouterr().out


def test_a_model_that_cannot_be_had_leaves_the_archive_as_it_was(path, tmp_path, capsys):
    with Archive.open(path) as archive:
        before, fingerprint = archive.dump(), archive.fingerprint()
    assert main(["reembed", "--archive", str(path), "--model", str(tmp_path / "no-such-model")]) == 1
    assert "no-such-model" in capsys.readouterr().err
    with Archive.open(path) as archive:
        assert (archive.dump(), archive.fingerprint()) == (before, fingerprint)


def test_an_archive_that_is_not_there_is_not_made(tmp_path, capsys):
    assert main(["reembed", "--archive", str(tmp_path / "none.db"), "--model", "word-hash"]) == 1
    assert not (tmp_path / "none.db").exists()
    assert "none.db" in capsys.readouterr().err
