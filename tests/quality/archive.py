"""The archives that quality is measured on: the minutes asked about, alone or hidden among written ones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from ingest import encoders, pipeline
from ingest.archive import Archive
from tests.quality import written

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "data" / "minutes" / "herning-beskaeftigelsesudvalget-2026-04-28.pdf"
KILDEMOSE = ROOT / "tests" / "minutes" / "kildemose"
SHARED = ROOT.parent / "shared"  # the founders' minutes and questions; not part of the project


def own() -> list[Path]:
    """The minutes that our own questions are about."""
    return [SAMPLE, *sorted(KILDEMOSE.glob("*.txt"))]


def founders() -> Iterator[Path]:
    """The founders' minutes, where they are at hand, but for the sample itself."""
    for folder in ("minutes", "firstagenda", "koebenhavn"):
        for path in sorted((SHARED / folder).rglob("*")):
            if path.is_file() and not path.name.startswith("herning-"):
                yield path


def build(path: Path, sources: Iterable[Path], *, hidden: bool) -> int:
    """An archive at `path` of the sources; `hidden` among the written minutes, which are put into a folder beside it.
    Returns how many passages it holds. Sources that cannot be read are passed over."""
    files = [*sources]
    if hidden:
        folder = path.with_suffix(".written")
        folder.mkdir(parents=True, exist_ok=True)
        files += written.write(folder)
    with Archive.open(path, create=True) as archive:
        return pipeline.ingest(archive, files, encoder=encoders.load(None)).passages
