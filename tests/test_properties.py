"""What holds for any text whatever: reading ends, gives the same twice, and every span is a span of its item."""

from __future__ import annotations

import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from ingest import (
    danish,
    headings,
    item_forms,
    item_starts,
    minutes,
    normalise,
    outcome,
    passages,
    privacy,
    recommendations,
)
from ingest.errors import NotMinutes
from ingest.model import AgendaItem, Document, Minutes, Recommendation, Span

HEAD = "REFERAT Kulturudvalget d. 12-03-2026\n\nMødedato Torsdag d. 12. marts 2026 kl. 15:00\n\nMødested Rådhuset\n\n"
# What minutes are made of, and what is found in them now and then.
LINES = """
Punkt 1: Taget; Punkt 2: Lukket: Køb af mosen; Punkt 3:; Pkt. 4 Orientering; • Punkt 5 Bilag; 715. Kultur;
Punkt 6: Mosen (lukket); Lukket punkt 7: Mosen; Punkt 99999999: x; Lukkede sager; Åbne sager; Åben; 82.07.00-G01-3-26;
Sagsnr.: 26/1172; EMN-2025-003383; Dok.nr.: 12; Indholdsfortegnelse; Taget....... 3; REFERAT Byrådet d. 1. maj 2026;
DAGSORDEN; Side 1 af 2; Resume; Sagsfremstilling; Indstilling; Beslutningspunkter; Beslutning; Beslutninger; Bilag;
Sagsforløb; Tidligere beslutninger; BESLUTNINGSFORSLAG FRA SF; Fraværende: Bo; Udvalg: Byrådet; Dato: 4. februar 2026;
Punktnummer: 12; Beslutning i Økonomiudvalget den 02-03-2026; Kulturudvalgets beslutning den 12.03.2026 Punkt 1;
Direktøren indstiller, at taget skiftes; at udvalget godkender:; - at døren males; At 1) taget; a) x; 2. y;
Indstillingen er tiltrådt.; Ad 1: Godkendt. Ad 2: Udsat.; Bo Lind tog forbehold.; Taget til efterretning.; -; |; **;
Den 5. februar 2026 (punkt 7) drøftede udvalget sagen.; budget-; lægges; by- og; 2030-; 010180-1234; varместuen; # x
"""
ODD = tuple("\ufeff \x00 \u202e \u202c \u00ad \ufb01 \ud7ff ⓐ İ ß 𝔸 ٣ ²".split(" "))
LINE_ENDS = ("\r\n", "\r", "\f", "\v", "\u2028", "\x85", "\u00a0")
FRAGMENTS = (*(line.strip() for line in LINES.split(";")), *ODD, *LINE_ENDS, "x" * 10_000)
ANY = st.text(max_size=300)
GROWN = st.lists(
    st.tuples(st.sampled_from(FRAGMENTS) | st.text(max_size=12), st.sampled_from(("\n\n", "\n", " ", ""))), max_size=30
).map(lambda pieces: "".join(piece + gap for piece, gap in pieces))
MEETINGS = GROWN.map(lambda text: f"{HEAD}Punkt 1: Taget\n\n82.07.00-G01-3-26\n\n{text}")
PAGES = st.lists(MEETINGS | GROWN, min_size=1, max_size=5)
many = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def document(*pages: str, is_paged: bool = False) -> Document:
    return Document("any.txt", "", "text/plain", pages, is_paged)


def read(*pages: str, is_paged: bool = False) -> Minutes | None:
    """The minutes in the pages; None when they are none. Anything else that happens is a fault."""
    clean = normalise.clean(document(*pages, is_paged=is_paged))
    try:
        return minutes.parse(clean)
    except NotMinutes:
        return None


def items(found: Minutes | None) -> tuple[AgendaItem, ...]:
    return found.items if found else ()


def spans(item: AgendaItem) -> Iterator[Span]:
    """The spans of an item that must hold words."""

    def of(lines: tuple[Recommendation, ...]) -> Iterator[Span]:
        for line in lines:
            yield line.span
            yield from of(line.children)

    yield from of(item.recommendations)
    for decision in item.decisions:
        yield from (decision.span, *decision.additions, *decision.votes)
    yield from (reference.span for reference in item.references)
    yield from (passage.span for passage in passages.split(item))


