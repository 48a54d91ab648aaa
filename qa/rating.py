"""The sentences of the items found → how likely each is to be the one that answers.

A sum of signals, each with a weight. The weights were fitted (softmax over the sentences of each question, so that one
that holds the answer comes first) on development questions whose answering sentence is known, five-fold by question;
docs/design.md gives the numbers.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ingest import dates
from ingest.holdings import Entry
from qa import asked, evidence
from qa.evidence import Statement
from qa.likeness import Likeness, Placed, SentenceReader
from qa.model import Hit, Intent, Label, Question, Role
from qa.query import FloatArray, Query

_DECIDED = re.compile(r"\b(besluttede|godkendte|vedtog|tiltrådte|afviste|forkastede)\b", re.IGNORECASE)
_ATTENDS = re.compile(r"\b(forhindret|fraværende|deltog ikke|afbud|til stede)\b", re.IGNORECASE)
_WHO = re.compile(r"\W*(hvem|who)\b", re.IGNORECASE)
_PROPOSES = re.compile(r"\b(indstiller|anbefaler|foreslår)\b", re.IGNORECASE)
_LEADS_ON = re.compile(r":\s*$")

# (with vectors, by words alone)
_WEIGHTS: dict[str, tuple[float, float]] = {
    "covered": (2.5, 7.5),
    "covered_with_paragraph": (0.0, 0.5),
    "covered_with_title": (6.0, 7.0),
    "covered_with_opening": (0.8, 0.8),
    "words": (2.8, 0.0),
    "with_previous": (2.5, 0.0),
    "with_next": (1.0, 0.0),
    "with_title": (4.2, 0.0),
    "item": (4.0, 6.0),
    "is_decided": (1.6, 1.2),
    "is_decided_as_asked": (1.4, 1.6),
    "is_proposed_as_asked": (1.8, 1.8),
    "leads_on": (-1.0, -1.0),
}
_OF_KIND = 3.4  # for a thing of the kind asked for, times how much of the question the sentence is like
_ASKED_FOR = 1.9  # for what the question asks for by name: who proposed, a day within the period, a vote
_KINDS_ALONE = 3.0  # in a follow-up that only asks ("og hvorfor?"), what is asked for counts this much more


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence of an item, and which of the items found that is."""

    entry: Entry
    place: int
    statement: Statement
    text: str


@dataclass(frozen=True, slots=True, eq=False)
class Ratings:
    """What was found for n sentences: `scores` order them (only differences mean anything), `coverage` and `cosine` are
    those of the sentence alone, 0..1. Shape (n,) each."""

    scores: FloatArray
    coverage: FloatArray
    cosine: FloatArray


def rate(
    question: Question,
    query: Query,
    told: Sequence[Told],
    hits: Sequence[Hit],
    reader: SentenceReader | None,
    *,
    only_asks: bool,
) -> Ratings:
    """Rate the sentences `told` of the items in `hits`, in the order of the minutes. `query` may stress some of its
    words; `only_asks`: it adds no word of its own to a subject kept from before."""
    held = signals(question, query, told, hits, reader)
    is_dense = reader is not None and query.vector is not None
    scores = sum(weights[not is_dense] * held[name] for name, weights in _WEIGHTS.items())
    kinds = asked.kinds(question.text)
    factor = _KINDS_ALONE if only_asks else 1.0
    like = held["words"] if is_dense else held["covered"]
    of_kind = [
        sum(kind.weight for kind in holding) + _OF_KIND * share if holding else 0.0
        for holding, share in zip(
            ([kind for kind in kinds if asked.holds(kind, each.text)] for each in told), like.tolist(), strict=True
        )
    ]
    by_name = [_asked_for(question, each) for each in told]
    return Ratings(
        np.asarray(scores + factor * np.array(of_kind) + np.array(by_name), np.float32), held["covered"], held["alone"]
    )


