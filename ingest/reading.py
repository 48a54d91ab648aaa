"""A file → the meeting in it: read, clean, mask, parse. No archive and no model are needed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from ingest import minutes, normalise, privacy, readers
from ingest.errors import NotMinutes
from ingest.model import Document, Minutes


def parse(path: Path, municipality: str | None = None) -> tuple[Document, Minutes]:
    """The document in `path` and the minutes in it. `municipality` overrides the name found in the text.

    The document's pages are raw: they may hold what the archive must not. Raises `SourceError` or `NotMinutes`, with
    the file's name in the message.
    """
    document = readers.read(path)
    clean = normalise.clean(document)
    try:
        return document, minutes.parse(replace(clean, text=privacy.mask_cpr(clean.text)), municipality=municipality)
    except NotMinutes as fault:
        raise NotMinutes(f"{path}: {fault}") from fault
