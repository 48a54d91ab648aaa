"""The items found → their sentences, rated against the question, and whether the best ones can be believed.

A sentence is rated by the question's words it holds (those of its paragraph and title count for less, since a
paragraph names its subject once) and by its cosine with the question; figures, dates and reasons count where they are
asked for.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ingest import danish, dates
from ingest.encoders import Encoder
from ingest.holdings import Entry
from qa.evidence import Statement, statements
from qa.model import Hit, Intent, Label, Language, Question, Role
from qa.query import Query, item_terms
from qa.question import is_content, is_place_word

_ITEMS = 3  # the items whose sentences are rated
_ENCODED = 160  # at most this many sentences are compared by meaning, those with the most words in common first
_PARAGRAPH, _TITLE = 0.5, 0.3  # what a word counts that stands only in the paragraph, or only in the title
_BONUS = 0.12
_FOCUS = 3.0  # in a follow-up, its own words count this much more than those of the subject it keeps

_DECIDED = re.compile(r"\b(besluttede|godkendte|vedtog|tiltrådte|afviste|forkastede)\b", re.IGNORECASE)
_ANSWERS: dict[Intent, re.Pattern[str]] = {
    Intent.AMOUNT: re.compile(
        r"\d[\d.,]*\s*(-\s*\d[\d.,]*\s*)?(kr|mio|mia|t\.?kr|pct|%|meter|m2|m²|km|ton|stk|timer|pladser|borgere|elever|dage)\b",
        re.I,
    ),
    Intent.REASON: re.compile(
        r"\b(da|fordi|idet|derfor|skyldes|grund|hensyn|baggrund af|for at|begrund\w*|ikke protokolleret)\b", re.I
    ),
    Intent.VOTE: re.compile(r"\b(forbehold|kunne ikke tiltræde|stemte|stemmer|imod)\b", re.I),
    Intent.ATTENDANCE: re.compile(r"\b(forhindret|fraværende|deltog ikke|afbud|til stede)\b", re.I),
    Intent.DATE: re.compile(r"\b(19|20)\d\d\b|\b(månedligt|årligt|ugentligt|kvartalsvist|hvert år|løbende)\b", re.I),
}

_WHO = re.compile(r"\W*(hvem|who)\b", re.IGNORECASE)
_PROPOSES = re.compile(r"\b(indstiller|anbefaler|foreslår)\b", re.IGNORECASE)

# Calibrated on the development questions (docs/design.md gives the method and the numbers): an answer is believed when
# its best sentence comes this close. In Danish words and meaning together count; across languages meaning alone, since
# only names are shared.
BELIEVED_DANISH = 0.5
BELIEVED_ACROSS = 0.335
BELIEVED_ALIKE = 0.46  # the best item's nearest sentence, and how far its words are like those of the question
BELIEVED_WORDS = 0.6  # this share of the question's word weight in one paragraph and its title is enough, in either
BELIEVED_WITHOUT_VECTORS = 0.55
_ABOUT = 0.4  # this share of the subject's weight makes a sentence, its paragraph and its title speak of it
_FEWEST_WORDS = 3  # of content, in a sentence that may answer a question of whose words none is in the archive
_CLOSE = 0.25  # below this not even the nearest item is worth naming


@dataclass(frozen=True, slots=True)
class Found:
    """A rated sentence. `score` orders; `coverage` and `cosine` are those of the sentence alone."""

    entry: Entry
    statement: Statement
    text: str
    score: float
    coverage: float
    cosine: float


class Ranker:
    """Rates the sentences of items against one question."""

    def __init__(self, question: Question, query: Query, encoder: Encoder | None, best: Hit | None = None) -> None:
        """`best` is the first item found, as search rated it; None when nothing was found."""
        self._question, self._query, self._encoder, self._best = question, query, encoder, best
        own = {word for _, word in danish.words(question.focus)} if question.follows_up else set()
        self._focused = query.stressing(own, _FOCUS)
        # "Og hvorfor?" has no word of its own to look for: what is asked for then decides among the item's sentences.
        has_own = any(word.word in own and not word.is_asking for word in query.words)
        self._bonus_share = _BONUS if has_own or not own else 4 * _BONUS

    @property
    def has_subject(self) -> bool:
        """True when a word of the question says what it is about."""
        return self._query.has_subject

    def rank(self, entries: Sequence[Entry]) -> list[Found]:
        """The sentences of the first items, the best first; ties in the order of the minutes."""
        rated = [
            self._rated(entry, statement)
            for entry in entries[:_ITEMS]
            if not entry.item.is_closed
            for statement in statements(entry)
        ]
        if self._query.vector is not None and self._encoder is not None and rated:
            rated = self._with_meaning(rated)
        return sorted(rated, key=lambda each: -each.score)

    def _rated(self, entry: Entry, statement: Statement) -> Found:
        text = statement.span.of(entry.item.text)
        own = danish.term_set(text)
        coverage = self._focused.coverage(own)
        near = self._focused.coverage(own | danish.term_set(statement.paragraph.of(entry.item.text)))
        far = self._focused.coverage(own | danish.term_set(entry.item.title))
        score = coverage + _PARAGRAPH * (near - coverage) + _TITLE * (far - coverage)
        return Found(entry, statement, text, 0.6 * score + self._bonus(statement, text), coverage, 0.0)

    def _bonus(self, statement: Statement, text: str) -> float:
        intent, period = self._question.intent, self._question.period
        days = [day for _, day in dates.find(text)] if intent is Intent.DATE or period else []
        in_period = period is not None and any(period[0] <= day <= period[1] for day in days)
        bonus = 2 * _BONUS if in_period and self._question.selection.since is None else 0.0
        if intent is Intent.VOTE and statement.role is Role.VOTE:
            return bonus + 2 * _BONUS
        pattern = _ANSWERS.get(intent)
        is_proposed = statement.label is Label.RECOMMENDED
        if is_proposed and intent is Intent.PROPOSAL and _WHO.match(self._question.text) and _PROPOSES.search(text):
            return bonus + 3 * _BONUS
        is_decided = intent is Intent.DECISION and statement.label is Label.REPORTED and _DECIDED.search(text)
        is_asked_for = (
            bool(is_decided)
            or (intent is Intent.DATE and bool(days))
            or (intent is Intent.PROPOSAL and is_proposed)
            or (pattern is not None and pattern.search(text) is not None)
        )
        return bonus + self._bonus_share * is_asked_for

    def _with_meaning(self, rated: list[Found]) -> list[Found]:
        assert self._encoder is not None
        assert self._query.vector is not None
        by_words = sorted(range(len(rated)), key=lambda index: -rated[index].score)[:_ENCODED]
        texts = [danish.by_sound(rated[index].text) for index in by_words]
        cosines = np.clip(self._encoder.passages(texts) @ self._query.vector, 0.0, 1.0)
        for index, cosine in zip(by_words, cosines.tolist(), strict=True):
            each = rated[index]
            rated[index] = Found(
                each.entry, each.statement, each.text, each.score + 0.4 * cosine, each.coverage, cosine
            )
        return rated

    def is_about(self, found: Found) -> bool:
        """True when the sentence, its paragraph or its item's title hold what the question is about, its dates aside;
        also for a question about nothing else."""
        is_english = self._question.language is Language.ENGLISH  # of its words, only names can be met
        words = tuple(
            word
            for word in self._query.words
            if not (word.is_asking or _is_no_subject(word.word) or (is_english and not word.is_known))
        )
        return not words or Query(words, None).coverage(_terms_around(found)) >= _ABOUT

    def is_believable(self, question: Question, entries: Sequence[Entry], found: Sequence[Found]) -> bool:
        """True when the best sentence, or the best item's words, come close enough to the question to answer it."""
        if question.intent is Intent.LOOKUP or not self._query.has_subject:
            return bool(entries)
        if self._has_unknown_name(question):
            return False
        if self._query.vector is None or entries[0].item.is_closed:
            covered = max(self._query.coverage(item_terms(entry)) for entry in entries[:_ITEMS])
            return covered >= BELIEVED_WITHOUT_VECTORS
        covered = max((self._query.coverage(_terms_around(each)) for each in found), default=0.0)
        cosine = max((each.cosine for each in found), default=0.0)
        if question.language is Language.DANISH and not self._knows_subject():
            return any(each.cosine >= BELIEVED_ALIKE and _says_something(each.text) for each in found)
        if question.language is Language.ENGLISH:
            return cosine >= BELIEVED_ACROSS or covered >= BELIEVED_WORDS
        together = max((each.cosine + 0.5 * each.coverage for each in found), default=0.0)
        is_near = together >= BELIEVED_DANISH or covered >= BELIEVED_WORDS + (cosine < BELIEVED_ACROSS) * 0.1
        return is_near or self._is_alike()

    def _is_alike(self) -> bool:
        """True when the best item says nearly the same in other words."""
        best = self._best
        return best is not None and best.cosine is not None and best.cosine + 0.3 * best.coverage >= BELIEVED_ALIKE

    def _knows_subject(self) -> bool:
        """True when a word that says what the question is about, or a part of one, stands in the archive."""
        return any(word.is_known for word in self._query.words if not (word.is_asking or _is_no_subject(word.word)))

    def is_close(self, found: Sequence[Found]) -> bool:
        """True when something comes near enough to be named as the nearest item."""
        return any(max(each.cosine, each.coverage) >= _CLOSE for each in found)

    def _has_unknown_name(self, question: Question) -> bool:
        """True when the question names something, with a capital inside the sentence, that the archive never names."""
        inside = question.topic.split()[1:]
        names = {
            word for token in inside for _, word in danish.words(token) if word[0].isupper() and word[1:].islower()
        }
        return any(word.word in names and not word.is_known for word in self._query.words)


def _says_something(text: str) -> bool:
    """False for "Ingen bemærkninger." and the like: to the pieces of a word that no minutes hold, such is like anything
    ("månelandingen")."""
    return len([word for _, word in danish.words(text) if is_content(word)]) >= _FEWEST_WORDS


def _terms_around(found: Found) -> frozenset[str]:
    """The terms of a sentence, its paragraph and its item's title."""
    item = found.entry.item
    return danish.term_set(found.statement.paragraph.of(item.text)) | danish.term_set(item.title)


def _is_no_subject(word: str) -> bool:
    """True for words of dates, and for those that say where something was treated."""
    return word.lower() in dates.MONTHS or word.isdigit() or is_place_word(word)