def signals(
    question: Question, query: Query, told: Sequence[Told], hits: Sequence[Hit], reader: SentenceReader | None
) -> dict[str, FloatArray]:
    """The signals of n sentences by name, shape (n,) each."""
    kinds = asked.kinds(question.text)
    # Only the question's own terms count, so no others are kept.
    terms = [query.held(each.text) for each in told]
    around = [query.held(each.statement.paragraph.of(each.entry.item.text)) for each in told]
    of_item = {each.place: query.held(each.entry.item.title) for each in told}
    titles = [of_item[each.place] for each in told]
    openings = [_opening(query, each) for each in told]
    covered = [query.coverage(own) for own in terms]
    scores = [hits[each.place].score if each.place < len(hits) else 0.0 for each in told]
    best = max(scores)
    labels = [each.statement.label for each in told]
    near = _likeness(query, told, terms, covered, reader)
    values: dict[str, Sequence[float] | FloatArray] = {
        "covered": covered,
        "covered_with_paragraph": [
            query.coverage(own | more) - alone for own, more, alone in zip(terms, around, covered, strict=True)
        ],
        "covered_with_title": [
            query.coverage(own | more) - alone for own, more, alone in zip(terms, titles, covered, strict=True)
        ],
        "covered_with_opening": [
            query.coverage(own | more) - alone for own, more, alone in zip(terms, openings, covered, strict=True)
        ],
        "words": near.words,
        "alone": near.alone,  # not rated, but told
        "with_previous": near.with_previous,
        "with_next": near.with_next,
        "with_title": near.with_title,
        "item": [score - best for score in scores],
        # Why something was decided is the administration's to tell.
        "is_decided": [float(label is Label.DECIDED and asked.REASON not in kinds) for label in labels],
        "is_decided_as_asked": [
            float(label is Label.DECIDED and question.intent is Intent.DECISION) for label in labels
        ],
        "is_proposed_as_asked": [
            float(label is Label.RECOMMENDED and question.intent is Intent.PROPOSAL) for label in labels
        ],
        "leads_on": [float(bool(_LEADS_ON.search(each.text))) for each in told],
    }
    return {name: np.asarray(each, np.float32) for name, each in values.items()}


def _opening(query: Query, told: Told) -> frozenset[str]:
    """The question's terms in what the sentence leans on to say what it is about."""
    span = evidence.opening(told.entry.item, told.statement)
    return query.held(span.of(told.entry.item.text)) if span else frozenset()


def _likeness(
    query: Query,
    told: Sequence[Told],
    terms: Sequence[frozenset[str]],
    covered: Sequence[float],
    reader: SentenceReader | None,
) -> Likeness:
    if reader is None or query.vector is None:
        return Likeness.none(len(told))
    items: dict[int, int] = {}
    sentences = [
        Placed(
            each.text,
            items.setdefault(each.place, len(items)),
            own,
        )
        for each, own in zip(told, terms, strict=True)
    ]
    first = {each.place: each.entry.item.title for each in told}
    return reader.likeness(query, sentences, [first[place] for place in items], covered)


def _asked_for(question: Question, told: Told) -> float:
    """What speaks for a sentence beside its words: that it is what the question asks for by name."""
    intent, period, text = question.intent, question.period, told.text
    role, label = told.statement.role, told.statement.label
    share = 0.0
    if period is not None and question.selection.since is None:
        share += any(period[0] <= day <= period[1] for _, day in dates.find(text))
    if intent is Intent.VOTE and role is Role.VOTE:
        share += 1
    if intent is Intent.ATTENDANCE and _ATTENDS.search(text):
        share += 0.5
    if intent is Intent.DECISION and label is Label.REPORTED and _DECIDED.search(text):
        share += 0.4
    if (
        intent is Intent.PROPOSAL
        and label is Label.RECOMMENDED
        and _WHO.match(question.text)
        and _PROPOSES.search(text)
    ):
        share += 1
    return _ASKED_FOR * share
