"""Files people hand in: kept under a safe name in nobody's place, or refused with the reason."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest import uploads
from ingest.uploads import Kept, Refusal, Refused, keep, safe_name

TEXT = b"REFERAT Kulturudvalget d. 12-03-2026"
PDF = b"%PDF-1.7\n%%EOF\n"
LIMIT = 1_000_000


def zipped(name: str = "a.txt") -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(name, "hej")
    return buffer.getvalue()


@pytest.fixture
def archive(tmp_path):
    (tmp_path / "data").mkdir()
    return tmp_path / "data" / "archive.db"


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("tom.pdf", b"", Refusal.EMPTY),
        ("blank.txt", b" \n\n ", Refusal.EMPTY),
        ("stor.txt", b"x" * (LIMIT + 1), Refusal.TOO_LARGE),
        ("referat.pdf", zipped(), Refusal.UNKNOWN_FORMAT),
        ("referat.docx", zipped(), Refusal.UNKNOWN_FORMAT),
        ("billede.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", Refusal.UNKNOWN_FORMAT),
        ("program.pdf", b"MZ\x90\0\x03\0\0\0", Refusal.UNKNOWN_FORMAT),
        ("referat.pdf", TEXT, Refusal.OTHER_FORMAT),
        ("referat.docx", PDF, Refusal.OTHER_FORMAT),
        ("sag 010203-0206.pdf", PDF, Refusal.CPR_IN_NAME),
    ],
)
def test_a_bad_file_is_refused_before_anything_is_written(archive, name, content, why):
    refused = keep(archive, name, content, limit=LIMIT)

    assert isinstance(refused, Refused)
    assert refused.why is why
    assert "010203-0206" not in refused.name
    assert not uploads.folder_of(archive).exists()


def test_a_file_is_kept_beside_the_archive_and_known_from_the_folder_above(archive):
    assert keep(archive, "referat.txt", TEXT, limit=LIMIT) == Kept("referat.txt", "data/archive.uploads/referat.txt")
    file = archive.parent / "archive.uploads" / "referat.txt"
    assert file.read_bytes() == TEXT
    assert not file.stat().st_mode & 0o111  # nothing to be run


def test_no_file_takes_the_place_of_another_and_the_same_one_is_kept_once(archive):
    names = [keep(archive, "a.txt", content, limit=LIMIT) for content in (TEXT, TEXT + b" 2", TEXT, TEXT + b" 2")]
    assert [each.source.rpartition("/")[2] for each in names] == ["a.txt", "a (2).txt", "a.txt", "a (2).txt"]
    assert (uploads.folder_of(archive) / "a.txt").read_bytes() == TEXT


def test_a_link_that_lies_in_the_folder_is_not_written_through(archive, tmp_path):
    uploads.folder_of(archive).mkdir()
    (uploads.folder_of(archive) / "a.txt").symlink_to(tmp_path / "elsewhere.txt")
    kept = keep(archive, "a.txt", TEXT, limit=LIMIT)
    assert kept.source.endswith("a (2).txt")
    assert not (tmp_path / "elsewhere.txt").exists()


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd", "passwd.txt"),
        ("C:\\Users\\ida\\referat.txt", "referat.txt"),
        ("<script>alert(1)<script>.txt", "_script_alert(1)_script_.txt"),
        ("...skjult.txt", "skjult.txt"),
        ("a\0b\nc.txt", "a_b_c.txt"),
        ("con.txt", "_con.txt"),
        ("", "fil.txt"),
        ("..", "fil.txt"),
        ("Økonomiudvalget 12. marts.md", "Økonomiudvalget 12. marts.md"),
        ("referat", "referat.txt"),
        ("referat.exe", "referat.exe.txt"),
        ("å" * 300 + ".txt", "å" * 58 + ".txt"),
    ],
)
def test_a_name_becomes_one_that_is_safe_everywhere(archive, name, safe):
    kept = keep(archive, name, TEXT, limit=LIMIT)
    assert isinstance(kept, Kept)
    assert kept.source == f"data/archive.uploads/{safe}"
    assert [each.name for each in uploads.folder_of(archive).iterdir()] == [safe]


@given(st.text(max_size=300))
def test_no_name_leads_out_of_the_folder(name):
    safe = safe_name(name)
    assert safe
    assert not safe.startswith(".")
    assert not set(safe) & set('/\\\0\n\r:*?"<>|$`')
    assert len(safe.encode()) <= 130


def test_only_what_was_handed_in_can_be_deleted(archive, tmp_path):
    mine = tmp_path / "mine.txt"
    mine.write_bytes(TEXT)
    kept = keep(archive, "a.txt", TEXT, limit=LIMIT)
    assert not uploads.discard(archive, str(mine))
    assert not uploads.discard(archive, "data/archive.uploads/../../mine.txt")
    assert mine.exists()
    assert uploads.discard(archive, kept.source)
    assert list(uploads.folder_of(archive).iterdir()) == []
