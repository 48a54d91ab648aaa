"""Questions with known answers → a scorecard: items found, quotes shown, labels, refusals, and every quote verbatim.

Measures: recall@k and mean reciprocal rank as usual in retrieval, over items; a question with several right items
counts its best-placed one. Refusal precision and recall treat "not loaded" as the positive class.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from ingest import danish, references
from ingest.errors import Unreadable
from qa.assistant import Assistant
from qa.citation import verify
from qa.model import Answer, Claim


@dataclass(frozen=True, slots=True)
class Gold:
    """One question and what is right for it. `relevant` items are (committee, date, number); empty: unanswerable.

    `quotes`: one of these must be shown. `labels`: any of these is right for the claim that shows it; empty: not
    scored. `abstain`: the reason that must be given, None for none.
    """

    id: str
    kind: str
    language: str
    question: str
    history: tuple[str, ...]
    today: date
    relevant: tuple[tuple[str, str, str], ...]
    quotes: tuple[str, ...]
    labels: tuple[str, ...]
    abstain: str | None


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one question. None where a measure does not apply to it."""

    gold: Gold
    rank: int | None
    is_quoted: bool | None
    is_labelled: bool | None
    is_refused: bool
    is_reason_right: bool | None
    is_verbatim: bool
    elapsed_ms: float


def read(path: Path) -> list[Gold]:
    """The questions in a JSON Lines file, one object a line with at least `id`, `question` and `relevant`.

    Raises `Unreadable` with the line that is wrong.
    """
    questions = []
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as fault:
        raise Unreadable(f"{path}: cannot be read ({fault})") from fault
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                questions.append(_gold(parsed(line)))
            except ValueError as fault:
                raise Unreadable(f"{path}, line {number}: not a question: {fault}") from fault
    return questions


def parsed(line: str) -> dict[str, Any]:
    """The object in a line of questions. Raises `ValueError`, which says what to do, where there is no question."""
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        raise ValueError('it is no JSON; write a line such as {"question": "Hvad blev besluttet?"}') from None
    if not isinstance(row, dict) or not isinstance(row.get("question"), str):
        raise ValueError('it has no “question”; write a line such as {"question": "Hvad blev besluttet?"}')
    if not row["question"].strip():
        raise ValueError("its “question” is empty; write one, or take the line out")
    return row


def _gold(row: dict[str, Any]) -> Gold:
    """Raises `ValueError`, which says what to do, for a row that cannot be measured against."""

    def words(key: str) -> tuple[str, ...]:
        value = row.get(key) or ()
        if not isinstance(value, str | list | tuple):
            raise ValueError(f"its “{key}” must be a text or a list of texts")
        return (value,) if isinstance(value, str) else tuple(str(each) for each in value)

    if "id" not in row:
        raise ValueError("it has no “id”; give it one, by which a miss is named")
    relevant, parts = row.get("relevant"), {"committee", "date", "number"}
    if not isinstance(relevant, list) or not all(isinstance(each, dict) and each.keys() >= parts for each in relevant):
        raise ValueError(
            "its “relevant” must be a list of items, each with “committee”, “date” and “number”; [] where none is right"
        )
    try:
        today = date.fromisoformat(str(row["today"])) if row.get("today") else date.today()
    except ValueError:
        raise ValueError(f"its “today”, {row['today']!r}, must be a day like 2026-04-28") from None
    return Gold(
        id=str(row["id"]),
        kind=str(row.get("match") or row.get("type") or "question"),
        language=str(row.get("language") or "da"),
        question=str(row["question"]),
        history=words("history"),
        today=today,
        relevant=tuple((str(each["committee"]), str(each["date"]), str(each["number"])) for each in relevant),
        quotes=words("quotes"),
        labels=(*words("label"), *words("label_also")),
        abstain=str(row["abstain"]) if row.get("abstain") else None,
    )


def run(assistant: Assistant, questions: Sequence[Gold], *, limit: int = 10) -> list[Result]:
    """Ask every question and compare."""
    return [
        _compare(assistant, gold, assistant.ask(gold.question, history=gold.history, today=gold.today, limit=limit))
        for gold in questions
    ]


def _compare(assistant: Assistant, gold: Gold, answer: Answer) -> Result:
    places = [(hit.meeting.committee, hit.meeting.date.isoformat(), hit.number) for hit in answer.hits]
    quoting = [claim for claim in answer.claims if _shows(claim, gold.quotes)]
    reason = str(answer.abstention.reason) if answer.abstention else None
    return Result(
        gold=gold,
        rank=next((rank for rank, place in enumerate(places, 1) if _is_one_of(place, gold.relevant)), 0)
        if gold.relevant
        else None,
        is_quoted=bool(quoting) if gold.quotes and gold.relevant else None,
        is_labelled=any(claim.label in gold.labels for claim in quoting) if gold.labels and quoting else None,
        is_refused=not answer.is_answered and reason == "not_loaded",
        is_reason_right=reason == gold.abstain if gold.abstain else None,
        is_verbatim=all(
            verify(place, assistant.entry(place.item)) for claim in answer.claims for place in claim.citations
        ),
        elapsed_ms=answer.elapsed_ms,
    )


