"""Page text → one clean text: plain characters, no running heads, lines and words whole again.

Only the way a text is *set* is undone, and letters of another alphabet typed inside Danish words are written as they
sound. docs/cleaning.md lists every step with its reason and how it is checked.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest import attachments, case_numbers, characters, furniture, glue, headings, item_forms
from ingest.model import Document, PageBreak, SectionKind

_MARKDOWN = re.compile(r"\*\*(?P<bold>[^*\n]+)\*\*|^#{1,6} +", re.MULTILINE)
_TABLE_RULE = re.compile(r"(?=[^|]*\|)[\s:|-]*+$")

_NARROWEST, _WIDEST = 50, 170  # text with longer lines, or with short ones only, is not wrapped at all
# Formats whose lines are paragraphs, so that no line goes on with the one above it.
_UNWRAPPED = frozenset({"text/html", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"})
_FULL = 0.9  # a line is full when the next word would bring it to this share of the widest lines

# "1. Taget" opens a line of a list; "26. marts" and "2. behandling" go on with a sentence.
_NEVER_JOINED = re.compile(
    r"[-•–*]\s|\d{1,3}(?:\)|\.(?! (?-i:[a-zæøå]))|\.(?= at\b))\s|[a-zæøåA-ZÆØÅ][.)]\s|at\s*\d*[):.]|ad\s+\d"
    r"|punkt\s+\d+\s*:|bilag\b|udvalg:|dato:|punktnummer:|næste skridt:|sagsnr|sag\s*nr|dok\.?nr",
    re.IGNORECASE,
)
_IN_BRACKET = re.compile(r"\((?:punkt|pkt\.|sag|side|s\.)(?: nr\.)?$", re.IGNORECASE)  # "(punkt" above "11) af …"
_LABELLED = re.compile(r"(udvalg|dato|punktnummer|punkt nr\.?) ?:", re.IGNORECASE)  # of a Sagsforløb
_OPENS_LIST = re.compile(r"(indstiller|indstilles|foreslår|foreslås|anbefaler)[,:]?(\s+at)?[,:]?$|:$", re.IGNORECASE)
_IN_LIST = re.compile(r"(-\s+)?at\s", re.IGNORECASE)
_ENDS_WORD_WITH_HYPHEN = re.compile(r"[^\W_]-$")
# p-huse, ikke-planlagte, 2030-fremskrivning
_KEEPS_HYPHEN = re.compile(r"(?:^|[\s(\"”])(?:[^\W\d_]|ikke|non|\S*\d)-$", re.IGNORECASE)
_SUSPENDED = re.compile(r"(og|eller|samt|såvel|henholdsvis|hhv|men)\b", re.IGNORECASE)  # by- og planudvalget


@dataclass(frozen=True, slots=True)
class Text:
    """The clean text of a whole document, and where its pages begin in it (none for sources without pages)."""

    text: str
    page_breaks: tuple[PageBreak, ...]


def clean(document: Document) -> Text:
    """The document's text: paragraphs as single lines, blocks set apart by one blank line, no running heads.

    Page furniture goes only where it repeats over pages; anything else stays, in order.
    """
    pages = [_lines(page, is_markdown=not document.is_paged) for page in document.pages]
    if document.is_paged and pages:
        pages = furniture.without_running_lines(pages)
    width = 0 if document.media_type in _UNWRAPPED else _width(pages)
    setter = _Setter(width, frozenset(word for page in pages for line in page for word in _WORDS.findall(line)))
    for number, page in enumerate(pages, start=1):
        setter.add(page, number if document.is_paged else None)
    return Text("".join(setter.written), tuple(setter.page_breaks))


_WORDS = re.compile(r"[^\W_]+(?:-[^\W_]+)*")


class _Setter:
    """Puts lines together again, keeping count of where pages begin."""

    def __init__(self, width: int, vocabulary: frozenset[str]) -> None:
        self.written: list[str] = []
        self.page_breaks: list[PageBreak] = []
        self._width, self._vocabulary = width, vocabulary
        self._length = 0
        self._above, self._paragraph = "", ""  # the last line, and the first line of its paragraph
        self._is_blank = True
        self._in_attachments = False

    def add(self, lines: list[str], page: int | None) -> None:
        """Append a page's lines."""
        is_first = page is not None
        for line in lines:
            if not line:
                self._is_blank = True
                continue
            self._separate(line)
            if is_first and page is not None:
                self.page_breaks.append(PageBreak(self._length, page))
                is_first = False
            self._write(line)
            self._above, self._is_blank = line, False
            if heading := headings.section(line):
                self._in_attachments = heading.kind is SectionKind.ATTACHMENTS

    def _separate(self, line: str) -> None:
        if not self._continues(line):
            if self.written:
                self._write("\n\n" if self._is_blank else "\n")
            self._paragraph = line
        elif _ENDS_WORD_WITH_HYPHEN.search(self._above) and not _SUSPENDED.match(line):
            if not self._keeps_hyphen(line):
                self.written[-1] = self.written[-1][:-1]
                self._length -= 1
        else:
            self._write(" ")

    def _write(self, text: str) -> None:
        self.written.append(text)
        self._length += len(text)

    def _continues(self, line: str) -> bool:
        """True when `line` goes on with the paragraph above it."""
        above = self._above
        opens_list = _NEVER_JOINED.match(line) and not _IN_BRACKET.search(self._above)
        if self._is_blank or not self._width or opens_list:
            return False
        if _LABELLED.match(above):
            return False
        if item_forms.is_closed_item(above):
            return False  # of a closed item nothing may slip into the title
        if any(headings.section(each) or case_numbers.of_line(each) for each in (line, above)):
            return False
        if _IN_LIST.match(line) and (_OPENS_LIST.search(above) or _IN_LIST.match(self._paragraph)):
            return False
        if line[0].islower():
            return len(above) > 0.5 * self._width or above[-1] not in ".:;"
        is_full = len(above) + 1 + len(line.split(" ", 1)[0]) >= _FULL * self._width
        if self._in_attachments:
            return is_full and attachments.goes_on(self._paragraph, line)
        return is_full and not above.endswith(":")

    def _keeps_hyphen(self, line: str) -> bool:
        """True when the hyphen at the end of the line above belongs to the word: "p-huse", "2030-fremskrivning"."""
        if _KEEPS_HYPHEN.search(self._above) or not line[0].islower():
            return True
        head, tail = _WORDS.findall(self._above)[-1], next(iter(_WORDS.findall(line)), "")
        return f"{head}-{tail}" in self._vocabulary and head + tail not in self._vocabulary


def _lines(page: str, *, is_markdown: bool) -> list[str]:
    """The page's lines with plain characters; "" for blank ones. What belongs to no item is dropped: contents lists,
    rules of tables, unfilled templates, and in text the marks of Markdown and the buttons of a saved page."""
    text = characters.plain(page)
    if is_markdown:
        text = _MARKDOWN.sub(lambda match: match["bold"] or "", text)
    lines = [characters.single_spaced(line) for line in text.split("\n")]
    if is_markdown:
        lines = [line.strip("| ") if line.startswith("|") else line for line in lines if not _TABLE_RULE.match(line)]
        lines = [line for line in lines if not furniture.is_button(line)]
    lines = [line for place, line in enumerate(lines) if not furniture.is_contents(lines, place)]
    return [part for line in lines if not furniture.is_leftover(line) for part in glue.parted(line)]


def _width(pages: list[list[str]]) -> int:
    """How many characters the widest lines hold, leaving out the odd one; 0 when lines are not wrapped."""
    lengths = sorted(len(line) for page in pages for line in page if len(line) > 30)
    if not lengths or not _NARROWEST <= lengths[-1] <= _WIDEST:
        return 0
    return lengths[int(0.97 * (len(lengths) - 1))]
