"""The PDF in data/minutes says what the client's text says, word for word, on the pages the client's text names."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

import pypdf
import pypdfium2
import pytest
import typeset

NAME = "herning-beskaeftigelsesudvalget-2026-04-28"
ROOT = Path(__file__).parent.parent
TEXT = (ROOT / "tests" / "minutes" / f"{NAME}.txt").read_text(encoding="utf-8")
PDF = (ROOT / "data" / "minutes" / f"{NAME}.pdf").read_bytes()

MEETING = """REFERAT Kulturudvalget d. 03-06-2026

Mødedato Onsdag d. 3. juni 2026 kl. 16:00

Mødested Rådhuset

Punkt 1: Ny cykelsti langs Sønder Ringvej og Østre Allé mellem Ærøvej og den gamle banegård i Åby

27.00.00-G01-1-26

Indstilling

- **at** udvalget godkender forslaget – "Sønder Ringvej" – jf. § 3

Beslutning

Godkendt.

Punkt 2: Orientering

27.00.00-G01-2-26

Beslutning

Taget til efterretning.
"""


def by_pypdf(data: bytes) -> list[str]:
    return [page.extract_text() for page in pypdf.PdfReader(BytesIO(data)).pages]


def by_pdfium(data: bytes) -> list[str]:
    with pypdfium2.PdfDocument(data) as document:
        return [page.get_textpage().get_text_bounded() for page in document]


def words(text: str) -> list[str]:
    """The words of the source: without the marks of Markdown, and without its contents list."""
    lines = [line for line in text.splitlines() if not line.startswith("|") and line != "Indholdsfortegnelse"]
    return " ".join(lines).replace("**", "").split()


@pytest.mark.parametrize("read", [by_pypdf, by_pdfium])
def test_the_pdf_holds_every_word_of_the_client_s_text_in_order(read):
    pages = read(PDF)
    assert " ".join([pages[0], *pages[2:]]).split() == words(TEXT)


@pytest.mark.parametrize("read", [by_pypdf, by_pdfium])
def test_the_words_typed_with_cyrillic_letters_are_kept(read):
    cyrillic = re.compile(r"\w*[\u0400-\u04ff]+\w*")
    assert cyrillic.findall(" ".join(read(PDF))) == cyrillic.findall(TEXT) == ["varместuen"] * 4


@pytest.mark.parametrize("read", [by_pypdf, by_pdfium])
def test_each_punkt_starts_on_the_page_that_the_client_s_contents_list_names(read):
    listed = [(title, int(page)) for title, page in re.findall(r"^\| (.+?)\.{5} \| (\d+) \|$", TEXT, re.MULTILINE)]
    pages = read(PDF)
    printed = re.findall(r"^(.+?)\.{2,} (\d+)\s*$", pages[1], re.MULTILINE)
    starts = [number for number, page in enumerate(pages, start=1) if page.startswith("Punkt ")]
    assert [page for _, page in listed] == starts == [3, 5, 7, 10, 11, 12, 13]
    assert [(title, int(page)) for title, page in printed] == listed


def test_pages_break_where_the_original_s_pages_broke():
    # The client's text has blank lines inside running text at three places: page ends of the municipality's own file.
    pages = [" ".join(page.split()) for page in by_pypdf(PDF)]
    assert (pages[2][-8:], pages[3][:15]) == ("målrette", "vores ressource")
    assert (pages[6][-13:], pages[7][:16]) == ("Bethaniagade.", "- Forbedringer a")
    assert (pages[7][-15:], pages[8][:12]) == ("stofmisbrugere.", "Næste skridt")


def test_the_pdf_does_not_pass_itself_off_as_the_municipality_s():
    metadata = pypdf.PdfReader(BytesIO(PDF)).metadata
    assert metadata is not None
    assert metadata.title == metadata.producer == typeset.NOTICE
    assert "not the municipality's own file" in typeset.NOTICE


@pytest.mark.parametrize("read", [by_pypdf, by_pdfium])
def test_a_small_meeting_reads_back_as_it_was_written(read):
    pages = read(typeset.pdf(MEETING))
    assert " ".join([pages[0], *pages[2:]]).split() == words(MEETING)
    assert [page.split(":")[0] for page in pages[2:]] == ["Punkt 1", "Punkt 2"]
    first, second = pages[1].split("\n")[1:3]
    assert re.match(r"Ny cykelsti langs Sønder Ringvej og Østre Allé .*\w 3$", first.strip())  # cut: no dots
    assert re.match(r"Orientering\.{20,} 4$", second.strip())


def test_the_same_text_gives_the_same_bytes():
    assert typeset.pdf(MEETING) == typeset.pdf(MEETING)


def test_a_letter_that_the_typeface_lacks_is_refused_not_printed_as_a_box():
    with pytest.raises(ValueError, match=r"Vera has no glyph for 'е' 'м' 'с' 'т'"):
        typeset.pdf(TEXT)
