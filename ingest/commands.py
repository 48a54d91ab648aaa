"""Commands of `python -m ingest` about a publication site, and about what an archive covers and held before."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING

from ingest import console
from ingest.cli import FAILED, FINE, NOT_FOUND

if TYPE_CHECKING:
    from ingest.coverage import CommitteeCoverage, Gap
    from ingest.holdings import DocumentRecord
    from ingest.pipeline import Report
    from ingest.sync_run import Advance, Progress, SyncReport


def sync(options: argparse.Namespace) -> int:
    """Fetch what a FirstAgenda publication site has published anew, and bring the archive up to date with it."""
    from ingest import shapes, site_sync
    from ingest.archive import Archive
    from ingest.encoders import load
    from ingest.patience import Manners
    from ingest.publication import Publication
    from ingest.web import Web

    named = load(options.model) if options.model else None
    scope = site_sync.Scope(options.since, options.committee, options.attachments, options.municipality or None)
    with Web(Manners(per_second=options.rate, contact=options.contact)) as web:
        publication = Publication(options.address, web.fetch)
        listing = publication.listing()  # first: a mistyped address leaves no empty archive behind
        with Archive.open(console.archive_path(options), create=True) as archive, _sync_progress() as progress:
            encoder = named or console.usual_encoder(archive.encoder())
            synced = site_sync.bring(archive, publication, listing, encoder, scope, progress=progress)
            unknown = console.without_municipality(archive)
    done, run = synced.site, synced.run
    for address, reason in done.failed:
        console.complain(reason if reason.startswith(address) else f"{address}: {reason}")
    for note in run.notes:
        console.complain(note)
    if unknown:
        console.complain(unknown)
    console.write(options, shapes.synced(done, run), list(_sync_lines(done, run, synced.standing)))
    return FAILED if done.failed or done.left else FINE


@contextmanager
def _sync_progress() -> Iterator[Progress | None]:
    """Meetings done, left and failed, and how many a minute, on stderr where that is a terminal; None elsewhere."""
    import sys

    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}"), TimeRemainingColumn())
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)

        def show(advance: Advance) -> None:
            speed = bar.tasks[0].speed
            failed = f", {advance.failed} failed" if advance.failed else ""
            rate = f" · {60 * speed:.0f} meetings a minute" if speed else ""
            total = advance.done + advance.left
            bar.update(task, completed=advance.done, total=total, description=f"{advance.left} left{failed}{rate}")

        yield show


def _sync_lines(done: SyncReport, run: Report, standing: Sequence[DocumentRecord]) -> Iterator[str]:
    yield f"{done.listed} meetings listed, {done.unchanged} unchanged, {len(done.fetched)} fetched"
    yield f"{len(done.taken)} taken into the archive, {len(done.failed)} failed"
    if done.attachments:
        yield f"{len(done.attachments)} attachments fetched"
    if standing:
        yield f"{len(standing)} no longer listed; what they said stays until you `remove` it:"
        yield from (f"  {each.meeting}  {each.source}" for each in standing)
    if done.left:
        yield f"{done.left} not tried, since the site stopped answering; run the same command again"
    yield f"the archive holds {run.meetings} meetings, {run.items} items, {run.passages} passages"


def reembed(options: argparse.Namespace) -> int:
    """Make the archive's vectors anew with another model; the old ones serve until all of the new are there."""
    from ingest import encoders, shapes
    from ingest.archive import Archive
    from ingest.reembedding import reembed as make_anew

    # The model comes first: if it cannot be had, the archive stays as it is.
    encoder = encoders.load(options.model)
    with Archive.open(console.archive_path(options)) as archive, console.progress() as progress:
        made = make_anew(archive, encoder, progress=progress)
        counts = archive.counts()
    name = encoder.identity.name
    lines = [f"{made} vectors made" if made else "nothing to do", f"all {counts.vectors} vectors are by {name}"]
    console.write(options, shapes.reembedded(made, counts, encoder.identity), lines)
    return FINE


def coverage(options: argparse.Namespace) -> int:
    """Show what the archive covers by committee, and where the minutes themselves show that something is missing."""
    from ingest import shapes
    from ingest.archive import Archive
    from ingest.coverage import cover
    from ingest.holdings import DocumentState

    with Archive.open(console.archive_path(options)) as archive:
        covered = cover(archive)
        failed = [each for each in archive.documents() if each.state is DocumentState.FAILED]
    lines = [line for each in covered for line in _coverage_lines(each)]
    lines += [f"failed: {each.source}  {each.reason}" for each in failed]
    console.write(options, shapes.coverage(covered, failed), lines or ["the archive is empty"])
    return FINE


def _coverage_lines(covered: CommitteeCoverage) -> Iterator[str]:
    held = f"{console.counted(covered.meetings, 'meeting')}, {console.counted(covered.items, 'item')}"
    yield (
        f"{covered.committee} ({covered.municipality or 'unknown municipality'}): "
        f"{held}, {covered.first} to {covered.newest}"
    )
    for key in covered.agenda_only:
        yield f"  only an agenda: {key}"
    for gap in covered.gaps:
        yield f"  {_in_words(gap)}"


def _in_words(gap: Gap) -> str:
    from ingest.coverage import Hole

    numbers = ""
    if gap.numbers:
        first, last = gap.numbers
        numbers = f"{first}" if first == last else f"{first}-{last}"
    times = console.counted(gap.mentions, "time")
    since = f"after {gap.after} and " if gap.after else ""
    return {
        Hole.MISSING_ITEMS: f"no item {numbers} in the meeting of {gap.after}",
        Hole.MISSING_NUMBERS: f"no items {numbers} {since}before {gap.before}",
        Hole.LONG_PAUSE: f"no meeting between {gap.after} and {gap.before}, a longer pause than usual",
        Hole.REFERRED_TO: f"the meeting of {gap.after} is referred to {times}, but not loaded",
    }[gap.kind]


def history(options: argparse.Namespace) -> int:
    """Show the earlier versions of a meeting: the agenda it grew from, minutes that were corrected."""
    from ingest import shapes
    from ingest.archive import Archive
    from ingest.model import Minutes

    with Archive.open(console.archive_path(options)) as archive:
        found = [Minutes(each, archive.items_of(each.key)) for each in archive.versions(options.key)]
        is_known = archive.meeting(options.key) is not None
    if not is_known:
        console.complain(f"{options.key}: no meeting by this key in the archive; `status` lists them")
        return NOT_FOUND
    lines = [f"{each.meeting.key}  {each.meeting.kind}  {console.counted(len(each.items), 'item')}" for each in found]
    console.write(options, shapes.parsed(found), lines or [f"{options.key}: no earlier version"])
    return FINE


def rate(text: str) -> float:
    """The requests a second in an option. Wrong usage for what would let all of them out at once, or none."""
    try:
        number = float(text)
    except ValueError:
        number = 0.0
    if not 0 < number < float("inf"):
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of requests a second; it must be above 0")
    return number


def day(text: str) -> date:
    """The day in an option, "2026-04-28"; anything else is wrong usage."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a day like 2026-04-28") from None


def committee(text: str) -> str:
    """The name of a committee in an option; an empty one, which every name holds, is wrong usage."""
    if not text.strip():
        raise argparse.ArgumentTypeError("is empty; give the name of a committee, or leave it out for all of them")
    return text
