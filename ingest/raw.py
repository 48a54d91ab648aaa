"""Raw answers on disk, as they came: content under its own digest, and beside it which address gave it.

    objects/ab/abcd…        the bytes, named by their SHA-256
    index/12/1234….json     one address (the name is the digest of it): digest, stamp, whether it was taken

Content is written and flushed before the index names it, and every file appears under its name whole or not at all. So
a process killed at any moment leaves only whole entries, and a `.part` that nothing reads. Content that an address no
longer gives stays.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from threading import get_ident

from ingest.errors import ArchiveError


@dataclass(frozen=True, slots=True)
class Kept:
    """What was kept last for an address. `stamp` is whatever its keeper compares to see whether there is anything new;
    `is_taken` is true once it was read into an archive."""

    address: str
    digest: str
    size: int
    stamp: str
    is_taken: bool = False


class RawStore:
    """The store in `folder`, which need not exist yet. Raises `ArchiveError` where the disk refuses."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def keep(self, address: str, content: bytes, stamp: str) -> Kept:
        """Keep the content as what the address gives now; it counts as not taken yet."""
        kept = Kept(address, hashlib.sha256(content).hexdigest(), len(content), stamp)
        self._write(self._object(kept.digest), content, flushed=True)
        self._note(kept)
        return kept

    def mark(self, address: str, *, is_taken: bool) -> None:
        """Note whether what is kept for an address was taken; nothing happens for an address without any."""
        kept = self._noted(address)
        if kept is not None and kept.is_taken != is_taken:
            self._note(replace(kept, is_taken=is_taken))

    def find(self, address: str) -> Kept | None:
        """What is kept for an address; None when that is nothing, or its content is no longer what was kept."""
        kept = self._noted(address)
        return kept if kept is not None and self._content(kept) is not None else None

    def has(self, address: str) -> bool:
        """Whether content is kept for an address, judged by its size alone: enough for large files that are looked
        through on every sync, and one that `find` saw damaged is gone."""
        kept = self._noted(address)
        if kept is None:
            return False
        with _ours(self.folder):
            path = self._object(kept.digest)
            return path.is_file() and path.stat().st_size == kept.size

    def path(self, address: str) -> Path | None:
        """The file that holds what `find` finds; None where it finds nothing. Its name says nothing of its format."""
        kept = self.find(address)
        return self._object(kept.digest) if kept else None

    def read(self, address: str) -> bytes | None:
        """The content that `find` finds."""
        kept = self._noted(address)
        return self._content(kept) if kept else None

    def addresses(self, prefix: str = "") -> tuple[str, ...]:
        """The addresses in the index that begin so, in order. Their content is not looked at."""
        with _ours(self.folder):
            notes = [_parsed(path) for path in self.folder.glob("index/*/*.json")]
        return tuple(sorted(kept.address for kept in notes if kept and kept.address.startswith(prefix)))

    def _content(self, kept: Kept) -> bytes | None:
        path = self._object(kept.digest)
        with _ours(self.folder):
            content = _read(path)
            if content is None or hashlib.sha256(content).hexdigest() == kept.digest:
                return content
            path.unlink()  # it is nothing any more, and its size must not say otherwise
        return None

    def _object(self, digest: str) -> Path:
        return self.folder / "objects" / digest[:2] / digest

    def _index(self, address: str) -> Path:
        name = hashlib.sha256(address.encode("utf-8", "surrogatepass")).hexdigest()
        return self.folder / "index" / name[:2] / f"{name}.json"

    def _noted(self, address: str) -> Kept | None:
        with _ours(self.folder):
            kept = _parsed(self._index(address))
        return kept if kept and kept.address == address else None

    def _note(self, kept: Kept) -> None:
        # Not flushed: should the power fail, the entry is missing or damaged, and the address is asked again.
        self._write(self._index(kept.address), json.dumps(asdict(kept)).encode(), flushed=False)

    def _write(self, path: Path, content: bytes, *, flushed: bool) -> None:
        with _ours(self.folder):
            path.parent.mkdir(parents=True, exist_ok=True)
            # A name of this writer's own: two syncs may keep the same at the same moment.
            part = path.with_name(f"{path.name}.{os.getpid()}-{get_ident()}.part")
            try:
                with part.open("wb") as file:
                    file.write(content)
                    if flushed:
                        file.flush()
                        os.fsync(file.fileno())
                part.replace(path)
            except BaseException:
                part.unlink(missing_ok=True)  # on a full disk half a file is in the way
                raise


def _parsed(path: Path) -> Kept | None:
    """The entry in an index file; None where it is missing or damaged."""
    content = _read(path)
    if content is None:
        return None
    try:
        kept = Kept(**json.loads(content))
    except (ValueError, TypeError):  # not JSON, or other fields
        return None
    kinds = ((kept.address, str), (kept.digest, str), (kept.size, int), (kept.stamp, str), (kept.is_taken, bool))
    is_whole = all(isinstance(value, kind) for value, kind in kinds) and re.fullmatch("[0-9a-f]{64}", kept.digest)
    return kept if is_whole else None


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


@contextmanager
def _ours(folder: Path) -> Iterator[None]:
    """Faults of the disk as ours."""
    try:
        yield
    except OSError as fault:
        reason = fault.strerror or str(fault)
        raise ArchiveError(f"{folder}: raw answers cannot be kept or read there ({reason})") from fault
