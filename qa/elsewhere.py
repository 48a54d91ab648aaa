"""Nothing in the period or from the committee asked about → where the subject was treated, if it was anywhere.

The answer stays a refusal: what another body or another day decided is not what was asked. It is only told of.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

from ingest import danish
from ingest.holdings import Entry
from qa import filters, periods, texts
from qa.answer import Looked
from qa.model import Abstention, AbstentionReason, Intent, Question


def told(found: Looked, look: Callable[[Question], Looked], *, today: date, loaded: str) -> Looked:
    """`found` itself; where its filters left nothing that answers, with the nearest treatment named in the reason.

    `look` looks for a question, `today` anchors the time it names, `loaded` says what the archive holds.
    """
    question, refusal = found.question, found.extract.abstention
    is_refused = refusal is not None and refusal.reason is AbstentionReason.NOT_LOADED and not found.extract.claims
    if not is_refused or question.intent in (Intent.LOOKUP, Intent.ATTENDANCE) or question.unknown_bodies:
        return found
    if (reported := _reported(question)) and (other := look(reported)).extract.is_answered:
        return other
    for wider, is_other_time, is_other_body in _wider(question, today):
        other = look(wider)
        if other.extract.lead is not None and other.extract.claims:
            near = _nearest(question, other)
            text = f"{_why(question, is_other_time, is_other_body)} {_treated(question, near)} {loaded}"
            return replace(
                found, extract=replace(found.extract, abstention=Abstention(AbstentionReason.NOT_LOADED, text))
            )
    return found


def _reported(question: Question) -> Question | None:
    """The question after what a loaded body decided on a day without a loaded meeting, asked of what others report."""
    asked = question.selection
    if not asked.committees or question.period is None or question.period_is_held:
        return None
    return replace(
        question, selection=replace(asked, committees=(), since=None, until=None), unknown_bodies=asked.committees
    )


def _wider(question: Question, today: date) -> Iterator[tuple[Question, bool, bool]]:
    """The question without its time, without its bodies, without either; and which of the two was let go."""
    asked = question.selection
    has_time = question.period is not None or asked.since is not None or asked.until is not None
    has_body = bool(asked.committees or asked.municipalities)
    topic = filters.without(question.topic, [each.place for each in periods.find(question.topic, today=today)])
    selection = replace(asked, since=None, until=None)
    timeless = replace(question, topic=topic, selection=selection, period=None) if has_time else question
    if has_time:
        yield timeless, True, False
    if has_body and (not has_time or question.period_is_held):
        yield replace(question, selection=replace(asked, committees=(), municipalities=())), False, True
    if has_time and has_body:
        yield replace(timeless, selection=replace(timeless.selection, committees=(), municipalities=())), True, True


def _nearest(question: Question, other: Looked) -> Entry:
    """Of the items of the leading one's matter, the one nearest to the time asked about."""
    lead = other.extract.lead
    assert lead is not None
    title = danish.term_set(lead.item.title)
    same = [each for each in other.entries if danish.term_set(each.item.title) == title] or [lead]
    return min(same, key=lambda each: _distance(question, each.meeting.date)) if question.period else lead


def _distance(question: Question, day: date) -> int:
    first, last = question.period or (day, day)
    return max((first - day).days, (day - last).days, 0)


def _why(question: Question, is_other_time: bool, is_other_body: bool) -> str:
    say, asked = texts.of(question.language), question.selection
    when = texts.period(*question.period, question.language) if question.period else ""
    bodies = ", ".join(asked.committees or asked.municipalities)
    if is_other_time and question.period and not question.period_is_held:
        return say.period_not_loaded.format(period=when)
    if is_other_time and is_other_body and when:
        return say.not_then_there.format(bodies=bodies, period=when)
    if is_other_time and when:
        return say.not_then.format(period=when)
    return say.not_there.format(bodies=bodies) if is_other_body else say.not_in_selection


def _treated(question: Question, entry: Entry) -> str:
    return texts.of(question.language).treated.format(
        committee=entry.meeting.committee,
        date=texts.day(entry.meeting.date, question.language),
        number=entry.item.number,
        title=entry.item.title,
    )
