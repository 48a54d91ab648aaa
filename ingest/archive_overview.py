"""Rows to one line for each item: what lists of items show, without their texts and parts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from sqlite3 import Connection

from ingest.archive_read import CURRENT
from ingest.holdings import ItemSummary
from ingest.model import MeetingKind, Outcome


def read_summaries(connection: Connection) -> Iterator[ItemSummary]:
    """The items of current meetings, by date, meeting and order in it. The connection's transaction is the caller's."""
    rows = connection.execute(
        f"""SELECT item.key, meeting.key, meeting.municipality, meeting.committee, meeting.date, meeting.kind,
        item.number, item.title, item.case_number, item.is_closed,
        (SELECT outcome FROM decision WHERE decision.item = item.id AND is_own ORDER BY position DESC LIMIT 1)
        FROM item JOIN meeting ON meeting.key = item.meeting
        WHERE {CURRENT} ORDER BY meeting.date, meeting.key, item.position"""
    )
    for key, meeting, municipality, committee, day, kind, number, title, case_number, is_closed, decided in rows:
        is_decided = decided and kind == MeetingKind.REFERAT
        yield ItemSummary(
            *(key, meeting, municipality, committee, date.fromisoformat(day), MeetingKind(kind), number, title),
            *(case_number, Outcome(decided) if is_decided else Outcome.NONE, bool(is_closed)),
        )
