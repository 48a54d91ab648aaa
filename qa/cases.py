"""Items → the cases they belong to, over the whole archive, and what came of a case after one of its items."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from ingest import linking, references
from ingest.archive import Archive
from ingest.holdings import Entry, ItemPlace
from ingest.model import AgendaItem

# What is on every agenda and is no case.
_ROUTINE = re.compile(
    r"^\W*(?:lukket: )?(?:\d+[.:] )?(?:godkendelse af (?:dagsorden|(?:sidste )?referat|protokol|beslutningsprotokol)"
    r"|dagsorden(?:en)? til godkendelse|dagsorden$|referat fra (?:sidste|forrige)|meddelelser"
    r"|orientering(?:er|ssager)?$|orientering(?:er)? (?:fra|og meddelelser)|forvaltningen orienterer"
    r"|gensidig orientering|eventuelt|evt\.?$|(?:digital )?underskrift|underskriftsark|næste møde|mødeplan$"
    r"|lukkede? punkt|spørgetid|bordet rundt)",
    re.IGNORECASE,
)

Order = tuple[date, int, str, str, int, str]


def is_routine(item: AgendaItem | ItemPlace) -> bool:
    """True for an item that is on every agenda ("Meddelelser", "Eventuelt", "Underskrifter") and belongs to no case."""
    return bool(_ROUTINE.match(item.title))


def order(day: date, committee: str, meeting: str, number: str | None) -> Order:
    """Sorts steps of a case as they came: by day; on one day from the committees up to the highest body."""
    figures = "".join(filter(str.isdigit, number or ""))
    return (day, references.rank(committee), committee, meeting, int(figures or 0), number or "")


def order_of(entry: Entry) -> Order:
    """`order` of an item."""
    return order(entry.meeting.date, entry.meeting.committee, entry.meeting.key, entry.item.number)


def same(home: ItemPlace, places: Sequence[ItemPlace]) -> tuple[ItemPlace, ...]:
    """Those of `places`, of one municipality and all with the case number of `home` or all without one, that are of
    its case: as `linking.same_case` tells them apart. Without a number, or with one that says nothing, they must have
    the same title. A routine item is alone."""
    if is_routine(home):
        return tuple(place for place in places if place.key == home.key)
    if home.case_number and not linking.is_catch_all(home.case_number):
        return linking.same_case(home, places)
    return tuple(place for place in places if place.key == home.key or linking.same_subject(place.title, home.title))


class Cases:
    """Which items are one case, for any number of questions: where all items stand is looked up once."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self._places = {place.key: place for place in archive.item_places()}
        self._alike: dict[tuple[str, str], list[ItemPlace]] = defaultdict(list)
        for place in self._places.values():
            self._alike[_number(place)].append(place)

    def case(self, key: str) -> tuple[ItemPlace, ...]:
        """The items of the case of item `key`, itself among them, by date; none for a key that is not current."""
        home = self._places.get(key)
        return same(home, self._alike[_number(home)]) if home else ()

    def later(self, entry: Entry) -> tuple[Entry, ...]:
        """What came after an item: the later items of its case, and those that refer to it, in order."""
        keys = {place.key for place in self.case(entry.item.key)} | set(self.archive.referring_to(entry.item.key))
        found = self.archive.entries(sorted(key for key in keys if self._is_not_before(key, entry)))
        return _after(entry, found)

    def _is_not_before(self, key: str, entry: Entry) -> bool:
        place = self._places.get(key)
        return place is not None and place.date >= entry.meeting.date and place.meeting != entry.meeting.key


def _number(place: ItemPlace) -> tuple[str, str]:
    return place.municipality, (place.case_number or "").casefold()


def _after(entry: Entry, others: Iterable[Entry]) -> tuple[Entry, ...]:
    """Those of the others that come later than an item; on its own day only what stands above its body."""
    own = order_of(entry)[:2]
    same_body = (entry.meeting.date, entry.meeting.committee)
    later = [
        each
        for each in others
        if order_of(each)[:2] > own
        or ((each.meeting.date, each.meeting.committee) == same_body and each.meeting.key > entry.meeting.key)
    ]
    return tuple(sorted(later, key=order_of))
