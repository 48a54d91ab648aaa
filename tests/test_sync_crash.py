"""Killed at any moment and run again, a sync leaves the same store as one that ran through.

A child process forks itself once for each file that a sync opens, makes or renames in its store. The fork ends without
clean-up, as by `kill -9`, just before that; the sync is then run again. In a second test the site itself kills the
process while it waits for an answer.
"""

from __future__ import annotations

import itertools
import json
import os
import signal
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from publication_site import LIST, PDF, Site, agenda, invented, listed, serving

from ingest.model import MeetingKind
from ingest.patience import Manners
from ingest.publication import Publication
from ingest.raw import RawStore
from ingest.sync import sync
from ingest.web import Answer, Web

MEETINGS = invented(2, attachments=1)
SITE = "https://dagsordener.example.dk"
CHANGES = {"open", "os.mkdir", "os.rename", "os.remove"}  # as Python's audit events call them


class Witness:
    """Writes down what was fetched and taken where a killed process cannot take it along."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def note(self, what: str, address: str) -> None:
        with self.path.open("a", encoding="utf-8") as file:
            file.write(f"{what} {address}\n")

    def count(self, what: str) -> Counter[str]:
        lines = self.path.read_text(encoding="utf-8").splitlines() if self.path.exists() else []
        return Counter(line.partition(" ")[2] for line in lines if line.startswith(f"{what} "))


def run(folder: Path, witness: Witness, *, attachments: bool = True) -> None:
    """One sync of two meetings with an attachment each, from a site that is a function."""
    store = RawStore(folder)

    def fetch(address: str) -> Answer:
        witness.note("fetched", address)
        return Answer(address, "", content_of(address))

    def take(address: str, kind: MeetingKind) -> bool:
        is_complete = len(store.addresses(address)) == 2
        witness.note("taken-whole" if is_complete else "taken", address)
        return True

    sync(Publication(SITE, fetch), store, take=take, attachments=attachments)


def content_of(address: str) -> bytes:
    if address.endswith(LIST):
        return json.dumps(listed(MEETINGS)).encode()
    if "/bilag/" in address:
        return PDF + address.encode()
    (meeting,) = (meeting for meeting in MEETINGS if address.endswith(meeting.path))
    return json.dumps(agenda(meeting)).encode()


def content(folder: Path) -> dict[str, Any]:
    store = RawStore(folder)
    return {address: (store.find(address), store.read(address)) for address in store.addresses()}


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@pytest.mark.parametrize("before", ["nothing", "meetings"])
def test_a_sync_killed_at_any_step_and_run_again_equals_one_that_ran_through(tmp_path, before):
    command = [sys.executable, __file__, str(tmp_path), "killed everywhere", before]
    child = subprocess.run(command, env=environment(), capture_output=True, text=True, check=False)
    assert child.returncode == 0, child.stderr
    assert int(child.stdout) > 20


def kill_everywhere(folder: Path, before: str) -> int:
    """Run it through, then once for each step with a kill there; returns the number of kills. There is `before` in the
    store: nothing, or the meetings without their attachments."""
    prepare(folder / "clean", before)
    run(folder / "clean", Witness(folder / "clean.log"))
    expected = content(folder / "clean")
    assert len(expected) == 4
    for number in itertools.count(1):
        killed, witness = folder / f"killed-{number}", Witness(folder / f"killed-{number}.log")
        prepare(killed, before)
        if survives(killed, witness, killed_at=number):
            return number - 1
        fetched_before = witness.count("fetched")
        run(killed, witness)
        assert content(killed) == expected, f"killed at step {number}"
        assert set(witness.count("taken-whole")) == {SITE + meeting.path for meeting in MEETINGS}, f"step {number}"
        twice = {address for address in fetched_before if witness.count("fetched")[address] > 1} - {SITE + LIST}
        assert len(twice) <= 1, f"killed at step {number}: only what was under way is fetched again"
    raise AssertionError("unreachable")


def prepare(folder: Path, before: str) -> None:
    if before == "meetings":
        run(folder, Witness(folder.with_suffix(".before.log")), attachments=False)


def survives(folder: Path, witness: Witness, *, killed_at: int) -> bool:
    """Sync in a fork that dies at the n-th step; True when there are not that many."""
    child = os.fork()
    if child == 0:
        dies_at(killed_at, folder)
        run(folder, witness)
        os._exit(0)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert code in (0, 9), f"the fork ended with {code} before step {killed_at}"
    return code == 0


def dies_at(number: int, folder: Path) -> None:
    """From now on this process ends at its n-th step in the folder."""
    steps = itertools.count(1)

    def watch(event: str, arguments: tuple[Any, ...]) -> None:
        if event in CHANGES and str(arguments[0]).startswith(f"{folder}{os.sep}") and next(steps) == number:
            os._exit(9)

    sys.addaudithook(watch)


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs SIGKILL")
def test_a_sync_killed_while_it_waits_for_an_answer_goes_on_there(tmp_path):
    meetings = invented(6)
    witness = Witness(tmp_path / "log")
    with serving(meetings) as site:
        for killed_at in (meetings[0], meetings[3]):
            assert sync_in_a_process(site, tmp_path, killed_at=killed_at.path) == -signal.SIGKILL
        assert sync_in_a_process(site, tmp_path) == 0
    assert witness.count("taken") == Counter({site.base + meeting.path: 1 for meeting in meetings})
    # Those at which it was killed were asked for twice, all others once, and the list each time.
    twice = {meetings[number].path: 2 for number in (0, 3)}
    assert Counter(site.requests) == Counter({LIST: 3} | {meeting.path: 1 for meeting in meetings} | twice)


def sync_in_a_process(site: Site, folder: Path, killed_at: str = "") -> int:
    """The exit code of a sync in a process of its own, which the site kills when it is asked for a path."""
    with subprocess.Popen(
        [sys.executable, __file__, str(folder), "from a site", site.base], env=environment()
    ) as child:
        site.before[killed_at] = child.kill
        code = child.wait()
    site.before.clear()
    return code


def environment() -> dict[str, str]:
    tests = Path(__file__).parent
    return {**os.environ, "PYTHONPATH": os.pathsep.join([str(tests.parent), str(tests)])}


def sync_from(base: str, folder: Path) -> None:
    witness = Witness(folder / "log")

    def take(address: str, kind: MeetingKind) -> bool:
        witness.note("taken", address)
        return True

    with Web(Manners(per_second=1e6)) as web:
        sync(Publication(base, web.fetch), RawStore(folder / "raw"), take=take)


if __name__ == "__main__":
    folder, what, how = Path(sys.argv[1]), *sys.argv[2:]
    if what == "killed everywhere":
        print(kill_everywhere(folder, how))
    else:
        sync_from(how, folder)
