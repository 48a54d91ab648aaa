"""Which version of a meeting stands in the archive, and which earlier ones are kept behind it.

An agenda stays behind the minutes it became, a referat behind its correction: with key, text and all its parts, but
without passages, so that no search finds it. What is no other version goes: the same words from another file, or the
same file read again by newer rules. An item that is closed now is not kept open in an earlier version.

All functions work on a connection whose transaction belongs to the caller.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from sqlite3 import Connection

from ingest.archive_read import CURRENT, read_entries, read_meetings
from ingest.archive_write import write_minutes
from ingest.closing import closed_since
from ingest.model import SUPPLEMENT, AgendaItem, Document, Meeting, MeetingKind, Minutes, SectionKind


def make_way(connection: Connection, document: Document, minutes: Minutes) -> None:
    """Set behind, or take away, what stands where these minutes of this document are to stand: what its source held
    before, the meeting of the same key, and the supplementary agenda that minutes take in."""
    new = minutes.meeting
    _forget(connection, document)
    for held, digest in _standing(connection, document.source, new):
        if held.key != new.key and not is_taken_in(held, new):
            _delete(connection, held.key)
        elif (digest, held.kind) != (document.digest, new.kind) and _differs(connection, held, document, minutes):
            _set_behind(connection, held, digest, new.key)
        else:
            connection.execute("DELETE FROM meeting WHERE key = ?", (held.key,))
        connection.execute(
            "UPDATE document SET state = 'superseded' WHERE meeting = ? AND state = 'loaded'", (held.key,)
        )
        if held.key == new.key + SUPPLEMENT:  # with what stood before it
            connection.execute("UPDATE meeting SET replaced_by = ? WHERE replaced_by = ?", (new.key, held.key))
        # A file that failed after an earlier reading was loaded: that reading is now replaced as well.
        connection.execute("UPDATE document SET meeting = NULL WHERE meeting = ? AND state = 'failed'", (held.key,))
    _close(connection, minutes)
    _drop_repetitions(connection, document, minutes)


def keep_behind(connection: Connection, document: Document, minutes: Minutes) -> None:
    """Keep minutes that came after better ones of their meeting, if they are another version: an agenda behind its
    referat. The document is recorded already. Of agendas with the same words the one that would have stood is kept."""
    _forget(connection, document)
    connection.execute(f"DELETE FROM meeting WHERE source = ? AND {CURRENT}", (document.source,))
    key = minutes.meeting.key.removesuffix(SUPPLEMENT)
    for standing in read_meetings(connection, "meeting.key = ?", key):
        if (standing.kind, minutes.meeting.kind) == (MeetingKind.REFERAT, MeetingKind.DAGSORDEN):
            gone = closed_since(minutes.items, _items(connection, key))
            kept = replace(minutes, items=tuple(item for item in minutes.items if item.key not in gone))
            version = rekeyed(kept, version_key(minutes.meeting.key, document.digest))
            alike = tuple(_alike(connection, key, document, version))
            if not any(_is_paged(connection, each.key) > document.is_paged for each in alike):
                connection.executemany("DELETE FROM meeting WHERE key = ?", [(each.key,) for each in alike])
                write_minutes(connection, version, document.source, document.digest, replaced_by=key)


def versions(connection: Connection, key: str) -> tuple[Meeting, ...]:
    """The earlier versions of a meeting: its agenda first, then what was added to that, then by key."""
    found = read_meetings(connection, "meeting.replaced_by = ?", key)
    return tuple(sorted(found, key=lambda each: (each.kind is not MeetingKind.DAGSORDEN, each.is_supplement, each.key)))


def is_taken_in(held: Meeting, new: Meeting) -> bool:
    """True when `held` is the supplementary agenda of the meeting that `new` is the minutes of."""
    return new.kind is MeetingKind.REFERAT and held.key == new.key + SUPPLEMENT


def version_key(key: str, digest: str) -> str:
    """The key of an earlier version: "herning/beskaeftigelsesudvalget/2026-04-28@1f0c9a3b"."""
    return f"{key}@{digest[:8]}"


def rekeyed(minutes: Minutes, key: str) -> Minutes:
    """The same minutes under another key."""
    old = minutes.meeting.key
    return Minutes(
        replace(minutes.meeting, key=key),
        tuple(replace(item, key=key + item.key.removeprefix(old)) for item in minutes.items),
    )


def _standing(connection: Connection, source: str, new: Meeting) -> Iterator[tuple[Meeting, str]]:
    """The current meetings in the way, each with the digest of the content it was read from."""
    wanted = (source, new.key, new.key + SUPPLEMENT if new.kind is MeetingKind.REFERAT else "")
    for held in read_meetings(connection, f"{CURRENT} AND (meeting.source = ? OR meeting.key IN (?, ?))", *wanted):
        (digest,) = connection.execute("SELECT digest FROM meeting WHERE key = ?", (held.key,)).fetchone()
        yield held, digest


def _forget(connection: Connection, document: Document) -> None:
    """Take away the earlier version that is this very content."""
    connection.execute(
        "DELETE FROM meeting WHERE source = ? AND digest = ? AND replaced_by IS NOT NULL",
        (document.source, document.digest),
    )


def _delete(connection: Connection, key: str) -> None:
    """Take away a meeting whose file now holds another one, with the earlier versions that came from that file."""
    connection.execute(
        """DELETE FROM meeting WHERE replaced_by = ?1
        AND source = (SELECT source FROM meeting AS held WHERE held.key = ?1)""",
        (key,),
    )
    connection.execute("DELETE FROM meeting WHERE key = ?", (key,))


def _alike(connection: Connection, key: str, document: Document, version: Minutes) -> Iterator[Meeting]:
    """The earlier versions of a meeting that say the same as `version`, or have its key."""
    for each in versions(connection, key):
        if each.key == version.meeting.key or not _differs(connection, each, document, version):
            yield each


def _drop_repetitions(connection: Connection, document: Document, minutes: Minutes) -> None:
    """Take away the versions that say what the current minutes say, and of those that say the same all but one, one
    with pages where there is any: a correction and what it corrects may both be there in two forms."""
    key = minutes.meeting.key
    for each in tuple(_alike(connection, key, document, minutes)):
        connection.execute("DELETE FROM meeting WHERE key = ?", (each.key,))
    kept: list[_Form] = []
    for form in sorted((_form(connection, each) for each in versions(connection, key)), key=lambda each: each.rank):
        if any(_say_the_same(form, other) for other in kept):
            connection.execute("DELETE FROM meeting WHERE key = ?", (form.meeting.key,))
        else:
            kept.append(form)


def _set_behind(connection: Connection, held: Meeting, digest: str, replaced_by: str) -> None:
    key = version_key(held.key, digest)
    connection.execute("DELETE FROM meeting WHERE key = ?", (key,))
    connection.execute(
        """INSERT INTO meeting SELECT ?, municipality, committee, date, start, place, kind, source, digest, link,
        is_supplement, ? FROM meeting WHERE key = ?""",
        (key, replaced_by, held.key),
    )
    connection.execute("UPDATE attendee SET meeting = ? WHERE meeting = ?", (key, held.key))
    connection.execute(
        "UPDATE item SET meeting = ?1, key = ?1 || substr(key, length(?2) + 1) WHERE meeting = ?2", (key, held.key)
    )
    within = "item IN (SELECT id FROM item WHERE meeting = ?)"
    connection.execute(f"DELETE FROM passage WHERE {within}", (key,))
    # Links are kept up for what is current; those of a version would lead to where things once stood.
    connection.execute(f"UPDATE reference SET target = NULL WHERE {within}", (key,))
    connection.execute("DELETE FROM meeting WHERE key = ?", (held.key,))


def _differs(connection: Connection, held: Meeting, document: Document, minutes: Minutes) -> bool:
    """True when a meeting says something else than before, and is not only set in another way."""
    return not _say_the_same(_form(connection, held), _Form(minutes.meeting, document.is_paged, minutes.items))


@dataclass(frozen=True, slots=True)
class _Form:
    """A meeting in the form of one source of it."""

    meeting: Meeting
    is_paged: bool
    items: tuple[AgendaItem, ...]

    @property
    def rank(self) -> tuple[bool, str]:
        """Which of two that say the same is kept."""
        return not self.is_paged, self.meeting.key


def _form(connection: Connection, held: Meeting) -> _Form:
    return _Form(held, _is_paged(connection, held.key), tuple(_items(connection, held.key)))


def _say_the_same(one: _Form, other: _Form) -> bool:
    """True for two forms of one meeting with the same words. Between a form with pages and one without, headings and
    list marks differ by themselves: there titles and decisions tell."""
    if (one.meeting.kind, one.meeting.is_supplement) != (other.meeting.kind, other.meeting.is_supplement):
        return False
    said = _words if one.is_paged == other.is_paged else _gist
    return [said(item) for item in one.items] == [said(item) for item in other.items]


def _is_paged(connection: Connection, key: str) -> bool:
    query = "SELECT is_paged FROM document JOIN meeting USING (source) WHERE key = ?"
    return bool(connection.execute(query, (key,)).fetchone()[0])


def _items(connection: Connection, key: str) -> list[AgendaItem]:
    return [entry.item for entry in read_entries(connection, "item.meeting = ?", key)]


def _words(item: AgendaItem) -> str:
    """The words of an item, without those of its attachments: to fetch these as well makes no other minutes of it."""
    said = (each.span.of(item.text) for each in item.sections if each.kind is not SectionKind.ATTACHMENTS)
    return _bare("".join(said))


def _gist(item: AgendaItem) -> str:
    decided = "".join(decision.span.of(item.text) for decision in item.own_decisions)
    return f"{item.number} {_bare(item.title)} {_bare(decided)}"


def _bare(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


def _close(connection: Connection, minutes: Minutes) -> None:
    """Take the items that are closed now out of all earlier versions."""
    for version in versions(connection, minutes.meeting.key):
        gone = closed_since(_items(connection, version.key), minutes.items)
        connection.executemany("DELETE FROM item WHERE key = ?", [(key,) for key in sorted(gone)])
