"""`make bench`: quality, speed and memory beside the naive pipeline, both sides in the same run.

Machines are noisy, so ratios count and not milliseconds. The tables go to standard output as Markdown; `--keep` puts
them into docs/scorecard.md.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from ingest import encoders, pipeline, reading
from ingest.archive import Archive
from qa import evaluate
from qa.assistant import Assistant
from tests.benchmarks import reading as reading_pdfs
from tests.benchmarks import steps
from tests.benchmarks.naive import Chunk, Naive, chunks
from tests.benchmarks.timing import timed
from tests.quality import page

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "data" / "minutes" / "herning-beskaeftigelsesudvalget-2026-04-28.pdf"


def main(arguments: Sequence[str] | None = None) -> None:
    """Run everything and print the tables."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=main.__doc__)
    parser.add_argument("--keep", action="store_true", help="put the tables into docs/scorecard.md")
    options = parser.parse_args(arguments)
    encoder = encoders.load(None)
    gold = evaluate.read(ROOT / "data" / "questions.jsonl")
    pieces = chunks(SAMPLE)
    naive = Naive(pieces, encoder)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "archive.db"
        with Archive.open(path, create=True) as archive:
            begun = time.perf_counter()
            passages = pipeline.ingest(archive, [SAMPLE], encoder=encoder).passages
            ingested = time.perf_counter() - begun
        with Assistant.open(path) as assistant:
            tables = {
                "bench-ranking": _quality(assistant, naive, gold),
                "bench-time": _speed(assistant, naive, gold),
                "bench-steps": steps.table(steps.measured(assistant, gold)),
            }
    tables["bench-ingest"] = _ingest(pieces, encoder, passages, ingested)
    print("\n".join(tables.values()))
    reading_pdfs.report()
    print(f"\nPeak memory of the whole run: {_peak():.0f} MB; torch imported: {'torch' in sys.modules}")
    if options.keep:
        print(page.renew(tables))


def _ingest(pieces: list[Chunk], encoder: encoders.Encoder, passages: int, ingested: float) -> str:
    whole, read = timed(lambda: reading.parse(SAMPLE), 3), timed(lambda: chunks(SAMPLE), 3)
    both = read + timed(lambda: Naive(pieces, encoder), 3)
    straddling = sum(piece.straddles for piece in pieces)
    return f"""\
| ingest of the sample | Punktsvar | naive | ratio |
|---|---|---|---|
| read and parse, ms | {1000 * whole:.0f} | {1000 * read:.0f} (text alone) | {whole / read:.2f} |
| file to searchable, ms | {1000 * ingested:.0f} | {1000 * both:.0f} (in memory) | {ingested / both:.2f} |
| pieces | {passages} passages | {len(pieces)} chunks | |
| pieces that straddle two punkter | 0 | {straddling} | |
"""


def _peak() -> float:
    """The process' greatest memory so far, in MB; the system counts in kB, macOS in bytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 * 1024 if sys.platform == "darwin" else 1024)


def _quality(assistant: Assistant, naive: Naive, gold: list[evaluate.Gold]) -> str:
    results = evaluate.run(assistant, gold)
    lines = ["| right punkt first / in the first three, % | n | Punktsvar | naive |", "|---|---|---|---|"]
    groups: dict[tuple[str, str], list[evaluate.Result]] = {}
    for result in results:
        if result.rank is not None:
            groups.setdefault((result.gold.language, result.gold.kind), []).append(result)
    for (language, kind), group in sorted(groups.items()):
        asked = [" ".join((*each.gold.history, each.gold.question)) for each in group]
        places = [_place(naive.numbers(question), each.gold) for question, each in zip(asked, group, strict=True)]
        ours = [each.rank or 0 for each in group]
        lines.append(f"| {language} · {kind} | {len(group)} | {_share(ours)} | {_share(places)} |")
    return "\n".join(lines) + "\n"


def _place(numbers: list[str], gold: evaluate.Gold) -> int:
    wanted = {number for _, _, number in gold.relevant}
    return next((place for place, number in enumerate(numbers, start=1) if number in wanted), 0)


def _share(places: list[int]) -> str:
    first, three = (sum(0 < place <= most for place in places) / len(places) for most in (1, 3))
    return f"{100 * first:.0f} / {100 * three:.0f}"


def _speed(assistant: Assistant, naive: Naive, gold: list[evaluate.Gold]) -> str:
    questions = [each.question for each in gold]
    assistant.ask(questions[0], today=date(2026, 11, 23))
    ours = [timed(lambda q=each: assistant.ask(q, today=date(2026, 11, 23)), 3) for each in questions]  # type: ignore[misc]
    theirs = [timed(lambda q=each: naive.numbers(q), 3) for each in questions]  # type: ignore[misc]
    ratio = statistics.median(ours) / statistics.median(theirs)
    lines = ["| a question, warm | p50 ms | p95 ms |", "|---|---|---|"]
    for name, taken in (("Punktsvar, the whole answer", ours), ("naive, a ranking only", theirs)):
        high = statistics.quantiles(taken, n=20)[-1]
        lines.append(f"| {name} | {1000 * statistics.median(taken):.1f} | {1000 * high:.1f} |")
    return "\n".join(lines) + f"\n\nThe whole answer takes {ratio:.0f} times as long as the naive ranking.\n"


if __name__ == "__main__":
    main()
