"""An answer's claims → the numbered sentences that a wording of it may rest on.

They are the sentences of the items the claims are cut from, nothing else; and nothing at all of a closed item.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ingest.holdings import Entry
from ingest.model import Outcome, Span
from qa import evidence
from qa.citation import cite
from qa.evidence import Statement
from qa.model import Citation, Claim, Label, Role

# With all that goes with them at most 5,000 tokens of Danish, so that the reply, too, has room in a window of 8,192.
MOST, LONGEST, ROOM = 40, 1_500, 6_000  # sentences; characters of one; characters of all

_SETTLED = (Outcome.ADOPTED, Outcome.ADOPTED_WITH_ADDITION, Outcome.DECIDED_OTHERWISE)


@dataclass(frozen=True, slots=True)
class Ground:
    """A sentence under its number (from 1), with the item it stands in. `above` is what it leans on: the line it stands
    under ("at udvalget godkender:") or the words its paragraph opens with; None for one that stands alone."""

    number: int
    entry: Entry
    statement: Statement
    above: Span | None

    @property
    def text(self) -> str:
        """The sentence, letter for letter."""
        return self.statement.span.of(self.entry.item.text)

    @property
    def under(self) -> str:
        """The words it leans on; "" without any."""
        return self.above.of(self.entry.item.text) if self.above else ""

    @property
    def label(self) -> Label:
        """Whose word it is, from the structure of the item."""
        return self.statement.label

    @property
    def is_adopting(self) -> bool:
        """True when what it says was agreed to here: an adopted line, or a decision that adopts or decides."""
        return self.label is Label.DECIDED and (
            self.statement.role is Role.ADOPTED or self.statement.outcome in _SETTLED
        )

    @property
    def voice(self) -> tuple[str, Label, str, date | None]:
        """Who says it, where and when: a wording rests on sentences of one voice only."""
        return self.entry.item.key, self.label, self.statement.body, self.statement.date

    @property
    def head(self) -> str:
        """What is known of it from its place: body, municipality, punkt and the item's title."""
        item, meeting = self.entry.item, self.entry.meeting
        return " · ".join((self.statement.body, meeting.municipality, item.number, item.title))

    @property
    def days(self) -> frozenset[date]:
        """The day it was said; for an earlier decision its own day, never the meeting's; empty when none is told."""
        return frozenset({self.statement.date} if self.statement.date else ())

    def citations(self) -> tuple[Citation, ...]:
        """Its own place, and that of what it leans on."""
        spans = (self.statement.span, self.above) if self.above else (self.statement.span,)
        return tuple(cite(self.entry, span) for span in spans)


def gather(claims: Sequence[Claim], entries: Sequence[Entry]) -> tuple[Ground, ...]:
    """The sentences of the items that `claims` cite, in their order, numbered from 1; where there is not room for all,
    those the claims quote come first, then decisions. `entries` are the items found."""
    cited = list(dict.fromkeys(claim.citations[0].item for claim in claims))
    by_key = {entry.item.key: entry for entry in entries if not entry.item.is_closed}
    offered = [
        (entry, statement) for key in cited if (entry := by_key.get(key)) for statement in evidence.statements(entry)
    ]
    quoted = {(claim.citations[0].item, claim.citations[0].span) for claim in claims}
    by_worth = sorted(range(len(offered)), key=lambda place: (_worth(*offered[place], quoted), place))
    taken: list[int] = []
    room = ROOM
    for place in by_worth:
        entry, statement = offered[place]
        spans = (statement.span, evidence.opening(entry.item, statement))
        length = sum(span.end - span.start for span in spans if span is not None)
        if length <= min(room, LONGEST) and len(taken) < MOST:
            taken.append(place)
            room -= length
    return tuple(
        Ground(number, entry, statement, evidence.opening(entry.item, statement))
        for number, (entry, statement) in enumerate((offered[place] for place in sorted(taken)), start=1)
    )


def _worth(entry: Entry, statement: Statement, quoted: set[tuple[str, Span]]) -> int:
    """0 for what the answer quotes, 1 for decisions, 2 for the rest."""
    if (entry.item.key, statement.span) in quoted:
        return 0
    return 1 if statement.label is Label.DECIDED else 2
