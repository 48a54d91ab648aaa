"""A file → `Document`. The format is recognised by content, never by the file's name."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

from ingest.errors import Unreadable, Unsupported
from ingest.model import Document
from ingest.readers import pdf, text

# (looks like it, media type, text of each page, has pages). First match wins: text is what is left.
READERS: tuple[tuple[Callable[[bytes], bool], str, Callable[[bytes], tuple[str, ...]], bool], ...] = (
    (pdf.recognises, "application/pdf", pdf.pages, True),
    (text.recognises, "text/plain", text.pages, False),
)


def digest(path: Path) -> str:
    """SHA-256 of the file's bytes, in hex. Raises `Unreadable` when the file cannot be opened."""
    return hashlib.sha256(_bytes(path)).hexdigest()


def read(path: Path) -> Document:
    """The document in the file at `path`.

    Raises `Unreadable` (missing, empty, damaged, encrypted, or images without text) or `Unsupported` (no reader knows
    the content); the message names the file and says what to do.
    """
    content = _bytes(path)
    if not content.strip():
        raise Unreadable(f"{path}: the file is empty")
    for recognises, media_type, pages, is_paged in READERS:
        if recognises(content):
            try:
                read_pages = pages(content)
            except Unreadable as fault:
                raise Unreadable(f"{path}: {fault}") from fault
            return Document(str(path), hashlib.sha256(content).hexdigest(), media_type, read_pages, is_paged)
    raise Unsupported(f"{path}: not a PDF and not plain text; save or print it as PDF first")


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as fault:
        raise Unreadable(f"{path}: cannot be opened ({fault.strerror or fault})") from fault
