"""What a person may ask to have done to an archive, as work for the queue: load, try again, sync, remove."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ingest import uploads
from ingest.archive import Archive
from ingest.errors import ArchiveMissing, EncoderUnavailable
from ingest.files import file_of
from ingest.holdings import DocumentRecord, DocumentState
from ingest.jobs import Cancelled, Control, Outcome, Work
from ingest.pipeline import Intake, Report
from ingest.pipeline import remove as remove_from
from ingest.precedence import parts_of, unsettled

if TYPE_CHECKING:
    from ingest.encoders import Encoder
    from ingest.holdings import EncoderIdentity
    from ingest.patience import Manners
    from ingest.site_sync import Scope


@dataclass(frozen=True, slots=True)
class Removal:
    """What goes when a source or a meeting is removed. `meetings` are the keys of meetings that are in the archive now
    and will not be; `items` is how many agenda items they have, `versions` how many earlier versions. `kept` are files
    that were handed in, and are deleted too; `comes_back` are sources that stood behind and stand again."""

    name: str
    sources: tuple[str, ...]
    meetings: tuple[str, ...]
    items: int
    versions: int
    kept: tuple[str, ...]
    comes_back: tuple[str, ...]


def load(path: Path, sources: Sequence[str], *, municipality: str | None = None, create: bool = True) -> Work:
    """Read sources into the archive at `path`, which is made where there is none."""

    def work(control: Control) -> Outcome:
        with Archive.open(path, create=create) as archive:
            intake = Intake(archive, _encoder(archive.encoder()), municipality)
            try:
                for done, source in enumerate(sources):
                    control.tell(done, len(sources))
                    intake.take(source)
                control.tell(len(sources), len(sources))
            except Cancelled:
                intake.finish()
                raise
            return _outcome(intake.finish())

    return work


def retry(path: Path, sources: Sequence[str]) -> Work:
    """Read sources that failed once more."""
    return load(path, sources, create=False)


def sync(path: Path, address: str, scope: Scope, manners: Manners) -> Work:
    """Fetch what a publication site has published anew, and read it into the archive at `path`."""

    def work(control: Control) -> Outcome:
        from ingest import site_sync
        from ingest.patience import Timing
        from ingest.publication import Publication
        from ingest.sync_run import Advance
        from ingest.web import Answer, Web

        with Web(manners, Timing(sleep=control.sleep)) as web:

            def fetch(place: str) -> Answer:
                control.check()
                return web.fetch(place)

            def progress(advance: Advance) -> None:
                control.tell(advance.done, advance.done + advance.left)

            publication = Publication(address, fetch)
            listing = publication.listing()  # first: a mistyped address leaves no empty archive behind
            with Archive.open(path, create=True) as archive:
                encoder = _encoder(archive.encoder())
                done = site_sync.bring(archive, publication, listing, encoder, scope, progress=progress)
        return Outcome(loaded=done.site.taken, failed=done.site.failed, left=done.site.left)

    return work


def remove(path: Path, name: str) -> Work:
    """Take a source, or a meeting by its key, out of the archive at `path`. A file that was handed in is deleted too;
    a source that stood behind comes back."""

    def work(control: Control) -> Outcome:
        control.check()
        with Archive.open(path) as archive:
            going = preview(archive, name)
            encoder = archive.encoder()  # asked before the last of its vectors may go
            gone = remove_from(archive, name)
            for source in going.kept if going else ():
                uploads.discard(path, source)
            if next(unsettled(archive), None) is None:
                return Outcome(removed=gone)
            run = Intake(archive, _encoder(encoder)).finish()
        return Outcome(loaded=(*run.added, *run.updated), removed=gone, failed=run.failed)

    return work


def preview(archive: Archive, name: str) -> Removal | None:
    """What goes when `name` is removed: a source, or the key of a meeting or of an earlier version. None when the
    archive has nothing by that name."""
    documents = archive.documents()
    going = {each.source: each for each in documents if name in (each.source, each.meeting)}
    going |= {each.source: each for each in parts_of(archive, name)}
    keys = [each.meeting for each in going.values() if each.meeting and _holds(each)]
    meeting = archive.meeting(name)
    if meeting is not None and meeting.replaced_by is not None:  # one earlier version
        return Removal(name, (), (), len(archive.items_of(name)), 1, (), ())
    if not going:
        return None
    # A file that holds other meetings, too, stays.
    files = {file_of(source) for source in going}
    staying = {file_of(each.source) for each in documents if each.source not in going and each.source not in files}
    behind = (each for each in documents if each.meeting in keys and each.source not in going)
    return Removal(
        name=name,
        sources=tuple(going),
        meetings=tuple(dict.fromkeys(keys)),
        items=sum(len(archive.items_of(key)) for key in dict.fromkeys(keys)),
        versions=sum(len(archive.versions(key)) for key in dict.fromkeys(keys)),
        kept=tuple(file for file in files - staying if uploads.kept_file(archive.path, file)),
        comes_back=tuple(each.source for each in behind),
    )


def preview_at(path: Path, name: str) -> Removal | None:
    """`preview` in the archive at `path`; None where there is no archive."""
    try:
        with Archive.open(path) as archive:
            return preview(archive, name)
    except ArchiveMissing:
        return None


def _holds(record: DocumentRecord) -> bool:
    """True when the meeting named in the record came from it: also one that an earlier reading left."""
    return record.state in (DocumentState.LOADED, DocumentState.FAILED)


def _outcome(run: Report) -> Outcome:
    return Outcome(loaded=(*run.added, *run.updated), unchanged=run.unchanged, failed=run.failed)


def _encoder(recorded: EncoderIdentity | None) -> Encoder | None:
    """The model that made the archive's vectors, else the bundled one; None when it cannot be had here: documents are
    then found by their words, and the next run adds what is missing."""
    from ingest.encoders import load as load_encoder

    try:
        return load_encoder(recorded.name if recorded else None, may_download=False)
    except EncoderUnavailable:
        return None
