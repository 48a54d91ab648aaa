"""Passages by the words in them: for each term, which passages hold it and how often, in arrays that never change.

Arrays can lie in files and be mapped into memory instead of read, so that an index of a million passages opens at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from itertools import chain, islice
from operator import attrgetter
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ingest.holdings import Terms

SCALE = 100  # occurrences are stored in hundredths, since a field's weight need not be whole
_BATCH = 8192  # passages inverted at a time
_fields_of = attrgetter("title", "decision", "recommendation", "rest")


@dataclass(frozen=True, slots=True, eq=False)
class Postings:
    """An inverted index over some passages.

    `ids` are the passages, ascending, `lengths` how many terms each has. The terms stand one after another in `letters`
    as UTF-8, ascending; term `n` ends at `ends[n]`, and its postings lie at `starts[n]` to `starts[n + 1]`: in `places`
    the passages by their position in `ids`, ascending, in `counts` how often each holds it, weighed by field, in
    hundredths.
    """

    ids: NDArray[np.int64]
    lengths: NDArray[np.int32]
    letters: NDArray[np.uint8]
    ends: NDArray[np.int64]
    starts: NDArray[np.int64]
    places: NDArray[np.int32]
    counts: NDArray[np.uint16]

    def __len__(self) -> int:
        return len(self.ids)

    def of(self, term: str) -> slice:
        """Where the postings of a term lie; an empty slice for one that no passage holds."""
        wanted, low, high = term.encode(), 0, len(self.ends)
        while low < high:
            middle = (low + high) // 2
            if self._term(middle) < wanted:
                low = middle + 1
            else:
                high = middle
        if low < len(self.ends) and self._term(low) == wanted:
            return slice(int(self.starts[low]), int(self.starts[low + 1]))
        return slice(0, 0)

    def _term(self, number: int) -> bytes:
        return self.letters[self.ends[number - 1] if number else 0 : self.ends[number]].tobytes()

    def terms(self) -> list[str]:
        """All terms, ascending."""
        letters, ends = self.letters.tobytes(), self.ends.tolist()
        return [letters[start:end].decode() for start, end in zip([0, *ends], ends, strict=False)]

    def save(self, folder: Path) -> None:
        """Write each array to a file of its own. Raises `OSError`."""
        for field in fields(self):
            np.save(folder / f"{field.name}.npy", getattr(self, field.name), allow_pickle=False)

    @classmethod
    def open(cls, folder: Path) -> Postings:
        """The postings saved in a folder, mapped into memory. Raises `OSError` or `ValueError` for damaged files."""
        return cls(*(_mapped(folder / f"{field.name}.npy") for field in fields(cls)))


def invert(passages: Iterable[tuple[int, Terms]], weights: Sequence[float]) -> Postings:
    """The index of passages that come with ascending ids; `weights` are those of title, decision, recommendation and
    rest."""
    rows = iter(passages)
    parts = iter(lambda: list(islice(rows, _BATCH)), [])
    return joined([_inverted(part, weights) for part in parts])


def joined(parts: Sequence[Postings]) -> Postings:
    """One index over the passages of several, each of which has higher ids than the one before."""
    known = [part.terms() for part in parts]
    terms = sorted(set().union(*known), key=str.encode)
    number = dict(zip(terms, range(len(terms)), strict=True))
    ranks = [np.fromiter(map(number.__getitem__, each), np.int64, len(each)) for each in known]
    held = np.zeros(len(terms) + 1, np.int64)
    for part, rank in zip(parts, ranks, strict=True):
        held[rank + 1] += np.diff(part.starts)
    starts = np.cumsum(held)
    places, counts = np.empty(starts[-1], np.int32), np.empty(starts[-1], np.uint16)
    next_free, passages = starts[:-1].copy(), 0
    for part, rank in zip(parts, ranks, strict=True):
        lengths = np.diff(part.starts)
        target = np.repeat(next_free[rank] - part.starts[:-1], lengths) + np.arange(len(part.places))
        places[target] = part.places + np.int32(passages)
        counts[target] = part.counts
        next_free[rank] += lengths
        passages += len(part)
    ids = np.concatenate([np.empty(0, np.int64), *(part.ids for part in parts)])
    lengths_of_all = np.concatenate([np.empty(0, np.int32), *(part.lengths for part in parts)])
    return Postings(ids, lengths_of_all, *_packed(terms), starts, places, counts)


def _inverted(passages: Sequence[tuple[int, Terms]], weights: Sequence[float]) -> Postings:
    """The index of a few passages."""
    texts = [text.split() for _, words in passages for text in _fields_of(words)]
    sizes = np.fromiter(map(len, texts), np.int64, len(texts))
    terms = sorted(set().union(*texts), key=str.encode)
    number = dict(zip(terms, range(len(terms)), strict=True))
    ranks = np.fromiter(map(number.__getitem__, chain.from_iterable(texts)), np.int64, int(sizes.sum()))
    hundredths = np.rint(np.array(weights) * SCALE).astype(np.int64)
    weighed = np.repeat(np.tile(hundredths, len(passages)), sizes)
    places = np.repeat(np.arange(len(texts)) // len(weights), sizes)
    order = np.argsort(ranks * len(passages) + places)
    keys = (ranks * len(passages) + places)[order]
    first = np.flatnonzero(np.diff(keys, prepend=-1))
    counts = np.add.reduceat(weighed[order], first) if len(first) else weighed
    holders = np.bincount(keys[first] // max(len(passages), 1), minlength=len(terms))
    return Postings(
        np.array([row_id for row_id, _ in passages], np.int64),
        sizes.reshape(-1, len(weights)).sum(axis=1).astype(np.int32),
        *_packed(terms),
        np.concatenate([[0], np.cumsum(holders)]),
        (keys[first] % max(len(passages), 1)).astype(np.int32),
        np.minimum(counts, np.iinfo(np.uint16).max).astype(np.uint16),
    )


def _packed(terms: Sequence[str]) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """Terms one after another, and where each ends."""
    encoded = [term.encode() for term in terms]
    ends = np.cumsum(np.fromiter(map(len, encoded), np.int64, len(encoded)))
    return np.frombuffer(b"".join(encoded), np.uint8), ends


def _mapped(path: Path) -> Any:
    # As a plain array: each look at a `memmap` costs a microsecond more.
    return np.asarray(np.load(path, mmap_mode="r", allow_pickle=False))
