"""The *Indstilling* of an item → its lines, nested as they stand.

A line is marked ("at …", "At 1) …", "- at …", "A) …", "1. …", "ii) …"); what stands before the first mark says who
recommends, and is no line. An Indstilling without marks is one recommendation.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from ingest import running
from ingest.model import Recommendation, Span

# The marks a line can open with; first match wins. A bare "at" belongs to the line itself. "at 3 skoler" and "at 2.
# etape" are no numbers: only a capital or a closing mark makes one.
_MARKS = (
    ("numbered at", re.compile(r"(?:A[tTdD]\s+(?P<number>\d{1,2})\s*[).:]+|At\s*\))\s*")),
    ("numbered at", re.compile(r"a[td]\s+(?P<number>\d{1,2})\s*[):]+\s*")),
    ("at", re.compile(r"(?:(?:samt|og)\s+)?(?=at[\s,])", re.IGNORECASE)),
    ("decimal", re.compile(r"(?P<number>\d{1,2}\.\d{1,2})[).]?\s+(?!(?:mio|pct|kr|mia)\b)")),
    ("roman", re.compile(r"(?P<number>[ivx]{2,4}|[IVX]{2,4})[).]\s+")),
    ("letter", re.compile(r"(?P<number>[A-Za-zÆØÅæøå])[).]\s+")),
    ("number", re.compile(r"(?P<number>\d{1,2})[).:]\s+(?!(?:jan|feb|mar|apr|maj|jun|jul|aug|sep|okt|nov|dec)\w*\b)")),
    ("bullet", re.compile(r"[•▪·*]\s*")),
    ("dash", re.compile(r"◦\s*|[-–—]\s*(?=[^\W\d])|[-–—]\s+")),
)  # fmt: skip
_NESTS_UNASKED = ("decimal", "roman", "letter", "number", "bullet", "dash")  # below another mark, without a colon above
_SENDER = re.compile(
    r"(?:(?!at\b)[^\s.]+\.?\s+){0,24}?(?:indstiller|indstilles|foreslår|foreslås|anbefaler|anbefales)\b", re.IGNORECASE
)
_HEADER = re.compile(r"[^.\n]{0,60}\b(?:indstilling|forslag|alternativ\w*|model \w+)(?: \w+)?\s*:?", re.IGNORECASE)
_CONNECTOR = re.compile(r"\W*(?:enten|eller|samt|og|og/eller|alternativt|subsidiært|at)\W*", re.IGNORECASE)
_TRAILING = re.compile(
    r"(?:sagen|punktet|beslutningen|afgørelsen)\s+(?:afgøres|behandles|træffes|forelægges)\b|(?:beslutnings)?kompetence\b"
    r"|afgøres i\b|bilag\b|lovgrundlag\b|behandling i\b",
    re.IGNORECASE,
)
# What follows are recommendations, though the marks of their list are lost (Frederikssund).
_ENDS_IN_AT = re.compile(r"\b(?:indstille[rs]|foreslå[rs]|anbefale[rs])\b.*\bat\s*:?$", re.IGNORECASE)
_LEADS = re.compile(r"^at\b.*\b(?:indstilles|anbefales),?(?: at)?:?$", re.IGNORECASE)
_SHORTEST_UNMARKED = 60  # characters; what is shorter and stands above the lines names the sender


@dataclass(slots=True)
class _Node:
    number: str | None
    span: Span
    mark: str
    children: list[_Node] = field(default_factory=list)

    def frozen(self) -> Recommendation:
        return Recommendation(self.number, self.span, tuple(child.frozen() for child in self.children))


@dataclass(slots=True)
class _Outline:
    """The lines read so far. `path` leads from the top to the line that was read last; `latest` has the last line of
    each mark, since letters may go on from one number to the next."""

    top: list[_Node] = field(default_factory=list)
    path: list[_Node] = field(default_factory=list)
    latest: dict[str, _Node] = field(default_factory=dict)
    is_closed: bool = False  # after a remark that belongs to no line, until the next mark

    def add(self, text: str, node: _Node) -> None:
        """Put a line where its mark belongs: beside the last one with that mark, or below the line above it."""
        depth = next((place for place, above in enumerate(self.path) if above.mark == node.mark), None)
        if depth is None:
            depth = self._depth_of_new(text, node)
        siblings = self.path[depth - 1].children if depth else self.top
        siblings.append(node)
        self.path[depth:] = [node]
        self.latest[node.mark] = node
        self.is_closed = False

    def _depth_of_new(self, text: str, node: _Node) -> int:
        """Where a mark goes that no line above has: below the last line if that line or the mark says so."""
        if not self.path:
            return 0
        is_asked = self.path[-1].span.of(text).endswith(":")
        is_lower = (
            node.mark in _NESTS_UNASKED
            and self.path[-1].mark not in ("bullet", "dash", "none")
            and (_is_first(node) or _goes_on(node, self.latest.values()))
        )
        return len(self.path) if is_asked or is_lower else 0

    def extend(self, end: int) -> None:
        """An unmarked paragraph goes on with the line above it."""
        if self.path and not self.is_closed:
            self.path[-1].span = Span(self.path[-1].span.start, end)

    def start_anew(self) -> None:
        """Another sender's lines follow: they stand beside those above whatever their marks."""
        self.path = []
        self.latest = {}


