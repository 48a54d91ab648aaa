"""What is made of a whole archive once and kept until it changes: its meetings, its cases, and what waits."""

from __future__ import annotations

import threading

from ingest.archive import Archive
from ingest.model import Meeting
from qa import pending
from qa.cases import Cases
from qa.pending import Pending


class Board:
    """The meetings of an archive, its cases, and all that waits in it. Safe to share between threads: of several who
    ask first, one looks everything through and the others get what it found."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._looking_up, self._finding = threading.Lock(), threading.Lock()
        self._meetings: tuple[str, tuple[Meeting, ...]] | None = None
        self._cases: tuple[str, Cases] | None = None
        self._pending: tuple[str, tuple[Pending, ...]] | None = None

    def meetings(self) -> tuple[Meeting, ...]:
        """All meetings, by date and key."""
        with self._looking_up:
            now = self._archive.state()
            if self._meetings is None or self._meetings[0] != now:
                self._meetings = (now, self._archive.meetings())
            return self._meetings[1]

    def cases(self) -> Cases:
        """Which items are one case, in the archive as it is now."""
        with self._looking_up:
            now = self._archive.state()
            if self._cases is None or self._cases[0] != now:
                self._cases = (now, Cases(self._archive))
            return self._cases[1]

    def pending(self) -> tuple[Pending, ...]:
        """All that waits, by municipality and body, the oldest first. Some milliseconds a meeting the first time, and
        again only after something was ingested or removed."""
        with self._finding:
            now = self._archive.state()
            if self._pending is None or self._pending[0] != now:
                self._pending = (now, pending.find(self._archive, self._archive.meetings()))
            return self._pending[1]
