"""What the commands of `python -m ingest` share: which archive and model, progress, and how results are written."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.errors import EncoderUnavailable

if TYPE_CHECKING:
    from ingest.archive import Archive
    from ingest.encoders import Encoder
    from ingest.holdings import EncoderIdentity
    from ingest.pipeline import Progress
    from ingest.shapes import Shape


def archive_path(options: argparse.Namespace) -> Path:
    from ingest.archive import DEFAULT_PATH

    return Path(options.archive) if options.archive else DEFAULT_PATH


def usual_encoder(recorded: EncoderIdentity | None) -> Encoder | None:
    """The model that made the archive's vectors, else the bundled one; None, with a note, when it cannot be had."""
    from ingest.encoders import load

    try:
        # Not asked for by name, so nothing is fetched from the network.
        return load(recorded.name if recorded else None, may_download=False)
    except EncoderUnavailable as fault:
        complain(f"{fault}\nwithout it, documents are found by their words only; the next run adds what is missing")
        return None


@contextmanager
def progress() -> Iterator[Progress | None]:
    """A progress bar on stderr where that is a terminal; None elsewhere."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.markup import escape
    from rich.progress import Progress as Bar

    with Bar(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("")
        yield lambda done, total, source: bar.update(
            task, completed=done, total=total, description=escape(visible(Path(source).name))
        )


def write(options: argparse.Namespace, shape: Shape, lines: Sequence[str]) -> None:
    """The result on stdout: as JSON where asked for, else in lines for people."""
    if options.json:
        print(json.dumps(shape, ensure_ascii=False, indent=2))
        return
    for line in lines:
        print(visible(line))


def counted(number: int, noun: str) -> str:
    """The number with its noun: 1 item, 2 items."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def complain(message: str) -> None:
    for line in message.splitlines():
        print(f"ingest: {visible(line)}", file=sys.stderr)


def without_municipality(archive: Archive) -> str:
    """What to say of meetings that nobody can be asked about by municipality; "" when there are none."""
    count = sum(not meeting.municipality for meeting in archive.meetings())
    meetings = "1 meeting" if count == 1 else f"{count} meetings"
    return f"the municipality of {meetings} is unknown; name it with --municipality" if count else ""


def visible(line: str) -> str:
    """The line without control characters: titles and file names are data, not orders to a terminal."""
    return "".join(character if character.isprintable() else " " for character in line)
