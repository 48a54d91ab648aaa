"""Page text → one clean text: only the way a text is set is undone."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest import characters, furniture, normalise
from ingest.model import Document, page_at

FULL = "Udvalget har bedt forvaltningen om at undersøge, hvordan salen kan bruges bedre, og om "
LONG = "Forvaltningen har nu undersøgt sagen, og den foreslår, at salen åbnes for alle foreninger i hele kommunen."


def clean(*pages: str, is_paged: bool = True) -> str:
    return normalise.clean(Document("x", "", "", pages, is_paged)).text


@pytest.mark.parametrize(
    ("above", "below", "joined"),
    [
        ("budget-", "lægges", "budgetlægges"),
        ("p-", "huse", "p-huse"),
        ("2030-", "fremskrivning", "2030-fremskrivning"),
        ("ikke-", "planlagte", "ikke-planlagte"),
        ("6-", "måneders", "6-måneders"),
        ("by-", "og planudvalget", "by- og planudvalget"),
        ("børne-", "eller ungeudvalget", "børne- eller ungeudvalget"),
        ("EU-", "Kommissionen", "EU-Kommissionen"),
        ("budget\u00ad", "lægges", "budgetlægges"),
        ("det", "lægges", "det lægges"),
        ("den", "26. marts holdes", "den 26. marts holdes"),
        ("til", "2. behandling i maj", "til 2. behandling i maj"),
        ("budget-", "ⓐ", "budgetⓐ"),
    ],
)
def test_a_word_broken_at_a_line_s_end_is_whole_again(above: str, below: str, joined: str) -> None:
    # The line above is as long as the widest ones; so the sentence goes on.
    page = f"{LONG}\n{FULL}{above}\n{below} senere."
    assert clean(page).split("\n")[-1] in (f"{FULL}{joined} senere.", f"{LONG} {FULL}{joined} senere.")


def test_a_hyphen_stays_where_the_document_itself_writes_the_word_with_one() -> None:
    page = f"{LONG}\n{FULL}bus-\nfremkommelighed senere.\n\nTiltag for bus-fremkommelighed."
    assert "om bus-fremkommelighed senere." in clean(page)


@pytest.mark.parametrize(
    "below", ["at prisen sættes ned", "1. Taget", "a) taget", "- taget", "• taget", "Punkt 4: Taget", "Bilag 2 - kort"]
)
def test_what_opens_a_line_of_a_list_is_never_joined(below: str) -> None:
    page = f"{LONG}\nForvaltningen indstiller,\nat {FULL}det\n{below}"
    assert clean(page).split("\n")[-1] == below


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("a\u00a0b\tc\u202fd\u3000e", "a b c d e"),
        ("a\u200bb\ufeffc\u202ed\u2066e", "abcde"),
        ("a\x00b\x07c", "abc"),
        ("var\u00adme\u00adstue", "varmestue"),
        ("ﬁnansiering af oﬃce og ﬂere", "finansiering af office og flere"),
        ("e\u0301t A\u030arhus", "ét Århus"),
        ("\uf0b7 taget", "• taget"),
        ("non\u2011stop", "non-stop"),
        ("varместuen", "varmestuen"),
        ("Bеslutning", "Beslutning"),
        ("40 μg pr. m3", "40 μg pr. m3"),
        ("vinklen α er", "vinklen α er"),
        ("det diƯust akƟve", "det diffust aktive"),
        ("\uf0fc taget\n\uf0a8 døren", "• taget\n• døren"),
        ("•\u0304 taget", "• taget"),
        ("  a   b  ", "a b"),
        ("Sådan var det....", "Sådan var det...."),
    ],
)
def test_characters_that_only_set_a_text_are_plain(written: str, kept: str) -> None:
    assert clean(written, is_paged=False) == kept


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\v", "\f", "\x85", "\u2028"])
def test_every_kind_of_line_end_ends_a_line(end: str) -> None:
    assert clean(f"Beslutning{end}Godkendt.", is_paged=False) == "Beslutning\nGodkendt."


@pytest.mark.parametrize(
    "line",
    [
        "Godkendelse af dagsorden.................... 3",
        "| Godkendelse af dagsorden..... | 3 |",
        "715. Kulturkommune ..........2",
    ],
)
def test_the_lines_of_a_contents_list_are_dropped(line: str) -> None:
    assert clean(f"Indholdsfortegnelse\n{line}\n{line}\nPunkt 1: Taget", is_paged=False) == (
        "Indholdsfortegnelse\nPunkt 1: Taget"
    )


def test_a_row_of_a_table_with_dots_is_no_contents_list() -> None:
    text = "Udgifterne er\nLøn til personale i hallerne ........ 500\nog betales af puljen."
    assert clean(text, is_paged=False) == text


def test_the_marks_of_markdown_are_dropped_from_text_but_not_from_pages() -> None:
    assert clean("## Resume\n| a | b |\n|---|---|\n**Taget** er 2 * 3 m", is_paged=False) == (
        "Resume\na | b\nTaget er 2 * 3 m"
    )
    assert clean("**Taget**") == "**Taget**"


def test_running_heads_and_feet_go_but_the_first_page_keeps_its_head() -> None:
    pages = [
        f"Kulturudvalget\nReferat\nDato: 12.03.2026\nTekst nummer {word}\nSide {number} af 4"
        for number, word in enumerate(("et", "to", "tre", "fire"), start=1)
    ]
    text = "Tekst nummer et\nTekst nummer to\nTekst nummer tre\nTekst nummer fire"
    assert clean(*pages) == f"Kulturudvalget\nReferat\nDato: 12.03.2026\n{text}"


def test_decisions_that_end_every_page_alike_are_no_running_feet() -> None:
    pages = [f"Punkt {number}: Sag {word}\nBeslutning\nGodkendt." for number, word in enumerate("abcdef", start=1)]
    assert clean(*pages).count("Beslutning\nGodkendt.") == len(pages)


def test_lines_that_repeat_on_two_pages_only_are_text() -> None:
    assert clean("Godkendt.\nEt", "Godkendt.\nTo") == "Godkendt.\nEt\nGodkendt.\nTo"


def test_a_paragraph_goes_on_over_the_page_and_the_break_is_known() -> None:
    document = Document("x", "", "", (f"{LONG}\n{FULL}det kan", "", "målrette vores hjælp."), True)
    found = normalise.clean(document)
    assert found.text == f"{LONG} {FULL}det kan målrette vores hjælp."
    assert [(each.page, found.text[each.offset :][:8]) for each in found.page_breaks] == [
        (1, LONG[:8]),
        (3, "målrette"),
    ]
    assert page_at(found.page_breaks, 0) == 1
    assert page_at(found.page_breaks, len(found.text) - 1) == 3


def test_nothing_is_joined_to_the_title_of_a_closed_item() -> None:
    title = "Punkt 3: Lukket: Køb af mosen mellem Ærøvej og banegården med henblik på at anlægge en ny sø og en sti"
    assert clean(f"{LONG}\n\n{title}\nJens Mose, der ejer jorden, vil helst sælge.").split("\n")[-2:] == [
        title,
        "Jens Mose, der ejer jorden, vil helst sælge.",
    ]
    opened = title.replace("Lukket: ", "Lukning og ")
    assert clean(f"{LONG}\n\n{opened}\nmed mere.").split("\n")[-1] == f"{opened} med mere."


def test_text_with_long_lines_is_left_as_its_lines_are() -> None:
    text = f"{LONG * 3}\nog så videre\n\n\n\nNæste"
    assert clean(text, is_paged=False) == f"{LONG * 3}\nog så videre\n\nNæste"


def test_nothing_gives_nothing() -> None:
    assert clean() == clean("") == clean("\n\n", " ") == ""


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ('FN\'s "verdensmål".Indstilling', 'FN\'s "verdensmål".\nIndstilling'),
        ("Mødet begynder kl. 16.30.Sagsfremstilling", "Mødet begynder kl. 16.30.\nSagsfremstilling"),
        ("Taget er utæt.Indstilling Direktøren indstiller", "Taget er utæt.\nIndstilling Direktøren indstiller"),
        ("BeslutningGodkendt.", "Beslutning\nGodkendt."),
        ("ResumeTaget er utæt.BeslutningGodkendt.", "Resume\nTaget er utæt.\nBeslutning\nGodkendt."),
        ("Beslutningen er taget. Indstillingen er fulgt", "Beslutningen er taget. Indstillingen er fulgt"),
        ("Se punkt 3.Bilaget mangler", "Se punkt 3.Bilaget mangler"),
        ("www.kildemose.dk/Bilag", "www.kildemose.dk/Bilag"),
    ],
)
def test_a_heading_glued_to_its_neighbours_is_a_line_again(written: str, kept: str) -> None:
    assert clean(written, is_paged=False) == kept


def test_unfilled_places_of_a_template_and_buttons_of_a_page_go() -> None:
    text = "Indstilling\n[skriv indstilling]\n[se bilag 2]\nTil toppen\nDu er her: Forside > Referater\nGodkendt."
    assert clean(text, is_paged=False) == "Indstilling\n[se bilag 2]\nGodkendt."
    assert "Til toppen" in clean("Til toppen")  # on a printed page nobody can press it


def test_heads_and_page_numbers_of_two_pages_go() -> None:
    head = "Referat for Kulturudvalget\n20. juni 2013 - kl. 10:30\n"
    assert clean(f"{head}Et.\n1 of 2", f"{head}To.\n2 of 2") == f"{head}Et.\nTo."


def test_a_figure_alone_at_the_foot_of_a_page_is_a_cell_of_a_table() -> None:
    assert clean("I alt\n1", "I alt\n2").endswith("2")


WORDS = st.text(alphabet="abeilmnorstæøåBGPU .,:-\n\u00a0•1", max_size=200)


@given(WORDS | st.text(max_size=80))
def test_cleaning_twice_changes_nothing(text: str) -> None:
    once = clean(text, is_paged=False)
    assert clean(once, is_paged=False) == once


@given(WORDS)
def test_every_letter_of_the_source_is_still_there_in_order(text: str) -> None:
    assert letters(clean(text, is_paged=False)) == letters(text)
    assert letters(clean(text)) == letters(text)


def letters(text: str) -> str:
    return "".join(character for character in text if character.isalnum())


@pytest.mark.parametrize("path", sorted((Path(__file__).parent / "minutes").rglob("*.txt")), ids=lambda path: path.stem)
def test_every_word_of_real_and_invented_minutes_is_still_there(path: Path) -> None:
    lines = [characters.single_spaced(line) for line in characters.plain(path.read_text(encoding="utf-8")).split("\n")]
    kept = [
        line
        for place, line in enumerate(lines)
        if not (furniture.is_contents(lines, place) or furniture.is_leftover(line) or furniture.is_button(line))
    ]
    assert letters(clean("\n".join(lines), is_paged=False)) == letters("\n".join(kept))
    assert len(kept) > 0.8 * len(lines)
