"""The sections of an item → the decisions in it: this meeting's own, and those reported from earlier ones."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from ingest import danish, dates, history, outcome, references
from ingest.headings import Heading
from ingest.model import Decision, MeetingKind, Section, SectionKind, Span

# How a body's own minutes call it: "Udvalgets beslutning".
_THIS_BODY = frozenset("udvalg udvalget råd rådet møde mødet bestyrelse bestyrelsen".split())


@dataclass(frozen=True, slots=True)
class Setting:
    """The meeting an item was treated at: what its decisions are its own against."""

    committee: str
    held: date
    kind: MeetingKind


def is_own(heading: Heading, setting: Setting) -> bool:
    """True when a decision heading belongs to this meeting: it names no other day and no other body.

    On the meeting's own day a name that is no body's ("ØK") is taken for this one's; two bodies may meet on one day.
    """
    day = dates.first(heading.date) if heading.date else None
    if day is not None and day != setting.held:
        return False
    if heading.body is None or references.same_body(heading.body, setting.committee):
        return True
    if heading.body.casefold() in _THIS_BODY:
        return True
    return day == setting.held and not references.BODY.search(heading.body)


def find(text: str, parts: tuple[tuple[Section, Heading | None], ...], setting: Setting) -> tuple[Decision, ...]:
    """The decisions in an item, in the order they stand. Empty decision sections give none, and so does an agenda's."""
    found: list[Decision] = []
    for section, heading in parts:
        if section.kind is SectionKind.DECISION and setting.kind is MeetingKind.REFERAT:
            found += _whole(text, section, heading, setting, own=True)
        elif section.kind is SectionKind.EARLIER_DECISION:
            found += _whole(text, section, heading, setting, own=False)
        elif section.kind is SectionKind.HISTORY:
            found += _steps(text, section)
    return tuple(found)


def _whole(text: str, section: Section, heading: Heading | None, setting: Setting, *, own: bool) -> Iterator[Decision]:
    """A section that is one decision."""
    span = trimmed(text, section.body)
    if span.start == span.end:
        return
    named = heading.body if heading and heading.body and heading.body.casefold() not in _THIS_BODY else None
    body = setting.committee if own and (named is None or references.same_body(named, setting.committee)) else named
    day = setting.held if own else (dates.first(heading.date) if heading and heading.date else None)
    yield _decision(text, span, body or setting.committee, day, heading.number if heading else None, own=own)


def _steps(text: str, section: Section) -> Iterator[Decision]:
    """The steps of a Sagsforløb that said something."""
    for step in history.steps(text, section.body):
        span = trimmed(text, step.text)
        if span.start < span.end:
            yield _decision(text, span, step.body, dates.first(step.date or ""), step.number, own=False)


def _decision(text: str, span: Span, body: str, day: date | None, number: str | None, *, own: bool) -> Decision:
    reading = outcome.read(span.of(text))
    return Decision(
        body=body,
        date=day,
        number=number,
        span=span,
        outcome=reading.outcome,
        is_own=own,
        additions=tuple(each.shifted(span.start) for each in reading.additions),
        votes=tuple(each.shifted(span.start) for each in reading.votes),
    )


def trimmed(text: str, span: Span) -> Span:
    """`span` without white space at its ends."""
    sentences = tuple(danish.sentences(text, span))
    return Span(sentences[0].start, sentences[-1].end) if sentences else Span(span.start, span.start)
