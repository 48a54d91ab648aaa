"""A meeting → plain text with wrapped lines and broken words, and → Markdown-like text as the Herning sample has it.

Neither has pages, attendance or links. Plain text comes with Windows line ends and with bullets from a private area of
Unicode. Markdown has bold marks, table marks, a contents list as a table, the routing matrix one line per row, and here
and there Cyrillic letters inside Danish words, a heading glued to the text beside it, and a place of the template that
nobody filled in.
"""

from __future__ import annotations

from collections.abc import Iterator

from tests.example import noise
from tests.example.facts import NOTICE, Meeting
from tests.example.houses import MARKDOWN, TEXT
from tests.example.rendered import Rendered, head
from tests.example.sheets import Block, Printed, Sheet, sheets

WIDTH = 78


def text(meeting: Meeting) -> Rendered:
    """Plain text of lines up to `WIDTH` characters."""
    lines = [*(line for each in head(meeting) for line in (each, "")), f"({NOTICE})", ""]
    for sheet in sheets(meeting, TEXT):
        lines += [*_wrapped(f"Punkt {sheet.number}: {sheet.title}"), "", sheet.case_number, ""]
        for block in sheet.blocks:
            lines += [block.heading, "", *_lines(block), ""]
    return Rendered("\r\n".join(lines).encode("utf-8"))


def _lines(block: Block) -> Iterator[str]:
    """The printed lines: those of lists and tables stand right below each other, paragraphs have a gap between."""
    above: Printed | None = None
    for line in block.lines:
        if above is not None and not (_is_listed(block, above) and _is_listed(block, line)):
            yield ""
        if line.cells:
            yield "   ".join(line.cells)
        elif block.part == "bilag":
            yield line.text
        else:
            yield from _wrapped(_marked(line), is_list=_is_listed(block, line))
        above = line


def _is_listed(block: Block, line: Printed) -> bool:
    return bool(line.mark or line.cells) or block.part in ("bilag", "indstilling")


def _marked(line: Printed) -> str:
    return line.whole.replace("• ", "\uf0b7 " if noise.chosen(line.text, 2) else "- ", 1)


def _wrapped(line: str, *, is_list: bool = False) -> Iterator[str]:
    yield from noise.wrapped(line, WIDTH, never_first=frozenset({"at"} if is_list else ()))


# ── Markdown ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def markdown(meeting: Meeting) -> Rendered:
    """Markdown-like text: a paragraph is a line."""
    held = sheets(meeting, MARKDOWN)
    lines = [*(line for each in head(meeting) for line in (each, "")), f"_{NOTICE}_", "", "Indholdsfortegnelse", ""]
    lines += ["| | |", "|--|----|", *_contents(held), ""]
    for sheet in held:
        lines += [f"Punkt {sheet.number}: {sheet.title}", "", sheet.case_number, ""]
        for block in sheet.blocks:
            lines += _glued(lines, block) or [_heading(block), "", *_paragraphs(block)]
    return Rendered("\n".join(lines).encode("utf-8"))


def _contents(held: tuple[Sheet, ...]) -> Iterator[str]:
    for place, sheet in enumerate(held):
        yield f"| {sheet.title}..... | {place + 3} |"


def _glued(above: list[str], block: Block) -> list[str]:
    """The lines of a block whose heading stands on one line with what follows it, or ends the line before it."""
    first = block.lines[0].whole if block.lines else ""
    if block.part == "beslutning" and noise.chosen(first, 7) and first[1:2].islower():
        return [f"{block.heading}{first}", "", *list(_paragraphs(block))[2:]]
    if block.part == "indstilling" and above[-2].endswith(".") and noise.chosen(above[-2], 7):
        above[-2] += block.heading
        return ["[skriv indstilling]", "", *_paragraphs(block)]
    return []


def _heading(block: Block) -> str:
    return f"**{block.heading}**" if noise.chosen(block.heading, 2) else block.heading


def _paragraphs(block: Block) -> Iterator[str]:
    rows = [line for line in block.lines if line.cells]
    for line in block.lines:
        if line.cells:
            yield f"| {' | '.join(line.cells)} |"
            if line is rows[0]:
                yield "|" + "---|" * len(line.cells)
            if line is not rows[-1]:
                continue
        elif line.is_heading:
            yield f"**{line.text}**"
        elif line.mark == "•":
            yield f"- {_emphasised(line.text)}"
        else:
            yield noise.with_look_alikes(line.whole) if block.part == "sagsfremstilling" else line.whole
        yield ""


def _emphasised(text: str) -> str:
    """The first words of an entry in bold, as clerks like it."""
    first, comma, rest = text.partition(",")
    return f"**{first}{comma}**{rest}" if comma else text
