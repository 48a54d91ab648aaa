"""Page text → one clean text: invisible and look-alike characters, running heads, broken lines and broken words.

Only the way a text is *set* is undone; its letters stay. Foreign letters typed inside Danish words (the client's
sample has four such words) therefore stay too: `danish.fold` reads them by sound, for search, and quotes keep them.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass

from ingest import attachments, case_numbers, danish, headings, item_forms
from ingest.item_forms import Evidence
from ingest.model import Document, PageBreak, SectionKind

_CHARACTERS = str.maketrans(
    {
        **dict.fromkeys([*map(chr, range(0x2000, 0x200B)), *"\u00a0\u1680\u202f\u205f\u3000\t"], " "),
        **dict.fromkeys([*map(chr, range(0x202A, 0x202F)), *map(chr, range(0x2066, 0x206A))], None),
        **dict.fromkeys("\u200b\u200c\u200d\u2060\ufeff\u00ad", None),
        **dict.fromkeys((chr(code) for code in range(32) if chr(code) not in "\n\r\f\t"), None),
        **dict.fromkeys("\uf0b7\uf0a7\uf0d8\uf02d\u25cf\u25aa", "•"),
        "\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl", "\ufb05": "st",
        "\ufb06": "st", "\u2010": "-", "\u2011": "-", "\ufffe": "-",
    }
)  # fmt: skip
_LINE_END = re.compile(r"\r\n|[\r\f\v\x85\u2028\u2029]")
_SOFT_HYPHEN_AT_END = re.compile("\u00ad(?= *\n)")  # there it is printed, and the word goes on below
_SPACES = re.compile(r" {2,}")
_MARKDOWN = re.compile(r"\*\*(?P<bold>[^*\n]+)\*\*|^#{1,6} +", re.MULTILINE)
_TABLE_RULE = re.compile(r"(?=[^|]*\|)[\s:|-]*+$")

_LEADER = re.compile(r"(?<!\.)\.{4,}+ ?\|? ?\d++ ?\|?$")  # ends a line of a contents list

_HEAD_LINES, _FOOT_LINES, _HEAD_SHARE, _HEAD_PAGES = 8, 4, 0.6, 3
_NARROWEST, _WIDEST = 50, 170  # text with longer lines, or with short ones only, is not wrapped at all
_FULL = 0.9  # a line is full when the next word would bring it to this share of the widest lines

# "1. Taget" opens a line of a list; "26. marts" and "2. behandling" go on with a sentence.
_NEVER_JOINED = re.compile(
    r"[-•–*]\s|\d{1,3}(?:\)|\.(?! (?-i:[a-zæøå]))|\.(?= at\b))\s|[a-zæøåA-ZÆØÅ][.)]\s|at\s*\d*[):.]|ad\s+\d"
    r"|punkt\s+\d+\s*:|bilag\b|udvalg:|dato:|punktnummer:|næste skridt:|sagsnr|dok\.?nr",
    re.IGNORECASE,
)
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
        pages = _without_running_heads(pages)
    setter = _Setter(_width(pages), frozenset(word for page in pages for line in page for word in _WORDS.findall(line)))
    for number, page in enumerate(pages, start=1):
        setter.add(page, number if document.is_paged else None)
    return Text("".join(setter.written), tuple(setter.page_breaks))


def plain(line: str) -> str:
    """A line of a source that has no lines of its own to undo (a field of JSON, a paragraph of a web page): plain
    characters, single spaces, everything on one line."""
    text = _LINE_END.sub(" ", unicodedata.normalize("NFC", line)).translate(_CHARACTERS).replace("\n", " ")
    return danish.by_sound(_SPACES.sub(" ", text).strip())


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
        if self._is_blank or not self._width or _NEVER_JOINED.match(line):
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
    """The page's lines with plain characters; "" for blank ones. Contents lists and table rules are dropped."""
    text = _LINE_END.sub("\n", unicodedata.normalize("NFC", page))
    text = _SOFT_HYPHEN_AT_END.sub("-", text).translate(_CHARACTERS)
    if is_markdown:
        text = _MARKDOWN.sub(lambda match: match["bold"] or "", text)
    lines = [_SPACES.sub(" ", line).strip() for line in text.split("\n")]
    if is_markdown:
        lines = [line.strip("| ") if line.startswith("|") else line for line in lines if not _TABLE_RULE.match(line)]
    return [line for place, line in enumerate(lines) if not _is_contents(lines, place)]


def _is_contents(lines: list[str], place: int) -> bool:
    """True for a line of a contents list: dots lead to its page, as on the line before or after it. One alone may be a
    row of a table ("Løn ........ 500")."""
    near = [line for line in lines[max(0, place - 3) : place + 4] if line]
    return bool(_LEADER.search(lines[place])) and (len(near) == 1 or sum(map(bool, map(_LEADER.search, near))) > 1)


def _without_running_heads(pages: list[list[str]]) -> list[list[str]]:
    """The pages without the lines at their top and bottom that most pages share but for figures.

    The first page keeps its head: there it names the meeting.
    """
    for take, limit in ((_top, _HEAD_LINES), (_bottom, _FOOT_LINES)):
        shared = Counter(shape for page in pages for shape in {_shape(line) for line in take(page, limit)})
        enough = max(_HEAD_PAGES, _HEAD_SHARE * len(pages))
        running = {shape for shape, count in shared.items() if count >= enough}
        first = pages[:1] if take is _top else [_trimmed(pages[0], running, from_top=False)]
        pages = [*first, *(_trimmed(page, running, from_top=take is _top) for page in pages[1:])]
    return pages


def _top(page: list[str], limit: int) -> list[str]:
    return [line for line in page if line][:limit]


def _bottom(page: list[str], limit: int) -> list[str]:
    return [line for line in page if line][-limit:]


def _shape(line: str) -> str:
    return re.sub(r"\d+", "#", line)


def _trimmed(page: list[str], running: set[str], *, from_top: bool) -> list[str]:
    lines = page if from_top else page[::-1]
    start = 0
    while start < len(lines) and (not lines[start] or _is_running(lines[start], running, from_top=from_top)):
        start += 1
    return lines[start:] if from_top else lines[start:][::-1]


def _is_running(line: str, running: set[str], *, from_top: bool) -> bool:
    """True for a shared line that is page furniture: no heading or case number of an item, and at the foot one with a
    figure in it ("Side 4", "1 of 5"), since items may end alike ("Godkendt.")."""
    if _shape(line) not in running or headings.section(line) or case_numbers.of_line(line):
        return False
    is_item = item_forms.is_heading(line, at_least=Evidence.NOTHING)
    return not is_item and (from_top or any(character.isdigit() for character in line))


def _width(pages: list[list[str]]) -> int:
    """How many characters the widest lines hold, leaving out the odd one; 0 when lines are not wrapped."""
    lengths = sorted(len(line) for page in pages for line in page if len(line) > 30)
    if not lengths or not _NARROWEST <= lengths[-1] <= _WIDEST:
        return 0
    return lengths[int(0.97 * (len(lengths) - 1))]
