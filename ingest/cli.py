"""What both command lines share: exit codes, UTF-8 on every stream, and faults as a line on standard error."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence

from ingest.errors import MinutesError

FINE, FAILED, NOT_FOUND = 0, 1, 3  # 2, wrong usage, is argparse's own


def run(
    parser: argparse.ArgumentParser,
    arguments: Sequence[str] | None,
    *,
    complain: Callable[[str], None],
    stopped: str,
) -> int:
    """Run the command that `arguments` name and return the exit code; `complain` says what went wrong, and `stopped` is
    said when the user breaks it off. Wrong usage raises `SystemExit(2)`."""
    for stream in (sys.stdout, sys.stderr):
        if reconfigure := getattr(stream, "reconfigure", None):
            reconfigure(encoding="utf-8", errors="backslashreplace")
    options = parser.parse_args(arguments)
    command: Callable[[argparse.Namespace], int] = options.command
    try:
        code = command(options)
        sys.stdout.flush()
        return code
    except BrokenPipeError:  # whoever read stdout, such as `head`, has seen enough
        sys.stdout = None  # nothing is left to flush at exit
        return FINE
    except MinutesError as fault:
        complain(str(fault))
        return FAILED
    except KeyboardInterrupt:
        complain(stopped)
        return FAILED
