"""A store follows a site: all of it, nothing twice, whatever fails, and however often it is killed."""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from publication_site import LIST, PDF, Fault, Site, SiteMeeting, agenda, invented, serving

from ingest.errors import NotMinutes, SyncFailed
from ingest.model import MeetingKind
from ingest.patience import Manners
from ingest.publication import Publication, attachment_address
from ingest.raw import RawStore
from ingest.sync import sync
from ingest.sync_run import Advance, SyncReport
from ingest.web import Answer, Web

HASTE = Manners(per_second=1e6, first_pause=0.001, longest_pause=0.004)
IMPATIENT = replace(HASTE, read_timeout=0.3)  # where an answer is too slow
MEETINGS = invented(12)
FIRST, SECOND, THIRD = MEETINGS[:3]


class Library:
    """A store, and what was handed over from it: the other side of a sync."""

    def __init__(self, folder: Path) -> None:
        self.store = RawStore(folder)
        self.taken: list[tuple[str, MeetingKind]] = []
        self.when_taking: Callable[[str], None] = lambda address: None
        self.refused: set[str] = set()

    def take(self, address: str, kind: MeetingKind) -> bool:
        self.when_taking(address)
        assert self.store.path(address) is not None
        self.taken.append((address, kind))
        return address not in self.refused

    def sync(self, site: Site, manners: Manners = HASTE, **options: Any) -> SyncReport:
        with Web(manners) as web:
            return sync(Publication(site.base, web.fetch), self.store, take=self.take, **options)


@pytest.fixture
def site() -> Iterator[Site]:
    with serving(MEETINGS) as served:
        yield served


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library(tmp_path / "raw")


def address(site: Site, meeting: SiteMeeting) -> str:
    return site.base + meeting.path


def addresses(site: Site, *meetings: SiteMeeting) -> tuple[str, ...]:
    return tuple(address(site, meeting) for meeting in meetings)


def requests_of(site: Site, library: Library, **options: Any) -> list[str]:
    """What one more sync asks for."""
    before = len(site.requests)
    library.sync(site, **options)
    return site.requests[before:]


# What is new


def test_everything_is_fetched_kept_and_taken_newest_first(site, library):
    report = library.sync(site)
    everything = addresses(site, *MEETINGS)
    assert (report.fetched, report.taken) == (everything, everything)
    assert (report.listed, report.unchanged, report.left) == (12, 0, 0)
    assert (report.failed, report.vanished, report.gone, report.attachments) == ((), (), (), ())
    kinds = [MeetingKind.REFERAT if meeting.is_minutes else MeetingKind.DAGSORDEN for meeting in MEETINGS]
    assert library.taken == list(zip(everything, kinds, strict=True))
    for meeting in MEETINGS:
        assert json.loads(library.store.read(address(site, meeting)) or b"") == agenda(meeting)
    assert site.requests == [LIST, *(meeting.path for meeting in MEETINGS)]


def test_a_second_sync_of_an_unchanged_site_makes_one_request(site, library):
    library.sync(site)
    taken = list(library.taken)
    assert requests_of(site, library) == [LIST]
    assert library.taken == taken
    assert library.sync(site).unchanged == 12


@pytest.mark.parametrize(
    "change",
    [
        {"released": "2026-09-01T08:00:00.0000000+02:00"},
        {"is_minutes": False},
    ],
    ids=["published anew", "no longer minutes"],
)
def test_what_has_changed_is_fetched_again_and_nothing_else(site, library, change):
    library.sync(site)
    site.publish([replace(SECOND, **change)])
    assert requests_of(site, library) == [LIST, SECOND.path]
    assert library.taken[12:] == [(address(site, SECOND), library.taken[-1][1])]
    assert requests_of(site, library) == [LIST]


def test_keys_in_the_other_case_change_nothing(site, library):
    library.sync(site)
    site.camel_case = True
    assert requests_of(site, library) == [LIST]


def test_a_site_that_wants_a_cookie_gets_one(site, library):
    site.wants_cookie = True
    assert library.sync(site).taken == addresses(site, *MEETINGS)
    assert site.count("/") == 1


