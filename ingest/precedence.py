"""Which of several sources of one meeting stands in the archive, and which stand behind it.

A referat goes before a dagsorden, then a source with pages before one without, then the one added later.
"""

from __future__ import annotations

from collections.abc import Iterator

from ingest.archive import Archive
from ingest.errors import NotMinutes
from ingest.files import locate
from ingest.model import Document, DocumentRecord, DocumentState, MeetingKind, Minutes


def stands_behind(archive: Archive, document: Document, minutes: Minutes) -> bool:
    """True when a better source than this document holds its meeting.

    Raises `NotMinutes` when the other source's meeting began at another time: then they are two meetings of one body
    on one day, which have one key.
    """
    key, start = minutes.meeting.key, minutes.meeting.start
    holder, held = _holder(archive, key), archive.meeting(key)
    if holder is None or held is None or holder.source == document.source:
        return False
    if held.start and start and held.start != start:
        raise NotMinutes(
            f"{document.source}: two meetings of one body on one day, {key}: at {start:%H:%M} here, at "
            f"{held.start:%H:%M} in {holder.source}; only one can be held, `remove` the other first"
        )
    if not (held.start and start) and _has_nothing_in_common(archive, minutes):
        raise NotMinutes(
            f"{document.source}: two meetings of one body on one day, {key}, with no item in common: here and in "
            f"{holder.source}; only one can be held, `remove` the other first"
        )
    return _rank(holder.kind, holder.is_paged) > _rank(minutes.meeting.kind, document.is_paged)


def _has_nothing_in_common(archive: Archive, minutes: Minutes) -> bool:
    """True when no item of the meeting held has the title or the case number of one of `minutes`."""
    held = archive.items_of(minutes.meeting.key)
    marks = {mark for item in held for mark in (item.title.casefold(), item.case_number) if mark}
    return not any(mark in marks for item in minutes.items for mark in (item.title.casefold(), item.case_number))


def is_settled(archive: Archive, record: DocumentRecord) -> bool:
    """True when reading the same file again would change nothing. A failed file is never taken as seen."""
    if record.state is DocumentState.SUPERSEDED:
        return record.meeting is not None and _outranks(_holder(archive, record.meeting), record)
    return record.state is DocumentState.LOADED


def unsettled(archive: Archive) -> Iterator[str]:
    """The sources, best first, that stand behind another although no source as good holds their meeting any more, and
    whose file is still there. Looks anew at the archive for each, but names none twice."""
    named: set[str] = set()
    while waiting := [each for each in _unsettled_records(archive) if each.source not in named]:
        best = max(waiting, key=lambda record: (_rank(record.kind, record.is_paged), record.source))
        named.add(best.source)
        yield best.source


def _unsettled_records(archive: Archive) -> list[DocumentRecord]:
    records = archive.documents()
    holders = {each.meeting: each for each in records if each.state is not DocumentState.SUPERSEDED}
    return [
        each
        for each in records
        if each.state is DocumentState.SUPERSEDED
        and not _outranks(holders.get(each.meeting), each)
        and locate(each.source, archive.path).is_file()
    ]


def _holder(archive: Archive, meeting: str) -> DocumentRecord | None:
    """The record of the file whose minutes of the meeting are in the archive."""
    records = archive.documents(meeting=meeting)
    return next((each for each in records if each.state is not DocumentState.SUPERSEDED), None)


def _outranks(holder: DocumentRecord | None, record: DocumentRecord) -> bool:
    """True when `holder` may stand before `record`."""
    return holder is not None and _rank(holder.kind, holder.is_paged) >= _rank(record.kind, record.is_paged)


def _rank(kind: MeetingKind | None, is_paged: bool) -> tuple[bool, bool]:
    """What makes one source of a meeting better than another, the weightiest first."""
    return kind is MeetingKind.REFERAT, is_paged
