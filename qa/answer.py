"""A question and what was found → the claims that answer it, or the reason there are none.

Everything claimed is cut out of an item and checked by slicing. What the question is after decides what leads: the
decision with the recommendation lines it adopts, or the sentences that say how much, when, why or who.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest import danish, outcome
from ingest.holdings import Entry
from ingest.model import Outcome, Span
from qa import evidence, reasons
from qa.citation import cite, verify
from qa.evidence import Statement
from qa.model import Abstention, AbstentionReason, Claim, Hit, Intent, Label, Question, Role, Roll, Sought
from qa.question import subject_of
from qa.sentences import Found, Ranker

# What leads in to a recommendation, and without its lines says nothing: "Direktøren indstiller til udvalget,".
_LEAD_IN = re.compile(
    r"\b(indstille[rs]|anbefale[rs]|foreslå[rs])(\s+til\s+[\w\s-]+)?[\s,:]*(\bat)?[\s:]*$", re.IGNORECASE
)
# Whose motion an item is, its title says: "Forslag fra VL om …".
_ASKS_WHO = re.compile(
    r"^\W*(hvem|who)\b|\b(which|what|hvilke[tn]?) (part(y|ies)|parti\w*|group|gruppe)\b", re.IGNORECASE
)
_MOVED_BY = re.compile(r"\b(forslag|forespørgsel|beslutningsforslag) fra\b", re.IGNORECASE)
_MOST = 3  # sentences quoted beside a decision, or as the answer to a question of fact
_NEAR_BEST = 0.08  # further sentences must have these odds beside the best one
# A sentence with this share of the question's words begins what the rest of its paragraph goes on with.
_SPOKEN_OF = 0.5
_SAME_MATTER = 0.08  # of the score of a hit: votes are told of an item so little behind the best one
_AS_LIKELY = 0.35  # and one that says what is asked these, to stand before it

_LEADS_WITH_DECISION = (Intent.DECISION, Intent.LOOKUP, Intent.PROPOSAL)
# Outcomes after which the recommendation is shown too, as what it is: proposed.
_SHOWS_PROPOSAL = (Outcome.SENT_ON, Outcome.POSTPONED, Outcome.REJECTED, Outcome.DISCUSSED, Outcome.UNKNOWN)
# Outcomes that a question speaking of an adoption ("hvorfor blev … vedtaget?") has to be told first.
_NOT_ADOPTED = (*_SHOWS_PROPOSAL, Outcome.WITHDRAWN, Outcome.NONE)
_NOTHING = Sought()


@dataclass(frozen=True, slots=True)
class Extract:
    """What is to be said: claims in order, why nothing final is among them, and whether they answer the question; the
    item they open with, what else is to be said of them, and lists of who was at a meeting."""

    claims: tuple[Claim, ...]
    abstention: Abstention | None
    is_answered: bool
    lead: Entry | None = None
    notes: tuple[str, ...] = ()
    rolls: tuple[Roll, ...] = ()


@dataclass(frozen=True, slots=True)
class Looked:
    """What looking for a question gave: the hits, their items in the same order, what they say to it, and the words
    they were found by."""

    question: Question
    hits: tuple[Hit, ...]
    entries: tuple[Entry, ...]
    extract: Extract
    sought: Sought = _NOTHING


def extract(question: Question, entries: Sequence[Entry], ranker: Ranker, *, loaded: str) -> Extract:
    """The answer to `question` from the items found, best first.

    `ranker` rates sentences against the question; `loaded` says what the archive holds, for the answers that have to
    say that something is not in it.
    """
    found = ranker.rank(entries)
    telling = reasons.telling(question, found, ranker)
    refusal = reasons.refusal(question, entries, found, telling, ranker, loaded)
    if refusal is not None:
        return Extract((), refusal, is_answered=False)
    lead = telling[0].entry if telling else _lead(question, entries, found)
    awaiting = reasons.awaiting(question, lead, found)
    said = [claim_of(lead, each.statement) for each in telling[:_MOST] if each.entry is lead]
    said += [claim_of(lead, awaiting.statement)] if awaiting else []
    claims = _distinct(
        [*said, *_claims(question, entries, lead, found, waits=awaiting is not None)]
        if telling
        else [*_claims(question, entries, lead, found, waits=awaiting is not None), *said]
    )
    claims = tuple(
        claim for claim in claims if all(verify(each, _entry(entries, each.item)) for each in claim.citations)
    )
    places = entries if question.intent is Intent.LOOKUP else (lead,)
    abstention = reasons.common([reasons.reservation(question, each, claims, awaiting) for each in places])
    is_final = abstention is None or abstention.reason in (
        AbstentionReason.POSTPONED,
        AbstentionReason.INFORMATION_ONLY,
    )
    notes = reasons.premise(question, lead)
    return Extract(claims, abstention, is_answered=bool(claims) and is_final, lead=lead, notes=notes)


def _entry(entries: Sequence[Entry], key: str) -> Entry | None:
    return next((entry for entry in entries if entry.item.key == key), None)


# ── what answers ─────────────────────────────────────────────────────────────────────────────────────────────────────


def _lead(question: Question, entries: Sequence[Entry], found: Sequence[Found]) -> Entry:
    """The item the answer is about: the best found; for questions of fact the one with the best sentence, if it is
    nearly as good an item. Where a figure or a time is asked for, a sentence that has one is better. A follow-up stays
    with the item of its subject where that speaks of it."""
    if question.intent in _LEADS_WITH_DECISION or not found or entries[0].item.is_closed:
        return entries[0]
    if question.intent is Intent.VOTE:
        return next((each.entry for each in found if _tells_votes(each)), entries[0])
    if question.follows_up and _speaks_of_own(question, entries[0], found):
        return entries[0]
    saying = [each for each in found if reasons.says_what_is_asked(question, each.text)]
    best = next((each for each in saying if each.score >= _AS_LIKELY * found[0].score), found[0])
    return best.entry if best.entry in entries[:2] or best is not found[0] else entries[0]


def _speaks_of_own(question: Question, entry: Entry, found: Sequence[Found]) -> bool:
    """True when a sentence of the item holds the follow-up's own words, so that it need not leave it for another."""
    own = {danish.terms(word)[0] for word in subject_of(question)}
    return bool(own) and any(each.entry is entry and own <= danish.term_set(each.text) for each in found)


