"""One sync as it goes: what was fetched, handed over and missed so far, and what that means for the next step."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ingest.errors import NotMinutes, SourceError, SyncFailed
from ingest.listing import ListedMeeting, Listing
from ingest.model import MeetingKind
from ingest.publication import Publication, attached, attachment_address
from ingest.raw import Kept, RawStore

FAILURES = 5  # in a row, before the site is asked whether it is there at all; twice as many before the next time

# An address in the store, and what the list says is there → whether it was read into the archive.
Take = Callable[[str, MeetingKind], bool]


@dataclass(frozen=True, slots=True)
class Advance:
    """How far a sync is, in meetings that there was something to do for."""

    done: int
    left: int
    failed: int


Progress = Callable[[Advance], None]


@dataclass(frozen=True, slots=True)
class SyncReport:
    """What a sync did, by address in the store. Of the meetings listed and asked for, `unchanged` needed nothing;
    `fetched` were asked from the site; `taken` went into the archive; `failed` have a reason each, attachments too.

    `vanished` were taken off the site while the sync ran. `gone` are in the store, but no longer listed: withdrawn, or
    published anew under another id. `left` were not tried, because the site stopped answering; why stands in `failed`
    under the site's own address."""

    listed: int
    unchanged: int
    fetched: tuple[str, ...]
    taken: tuple[str, ...]
    attachments: tuple[str, ...]
    failed: tuple[tuple[str, str], ...]
    vanished: tuple[str, ...]
    gone: tuple[str, ...]
    left: int


