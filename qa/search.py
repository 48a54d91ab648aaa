"""A question → the agenda items that speak of it, ranked by words and by meaning together.

Fusion: score = 0.4 · min(1, bm25 / ceiling) + 0.1 · coverage + 0.5 · cosine. bm25 and cosine are those of the item's
best passage on either side, which may be two; the ceiling is what a passage would reach that holds every word of the
question once (words the archive does not know count in full), and coverage is the share of the question's word weight
that the item as a whole holds. A question in the other language that matches two stray words can then not drown the
dense side, as it does with reciprocal ranks. Without vectors, words alone decide, in the same proportion.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from ingest import danish
from ingest.archive import Archive
from ingest.archive_search import match_any
from ingest.encoders import Encoder
from ingest.model import Entry, Passage, Selection
from qa.model import Hit, Language
from qa.question import is_content
from qa.spelling import Speller
from qa.vectors import VectorIndex

WEIGHTS = (2.0, 1.5, 1.2, 1.0)  # title, decision, recommendation, rest
CANDIDATES = 200  # passages taken from each side
FUSION = (0.4, 0.1, 0.5)  # words in the best passage, words in the whole item, meaning
_WEIGHED = 3  # this many times as many items as asked for are looked at as a whole
_PARTS = 0.7  # a word met only by the parts of its compound counts this much

FloatArray = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class QueryWord:
    """One word of a question: the terms it is searched under, and its weight (how rare it is)."""

    word: str
    terms: tuple[str, ...]
    weight: float
    is_known: bool


@dataclass(frozen=True, slots=True)
class Query:
    """What is searched for: the words with their weights, and the question's vector (None without a model)."""

    words: tuple[QueryWord, ...]
    vector: FloatArray | None

    @property
    def ceiling(self) -> float:
        """The bm25 of a passage that holds every word once."""
        return sum(word.weight for word in self.words)

    def stressing(self, own: Collection[str], factor: float) -> Query:
        """The same query with the words in `own` weighing `factor` times as much."""
        if not own:
            return self
        words = tuple(replace(word, weight=word.weight * (factor if word.word in own else 1.0)) for word in self.words)
        return Query(words, self.vector)

    def coverage(self, terms: frozenset[str]) -> float:
        """The share of the question's word weight that a text with these terms meets, 0..1; 0 without words."""
        if not self.words:
            return 0.0
        return sum(word.weight * _met(word, terms) for word in self.words) / self.ceiling


def _met(word: QueryWord, terms: frozenset[str]) -> float:
    if word.terms[0] in terms:
        return 1.0
    parts = word.terms[1:]
    return _PARTS * sum(part in terms for part in parts) / len(parts) if parts else 0.0