def find(text: str, body: Span) -> tuple[Recommendation, ...]:
    """The recommendation lines within `body` of `text`, top level first; spans count in `text`."""
    lines = tuple(_lines(text, body))
    outline = _Outline()
    marks = [_marked(text, line, ()) for line in lines]
    has_marks = any(marks)
    if not has_marks and lines and _ENDS_IN_AT.search(lines[0].of(text)):
        return tuple(Recommendation(None, line, ()) for line in lines[1:])
    for place, line in enumerate(lines):
        node = _marked(text, line, outline.path) if marks[place] else None
        if node is not None and _LEADS.search(line.of(text)) and any(marks[place + 1 : place + 2]):
            outline.start_anew()  # "at det over for regionsrådet indstilles," above what is
        elif node is not None:
            outline.add(text, node)
        elif not _CONNECTOR.fullmatch(line.of(text)):
            _unmarked(text, line, outline, leads=any(marks[place + 1 : place + 2]), has_marks=has_marks)
    return tuple(node.frozen() for node in outline.top)


def _unmarked(text: str, line: Span, outline: _Outline, *, leads: bool, has_marks: bool) -> None:
    """A line without a mark: who recommends, a recommendation of its own, or more of the line above. `leads` says that
    a marked line follows, `has_marks` that there are any."""
    words = line.of(text)
    if _SENDER.match(words):
        if leads and not words.endswith("."):
            outline.start_anew()
            for span in running.lines(text, line) if running.is_whole(words) else ():
                outline.add(text, _Node(None, span, "at"))  # "… indstiller, at A," above "at B"
            return
        said = running.lines(text, line)
        if said:
            outline.start_anew()
            for span in said:
                outline.add(text, _Node(None, span, "at"))
        elif outline.path and words.endswith("."):
            outline.is_closed = True  # "Økonomiudvalget anbefaler indstillingen."
        elif has_marks or not words.endswith("."):
            outline.start_anew()
        else:
            outline.add(text, _Node(None, line, "none"))
    elif leads and _HEADER.fullmatch(words):
        outline.start_anew()
    elif outline.path and _TRAILING.match(words):
        outline.is_closed = True
    elif outline.path or outline.is_closed:
        outline.extend(line.end)
    elif not has_marks or len(words) >= _SHORTEST_UNMARKED or words.endswith((".", "!")):
        outline.add(text, _Node(None, line, "none"))


def _lines(text: str, body: Span) -> Iterator[Span]:
    for line in re.finditer(r"[^\n]+", body.of(text)):
        if words := line[0].strip():
            start = body.start + line.start() + len(line[0]) - len(line[0].lstrip())
            yield Span(start, start + len(words))


def _marked(text: str, line: Span, path: Iterable[_Node]) -> _Node | None:
    """The line behind its mark. A number or letter that neither begins a list nor goes on with one is no mark."""
    for mark, pattern in _MARKS:
        match = pattern.match(text, line.start, line.end)
        if match is None or match.end() >= line.end:
            continue
        number = match.groupdict().get("number")
        node = _Node(number, Span(match.end(), line.end), mark)
        if mark == "letter" and number in ("i", "v", "x", "I", "V", "X") and not _goes_on(node, path):
            node.mark = "roman"
        return node if node.mark not in ("letter", "number") or _fits(node, path) else None
    return None


def _fits(node: _Node, path: Iterable[_Node]) -> bool:
    return _is_first(node) or _goes_on(node, path) or all(above.mark != node.mark for above in path)


def _goes_on(node: _Node, path: Iterable[_Node]) -> bool:
    return any(
        above.mark == node.mark and above.number and node.number and _value(node.number) == _value(above.number) + 1
        for above in path
    )


def _is_first(node: _Node) -> bool:
    """True for the mark a list begins with; dashes may always begin one."""
    return node.number is None or node.number.lower() in ("1", "a", "i") or node.mark == "decimal"


def _value(number: str) -> int:
    return int(number) if number.isdecimal() else ord(number.lower()[0])
