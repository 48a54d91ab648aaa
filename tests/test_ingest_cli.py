"""`python -m ingest`: what it prints, and what it tells by its exit code."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from kildemose import LIBRARY, THEATRE, dagsorden, referat, write

from ingest import __main__ as cli
from ingest import encoders, hub
from ingest.archive import Archive
from ingest.errors import EncoderUnavailable
from ingest.passages import split
from ingest.pipeline import ingest
from ingest.reading import parse

ROOT = Path(__file__).parent.parent
KEY = "kildemose/kulturudvalget/2026-03-12"
APRIL = date(2026, 4, 16)

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "minutes").mkdir()
    return tmp_path / "minutes"


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command on one archive; gives exit code, stdout and stderr."""

    def command(*arguments: object) -> tuple[int, str, str]:
        capsys.readouterr()
        code = cli.main(["--archive", str(tmp_path / "archive.db"), *map(str, arguments)])
        return (code, *capsys.readouterr())

    return command


def add(run: Run, *arguments: object) -> tuple[int, str, str]:
    return run("add", "--model", "word-hash", *arguments)


def passages_of(path: Path) -> int:
    return sum(len(split(item)) for item in parse(path)[1][0].items)


# add


def test_meetings_of_an_unknown_municipality_are_told_until_it_is_named(run, folder):
    (folder / "a.txt").write_text("REFERAT Kulturudvalget d. 12-03-2026\n\nPunkt 1: Havnen\n\nBeslutning\nGodkendt.\n")
    code, _, err = add(run, folder)
    assert (code, err) == (0, "ingest: the municipality of 1 meeting is unknown; name it with --municipality\n")
    assert add(run, folder, "--municipality", "Kildemose")[2] == ""


def test_add_reports_in_json_and_nothing_else(run, folder):
    march, agenda, bad = write(folder, march=referat(THEATRE), agenda=dagsorden(THEATRE, LIBRARY), bad="")

    code, out, err = add(run, march, agenda, bad, "--json")

    assert code == 1
    report = json.loads(out)
    assert report.pop("passages") == passages_of(march)
    assert report == {
        "added": [str(march)],
        "updated": [],
        "unchanged": [str(agenda)],
        "failed": [{"source": str(bad), "reason": f"{bad}: the file is empty"}],
        "meetings": 1,
        "items": 1,
    }
    assert err == f"ingest: {bad}: the file is empty\n"


def test_add_tells_people_what_it_did(run, folder):
    (march,) = write(folder, march=referat(THEATRE))
    code, out, err = add(run, folder)
    assert (code, err) == (0, "")
    assert out.splitlines() == [
        f"added      {march}",
        "1 added, 0 updated, 0 unchanged, 0 failed",
        f"the archive holds 1 meeting, 1 item, {passages_of(march)} passages",
    ]
    assert run("status")[1].startswith(f"1 meeting, 1 item, {passages_of(march)} passages in ")
    assert ": 1 meeting, 1 item, 2026-03-12 to 2026-03-12\n" in run("coverage")[1]
    assert add(run, folder)[1].startswith(f"unchanged  {march}\n0 added, 0 updated, 1 unchanged")


def test_add_of_a_folder_without_minutes_finds_nothing(run, folder):
    code, out, err = add(run, folder, "--json")
    assert (code, json.loads(out)["meetings"]) == (3, 0)
    assert (
        err == f"ingest: {folder}: no minutes in there; they end in .pdf, .txt, .md, .html, .htm, .json, .xml, .docx\n"
    )


def test_the_municipality_can_be_told(run, folder):
    write(folder, march=referat(THEATRE))
    add(run, folder, "--municipality", "Vesterlund")
    assert json.loads(run("status", "--json")[1])["municipalities"] == ["Vesterlund"]


def test_a_model_asked_for_that_cannot_be_had_leaves_the_archive_as_it_was(run, folder, tmp_path, monkeypatch):
    write(folder, march=referat(THEATRE))
    monkeypatch.setattr(hub, "hub_answers", lambda **_: False)
    code, out, err = run("add", "--model", "nobody/no-model", folder)
    assert (code, out) == (1, "")
    assert err.startswith("ingest: nobody/no-model: not on this machine")
    assert not (tmp_path / "archive.db").exists()


