"""The lines of a PDF's pages as pypdf reads them, with the baseline and type size that come with the text."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from ingest.errors import Unreadable
from ingest.readers.layout import Line, Page, place, set_out


def read(content: bytes) -> Iterator[Page]:
    """Every page. Raises `Unreadable` for damaged and encrypted files, at the page where that is found out."""
    document = opened(content)
    yield from (page(document, number) for number in range(count(document)))


def opened(content: bytes) -> Any:
    """The document in `content`, to read single pages of. Raises `Unreadable`."""
    import pypdf

    logging.getLogger("pypdf").setLevel(logging.ERROR)  # it warns on stderr about every oddity it repairs
    with _told():
        document = pypdf.PdfReader(io.BytesIO(content))
        if document.is_encrypted and not document.decrypt(""):
            raise Unreadable("the PDF is encrypted; save a copy without a password")
    return document


def count(document: Any) -> int:
    """How many pages an opened document has. Raises `Unreadable`."""
    with _told():
        return len(document.pages)


def page(document: Any, number: int) -> Page:
    """Page `number`, counted from 0, of an opened document. Raises `Unreadable`."""
    with _told():
        found = document.pages[number]
        return Page(set_out(_lines(found)), has_picture=_has_picture(found))


@contextmanager
def _told() -> Iterator[None]:
    """Raises what goes wrong inside as `Unreadable`, with what to do."""
    from pypdf.errors import DependencyError

    try:
        yield
    except Unreadable:
        raise
    except DependencyError as fault:
        raise Unreadable("the PDF is encrypted with AES; save a copy without, or `pip install cryptography`") from fault
    except Exception as fault:
        # On broken object graphs pypdf raises nearly every error there is in Python, beside its own.
        raise Unreadable(f"the PDF is damaged ({type(fault).__name__}: {fault}); open it and save it anew") from fault


def _lines(page: Any) -> Iterator[Line]:
    """The page's lines as pypdf breaks them, each with the baseline and type size of its first visible text."""
    pieces: list[tuple[str, float, float]] = []

    def visit(text: str, cm: list[float], tm: list[float], _font: object, size: float) -> None:
        a, b = tm[0] * cm[0] + tm[1] * cm[2], tm[0] * cm[1] + tm[1] * cm[3]
        c, d = tm[2] * cm[0] + tm[3] * cm[2], tm[2] * cm[1] + tm[3] * cm[3]
        x, y = tm[4] * cm[0] + tm[5] * cm[2] + cm[4], tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
        pieces.append((text, *place((a, b, c, d), x, y, size)))

    page.extract_text(visitor_text=visit)
    line, baseline, size = "", 0.0, 0.0
    for text, y, type_size in pieces:
        for number, part in enumerate(text.split("\n")):
            if number:
                yield Line(line, baseline, size)
                line = ""
            if part.strip() and not line.strip():
                baseline, size = y, type_size
            line += part
    yield Line(line, baseline, size)


def _has_picture(page: Any) -> bool:
    """True when the page's resources hold an image, or a drawing that may show one."""
    resources = page.get("/Resources")
    return resources is not None and bool(resources.get_object().get("/XObject"))
