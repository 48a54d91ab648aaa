"""One case through the meetings, in order: the items that are loaded, and the steps they only refer to."""

from __future__ import annotations

from datetime import date

from ingest import linking, references
from ingest.archive import Archive
from ingest.holdings import Entry
from ingest.model import AgendaItem, MeetingKind, Outcome, Reference
from qa.model import ThreadStep


def thread(archive: Archive, entry: Entry) -> tuple[ThreadStep, ...]:
    """The steps of the case of `entry`, oldest first, undated ones at the end; empty when the item stands alone.

    Steps come from the items of the same case in the same municipality (`linking.same_case`), from the decisions
    reported in them, from their references, and from the items that refer to this one. A step that another one already
    covers is not repeated.
    """
    entries = _same_case(archive, entry)
    steps = [_loaded(each) for each in entries]
    for each in entries:
        for decision in each.item.decisions:
            if not decision.is_own:
                _add(steps, _reported(archive, each, decision.body, decision.date, decision.number, decision.outcome))
        for reference in each.item.references:
            if reference.date is not None and (reference.target or reference.committee or reference.number):
                _add(steps, _referred(archive, each, reference))
    for later in archive.entries(archive.referring_to(entry.item.key)):
        if later.meeting.key != entry.meeting.key:
            _add(steps, _loaded(later))
    return tuple(sorted(steps, key=_order)) if len(steps) > 1 else ()


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
    return archive.entries(place.key for place in linking.same_case(home, places)) or (entry,)


def _referred(archive: Archive, entry: Entry, reference: Reference) -> ThreadStep:
    """The step a reference tells of: the item it was linked to, else one that exactly one item can be."""
    target = archive.item(reference.target) if reference.target else None
    if target is not None:
        return _loaded(target)
    return _reported(
        archive, entry, reference.committee or entry.meeting.committee, reference.date, reference.number, None
    )


def _loaded(entry: Entry) -> ThreadStep:
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
        return _loaded(candidates[0])
    return ThreadStep(body, day, number, "", outcome, is_loaded=False, item=None)


def _add(steps: list[ThreadStep], step: ThreadStep) -> None:
    """Add a step unless it is there already; of two tellings the one that says more stays."""
    for index, other in enumerate(steps):
        is_same = other.date == step.date and references.same_body(other.committee, step.committee)
        if is_same and (other.is_loaded or None in (other.number, step.number) or other.number == step.number):
            if not other.is_loaded:
                steps[index] = ThreadStep(
                    other.committee, other.date, other.number or step.number, other.title or step.title,
                    other.outcome or step.outcome, is_loaded=step.is_loaded, item=step.item,
                )  # fmt: skip
            return
    steps.append(step)


def _order(step: ThreadStep) -> tuple[bool, date, str, int]:
    number = int("".join(filter(str.isdigit, step.number or "")) or 0)
    return step.date is None, step.date or date.max, step.committee, number
