"""Work on an archive → done in the background, one piece at a time, while people go on asking.

A queue has one thread, so that an archive is written by one at a time. What a job does is known by a `Job`, a picture
of it that can be looked at from any thread and as often as wanted; jobs belong to the process, not to who asked.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum

from ingest.errors import MinutesError

_KEPT = 20  # ended jobs that are remembered
_WAITING = 50  # jobs in the queue at most


class JobKind(StrEnum):
    """What a job does."""

    UPLOAD = "upload"
    RETRY = "retry"
    SYNC = "sync"
    REMOVE = "remove"


class JobState(StrEnum):
    """Where a job is."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a job came to, by source: what went into the archive, needed nothing, went out of it, or could not be read
    and why. `left` were not tried, because a site stopped answering."""

    loaded: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    failed: tuple[tuple[str, str], ...] = ()
    left: int = 0


@dataclass(frozen=True, slots=True)
class Job:
    """A job as it stands. `subject` is what it is about: a file's name, a site's address. `total` is None until known;
    `outcome` is there once it is done. `fault` says why it failed: in words of ours, or "" when it was nothing foreseen
    (the log has it then)."""

    id: int
    kind: JobKind
    subject: str
    state: JobState = JobState.WAITING
    done: int = 0
    total: int | None = None
    is_stopping: bool = False
    outcome: Outcome | None = None
    fault: str = ""

    @property
    def is_over(self) -> bool:
        """True once nothing more will happen."""
        return self.state in (JobState.DONE, JobState.FAILED, JobState.CANCELLED)


class Cancelled(BaseException):
    """The job was cancelled. Like a cancelled task it passes by whoever catches faults."""


class QueueFull(MinutesError):
    """More jobs wait than anybody would have meant to start."""


class Control:
    """A job's way to tell how far it is, and to hear that it is to stop."""

    def __init__(self, tell: Callable[[int, int | None], None]) -> None:
        self._tell = tell
        self._stop = threading.Event()

    def stop(self) -> None:
        """Ask the job to stop; it does at its next `check`, `tell` or `sleep`."""
        self._stop.set()

    def check(self) -> None:
        """Raises `Cancelled` when the job is to stop."""
        if self._stop.is_set():
            raise Cancelled

    def tell(self, done: int, total: int | None) -> None:
        """Say how much is done, of how much. Raises `Cancelled` when the job is to stop."""
        self._tell(done, total)
        self.check()

    def sleep(self, seconds: float) -> None:
        """Wait. Raises `Cancelled`, at once, when the job is to stop."""
        self._stop.wait(seconds)
        self.check()


Work = Callable[[Control], Outcome]


class Queue:
    """Jobs, done one after the other by a thread that lives while there are any. Safe to share between threads."""

    def __init__(self) -> None:
        self._change = threading.Condition()
        self._jobs: dict[int, Job] = {}
        self._work: dict[int, tuple[Work, Control]] = {}  # of jobs that are not over
        self._thread: threading.Thread | None = None
        self._last = 0

    def submit(self, kind: JobKind, subject: str, work: Work) -> int:
        """Put a job at the end of the queue; returns its id. Raises `QueueFull`."""
        with self._change:
            if len(self._work) >= _WAITING:
                raise QueueFull(f"{len(self._work)} jobs wait already; let some of them end first")
            self._last += 1
            number = self._last
            self._jobs[number] = Job(number, kind, subject)
            self._work[number] = (work, Control(lambda done, total: self._set(number, done=done, total=total)))
            if self._thread is None:
                # A daemon: the archive stands any end, so nobody who stops the program has to wait for a job.
                self._thread = threading.Thread(target=self._run, name="punktsvar-jobs", daemon=True)
                self._thread.start()
            return number

    def jobs(self) -> tuple[Job, ...]:
        """The jobs that wait or run, and those that ended last; newest first."""
        with self._change:
            return tuple(reversed(self._jobs.values()))

    def cancel(self, number: int) -> None:
        """Take a waiting job out of the queue, or ask a running one to stop. Nothing for one that is over."""
        with self._change:
            job = self._jobs.get(number)
            if job is None or job.is_over:
                return
            self._work[number][1].stop()
            if job.state is JobState.WAITING:
                self._end(number, state=JobState.CANCELLED)
            else:
                self._set(number, is_stopping=True)

    def dismiss(self, number: int) -> None:
        """Forget a job that is over."""
        with self._change:
            if number in self._jobs and self._jobs[number].is_over:
                del self._jobs[number]

    def close(self) -> None:
        """Ask every job to stop."""
        for job in self.jobs():
            self.cancel(job.id)

    def wait(self, number: int, seconds: float) -> Job:
        """The job once it is over, or as it stands after so many seconds."""
        with self._change:
            self._change.wait_for(lambda: self._jobs[number].is_over, timeout=seconds)
            return self._jobs[number]

    def _run(self) -> None:
        while (number := self._next()) is not None:
            work, control = self._work[number]
            try:
                outcome = work(control)
            except Cancelled:
                self._end(number, state=JobState.CANCELLED)
            except MinutesError as fault:
                self._end(number, state=JobState.FAILED, fault=str(fault))
            except BaseException:  # whatever it is, the thread lives on, and the terminal has the rest
                logging.getLogger("punktsvar").exception("job %d broke off", number)
                self._end(number, state=JobState.FAILED)
            else:
                self._end(number, state=JobState.DONE, outcome=outcome)

    def _next(self) -> int | None:
        """The oldest job that waits, now running; None, and the thread may end, when there is none."""
        with self._change:
            number = next((each for each in self._work if self._jobs[each].state is JobState.WAITING), None)
            if number is None:
                self._thread = None
            else:
                self._set(number, state=JobState.RUNNING)
            return number

    def _set(self, number: int, **changes: object) -> None:
        with self._change:
            self._jobs[number] = replace(self._jobs[number], **changes)  # type: ignore[arg-type]

    def _end(self, number: int, **changes: object) -> None:
        with self._change:
            self._set(number, is_stopping=False, **changes)
            self._work.pop(number, None)
            for old in [job.id for job in self._jobs.values() if job.is_over][:-_KEPT]:
                del self._jobs[old]
            self._change.notify_all()
