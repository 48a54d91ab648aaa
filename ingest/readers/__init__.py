"""A file → `Document`. The format is recognised by content, never by the file's name."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from ingest.errors import NotMinutes, Unreadable, Unsupported
from ingest.model import Document
from ingest.outline import Outline, StructuredDocument
from ingest.readers import docx, firstagenda_json, firstagenda_page, html, pdf, sager_json, sbsys, text
from ingest.readers.ocr import searchable


@dataclass(frozen=True, slots=True)
class Format:
    """A format, and how it is read: into the text of its pages, or into the outlines of the meetings it tells apart."""

    recognises: Callable[[bytes], bool]
    media_type: str
    pages: Callable[[bytes], tuple[str, ...]] | None = None
    outlines: Callable[[bytes], tuple[Outline, ...]] | None = None
    is_paged: bool = False


# First match wins: what has marks of its own stands above what is only known by how it begins; text is what is left.
FORMATS = (
    Format(pdf.recognises, "application/pdf", pages=pdf.pages, is_paged=True),
    Format(
        docx.recognises,
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        pages=docx.pages,
    ),
    Format(sager_json.recognises, "application/json", outlines=sager_json.outlines),
    Format(firstagenda_json.recognises, "application/json", outlines=firstagenda_json.outlines),
    Format(sbsys.recognises, "application/xml", outlines=sbsys.outlines),
    Format(firstagenda_page.recognises, "text/html", outlines=firstagenda_page.outlines),
    Format(html.recognises, "text/html", pages=html.pages),
    Format(text.recognises, "text/plain", pages=text.pages),
)


def digest(path: Path) -> str:
    """SHA-256 of the file's bytes, in hex. Raises `Unreadable` when the file cannot be opened."""
    return hashlib.sha256(_bytes(path)).hexdigest()


def read(path: Path, *, ocr: bool = False) -> Document:
    """The document in the file at `path`; see `interpret`. With `ocr`, letters are looked for on the scanned pages of a
    PDF. Raises `Unreadable` also when the file cannot be opened."""
    content = _bytes(path)
    if not (ocr and pdf.recognises(content) and pdf.takes_ocr(content)):
        return interpret(content, str(path))
    try:
        seen = searchable(content)
    except Unreadable as fault:
        raise Unreadable(f"{path}: {fault}") from fault
    return replace(interpret(seen, str(path)), digest=hashlib.sha256(content).hexdigest())


def scanned_pages(path: Path) -> tuple[int, ...]:
    """The numbers, from 1, of the pages of a PDF that show a picture and have no text. Raises `Unreadable`."""
    content = _bytes(path)
    return pdf.textless_pages(content) if pdf.recognises(content) else ()


def interpret(content: bytes, source: str) -> Document:
    """The document in `content`, which came from `source`.

    Raises `Unreadable` (empty, damaged, encrypted, or images without text), `NotMinutes` (a format that can hold
    minutes, but without any) or `Unsupported` (no reader knows the content); the message names the source and says what
    to do.
    """
    if not content.strip():
        raise Unreadable(f"{source}: the file is empty")
    found = next((each for each in FORMATS if each.recognises(content)), None)
    if found is None:
        raise Unsupported(f"{source}: none of the formats that are read; save or print it as PDF first")
    named = (source, hashlib.sha256(content).hexdigest(), found.media_type)
    try:
        if found.outlines is not None:
            return StructuredDocument(*named, pages=(), is_paged=False, outlines=_held(found.outlines(content)))
        return Document(*named, pages=found.pages(content) if found.pages else (), is_paged=found.is_paged)
    except (Unreadable, NotMinutes) as fault:
        raise type(fault)(f"{source}: {fault}") from fault


def _held(outlines: tuple[Outline, ...]) -> tuple[Outline, ...]:
    """The meetings that have items; an export may hold agendas nothing was put on yet, too."""
    return tuple(outline for outline in outlines if outline.items) or outlines


def _bytes(path: Path) -> bytes:
    try:
        if path.exists() and not path.is_file() and not path.is_dir():  # a device or pipe may never end
            raise Unreadable(f"{path}: a device or pipe, not a file; save what it gives to a file first")
        return path.read_bytes()
    except OSError as fault:
        raise Unreadable(f"{path}: cannot be opened ({fault.strerror or fault})") from fault
