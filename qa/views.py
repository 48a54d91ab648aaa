"""Open the two indexes over an archive: built from it, or taken from the files that an earlier run left beside it.

What lies in the files serves for as long as the archive only grows: passages that came since are indexed in memory, and
once they are many, everything is saved anew. When anything was taken from the archive or changed in it, the files are
thrown away. They hold nothing that is not in the archive; without them it only takes longer.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from ingest import views
from ingest.archive import Archive
from qa.postings import Postings, invert, joined
from qa.vectors import VectorIndex, Vectors
from qa.words import WordIndex

WEIGHTS = (2.0, 1.5, 1.2, 1.0)  # title, decision, recommendation, rest
SAVED_FROM = 5_000  # passages; fewer are indexed in memory in a few tenths of a second
_ANEW = 50  # files are made anew when what came since is more than one in so many
# Names of the files; another number for another layout, so that no version reads what it does not know.
_WORDS = f"words-1-{'-'.join(map(str, WEIGHTS))}-"
_VECTORS = "vectors-1-"

Part = TypeVar("Part", Postings, Vectors)


def words(archive: Archive) -> WordIndex:
    """The index over the words of the archive as it is now."""
    state = archive.fingerprint()
    base = _saved(archive, _WORDS, Postings.open)
    later = invert(archive.words(after=_last(base)), WEIGHTS)
    if base is None or len(later) * _ANEW > len(base):
        whole = joined([base, later]) if base is not None else later
        if len(whole) >= SAVED_FROM and (saved := _save(archive, _WORDS + state, whole.save, Postings.open)):
            return WordIndex([saved])
        return WordIndex([whole])
    return WordIndex([base, later])


def vectors(archive: Archive) -> VectorIndex:
    """The index over the vectors of the archive as it is now."""
    state, encoder = archive.fingerprint(), archive.encoder()
    prefix = f"{_VECTORS}{''.join(filter(str.isalnum, encoder.revision)) if encoder else ''}-"
    base = _saved(archive, prefix, Vectors.open)
    ids, matrix = archive.vectors(after=_last(base))
    if base is not None and len(ids) * _ANEW <= len(base):
        return VectorIndex([base, Vectors.build(ids, matrix)])
    if base is not None:
        ids, matrix = archive.vectors()
    if len(ids) >= SAVED_FROM:
        saved = _save(archive, prefix + state, lambda folder: Vectors.write(folder, ids, matrix), Vectors.open)
        if saved:
            return VectorIndex([saved])
    return VectorIndex([Vectors.build(ids, matrix)])


def _last(base: Part | None) -> int:
    """The highest passage id that is in the files; 0 without files."""
    return int(base.ids[-1]) if base is not None and len(base) else 0


def _saved(archive: Archive, prefix: str, read: Callable[[Path], Part]) -> Part | None:
    """The largest of the files that still fit the archive; those of a state it did not grow from are thrown away."""
    found: list[Part] = []
    for name in views.names(archive.path):
        if name.startswith(prefix):
            part = _opened(views.folder(archive.path) / name, read)
            if part is not None and archive.grew_from(name.removeprefix(prefix)):
                found.append(part)
            else:
                views.remove(archive.path, name)
    return max(found, key=len, default=None)


def _save(archive: Archive, name: str, write: Callable[[Path], None], read: Callable[[Path], Part]) -> Part | None:
    """Write a view and open it from its files; None where that cannot be: a full disk, a folder of somebody else."""
    older = views.names(archive.path)
    with suppress(OSError):
        with views.written(views.folder(archive.path) / name) as folder:
            write(folder)
        part = _opened(views.folder(archive.path) / name, read)
        for each in older:
            if each != name and each.partition("-")[0] == name.partition("-")[0]:
                views.remove(archive.path, each)
        return part
    return None


def _opened(view: Path, read: Callable[[Path], Part]) -> Part | None:
    """A view from its files; None when they are damaged."""
    with suppress(OSError, ValueError):
        return read(view) if views.is_whole(view) else None
    return None
