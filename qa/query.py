"""The words of a question, each weighed by how rare it is, and how much of that weight a text meets."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from ingest import danish
from ingest.holdings import Entry

_PARTS = 0.5  # a word met only by the parts of its compound counts this much
_OTHER = 0.8  # and one met only by another word for the same thing

FloatArray = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class QueryWord:
    """One word of a question: the terms it is searched under, and its weight (how rare it is).

    `reading` is the word as it was understood, mended where it was misspelt; "" means as it stands. `is_known`: it, or
    the word it was mended to, stands in the archive. `is_asking`: it only asks, or says where
    something was treated, and is no subject. `is_name`: it has a capital inside the sentence. `others` are the stems
    of other words for the same thing (`lexicon`) that stand in the archive.
    """

    word: str
    terms: tuple[str, ...]
    weight: float
    is_known: bool
    is_asking: bool = False
    reading: str = ""
    is_name: bool = False
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Query:
    """What is searched for: the words with their weights, and the question's vector (None without a model).

    `ceiling` is the bm25 of a passage that holds every word once; `terms` are all that meet one of the words.
    """

    words: tuple[QueryWord, ...]
    vector: FloatArray | None
    ceiling: float = field(init=False, compare=False, repr=False)
    terms: frozenset[str] = field(init=False, compare=False, repr=False)
    _covered: dict[frozenset[str], float] = field(init=False, compare=False, repr=False, default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "ceiling", sum(word.weight for word in self.words))
        terms = (term for word in self.words for term in (*word.terms, *word.others))
        object.__setattr__(self, "terms", frozenset(terms))

    @property
    def spoken(self) -> tuple[str, ...]:
        """The words as they were understood."""
        return tuple(word.reading or word.word for word in self.words)

    @property
    def has_subject(self) -> bool:
        """True when there is a word that says what the question is about."""
        return any(not word.is_asking for word in self.words)

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
        held = self.terms & terms
        if (known := self._covered.get(held)) is None:
            known = sum(word.weight * met(word, held) for word in self.words) / self.ceiling
            self._covered[held] = known
        return known

    def held(self, text: str) -> frozenset[str]:
        """Those of the question's terms that a text holds. Most texts hold none, which is seen without taking them
        apart into their terms."""
        spelled = danish.spelled(text)
        return self.terms & danish.term_set(text) if any(term in spelled for term in self.terms) else frozenset()


def met(word: QueryWord, terms: frozenset[str]) -> float:
    """How far a text with these terms holds the word: 1, or a part where only parts of the compound stand in it."""
    if word.terms[0] in terms:
        return 1.0
    parts = word.terms[1:]
    in_parts = _PARTS * sum(part in terms for part in parts) / len(parts) if parts else 0.0
    return max(in_parts, _OTHER if not terms.isdisjoint(word.others) else 0.0)


def item_terms(entry: Entry) -> frozenset[str]:
    """All terms of an item, its title and its meeting's body included."""
    return danish.term_set(f"{entry.item.text} {entry.meeting.committee} {entry.meeting.municipality}")
