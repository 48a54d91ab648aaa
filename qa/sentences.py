"""The items found → their sentences, rated against the question, and whether the best ones can be believed.

`rating` says how a sentence is rated.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ingest import danish, dates
from ingest.holdings import Entry
from qa.evidence import Statement, statements
from qa.likeness import SentenceReader
from qa.model import Hit, Intent, Language, Question
from qa.query import Query, item_terms
from qa.question import is_content, is_place_word
from qa.rating import Told, rate

_ITEMS = 3  # the items whose sentences are rated
_FOCUS = 3.0  # in a follow-up, its own words count this much more than those of the subject it keeps

# Calibrated on the development questions (docs/design.md gives the method and the numbers): an answer is believed when
# its best sentence comes this close, in words and meaning together or in meaning alone; when one paragraph with its
# title holds this share of the question's word weight; or when the best item's nearest sentence and its words, like
# ones counted, do.
BELIEVED_DANISH, BELIEVED_ACROSS = 0.47, 0.37
BELIEVED_WORDS, BELIEVED_WORDS_ACROSS = 0.6, 0.7
BELIEVED_ALIKE, BELIEVED_ALIKE_ACROSS = 0.5, 0.55
BELIEVED_UNKNOWN = 0.46  # the cosine of a sentence, for a question none of whose words is in the archive
BELIEVED_WITHOUT_VECTORS = 0.55
_UNLIKE = 0.335  # below this cosine words must say a little more
_ABOUT = 0.4  # this share of the subject's weight makes a sentence, its paragraph and its title speak of it
_FEWEST_WORDS = 3  # of content, in a sentence that may answer a question of whose words none is in the archive
_SHORTEST_NAME = 5  # letters, of a name that may begin a longer one
_CLOSE = 0.25  # below this not even the nearest item is worth naming


@dataclass(frozen=True, slots=True)
class Found:
    """A rated sentence. `score` is its odds of being the answer beside the best one's, which has 1; `coverage` and
    `cosine` are those of the sentence alone; `behind` is how far its item's score lies behind that of the best hit."""

    entry: Entry
    statement: Statement
    text: str
    score: float
    coverage: float
    cosine: float
    behind: float = 0.0


