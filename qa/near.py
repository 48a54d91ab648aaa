"""The right FAISS index for a number of vectors, and how good it must be before it is used.

- full precision, flat: exact; for few vectors, made anew when it is needed.
- half precision, flat, mapped from a file: the first 200 are the same (to 5e-4 of a cosine), within any filter.
- coarse: product quantisation in 64 pieces of 4 bits finds thousands of candidates, which are then compared in half
  precision. How many is found out when it is made, on the vectors themselves: until `RECALL` of the nearest are among
  them. Where no number up to the greatest reaches that, there is no coarse index.

Measured on the bundled model's vectors of recombined minutes (docs/scaling.md): inverted lists lost a tenth to a third
of the nearest, since such vectors lie in no clusters, and binary codes (RaBitQ) were slower at the same recall.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

COARSE_FROM = 100_000  # vectors; below, half precision alone answers in two milliseconds
RECALL = 0.98  # of the nearest, on average over the trials
CANDIDATES = (2_000, 4_000, 8_000, 16_000)
_TRIALS, _NEAREST = 100, 200
_TRAINED_ON = 65_536  # vectors
_VIEW, _COARSE, _CANDIDATES = "half.faiss", "coarse.faiss", "candidates.json"

FloatArray = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Coarse:
    """An index that finds so many candidates, and the half precision `view` they are compared in."""

    index: Any
    view: Any
    candidates: int

    def search(self, query: FloatArray, wanted: int) -> tuple[FloatArray, NDArray[np.int64]]:
        """The `wanted` nearest of the candidates with their cosines, the best first."""
        faiss = _library()
        factor = max(self.candidates / wanted, 3.0)
        chosen = faiss.IndexRefineSearchParameters(k_factor=factor)
        scores, found = faiss.IndexRefine(self.index, self.view).search(query[None], wanted, params=chosen)
        there = found[0] >= 0
        return scores[0][there], found[0][there]


def flat(matrix: FloatArray) -> Any:
    """An exact index in memory."""
    view = _library().IndexFlatIP(matrix.shape[1])
    if len(matrix):
        view.add(matrix)
    return view


def write(folder: Path, matrix: FloatArray) -> None:
    """Save the vectors in half precision and, where there are very many, a coarse index to them."""
    faiss = _library()
    view = faiss.IndexScalarQuantizer(matrix.shape[1], faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT)
    view.train(matrix[:1])
    view.add(matrix)
    faiss.write_index(view, str(folder / _VIEW))
    if len(matrix) >= COARSE_FROM and (coarse := make_coarse(matrix, view)):
        faiss.write_index(coarse.index, str(folder / _COARSE))
        (folder / _CANDIDATES).write_text(json.dumps(coarse.candidates), encoding="utf-8")


def read(folder: Path) -> tuple[Any, Coarse | None]:
    """What `write` saved, mapped into memory. Raises `OSError` or `ValueError` for damaged files."""
    faiss = _library()
    try:
        view = faiss.read_index(str(folder / _VIEW), faiss.IO_FLAG_MMAP_IFC)
        if not (folder / _COARSE).exists():
            return view, None
        candidates = int(json.loads((folder / _CANDIDATES).read_bytes()))
        return view, Coarse(faiss.read_index(str(folder / _COARSE)), view, candidates)
    except (RuntimeError, TypeError) as fault:  # what FAISS and a number that is none raise
        raise ValueError(f"{folder}: {fault}") from fault


def make_coarse(matrix: FloatArray, view: Any) -> Coarse | None:
    """The coarse index with the fewest candidates that are enough; None when none is, or pieces do not fit."""
    faiss, (many, dimension) = _library(), matrix.shape
    pieces = min(64, dimension // 2)
    if dimension % pieces:
        return None
    index = faiss.IndexPQFastScan(dimension, pieces, 4, faiss.METRIC_INNER_PRODUCT)
    index.train(np.ascontiguousarray(matrix[:: max(1, many // _TRAINED_ON)]))
    index.add(matrix)
    trials = _questions(matrix)
    truth = [view.search(trial[None], _NEAREST)[0][0] for trial in trials]
    for candidates in CANDIDATES:
        coarse = Coarse(index, view, candidates)
        if np.mean([_recall(coarse, *trial) for trial in zip(trials, truth, strict=True)]) >= RECALL:
            return coarse
    return None


def confined(allowed: NDArray[np.bool_]) -> Any:
    """The FAISS parameters that confine a search to the positions marked True."""
    faiss = _library()
    bits = np.packbits(allowed, bitorder="little")
    return faiss.SearchParameters(sel=faiss.IDSelectorBitmap(bits))


def _questions(matrix: FloatArray) -> FloatArray:
    """Vectors as those of questions might be: each between two passages, further from both than they are from
    passages of their own kind."""
    random = np.random.default_rng(0)
    one, other = matrix[random.integers(len(matrix), size=(2, _TRIALS))]
    mixed = one + 0.5 * other
    return np.ascontiguousarray(mixed / np.maximum(np.linalg.norm(mixed, axis=1, keepdims=True), 1e-9))


def _recall(coarse: Coarse, query: FloatArray, truth: FloatArray) -> float:
    """The share of the nearest that is found; equal ones count as each other."""
    scores, _ = coarse.search(query, len(truth))
    return float(np.count_nonzero(scores >= truth[-1] - 1e-6)) / len(truth)


def _library() -> Any:
    """FAISS, on one thread: one question at a time gains nothing from more, and others need the cores."""
    import faiss

    faiss.omp_set_num_threads(1)
    return faiss  # untyped: its stubs know the C++ constructors only, which do not keep their arguments alive
