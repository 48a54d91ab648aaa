"""Files → documents, and what is said of files that cannot be read: the name, the fault and what to do."""

from __future__ import annotations

import hashlib
import random
from io import BytesIO
from pathlib import Path

import pypdf
import pytest
import typeset
from reportlab.pdfgen.canvas import Canvas

from ingest import readers
from ingest.errors import SourceError, Unreadable, Unsupported

TEXT = "REFERAT Kulturudvalget d. 12-03-2026\r\n\r\nPunkt 1: Ærø og Ålborg – søvej\r\n"
PDF = typeset.pdf(TEXT.replace("\r", "") + "\nBeslutning\n\nGodkendt.\n\nPunkt 2: Mosen\n\nBeslutning\n\nUdsat.\n")


def drawing() -> bytes:
    """A PDF of one page with a picture and no text, as a scanner makes it."""
    buffer = BytesIO()
    canvas = Canvas(buffer)
    canvas.rect(100, 100, 200, 200)
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def locked(*, user: str, algorithm: str = "RC4-128") -> bytes:
    """The minutes behind the password `user`."""
    writer = pypdf.PdfWriter(clone_from=BytesIO(PDF))
    writer.encrypt(user, "owner", algorithm=algorithm)
    buffer = BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("content", "error", "reason"),
    [
        (b"", Unreadable, "the file is empty"),
        (b" \n\t\r\n", Unreadable, "the file is empty"),
        (PDF[:700], Unreadable, "the PDF is damaged"),
        (b"%PDF-1.4\n", Unreadable, "the PDF is damaged"),
        (b"%PDF-1.7\n" + b"junk " * 300, Unreadable, "the PDF is damaged"),
        (locked(user="hemmelig"), Unreadable, "the PDF is encrypted; save a copy without a password"),
        (drawing(), Unreadable, "no page has text, so it is probably scanned; run OCR first"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), Unsupported, "none of the formats that are read"),
        (b"PK\x03\x04" + bytes(300), Unsupported, "none of the formats that are read"),
        (b"<Faktura><Linje>7</Linje></Faktura>", Unsupported, "none of the formats that are read"),
        (b'{"temperatur": 7}', Unsupported, "none of the formats that are read"),
        (TEXT.encode("utf-16-le"), Unsupported, "none of the formats that are read"),
        (b"\xff\xfe\x00\xd8A", Unreadable, "not valid utf-16 although its first bytes say so"),
        (b"\xef\xbb\xbf\xff\xff", Unreadable, "not valid utf-8-sig although its first bytes say so"),
    ],
)
def test_a_file_that_cannot_be_read_is_named_with_its_fault(
    tmp_path: Path, content: bytes, error: type[SourceError], reason: str
) -> None:
    path = tmp_path / "referat.pdf"
    path.write_bytes(content)
    with pytest.raises(SourceError) as fault:
        readers.read(path)
    assert type(fault.value) is error
    assert str(fault.value).startswith(f"{path}: {reason}")


def test_a_missing_file_and_a_folder_are_named(tmp_path: Path) -> None:
    for path, reason in ((tmp_path / "væk.pdf", "No such file or directory"), (tmp_path, "Is a directory")):
        with pytest.raises(Unreadable) as fault:
            readers.read(path)
        assert str(fault.value) == f"{path}: cannot be opened ({reason})"
        with pytest.raises(Unreadable):
            readers.digest(path)


@pytest.mark.parametrize("algorithm", ["RC4-40", "RC4-128"])
def test_a_pdf_that_only_keeps_people_from_changing_it_is_read(tmp_path: Path, algorithm: str) -> None:
    path = tmp_path / "referat.pdf"
    path.write_bytes(locked(user="", algorithm=algorithm))
    assert "Godkendt." in readers.read(path).pages[2]


@pytest.mark.parametrize("name", ["referat.pdf", "referat.txt", "referat", "referat.docx", "æøå — ‮referat.PDF"])
def test_the_content_says_what_a_file_is_and_not_its_name(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(PDF)
    document = readers.read(path)
    assert (document.source, document.media_type, document.is_paged) == (str(path), "application/pdf", True)
    assert len(document.pages) == 4
    assert document.digest == hashlib.sha256(PDF).hexdigest() == readers.digest(path)
    path.write_text(TEXT, encoding="utf-8", newline="")
    document = readers.read(path)
    assert (document.media_type, document.is_paged, document.pages) == ("text/plain", False, (TEXT,))


def test_junk_before_the_signature_of_a_pdf_does_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "hentet.pdf"
    path.write_bytes(b"\r\n\r\n" + PDF)
    assert readers.read(path).pages[2].startswith("Punkt 1: Ærø og Ålborg – søvej")


@pytest.mark.parametrize(
    "content",
    [
        TEXT.encode("utf-8"),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("utf-16"),
        b"\xff\xfe" + TEXT.encode("utf-16-le"),
        b"\xfe\xff" + TEXT.encode("utf-16-be"),
        TEXT.encode("cp1252"),
    ],
    ids=["utf-8", "utf-8 with mark", "utf-16", "utf-16-le", "utf-16-be", "Windows-1252"],
)
def test_text_is_the_same_however_it_was_saved(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "referat.txt"
    path.write_bytes(content)
    assert readers.read(path).pages == (TEXT,)


def test_letters_of_old_exports_are_read(tmp_path: Path) -> None:
    path = tmp_path / "referat.txt"
    path.write_bytes("Børneudvalget i Ærø".encode("latin-1"))
    assert readers.read(path).pages == ("Børneudvalget i Ærø",)


def test_a_damaged_pdf_is_read_or_refused_but_never_breaks_the_reader(tmp_path: Path) -> None:
    chance = random.Random(2026)
    path = tmp_path / "referat.pdf"
    reasons = []
    for _ in range(80):
        content = bytearray(PDF)
        for _ in range(chance.choice((1, 5, 50))):
            content[chance.randrange(len(content))] = chance.randrange(256)
        path.write_bytes(content[: chance.randrange(9, len(content))] if chance.random() < 0.3 else content)
        try:
            readers.read(path)
        except SourceError as fault:
            reasons.append(str(fault))
    assert 5 < len(reasons) < 80
    assert all(reason.startswith(f"{path}: ") for reason in reasons)
