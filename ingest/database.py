"""Connections to the archive's file, lent one at a time, and SQLite's faults as ours.

Every read sees one state of the archive, every write is one transaction. A connection serves one thread at a time but
no thread in particular, so there are never more of them than threads asking at the same moment: Streamlit starts a
new thread for each click, and a connection per thread would never be given back.

An archive that we may only read is opened anew for each read: SQLite then takes it for a file that never changes, and
would not see what its owner writes.
"""

from __future__ import annotations

import os
import sqlite3
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from ingest.errors import ArchiveError, ArchiveMissing
from ingest.schema import prepare

PATIENCE = 30.0  # seconds to wait for another process that is writing


class Database:
    """An SQLite file that holds an archive of this version. Safe to share between threads."""

    def __init__(self, path: Path, *, create: bool) -> None:
        """Open `path`, or make it when `create`; raises what `prepare` raises and `ArchiveMissing`."""
        self.path = path
        self._idle: deque[sqlite3.Connection] = deque()
        self._is_closed = False
        if create:
            _make_folder(path)
        elif not path.exists():
            raise ArchiveMissing(f"{path}: there is no archive yet; `python -m ingest add FOLDER` makes one")
        # SQLite keeps files of its own beside an archive, even to read it.
        self._is_read_only = not create and not (os.access(path, os.W_OK) and os.access(path.resolve().parent, os.W_OK))
        try:
            with self._lent() as connection:
                prepare(connection, create=create, is_read_only=self._is_read_only)
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Close the connections; one still lent is closed when it comes back."""
        self._is_closed = True
        with suppress(IndexError):
            while True:
                self._idle.pop().close()

    @contextmanager
    def snapshot(self) -> Iterator[sqlite3.Connection]:
        """A connection that sees the archive as it is now, whatever others write meanwhile."""
        with self._lent() as connection:
            connection.execute("BEGIN")
            try:
                yield connection
            finally:
                connection.rollback()

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """A connection that writes: all of it when the block ends well, nothing of it otherwise."""
        with self._lent() as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("COMMIT")
            finally:
                connection.rollback()  # does nothing after a commit

    def checkpoint(self) -> None:
        """Bring the file itself up to date with what was written, and empty the log beside it."""
        with self._lent() as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    @contextmanager
    def _lent(self) -> Iterator[sqlite3.Connection]:
        with _faults_named(self.path):
            try:
                connection = self._idle.pop()
            except IndexError:
                connection = _connect_to_read(self.path) if self._is_read_only else _connect(self.path)
            try:
                yield connection
            finally:
                if self._is_read_only:
                    connection.close()
                else:
                    self._idle.append(connection)
                if self._is_closed:
                    self.close()


@contextmanager
def _faults_named(path: Path) -> Iterator[None]:
    """SQLite's faults become `ArchiveError` with the path and what to do; ours get the path they lack."""
    try:
        yield
    except ArchiveError as fault:
        if str(fault).startswith(str(path)):
            raise
        raise type(fault)(f"{path}: {fault}") from fault
    except sqlite3.IntegrityError:
        raise  # not the file's fault but that of the rows, such as two items under one key: for the caller to name
    except sqlite3.OperationalError as fault:  # locked, disk full, not allowed to write, malformed query
        raise ArchiveError(f"{path}: {fault}; see that the file can be written and no other run holds it") from fault
    except sqlite3.DatabaseError as fault:
        raise ArchiveError(
            f"{path}: not an archive, or damaged ({fault}); move it away and run `python -m ingest add FOLDER` again"
        ) from fault


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=PATIENCE, isolation_level=None, check_same_thread=False)
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA secure_delete = ON")  # a removed document leaves nothing behind
    return connection


def _connect_to_read(path: Path) -> sqlite3.Connection:
    address = f"{path.absolute().as_uri()}?mode=ro"
    connection = _opened(address)
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        return connection
    except sqlite3.OperationalError:  # SQLite's own files are not there and cannot be made
        connection.close()
    log = Path(f"{path.resolve()}-wal")
    if log.exists() and log.stat().st_size:
        raise ArchiveError(
            f"{path}: may only be read, and its last changes still lie in {log.name};"
            " let somebody who may write it run `python -m ingest status` on it once"
        )
    return _opened(f"{address}&immutable=1")


def _opened(address: str) -> sqlite3.Connection:
    return sqlite3.connect(address, timeout=PATIENCE, isolation_level=None, check_same_thread=False, uri=True)


def _make_folder(path: Path) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise ArchiveError(f"{path}: its folder cannot be made ({fault})") from fault
