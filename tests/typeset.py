"""Typeset minutes written as plain text into a PDF laid out like a FirstAgenda export.

    python tests/typeset.py IN.txt OUT.pdf

The layout is measured from a real export (Aarhus Byråd, 27 August 2025): a title page, a contents page with dot
leaders, then every punkt on a page of its own, no running heads. The text is Markdown-like: paragraphs between blank
lines, `**bold**`, `- ` for list lines, `Punkt 7: title` to open an item. Its own table of contents is replaced by one
that tells the truth about the pages here. Nothing else is added, taken away or hyphenated.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import reportlab
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

NOTICE = "Typeset by Punktsvar from the client's text; not the municipality's own file"

PAGE = (595.0, 842.0)
LEFT, RIGHT, TOP, BOTTOM = 39.5, 555.5, 772.0, 44.0  # TOP is the first baseline of an item's title
BODY, LEADING = 10.88, 12.24  # the export's 16 on 18 pixels at 0.68
# extra room between paragraphs
# Extra room above the case number, below section headings, above paragraphs and above list lines, and the indent of
# lists: chosen so that the pages of the Herning sample break where blank lines inside its sentences show the original's
# pages broke ("… kan målrette | vores ressourcer …"), which makes the page numbers cited from it the original's own.
ABOVE_CASE, BELOW_HEADING, PARAGRAPH, LISTED, INDENT = 19.0, 6.1, 10.88, 9.2, 10.0
LABELS, VALUES = ("Mødedato", "Mødested"), 99.6  # on the title page: what is set bold, and where its value stands

# A paragraph that is one of these words alone is set as a section heading.
# fmt: off
HEADINGS = frozenset({
    "Resume", "Resumé", "Sagsfremstilling", "Sagsforløb", "Baggrund", "Økonomi", "Lovgrundlag", "Høring", "Kompetence",
    "Indstilling", "Beslutningspunkter", "Beslutning", "Beslutninger", "Bilag", "Deltagere", "Afbud",
})
# fmt: on


@dataclass(frozen=True, slots=True)
class Face:
    """A typeface as two TrueType files. Its `name` goes into the PDF."""

    name: str
    regular: str
    bold: str

    def font(self, *, bold: bool) -> TTFont:
        """The registered font, with the widths of its characters."""
        name = f"{self.name}-Bold" if bold else self.name
        if name not in pdfmetrics.getRegisteredFontNames():
            pdfmetrics.registerFont(TTFont(name, self.bold if bold else self.regular))
        return pdfmetrics.getFont(name)


_BUNDLED = Path(reportlab.__file__).parent / "fonts"
_SYSTEM = Path("/usr/share/fonts/truetype/liberation")

# Comes with reportlab, so that tests need no font of the system. Covers æøå, not Cyrillic.
VERA = Face("Vera", str(_BUNDLED / "Vera.ttf"), str(_BUNDLED / "VeraBd.ttf"))
# As wide as the export's Times New Roman, with Cyrillic. Needed only to build data/minutes/*.pdf again.
LIBERATION = Face(
    "LiberationSerif", str(_SYSTEM / "LiberationSerif-Regular.ttf"), str(_SYSTEM / "LiberationSerif-Bold.ttf")
)


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one weight."""

    text: str
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line: its runs, type size, left edge, and how far its baseline lies below the one before."""

    runs: tuple[Run, ...]
    size: float = BODY
    left: float = LEFT
    drop: float = LEADING


def pdf(text: str, *, face: Face = VERA, headings: frozenset[str] = HEADINGS, notice: str = NOTICE) -> bytes:
    """The minutes as a PDF; the same text and face give the same bytes. ValueError for a character without a glyph.

    Paragraphs that are one of `headings` alone are set as section headings; `notice` goes into the file's metadata.
    """
    _require_glyphs(text, face)
    head, items = _parts(text)
    set_items = [(item[0], _pages(_item(item, face, headings))) for item in items]
    contents = [
        (re.sub(r"^Punkt \d+:\s*", "", title), first)
        for (title, _), (first, _) in zip(set_items, _spans(pages for _, pages in set_items), strict=True)
    ]

    buffer = BytesIO()
    regular = face.font(bold=False).fontName
    canvas = Canvas(buffer, pagesize=PAGE, invariant=1, pageCompression=1, initialFontName=regular)
    canvas.setTitle(notice)
    canvas.setAuthor("Punktsvar")
    canvas.setSubject(head[0] if head else "")
    canvas.setCreator("tests/typeset.py")
    canvas.setProducer(notice)
    _draw(canvas, _title_page(head), face)
    _draw_contents(canvas, contents, face)
    for _, pages in set_items:
        for lines in pages:
            _draw(canvas, lines, face)
    canvas.save()
    return buffer.getvalue()


def item_pages(text: str, *, face: Face = VERA, headings: frozenset[str] = HEADINGS) -> tuple[tuple[int, int], ...]:
    """The first and last page of each punkt in the PDF that `pdf` makes of the same text."""
    return tuple(_spans(_pages(_item(item, face, headings)) for item in _parts(text)[1]))


def _spans(set_items: Iterable[list[list[Line]]]) -> Iterator[tuple[int, int]]:
    """First and last page of each item: they follow the title page and the contents."""
    page = 3
    for pages in set_items:
        yield page, page + len(pages) - 1
        page += len(pages)


def _require_glyphs(text: str, face: Face) -> None:
    known = face.font(bold=False).face.charToGlyph
    if missing := sorted({each for each in text if each not in "\n\f" and ord(each) not in known}):
        raise ValueError(f"{face.name} has no glyph for {' '.join(map(repr, missing))}")


def _parts(text: str) -> tuple[list[str], list[list[str]]]:
    """The lines above the contents list, and the lines of each item (blank lines kept as "")."""
    lines = [line.strip() for line in text.strip().splitlines()]
    starts = [number for number, line in enumerate(lines) if re.match(r"Punkt \d+:", line)]
    head = lines[: starts[0]] if starts else lines
    if "Indholdsfortegnelse" in head:
        head = head[: head.index("Indholdsfortegnelse")]
    items = [lines[start:end] for start, end in zip(starts, [*starts[1:], len(lines)], strict=True)]
    return [line for line in head if line], items


def _title_page(head: list[str]) -> list[Line]:
    lines = [Line((Run(head[0], bold=True),), size=21.76, drop=0.0)] if head else []
    for number, line in enumerate(head[1:]):
        label, _, value = line.partition(" ")
        runs = (Run(label, bold=True), Run(value)) if label in LABELS else (Run(line),)
        lines.append(Line(runs, drop=24.5 if number else 51.7))
    return lines


def _item(lines: list[str], face: Face, headings: frozenset[str]) -> Iterator[Line]:
    """The printed lines of an item: title over at most a few lines, case number, headings, paragraphs, lists."""
    for number, runs in enumerate(_wrap((Run(lines[0], bold=True),), face, size=16.32)):
        yield Line(runs, size=16.32, drop=18.4 if number else 0.0)
    above, indent = ABOVE_CASE, 0.0
    for before, line in pairwise(lines):
        if not line:
            indent = 0.0
        elif line in headings:
            yield Line((Run(line, bold=True),), size=13.6, drop=LEADING + PARAGRAPH)
            above, indent = BELOW_HEADING, 0.0
        else:
            if line.startswith("- "):
                indent = INDENT
            above = above or (0.0 if before else PARAGRAPH) or (LISTED if line.startswith("- ") else 0.0)
            for number, runs in enumerate(_wrap(_runs(line), face, room=RIGHT - LEFT - indent)):
                yield Line(runs, left=LEFT + indent, drop=LEADING + (0.0 if number else above))
            above = 0.0


def _runs(line: str) -> tuple[Run, ...]:
    """`a **b** c` as runs: every second piece between the marks is bold."""
    pieces = line.split("**")
    return tuple(Run(piece, bold=index % 2 == 1) for index, piece in enumerate(pieces) if piece)


def _wrap(
    runs: Iterable[Run], face: Face, *, size: float = BODY, room: float = RIGHT - LEFT
) -> Iterator[tuple[Run, ...]]:
    """The runs broken at spaces into lines that fit `room`. A word wider than that has a line of its own."""

    def width(runs: Iterable[Run]) -> float:
        return float(sum(face.font(bold=run.bold).stringWidth(run.text, size) for run in runs))

    line: list[Run] = []
    for word in _words(runs):
        if line and width(line) + width(_joined(word)) > room:
            yield _joined(line)
            line = []
        line.extend(word)
    if line:
        yield _joined(line)


def _words(runs: Iterable[Run]) -> Iterator[list[Run]]:
    """Pieces that may not be broken, each with the space after it. A word may change weight inside."""
    word: list[Run] = []
    for run in runs:
        for piece in re.findall(r"\S+ *| +", run.text):
            word.append(Run(piece, run.bold))
            if piece.endswith(" "):
                yield word
                word = []
    if word:
        yield word


def _joined(runs: list[Run]) -> tuple[Run, ...]:
    """Neighbours of one weight as one run, without the space at the end."""
    joined: list[Run] = []
    for run in runs:
        if joined and joined[-1].bold == run.bold:
            run = Run(joined.pop().text + run.text, run.bold)
        joined.append(run)
    joined[-1] = Run(joined[-1].text.rstrip(), joined[-1].bold)
    return tuple(joined)


def _pages(lines: Iterable[Line]) -> list[list[Line]]:
    """The lines of an item, page by page. A section heading takes the page of the line below it."""
    pages: list[list[Line]] = [[]]
    height = TOP
    for line in lines:
        height -= line.drop
        if height < BOTTOM:
            pages.append([])
            if len(pages[-2]) > 1 and pages[-2][-1].size > BODY:
                pages[-1].append(pages[-2].pop())
            height = TOP - (line.drop if pages[-1] else 0.0)
        pages[-1].append(line)
    return pages


def _draw(canvas: Canvas, lines: list[Line], face: Face) -> None:
    height = TOP
    for number, line in enumerate(lines):
        height -= line.drop if number else 0.0
        text = canvas.beginText(line.left, height)
        for index, run in enumerate(line.runs):
            if index and line.runs[0].text in LABELS:
                text.setTextOrigin(max(VALUES, text.getX() + LEADING / 2), height)
            text.setFont(face.font(bold=run.bold).fontName, line.size)
            text.textOut(run.text)
        canvas.drawText(text)
    canvas.showPage()


def _draw_contents(canvas: Canvas, contents: list[tuple[str, int]], face: Face) -> None:
    """Titles, dots and page numbers. As in the export, a title too long is cut, and then has no dots."""
    size, left, height = 12.42, LEFT - 1.2, TOP
    font = face.font(bold=False)
    canvas.setFont(face.font(bold=True).fontName, 17.28)
    canvas.drawString(left, height, "Indholdsfortegnelse")
    room = 0.93 * (RIGHT - left)
    height -= 23.7
    for title, page in contents:
        while font.stringWidth(title, size) > room:
            title = title[:-1]
        dots = "." * int((room - font.stringWidth(title, size)) / font.stringWidth(".", size))
        text = canvas.beginText(left, height)
        text.setFont(font.fontName, size)
        text.textOut(title + dots)
        text.setTextOrigin(RIGHT - font.stringWidth(str(page), size), height)
        text.textOut(str(page))
        canvas.drawText(text)
        height -= 18.36
    canvas.showPage()


if __name__ == "__main__":
    source, target = map(Path, sys.argv[1:])
    target.write_bytes(pdf(source.read_text(encoding="utf-8"), face=LIBERATION))