def test_what_was_damaged_on_disk_is_fetched_again(site, library):
    library.sync(site)
    kept = library.store.path(address(site, THIRD))
    kept.write_bytes(kept.read_bytes()[::-1])
    assert requests_of(site, library) == [LIST, THIRD.path]
    assert json.loads(library.store.read(address(site, THIRD))) == agenda(THIRD)


def test_a_new_archive_takes_what_is_kept_without_fetching_it(site, library):
    library.sync(site)
    library.taken.clear()
    assert requests_of(site, library, retake=library.store.addresses()) == [LIST]
    assert [each for each, _ in library.taken] == list(addresses(site, *MEETINGS))


# What is asked for


def test_only_meetings_since_a_day(site, library):
    report = library.sync(site, since=SECOND.day)
    assert report.fetched == addresses(site, FIRST, SECOND)
    assert report.listed == 2


def test_only_some_committees(site, library):
    report = library.sync(site, committees=["BYRÅD", "miljø"], since=date(2026, 5, 1))
    assert {meeting.committee for meeting in MEETINGS if address(site, meeting) in report.fetched} == {
        "Byrådet",
        "Teknik- og Miljøudvalget",
    }
    assert report.listed == len(report.fetched) == 2


def test_a_committee_that_is_not_there_is_answered_with_those_that_are(site, library):
    there = "Byrådet, Kulturudvalget, Teknik- og Miljøudvalget, Økonomiudvalget"
    with pytest.raises(SyncFailed, match=f"has no committee named Havneudvalget; it has {there}"):
        library.sync(site, committees=["Kultur", "Havneudvalget"])
    assert site.requests == [LIST]


# What fails


@pytest.mark.parametrize("fault", [Fault.ERROR, Fault.NOT_FOUND, Fault.CUT, Fault.APOLOGY, Fault.HUGE, Fault.CIRCLE])
def test_a_meeting_that_fails_is_reported_and_the_rest_goes_on(site, library, fault):
    site.broken[SECOND.path] = fault
    report = library.sync(site, replace(HASTE, size_limit=300_000))
    assert [each for each, _ in report.failed] == [address(site, SECOND)]
    assert report.failed[0][1].startswith(address(site, SECOND))
    assert report.taken == addresses(site, FIRST, *MEETINGS[2:])

    del site.broken[SECOND.path]
    assert requests_of(site, library) == [LIST, SECOND.path]


@pytest.mark.parametrize("fault", [Fault.CUT, Fault.BROKEN_OFF, Fault.UNAVAILABLE, Fault.SLOW, Fault.APOLOGY])
def test_a_list_that_does_not_come_at_once_is_asked_for_again(site, library, fault):
    site.faults[LIST] = [fault]
    assert library.sync(site, IMPATIENT).taken == addresses(site, *MEETINGS)


def test_a_list_that_does_not_come_ends_it_and_touches_nothing(site, library):
    library.sync(site)
    site.broken[LIST] = Fault.CUT
    with pytest.raises(SyncFailed, match=f"{LIST}: the answer is not whole JSON"):
        library.sync(site)
    assert library.store.addresses() == tuple(sorted(addresses(site, *MEETINGS)))


@pytest.mark.parametrize("says", ["false", "NotMinutes"])
def test_what_cannot_be_read_is_handed_over_again_without_fetching_it(site, library, says):
    def refuse(refused: str) -> None:
        if says == "NotMinutes" and refused == address(site, SECOND):
            raise NotMinutes("no item in it")

    library.when_taking = refuse
    library.refused = {address(site, SECOND)}
    report = library.sync(site)
    reason = "no item in it" if says == "NotMinutes" else "was fetched, but not read into the archive"
    assert report.failed == ((address(site, SECOND), reason),)
    assert len(report.taken) == 11

    library.when_taking, library.refused = (lambda address: None), set()
    assert requests_of(site, library) == [LIST]
    assert library.taken[-1][0] == address(site, SECOND)


