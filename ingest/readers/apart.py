"""Read PDFs in a process of its own, which may take only so long and so much memory.

A few kilobytes of PDF can keep a reader busy for years, or make it claim all memory (a drawing of ten drawings, each
of ten drawings …), and pdfium then ends the process it runs in. Here that ends the child, and the file is reported.
A child that has answered stays for the next file, since a start takes a tenth of a second; it ends with this process.
"""

from __future__ import annotations

import atexit
import json
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ingest.errors import Unreadable
from ingest.readers import extract
from ingest.readers.layout import Page

_CHILD = "import sys; sys.path[:] = sys.argv[2:]; from ingest.readers import apart; apart.serve(int(sys.argv[1]))"
_ADVICE = "print it to a new PDF and add that one"
_MOST_FILES = 500  # read by one child: then a new one, should something in it grow


@dataclass(frozen=True, slots=True)
class Limits:
    """What reading one file may take. A page takes 2 ms with pdfium and 10 to 100 ms with pypdf, in 100 MB."""

    page_seconds: float = 20.0
    file_seconds: float = 600.0
    memory: int = 2 << 30  # bytes; kept on Linux only
    pages: int = 20_000


LIMITS = Limits()


def read(content: bytes, *, limits: Limits = LIMITS) -> tuple[Page, ...]:
    """Every page of a PDF. Raises `Unreadable` when it is damaged, encrypted, or takes more than the limits."""
    child = _taken(limits.memory)
    try:
        pages = tuple(child.pages(content, limits))
    except BaseException:
        child.end()
        raise
    with _HANDS:
        _idle.append(child)
    return pages


# ── on this side ─────────────────────────────────────────────────────────────────────────────────────────────────────


class _Child:
    """A process that reads one file after another."""

    def __init__(self, memory: int) -> None:
        self.memory, self._files = memory, 0
        self._complaints = tempfile.TemporaryFile()  # noqa: SIM115 - closed by `end`
        # No site and no environment: what can be imported is what can be imported here, and the start is shorter.
        command = [sys.executable, "-I", "-S", "-c", _CHILD, str(memory), *sys.path]
        pipe = subprocess.PIPE
        self._process = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=self._complaints)
        self._asked: Any = self._process.stdin  # pipes, as asked for: never None
        self._answered: Any = self._process.stdout
        atexit.register(self.end)

    def is_well(self) -> bool:
        """True when it can read another file."""
        return self._process.poll() is None and self._files < _MOST_FILES

    def pages(self, content: bytes, limits: Limits) -> Iterator[Page]:
        """The pages as they come. After anything is raised, the child is of no more use."""
        number = 0
        watch = _Watch(self._process, limits)
        try:
            for kind, *said in self._answers(content, limits, watch):
                if kind == "end":
                    return
                if kind == "unreadable":
                    raise Unreadable(said[0])
                number += 1
                if number > limits.pages:
                    raise Unreadable(f"the PDF has more than {limits.pages} pages; split it")
                yield Page(said[0], has_picture=said[1])
        finally:
            watch.end()
        if watch.ran_out:
            raise Unreadable(f"page {number + 1} of the PDF takes too long to read; {_ADVICE}")
        raise Unreadable(f"reading page {number + 1} of the PDF broke off ({self._why()}); {_ADVICE}")

    def end(self) -> None:
        """End the process, whatever it does."""
        atexit.unregister(self.end)
        self._process.kill()
        self._process.communicate()
        self._complaints.close()

    def _answers(self, content: bytes, limits: Limits, watch: _Watch) -> Iterator[list[Any]]:
        self._files += 1
        try:
            self._asked.write(b"%d %d\n" % (len(content), limits.file_seconds))
            self._asked.write(content)
            self._asked.flush()
        except OSError:
            return  # it has ended, and why is found out by who waits for answers
        for line in self._answered:
            watch.heard()
            if line.endswith(b"\n"):  # else it was cut off in the middle
                yield json.loads(line)

    def _why(self) -> str:
        """What the child left on standard error, or how it ended."""
        ended = self._process.wait()
        self._complaints.seek(0)
        lines = self._complaints.read().decode("utf-8", errors="replace").split("\n")
        return next((line.strip() for line in reversed(lines) if line.strip()), f"exit code {ended}")


_HANDS = threading.Lock()
_idle: list[_Child] = []  # one for each thread that has read at the same time


def _taken(memory: int) -> _Child:
    with _HANDS:
        while _idle:
            child = _idle.pop()
            if child.memory == memory and child.is_well():
                return child
            child.end()
    return _Child(memory)


class _Watch:
    """Ends a child that has been silent for too long, or has worked for too long in all."""

    def __init__(self, process: subprocess.Popen[bytes], limits: Limits) -> None:
        self.ran_out = False
        self._process, self._limits = process, limits
        self._last = time.monotonic()
        self._is_over = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def heard(self) -> None:
        """The child has answered."""
        self._last = time.monotonic()

    def end(self) -> None:
        """Stop watching."""
        self._is_over.set()
        self._thread.join()

    def _look(self) -> None:
        latest = time.monotonic() + self._limits.file_seconds
        while not self._is_over.wait(min(0.2, self._limits.page_seconds)):
            if time.monotonic() > min(latest, self._last + self._limits.page_seconds):
                self.ran_out = True
                self._process.kill()
                return


# ── in the child ─────────────────────────────────────────────────────────────────────────────────────────────────────


def serve(memory: int) -> None:
    """PDFs on standard input, each after a line with its length and the seconds it may take → for each, a line of JSON
    a page, and one that says how it ended. Returns at the end of the input: when the process that asked is gone."""
    _limit(memory)
    source = sys.stdin.buffer
    while asked := source.readline().split():
        length, seconds = map(int, asked)
        _end_after(seconds)
        try:
            for page in extract.read(source.read(length)):
                _tell("page", page.text, page.has_picture)
            _tell("end")
        except Unreadable as fault:
            _tell("unreadable", str(fault))
        _end_after(0)


def _tell(*answer: str | bool) -> None:
    print(json.dumps(answer), flush=True)


def _limit(memory: int) -> None:
    """Bound this process' memory, and have it leave no core file behind."""
    if sys.platform == "linux":
        import resource

        hard = resource.getrlimit(resource.RLIMIT_AS)[1]
        most = memory if hard == resource.RLIM_INFINITY else min(memory, hard)
        resource.setrlimit(resource.RLIMIT_AS, (most, hard))
        resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))


def _end_after(seconds: int) -> None:
    """Have the system end this process then, should the one that watches it be gone; 0 calls it off."""
    if sys.platform != "win32":
        import signal

        signal.alarm(seconds)
