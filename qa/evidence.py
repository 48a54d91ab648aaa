"""An item → its sentences, each under the label its place in the structure gives it.

Labels come from structure, never from guessing at meaning: a sentence of the meeting's own decision is decided, a line
of the Indstilling is decided only if that decision adopts it, an earlier body's decision is reported, and the rest is
the administration's account.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from ingest import danish, headings, outcome
from ingest.holdings import Entry
from ingest.model import AgendaItem, Decision, MeetingKind, Outcome, Recommendation, Section, SectionKind, Span
from qa.model import Label, Role

ADOPTING = (Outcome.ADOPTED, Outcome.ADOPTED_WITH_ADDITION)
_PROPOSES = re.compile(r"\b(anbefales|anbefaler|indstilles|indstiller|foreslås|foreslår)\b", re.IGNORECASE)
_CAPTION = re.compile(r"(?:[-•–]\s*)?[^\n.:;]{3,120}:(?=\s)")
_UNSPOKEN = (SectionKind.ATTACHMENTS,)


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence (or recommendation line) of an item, whose word it is, and what paragraph it stands in."""

    span: Span
    label: Label
    role: Role
    body: str
    date: date | None
    paragraph: Span
    outcome: Outcome | None = None


def own_decision(entry: Entry) -> Decision | None:
    """The decision this meeting took in the item; the last one where there are several; None in an agenda."""
    own = entry.item.own_decisions
    return own[-1] if own and entry.meeting.kind is MeetingKind.REFERAT else None


def shown(entry: Entry, decision: Decision) -> Span:
    """The sentence of a decision that holds the words which show its outcome; all of the decision where none does."""
    text, span = entry.item.text, decision.span
    words = outcome.read(span.of(text)).shown_by
    if words is None:
        return span
    start = span.start + words.start
    return next((each for each in danish.sentences(text, span) if each.start <= start < each.end), span)


def adopted(entry: Entry) -> tuple[Recommendation, ...]:
    """The recommendation lines the item's own decision adopts, innermost ones, of a decision made point by point those
    of the points it adopts; none if it decides otherwise, and without the open ones, which only the decision itself can
    answer."""
    decision = own_decision(entry)
    if decision is None or not (decision.outcome in ADOPTING or decision.points):
        return ()
    item = entry.item
    offered, lines = _offered(item, decision), _named_lines(item, decision)
    return tuple(
        line
        for top in lines
        for line in top.leaves()
        if offered is not None and offered.covers(line.span) and not outcome.is_open(line.span.of(item.text))
    )


def _offered(item: AgendaItem, decision: Decision) -> Span | None:
    """The recommendation the decision is about. Of a main and an alternative one, the one it names; None where more
    than one is left, since nothing may be shown as decided on a guess."""
    sections = [each for each in item.sections if each.kind is SectionKind.RECOMMENDATION]
    if len(sections) > 1:
        wants_alternative = "alternativ" in decision.span.of(item.text).casefold()
        sections = [each for each in sections if ("alternativ" in each.heading.casefold()) is wants_alternative]
    return sections[0].span if len(sections) == 1 else None


def _named_lines(item: AgendaItem, decision: Decision) -> tuple[Recommendation, ...]:
    """The recommendation's lines, or only those of the adopted points of a decision made point by point."""
    if not decision.points:
        return item.recommendations
    named = {line for point in decision.points if point.outcome in ADOPTING for line in point.lines}
    every = (line for top in item.recommendations for line in top.with_children())
    return tuple(line for line in every if line.span in named)


def line_above(item: AgendaItem, line: Span) -> Span | None:
    """The recommendation line that `line` stands under ("at udvalget godkender:"); None for one at the top."""
    above = list(item.recommendations)
    while above:
        each = above.pop()
        if any(child.span == line for child in each.children):
            return each.span
        above += each.children
    return None