class Ranker:
    """Rates the sentences of items against one question."""

    def __init__(
        self, question: Question, query: Query, reader: SentenceReader | None, hits: Sequence[Hit] = ()
    ) -> None:
        """`hits` are the items found, as search rated them; `reader` compares by meaning, None by words alone."""
        self._question, self._query, self._reader, self._hits = question, query, reader, hits
        own = {word for _, word in danish.words(question.focus)} if question.follows_up else set()
        self._focused = query.stressing(own, _FOCUS)
        # "Og hvorfor?" has no word of its own to look for: what is asked for then decides among the item's sentences.
        self._only_asks = bool(own) and not any(word.word in own and not word.is_asking for word in query.words)

    @property
    def has_subject(self) -> bool:
        """True when a word of the question says what it is about."""
        return self._query.has_subject

    def rank(self, entries: Sequence[Entry]) -> list[Found]:
        """The sentences of the first items, the best first; ties in the order of the minutes."""
        told = [
            Told(entry, place, statement, statement.span.of(entry.item.text))
            for place, entry in enumerate(entries[:_ITEMS])
            if not entry.item.is_closed
            for statement in statements(entry)
        ]
        if not told:
            return []
        rated = rate(self._question, self._focused, told, self._hits, self._reader, only_asks=self._only_asks)
        odds = np.exp(rated.scores - rated.scores.max())
        return sorted(
            (
                Found(each.entry, each.statement, each.text, score, coverage, cosine, self._behind(each.place))
                for each, score, coverage, cosine in zip(
                    told, odds.tolist(), rated.coverage.tolist(), rated.cosine.tolist(), strict=True
                )
            ),
            key=lambda each: -each.score,
        )

    def _behind(self, place: int) -> float:
        return self._hits[0].score - self._hits[place].score if place < len(self._hits) else 0.0

    def is_about(self, found: Found) -> bool:
        """True when the sentence, its paragraph or its item's title hold what the question is about, its dates aside;
        also for a question about nothing else."""
        is_english = self._question.language is Language.ENGLISH  # of its words, only names can be met
        words = tuple(
            word
            for word in self._query.words
            if not (word.is_asking or _is_no_subject(word.word) or (is_english and not word.is_known))
        )
        return not words or Query(words, None).coverage(self._held_around(found)) >= _ABOUT

    def is_believable(self, question: Question, entries: Sequence[Entry], found: Sequence[Found]) -> bool:
        """True when the best sentence, or the best item's words, come close enough to the question to answer it."""
        if question.intent is Intent.LOOKUP or not self._query.has_subject or question.selection.case_number:
            return bool(entries)
        if self._has_unknown_name(question, entries):
            return False
        if self._query.vector is None or entries[0].item.is_closed:
            terms = [item_terms(entry) for entry in entries[:_ITEMS]]
            # Of a closed item only the heading is there: a name in it is enough.
            is_named = entries[0].item.is_closed and any(
                word.is_name and word.terms[0] in terms[0] for word in self._query.words
            )
            return is_named or max(map(self._query.coverage, terms)) >= BELIEVED_WITHOUT_VECTORS
        covered = max((self._query.coverage(self._held_around(each)) for each in found), default=0.0)
        cosine = max((each.cosine for each in found), default=0.0)
        if not self._knows_subject():
            return any(each.cosine >= BELIEVED_UNKNOWN and _says_something(each.text) for each in found)
        if question.language is Language.ENGLISH:
            is_near = cosine >= BELIEVED_ACROSS or covered >= BELIEVED_WORDS_ACROSS
            return is_near or self._is_alike(BELIEVED_ALIKE_ACROSS)
        together = max((each.cosine + 0.5 * each.coverage for each in found), default=0.0)
        is_near = together >= BELIEVED_DANISH or covered >= BELIEVED_WORDS + (cosine < _UNLIKE) * 0.1
        return is_near or self._is_alike(BELIEVED_ALIKE)

    def _is_alike(self, enough: float) -> bool:
        """True when the best item says nearly the same in other words."""
        best = self._hits[0] if self._hits else None
        return best is not None and best.cosine is not None and best.cosine + 0.3 * best.coverage >= enough

    def _knows_subject(self) -> bool:
        """True when a word that says what the question is about, or a part of one, stands in the archive."""
        return any(word.is_known for word in self._query.words if not (word.is_asking or _is_no_subject(word.word)))

    def _held_around(self, found: Found) -> frozenset[str]:
        """The question's terms in a sentence, its paragraph and its item's title."""
        item = found.entry.item
        return self._query.held(found.statement.paragraph.of(item.text)) | self._query.held(item.title)

    def is_close(self, found: Sequence[Found]) -> bool:
        """True when something comes near enough to be named as the nearest item."""
        return any(max(each.cosine, each.coverage) >= _CLOSE for each in found)

    def _has_unknown_name(self, question: Question, entries: Sequence[Entry]) -> bool:
        """True when the question names something, with a capital inside the sentence, that the archive never names,
        not even as the beginning of a longer name ("Vigerslev" of "Vigerslevparkerne") in what was found."""
        inside = question.topic.split()[1:]
        names = {
            word for token in inside for _, word in danish.words(token) if word[0].isupper() and word[1:].islower()
        }
        unknown = [word.word for word in self._query.words if word.word in names and not word.is_known]
        return any(not any(_begins_name(name, entry.item.text) for entry in entries[:_ITEMS]) for name in unknown)


def _begins_name(name: str, text: str) -> bool:
    return len(name) >= _SHORTEST_NAME and re.search(rf"\b{re.escape(name)}", text) is not None


def _says_something(text: str) -> bool:
    """False for "Ingen bemærkninger." and the like: to the pieces of a word that no minutes hold, such is like anything
    ("månelandingen")."""
    return len([word for _, word in danish.words(text) if is_content(word)]) >= _FEWEST_WORDS


def _is_no_subject(word: str) -> bool:
    """True for words of dates, and for those that say where something was treated."""
    return word.lower() in dates.MONTHS or word.isdigit() or is_place_word(word)
