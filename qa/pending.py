"""The archive → what still waits, for what, since when and at whose hands.

A matter waits by the meeting's own decision, by a line that decision adopts, or by the administration's account of it;
each stands under its own label. It waits no more once a later item of its case, or one that refers to it, was treated,
or once later minutes report what the body it was sent to decided. In an agenda nothing is decided yet.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from ingest import references
from ingest.archive import Archive
from ingest.holdings import Entry
from ingest.model import Decision, Meeting, MeetingKind, Outcome, Point, Section, SectionKind, Span
from qa import evidence, waiting
from qa.cases import Cases, is_routine, order, order_of
from qa.citation import cite, verify
from qa.evidence import Statement
from qa.model import Citation, Label, Role
from qa.waiting import Waiting

# Where the administration gives its account of the matter.
_ACCOUNT = (SectionKind.SUMMARY, SectionKind.BODY, SectionKind.ECONOMY, SectionKind.HEARING, SectionKind.OTHER)
_OPEN = (Outcome.SENT_ON, Outcome.POSTPONED)  # what a later step can be, and the matter waits anew


@dataclass(frozen=True, slots=True)
class Pending:
    """A matter, or one part of it (`is_whole` False), that waits by the sentence cited.

    `label` says whose word that is: decided here, or the administration's account. `since` is the day from which on it
    has waited, `body` the body it waits before. `waits_for`, `by` (who has to act) and `until` (a time) are the
    sentence's own words, "" where it does not say; `due` is the day it names. `concerns` cites the recommendation line
    that waits, where the decision names it by its number only; `next_item` the later agenda item that takes the matter
    up, of a meeting whose minutes are not loaded.
    """

    kind: Waiting
    label: Label
    is_whole: bool
    citation: Citation
    body: str
    since: date
    waits_for: str = ""
    by: str = ""
    until: str = ""
    due: date | None = None
    concerns: Citation | None = None
    next_item: Citation | None = None

    @property
    def citations(self) -> tuple[Citation, ...]:
        """All that is cited."""
        return tuple(each for each in (self.citation, self.concerns, self.next_item) if each is not None)


def find(
    archive: Archive, meetings: Iterable[Meeting], *, since: date | None = None, until: date | None = None
) -> tuple[Pending, ...]:
    """What waits by the minutes of `meetings` held from `since` up to `until`, by municipality and body, the oldest
    first. Whether it is settled is looked up in the whole archive, whatever the period: what is settled is not pending.
    """
    cases = Cases(archive)
    found = [
        (order_of(entry), each)
        for meeting in meetings
        if meeting.kind is MeetingKind.REFERAT
        and (since is None or meeting.date >= since)
        and (until is None or meeting.date <= until)
        for entry in archive.find_items(
            municipality=meeting.municipality, committee=meeting.committee, date=meeting.date
        )
        if entry.meeting.key == meeting.key
        for each in of_entry(entry, cases)
    ]
    place = {each: (each.citation.municipality, each.citation.committee, each.since, *at) for at, each in found}
    return tuple(sorted(place, key=lambda each: (place[each], each.citation.span)))


def of_entry(entry: Entry, cases: Cases) -> tuple[Pending, ...]:
    """What still waits of one item, in the order it stands there; empty for one of an agenda."""
    if entry.meeting.kind is not MeetingKind.REFERAT:
        return ()
    said = tuple(_said(entry))
    if not said:
        return ()
    later = cases.later(entry)
    coming = _coming(later)
    next_item = cite(coming, evidence.title_span(coming.item)) if coming else None
    by_key = {each.item.key: each for each in (entry, coming) if each is not None}
    left = (
        replace(each, since=_since(each, entry, cases), next_item=next_item)
        for each in said
        if not _is_settled(each, entry, later)
    )
    return tuple(each for each in left if all(verify(place, by_key.get(place.item)) for place in each.citations))


# ── what an item says ────────────────────────────────────────────────────────────────────────────────────────────────


def _said(entry: Entry) -> Iterator[Pending]:
    """What waits by the words of an item, settled since or not. When the whole of it was put off, its parts wait with
    it and are not told apart."""
    decision = evidence.own_decision(entry)
    whole = _whole(entry, decision) if decision else None
    if whole is not None:
        yield whole
        if whole.kind is Waiting.POSTPONED:
            return
    if decision is not None:
        yield from _points(entry, decision)
    taken = [whole.citation.span] if whole else []
    taken += [point.span for point in decision.points] if decision else []
    for statement in evidence.statements(entry, _telling(entry)):
        if not any(_overlap(span, statement.span) for span in taken):
            yield from _part(entry, statement)


def _telling(entry: Entry) -> Sequence[Section] | None:
    """The sections whose sentences can say that something waits; None for all. An account says it with one word only,
    and few have it: of all others, the decision and what it adopts are enough."""
    item = entry.item
    if waiting.TOLD_BY in item.text.casefold():
        return None
    return [
        each
        for each in item.sections
        if each.kind is SectionKind.RECOMMENDATION or any(_overlap(each.span, own.span) for own in item.own_decisions)
    ]


def _whole(entry: Entry, decision: Decision) -> Pending | None:
    kinds = {Outcome.POSTPONED: Waiting.POSTPONED, Outcome.SENT_ON: Waiting.SENT_ON}
    kind = kinds.get(decision.outcome)
    if kind is None or is_routine(entry.item):
        return None
    return _pending(entry, kind, Label.DECIDED, evidence.shown(entry, decision), is_whole=True)


def _points(entry: Entry, decision: Decision) -> Iterator[Pending]:
    """The points of a decision that were put off, where others were settled."""
    for point in decision.points:
        if point.outcome is Outcome.POSTPONED and decision.outcome is not Outcome.POSTPONED:
            found = _pending(entry, Waiting.POSTPONED, Label.DECIDED, _trimmed(entry, point.span), is_whole=False)
            yield replace(found, concerns=_concerned(entry, point))


def _concerned(entry: Entry, point: Point) -> Citation | None:
    return cite(entry, point.lines[0]) if len(point.lines) == 1 else None


def _trimmed(entry: Entry, span: Span) -> Span:
    text = span.of(entry.item.text)
    return Span(span.start + len(text) - len(text.lstrip()), span.start + len(text.rstrip()))


def _part(entry: Entry, statement: Statement) -> Iterator[Pending]:
    words = statement.span.of(entry.item.text)
    if statement.label is Label.DECIDED and statement.role is not Role.VOTE:
        kind = waiting.decided(words)
    elif statement.label is Label.ASSESSED and not entry.item.is_closed and _is_account(entry, statement):
        kind = waiting.told(words)
    else:
        return
    if kind is not None:
        yield _pending(entry, kind, statement.label, statement.span, is_whole=False)


def _is_account(entry: Entry, statement: Statement) -> bool:
    section = entry.item.section_at(statement.span.start)
    return section is not None and section.kind in _ACCOUNT


def _pending(entry: Entry, kind: Waiting, label: Label, span: Span, *, is_whole: bool) -> Pending:
    quote = span.of(entry.item.text)
    acting = waiting.receiver(quote) if kind is Waiting.SENT_ON else waiting.office(quote)
    return Pending(
        kind=kind,
        label=label,
        is_whole=is_whole,
        citation=cite(entry, span),
        body=entry.meeting.committee,
        since=entry.meeting.date,
        waits_for=_words(waiting.purpose(quote), quote),
        by=_words(acting, quote),
        until=_words(waiting.until(quote), quote),
        due=waiting.due(quote, held=entry.meeting.date),
    )


def _words(span: Span | None, quote: str) -> str:
    return span.of(quote) if span else ""


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


# ── what came of it ──────────────────────────────────────────────────────────────────────────────────────────────────


def _is_settled(each: Pending, entry: Entry, later: Sequence[Entry]) -> bool:
    """True when the matter was taken up again: by any body, or, when it was sent to the highest one, by that body, or
    where another step on the way stopped it or sent it on itself."""
    needs_final = each.kind is Waiting.SENT_ON and waiting.is_final(each.by)
    for body, result in _decisions_after(entry, later):
        stops = result in (*_OPEN, Outcome.REJECTED, Outcome.WITHDRAWN)
        if not needs_final or stops or waiting.is_final(body):
            return True
    return False


def _decisions_after(entry: Entry, later: Sequence[Entry]) -> Iterator[tuple[str, Outcome]]:
    """Who decided what in the case after an item: in later items, and in decisions that these report. An item left
    without a decision settles nothing."""
    own = (entry.meeting.date, references.rank(entry.meeting.committee))
    for each in later:
        decision = evidence.own_decision(each)
        if decision is not None and _speaks(each, decision):
            yield decision.body, decision.outcome
        for told in each.item.decisions:
            is_after = told.date is not None and (told.date, references.rank(told.body)) > own
            if not told.is_own and is_after:
                yield told.body, told.outcome


def _speaks(entry: Entry, decision: Decision) -> bool:
    """False for a decision section that holds nothing but a dash."""
    return decision.outcome is not Outcome.NONE or any(map(str.isalpha, decision.span.of(entry.item.text)))


def _since(each: Pending, entry: Entry, cases: Cases) -> date:
    """The day from which on a matter has waited: what was put off again has since it was first put off by that body,
    with nothing decided in between."""
    since = entry.meeting.date
    if each.kind is not Waiting.POSTPONED or not each.is_whole:
        return since
    for day, _, body, result in sorted(_before(entry, cases), reverse=True):
        if result != Outcome.POSTPONED or not references.same_body(body, entry.meeting.committee):
            break
        since = day
    return since


def _before(entry: Entry, cases: Cases) -> set[tuple[date, int, str, str]]:
    """The decisions of the case before an item, as day, rank, body and outcome: loaded ones, and those it reports."""
    own = order_of(entry)
    keys = [place.key for place in cases.case(entry.item.key) if place.date < entry.meeting.date]
    found = {
        (each.meeting.date, references.rank(decision.body), decision.body, str(decision.outcome))
        for each in cases.archive.entries(keys)
        if (decision := evidence.own_decision(each)) is not None
    }
    for told in entry.item.decisions:
        if not told.is_own and told.date is not None and order(told.date, told.body, "", told.number) < own:
            found.add((told.date, references.rank(told.body), told.body, str(told.outcome)))
    return found


def _coming(later: Sequence[Entry]) -> Entry | None:
    """The first later agenda item of the case, after which nothing of it was held."""
    held = [index for index, each in enumerate(later) if each.meeting.kind is MeetingKind.REFERAT]
    rest = later[held[-1] + 1 :] if held else later
    return rest[0] if rest else None