class Searcher:
    """Search over one archive. `encoder` None leaves the dense side out. Safe to share between threads."""

    def __init__(self, archive: Archive, encoder: Encoder | None, index: VectorIndex) -> None:
        self._archive, self._encoder, self._index = archive, encoder, index
        self._size = archive.counts().passages
        self._speller = Speller(archive)

    @property
    def is_dense(self) -> bool:
        """True when questions are also compared by meaning."""
        return self._encoder is not None and len(self._index) > 0

    def query(self, topic: str, *, language: Language = Language.DANISH) -> Query:
        """The words of `topic` with their weights, and its vector. Misspelt Danish words are read as the nearest known
        one; an English question's words are left alone, since most of them are unknown for another reason."""
        words = [word for _, word in danish.words(topic) if is_content(word)]
        vector = None
        if self._encoder is not None and self.is_dense and words:
            vector = self._encoder.questions([danish.by_sound(topic)])[0]
        is_danish = language is Language.DANISH
        return Query(tuple(self._word(word, mend=is_danish) for word in dict.fromkeys(words)), vector)

    def _word(self, word: str, *, mend: bool) -> QueryWord:
        terms = tuple(dict.fromkeys(term for spelling in danish.spellings(word) for term in danish.terms(spelling)))
        counts = self._archive.term_counts(terms)
        if mend and not any(counts.values()) and (nearest := self._speller.nearest(terms[0])):
            terms, counts = nearest, self._archive.term_counts(nearest)
        known = [count for count in counts.values() if count]
        weight = self._rarity(counts[terms[0]] or min(known, default=0))
        return QueryWord(word, terms, weight, bool(known))

    def _rarity(self, count: int) -> float:
        """Inverse document frequency as bm25 counts it, over passages; never below a small positive weight."""
        return max(math.log((self._size - count + 0.5) / (count + 0.5)), 0.1)

    def search(self, query: Query, selection: Selection, *, limit: int = 8) -> list[Hit]:
        """The items found, the best first; ties by key. At most `limit`, none twice."""
        within = None if selection.is_everything else self._archive.select(selection)
        lexical = self._lexical(query, selection)
        dense = self._dense(query, within)
        passages = self._archive.passages({*lexical, *dense})
        if query.vector is not None:
            missing = [each for each in passages if each not in dense]
            dense |= dict(
                zip(missing, self._index.cosines(query.vector, np.array(missing, np.int64)).tolist(), strict=True)
            )
        if not query.words:
            return self._in_order(within, limit)
        hits = self._gather(query, passages, lexical, dense)[: _WEIGHED * limit]
        return self._weighed(query, hits)[:limit]

    def _in_order(self, within: NDArray[np.int64] | None, limit: int) -> list[Hit]:
        """The selected items themselves, for a question without words of its own: the newest meeting first, each in
        the order of its agenda."""
        if within is None:
            return []
        first: dict[str, Passage] = {}
        for passage in self._archive.passages(within.tolist()).values():
            first.setdefault(passage.item, passage)
        entries = sorted(self._archive.entries(first), key=lambda entry: entry.meeting.date, reverse=True)
        return [Hit(entry.item.key, first[entry.item.key], 0.0, 0.0, None, None, None) for entry in entries[:limit]]

    def _lexical(self, query: Query, selection: Selection) -> dict[int, float]:
        match = match_any(term for word in query.words for term in word.terms if word.is_known)
        found = self._archive.lexical(match, selection=selection, weights=WEIGHTS, limit=CANDIDATES)
        return dict(found)

    def _dense(self, query: Query, within: NDArray[np.int64] | None) -> dict[int, float]:
        if query.vector is None:
            return {}
        return dict(self._index.search(query.vector, limit=CANDIDATES, within=within))

    def _gather(
        self, query: Query, passages: dict[int, Passage], lexical: dict[int, float], dense: dict[int, float]
    ) -> list[Hit]:
        """One hit for each item, the best first, by its best passages; coverage is still to come."""
        words = {number: min(1.0, lexical.get(number, 0.0) / query.ceiling) for number in passages}
        meaning = {number: max(0.0, _finite(dense.get(number))) for number in passages}
        ranks = [{each: rank for rank, each in enumerate(side, start=1)} for side in (lexical, _descending(dense))]
        of_item: dict[str, list[int]] = {}
        for number, passage in sorted(passages.items()):
            of_item.setdefault(passage.item, []).append(number)
        hits = []
        for item, numbers in of_item.items():
            shown = max(numbers, key=lambda number: words[number] + meaning[number])
            most_words, nearest = max(words[each] for each in numbers), max(meaning[each] for each in numbers)
            hits.append(
                Hit(
                    item=item,
                    passage=passages[shown],
                    score=_fused(query, most_words, 0.0, nearest),
                    coverage=0.0,
                    cosine=nearest if query.vector is not None else None,
                    lexical_rank=_best(ranks[0], numbers),
                    dense_rank=_best(ranks[1], numbers),
                )
            )
        return _sorted(hits)

    def _weighed(self, query: Query, hits: list[Hit]) -> list[Hit]:
        """The hits with the words of the whole item counted in."""
        entries = self._archive.entries(hit.item for hit in hits)
        coverage = {entry.item.key: query.coverage(item_terms(entry)) for entry in entries}
        return _sorted(
            [
                replace(hit, coverage=coverage[hit.item], score=hit.score + _fused(query, 0.0, coverage[hit.item], 0.0))
                for hit in hits
                if hit.item in coverage
            ]
        )


def _fused(query: Query, words: float, coverage: float, meaning: float) -> float:
    """The score of an item from its three parts, each 0..1."""
    total = sum(FUSION) if query.vector is not None else FUSION[0] + FUSION[1]
    return (FUSION[0] * words + FUSION[1] * coverage + FUSION[2] * meaning) / total


def _best(ranks: dict[int, int], numbers: Sequence[int]) -> int | None:
    return min((ranks[each] for each in numbers if each in ranks), default=None)


def _sorted(hits: list[Hit]) -> list[Hit]:
    return sorted(hits, key=lambda hit: (-hit.score, hit.item))


def item_terms(entry: Entry) -> frozenset[str]:
    """All terms of an item, its title and its meeting's body included."""
    return danish.term_set(f"{entry.item.text} {entry.meeting.committee} {entry.meeting.municipality}")


def _descending(scores: dict[int, float]) -> Sequence[int]:
    return sorted(scores, key=lambda number: (-_finite(scores[number]), number))


def _finite(value: float | None) -> float:
    return value if value is not None and math.isfinite(value) else 0.0