def test_a_site_that_goes_down_is_left_alone_and_continued_later(site, library):
    def fall(taken: str) -> None:
        if taken == address(site, THIRD):
            site.broken |= dict.fromkeys((LIST, *(meeting.path for meeting in MEETINGS)), Fault.UNAVAILABLE)

    library.when_taking = fall
    report = library.sync(site)
    assert report.taken == addresses(site, *MEETINGS[:3])
    assert [each for each, _ in report.failed] == [*addresses(site, *MEETINGS[3:8]), site.base]
    assert report.left == 4
    assert site.count(MEETINGS[8].path) == 0

    site.broken.clear()
    assert library.sync(site).taken == addresses(site, *MEETINGS[3:])


def test_a_meeting_that_fails_while_the_site_is_there_does_not_stop_it(site, library):
    site.broken = {meeting.path: Fault.NOT_FOUND for meeting in MEETINGS[:7]}
    report = library.sync(site)
    assert [each for each, _ in report.failed] == list(addresses(site, *MEETINGS[:7]))
    assert report.taken == addresses(site, *MEETINGS[7:])
    assert report.left == 0


def test_a_long_row_of_failures_asks_for_the_list_less_and_less_often(library):
    meetings = invented(40)
    with serving(meetings) as site:
        site.broken = {meeting.path: Fault.NOT_FOUND for meeting in meetings}
        report = library.sync(site)
        # At first, after 5, 10 and 20 failures, and at the end.
        assert (len(report.failed), site.count(LIST)) == (40, 5)


# A site that changes


def test_a_meeting_published_anew_while_we_read_is_found_under_its_new_id(site, library):
    anew: list[SiteMeeting] = []

    def change(taken: str) -> None:
        if not anew:
            anew.append(site.republish(THIRD, is_minutes=True))

    library.when_taking = change
    report = library.sync(site)
    assert report.vanished == (address(site, THIRD),)
    assert report.failed == ()
    assert report.taken == addresses(site, FIRST, SECOND, *MEETINGS[3:], *anew)
    assert site.count(LIST) == 2
    assert library.taken[-1] == (address(site, anew[0]), MeetingKind.REFERAT)
    assert requests_of(site, library) == [LIST]


def test_when_much_has_vanished_the_rest_is_not_asked_for(site, library):
    anew: list[SiteMeeting] = []

    def change(taken: str) -> None:
        if not anew:
            anew.extend(site.republish(meeting) for meeting in MEETINGS[1:])

    library.when_taking = change
    report = library.sync(site)
    assert report.vanished == addresses(site, *MEETINGS[6:], *MEETINGS[1:6])
    assert sorted(report.taken) == sorted(addresses(site, FIRST, *anew))
    assert site.count(MEETINGS[6].path) == 0


def test_what_is_kept_but_no_longer_listed_is_told_and_stays(site, library):
    library.sync(site)
    anew = site.republish(SECOND)
    report = library.sync(site)
    assert report.gone == (address(site, SECOND),)
    assert report.fetched == (address(site, anew),)
    assert library.store.has(address(site, SECOND))


# Attachments


@pytest.fixture
def rich_site() -> Iterator[Site]:
    with serving(invented(3, attachments=2)) as served:
        yield served


def kept_files(site: Site) -> list[str]:
    meetings = sorted(site.meetings.values(), key=lambda meeting: meeting.day, reverse=True)
    return [attachment_address(address(site, each), file) for each in meetings for file in each.attachments]


def test_attachments_are_fetched_only_when_asked_for(rich_site, library):
    library.sync(rich_site)
    assert len(rich_site.requests) == 4


def test_attachments_are_there_before_their_meeting_is_handed_over(rich_site, library):
    def look(taken: str) -> None:
        assert [file for file in kept_files(rich_site) if file.startswith(taken) and not library.store.has(file)] == []

    library.when_taking = look
    report = library.sync(rich_site, attachments=True)
    assert list(report.attachments) == kept_files(rich_site)
    assert report.gone == ()
    assert (library.store.read(report.attachments[0]) or b"").startswith(PDF)
    assert requests_of(rich_site, library, attachments=True) == [LIST]


def test_attachments_asked_for_later_hand_their_meeting_over_again(rich_site, library):
    library.sync(rich_site)
    report = library.sync(rich_site, attachments=True)
    assert (len(report.fetched), len(report.taken), len(report.attachments)) == (0, 3, 6)
    assert requests_of(rich_site, library, attachments=True) == [LIST]
    assert len(library.taken) == 6


