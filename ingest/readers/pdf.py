"""A PDF → the text of each page, with a blank line wherever the page shows a gap or the type changes size."""

from __future__ import annotations

import re

from ingest.errors import Unreadable
from ingest.readers import apart
from ingest.readers.layout import Page

_END = b"%%EOF"
_OBJECT = re.compile(rb"\d\s+\d+\s+obj\b")


def recognises(content: bytes) -> bool:
    """True when the PDF signature stands where readers look for it."""
    return b"%PDF-" in content[:1024]


def pages(content: bytes) -> tuple[str, ...]:
    """The text of every page. Raises `Unreadable` for damaged, encrypted and text-less files, and for those that take
    too much time or memory."""
    read = _read(content)
    if not any(page.has_text for page in read):
        raise Unreadable(
            "no page has text, so it is probably scanned; run OCR first (`add --ocr` does where ocrmypdf is installed;"
            " else `ocrmypdf IN OUT`)"
        )
    return tuple(page.text for page in read)


def textless_pages(content: bytes) -> tuple[int, ...]:
    """The numbers, from 1, of the pages that show a picture and have no text: scans that only OCR can read. Empty pages
    are not among them. Raises `Unreadable` as `pages` does, but not when no page has text."""
    return tuple(number for number, page in enumerate(_read(content), 1) if page.has_picture and not page.has_text)


def takes_ocr(content: bytes) -> bool:
    """True when OCR may find text that the pages lack: scanned ones, or all when none has any, for letters may be drawn
    as lines, too. Raises `Unreadable` as `textless_pages` does."""
    read = _read(content)
    return any(page.has_picture and not page.has_text for page in read) or not any(page.has_text for page in read)


def _read(content: bytes) -> tuple[Page, ...]:
    if _is_cut_off(content):
        raise Unreadable("the PDF is damaged: its end is missing; fetch it anew, or open it and save it anew")
    read = apart.read(content)
    if not read:
        raise Unreadable("the PDF has no pages; save it anew from where it came")
    return read


def _is_cut_off(content: bytes) -> bool:
    """True when the mark of the end is missing, or there are objects after the last one (a file set up for reading
    over the web has one near its beginning too). Readers mend such a file, and lose text without a word."""
    end = content.rfind(_END)
    return end < 0 or bool(_OBJECT.search(content, end))