@many
@given(ANY, st.booleans())
@example("", False)
@example("Punkt 3:\n\nResume", False)
@example("•\nPunkt 3: x", False)
@example(HEAD + "Punkt " + "9" * 5000 + ": x", False)
def test_any_text_is_read_or_is_no_minutes(text: str, is_paged: bool) -> None:
    read(text, is_paged=is_paged)
    read(HEAD + "Punkt 1: " + text, is_paged=is_paged)
    read(text + "\n" + HEAD + "Punkt 1: Taget\n\nResume\n\n" + text, is_paged=is_paged)


@many
@given(PAGES, st.booleans())
def test_reading_twice_gives_the_same(pages: list[str], is_paged: bool) -> None:
    assert normalise.clean(document(*pages, is_paged=is_paged)) == normalise.clean(document(*pages, is_paged=is_paged))
    assert read(*pages, is_paged=is_paged) == read(*pages, is_paged=is_paged)


@many
@given(PAGES)
def test_pages_begin_where_they_say_and_in_order(pages: list[str]) -> None:
    clean = normalise.clean(document(*pages, is_paged=True))
    assert all(one.offset < next.offset and one.page < next.page for one, next in pairwise(clean.page_breaks))
    assert all(each.offset < len(clean.text) and 1 <= each.page <= len(pages) for each in clean.page_breaks)
    assert not clean.text or clean.page_breaks[0].offset == 0
    for item in items(read(*pages, is_paged=True)):
        assert item.pages is not None
        assert item.page_breaks[0].offset == 0
        assert 1 <= item.pages[0] <= item.pages[1] <= len(pages)
        assert all(one.offset < next.offset for one, next in pairwise(item.page_breaks))


@many
@given(MEETINGS, st.booleans())
def test_sections_tile_their_item(text: str, is_paged: bool) -> None:
    for item in items(read(text, is_paged=is_paged)):
        assert "".join(section.span.of(item.text) for section in item.sections) == item.text
        assert all(section.span.covers(section.body) for section in item.sections)
        assert item.text.split("\n")[0].strip()


@many
@given(MEETINGS.filter(lambda text: "luk" not in text.lower()), st.booleans())
def test_no_text_is_lost_between_the_clean_text_and_the_items(text: str, is_paged: bool) -> None:
    clean = normalise.clean(document(text, is_paged=is_paged))
    found = items(read(text, is_paged=is_paged))
    below = clean.text[item_starts.find(clean.text)[0].offset :]
    assert letters(below) == letters("\n".join(item.text for item in found))


def letters(text: str) -> str:
    """The letters and figures of `text` but for the heads of groups of items, which belong to none."""
    lines = (line for line in text.split("\n") if not item_forms.is_group(line))
    return "".join(character for line in lines for character in line if character.isalnum())


WRITTEN = sorted((Path(__file__).parent / "minutes").rglob("*.txt"))
EDITS = st.lists(
    st.tuples(st.floats(0, 1), st.integers(0, 200), st.sampled_from(("", "\n", "\n\n", *FRAGMENTS))), max_size=8
)


@many
@given(st.sampled_from(WRITTEN), EDITS, st.booleans())
def test_minutes_damaged_anywhere_are_read_or_are_no_minutes(
    path: Path, edits: list[tuple[float, int, str]], is_paged: bool
) -> None:
    text = path.read_text(encoding="utf-8")
    for place, length, fragment in edits:
        start = int(place * len(text))
        text = text[:start] + fragment + text[start + length :]
    for item in items(read(text, is_paged=is_paged)):
        assert "".join(section.span.of(item.text) for section in item.sections) == item.text
        assert all(span.of(item.text).strip() for span in spans(item))
    assert read(text, is_paged=is_paged) == read(text, is_paged=is_paged)


