"""Questions with known answers, asked of one archive with and without the language model → tables, and the promises."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.archive import Archive
from qa import evaluate, scorecard, tables
from qa.assistant import Assistant
from qa.evaluate import Result
from qa.scorecard import Scorecard

_SIDES = ("right item first", "in the first three", "quote shown", "wrongly refused", "rightly refused")
_IN_THE_MINUTES_WORDS = ("lexical", "lookup", "followup", "typo")


@dataclass(frozen=True, slots=True)
class Asked:
    """One set of questions: its name, how many passages they were asked of, and what came of them on both sides."""

    name: str
    passages: int
    card: Scorecard
    by_words: Scorecard


@dataclass(frozen=True, slots=True)
class Target:
    """What is promised of a measure over some of the questions: at least `bound`, or at most."""

    name: str
    measure: str
    bound: float
    is_counted: Callable[[Result], bool]
    is_most: bool = False

    def cell(self, card: Scorecard) -> str:
        """What is measured, in per cent; in bold where the promise is not kept."""
        value = scorecard.score([each for each in card.results if self.is_counted(each)]).rows[0].value(self.measure)
        is_kept = value is None or (value <= self.bound if self.is_most else value >= self.bound)
        return tables.percent(value) if is_kept else f"**{tables.percent(value)}**"


def _all(result: Result) -> bool:
    return True


def _is_danish_in_the_minutes_words(result: Result) -> bool:
    return result.gold.language == "da" and result.gold.kind in _IN_THE_MINUTES_WORDS


def _is_danish_in_other_words(result: Result) -> bool:
    return result.gold.language == "da" and result.gold.kind == "paraphrase"


def _is_english(result: Result) -> bool:
    return result.gold.language == "en"


TARGETS = (
    Target("Danish, the minutes' words: right item first", "right item first", 0.92, _is_danish_in_the_minutes_words),
    Target("… in the first three", "in the first three", 0.98, _is_danish_in_the_minutes_words),
    Target("Danish, other words: right item first", "right item first", 0.75, _is_danish_in_other_words),
    Target("… in the first three", "in the first three", 0.92, _is_danish_in_other_words),
    Target("English: right item first", "right item first", 0.75, _is_english),
    Target("… in the first three", "in the first three", 0.92, _is_english),
    Target("quote shown", "quote shown", 0.90, _all),
    Target("label right", "label right", 0.95, _all),
    Target("unanswerable refused", "rightly refused", 0.95, _all),
    Target("answerable refused", "wrongly refused", 0.05, _all, is_most=True),
    Target("quotes verbatim", "quotes verbatim", 1.0, _all),
)


def ask(name: str, path: Path, questions: Path) -> Asked:
    """The questions asked of the archive at `path`."""
    gold = evaluate.read(questions)
    with Assistant.open(path) as assistant, Assistant(Archive.open(path), None) as by_words:
        passages = assistant.status().passages
        sides = [scorecard.score(evaluate.run(each, gold)) for each in (assistant, by_words)]
    return Asked(name, passages, *sides)


def sections(asked: Asked) -> dict[str, str]:
    """The tables of one set by their names on the page."""
    size = f"{len(asked.card.results)} questions over {asked.passages:,} passages.\n\n"
    by_type = tables.shares(asked.card.types, "by what is asked")
    return {
        asked.name: size + tables.shares(asked.card.rows),
        **({f"{asked.name}-types": by_type} if asked.card.types else {}),
        f"{asked.name}-sides": tables.beside(
            asked.card.rows, asked.by_words.rows, _SIDES, "with / without language model"
        ),
        f"{asked.name}-reasons": tables.reasons(asked.card),
    }


def targets(sets: Sequence[tuple[str, Asked]]) -> str:
    """What is promised, and what each set shows, in per cent; in bold what falls short."""
    heads = [f"{title} ({len(each.card.results)})" for title, each in sets]
    lines = [f"| % | promised | {' | '.join(heads)} |", "|---" * (len(sets) + 2) + "|"]
    for target in TARGETS:
        sign = "≤ " if target.is_most else "≥ " if target.bound < 1 else ""
        cells = [target.cell(each.card) for _, each in sets]
        lines.append(f"| {target.name} | {sign}{tables.percent(target.bound)} | {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"
