"""The passages found → how near each comes to the question, read sentence by sentence and word by word.

A static model's vector of a passage is a mean that blurs its sentences into one another; its sentences one by one tell
much better which passage answers (docs/design.md gives the numbers). To keep that for every sentence of an archive
would double it, so the sentences of the passages in question are read when a question comes.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ingest import danish
from ingest.archive import Archive
from ingest.encoders import StaticEncoder
from ingest.word_vectors import Rows, WordVectors, words_of
from qa.query import FloatArray, Query, QueryWord, met

_SENTENCE_END = re.compile(r"(?<=[.!?;])\s+(?=[A-ZÆØÅ(\"”])|\n+")  # rough and quick: nothing is quoted from here
_REMEMBERED = 20_000  # passages
_TITLE = 0.4  # how much a sentence counts with its item's title read along, beside alone


@dataclass(frozen=True, slots=True)
class Passage:
    """What a passage was read as: the rows of its words, where each sentence begins among them, and how long the
    sentence's vector is, alone and with the title's added; the rows of its item's title."""

    rows: Rows
    starts: NDArray[np.int64]
    lengths: FloatArray
    titled: FloatArray
    title: Rows


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
        there = {item: [n for n in numbers if n in passages] for item, numbers in items.items()}
        there = {item: numbers for item, numbers in there.items() if numbers}
        if not there:
            return {}
        asked = np.stack([words.sums(rows).sum(axis=0) for rows in words.rows(query.spoken)])
        return _nearness(query, _units(asked), words, passages, there)

    def _known(self, numbers: Iterable[int]) -> tuple[WordVectors, dict[int, Passage]]:
        """The passages as they were read, now or before."""
        if self._words.is_full or len(self._passages) > _REMEMBERED:
            self._begin()
        wanted = list(dict.fromkeys(numbers))
        new = self._archive.passage_texts(each for each in wanted if each not in self._passages)
        self._passages |= self._taken_in(new)
        return self._words, {each: self._passages[each] for each in wanted if each in self._passages}

    def _taken_in(self, texts: dict[int, tuple[str, str]]) -> dict[int, Passage]:
        split = [_SENTENCE_END.split(danish.by_sound(text)) for _, text in texts.values()]
        rows = iter(self._words.rows([each for parts in split for each in parts]))
        titles = self._words.rows([danish.by_sound(title) for title, _ in texts.values()])
        sentences = [[each for each in (next(rows) for _ in parts) if len(each)] for parts in split]
        return dict(zip(texts, _passages(self._words, sentences, titles), strict=True))


def _passages(words: WordVectors, sentences: list[list[Rows]], titles: list[Rows]) -> Iterator[Passage]:
    """The passages of these sentences and titles; all sums are made at once, much faster than one by one."""
    flat = [each for parts in sentences for each in parts]
    begins = np.cumsum([0, *(len(each) for each in flat)])
    rows = np.concatenate(flat) if flat else np.zeros(0, np.int32)
    sums = np.add.reduceat(words.sums(rows), begins[:-1]) if flat else words.sums(rows)
    title_sums = np.stack([words.sums(title).sum(axis=0) for title in titles]) if titles else words.sums(rows)
    of_title = np.repeat(np.arange(len(titles)), [len(parts) for parts in sentences])
    lengths, titled = _lengths(sums), _lengths(sums + title_sums[of_title])
    first = 0
    for parts, title in zip(sentences, titles, strict=True):
        last = first + len(parts)
        begun, ended = begins[first], begins[last]
        yield Passage(rows[begun:ended], begins[first:last] - begun, lengths[first:last], titled[first:last], title)
        first = last


def _nearness(
    query: Query,
    asked: FloatArray,
    words: WordVectors,
    passages: Mapping[int, Passage],
    items: Mapping[str, Sequence[int]],
) -> dict[str, Nearness]:
    """All items at once: each word's product with the question is worked out once, and a sentence's is their sum."""
    assert query.vector is not None
    flat = np.concatenate([part for numbers in items.values() for part in _parts(passages, numbers)])
    known, place = np.unique(flat, return_inverse=True)
    terms = list(dict.fromkeys(term for word in query.words for term in _terms(word)))
    held = words.holding(terms, known)[place]
    sums = words.sums(known)
    with_question = (sums @ query.vector)[place]
    with_words = (_units(sums) @ asked.T)[place]
    near, at = {}, 0
    for item, numbers in items.items():
        begun, best = at, (0.0, 0.0, numbers[0])
        title = passages[numbers[0]].title
        size = sum(len(passages[each].rows) for each in numbers)
        title_product = float(with_question[begun + size : begun + size + len(title)].sum())
        for number in numbers:
            passage = passages[number]
            if len(passage.rows):
                products = np.add.reduceat(with_question[at : at + len(passage.rows)], passage.starts)
                best = _better(best, number, passage, products, title_product)
            at += len(passage.rows)
        at += len(title)
        likes = with_words[begun:at].max(axis=0) if at > begun else np.zeros(len(asked), np.float32)
        there = np.flatnonzero(held[begun:at].any(axis=0)).tolist()
        near[item] = Nearness(
            _coverage(query, likes, frozenset(terms[index] for index in there)),
            min(1.0, best[0]),
            min(1.0, best[1]),
            best[2],
        )
    return near


def _terms(word: QueryWord) -> Sequence[str]:
    """The terms a word is met by; a figure counts as its pieces, which is how the model reads it."""
    return (*word.terms, *word.others) if word.terms[0].isalpha() else words_of(word.terms[0])


def _parts(passages: Mapping[int, Passage], numbers: Sequence[int]) -> list[Rows]:
    """The rows of an item's passages, and then of its title."""
    return [*(passages[each].rows for each in numbers), passages[numbers[0]].title]


def _better(
    best: tuple[float, float, int], number: int, passage: Passage, products: FloatArray, title_product: float
) -> tuple[float, float, int]:
    """The nearest sentence so far (its cosine, the same with the title read along, its passage) and those of one more
    passage."""
    alone = products / passage.lengths
    meaning = float(((1 - _TITLE) * alone + _TITLE * (products + title_product) / passage.titled).max())
    cosine = max(best[0], float(alone.max()))
    return (cosine, meaning, number) if meaning > best[1] else (cosine, *best[1:])


def _coverage(query: Query, likes: FloatArray, terms: frozenset[str]) -> float:
    # Nothing is like a name: where the archive has it, it is met or not.
    weighed = (
        word.weight * max(_met(word, terms), 0.0 if word.is_name and word.is_known else float(like))
        for word, like in zip(query.words, likes, strict=True)
    )
    return min(1.0, sum(weighed) / query.ceiling)


def _met(word: QueryWord, terms: frozenset[str]) -> float:
    if word.terms[0].isalpha():
        return met(word, terms)
    pieces = _terms(word)
    return float(bool(pieces) and terms.issuperset(pieces))


def _lengths(vectors: FloatArray) -> FloatArray:
    lengths = np.linalg.norm(vectors, axis=1)
    return np.asarray(np.where(lengths > 0, lengths, 1), np.float32)


def _units(vectors: FloatArray) -> FloatArray:
    return np.asarray(vectors / _lengths(vectors)[:, None], np.float32)
