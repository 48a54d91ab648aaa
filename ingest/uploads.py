"""Files people hand in → kept in a folder beside the archive, where reading finds them again.

What is refused is refused before anything is written: by its size, by its content (never by its name), by a name that
holds a civil registration number. No file ever takes another one's place.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path, PurePath

FOLDER = ".uploads"  # ends the name of the folder beside an archive
_LONGEST = 120  # characters of a name that are kept
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)  # no names for files on Windows

# How a kept file is called by what is in it, whatever it was called: media type → the endings it may have.
_ENDINGS: dict[str, tuple[str, ...]] = {
    "application/pdf": (".pdf",),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": (".docx",),
    "application/json": (".json",),
    "application/xml": (".xml",),
    "text/html": (".html", ".htm"),
    "text/plain": (".txt", ".md"),
}


class Refusal(StrEnum):
    """Why a file was not taken in."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    UNKNOWN_FORMAT = "unknown_format"
    OTHER_FORMAT = "other_format"  # it is called .pdf, .docx or .json and is something else
    CPR_IN_NAME = "cpr_in_name"
    NO_ROOM = "no_room"  # the disk refuses


@dataclass(frozen=True, slots=True)
class Refused:
    """A file that was not taken in: its name, as it may be shown, and why."""

    name: str
    why: Refusal


@dataclass(frozen=True, slots=True)
class Kept:
    """A file that was kept. `source` is what the archive will know it by."""

    name: str
    source: str


def folder_of(archive: Path) -> Path:
    """Where the uploads for an archive lie; it need not be there."""
    return archive.resolve().with_suffix(FOLDER)


def keep(archive: Path, name: str, content: bytes, *, limit: int) -> Kept | Refused:
    """Keep a file that was handed in, or say why not. `limit` is the most bytes it may have.

    The same content under the same name is kept once; other content under a name that is taken gets a number.
    """
    from ingest.privacy import mask_cpr

    plain = safe_name(name)
    if mask_cpr(plain) != plain:
        return Refused(mask_cpr(plain), Refusal.CPR_IN_NAME)
    if not content.strip():
        return Refused(plain, Refusal.EMPTY)
    if len(content) > limit:
        return Refused(plain, Refusal.TOO_LARGE)
    found = media_type(content)
    if found is None:
        return Refused(plain, Refusal.UNKNOWN_FORMAT)
    endings, told = _ENDINGS[found], PurePath(plain).suffix.lower()
    if told not in endings:
        if any(told in each for each in _ENDINGS.values() if told not in (".txt", ".md", ".html", ".htm")):
            return Refused(plain, Refusal.OTHER_FORMAT)
        plain = f"{PurePath(plain).stem if told in ('.txt', '.md', '.html', '.htm') else plain}{endings[0]}"
    folder = folder_of(archive)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file = _written(folder, plain, content)
    except OSError:
        return Refused(plain, Refusal.NO_ROOM)
    # From the folder above the archive's, where `files.locate` looks first: it holds wherever the folder is moved.
    return Kept(plain, str(PurePath(folder.parent.name, folder.name, file.name)))


def discard(archive: Path, source: str) -> bool:
    """Delete the kept file of a source; False, and nothing done, for a source that is not an upload."""
    file = kept_file(archive, source)
    if file is None:
        return False
    file.unlink(missing_ok=True)
    return True


def kept_file(archive: Path, source: str) -> Path | None:
    """The file of a source that was handed in; None for any other source."""
    from ingest.files import file_of, is_address, locate

    if is_address(source):
        return None
    file = locate(file_of(source), archive)
    is_ours = file.is_file() and file.resolve().parent == folder_of(archive)
    return file.resolve() if is_ours else None


def media_type(content: bytes) -> str | None:
    """What the content is, as the readers tell it; None when no reader knows it."""
    from ingest.readers import FORMATS

    return next((each.media_type for each in FORMATS if each.recognises(content)), None)


def safe_name(name: str) -> str:
    """The name as a file can be called on any system: the last part of a path, letters, digits and `. - _ ( )` and
    blanks, no dot in front, of some length at most. Never empty."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    plain = "".join(each if each.isalnum() or each in ".-_() " else "_" for each in last)
    plain = re.sub(r"\s+", " ", plain).strip(". ")
    stem, ending = os.path.splitext(plain)
    while len(f"{stem}{ending}".encode()) > _LONGEST:
        stem, ending = (stem[:-1], ending) if stem else (ending[:_LONGEST], "")
    plain = f"{stem.rstrip('. ') or 'fil'}{ending}"
    return f"_{plain}" if _RESERVED.fullmatch(plain) else plain


def _written(folder: Path, name: str, content: bytes) -> Path:
    """The file with this content in the folder, whole or not at all, in nobody's place."""
    for candidate in _names(name):
        file = folder / candidate
        if file.is_file() and not file.is_symlink() and file.read_bytes() == content:
            return file
        try:
            handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o640)
        except FileExistsError:
            continue
        try:
            with os.fdopen(handle, "wb") as out:
                out.write(content)
        except OSError:
            file.unlink(missing_ok=True)
            raise
        return file
    raise FileExistsError(name)


def _names(name: str) -> Iterator[str]:
    stem, ending = os.path.splitext(name)
    yield name
    yield from (f"{stem} ({number}){ending}" for number in range(2, 1000))
