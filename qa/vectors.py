"""Find the passages whose vectors are nearest to a question's: the FAISS view of the archive's vectors.

A few passages are compared one by one in full precision. Of many, vectors are kept in half precision in a file that is
mapped into memory; of very many, a coarse copy of 32 bytes a passage first finds candidates, which are then compared in
half precision (`qa/near.py`). Within a filter every vector that may be found is compared, since coarse indexes lose up
to three quarters of the hits under a narrow one.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ingest.errors import WrongEncoder
from qa import near
from qa.ids import only, places

TOLERANCE = 1e-3  # how far from 1 the length of a stored vector may be

FloatArray = NDArray[np.float32]
Found = tuple[NDArray[np.float32], NDArray[np.int64]]  # cosines, the best first, and where they stand


class Vectors:
    """The vectors of some passages. `view` is a flat FAISS index, `coarse` the index that finds candidates in it."""

    def __init__(self, ids: NDArray[np.int64], view: Any, coarse: near.Coarse | None = None) -> None:
        self.ids = ids  # ascending; the position of an id is the position of its vector in `view`
        self.view, self.coarse = view, coarse

    @classmethod
    def build(cls, ids: NDArray[np.int64], matrix: FloatArray) -> Vectors:
        """The vectors of few passages, in full precision; `VectorIndex.build` says what they must be."""
        _check(ids, matrix)
        order = np.argsort(ids)
        is_ordered = np.array_equal(order, np.arange(len(ids)))
        return cls(np.asarray(ids[order], dtype=np.int64), near.flat(matrix if is_ordered else matrix[order]))

    @staticmethod
    def write(folder: Path, ids: NDArray[np.int64], matrix: FloatArray) -> None:
        """Save the vectors of many passages, whose ids ascend, in half precision. Raises `OSError`."""
        _check(ids, matrix)
        np.save(folder / "ids.npy", ids, allow_pickle=False)
        near.write(folder, matrix)

    @classmethod
    def open(cls, folder: Path) -> Vectors:
        """The vectors saved in a folder, mapped into memory. Raises `OSError` or `ValueError` for damaged files."""
        ids = np.load(folder / "ids.npy", mmap_mode="r", allow_pickle=False)
        view, coarse = near.read(folder)
        if view.ntotal != len(ids):
            raise ValueError(f"{folder}: {len(ids)} passages, but {view.ntotal} vectors")
        return cls(ids, view, coarse)

    def __len__(self) -> int:
        return len(self.ids)

    def search(self, query: FloatArray, limit: int, within: NDArray[np.int64] | None) -> list[tuple[int, float]]:
        """As `VectorIndex.search`, in these vectors alone."""
        allowed = None if within is None else only(self.ids, within)
        reach = len(self) if allowed is None else int(np.count_nonzero(allowed))
        if reach == len(self):
            allowed = None
        wanted = min(limit, reach)
        if wanted < 1:
            return []
        if self.coarse is not None and allowed is None:
            scores, found = self.coarse.search(query, wanted)
        else:
            scores, found = _exact(self.view, query, wanted, reach, allowed)
        best = np.lexsort((found, -scores))[:wanted]
        return [(int(self.ids[found[each]]), float(scores[each])) for each in best]


class VectorIndex:
    """Passage ids and their vectors, for reading. Any number of threads may search at the same time."""

    def __init__(self, parts: Sequence[Vectors]) -> None:
        self._parts = [part for part in parts if len(part)]

    @classmethod
    def build(cls, ids: NDArray[np.int64], matrix: FloatArray) -> VectorIndex:
        """The index of `matrix`, float32 and C-contiguous, whose row `n` is the vector of passage `ids[n]`.

        Each row has length 1 or is all zeros. Nothing at all, of shape (0, 0), is a fine index that finds nothing.
        Raises `ValueError` for anything else.
        """
        return cls([Vectors.build(ids, matrix)])

    def __len__(self) -> int:
        return sum(map(len, self._parts))

    @property
    def dimension(self) -> int:
        """How many numbers a vector has; 0 for an index built from nothing."""
        return int(self._parts[0].view.d) if self._parts else 0

    def search(
        self, query: FloatArray, *, limit: int, within: NDArray[np.int64] | None = None
    ) -> list[tuple[int, float]]:
        """The `limit` passages nearest to `query`, as (passage id, cosine): best first, equal ones by id.

        `within` confines the search to these passage ids; ids without a vector are passed over. None means all.
        Raises `WrongEncoder` when `query`, of shape (dimension,), is of another dimension.
        """
        self._check_query(query)
        found = [each for part in self._parts for each in part.search(query, limit, within)]
        return sorted(found, key=lambda each: (-each[1], each[0]))[: max(limit, 0)]

    def cosines(self, query: FloatArray, ids: NDArray[np.int64]) -> FloatArray:
        """The cosine of `query` with each passage of `ids`, in their order; NaN for one that has no vector.

        Raises `WrongEncoder` as `search` does.
        """
        self._check_query(query)
        cosines = np.full(len(ids), np.nan, dtype=np.float32)
        for part in self._parts:
            at = places(part.ids, ids)
            if (known := at >= 0).any():
                cosines[known] = part.view.reconstruct_batch(at[known]) @ query
        return cosines

    def _check_query(self, query: FloatArray) -> None:
        if query.dtype != np.float32 or query.ndim != 1 or not np.isfinite(query).all():
            raise ValueError(f"a query is one vector of finite float32, not {query.dtype} of shape {query.shape}")
        if self.dimension and len(query) != self.dimension:
            raise WrongEncoder(
                f"the question's vector has {len(query)} numbers, the archive's have {self.dimension}: "
                "ask with the model that the archive was made with, or ingest anew with this one"
            )


def _exact(view: Any, query: FloatArray, wanted: int, reach: int, allowed: NDArray[np.bool_] | None) -> Found:
    """At least the `wanted` nearest of the `reach` vectors that are allowed, and those equal to the last."""
    chosen = None if allowed is None else near.confined(allowed)
    # One more than wanted shows whether the cut falls between equals, as it does among repeated texts.
    scores, found = (row[0] for row in view.search(query[None], min(wanted + 1, reach), params=chosen))
    if wanted < reach and scores[wanted] == scores[wanted - 1]:
        below = float(np.nextafter(scores[wanted], np.float32(-np.inf)))
        _, scores, found = view.range_search(query[None], below, params=chosen)
    return scores, found


def _check(ids: NDArray[np.int64], matrix: FloatArray) -> None:
    if matrix.dtype != np.float32 or matrix.ndim != 2 or not matrix.flags.c_contiguous:
        raise ValueError(f"vectors are rows of a C-contiguous float32 matrix, not {matrix.dtype} {matrix.shape}")
    if ids.shape != (len(matrix),) or not np.issubdtype(ids.dtype, np.integer):
        raise ValueError(f"{len(matrix)} vectors need as many whole-number ids, not {ids.dtype} of shape {ids.shape}")
    if len(np.unique(ids)) != len(ids):
        raise ValueError("a passage id stands twice: one passage has one vector")
    lengths = np.sqrt(np.einsum("nd,nd->n", matrix, matrix))
    wrong = ~((np.abs(lengths - 1) <= TOLERANCE) | (lengths == 0))  # so written, NaN is wrong too
    if wrong.any():
        raise ValueError(f"passage {ids[wrong][0]}: its vector has length {lengths[wrong][0]}, not 1 or 0")
