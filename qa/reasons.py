"""A question and what was found → why the minutes do not answer it, or not finally.

A refusal stands instead of claims, a reservation beside them. Both say what is so, and never guess at what was decided.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from ingest import dates
from ingest.holdings import Entry
from ingest.model import AgendaItem, MeetingKind, Outcome
from qa import asked, bodies, evidence, periods, texts
from qa.model import Abstention, AbstentionReason, Claim, Intent, Label, Question, Role
from qa.sentences import Found, Ranker

_AWAITS = re.compile(r"\b(afvent(er|es)|udsættes|udskydes|genoptages|forelægges igen)\b", re.IGNORECASE)
_INFORMS = re.compile(r"\borientering(en|er)?\b|\bmeddelelser\b", re.IGNORECASE)
_VOTES = re.compile(
    r"\b(stemte|stemmer|forbehold|undlod|mindretal\w*|flertal\w*|enig\w*)\b|ikke (tiltræde|støtte)", re.I
)
_ATTENDED = re.compile(r"\b(forhindret|fraværende|deltog ikke|afbud|til stede|inhabil)\b", re.IGNORECASE)
# What a sentence must hold to say when: a time of any kind.
_TIME = re.compile(
    r"\b\d{4}\b|\b\d{1,2}\.|\b(uge|kl|måned\w*|årlig\w*|ugentlig\w*|kvartal\w*|år(et|ets)?|dag(en|e|lig)?|når|efter"
    r"|inden|før|snarest|løbende|hermed|straks|herefter|forår\w*|sommer\w*|efterår\w*|vinter\w*|fremover|afventer"
    rf"|{'|'.join(dates.MONTHS)})\b",
    re.IGNORECASE,
)
# A question that takes it for adopted, or asks whether it was.
_ADOPTION = re.compile(
    r"\b(vedt[ao]g\w*|godkendt\w*|tiltrådt\w*|bevilget|adopted|approved|passed|granted)\b", re.IGNORECASE
)
# Questions that ask for what stands in an item, not for what a body did.
_OF_FACT = (Intent.FACT, Intent.AMOUNT, Intent.DATE, Intent.REASON, Intent.VOTE, Intent.PROPOSAL)
_ASKS_FOR_THIS = 0.5  # a sentence with this share of the question's words is what it asks about
_LIKELY = 0.3  # the odds, beside the best sentence, of one that tells who was there
_FIRST = 5  # the sentences among which one may say that the matter waits

# What an outcome leaves open, and the text that says so. Of an unclear one the decision's own words say most.
_OPEN_OUTCOMES: dict[Outcome, tuple[AbstentionReason, str]] = {
    Outcome.POSTPONED: (AbstentionReason.POSTPONED, "postponed"),
    Outcome.WITHDRAWN: (AbstentionReason.NOTHING_DECIDED, "withdrawn"),
    Outcome.DISCUSSED: (AbstentionReason.NOTHING_DECIDED, "only_discussed"),
    Outcome.NONE: (AbstentionReason.NOTHING_DECIDED, "nothing_decided"),
}


def says_votes(text: str) -> bool:
    """True for a sentence that says how someone voted, or what they reserved."""
    return bool(_VOTES.search(text))


def telling(question: Question, found: Sequence[Found], ranker: Ranker) -> list[Found]:
    """The sentences that tell what a body that is not loaded decided, or what was on a day without a loaded meeting;
    the best first, and none for questions that name neither."""
    asks_elsewhen = question.period is not None and question.selection.since is question.selection.until is None
    if not question.unknown_bodies and not asks_elsewhen:
        return []
    return [
        each
        for each in found
        if ranker.is_about(each)
        and all(_reports(each, body) for body in question.unknown_bodies)
        and (not asks_elsewhen or question.period is None or _mentions(each, question.period))
    ]


def _reports(each: Found, body: str) -> bool:
    return each.statement.label is Label.REPORTED and bodies.means(body, each.statement.body)


def _mentions(each: Found, period: tuple[date, date]) -> bool:
    """True when the sentence names a day of the period, or is of a decision that its heading says was taken then."""
    told = each.statement.date if each.statement.label is Label.REPORTED else None
    days = [day for _, day in dates.find(each.text)] + ([told] if told else [])
    return any(period[0] <= day <= period[1] for day in days)


def refusal(
    question: Question,
    entries: Sequence[Entry],
    found: Sequence[Found],
    told: Sequence[Found],
    ranker: Ranker,
    loaded: str,
) -> Abstention | None:
    """Why the loaded minutes do not answer at all; None when they may. `told` is what `telling` found."""
    say = texts.of(question.language)
    why = _why_not(question, entries, found, told, ranker)
    if not why:
        return None
    is_near = entries and (why == say.not_found or question.unknown_bodies) and ranker.is_close(found)
    nearest = _nearest(question, entries[0]) if is_near else ""
    return Abstention(AbstentionReason.NOT_LOADED, " ".join(part for part in (why, nearest, loaded) if part))


def _why_not(
    question: Question, entries: Sequence[Entry], found: Sequence[Found], told: Sequence[Found], ranker: Ranker
) -> str:
    say = texts.of(question.language)
    if question.intent is Intent.ATTENDANCE and not _says_attendance(found):
        return say.attendance_not_said
    if question.unknown_bodies and not told and not _speaks_of_bodies(question, found):
        return say.body_not_loaded.format(bodies=", ".join(question.unknown_bodies))
    has_period = question.selection.since is not None or question.selection.until is not None
    if question.period and not has_period and not told and not _speaks_of_period(question, found):
        return say.period_not_loaded.format(period=texts.period(*question.period, question.language))
    if not entries and not question.selection.is_everything:
        return say.not_in_selection
    if not entries and not ranker.has_subject:
        return say.no_subject
    if not entries or not (told or ranker.is_believable(question, entries, found)):
        return say.attendance_not_said if question.intent is Intent.ATTENDANCE else say.not_found
    return ""


def _speaks_of_bodies(question: Question, found: Sequence[Found]) -> bool:
    """True where the bodies that are not loaded are part of the subject: the item found names each of them, and the
    question does not ask what they decided."""
    item = _subject_item(question, found)
    return item is not None and all(bodies.is_named(body, item.text) for body in question.unknown_bodies)


def _speaks_of_period(question: Question, found: Sequence[Found]) -> bool:
    """True where a time without a loaded meeting is part of the subject: the item found names a day or month of it,
    and the question does not ask what was decided then."""
    item = _subject_item(question, found)
    return item is not None and question.period is not None and periods.is_named(question.period, item.text)


def _subject_item(question: Question, found: Sequence[Found]) -> AgendaItem | None:
    """The item of the best sentence, for a question that asks for a fact of it."""
    return found[0].entry.item if found and question.intent in _OF_FACT and not question.asks_decision else None


def _says_attendance(found: Sequence[Found]) -> bool:
    return any(_ATTENDED.search(each.text) and each.score > _LIKELY for each in found[:10])


def _nearest(question: Question, entry: Entry) -> str:
    return texts.of(question.language).nearest.format(
        title=entry.item.title,
        committee=entry.meeting.committee,
        date=texts.day(entry.meeting.date, question.language),
        number=entry.item.number,
    )


def awaiting(question: Question, lead: Entry, found: Sequence[Found]) -> Found | None:
    """The sentence that says that what is asked about still waits for something; None when none does."""
    if not _asks_what_holds(question) or lead.item.is_closed:
        return None
    own = [each for each in found if each.entry is lead][:_FIRST]
    return next((each for each in own if each.coverage >= _ASKS_FOR_THIS and _AWAITS.search(each.text)), None)


def reservation(question: Question, lead: Entry, claims: Sequence[Claim], waits: Found | None) -> Abstention | None:
    """Why the claims are not the last word; None when they are. `waits` is what `awaiting` found."""
    say = texts.of(question.language)
    if lead.item.is_closed:
        return Abstention(AbstentionReason.CLOSED, say.closed)
    if question.intent is Intent.VOTE:
        stated = [claim for claim in claims if claim.role in (Role.VOTE, Role.STATEMENT)]
        is_said = any(claim.role is Role.VOTE or says_votes(claim.text) for claim in stated)
        if question.voter and not any(re.search(rf"\b{re.escape(question.voter)}\b", each.text) for each in stated):
            return Abstention(AbstentionReason.NOT_LOADED, say.vote_not_said.format(name=question.voter))
        return None if is_said else Abstention(AbstentionReason.NOT_LOADED, say.votes_not_said)
    has_date = question.intent is Intent.DATE and question.asks_decision  # that of the decision
    telling = [claim for claim in claims if claim.role is not Role.STATEMENT]
    telling += [claim for claim in claims if claim.role is Role.STATEMENT][:1]  # what comes after it is less likely
    if not has_date and not any(says_what_is_asked(question, claim.text) for claim in telling):
        return Abstention(AbstentionReason.NOT_LOADED, say.not_said)
    if not _asks_what_holds(question):
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
    if waits is not None:
        is_premise = _ADOPTION.search(question.topic)
        return Abstention(AbstentionReason.POSTPONED, say.awaiting_not_adopted if is_premise else say.awaiting)
    if result is Outcome.NOTED and (question.intent is Intent.LOOKUP or _INFORMS.search(lead.item.title)):
        return Abstention(AbstentionReason.INFORMATION_ONLY, say.information_only)
    return None


def premise(question: Question, lead: Entry) -> tuple[str, ...]:
    """What to say to a question that takes for adopted what was rejected, or only sent on to another body; the other
    outcomes that adopt nothing are reservations, and say so themselves."""
    decision = evidence.own_decision(lead)
    if decision is None or lead.item.is_closed or not _ADOPTION.search(question.topic):
        return ()
    if decision.outcome not in (Outcome.REJECTED, Outcome.SENT_ON):
        return ()
    outcome = texts.outcome(decision.outcome, question.language)
    return (texts.of(question.language).not_adopted.format(outcome=outcome),)


def common(found: Sequence[Abstention | None]) -> Abstention | None:
    """The reservation that holds for all of several items; None when they differ."""
    return found[0] if len(set(found)) == 1 else None


def says_what_is_asked(question: Question, text: str) -> bool:
    """True unless a figure or a time is asked for, and the text has none."""
    if question.intent is Intent.AMOUNT:
        return any(asked.holds(kind, text) for kind in _figures(question))
    return question.intent is not Intent.DATE or bool(_TIME.search(text))


def _figures(question: Question) -> Sequence[asked.Kind]:
    """The kinds of figure that can say how much is asked for: "hvor mange" is told by a number, no sum of money; "hvor
    meget" by any."""
    kinds = asked.kinds(question.text)
    return (asked.NUMBER,) if asked.NUMBER in kinds and asked.SUM not in kinds else asked.FIGURES


def _asks_what_holds(question: Question) -> bool:
    """True for questions after a decision, whatever else they ask."""
    return question.intent in (Intent.DECISION, Intent.LOOKUP) or question.asks_decision
