"""The text of an item's attachments, set below the item's own as sections that say so.

A section of kind `attachments` headed by the attachment's name: its sentences are found by search and shown as what
they are, and never read as recommendation, decision or reference.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from ingest import characters, normalise, privacy, readers
from ingest.errors import SourceError, Unreadable
from ingest.model import AgendaItem, Minutes, Section, SectionKind, Span
from ingest.publication import attached, attachment_address
from ingest.raw import RawStore

LONGEST = 200_000  # characters of one attachment: a budget's tables would outweigh all that the committee said


@dataclass(frozen=True, slots=True)
class Attached:
    """An attachment at hand: the site's id of its item, its name there, its content, and its address for messages."""

    item: str
    name: str
    content: bytes
    source: str


def fetched(store: RawStore, meeting: str) -> Iterator[Attached]:
    """The attachments that a sync fetched with the meeting at an address, in the order the meeting lists them."""
    agenda = store.read(meeting)
    for file in attached(agenda) if agenda else ():
        address = attachment_address(meeting, file.id)
        if content := store.read(address):
            yield Attached(file.item, file.name, content, address)


def digest(store: RawStore, meeting: str) -> str:
    """SHA-256, in hex, over what a sync fetched of a meeting: that of its JSON where there are no attachments. Only
    what the meeting lists is looked for: to look through the whole store for each meeting takes hours on a large one.
    """
    kept = store.find(meeting)
    if kept is None:
        raise Unreadable(f"{meeting}: what was fetched is no longer there; run `sync` again")
    listed = attached(store.read(meeting) or b"{}")
    addresses = (attachment_address(meeting, file.id) for file in listed)
    files = [found.digest for each in addresses if (found := store.find(each))]
    return hashlib.sha256("".join([kept.digest, *files]).encode()).hexdigest() if files else kept.digest


def extended(minutes: Minutes, files: Iterable[Attached]) -> tuple[Minutes, tuple[str, ...]]:
    """The minutes with the text of attachments in the items they belong to, by the ids in the items' links; and why
    those that could not be read could not. Closed items get none."""
    texts: dict[str, list[tuple[str, str]]] = {_id(item): [] for item in minutes.items if _id(item)}
    faults: list[str] = []
    for each in files:
        if each.item not in texts:
            continue
        try:
            texts[each.item].append((each.name, _text(each)))
        except SourceError as fault:
            faults.append(privacy.mask_cpr(f"attachment “{each.name}”: {fault}"))
    items = tuple(_with_texts(item, texts.get(_id(item), [])) for item in minutes.items)
    return replace(minutes, items=items), tuple(faults)


def _id(item: AgendaItem) -> str:
    """The site's id of an open item, as its link has it; "" where there is none."""
    return "" if item.is_closed else (item.link or "").rpartition("=")[2]


def _text(file: Attached) -> str:
    """The clean words of an attachment, blocks apart, numbers of persons masked."""
    document = readers.interpret(file.content, file.source)
    words = privacy.mask_cpr(normalise.clean(document).text).strip()
    return words[:LONGEST]


def _with_texts(item: AgendaItem, texts: Iterable[tuple[str, str]]) -> AgendaItem:
    text, sections = item.text, list(item.sections)
    for name, words in texts:
        if not words:
            continue
        start = len(text)
        heading = privacy.mask_cpr(characters.plain_line(name))
        text += f"\n{heading}\n"
        body = len(text)
        text += f"{words}\n"
        sections.append(Section(SectionKind.ATTACHMENTS, heading, Span(start, len(text)), Span(body, len(text))))
    return replace(item, text=text, sections=tuple(sections))
