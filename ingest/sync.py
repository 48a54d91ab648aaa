"""Bring a store of raw answers up to date with a publication site, and have what is new read into an archive.

A meeting is fetched, kept, handed to `take` and marked, in that order, so that a run killed at any moment is continued
by the next one where it stopped: what was kept is not fetched again, what was not marked is handed over again.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from ingest.errors import SyncFailed
from ingest.listing import Listing, choose
from ingest.publication import Publication
from ingest.raw import RawStore
from ingest.sync_run import Progress, Run, SyncReport, Take


def sync(
    publication: Publication,
    store: RawStore,
    *,
    take: Take,
    listing: Listing | None = None,
    since: date | None = None,
    committees: Sequence[str] = (),
    attachments: bool = False,
    retake: Collection[str] = (),
    progress: Progress | None = None,
) -> SyncReport:
    """Fetch what the site has published anew, newest meeting first, and hand it to `take`. `listing` is the site's
    list where the caller has it already.

    `since` leaves out meetings before that day, `committees` those of bodies whose name holds none of these words.
    With `attachments`, PDFs of open items are kept as well, under the address that `attachment_address` gives, before
    their meeting is handed over. Those of `retake`, addresses in the store, are handed over again as they are kept, for
    an archive that lacks them; nothing is fetched for that.

    A meeting that fails is reported, and tried again by the next sync. One that `take` refuses, by returning false or
    by raising `SourceError` or `NotMinutes`, is handed over again then. Anything else it raises ends the sync.

    Raises `SyncFailed` when the list cannot be had, or a committee is not on it; `ArchiveError` when the disk refuses.
    """
    run = Run(publication, store, take, attachments, progress)
    listing = run.require_list(listing)
    if unknown := [name for name in committees if not listing.has(name)]:
        there = ", ".join(body.name for body in listing.committees)
        raise SyncFailed(f"{publication.base}: has no committee named {', '.join(unknown)}; it has {there}")
    chosen = choose(listing, since, committees)
    for address in {publication.address(meeting.id) for meeting in chosen}.intersection(retake):
        store.mark(address, is_taken=False)
    unchanged = run.bring(chosen)
    if run.missed and not run.stopped and (again := run.look()):
        # The site may have changed meanwhile: what was missed may be gone, and stand there under a new id.
        listing, chosen = again, choose(again, since, committees)
        run.forget_vanished()
        run.bring(chosen)
    return run.report(len(chosen), unchanged)
