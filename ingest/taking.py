"""Bring an archive up to date with one source: skip it, or read, embed and put the meetings in it.

A source is the name of a file, an address that a sync fetched, or one meeting out of a file that holds several.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.archive import Archive
from ingest.errors import ArchiveError, MinutesError
from ingest.files import file_of, is_address, locate, raw_store
from ingest.holdings import DocumentState
from ingest.model import Document, Minutes
from ingest.precedence import is_settled, parts_of, placed, stands_behind

if TYPE_CHECKING:
    from ingest.encoders import Encoder


_WITH_PARTS = (DocumentState.DIVIDED, DocumentState.FAILED)  # files that may hold, or have held, several meetings


class Change(StrEnum):
    """What a source did to the archive."""

    ADDED = "added"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Step:
    """What became of one source in a run. `notes` tell what could not be read of one that was: scanned pages,
    attachments."""

    source: str
    change: Change
    reason: str = ""
    notes: tuple[str, ...] = ()


class Taker:
    """Takes sources into an archive. Without an `encoder` passages go in without vectors; with `ocr`, letters are
    looked for on scanned pages."""

    def __init__(self, archive: Archive, encoder: Encoder | None, *, ocr: bool) -> None:
        self._archive, self._encoder, self._ocr = archive, encoder, ocr

    def take(self, source: str, municipality: str | None) -> Step:
        """Bring the archive up to date with one source. The border at which faults of a file become a reason."""
        from ingest.passages import PARSER
        from ingest.privacy import mask_cpr

        if not _is_unicode(source):
            return Step(_printable(source), Change.FAILED, "the file's name is not valid Unicode; rename it")
        if (masked := mask_cpr(source)) != source:
            reason = f"{masked}: the file's name holds a civil registration number; rename it"
            return Step(masked, Change.FAILED, reason)
        file = locate(source, self._archive.path)
        if not file.is_file():
            return Step(source, Change.FAILED, f"{source}: there is no such file or folder")
        known = self._archive.document(source)
        told = municipality or (known.municipality if known else None)
        content = ""
        try:
            content = self._digest(source, file)
            if self._is_in(source, content, told):
                return Step(source, Change.UNCHANGED)
            return self._load(source, content, told)
        except ArchiveError:
            raise  # every other file would meet the same
        except MinutesError as fault:
            reason = str(fault)
        # Files come from anywhere, and libraries raise anything at them; one bad file must not stop the others.
        except Exception as fault:
            reason = f"{source}: {type(fault).__name__}: {fault}"
        reason = mask_cpr(_printable(reason))  # a library may quote in its message what it choked on
        self._archive.record_failure(source, content, parser=PARSER, reason=reason, municipality=told)
        return Step(source, Change.FAILED, reason)

    def _digest(self, source: str, file: Path) -> str:
        from ingest import attachment_texts
        from ingest.readers import digest

        return attachment_texts.digest(raw_store(self._archive.path), source) if is_address(source) else digest(file)

    def _load(self, source: str, digest: str, municipality: str | None) -> Step:
        """Read one source and put the meetings in it into the archive, or behind better sources of the same meetings.
        `digest` is what its content is remembered by."""
        from ingest.passages import PARSER
        from ingest.reading import parse

        if is_address(source):
            return self._load_fetched(source, digest, municipality)
        known, file = self._archive.document(source), locate(source, self._archive.path)
        document, found = parse(file, municipality, ocr=self._ocr)
        document = replace(document, source=source, digest=digest)
        parts = _parts(source, found)
        if source in parts:
            return self._put(document, parts[source], municipality)
        if source != file_of(source):  # the file has changed, and holds this meeting no more
            self._archive.remove(source)
            return Step(source, Change.UPDATED)
        change = Change.UPDATED if known and (known.meeting or known.state is DocumentState.DIVIDED) else Change.ADDED
        if len(found) == 1:
            for gone in parts_of(self._archive, source) if known and known.state in _WITH_PARTS else ():
                self._archive.remove(gone.source)
            step = self._put(document, found[0], municipality)
            became = change if step.change is Change.ADDED else step.change
            return replace(step, change=became, notes=_scanned(document, file))
        for part, minutes in parts.items():
            if not self._is_in(part, digest, municipality):
                self._put(replace(document, source=part), minutes, municipality)
        self._archive.record_divided(document, parser=PARSER, parts=parts, municipality=municipality)
        return Step(source, change)

    def _is_in(self, source: str, digest: str, municipality: str | None) -> bool:
        """True when what a source holds now is in the archive as today's rules read it."""
        from ingest.passages import PARSER

        known = self._archive.document(source)
        is_seen = known and (known.digest, known.parser, known.municipality) == (digest, PARSER, municipality)
        return known is not None and bool(is_seen) and is_settled(self._archive, known)

    def _load_fetched(self, source: str, digest: str, municipality: str | None) -> Step:
        from ingest import attachment_texts
        from ingest.publication import site_of
        from ingest.reading import parse

        document, (minutes,) = parse(locate(source, self._archive.path), municipality, site=site_of(source))
        document = replace(document, source=source, digest=digest)
        files = attachment_texts.fetched(raw_store(self._archive.path), source)
        minutes, notes = attachment_texts.extended(minutes, files)
        return replace(self._put(document, minutes, municipality), notes=notes)

    def _put(self, document: Document, minutes: Minutes, municipality: str | None) -> Step:
        from ingest.passages import PARSER, embeddable, split, terms

        known = self._archive.document(document.source)
        minutes = placed(self._archive, document, minutes)
        if stands_behind(self._archive, document, minutes):
            self._archive.record_superseded(document, minutes, parser=PARSER, municipality=municipality)
            was_loaded = known is not None and known.state is DocumentState.LOADED
            return Step(document.source, Change.UPDATED if was_loaded else Change.UNCHANGED)
        pairs = [(item, passage) for item in minutes.items for passage in split(item)]
        texts = [embeddable(item, passage) for item, passage in pairs] if self._encoder else []
        self._archive.put(
            document,
            minutes,
            parser=PARSER,
            passages=[passage for _, passage in pairs],
            terms=[terms(item, passage) for item, passage in pairs],
            vectors=self._encoder.passages(texts) if self._encoder else None,
            encoder=self._encoder.identity if self._encoder else None,
            municipality=municipality,
        )
        return Step(document.source, Change.UPDATED if known and known.meeting else Change.ADDED)


def _parts(source: str, found: tuple[Minutes, ...]) -> dict[str, Minutes]:
    """The meetings of a file by the source each has as a document of its own: the file's name and the meeting's key."""
    parts: dict[str, Minutes] = {}
    for minutes in found:
        name = f"{file_of(source)}#{minutes.meeting.key}"
        others = (
            f"{name}.{minutes.meeting.kind}{again}" for again in ("", *(f"-{n}" for n in range(2, len(found) + 1)))
        )
        parts[next(each for each in (name, *others) if each not in parts)] = minutes
    return parts


def _scanned(document: Document, file: Path) -> tuple[str, ...]:
    """What to say of the pages without text in a file that has text on others."""
    from ingest.readers import scanned_pages

    if not document.is_paged or all(page.strip() for page in document.pages):
        return ()
    pages = ", ".join(map(str, scanned_pages(file)))
    return (f"{document.source}: no text on page {pages}, which is scanned; `add --ocr` reads it",) if pages else ()


def _is_unicode(name: str) -> bool:
    return name == _printable(name)


def _printable(text: str) -> str:
    """The text with what cannot be written as UTF-8 (a file name in another encoding) spelled out."""
    return text.encode("utf-8", "backslashreplace").decode()
