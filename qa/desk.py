"""An editor's wish → a job in the queue. Whether the visitor may is checked here, whatever buttons were shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ingest import tasks, uploads
from ingest.archive import Archive
from ingest.errors import ArchiveMissing, SyncFailed
from ingest.holdings import DocumentState
from ingest.jobs import Job, JobKind, Queue
from ingest.patience import Manners
from ingest.publication import Publication
from ingest.site_sync import Scope
from ingest.tasks import Removal
from ingest.uploads import Kept, Refused
from ingest.web import Answer
from qa.access import NotAllowed, Role
from qa.settings import Settings

MOST_FILES = 100  # handed in at once


@dataclass(frozen=True, slots=True)
class HandedIn:
    """A file as it was handed in: what it was called there, and what is in it."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of files that were handed in: `kept` ones are read by `job` (None when there are none)."""

    kept: tuple[Kept, ...]
    refused: tuple[Refused, ...]
    job: int | None


class Desk:
    """Where editors hand in. Every method raises `NotAllowed` for who is none, and `QueueFull` when too much waits."""

    def __init__(self, queue: Queue, archive: Path, role: Role, settings: Settings) -> None:
        self._queue, self._archive, self._role, self._settings = queue, archive, role, settings

    @property
    def is_open(self) -> bool:
        """True for an editor."""
        return self._role is Role.EDITOR

    def jobs(self) -> tuple[Job, ...]:
        """The jobs, newest first."""
        self._require_editor()
        return self._queue.jobs()

    def upload(self, files: Sequence[HandedIn], municipality: str = "") -> Receipt:
        """Keep the files and have them read. A bad one is refused with a reason, and the rest goes on."""
        self._require_editor()
        limit = self._settings.upload_limit
        taken = [uploads.keep(self._archive, file.name, file.content, limit=limit) for file in files[:MOST_FILES]]
        kept = tuple(each for each in taken if isinstance(each, Kept))
        sources = list(dict.fromkeys(each.source for each in kept))
        job = None
        if sources:
            work = tasks.load(self._archive, sources, municipality=municipality.strip() or None)
            job = self._queue.submit(JobKind.UPLOAD, ", ".join(dict.fromkeys(each.name for each in kept)), work)
        return Receipt(kept, tuple(each for each in taken if isinstance(each, Refused)), job)

    def retry(self, source: str | None = None) -> int | None:
        """Read again what failed: one source, or all of them. None when there is nothing that failed."""
        self._require_editor()
        failed = self._failed()
        chosen = [each for each in failed if source in (None, each)]
        if not chosen:
            return None
        return self._queue.submit(JobKind.RETRY, ", ".join(chosen), tasks.retry(self._archive, chosen))

    def sync(
        self, address: str, *, since: date | None = None, attachments: bool = False, municipality: str = ""
    ) -> int:
        """Bring the archive up to date with a publication site. Raises `SyncFailed` when it is no web address."""
        self._require_editor()
        site = Publication(address.strip(), _no_fetch).base
        scope = Scope(since, (), attachments, municipality.strip() or None)
        work = tasks.sync(self._archive, site, scope, Manners(contact=self._settings.contact))
        return self._queue.submit(JobKind.SYNC, site, work)

    def removal(self, name: str) -> Removal | None:
        """What would go; None when there is nothing by that name."""
        self._require_editor()
        return tasks.preview_at(self._archive, name)

    def remove(self, name: str) -> int:
        """Take a source, a meeting or an earlier version out."""
        self._require_editor()
        return self._queue.submit(JobKind.REMOVE, name, tasks.remove(self._archive, name))

    def cancel(self, job: int) -> None:
        """Stop a job."""
        self._require_editor()
        self._queue.cancel(job)

    def dismiss(self, job: int) -> None:
        """Forget a job that is over."""
        self._require_editor()
        self._queue.dismiss(job)

    def _failed(self) -> list[str]:
        try:
            with Archive.open(self._archive) as archive:
                return [each.source for each in archive.documents() if each.state is DocumentState.FAILED]
        except ArchiveMissing:
            return []

    def _require_editor(self) -> None:
        if self._role is not Role.EDITOR:
            raise NotAllowed("only an editor may do this")


def _no_fetch(address: str) -> Answer:
    raise SyncFailed(f"{address}: not asked here")
