"""The page view: the quote is boxed where it stands, on any page it stands on, however its lines are broken."""

from __future__ import annotations

import io
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import PIL.Image
import pytest
import typeset
from hypothesis import example, given
from hypothesis import strategies as st

from ingest import reading
from ingest.errors import Unreadable
from qa.page_image import find, render

SAMPLE = Path(__file__).parent.parent / "data/minutes/herning-beskaeftigelsesudvalget-2026-04-28.pdf"
PAGE = (952, 1348)  # the sample's pages at 1.6 pixels to the point

LINE = (
    "at udvalget afventer vurderingen af investeringen i en styrket gadeplansindsats til økonomiaftalen for 2027 "
    "mellem KL og Regeringen er indgået. Udvalget kan herefter vurdere om styrkelse af gadeplansindsatsen skal indgå "
    "i budgetkonferencen"
)


def picture(page: int, quote: str = "", *, before: str = "", path: Path = SAMPLE) -> PIL.Image.Image:
    return PIL.Image.open(io.BytesIO(render(path, page, quote=quote, before=before)))


def boxed(image: PIL.Image.Image) -> list[tuple[int, int]]:
    """The marked lines of a page, each as its first and last row of pixels, seen by the yellow behind the letters."""
    marked = np.flatnonzero((np.asarray(image) == (255, 221, 87)).all(axis=2).any(axis=1)).tolist()
    starts = [row for row in marked if row - 1 not in marked]
    ends = [row for row in marked if row + 1 not in marked]
    return list(zip(starts, ends, strict=True))


def test_a_page_without_a_quote_is_drawn_as_it_is():
    image = picture(9)

    assert (image.format, image.size) == ("PNG", PAGE)
    assert boxed(image) == []


def test_a_quote_is_boxed_where_it_stands():
    ((top, bottom),) = boxed(picture(9, "Videoovervågning igangsættes hermed."))

    assert 570 < top < bottom < 605  # the last line of the page: 33 characters two lines below "Beslutning"


def test_a_quote_over_three_lines_is_boxed_line_by_line():
    assert len(boxed(picture(9, LINE))) == 3


def test_every_recommendation_line_and_decision_of_the_sample_is_found_on_its_page():
    _, (minutes,) = reading.parse(SAMPLE)

    for item in minutes.items:
        lines = [line for top in item.recommendations for line in top.leaves()]
        for span in [*(line.span for line in lines), *(decision.span for decision in item.decisions)]:
            page = item.page_at(span.start)
            assert page is not None
            assert boxed(picture(page, span.of(item.text))), (item.number, span.of(item.text))


def test_a_quote_that_is_not_on_the_page_leaves_it_unmarked():
    assert render(SAMPLE, 9, quote="Svømmehallen bliver lukket.") == render(SAMPLE, 9)


@pytest.fixture(scope="module")
def split(tmp_path_factory):
    """Minutes whose one long sentence starts on one page and ends on the next."""
    filler = "\n\n".join(f"Afsnit {number} fylder siden op." for number in range(27))
    sentence = " ".join(f"ord{number}" for number in range(220)) + "."
    text = (
        "REFERAT Prøveudvalget d. 28-04-2026\n\nMødedato Tirsdag d. 28. april 2026 kl. 13:30\n\nMødested Salen\n\n"
        f"Punkt 1: Prøve\n\nSagsfremstilling\n\n{filler}\n\n{sentence}\n\nBeslutning\n\nGodkendt.\n"
    )
    path = tmp_path_factory.mktemp("split") / "split.pdf"
    path.write_bytes(typeset.pdf(text))
    return path, sentence


def test_of_a_quote_over_two_pages_each_page_has_its_part_boxed(split):
    path, sentence = split
    pages = [number for number in range(1, 5) if boxed(picture(number, sentence, path=path))]
    (first, second) = pages

    assert second == first + 1
    assert boxed(picture(first, sentence, path=path))[-1][1] > 1200  # to the foot of the one
    assert boxed(picture(second, sentence, path=path))[0][0] < 130  # from the head of the other


@pytest.mark.parametrize(
    ("page", "fault"),
    [(0, "there is no page 0; it has 13"), (14, "there is no page 14; it has 13"), (-1, "there is no page -1")],
)
def test_a_page_that_does_not_exist_is_said_to_be_missing(page, fault):
    with pytest.raises(Unreadable, match=fault):
        render(SAMPLE, page)


