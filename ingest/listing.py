"""What a publication site lists: its committees, and every agenda and minutes that it has of them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from ingest import loose_json
from ingest.loose_json import Fields, identity, records, text, truth

# The names a thing may stand under, in small letters; the first that is filled counts.
COMMITTEES = ("udvalg", "committees")
MEETINGS = ("moeder", "møder", "meetings")
NAME = ("navn", "name")
MOMENTS = ("dato", "meetingbeginutc", "meetingbegin")

DENMARK = "Europe/Copenhagen"
YEARS = range(1900, 2200)  # a date that was never set is one of the year 1


@dataclass(frozen=True, slots=True)
class Committee:
    """A body, under every id it has had: it gets a new one each election term. `groups` are the site's own headings
    over it, in free text."""

    name: str
    ids: tuple[str, ...]
    groups: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ListedMeeting:
    """What the list says of one agenda or minutes. `name` is the site's word for it ("Referat", "Tillægsdagsorden").
    `released` is compared, never read: it is another one when the document was published anew. Day and time are
    Danish ones; None where the list does not say."""

    id: str
    committee: str
    date: date | None
    start: time | None
    place: str | None
    name: str
    released: str
    is_minutes: bool
    is_supplement: bool


@dataclass(frozen=True, slots=True)
class Listing:
    """All a site lists, committees by name, each meeting once, in the site's order, which means nothing."""

    committees: tuple[Committee, ...]
    meetings: tuple[ListedMeeting, ...]

    def has(self, committee: str) -> bool:
        """Whether a committee's name holds the words, in small letters or capitals."""
        return any(_folded(committee) in _folded(body.name) for body in self.committees)


def read(content: bytes) -> Listing:
    """The listing in the JSON of a site's list. Raises `ValueError` when it is not JSON."""
    top = loose_json.fields(loose_json.load(content))
    bodies: dict[str, Committee] = {}
    meetings: dict[str, ListedMeeting] = {}
    for group, record in _grouped(loose_json.value(top, COMMITTEES)):
        name = text(record, *NAME)
        known = bodies.get(name, Committee(name, (), ()))
        bodies[name] = Committee(name, _with(known.ids, identity(record, "id")), _with(known.groups, group))
        for each in records(record, *MEETINGS):
            meeting = _listed(name, each)
            if meeting.id:
                meetings.setdefault(meeting.id, meeting)
    return Listing(tuple(sorted(bodies.values(), key=lambda body: body.name)), tuple(meetings.values()))


def choose(listing: Listing, since: date | None, committees: Sequence[str]) -> tuple[ListedMeeting, ...]:
    """The meetings from `since` on, and those without a date, of committees whose names hold any of the words (all for
    none); newest first, minutes before their agenda, those without a date last. Of two publications of one meeting the
    one released later comes later, so that it stands."""
    wanted = [_folded(each) for each in committees]
    chosen = (
        meeting
        for meeting in listing.meetings
        if (since is None or meeting.date is None or meeting.date >= since)
        and (not wanted or any(each in _folded(meeting.committee) for each in wanted))
    )
    return tuple(sorted(sorted(chosen, key=_released), key=_age, reverse=True))


def _released(meeting: ListedMeeting) -> tuple[str, str]:
    return meeting.released, meeting.id


def _age(meeting: ListedMeeting) -> tuple[date, time, bool, bool]:
    return meeting.date or date.min, meeting.start or time.min, meeting.is_minutes, meeting.is_supplement


def _folded(name: str) -> str:
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())


def _grouped(committees: Any) -> Iterator[tuple[str, Fields]]:
    """Each committee's record with the name of its group; "" on a site that lists them without groups."""
    groups: Iterable[tuple[str, Any]] = committees.items() if isinstance(committees, dict) else [("", committees)]
    for group, members in groups:
        for record in members if isinstance(members, list) else ():
            yield " ".join(group.split()), loose_json.fields(record)


def _with(values: tuple[str, ...], value: str) -> tuple[str, ...]:
    return values if not value or value in values else (*values, value)


def _listed(committee: str, record: Fields) -> ListedMeeting:
    moments = (_moment(text(record, name)) for name in MOMENTS)
    day, start = next((each for each in moments if each), (None, None))
    name = text(record, *NAME)
    is_minutes = truth(record, "afsluttet", "isfinished")
    return ListedMeeting(
        id=identity(record, "id"),
        committee=committee,
        date=day,
        start=start,
        place=text(record, "sted", "place", "location") or None,
        name=name,
        released=text(record, "releaseddate", "released"),
        is_minutes="referat" in name.lower() if is_minutes is None else is_minutes,
        # The flag has been seen false on a "Tillægsdagsorden".
        is_supplement=bool(truth(record, "issupplementaryagenda")) or name.lower().startswith("tillæg"),
    )


def _moment(written: str) -> tuple[date, time | None] | None:
    """Day and time by the Danish clock, which is how the list writes them, under names that end in "Utc" too. What is
    said to be in UTC is moved: Denmark's own clock is never there. None for what is no time, or was never filled in."""
    try:
        moment = datetime.fromisoformat(written)
    except ValueError:
        return None
    if moment.year not in YEARS:
        return None
    if moment.utcoffset() == timedelta():
        moment = moment.astimezone(ZoneInfo(DENMARK))
    return moment.date(), moment.time() if len(written) > len("2026-05-04") else None
