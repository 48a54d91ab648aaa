"""Bring an archive up to date with files, one document at a time: skip, read, embed, put.

Reading and embedding happen outside the archive's transaction, writing inside, one transaction per document. So a run
that is killed at any moment leaves an archive as after some whole documents, and the next run does the rest.
"""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.archive import Archive
from ingest.files import expand, file_of, is_address, locate, named
from ingest.linking import link
from ingest.precedence import parts_of, unsettled
from ingest.taking import Change, Step, Taker

if TYPE_CHECKING:
    from ingest.encoders import Encoder

BATCH = 256  # passages embedded and written at a time where only their vectors are missing

Progress = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class Report:
    """What a run did, by source. `added` are sources new to the archive, `updated` those read anew, `unchanged` those
    there was nothing to do for, also because a better source of the same meeting stands before them. `failed` has a
    reason for each; `notes` tell of attachments that could not be read, beside minutes that were. The figures are
    those of the whole archive after the run."""

    added: tuple[str, ...]
    updated: tuple[str, ...]
    unchanged: tuple[str, ...]
    failed: tuple[tuple[str, str], ...]
    meetings: int
    items: int
    passages: int
    notes: tuple[str, ...] = ()


def ingest(
    archive: Archive,
    paths: Iterable[Path | str],
    *,
    encoder: Encoder | None,
    municipality: str | None = None,
    ocr: bool = False,
    progress: Progress | None = None,
) -> Report:
    """Read the files and folders at `paths` into the archive, as far as they are not in it.

    Of two sources of one meeting the better one is kept: a referat before a dagsorden, then one with pages before one
    without, then the one added later. The other is remembered, and read again when the better one is gone. Without an
    `encoder` passages go in without vectors; the next run with one makes all that are missing. `municipality` is for
    minutes that do not name theirs; with `ocr`, letters are looked for on scanned pages. `progress` is called with
    files done, files in all, and the source at hand.

    A file that cannot be read is reported, and tried again next time. Raises `ArchiveError`: before anything is read,
    `WrongEncoder` if the archive's vectors were made by another model.
    """
    intake = Intake(archive, encoder, municipality, ocr=ocr)
    sources = _sources(archive, paths)
    for done, source in enumerate(sources):
        _tell(progress, done, len(sources), source)
        intake.take(source)
    report = intake.finish(lambda source: _tell(progress, len(sources), len(sources), source))
    _tell(progress, len(sources), len(sources), "")
    return report


class Intake:
    """A run that brings an archive up to date, source by source; `finish` ends it. Raises `ArchiveError`: at once,
    `WrongEncoder` if the archive's vectors were made by another model."""

    def __init__(
        self, archive: Archive, encoder: Encoder | None, municipality: str | None = None, *, ocr: bool = False
    ) -> None:
        if encoder is not None:
            archive.require_encoder(encoder.identity)
        self._archive, self._encoder, self._municipality = archive, encoder, municipality
        self._taker = Taker(archive, encoder, ocr=ocr)
        self._steps: dict[str, Step] = {}

    def take(self, source: str) -> str | None:
        """Bring the archive up to date with one source: a file's name, or an address that was fetched. Returns why it
        failed; None when it went well, or there was nothing to do."""
        step = self._steps[source] = self._taker.take(source, self._municipality)
        return step.reason if step.change is Change.FAILED else None

    def finish(self, tell: Callable[[str], None] = lambda source: None) -> Report:
        """Read again what now stands first for its meeting, link what refers to what, make missing vectors, and wipe
        replaced words out of the file."""
        for source in unsettled(self._archive):
            tell(source)
            self._steps[source] = self._taker.take(source, None)
        link(self._archive)
        if self._encoder is not None:
            _add_missing_vectors(self._archive, self._encoder)
        self._archive.compact()
        return _report(self._archive, self._steps.values())


def remove(archive: Archive, name: str) -> tuple[str, ...]:
    """Take a file or a meeting out of the archive, by its source (however spelled) or key; the file itself stays.

    Returns the sources removed; empty when the archive has nothing by that name. A source that stood behind a removed
    one is `unsettled` until the next run of `ingest`, with paths or without.
    """
    source = _spellings(archive).get(_place(name), name)
    parts = [each.source for each in parts_of(archive, source)]
    gone = tuple(each for name in (source, *parts) for each in archive.remove(name))
    for file in {file_of(each) for each in gone} - set(gone):
        archive.remove(file)  # it is not all there any more, so the next run reads it again
    return gone


def _sources(archive: Archive, paths: Iterable[Path | str]) -> list[str]:
    """The files to read, each under the name the archive knows it by, else as it was given."""
    known, given = _spellings(archive), [str(path) for path in paths]
    files = expand(Path(path) for path in given if not is_address(path))
    addresses = [path for path in given if is_address(path)]
    return [*(known.get(_place(file), named(file, archive.path)) for file in files), *addresses]


def _spellings(archive: Archive) -> dict[str, str]:
    sources = (each.source for each in archive.documents() if not is_address(each.source))
    return {_place(locate(source, archive.path)): source for source in sources if file_of(source) == source}


def _place(name: str | Path) -> str:
    """Where a path leads, however it is spelled; letters with marks are one or two characters, by system."""
    return unicodedata.normalize("NFC", os.path.abspath(name))


def _add_missing_vectors(archive: Archive, encoder: Encoder) -> None:
    from ingest.passages import embeddable

    missing = archive.passages_without_vectors()
    for start in range(0, len(missing), BATCH):
        batch = missing[start : start + BATCH]
        items = {entry.item.key: entry.item for entry in archive.entries(passage.item for _, passage in batch)}
        rows = [(row_id, items[passage.item], passage) for row_id, passage in batch if passage.item in items]
        vectors = encoder.passages([embeddable(item, passage) for _, item, passage in rows])
        archive.add_vectors([row_id for row_id, _, _ in rows], vectors, encoder.identity)


def _report(archive: Archive, steps: Iterable[Step]) -> Report:
    by_change: dict[Change, list[Step]] = {change: [] for change in Change}
    for step in steps:
        by_change[step.change].append(step)
    added, updated, unchanged = (
        tuple(step.source for step in by_change[change]) for change in (Change.ADDED, Change.UPDATED, Change.UNCHANGED)
    )
    counts = archive.counts()
    failed = tuple((step.source, step.reason) for step in by_change[Change.FAILED])
    notes = tuple(note for each in by_change.values() for step in each for note in step.notes)
    return Report(added, updated, unchanged, failed, counts.meetings, counts.items, counts.passages, notes)


def _tell(progress: Progress | None, done: int, total: int, source: str) -> None:
    if progress is not None:
        progress(done, total, source)