def test_without_the_usual_model_documents_go_in_with_a_note_and_get_vectors_later(run, folder, monkeypatch):
    def unavailable(name: str | None = None, *, may_download: bool = True) -> encoders.Encoder:
        raise EncoderUnavailable("data/model: no model here")

    (march,) = write(folder, march=referat(THEATRE))
    with monkeypatch.context() as without:
        without.setattr(encoders, "load", unavailable)
        code, _, err = run("add", folder)
    assert code == 0
    assert err == (
        "ingest: data/model: no model here\n"
        "ingest: without it, documents are found by their words only; the next run adds what is missing\n"
    )
    assert json.loads(run("status", "--json")[1])["vectors"] == 0
    assert add(run, folder)[0] == 0
    assert json.loads(run("status", "--json")[1])["vectors"] == passages_of(march)


def test_the_model_of_the_archive_is_the_one_taken_when_none_is_named(run, folder):
    write(folder, march=referat(THEATRE))
    add(run, folder)
    write(folder, april=referat(LIBRARY, day=APRIL))
    assert run("add", folder)[0] == 0
    status = json.loads(run("status", "--json")[1])
    assert status["encoder"] == {"name": "word-hash", "revision": "1", "dimension": 64}
    assert status["vectors"] == status["passages"] > 3


def test_another_model_than_the_archive_s_is_refused(run, folder):
    write(folder, march=referat(THEATRE))
    add(run, folder)
    code, out, err = run("add", "--model", str(ROOT / "data" / "model"), folder)
    assert (code, out) == (1, "")
    assert "its vectors were made by word-hash (revision 1, 64 numbers) and cannot be mixed with those of" in err


# parse


def test_parse_gives_the_meeting_as_the_contract_says(run, folder):
    (march,) = write(folder, march=referat(THEATRE, LIBRARY))

    code, out, _ = run("parse", march, "--json")

    assert code == 0
    (meeting,) = json.loads(out)["meetings"]
    theatre, library = meeting.pop("items")
    assert meeting == {
        "key": KEY,
        "municipality": "Kildemose",
        "committee": "Kulturudvalget",
        "date": "2026-03-12",
        "start": "15:00",
        "place": "Rådhuset, lokale 2",
        "kind": "referat",
        "supplement": False,
        "attendance": [],
        "link": None,
    }
    sections = theatre.pop("sections")
    assert "".join(section["text"] for section in sections).strip() == f"Punkt 1{THEATRE}"
    assert [(section["kind"], section["heading"], section["page"]) for section in sections] == [
        ("other", "", None),
        ("summary", "Resume", None),
        ("recommendation", "Indstilling", None),
        ("decision", "Beslutning", None),
    ]
    assert theatre == {
        "key": f"{KEY}/1",
        "number": "1",
        "title": "Tilskud til Kildemose Teaterforening",
        "case_number": "20.03.00-G01-1-26",
        "closed": False,
        "pages": None,
        "recommendations": [{"number": None, "text": "at der gives et tilskud på 40.000 kr.", "children": []}],
        "decisions": [
            {
                "body": "Kulturudvalget",
                "date": "2026-03-12",
                "number": None,
                "text": "Indstillingen er tiltrådt.",
                "outcome": "adopted",
                "own": True,
                "additions": [],
                "votes": None,
                "points": [],
            }
        ],
        "references": [
            {
                "date": "2026-02-05",
                "number": "7",
                "committee": "Kulturudvalget",
                "case_number": None,
                "quote": "Udvalget drøftede sagen den 5. februar 2026 (punkt 7).",
                "target": None,
            }
        ],
        "attachments": [],
        "absent": [],
        "link": None,
    }
    assert library["decisions"][0]["additions"] == ["Ordningen gælder fra 1. maj 2026."]


def test_parse_gives_the_pages_of_a_pdf(run):
    code, out, _ = run("parse", *(ROOT / "data" / "minutes").glob("*.pdf"), "--json")
    items = {item["number"]: item for item in json.loads(out)["meetings"][0]["items"]}
    assert (code, items["33"]["pages"], items["37"]["pages"]) == (0, [7, 9], [13, 13])
    assert [section["page"] for section in items["33"]["sections"]] == sorted(
        section["page"] for section in items["33"]["sections"]
    )


def test_parse_shows_people_the_items_and_what_became_of_them(run, folder):
    (march,) = write(folder, march=referat(THEATRE, LIBRARY))
    assert run("parse", march)[1].splitlines() == [
        f"{KEY}  referat",
        "     1  Tilskud til Kildemose Teaterforening  [adopted]",
        "     2  Åbningstider på biblioteket  [adopted_with_addition]",
    ]


