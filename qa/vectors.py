"""Find the passages whose vectors are nearest to a question's: the FAISS view of the archive's vectors.

Exact, also within a filter: every stored vector that may be found is compared. At 100,000 vectors of 256 numbers that
takes milliseconds; approximate indexes lose up to three quarters of the hits under a narrow filter.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from ingest.errors import WrongEncoder

TOLERANCE = 1e-3  # how far from 1 the length of a stored vector may be


class VectorIndex:
    """Passage ids and their vectors, for reading. Any number of threads may search at the same time."""

    def __init__(self, ids: NDArray[np.int64], view: Any) -> None:
        self._ids = ids  # ascending; the position of an id is the position of its vector in `view`
        self._view = view

    @classmethod
    def build(cls, ids: NDArray[np.int64], matrix: NDArray[np.float32]) -> VectorIndex:
        """The index of `matrix`, float32 and C-contiguous, whose row `n` is the vector of passage `ids[n]`.

        Each row has length 1 or is all zeros. Nothing at all, of shape (0, 0), is a fine index that finds nothing.
        Raises `ValueError` for anything else.
        """
        _check(ids, matrix)
        import faiss

        faiss.omp_set_num_threads(1)  # one question at a time gains nothing from threads, and others need the cores
        order = np.argsort(ids)
        view = faiss.IndexFlatIP(matrix.shape[1])
        if len(ids):
            view.add(matrix if np.array_equal(order, np.arange(len(ids))) else matrix[order])
        return cls(np.asarray(ids[order], dtype=np.int64), view)

    def __len__(self) -> int:
        return len(self._ids)

    @property
    def dimension(self) -> int:
        """How many numbers a vector has; 0 for an index built from nothing."""
        return int(self._view.d)

    def search(
        self, query: NDArray[np.float32], *, limit: int, within: NDArray[np.int64] | None = None
    ) -> list[tuple[int, float]]:
        """The `limit` passages nearest to `query`, as (passage id, cosine): best first, equal ones by id.

        `within` confines the search to these passage ids; ids without a vector are passed over. None means all.
        Raises `WrongEncoder` when `query`, of shape (dimension,), is of another dimension.
        """
        self._check_query(query)
        allowed = None if within is None else self._mask(within)
        reach = len(self) if allowed is None else int(np.count_nonzero(allowed))
        wanted = min(limit, reach)
        if wanted < 1:
            return []
        chosen = None if allowed is None else _only(allowed)
        # One more than wanted shows whether the cut falls between equals, as it does among repeated texts.
        scores, found = (row[0] for row in self._view.search(query[None], min(wanted + 1, reach), params=chosen))
        if wanted < reach and scores[wanted] == scores[wanted - 1]:
            below = float(np.nextafter(scores[wanted], np.float32(-np.inf)))
            _, scores, found = self._view.range_search(query[None], below, params=chosen)
        best = np.lexsort((found, -scores))[:wanted]
        return [(int(self._ids[found[each]]), float(scores[each])) for each in best]

    def cosines(self, query: NDArray[np.float32], ids: NDArray[np.int64]) -> NDArray[np.float32]:
        """The cosine of `query` with each passage of `ids`, in their order; NaN for one that has no vector.

        Raises `WrongEncoder` as `search` does.
        """
        self._check_query(query)
        cosines = np.full(len(ids), np.nan, dtype=np.float32)
        positions = self._positions(ids)
        known = positions >= 0
        if known.any():
            cosines[known] = self._view.reconstruct_batch(positions[known]) @ query
        return cosines

    def _positions(self, ids: NDArray[np.int64]) -> NDArray[np.int64]:
        """Where each id stands; -1 for an id that is not here."""
        if not len(self):
            return np.full(len(ids), -1, dtype=np.int64)
        near = np.minimum(np.searchsorted(self._ids, ids), len(self) - 1)
        return np.where(self._ids[near] == ids, near, -1)

    def _mask(self, ids: NDArray[np.int64]) -> NDArray[np.bool_]:
        positions = self._positions(ids)
        mask = np.zeros(len(self), dtype=np.bool_)
        mask[positions[positions >= 0]] = True
        return mask

    def _check_query(self, query: NDArray[np.float32]) -> None:
        if query.dtype != np.float32 or query.ndim != 1 or not np.isfinite(query).all():
            raise ValueError(f"a query is one vector of finite float32, not {query.dtype} of shape {query.shape}")
        if self.dimension and len(query) != self.dimension:
            raise WrongEncoder(
                f"the question's vector has {len(query)} numbers, the archive's have {self.dimension}: "
                "ask with the model that the archive was made with, or ingest anew with this one"
            )


def _only(allowed: NDArray[np.bool_]) -> Any:
    """The FAISS parameters that confine a search to the positions marked True."""
    import faiss

    library: Any = faiss  # its type stubs know the C++ constructors only, which do not keep their arguments alive
    bits = np.packbits(allowed, bitorder="little")
    return library.SearchParameters(sel=library.IDSelectorBitmap(bits))


def _check(ids: NDArray[np.int64], matrix: NDArray[np.float32]) -> None:
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
