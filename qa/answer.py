"""A question and what was found → the claims that answer it, or the reason there are none.

Everything claimed is cut out of an item and checked by slicing. What the question is after decides what leads: the
decision with the recommendation lines it adopts, or the sentences that say how much, when, why or who.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ingest import dates, references
from ingest.model import Entry, MeetingKind, Outcome, Span
from qa import evidence, texts
from qa.citation import cite, verify
from qa.evidence import Statement
from qa.model import Abstention, AbstentionReason, Claim, Intent, Label, Question, Role
from qa.sentences import Found, Ranker

_AWAITS = re.compile(r"\b(afvent(er|es)|udsættes|udskydes|genoptages|forelægges igen)\b", re.IGNORECASE)
_CAPTION = re.compile(r"(?:[-•–]\s*)?[^\n.:;]{3,120}:(?=\s)")
_INFORMS = re.compile(r"\borientering(en|er)?\b|\bmeddelelser\b", re.IGNORECASE)
_ASKS_FOR_THIS = 0.5  # a sentence with this share of the question's words is what it asks about
_MOST = 3  # sentences quoted beside a decision, or as the answer to a question of fact
_NEAR_BEST = 0.75  # further sentences must come this close to the best one

_LEADS_WITH_DECISION = (Intent.DECISION, Intent.LOOKUP, Intent.PROPOSAL)


@dataclass(frozen=True, slots=True)
class Extract:
    """What is to be said: claims in order, why nothing final is among them, and whether they answer the question."""

    claims: tuple[Claim, ...]
    abstention: Abstention | None
    is_answered: bool
    lead: Entry | None = None


def extract(question: Question, entries: Sequence[Entry], ranker: Ranker, *, loaded: str) -> Extract:
    """The answer to `question` from the items found, best first.

    `ranker` rates sentences against the question; `loaded` says what the archive holds, for the answers that have to
    say that something is not in it.
    """
    found = ranker.rank(entries)
    refusal = _refusal(question, entries, found, ranker, loaded)
    if refusal is not None:
        return Extract((), refusal, is_answered=False)
    lead = _lead(question, entries, found)
    claims = _claims(question, entries, lead, found, ranker)
    claims = tuple(
        claim for claim in claims if all(verify(each, _entry(entries, each.item)) for each in claim.citations)
    )
    abstention = _reservation(question, lead, claims, found)
    is_final = abstention is None or abstention.reason in (
        AbstentionReason.POSTPONED,
        AbstentionReason.INFORMATION_ONLY,
    )
    return Extract(claims, abstention, is_answered=bool(claims) and is_final, lead=lead)


def _entry(entries: Sequence[Entry], key: str) -> Entry | None:
    return next((entry for entry in entries if entry.item.key == key), None)


# ── nothing to say, and why ──────────────────────────────────────────────────────────────────────────────────────────


def _refusal(
    question: Question,
    entries: Sequence[Entry],
    found: Sequence[Found],
    ranker: Ranker,
    loaded: str,
) -> Abstention | None:
    """Why the loaded minutes do not answer at all; None when they may."""
    say = texts.of(question.language)
    if question.intent is Intent.ATTENDANCE and not _says_attendance(found):
        return Abstention(AbstentionReason.NOT_LOADED, f"{say.attendance_not_said} {loaded}")
    if not entries:
        return Abstention(AbstentionReason.NOT_LOADED, f"{say.not_found} {loaded}")
    if question.unknown_bodies and not _tells_of(question.unknown_bodies, entries[0], found):
        bodies = ", ".join(question.unknown_bodies)
        return Abstention(AbstentionReason.NOT_LOADED, f"{say.body_not_loaded.format(bodies=bodies)} {loaded}")
    if question.period and question.selection.since is None and not _tells_of_period(question.period, entries):
        period = texts.period(*question.period, question.language)
        return Abstention(AbstentionReason.NOT_LOADED, f"{say.period_not_loaded.format(period=period)} {loaded}")
    if not ranker.is_believable(question, entries, found):
        nearest = _nearest(question, entries[0]) if ranker.is_close(found) else ""
        return Abstention(AbstentionReason.NOT_LOADED, f"{say.not_found} {nearest} {loaded}".replace("  ", " "))
    return None


def _says_attendance(found: Sequence[Found]) -> bool:
    pattern = re.compile(r"\b(forhindret|fraværende|deltog ikke|afbud|til stede|inhabil)\b", re.IGNORECASE)
    return any(pattern.search(each.text) and each.score > 0.3 for each in found[:10])


def _tells_of(bodies: Sequence[str], lead: Entry, found: Sequence[Found]) -> bool:
    """True when the best item reports what each of these bodies did."""
    names = [each.statement.body for each in found if each.entry is lead and each.statement.label is Label.REPORTED]
    return all(any(references.same_body(name, body) for name in names) for body in bodies)


def _tells_of_period(asked: tuple[date, date], entries: Sequence[Entry]) -> bool:
    """True when one of the best items mentions a day in the period asked for."""
    return any(asked[0] <= day <= asked[1] for entry in entries[:3] for _, day in dates.find(entry.item.text))


def _nearest(question: Question, entry: Entry) -> str:
    return texts.of(question.language).nearest.format(
        title=entry.item.title,
        committee=entry.meeting.committee,
        date=texts.day(entry.meeting.date, question.language),
        number=entry.item.number,
    )


# ── what answers ─────────────────────────────────────────────────────────────────────────────────────────────────────


def _lead(question: Question, entries: Sequence[Entry], found: Sequence[Found]) -> Entry:
    """The item the answer is about: the best found; for questions of fact the one with the best sentence, if it is
    nearly as good an item."""
    if question.intent in _LEADS_WITH_DECISION or not found or entries[0].item.is_closed:
        return entries[0]
    best = max(found, key=lambda each: each.score)
    return best.entry if best.entry in entries[:2] else entries[0]


def _claims(
    question: Question, entries: Sequence[Entry], lead: Entry, found: Sequence[Found], ranker: Ranker
) -> tuple[Claim, ...]:
    if question.intent is Intent.LOOKUP:
        return tuple(claim for entry in entries for claim in (_title(entry), *_decision(entry)))
    quoted = _best_sentences(question, lead, found)
    if lead.item.is_closed:
        return (_title(lead), *_decision(lead))
    if question.intent is Intent.VOTE:
        votes = [claim for claim in _decision(lead) if claim.role is Role.VOTE]
        return _distinct([*votes, *quoted])
    if question.intent in _LEADS_WITH_DECISION or (question.intent is Intent.DATE and question.asks_decision):
        decision = _decision(lead)
        if question.intent is Intent.PROPOSAL:
            return _distinct([*quoted, *_recommended(lead), *decision])
        return _distinct([*decision, *quoted]) or (_title(lead),)
    return _distinct(quoted) or _decision(lead) or (_title(lead),)


def _decision(entry: Entry) -> tuple[Claim, ...]:
    """The item's own decision, what it adopts, what it adds, and the votes; for one that adopts nothing, the
    recommendation under its own label; for an agenda the recommendation alone."""
    decision = evidence.own_decision(entry)
    if decision is None:
        return _recommended(entry)
    inside = [each for each in evidence.statements(entry) if decision.span.covers(each.span)]
    plain = [each for each in inside if each.role is Role.DECISION]
    claims = [_claim(entry, each) for each in plain]
    claims += [
        _claim(entry, Statement(line.span, Label.DECIDED, Role.ADOPTED, decision.body, decision.date, line.span))
        for line in evidence.adopted(entry)
    ]
    claims += [_claim(entry, each) for each in inside if each.role is Role.ADDITION]
    claims += [_claim(entry, each) for each in inside if each.role is Role.VOTE]
    if decision.outcome in (Outcome.SENT_ON, Outcome.POSTPONED, Outcome.REJECTED, Outcome.DISCUSSED, Outcome.UNKNOWN):
        claims += _recommended(entry)
    return tuple(claims)


def _recommended(entry: Entry) -> tuple[Claim, ...]:
    """The recommendation's lines as what they are: proposed."""
    meeting = entry.meeting
    return tuple(
        _claim(
            entry, Statement(line.span, Label.RECOMMENDED, Role.STATEMENT, meeting.committee, meeting.date, line.span)
        )
        for top in entry.item.recommendations
        for line in top.leaves()
    )


