"""A file → the meetings in it: read, clean, mask, parse. No archive and no model are needed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from ingest import minutes, normalise, privacy, readers
from ingest.errors import NotMinutes
from ingest.model import Document, Minutes
from ingest.outline import StructuredDocument


def parse(path: Path, municipality: str | None = None) -> tuple[Document, tuple[Minutes, ...]]:
    """The document in `path` and the meetings in it, nearly always one. `municipality` overrides the name found in the
    text.

    The document's pages and outlines are raw: they may hold what the archive must not. Raises `SourceError` or
    `NotMinutes`, with the file's name in the message.
    """
    document = readers.read(path)
    try:
        return document, _meetings(document, municipality)
    except NotMinutes as fault:
        raise NotMinutes(f"{path}: {fault}") from fault


def _meetings(document: Document, municipality: str | None) -> tuple[Minutes, ...]:
    if isinstance(document, StructuredDocument):
        return tuple(minutes.compose(outline, municipality=municipality) for outline in document.outlines)
    clean = normalise.clean(document)
    return (minutes.parse(replace(clean, text=privacy.mask_cpr(clean.text)), municipality=municipality),)
