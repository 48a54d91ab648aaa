"""The first lines of an item → its title, its case number, and what is kept of them when the item is closed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingest import headings, privacy
from ingest.model import Span

_TITLE_LINES = 4  # a title and its case number never take more
_LABEL_LINE = re.compile(r"[ ]*(?:dok\.?\s?nr|journalnr|j\.?nr|sagsid|initialer|brevid)\.?\s*:[^\n]*\n+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Title:
    """An item's own heading, as one line in `text`; in the item it ends at `end`. `stub` are the lines of it that are
    kept of a closed item."""

    text: str
    case_number: str | None
    end: int
    stub: tuple[Span, ...]


def read(words: str, *, is_set: bool) -> Title:
    """The heading at the start of an item's text.

    The title runs on over lines until a case number, a section heading or an empty line; it may begin below the number.
    Case numbers may carry labels and stand up to a few lines further down.
    """
    lines = list(re.finditer(r"[^\n]*\n", words))
    first = next(match for form in headings.ITEM_FORMS if (match := form.pattern.match(lines[0][0].rstrip())))
    title, set_in = [first["title"].strip()], [lines[0]]
    case, continues = None, True
    for line in lines[1 : _TITLE_LINES + 3]:
        stripped = line[0].strip()
        if headings.case_line(stripped):
            case = line
            break
        if stripped and headings.section(stripped):
            break
        is_first = not any(title)
        continues = is_first or (continues and bool(stripped))
        if stripped and continues and len(title) < _TITLE_LINES and (is_first or _case_follows(lines, line.end())):
            title.append(stripped)
            set_in.append(line)
    return Title(
        " ".join(" ".join(title).split()),
        headings.case_line(case[0]) if case else None,
        _after_labels(words, case.end()) if case else set_in[-1].end(),
        tuple(_stub(words, title, set_in, case, is_set=is_set)),
    )


def _stub(
    words: str, title: list[str], lines: list[re.Match[str]], case: re.Match[str] | None, *, is_set: bool
) -> Iterator[Span]:
    """The lines that are kept of a closed item's heading, with the empty ones below them. Fails closed: where type and
    gaps do not set a title apart, all but its first line may be the case itself."""
    is_below = not title[0] and len(title) > 1 and privacy.is_closed(title[1])
    count = len(lines) if is_set and case and (title[0] or is_below) else 1 + is_below
    for line in [*lines[:count], *([case] if case else [])]:
        rest = words[line.end() :]
        yield Span(line.start(), line.end() + len(rest) - len(rest.lstrip()))


def _after_labels(words: str, end: int) -> int:
    """Past the lines of file numbers and initials that follow a case number."""
    while line := _LABEL_LINE.match(words, end):
        end = line.end()
    return end


def _case_follows(lines: list[re.Match[str]], offset: int) -> bool:
    """True when the next line with text ends a heading: otherwise what stands there is already the item's text."""
    following = (line[0].strip() for line in lines if line.start() >= offset and line[0].strip())
    return any(headings.case_line(line) or headings.section(line) for line in list(following)[:2])
