"""The scorecard's page: its tables are made by `make eval` and `make bench`, the prose around them by hand."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from asking import SAMPLE, build
from test_scorecard import nowhere, placed

from qa import evaluate, scorecard
from qa.assistant import Assistant
from tests.benchmarks import steps
from tests.quality import __main__ as quality
from tests.quality import answers, page
from tests.quality.answers import TARGETS, Asked

PAGE = """\
# Scorecard

<!-- table: one -->
old
<!-- end -->

By hand.

<!-- table: two -->
<!-- end -->
"""


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("page") / "archive.db", [SAMPLE])


# The places of tables


def test_a_table_stands_in_its_place_and_all_else_stays():
    new = page.filled(PAGE, {"one": "| a |\n|---|\n"})
    assert new == PAGE.replace("old\n", "\n| a |\n|---|\n\n")
    assert page.filled(new, {"one": "| a |\n|---|\n"}) == new
    assert page.filled(new, {}) == new


def test_a_table_without_a_place_is_not_dropped_in_silence():
    with pytest.raises(ValueError, match="no place for three"):
        page.filled(PAGE, {"one": "a", "three": "c"})


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        (PAGE.removesuffix("<!-- end -->\n"), "without its other"),
        (PAGE.replace("<!-- end -->", "", 1), "without its other"),
        (PAGE.replace("two", "one"), "one name"),
    ],
)
def test_a_page_whose_marks_do_not_fit_is_refused(broken: str, reason: str):
    with pytest.raises(ValueError, match=reason):
        page.filled(broken, {"one": "a"})


def test_renewing_says_what_was_made_and_what_was_left(tmp_path: Path):
    path = tmp_path / "card.md"
    path.write_text(PAGE, encoding="utf-8")
    assert page.renew({"one": "a"}, path) == "card.md: 1 tables made anew; left alone: two"
    assert page.renew({"one": "a"}, path) == "card.md: 1 tables as they were; left alone: two"
    assert page.renew({"one": "b", "two": "c"}, path) == "card.md: 2 tables made anew"


def test_the_page_that_ships_has_a_place_for_every_table():
    own = ("own", "own-types", "own-sides", "own-reasons", "own-misses")
    sample = ("founders-sample", "founders-sample-sides", "founders-sample-reasons")
    mixed = ("founders-all", "founders-all-types", "founders-all-sides", "founders-all-reasons")
    hidden = ("hidden", "hidden-tuning", "hidden-aside", "hidden-founders")
    bench = ("bench-ranking", "bench-time", "bench-steps", "bench-ingest")
    text = page.SCORECARD.read_text(encoding="utf-8")
    assert page.names(text) == ("targets", *own, *sample, *mixed, *hidden, "reading", *bench)
    assert "-->\n<!-- end" not in text, "a place that no run has filled"


# The tables


def test_without_the_founders_files_our_own_tables_are_made_and_theirs_left(monkeypatch, tmp_path: Path):
    monkeypatch.setattr(quality, "FOUNDERS", (tmp_path / "none.jsonl",))
    monkeypatch.setattr(quality.archive, "SHARED", tmp_path)
    tables = quality.over_few(tmp_path) | quality.reading()
    assert list(tables) == ["own", "own-types", "own-sides", "own-reasons", "own-misses"]
    assert tables["own"].startswith("48 questions over 55 passages.\n\n| questions | n |")
    text = page.SCORECARD.read_text(encoding="utf-8")
    assert page.names(page.filled(text, tables)) == page.names(text)


def test_the_language_model_is_worth_something(sample: Path):
    asked = answers.ask("own", sample, quality.SAMPLE_QUESTIONS)
    assert (asked.card.is_by_words, asked.by_words.is_by_words) == (False, True)
    with_model, without = (card.rows[0].value("right item first") for card in (asked.card, asked.by_words))
    assert with_model > without > 0.8


def test_what_falls_short_of_a_promise_is_in_bold():
    asked = [placed(1), placed(4), placed(1, kind="paraphrase"), placed(2, kind="cross", language="en"), nowhere()]
    asked[0] = replace(asked[0], is_refused=True)
    card = scorecard.score(asked)
    rows = answers.targets([("a set", Asked("a", 55, card, card))]).splitlines()
    assert rows[0] == "| % | promised | a set (5) |"
    assert [row.split(" | ")[-1].removesuffix(" |") for row in rows[2:]] == [
        "**50**", "**50**", "100", "100", "**0**", "100", "100", "100", "100", "**25**", "100",
    ]  # fmt: skip
    assert [row.split(" | ")[1] for row in rows[2:]] == [
        "≥ 92", "≥ 98", "≥ 75", "≥ 92", "≥ 75", "≥ 92", "≥ 90", "≥ 95", "≥ 95", "≤ 5", "100",
    ]  # fmt: skip
    assert len(TARGETS) == 11


# Where the time goes


def test_the_steps_of_an_answer_are_all_met_and_add_up_to_it(sample: Path):
    asked = [gold for gold in evaluate.read(quality.SAMPLE_QUESTIONS) if gold.kind == "lexical"][:3]
    with Assistant.open(sample) as assistant:
        taken = steps.measured(assistant, asked, runs=1)
    for each in taken:
        assert set(each) == {*steps.NAMES, steps.WHOLE}, "a step goes by another name than in tests.benchmarks.steps"
        assert all(seconds > 0 for seconds in each.values())
        assert sum(each[name] for name in steps.NAMES) == pytest.approx(each[steps.WHOLE])
    lines = steps.table(taken).splitlines()
    assert [line.split(" | ")[0] for line in lines[2:11]] == [f"| {name}" for name in (*steps.NAMES, steps.WHOLE)]
    assert lines[10].endswith("| 100 |")


def test_a_step_is_counted_without_those_inside_it_and_left_as_it_was():
    watch = steps.Watch()
    inner = watch.timed("inner", lambda: sum(range(100_000)))
    watch.timed("outer", lambda: inner())()
    assert watch.taken["outer"] < watch.taken["inner"]
    before = steps.threads.thread
    with steps.watching():
        assert steps.threads.thread is not before
    assert steps.threads.thread is before
