"""A question for a list, without a subject of its own: what waits, what was closed, or what was put off, rejected …

"Hvad afventer i Herning?" and "Hvilke sager blev udsat i oktober?" name nothing to search for. The first is answered by
what still waits (`pending`), the second by the items whose own decision came out so, the newest first.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest import danish, dates
from ingest.holdings import Entry, Selection
from ingest.model import Outcome
from qa import texts, threads
from qa.answer import Extract, Looked, title_claim
from qa.model import Abstention, AbstentionReason, Claim, Hit, Intent, Question, Role
from qa.pending import Pending
from qa.question import is_of_closed, is_place_word, subject_of
from qa.waiting import Waiting

_MOST = 12  # matters that are listed
# What asks for which outcome; first match wins.
_OUTCOMES: tuple[tuple[Outcome, str], ...] = (
    (Outcome.POSTPONED, r"udsat\w*|udsætte\w*|udskudt\w*|postponed|deferred|put off"),
    (Outcome.REJECTED, r"forkastet\w*|forkastede|afvist\w*|afviste|nedstemt\w*|rejected|turned down|voted down"),
    (Outcome.SENT_ON, r"oversendt\w*|sendt videre|videresendt\w*|sent on|forwarded"),
    (Outcome.WITHDRAWN, r"udgået|udgik|trukket|taget af dagsordenen|withdrawn"),
    (Outcome.NOTED, r"taget til efterretning|til efterretning|noted"),
)
_WAITS = re.compile(
    r"\b(afvent\w*|venter|mangler afgørelse|uafklared?e?|uafgjorte?|pending|awaiting|waiting|waits?|outstanding"
    r"|undecided)\b",
    re.IGNORECASE,
)
_SAME = (Intent.DECISION, Intent.FACT, Intent.LOOKUP)  # what a follow-up for the same list can look like
_NOT = re.compile(r"\b(ikke|not|aldrig|never)\b", re.IGNORECASE)  # "hvilke sager blev ikke udsat?"
_STILL = re.compile(r"\b(er|is|are|stadig|fortsat|still|endnu)\b", re.IGNORECASE)
# Words that go with such a question and are no subject.
_WITH_IT = frozenset(
    map(
        danish.fold,
        """forslag forslaget forslagene emner ting alt alle noget nogen stadig fortsat endnu lige nu proposals
    proposal things all everything anything still now there taget efterretning af dagsordenen sendt videre put off
    down""".split(),
    )
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list is wanted of: what waits (of one kind, or of any), the items with an outcome, or the closed ones."""

    waits: bool
    kind: Waiting | None = None
    outcome: Outcome | None = None

    def holds(self, entry: Entry) -> bool:
        """True for an item to be listed."""
        if self.outcome is None:
            return entry.item.is_closed
        return threads.outcome_of(entry.item, entry.meeting.kind) is self.outcome


def wanted(question: Question) -> Wanted | None:
    """The list a question asks for; None for one with a subject, a place it names by number, or no such wish."""
    text, selection = _asked(question), question.selection
    if text is None or question.unknown_bodies or selection.numbers or selection.case_number:
        return None
    outcome = next((each for each, words in _OUTCOMES if re.search(rf"\b({words})\b", text, re.IGNORECASE)), None)
    waits = _WAITS.search(text) is not None
    is_closed = is_of_closed(text)
    if not (waits or outcome or is_closed) or _NOT.search(text):
        return None
    if any(not _is_with_it(word) for word in subject_of(question)):
        return None
    if is_closed:
        return Wanted(waits=False)
    if waits:
        return Wanted(waits=True)
    if outcome is Outcome.POSTPONED and _STILL.search(text) and not question.period:
        return Wanted(waits=True, kind=Waiting.POSTPONED)
    return Wanted(waits=False, outcome=outcome)


def _asked(question: Question) -> str | None:
    """The words that may ask for a list: those of the question; of a follow-up that asks the same of another body or
    time ("og i Herning?") those of the question it leans on. None for a follow-up that asks for anything else."""
    if not question.follows_up:
        return question.text
    kept = subject_of(replace(question, focus=question.kept))
    if question.intent not in _SAME or any(not _is_with_it(word) for word in kept):
        return None
    has_own = any(re.search(rf"\b({words})\b", question.text, re.IGNORECASE) for _, words in _OUTCOMES)
    return question.text if has_own or _WAITS.search(question.text) else question.leans_on


def _is_with_it(word: str) -> bool:
    asks = any(re.fullmatch(words, word, re.IGNORECASE) for _, words in _OUTCOMES) or _WAITS.fullmatch(word)
    is_time = word.isdigit() or word.lower() in dates.MONTHS  # of a time without a meeting, whose words stay
    return bool(asks) or is_time or is_place_word(word) or danish.fold(word) in _WITH_IT


def of_no_meeting(question: Question, *, loaded: str) -> Looked:
    """What to say to a question for a list over a time without a loaded meeting."""
    assert question.period is not None
    when = texts.period(*question.period, question.language)
    return _listed(question, (), (), (), 0, texts.of(question.language).period_not_loaded.format(period=when), loaded)


def of_pending(question: Question, waits: Sequence[Pending], *, kind: Waiting | None, loaded: str) -> Looked:
    """Of all that waits in the archive, what does by the question's bodies and time, the longest waiting first."""
    found = [each for each in waits if _is_meant(each, question.selection) and kind in (None, each.kind)]
    found.sort(key=lambda each: each.since)
    claims = tuple(_claim(each) for each in found[:_MOST])
    return _listed(question, (), (), claims, len(found), texts.headings(question.language).nothing_pending, loaded)


def _is_meant(each: Pending, selection: Selection) -> bool:
    place = each.citation
    return (
        (not selection.committees or place.committee in selection.committees)
        and (not selection.municipalities or place.municipality in selection.municipalities)
        and (selection.since is None or selection.since <= place.date)
        and (selection.until is None or place.date <= selection.until)
    )


def _claim(each: Pending) -> Claim:
    leaning = (each.concerns,) if each.concerns else ()
    return Claim(
        each.label, Role.STATEMENT, each.citation.quote, (each.citation, *leaning), each.body, each.citation.date
    )


def of_items(question: Question, hits: Sequence[Hit], entries: Sequence[Entry], *, wish: Wanted, loaded: str) -> Looked:
    """The items of those found that the list is wanted of, each with what its own decision says."""
    pairs = [(hit, entry) for hit, entry in zip(hits, entries, strict=True) if wish.holds(entry)]
    shown = pairs[:_MOST]
    claims = tuple(claim for _, entry in shown for claim in title_claim(entry, with_decision=True))
    say = texts.of(question.language)
    none = say.no_closed
    if wish.outcome:
        none = say.no_such_outcome.format(outcome=texts.outcome(wish.outcome, question.language))
    return _listed(question, [hit for hit, _ in shown], [entry for _, entry in shown], claims, len(pairs), none, loaded)


def _listed(
    question: Question,
    hits: Sequence[Hit],
    entries: Sequence[Entry],
    claims: tuple[Claim, ...],
    count: int,
    none: str,
    loaded: str,
) -> Looked:
    say = texts.of(question.language)
    abstention = None if claims else Abstention(AbstentionReason.NOT_LOADED, f"{none} {loaded}")
    notes = (say.of_many.format(shown=_MOST, count=count),) if count > _MOST else ()
    extract = Extract(claims, abstention, is_answered=bool(claims), notes=notes)
    return Looked(replace(question, intent=Intent.LOOKUP), tuple(hits), tuple(entries), extract)
