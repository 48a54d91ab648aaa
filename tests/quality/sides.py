"""One question → where its right item stands on each side of the search, and in the whole answer."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from ingest import encoders, references
from ingest.archive import Archive
from qa import evaluate, views
from qa.assistant import Assistant
from qa.evaluate import Gold
from qa.filters import Catalogue
from qa.model import Question
from qa.query import Query
from qa.question import understand
from qa.rerank import RERANKED, Reranker
from qa.search import CANDIDATES, Searcher
from tests.quality.naive_archive import NaiveArchive

SIDES = ("naive", "lexical", "dense", "fused", "reranked")
_MOST = 10  # items looked at; beyond them an item counts as not found


@dataclass(frozen=True, slots=True)
class Placed:
    """Places are 1-based, 0 where the right item is not among the first ten, None for a question without one."""

    gold: Gold
    naive: int | None
    lexical: int | None
    dense: int | None
    fused: int | None
    reranked: int | None
    is_refused: bool
    is_quoted: bool | None

    @property
    def is_held_aside(self) -> bool:
        """True for the half of the questions that nothing is tuned on. By the id, so that it never changes."""
        return hashlib.sha1(self.gold.id.encode()).digest()[0] % 2 == 1


class Sides:
    """Search over one archive, each side by itself."""

    def __init__(self, path: Path, naive: NaiveArchive | None, reranker: Reranker | None = None) -> None:
        self._archive, self._naive, self._path = Archive.open(path), naive, path
        self._index, self._words = views.vectors(self._archive), views.words(self._archive)
        self._searcher = Searcher(self._archive, encoders.load(None), self._index, self._words)
        self._reranker = reranker
        self._catalogue = Catalogue(self._archive.meetings())

    def close(self) -> None:
        """Give the archive back."""
        self._archive.close()

    def place(self, questions: Iterable[Gold]) -> list[Placed]:
        """Ask them all; those about meetings that are not loaded are left out."""
        loaded = {(meeting.committee, meeting.date.isoformat()) for meeting in self._archive.meetings()}
        asked = [gold for gold in questions if not gold.relevant or _is_loaded(gold, loaded)]
        with Assistant.open(self._path) as assistant:
            answered = evaluate.run(assistant, asked)
        return [self._placed(each) for each in answered]

    def _placed(self, result: evaluate.Result) -> Placed:
        gold = result.gold
        if not gold.relevant:
            return Placed(gold, None, None, None, None, None, result.is_refused, None)
        question = understand(gold.question, self._catalogue, today=gold.today, history=gold.history)
        query = self._searcher.query(question.topic, language=question.language, asking=question.asking)
        within = None if question.selection.is_everything else self._archive.select(question.selection)
        terms = [term for word in query.words for term in word.terms if word.is_known]
        by_words = self._words.search(terms, limit=CANDIDATES, within=within)
        by_meaning = (
            self._index.search(query.vector, limit=CANDIDATES, within=within) if query.vector is not None else []
        )
        hits = self._searcher.search(query, question.selection, limit=_MOST)
        return Placed(
            gold,
            self._place_among(self._naive.items(" ".join((*gold.history, gold.question))), gold)
            if self._naive
            else None,
            self._place_among(self._items(number for number, _ in by_words), gold),
            self._place_among(self._items(number for number, _ in by_meaning), gold),
            self._place_among([hit.item for hit in hits], gold),
            self._place_among(self._reranked(question, query), gold) if self._reranker else None,
            result.is_refused,
            result.is_quoted,
        )

    def _reranked(self, question: Question, query: Query) -> list[str]:
        """The items found in the order of the cross-encoder, as the assistant has them."""
        assert self._reranker is not None
        hits = self._searcher.search(query, question.selection, limit=RERANKED)
        entries = self._archive.entries(hit.item for hit in hits)
        return [hit.item for hit in self._reranker.order(question.topic, hits, entries)]

    def _items(self, numbers: Iterable[int]) -> list[str]:
        wanted = list(numbers)
        passages = self._archive.passages(wanted)
        return list(dict.fromkeys(passages[number].item for number in wanted if number in passages))

    def _place_among(self, keys: list[str], gold: Gold) -> int:
        entries = self._archive.entries(keys[:_MOST])
        places = [(each.meeting.committee, each.meeting.date.isoformat(), each.item.number) for each in entries]
        return next((place for place, each in enumerate(places, start=1) if _is_right(each, gold)), 0)


def _is_right(place: tuple[str, str, str], gold: Gold) -> bool:
    return any(references.same_body(place[0], each[0]) and place[1:] == each[1:] for each in gold.relevant)


def _is_loaded(gold: Gold, loaded: set[tuple[str, str]]) -> bool:
    return any(
        references.same_body(body, committee) and day == held
        for body, day, _ in gold.relevant
        for committee, held in loaded
    )
