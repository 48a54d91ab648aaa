"""Lines → pages of a PDF, each with its running head: what the PDF renderers set their text with.

Nothing is kept together: an item may be cut anywhere, and its heading may stand alone at the foot of a page, as in the
files that case systems make.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from io import BytesIO

from reportlab.pdfgen.canvas import Canvas

from tests import typeset
from tests.example import noise
from tests.example.facts import NOTICE

PAGE = (595.0, 842.0)
FACE = typeset.VERA


@dataclass(frozen=True, slots=True)
class Set:
    """A stretch of text at its place on a page."""

    text: str
    x: float
    y: float
    size: float
    bold: bool


@dataclass(slots=True)
class Press:
    """Sets lines from `top` down to `bottom`, between `left` and `right`. `breaks_words` puts hyphens at line ends."""

    left: float
    right: float
    top: float
    bottom: float
    size: float = 10.0
    leading: float = 12.2
    breaks_words: bool = False
    pages: list[list[Set]] = field(default_factory=lambda: [[]])
    _y: float = 0.0

    def __post_init__(self) -> None:
        self._y = self.top

    @property
    def page(self) -> int:
        """The page that was set last, from 1."""
        return len(self.pages)

    def turn(self) -> None:
        """Begin a new page."""
        self.pages.append([])
        self._y = self.top

    def skip(self, height: float) -> None:
        """Leave room, unless the page is still empty."""
        if self.pages[-1]:
            self._y -= height

    def line(self, text: str, *, bold: bool = False, size: float = 0.0, indent: float = 0.0, mark: str = "") -> int:
        """Set one paragraph, over as many lines as it needs; `mark` hangs in the indent before it. Returns the page of
        its first line."""
        size = size or self.size
        first = 0
        for number, part in enumerate(self._wrapped(text, size, bold, self.right - self.left - indent)):
            above = self.pages[-1][-1].size if self.pages[-1] else 0.0
            self._y -= max(size, above) / self.size * self.leading if above else 0.0
            if self._y < self.bottom:
                self.turn()
            first = first or self.page
            if mark and not number:
                self.pages[-1].append(Set(mark, self.left + indent - 18, self._y, size, bold))
            self.pages[-1].append(Set(part, self.left + indent, self._y, size, bold))
        return first

    def columns(self, texts: tuple[str, ...], places: tuple[float, ...]) -> None:
        """Set texts beside each other on one line, each at its distance from the left edge."""
        self._y -= self.leading
        if self._y < self.bottom:
            self.turn()
        for text, place in zip(texts, places, strict=True):
            self.pages[-1].append(Set(text, self.left + place, self._y, self.size, bold=False))

    def _wrapped(self, text: str, size: float, bold: bool, room: float) -> Iterator[str]:
        """The lines of a paragraph. Words are measured, then wrapped by their number of average characters."""
        font = FACE.font(bold=bold)
        width = int(room / (font.stringWidth(text, size) / len(text))) if text else 1
        yield from noise.wrapped(text, max(width, 20), breaks_words=self.breaks_words)

    def pdf(self, furniture: Callable[[int, int], list[Set]], *, title: str, author: str = "Kildemose") -> bytes:
        """The pages as a PDF. `furniture` gives what stands on a page of so many beside its text; it is set first, as
        running heads are."""
        buffer = BytesIO()
        regular = FACE.font(bold=False).fontName
        canvas = Canvas(buffer, pagesize=PAGE, invariant=1, pageCompression=1, initialFontName=regular)
        canvas.setTitle(title)
        canvas.setSubject(NOTICE)
        canvas.setKeywords(NOTICE)
        canvas.setAuthor(author)
        for number, page in enumerate(self.pages, start=1):
            for each in [*furniture(number, len(self.pages)), *page]:
                text = canvas.beginText(each.x, each.y)
                text.setFont(FACE.font(bold=each.bold).fontName, each.size)
                text.textOut(each.text)
                canvas.drawText(text)
            canvas.showPage()
        canvas.save()
        return buffer.getvalue()
