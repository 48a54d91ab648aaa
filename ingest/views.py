"""What is built from an archive to search it quickly lies in a folder beside it, and can be thrown away at any time.

A view is a folder of files, written whole or not at all: it is made under another name and renamed when it is complete,
so that any number of processes may make, read and throw away views of one archive. `sizes.json` in it says how long
each file is; a view that was cut short is not taken for whole.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_SIZES = "sizes.json"
_UNFINISHED = "unfinished-"


def folder(archive: Path) -> Path:
    """Where the views of an archive lie."""
    return archive.with_name(f"{archive.name}.views")


def names(archive: Path) -> list[str]:
    """The names of the views there are, whole or not."""
    with suppress(OSError):  # none were made, or they are not for us
        return sorted(each.name for each in folder(archive).iterdir() if not each.name.startswith(_UNFINISHED))
    return []


def is_whole(view: Path) -> bool:
    """True for a view of which every file is there and as long as it was written."""
    try:
        sizes = json.loads((view / _SIZES).read_bytes())
        return bool(sizes) and all((view / name).stat().st_size == size for name, size in sizes.items())
    except (OSError, ValueError, AttributeError):  # missing, not JSON, JSON of something else
        return False


@contextmanager
def written(view: Path) -> Iterator[Path]:
    """A new folder to write a view's files to; it becomes `view` when the block ends well, and goes otherwise.

    When another process was first with the same view, its files stand. Raises `OSError` where nothing can be written.
    """
    view.parent.mkdir(parents=True, exist_ok=True)
    unfinished = Path(tempfile.mkdtemp(prefix=_UNFINISHED, dir=view.parent))
    try:
        yield unfinished
        sizes = {each.name: each.stat().st_size for each in unfinished.iterdir()}
        (unfinished / _SIZES).write_text(json.dumps(sizes), encoding="utf-8")
        try:
            os.rename(unfinished, view)
        except OSError:
            if not is_whole(view):  # else another process was first
                raise
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)


def remove(archive: Path, name: str) -> None:
    """Throw one view away. Where a system lets no file go that is being read, it stays until a later time."""
    shutil.rmtree(folder(archive) / name, ignore_errors=True)


def discard(archive: Path) -> None:
    """Throw all views of an archive away, unfinished ones too."""
    shutil.rmtree(folder(archive), ignore_errors=True)
