"""Where the time of a warm answer goes: the assistant's own steps, timed from outside while it answers."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import wraps
from typing import Any
from unittest.mock import patch

from qa import answer, assistant, threads
from qa.assistant import Assistant
from qa.closeness import CloseReader
from qa.evaluate import Gold
from qa.search import Searcher
from qa.sentences import Ranker

PROMISED_MS = 50  # a warm answer over the sample, the model included
REST, WHOLE = "the rest: items fetched, the archive looked at", "the whole answer"

# In the order in which an answer takes them: what each is called here, and the function that does it.
STEPS: tuple[tuple[str, object, str], ...] = (
    ("understand the question", assistant, "understand"),
    ("search: the question's words and vector", Searcher, "query"),
    ("search: passages by words and by meaning", Searcher, "search"),
    ("search: the items found, read closely", CloseReader, "read"),
    ("sentences rated", Ranker, "rank"),
    ("claims, their quotes verified", answer, "extract"),
    ("thread", threads, "thread"),
)
NAMES = (*(name for name, _, _ in STEPS), REST)


@dataclass(slots=True)
class Watch:
    """Seconds by step, each without the steps inside it. For one thread."""

    taken: dict[str, float] = field(default_factory=dict)
    _inside: list[float] = field(default_factory=list)  # of each step that is running: seconds of the steps within

    def timed(self, name: str, work: Callable[..., Any]) -> Callable[..., Any]:
        """The same function, its time counted."""

        @wraps(work)
        def run(*arguments: Any, **named: Any) -> Any:
            begun = time.perf_counter()
            self._inside.append(0.0)
            try:
                return work(*arguments, **named)
            finally:
                whole = time.perf_counter() - begun
                self.taken[name] = self.taken.get(name, 0.0) + whole - self._inside.pop()
                if self._inside:
                    self._inside[-1] += whole

        return run


@contextmanager
def watching() -> Iterator[Watch]:
    """Counts the time of every step taken inside the `with` statement."""
    watch = Watch()
    with ExitStack() as stack:
        for name, owner, attribute in STEPS:
            work = getattr(owner, attribute)
            stack.enter_context(patch.object(owner, attribute, watch.timed(name, work)))
        yield watch


def measured(asked: Assistant, questions: Sequence[Gold], *, runs: int = 5) -> list[dict[str, float]]:
    """Seconds by step for each question, the fastest of several runs; every question was asked once before."""
    for each in questions:
        _ask(asked, each)
    return [min((_ask(asked, each) for _ in range(runs)), key=lambda taken: taken[WHOLE]) for each in questions]


def _ask(asked: Assistant, gold: Gold) -> dict[str, float]:
    with watching() as watch:
        watch.timed(REST, asked.ask)(gold.question, history=gold.history, today=gold.today)
    return watch.taken | {WHOLE: sum(watch.taken.values())}


def table(taken: Sequence[dict[str, float]]) -> str:
    """Milliseconds and share of each step over all questions, as Markdown, and whether the promise is kept."""
    whole = sum(each[WHOLE] for each in taken)
    lines = ["| a warm answer over the sample | p50 ms | p95 ms | share, % |", "|---|---|---|---|"]
    for name in (*NAMES, WHOLE):
        times = [1000 * each.get(name, 0.0) for each in taken]
        high = statistics.quantiles(times, n=20, method="inclusive")[-1]
        lines.append(f"| {name} | {statistics.median(times):.1f} | {high:.1f} | {sum(times) / whole / 10:.0f} |")
    within = sum(1000 * each[WHOLE] <= PROMISED_MS for each in taken)
    return "\n".join(lines) + f"\n\n{within} of {len(taken)} answers within {PROMISED_MS} ms.\n"