@pytest.mark.parametrize("heading", ["Resume", "Indstilling", "Beslutning", "Sagsforløb", "Bilag", "Fraværende"])
def test_a_line_of_half_a_megabyte_is_read_in_seconds(heading: str) -> None:
    sentence = "Den 1. maj 2025 (punkt 7) drøftede Byrådet taget, der koster 125.000 kr., og Bo Lind tog forbehold. "
    text = f"{HEAD}Punkt 1: Taget\n\n82.07.00-G01-3-26\n\n{heading}\n\n{sentence * 5000}\n"
    began = time.perf_counter()
    assert len(items(read(text))) == 1
    assert time.perf_counter() - began < 8


@many
@given(MEETINGS, st.booleans())
def test_every_span_lies_in_its_item_and_holds_words(text: str, is_paged: bool) -> None:
    for item in items(read(text, is_paged=is_paged)):
        for span in spans(item):
            assert 0 <= span.start < span.end <= len(item.text)
            assert span.of(item.text) == span.of(item.text).strip() != ""
        for decision in item.decisions:
            assert all(decision.span.covers(part) for part in (*decision.additions, *decision.votes))


@many
@given(MEETINGS, st.booleans())
def test_a_passage_lies_in_its_section_and_none_overlap(text: str, is_paged: bool) -> None:
    for item in items(read(text, is_paged=is_paged)):
        found = passages.split(item)
        assert all(item.sections[each.section].body.covers(each.span) for each in found)
        assert all(one.span.end <= next.span.start for one, next in pairwise(found))
        for passage in found:
            passages.terms(item, passage)
            assert passage.span.of(danish.by_sound(item.text)) in passages.embeddable(item, passage)


@many
@given(MEETINGS)
def test_keys_are_unique_and_readable(text: str) -> None:
    found = items(read(text))
    assert len({item.key for item in found}) == len(found)
    assert all(item.key.isascii() and item.key.count("/") == 3 and "//" not in item.key for item in found)


CLOSED_LINES = """
Resume; Indstilling; Bilag; Sagsforløb; 82.07.00-G01-3-26; Åben; Sagsnr.: 26/1172; Tidligere beslutning;
Økonomi; Bilag: 3; Udvalg: Byrådet; Dato: 1. maj 2025; Beslutning i Byrådet den 01-05-2025; Initialer: x;
HEMMELIGT blev ikke nævnt.; at HEMMELIGT godkendes; - HEMMELIGT; Sag om HEMMELIGT
"""
CLOSED = st.lists(st.sampled_from([line.strip() for line in CLOSED_LINES.split(";")]), max_size=12)


@many
@given(
    CLOSED, st.sampled_from(("\n\n", "\n")), st.booleans(), st.sampled_from(("", "Lukkede sager\n\n")), st.booleans()
)
def test_what_is_said_in_a_closed_item_never_enters_its_text(
    lines: list[str], gap: str, is_paged: bool, group: str, has_title: bool
) -> None:
    title = ("Punkt 2: Køb af mosen" if has_title else "Punkt 2:") if group else "Punkt 2: Lukket: Køb af mosen"
    opening = "Punkt 1: Taget\n\nBeslutning\n\nGodkendt.\n\n"
    below = "\n\n" if is_paged else gap  # what stands below a title is set in smaller type, and so below a gap
    found = items(read(f"{HEAD}{opening}{group}{title}{below}{gap.join(lines)}", is_paged=is_paged))
    assert [(item.number, item.is_closed) for item in found] == [("1", False), ("2", True)]
    assert all("HEMMELIGT" not in field for item in found for field in (item.text, item.title, *item.attachments))


HEADS = ("Pkt. {} {}", "• Punkt {} {}", "{}. {}", "{} : {}", "Nr.{} - {}", "Sag nr. {}: {}", "{}{}")


@many
@given(st.sampled_from(HEADS), CLOSED, st.booleans(), st.booleans())
def test_nothing_of_a_closed_item_is_kept_in_any_form_of_heading(
    head: str, lines: list[str], is_paged: bool, is_group: bool
) -> None:
    first, last = (f"{head.format(n, 'Taget')}\n\n26/117{n}\n\nResume\n\nTaget.\n\n" for n in (1, 3))
    title = "Køb af mosen" if is_group else "Køb af mosen (Lukket)"
    closed = ("Lukkede sager\n\n" if is_group else "") + head.format(2, title)
    text = "\n\n".join([HEAD + first + closed, *lines, "Åbne sager", last])
    found = items(read(text, is_paged=is_paged))
    assert [item.number for item in found if not item.is_closed] == ["1", "3"]
    assert all("HEMMELIGT" not in field for item in found for field in (item.text, item.title, *item.attachments))


