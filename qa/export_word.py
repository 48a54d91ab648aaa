"""An answer → a Word document. Text of documents is text of runs: no field, no macro, no link but to a web address."""

from __future__ import annotations

import io
import re
import unicodedata
from datetime import UTC
from typing import TYPE_CHECKING

from qa import export
from qa.export import Handed, Kind, Piece
from qa.model import Language

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

_STYLES = {
    Kind.TITLE: "Title",
    Kind.HEADING: "Heading 1",
    Kind.UNDER: "Heading 2",
    Kind.QUOTE: "Quote",
    Kind.LINE: "List Bullet",
    Kind.ABOVE: "List Bullet",
    Kind.BELOW: "List Bullet 2",
}
_WEB = re.compile(r"https?://[^\s<>\"]+\Z", re.IGNORECASE)
_WIDTH, _HEIGHT, _MARGIN = 210, 297, 25  # millimetres: A4


def word(handed: Handed) -> bytes:
    """The page as a .docx file, ready to be saved."""
    from docx import Document

    document = Document()
    _set(document, handed)
    for piece in export.pieces(handed):
        _write(document, piece, handed.language)
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def _set(document: Document, handed: Handed) -> None:
    """Paper, language and what the file says of itself."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Mm

    page = document.sections[0]
    page.page_width, page.page_height = Mm(_WIDTH), Mm(_HEIGHT)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Mm(_MARGIN)
    about = document.core_properties
    about.author, about.title, about.comments = "Punktsvar", _plain(handed.answer.question.text)[:255], ""
    about.created = about.modified = handed.asked.astimezone(UTC).replace(tzinfo=None)
    about.language = "da-DK" if handed.language is Language.DANISH else "en-GB"
    properties = document.styles["Normal"].element.get_or_add_rPr()
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), about.language)
    properties.append(language)


def _write(document: Document, piece: Piece, language: Language) -> None:
    """A piece as a paragraph, its place after it, on a line of its own below a quote."""
    paragraph = document.add_paragraph(style=_STYLES.get(piece.kind))
    paragraph.paragraph_format.keep_with_next = piece.kind in (Kind.TITLE, Kind.HEADING, Kind.UNDER, Kind.NOTE)
    text = _plain(piece.text)
    shown = f"“{text}”" if piece.is_quote else text
    run = paragraph.add_run(f"{shown} …" if piece.kind is Kind.ABOVE else shown)
    if piece.is_quote and language is Language.ENGLISH:
        _spoken_danish(run)
    if piece.place:
        if piece.kind is Kind.QUOTE:
            run.add_break()
        _place(paragraph, _plain(piece.place), piece.link, is_below=piece.kind is Kind.QUOTE)


def _spoken_danish(run: object) -> None:
    """Minutes are Danish, also in an English answer: for the spelling checker and for whoever has it read aloud."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "da-DK")
    run._r.get_or_add_rPr().append(language)  # type: ignore[attr-defined]


def _place(paragraph: Paragraph, place: str, address: str | None, *, is_below: bool) -> None:
    """The citation, in small; as a link where the item has an address of the web."""
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Pt

    run = paragraph.add_run(place if is_below else f" ({place})")
    run.font.size, run.font.italic = Pt(9), False
    if address is not None and _WEB.match(address):
        anchor = OxmlElement("w:hyperlink")
        anchor.set(qn("r:id"), paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
        run.font.underline = True
        run._r.getparent().replace(run._r, anchor)
        anchor.append(run._r)


def _plain(text: str) -> str:
    """Without the characters XML cannot hold, and such that turn the direction of writing."""
    kept = (each for each in text if each in "\n\t" or unicodedata.category(each) not in ("Cc", "Cf", "Cs", "Cn"))
    return "".join(kept)
