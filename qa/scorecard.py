"""What came of questions → a scorecard: shares by kind and type, reasons for abstaining, times.

Measures: recall at 1, 3 and 10 and mean reciprocal rank as usual in retrieval, over items; a question with several
right items counts its best-placed one. Abstention: a reason's precision is the share of right ones where it was given,
its recall the share given of those expected.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from qa.evaluate import Result

ANY = "any"  # stands for every reason together

_Measure = Callable[[Result], float | None]
_MEASURES: tuple[tuple[str, _Measure], ...] = (
    ("right item first", lambda each: _within(each, 1)),
    ("in the first three", lambda each: _within(each, 3)),
    ("in the first ten", lambda each: _within(each, 10)),
    ("reciprocal rank", lambda each: None if each.rank is None else (1 / each.rank if each.rank else 0.0)),
    ("quote shown", lambda each: None if each.is_quoted is None else float(each.is_quoted)),
    ("label right", lambda each: None if each.is_labelled is None else float(each.is_labelled)),
    ("wrongly refused", lambda each: float(each.is_refused) if each.gold.relevant else None),
    ("rightly refused", lambda each: None if each.gold.relevant else float(each.is_refused)),
    ("reason right", lambda each: None if each.is_reason_right is None else float(each.is_reason_right)),
    ("quotes verbatim", lambda each: float(each.is_verbatim)),
)
MEASURES = tuple(name for name, _ in _MEASURES)
_MATCHES = ("lexical", "paraphrase", "cross", "typo")  # kinds that say how a question's words meet those of its answer


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the scorecard: a group of questions, how many, and each measure's mean, 0 to 1, in the order of
    `MEASURES` (None: does not apply)."""

    group: str
    count: int
    values: tuple[float | None, ...]

    def value(self, measure: str) -> float | None:
        """The mean of the measure with this name."""
        return self.values[MEASURES.index(measure)]


@dataclass(frozen=True, slots=True)
class Told:
    """How often a reason was given where one was expected; None: none."""

    expected: str | None
    given: str | None
    count: int


@dataclass(frozen=True, slots=True)
class Abstaining:
    """How one reason is given, or `ANY`: precision where it was given at all, recall where it was expected at all."""

    reason: str
    expected: int
    given: int
    precision: float | None
    recall: float | None


@dataclass(frozen=True, slots=True)
class Scorecard:
    """What came of questions, counted.

    `rows`: all, then by language and kind; `types`: by what is asked, where the questions say so. `told` counts reasons
    given against those expected. The times of an answer, in milliseconds, are percentiles by nearest rank; None without
    questions. `is_by_words`: search could not compare by meaning.
    """

    results: tuple[Result, ...]
    rows: tuple[Row, ...]
    types: tuple[Row, ...]
    told: tuple[Told, ...]
    abstaining: tuple[Abstaining, ...]
    p50_ms: float | None
    p95_ms: float | None
    is_by_words: bool


def score(results: Sequence[Result]) -> Scorecard:
    """The scorecard of what came of questions."""
    told = tuple(_told(results))
    times = [each.elapsed_ms for each in results]
    return Scorecard(
        results=tuple(results),
        rows=(_row("all", results), *_rows(results, lambda each: f"{each.gold.language} · {_kind(each)}")),
        types=tuple(_types(results)),
        told=told,
        abstaining=tuple(_abstaining(told)),
        p50_ms=_percentile(times, 50),
        p95_ms=_percentile(times, 95),
        is_by_words=any(each.is_by_words for each in results),
    )


def misses(results: Iterable[Result]) -> Iterator[str]:
    """One line for each question that something went wrong with, and what."""
    for result in results:
        wrong = [
            name for name, measure in _MEASURES if (value := measure(result)) is not None and _is_wrong(name, value)
        ]
        if wrong:
            yield f"{result.gold.id}: {result.gold.question} ({'; '.join(_fault(name) for name in wrong)})"


def _within(result: Result, most: int) -> float | None:
    return None if result.rank is None else float(0 < result.rank <= most)


def _kind(result: Result) -> str:
    """The kind of a question; one that nothing answers has no words in common with its answer, nor others."""
    kind = result.gold.kind
    return "unanswerable" if not result.gold.relevant and kind in _MATCHES else kind


def _types(results: Sequence[Result]) -> Iterator[Row]:
    """By what is asked; nothing where that says no more than the kinds do."""
    if any(each.gold.type not in ("", each.gold.kind) for each in results):
        yield from _rows([each for each in results if each.gold.type], lambda each: each.gold.type)


def _rows(results: Sequence[Result], group_of: Callable[[Result], str]) -> Iterator[Row]:
    groups: dict[str, list[Result]] = {}
    for result in results:
        groups.setdefault(group_of(result), []).append(result)
    return (_row(name, groups[name]) for name in sorted(groups))


def _row(name: str, group: Sequence[Result]) -> Row:
    return Row(name, len(group), tuple(_mean(measure, group) for _, measure in _MEASURES))


def _mean(measure: _Measure, group: Iterable[Result]) -> float | None:
    values = [value for each in group if (value := measure(each)) is not None]
    return sum(values) / len(values) if values else None


def _told(results: Iterable[Result]) -> Iterator[Told]:
    counts = Counter((each.expected, each.reason) for each in results)
    for expected, given in sorted(counts, key=lambda each: (_none_first(each[0]), _none_first(each[1]))):
        yield Told(expected, given, counts[expected, given])


def _abstaining(told: Sequence[Told]) -> Iterator[Abstaining]:
    """Each reason that was expected or given, after all of them together."""
    names = sorted({name for each in told for name in (each.expected, each.given) if name is not None})
    if names:
        yield _rated(ANY, told, names)
    for reason in names:
        yield _rated(reason, told, [reason])


def _rated(name: str, told: Sequence[Told], meant: Collection[str]) -> Abstaining:
    """How any of the meant reasons is given where any of them is expected."""
    expected = sum(each.count for each in told if each.expected in meant)
    given = sum(each.count for each in told if each.given in meant)
    right = sum(each.count for each in told if each.expected in meant and each.given in meant)
    return Abstaining(name, expected, given, right / given if given else None, right / expected if expected else None)


def _percentile(times: Sequence[float], share: int) -> float | None:
    """By nearest rank: the shortest time within which this share (per cent) of all were answered."""
    return sorted(times)[math.ceil(share * len(times) / 100) - 1] if times else None


def _none_first(name: str | None) -> tuple[bool, str]:
    return name is not None, name or ""


def _fault(name: str) -> str:
    return name if name == "wrongly refused" else f"not: {name}"


def _is_wrong(name: str, value: float) -> bool:
    if name == "reciprocal rank":
        return False
    return bool(value) if name == "wrongly refused" else not value
