"""The nouns of an archive: what it remembers of files, how it holds items, and what it is asked for.

The minutes themselves are in `model`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ingest.model import AgendaItem, Meeting, MeetingKind, Outcome, Reference


@dataclass(frozen=True, slots=True)
class Entry:
    """An item as the archive holds it: with its meeting and the file it was read from."""

    meeting: Meeting
    item: AgendaItem
    source: str


@dataclass(frozen=True, slots=True)
class ItemPlace:
    """Where an item stands and what it is called, without its text: what links between items need. `meeting` is the
    meeting's key, `row` the archive's own number of the item."""

    key: str
    row: int
    meeting: str
    municipality: str
    committee: str
    date: date
    number: str
    title: str
    case_number: str | None


@dataclass(frozen=True, slots=True)
class ItemSummary:
    """An item in one line of a list. `meeting` is the meeting's key; `outcome` what the meeting made of the item,
    `NONE` in an agenda and where nothing was decided."""

    key: str
    meeting: str
    municipality: str
    committee: str
    date: date
    kind: MeetingKind
    number: str
    title: str
    case_number: str | None
    outcome: Outcome
    is_closed: bool


@dataclass(frozen=True, slots=True)
class ReferenceRow:
    """A reference as the archive holds it: in which item (its key and `row`), at which place among its references."""

    item: str
    row: int
    position: int
    reference: Reference


@dataclass(frozen=True, slots=True)
class Terms:
    """The analysed words of one passage by field, each a blank-separated string."""

    title: str
    decision: str
    recommendation: str
    rest: str


@dataclass(frozen=True, slots=True)
class EncoderIdentity:
    """Which model made a set of vectors. Two encoders may share an index only if `revision` and `dimension` agree."""

    name: str
    revision: str
    dimension: int


@dataclass(frozen=True, slots=True)
class Selection:
    """Which items a question or a reader is confined to. Empty fields do not restrict; given ones all must hold.

    `committees` and `municipalities` are names as the archive spells them; an item qualifies if it matches any.
    `since` and `until` are inclusive.
    """

    municipalities: tuple[str, ...] = ()
    committees: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    numbers: tuple[str, ...] = ()
    case_number: str | None = None

    @property
    def is_everything(self) -> bool:
        """True when nothing is restricted."""
        return self == Selection()


class DocumentState(StrEnum):
    """What became of a file: its minutes are in the archive, stand behind a better source, could not be read, or are
    several, and each a document of its own."""

    LOADED = "loaded"
    SUPERSEDED = "superseded"
    FAILED = "failed"
    DIVIDED = "divided"


@dataclass(frozen=True, slots=True)
class DocumentRecord:
    """What the archive remembers of a file, so that a later run knows whether to read it again.

    `parser` is the version of the reading rules it was last read with, `municipality` the name the user gave for it.
    `meeting` is the key of the meeting in it; for a failed file, of the meeting that an earlier reading of it left in
    the archive. `kind` and `page_count` belong to that meeting. `reason` says why the file failed, else "".
    """

    source: str
    digest: str
    parser: str
    municipality: str | None
    state: DocumentState
    reason: str
    meeting: str | None
    kind: MeetingKind | None
    is_paged: bool
    page_count: int


@dataclass(frozen=True, slots=True)
class Counts:
    """How much the archive holds."""

    meetings: int
    items: int
    passages: int
    vectors: int
