"""What a decision adopts of a recommendation: never a line it does not name."""

from __future__ import annotations

import pytest

from ingest import minutes, normalise
from ingest.holdings import Entry
from ingest.model import Document
from qa import evidence

HEAD = "REFERAT Kulturudvalget d. 12-03-2026\n\nKildemose Kommune\n\nPunkt 1: Salen\n20.03.00-G01-1-26\n\n"
TWO_LINES = "Indstilling\n\nat 1) salen males.\n\nat 2) salen lukkes om vinteren.\n\n"
TWO_WAYS = "Hovedindstilling\n\nat salen males.\n\nAlternativ indstilling\n\nat salen rives ned.\n\n"


def adopted(recommended: str, decided: str) -> list[str]:
    """The lines that count as adopted in an item with this Indstilling and this Beslutning."""
    text = f"{HEAD}{recommended}Beslutning\n\n{decided}\n"
    read = minutes.parse(normalise.clean(Document("x", "", "", (text,), False)))
    (item,) = read.items
    return [line.span.of(item.text) for line in evidence.adopted(Entry(read.meeting, item, "x"))]


@pytest.mark.parametrize(
    ("decided", "lines"),
    [
        ("Indstillingen er tiltrådt.", ["salen males.", "salen lukkes om vinteren."]),
        ("Ad 1: Godkendt. Ad 2: Godkendt.", ["salen males.", "salen lukkes om vinteren."]),
        ("Ad 1-2: Godkendt.", ["salen males.", "salen lukkes om vinteren."]),
        ("Ad 1: Godkendt.", ["salen males."]),
        ("Ad 2: Godkendt.", ["salen lukkes om vinteren."]),
        ("Ad 1: Godkendt. Ad 2: Udsat.", ["salen males."]),
        ("Ad 1: Forkastet. Ad 2: Udsat.", []),
        ("Godkendt, dog med undtagelse af punkt 2.", []),
        ("Indstillingen blev ikke tiltrådt.", []),
        ("Udvalget tiltrådte ikke indstillingen.", []),
        ("Taget til efterretning.", []),
    ],
)
def test_only_the_lines_a_decision_adopts_count_as_adopted(decided: str, lines: list[str]) -> None:
    assert adopted(TWO_LINES, decided) == lines


@pytest.mark.parametrize(
    ("decided", "lines"),
    [
        ("Hovedindstillingen blev godkendt.", ["at salen males."]),
        ("Indstillingen er tiltrådt.", ["at salen males."]),
        ("Den alternative indstilling godkendt.", ["at salen rives ned."]),
    ],
)
def test_of_a_main_and_an_alternative_recommendation_only_the_one_named_is_adopted(
    decided: str, lines: list[str]
) -> None:
    assert adopted(TWO_WAYS, decided) == lines


def test_of_two_recommendations_that_nothing_tells_apart_none_is_adopted() -> None:
    two = "Indstilling\n\nat salen males.\n\nForvaltningens indstilling\n\nat salen rives ned.\n\n"
    assert adopted(two, "Indstillingen er tiltrådt.") == []
