"""An item → quotable passages, and the words each is found by."""

from __future__ import annotations

from kildemose import item

from ingest import passages
from ingest.holdings import Terms
from ingest.model import AgendaItem, SectionKind

DECISION, BODY = SectionKind.DECISION, SectionKind.BODY
SHORT = "Taget er utæt."
LONG = " ".join(f"Sætning nummer {number} handler om taget på Kildemose Skole." for number in range(1, 21))


def texts(found: AgendaItem) -> list[str]:
    return [passage.span.of(found.text) for passage in passages.split(found)]


def test_neighbouring_paragraphs_make_one_passage_and_sections_are_kept_apart() -> None:
    found = item("1", "Taget", (BODY, f"{SHORT}\n\nDet regner ind."), (DECISION, "Udsat."))
    assert texts(found) == ["Punkt 1: Taget", f"{SHORT}\n\nDet regner ind.", "Udsat."]
    assert [(each.section, each.kind) for each in passages.split(found)] == [
        (0, SectionKind.OTHER),
        (1, BODY),
        (2, DECISION),
    ]
    assert {each.item for each in passages.split(found)} == {found.key}


def test_a_long_paragraph_is_cut_between_sentences_and_loses_nothing() -> None:
    _, *cut = texts(item("1", "Taget", (BODY, LONG)))
    assert " ".join(cut) == LONG
    assert [len(each) <= 700 and each.endswith(".") for each in cut] == [True, True]


def test_paragraphs_are_gathered_up_to_the_greatest_length() -> None:
    paragraphs = [f"{number} " + "taget " * 49 + "tag." for number in range(5)]  # 300 characters each
    _, *gathered = texts(item("1", "Taget", (BODY, "\n\n".join(paragraphs))))
    assert gathered == ["\n\n".join(paragraphs[:2]), "\n\n".join(paragraphs[2:4]), paragraphs[4]]


def test_what_says_nothing_is_no_passage_but_a_decision_in_capitals_is_one() -> None:
    found = item("1", "Taget", (BODY, "-\n\nX\n\nDIR BFU SOS"), (DECISION, "GODKENDT."), (BODY, "12.500"))
    assert texts(found) == ["Punkt 1: Taget", "GODKENDT."]


def test_the_words_of_a_passage_stand_in_the_field_of_their_section() -> None:
    found = item(
        "1", "Taget", (DECISION, "Udsat."), (SectionKind.RECOMMENDATION, "at skolen"), (BODY, SHORT), case_number="26/1"
    )
    _, decision, recommendation, body = (passages.terms(found, each) for each in passages.split(found))
    assert decision == Terms(title="tag 26/1", decision="udsat", recommendation="", rest="")
    assert recommendation == Terms(title="tag 26/1", decision="", recommendation="skol", rest="")
    assert body == Terms(title="tag 26/1", decision="", recommendation="", rest="tag utæt")


def test_the_title_is_embedded_with_every_passage_and_foreign_letters_by_sound() -> None:
    found = item("1", "Varmestuen", (BODY, "Taget på varместuen."))
    assert [passages.embeddable(found, each) for each in passages.split(found)] == [
        "Varmestuen. Punkt 1: Varmestuen",
        "Varmestuen. Taget på varmestuen.",
    ]
