"""How long work takes, as the median of several runs: machines are noisy."""

from __future__ import annotations

import resource
import statistics
import sys
import time
from collections.abc import Callable

RUNS = 5


def timed(work: Callable[[], object], runs: int = RUNS) -> float:
    """The median of several runs, in seconds."""
    return interleaved([work], runs)[0]


def interleaved(works: list[Callable[[], object]], runs: int = RUNS) -> list[float]:
    """The median of several runs of each, in seconds; they take turns, so that a slow minute falls on all of them."""
    taken: list[list[float]] = [[] for _ in works]
    for _ in range(runs):
        for work, times in zip(works, taken, strict=True):
            begun = time.perf_counter()
            work()
            times.append(time.perf_counter() - begun)
    return [statistics.median(times) for times in taken]


def resident() -> float:
    """The memory this process holds now, mapped files included, in MB; where that cannot be told, the most it held."""
    try:
        with open("/proc/self/statm", encoding="ascii") as file:
            return int(file.read().split()[1]) * resource.getpagesize() / 1e6
    except OSError:  # not Linux; macOS counts in bytes
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)