class Run:
    """What has happened so far in one sync."""

    def __init__(
        self, publication: Publication, store: RawStore, take: Take, attachments: bool, progress: Progress | None
    ) -> None:
        self.missed = False  # something could not be had from the site
        self.stopped = False  # the site answers no more
        self._publication = publication
        self._store = store
        self._take = take
        self._attachments = attachments
        self._progress = progress
        self._failures_in_a_row = 0
        self._failures_allowed = FAILURES
        self._listed: frozenset[str] = frozenset()
        self._tried: set[tuple[str, str]] = set()
        self._left = 0
        self._fetched: list[str] = []
        self._taken: list[str] = []
        self._files: list[str] = []
        self._vanished: list[str] = []
        self._failed: dict[str, str] = {}

    def require_list(self, listing: Listing | None = None) -> Listing:
        """The list as it is now, unless given. Raises `SyncFailed`."""
        listing = listing or self._publication.listing()
        self._listed = frozenset(self._publication.address(meeting.id) for meeting in listing.meetings)
        return listing

    def look(self) -> Listing | None:
        """The list as it is now; when it cannot be had, that is the end of this sync."""
        try:
            return self.require_list()
        except SyncFailed as fault:
            self._failed[self._publication.base] = str(fault)
            self.stopped = True
            return None

    def bring(self, meetings: Sequence[ListedMeeting]) -> int:
        """Do all there is to do for the meetings, but nothing a second time; returns how many needed nothing."""
        pending = [meeting for meeting in meetings if not self._is_settled(meeting)]
        for place, meeting in enumerate(pending):
            self._left = len(pending) - place
            self._tell()
            if not self._may_go_on():
                break
            self._bring(meeting)
        else:
            self._left = 0
        self._tell()
        return len(meetings) - len(pending)

    def forget_vanished(self) -> None:
        """What failed and is no longer listed has not failed: it has been taken off the site."""
        gone = [address for address in self._failed if _meeting_of(address) not in self._listed]
        self._vanished += dict.fromkeys(map(_meeting_of, gone))
        self._failed = {address: reason for address, reason in self._failed.items() if address not in gone}

    def report(self, listed: int, unchanged: int) -> SyncReport:
        kept = {_meeting_of(address) for address in self._store.addresses(self._publication.address(""))}
        return SyncReport(
            listed=listed,
            unchanged=unchanged,
            fetched=tuple(self._fetched),
            taken=tuple(self._taken),
            attachments=tuple(self._files),
            failed=tuple(self._failed.items()),
            vanished=tuple(self._vanished),
            gone=tuple(sorted(kept - self._listed)),
            left=self._left,
        )

    def _is_settled(self, meeting: ListedMeeting) -> bool:
        """Nothing to do for it: all of it is kept and taken, or it was tried in this sync."""
        address, stamp = self._publication.address(meeting.id), _stamp(meeting)
        if (address, stamp) in self._tried:
            return True
        kept = self._store.find(address)
        if kept is None or kept.stamp != stamp or not kept.is_taken:
            return False
        return all(self._store.has(place) for place, _ in self._attached(address))

    def _may_go_on(self) -> bool:
        """False when the site has stopped answering: after many failures in a row, its list is the test."""
        if not self.stopped and self._failures_in_a_row >= self._failures_allowed:
            self._failures_allowed *= 2
            self.look()
        return not self.stopped

    def _bring(self, meeting: ListedMeeting) -> None:
        address, stamp = self._publication.address(meeting.id), _stamp(meeting)
        self._tried.add((address, stamp))
        if address not in self._listed:  # any more, since it was last looked at
            self._vanished.append(address)
        elif kept := self._have(address, meeting.id, stamp):
            has_more = self._fetch_attached(address)
            if has_more or not kept.is_taken:
                self._hand_over(address, MeetingKind.REFERAT if meeting.is_minutes else MeetingKind.DAGSORDEN)

    def _have(self, address: str, meeting: str, stamp: str) -> Kept | None:
        """What the store keeps of it as it is listed, fetched if need be; None when it cannot be had."""
        kept = self._store.find(address)
        if kept is not None and kept.stamp == stamp:
            return kept
        content = self._ask(address, self._publication.agenda, meeting)
        if content is None:
            return None
        self._fetched.append(address)
        return self._store.keep(address, content, stamp)

    def _fetch_attached(self, address: str) -> bool:
        """Have the attachments that are wanted of a meeting in the store; true when there are more than before."""
        before = len(self._files)
        for place, file in self._attached(address):
            if self._store.has(place) or not self._may_go_on():
                continue
            content = self._ask(place, self._publication.attachment, file)
            if content is not None:
                # In this order: killed in between, the meeting is handed over once too often, never once too few.
                self._store.mark(address, is_taken=False)
                self._store.keep(place, content, file)
                self._files.append(place)
        return len(self._files) > before

    def _ask(self, address: str, ask: Callable[[str], bytes], thing: str) -> bytes | None:
        """What the site gives for it; None, and a failure noted under the address, when it gives nothing."""
        try:
            content = ask(thing)
        except SyncFailed as fault:
            self._failed[address] = str(fault)
            self._failures_in_a_row += 1
            self.missed = True
            return None
        self._failures_in_a_row, self._failures_allowed = 0, FAILURES
        return content

    def _hand_over(self, address: str, kind: MeetingKind) -> None:
        try:
            went_well = self._take(address, kind)
        except (SourceError, NotMinutes) as fault:
            self._failed[address] = str(fault)
            return
        if went_well:
            self._store.mark(address, is_taken=True)
            self._taken.append(address)
        else:
            self._failed[address] = "was fetched, but not read into the archive"

    def _attached(self, address: str) -> tuple[tuple[str, str], ...]:
        """Where the store keeps the attachments that are wanted of a meeting, and their ids."""
        content = self._store.read(address) if self._attachments else None
        return tuple((attachment_address(address, file.id), file.id) for file in attached(content or b"{}"))

    def _tell(self) -> None:
        if self._progress is not None:
            failed = len(dict.fromkeys(map(_meeting_of, self._failed)))
            self._progress(Advance(len(self._tried), self._left, failed))


def _meeting_of(address: str) -> str:
    return address.partition("#")[0]


def _stamp(meeting: ListedMeeting) -> str:
    """Another one when the document was published anew, or an agenda became minutes in its place."""
    return f"{meeting.id} {meeting.released} {'referat' if meeting.is_minutes else 'dagsorden'}"
