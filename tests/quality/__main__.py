"""`make eval`: answers over few minutes and hidden among many, and reading, as tables; the scorecard's page made anew.

Questions of the hidden archive that came out otherwise than in the record, `docs/scorecard.json`, are named; `--keep`
makes this run the record. What needs the founders' minutes is measured where they are at hand.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Sequence
from pathlib import Path

from ingest import encoders
from ingest.archive import Archive
from qa import evaluate, scorecard
from qa.rerank import Reranker
from tests import parse_scores
from tests.quality import answers, archive, card, naive_archive, page
from tests.quality.sides import Placed, Sides

RECORD = archive.ROOT / "docs" / "scorecard.json"
SAMPLE_QUESTIONS = archive.ROOT / "data" / "questions.jsonl"
OWN = (SAMPLE_QUESTIONS, Path(__file__).with_name("questions.jsonl"))
FOUNDERS = tuple(archive.SHARED / "eval" / name for name in ("herning_dev.jsonl", "dev.jsonl"))


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, print, compare, and keep where asked to."""
    parser = argparse.ArgumentParser(prog="python -m tests.quality", description=main.__doc__)
    parser.add_argument("--keep", action="store_true", help="make this run the one to compare with")
    parser.add_argument(
        "--rerank", metavar="NAME", help="a cross-encoder, by name or folder, as one more side; the page stays as it is"
    )
    options = parser.parse_args(arguments)
    reranker = Reranker(options.rerank) if options.rerank else None
    with tempfile.TemporaryDirectory() as folder:
        tables = over_few(Path(folder))
        placed, hidden = over_many(Path(folder), reranker)
    tables |= hidden | reading()
    for name, table in tables.items():
        print(f"### {name}\n\n{table}")
    print("\n".join(card.changes(placed, RECORD)))
    if reranker is None:
        print(page.renew(tables))
    if options.keep:
        card.keep(placed, RECORD)


def over_few(folder: Path) -> dict[str, str]:
    """The answers to each set of questions over the minutes it was written for; misses are printed."""
    sample = folder / "sample.db"
    archive.build(sample, [archive.SAMPLE], hidden=False)
    own = answers.ask("own", sample, SAMPLE_QUESTIONS)
    tables = answers.sections(own) | {"own-misses": _listed(own)}
    if not _has_founders():
        return tables
    together = folder / "together.db"
    archive.build(together, [archive.SAMPLE, *archive.founders()], hidden=False)
    sets = [
        ("ours, the sample", own),
        ("founders', the sample", answers.ask("founders-sample", sample, FOUNDERS[0])),
        ("founders', all their minutes", answers.ask("founders-all", together, FOUNDERS[1])),
    ]
    for title, each in sets[1:]:  # their questions are not ours to print on the page
        print(f"### {title}: what went wrong\n\n{_listed(each)}")
        tables |= answers.sections(each)
    return tables | {"targets": answers.targets(sets)}


def _listed(asked: answers.Asked) -> str:
    return "".join(f"- {miss}\n" for miss in scorecard.misses(asked.card.results)) or "Nothing.\n"


def over_many(folder: Path, reranker: Reranker | None) -> tuple[list[Placed], dict[str, str]]:
    """Where each side of the search has the right items among thousands of passages, our own questions kept apart."""
    path = folder / "hidden.db"
    size = archive.build(path, archive.own(), hidden=True)
    placed = measured(path, OWN, with_naive=True, reranker=reranker)
    every, tuning, aside = card.tables(placed).values()
    tables = {"hidden": _sized(placed, size, every), "hidden-tuning": tuning, "hidden-aside": aside}
    if _has_founders():
        path = folder / "founders.db"
        size = archive.build(path, [*archive.own(), *archive.founders()], hidden=True)
        theirs = measured(path, FOUNDERS, with_naive=False, reranker=reranker)
        tables["hidden-founders"] = _sized(theirs, size, card.tables(theirs)["all questions"])
    return placed, tables


def _sized(placed: Sequence[Placed], passages: int, table: str) -> str:
    return f"{len(placed)} questions over {passages:,} passages.\n\n{table}"


def _has_founders() -> bool:
    return all(file.is_file() for file in FOUNDERS)


def reading() -> dict[str, str]:
    """How well the labelled minutes are read; nothing where they are not at hand."""
    labels = parse_scores.labels(archive.SHARED)
    if not labels:
        return {}
    scores = parse_scores.score(labels, archive.SHARED)
    return {"reading": parse_scores.report(scores, *parse_scores.decisions(parse_scores.wordings(archive.SHARED)))}


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
