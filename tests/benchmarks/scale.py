"""How search behaves as an archive grows: time and memory at 10,000 to 1,000,000 passages, beside baselines.

python -m tests.benchmarks.scale [PASSAGES …] [--million] [--folder FOLDER]

Archives are built from recombined minutes (`volume`), and kept in FOLDER for the next run. Each size is measured in a
process of its own, so that its memory is its own. Machines are noisy: the fastest of three runs of a question counts.
The tables go to standard output as Markdown; docs/scaling.md has those of one run.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import time
from pathlib import Path

from ingest import encoders
from ingest.archive import Archive
from tests.benchmarks import volume

ROOT = Path(__file__).resolve().parents[2]
SIZES = (10_000, 100_000, 300_000)
MILLION = 1_000_000


def main() -> None:
    """Build what is missing, then measure each size."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    arguments.add_argument("passages", nargs="*", type=int, default=SIZES)
    arguments.add_argument("--million", action="store_true", help="a million passages too")
    arguments.add_argument("--folder", type=Path, default=ROOT / ".bench" / "scale")
    arguments.add_argument("--build", action="store_true", help=argparse.SUPPRESS)
    given = arguments.parse_args()
    sizes = (*given.passages, *([MILLION] if given.million else []))
    if given.build:
        build(given.folder, sizes[0])
        return
    given.folder.mkdir(parents=True, exist_ok=True)
    for size in sizes:
        archive = given.folder / f"{size}.db"
        if not archive.exists():
            _run("tests.benchmarks.scale", str(size), "--build", "--folder", str(given.folder))
        _run("tests.benchmarks.questions", str(archive))  # without views: how long they take to make
        _run("tests.benchmarks.questions", str(archive), "--all")


def build(folder: Path, passages: int) -> None:
    """Fill an archive, and say how long it took; the making of the text is not counted."""
    encoder = encoders.load(None)
    unfinished, held, taken, cpu = folder / f"{passages}.unfinished", 0, 0.0, 0.0
    unfinished.unlink(missing_ok=True)
    with Archive.open(unfinished, create=True) as archive:
        for number, minutes in enumerate(volume.meetings()):
            begun, cpu_begun = time.perf_counter(), time.process_time()
            held += volume.put(archive, minutes, encoder, source=f"volume/{number:06}.txt")
            taken, cpu = taken + time.perf_counter() - begun, cpu + time.process_time() - cpu_begun
            if held >= passages:
                break
        archive.compact()
    unfinished.rename(folder / f"{passages}.db")
    size = (folder / f"{passages}.db").stat().st_size / 1e6
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"\n## {held:,} passages\n\n| building | |\n|---|---|")
    print(f"| split, analyse, embed, write: seconds (CPU) | {taken:.0f} ({cpu:.0f}) |")
    print(f"| passages a second (a CPU-second) | {held / taken:,.0f} ({held / cpu:,.0f}) |")
    print(f"| archive, MB | {size:,.0f} |\n| memory, MB | {peak:,.0f} |", flush=True)


def _run(module: str, *arguments: str) -> None:
    """A process of its own for what is measured; its output is ours."""
    subprocess.run([sys.executable, "-m", module, *arguments], cwd=ROOT, check=True)


if __name__ == "__main__":
    main()
