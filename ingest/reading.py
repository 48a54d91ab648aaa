"""A file → the meetings in it: read, clean, mask, parse. No archive and no model are needed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

from ingest import minutes, normalise, privacy, readers
from ingest.errors import NotMinutes
from ingest.model import Document, Minutes
from ingest.outline import StructuredDocument


def parse(
    path: Path, municipality: str | None = None, *, ocr: bool = False, site: str | None = None
) -> tuple[Document, tuple[Minutes, ...]]:
    """The document in `path` and the meetings in it, nearly always one. `municipality` overrides the name found in the
    text, `site` the publication site that links lead to. With `ocr`, letters are looked for on scanned pages.

    The document's pages and outlines are raw: they may hold what the archive must not. Raises `SourceError` or
    `NotMinutes`, with the file's name in the message.
    """
    document = readers.read(path, ocr=ocr)
    try:
        return document, tuple(_linked(each, site) for each in _meetings(document, municipality))
    except NotMinutes as fault:
        raise NotMinutes(f"{path}: {fault}") from fault


def _meetings(document: Document, municipality: str | None) -> tuple[Minutes, ...]:
    if isinstance(document, StructuredDocument):
        return tuple(minutes.compose(outline, municipality=municipality) for outline in document.outlines)
    clean = normalise.clean(document)
    return (minutes.parse(replace(clean, text=privacy.mask_cpr(clean.text)), municipality=municipality),)


def _linked(held: Minutes, site: str | None) -> Minutes:
    """The minutes with whole links, those of `site` where it is given; without the ones whose site nobody names."""
    items = tuple(replace(item, link=_whole(item.link, site)) for item in held.items)
    return Minutes(replace(held.meeting, link=_whole(held.meeting.link, site)), items)


def _whole(link: str | None, site: str | None) -> str | None:
    if link is None:
        return None
    if site is None:
        return None if link.startswith("/") else link
    parts = urlsplit(link)
    return site + parts.path + (f"?{parts.query}" if parts.query else "")
