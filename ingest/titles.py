"""The first lines of an item → its title, its case number, and what is kept of them when the item is closed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from ingest import case_numbers, headings, item_forms, privacy
from ingest.item_forms import ItemForm
from ingest.model import Span

_OPEN_MARK = re.compile(r"^\((?:Åben|Åbent|Offentlig|Offentligt)\) +(?=\S)")  # "Punkt 1 (Åben) Skoleåret"
_TITLE_LINES = 4  # a title and its case number never take more
_LABEL_LINE = re.compile(
    r"[ ]*(?:dok\.?\s?nr|journalnr|j\.?nr|sagsid|initialer|brevid)\b\.?(?:\s*:|\s+(?=[\d-]))[^\n]*\n+", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Title:
    """An item's own heading, as one line in `text`; in the item it ends at `end`. `stub` are the lines of it that are
    kept of a closed item."""

    text: str
    case_number: str | None
    end: int
    stub: tuple[Span, ...]


def read(words: str, *, is_set: bool, form: ItemForm = item_forms.PUNKT) -> Title:
    """The heading at the start of an item's text, in the form its document uses.

    The title runs on over lines until a case number, a section heading or an empty line; it may begin below the number,
    or end above it. Case numbers may carry labels and stand up to a few lines further down. A title that is repeated
    below itself (Roskilde) counts once.
    """
    lines = list(re.finditer(r"[^\n]*\n", words))
    if form.is_below:
        return _above(words, lines, form, is_set=is_set)
    match = form.pattern.match(lines[0][0].rstrip())
    title, set_in = [match["title"].strip() if match else lines[0][0].strip()], [lines[0]]
    given = match["case"] if match and "case" in form.pattern.groupindex else None
    number = match["number"] if match else ""
    case, continues = None, True
    for line in lines[1 : _TITLE_LINES + 3]:
        stripped = line[0].strip()
        if case_numbers.of_line(stripped):
            case = line
            break
        is_title = not any(title) and headings.may_be_title(stripped) and _case_follows(lines, line.end())
        if stripped and headings.section(stripped) and not is_title:
            break
        if any(title) and _LABEL_LINE.match(line[0]):
            continue
        if stripped and _repeats(stripped, number, title):
            set_in.append(line)
            continue
        is_first = not any(title)
        continues = is_first or (continues and bool(stripped))
        if stripped and continues and len(title) < _TITLE_LINES and (is_first or _case_follows(lines, line.end())):
            title.append(stripped)
            set_in.append(line)
    return _title(words, title, set_in, case, given=given, is_set=is_set)


def _above(words: str, lines: list[re.Match[str]], form: ItemForm, *, is_set: bool) -> Title:
    """A title that stands above its number, or above its case number where items have none."""
    is_number = [bool(form.pattern.match(line[0].strip())) for line in lines[: _TITLE_LINES + 1]]
    count = is_number.index(True) if True in is_number else 0
    title, set_in = [line[0].strip() for line in lines[:count]] or [""], lines[: count + 1]
    below = lines[count : count + _TITLE_LINES]
    case = next((line for line in below if case_numbers.of_line(line[0])), None)
    head = _title(words, title, set_in, case, is_set=is_set)
    # What stands above a number may be the end of the item before: of a closed item it is kept only if it says itself
    # that it is the title of one.
    kept = set_in if privacy.is_closed(head.text) else set_in[-1:]
    stub = {line.start(): Span(line.start(), line.end()) for line in (*kept, *((case,) if case else ()))}
    return replace(head, stub=tuple(stub.values()))


def _title(
    words: str,
    title: list[str],
    set_in: list[re.Match[str]],
    case: re.Match[str] | None,
    *,
    is_set: bool,
    given: str | None = None,
) -> Title:
    return Title(
        _OPEN_MARK.sub("", " ".join(" ".join(title).split())),
        case_numbers.of_line(case[0]) if case else given,
        _after_labels(words, max(case.end(), set_in[-1].end())) if case else set_in[-1].end(),
        tuple(_stub(words, title, set_in, case, is_set=is_set)),
    )


def _repeats(line: str, number: str, title: list[str]) -> bool:
    """True for a line that only says again what number and title have said."""
    words = re.sub(rf"^{re.escape(number)}\b\W*", "", line) if number else line
    return any(title) and (not words or " ".join(title).casefold() == words.casefold())


def _stub(
    words: str, title: list[str], lines: list[re.Match[str]], case: re.Match[str] | None, *, is_set: bool
) -> Iterator[Span]:
    """The lines that are kept of a closed item's heading, with the empty ones below them. Fails closed: where type and
    gaps do not set a title apart, all but its first line may be the case itself."""
    is_below = not title[0] and len(title) > 1 and privacy.is_closed(title[1])
    count = len(lines) if is_set and case and (title[0] or is_below) else 1 + is_below
    for line in [*lines[:count], *([case] if case and case not in lines[:count] else [])]:
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
    return any(case_numbers.of_line(line) or headings.section(line) for line in list(following)[:2])
