"""The scores of reading: how they are counted, and that the labelled minutes are read as well as promised."""

from __future__ import annotations

import pytest

from tests import parse_scores
from tests.parse_scores import SHARED, Score, Scores, alike

# What is promised of the labelled documents that can be read.
PROMISED = {
    "items": 0.99,
    "case number": 0.99,
    "closed": 1.0,
    "pages": 1.0,
    "absent": 1.0,
    "own decision": 0.98,
    "outcome": 0.95,
    "sections": 0.95,
    "recommendation lines": 0.95,
    "earlier decisions": 0.95,
    "attachments": 0.95,
    "references": 0.95,
}


def test_things_are_counted_as_often_as_they_occur() -> None:
    score = Score()
    score.compare(["a", "a", "b"], ["a", "c"], "punkt 1")
    assert (score.right, score.found, score.labelled) == (1, 3, 2)
    assert (score.precision, score.recall, score.f1) == (1 / 3, 1 / 2, 0.4)
    assert score.wrong == ["punkt 1: +a", "punkt 1: +b", "punkt 1: -c"]


def test_nothing_found_where_nothing_is_labelled_is_right() -> None:
    score = Score()
    score.compare([], [], "punkt 1")
    assert (score.precision, score.recall, score.f1) == (1.0, 1.0, 1.0)


@pytest.mark.parametrize(
    ("one", "other", "is_alike"),
    [
        ("Indstillingen er\ntiltrådt.", "Indstillingen  er **tiltrådt**.", True),
        ("varmestuen", "var\u043c\u0435\u0441\u0442uen", True),
        ("budget-\nlægges", "budgetlægges", True),
        ("Godkendt.", "Ikke godkendt.", False),
        ("", None, True),
    ],
)
def test_texts_are_alike_however_they_are_set(one: str, other: str | None, is_alike: bool) -> None:
    assert alike(one, other) == is_alike


def test_unknown_wordings_are_counted_apart() -> None:
    told, unknown, total = parse_scores.decisions(
        [("adopted", "Godkendt."), ("noted", "Godkendt."), ("none", "Xyz abc def.")]
    )
    assert (told.right, told.found, unknown, total) == (1, 2, 1, 3)


def test_a_document_that_cannot_be_read_is_listed() -> None:
    scores = parse_scores.score([{"file": "missing.pdf"}], SHARED)
    assert (scores.documents, len(scores.unread)) == (0, 1)
    assert "missing.pdf" in scores.unread[0]


@pytest.fixture(scope="module")
def scores() -> Scores:
    labels = parse_scores.labels(SHARED)
    if not labels:
        pytest.skip("../shared with the labelled minutes is not at hand")
    return parse_scores.score(labels, SHARED)


@pytest.mark.parametrize("name", PROMISED)
def test_the_labelled_minutes_are_read_as_well_as_promised(scores: Scores, name: str) -> None:
    score = scores.by_name[name]
    assert score.labelled, "nothing to be held to"
    assert score.f1 >= PROMISED[name], "\n".join(score.wrong)
    assert f"| {name} | " in parse_scores.markdown(scores)
