"""The vectors of another model, made beside those that serve, and the moment they take their place.

All functions work on a connection whose transaction belongs to the caller.
"""

from __future__ import annotations

from collections.abc import Sequence
from sqlite3 import Connection

import numpy as np
from numpy.typing import NDArray

from ingest.archive_search import encoder_rows
from ingest.holdings import EncoderIdentity


def begin(connection: Connection, encoder: EncoderIdentity) -> int:
    """Make ready for the vectors of `encoder`, and return how many there are already: those that an interrupted run of
    the same model left stay, those of another go."""
    rows = dict(connection.execute("SELECT key, value FROM meta WHERE key LIKE 'coming.%'").fetchall())
    if rows != dict(encoder_rows(encoder, "coming")):
        abandon(connection)
        connection.executemany("INSERT INTO meta (key, value) VALUES (?, ?)", encoder_rows(encoder, "coming"))
    return int(connection.execute("SELECT count(*) FROM coming").fetchone()[0])


def missing(connection: Connection, *, limit: int) -> list[int]:
    """The ids of passages whose vector is still to be made, ascending, at most `limit`."""
    rows = connection.execute(
        """SELECT id FROM passage LEFT JOIN coming ON coming.passage = passage.id
        WHERE coming.passage IS NULL ORDER BY id LIMIT ?""",
        (limit,),
    )
    return [row[0] for row in rows]


def add(connection: Connection, ids: Sequence[int], matrix: NDArray[np.float32], encoder: EncoderIdentity) -> None:
    """Add vectors of `encoder`, a row for each id; ids that are gone meanwhile are left out."""
    if matrix.shape != (len(ids), encoder.dimension):
        raise ValueError(f"{len(ids)} passages, but vectors of shape {matrix.shape} from {encoder}")
    connection.executemany(
        "INSERT OR IGNORE INTO coming (passage, data) SELECT id, ? FROM passage WHERE id = ?",
        ((row.tobytes(), number) for number, row in zip(ids, matrix.astype("<f4"), strict=True)),
    )


def take_over(connection: Connection, encoder: EncoderIdentity) -> bool:
    """Put the new vectors in the place of the old ones; False, and nothing done, while one is missing."""
    if missing(connection, limit=1):
        return False
    connection.execute("DELETE FROM vector")
    connection.execute("INSERT INTO vector (passage, data) SELECT passage, data FROM coming ORDER BY passage")
    connection.executemany("INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)", encoder_rows(encoder))
    abandon(connection)
    return True


def abandon(connection: Connection) -> None:
    """Forget what was made so far."""
    connection.execute("DELETE FROM coming")
    connection.execute("DELETE FROM meta WHERE key LIKE 'coming.%'")
