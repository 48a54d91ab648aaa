"""`python -m ingest`: add minutes to the archive, look at what is in it, take something out, check it.

Exit codes: 0 fine, 1 something failed (said on stderr), 2 wrong usage, 3 nothing found. With `--json`, stdout holds
UTF-8 JSON and nothing else. Imports stand inside the functions, so that `--help` answers at once.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ingest import commands, console
from ingest.cli import FAILED, FINE, NOT_FOUND, run

if TYPE_CHECKING:
    from ingest.archive import Archive
    from ingest.holdings import Counts
    from ingest.model import Minutes
    from ingest.pipeline import Report


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code. Wrong usage raises `SystemExit(2)`."""
    return run(
        _parser(),
        arguments,
        complain=console.complain,
        stopped="stopped; what was written stays, run the same command again for the rest",
    )


def add(options: argparse.Namespace) -> int:
    """Bring the archive up to date with files and folders."""
    from ingest import shapes
    from ingest.archive import Archive
    from ingest.encoders import load
    from ingest.files import SUFFIXES, passed_over
    from ingest.pipeline import ingest
    from ingest.privacy import mask_cpr

    if not all(path.strip() for path in options.paths):
        _parser().error("a PATH is empty; give a file or folder")
    # A model asked for by name comes first: if it cannot be had, the archive stays as it is.
    named = load(options.model) if options.model else None
    with Archive.open(console.archive_path(options), create=True) as archive, console.progress() as progress:
        encoder = named or console.usual_encoder(archive.encoder())
        run = ingest(
            archive,
            options.paths,
            encoder=encoder,
            municipality=options.municipality,
            ocr=options.ocr,
            progress=progress,
        )
        unknown = console.without_municipality(archive)
    _report_failures(run)
    if unknown:
        console.complain(unknown)
    if skipped := passed_over(Path(path) for path in options.paths):
        example = mask_cpr(str(skipped[0]))
        console.complain(f"passed over {len(skipped)} of another form (save them as PDF), such as {example}")
    console.write(options, shapes.report(run), _report_lines(run))
    if run.added or run.updated or run.unchanged or run.failed:
        return FAILED if run.failed else FINE
    console.complain(f"{', '.join(options.paths)}: no minutes in there; they end in {', '.join(SUFFIXES)}")
    return NOT_FOUND


def parse(options: argparse.Namespace) -> int:
    """Show what is read in one file. Needs neither archive nor model."""
    from ingest import shapes
    from ingest.reading import parse as read

    _, held = read(Path(options.file), options.municipality)
    console.write(options, shapes.parsed(held), [line for minutes in held for line in _parsed_lines(minutes)])
    return FINE


def _parsed_lines(minutes: Minutes) -> Iterator[str]:
    yield f"{minutes.meeting.key}  {minutes.meeting.kind}"
    for item in minutes.items:
        outcomes = ", ".join(decision.outcome for decision in item.own_decisions)
        yield f"  {item.number:>4}  {item.title}" + (f"  [{outcomes}]" if outcomes else "")


def status(options: argparse.Namespace) -> int:
    """Show what the archive holds."""
    from ingest import shapes
    from ingest.archive import Archive

    with Archive.open(console.archive_path(options)) as archive:
        counts, encoder, documents = archive.counts(), archive.encoder(), archive.documents()
        shape = shapes.status(str(archive.path), counts, encoder, archive.meetings(), documents)
    lines = [
        f"{_holdings(counts)} in {archive.path}",
        console.counted(counts.vectors, "vector") + (f" made by {encoder.name}" if encoder else ""),
        *(f"{each.state:<10}  {each.source}  {each.reason or each.meeting}" for each in documents),
    ]
    console.write(options, shape, lines)
    return FINE


def remove(options: argparse.Namespace) -> int:
    """Take documents out of the archive, by file or by the key of their meeting; the files themselves stay."""
    from ingest import pipeline, shapes
    from ingest.archive import Archive

    with Archive.open(console.archive_path(options)) as archive:
        recorded = archive.encoder()  # asked before the last of its vectors may go
        gone = {name: pipeline.remove(archive, name) for name in dict.fromkeys(options.names)}
        restored = (
            pipeline.ingest(archive, (), encoder=console.usual_encoder(recorded)) if _is_waiting(archive) else None
        )
        counts = archive.counts()
    for name in (name for name, sources in gone.items() if not sources):
        console.complain(f"{name}: nothing by this name in the archive; `status` lists sources and keys")
    if restored:
        _report_failures(restored)
    sources = [source for each in gone.values() for source in each]
    again = [*restored.added, *restored.updated] if restored else []
    lines = [*(f"removed {source}" for source in sources), *(f"read again {source}" for source in again)]
    console.write(options, shapes.removed(sources, again, counts), lines)
    return FINE if all(gone.values()) else NOT_FOUND


