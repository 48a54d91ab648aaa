"""Killed at any moment and run again, ingest leaves the same archive as one clean run.

A child process, in which nothing heavy is loaded, forks itself once for each SQL statement of a run. The fork ends
without clean-up, as by `kill -9`, when it comes to that statement; what it left is then brought up to date.
"""

from __future__ import annotations

import itertools
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from kildemose import LIBRARY, SWIMMING, THEATRE, dagsorden, referat, write

from ingest import pipeline
from ingest.archive import Archive
from ingest.encoders import WordHashEncoder

TESTS = Path(__file__).parent
APRIL = date(2026, 4, 16)
SECRET = ": Salg af Solhjem\n\n13.06.02-G10-9-26\n\nResume\n\nPrisen er sat af Zebraskov.\n\nBeslutning\n\nGodkendt."
SOLD = ": Lukket: Salg\n\n13.06.02-G10-9-26\n\nBeslutning\n\nGodkendt."


def add_two_documents(archive: Path, minutes: Path) -> None:
    """Into nothing: the tables are made, then a dagsorden goes in, then the referat that supersedes it."""
    with Archive.open(archive, create=True) as opened:
        pipeline.ingest(opened, [minutes], encoder=WordHashEncoder())


def add_vectors_and_a_meeting(archive: Path, minutes: Path) -> None:
    """Into an archive without vectors: a document is replaced, one added, and the missing vectors are made."""
    (minutes / "a.txt").write_text(dagsorden(THEATRE, LIBRARY), encoding="utf-8")
    write(minutes, c=referat(SWIMMING, day=APRIL))
    add_two_documents(archive, minutes)


def remove_the_referat(archive: Path, minutes: Path) -> None:
    """The referat goes, the dagsorden behind it comes back."""
    with Archive.open(archive) as opened:
        pipeline.remove(opened, str(minutes / "b.txt"))
        pipeline.ingest(opened, (), encoder=WordHashEncoder())


def close_what_was_open(archive: Path, minutes: Path) -> None:
    """Minutes are corrected and close an item that agenda and minutes had open; their supplementary agenda is new."""
    write(minutes, b=referat(THEATRE, LIBRARY, SOLD), t=supplement(SECRET, LIBRARY))
    add_two_documents(archive, minutes)


def divide_a_file(archive: Path, minutes: Path) -> None:
    """A file with an agenda, its minutes and another meeting holds other ones than before."""
    collection(minutes, ("Hal", "2026-03-12", "dagsorden"), ("Hal", "2026-03-12", "referat"), ("Tag", "2026-05-21", ""))
    add_two_documents(archive, minutes)


def supplement(*items: str) -> str:
    return dagsorden(*items).replace("DAGSORDEN", "TILLÆGSDAGSORDEN")


def collection(folder: Path, *cases: tuple[str, str, str]) -> None:
    sager = [
        {"udvalg": "Kulturudvalget", "kommune": "Kildemose", "nr": "1", "titel": title, "dato": day, "type": kind}
        | {"afsnit": [{"titel": "Beslutning", "tekst": "Godkendt."}]}
        for title, day, kind in cases
    ]
    (folder / "c.json").write_text(json.dumps({"sager": sager}), encoding="utf-8")


RUNS: dict[str, Callable[[Path, Path], None]] = {
    run.__name__: run
    for run in (
        add_two_documents,
        add_vectors_and_a_meeting,
        remove_the_referat,
        close_what_was_open,
        divide_a_file,
    )
}

# A prime number of statements from kill to kill, so that every kind of statement is met, where there are hundreds.
STEPS = {"close_what_was_open": 5, "divide_a_file": 5}