def _tells_votes(found: Found) -> bool:
    """True for a sentence that says how someone voted, in an item about as good as the best."""
    return reasons.says_votes(found.text) and found.behind <= _SAME_MATTER


def _claims(
    question: Question, entries: Sequence[Entry], lead: Entry, found: Sequence[Found], *, waits: bool
) -> Sequence[Claim]:
    if question.intent is Intent.LOOKUP:
        return [claim for entry in entries for claim in (_title(entry), *_decision(entry))]
    decision = _decision(lead)
    if lead.item.is_closed:
        return (_title(lead), *decision)
    quoted = _best_sentences(question, lead, found)
    if question.intent is Intent.VOTE:
        votes = [claim for claim in decision if claim.role is Role.VOTE]
        told = [claim_of(lead, each.statement) for each in found if each.entry is lead and _tells_votes(each)]
        return _distinct([*votes, *told[:_MOST]]) or decision
    mover = [_title(lead)] if _ASKS_WHO.search(question.text) and _MOVED_BY.search(lead.item.title) else []
    if question.intent is Intent.PROPOSAL:
        return [*mover, *quoted, *_recommended(lead), *decision]
    if question.intent is Intent.DECISION or _needs_decision(question, lead, waits=waits):
        return [*decision, *quoted] or [_title(lead)]
    return [*mover, *quoted] or decision or [_title(lead)]


def _needs_decision(question: Question, lead: Entry, *, waits: bool) -> bool:
    """True for a question of fact that only the decision can answer: one that takes for adopted what was not, asks
    when something was decided, or what came of a recommendation that left the choice open."""
    decision = evidence.own_decision(lead)
    if question.asks_decision:
        is_adopted = decision is not None and decision.outcome not in _NOT_ADOPTED
        return question.intent is Intent.DATE or waits or not is_adopted
    lines = [line.span.of(lead.item.text) for top in lead.item.recommendations for line in top.leaves()]
    is_open = any(outcome.is_open(line) for line in lines)
    return question.intent is Intent.FACT and is_open and decision is not None


