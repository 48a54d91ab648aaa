"""PDFs: both readers agree, pdfium reads what pypdf cannot, and no file stops the program."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path

import handmade
import pypdf
import pypdf.errors
import pytest
import typeset
from reportlab.lib import colors
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table, TableStyle

from ingest import normalise, readers
from ingest.errors import Unreadable
from ingest.model import Document
from ingest.readers import apart, extract, layout, ocr, pdf, pdfium, pypdf_text

ROOT = Path(__file__).parent.parent
SAMPLE = ROOT / "data" / "minutes" / "herning-beskaeftigelsesudvalget-2026-04-28.pdf"
HERE = Path(__file__).parent / "pdf"
TEXT = b"BT /F 10 Tf 50 700 Td (Punkt 1: Stien langs fjorden) Tj ET"
PICTURE = b"/Type/XObject/Subtype/Image/Width 8 /Height 8/ColorSpace/DeviceGray/BitsPerComponent 8"


def page(*lines: tuple[float, str], turned: int = 0, shown: int = 0) -> bytes:
    """A PDF of one page with each line at its height above the middle. `turned` is the way the type is set, and `shown`
    the way the page is turned to be looked at, in degrees."""

    def draw(canvas: Canvas) -> None:
        canvas.setPageRotation(shown)
        canvas.translate(300, 400)
        canvas.rotate(turned)
        canvas.setFont(regular(), 10)
        for height, line in lines:
            canvas.drawString(-250, height, line)

    return drawn(draw)


def drawn(*pages: Callable[[Canvas], None]) -> bytes:
    buffer = BytesIO()
    canvas = Canvas(buffer, invariant=1)
    for draw in pages:
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def regular() -> str:
    return str(typeset.VERA.font(bold=False).fontName)


def by_pdfium(content: bytes) -> list[str]:
    return [page.text if page else "—" for page in pdfium.read(content)]


def by_pypdf(content: bytes) -> list[str]:
    return [page.text for page in pypdf_text.read(content)]


def cleaned(content: bytes) -> str:
    return normalise.clean(Document("a.pdf", "", "application/pdf", pdf.pages(content), True)).text


# ── both readers ─────────────────────────────────────────────────────────────────────────────────────────────────────


def budget() -> bytes:
    """Running head, headings, a table with a cell of several lines, a list."""
    body = ParagraphStyle("body", fontName=regular(), fontSize=10, leading=12)
    heading = ParagraphStyle("heading", parent=body, fontSize=14, leading=17, spaceBefore=8)
    rows = [
        ["Konto", "2026", "2027"],
        ["Løn til vejfolk", "1.200", "1.300"],
        [Paragraph("Drift af den gamle færge og dens to anløbsbroer", body), "400", "500"],
    ]
    grid = TableStyle([("GRID", (0, 0), (-1, -1), 0.5, colors.black), ("FONTNAME", (0, 0), (-1, -1), regular())])
    long = "Udgiften fordeles sådan, at der i begge år afsættes midler til færgen, til løn og til anløbsbroerne. " * 3
    story = [
        Paragraph("Økonomi", heading),
        Paragraph(long, body),
        Table(rows, colWidths=[120, 60, 60], style=grid),
        Paragraph("Beslutning", heading),
        Paragraph("Godkendt.", body),
        Paragraph("• et punkt<br/>• et punkt til", body),
    ]

    def head(canvas: Canvas, _: object) -> None:
        canvas.setFont(regular(), 8)
        canvas.drawString(50, 820, "Kulturudvalget")
        canvas.drawString(500, 20, "Side 1")

    buffer = BytesIO()
    SimpleDocTemplate(buffer, invariant=1).build(story, onFirstPage=head)
    return buffer.getvalue()


def two_columns(canvas: Canvas) -> None:
    canvas.setFont(regular(), 10)
    for left, side in ((50, "venstre"), (320, "højre")):
        for number in range(5):
            canvas.drawString(left, 700 - 14 * number, f"{side} spalte, linje {number}")


def letterhead(canvas: Canvas) -> None:
    if not canvas.hasForm("brev"):
        canvas.beginForm("brev")
        canvas.setFont(regular(), 8)
        canvas.drawString(50, 800, "Kildemose Kommune")
        canvas.endForm()
    canvas.doForm("brev")
    canvas.setFont(regular(), 10)
    canvas.drawString(50, 700, "Punkt 1: Stien langs fjorden")


@pytest.mark.parametrize(
    "content",
    [
        SAMPLE.read_bytes(),
        budget(),
        drawn(two_columns, letterhead),
        page((100, "Sagen om budget-"), (86, "lægges om de to p-"), (72, "huse."), (44, "Beslutning"), (30, "Ja.")),
    ],
    ids=["the sample", "a table", "columns and a letterhead", "hyphens"],
)
def test_both_readers_read_the_same_words_in_the_same_order(content: bytes) -> None:
    ours, others = by_pdfium(content), by_pypdf(content)
    assert [each.split() for each in ours] == [each.split() for each in others]
    assert len(ours[0].split()) > 8


def test_both_readers_see_the_same_gaps_on_every_page_of_the_sample() -> None:
    content = SAMPLE.read_bytes()
    assert by_pdfium(content) == by_pypdf(content)
    assert sum(text.count("\n\n") for text in by_pdfium(content)) > 100


@pytest.mark.parametrize("turned", [0, 90, 180, 270], ids="type {}".format)
@pytest.mark.parametrize("shown", [0, 90, 180, 270], ids="page {}".format)
def test_a_gap_is_a_blank_line_whichever_way_type_and_page_are_turned(turned: int, shown: int) -> None:
    lines = ((100, "Beslutning"), (76, "Udvalget går"), (62, "der ind for"), (48, "stien."), (20, "Bilag"))
    content = page(*lines, turned=turned, shown=shown)
    assert by_pdfium(content) == by_pypdf(content) == ["Beslutning\n\nUdvalget går\nder ind for\nstien.\n\nBilag"]


def test_a_change_of_size_is_a_blank_line() -> None:
    def draw(canvas: Canvas) -> None:
        for number, size in enumerate((14, 10, 10, 10.5, 10)):
            canvas.setFont(regular(), size)
            canvas.drawString(50, 700 - 14 * number, f"linje {number}")

    content = drawn(draw)
    assert by_pdfium(content) == by_pypdf(content) == ["linje 0\n\nlinje 1\nlinje 2\nlinje 3\nlinje 4"]


def test_lines_that_are_a_hair_apart_from_the_usual_leading_are_no_new_block() -> None:
    # 12.24 on 10.88 is a leading of 1.125, which one reader rounds up and the other down, from line to line.
    heights = [700 - 12.24 * n for n in range(4)] + [640.0 - 12.24 * n for n in range(3)]
    sizes = [10.8801, 10.8799] * 4
    lines = [layout.Line(f"{n}", height, size) for n, (height, size) in enumerate(zip(heights, sizes, strict=False))]
    assert layout.set_out(lines) == "0\n1\n2\n3\n\n4\n5\n6"


def test_every_hyphen_at_a_line_end_is_left_to_the_cleaning_of_the_text() -> None:
    wide = "Udvalget har i dag drøftet den store sag om stien ved fjorden og de nye "
    lines = ["budget-", "lægges næste år, mens de gamle p-", "huse består, siger by-", "og planudvalget."]
    content = page((100, wide + lines[0]), (86, lines[1] + " " * 3), (72, lines[2]), (58, lines[3]))
    assert by_pdfium(content) == ["\n".join([wide + lines[0], *lines[1:]])]
    assert cleaned(content) == wide + "budgetlægges næste år, mens de gamle p-huse består, siger by- og planudvalget."


# ── what pdfium reads better ─────────────────────────────────────────────────────────────────────────────────────────


def printed_twice(canvas: Canvas) -> None:
    canvas.setFont(regular(), 10)
    for shift in (0, 0.3):
        canvas.drawString(50 + shift, 700, "Beslutning")


def square_metres(canvas: Canvas) -> None:
    canvas.setFont(regular(), 10)
    canvas.drawString(50, 700, "En have på 40 m")
    end = 50 + canvas.stringWidth("En have på 40 m", regular(), 10)
    canvas.setFont(regular(), 6)
    canvas.drawString(end, 704, "2")
    canvas.setFont(regular(), 10)
    canvas.drawString(end + 8, 700, "ved stien")


def word_by_word(canvas: Canvas) -> None:
    canvas.setFont(regular(), 10)
    left = 50.0
    for word in "Udvalget går ind for stien".split():
        canvas.drawString(left, 700, word)
        left += canvas.stringWidth(f"{word} ", regular(), 10)


@pytest.mark.parametrize(
    ("draw", "text"),
    [
        (printed_twice, "Beslutning"),
        (square_metres, "En have på 40 m2 ved stien"),
        (word_by_word, "Udvalget går ind for stien"),
    ],
)
def test_type_set_in_pieces_is_put_together(draw: Callable[[Canvas], None], text: str) -> None:
    assert by_pdfium(drawn(draw)) == [text]
    assert by_pypdf(drawn(draw)) != [text]


def test_letters_outside_the_first_65536_do_not_shift_the_lines_below() -> None:
    unicode = b"1 begincodespacerange <00> <FF> endcodespacerange 1 beginbfchar <41> <D83DDE00> endbfchar"
    lines = b"BT /F 10 Tf 50 700 Td (A A A) Tj 0 -14 Td (en linje) Tj 0 -14 Td (en til) Tj 0 -40 Td (en ny) Tj ET"
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 6 0 R>>"
    (text,) = by_pdfium(handmade.one_page(lines, handmade.stream(unicode), font=font))
    assert text == "😀 😀 😀\nen linje\nen til\n\nen ny"


def test_a_file_locked_against_changes_with_aes_is_read_without_more_software() -> None:
    assert pdf.pages((HERE / "aes-256-owner.pdf").read_bytes()) == ("Punkt 1: Bag en nøgle",)


def test_a_password_that_readers_must_give_is_said() -> None:
    with pytest.raises(Unreadable, match=r"^the PDF is encrypted; save a copy without a password$"):
        pdf.pages((HERE / "aes-256-user.pdf").read_bytes())


# ── the fallback ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_file_that_pdfium_cannot_open_is_read_by_pypdf() -> None:
    content = handmade.one_page(TEXT).replace(b"/Root 1 0 R", b"")
    with pytest.raises(pdfium.Baffled):
        list(pdfium.read(content))
    assert pdf.pages(content) == ("Punkt 1: Stien langs fjorden",)


def test_where_there_is_no_pdfium_pypdf_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pypdfium2", None)
    assert [page.text for page in extract.read(handmade.one_page(TEXT))] == ["Punkt 1: Stien langs fjorden"]


def test_pages_that_are_promised_and_not_there_are_left_out() -> None:
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 4 0 R>>>>/Contents 5 0 R>>"
    tree = b"<</Type/Pages/Kids[3 0 R 3 0 R]/Count 4>>"
    content = [b"<</Type/Catalog/Pages 2 0 R>>", tree, page, handmade.FONT, handmade.stream(TEXT)]
    assert pdf.pages(handmade.document(content)) == ("Punkt 1: Stien langs fjorden",) * 2


def test_a_page_whose_type_has_no_known_letters_is_tried_by_pypdf_and_counts_as_textless() -> None:
    font = b"<</Type/Font/Subtype/Type0/BaseFont/Foo/Encoding/Identity-H/DescendantFonts[6 0 R]>>"
    widths = b"<</Type/Font/Subtype/CIDFontType2/BaseFont/Foo/CIDSystemInfo<</Registry(A)/Ordering(B)>>/DW 600>>"
    content = handmade.one_page(b"BT /F 10 Tf 50 700 Td <000300040005> Tj ET", widths, font=font)
    assert list(pdfium.read(content)) == [None]
    (read,) = extract.read(content)
    assert read.text
    with pytest.raises(Unreadable, match=r"^no page has text, so it is probably scanned; run OCR first"):
        pdf.pages(content)


def test_encryption_that_pypdf_needs_more_software_for_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def decrypt(*_: object) -> None:
        raise pypdf.errors.DependencyError("cryptography>=3.1 is required for AES algorithm")

    monkeypatch.setattr(pypdf.PdfReader, "decrypt", decrypt)
    with pytest.raises(Unreadable) as fault:
        list(pypdf_text.read((HERE / "aes-256-owner.pdf").read_bytes()))
    assert str(fault.value) == "the PDF is encrypted with AES; save a copy without, or `pip install cryptography`"


# ── damage and malice ────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (SAMPLE.read_bytes()[:-30], "the PDF is damaged: its end is missing"),
        (
            SAMPLE.read_bytes()[:100] + b"%%EOF\n" + SAMPLE.read_bytes()[100:-30],
            "the PDF is damaged: its end is missing",
        ),
        (handmade.document([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Kids[]/Count 0>>"]), "the PDF has no pages"),
        (handmade.document([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Kids[2 0 R]/Count 3>>"]), "the PDF is damaged"),
        (handmade.document([b"<</Type/Catalog>>"]), "the PDF is damaged"),
        (handmade.one_page(b"[" * 500_000 + TEXT), "no page has text"),
        (handmade.one_page(b" " * 200_000_000), "no page has text"),
        (
            handmade.one_page(
                b"/I Do",
                handmade.stream(bytes(9), PICTURE.replace(b"8 ", b"90000").replace(b"8/", b"90000/", 1)),
                resources=b"<</XObject<</I 6 0 R>>>>",
            ),
            "no page has text, so it is probably scanned",
        ),
    ],
    ids=[
        "cut off",
        "cut off behind its first end",
        "no pages",
        "pages in a circle",
        "no page tree",
        "open brackets",
        "a bomb of blanks",
        "a picture of 24 GB",
    ],
)
def test_a_pdf_that_says_nothing_is_refused_with_the_reason(content: bytes, reason: str) -> None:
    with pytest.raises(Unreadable) as fault:
        pdf.pages(content)
    assert str(fault.value).startswith(reason)


@pytest.mark.parametrize(
    "content",
    [
        handmade.one_page(TEXT, count=1_000_000_000),
        handmade.one_page(TEXT, count=-5),
        handmade.one_page(TEXT, box=b"0 0 1e30 1e30"),
        handmade.one_page(b"q " * 100_000 + TEXT),
        handmade.one_page(TEXT).replace(b"trailer\n<<", b"trailer\n<</Info<</Author(" + bytes(50_000) + b")>>"),
        b"hentet: 2026\r\n" * 60 + handmade.one_page(TEXT),
        handmade.one_page(TEXT) + b"<!-- en server skrev med -->" * 200,
    ],
    ids=[
        "a billion pages",
        "fewer than none",
        "a page without end",
        "depth",
        "NULs in the author",
        "text before",
        "text after",
    ],
)
def test_oddities_around_the_text_do_no_harm(content: bytes) -> None:
    assert pdf.pages(content) == ("Punkt 1: Stien langs fjorden",)


def test_a_page_that_takes_too_long_is_given_up() -> None:
    begun = time.monotonic()
    with pytest.raises(Unreadable) as fault:
        apart.read(handmade.drawings_of_drawings(20), limits=apart.Limits(page_seconds=0.5))
    assert str(fault.value) == "page 1 of the PDF takes too long to read; print it to a new PDF and add that one"
    assert time.monotonic() - begun < 10


@pytest.mark.skipif(sys.platform != "linux", reason="memory is limited on Linux only")
def test_a_page_that_takes_too_much_memory_ends_its_own_process_and_no_other() -> None:
    with pytest.raises(Unreadable) as fault:
        apart.read(handmade.drawings_of_drawings(20), limits=apart.Limits(memory=200 << 20))
    assert str(fault.value).startswith("reading page 1 of the PDF broke off (exit code -6)")


def test_after_a_file_that_ends_the_process_the_next_one_is_read() -> None:
    content = handmade.one_page(TEXT)
    before = apart.read(content)
    with pytest.raises(Unreadable):
        apart.read(handmade.drawings_of_drawings(20), limits=apart.Limits(page_seconds=0.2))
    assert apart.read(content) == before == (layout.Page("Punkt 1: Stien langs fjorden"),)


def test_threads_that_read_at_the_same_time_get_each_their_own_file() -> None:
    contents = [handmade.one_page(b"BT /F 10 Tf 50 700 Td (Punkt %d) Tj ET" % number) for number in range(40)]
    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(pdf.pages, contents)) == [(f"Punkt {number}",) for number in range(40)]


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_the_process_that_reads_ends_with_the_one_that_asked(tmp_path: Path) -> None:
    path = tmp_path / "referat.pdf"
    path.write_bytes(handmade.one_page(TEXT))
    code = (
        "import os, signal, sys; from pathlib import Path; from ingest.readers import pdf;"
        "pdf.pages(Path(sys.argv[1]).read_bytes());"
        "print(Path(f'/proc/self/task/{os.getpid()}/children').read_text(), flush=True);"
        "os.kill(os.getpid(), signal.SIGKILL)"
    )
    asker = subprocess.run([sys.executable, "-c", code, str(path)], cwd=ROOT, capture_output=True, text=True)
    (reader,) = asker.stdout.split()
    assert asker.returncode == -9
    status = Path(f"/proc/{reader}/status")
    for _ in range(100):
        if not status.exists() or "State:\tZ" in status.read_text():
            return
        time.sleep(0.05)
    pytest.fail("the child is still there")


def test_more_pages_than_any_minutes_have_are_refused() -> None:
    content = drawn(*[letterhead] * 3)
    assert len(apart.read(content, limits=apart.Limits(pages=3))) == 3
    with pytest.raises(Unreadable, match=r"^the PDF has more than 2 pages; split it$"):
        apart.read(content, limits=apart.Limits(pages=2))


# ── scanned pages ────────────────────────────────────────────────────────────────────────────────────────────────────


def scan(canvas: Canvas) -> None:
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    canvas.drawImage(ImageReader(Image.new("L", (40, 40), 200)), 0, 0, 595, 842)


def line_only(canvas: Canvas) -> None:
    canvas.line(50, 50, 500, 50)


def test_pages_that_are_pictures_without_text_are_told_from_empty_ones() -> None:
    content = drawn(letterhead, scan, line_only, square_metres, scan)
    assert pdf.textless_pages(content) == (2, 5)
    assert [bool(text) for text in pdf.pages(content)] == [True, False, False, True, False]
    assert pdf.textless_pages(SAMPLE.read_bytes()) == ()
    assert pdf.textless_pages(drawn(scan)) == (1,)
    assert [each.has_picture for each in pypdf_text.read(drawn(scan, line_only))] == [True, False]


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Puts an `ocrmypdf` that does what the lines of Python say on the PATH, and nothing else."""

    def put(code: str) -> None:
        folder = tmp_path / "bin"
        folder.mkdir()
        path = folder / "ocrmypdf"
        path.write_text(f"#!{sys.executable} -IS\nimport os, shutil, sys, time\n{code}\n", encoding="utf-8")
        path.chmod(0o755)
        monkeypatch.setenv("PATH", str(folder))

    return put