def test_a_file_that_is_gone_is_said_to_be_gone(tmp_path):
    with pytest.raises(Unreadable, match=r"gone\.pdf: the file is not there any more"):
        render(tmp_path / "gone.pdf", 1)


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"not a PDF at all"])
def test_a_damaged_file_is_said_to_be_damaged(tmp_path, content):
    path = tmp_path / "damaged.pdf"
    path.write_bytes(content)

    with pytest.raises(Unreadable, match=r"damaged\.pdf: not a PDF that can be opened"):
        render(path, 1)


def test_a_huge_page_is_drawn_smaller(tmp_path):
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(str(tmp_path / "poster.pdf"), pagesize=(14_400, 14_400))
    canvas.showPage()
    canvas.save()

    width, height = picture(1, path=tmp_path / "poster.pdf").size
    assert width * height <= 12_100_000


def test_pages_can_be_drawn_from_many_threads_at_once():
    alone = [render(SAMPLE, page, quote="Beslutning") for page in range(3, 9)]

    with ThreadPoolExecutor(6) as pool:
        assert list(pool.map(lambda page: render(SAMPLE, page, quote="Beslutning"), range(3, 9))) == alone


# ── finding the quote among the page's characters ───────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("quote", "page", "found"),
    [
        pytest.param("Indstillingen er tiltrådt.", "Beslutning\r\nIndstillingen er tiltrådt.\r\n", None, id="plain"),
        pytest.param(
            "en styrket indsats", "om en sty\ufffe\r\nrket indsats nu", "en sty\ufffe\r\nrket indsats", id="broken"
        ),
        pytest.param("by- og landsbyer", "by-\r\nog lands-\r\nbyer", "by-\r\nog lands-\r\nbyer", id="hyphens"),
        pytest.param("offentlig flade", "o\ufb00entlig \ufb02ade", "o\ufb00entlig \ufb02ade", id="ligatures"),
        pytest.param("gården på gaden", "ga\u030arden\u00a0på  gaden", "ga\u030arden\u00a0på  gaden", id="decomposed"),
        pytest.param("første\n\nanden", "første\r\n\uf0b7 anden", "første\r\n\uf0b7 anden", id="list marks"),
    ],
)
def test_a_quote_is_found_however_it_is_set(quote, page, found):
    span = find(quote, page)

    assert span is not None
    assert span.of(page) == (found or quote)


def test_of_two_like_quotes_the_one_after_the_same_words_is_meant():
    page = "Punkt 1\nBeslutning\nGodkendt.\nPunkt 2\nBeslutning\nGodkendt.\n"

    first, second = (
        find("Godkendt.", page, before="Punkt 1\n\nBeslutning\n\n"),
        find("Godkendt.", page, before="Punkt 2 Beslutning "),
    )

    assert first is not None
    assert second is not None
    assert (first.start, second.start) == (page.index("Godkendt."), page.rindex("Godkendt."))


@pytest.mark.parametrize("quote", ["", " \n ", "--", "kort"])
def test_what_has_no_letters_or_is_not_there_is_nowhere(quote):
    assert find(quote, "Et helt andet sted i teksten.") is None


def test_a_few_letters_in_common_are_not_a_part():
    assert find("Møde i dag", "i dag er der møde") is None


@pytest.mark.parametrize(
    ("quote", "page"),
    [
        ("Brugerne af varmestuen", "1. Brugerne af varместuen er glade"),  # Herning 2026-04-28, punkt 33
        ("Det er diffust", "1. Det er diƯust og nyt"),
        ("Det er aktive borgere", "1. Det er akƟve borgere og nyt"),
    ],
)
def test_a_quote_whose_letters_were_repaired_is_found_on_the_page_as_it_was_typed(quote, page):
    span = find(quote, page)

    assert span is not None
    assert (span.start, span.end) == (3, page.index(" er glade" if "glade" in page else " og nyt"))


def bare(text: str) -> str:
    """The letters of a text without the marks on them: a PDF may set å as one character or as two, so marks do not
    count where a quote is looked for."""
    return "".join(letter for letter in unicodedata.normalize("NFKD", text) if letter.isalpha())


@given(st.text(), st.text(), st.text())
@example("ò", "o", "")
def test_a_quote_is_found_wherever_it_was_cut_from(before, quote, after):
    span = find(quote, before + quote + after)

    letters = "".join(quote.split()).strip("-")
    if letters.isascii() and letters.isalpha():
        assert span is not None
        assert letters in bare(span.of(before + quote + after))


@given(st.text(max_size=40), st.text(max_size=200))
def test_what_is_found_is_in_the_page(quote, page):
    span = find(quote, page)

    assert span is None or 0 <= span.start < span.end <= len(page)