def test_an_attachment_that_fails_does_not_hold_its_meeting_back(rich_site, library):
    first = next(iter(rich_site.meetings.values()))
    page = f"/vis/pdf/bilag/{first.attachments[1]}/"
    rich_site.broken[page] = Fault.NOT_FOUND
    report = library.sync(rich_site, attachments=True)
    assert [each for each, _ in report.failed] == [attachment_address(address(rich_site, first), first.attachments[1])]
    assert len(report.taken) == 3

    del rich_site.broken[page]
    report = library.sync(rich_site, attachments=True)
    assert (len(report.attachments), report.taken) == (1, (address(rich_site, first),))


# Progress


def test_progress_tells_done_left_and_failed(site, library):
    site.broken[SECOND.path] = Fault.NOT_FOUND
    told: list[Advance] = []
    library.sync(site, progress=told.append)
    assert told[:4] == [Advance(0, 12, 0), Advance(1, 11, 0), Advance(2, 10, 1), Advance(3, 9, 1)]
    assert told[-1] == Advance(12, 0, 1)


# Stopped and continued


class Stop(BaseException):
    """Ends the program, as Ctrl-C does."""


@pytest.mark.parametrize("stopped_at", [0, 1, 5, 11])
def test_stopped_while_taking_it_goes_on_with_that_meeting(site, library, stopped_at):
    def stop(taken: str) -> None:
        if taken == address(site, MEETINGS[stopped_at]):
            raise Stop

    library.when_taking = stop
    with pytest.raises(Stop):
        library.sync(site)
    library.when_taking = lambda taken: None
    asked = requests_of(site, library)
    assert asked == [LIST, *(meeting.path for meeting in MEETINGS[stopped_at + 1 :])]
    assert [each for each, _ in library.taken] == list(addresses(site, *MEETINGS))


@pytest.mark.parametrize("stopped_at", [0, 1, 5, 12])
def test_stopped_while_fetching_it_goes_on_there(site, library, stopped_at):
    with Web(HASTE) as web:
        asked: list[str] = []

        def fetch(address: str) -> Answer:
            asked.append(address)
            if len(asked) > stopped_at:
                raise Stop
            return web.fetch(address)

        with pytest.raises(Stop):
            sync(Publication(site.base, fetch), library.store, take=library.take)
    library.sync(site)
    assert [each for each, _ in library.taken] == list(addresses(site, *MEETINGS))
    assert Counter(site.requests) == Counter({LIST: 2 if stopped_at else 1} | {each.path: 1 for each in MEETINGS})


# A whole municipality

PASSING = (
    *(Fault.BUSY, Fault.BUSY_UNTIL, Fault.ERROR, Fault.UNAVAILABLE, Fault.RESET, Fault.BROKEN_OFF, Fault.CUT),
    *(Fault.REFUSED, Fault.TO_LOGIN, Fault.APOLOGY, Fault.BAD_GZIP),
)


def test_a_thousand_meetings_with_faults_all_over_lose_nothing(library):
    meetings = invented(1_000)
    dice = random.Random(3)
    with serving(meetings) as site:
        site.retry_after = "0"
        for meeting in meetings:
            if dice.random() < 0.2:
                site.faults[meeting.path] = dice.choices(PASSING, k=dice.choice([1, 1, 2]))
        for meeting in dice.sample(meetings, 4):
            site.faults[meeting.path] = [Fault.SLOW]
        moved = iter(dice.sample(meetings[500:], 3))
        moments = {address(site, meeting) for meeting in dice.sample(meetings[:500], 3)}

        def change(taken: str) -> None:
            if taken in moments:
                site.republish(next(moved))

        library.when_taking = change
        report = library.sync(site, IMPATIENT)

        assert report.failed == ()
        assert len(report.vanished) == 3
        assert sorted(each for each, _ in library.taken) == sorted(addresses(site, *site.meetings.values()))
        for meeting in site.meetings.values():
            assert json.loads(library.store.read(address(site, meeting)) or b"") == agenda(meeting)
        assert requests_of(site, library) == [LIST]
        assert len(library.taken) == 1_000
