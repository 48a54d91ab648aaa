"""The first items found → ordered anew by a cross-encoder that reads question and passage together.

An option: it needs PyTorch and a model that is not shipped, and costs a second or more on a laptop. Whether it wins on
your questions is for `python -m qa eval --rerank NAME` to show.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from ingest import danish, hub
from ingest.holdings import Entry
from ingest.passages import embedded
from qa.model import Hit

RERANKED = 20  # items that are read with the question


class Reranker:
    """A cross-encoder by name or folder. Safe to share between threads, which take turns.

    Raises `EncoderUnavailable` when it cannot be had.
    """

    def __init__(self, name: str, *, may_download: bool = True) -> None:
        self._model: Any = hub.open_reranker(name, may_download=may_download)
        self._lock = threading.Lock()

    def order(self, question: str, hits: Sequence[Hit], entries: Sequence[Entry]) -> list[Hit]:
        """The hits, the best first, each with the model's score, 0..1. `entries` are their items, in their order."""
        if not hits:
            return []
        asked = danish.by_sound(question)
        pairs = [
            (asked, embedded(entry.item.title, hit.passage.span.of(entry.item.text)))
            for hit, entry in zip(hits, entries, strict=True)
        ]
        with self._lock:
            scores = np.asarray(self._model.predict(pairs, show_progress_bar=False), np.float64).reshape(-1)
        rated = [replace(hit, score=float(score)) for hit, score in zip(hits, _shares(scores), strict=True)]
        return sorted(rated, key=lambda hit: -hit.score)  # stable: equals stay as search had them


def _shares(scores: np.ndarray[Any, np.dtype[np.float64]]) -> np.ndarray[Any, np.dtype[np.float64]]:
    """The scores in 0..1; those of models without a last sigmoid are given one."""
    if ((scores >= 0) & (scores <= 1)).all():
        return scores
    return np.asarray(1 / (1 + np.exp(-np.clip(scores, -50, 50))))
