"""Quotes ↔ places: cut a citation from an item, and prove that a citation is still true."""

from __future__ import annotations

from ingest.holdings import Entry
from ingest.model import Span
from qa import texts
from qa.model import Citation, Language


def cite(entry: Entry, span: Span) -> Citation:
    """The citation of `span` of an item: the quote is cut out of the text, so that it cannot differ from it.

    Raises `ValueError` for an empty span or one outside the text.
    """
    item, meeting = entry.item, entry.meeting
    if not 0 <= span.start < span.end <= len(item.text):
        raise ValueError(f"{span} is no place in the {len(item.text)} characters of {item.key}")
    section = item.section_at(span.start)
    return Citation(
        item=item.key,
        municipality=meeting.municipality,
        committee=meeting.committee,
        date=meeting.date,
        number=item.number,
        title=item.title,
        case_number=item.case_number,
        section=section.kind if section else "",
        page=item.page_at(span.start),
        quote=span.of(item.text),
        source=entry.source,
        span=span,
        link=item.link,
    )


def verify(citation: Citation, entry: Entry | None) -> bool:
    """True when the item still says the quote at the cited place, letter for letter."""
    return entry is not None and entry.item.key == citation.item and citation.span.of(entry.item.text) == citation.quote


def formal(citation: Citation, language: Language) -> str:
    """The place in words: "Beskæftigelsesudvalget, 28. april 2026, punkt 33, s. 9, sag 15.00.00-G01-7-25"."""
    is_danish = language is Language.DANISH
    parts = [
        citation.committee,
        texts.day(citation.date, language),
        f"{'punkt' if is_danish else 'item'} {citation.number}",
    ]
    if citation.page is not None:
        parts.append(f"{'s.' if is_danish else 'p.'} {citation.page}")
    if citation.case_number:
        parts.append(f"{'sag' if is_danish else 'case'} {citation.case_number}")
    return ", ".join(parts)


def reference(citation: Citation, language: Language, *, with_page: bool = False) -> str:
    """The place as it is written in a case: "Beskæftigelsesudvalget, 28-04-2026, punkt 33, sag 15.00.00-G01-7-25"."""
    is_danish = language is Language.DANISH
    parts = [citation.committee, f"{citation.date:%d-%m-%Y}"]
    parts += [f"{texts.item_word(language)} {citation.number}"] if citation.number else []
    parts += [f"{'s.' if is_danish else 'p.'} {citation.page}"] if with_page and citation.page is not None else []
    parts += [f"{'sag' if is_danish else 'case'} {citation.case_number}"] if citation.case_number else []
    return ", ".join(parts)
