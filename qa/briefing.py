"""An agenda item → what one needs to know of it at the table: what is recommended or decided, what came before, and
what is left open in its case. Every line is a quote with its place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ingest import linking, references
from ingest.holdings import Entry, Selection
from ingest.model import AgendaItem, Meeting, Outcome
from qa import digest, evidence, pending, threads
from qa.cases import Cases, order, order_of
from qa.citation import cite, verify
from qa.model import Claim, Label, Role, ThreadStep
from qa.pending import Pending


@dataclass(frozen=True, slots=True)
class Briefing:
    """An item with its case.

    `claims` are what the meeting decided in it; where nothing is decided yet, the lines of the recommendation. `last`
    is the last decision of the case before this meeting, in the words of its own minutes or, where these are not
    loaded, of the item that reports it; empty when none is known. `thread` is the course of the case, empty for an item
    that stands alone, and `pending` what still waits in it. `scope` confines a question to the case, or to the item
    where no number tells its case from others.
    """

    entry: Entry
    outcome: Outcome
    claims: tuple[Claim, ...]
    last: tuple[Claim, ...]
    thread: tuple[ThreadStep, ...]
    pending: tuple[Pending, ...]
    scope: Selection


def make(entry: Entry, cases: Cases) -> Briefing:
    """What to know of an item at the table."""
    thread = threads.thread(cases.archive, entry)
    keys = {place.key for place in cases.case(entry.item.key)} | {step.item for step in thread if step.item}
    items = cases.archive.entries(sorted({*keys, entry.item.key}))
    waiting = {each: None for item in sorted(items, key=order_of) for each in pending.of_entry(item, cases)}
    return Briefing(
        entry=entry,
        outcome=threads.outcome_of(entry.item, entry.meeting.kind),
        claims=digest.claims_of(entry) or _recommended(entry),
        last=_last(entry, items),
        thread=thread,
        pending=tuple(waiting),
        scope=scope(entry.item, entry.meeting),
    )


def scope(item: AgendaItem, meeting: Meeting) -> Selection:
    """What a question about an item is confined to: its case by number, else the item itself."""
    municipalities = (meeting.municipality,) if meeting.municipality else ()
    if item.case_number and not linking.is_catch_all(item.case_number):
        return Selection(municipalities=municipalities, case_number=item.case_number)
    return Selection(
        municipalities=municipalities,
        committees=(meeting.committee,),
        since=meeting.date,
        until=meeting.date,
        numbers=(item.number,),
    )


def current(meetings: Sequence[Meeting], *, today: date) -> Meeting | None:
    """The meeting to open when none is named: the next one from `today` on, else the last; None without meetings.

    `meetings` are in the order of their days."""
    return next((each for each in meetings if each.date >= today), meetings[-1] if meetings else None)


def _recommended(entry: Entry) -> tuple[Claim, ...]:
    """The innermost lines of the recommendation, as recommended."""
    item, meeting = entry.item, entry.meeting
    claims = []
    for line in (leaf for top in item.recommendations for leaf in top.leaves()):
        above = evidence.line_above(item, line.span)
        places = (cite(entry, line.span), *([cite(entry, above)] if above else []))
        text = line.span.of(item.text)
        claims.append(Claim(Label.RECOMMENDED, Role.STATEMENT, text, places, meeting.committee, meeting.date))
    return tuple(claim for claim in claims if all(verify(place, entry) for place in claim.citations))


def _last(entry: Entry, items: Sequence[Entry]) -> tuple[Claim, ...]:
    """The last decision of the case before an item: of an item that is loaded, or as this one reports it."""
    before = sorted((each for each in items if order_of(each) < order_of(entry)), key=order_of, reverse=True)
    loaded = next((each for each in before if digest.claims_of(each)), None)
    told = max(_reported(entry), key=_when, default=None)
    if loaded is None or (told is not None and _when(told) > _when_held(loaded)):
        return (told,) if told else ()
    return digest.claims_of(loaded)


def _reported(entry: Entry) -> list[Claim]:
    """The earlier decisions that an item reports with their day."""
    own = order_of(entry)
    claims = []
    for told in entry.item.decisions:
        if told.is_own or told.date is None or order(told.date, told.body, "", told.number) >= own:
            continue
        text = told.span.of(entry.item.text)
        if any(map(str.isalpha, text)):
            place = cite(entry, told.span)
            claims.append(
                Claim(Label.REPORTED, Role.STATEMENT, text, (place,), told.body, told.date, outcome=told.outcome)
            )
    return claims


def _when(claim: Claim) -> tuple[date, int]:
    return (claim.date or date.min, references.rank(claim.body))


def _when_held(entry: Entry) -> tuple[date, int]:
    return (entry.meeting.date, references.rank(entry.meeting.committee))
