"""A PDF → the text of each page, with a blank line wherever the page shows a gap or the type changes size.

Baselines and type sizes come with the text from pypdf; they tell paragraphs and headings apart where the text alone
does not.
"""

from __future__ import annotations

import io
import logging
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from ingest.errors import Unreadable

_GAP = 1.25  # a baseline this many times the usual leading below the last one starts a new block
_SIZE = 1.06  # so does type this much larger or smaller


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    baseline: float
    size: float


def recognises(content: bytes) -> bool:
    """True when the PDF signature stands where readers look for it."""
    return b"%PDF-" in content[:1024]


def pages(content: bytes) -> tuple[str, ...]:
    """The text of every page. Raises `Unreadable` for damaged, encrypted and text-less files."""
    import pypdf
    from pypdf.errors import DependencyError

    logging.getLogger("pypdf").setLevel(logging.ERROR)  # it warns on stderr about every oddity it repairs
    try:
        reader = pypdf.PdfReader(io.BytesIO(content))
        if reader.is_encrypted and not reader.decrypt(""):
            raise Unreadable("the PDF is encrypted; save a copy without a password")
        read = tuple(_text(page) for page in reader.pages)
    except Unreadable:
        raise
    except DependencyError as fault:
        raise Unreadable("the PDF is encrypted with AES; save a copy without, or `pip install cryptography`") from fault
    except Exception as fault:
        # On broken object graphs pypdf raises nearly every error there is in Python, beside its own.
        raise Unreadable(f"the PDF is damaged ({type(fault).__name__}: {fault}); open it and save it anew") from fault
    if not any(page.strip() for page in read):
        raise Unreadable("no page has text, so it is probably scanned; run OCR first (for example `ocrmypdf IN OUT`)")
    return read


def _text(page: Any) -> str:
    lines = [line for line in _lines(page) if line.text.strip()]
    usual = _usual_leading(lines)
    written = []
    for above, line in zip([None, *lines], lines, strict=False):
        if above is not None and _starts_block(above, line, usual):
            written.append("")
        written.append(line.text.rstrip())
    return "\n".join(written)


def _lines(page: Any) -> Iterator[_Line]:
    """The page's lines as pypdf breaks them, each with the baseline and type size of its first visible text."""
    pieces: list[tuple[str, float, float]] = []

    def visit(text: str, cm: list[float], tm: list[float], _font: object, size: float) -> None:
        pieces.append((text, tm[4] * cm[1] + tm[5] * cm[3] + cm[5], size * abs(tm[3] * cm[3])))

    page.extract_text(visitor_text=visit)
    line, baseline, size = "", 0.0, 0.0
    for text, y, type_size in pieces:
        for number, part in enumerate(text.split("\n")):
            if number:
                yield _Line(line, baseline, size)
                line = ""
            if part.strip() and not line.strip():
                baseline, size = y, type_size
            line += part
    yield _Line(line, baseline, size)


def _leading(above: _Line, line: _Line) -> float:
    """The distance between two baselines in multiples of the lower line's type size; negative when it stands higher."""
    return (above.baseline - line.baseline) / (line.size or 10.0)


def _usual_leading(lines: list[_Line]) -> float:
    """The commonest leading on the page; 0 when there is none."""
    found = Counter(round(_leading(*pair), 2) for pair in pairwise(lines))
    return next((leading for leading, _ in found.most_common() if 0.5 < leading < 3), 0.0)


def _starts_block(above: _Line, line: _Line, usual: float) -> bool:
    if above.size and line.size and not 1 / _SIZE < line.size / above.size < _SIZE:
        return True
    leading = _leading(above, line)
    return bool(usual) and (leading > _GAP * usual or leading < 0)