def _best_sentences(question: Question, lead: Entry, found: Sequence[Found]) -> list[Claim]:
    """The few sentences of the leading item that answer best, the best first."""
    own = [each for each in found if each.entry is lead]
    if not own:
        return []
    best = own[0].score
    most = _MOST if question.intent in _LEADS_WITH_DECISION else _MOST - 1
    near = [each for each in own if each.score >= _NEAR_BEST * best][:most]
    return [_claim(lead, each.statement) for each in near]


def _title(entry: Entry) -> Claim:
    decision = evidence.own_decision(entry)
    return Claim(
        label=Label.DECIDED if decision else Label.RECOMMENDED,
        role=Role.TITLE,
        text=(span := evidence.title_span(entry.item)).of(entry.item.text),
        citations=(cite(entry, span),),
        body=entry.meeting.committee,
        date=entry.meeting.date,
        outcome=decision.outcome if decision else None,
    )


def _claim(entry: Entry, statement: Statement) -> Claim:
    decision = evidence.own_decision(entry)
    is_own = statement.role in (Role.DECISION, Role.ADOPTED, Role.ADDITION)
    return Claim(
        label=statement.label,
        role=statement.role,
        text=statement.span.of(entry.item.text),
        citations=(cite(entry, statement.span), *(cite(entry, span) for span in _caption(entry, statement))),
        body=statement.body,
        date=statement.date,
        outcome=decision.outcome if decision and is_own else statement.outcome,
    )


