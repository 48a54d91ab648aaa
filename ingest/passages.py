"""An item → quotable passages, and the words and text each one is found by.

The item's title travels with every passage of it, to the index and to the encoder, since a decision rarely names its
subject; it is never quoted as part of the passage.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest import danish, headings
from ingest.holdings import Terms
from ingest.model import AgendaItem, Passage, Section, SectionKind, Span

PARSER = f"3.{danish.ANALYSIS}"  # raise when parsing or splitting changes: files read otherwise are read again

_LONGEST = 700  # characters; the bundled encoder was trained on two to five sentences and blurs longer text
_SAYS_SOMETHING = re.compile(r"[a-zæøå]{3}|[A-ZÆØÅ]{5}")  # not "-", "X" or the initials of departments


def split(item: AgendaItem) -> tuple[Passage, ...]:
    """The passages of an item, in order. None crosses a section, and each paragraph of the item is in exactly one
    unless it is longer than a passage may be; then it is cut between sentences. Sections that only say who gets a copy
    give none."""
    return tuple(
        Passage(item.key, index, section.kind, span)
        for index, section in enumerate(item.sections)
        if not headings.is_routing(section.heading)
        for span in _spans(item.text, section)
        if _SAYS_SOMETHING.search(span.of(item.text))
    )


def _spans(text: str, section: Section) -> Iterator[Span]:
    """Neighbouring paragraphs (or sentences of a long one) gathered up to the greatest length."""
    gathered: Span | None = None
    for piece in _pieces(text, section):
        if gathered is None:
            gathered = piece
        elif piece.end - gathered.start <= _LONGEST:
            gathered = Span(gathered.start, piece.end)
        else:
            yield gathered
            gathered = piece
    if gathered is not None:
        yield gathered


def _pieces(text: str, section: Section) -> Iterator[Span]:
    for line in re.finditer(r"[^\n]*\S[^\n]*", section.body.of(text)):
        span = Span(section.body.start + line.start(), section.body.start + line.end())
        if span.end - span.start <= _LONGEST:
            yield from _stripped(text, span)
        else:
            yield from danish.sentences(text, span)


def _stripped(text: str, span: Span) -> Iterator[Span]:
    words = span.of(text)
    yield Span(span.start + len(words) - len(words.lstrip()), span.start + len(words.rstrip()))


def terms(item: AgendaItem, passage: Passage) -> Terms:
    """The analysed words of a passage by field. The case number counts as part of the title."""
    words = danish.analyse(passage.span.of(item.text))
    kind = passage.kind
    return Terms(
        title=danish.analyse(f"{item.title} {item.case_number or ''}"),
        decision=words if kind is SectionKind.DECISION else "",
        recommendation=words if kind is SectionKind.RECOMMENDATION else "",
        rest=words if kind not in (SectionKind.DECISION, SectionKind.RECOMMENDATION) else "",
    )


def embeddable(item: AgendaItem, passage: Passage) -> str:
    """The text that is embedded for a passage: the item's title and the passage, foreign letters read by sound."""
    return embedded(item.title, passage.span.of(item.text))


def embedded(title: str, text: str) -> str:
    """The same from the item's title and the passage's own text."""
    return danish.by_sound(f"{title}. {text}")
