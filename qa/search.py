"""A question → the agenda items that speak of it, ranked by words and by meaning together.

Items are found by their best passages: 0.4 · min(1, bm25 / ceiling) + 0.5 · cosine, where the ceiling is what a passage
would reach that holds every word of the question once (words the archive does not know count in full), so that a
question in the other language that matches two stray words cannot drown the dense side, as it does with reciprocal
ranks. The best are then read closely (`closeness`) and ordered by their words, the words like those of the question,
their nearest sentence and their nearest passage. With a model too slow for that, the share of the question's words in
the item as a whole decides among them; without vectors, words alone do.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from ingest import danish
from ingest.archive import Archive
from ingest.encoders import Encoder, StaticEncoder
from ingest.holdings import Entry, Selection
from ingest.model import MeetingKind, Passage
from qa import lexicon
from qa.closeness import CloseReader
from qa.model import Hit, Language
from qa.query import Query, QueryWord
from qa.question import is_content, is_place_word
from qa.spelling import Speller
from qa.vectors import VectorIndex
from qa.words import WordIndex

CANDIDATES = 200  # passages taken from each side
FUSION = (0.4, 0.1, 0.5)  # words in the best passage, words in the whole item, meaning: before items are read closely
# The same for items that are read closely: words, words and their like, the nearest sentence, the nearest passage.
CLOSELY = (0.1, 0.35, 0.5, 0.05)
_WEIGHED = 3  # this many times as many items as asked for are looked at as a whole
_READ, _READ_OF_EACH = 70, 6  # items that are read closely, and the passages of each
_ASKING = 0.25  # a word that only asks counts this much
_MEANT = 0.3  # how much the other words for what is asked count in the question's vector
_MOST_WORDS = 60  # different words of a question that are looked at
# Items this close to the best stand newest first; those of its matter, this close. Read closely, items that hold the
# same words come to nearly the same score.
_AS_GOOD, _SAME_MATTER = 0.005, 0.0125


class Searcher:
    """Search over one archive. `encoder` None leaves the dense side out. Safe to share between threads."""

    def __init__(self, archive: Archive, encoder: Encoder | None, index: VectorIndex, words: WordIndex) -> None:
        self._archive, self._encoder, self._index, self._words = archive, encoder, index, words
        self._speller = Speller(words)
        self._reader = CloseReader(archive, encoder) if isinstance(encoder, StaticEncoder) else None

    @property
    def is_dense(self) -> bool:
        """True when questions are also compared by meaning."""
        return self._encoder is not None and len(self._index) > 0

    def query(
        self, topic: str, *, language: Language = Language.DANISH, asking: Collection[str] = frozenset()
    ) -> Query:
        """The words of `topic` with their weights, and its vector. `asking` are the folded words that only ask.

        Misspelt Danish words are read as the nearest known one; of an English question only names are, since most of
        its words are unknown for another reason.
        """
        said = [word for _, word in danish.words(topic)]
        words = list(dict.fromkeys(filter(is_content, said)))[:_MOST_WORDS]
        others = self._others(said, language)
        vector = self._vector(self._spelled(topic, words), words, others) if words else None
        is_danish = language is Language.DANISH
        return Query(
            tuple(
                self._word(
                    word,
                    others.get(word, ()),
                    is_mended=is_danish or _is_name(word, topic),
                    is_name=_is_name(word, topic),
                    is_asking=danish.fold(word) in asking or is_place_word(word),
                )
                for word in words
            ),
            vector,
        )

    def _others(self, words: Sequence[str], language: Language) -> dict[str, tuple[str, ...]]:
        """Other words for the same things; in a Danish question, English words that the archive does not have count
        as such."""
        others = lexicon.of(language).others(words)
        if language is Language.DANISH:
            first = {word: danish.stem(word) for word in words if is_content(word) and word not in others}
            counts = self._words.counts(first.values())
            unknown = [word for word, stem in first.items() if not counts[stem]]
            others |= lexicon.of(Language.ENGLISH).others(unknown) if unknown else {}
        return others

    def _vector(
        self, topic: str, words: Sequence[str], others: Mapping[str, Sequence[str]]
    ) -> NDArray[np.float32] | None:
        """The question's vector, None without vectors to compare it with. A static model, which knows a word only by
        itself, is told the other words for the same thing."""
        if self._encoder is None or not self.is_dense:
            return None
        vector: NDArray[np.float32] = self._encoder.questions([topic])[0]
        meant = " ".join(other for word in words for other in others.get(word, ()))
        if not meant or not isinstance(self._encoder, StaticEncoder):
            return vector
        both = vector + np.float32(_MEANT) * self._encoder.questions([meant])[0]
        length = np.linalg.norm(both)
        return np.asarray(both / length, np.float32) if length > 0 else vector

    def _spelled(self, topic: str, words: Sequence[str]) -> str:
        """The question for the encoder, with words written without Danish letters as the archive writes them."""
        text = danish.by_sound(topic)
        for word in words:
            if (known := self._known_spelling(word)) != danish.fold(word):
                text = text.replace(word, known)
        return text

    def _known_spelling(self, word: str) -> str:
        """The folded word, or what it is with Danish letters where only that stands in the archive."""
        spellings = danish.spellings(word)
        counts = [self._words.counts(danish.terms(each)[:1]) for each in spellings]
        return next((each for each, count in zip(spellings, counts, strict=True) if any(count.values())), spellings[0])

    def _word(self, word: str, others: Sequence[str], *, is_mended: bool, is_name: bool, is_asking: bool) -> QueryWord:
        reading = self._known_spelling(word)
        terms = danish.terms(reading)
        counts = self._words.counts(terms)
        if is_mended and not counts[terms[0]]:
            is_free = not any(counts.values()) and not is_name  # nothing of it is known, and it is no name
            if mended := self._speller.nearest(terms[0], slips=2 if is_free else 1):
                terms, reading = mended, mended[0]
            counts = self._words.counts(terms)
        known = {term: count for term, count in self._words.counts(map(danish.stem, others)).items() if count}
        weight = self._rarity(counts[terms[0]] + sum(known.values())) * (_ASKING if is_asking else 1.0)
        is_known = any(counts.values()) or bool(known)
        return QueryWord(word, terms, weight, is_known, is_asking, reading, is_name, tuple(known))

    def _rarity(self, count: int) -> float:
        """Inverse document frequency as bm25 counts it, over passages; never below a small positive weight."""
        return max(math.log((len(self._words) - count + 0.5) / (count + 0.5)), 0.1)

    def search(self, query: Query, selection: Selection, *, limit: int = 8) -> list[Hit]:
        """The items found, the best first, at most `limit`, none twice.

        Items about as good as the best stand newest first. A question without a subject finds all that its filters
        allow, in the order of the meetings, the newest first; without filters, nothing.
        """
        within = None if selection.is_everything else self._archive.select(selection)
        if not query.has_subject:
            return self._in_order(within, limit)
        lexical = self._lexical(query, within)
        dense = self._dense(query, within)
        passages = self._archive.passages({*lexical, *dense})
        if query.vector is not None:
            missing = [each for each in passages if each not in dense]
            dense |= dict(
                zip(missing, self._index.cosines(query.vector, np.array(missing, np.int64)).tolist(), strict=True)
            )
        is_read = self._reader is not None and query.vector is not None
        most = max(_READ, _WEIGHED * limit) if is_read else _WEIGHED * limit
        hits = self._gather(query, passages, lexical, dense, most=most)
        if is_read:
            return _newest_first(self._read(query, hits, passages, lexical, dense)[:limit], self._archive)
        return _newest_first(self._weighed(query, hits)[:limit], self._archive)

    def _in_order(self, within: NDArray[np.int64] | None, limit: int) -> list[Hit]:
        """The selected items themselves, for a question without a subject of its own: the newest meeting first, each
        in the order of its agenda."""
        first: dict[str, Passage] = {}
        for passage in self._archive.passages(within.tolist()).values() if within is not None else ():
            first.setdefault(passage.item, passage)
        items = sorted(first, key=_newest_meeting_first)
        return [Hit(item, first[item], 0.0, 0.0, None) for item in items[:limit]]

    def _lexical(self, query: Query, within: NDArray[np.int64] | None) -> dict[int, float]:
        terms = [term for word in query.words for term in (*word.terms, *word.others) if word.is_known]
        return dict(self._words.search(terms, limit=CANDIDATES, within=within))

    def _dense(self, query: Query, within: NDArray[np.int64] | None) -> dict[int, float]:
        if query.vector is None:
            return {}
        return dict(self._index.search(query.vector, limit=CANDIDATES, within=within))

    def _gather(
        self,
        query: Query,
        passages: dict[int, Passage],
        lexical: dict[int, float],
        dense: dict[int, float],
        *,
        most: int,
    ) -> list[Hit]:
        """One hit for each of the best items, at most so many, the best first, by its best passages; coverage is still
        to come."""
        words = {number: _share(lexical, number, query) for number in passages}
        meaning = {number: max(0.0, _finite(dense.get(number))) for number in passages}
        of_item: dict[str, list[int]] = {}
        for number, passage in sorted(passages.items()):
            of_item.setdefault(passage.item, []).append(number)
        nearest = {item: max(meaning[each] for each in numbers) for item, numbers in of_item.items()}
        scores = {
            item: _fused(query, max(words[each] for each in numbers), 0.0, nearest[item])
            for item, numbers in of_item.items()
        }
        return [
            Hit(
                item=item,
                passage=passages[max(of_item[item], key=lambda number: words[number] + meaning[number])],
                score=scores[item],
                coverage=0.0,
                cosine=nearest[item] if query.vector is not None else None,
            )
            for item in sorted(scores, key=lambda item: (-scores[item], _newest_meeting_first(item)))[:most]
        ]

    def _read(
        self,
        query: Query,
        hits: list[Hit],
        passages: dict[int, Passage],
        lexical: dict[int, float],
        dense: dict[int, float],
    ) -> list[Hit]:
        """The first hits, read closely and ordered anew."""
        assert self._reader is not None
        first = {hit.item: hit for hit in hits[:_READ]}
        of_item: dict[str, list[int]] = {item: [] for item in first}
        for number in sorted(passages, key=lambda each: -(_share(lexical, each, query) + _finite(dense.get(each)))):
            if (numbers := of_item.get(passages[number].item)) is not None and len(numbers) < _READ_OF_EACH:
                numbers.append(number)
        read = self._reader.read(query, of_item)
        return _sorted(
            [
                replace(
                    first[item],
                    passage=passages[near.passage],
                    score=CLOSELY[0] * max(_share(lexical, each, query) for each in of_item[item])
                    + CLOSELY[1] * near.coverage
                    + CLOSELY[2] * near.meaning
                    + CLOSELY[3] * (first[item].cosine or 0.0),
                    coverage=near.coverage,
                    cosine=near.cosine,
                )
                for item, near in read.items()
            ]
        )

    def _weighed(self, query: Query, hits: list[Hit]) -> list[Hit]:
        """The hits with the words of the whole item counted in."""
        terms = self._archive.item_terms(hit.item for hit in hits)
        coverage = {item: query.coverage(held) for item, held in terms.items()}
        return _sorted(
            [
                replace(hit, coverage=coverage[hit.item], score=hit.score + _fused(query, 0.0, coverage[hit.item], 0.0))
                for hit in hits
                if hit.item in coverage
            ]
        )


def _share(lexical: dict[int, float], number: int, query: Query) -> float:
    """The bm25 of a passage as a share of what the question could reach."""
    return min(1.0, lexical.get(number, 0.0) / query.ceiling)


def _fused(query: Query, words: float, coverage: float, meaning: float) -> float:
    """The score of an item from its three parts, each 0..1."""
    total = sum(FUSION) if query.vector is not None else FUSION[0] + FUSION[1]
    return (FUSION[0] * words + FUSION[1] * coverage + FUSION[2] * meaning) / total


def _sorted(hits: list[Hit]) -> list[Hit]:
    return sorted(hits, key=lambda hit: (-hit.score, _newest_meeting_first(hit.item)))


def _newest_first(hits: list[Hit], archive: Archive) -> list[Hit]:
    """The hits with those about as good as the best one newest first: what was decided last is what holds. Minutes
    stand before an agenda, which decides nothing."""
    near = [hit for hit in hits if hit.score >= hits[0].score - _SAME_MATTER]
    entries = {entry.item.key: entry for entry in archive.entries(hit.item for hit in near)}
    best = entries.get(hits[0].item) if hits else None
    equal = [
        hit
        for hit in near
        if hit.item in entries and (hit.score >= hits[0].score - _AS_GOOD or _is_same_matter(entries[hit.item], best))
    ]
    newest = iter(sorted(equal, key=lambda hit: _held(entries[hit.item]), reverse=True))
    return [next(newest) if hit in equal else hit for hit in hits]


def _is_same_matter(one: Entry, other: Entry | None) -> bool:
    """True for items of one municipality under the same title."""
    if other is None:
        return False
    titles = [danish.term_set(each.item.title) for each in (one, other)]
    return one.meeting.municipality == other.meeting.municipality and titles[0] == titles[1]


def _held(entry: Entry) -> tuple[bool, date]:
    return entry.meeting.kind is MeetingKind.REFERAT, entry.meeting.date


@lru_cache(maxsize=20_000)
def _newest_meeting_first(item: str) -> tuple[int, str, list[tuple[int, str]]]:
    """Where an item stands among others: the newest meeting first, then as on the agenda."""
    meeting, _, number = item.rpartition("/")
    day = int("".join(filter(str.isdigit, meeting.rpartition("/")[2])) or 0)
    parts = [(int(part) if part.isdigit() else 0, part) for part in re.findall(r"\d+|\D+", number)]
    return -day, meeting, parts


def _is_name(word: str, topic: str) -> bool:
    """True for a word with a capital inside the sentence."""
    return word[:1].isupper() and word[1:].islower() and not topic.lstrip().startswith(word)


def _finite(value: float | None) -> float:
    return value if value is not None and math.isfinite(value) else 0.0