def check(options: argparse.Namespace) -> int:
    """Look the archive over: spans in range, sections without gaps, words and vectors there."""
    from ingest import shapes
    from ingest.archive import Archive

    with Archive.open(console.archive_path(options)) as archive:
        problems = archive.check()
    for problem in problems:
        console.complain(problem)
    console.write(options, shapes.checked(problems), [] if problems else ["the archive is intact"])
    return FAILED if problems else FINE


def _parser() -> argparse.ArgumentParser:
    shared = argparse.ArgumentParser(add_help=False)
    # Before or after the command; SUPPRESS, so that the command's own default does not undo what stood before it.
    for parser, default in ((shared, argparse.SUPPRESS), (top := _top_parser(), None)):
        parser.add_argument("--archive", metavar="FILE", default=default, help="the archive (default: data/archive.db)")
    commands = top.add_subparsers(required=True)
    for command, operands in COMMANDS:
        summary = (command.__doc__ or "").splitlines()[0]
        each = commands.add_parser(command.__name__, parents=[shared], help=summary, description=summary)
        for name, settings in operands:
            each.add_argument(name, **settings)
        each.add_argument("--json", action="store_true", help="write JSON on stdout and nothing else")
        each.set_defaults(command=command)
    return top


def _top_parser() -> argparse.ArgumentParser:
    return argparse.ArgumentParser(prog="python -m ingest", description="Read municipal minutes into the archive.")


MUNICIPALITY = ("--municipality", {"metavar": "NAME", "help": "whose minutes these are, where they do not say"})

MODEL = ("--model", {"metavar": "NAME", "help": "embedding model by name or folder (default: the archive's own)"})

# Each command with its own operands and options.
COMMANDS: tuple[tuple[Callable[[argparse.Namespace], int], tuple[tuple[str, dict[str, Any]], ...]], ...] = (
    (
        add,
        (
            ("paths", {"metavar": "PATH", "nargs": "+", "help": "files, or folders to look through"}),
            MUNICIPALITY,
            MODEL,
            ("--ocr", {"action": "store_true", "help": "read scanned pages with ocrmypdf, where it is installed"}),
        ),
    ),
    (parse, (("file", {"metavar": "FILE"}), MUNICIPALITY)),
    (status, ()),
    (
        commands.sync,
        (
            ("address", {"metavar": "ADDRESS", "help": "the site, such as https://dagsordener.example.dk"}),
            (
                "--since",
                {"metavar": "DATE", "type": commands.day, "help": "only meetings from this day (YYYY-MM-DD) on"},
            ),
            (
                "--committee",
                {
                    "metavar": "NAME",
                    "type": commands.committee,
                    "action": "append",
                    "default": [],
                    "help": "only committees so named (repeat)",
                },
            ),
            ("--attachments", {"action": "store_true", "help": "read the text of attachments, too"}),
            MUNICIPALITY,
            MODEL,
            (
                "--rate",
                {
                    "metavar": "N",
                    "type": commands.rate,
                    "default": 2.0,
                    "help": "requests a second at most (default: 2)",
                },
            ),
            (
                "--contact",
                {"metavar": "WHO", "default": "", "help": "whom the site can write to, told with each request"},
            ),
        ),
    ),
    (commands.coverage, ()),
    (commands.reembed, (("--model", {"metavar": "NAME", "help": "by name or folder (default: the bundled one)"}),)),
    (commands.history, (("key", {"metavar": "KEY", "help": "the meeting's key"}),)),
    (remove, (("names", {"metavar": "SOURCE|KEY", "nargs": "+", "help": "files or keys of meetings"}),)),
    (check, ()),
)


def _is_waiting(archive: Archive) -> bool:
    from ingest.precedence import unsettled

    return next(unsettled(archive), None) is not None


def _report_failures(run: Report) -> None:
    for reason in (*(reason for _, reason in run.failed), *run.notes):
        console.complain(reason)


def _report_lines(run: Report) -> list[str]:
    changes = ((run.added, "added"), (run.updated, "updated"), (run.unchanged, "unchanged"))
    return [
        *(f"{word:<9}  {source}" for sources, word in changes for source in sources),
        f"{len(run.added)} added, {len(run.updated)} updated, {len(run.unchanged)} unchanged, {len(run.failed)} failed",
        f"the archive holds {_holdings(run)}",
    ]


def _holdings(held: Counts | Report) -> str:
    parts = ((held.meetings, "meeting"), (held.items, "item"), (held.passages, "passage"))
    return ", ".join(console.counted(number, noun) for number, noun in parts)


if __name__ == "__main__":
    sys.exit(main())
