"""Items in one line each → lists to browse: the bodies with what is loaded of them, the items that fit a wish."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from ingest.holdings import ItemSummary, Selection
from ingest.model import Meeting, MeetingKind, Outcome
from qa.committees import Body

_EVERYTHING = Selection()


@dataclass(frozen=True, slots=True)
class BodyOverview:
    """What is loaded of one body: how many meetings and items, from the first to the last day, and of how many of the
    meetings there is only an agenda."""

    body: Body
    meetings: int
    agendas: int
    items: int
    first: date
    last: date

    @property
    def last_year(self) -> tuple[date, date]:
        """The first and last day of the twelve months up to the last meeting that is loaded."""
        is_leap_day = (self.last.month, self.last.day) == (2, 29)
        before = self.last.replace(year=self.last.year - 1, day=28 if is_leap_day else self.last.day)
        return before + timedelta(days=1), self.last


@dataclass(frozen=True, slots=True)
class Wish:
    """Which items to list. Empty fields do not restrict; given ones all must hold.

    Of `selection`, `numbers` are item numbers; its case number need only be part of the item's. `words` must all stand
    in the title, in capital or small letters.
    """

    selection: Selection = _EVERYTHING
    outcome: Outcome | None = None
    words: str = ""

    @property
    def is_everything(self) -> bool:
        """True when nothing is restricted."""
        return self.selection.is_everything and self.outcome is None and not self.words.strip()

    def fits(self, item: ItemSummary) -> bool:
        """True for an item that meets all of the wish."""
        wanted = self.selection
        title = item.title.casefold()
        return (
            (not wanted.committees or item.committee in wanted.committees)
            and (not wanted.municipalities or item.municipality in wanted.municipalities)
            and (wanted.since is None or item.date >= wanted.since)
            and (wanted.until is None or item.date <= wanted.until)
            and (not wanted.numbers or item.number in wanted.numbers)
            and (not wanted.case_number or wanted.case_number.casefold() in (item.case_number or "").casefold())
            and (self.outcome is None or (item.outcome is self.outcome and item.kind is MeetingKind.REFERAT))
            and all(word in title for word in self.words.casefold().split())
        )


@dataclass(frozen=True, slots=True)
class Shelf:
    """All that is loaded, for browsing. `items` are by date, meeting and order in it, `bodies` by municipality and
    name."""

    items: tuple[ItemSummary, ...]
    bodies: tuple[BodyOverview, ...]

    def find(self, wish: Wish) -> tuple[ItemSummary, ...]:
        """The items that fit, those of the newest meeting first, in their order there."""
        found = [each for each in self.items if wish.fits(each)]
        return tuple(sorted(found, key=lambda each: (each.date, each.meeting), reverse=True)) if found else ()

    def outcomes(self) -> tuple[Outcome, ...]:
        """The outcomes that some item has, in the order of their kinds."""
        held = {each.outcome for each in self.items if each.kind is MeetingKind.REFERAT}
        return tuple(outcome for outcome in Outcome if outcome in held)


def of(meetings: Iterable[Meeting], items: tuple[ItemSummary, ...]) -> Shelf:
    """The shelf of these meetings and their items."""
    held: dict[Body, list[Meeting]] = {}
    for meeting in meetings:
        held.setdefault(Body(meeting.municipality, meeting.committee), []).append(meeting)
    count: dict[Body, int] = {}
    for item in items:
        body = Body(item.municipality, item.committee)
        count[body] = count.get(body, 0) + 1
    return Shelf(items, tuple(_overview(body, held[body], count.get(body, 0)) for body in sorted(held)))


def _overview(body: Body, meetings: list[Meeting], items: int) -> BodyOverview:
    days = [each.date for each in meetings]
    agendas = sum(each.kind is MeetingKind.DAGSORDEN for each in meetings)
    return BodyOverview(body, len(meetings), agendas, items, min(days), max(days))
