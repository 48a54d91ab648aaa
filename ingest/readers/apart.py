"""Read a PDF in a process of its own, which may take only so long and so much memory.

A few kilobytes of PDF can keep a reader busy for years, or make it claim all memory (a drawing of ten drawings, each
of ten drawings …), and pdfium then ends the process it runs in. Here that ends the child, and the file is reported.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Any

from ingest.errors import Unreadable
from ingest.readers import extract
from ingest.readers.layout import Page

_CHILD = "import sys; sys.path[:] = sys.argv[2:]; from ingest.readers import apart; apart.serve(int(sys.argv[1]))"
_ADVICE = "print it to a new PDF and add that one"


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
    with tempfile.TemporaryFile() as source, tempfile.TemporaryFile() as complaints:
        source.write(content)
        source.seek(0)
        # No site and no environment: what can be imported is what can be imported here, and a start takes 50 ms less.
        command = [sys.executable, "-I", "-S", "-c", _CHILD, str(limits.memory), *sys.path]
        with subprocess.Popen(command, stdin=source, stdout=subprocess.PIPE, stderr=complaints) as child:
            watch = _Watch(child, limits)
            try:
                return tuple(_pages(child, watch, complaints, limits.pages))
            finally:
                child.kill()
                watch.end()


def serve(memory: int) -> None:
    """What the child does: the PDF on standard input → a line of JSON for each page, and one that says how it ended."""
    _limit(memory)
    try:
        for page in extract.read(sys.stdin.buffer.read()):
            _tell("page", page.text, page.has_picture)
        _tell("end")
    except Unreadable as fault:
        _tell("unreadable", str(fault))


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


def _pages(child: subprocess.Popen[bytes], watch: _Watch, complaints: IO[bytes], most: int) -> Iterator[Page]:
    """The child's answers as they come."""
    number = 0
    for kind, *said in _answers(child, watch):
        if kind == "end":
            return
        if kind == "unreadable":
            raise Unreadable(said[0])
        number += 1
        if number > most:
            raise Unreadable(f"the PDF has more than {most} pages; split it")
        yield Page(said[0], has_picture=said[1])
    if watch.ran_out:
        raise Unreadable(f"page {number + 1} of the PDF takes too long to read; {_ADVICE}")
    raise Unreadable(f"reading page {number + 1} of the PDF broke off ({_why(child, complaints)}); {_ADVICE}")


def _answers(child: subprocess.Popen[bytes], watch: _Watch) -> Iterator[list[Any]]:
    assert child.stdout is not None  # it was asked for as a pipe
    for line in child.stdout:
        watch.heard()
        if line.endswith(b"\n"):  # else it was cut off in the middle
            yield json.loads(line)


def _why(child: subprocess.Popen[bytes], complaints: IO[bytes]) -> str:
    """What the child left on standard error, or how it ended."""
    ended = child.wait()
    complaints.seek(0)
    lines = complaints.read().decode("utf-8", errors="replace").split("\n")
    return next((line.strip() for line in reversed(lines) if line.strip()), f"exit code {ended}")


class _Watch:
    """Ends a child that has been silent for too long, or has worked for too long in all."""

    def __init__(self, child: subprocess.Popen[bytes], limits: Limits) -> None:
        self.ran_out = False
        self._child, self._limits = child, limits
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
                self._child.kill()
                return
