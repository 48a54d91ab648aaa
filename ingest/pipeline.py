"""Bring an archive up to date with files, one document at a time: skip, read, embed, put.

Reading and embedding happen outside the archive's transaction, writing inside, one transaction per document. So a run
that is killed at any moment leaves an archive as after some whole documents, and the next run does the rest.
"""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.archive import Archive
from ingest.errors import ArchiveError, MinutesError
from ingest.files import expand, is_address, locate, named, raw_store
from ingest.linking import link
from ingest.model import Document, DocumentState, Minutes
from ingest.precedence import is_settled, parts_of, placed, stands_behind, unsettled

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


class _Change(StrEnum):
    ADDED = "added"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class _Step:
    """What became of one source in this run."""

    source: str
    change: _Change
    reason: str = ""
    notes: tuple[str, ...] = ()


def ingest(
    archive: Archive,
    paths: Iterable[Path | str],
    *,
    encoder: Encoder | None,
    municipality: str | None = None,
    progress: Progress | None = None,
) -> Report:
    """Read the files and folders at `paths` into the archive, as far as they are not in it.

    Of two sources of one meeting the better one is kept: a referat before a dagsorden, then one with pages before one
    without, then the one added later. The other is remembered, and read again when the better one is gone. Without an
    `encoder` passages go in without vectors; the next run with one makes all that are missing. `municipality` is for
    minutes that do not name theirs. `progress` is called with files done, files in all, and the source at hand.

    A file that cannot be read is reported, and tried again next time. Raises `ArchiveError`: before anything is read,
    `WrongEncoder` if the archive's vectors were made by another model.
    """
    intake = Intake(archive, encoder, municipality)
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

    def __init__(self, archive: Archive, encoder: Encoder | None, municipality: str | None = None) -> None:
        if encoder is not None:
            archive.require_encoder(encoder.identity)
        self._archive, self._encoder, self._municipality = archive, encoder, municipality
        self._steps: dict[str, _Step] = {}

    def take(self, source: str) -> str | None:
        """Bring the archive up to date with one source: a file's name, or an address that was fetched. Returns why it
        failed; None when it went well, or there was nothing to do."""
        step = self._steps[source] = _take(self._archive, source, self._encoder, self._municipality)
        return step.reason if step.change is _Change.FAILED else None

    def finish(self, tell: Callable[[str], None] = lambda source: None) -> Report:
        """Read again what now stands first for its meeting, link what refers to what, make missing vectors, and wipe
        replaced words out of the file."""
        for source in unsettled(self._archive):
            tell(source)
            self._steps[source] = _take(self._archive, source, self._encoder, None)
        link(self._archive)
        if self._encoder is not None:
            _add_missing_vectors(self._archive, self._encoder)
        if any(step.change in (_Change.ADDED, _Change.UPDATED) for step in self._steps.values()):
            self._archive.compact()
        return _report(self._archive, self._steps.values())


def remove(archive: Archive, name: str) -> tuple[str, ...]:
    """Take a file or a meeting out of the archive, by its source (however spelled) or key; the file itself stays.

    Returns the sources removed; empty when the archive has nothing by that name. A source that stood behind a removed
    one is `unsettled` until the next run of `ingest`, with paths or without.
    """
    source = _spellings(archive).get(_place(name), name)
    parts = [each.source for each in parts_of(archive, source)]
    return tuple(gone for each in (source, *parts) for gone in archive.remove(each))


def _sources(archive: Archive, paths: Iterable[Path | str]) -> list[str]:
    """The files to read, each under the name the archive knows it by, else as it was given."""
    known, given = _spellings(archive), [str(path) for path in paths]
    files = expand(Path(path) for path in given if not is_address(path))
    addresses = [path for path in given if is_address(path)]
    return [*(known.get(_place(file), named(file, archive.path)) for file in files), *addresses]


def _spellings(archive: Archive) -> dict[str, str]:
    whole = (each.source for each in archive.documents() if "#" not in each.source and not is_address(each.source))
    return {_place(locate(source, archive.path)): source for source in whole}


def _place(name: str | Path) -> str:
    """Where a path leads, however it is spelled; letters with marks are one or two characters, by system."""
    return unicodedata.normalize("NFC", os.path.abspath(name))


def _take(archive: Archive, source: str, encoder: Encoder | None, municipality: str | None) -> _Step:
    """Bring the archive up to date with one file. The border at which faults of a file become a line in the report."""
    from ingest import attachments
    from ingest.passages import PARSER
    from ingest.privacy import mask_cpr
    from ingest.readers import digest

    if not _is_unicode(source):
        return _Step(_printable(source), _Change.FAILED, "the file's name is not valid Unicode; rename it")
    file = locate(source, archive.path)
    if not file.is_file():
        return _Step(source, _Change.FAILED, f"{source}: there is no such file or folder")
    if (masked := mask_cpr(source)) != source:
        return _Step(masked, _Change.FAILED, f"{masked}: the file's name holds a civil registration number; rename it")
    known = archive.document(source)
    told = municipality or (known.municipality if known else None)
    content = ""
    try:
        content = attachments.digest(raw_store(archive.path), source) if is_address(source) else digest(file)
        is_seen = known and (known.digest, known.parser, known.municipality) == (content, PARSER, told)
        if known and is_seen and is_settled(archive, known):
            return _Step(source, _Change.UNCHANGED)
        return _load(archive, source, content, encoder, told)
    except ArchiveError:
        raise  # every other file would meet the same
    except MinutesError as fault:
        reason = str(fault)
    # Files come from anywhere, and libraries raise anything at them; one bad file must not stop the others.
    except Exception as fault:
        reason = f"{source}: {type(fault).__name__}: {fault}"
    reason = mask_cpr(_printable(reason))  # a library may quote in its message what it choked on
    archive.record_failure(source, content, parser=PARSER, reason=reason, municipality=told)
    return _Step(source, _Change.FAILED, reason)


