"""The passages found → how near each comes to the question, read sentence by sentence and word by word.

A static model's vector of a passage is a mean that blurs its sentences into one another; its sentences one by one tell
much better which passage answers (docs/design.md gives the numbers). To keep that for every sentence of an archive
would double it, so the sentences of the passages in question are read when a question comes.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ingest import danish
from ingest.archive import Archive
from ingest.encoders import StaticEncoder
from ingest.word_vectors import WordVectors, words_of
from qa.query import FloatArray, Query, met

_SENTENCE_END = re.compile(r"(?<=[.!?;])\s+(?=[A-ZÆØÅ(\"”])|\n+")  # rough and quick: nothing is quoted from here
_REMEMBERED = 20_000  # passages
_TITLE = 0.4  # how much a sentence counts with its item's title read along, beside alone


@dataclass(frozen=True, slots=True)
class Passage:
    """What a passage was read as: the rows of its words and where each sentence begins among them, the rows of its
    item's title, and the terms of both."""

    rows: NDArray[np.int32]
    starts: NDArray[np.int64]
    title: NDArray[np.int32]
    terms: frozenset[str]


@dataclass(frozen=True, slots=True)
class Nearness:
    """How near an item's passages come to a question, each 0..1. `coverage` is the share of the question's word weight
    they meet, a word of like meaning counting by its cosine; `cosine` that of the nearest sentence, `meaning` the same
    with the item's title read along, and `passage` the one where that sentence stands."""

    coverage: float
    cosine: float
    meaning: float
    passage: int


class CloseReader:
    """Reads passages of one archive with a model quick enough for it. Safe to share between threads."""

    def __init__(self, archive: Archive, encoder: StaticEncoder) -> None:
        self._archive, self._encoder = archive, encoder
        self._lock = threading.Lock()
        self._begin()

    def _begin(self) -> None:
        self._words = WordVectors(self._encoder)
        self._passages: dict[int, Passage] = {}

    def read(self, query: Query, items: Mapping[str, Sequence[int]]) -> dict[str, Nearness]:
        """How near each item comes by the passages given for it; items whose passages are gone are left out."""
        if query.vector is None:
            return {}
        with self._lock:
            words, passages = self._known(number for numbers in items.values() for number in numbers)
        asked = _units(np.stack([words.sums(rows).sum(axis=0) for rows in words.rows(query.spoken)]))
        return {
            item: _nearness(query, query.vector, asked, words, {each: passages[each] for each in there})
            for item, numbers in items.items()
            if (there := [each for each in numbers if each in passages])
        }

    def _known(self, numbers: Iterable[int]) -> tuple[WordVectors, dict[int, Passage]]:
        """The passages as they were read, now or before."""
        if self._words.is_full or len(self._passages) > _REMEMBERED:
            self._begin()
        wanted = list(dict.fromkeys(numbers))
        new = self._archive.passage_texts(each for each in wanted if each not in self._passages)
        self._passages |= self._taken_in(new)
        return self._words, {each: self._passages[each] for each in wanted if each in self._passages}

    def _taken_in(self, texts: dict[int, tuple[str, str]]) -> dict[int, Passage]:
        sentences = {
            number: [each for each in _SENTENCE_END.split(danish.by_sound(text)) if words_of(each)]
            for number, (_, text) in texts.items()
        }
        flat = [danish.by_sound(title) for title, _ in texts.values()]
        titles = dict(zip(texts, self._words.rows(flat), strict=True))
        read = {}
        for number, parts in sentences.items():
            rows = self._words.rows(parts)
            starts = np.cumsum([0, *(len(each) for each in rows)])[:-1]
            title, text = texts[number]
            read[number] = Passage(
                np.concatenate(rows) if rows else np.zeros(0, np.int32),
                np.asarray(starts, np.int64),
                titles[number],
                danish.term_set(title)
                | frozenset(term for _, word in danish.words(text) for term in danish.terms(word)),
            )
        return read


def _nearness(
    query: Query, vector: FloatArray, asked: FloatArray, words: WordVectors, passages: dict[int, Passage]
) -> Nearness:
    alone, titled, where = 0.0, 0.0, next(iter(passages))
    for number, passage in passages.items():
        if len(passage.rows):
            sentences = np.add.reduceat(words.sums(passage.rows), passage.starts)
            cosines = _units(sentences) @ vector
            with_title = _units(sentences + words.sums(passage.title).sum(axis=0)) @ vector
            meaning = float(((1 - _TITLE) * cosines + _TITLE * with_title).max())
            alone = max(alone, float(cosines.max()))
            if meaning > titled:
                titled, where = meaning, number
    return Nearness(_coverage(query, asked, words, passages), min(1.0, alone), min(1.0, titled), where)


def _coverage(query: Query, asked: FloatArray, words: WordVectors, passages: dict[int, Passage]) -> float:
    rows = np.unique(np.concatenate([part for each in passages.values() for part in (each.rows, each.title)]))
    alike = (_units(words.sums(rows)) @ asked.T).max(axis=0) if len(rows) else np.zeros(len(asked))
    terms = frozenset[str]().union(*(each.terms for each in passages.values()))
    likest = zip(query.words, alike, strict=True)
    return min(1.0, sum(word.weight * max(met(word, terms), float(like)) for word, like in likest) / query.ceiling)


def _units(vectors: FloatArray) -> FloatArray:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.where(lengths > 0, lengths, 1), np.float32)
