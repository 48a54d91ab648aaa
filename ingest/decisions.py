"""The sections of an item → the decisions in it: this meeting's own, and those reported from earlier ones."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from ingest import danish, dates, history, outcome, references
from ingest.headings import Heading
from ingest.model import Decision, MeetingKind, Section, SectionKind, Span

_RECOMMENDS = re.compile(r"\b(?:indstille[rs]|anbefaler|foreslår)\b[^.]*(?:[,:]|\bat\b[^.]*)\.?$")
_LIST_LINE = re.compile(r"\s*(?:[•*–-]|at\b|\d{1,2}[.)]|[a-z][.)])")
_OPENING = 200  # characters in which a decision without a heading of its own names the body

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
    """The decisions in an item, in the order they stand. Empty decision sections give none, and so does an agenda's;
    nor does one of earlier decisions where neither heading nor text names a body or day."""
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
    """A section that is one decision. One that only tells who recommended what decides nothing (København)."""
    span = trimmed(text, section.body)
    named = heading.body if heading and heading.body and heading.body.casefold() not in _THIS_BODY else None
    if span.start == span.end or (not own and named is None and _only_recommends(span.of(text))):
        return
    number = heading.number if heading else None
    if own:
        body = setting.committee if named is None or references.same_body(named, setting.committee) else named
        yield _decision(text, span, body, setting.held, number, own=True)
        return
    opening = text[span.start : min(span.end, span.start + _OPENING)]
    told = references.BODY.match(opening) if named is None else None
    if named is None and told is None and not (heading and heading.date):
        return  # nobody says whose it was, or when
    day = dates.first(heading.date) if heading and heading.date else None
    yield _decision(text, span, named or (told[0] if told else setting.committee), day, number, own=False)


def _only_recommends(words: str) -> bool:
    """True for a sentence that recommends and, below it, nothing but the lines of what it recommends."""
    first, *others = [line for line in words.split("\n") if line.strip()]
    return bool(_RECOMMENDS.search(first)) and all(_LIST_LINE.match(line) for line in others)


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
        points=tuple(replace(each, span=each.span.shifted(span.start)) for each in reading.points),
    )


def trimmed(text: str, span: Span) -> Span:
    """`span` without white space at its ends."""
    sentences = tuple(danish.sentences(text, span))
    return Span(sentences[0].start, sentences[-1].end) if sentences else Span(span.start, span.start)
