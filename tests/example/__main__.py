"""Write the example municipality into a folder: `python -m tests.example FOLDER [--format NAME]…`."""

from __future__ import annotations

import argparse
from pathlib import Path

from tests.example import __doc__ as about
from tests.example import formats
from tests.example.houses import HOUSES


def main() -> None:
    """Write the formats asked for, or all of them, one folder each."""
    parser = argparse.ArgumentParser(prog="python -m tests.example", description=(about or "").split("\n", 1)[0])
    parser.add_argument("folder", type=Path, help="where to write; made if it is not there")
    parser.add_argument(
        "--format", action="append", choices=sorted(HOUSES), metavar="NAME", help=f"one of {', '.join(sorted(HOUSES))}"
    )
    options = parser.parse_args()
    written = formats.write(options.folder, options.format or sorted(HOUSES))
    print(f"{len(written)} files in {options.folder}")


if __name__ == "__main__":
    main()
