"""A written line → what is printed of it, and what should be read in it.

A line is a paragraph; `- ` makes it a bullet, `* ` a sub-heading, `| a | b |` a row of a table. `Ad 1: … {=outcome}` is
a point of a decision. Marks that are not printed: `{+ … +}` what a decision adds, `{~ … ~}` what it says of votes,
`{cpr …}` a number that looks like one, `{> … }` that the sentence before it refers to something (see `loader`).
"""

from __future__ import annotations

import re

from tests.example.facts import Advice, Decision, Line, LineKind, Point, Recommendation

REFERENCE = re.compile(r"\{>([^}]+)\}")
_ADDED, _VOTED, PERSONAL = re.compile(r"\{\+(.+?)\+\}"), re.compile(r"\{~(.+?)~\}"), re.compile(r"\{cpr ([^}]+)\}")
_POINT = re.compile(r"(?:Ad|Pkt\.|At) (?P<number>[\d.a-z-]+?)[:.)] (?P<text>.+?) *\{=(?P<outcome>\w+)\}$")


def printed(text: str) -> str:
    """`text` without the marks that say what should be read in it."""
    text = re.sub(r" *\{=\w+\}$", "", REFERENCE.sub("", text))
    for pattern in (_ADDED, _VOTED, PERSONAL):
        text = pattern.sub(r"\1", text)
    return text


def line(written: str) -> Line:
    """The line of a section."""
    text = printed(written)
    if text.startswith("|"):
        cells = tuple(cell.strip() for cell in text.strip("| ").split("|"))
        return Line(LineKind.ROW, " ".join(cells), cells)
    for mark, kind in (("- ", LineKind.BULLET), ("* ", LineKind.SUBHEADING)):
        if text.startswith(mark):
            return Line(kind, text.removeprefix(mark))
    return Line(LineKind.PARAGRAPH, text)


def recommendation(part: str, lines: list[str]) -> Recommendation:
    """The Indstilling under the heading `part` ("indstilling Kommunaldirektøren")."""
    top: list[tuple[str, list[str]]] = []
    for line in lines:
        text = printed(line)
        if text.startswith("  ") and top:
            top[-1][1].append(text.strip().removeprefix("at "))
        else:
            top.append((text.removeprefix("at "), []))
    return Recommendation(
        part.removeprefix("indstilling").strip(),
        tuple(Advice(text, tuple(Advice(child) for child in children)) for text, children in top),
    )


def decision(lines: list[str], outcome: str) -> Decision:
    """The decision in these paragraphs, which comes to `outcome`."""
    whole = " ".join(lines)
    return Decision(
        tuple(map(printed, lines)),
        outcome,
        tuple(match[1].strip() for match in _ADDED.finditer(whole)),
        tuple(match[1].strip() for match in _VOTED.finditer(whole)),
        tuple(
            Point(match["number"], printed(match["text"]), match["outcome"])
            for line in lines
            if (match := _POINT.match(line))
        ),
    )
