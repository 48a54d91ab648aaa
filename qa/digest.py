"""One body's minutes over a period → what it decided, by case, what waits, the amounts, and the abbreviations.

Nothing is retold: every line is a quote with its place, checked by slicing, and stands under the label its place in the
minutes gives it. Of a closed item only the heading and the published decision are shown.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from ingest.archive import Archive
from ingest.holdings import Entry
from ingest.model import Meeting, MeetingKind, Outcome
from qa import abbreviations, evidence, pending, threads
from qa.abbreviations import Abbreviation
from qa.cases import Cases, is_routine, order_of
from qa.citation import cite, verify
from qa.committees import Body
from qa.evidence import Statement
from qa.model import Citation, Claim, Label, Role
from qa.pending import Pending

# A sum of money, in figures: "125.000 kr.-150.000 kr.", "3,2 mio. kr.", "kr. 40.000".
_AMOUNT = re.compile(
    r"\d[\d.,]*(?: ?(?:-|–|til) ?\d[\d.,]*)? ?(?:(?:t\.?|mio\.?|mill\.?|mia\.?|tusinde?|millioner|milliarder) ?)?"
    r"(?:kr\b|kroner\b|dkk\b)|\d ?(?:mio|mia|mill)\b\.?|\bkr\.? ?\d",
    re.IGNORECASE,
)
# What a routine item may come to without being worth a line of its own.
_AS_USUAL = (Outcome.ADOPTED, Outcome.NOTED, Outcome.NONE, Outcome.SIGNED, Outcome.DISCUSSED)
_ORDER = (Role.DECISION, Role.ADOPTED, Role.ADDITION, Role.VOTE, Role.STATEMENT)
_DECIDED = (Role.DECISION, Role.ADOPTED, Role.ADDITION)
# Outcomes that say nothing without what was recommended ("Anbefales."); it is shown as that, not as decided.
_OF_RECOMMENDATION = (Outcome.SENT_ON, Outcome.REJECTED)


@dataclass(frozen=True, slots=True)
class Step:
    """A case at one meeting: its heading there, what became of it, and what was decided, in the minutes' words.

    In an agenda nothing is decided: `outcome` is `NONE` and there are no claims. A claim's second citation is what it
    leans on. Steps before other bodies have no claims.
    """

    heading: Citation
    kind: MeetingKind
    outcome: Outcome
    is_closed: bool
    claims: tuple[Claim, ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """A case in the period: its newest title, its number if it has one, its steps here and those before other bodies,
    which may lie outside the period; the oldest first."""

    title: str
    case_number: str | None
    steps: tuple[Step, ...]
    elsewhere: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class Recurring:
    """An item that is on every agenda, and the meetings where nothing but the usual was decided in it."""

    title: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Digest:
    """What one body's minutes say of a period. `since` and `until` are as asked for, None for an open end; `meetings`
    those held, or to be held, in it. `pending` may be older than `since`; `amounts` are decided or adopted sentences
    with a sum of money."""

    body: Body
    since: date | None
    until: date | None
    meetings: tuple[Meeting, ...]
    cases: tuple[Case, ...]
    pending: tuple[Pending, ...]
    amounts: tuple[Claim, ...]
    abbreviations: tuple[Abbreviation, ...]
    recurring: tuple[Recurring, ...]

    @property
    def citations(self) -> tuple[Citation, ...]:
        """Every place that is cited, in the order it is shown."""
        cases = [step for case in self.cases for step in (*case.steps, *case.elsewhere)]
        steps = [*cases, *(step for each in self.recurring for step in each.steps)]
        return (
            *(
                place
                for step in steps
                for place in (step.heading, *(c for claim in step.claims for c in claim.citations))
            ),
            *(place for each in self.pending for place in each.citations),
            *(place for claim in self.amounts for place in claim.citations),
            *(each.citation for each in self.abbreviations),
        )


def make(archive: Archive, body: Body, *, since: date | None = None, until: date | None = None) -> Digest:
    """The digest of one body from `since` up to `until`, both inclusive; without meetings when none falls in it."""
    every = [each for each in archive.meetings() if Body(each.municipality, each.committee) == body]
    meetings = tuple(
        each for each in every if (since is None or each.date >= since) and (until is None or each.date <= until)
    )
    entries = _entries(archive, body, meetings)
    usual = [each for each in entries if _is_usual(each)]
    cases = _cases(archive, body, [each for each in entries if each not in usual])
    claims = [claim for case in cases for step in case.steps for claim in step.claims]
    return Digest(
        body=body,
        since=since,
        until=until,
        meetings=meetings,
        cases=cases,
        pending=pending.find(archive, every, until=until) if meetings else (),
        amounts=tuple(each for each in claims if each.role in _DECIDED and _AMOUNT.search(each.text)),
        abbreviations=abbreviations.find(entries),
        recurring=_recurring(usual),
    )


def _entries(archive: Archive, body: Body, meetings: Sequence[Meeting]) -> tuple[Entry, ...]:
    keys = {each.key for each in meetings}
    days = sorted({each.date for each in meetings})
    return tuple(
        entry
        for day in days
        for entry in archive.find_items(municipality=body.municipality, committee=body.committee, date=day)
        if entry.meeting.key in keys
    )


def _is_usual(entry: Entry) -> bool:
    decision = evidence.own_decision(entry)
    return is_routine(entry.item) and (decision is None or (decision.outcome in _AS_USUAL and not decision.votes))


def _recurring(entries: Sequence[Entry]) -> tuple[Recurring, ...]:
    """The routine items by title; those of agendas decide nothing and are left out."""
    found: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        if entry.meeting.kind is MeetingKind.REFERAT:
            found[entry.item.title.casefold()].append(entry)
    return tuple(Recurring(each[-1].item.title, tuple(steps(each, has_claims=False))) for each in found.values())


# ── cases ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _cases(archive: Archive, body: Body, entries: Sequence[Entry]) -> tuple[Case, ...]:
    """The entries by case, the oldest case first."""
    index = Cases(archive)
    left = {entry.item.key: entry for entry in entries}
    found: list[Case] = []
    for entry in entries:
        if entry.item.key not in left:
            continue
        places = index.case(entry.item.key)
        own = [left.pop(place.key) for place in places if place.key in left] or [left.pop(entry.item.key)]
        others = archive.entries(place.key for place in places if Body(place.municipality, place.committee) != body)
        newest = own[-1].item
        elsewhere = steps(sorted(others, key=order_of), has_claims=False)
        found.append(Case(newest.title, newest.case_number, tuple(steps(own)), tuple(elsewhere)))
    return tuple(found)


def steps(entries: Sequence[Entry], *, has_claims: bool = True) -> Iterator[Step]:
    """Each item as a step of its case, in the order given: its heading, what became of it and what was decided."""
    for entry in entries:
        heading = cite(entry, evidence.title_span(entry.item))
        if verify(heading, entry):
            yield Step(
                heading=heading,
                kind=entry.meeting.kind,
                outcome=threads.outcome_of(entry.item, entry.meeting.kind),
                is_closed=entry.item.is_closed,
                claims=claims_of(entry) if has_claims else (),
            )


def claims_of(entry: Entry) -> tuple[Claim, ...]:
    """The decision's own words, the recommendation lines it adopts, what it adds, and votes as stated; of one that
    sends the matter on or rejects it, the lines as recommended. None in an agenda."""
    decision = evidence.own_decision(entry)
    if decision is None:
        return ()
    said = [each for each in evidence.statements(entry) if decision.span.covers(each.span)]
    said += [
        Statement(line.span, Label.DECIDED, Role.ADOPTED, decision.body, decision.date, line.span)
        for line in evidence.adopted(entry)
    ]
    if decision.outcome in _OF_RECOMMENDATION:
        said += [
            Statement(line.span, Label.RECOMMENDED, Role.STATEMENT, decision.body, decision.date, line.span)
            for top in entry.item.recommendations
            for line in top.leaves()
        ]
    claims = [_claim(entry, each, decision.outcome) for role in _ORDER for each in said if each.role is role]
    return tuple(claim for claim in claims if all(verify(place, entry) for place in claim.citations))


def _claim(entry: Entry, statement: Statement, outcome: Outcome) -> Claim:
    above = evidence.line_above(entry.item, statement.span)
    return Claim(
        label=statement.label,
        role=statement.role,
        text=statement.span.of(entry.item.text),
        citations=(cite(entry, statement.span), *([cite(entry, above)] if above else [])),
        body=statement.body,
        date=statement.date,
        outcome=outcome if statement.role in _DECIDED else None,
    )
