"""The lines of a PDF's pages as pdfium reads them: the text in one call a page, three more calls for each line."""

from __future__ import annotations

import ctypes
import re
import threading
from bisect import bisect_left
from collections.abc import Iterator
from contextlib import closing
from typing import Any

from ingest.errors import Unreadable
from ingest.readers.layout import Line, Page, place, set_out

LOCK = threading.RLock()  # pdfium keeps global state: one thread at a time, whatever the document

_BROKEN = "\ufffe"  # stands for a hyphen after a letter at the end of a line, and for the line end as well
_LINE = re.compile(f"[^\r\n{_BROKEN}]*{_BROKEN}|[^\r\n{_BROKEN}]+")
_WIDE = re.compile(r"[\U00010000-\U0010ffff]")  # pdfium counts these as two
_LOCKED, _LOCK_UNKNOWN = 4, 5  # FPDF_ERR_PASSWORD, FPDF_ERR_SECURITY
_DEEPEST = 3  # forms within forms that are looked through for pictures


class Baffled(Exception):
    """pdfium cannot read this; another reader may."""


def read(content: bytes) -> Iterator[Page | None]:
    """Every page; None for one that another reader should try: it does not load, or none of its letters is known here.

    Raises `Baffled` for a file that pdfium cannot open, and `Unreadable` for one behind a password.
    """
    import pypdfium2
    from pypdfium2 import PdfiumError

    with LOCK:
        try:
            document = pypdfium2.PdfDocument(content)
        except PdfiumError as fault:
            if fault.err_code == _LOCKED:
                raise Unreadable("the PDF is encrypted; save a copy without a password") from fault
            if fault.err_code == _LOCK_UNKNOWN:
                raise Unreadable("the PDF is encrypted in a way no reader here knows; save a copy without") from fault
            raise Baffled(f"{fault}") from fault
        try:
            for number in range(len(document)):
                yield _page(document, number)
        finally:
            document.close()


def _page(document: Any, number: int) -> Page | None:
    import pypdfium2.raw as pdfium
    from pypdfium2 import PdfiumError

    try:
        with closing(document[number]) as page:
            with closing(page.get_textpage()) as printed:
                read = Page(set_out(_lines(printed)))
            if read.has_text:
                return read
            kinds = {each.type for each in page.get_objects(max_depth=_DEEPEST)}
    except PdfiumError:
        return None  # not ignored: the other reader tries, and says what is wrong
    if pdfium.FPDF_PAGEOBJ_TEXT in kinds:
        return None
    return Page(read.text, has_picture=pdfium.FPDF_PAGEOBJ_IMAGE in kinds)


def _lines(printed: Any) -> Iterator[Line]:
    """The lines as pdfium breaks them, each with the baseline and type size of its first visible letter."""
    count = printed.count_chars()
    text = printed.get_text_range(0, count) if count else ""
    wide = [match.start() for match in _WIDE.finditer(text)]
    for match in _LINE.finditer(text):
        first = match.start() + len(match[0]) - len(match[0].lstrip())
        if first < match.end():
            yield Line(match[0].replace(_BROKEN, "-"), *_place(printed, first + bisect_left(wide, first)))


def _place(printed: Any, index: int) -> tuple[float, float]:
    """The baseline and the type size of the letter at `index` of the page's text."""
    import pypdfium2.raw as pdfium

    x, y, matrix = ctypes.c_double(), ctypes.c_double(), pdfium.FS_MATRIX()
    letter = pdfium.FPDFText_GetCharIndexFromTextIndex(printed, index)
    pdfium.FPDFText_GetCharOrigin(printed, letter, x, y)
    pdfium.FPDFText_GetMatrix(printed, letter, matrix)
    turn = matrix.a, matrix.b, matrix.c, matrix.d
    return place(turn, x.value, y.value, pdfium.FPDFText_GetFontSize(printed, letter))
