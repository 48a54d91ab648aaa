"""A meeting → the DOCX of Acadre or SBSYS.

The front page, the case lines, the attachments and the signatures are tables, the members a table inside one; headings
begin with a line break; the contents list is a field; the numbers of lists stand in the numbering, not in the text;
words are cut into runs, and empty paragraphs lie between.
"""

from __future__ import annotations

import zipfile
from datetime import datetime
from io import BytesIO
from typing import Any

from tests.example import noise
from tests.example.facts import NOTICE, Kind, Meeting
from tests.example.houses import ACADRE_DOCX
from tests.example.rendered import Rendered, day, weekday
from tests.example.sheets import Block, Printed, Sheet, sheets

NAMES = {Kind.REFERAT: "Referat", Kind.DAGSORDEN: "Dagsorden", Kind.TILLAEG: "Tillægsdagsorden"}
_MADE = datetime(2026, 11, 1, 12, 0, 0)


def document(meeting: Meeting) -> Rendered:
    """The DOCX file."""
    import docx

    made = docx.Document()
    properties = made.core_properties
    properties.title, properties.comments, properties.author = meeting.slug, NOTICE, "Dorthe Vangsgaard"
    properties.created = properties.modified = _MADE
    held = sheets(meeting, ACADRE_DOCX)
    _front(made, meeting)
    _contents(made, held)
    for sheet in held:
        _item(made, sheet)
    if meeting.kind is Kind.REFERAT:
        _signatures(made, meeting)
    buffer = BytesIO()
    made.save(buffer)
    return Rendered(_undated(buffer.getvalue()))


def _undated(content: bytes) -> bytes:
    """The same archive with one date for every part, so that the bytes are the same tomorrow."""
    buffer = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as source, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(zipfile.ZipInfo(name, (2026, 11, 1, 12, 0, 0)), source.read(name), zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def _front(made: Any, meeting: Meeting) -> None:
    lines = (
        NAMES[meeting.kind],
        meeting.committee,
        f"{weekday(meeting).capitalize()} den {day(meeting)}",
        f"Kl. {meeting.start:%H:%M}",
        meeting.place,
        "Medlemmer ",
    )
    table = made.add_table(rows=len(lines) + 2, cols=1)
    cells = [row.cells[0] for row in table.rows]
    for cell, line in zip(cells, lines, strict=False):
        _add(cell.paragraphs[0], line)
    half = (len(meeting.members) + 1) // 2
    inner = cells[len(lines) - 1].add_table(rows=1, cols=2)
    for cell, members in zip(inner.rows[0].cells, (meeting.members[:half], meeting.members[half:]), strict=True):
        for member in members:
            note = f", {member.note}" if member.note and not member.is_absent else ""
            cell.add_paragraph(f"{member.name} ({member.party}){note}")
    cells[len(lines) - 1].add_paragraph()
    _add(cells[len(lines)].paragraphs[0], "Fraværende ")
    for member in meeting.members:
        if member.is_absent:
            cells[len(lines) + 1].add_paragraph(
                f"{member.name} ({member.party})" + (f", {member.note}" if member.note else "")
            )
    made.add_page_break()


def _contents(made: Any, held: tuple[Sheet, ...]) -> None:
    made.add_paragraph("Indholdsfortegnelse")
    made.add_paragraph("Punkt nr.\t  \t\t\t\t\t\t       Side")
    for place, sheet in enumerate(held):
        paragraph = made.add_paragraph(f"{sheet.number}.\t{sheet.title}\t")
        _page_field(paragraph, str(place + 2))
    made.add_page_break()


def _page_field(paragraph: Any, page: str) -> None:
    """A page number as the result of a field, whose own words are no text."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    for kind in ("begin", "separate", "end"):
        run = paragraph.add_run()
        mark = OxmlElement("w:fldChar")
        mark.set(qn("w:fldCharType"), kind)
        run._r.append(mark)
        if kind == "begin":
            instruction = OxmlElement("w:instrText")
            instruction.text = " PAGEREF _Toc270118033 \\h "
            paragraph.add_run()._r.append(instruction)
        elif kind == "separate":
            paragraph.add_run(page)


def _item(made: Any, sheet: Sheet) -> None:
    made.add_heading(f"{sheet.number}.\t{sheet.title}", level=1)
    run_in = [block for block in sheet.blocks if block.is_run_in]
    table = made.add_table(rows=1 + len(run_in), cols=2)
    pairs = [("Sagsnr.: ", sheet.case_number), *((f"{block.heading}: ", block.lines[0].text) for block in run_in)]
    for row, pair in zip(table.rows, pairs, strict=True):
        for cell, text in zip(row.cells, pair, strict=True):
            _add(cell.paragraphs[0], text)
    for block in sheet.blocks:
        if not block.is_run_in:
            _block(made, block)


def _block(made: Any, block: Block) -> None:
    heading = made.add_heading(level=2)
    heading.add_run().add_break()
    heading.add_run(block.heading)
    rows = [line.cells for line in block.lines if line.cells]
    is_counted = False
    for line in block.lines:
        if line.cells:
            if line.cells == rows[0]:
                _table(made, rows)
            continue
        numbered = line.mark[:1].isdigit()
        paragraph = made.add_paragraph(style=_style(line))
        if numbered:
            _number(made, paragraph, is_first=not is_counted)
            is_counted = True
        _add(paragraph, line.text)
        if not line.mark:
            made.add_paragraph("\u00a0" if noise.chosen(line.text, 2) else "")


def _style(line: Printed) -> str | None:
    if not line.mark:
        return None
    return "List Number" if line.mark[:1].isdigit() else "List Bullet"


def _number(made: Any, paragraph: Any, *, is_first: bool) -> None:
    """Let the paragraph count in a list of its own, which begins at 1 with the first entry."""
    from docx.oxml.ns import qn

    numbering = made.part.numbering_part.numbering_definitions._numbering
    if is_first:
        style = made.styles["List Number"].element.pPr.numPr.numId.val
        abstract = next(each for each in numbering.num_lst if each.numId == style).abstractNumId.val
        numbering.add_num(abstract).add_lvlOverride(ilvl=0).add_startOverride(1)
    last = numbering.num_lst[-1].get(qn("w:numId"))
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_ilvl().val = 0
    properties.get_or_add_numId().val = int(last)


def _table(made: Any, rows: list[tuple[str, ...]]) -> None:
    table = made.add_table(rows=len(rows), cols=len(rows[0]))
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.paragraphs[0].text = text


def _add(paragraph: Any, text: str) -> None:
    for piece in noise.pieces(text):
        paragraph.add_run(piece)


def _signatures(made: Any, meeting: Meeting) -> None:
    table = made.add_table(rows=2, cols=1)
    table.rows[0].cells[0].paragraphs[0].text = "Underskriftsside"
    inner = table.rows[1].cells[0].add_table(rows=1, cols=1)
    for member in meeting.members:
        if not member.is_absent:
            inner.rows[0].cells[0].add_paragraph(f"{member.name} ({member.party})")
    table.rows[1].cells[0].add_paragraph()