def _decision(entry: Entry) -> tuple[Claim, ...]:
    """The item's own decision, what it adopts, what it adds, and the votes; for one that adopts nothing, the
    recommendation under its own label; for an agenda the recommendation alone."""
    decision = evidence.own_decision(entry)
    if decision is None:
        return _recommended(entry)
    inside = [each for each in evidence.statements(entry) if decision.span.covers(each.span)]
    plain = [each for each in inside if each.role is Role.DECISION]
    claims = [claim_of(entry, each) for each in plain]
    claims += [
        claim_of(entry, Statement(line.span, Label.DECIDED, Role.ADOPTED, decision.body, decision.date, line.span))
        for line in evidence.adopted(entry)
    ]
    claims += [claim_of(entry, each) for each in inside if each.role is Role.ADDITION]
    claims += [claim_of(entry, each) for each in inside if each.role is Role.VOTE]
    if decision.outcome in _SHOWS_PROPOSAL:
        claims += _recommended(entry)
    return tuple(claims)


def _recommended(entry: Entry) -> tuple[Claim, ...]:
    """The recommendation's lines as what they are: proposed."""
    meeting = entry.meeting
    return tuple(
        claim_of(
            entry, Statement(line.span, Label.RECOMMENDED, Role.STATEMENT, meeting.committee, meeting.date, line.span)
        )
        for top in entry.item.recommendations
        for line in top.leaves()
    )


def _best_sentences(question: Question, lead: Entry, found: Sequence[Found]) -> list[Claim]:
    """The few sentences of the leading item that answer best, the best first; where a figure or a time is asked for,
    the best one that has it comes first, if it is nearly as good or goes on with what a good one begins."""
    own = [each for each in found if each.entry is lead]
    if question.intent is not Intent.PROPOSAL:
        own = [each for each in own if not _LEAD_IN.search(each.text)]
    if not own:
        return []
    near = [each for each in own if each.score >= _NEAR_BEST * own[0].score]
    likely = [each for each in own if each.score >= _AS_LIKELY * own[0].score]
    spoken_of = {each.statement.paragraph for each in near[:_MOST] if each.coverage >= _SPOKEN_OF}
    going_on = [each for each in own if each.statement.paragraph in spoken_of]
    saying = next((each for each in (*likely, *going_on) if reasons.says_what_is_asked(question, each.text)), own[0])
    near = [saying, *(each for each in near if each is not saying)]
    return [claim_of(lead, each.statement) for each in near[:_MOST]]


def title_claim(entry: Entry, *, with_decision: bool) -> tuple[Claim, ...]:
    """The item's heading as a claim, and the words of its own decision if wanted; of a closed item as published."""
    decided = [each for each in _decision(entry) if each.role is Role.DECISION] if with_decision else []
    return (_title(entry), *decided)


def _title(entry: Entry) -> Claim:
    decision = evidence.own_decision(entry)
    return Claim(
        label=Label.ASSESSED if decision else Label.RECOMMENDED,
        role=Role.TITLE,
        text=(span := evidence.title_span(entry.item)).of(entry.item.text),
        citations=(cite(entry, span),),
        body=entry.meeting.committee,
        date=entry.meeting.date,
        outcome=decision.outcome if decision else None,
    )


def claim_of(entry: Entry, statement: Statement) -> Claim:
    """A sentence of an item as a claim, with what it leans on."""
    decision = evidence.own_decision(entry)
    opening = evidence.opening(entry.item, statement)
    is_own = statement.role in (Role.DECISION, Role.ADOPTED, Role.ADDITION)
    return Claim(
        label=statement.label,
        role=statement.role,
        text=statement.span.of(entry.item.text),
        citations=(cite(entry, statement.span), *([cite(entry, opening)] if opening else [])),
        body=statement.body,
        date=statement.date,
        outcome=decision.outcome if decision and is_own else statement.outcome,
    )


def _distinct(claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """The claims without those whose place an earlier one already quotes."""
    kept: list[Claim] = []
    for claim in claims:
        place = claim.citations[0]
        if not any(
            other.citations[0].item == place.item and _overlap(other.citations[0].span, place.span) for other in kept
        ):
            kept.append(claim)
    return tuple(kept)


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end
