"""One case through the meetings, in order: the items that are loaded, and the steps they only refer to."""

from __future__ import annotations

from datetime import date

from ingest import references
from ingest.archive import Archive
from ingest.model import AgendaItem, Entry, MeetingKind, Outcome
from qa.model import ThreadStep

# Standing items (messages, signing the protocol) share a number for years; to thread them is noise. KLE 00.xx is the
# municipality's own administration.
_STANDING = ("00.00.", "00.22.")


def thread(archive: Archive, entry: Entry) -> tuple[ThreadStep, ...]:
    """The steps of the case of `entry`, oldest first, undated ones at the end; empty when the item stands alone.

    Steps come from items with the same case number in the same municipality (each under its own title: a case number
    may cover several matters), from the decisions reported in them, and from their references. A step that another one
    already covers is not repeated.
    """
    entries = _same_case(archive, entry)
    steps = [_loaded(each) for each in entries]
    for each in entries:
        for decision in each.item.decisions:
            if not decision.is_own:
                _add(steps, _reported(archive, each, decision.body, decision.date, decision.number, decision.outcome))
        for reference in each.item.references:
            if reference.date is not None and (reference.committee or reference.number):
                body = reference.committee or each.meeting.committee
                _add(steps, _reported(archive, each, body, reference.date, reference.number, None))
    return tuple(sorted(steps, key=_order)) if len(steps) > 1 else ()


def outcome_of(item: AgendaItem, kind: MeetingKind) -> Outcome:
    """What this meeting made of the item: its last own decision; `NONE` for agendas and items without one."""
    own = item.own_decisions
    return own[-1].outcome if own and kind is MeetingKind.REFERAT else Outcome.NONE


def _same_case(archive: Archive, entry: Entry) -> list[Entry]:
    case_number = entry.item.case_number
    if case_number is None or case_number.startswith(_STANDING):
        return [entry]
    found = [
        each for each in archive.items_by_case(case_number) if each.meeting.municipality == entry.meeting.municipality
    ]
    return found or [entry]


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
