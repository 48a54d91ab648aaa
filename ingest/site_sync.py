"""A publication site → an archive: what is new there is fetched, kept and read, and what refers to what is linked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from ingest.archive import Archive
from ingest.errors import Unreadable
from ingest.files import raw_store
from ingest.holdings import DocumentRecord, DocumentState
from ingest.jobs import Cancelled
from ingest.listing import Listing
from ingest.municipalities import of_host
from ingest.pipeline import Intake, Report
from ingest.publication import Publication
from ingest.raw import RawStore
from ingest.sync import sync
from ingest.sync_run import Progress, SyncReport

if TYPE_CHECKING:
    from ingest.encoders import Encoder
    from ingest.model import MeetingKind


@dataclass(frozen=True, slots=True)
class Scope:
    """Which part of a site: meetings from the day `since` on, of committees whose names hold one of these words; with
    the text of attachments or without. `municipality` is whose minutes they are, where they do not say; None for what
    the site's address tells."""

    since: date | None = None
    committees: Sequence[str] = ()
    attachments: bool = False
    municipality: str | None = None


@dataclass(frozen=True, slots=True)
class Synced:
    """What a sync did with the site, and with the archive. `standing` are meetings in the archive that the site lists
    no more."""

    site: SyncReport
    run: Report
    standing: tuple[DocumentRecord, ...]


def bring(
    archive: Archive,
    publication: Publication,
    listing: Listing,
    encoder: Encoder | None,
    scope: Scope,
    *,
    progress: Progress | None = None,
) -> Synced:
    """Bring the archive up to date with the site, whose list the caller has. A sync that is cancelled (by
    `progress`, or by what fetches) leaves the meetings it had, linked and searchable. Raises as `sync.sync` does."""
    store, asked = raw_store(archive.path), scope.municipality
    intake = Intake(archive, encoder, asked or of_host(urlsplit(publication.base).hostname or ""))

    def take(address: str, _kind: MeetingKind) -> bool:
        if reason := intake.take(address):
            raise Unreadable(reason)
        return True

    try:
        done = sync(
            publication,
            store,
            take=take,
            listing=listing,
            since=scope.since,
            committees=scope.committees,
            attachments=scope.attachments,
            retake=_to_read_again(archive, store, publication.base, asked),
            progress=progress,
        )
    except Cancelled:
        intake.finish()
        raise
    _rename_unlisted(archive, intake, done.gone, asked)
    run = intake.finish()
    gone = (each for each in map(archive.document, done.gone) if each)
    return Synced(done, run, tuple(each for each in gone if each.state is DocumentState.LOADED))


def _to_read_again(archive: Archive, store: RawStore, site: str, municipality: str | None) -> tuple[str, ...]:
    """What was fetched from the site and is not in the archive as today's rules read it, and for the municipality
    where one is asked for."""
    from ingest.passages import PARSER

    documents = [each for each in archive.documents() if each.parser == PARSER]
    read = {each.source for each in documents if municipality in (None, each.municipality)}
    return tuple(each for each in store.addresses(f"{site}/") if "#" not in each and each not in read)


def _rename_unlisted(archive: Archive, intake: Intake, gone: tuple[str, ...], municipality: str | None) -> None:
    """Read again, for the municipality asked for, what the site lists no more: an agenda would come back under its
    old key when the minutes before it go to another."""
    for address in gone if municipality else ():
        known = archive.document(address)
        if known is not None and known.municipality != municipality:
            intake.take(address)