def prepare(folder: Path, run: str) -> None:
    """The files, and the archive as it is before the run."""
    minutes = folder / "minutes"
    minutes.mkdir()
    write(minutes, a=dagsorden(THEATRE), b=referat(THEATRE))
    if run == "add_vectors_and_a_meeting":
        with Archive.open(folder / "before.db", create=True) as archive:
            pipeline.ingest(archive, [minutes], encoder=None)
    elif run == "remove_the_referat":
        add_two_documents(folder / "before.db", minutes)
    elif run == "close_what_was_open":
        write(minutes, a=dagsorden(THEATRE, SECRET), b=referat(THEATRE, SECRET))
        add_two_documents(folder / "before.db", minutes)
    elif run == "divide_a_file":
        collection(minutes, ("Hal", "2026-03-12", "dagsorden"), ("Bad", "2026-04-16", "referat"))
        add_two_documents(folder / "before.db", minutes)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@pytest.mark.parametrize("run", RUNS)
def test_a_run_killed_at_any_statement_and_run_again_equals_a_clean_run(tmp_path, run):
    prepare(tmp_path, run)
    path = os.pathsep.join([str(TESTS.parent), str(TESTS)])

    child = subprocess.run(
        [sys.executable, str(Path(__file__)), run, str(tmp_path)],
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=False,
    )

    assert child.returncode == 0, child.stderr
    kills = int(child.stdout)
    assert kills > 20


def kill_everywhere(run: Callable[[Path, Path], None], folder: Path) -> int:
    """Run it clean, then once for each statement with a kill there; returns the number of kills. AssertionError with
    the number of the statement when what comes out is not the same."""
    minutes, clean = folder / "minutes", folder / "clean.db"
    copy_before(folder, clean)
    run(clean, minutes)
    expected = content(clean)
    for number in itertools.count(1, STEPS.get(run.__name__, 1)):
        killed = folder / f"killed-{number}.db"
        copy_before(folder, killed)
        if survives(lambda: run(killed, minutes), killed_at=number):  # noqa: B023  # called at once
            return number - 1
        run(killed, minutes)
        assert content(killed) == expected, f"killed at statement {number}"
        left = b"".join(file.read_bytes() for file in folder.glob(f"killed-{number}.db*"))
        assert b"Zebraskov" not in left, f"killed at statement {number}"
        assert b"zebraskov" not in left, f"killed at statement {number}"
        killed.unlink()
    raise AssertionError("unreachable")


def copy_before(folder: Path, to: Path) -> None:
    if (folder / "before.db").exists():
        shutil.copy(folder / "before.db", to)


def content(path: Path) -> tuple[str, str, list[str]]:
    with Archive.open(path) as archive:
        return archive.dump(), archive.fingerprint(), archive.check()


def survives(act: Callable[[], None], *, killed_at: int) -> bool:
    """Do it in a fork that dies at the n-th SQL statement; True when there are not that many."""
    child = os.fork()
    if child == 0:
        dies_at(killed_at)
        act()
        os._exit(0)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert code in (0, 9), f"the fork ended with {code} before statement {killed_at}"
    return code == 0


def dies_at(number: int) -> None:
    """From now on this process ends at the n-th SQL statement, on whichever connection."""
    statements = itertools.count(1)

    def count(statement: str) -> None:
        if next(statements) == number:
            os._exit(9)

    connect = sqlite3.connect

    def watched(*arguments: object, **settings: object) -> sqlite3.Connection:
        connection: sqlite3.Connection = connect(*arguments, **settings)  # type: ignore[call-overload]
        connection.set_trace_callback(count)
        return connection

    sqlite3.connect = watched  # type: ignore[assignment]


def flush_nothing() -> None:
    """From now on nothing waits for the disk: a killed process, other than a lost power line, loses nothing by it."""
    connect = sqlite3.connect

    def hasty(*arguments: object, **settings: object) -> sqlite3.Connection:
        connection: sqlite3.Connection = connect(*arguments, **settings)  # type: ignore[call-overload]
        connection.execute("PRAGMA synchronous = OFF")
        return connection

    sqlite3.connect = hasty  # type: ignore[assignment]


if __name__ == "__main__":
    flush_nothing()
    print(kill_everywhere(RUNS[sys.argv[1]], Path(sys.argv[2])))