def test_parse_needs_neither_archive_nor_model(folder, tmp_path):
    (march,) = write(folder, march=referat(THEATRE))
    code = (
        "import sys; sys.modules.update(dict.fromkeys(['sqlite3', 'numpy', 'torch', 'faiss']))\n"
        "from ingest.__main__ import main; sys.exit(main(sys.argv[1:]))"
    )
    arguments = [sys.executable, "-c", code, "parse", str(march), "--json"]
    run = subprocess.run(arguments, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert (run.returncode, json.loads(run.stdout)["meetings"][0]["key"]) == (0, KEY), run.stderr


def test_parse_of_something_else_fails_and_says_why(run, folder):
    letter, gone = write(folder, letter="Kære borgmester,\n\ntak for sidst.\n")[0], folder / "gone.txt"
    for path in (letter, gone):
        code, out, err = run("parse", path, "--json")
        assert (code, out) == (1, "")
        assert err.startswith(f"ingest: {path}: ")


@pytest.mark.skipif(sys.platform == "win32", reason="has no such files")
def test_parse_does_not_wait_for_a_device_or_pipe_to_end(run, tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for path in (pipe, Path("/dev/zero")):
        code, out, err = run("parse", path)
        assert (code, out) == (1, "")
        assert err == f"ingest: {path}: a device or pipe, not a file; save what it gives to a file first\n"


def test_control_characters_of_a_document_do_not_reach_the_terminal(run, folder):
    (march,) = write(folder, march=referat(THEATRE.replace("Tilskud", "\x1b[2JTil\x07skud")))
    out = run("parse", march)[1]
    assert not any(ord(character) < 32 for line in out.splitlines() for character in line)


# status, remove, check


def test_status_tells_what_is_there_and_what_failed(run, folder):
    march, agenda, bad = write(folder, march=referat(THEATRE), z=dagsorden(THEATRE), bad="")
    add(run, folder)

    code, out, _ = run("status", "--json")

    status = json.loads(out)
    assert code == 0
    assert (status["meetings"], status["items"]) == (1, 1)
    assert status["passages"] == status["vectors"] == passages_of(march)
    assert (status["committees"], status["from"], status["to"]) == (["Kulturudvalget"], "2026-03-12", "2026-03-12")
    assert status["documents"] == [
        {"source": str(bad), "state": "failed", "meeting": None, "reason": f"{bad}: the file is empty"},
        {"source": str(march), "state": "loaded", "meeting": KEY, "reason": ""},
        {"source": str(agenda), "state": "superseded", "meeting": KEY, "reason": ""},
    ]
    assert status["failed"] == [{"source": str(bad), "reason": f"{bad}: the file is empty"}]
    assert f"loaded      {march}  {KEY}" in run("status")[1].splitlines()


def test_without_an_archive_the_way_to_one_is_told(run):
    for command in (["status"], ["check"], ["remove", KEY]):
        code, out, err = run(*command)
        assert (code, out) == (1, "")
        assert "there is no archive yet; `python -m ingest add FOLDER` makes one" in err


def test_what_is_named_twice_is_removed_once_and_said(run, folder):
    (path,) = write(folder, a=referat(THEATRE))
    run("add", folder, "--json")
    code, out, err = run("remove", path, path, "--json")
    assert (code, json.loads(out)["removed"], err) == (0, [str(path)], "")


def test_a_number_of_a_person_in_a_name_is_said_nowhere(run, folder):
    write(folder, a=referat(THEATRE))
    (folder / "Notat 010180-1234.doc").write_bytes(b"x")
    code, out, err = run("add", folder, folder / "010180-1234.txt")
    assert (code, "010180" in out + err, err.count("xxxxxx-xxxx")) == (1, False, 2)


def test_remove_takes_a_file_or_a_key_and_reads_again_what_stood_behind(run, folder):
    agenda, march, april = write(folder, a=dagsorden(THEATRE), b=referat(THEATRE), c=referat(LIBRARY, day=APRIL))
    add(run, folder)

    code, out, _ = run("remove", march, "--json")
    removed = json.loads(out)
    assert (code, removed["removed"], removed["restored"], removed["meetings"]) == (0, [str(march)], [str(agenda)], 2)

    assert run("remove", KEY, "kildemose/kulturudvalget/2026-04-16")[:2] == (
        0, f"removed {agenda}\nremoved {april}\n"
    )  # fmt: skip
    assert json.loads(run("status", "--json")[1])["documents"] == []


def test_what_is_read_again_after_a_removal_gets_vectors_of_the_model_the_archive_had(run, folder):
    _, march = write(folder, a=dagsorden(THEATRE), b=referat(THEATRE))
    add(run, folder)
    run("remove", march)
    assert json.loads(run("status", "--json")[1])["encoder"]["name"] == "word-hash"


def test_removing_what_is_not_there_finds_nothing(run, folder):
    write(folder, march=referat(THEATRE))
    add(run, folder)
    code, out, err = run("remove", "kildemose", "--json")
    assert (code, json.loads(out)["removed"]) == (3, [])
    assert err == "ingest: kildemose: nothing by this name in the archive; `status` lists sources and keys\n"


def test_check_is_content_with_an_intact_archive_and_names_what_is_wrong(run, folder, tmp_path):
    write(folder, march=referat(THEATRE))
    add(run, folder)
    assert run("check") == (0, "the archive is intact\n", "")
    assert json.loads(run("check", "--json")[1]) == {"intact": True, "problems": []}

    (tmp_path / "archive.db").write_bytes(b"not a database at all, whatever its name says" * 30)
    code, out, err = run("check", "--json")
    assert (code, out) == (1, "")
    assert "not an archive, or damaged" in err


def test_check_asks_for_missing_vectors(run, folder, tmp_path):
    write(folder, march=referat(THEATRE))
    add(run, folder)
    (april,) = write(folder, april=referat(LIBRARY, day=APRIL))
    with Archive.open(tmp_path / "archive.db") as archive:
        ingest(archive, [folder], encoder=None)
    code, out, err = run("check", "--json")
    problem = (
        f"{passages_of(april)} passages have no vector; `python -m ingest add` with the model word-hash makes them"
    )
    assert (code, json.loads(out)) == (1, {"intact": False, "problems": [problem]})
    assert err == f"ingest: {problem}\n"


# The command line itself


def test_the_archive_may_be_named_before_or_after_the_command(folder, tmp_path, capsys):
    write(folder, march=referat(THEATRE))
    one, other = tmp_path / "one.db", tmp_path / "other.db"
    assert cli.main(["--archive", str(one), "add", "--model", "word-hash", str(folder)]) == 0
    assert cli.main(["add", "--model", "word-hash", str(folder), "--archive", str(other)]) == 0
    assert cli.main(["--archive", str(tmp_path / "none.db"), "status", "--archive", str(other)]) == 0
    assert (one.exists(), other.exists(), (tmp_path / "none.db").exists()) == (True, True, False)


def test_the_archive_is_data_archive_db_of_the_project_unless_told(monkeypatch):
    from ingest import archive

    assert archive.DEFAULT_PATH == ROOT / "data" / "archive.db"


@pytest.mark.parametrize("arguments", [[], ["frob"], ["add"], ["parse"], ["status", "--frob"]], ids=str)
def test_wrong_usage_is_told_apart(arguments, capsys):
    with pytest.raises(SystemExit) as ended:
        cli.main(arguments)
    assert ended.value.code == 2


def test_help_comes_at_once():
    def seconds() -> float:
        began = time.perf_counter()
        run = subprocess.run(
            [sys.executable, "-m", "ingest", "--help"], cwd=ROOT, capture_output=True, text=True, check=True
        )
        assert all(command in run.stdout for command in ("add", "parse", "status", "remove", "check"))
        return time.perf_counter() - began

    assert min(seconds() for _ in range(3)) < 0.5  # the machine may be busy, not thrice


def test_json_is_utf_8_whatever_the_terminal_s_encoding(folder):
    (march,) = write(folder, march=referat(LIBRARY))
    run = subprocess.run(
        [sys.executable, "-m", "ingest", "parse", str(march), "--json"],
        cwd=ROOT,
        capture_output=True,
        env={"PYTHONIOENCODING": "ascii", "PATH": ""},
        check=True,
    )
    assert json.loads(run.stdout.decode("utf-8"))["meetings"][0]["items"][0]["title"] == "Åbningstider på biblioteket"


def test_a_reader_that_has_seen_enough_ends_the_command_quietly(folder):
    (march,) = write(folder, march=referat(*[THEATRE] * 100))
    with subprocess.Popen(
        [sys.executable, "-m", "ingest", "parse", str(march), "--json"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as run:
        assert run.stdout is not None
        assert run.stderr is not None
        run.stdout.read(10)
        run.stdout.close()
        assert run.stderr.read() == b""
        assert run.wait() == 0
