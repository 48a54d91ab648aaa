"""Which of several sources of one meeting stands in the archive, and which stand behind it.

A referat goes before a dagsorden, then a source with pages before one without, then the one added later. Minutes take
in the supplementary agenda of their day.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.archive import Archive
from ingest.archive_versions import rekeyed
from ingest.files import file_of, locate
from ingest.holdings import DocumentRecord, DocumentState
from ingest.model import SUPPLEMENT, AgendaItem, Document, MeetingKind, Minutes

# Items on every agenda: that two meetings share them says nothing.
_ROUTINE = re.compile(
    r"^(lukket: )?(godkendelse af (dagsorden\w*|(sidste )?referat)|meddelelser|orientering(er)?$|orientering fra"
    r"|eventuelt|underskrift|godkendelse af protokol|næste møde|lukkede? punkt|spørgetid)",
    re.IGNORECASE,
)
_ENOUGH = 0.5  # the share of the shorter agenda that two sources of one meeting have in common at least


def placed(archive: Archive, document: Document, minutes: Minutes) -> Minutes:
    """The minutes under the key they are to have. When another meeting of this body on this day, from another source,
    has their key, that is their key with the time they began ("…/2026-04-28-1600") or a number after it."""
    key, start = minutes.meeting.key, minutes.meeting.start
    others = [f"{key}-{start:%H%M}"] if start else []
    others += [f"{key}-{number}" for number in range(2, 10)]
    holders = {candidate: _holder(archive, candidate) for candidate in (key, *others)}
    mine = (
        candidate
        for candidate, holder in holders.items()
        if holder is not None and (holder.source == document.source or _is_same_meeting(archive, candidate, minutes))
    )
    # Where the meeting is held already goes before a key that is free: another meeting may have left that one.
    free = (candidate for candidate, holder in holders.items() if holder is None)
    chosen = next(mine, None) or next(free, key)
    return minutes if chosen == key else rekeyed(minutes, chosen)


def stands_behind(archive: Archive, document: Document, minutes: Minutes) -> bool:
    """True when a better source than this document holds its meeting."""
    holder = _holder(archive, minutes.meeting.key)
    if holder is None or holder.source == document.source:
        return False
    return _rank(holder.kind, holder.is_paged) > _rank(minutes.meeting.kind, document.is_paged)


def _is_same_meeting(archive: Archive, key: str, minutes: Minutes) -> bool:
    """True when the meeting held under `key` is the one that `minutes` are of: most of what it treated is the same.
    Where that leaves it open, so are meetings that began at the same time."""
    held = archive.meeting(key)
    if held is None or key.endswith(SUPPLEMENT):
        return True
    here, there = (_subjects(items) for items in (minutes.items, archive.items_of(key)))
    common = sum(bool(marks & frozenset().union(*there)) for marks in here)
    share = common / min(len(here), len(there)) if here and there else None
    if share is None or 0 < share < _ENOUGH:
        return held.start is None or minutes.meeting.start is None or held.start == minutes.meeting.start
    return share >= _ENOUGH


def _subjects(items: tuple[AgendaItem, ...]) -> list[frozenset[str]]:
    """What each item but the routine ones is known by: its title and its case number."""
    return [
        frozenset(mark for mark in (item.title.casefold(), item.case_number) if mark)
        for item in items
        if not _ROUTINE.match(item.title)
    ]


def is_settled(archive: Archive, record: DocumentRecord) -> bool:
    """True when reading the same file again would change nothing. A failed file is never taken as seen."""
    if record.state is DocumentState.DIVIDED:
        return all(is_settled(archive, part) for part in parts_of(archive, record.source))
    if record.state is DocumentState.SUPERSEDED:
        return record.meeting is not None and _outranks(_holder(archive, record.meeting), record)
    return record.state is DocumentState.LOADED


def parts_of(archive: Archive, source: str) -> tuple[DocumentRecord, ...]:
    """The documents that the meetings of a file with several make."""
    return tuple(each for each in archive.documents() if file_of(each.source) == source != each.source)


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
        and not _outranks(_among(holders, each.meeting or ""), each)
        and locate(each.source, archive.path).is_file()
    ]


def _holder(archive: Archive, meeting: str) -> DocumentRecord | None:
    """The record of the file whose minutes of the meeting are in the archive."""
    keys = (meeting, meeting.removesuffix(SUPPLEMENT))
    records = [each for key in dict.fromkeys(keys) for each in archive.documents(meeting=key)]
    return _among({each.meeting: each for each in records if each.state is not DocumentState.SUPERSEDED}, meeting)


def _among(holders: dict[str | None, DocumentRecord], meeting: str) -> DocumentRecord | None:
    """Who holds a meeting. A supplementary agenda is held by the minutes of its day, once there are any."""
    minutes = holders.get(meeting.removesuffix(SUPPLEMENT))
    if minutes is not None and minutes.kind is MeetingKind.REFERAT:
        return minutes
    return holders.get(meeting)


def _outranks(holder: DocumentRecord | None, record: DocumentRecord) -> bool:
    """True when `holder` may stand before `record`."""
    return holder is not None and _rank(holder.kind, holder.is_paged) >= _rank(record.kind, record.is_paged)


def _rank(kind: MeetingKind | None, is_paged: bool) -> tuple[bool, bool]:
    """What makes one source of a meeting better than another, the weightiest first."""
    return kind is MeetingKind.REFERAT, is_paged
