"""The text of an item's attachments, set below the item's own as sections that say so.

A section of kind `attachments` headed by the attachment's name: its sentences are found by search and shown as what
they are, and never read as recommendation, decision or reference.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from ingest import normalise, privacy, readers
from ingest.errors import SourceError
from ingest.model import AgendaItem, Minutes, Section, SectionKind, Span

LONGEST = 200_000  # characters of one attachment: a budget's tables would outweigh all that the committee said


@dataclass(frozen=True, slots=True)
class Attached:
    """An attachment at hand: the address of its item, its name there, its content, and where it lies for messages."""

    item: str
    name: str
    content: bytes
    source: str


def extended(minutes: Minutes, attached: Iterable[Attached]) -> tuple[Minutes, tuple[str, ...]]:
    """The minutes with the text of attachments in the items they belong to, by the items' links; and why those that
    could not be read could not. Closed items get none."""
    by_item: dict[str, list[tuple[str, str]]] = {}
    faults: list[str] = []
    for each in attached:
        try:
            by_item.setdefault(each.item, []).append((each.name, _text(each)))
        except SourceError as fault:
            faults.append(f"attachment “{each.name}”: {fault}")
    items = tuple(
        item if item.is_closed else _with_texts(item, by_item.get(item.link or "", [])) for item in minutes.items
    )
    return replace(minutes, items=items), tuple(faults)


def _text(attached: Attached) -> str:
    """The clean words of an attachment, blocks apart, numbers of persons masked."""
    document = readers.read_bytes(attached.content, attached.source)
    words = privacy.mask_cpr(normalise.clean(document).text).strip()
    return words[:LONGEST]


def _with_texts(item: AgendaItem, texts: Iterable[tuple[str, str]]) -> AgendaItem:
    text, sections = item.text, list(item.sections)
    for name, words in texts:
        if not words:
            continue
        start = len(text)
        heading = privacy.mask_cpr(normalise.plain(name))
        text += f"\n{heading}\n"
        body = len(text)
        text += f"{words}\n"
        sections.append(Section(SectionKind.ATTACHMENTS, heading, Span(start, len(text)), Span(body, len(text))))
    return replace(item, text=text, sections=tuple(sections))
