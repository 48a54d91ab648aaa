"""A page of a PDF → a PNG of it, with the place of a quote marked.

The quote comes from clean text, where lines are joined and words put together again, so it is looked for in the page's
letters alone: without white space, hyphens and list marks, on both sides.
"""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ingest import danish
from ingest.characters import WORD_LIGATURES
from ingest.errors import Unreadable
from ingest.model import Span
from ingest.readers.pdfium import LOCK

if TYPE_CHECKING:
    from PIL.Image import Image

MOST_PIXELS = 12_000_000  # of one page; a poster is drawn smaller rather than fill the memory

_LEFT_OUT = frozenset("-‐‑‒–—•·▪●\ufffe\u00ad")  # hyphens come and go at line ends, marks before list lines
_FEWEST, _HEAD, _FOOT = 8, 400, 250  # letters: the least part to mark; the most above and below a page's own text
_FILL, _EDGE = (255, 221, 87), (181, 96, 0)

Box = tuple[int, int, int, int]  # left, top, right, bottom, in pixels


def render(path: Path, page: int, *, quote: str = "", before: str = "", scale: float = 1.6) -> bytes:
    """Page `page` (1-based) of the PDF at `path` as PNG, at `scale` pixels to the point, with `quote` marked.

    `before` is some of the text that stands before the quote; it tells alike quotes on one page apart. Of a quote that
    runs over from the page before, or on to the next, the part on this page is marked; a quote that is not on the page
    leaves it unmarked. Raises `Unreadable` when the file or the page is not there, damaged or locked.
    """
    import pypdfium2
    from pypdfium2 import PdfiumError

    if not path.is_file():
        raise Unreadable(f"{path}: the file is not there any more; its page {page} cannot be shown")
    with LOCK:
        try:
            document = pypdfium2.PdfDocument(path)
        except (PdfiumError, OSError) as fault:
            raise Unreadable(f"{path}: not a PDF that can be opened ({fault})") from fault
        try:
            image = _drawn(document, path, page, quote, before, scale)
        except (PdfiumError, ValueError, MemoryError) as fault:
            raise Unreadable(f"{path}: page {page} cannot be drawn ({fault})") from fault
        finally:
            document.close()
    file = io.BytesIO()
    image.save(file, "PNG")
    return file.getvalue()


def find(quote: str, page: str, *, before: str = "") -> Span | None:
    """Where `quote`, or the part of it that is on this page, stands among the characters of `page`; None if it is not.

    Of several places the one whose foregoing text agrees longest with `before` is meant.
    """
    letters, places = _letters(page)
    wanted = _letters(quote)[0]
    found = _whole(wanted, letters, _letters(before)[0]) or _part(wanted, letters)
    return Span(places[found.start], places[found.end - 1] + 1) if found else None


def _whole(wanted: str, letters: str, before: str) -> Span | None:
    starts = list(_occurrences(wanted, letters))
    if not starts:
        return None
    best = max(starts, key=lambda start: (_agreement(letters[:start], before), -start))
    return Span(best, best + len(wanted))


def _part(wanted: str, letters: str) -> Span | None:
    """The end of the quote at the head of the page, or its beginning at the foot: the part of it that is here."""
    for length in range(len(wanted) - 1, _FEWEST - 1, -1):
        at_head = letters.find(wanted[-length:], 0, _HEAD + length)
        if at_head >= 0:
            return Span(at_head, at_head + length)
        at_foot = letters.rfind(wanted[:length], max(0, len(letters) - _FOOT - length))
        if at_foot >= 0:
            return Span(at_foot, at_foot + length)
    return None


def _occurrences(wanted: str, letters: str) -> Iterator[int]:
    start = letters.find(wanted) if wanted else -1
    while start >= 0:
        yield start
        start = letters.find(wanted, start + 1)


def _agreement(left: str, right: str) -> int:
    """How many characters the ends of two texts have in common."""
    shorter = min(len(left), len(right))
    return next((n for n in range(shorter) if left[-1 - n] != right[-1 - n]), shorter)


def _letters(text: str) -> tuple[str, list[int]]:
    """What of `text` a quote is compared by, and the index in `text` that each of its characters comes from."""
    pairs = [
        (letter, index)
        for index, character in enumerate(danish.by_sound(text))
        if character not in _LEFT_OUT
        for letter in unicodedata.normalize("NFKD", WORD_LIGATURES.get(character, character))
        if not (letter.isspace() or unicodedata.category(letter) in ("Cc", "Cf", "Co", "Cn", "Cs", "Mn"))
    ]
    return "".join(letter for letter, _ in pairs), [index for _, index in pairs]


# ── drawing, with the lock held ──────────────────────────────────────────────────────────────────────────────────────


def _drawn(document: Any, path: Path, number: int, quote: str, before: str, scale: float) -> Image:
    if not 1 <= number <= len(document):
        raise Unreadable(f"{path}: there is no page {number}; it has {len(document)}")
    page = document[number - 1]
    try:
        width, height = page.get_size()
        bitmap = page.render(scale=min(scale, (MOST_PIXELS / max(width * height, 1)) ** 0.5))
        try:
            image: Image = bitmap.to_pil().convert("RGB")  # a copy: the bitmap's memory goes with it
            boxes = _boxes(page, bitmap.get_posconv(page), quote, before) if quote else []
        finally:
            bitmap.close()
    finally:
        page.close()
    return _marked(image, _lines(boxes))


def _boxes(page: Any, position: Any, quote: str, before: str) -> list[Box]:
    """The boxes around the quote's words on the page."""
    import pypdfium2.raw as pdfium

    text = page.get_textpage()
    try:
        characters = "".join(chr(pdfium.FPDFText_GetUnicode(text, index)) for index in range(text.count_chars()))
        span = find(quote, characters, before=before)
        if span is None:
            return []
        corners = [text.get_rect(n) for n in range(text.count_rects(span.start, span.end - span.start))]
    finally:
        text.close()
    return [_box(position, corner) for corner in corners]


def _box(position: Any, corners: tuple[float, float, float, float]) -> Box:
    left, bottom, right, top = corners
    (x1, y1), (x2, y2) = position.to_bitmap(left, bottom), position.to_bitmap(right, top)
    return min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)


def _lines(boxes: list[Box]) -> list[Box]:
    """The boxes with those of one line made one."""
    lines: list[Box] = []
    for box in boxes:
        if lines and min(lines[-1][3], box[3]) - max(lines[-1][1], box[1]) > 0.5 * (box[3] - box[1]):
            last = lines.pop()
            box = min(last[0], box[0]), min(last[1], box[1]), max(last[2], box[2]), max(last[3], box[3])
        lines.append(box)
    return lines


def _marked(image: Image, lines: list[Box]) -> Image:
    """The image with each line tinted as by a highlighter, letters left dark, and framed: not by colour alone."""
    import PIL.Image
    from PIL import ImageChops, ImageDraw

    if not lines:
        return image
    padded = [(left - 4, top - 3, right + 4, bottom + 3) for left, top, right, bottom in lines]
    tint = PIL.Image.new("RGB", image.size, "white")
    for box in padded:
        ImageDraw.Draw(tint).rectangle(box, fill=_FILL)
    marked = ImageChops.multiply(image, tint)
    for box in padded:
        ImageDraw.Draw(marked).rectangle(box, outline=_EDGE, width=2)
    return marked
