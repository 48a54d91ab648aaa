"""One case → its course over the bodies: each step with its outcome and, where it is loaded, what was decided; what of
it still waits."""

from __future__ import annotations

from dataclasses import dataclass

from ingest.archive import Archive
from ingest.holdings import Entry
from qa import cases, digest, pending, threads
from qa.cases import Cases
from qa.digest import Step
from qa.model import ThreadStep
from qa.pending import Pending


@dataclass(frozen=True, slots=True)
class CourseStep:
    """A step of a case: `told` is it as the thread has it, `said` its heading and decision in the minutes' words; None
    for a step that is not loaded."""

    told: ThreadStep
    said: Step | None


@dataclass(frozen=True, slots=True)
class Course:
    """A case from its first step to its last. `item` is the key of the item it was looked up by; the title is that of
    its newest loaded step. `pending` is what still waits of it, the oldest first."""

    item: str
    title: str
    case_number: str | None
    municipality: str
    steps: tuple[CourseStep, ...]
    pending: tuple[Pending, ...]


def make(archive: Archive, entry: Entry) -> Course:
    """The course of the case of an item; of one that stands alone, its single step."""
    thread = threads.thread(archive, entry) or (threads.step(entry),)
    loaded = {each.item.key: each for each in archive.entries(step.item for step in thread if step.item)}
    index = Cases(archive)
    waiting = (each for key in loaded for each in pending.of_entry(loaded[key], index))
    newest = next((loaded[step.item] for step in reversed(thread) if step.item in loaded), entry)
    return Course(
        item=entry.item.key,
        title=newest.item.title,
        case_number=entry.item.case_number,
        municipality=entry.meeting.municipality,
        steps=tuple(CourseStep(step, _said(loaded.get(step.item or ""))) for step in thread),
        pending=tuple(sorted(waiting, key=lambda each: (each.since, each.citation.date))),
    )


def find(archive: Archive, case: str, municipality: str | None = None) -> tuple[Entry, ...]:
    """The cases that a key of an item or a case number can mean, each by its newest item, the newest case first. A
    number that covers several matters, or is used by several municipalities, means several; the key of an earlier
    version means the current one, where there is one."""
    if (entry := archive.item(case)) is not None:
        current = entry.meeting.replaced_by and archive.item(f"{entry.meeting.replaced_by}/{entry.item.number.lower()}")
        return (current or entry,)
    left = list(archive.item_places(case_number=case, municipality=municipality)) if case else []
    newest: list[str] = []
    while left:
        home = left[-1]
        newest.append(home.key)
        own = cases.same(home, [each for each in left if each.municipality == home.municipality])
        taken = {home.key, *(place.key for place in own)}
        left = [each for each in left if each.key not in taken]
    return archive.entries(newest)


def _said(entry: Entry | None) -> Step | None:
    return next(digest.steps([entry]), None) if entry else None
