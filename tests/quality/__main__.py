"""`python -m tests.quality`: every side of the search on questions hidden among written minutes, and what changed.

`--keep` writes the record that later runs are compared with, `docs/scorecard.json`. The founders' questions are asked,
too, where they are at hand; they are printed and not kept.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Sequence
from pathlib import Path

from ingest import encoders
from ingest.archive import Archive
from qa import evaluate
from qa.rerank import Reranker
from tests.quality import archive, card, naive_archive
from tests.quality.sides import Placed, Sides

RECORD = archive.ROOT / "docs" / "scorecard.json"
OWN = (archive.ROOT / "data" / "questions.jsonl", Path(__file__).with_name("questions.jsonl"))
FOUNDERS = tuple(archive.SHARED / "eval" / name for name in ("herning_dev.jsonl", "dev.jsonl"))


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, print, compare, and keep where asked to."""
    parser = argparse.ArgumentParser(prog="python -m tests.quality", description=main.__doc__)
    parser.add_argument("--keep", action="store_true", help="make this run the one to compare with")
    parser.add_argument("--rerank", metavar="NAME", help="a cross-encoder, by name or folder, as one more side")
    options = parser.parse_args(arguments)
    reranker = Reranker(options.rerank) if options.rerank else None
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "hidden.db"
        size = archive.build(path, archive.own(), hidden=True)
        print(f"### Our own questions, hidden among {size} passages\n")
        placed = measured(path, OWN, with_naive=True, reranker=reranker)
        print("\n".join(card.tables(placed)))
        if all(file.is_file() for file in FOUNDERS):
            path = Path(folder) / "founders.db"
            size = archive.build(path, [*archive.own(), *archive.founders()], hidden=True)
            print(f"### The founders' development questions, hidden among {size} passages\n")
            print("\n".join(card.tables(measured(path, FOUNDERS, with_naive=False, reranker=reranker))))
    print("\n".join(card.changes(placed, RECORD)))
    if options.keep:
        card.keep(placed, RECORD)


def measured(path: Path, files: Sequence[Path], *, with_naive: bool, reranker: Reranker | None = None) -> list[Placed]:
    """What comes of the questions in the files, asked of the archive at `path`."""
    naive = None
    if with_naive:
        with Archive.open(path) as opened:
            naive = naive_archive.over(opened, encoders.load(None))
    sides = Sides(path, naive, reranker)
    try:
        return sides.place(gold for file in files for gold in evaluate.read(file))
    finally:
        sides.close()


if __name__ == "__main__":
    main()
