"""What a structured source (JSON, XML, a saved web page) says of a meeting by itself, before anything is read into it.

A reader of such a format only copies: the words as they stand, which of them are headings by the source's own markup,
and the fields around them. What a heading means, whose a decision is and what it did is read later, by the same rules
as in a PDF.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time

from ingest.model import Attendee, Document, MeetingKind


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, list line, table cell or heading. `text` is one line, with the mark of a list line before it ("2. ",
    "a. ", "• "), also where the source draws that mark itself; line breaks inside a paragraph make separate blocks."""

    text: str
    is_heading: bool = False


@dataclass(frozen=True, slots=True)
class OutlinedItem:
    """One *punkt* as its source gives it. `number` is "" where the source only orders items. `is_closed` is the
    source's own mark; an item may also be closed by its title. `link` begins with "/" where the source does not name
    its site. `attachments_heading` is the word the source sets above the names of attachments, which makes them a
    section of the text; "" where they are data beside it. `absent` are those that the source's fields name for this
    item."""

    number: str
    title: str
    case_number: str | None
    is_closed: bool
    blocks: tuple[Block, ...]
    attachments: tuple[str, ...] = ()
    attachments_heading: str = ""
    absent: tuple[str, ...] = ()
    link: str | None = None


@dataclass(frozen=True, slots=True)
class Outline:
    """One meeting as its source gives it, with its items in order. `municipality` is None where the source does not
    name it. `is_supplement`: an agenda that only adds items to another one (*tillægsdagsorden*)."""

    municipality: str | None
    committee: str
    date: date
    start: time | None
    place: str | None
    kind: MeetingKind
    is_supplement: bool
    attendance: tuple[Attendee, ...]
    items: tuple[OutlinedItem, ...]
    link: str | None = None


@dataclass(frozen=True, slots=True)
class StructuredDocument(Document):
    """A document whose format says itself what is a meeting, an item and a heading. It has no pages, and one outline
    for each meeting in it."""

    outlines: tuple[Outline, ...] = ()
