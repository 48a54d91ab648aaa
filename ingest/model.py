"""The nouns of minutes: what a file becomes on its way into the archive.

A *span* is the only currency: an item's text is fixed once, and its sections, recommendation lines, decisions,
references, passages and citations are half-open ranges of characters in it. Text is sliced, never copied.

Glossary: *punkt* agenda item · *Indstilling* recommendation · *Beslutning* decision · *tiltrådt* adopted ·
*taget til efterretning* noted, which is not approval · *lukket punkt* closed item · *sagsnummer* case number.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

SUPPLEMENT = "-tillaeg"  # ends the key of an agenda that only adds items to the one of its day


class MeetingKind(StrEnum):
    """What the document is: minutes of a meeting held, or the agenda of one to come (nothing decided yet)."""

    REFERAT = "referat"
    DAGSORDEN = "dagsorden"


class SectionKind(StrEnum):
    """What a section of an item is for, whatever its heading is called in this municipality."""

    SUMMARY = "summary"
    BODY = "body"
    RECOMMENDATION = "recommendation"
    DECISION = "decision"
    EARLIER_DECISION = "earlier_decision"
    ECONOMY = "economy"
    LAW = "law"
    HEARING = "hearing"
    ATTACHMENTS = "attachments"
    HISTORY = "history"
    COMPETENCE = "competence"
    ATTENDANCE = "attendance"
    OTHER = "other"


class Outcome(StrEnum):
    """What a decision did to the matter. `UNKNOWN` when its words do not say; never a guess."""

    ADOPTED = "adopted"
    ADOPTED_WITH_ADDITION = "adopted_with_addition"
    DECIDED_OTHERWISE = "decided_otherwise"
    NOTED = "noted"
    DISCUSSED = "discussed"
    POSTPONED = "postponed"
    WITHDRAWN = "withdrawn"
    SENT_ON = "sent_on"
    REJECTED = "rejected"
    NONE = "none"
    SIGNED = "signed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of characters, `start` to `end`, in some text."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The characters the span covers."""
        return text[self.start : self.end]

    def covers(self, other: Span) -> bool:
        """True when `other` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end

    def shifted(self, by: int) -> Span:
        """The same range, `by` characters further on."""
        return Span(self.start + by, self.end + by)


@dataclass(frozen=True, slots=True)
class Document:
    """Bytes that became text, and where they came from.

    `source` is the path or address as the user knows it, `digest` the SHA-256 of the bytes in hex, `pages` the text
    of each page as read. `is_paged` is False for files without pages (plain text); they have one entry in `pages`.
    """

    source: str
    digest: str
    media_type: str
    pages: tuple[str, ...]
    is_paged: bool


@dataclass(frozen=True, slots=True)
class PageBreak:
    """From character `offset` on, the text stands on page `page` (1-based)."""

    offset: int
    page: int


def page_at(breaks: tuple[PageBreak, ...], offset: int) -> int | None:
    """The page that holds the character at `offset`; None when the source has no pages."""
    if not breaks:
        return None
    index = bisect_right(breaks, offset, key=lambda each: each.offset) - 1
    return breaks[max(index, 0)].page


@dataclass(frozen=True, slots=True)
class Section:
    """One section of an item. `span` runs from its heading to the next heading, so that the sections of an item
    tile its text; `body` is the part below the heading. `heading` is "" for the lines before the first heading."""

    kind: SectionKind
    heading: str
    span: Span
    body: Span


@dataclass(frozen=True, slots=True)
class Recommendation:
    """One line of the *Indstilling*, without the mark before it ("At 1)", "-"; a bare "at" belongs to the line).

    `number` is the mark's own number or letter ("1", "a"), None when it has none; `span` is the line itself, without
    the lines it holds.
    """

    number: str | None
    span: Span
    children: tuple[Recommendation, ...] = ()

    def with_children(self) -> Iterator[Recommendation]:
        """This line and all that it holds, in the order they stand."""
        yield self
        for child in self.children:
            yield from child.with_children()

    def leaves(self) -> Iterator[Recommendation]:
        """The innermost lines, in order: what is adopted one by one."""
        if not self.children:
            yield self
        for child in self.children:
            yield from child.leaves()


@dataclass(frozen=True, slots=True)
class Point:
    """One point of a decision made point by point: `number` as written ("1", "2.a-d"), its own words and outcome.

    `lines` are the spans of the recommendation lines it decides; empty when none can be told.
    """

    number: str
    span: Span
    outcome: Outcome
    lines: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Decision:
    """What a body decided on a date, in one item.

    `is_own` is True for the decision of the meeting these minutes are of; False for one reported from an earlier body
    or date. `additions` are the parts that go beyond adopting the recommendation, `votes` the sentences that say how
    members voted or what they reserved, `points` its points where it decides them one by one. `number` is the punkt at
    that body, where the text gives it.
    """

    body: str
    date: date | None
    number: str | None
    span: Span
    outcome: Outcome
    is_own: bool
    additions: tuple[Span, ...] = ()
    votes: tuple[Span, ...] = ()
    points: tuple[Point, ...] = ()


@dataclass(frozen=True, slots=True)
class Attendee:
    """A member of a body at a meeting. `note` is what the minutes say beside the name ("afbud", "stedfortræder for Bo
    Lind"), "" when they say nothing."""

    name: str
    is_absent: bool
    note: str = ""


@dataclass(frozen=True, slots=True)
class Reference:
    """A mention of an earlier item, meeting or case. `span` covers the sentence that mentions it.

    `target` is the key of the item meant, once exactly one candidate is left; None until then.
    """

    span: Span
    date: date | None = None
    number: str | None = None
    committee: str | None = None
    case_number: str | None = None
    target: str | None = None


_SIGNATURES = frozenset({"underskriftsside", "underskrifter"})


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """One *punkt*. `text` starts with the heading as it stands in the source; `title` is that heading folded to one
    line without its number. `is_closed`: only the heading and a published decision are kept of it. `absent` names those
    who took no part in this item, as far as it says so; `link` is its address at the publication site."""

    key: str
    number: str
    title: str
    case_number: str | None
    text: str
    is_closed: bool
    page_breaks: tuple[PageBreak, ...]
    sections: tuple[Section, ...]
    recommendations: tuple[Recommendation, ...] = ()
    decisions: tuple[Decision, ...] = ()
    references: tuple[Reference, ...] = ()
    attachments: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    link: str | None = None

    def page_at(self, offset: int) -> int | None:
        """The source page of the character at `offset` in `text`; None when the source has no pages."""
        return page_at(self.page_breaks, offset)

    @property
    def pages(self) -> tuple[int, int] | None:
        """First and last page; None when the source has no pages. The page that a meeting's members sign belongs to the
        meeting, though it stands below its last item."""
        if not self.page_breaks:
            return None
        own = [each for each in self.sections if each.heading.casefold() not in _SIGNATURES]
        last = self.page_at(len(self.text[: own[-1].span.end].rstrip())) if own else None
        return self.page_breaks[0].page, last or self.page_breaks[-1].page

    def section_at(self, offset: int) -> Section | None:
        """The section that holds the character at `offset`."""
        return next((each for each in self.sections if each.span.start <= offset < each.span.end), None)

    @property
    def own_decisions(self) -> tuple[Decision, ...]:
        """The decisions this very meeting took, in the order they stand."""
        return tuple(each for each in self.decisions if each.is_own)


@dataclass(frozen=True, slots=True)
class Meeting:
    """One meeting of one body, without its items.

    `key` reads "herning/beskaeftigelsesudvalget/2026-04-28". `municipality` is "" when the source does not say.
    `attendance` is empty when the minutes list nobody; `link` is the meeting's address at the publication site.
    `is_supplement`: an agenda that only adds items to another (*tillægsdagsorden*). An earlier version has a key of its
    own, "…/2026-04-28@1f0c9a3b", and names in `replaced_by` the meeting that took its place.
    """

    key: str
    municipality: str
    committee: str
    date: date
    start: time | None
    place: str | None
    kind: MeetingKind
    attendance: tuple[Attendee, ...] = ()
    link: str | None = None
    is_supplement: bool = False
    replaced_by: str | None = None


@dataclass(frozen=True, slots=True)
class Minutes:
    """A meeting with its agenda items, in order."""

    meeting: Meeting
    items: tuple[AgendaItem, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """A quotable part of an item: a span of its text that never crosses a section. `section` is the section's index."""

    item: str
    section: int
    kind: SectionKind
    span: Span