def _load(archive: Archive, source: str, content: str, encoder: Encoder | None, municipality: str | None) -> _Step:
    """Read one file and put the meetings in it into the archive, or behind better sources of the same meetings.
    `content` is the digest it is remembered by."""
    from ingest import attachments
    from ingest.passages import PARSER
    from ingest.reading import parse

    known = archive.document(source)
    document, found = parse(locate(source, archive.path), municipality)
    document = replace(document, source=source, digest=content)
    if is_address(source):
        (minutes,) = found
        minutes, notes = attachments.extended(minutes, attachments.fetched(raw_store(archive.path), source))
        return replace(_load_one(archive, document, minutes, encoder, municipality), notes=notes)
    parts = _parts(source, found)
    if source in parts:  # one meeting out of a file that holds several
        return _load_one(archive, document, parts[source], encoder, municipality)
    if len(found) == 1:
        return _load_one(archive, document, found[0], encoder, municipality)
    for part, minutes in parts.items():
        _load_one(archive, replace(document, source=part), minutes, encoder, municipality)
    archive.record_divided(document, parser=PARSER, parts=parts, municipality=municipality)
    return _Step(source, _Change.UPDATED if known and known.state is DocumentState.DIVIDED else _Change.ADDED)


def _parts(source: str, found: tuple[Minutes, ...]) -> dict[str, Minutes]:
    """The meetings of a file by the source each has as a document of its own: the file's name and the meeting's key."""
    file = source.partition("#")[0]
    parts: dict[str, Minutes] = {}
    for minutes in found:
        name = f"{file}#{minutes.meeting.key}"
        parts[f"{name}.{minutes.meeting.kind}" if name in parts else name] = minutes
    return parts


def _load_one(
    archive: Archive, document: Document, minutes: Minutes, encoder: Encoder | None, municipality: str | None
) -> _Step:
    from ingest.passages import PARSER

    known = archive.document(document.source)
    minutes = placed(archive, document, minutes)
    if stands_behind(archive, document, minutes):
        archive.record_superseded(document, minutes, parser=PARSER, municipality=municipality)
        was_loaded = known is not None and known.state is DocumentState.LOADED
        return _Step(document.source, _Change.UPDATED if was_loaded else _Change.UNCHANGED)
    _put(archive, document, minutes, encoder, municipality)
    return _Step(document.source, _Change.UPDATED if known and known.meeting else _Change.ADDED)


def _put(
    archive: Archive, document: Document, minutes: Minutes, encoder: Encoder | None, municipality: str | None
) -> None:
    from ingest.passages import PARSER, embeddable, split, terms

    pairs = [(item, passage) for item in minutes.items for passage in split(item)]
    archive.put(
        document,
        minutes,
        parser=PARSER,
        passages=[passage for _, passage in pairs],
        terms=[terms(item, passage) for item, passage in pairs],
        vectors=encoder.passages([embeddable(item, passage) for item, passage in pairs]) if encoder else None,
        encoder=encoder.identity if encoder else None,
        municipality=municipality,
    )


def _add_missing_vectors(archive: Archive, encoder: Encoder) -> None:
    from ingest.passages import embeddable

    missing = archive.passages_without_vectors()
    for start in range(0, len(missing), BATCH):
        batch = missing[start : start + BATCH]
        items = {entry.item.key: entry.item for entry in archive.entries(passage.item for _, passage in batch)}
        rows = [(row_id, items[passage.item], passage) for row_id, passage in batch if passage.item in items]
        vectors = encoder.passages([embeddable(item, passage) for _, item, passage in rows])
        archive.add_vectors([row_id for row_id, _, _ in rows], vectors, encoder.identity)


def _report(archive: Archive, steps: Iterable[_Step]) -> Report:
    by_change: dict[_Change, list[_Step]] = {change: [] for change in _Change}
    for step in steps:
        by_change[step.change].append(step)
    added, updated, unchanged = (
        tuple(step.source for step in by_change[change])
        for change in (_Change.ADDED, _Change.UPDATED, _Change.UNCHANGED)
    )
    counts = archive.counts()
    failed = tuple((step.source, step.reason) for step in by_change[_Change.FAILED])
    notes = tuple(note for each in by_change.values() for step in each for note in step.notes)
    return Report(added, updated, unchanged, failed, counts.meetings, counts.items, counts.passages, notes)


def _tell(progress: Progress | None, done: int, total: int, source: str) -> None:
    if progress is not None:
        progress(done, total, source)


def _is_unicode(name: str) -> bool:
    return name == _printable(name)


def _printable(text: str) -> str:
    """The text with what cannot be written as UTF-8 (a file name in another encoding) spelled out."""
    return text.encode("utf-8", "backslashreplace").decode()