def _is_one_of(place: tuple[str, str, str], relevant: Iterable[tuple[str, str, str]]) -> bool:
    return any(references.same_body(place[0], each[0]) and place[1:] == each[1:] for each in relevant)


def _shows(claim: Claim, quotes: Iterable[str]) -> bool:
    """True when the claim quotes one of `quotes`, white space and letters of other alphabets aside."""
    shown = [_folded(text) for text in (claim.text, *(place.quote for place in claim.citations))]
    return any(_folded(quote) in text for quote in quotes for text in shown)


def _folded(text: str) -> str:
    return re.sub(r"\s+", " ", danish.by_sound(text)).casefold().strip()


# ── the scorecard ────────────────────────────────────────────────────────────────────────────────────────────────────

_MEASURES: tuple[tuple[str, Callable[[Result], float | None]], ...] = (
    ("right item first", lambda each: None if each.rank is None else float(each.rank == 1)),
    ("in the first three", lambda each: None if each.rank is None else float(0 < each.rank <= 3)),
    ("reciprocal rank", lambda each: None if each.rank is None else (1 / each.rank if each.rank else 0.0)),
    ("quote shown", lambda each: None if each.is_quoted is None else float(each.is_quoted)),
    ("label right", lambda each: None if each.is_labelled is None else float(each.is_labelled)),
    ("wrongly refused", lambda each: float(each.is_refused) if each.gold.relevant else None),
    ("rightly refused", lambda each: None if each.gold.relevant else float(each.is_refused)),
    ("reason right", lambda each: None if each.is_reason_right is None else float(each.is_reason_right)),
    ("quotes verbatim", lambda each: float(each.is_verbatim)),
)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the scorecard: a group of questions, how many, and each measure's mean (None: does not apply)."""

    group: str
    count: int
    values: tuple[float | None, ...]


def score(results: Sequence[Result]) -> list[Row]:
    """The scorecard: all questions, then by language and kind."""
    groups = {"all": list(results)}
    for result in results:
        groups.setdefault(f"{result.gold.language} · {result.gold.kind}", []).append(result)
    return [
        Row(name, len(group), tuple(_means(group)))
        for name, group in sorted(groups.items(), key=lambda each: (each[0] != "all", each[0]))
    ]


def _means(group: Sequence[Result]) -> Iterator[float | None]:
    for _, measure in _MEASURES:
        values = [value for each in group if (value := measure(each)) is not None]
        yield sum(values) / len(values) if values else None


def markdown(rows: Sequence[Row]) -> str:
    """The scorecard as a Markdown table, in per cent; "–" where a measure does not apply."""
    names = [name for name, _ in _MEASURES]
    lines = ["| questions | n | " + " | ".join(names) + " |", "|---|---|" + "---|" * len(names)]
    for row in rows:
        cells = ["–" if value is None else f"{100 * value:.0f}" for value in row.values]
        lines.append(f"| {row.group} | {row.count} | " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def misses(results: Sequence[Result]) -> Iterator[str]:
    """One line for each question that something went wrong with, and what."""
    for result in results:
        wrong = [
            name for name, measure in _MEASURES if (value := measure(result)) is not None and _is_wrong(name, value)
        ]
        if wrong:
            yield f"{result.gold.id}: {result.gold.question} ({'; '.join(_fault(name) for name in wrong)})"


def _fault(name: str) -> str:
    return name if name == "wrongly refused" else f"not: {name}"


def _is_wrong(name: str, value: float) -> bool:
    if name == "reciprocal rank":
        return False
    return bool(value) if name == "wrongly refused" else not value


def shape(rows: Sequence[Row], results: Sequence[Result]) -> dict[str, object]:
    """The scorecard as plain values, for `--json`."""
    names = [name.replace(" ", "_") for name, _ in _MEASURES]
    return {
        "scores": [
            {"group": row.group, "count": row.count} | dict(zip(names, row.values, strict=True)) for row in rows
        ],
        "questions": [
            {
                "id": each.gold.id,
                "rank": each.rank,
                "quoted": each.is_quoted,
                "labelled": each.is_labelled,
                "refused": each.is_refused,
                "verbatim": each.is_verbatim,
                "elapsed_ms": each.elapsed_ms,
            }
            for each in results
        ],
    }