posix = pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a script")


@posix
def test_ocr_is_asked_for_danish_and_english_and_leaves_pages_with_text_alone(
    program: Callable[[str], None], tmp_path: Path
) -> None:
    text, asked = tmp_path / "text.pdf", tmp_path / "asked.txt"
    text.write_bytes(handmade.one_page(TEXT))
    program(
        f"open({str(asked)!r}, 'w').write(' '.join(sys.argv[1:-2]) + ' ' + str(os.path.getsize(sys.argv[-2])))\n"
        f"shutil.copy({str(text)!r}, sys.argv[-1])"
    )
    scanned = drawn(scan)
    assert pdf.pages(ocr.searchable(scanned)) == ("Punkt 1: Stien langs fjorden",)
    assert asked.read_text() == f"--language dan+eng --skip-text --quiet --output-type pdf {len(scanned)}"


def test_without_ocrmypdf_it_is_said_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Unreadable, match=r"ocrmypdf .* is not installed; install it and Tesseract's Danish \(dan\)$"):
        ocr.searchable(drawn(scan))


def test_without_ocrmypdf_a_file_without_any_text_is_told_so_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "scan.pdf"
    monkeypatch.setenv("PATH", str(tmp_path))
    for drawing in (scan, line_only):  # letters may be drawn as lines
        path.write_bytes(drawn(drawing))
        with pytest.raises(Unreadable, match=r"no page has text, .* run OCR first \(`add --ocr`"):
            readers.read(path)
        with pytest.raises(Unreadable, match=r"scan\.pdf: it takes ocrmypdf .* which is not installed; install it and"):
            readers.read(path, ocr=True)


@posix
@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("sys.exit('no language data for dan\\n')", "no language data for dan"),
        ("sys.exit(4)", "exit code 4"),
        ("pass", "exit code 0"),
    ],
)
def test_what_ocrmypdf_says_is_passed_on(program: Callable[[str], None], code: str, reason: str) -> None:
    program(code)
    with pytest.raises(Unreadable) as fault:
        ocr.searchable(drawn(scan))
    assert str(fault.value) == f"ocrmypdf could not read the scanned pages ({reason})"


@posix
def test_ocr_that_does_not_end_is_ended_with_all_it_started(program: Callable[[str], None], tmp_path: Path) -> None:
    mark = tmp_path / "still running"
    program(f"os.fork() or (time.sleep(2), open({str(mark)!r}, 'w')); time.sleep(60)")
    with pytest.raises(Unreadable, match=r"^ocrmypdf has not read the scanned pages in 1 seconds$"):
        ocr.searchable(drawn(scan), seconds=1)
    time.sleep(1.5)
    assert not mark.exists()
