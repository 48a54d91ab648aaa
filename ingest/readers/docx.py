"""A Word document (.docx) → one page of text, for the rules of text to read: paragraphs, lists with numbers, tables.

Running heads and feet, comments, hidden text and contents lists are left out; of tracked changes what was put in stays
and what was struck out goes.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ingest.errors import Unreadable
from ingest.outline import Block
from ingest.readers import setting
from ingest.readers.numbering import Numbering

if TYPE_CHECKING:
    from docx.document import Document
    from lxml.etree import _Element

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_LARGEST = 300_000_000  # bytes of all parts, unpacked
# Left out with all they hold: what was struck out, codes of fields, settings, and the older form of a drawing.
_LEFT_OUT = frozenset(
    {_FALLBACK, *(_W + name for name in "del moveFrom delText instrText pPr rPr sectPr tblPr trPr tcPr".split())}
)
_AS_TEXT = {"tab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_AS_TEXT_BY_TAG = {_W + name: letters for name, letters in _AS_TEXT.items()}
_HEADING = re.compile(r"(heading|overskrift|title|titel)\b", re.IGNORECASE)
_CONTENTS = re.compile(r"(toc|indholdsfortegnelse) \d", re.IGNORECASE)


def recognises(content: bytes) -> bool:
    """True for a zip with the part in it that holds a document's text."""
    return content.startswith(b"PK\x03\x04") and b"word/" in content


def pages(content: bytes) -> tuple[str, ...]:
    """The document's text. Raises `Unreadable` for damaged, encrypted, oversized and empty documents."""
    try:
        document = _opened(content)
        written = setting.page(_blocks(document.element.body, _Reader(document)))
    except Unreadable:
        raise
    except Exception as fault:
        # Of a broken package zipfile, lxml and python-docx each raise what they met first.
        raise Unreadable(
            f"the Word document is damaged ({type(fault).__name__}: {fault}); open it and save it anew"
        ) from fault
    if not written.strip():
        raise Unreadable("the Word document has no text; if its pages are pictures, run OCR first")
    return (written,)


def _opened(content: bytes) -> Document:
    import docx

    with zipfile.ZipFile(io.BytesIO(content)) as package:
        size = sum(part.file_size for part in package.infolist())
    if size > _LARGEST:
        raise Unreadable(f"the Word document unpacks to {size} bytes, more than minutes ever have")
    return docx.Document(io.BytesIO(content))


class _Reader:
    """What the paragraphs of one document need to know of its other parts."""

    def __init__(self, document: Document) -> None:
        part = document.part
        self.numbering = Numbering(_numbering(document), part.styles.element)
        self._names = {style.style_id: style.name or "" for style in part.styles}

    def style(self, paragraph: _Element) -> str:
        """The name of a paragraph's style, "" where it has none of its own."""
        named = paragraph.find(f"{_W}pPr/{_W}pStyle")
        return "" if named is None else self._names.get(named.get(f"{_W}val"), "")


def _numbering(document: Document) -> _Element | None:
    """The part that defines the lists; None in documents without any."""
    from docx.opc.constants import RELATIONSHIP_TYPE

    found = (each for each in document.part.rels.values() if each.reltype == RELATIONSHIP_TYPE.NUMBERING)
    relation = next(found, None)
    return None if relation is None else relation.target_part.element


def _blocks(container: _Element, reader: _Reader) -> Iterator[Block]:
    """The blocks in a body, a table cell or a text box, in order."""
    for element in container:
        if element.tag == f"{_W}p":
            yield from _paragraph(element, reader)
        elif element.tag == f"{_W}tbl":
            for row in element.iter(f"{_W}tr"):
                if _is_row_of(row, element) and row.find(f"{_W}trPr/{_W}del") is None:
                    yield from setting.row([list(_blocks(cell, reader)) for cell in _cells(row)])
        elif element.tag not in _LEFT_OUT:
            yield from _blocks(element, reader)  # content controls and the like only wrap what they hold


def _is_row_of(row: _Element, table: _Element) -> bool:
    """True when the nearest table around the row is this one: cells may hold tables."""
    return next(row.iterancestors(f"{_W}tbl")) is table


def _cells(row: _Element) -> Iterator[_Element]:
    for cell in row.iter(f"{_W}tc"):
        if next(cell.iterancestors(f"{_W}tr")) is row:
            yield cell


def _paragraph(paragraph: _Element, reader: _Reader) -> Iterator[Block]:
    """A paragraph as its lines, the first one with its number, and after it what stands in its text boxes."""
    style = reader.style(paragraph)
    if _CONTENTS.match(style):
        return
    words, boxes = _words(paragraph)
    lines = [line for each in words.split("\n") if (line := " ".join(each.split()))]
    mark = reader.numbering.mark(paragraph) if lines else ""
    for place, line in enumerate(lines):
        yield Block(line if place else mark + line, is_heading=bool(_HEADING.match(style)))
    for box in boxes:
        yield from _blocks(box, reader)


def _words(paragraph: _Element) -> tuple[str, list[_Element]]:
    """The text of a paragraph, and the text boxes anchored in it."""
    words: list[str] = []
    boxes: list[_Element] = []
    waiting = list(reversed(paragraph))
    while waiting:
        element = waiting.pop()
        if element.tag in _LEFT_OUT or _is_hidden(element):
            continue
        if element.tag == f"{_W}txbxContent":
            boxes.append(element)
        elif element.tag == f"{_W}t":
            words.append(element.text or "")
        elif element.tag == f"{_W}sym":
            words.append(chr(int(element.get(f"{_W}char", "20"), 16)))
        else:
            words.append(_AS_TEXT_BY_TAG.get(element.tag, ""))
            waiting += reversed(element)
    return "".join(words), boxes


def _is_hidden(element: _Element) -> bool:
    """True for a run set as hidden text."""
    if element.tag != f"{_W}r":
        return False
    vanish = element.find(f"{_W}rPr/{_W}vanish")
    return vanish is not None and vanish.get(f"{_W}val") not in ("0", "false", "off")
