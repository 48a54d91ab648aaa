"""The language: one analyser for text and questions, compounds, and where sentences end."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest import danish
from ingest.model import Span


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("varместuen", "varmestue"),  # м е с т, Herning 2026-04-28, punkt 33
        ("VARMESTUEN", "varmestue"),
        ("Aalborg", "Ålborg"),
        ("Aabenraa", "Åbenrå"),
        ("idé", "ide"),
        ("beslutningen", "beslutning"),
        ("cykelstier", "cykelsti"),
        ("læge", "laege"),
        ("kommunens", "kommune"),
    ],
)
def test_two_spellings_of_a_word_share_a_term(one: str, other: str) -> None:
    found = {term for spelling in danish.spellings(other) for term in danish._terms(spelling)}
    assert danish.terms(one)[0] in found


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("videoovervågning", ("video", "overvågning")),
        ("varmestue", ("varme", "stue")),
        ("skolebygning", ("skole", "bygning")),
        ("børnehave", ("børne", "have")),
        ("trafiksikkerhed", ("trafik", "sikkerhed")),
        ("skole", ()),
        ("kommune", ()),
        ("varmx", ()),
        ("", ()),
        ("a" * 20_000, ()),
    ],
)
def test_a_compound_is_taken_apart_and_other_words_are_not(word: str, parts: tuple[str, ...]) -> None:
    assert danish.split(word) == parts


@given(st.text("ab1 2.,:/-_'x9Å§ ", max_size=30))
def test_a_word_reaches_as_far_as_any_of_its_readings(text: str) -> None:
    for span, word in danish.words(text):
        readings = [pattern.match(text, span.start) for pattern in (danish._WORD, danish._CODE)]
        assert word == max((match[0] for match in readings if match), key=len)


def test_the_lexicon_is_its_words_each_folded_and_stemmed() -> None:
    words, stems = danish._lexicon()
    assert all(danish.fold(word) == word for word in words)
    assert stems == {danish._stem(word) for word in words}


def test_a_compound_is_found_by_its_parts_and_a_part_by_the_compound() -> None:
    compound, part = danish.terms("videoovervågningen"), danish.terms("overvågning")
    assert part[0] in compound
    assert set(danish.terms("varme")) & set(danish.terms("varmestuen"))
    assert set(danish.terms("stuen")) & set(danish.terms("varmestuen"))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Punkt 33: 15.00.00-G01-7-25", ["Punkt", "33", "15.00.00-G01-7-25"]),
        ("EMN-2025-003383, sag", ["EMN-2025-003383", "sag"]),
        ("125.000 kr. den 8.12.2025.", ["125.000", "kr", "den", "8.12.2025"]),
        ("by- og planudvalget", ["by", "og", "planudvalget"]),
        ("Gerda's §110-pladser", ["Gerda's", "110-pladser"]),
    ],
)
def test_figures_stay_whole(text: str, words: list[str]) -> None:
    found = list(danish.words(text))
    assert [word for _, word in found] == words
    assert [span.of(text) for span, _ in found] == words


def test_function_words_are_not_indexed() -> None:
    assert danish.analyse("at der er et skur i gården") == f"{danish.terms('skur')[0]} {danish.terms('gården')[0]}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Godkendt. Udsat.", ["Godkendt.", "Udsat."]),
        ("Mødet er den 28. april 2026. Det er tirsdag.", ["Mødet er den 28. april 2026.", "Det er tirsdag."]),
        ("Jf. bilag nr. 3 ca. kl. 13 f.eks. mandag.", ["Jf. bilag nr. 3 ca. kl. 13 f.eks. mandag."]),
        ("Prisen er 40 kr. pr. uge. Den stiger.", ["Prisen er 40 kr. pr. uge.", "Den stiger."]),
        ("Prisen er 40 kr. Bo Lind tog forbehold.", ["Prisen er 40 kr.", "Bo Lind tog forbehold."]),
        ("Stole, borde m.v. Resten følger.", ["Stole, borde m.v.", "Resten følger."]),
        ("Se kap. Fire.", ["Se kap. Fire."]),
        ("1. Taget\n2. Døren", ["1. Taget", "2. Døren"]),
        ("Det koster 1.250.000 kr.", ["Det koster 1.250.000 kr."]),
        ("Har vi råd? Ja! Godt …", ["Har vi råd?", "Ja!", "Godt …"]),
        ('Han sagde: "Nej." Og gik.', ['Han sagde: "Nej."', "Og gik."]),
        ("Viggo M. Jonasen stemte imod.", ["Viggo M. Jonasen stemte imod."]),
        ("Uden punktum\n\nNy linje", ["Uden punktum", "Ny linje"]),
        ("Det var i 2026. Så skete det.", ["Det var i 2026.", "Så skete det."]),
        (" \n ", []),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text: str, expected: list[str]) -> None:
    assert [span.of(text) for span in danish.sentences(text)] == expected


def test_sentences_keep_to_the_span_they_are_asked_for() -> None:
    text = "Første. Anden. Tredje."
    assert [span.of(text) for span in danish.sentences(text, Span(8, 14))] == ["Anden."]


@given(st.text(alphabet="aBæ1 .!?…\"')\n(-kr", max_size=80))
def test_every_character_but_blanks_is_in_one_sentence(text: str) -> None:
    found = list(danish.sentences(text))
    covered = [place for span in found for place in range(span.start, span.end)]
    assert covered == sorted(set(covered))
    assert all(text[place].isspace() for place in set(range(len(text))) - set(covered))
    assert all(span.of(text) == span.of(text).strip() != "" for span in found)


@given(st.text(max_size=60))
def test_every_word_has_terms_and_reading_by_sound_moves_nothing(text: str) -> None:
    assert len(danish.by_sound(text)) == len(text)
    for span, word in danish.words(text):
        assert span.of(text) == word
        assert all(term and not term.isspace() for term in danish.terms(word))
    assert danish.analyse(text) == danish.analyse(text)


def every_line(count: int = 4000) -> list[str]:
    texts = sorted((Path(__file__).parent / "minutes").rglob("*.txt"))
    return [line for path in texts for line in path.read_text(encoding="utf-8").splitlines() if line][:count]


@given(st.text(max_size=60) | st.sampled_from([*every_line(), "et lokalfor-slag i by- og landzone, Aal-borg"]))
def test_every_term_of_a_text_stands_in_it_as_it_is_spelled(text: str) -> None:
    assert [term for term in danish.term_set(text) if term not in danish.spelled(text)] == []


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("et lokalfor-slag", "lokalforslag"),
        ("et lokalfor-slag", "forslag"),
        ("flere by-rumsprojekter", "projekt"),
        ("klimaregn-skabsmetode", "regnskab"),
    ],
)
def test_a_hyphen_left_inside_a_word_does_not_hide_it_from_search(written: str, found: str) -> None:
    assert set(danish.terms(found)) & set(danish.analyse(written).split())


@pytest.mark.parametrize("written", ["by- og planudvalget", "A-B", "xq-zv", "p-huse", "2030-mål"])
def test_what_gives_no_word_without_its_hyphen_is_left(written: str) -> None:
    plain = " ".join(
        term for _, word in danish.words(written) for term in danish.terms(word) if danish.fold(word) not in danish.STOP
    )
    assert danish.analyse(written) == plain
