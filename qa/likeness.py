"""Sentences beside a question: how like each is, alone and with what stands around it.

A sentence seldom says all: its subject stands in the paragraph's first words, what is asked for in the next sentence.
So a sentence is also compared together with the one before it, the one after it and its item's title:
of a static model the sum of the vectors is the vector of the whole, of others nearly so.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np

from ingest import danish
from ingest.encoders import Encoder, StaticEncoder
from ingest.word_vectors import WordVectors
from qa.query import FloatArray, Query, met

_ENCODED = 160  # sentences that a model without word vectors compares


@dataclass(frozen=True, slots=True, eq=False)
class Likeness:
    """For each of n sentences its cosine with the question, 0..1, alone and read together with others; `words` is the
    share of the question's word weight it meets, a word of like meaning counting by its cosine. Shape (n,) each."""

    alone: FloatArray
    with_previous: FloatArray
    with_next: FloatArray
    with_title: FloatArray
    words: FloatArray

    @classmethod
    def none(cls, size: int) -> Likeness:
        """That of sentences which nothing is compared with."""
        return cls(*(np.zeros(size, np.float32) for _ in fields(cls)))


@dataclass(frozen=True, slots=True)
class Placed:
    """A sentence, the number of its item, and the question's terms in it."""

    text: str
    item: int
    terms: frozenset[str]


class SentenceReader:
    """Compares sentences with questions by one encoder. Safe to share between threads."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._lock = threading.Lock()
        self._words = WordVectors(encoder) if isinstance(encoder, StaticEncoder) else None

    def likeness(
        self, query: Query, sentences: Sequence[Placed], titles: Sequence[str], covered: Sequence[float]
    ) -> Likeness:
        """How like the question each sentence is; neighbours are those of the same item in the order given.
        `covered` says how much of the question each holds: with a model that is not quick, only the sentences that
        hold most are compared, the others count as unlike. The query must have a vector."""
        if not sentences or query.vector is None:
            return Likeness.none(len(sentences))
        texts = [danish.by_sound(each.text) for each in sentences]
        words = self._table()
        of_title = self._sums(words, [danish.by_sound(title) for title in titles])
        if words is None and len(texts) > _ENCODED:
            chosen = sorted(np.argsort(-np.asarray(covered), kind="stable")[:_ENCODED].tolist())
            sums = np.zeros((len(texts), of_title.shape[1]), np.float32)
            sums[chosen] = self._sums(None, [texts[index] for index in chosen])
        else:
            sums = self._sums(words, texts)
        items = np.array([each.item for each in sentences])
        before, after = np.zeros_like(sums), np.zeros_like(sums)
        is_followed = items[:-1] == items[1:]
        before[1:][is_followed] = sums[:-1][is_followed]
        after[:-1][is_followed] = sums[1:][is_followed]

        asked = query.vector

        def cosines(vectors: FloatArray) -> FloatArray:
            return np.asarray(np.clip(_units(vectors) @ asked, 0.0, 1.0), np.float32)

        return Likeness(
            cosines(sums),
            cosines(sums + before),
            cosines(sums + after),
            cosines(sums + of_title[items]),
            self._met(words, query, sentences, texts),
        )

    def _table(self) -> WordVectors | None:
        with self._lock:
            if self._words is not None and self._words.is_full:
                assert isinstance(self._encoder, StaticEncoder)
                self._words = WordVectors(self._encoder)
            return self._words

    def _sums(self, words: WordVectors | None, texts: Sequence[str]) -> FloatArray:
        if words is None:
            return self._encoder.passages(texts)
        rows = words.rows(texts)
        sums = np.zeros((len(texts), self._encoder.identity.dimension), np.float32)
        for target, each in zip(sums, rows, strict=True):
            target[:] = words.sums(each).sum(axis=0)
        return sums

    def _met(
        self, words: WordVectors | None, query: Query, sentences: Sequence[Placed], texts: Sequence[str]
    ) -> FloatArray:
        likes = np.zeros((len(texts), len(query.words)), np.float32)
        if words is not None:
            asked = _units(np.stack([words.sums(rows).sum(axis=0) for rows in words.rows(query.spoken)]))
            for target, rows in zip(likes, words.rows(texts), strict=True):
                if len(rows):
                    target[:] = np.clip((_units(words.sums(rows)) @ asked.T).max(axis=0), 0.0, 1.0)
        by_terms = {each.terms: [met(word, each.terms) for word in query.words] for each in sentences}
        exact = np.array([by_terms[each.terms] for each in sentences], np.float32)
        weights = np.array([word.weight for word in query.words], np.float32)
        return np.asarray(np.maximum(exact, likes) @ weights / query.ceiling, np.float32)


def _units(vectors: FloatArray) -> FloatArray:
    lengths = np.linalg.norm(vectors, axis=1)
    return np.asarray(vectors / np.where(lengths > 0, lengths, 1)[:, None], np.float32)
