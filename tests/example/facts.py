"""What is true of the example municipality: the nouns that every format is rendered from and checked against.

They are independent of `ingest.model` on purpose: a test that borrowed the reader's nouns would borrow its mistakes.
Kinds of sections and outcomes are written as the contract writes them ("summary", "adopted").
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from uuid import NAMESPACE_URL, UUID, uuid5

MUNICIPALITY = "Kildemose"
NOTICE = "Opdigtet eksempel: Kildemose Kommune findes ikke"
SITE = "https://dagsordener.kildemose.example"

_SLUG = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "Æ": "ae", "Ø": "oe", "Å": "aa"})


class Kind(StrEnum):
    """What a document is. Both agendas are read as "dagsorden"."""

    REFERAT = "referat"
    DAGSORDEN = "dagsorden"
    TILLAEG = "tillægsdagsorden"


class LineKind(StrEnum):
    """What one line of a section is."""

    PARAGRAPH = "paragraph"
    BULLET = "bullet"
    SUBHEADING = "subheading"
    ROW = "row"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a section; `cells` are given for a row of a table, whose `text` is their words."""

    kind: LineKind
    text: str
    cells: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A section of a case. `part` is what the houses call by their own names ("resume", "økonomi")."""

    part: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Advice:
    """One line of the Indstilling, without its "at" and its mark."""

    text: str
    children: tuple[Advice, ...] = ()


@dataclass(frozen=True, slots=True)
class Recommendation:
    """The Indstilling. `proposer` is "" for one that is a single sentence without "at"."""

    proposer: str
    lines: tuple[Advice, ...]


@dataclass(frozen=True, slots=True)
class Point:
    """One point of a decision made point by point."""

    number: str
    text: str
    outcome: str


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided: the paragraphs, and what should be read in them."""

    paragraphs: tuple[str, ...]
    outcome: str
    additions: tuple[str, ...] = ()
    votes: tuple[str, ...] = ()
    points: tuple[Point, ...] = ()


@dataclass(frozen=True, slots=True)
class Earlier:
    """A decision that another meeting took in the same case, as quoted in this item."""

    committee: str
    date: date
    number: str
    decision: Decision


@dataclass(frozen=True, slots=True)
class Reference:
    """A mention in running text. `committee` is as it stands there."""

    date: date | None
    number: str | None
    committee: str | None
    case_number: str | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """A punkt. Of a closed one nothing but number, title, case number and `decision` may ever be shown.

    `name` is the case it belongs to ("cykelsti"), which the files do not hold. `personal_numbers` are the figures in
    its text that look like CPR numbers. `competence` is the body that has the last word.
    """

    id: UUID
    name: str
    number: str
    title: str
    case_number: str
    is_closed: bool
    sections: tuple[Section, ...]
    recommendation: Recommendation | None
    earlier: tuple[Earlier, ...]
    decision: Decision | None
    references: tuple[Reference, ...]
    attachments: tuple[str, ...]
    absent: tuple[str, ...]
    competence: str
    personal_numbers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Member:
    """A member at one meeting. `note` is what the minutes say beside the name ("formand")."""

    name: str
    party: str
    note: str
    is_absent: bool


@dataclass(frozen=True, slots=True)
class Meeting:
    """One document of one meeting. `version` tells two of the same meeting apart ("referat", "referat-rettet")."""

    id: UUID
    name: str
    version: str
    committee: str
    date: date
    start: time
    end: time
    place: str
    kind: Kind
    members: tuple[Member, ...]
    items: tuple[Item, ...]

    @property
    def slug(self) -> str:
        """The name of its files, without suffix."""
        return f"{slug(self.committee)}-{self.date}-{slug(self.version)}"

    @property
    def key(self) -> str:
        """What a reader should call the meeting."""
        end = "-tillaeg" if self.kind is Kind.TILLAEG else ""
        return f"{slug(MUNICIPALITY)}/{slug(self.committee)}/{self.date}{end}"


def slug(name: str) -> str:
    """`name` in lower case, Danish letters spelled out, everything else a hyphen."""
    return re.sub(r"[^a-z0-9]+", "-", name.translate(_SLUG).lower()).strip("-")


def identity(*names: str) -> UUID:
    """An id that is always the same for the same names."""
    return uuid5(NAMESPACE_URL, "/".join((SITE, *names)))
