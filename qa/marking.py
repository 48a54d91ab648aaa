"""The words a question was searched by → where they stand in a passage, and the sentence of it that was quoted.

Only places are told; the text itself is never touched.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from ingest import danish
from ingest.model import Span
from qa.model import Claim, HitView, Sought
from qa.query import Query


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a passage: is it in a sentence that was quoted, is it a word that was searched for."""

    text: str
    is_quoted: bool
    is_met: bool


def sought(query: Query) -> Sought:
    """What was searched for; words that only ask are left out."""
    words = [word for word in query.words if not word.is_asking]
    return Sought(
        frozenset(stem for word in words for stem in (word.terms[0], *word.others)),
        frozenset(part for word in words for part in word.terms[1:]),
    )


def quoted_in(hit: HitView, claims: Iterable[Claim]) -> tuple[Span, ...]:
    """The parts of a hit's passage that the claims quote, as spans of `hit.text`, in order and apart."""
    passage = hit.hit.passage.span
    within = [
        Span(max(place.span.start, passage.start) - passage.start, min(place.span.end, passage.end) - passage.start)
        for claim in claims
        for place in claim.citations
        if place.item == hit.hit.item and place.span.start < passage.end and passage.start < place.span.end
    ]
    apart: list[Span] = []
    for span in sorted(within, key=lambda each: each.start):
        if apart and span.start <= apart[-1].end:
            apart[-1] = Span(apart[-1].start, max(apart[-1].end, span.end))
        else:
            apart.append(span)
    return tuple(apart)


def stretches(text: str, words: Sought, quoted: Iterable[Span]) -> Iterator[Stretch]:
    """`text` in parts that are alike throughout; joined they are `text`, letter for letter."""
    quoted = list(quoted)
    met = [span for span, word in danish.words(text) if _is_met(word, words)]
    edges = {0, len(text), *(edge for span in (*quoted, *met) for edge in (span.start, span.end))}
    ordered = sorted(edges)
    for start, end in pairwise(ordered):
        yield Stretch(
            text[start:end],
            any(span.start <= start < span.end for span in quoted),
            any(span.start <= start < span.end for span in met),
        )


def _is_met(word: str, words: Sought) -> bool:
    stem, *parts = danish.terms(word)
    return stem in words.whole or stem in words.parts or not words.whole.isdisjoint(parts)
