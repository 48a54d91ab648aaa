"""Each type of index finds what comparing everything finds, or is not used."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from qa import near
from qa.vectors import VectorIndex, Vectors

DIMENSION, MANY = 64, 12_000


def unit(matrix: NDArray[np.floating]) -> NDArray[np.float32]:
    return (matrix / np.linalg.norm(matrix, axis=1, keepdims=True)).astype(np.float32)


def clustered(count: int, seed: int) -> NDArray[np.float32]:
    """Vectors around 200 subjects, as those of minutes are."""
    subjects = np.random.default_rng(0).standard_normal((200, DIMENSION))
    random = np.random.default_rng(seed)
    return unit(subjects[random.integers(200, size=count)] + 0.6 * random.standard_normal((count, DIMENSION)))


def scattered(count: int, seed: int) -> NDArray[np.float32]:
    """Vectors in all directions alike, the worst there can be."""
    return unit(np.random.default_rng(seed).standard_normal((count, DIMENSION)))


def saved(folder: Path, matrix: NDArray[np.float32]) -> Vectors:
    Vectors.write(folder, np.arange(len(matrix)) * 2 + 10, matrix)
    return Vectors.open(folder)


def recall(index: VectorIndex, matrix: NDArray[np.float32], questions: NDArray[np.float32], most: int = 10) -> float:
    """The mean share of the `most` nearest passages that are found."""
    shares = []
    for question in questions:
        nearest = set((np.argsort(-(matrix @ question), kind="stable")[:most] * 2 + 10).tolist())
        shares.append(len(nearest & {number for number, _ in index.search(question, limit=most)}) / most)
    return float(np.mean(shares))


@pytest.mark.parametrize("directions", [clustered, scattered])
def test_half_precision_finds_the_nearest(tmp_path, directions):
    matrix = directions(MANY, 1)
    part = saved(tmp_path, matrix)
    assert part.coarse is None
    assert recall(VectorIndex([part]), matrix, directions(50, 2)) >= 0.99


@pytest.mark.parametrize("directions", [clustered, scattered])
def test_a_coarse_index_finds_the_nearest_or_is_not_used(tmp_path, monkeypatch, directions):
    monkeypatch.setattr(near, "COARSE_FROM", MANY)
    matrix = directions(MANY, 1)
    part = saved(tmp_path, matrix)
    assert part.coarse is not None or directions is scattered
    assert recall(VectorIndex([part]), matrix, directions(100, 2)) >= 0.98


def test_a_coarse_index_that_loses_too_much_is_not_used(tmp_path, monkeypatch):
    monkeypatch.setattr(near, "COARSE_FROM", MANY)
    monkeypatch.setattr(near, "CANDIDATES", (1,))
    part = saved(tmp_path, scattered(MANY, 1))
    assert part.coarse is None


@pytest.mark.parametrize("share", [0.0005, 0.01, 0.5])
def test_within_a_filter_every_vector_is_compared(tmp_path, monkeypatch, share):
    monkeypatch.setattr(near, "COARSE_FROM", MANY)
    matrix = clustered(MANY, 1)
    index = VectorIndex([saved(tmp_path, matrix)])
    allowed = np.flatnonzero(np.random.default_rng(3).random(MANY) < share)
    for question in clustered(20, 4):
        cosines = matrix[allowed] @ question
        nearest = [number for number, _ in index.search(question, limit=5, within=allowed.astype(np.int64) * 2 + 10)]
        assert set(nearest) <= set((allowed * 2 + 10).tolist())
        least = np.sort(cosines)[-5:].min()
        assert all(matrix[(number - 10) // 2] @ question >= least - 1e-3 for number in nearest)


def test_files_and_what_came_since_are_searched_together(tmp_path):
    matrix = clustered(MANY, 1)
    early, late = saved(tmp_path, matrix[:-500]), Vectors.build(np.arange(MANY - 500, MANY) * 2 + 10, matrix[-500:])
    together = VectorIndex([early, late])
    assert len(together) == MANY
    assert recall(together, matrix, clustered(50, 2)) >= 0.99
    ids = np.array([10, 2 * MANY + 8, 11], np.int64)
    np.testing.assert_allclose(together.cosines(matrix[0], ids), [1, matrix[-1] @ matrix[0], np.nan], atol=1e-3)


@pytest.mark.parametrize("dimension", [3, 100, 250])
def test_vectors_that_cannot_be_cut_in_pieces_have_no_coarse_index(tmp_path, monkeypatch, dimension):
    monkeypatch.setattr(near, "COARSE_FROM", 500)
    matrix = unit(np.random.default_rng(1).standard_normal((600, dimension)))
    part = saved(tmp_path, matrix)
    assert part.coarse is None or dimension % min(64, dimension // 2) == 0
    assert VectorIndex([part]).search(matrix[7], limit=1)[0][0] == 24
