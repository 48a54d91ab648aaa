"""Running text → the earlier meetings, items and cases it mentions."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from ingest import case_numbers, danish, dates, history
from ingest.model import Reference, Section, SectionKind, Span
from ingest.references import BODY

# The sections whose mentions are references; decisions and history are read as decisions instead.
_READ = frozenset(SectionKind) - {
    SectionKind.DECISION,
    SectionKind.EARLIER_DECISION,
    SectionKind.HISTORY,
    SectionKind.ATTACHMENTS,
    SectionKind.ATTENDANCE,
}
_MET = re.compile(r"\b\w*(udvalgs?møde|byrådsmøde|møde(t|r)?)\b|udvalget\b", re.IGNORECASE)
_NUMBER = re.compile(
    r"\(?\b(?:punkt|pkt\.?|sag nr\.?|dagsordenspunkt)\s*(?:nr\.?\s*)?(?P<number>\d+)\b\)?", re.IGNORECASE
)
_THIS_BODY = re.compile(r"\budvalget\b(?! for\b)", re.IGNORECASE)
_OTHER_MEETING = re.compile(r"\b\w*borgermøde|borgerinddragelse|dialogmøde|informationsmøde", re.IGNORECASE)

_LONGEST = 2000  # characters of a sentence that are looked through: the cost grows with the square of it


def find(
    text: str, heading_end: int, sections: Iterable[Section], *, held: date, committee: str
) -> tuple[Reference, ...]:
    """The references in an item's text below its own heading, in order.

    `held` and `committee` are the meeting's own: a meeting does not refer to itself.

    A date counts when its sentence names a body or a meeting of one; a punkt number when a date or body is near.
    """
    found: list[Reference] = []
    for section in sections:
        is_told = section.kind is SectionKind.HISTORY and not history.has_steps(text, section.body)
        if section.kind in _READ or is_told:
            body = Span(max(section.body.start, heading_end), section.body.end)
            for sentence in danish.sentences(text, body):
                found += _in_sentence(text, sentence, held, committee)
    return tuple(found)


def _in_sentence(text: str, sentence: Span, held: date, committee: str) -> list[Reference]:
    words = text[sentence.start : min(sentence.end, sentence.start + _LONGEST)]
    cases = [Reference(sentence, case_number=number) for number in case_numbers.mentioned(words)]
    days = [(span, day) for span, day in dates.find(words) if day < held]
    bodies = [(Span(*match.span()), match[0]) for match in BODY.finditer(words)]
    if "udvalg" in committee.lower():  # in a committee's own minutes "udvalget" is that committee
        bodies += [(Span(*match.span()), committee) for match in _THIS_BODY.finditer(words)]
    if not days or not (bodies or _MET.search(words)) or (_OTHER_MEETING.search(words) and not _NUMBER.search(words)):
        return cases
    references = []
    for place, (span, day) in enumerate(days):
        until = days[place + 1][0].start if place + 1 < len(days) else len(words)
        number = next((match["number"] for match in _NUMBER.finditer(words, span.end, until)), None)
        body = _nearest(span, bodies, until)
        if body is None and not _MET.search(words[:until]):
            continue
        references.append(Reference(sentence, day, number, body))
    return references + cases


def _nearest(day: Span, bodies: list[tuple[Span, str]], until: int) -> str | None:
    """The body named closest to the date, before it or up to the next date."""
    near = [
        (min(abs(day.start - span.end), abs(span.start - day.end)), name) for span, name in bodies if span.start < until
    ]
    return min(near, default=(0, None))[1]
