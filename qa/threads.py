"""One case through the meetings, in order: the items that are loaded, and the steps they only refer to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ingest import references
from ingest.archive import Archive
from ingest.holdings import Entry
from ingest.model import AgendaItem, MeetingKind, Outcome, Reference
from qa import cases, evidence, waiting
from qa.model import ThreadStep


@dataclass(slots=True)
class _Placed:
    """A step, and where it stands: the day it was on or, undated, the day of the first item that tells of it."""

    step: ThreadStep
    told: date


def thread(archive: Archive, entry: Entry) -> tuple[ThreadStep, ...]:
    """The steps of the case of `entry`, oldest first; empty when the item stands alone.

    Steps come from the items of the same case in the same municipality (`cases.same`), from the decisions reported in
    them, from their references, and from the items that refer to this one. A step that another one already covers is
    not repeated. On one day steps go from the committees up to the highest body; an undated step stands before the item
    that tells of it. Last, without a day, comes the body that the case was sent on to, where no later step is known.
    """
    entries = _same_case(archive, entry)
    steps = [_Placed(step(each), each.meeting.date) for each in entries]
    for each in entries:
        for decision in each.item.decisions:
            if not decision.is_own:
                told = _reported(archive, each, decision.body, decision.date, decision.number, decision.outcome)
                _add(steps, _Placed(told, each.meeting.date))
        for reference in each.item.references:
            if reference.date is not None and (reference.target or reference.committee or reference.number):
                _add(steps, _Placed(_referred(archive, each, reference), each.meeting.date))
    for later in archive.entries(archive.referring_to(entry.item.key)):
        if later.meeting.key != entry.meeting.key:
            _add(steps, _Placed(step(later), later.meeting.date))
    ordered = [each.step for each in sorted(steps, key=_order)]
    ordered += _awaited(archive, ordered[-1])
    return tuple(ordered) if len(ordered) > 1 else ()


def outcome_of(item: AgendaItem, kind: MeetingKind) -> Outcome:
    """What this meeting made of the item: its last own decision; `NONE` for agendas and items without one."""
    own = item.own_decisions
    return own[-1].outcome if own and kind is MeetingKind.REFERAT else Outcome.NONE


def _same_case(archive: Archive, entry: Entry) -> tuple[Entry, ...]:
    case_number = entry.item.case_number
    if case_number is None:
        return (entry,)
    places = archive.item_places(case_number=case_number, municipality=entry.meeting.municipality)
    home = next((place for place in places if place.key == entry.item.key), None)
    if home is None:  # an earlier version, which is in no thread but its own
        return (entry,)
    return archive.entries(place.key for place in cases.same(home, places)) or (entry,)


def _referred(archive: Archive, entry: Entry, reference: Reference) -> ThreadStep:
    """The step a reference tells of: the item it was linked to, else one that exactly one item can be."""
    target = archive.item(reference.target) if reference.target else None
    if target is not None:
        return step(target)
    return _reported(
        archive, entry, reference.committee or entry.meeting.committee, reference.date, reference.number, None
    )


def step(entry: Entry) -> ThreadStep:
    """A loaded item as a step of its case."""
    return ThreadStep(
        committee=entry.meeting.committee,
        date=entry.meeting.date,
        number=entry.item.number,
        title=entry.item.title,
        outcome=outcome_of(entry.item, entry.meeting.kind),
        is_loaded=True,
        item=entry.item.key,
    )


def _reported(
    archive: Archive, entry: Entry, body: str, day: date | None, number: str | None, outcome: Outcome | None
) -> ThreadStep:
    """A step the item only tells of; loaded when exactly one item of the archive can be meant."""
    candidates = [
        each
        for each in (archive.find_items(date=day, municipality=entry.meeting.municipality) if day else ())
        if references.same_body(each.meeting.committee, body)
        and (each.item.number == number if number else each.item.case_number == entry.item.case_number)
    ]
    if len(candidates) == 1:
        return step(candidates[0])
    return ThreadStep(body, day, number, "", outcome, is_loaded=False, item=None)


def _awaited(archive: Archive, last: ThreadStep) -> list[ThreadStep]:
    """The body that the last step sent the case on to, as a step still to come; none where it names no body."""
    entry = archive.item(last.item) if last.item and last.outcome is Outcome.SENT_ON else None
    decision = evidence.own_decision(entry) if entry else None
    if entry is None or decision is None:
        return []
    words = evidence.shown(entry, decision).of(entry.item.text)
    span = waiting.receiver(words)
    if span is None or not waiting.is_body(name := span.of(words)) or references.same_body(name, last.committee):
        return []
    return [ThreadStep(name, None, None, "", None, is_loaded=False, item=None)]


def _add(steps: list[_Placed], new: _Placed) -> None:
    """Add a step unless it is there already; of two tellings the one that says more stays."""
    known = next((each for each in steps if _is_same(each, new, steps)), None)
    if known is None:
        steps.append(new)
    elif not known.step.is_loaded:
        old, step = known.step, new.step
        known.step = ThreadStep(
            old.committee, old.date or step.date, old.number or step.number, old.title or step.title,
            old.outcome or step.outcome, is_loaded=step.is_loaded, item=step.item,
        )  # fmt: skip


def _is_same(known: _Placed, new: _Placed, steps: Sequence[_Placed]) -> bool:
    """True for two tellings of one step: of one body on one day. An undated one is the only decision of that body
    before the item that tells of it, with no other outcome."""
    old, step = known.step, new.step
    if not references.same_body(old.committee, step.committee):
        return False
    if old.date == step.date:
        return old.is_loaded or None in (old.number, step.number) or old.number == step.number
    if None not in (old.date, step.date):
        return False
    dated, told = (old, new.told) if step.date is None else (step, known.told)
    others = [
        each.step
        for each in steps
        if each.step.date is not None
        and each.step.date < told
        and references.same_body(each.step.committee, step.committee)
    ]
    is_only = all(each in (old, step) for each in others)
    return is_only and dated.date is not None and dated.date < told and _agree(old.outcome, step.outcome)


def _agree(one: Outcome | None, other: Outcome | None) -> bool:
    return one is None or other is None or one is other


def _order(placed: _Placed) -> tuple[bool | int | str | date, ...]:
    step = placed.step
    if step.date is None:
        return (placed.told, 0, 0, step.committee, "", 0)
    meeting = step.item.rpartition("/")[0] if step.item else ""
    number = int("".join(filter(str.isdigit, step.number or "")) or 0)
    return (step.date, 1, references.rank(step.committee), step.committee, meeting, number)
