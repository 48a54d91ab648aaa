"""What editors may have done to an archive, and that nobody else may."""

from __future__ import annotations

import io
import time
import zipfile
from pathlib import Path

import pytest
from kildemose import LIBRARY, THEATRE, dagsorden, referat
from publication_site import Fault, invented, serving

from ingest.archive import Archive
from ingest.errors import SyncFailed
from ingest.holdings import DocumentState
from ingest.jobs import Job, JobState, Queue
from ingest.uploads import Refusal, folder_of
from qa.access import NotAllowed, Role
from qa.desk import Desk, HandedIn
from qa.settings import Settings

LONG = 60.0  # seconds that no job here should take
MINUTES = referat(THEATRE).encode()


class House:
    """An archive with its queue."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "data" / "archive.db"
        self.path.parent.mkdir()
        self.queue = Queue()

    def desk(self, role: Role = Role.EDITOR, **settings: object) -> Desk:
        return Desk(self.queue, self.path, role, Settings(editing=True, **settings))  # type: ignore[arg-type]

    def done(self, job: int | None) -> Job:
        assert job is not None
        ended = self.queue.wait(job, LONG)
        assert ended.is_over
        return ended

    def hand_in(self, **files: bytes) -> Job:
        given = [HandedIn(name.replace("_", "."), content) for name, content in files.items()]
        return self.done(self.desk().upload(given).job)

    def states(self) -> dict[str, str]:
        with Archive.open(self.path) as archive:
            assert archive.check() == []
            return {each.source.rpartition("/")[2]: str(each.state) for each in archive.documents()}


@pytest.fixture
def house(tmp_path):
    made = House(tmp_path)
    yield made
    made.queue.close()


# ── who may ──────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("role", [Role.NOBODY, Role.READER])
def test_nothing_is_done_for_who_is_no_editor(house, role):
    house.hand_in(a_txt=MINUTES)
    desk, before = house.desk(role), house.states()
    wishes = [
        lambda: desk.jobs(),
        lambda: desk.upload([HandedIn("b.txt", referat(LIBRARY).encode())]),
        lambda: desk.retry(),
        lambda: desk.sync("https://dagsordener.example.dk"),
        lambda: desk.removal("data/archive.uploads/a.txt"),
        lambda: desk.remove("data/archive.uploads/a.txt"),
        lambda: desk.cancel(1),
        lambda: desk.dismiss(1),
    ]
    for wish in wishes:
        with pytest.raises(NotAllowed):
            wish()
    assert not desk.is_open
    assert (house.states(), len(house.queue.jobs())) == (before, 1)
    assert [each.name for each in folder_of(house.path).iterdir()] == ["a.txt"]


# ── handing in ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_first_file_makes_the_archive_and_is_found_from_anywhere(house, tmp_path, monkeypatch):
    job = house.hand_in(a_txt=MINUTES)
    assert (job.state, job.outcome.loaded, job.subject) == (JobState.DONE, ("data/archive.uploads/a.txt",), "a.txt")
    monkeypatch.chdir("/")
    again = house.hand_in(a_txt=MINUTES)
    assert again.outcome.unchanged == ("data/archive.uploads/a.txt",)
    assert house.states() == {"a.txt": "loaded"}


def test_of_many_files_the_bad_ones_are_named_with_their_reasons_and_the_rest_goes_on(house):
    zipped = io.BytesIO()
    with zipfile.ZipFile(zipped, "w") as archive:
        archive.writestr("a.txt", "hej")
    receipt = house.desk(upload_limit=100_000).upload(
        [
            HandedIn("zip.pdf", zipped.getvalue()),
            HandedIn("tom.txt", b""),
            HandedIn("stor.txt", b"x" * 100_001),
            HandedIn("<script>.txt", b"Kaere dagbog"),
            HandedIn("a.txt", MINUTES),
        ]
    )
    job = house.done(receipt.job)

    assert [(each.name, each.why) for each in receipt.refused] == [
        ("zip.pdf", Refusal.UNKNOWN_FORMAT),
        ("tom.txt", Refusal.EMPTY),
        ("stor.txt", Refusal.TOO_LARGE),
    ]
    assert job.outcome.loaded == ("data/archive.uploads/a.txt",)
    ((source, reason),) = job.outcome.failed
    assert source == "data/archive.uploads/_script_.txt"
    assert "no agenda item was recognised" in reason
    assert house.states() == {"_script_.txt": "failed", "a.txt": "loaded"}


def test_files_that_are_all_refused_start_no_job(house):
    receipt = house.desk().upload([HandedIn("tom.pdf", b"")])
    assert (receipt.job, receipt.kept, house.queue.jobs()) == (None, (), ())
    assert not house.path.exists()


def test_what_failed_is_tried_again(house):
    house.hand_in(a_txt=b"Kaere dagbog")
    (folder_of(house.path) / "a.txt").write_bytes(MINUTES)
    assert house.done(house.desk().retry("data/archive.uploads/a.txt")).outcome.loaded
    assert house.states() == {"a.txt": "loaded"}
    assert house.desk().retry() is None
    assert house.desk().retry("data/archive.uploads/a.txt") is None  # it has not failed


# ── removal ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_before_something_is_removed_all_that_goes_is_named(house):
    house.hand_in(agenda_txt=dagsorden(THEATRE).encode())
    house.hand_in(minutes_txt=MINUTES)
    folder = "data/archive.uploads"

    going = house.desk().removal(f"{folder}/minutes.txt")
    assert (going.sources, going.kept) == ((f"{folder}/minutes.txt",), (f"{folder}/minutes.txt",))
    assert (going.items, going.versions, going.comes_back) == (1, 1, (f"{folder}/agenda.txt",))
    whole = house.desk().removal(going.meetings[0])
    assert sorted(whole.kept) == [f"{folder}/agenda.txt", f"{folder}/minutes.txt"]
    assert whole.comes_back == ()
    assert house.desk().removal("nothing.txt") is None


def test_a_removed_file_is_gone_and_what_stood_behind_it_stands_again(house):
    house.hand_in(agenda_txt=dagsorden(THEATRE).encode())
    house.hand_in(minutes_txt=MINUTES)
    job = house.done(house.desk().remove("data/archive.uploads/minutes.txt"))

    assert job.outcome.removed == ("data/archive.uploads/minutes.txt",)
    assert house.states() == {"agenda.txt": "loaded"}
    assert [each.name for each in folder_of(house.path).iterdir()] == ["agenda.txt"]


def test_a_removed_meeting_takes_all_its_files_but_no_file_of_somebody_elses(house, tmp_path):
    mine = tmp_path / "mine.txt"
    mine.write_bytes(MINUTES)
    with Archive.open(house.path, create=True) as archive:
        from ingest.pipeline import ingest

        ingest(archive, [mine], encoder=None)
        (meeting,) = archive.meetings()
    assert house.desk().removal(meeting.key).kept == ()
    assert house.done(house.desk().remove(meeting.key)).outcome.removed == (str(mine),)
    assert (house.states(), mine.exists()) == ({}, True)


# ── a site ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_site_is_synced_and_what_failed_is_told(house):
    with serving() as site:
        site.publish(invented(4))
        broken = next(iter(site.meetings))
        site.broken[f"/api/agenda/dagsorden/{broken}"] = Fault.NOT_FOUND
        job = house.done(house.desk().sync(site.base, municipality="Kildemose"))
        assert (job.state, job.subject, len(job.outcome.loaded)) == (JobState.DONE, site.base, 3)
        ((address, reason),) = job.outcome.failed
        assert broken in address
        assert "HTTP 404" in reason
    assert list(house.states().values()) == ["loaded"] * 3


def test_a_sync_that_is_stopped_leaves_what_it_had_and_goes_on_from_there(house):
    with serving() as site:
        site.publish(invented(12))
        desk = house.desk()
        number = desk.sync(site.base, municipality="Kildemose")
        end = time.monotonic() + LONG
        while not 2 <= desk.jobs()[0].done < 12:
            assert time.monotonic() < end
            time.sleep(0.02)
        begun = time.monotonic()
        desk.cancel(number)
        stopped = house.done(number)
        assert time.monotonic() - begun < 5
        assert (stopped.state, stopped.total) == (JobState.CANCELLED, 12)
        had = house.states()
        assert 0 < len(had) < 12
        assert set(had.values()) == {str(DocumentState.LOADED)}

        fetched = len(site.requests)
        again = house.done(desk.sync(site.base, municipality="Kildemose"))
        assert len(again.outcome.loaded) == 12 - len(had)
        assert len(site.requests) - fetched <= 1 + 12 - len(had)
    assert len(house.states()) == 12


def test_a_site_that_is_none_is_said_to_be_none_and_leaves_no_archive(house):
    with pytest.raises(SyncFailed, match="no address of a site"):
        house.desk().sync("file:///etc/passwd")
    with serving() as site:
        site.broken["/api/agenda/udvalgsliste"] = Fault.NOT_FOUND
        job = house.done(house.desk().sync(site.base))
    assert job.state is JobState.FAILED
    assert "HTTP 404" in job.fault
    assert not house.path.exists()


def test_asking_goes_on_while_a_job_reads(house):
    from datetime import date

    from qa.assistant import Assistant

    house.hand_in(a_txt=MINUTES)
    with serving() as site, Assistant.open(house.path) as assistant:
        site.publish(invented(8))
        number = house.desk().sync(site.base, municipality="Kildemose")
        slowest = 0.0
        while not house.queue.wait(number, 0).is_over:
            begun = time.perf_counter()
            assert assistant.ask("Hvad blev besluttet om teaterforeningen?", today=date(2026, 5, 1)).is_answered
            slowest = max(slowest, time.perf_counter() - begun)
        assert slowest < 3
