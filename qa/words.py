"""The passages that hold a question's words, ranked by bm25: the view of the archive's words.

The formula is that of SQLite's full-text index, to which tests/test_words.py holds it: k1 = 1.2, b = 0.75, a term's
frequency is the sum of its occurrences, each weighed by its field, and a term that more than half of the passages hold
counts next to nothing. How rare a term is counts over all passages, so that a filter leaves scores as they are.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from qa.ids import only
from qa.postings import SCALE, Postings

_K1, _B = 1.2, 0.75
_LEAST = 1e-6  # rarity of a term that most passages hold

FloatArray = NDArray[np.float64]


class WordIndex:
    """Passages by their words, for reading. `parts` follow each other by passage id. Any number of threads may search
    at the same time."""

    def __init__(self, parts: Sequence[Postings]) -> None:
        self._parts = [part for part in parts if len(part)]
        self._size = sum(map(len, self._parts))
        average = sum(int(part.lengths.sum()) for part in self._parts) / max(self._size, 1)
        # What a passage's length adds to the denominator.
        self._norms: list[FloatArray] = [
            _K1 * (1 - _B + _B / max(average, 1) * part.lengths.astype(np.float64)) for part in self._parts
        ]

    def __len__(self) -> int:
        return self._size

    def counts(self, terms: Iterable[str]) -> dict[str, int]:
        """In how many passages each of the terms stands; 0 for a term that stands in none."""
        return {term: sum(_length(part.of(term)) for part in self._parts) for term in terms}

    def vocabulary(self) -> dict[str, int]:
        """Every term, and in how many passages it stands."""
        found: dict[str, int] = {}
        for part in self._parts:
            for term, count in zip(part.terms(), np.diff(part.starts).tolist(), strict=True):
                found[term] = found.get(term, 0) + count
        return found

    def search(
        self, terms: Iterable[str], *, limit: int, within: NDArray[np.int64] | None = None
    ) -> list[tuple[int, float]]:
        """The passages that hold at least one of the terms, each with its bm25, above 0; the highest first, equal ones
        by id, at most `limit`. `within` confines the search to these passage ids; None means all."""
        wanted = dict.fromkeys(terms)
        where = [{term: part.of(term) for term in wanted} for part in self._parts]
        counts = {term: sum(_length(each[term]) for each in where) for term in wanted}
        # The rarest first, so that a passage's score is added up in the same order wherever it stands.
        rarities = sorted(((self._rarity(count), term) for term, count in counts.items() if count), reverse=True)
        found = [
            (-score, row_id)
            for part, norms, slices in zip(self._parts, self._norms, where, strict=True)
            for row_id, score in _search(
                part, norms, [(rarity, slices[term]) for rarity, term in rarities], limit, within
            )
        ]
        return [(row_id, -score) for score, row_id in sorted(found)[: max(limit, 0)]]

    def _rarity(self, count: int) -> float:
        """Inverse document frequency."""
        return max(math.log((self._size - count + 0.5) / (count + 0.5)), _LEAST)


def _length(where: slice) -> int:
    return int(where.stop) - int(where.start)


def _search(
    part: Postings,
    norms: FloatArray,
    terms: Sequence[tuple[float, slice]],
    limit: int,
    within: NDArray[np.int64] | None,
) -> list[tuple[int, float]]:
    """The `limit` best passages of one part, in no order. `terms` says of each how rare it is and where its postings
    lie; the rarest first."""
    scores = np.zeros(len(part))
    for rarity, where in terms:
        holders, counts = part.places[where], part.counts[where] / SCALE
        scores[holders] += rarity * (_K1 + 1) * counts / (counts + norms[holders])
    if within is not None:
        scores[~only(part.ids, within)] = 0
    places = np.flatnonzero(scores >= max(_floor(part, scores, terms, limit), np.nextafter(0, 1)))
    if 0 < limit < len(places):
        places = _best(places, scores[places], limit)
    return list(zip(part.ids[places].tolist(), scores[places].tolist(), strict=True))


def _floor(part: Postings, scores: FloatArray, terms: Sequence[tuple[float, slice]], limit: int) -> float:
    """A score that `limit` passages reach, read off those that hold the rarest term which so many do: to look for the
    best among all passages costs more than to score them."""
    for _, where in terms:
        if 0 < limit <= _length(where):
            return float(np.partition(scores[part.places[where]], -limit)[-limit])
    return 0.0


def _best(places: NDArray[np.int64], scores: FloatArray, limit: int) -> NDArray[np.int64]:
    """The places of the `limit` highest scores; of those equal to the last of them the first."""
    least = np.partition(scores, -limit)[-limit]
    above = places[scores > least]
    best: NDArray[np.int64] = np.concatenate([above, places[scores == least][: limit - len(above)]])
    return best