def _caption(entry: Entry, statement: Statement) -> tuple[Span, ...]:
    """The words a paragraph opens with to say what it is about ("- Overdækning i gården ved Varmestuen:"), for a
    sentence further on in it, which then rarely says so itself."""
    match = _CAPTION.match(entry.item.text, statement.paragraph.start, statement.paragraph.end)
    return (Span(*match.span()),) if match and match.end() <= statement.span.start else ()


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


# ── answered, but not finally ────────────────────────────────────────────────────────────────────────────────────────

# What an outcome leaves open, by the first intents it matters to.
_OPEN_OUTCOMES: dict[Outcome, tuple[AbstentionReason, str]] = {
    Outcome.POSTPONED: (AbstentionReason.POSTPONED, "postponed"),
    Outcome.WITHDRAWN: (AbstentionReason.NOTHING_DECIDED, "withdrawn"),
    Outcome.DISCUSSED: (AbstentionReason.NOTHING_DECIDED, "only_discussed"),
    Outcome.NONE: (AbstentionReason.NOTHING_DECIDED, "nothing_decided"),
    Outcome.UNKNOWN: (AbstentionReason.NOTHING_DECIDED, "nothing_decided"),
}


def _reservation(question: Question, lead: Entry, claims: Sequence[Claim], found: Sequence[Found]) -> Abstention | None:
    """Why the claims are not the last word, for questions after a decision; None when they are."""
    say = texts.of(question.language)
    if lead.item.is_closed:
        return Abstention(AbstentionReason.CLOSED, say.closed)
    if question.intent is Intent.VOTE and not any(claim.role is Role.VOTE for claim in claims):
        return Abstention(AbstentionReason.NOT_LOADED, say.votes_not_said) if not claims else None
    if question.intent not in (Intent.DECISION, Intent.LOOKUP) and not question.asks_decision:
        return None
    if lead.meeting.kind is MeetingKind.DAGSORDEN:
        return Abstention(AbstentionReason.NOTHING_DECIDED, say.agenda_only)
    decision = evidence.own_decision(lead)
    result = decision.outcome if decision else Outcome.NONE
    if decision and re.search(r"genoptages", decision.span.of(lead.item.text)):
        result = Outcome.POSTPONED
    if result in _OPEN_OUTCOMES:
        reason, text = _OPEN_OUTCOMES[result]
        return Abstention(reason, getattr(say, text))
    best = next((each for each in found if each.entry is lead), None)
    if best is not None and best.coverage >= _ASKS_FOR_THIS and _AWAITS.search(best.text):
        return Abstention(AbstentionReason.POSTPONED, say.awaiting)
    if result is Outcome.NOTED and (question.intent is Intent.LOOKUP or _INFORMS.search(lead.item.title)):
        return Abstention(AbstentionReason.INFORMATION_ONLY, say.information_only)
    return None
