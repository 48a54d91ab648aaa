"""What a decision's words are taken for: the words that show it, its points, and the lines that a point decides."""

from __future__ import annotations

import re
import time

import pytest
from test_cases import rows, several

from ingest import outcome, points, recommendations
from ingest.model import Outcome, Recommendation, Span


@pytest.mark.parametrize(("wording", "expected", "each"), rows("points", "What each point says"))
def test_a_decision_made_point_by_point_has_the_outcome_of_each_and_of_the_whole(
    wording: str, expected: str, each: str
) -> None:
    text = wording.replace("⏎", "\n")
    reading = outcome.read(text)
    assert [f"{point.number} {point.outcome}" for point in reading.points] == several(each)
    assert reading.outcome == expected
    assert all(point.span.of(text).strip() == point.span.of(text) for point in reading.points)


def lines(marks: str) -> tuple[Recommendation, ...]:
    """The lines of a recommendation by their marks: "1 / 2 (a b)"; every line has a span of its own."""
    found = []
    for place, mark in enumerate(marks.split(" / "), start=1):
        number, *below = re.findall(r"[\w–]+", mark)
        children = tuple(Recommendation(letter, Span(100 * place + at, 0)) for at, letter in enumerate(below, start=1))
        found.append(Recommendation(None if number == "–" else number, Span(100 * place, 0), children))
    return tuple(found)


@pytest.mark.parametrize(("number", "marks", "decided"), rows("points", "Which lines a point decides"))
def test_a_point_decides_the_lines_it_names_and_never_one_it_may_not_mean(
    number: str, marks: str, decided: str
) -> None:
    found = points.lines_of(number, lines(marks))
    places = [divmod(line.span.start, 100) for line in found]
    assert [f"{place}{' abcdef'[below].strip()}" for place, below in places] == several(decided)


@pytest.mark.parametrize(
    ("wording", "shown"),
    [
        ("Kulturudvalget drøftede sagen. Indstillingen blev tiltrådt.", "tiltrådt"),
        ("Godkendt, idet bænkene males.", "Godkendt"),
        ("Bo Lind tog forbehold. Udsat.", "Udsat"),
        ("Udvalget besluttede at udsætte sagen.", "besluttede at udsætte"),
        ("Ad 1: Godkendt. Ad 2: Anbefales.", "Anbefales"),
        ("For stemte 3. Imod stemte 5.", "For stemte 3. Imod stemte 5."),
        ("Indstillingen er tiltråt.", "Indstillingen er tiltråt."),
        ("Fraværende: Bo Lind.", None),
        ("", None),
    ],
)
def test_a_reading_tells_the_words_that_show_the_outcome(wording: str, shown: str | None) -> None:
    found = outcome.read(wording).shown_by
    assert (found and found.of(wording)) == shown


@pytest.mark.parametrize("wording", [row[0] for row in rows("outcomes")])
def test_every_outcome_that_is_told_is_shown_by_words_of_the_decision(wording: str) -> None:
    reading = outcome.read(wording)
    is_told = reading.outcome is not Outcome.UNKNOWN and wording
    assert (reading.shown_by is not None and bool(reading.shown_by.of(wording).strip())) == bool(is_told)


def test_names_below_a_heading_of_votes_belong_to_it_and_names_of_the_absent_add_nothing() -> None:
    text = (
        "Vedtaget med 2 stemmer mod 1.\nFor stemte:\nBo Lind (A)\nGerda Holm\nImod stemte:\nIb Juhl (V)\n\n"
        "Fraværende:\nEva Dam\nOle Friis\n\nSalen males straks."
    )
    reading = outcome.read(text)
    assert reading.outcome is Outcome.ADOPTED_WITH_ADDITION
    assert [span.of(text) for span in reading.votes] == [
        "med 2 stemmer mod 1.",
        "For stemte:\nBo Lind (A)\nGerda Holm",
        "Imod stemte:\nIb Juhl (V)",
    ]
    assert [span.of(text) for span in reading.additions] == ["Salen males straks."]


def test_of_votes_by_party_each_line_is_one_whatever_letter_ends_it() -> None:
    text = "For indstillingen stemte A, B og V. Imod stemte Ø. Indstillingen blev vedtaget."
    reading = outcome.read(text)
    assert reading.outcome is Outcome.ADOPTED
    assert [span.of(text) for span in reading.votes] == ["For indstillingen stemte A, B og V.", "Imod stemte Ø."]


# fmt: off
SPITEFUL = (
    "at ", "a", "Ad 1: ", "Ad 1.a-", "1. ", "a) ", "godkendt ", "godkendt, og ", "punkt 1, ", "1.-", "1 og ",
    "første og ", "For stemte A B, ", "A. B ", "A og ", "Ad 1\n", "1. x\n", "- x\n", "at x, at ",
    "indstiller, at x og at y, ", "udvalget ", "a b c d e f ", "ikke ", "ændringsforslag ", "For:\nA B\n", "med den ",
    "sendes til ", "tilskud gives ", "med 1 stemmer ", "tog sag ", "Godkendt, idet ", "   ", ", ",
)
# fmt: on


@pytest.mark.parametrize("fragment", SPITEFUL, ids=repr)
def test_no_decision_and_no_recommendation_takes_long_to_read(fragment: str) -> None:
    text = (fragment * 100_000)[:100_000]
    began = time.perf_counter()
    outcome.read(text)
    recommendations.find(text, Span(0, len(text)))
    assert time.perf_counter() - began < 8, "a rule goes over the text again and again"


def test_what_a_quoted_motion_says_is_neither_decided_nor_added() -> None:
    reading = outcome.read(
        'Ø stillede følgende ændringsforslag:\n"At hallen åbner i august.\nAt prisen hæves."\n'
        "Ændringsforslaget blev forkastet med 9 stemmer mod 3.\nIndstillingen blev godkendt uden afstemning."
    )
    assert (reading.outcome, reading.additions) == (Outcome.ADOPTED, ())
