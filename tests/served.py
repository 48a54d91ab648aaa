"""A Streamlit script served on a port of its own, as `streamlit run` serves it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Server:
    """Where it is reached ("http://127.0.0.1:PORT"), and its process."""

    home: str
    process: int

    def resident(self) -> float:
        """The memory it holds now, mapped files included, in MB. Linux only."""
        pages = int(Path(f"/proc/{self.process}/statm").read_text(encoding="ascii").split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / 1e6

    def open_files(self) -> int:
        """Files and sockets it holds open. Linux only."""
        return len(os.listdir(f"/proc/{self.process}/fd"))


@contextmanager
def served(archive: Path, script: str = "app.py", **settings: str) -> Iterator[Server]:
    """The script over an archive, until the block ends; `settings` are environment variables. Raises `TimeoutError`
    when it does not answer in 30 s."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", script, "--server.port", str(port)]
    environment = os.environ | {"PUNKTSVAR_ARCHIVE": str(archive)} | settings
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
    try:
        home = f"http://127.0.0.1:{port}"
        _await(f"{home}/_stcore/health")
        yield Server(home, process.pid)
    finally:
        process.terminate()
        process.wait()


def _await(address: str) -> None:
    for _ in range(120):
        try:
            urllib.request.urlopen(address).close()
            return
        except OSError:
            time.sleep(0.25)
    raise TimeoutError(f"{address} does not answer")
