"""A list of attachments, however it is set → the names in it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest import headings

_NONE = re.compile(r"\W*(?:ingen(?: bilag)?|der er ingen bilag|intet|\d{1,3})?\W*$", re.IGNORECASE)
_MARK = re.compile(r"[•*–-]\s+")
# A row of Acadre's list: its number, whether it is open, its name, the number of the document.
_STATE = r"(?:Åben|Åbent|Lukket|Fortrolig|Intern|Offentlig)"
_ROW = re.compile(rf"\d{{1,3}}\.? (?:\| )?{_STATE} (?:\| )?(?P<name>\S.*?)(?: (?:\| )?\d{{3,7}}[/-]\d{{2,4}})?$")
_CELL = re.compile(rf"(?:{_STATE}|\d{{3,7}}/\d{{2,4}}|Titel|Navn|Dok\.? ?nr\.?)$")
_FILED = re.compile(r"\d{2,4}[-–/]\d{3,7}\b")  # the number that a document has in its archive


def names(body: str) -> tuple[str, ...]:
    """The names of the attachments that a section lists, one a line; empty when it says that there are none."""
    return tuple(_names(list(_lines(body))))


def goes_on(first: str, line: str) -> bool:
    """True when `line` is the rest of a name that began above, in a list whose names open like `first`: all with the
    numbers of their documents, and this one without."""
    return bool(_FILED.match(first)) and not _FILED.match(line)


def _lines(body: str) -> Iterator[str]:
    for line in map(str.strip, body.split("\n")):
        heading = headings.section(line)  # where one stands among the names, what it names is a paper
        is_heading = heading is not None and not heading.names_a_body and not line.startswith("Indstilling")
        if not _NONE.match(line) and not is_heading and not _CELL.match(line):
            yield _MARK.sub("", line, count=1) if _MARK.match(line) else line


def _names(lines: list[str]) -> Iterator[str]:
    held = ""
    for line in lines:
        if held and goes_on(lines[0], line):
            held = f"{held} {line}"
            continue
        if held:
            yield held
        row = _ROW.match(line)
        held = row["name"] if row else line
    if held:
        yield held
