"""Passage ids against each other: which of these are among those, and where; both ascending."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

_SPREAD = 8  # ids that lie so much wider than they are many are looked for one by one


def only(ids: NDArray[np.int64], wanted: NDArray[np.int64]) -> NDArray[np.bool_]:
    """For each of `ids`, which are ascending, whether it is among `wanted`."""
    if not len(ids) or not len(wanted):
        return np.zeros(len(ids), np.bool_)
    first, last = int(ids[0]), int(ids[-1])
    if last - first >= _SPREAD * len(ids):
        return np.isin(ids, wanted)
    table = np.zeros(last - first + 1, np.bool_)
    table[wanted[(wanted >= first) & (wanted <= last)] - first] = True
    found: NDArray[np.bool_] = table[ids - first]
    return found


def places(ids: NDArray[np.int64], wanted: NDArray[np.int64]) -> NDArray[np.int64]:
    """Where each of `wanted` stands in `ids`, which are ascending; -1 for one that does not."""
    if not len(ids):
        return np.full(len(wanted), -1, dtype=np.int64)
    near = np.minimum(np.searchsorted(ids, wanted), len(ids) - 1)
    return np.where(ids[near] == wanted, near, -1)