@many
@given(st.lists(st.sampled_from(FRAGMENTS) | st.text(max_size=8), max_size=12).map(" ".join))
def test_masking_keeps_every_place_and_is_done_once(text: str) -> None:
    masked = privacy.mask_cpr(text)
    assert len(masked) == len(text)
    assert privacy.mask_cpr(masked) == masked


@many
@given(ANY | GROWN)
def test_sentences_hold_every_character_but_blanks_once(text: str) -> None:
    found = list(danish.sentences(text))
    covered = [place for span in found for place in range(span.start, span.end)]
    assert covered == sorted(set(covered))
    assert all(text[place].isspace() for place in set(range(len(text))) - set(covered))


@many
@given(ANY | GROWN)
def test_every_reader_of_words_takes_any_words(text: str) -> None:
    assert danish.analyse(text) == danish.analyse(text)
    reading = outcome.read(text)
    assert all(0 <= span.start < span.end <= len(text) for span in (*reading.additions, *reading.votes))
    assert all(0 <= point.span.start <= point.span.end <= len(text) for point in reading.points)
    recommendations.find(text, Span(0, len(text)))
    for line in text.split("\n"):
        heading = headings.section(line)
        assert heading is None or 0 < heading.length <= len(line)


# fmt: off
SPITEFUL = (
    "a-", "A-", "Å-, ", "at ", "at at at ", "1. ", "1.", "1", "01", "010180-", "12.10.25-", "15.00.00-", "(((", "[[",
    "***", "a", "A", "ø'", "udvalg", "Udvalget for a og ", "Udvalg: ", "Dato: 1. maj 2025\n", ". ", ".", "a. ", "kl. ",
    "kr. ", "?!", "…", "....x", "....", "|", "| ", "|x", "-", "- ", "•", "•\n", "\n", "a\n", "A-\n", "__", "#",
    "\u00ad", "\u2028", "\u3000", "“”", "den 1. maj 2025 ", "1. maj ", "Referat ", "Punkt 1: ", "Punkt 1:\n",
    "Punkt 1 x\n", "Beslutning ", "Beslutning i a ", "Beslutning\n", "Bilag\n", "Indstilling\nat ", "Ad 1: ",
    "Ad 1.a-", "indstiller ", "indstiller, at ", "forslag er ", "det ", "faldt 1 ", "faldt 1", "delt vedtaget ",
    "afslag mens ", "taget ", "idet ", "ændringsforslag ", "for stemte ", "med den tilføjelse ", "Kommune ",
    "Herning Kommune ", "Lukkede sager\n", "Åben\n", "Lukket ", "lukket - ", "15.00.00-A00-3-25\n",
)
# fmt: on


@pytest.mark.parametrize("fragment", SPITEFUL, ids=repr)
def test_no_text_keeps_the_reader_for_long(fragment: str) -> None:
    long = (fragment * 20_000)[:20_000]
    opening = "Punkt 1: Taget\n\n82.07.00-G01-3-26\n\nResume\n\n"
    began = time.perf_counter()
    for text in (
        f"{HEAD}{opening}{long}\n\nSagsforløb\n\n{long}x\n\nIndstilling\n\n{long}\n\nBeslutning\n\n{long}x\n",
        f"{HEAD}Punkt 1: {long}\n\n82.07.00-G01-3-26\n\nResume\n\nDen 1. maj 2025 drøftede Byrådet {long}x",
        f"{long}x\n{HEAD}{opening}",
    ):
        masked = privacy.mask_cpr(text)
        for item in items(read(masked)):
            for passage in passages.split(item):
                passages.terms(item, passage)
    assert time.perf_counter() - began < 8, "a rule goes over the text again and again"
