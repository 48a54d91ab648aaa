"""From the paths a user names to the files to read, in an order that does not depend on the file system."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from ingest.raw import RawStore

# What is taken out of a folder; a file named by itself is tried whatever it is called.
SUFFIXES = (".pdf", ".txt", ".md", ".html", ".htm", ".json", ".xml", ".docx")
# Minutes in forms that are not read yet: worth a word when they are passed over.
OTHER_SUFFIXES = (".doc", ".odt", ".rtf")
STORE = ".raw"  # ends the name of the folder beside an archive that holds what was fetched for it
# A file's name and the key of one meeting in it.
_PART = re.compile(r"(?P<file>.+)#[^#/]+/[^#/]+/\d{4}-\d\d-\d\d[^#/]*", re.DOTALL)
NOT_MINUTES = ("readme", "license", "licence", "changelog")  # what people put beside their minutes


def expand(paths: Iterable[Path]) -> tuple[Path, ...]:
    """The files named, and those in the folders named and their subfolders, each once.

    The order of `paths` stands, within a folder that of names. Left out in folders: hidden files, half-written ones
    (`.part`), those that lock another (`~$`), READMEs, what a sync keeps (`.raw`), and links: what a link in the folder
    leads to either lies in the folder and is met there, or lies outside and was not named.
    """
    found: dict[str, Path] = {}
    for path in paths:
        for file in _files(path):
            found.setdefault(os.path.abspath(file), file)
    return tuple(found.values())


def locate(source: str, archive: Path) -> Path:
    """The file of a source. A relative one is looked for from the archive's folder up, then from here; of one meeting
    out of a file that holds several ("minutes.json#key") it is that file; of an address it is what was fetched."""
    if is_address(source):
        return raw_store(archive).path(source) or Path(source)
    home, name = archive.resolve().parent, file_of(source)
    places = (home.parent / name, home / name, Path(name))
    return next((place for place in places if place.is_file()), Path(name))


def file_of(source: str) -> str:
    """The name of the file of a source, which may be one meeting out of it ("minutes.json#key")."""
    match = _PART.fullmatch(source)
    return match["file"] if match else source


def is_address(source: str) -> bool:
    """True for a source that was fetched from a publication site."""
    return source.startswith(("https://", "http://"))


def raw_store(archive: Path) -> RawStore:
    """Where what was fetched for an archive lies: beside it."""
    return RawStore(archive.resolve().with_suffix(STORE))


def named(file: Path, archive: Path) -> str:
    """The name a file is kept under: relative when read from the archive's own folder or the one above, where
    `locate` finds it again; in full from anywhere else, so that two folders' files cannot be taken for each other."""
    home = archive.resolve().parent
    return str(file) if Path.cwd() in (home, home.parent) else os.path.abspath(file)


def passed_over(paths: Iterable[Path]) -> tuple[Path, ...]:
    """The files in the folders named that may be minutes in a form that is not read, by name."""
    return tuple(
        Path(folder, name)
        for path in paths
        if path.is_dir()
        for folder, _, names in sorted(os.walk(path))
        for name in sorted(names)
        if name.lower().endswith(OTHER_SUFFIXES) and not name.startswith((".", "~"))
    )


def _files(path: Path) -> Iterator[Path]:
    if not path.is_dir():
        yield Path(os.path.normpath(path))
        return
    for folder, folders, names in os.walk(path):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and not name.endswith(STORE))
        for name in sorted(names):
            file = Path(os.path.normpath(folder), name)
            if _is_minutes(file) and not file.is_symlink():
                yield file


def _is_minutes(file: Path) -> bool:
    return (
        file.suffix.lower() in SUFFIXES
        and not file.name.startswith((".", "~"))
        and file.stem.lower() not in NOT_MINUTES
    )
