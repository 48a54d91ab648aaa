"""What came of questions, counted: every number here can be counted on one's fingers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from qa import scorecard, tables
from qa.evaluate import Gold, Result
from qa.scorecard import Abstaining, Scorecard, Told

PLACE = ("Teknisk Udvalg", "2026-01-20", "10")
GOLD = Gold("q", "lexical", "", "da", "?", (), date(2026, 11, 23), (PLACE,), (), (), None)
RESULT = Result(GOLD, 1, True, True, is_refused=False, is_reason_right=None, is_verbatim=True, elapsed_ms=10.0)


def placed(rank: int, **changes: object) -> Result:
    """A question whose right item stands at `rank`; `changes` to what is right for it."""
    return replace(RESULT, gold=replace(GOLD, **changes), rank=rank)


def nowhere(reason: str | None = None, **changes: object) -> Result:
    """A question that nothing answers, and the reason that was given."""
    gold = replace(GOLD, **{"relevant": (), "kind": "unanswerable"} | changes)
    return replace(RESULT, gold=gold, rank=None, is_quoted=None, is_labelled=None, is_refused=True, reason=reason)


def values(card: Scorecard, group: str, *measures: str) -> list[float | None]:
    (row,) = (each for each in (*card.rows, *card.types) if each.group == group)
    return [row.value(each) for each in measures]


def test_recall_at_one_three_and_ten_and_the_reciprocal_rank():
    card = scorecard.score([placed(1), placed(3), placed(10), placed(0)])
    ranks = ("right item first", "in the first three", "in the first ten", "reciprocal rank")
    assert values(card, "all", *ranks) == [0.25, 0.5, 0.75, pytest.approx((1 + 1 / 3 + 1 / 10 + 0) / 4)]


def test_questions_that_nothing_answers_have_no_place_and_answerable_ones_no_right_refusal():
    card = scorecard.score([placed(1), replace(placed(0), is_refused=True), nowhere("not_loaded")])
    assert values(card, "all", "right item first", "wrongly refused", "rightly refused") == [0.5, 0.5, 1.0]
    assert values(card, "da · unanswerable", "right item first", "wrongly refused", "rightly refused") == [
        None,
        None,
        1,
    ]


def test_questions_are_grouped_by_language_and_kind_and_by_what_is_asked():
    asked = [
        placed(1, type="amount"),
        placed(0, type="amount", language="en", kind="cross"),
        placed(2, type="date"),
        nowhere(type="unanswerable", kind="lexical"),
    ]
    card = scorecard.score(asked)
    assert [(row.group, row.count) for row in card.rows] == [
        ("all", 4), ("da · lexical", 2), ("da · unanswerable", 1), ("en · cross", 1),
    ]  # fmt: skip
    assert [(row.group, row.count) for row in card.types] == [("amount", 2), ("date", 1), ("unanswerable", 1)]
    assert values(card, "amount", "right item first") == [0.5]


def test_types_that_say_no_more_than_the_kinds_are_not_told_twice():
    assert scorecard.score([placed(1, type="lexical"), nowhere(type="unanswerable")]).types == ()


def test_reasons_given_are_counted_against_those_expected():
    asked = [
        placed(1),
        replace(placed(1), reason="not_loaded"),
        nowhere("not_loaded"),
        nowhere(None),
        replace(placed(1, abstain="postponed"), reason="closed"),
    ]
    card = scorecard.score(asked)
    assert card.told == (
        Told(None, None, 1),
        Told(None, "not_loaded", 1),
        Told("not_loaded", None, 1),
        Told("not_loaded", "not_loaded", 1),
        Told("postponed", "closed", 1),
    )
    assert card.abstaining == (
        Abstaining("any", expected=3, given=3, precision=2 / 3, recall=2 / 3),
        Abstaining("closed", expected=0, given=1, precision=0, recall=None),
        Abstaining("not_loaded", expected=2, given=2, precision=0.5, recall=0.5),
        Abstaining("postponed", expected=1, given=0, precision=None, recall=0),
    )
    assert tables.reasons(card).splitlines() == [
        "| expected ↓ given → | no reason | closed | not_loaded | postponed | recall |",
        "|---|---|---|---|---|---|",
        "| no reason | 1 | – | 1 | – |  |",
        "| closed | – | – | – | – | – |",
        "| not_loaded | 1 | – | 1 | – | 50 |",
        "| postponed | – | 1 | – | – | 0 |",
        "| precision |  | 0 | 50 | – |  |",
        "",
        "Abstaining for whatever reason: precision 67, recall 67",
    ]


@pytest.mark.parametrize(("count", "p50", "p95"), [(1, 1, 1), (2, 1, 2), (20, 10, 19), (100, 50, 95)])
def test_times_are_percentiles_by_nearest_rank(count: int, p50: float, p95: float):
    card = scorecard.score([replace(RESULT, elapsed_ms=float(each)) for each in range(count, 0, -1)])
    assert (card.p50_ms, card.p95_ms) == (p50, p95)


def test_nothing_asked_is_nothing_measured():
    card = scorecard.score([])
    assert (card.p50_ms, card.p95_ms, card.abstaining, card.types) == (None, None, (), ())
    assert tables.whole(card).splitlines()[2:] == ["| all | 0 |" + " – |" * len(scorecard.MEASURES)]


def test_two_sides_stand_beside_each_other():
    ours, others = (scorecard.score([placed(rank), nowhere()]) for rank in (1, 3))
    measures = ("right item first", "in the first three", "rightly refused")
    assert tables.beside(ours.rows, others.rows, measures).splitlines()[2:] == [
        "| all | 2 | 100 / 0 | 100 / 100 | 100 / 100 |",
        "| da · lexical | 1 | 100 / 0 | 100 / 100 | – |",
        "| da · unanswerable | 1 | – | – | 100 / 100 |",
    ]


def test_a_miss_says_what_went_wrong():
    wrong = replace(placed(0), is_refused=True, is_quoted=False, is_verbatim=False)
    (miss,) = scorecard.misses([placed(1), wrong])
    assert miss == (
        "q: ? (not: right item first; not: in the first three; not: in the first ten; not: quote shown; "
        "wrongly refused; not: quotes verbatim)"
    )