def opening(item: AgendaItem, statement: Statement) -> Span | None:
    """What a sentence leans on to say what it is about: the recommendation line it stands under, or the words its
    paragraph opens with ("- Overdækning i gården ved Varmestuen:"); None for one that stands alone."""
    if above := line_above(item, statement.span):
        return above
    match = _CAPTION.match(item.text, statement.paragraph.start, statement.paragraph.end)
    return Span(*match.span()) if match and match.end() <= statement.span.start else None


def statements(entry: Entry, sections: Sequence[Section] | None = None) -> tuple[Statement, ...]:
    """Every sentence of the item with its label, in order, or those of some of its sections; headings, attachments and
    attendance left out."""
    decided = adopted(entry)
    return tuple(
        statement
        for section in entry.item.sections[1:]  # the first is the item's own heading
        if section.kind not in _UNSPOKEN and not headings.is_routing(section.heading)
        if sections is None or section in sections
        for statement in _in_section(entry, section, decided)
    )


def _in_section(entry: Entry, section: Section, settled: Sequence[Recommendation]) -> Iterator[Statement]:
    item, meeting = entry.item, entry.meeting
    decided = {line.span for line in settled}
    lines = [line.span for top in item.recommendations for line in (top, *top.leaves())]
    for paragraph in _paragraphs(item.text, _whole(section)):
        line = next((each for each in lines if paragraph.covers(each) and each.end - each.start > 0), None)
        if section.kind is SectionKind.RECOMMENDATION and line is not None:
            is_decided = line in decided
            yield Statement(
                line,
                Label.DECIDED if is_decided else Label.RECOMMENDED,
                Role.ADOPTED if is_decided else Role.STATEMENT,
                meeting.committee,
                meeting.date,
                paragraph,
            )
            continue
        for span in danish.sentences(item.text, paragraph):
            if len(span.of(item.text)) > 2:
                yield _labelled(entry, section, span, paragraph, is_adopted=bool(settled))


def _labelled(entry: Entry, section: Section, span: Span, paragraph: Span, *, is_adopted: bool) -> Statement:
    item, meeting = entry.item, entry.meeting
    decision = next((each for each in item.decisions if each.span.covers(span)), None)
    if decision is not None and (not decision.is_own or meeting.kind is MeetingKind.REFERAT):
        label = Label.DECIDED if decision.is_own else Label.REPORTED
        role = _role_in(decision, span) if decision.is_own else Role.STATEMENT
        return Statement(span, label, role, decision.body, decision.date, paragraph, decision.outcome)
    reference = next((each for each in item.references if each.span == span and each.date), None)
    if reference is not None:
        body = reference.committee or meeting.committee
        return Statement(span, Label.REPORTED, Role.STATEMENT, body, reference.date, paragraph)
    # Once the recommendation is adopted, "det foreslås" in the case is how the administration tells it.
    is_open_proposal = _PROPOSES.search(span.of(item.text)) and not is_adopted
    is_proposal = section.kind is SectionKind.RECOMMENDATION or is_open_proposal
    label = Label.RECOMMENDED if is_proposal else Label.ASSESSED
    return Statement(span, label, Role.STATEMENT, meeting.committee, meeting.date, paragraph)


def _role_in(decision: Decision, span: Span) -> Role:
    if any(vote.covers(span) for vote in decision.votes):
        return Role.VOTE
    if any(addition.covers(span) for addition in decision.additions):
        return Role.ADDITION
    return Role.DECISION


def _whole(section: Section) -> Section:
    """Attendance is told by its heading too ("Fraværende: Ib Rask"); of other sections only the body speaks."""
    return replace(section, body=section.span) if section.kind is SectionKind.ATTENDANCE else section


def _paragraphs(text: str, section: Section) -> Iterator[Span]:
    for line in re.finditer(r"[^\n]*\S[^\n]*", section.body.of(text)):
        yield Span(section.body.start + line.start(), section.body.start + line.end())


def title_span(item: AgendaItem) -> Span:
    """Where the item's title stands in its heading, over as many lines as it takes there."""
    words = r"\s+".join(re.escape(word) for word in item.title.split())
    match = re.search(words, item.text) if words else None
    return Span(*match.span()) if match else Span(0, len(item.text.split("\n", 1)[0].rstrip()))
