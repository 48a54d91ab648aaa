"""Questions with known answers → what came of each: the place of its item, quote, label, refusal, every quote checked.

`scorecard` counts the results.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from ingest import danish, references
from ingest.errors import Unreadable
from qa import texts
from qa.assistant import Assistant
from qa.citation import verify
from qa.model import AbstentionReason, Answer, Claim, Label


@dataclass(frozen=True, slots=True)
class Gold:
    """One question and what is right for it. `relevant` items are (committee, date, number); empty: unanswerable.

    `kind` is how its words meet those of the minutes ("lexical", "paraphrase"), or else its type; `type` what it is
    after ("amount", "pending"), empty where the file does not say. `quotes`: one of these must be shown. `labels`: any
    of these is right for the claim that shows it; empty: not scored. `abstain`: the reason that must be given, None for
    none.
    """

    id: str
    kind: str
    type: str
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
    """What came of one question. None where a measure does not apply to it.

    `rank` is the place of the best-placed right item, 1-based; 0: not among the items listed. `reason` is the reason
    given for abstaining, None for none; one may stand beside claims. `is_refused`: nothing is answered, since the
    minutes are said not to hold it. `is_by_words`: search could not compare by meaning.
    """

    gold: Gold
    rank: int | None
    is_quoted: bool | None
    is_labelled: bool | None
    is_refused: bool
    is_reason_right: bool | None
    is_verbatim: bool
    elapsed_ms: float
    reason: str | None = None
    is_by_words: bool = False

    @property
    def expected(self) -> str | None:
        """The reason that ought to be given; for a question the minutes do not answer "not_loaded" unless told."""
        return self.gold.abstain or (None if self.gold.relevant else str(AbstentionReason.NOT_LOADED))


def read(path: Path) -> list[Gold]:
    """The questions in a JSON Lines file, one object a line with at least `id`, `question` and `relevant`. A reader's
    rating (`feedback`) that does not tell what is right is passed over.

    Raises `Unreadable` with the line that is wrong.
    """
    questions = []
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")  # JSON strings may hold other line ends
    except (OSError, UnicodeDecodeError) as fault:
        raise Unreadable(f"{path}: cannot be read ({fault})") from fault
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                row = parsed(line)
                if not _is_unmeasurable(row):
                    questions.append(_gold(row))
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


def _is_unmeasurable(row: dict[str, Any]) -> bool:
    return "verdict" in row and row.get("relevant", ()) is None


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
    for key, value in (("today", row.get("today")), *(("date", each["date"]) for each in relevant)):
        if (value or key == "date") and not _is_day(value):
            raise ValueError(f"its “{key}”, {value!r}, must be a day like 2026-04-28")
    for key, kinds in (("label", Label), ("label_also", Label), ("abstain", AbstentionReason)):
        if unknown := [each for each in words(key) if each not in list(kinds)]:
            raise ValueError(f"its “{key}”, {unknown[0]!r}, must be one of {', '.join(kinds)}")
    return Gold(
        id=str(row["id"]),
        kind=str(row.get("match") or row.get("type") or "question"),
        type=str(row.get("type") or ""),
        language=str(row.get("language") or "da"),
        question=str(row["question"]),
        history=words("history"),
        today=date.fromisoformat(str(row["today"])) if row.get("today") else date.today(),
        relevant=tuple((str(each["committee"]), str(each["date"]), str(each["number"])) for each in relevant),
        quotes=words("quotes"),
        labels=(*words("label"), *words("label_also")),
        abstain=str(row["abstain"]) if row.get("abstain") else None,
    )


def _is_day(value: object) -> bool:
    try:
        return date.fromisoformat(str(value)).isoformat() == value
    except ValueError:
        return False


def run(assistant: Assistant, questions: Sequence[Gold], *, limit: int = 10) -> list[Result]:
    """Ask every question, the archive looked over before the first, and compare; `limit` items are looked through."""
    assistant.coverage()
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
        is_refused=not answer.is_answered and reason == AbstentionReason.NOT_LOADED,
        is_reason_right=reason == gold.abstain if gold.abstain else None,
        is_verbatim=all(
            verify(place, assistant.entry(place.item)) for claim in answer.claims for place in claim.citations
        ),
        elapsed_ms=answer.elapsed_ms,
        reason=reason,
        is_by_words=texts.of(answer.question.language).lexical_only in answer.notes,
    )


def _is_one_of(place: tuple[str, str, str], relevant: Iterable[tuple[str, str, str]]) -> bool:
    return any(references.same_body(place[0], each[0]) and place[1:] == each[1:] for each in relevant)


def _shows(claim: Claim, quotes: Iterable[str]) -> bool:
    """True when the claim quotes one of `quotes`, white space and letters of other alphabets aside."""
    shown = [_folded(text) for text in (claim.text, *(place.quote for place in claim.citations))]
    return any(_folded(quote) in text for quote in quotes for text in shown)


def _folded(text: str) -> str:
    return re.sub(r"\s+", " ", danish.by_sound(text)).casefold().strip()
