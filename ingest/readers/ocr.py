"""A scanned PDF → the same PDF with the letters found on its pictures as text, by ocrmypdf where it is installed."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from ingest.errors import Unreadable

LANGUAGES = "dan+eng"
SECONDS = 3600.0  # a page takes one to ten seconds


def searchable(content: bytes, *, seconds: float = SECONDS) -> bytes:
    """The PDF with text on its scanned pages; pages that have text are left as they are.

    Raises `Unreadable` when ocrmypdf is not installed, fails, or takes longer than `seconds`.
    """
    program = shutil.which("ocrmypdf")
    if program is None:
        raise Unreadable(
            "it takes ocrmypdf to read scanned pages, which is not installed; install it and Tesseract's Danish (dan)"
        )
    with tempfile.TemporaryDirectory() as folder:
        scanned, read = Path(folder) / "scanned.pdf", Path(folder) / "read.pdf"
        scanned.write_bytes(content)
        # Output as plain PDF: the default, PDF/A, takes Ghostscript, and serves archiving only.
        options = ("--language", LANGUAGES, "--skip-text", "--quiet", "--output-type", "pdf")
        code, said = _run([program, *options, str(scanned), str(read)], seconds)
        if code or not read.exists():
            lines = [line.strip() for line in said.splitlines() if line.strip()]
            raise Unreadable(
                f"ocrmypdf could not read the scanned pages ({lines[-1] if lines else f'exit code {code}'})"
            )
        return read.read_bytes()


def _run(command: list[str], seconds: float) -> tuple[int, str]:
    """The exit code and what was said. After `seconds` the program is ended, and all that it has started."""
    is_windows = sys.platform == "win32"
    with (
        tempfile.TemporaryFile() as output,
        subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=output, stderr=output, start_new_session=not is_windows
        ) as process,
    ):
        try:
            code = process.wait(seconds)
        except BaseException as fault:  # the keyboard's too: no program of ours is left running
            _end(process)
            if isinstance(fault, subprocess.TimeoutExpired):
                raise Unreadable(f"ocrmypdf has not read the scanned pages in {seconds:.0f} seconds") from fault
            raise
        output.seek(0)
        return code, output.read().decode("utf-8", errors="replace")


def _end(process: subprocess.Popen[bytes]) -> None:
    if sys.platform == "win32":
        process.kill()
    else:
        os.killpg(process.pid, signal.SIGKILL)
