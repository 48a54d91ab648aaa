"""Word documents → text: lists numbered as Word draws them, tables row by row, struck-out text gone."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import docx
import pytest
import typeset
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from ingest import readers, reading
from ingest.errors import Unreadable, Unsupported
from ingest.model import Minutes
from ingest.readers import docx as reader

W = nsdecls("w")


def saved(document: Any) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def text(document: Any) -> str:
    (page,) = reader.pages(saved(document))
    return page


def add(document: Any, xml: str) -> None:
    """Put a piece of WordprocessingML at the end of the body."""
    document.element.body.insert(len(document.element.body) - 1, parse_xml(xml))


def lists(document: Any, *levels: tuple[str, str], number: int = 77, restart: int | None = None) -> None:
    """Define a list with `levels` of (format, text); a second one under `number` counts anew from `restart`."""
    numbering = document.part.numbering_part.element
    if restart is None:
        drawn = "".join(
            f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
            f'<w:lvlText w:val="{words}"/></w:lvl>'
            for depth, (form, words) in enumerate(levels)
        )
        numbering.insert(0, parse_xml(f'<w:abstractNum {W} w:abstractNumId="77">{drawn}</w:abstractNum>'))
    override = "" if restart is None else (
        f'<w:lvlOverride w:ilvl="0"><w:startOverride w:val="{restart}"/></w:lvlOverride>'
    )  # fmt: skip
    numbering.append(parse_xml(f'<w:num {W} w:numId="{number}"><w:abstractNumId w:val="77"/>{override}</w:num>'))


def line(words: str, depth: int = 0, number: int = 77) -> str:
    return (
        f'<w:p {W}><w:pPr><w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr></w:pPr>'
        f'<w:r><w:t xml:space="preserve">{words}</w:t></w:r></w:p>'
    )


def test_lists_are_numbered_as_word_draws_them() -> None:
    document = docx.Document()
    lists(document, ("decimal", "%1."), ("lowerLetter", "%2)"), ("decimal", "%1.%3"))
    lists(document, number=78, restart=5)
    for words, depth, number in (
        ("at badet åbnes", 0, 77), ("om sommeren", 1, 77), ("om vinteren", 1, 77), ("til jul", 2, 77),
        ("at der afsættes", 0, 77), ("til broen", 1, 77), ("ny liste", 0, 78), ("uden", 0, 0),
    ):  # fmt: skip
        add(document, line(words, depth, number))
    assert text(document).split("\n") == [
        "1. at badet åbnes",
        "a) om sommeren",
        "b) om vinteren",
        "",
        "1.1 til jul",
        "",
        "2. at der afsættes",
        "a) til broen",
        "5. ny liste",
        "",
        "uden",
    ]


def test_bullets_and_lists_of_a_style_have_their_marks() -> None:
    document = docx.Document()
    document.add_paragraph("broen", style="List Bullet")
    document.add_paragraph("stien", style="List Bullet")
    document.add_paragraph("først", style="List Number")
    assert text(document) == "• broen\n• stien\n1. først"


def test_struck_out_hidden_and_hinted_words_are_left_out() -> None:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "Side 1 af 9"
    document.sections[0].footer.paragraphs[0].text = "Fodlinje"
    add(
        document,
        f'<w:p {W}><w:r><w:t xml:space="preserve">Badet </w:t></w:r><w:del w:id="1" w:author="x"><w:r><w:delText>lukkes'
        '</w:delText></w:r></w:del><w:ins w:id="2" w:author="x"><w:r><w:t>åbnes</w:t></w:r></w:ins><w:r><w:rPr>'
        "<w:vanish/></w:rPr><w:t> hemmeligt</w:t></w:r><w:r><w:tab/><w:t>i</w:t><w:noBreakHyphen/><w:t>dag</w:t><w:br/>"
        '<w:t>kl. 9</w:t></w:r><w:r><w:instrText>PAGE</w:instrText></w:r></w:p>',
    )  # fmt: skip
    add(document, f"<w:p {W}><w:moveFrom><w:r><w:t>flyttet</w:t></w:r></w:moveFrom></w:p>")
    assert text(document) == "Badet åbnes i-dag\n\nkl. 9"


def test_text_boxes_and_controls_are_read_once() -> None:
    document = docx.Document()
    drawing = (
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    )
    box = "<w:txbxContent><w:p><w:r><w:t>I en boks</w:t></w:r></w:p></w:txbxContent>"
    add(
        document,
        f'<w:p {W} {drawing}><w:r><w:t>Ved siden af</w:t><mc:AlternateContent><mc:Choice Requires="wps"><wps:txbx>{box}'
        f"</wps:txbx></mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>",
    )
    add(document, f"<w:sdt {W}><w:sdtContent><w:p><w:r><w:t>I et felt</w:t></w:r></w:p></w:sdtContent></w:sdt>")
    assert text(document) == "Ved siden af\n\nI en boks\n\nI et felt"


def test_tables_are_read_row_by_row() -> None:
    document = docx.Document()
    table = document.add_table(rows=3, cols=2)
    for row, words in zip(table.rows, (("År", "Løn"), ("2026", "500"), ("Sagsnr.:", "26/77")), strict=True):
        for cell, each in zip(row.cells, words, strict=True):
            cell.text = each
    outer = document.add_table(rows=1, cols=1)
    inner = outer.cell(0, 0).add_table(rows=1, cols=2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "Bo Lind", "Ida Lund"
    merged = document.add_table(rows=1, cols=2)
    merged.cell(0, 0).merge(merged.cell(0, 1)).text = "Samlet"
    assert text(document) == "År | Løn\n2026 | 500\n\nSagsnr.: 26/77\n\nBo Lind | Ida Lund\n\nSamlet"


def minutes(tmp_path: Path, content: bytes) -> Minutes:
    path = tmp_path / "referat"
    path.write_bytes(content)
    return reading.parse(path)[1][0]


def test_a_document_is_read_as_the_same_minutes_in_a_pdf(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("REFERAT Kulturudvalget d. 12-03-2026")
    document.add_paragraph("Mødedato Torsdag d. 12. marts 2026 kl. 15:00")
    document.add_paragraph("7.\tTilskud til musikskolen\t2", style=document.styles.add_style("toc 1", 1))
    document.add_heading("Punkt 7: Tilskud til musikskolen", level=2)
    document.add_paragraph("20.15.00-Ø40-1-26")
    document.add_heading("Indstilling", level=3)
    document.add_paragraph("Direktøren for Kultur indstiller")
    document.add_paragraph("at der gives et tilskud på 40.000 kr.", style="List Number")
    document.add_paragraph("at det ses efter om et år.", style="List Number")
    document.add_heading("Beslutning", level=3)
    document.add_paragraph("Indstillingen er tiltrådt. Mette stemte imod, og Bo undlod at stemme om den.")
    document.add_paragraph("Udvalget vil gerne se regnskabet for musikskolen, når det engang er gjort op")
    page = text(document)
    typed, printed = minutes(tmp_path, saved(document)), minutes(tmp_path, typeset.pdf(page))
    (item,), (other,) = typed.items, printed.items
    assert (typed.meeting.key, item.number, item.title) == (printed.meeting.key, other.number, other.title)
    kinds, others = ([(each.kind, each.heading) for each in read.sections] for read in (item, other))
    assert kinds == others
    assert [each.span.of(item.text) for each in item.recommendations] == [
        "at der gives et tilskud på 40.000 kr.",
        "at det ses efter om et år.",
    ]
    (own,) = item.own_decisions
    assert own.span.of(item.text).split("\n\n")[1].startswith("Udvalget vil gerne")


def test_damaged_and_foreign_packages_are_refused(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("Referat")
    whole = saved(document)
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", b"0" * 310_000_000)
    for content, reason in (
        (whole[: len(whole) // 2], "the Word document is damaged"),
        (whole.replace(b"word/document.xml", b"word/dokument.xml"), "the Word document is damaged"),
        (bomb.getvalue(), "the Word document unpacks to"),
        (saved(docx.Document()), "the Word document has no text"),
    ):
        with pytest.raises(Unreadable, match=reason):
            readers.interpret(content, "referat")
    other = io.BytesIO()
    with zipfile.ZipFile(other, "w") as package:
        package.writestr("billede.txt", "x")
    with pytest.raises(Unsupported):
        readers.interpret(other.getvalue(), "arkiv.zip")
