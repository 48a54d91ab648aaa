"""Questions to one archive of recombined minutes: how fast each part of an answer is found, beside baselines.

python -m tests.benchmarks.questions ARCHIVE [--all]

Without --all only the first question is asked, of an archive without its views: what a cold start costs at worst.
"""

from __future__ import annotations

import itertools
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ingest import danish, views
from ingest.archive import Archive
from ingest.holdings import Selection
from qa.assistant import Assistant
from qa.vectors import VectorIndex
from qa.views import vectors, words
from tests.benchmarks import lexical, volume
from tests.benchmarks.naive import Chunk, Naive
from tests.benchmarks.timing import resident

TODAY = date(2026, 11, 26)
SELECTIONS = {
    "one committee": Selection(committees=("Kulturudvalget",)),
    "one month": Selection(since=date(2006, 1, 1), until=date(2006, 1, 31)),
    "one committee, one month": Selection(("Kildemose",), ("Kulturudvalget",), date(2006, 1, 1), date(2006, 1, 31)),
    "the only municipality": Selection(municipalities=("Kildemose",)),
    "one punkt": Selection(numbers=("7",)),
}
MOST, FEW = 200, 30  # passages found; questions where many would take too long
_NAIVE_UP_TO = 100_000  # passages; beyond, embedding all chunks anew takes longer than it tells


def main(path: Path, *, is_all: bool) -> None:
    """Print the tables for one archive."""
    if not is_all:
        views.discard(path)
    begun = time.perf_counter()
    with Assistant.open(path) as assistant:
        assistant.ask(volume.questions(1)[0], today=TODAY)
        opened = time.perf_counter() - begun
        if not is_all:
            print(f"\n| to the first answer, files beside the archive made: seconds | {opened:.1f} |\n|---|---|")
            print(f"| files beside the archive, MB | {_size(views.folder(path)):,.0f} |", flush=True)
            return
        print(f"| to the first answer, files there: seconds | {opened:.2f} |")
        asked = volume.questions(100, seed=2)
        first, again = (_each(partial(assistant.ask, today=TODAY), asked, runs=runs) for runs in (1, 3))
        print(f"| memory after 100 questions, MB | {resident():,.0f} |")
        print("\n| | p50 ms | p95 ms | |\n|---|---|---|---|")
        _row("the whole answer, asked for the first time", first)
        _row("the same, asked again", again)
        _sides(path, asked)
    with Archive.open(path) as archive:
        if archive.counts().passages <= 1.1 * _NAIVE_UP_TO:
            _naive(archive, asked)


def _sides(path: Path, asked: Sequence[str]) -> None:
    """Words and vectors each alone, with and without filters, beside their baselines."""
    from ingest.encoders import load

    with Archive.open(path) as archive:
        by_words, by_vectors = words(archive), vectors(archive)
        terms, questions = [_terms(question) for question in asked], list(load(None).questions(asked))
        _row("words alone", _each(lambda each: by_words.search(each, limit=MOST), terms))
        _row("vectors alone", _each(lambda each: by_vectors.search(each, limit=MOST), questions))
        for name, selection in SELECTIONS.items():
            within = archive.select(selection)
            _row(f"the passages of {name}", _each(archive.select, [selection] * 3), f"{len(within):,} passages")
            search_words = partial(by_words.search, limit=MOST, within=within)
            _row(f"words within {name}", _each(search_words, terms[:FEW]))
            search_vectors = partial(by_vectors.search, limit=MOST, within=within)
            _row(f"vectors within {name}", _each(search_vectors, questions[:FEW]))
        _exact(archive, by_vectors, questions)
        for name, work, note in lexical.baselines(archive, terms):
            _row(name, _each(work, terms[:FEW], runs=1), note)


def _exact(archive: Archive, index: VectorIndex, questions: Sequence[NDArray[np.float32]]) -> None:
    """Exact search in full precision, and how much of it is found."""
    import faiss

    ids, matrix = archive.vectors()
    flat: Any = faiss.IndexFlatIP(matrix.shape[1])
    flat.add(matrix)
    shares: dict[int, list[float]] = {10: [], MOST: []}
    for question in questions:
        scores = flat.search(question[None], MOST)[0][0]
        found = np.searchsorted(ids, [number for number, _ in index.search(question, limit=MOST)])
        cosines = np.sort(matrix[found] @ question)[::-1]
        for most, held in shares.items():
            held.append(float(np.mean(cosines[:most] >= scores[most - 1] - 5e-4)))
    recalls = ", ".join(f"recall@{most} {np.mean(held):.4f}" for most, held in shares.items())
    taken = _each(lambda each: flat.search(each[None], MOST), questions)
    _row("IndexFlatIP, all vectors in memory", taken, f"of its hits, ours has: {recalls}")


def _naive(archive: Archive, asked: Sequence[str]) -> None:
    """The naive pipeline over the same text: a ranking only."""
    from ingest.encoders import load

    items = (item for meeting in archive.meetings() for item in archive.items_of(meeting.key))
    pieces = [
        Chunk(item.text[start : start + 1000], item.key, straddles=False)
        for item in items
        for start in range(0, len(item.text), 800)
    ]
    taken = _each(Naive(pieces, load(None)).numbers, asked[:FEW], runs=1)
    _row("the naive pipeline, a ranking only", taken, f"{len(pieces):,} chunks")


def _terms(question: str) -> list[str]:
    """The terms a question is searched by."""
    kept = [word for _, word in danish.words(question) if danish.fold(word) not in danish.STOP]
    return list(dict.fromkeys(itertools.chain.from_iterable(map(danish.terms, kept))))


def _each(work: Callable[[Any], object], cases: Sequence[Any], *, runs: int = 3) -> list[float]:
    """Seconds for each case, the fastest of several runs."""
    taken = []
    for case in cases:
        times = []
        for _ in range(runs):
            begun = time.perf_counter()
            work(case)
            times.append(time.perf_counter() - begun)
        taken.append(min(times))
    return taken


def _row(name: str, taken: Sequence[float], note: str = "") -> None:
    milliseconds = [1000 * each for each in taken]
    high = statistics.quantiles(milliseconds, n=20)[-1]
    print(f"| {name} | {statistics.median(milliseconds):.2f} | {high:.2f} | {note} |", flush=True)


def _size(folder: Path) -> float:
    return sum(each.stat().st_size for each in folder.rglob("*") if each.is_file()) / 1e6


if __name__ == "__main__":
    main(Path(sys.argv[1]), is_all="--all" in sys.argv)
