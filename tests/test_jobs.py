"""The queue of jobs: one at a time, looked at from anywhere, cancelled, and never brought down by a fault."""

from __future__ import annotations

import threading
import time

import pytest

from ingest.errors import Unreadable
from ingest.jobs import Control, JobKind, JobState, Outcome, Queue, QueueFull

LONG = 10.0  # seconds that no test should take


@pytest.fixture
def queue():
    made = Queue()
    yield made
    made.close()


def nothing(control: Control) -> Outcome:
    return Outcome()


def until_stopped(control: Control) -> Outcome:
    for done in range(10_000):
        control.tell(done, 10_000)
        control.sleep(0.01)
    return Outcome()


def until(holds, seconds: float = LONG) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.005)


def test_jobs_are_done_one_at_a_time_in_the_order_they_came(queue):
    running, most, order = [], [], []

    def work(name: str):
        def each(control: Control) -> Outcome:
            running.append(name)
            most.append(len(running))
            time.sleep(0.02)
            running.remove(name)
            order.append(name)
            return Outcome(loaded=(name,))

        return each

    jobs = [queue.submit(JobKind.UPLOAD, name, work(name)) for name in "abc"]
    ended = [queue.wait(each, LONG) for each in jobs]

    assert (order, max(most)) == (["a", "b", "c"], 1)
    assert [(job.state, job.outcome) for job in ended] == [(JobState.DONE, Outcome(loaded=(name,))) for name in "abc"]
    assert [job.subject for job in queue.jobs()] == ["c", "b", "a"]


def test_how_far_a_job_is_can_be_seen_while_it_runs_and_it_can_be_stopped(queue):
    number = queue.submit(JobKind.SYNC, "site", until_stopped)
    until(lambda: queue.jobs()[0].done > 3)
    job = queue.jobs()[0]
    assert (job.state, job.total, job.outcome) == (JobState.RUNNING, 10_000, None)
    queue.cancel(number)
    job = queue.wait(number, LONG)
    assert (job.state, job.is_stopping, job.fault) == (JobState.CANCELLED, False, "")


def test_a_long_wait_is_broken_off_at_once(queue):
    number = queue.submit(JobKind.SYNC, "site", lambda control: [control.sleep(3600), Outcome()][1])
    until(lambda: queue.jobs()[0].state is JobState.RUNNING)
    begun = time.monotonic()
    queue.cancel(number)
    assert queue.wait(number, LONG).state is JobState.CANCELLED
    assert time.monotonic() - begun < 1


def test_a_job_that_waits_is_taken_out_without_a_start(queue):
    gate, begun = threading.Event(), []
    first = queue.submit(JobKind.SYNC, "first", lambda control: [gate.wait(LONG), Outcome()][1])
    second = queue.submit(JobKind.SYNC, "second", lambda control: [begun.append(1), Outcome()][1])
    queue.cancel(second)
    gate.set()
    assert queue.wait(first, LONG).state is JobState.DONE
    assert (queue.wait(second, LONG).state, begun) == (JobState.CANCELLED, [])


def test_a_fault_of_ours_is_told_in_its_words_and_the_next_job_runs(queue):
    def bad(control: Control) -> Outcome:
        raise Unreadable("minutes.pdf: the file is empty")

    first, second = queue.submit(JobKind.UPLOAD, "minutes.pdf", bad), queue.submit(JobKind.UPLOAD, "b", nothing)
    job = queue.wait(first, LONG)
    assert (job.state, job.fault) == (JobState.FAILED, "minutes.pdf: the file is empty")
    assert queue.wait(second, LONG).state is JobState.DONE


def test_a_crash_is_told_without_its_trace_which_goes_to_the_log(queue, caplog):
    def crash(control: Control) -> Outcome:
        raise ZeroDivisionError("secret of the works")

    job = queue.wait(queue.submit(JobKind.UPLOAD, "a", crash), LONG)
    assert (job.state, job.fault) == (JobState.FAILED, "")
    assert "ZeroDivisionError" in caplog.text
    assert queue.wait(queue.submit(JobKind.UPLOAD, "b", nothing), LONG).state is JobState.DONE


def test_the_thread_ends_when_there_is_nothing_to_do_and_another_one_begins(queue):
    queue.wait(queue.submit(JobKind.UPLOAD, "a", nothing), LONG)
    until(lambda: not [each for each in threading.enumerate() if each.name == "punktsvar-jobs"])
    assert queue.wait(queue.submit(JobKind.UPLOAD, "b", nothing), LONG).state is JobState.DONE


def test_ended_jobs_are_forgotten_when_asked_and_when_there_are_many(queue):
    last = [queue.submit(JobKind.UPLOAD, str(each), nothing) for each in range(40)][-1]
    queue.wait(last, LONG)
    assert len(queue.jobs()) == 20
    queue.dismiss(last)
    assert last not in [job.id for job in queue.jobs()]


def test_nobody_can_put_more_in_the_queue_than_anybody_would_mean_to(queue):
    for each in range(50):
        queue.submit(JobKind.SYNC, str(each), until_stopped)
    with pytest.raises(QueueFull, match="50 jobs wait"):
        queue.submit(JobKind.UPLOAD, "one more", nothing)
