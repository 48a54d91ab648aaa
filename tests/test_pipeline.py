"""Files in, archive up to date: what is skipped, replaced, superseded, reported and made good later."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import numpy as np
import pytest
import typeset
from kildemose import LIBRARY, SWIMMING, THEATRE, dagsorden, referat, write
from numpy.typing import NDArray

from ingest import pipeline
from ingest.archive import Archive
from ingest.encoders import WordHashEncoder
from ingest.errors import ArchiveError, EncoderUnavailable, WrongEncoder
from ingest.files import expand
from ingest.holdings import DocumentState
from ingest.pipeline import Report, ingest
from qa import views

KEY = "kildemose/kulturudvalget/2026-03-12"
APRIL = date(2026, 4, 16)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path / "archive.db", create=True) as opened:
        yield opened


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "minutes").mkdir()
    return tmp_path / "minutes"


def add(archive: Archive, *paths: Path, encoder: WordHashEncoder | None = None) -> Report:
    return ingest(archive, paths, encoder=encoder or WordHashEncoder())


def titles(archive: Archive, key: str = KEY) -> list[str]:
    return [item.title for item in archive.items_of(key)]


def states(archive: Archive) -> dict[str, DocumentState]:
    return {Path(record.source).name: record.state for record in archive.documents()}


# Again and again


def test_a_meeting_is_read_with_its_items_passages_and_vectors(archive, folder):
    (path,) = write(folder, march=referat(THEATRE, LIBRARY))

    report = add(archive, path)

    assert report == Report((str(path),), (), (), (), meetings=1, items=2, passages=archive.counts().passages)
    assert titles(archive) == ["Tilskud til Kildemose Teaterforening", "Åbningstider på biblioteket"]
    assert [item.own_decisions[0].span.of(item.text) for item in archive.items_of(KEY)] == [
        "Indstillingen er tiltrådt.",
        "Indstillingen er tiltrådt. Ordningen gælder fra 1. maj 2026.",
    ]
    assert archive.counts().vectors == report.passages > 4
    assert archive.check() == []


def test_adding_again_changes_nothing(archive, folder):
    write(folder, march=referat(THEATRE, LIBRARY), april=referat(SWIMMING, day=APRIL), agenda=dagsorden(THEATRE))
    first = add(archive, folder)
    before = archive.dump(), archive.fingerprint()

    second = add(archive, folder)

    assert sorted(first.added + first.unchanged) == sorted(second.unchanged)
    assert (second.added, second.updated, second.failed) == ((), (), ())
    assert (archive.dump(), archive.fingerprint()) == before


def test_one_file_is_one_source_however_its_path_is_spelled(archive, folder, monkeypatch):
    monkeypatch.chdir(folder)
    write(folder, march=referat(THEATRE))
    source = str(folder / "march.txt")
    assert add(archive, Path("march.txt")).added == (source,)
    assert add(archive, folder / "march.txt", Path("../minutes/./march.txt"), folder).unchanged == (source,)
    assert pipeline.remove(archive, "march.txt") == (source,)


def test_a_path_relative_to_the_archives_own_folder_stays_so_and_is_found_from_anywhere(archive, folder, monkeypatch):
    monkeypatch.chdir(archive.path.parent)
    (path,) = write(folder, march=referat(THEATRE))
    relative = os.path.relpath(path)
    assert add(archive, Path(relative)).added == (relative,)
    monkeypatch.chdir(folder)
    assert add(archive, path).unchanged == (relative,)


def test_files_of_one_name_in_two_working_folders_are_two_sources(archive, tmp_path, monkeypatch):
    for name, text in (("odder", referat(THEATRE)), ("favrskov", referat(THEATRE).replace("12-03", "19-03"))):
        (tmp_path / name).mkdir()
        (tmp_path / name / "march.txt").write_text(text.replace("12. marts", "19. marts") if name != "odder" else text)
        monkeypatch.chdir(tmp_path / name)
        add(archive, Path("march.txt"))
    assert len(archive.meetings()) == 2


def test_two_meetings_of_one_day_without_times_and_with_nothing_in_common_are_two(archive, folder):
    one, two = (referat(each).replace(" kl. 15:00", "") for each in (THEATRE, SWIMMING))
    assert "kl." not in one
    assert len(add(archive, *write(folder, first=one, second=two)).added) == 2
    assert [meeting.key for meeting in archive.meetings()] == [KEY, f"{KEY}-2"]
    assert titles(archive, f"{KEY}-2") == ["Svømmehallens tag"]
    before = archive.dump()
    assert len(add(archive, folder).unchanged) == 2
    assert archive.dump() == before


def test_a_file_named_after_a_person_is_refused_and_the_number_kept_out(archive, folder):
    (folder / "Notat_010180-1234.txt").write_text(referat(THEATRE))
    ((source, reason),) = add(archive, folder).failed
    assert "010180" not in source + reason
    assert "rename it" in reason
    assert b"010180-1234" not in archive.path.read_bytes()


def test_a_changed_file_replaces_its_old_self(archive, folder):
    (path,) = write(folder, march=referat(THEATRE, LIBRARY))
    add(archive, path)
    write(folder, march=referat(SWIMMING))

    report = add(archive, path)

    assert (report.updated, report.meetings, report.items) == ((str(path),), 1, 1)
    assert titles(archive) == ["Svømmehallens tag"]
    assert views.words(archive).counts(["teater", "svømmehal"]) == {"teater": 0, "svømmehal": report.passages}


def test_what_a_corrected_referat_leaves_out_is_found_no_more_and_leaves_the_file_with_the_earlier_version(
    archive, folder
):
    (path,) = write(folder, march=referat(THEATRE, LIBRARY))
    add(archive, path)
    write(folder, march=referat(LIBRARY))
    add(archive, path)
    assert views.words(archive).search(["teaterforening"], limit=9) == []
    (earlier,) = archive.versions(KEY)
    assert [item.title for item in archive.items_of(earlier.key)] == [
        "Tilskud til Kildemose Teaterforening", "Åbningstider på biblioteket"
    ]  # fmt: skip
    assert archive.remove(earlier.key) == (earlier.key,)
    left = b"".join(file.read_bytes() for file in archive.path.parent.glob("archive.db*"))
    assert [word for word in (b"Teaterforening", b"teater", b"forestilling") if word in left] == []


def test_a_file_that_now_holds_another_meeting_gives_up_the_old_one(archive, folder):
    (path,) = write(folder, march=referat(THEATRE))
    add(archive, path)
    write(folder, march=referat(THEATRE, day=APRIL))
    add(archive, path)
    assert [meeting.date for meeting in archive.meetings()] == [APRIL]


def test_a_file_gone_from_the_disk_stays_in_the_archive_until_it_is_removed(archive, folder):
    march, april = write(folder, march=referat(THEATRE), april=referat(LIBRARY, day=APRIL))
    add(archive, folder)
    march.unlink()

    assert add(archive, folder).meetings == 2
    assert pipeline.remove(archive, str(march)) == (str(march),)

    assert [meeting.date for meeting in archive.meetings()] == [APRIL]
    assert views.words(archive).counts(["teater"]) == {"teater": 0}
    assert add(archive, folder).unchanged == (str(april),)


def test_a_new_version_of_the_parser_reads_the_same_file_again(archive, folder, monkeypatch):
    (path,) = write(folder, march=referat(THEATRE))
    add(archive, path)
    monkeypatch.setattr("ingest.passages.PARSER", "next")
    assert add(archive, path).updated == (str(path),)
    assert add(archive, path).unchanged == (str(path),)


def test_a_municipality_told_later_reads_the_same_file_again_and_is_remembered(archive, folder):
    (path,) = write(folder, march=referat(THEATRE))
    add(archive, path)
    report = ingest(archive, [path], encoder=WordHashEncoder(), municipality="Vesterlund")
    assert report.updated == (str(path),)
    assert [meeting.key for meeting in archive.meetings()] == ["vesterlund/kulturudvalget/2026-03-12"]
    assert add(archive, path).unchanged == (str(path),)


# Bad files


def test_a_bad_file_is_reported_and_the_rest_goes_on(archive, folder):
    bad, empty, good, letter = write(folder, a="", b="", c=referat(THEATRE), d="Kære borgmester,\n\ntak for sidst.\n")
    bad.write_bytes(b"%PDF-1.7\nbroken")

    report = add(archive, folder)

    assert report.added == (str(good),)
    assert [source for source, _ in report.failed] == [str(bad), str(empty), str(letter)]
    assert all(reason.startswith(f"{source}: ") for source, reason in report.failed)
    assert states(archive) == {
        "a.txt": "failed", "b.txt": "failed", "c.txt": "loaded", "d.txt": "failed"
    }  # fmt: skip
    assert archive.check() == []


def test_a_failed_file_is_tried_again_and_forgiven(archive, folder):
    (path,) = write(folder, march="")
    assert len(add(archive, path).failed) == len(add(archive, path).failed) == 1
    write(folder, march=referat(THEATRE))
    assert add(archive, path).added == (str(path),)
    assert archive.document(str(path)).reason == ""


def test_what_a_file_held_stays_when_its_new_version_cannot_be_read(archive, folder):
    (path,) = write(folder, march=referat(THEATRE))
    add(archive, path)
    write(folder, march="")
    assert len(add(archive, path).failed) == 1
    assert titles(archive) == ["Tilskud til Kildemose Teaterforening"]
    write(folder, march=referat(LIBRARY))
    assert add(archive, path).updated == (str(path),)


def test_a_file_that_is_not_there_is_reported_but_not_remembered(archive, folder):
    report = add(archive, folder / "none.txt")
    assert report.failed == ((f"{folder}/none.txt", f"{folder}/none.txt: there is no such file or folder"),)
    assert archive.documents() == ()


def test_a_fault_nobody_thought_of_is_the_fault_of_one_file(archive, folder, monkeypatch):
    march, april = write(folder, march=referat(THEATRE), may=referat(LIBRARY, day=APRIL))
    monkeypatch.setattr("ingest.passages.split", _once(ZeroDivisionError("of a CPR number, 010190-1234")))
    report = add(archive, folder)
    assert report.failed == ((str(march), f"{march}: ZeroDivisionError: of a CPR number, xxxxxx-xxxx"),)
    assert report.added == (str(april),)


@pytest.mark.parametrize("fault", [KeyboardInterrupt(), ArchiveError("disk full")], ids=repr)
def test_an_interrupted_run_stops(archive, folder, monkeypatch, fault):
    write(folder, march=referat(THEATRE))
    monkeypatch.setattr("ingest.passages.split", _once(fault))
    with pytest.raises(type(fault)):
        add(archive, folder)
    assert archive.documents() == ()


def _once(fault: BaseException):
    from ingest.passages import split

    faults = [fault]

    def failing(item):
        if faults:
            raise faults.pop()
        return split(item)

    return failing


def test_a_file_name_that_is_no_text_is_reported(archive, folder):
    path = Path(str(folder / "m\udce6rkelig.txt"))
    try:
        path.write_text(referat(THEATRE), encoding="utf-8")
    except OSError:
        pytest.skip("this file system takes only names that are text")
    ((source, reason),) = add(archive, folder).failed
    assert source.endswith(r"m\udce6rkelig.txt")
    assert reason.endswith("not valid Unicode; rename it")


# Which files


def test_a_folder_gives_its_minutes_in_the_order_of_their_names(folder, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (elsewhere,) = write(tmp_path / "elsewhere", far=referat(THEATRE))
    (folder / "2025").mkdir()
    (folder / ".git").mkdir()
    for name in ("b.PDF", "a.txt", "C.md", "2025/d.txt", ".git/e.txt", ".f.txt", "g.pdf.part", "~$h.docx", "i.odt"):
        (folder / name).touch()
    (folder / "README.md").touch()
    (folder / "link.txt").symlink_to(elsewhere)
    (folder / "folder").symlink_to(elsewhere.parent)

    found = [path.relative_to(folder).as_posix() for path in expand([folder])]

    assert found == ["C.md", "a.txt", "b.PDF", "2025/d.txt"]


def test_a_file_named_by_itself_is_taken_whatever_it_is_called(folder, tmp_path):
    named = [folder / "README.md", folder / "minutes.docx", folder / ".hidden.txt"]
    assert expand([*named, folder / "README.md"]) == tuple(named)


# Two sources, one meeting


def pdf(folder: Path, name: str, text: str) -> Path:
    path = folder / f"{name}.pdf"
    path.write_bytes(typeset.pdf(text))
    return path


@pytest.mark.parametrize("is_reversed", [False, True])
def test_of_two_sources_the_better_one_stands_in_either_order(archive, folder, is_reversed):
    (agenda, unpaged), paged = (
        write(folder, a=dagsorden(THEATRE), b=referat(THEATRE)),
        pdf(folder, "c", referat(THEATRE)),
    )
    for path in sorted([agenda, unpaged, paged], reverse=is_reversed):
        assert add(archive, path).failed == ()

    assert states(archive) == {"a.txt": "superseded", "b.txt": "superseded", "c.pdf": "loaded"}
    assert archive.item(f"{KEY}/1").source == str(paged)
    assert archive.item(f"{KEY}/1").item.pages is not None
    with Archive.open(folder.parent / "other.db", create=True) as other:
        add(other, folder)
        assert other.dump() == archive.dump()


def test_a_referat_replaces_the_dagsorden_it_grew_from(archive, folder):
    agenda, final = write(folder, z=dagsorden(THEATRE, LIBRARY), a=referat(THEATRE, LIBRARY))
    assert add(archive, agenda).added == (str(agenda),)
    assert [item.own_decisions for item in archive.items_of(KEY)] == [(), ()]
    assert add(archive, final).added == (str(final),)
    assert [len(item.own_decisions) for item in archive.items_of(KEY)] == [1, 1]
    assert archive.counts().meetings == 1


def test_a_later_dagsorden_does_not_replace_the_referat(archive, folder):
    final, agenda = write(folder, a=referat(THEATRE), z=dagsorden(THEATRE, LIBRARY))
    add(archive, final)
    before = archive.fingerprint()

    assert add(archive, agenda).unchanged == (str(agenda),)

    assert titles(archive) == ["Tilskud til Kildemose Teaterforening"]
    assert archive.fingerprint() == before
    assert add(archive, agenda).unchanged == (str(agenda),)


def test_of_two_equal_sources_the_one_added_later_stands(archive, folder):
    first, second = write(folder, b=referat(THEATRE), a=referat(THEATRE, LIBRARY))
    add(archive, first)
    add(archive, second)
    assert len(titles(archive)) == 2
    assert add(archive, first, second).unchanged == (str(first), str(second))
    assert len(titles(archive)) == 2


def test_a_source_that_stood_behind_comes_back_when_the_better_one_is_removed(archive, folder):
    agenda, final = write(folder, a=dagsorden(THEATRE, LIBRARY), b=referat(THEATRE))
    add(archive, folder)
    pipeline.remove(archive, str(final))
    assert archive.meetings() == ()

    report = add(archive)

    assert report.updated == (str(agenda),)
    assert states(archive) == {"a.txt": "loaded"}
    assert len(titles(archive)) == 2


def test_a_source_that_stood_behind_stays_away_when_its_file_is_gone(archive, folder):
    agenda, final = write(folder, a=dagsorden(THEATRE), b=referat(THEATRE))
    add(archive, folder)
    agenda.unlink()
    pipeline.remove(archive, str(final))
    assert (add(archive).updated, archive.meetings()) == ((), ())


def test_removing_a_meeting_by_its_key_lets_none_of_its_sources_come_back(archive, folder):
    agenda, final = write(folder, a=dagsorden(THEATRE), b=referat(THEATRE))
    add(archive, folder)
    assert pipeline.remove(archive, KEY) == (str(agenda), str(final))
    assert (add(archive).updated, archive.documents()) == ((), ())


def test_a_source_comes_back_when_the_better_one_turns_into_another_meeting_or_a_worse_source(archive, folder):
    unpaged, better = write(folder, a=referat(THEATRE)), pdf(folder, "b", referat(THEATRE, LIBRARY))
    add(archive, folder)
    assert states(archive) == {"a.txt": "superseded", "b.pdf": "loaded"}

    better.write_bytes(typeset.pdf(referat(LIBRARY, day=APRIL)))
    assert add(archive, better).updated == (str(better), str(unpaged[0]))
    assert titles(archive) == ["Tilskud til Kildemose Teaterforening"]

    better.write_bytes(typeset.pdf(referat(THEATRE, LIBRARY)))
    add(archive, better)
    assert len(titles(archive)) == 2
    better.write_bytes(typeset.pdf(dagsorden(THEATRE, LIBRARY)))
    add(archive, better)
    assert states(archive) == {"a.txt": "loaded", "b.pdf": "superseded"}


def test_two_meetings_of_one_body_on_one_day_are_told_apart_by_when_they_begin(archive, folder):
    write(folder, a=referat(THEATRE, start="15:00"), b=referat(LIBRARY, start="18:30"))
    assert len(add(archive, folder).added) == 2
    assert [meeting.key for meeting in archive.meetings()] == [KEY, f"{KEY}-1830"]
    assert titles(archive) == ["Tilskud til Kildemose Teaterforening"]
    assert titles(archive, f"{KEY}-1830") == ["Åbningstider på biblioteket"]
    assert [item.key for item in archive.items_of(f"{KEY}-1830")] == [f"{KEY}-1830/1"]


def test_a_meeting_that_began_later_than_its_agenda_said_is_one_meeting(archive, folder):
    write(folder, a=dagsorden(THEATRE, LIBRARY, start="15:00"), b=referat(THEATRE, LIBRARY, start="15:10"))
    assert add(archive, folder).meetings == 1


# Versions


def test_an_agenda_stays_reachable_behind_its_minutes_whichever_came_first(archive, folder, tmp_path):
    agenda, minutes = write(folder, a=dagsorden(THEATRE, LIBRARY), b=referat(THEATRE))
    add(archive, agenda, minutes)
    (earlier,) = archive.versions(KEY)
    assert (earlier.kind, earlier.replaced_by, earlier.key[:-8]) == ("dagsorden", KEY, f"{KEY}@")
    assert titles(archive, earlier.key) == ["Tilskud til Kildemose Teaterforening", "Åbningstider på biblioteket"]
    assert (archive.counts().meetings, archive.counts().items, archive.meetings()[0].kind) == (1, 1, "referat")
    assert archive.check() == []
    with Archive.open(tmp_path / "other.db", create=True) as other:
        add(other, minutes, agenda)
        assert other.dump() == archive.dump()


def test_the_same_minutes_in_another_form_are_no_version_of_their_own(archive, folder):
    text = referat(THEATRE)
    write(folder, a=text)
    (folder / "b.pdf").write_bytes(typeset.pdf(text))
    add(archive, folder)
    assert states(archive) == {"a.txt": "superseded", "b.pdf": "loaded"}
    assert archive.versions(KEY) == ()


def test_what_is_closed_now_is_in_no_earlier_version(archive, folder):
    (path,) = write(folder, march=referat(THEATRE, LIBRARY))
    add(archive, path)
    write(folder, march=referat(THEATRE, ": Lukket: Åbningstider\n\n21.05.00-A00-2-26\n\nBeslutning\n\nGodkendt."))
    add(archive, path)
    (earlier,) = archive.versions(KEY)
    assert titles(archive, earlier.key) == ["Tilskud til Kildemose Teaterforening"]
    left = b"".join(file.read_bytes() for file in archive.path.parent.glob("archive.db*"))
    assert "om søndagen".encode() not in left


def test_an_agenda_after_its_minutes_does_not_open_what_they_closed(archive, folder):
    closed = ": Lukket: Åbningstider\n\n21.05.00-A00-2-26\n\nBeslutning\n\nGodkendt."
    minutes, agenda = write(folder, b=referat(THEATRE, closed), c=dagsorden(THEATRE, LIBRARY))
    add(archive, minutes, agenda)
    (earlier,) = archive.versions(KEY)
    assert titles(archive, earlier.key) == ["Tilskud til Kildemose Teaterforening"]


def test_a_removed_version_is_gone_and_the_meeting_stays(archive, folder):
    add(archive, *write(folder, a=dagsorden(THEATRE), b=referat(THEATRE)))
    (earlier,) = archive.versions(KEY)
    assert pipeline.remove(archive, earlier.key) == (earlier.key,)
    assert archive.versions(KEY) == ()
    assert titles(archive) == ["Tilskud til Kildemose Teaterforening"]


def test_when_minutes_are_removed_their_agenda_stands_again_and_is_no_version_any_more(archive, folder):
    _, minutes = write(folder, a=dagsorden(THEATRE), b=referat(THEATRE))
    add(archive, folder)
    pipeline.remove(archive, str(minutes))
    add(archive, folder / "a.txt")
    assert [meeting.kind for meeting in archive.meetings()] == ["dagsorden"]
    assert archive.versions(KEY) == ()
    assert archive.check() == []


# Vectors


def test_without_a_model_passages_go_in_and_the_next_run_makes_their_vectors(archive, folder, tmp_path, monkeypatch):
    monkeypatch.setattr(pipeline, "BATCH", 3)
    write(folder, march=referat(THEATRE, LIBRARY), april=referat(SWIMMING, day=APRIL))
    ingest(archive, [folder], encoder=None)
    assert (archive.counts().vectors, archive.encoder(), archive.check()) == (0, None, [])

    report = add(archive, folder)

    assert len(report.unchanged) == 2
    assert archive.counts().vectors == archive.counts().passages > 6
    with Archive.open(tmp_path / "other.db", create=True) as other:
        add(other, folder)
        assert other.dump() == archive.dump()


def test_the_vectors_of_two_models_are_refused_before_any_work(archive, folder):
    (path,) = write(folder, march=referat(THEATRE))
    add(archive, path)
    write(folder, march=referat(LIBRARY), april=referat(THEATRE, day=APRIL))
    before = archive.dump()
    with pytest.raises(WrongEncoder, match="--archive FILE"):
        add(archive, folder, encoder=WordHashEncoder(32))
    assert archive.dump() == before


class Unwell(WordHashEncoder):
    """A model that fails on one text."""

    def passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        if any("svømmehal" in text.lower() for text in texts):
            raise EncoderUnavailable("the model lost its network")
        return super().passages(texts)


def test_a_model_that_fails_on_a_document_leaves_it_for_the_next_run(archive, folder):
    write(folder, march=referat(THEATRE), april=referat(SWIMMING, day=APRIL))
    report = add(archive, folder, encoder=Unwell())
    assert [Path(source).name for source, _ in report.failed] == ["april.txt"]
    assert [Path(source).name for source in add(archive, folder).added] == ["april.txt"]
    assert archive.check() == []


def test_progress_counts_the_files(archive, folder):
    march, april = write(folder, march=referat(THEATRE), april=referat(LIBRARY, day=APRIL))
    calls = []
    ingest(archive, [folder], encoder=None, progress=lambda *call: calls.append(call))
    assert calls == [(0, 2, str(april)), (1, 2, str(march)), (2, 2, "")]
