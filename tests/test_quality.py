"""How good the answers are on questions with known answers: floors a little below what is measured.

`data/questions.jsonl` are our own, over the shipped sample. Numbers that rise are to raise the floors; the scorecard
with every measure is `make eval`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from asking import ROOT, SAMPLE, build

from ingest import references
from ingest.archive import Archive
from qa import evaluate
from qa.assistant import Assistant
from qa.evaluate import Gold, Result
from qa.model import AbstentionReason, Label

OWN = ROOT / "data" / "questions.jsonl"
SHARED = ROOT.parent / "shared" / "eval" / "dev.jsonl"


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("quality") / "archive.db", [SAMPLE])


@pytest.fixture(scope="module")
def assistant(path: Path) -> Iterator[Assistant]:
    with Assistant.open(path) as opened:
        yield opened


@pytest.fixture(scope="module")
def own(assistant: Assistant) -> list[Result]:
    return evaluate.run(assistant, evaluate.read(OWN))


def share(held: Iterator[bool]) -> float:
    """The share of True; fails where there is nothing to measure."""
    values = list(held)
    assert values
    return sum(values) / len(values)


def of_kind(results: list[Result], *kinds: str, language: str = "da") -> list[Result]:
    return [each for each in results if each.gold.kind in kinds and each.gold.language == language]


# Our own questions


def test_the_questions_are_what_they_say(path):
    with Archive.open(path) as archive:
        texts = [" ".join(entry.item.text.split()) for entry in archive.find_items()]
    rows = [json.loads(line) for line in OWN.read_text(encoding="utf-8").splitlines()]
    assert len({row["id"] for row in rows}) == len(rows) >= 45
    assert share(row["relevant"] == [] for row in rows) > 0.3
    assert {row["language"] for row in rows} == {"da", "en"}
    for row in rows:
        assert row["today"] == "2026-11-23"
        assert row["label"] is None or Label(row["label"])
        assert row["abstain"] is None or AbstentionReason(row["abstain"])
        assert (row["relevant"] == []) == (row["match"] == "unanswerable") == (row["abstain"] == "not_loaded")
        for quote in row["quotes"]:
            assert any(quote in text for text in texts), (row["id"], quote)


def test_danish_questions_in_the_words_of_the_minutes_find_the_right_item_first(own):
    assert share(each.rank == 1 for each in of_kind(own, "lexical", "lookup", "followup", "typo")) == 1.0


def test_english_questions_find_the_right_item_among_the_first_three(own):
    asked = of_kind(own, "cross", "lookup", "followup", language="en")
    assert share(each.rank == 1 for each in asked) >= 0.8
    assert share(each.rank in (1, 2, 3) for each in asked) == 1.0


def test_the_sentence_that_answers_is_shown(own):
    assert share(each.is_quoted for each in own if each.is_quoted is not None) >= 0.94
    assert share(each.is_quoted for each in of_kind(own, "lexical")) == 1.0


def test_it_stands_under_the_right_label(own):
    assert share(each.is_labelled for each in own if each.is_labelled is not None) == 1.0


def test_every_quote_is_verbatim(own):
    assert share(each.is_verbatim for each in own) == 1.0


def test_what_the_minutes_do_not_say_is_refused_and_what_they_say_is_not(own):
    assert share(each.is_refused for each in own if not each.gold.relevant) >= 0.9
    assert share(each.is_refused for each in own if each.gold.relevant) <= 0.05


def test_the_reason_given_is_the_right_one(own):
    assert share(each.is_reason_right for each in own if each.is_reason_right is not None) >= 0.9


def test_an_answer_on_the_sample_takes_a_moment(own):
    assert sorted(each.elapsed_ms for each in own)[len(own) // 2] < 250


def test_without_a_model_nothing_more_is_answered_wrongly(tmp_path):
    path = build(tmp_path / "archive.db", [SAMPLE], with_vectors=False)
    with Assistant.open(path) as by_words:
        results = evaluate.run(by_words, evaluate.read(OWN))
    assert share(each.is_refused for each in results if not each.gold.relevant) >= 0.9
    assert share(each.rank == 1 for each in of_kind(results, "lexical", "lookup")) == 1.0
    assert share(each.is_quoted for each in of_kind(results, "lexical")) >= 0.85
    assert share(each.is_verbatim for each in results) == 1.0


# The project's development questions, where they are at hand


@pytest.fixture(scope="module")
def shared(assistant: Assistant) -> list[Result]:
    if not SHARED.is_file():
        pytest.skip(f"{SHARED} is not on this machine")
    (meeting,) = assistant.meetings()

    def is_of_sample(gold: Gold) -> bool:
        return any(
            references.same_body(committee, meeting.committee) and day == meeting.date.isoformat()
            for committee, day, _ in gold.relevant
        )

    return evaluate.run(assistant, [gold for gold in evaluate.read(SHARED) if is_of_sample(gold)])


def test_the_development_questions_on_the_sample_find_the_right_item_first(shared):
    assert share(each.rank == 1 for each in shared) >= 0.9


def test_their_quotes_are_verbatim(shared):
    assert share(each.is_verbatim for each in shared) == 1.0
