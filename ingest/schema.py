"""The archive's tables, as numbered migrations that bring any older archive up to date.

`user_version` in the file's header says which migrations it has had, `application_id` that it is ours. Tables hold no
times of writing, so that equal input gives equal archives. Columns `start` and `stop` are a span in the item's text;
`position` is the order in which things stand in it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

from ingest.errors import ArchiveError, ArchiveMissing, ArchiveTooNew

APPLICATION = 0x504B5453  # "PKTS", so that another program's database is not taken for an archive


def prepare(connection: sqlite3.Connection, *, create: bool, is_read_only: bool = False) -> None:
    """Make sure that `connection`, in autocommit mode, leads to an archive of this version; one that is read-only
    cannot be brought up to it.

    Raises `ArchiveMissing` when the file is empty and `create` is False, `ArchiveError` when it belongs to another
    program, `ArchiveTooNew` when a later version wrote it.
    """
    if _number(connection, "SELECT count(*) FROM sqlite_master") == 0:
        if not create:
            raise ArchiveMissing("the archive is empty; `python -m ingest add FOLDER` fills it")
    elif _number(connection, "PRAGMA application_id") != APPLICATION:
        raise ArchiveError("this is another program's database; name a different file with --archive")
    if not is_read_only:
        connection.execute("PRAGMA journal_mode = WAL")  # readers go on while a document is written
    migrate(connection)


def migrate(connection: sqlite3.Connection) -> None:
    """Apply, in one transaction, the migrations the archive has not had yet; `ArchiveTooNew` if it knows more."""
    version = _number(connection, "PRAGMA user_version")
    if version > len(MIGRATIONS):
        raise ArchiveTooNew(
            f"the archive has version {version}, this program knows {len(MIGRATIONS)}; update the program"
        )
    if version == len(MIGRATIONS):
        return
    # Off while tables are made anew: to drop one would take the rows that refer to it along.
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute("BEGIN IMMEDIATE")
    try:
        # Asked again, now that nobody else can write: another process may have been first.
        for migration in MIGRATIONS[_number(connection, "PRAGMA user_version") :]:
            migration(connection)
        connection.execute(f"PRAGMA application_id = {APPLICATION}")
        connection.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")
        connection.execute("COMMIT")
    except BaseException:
        connection.rollback()
        raise
    finally:
        connection.execute("PRAGMA foreign_keys = ON")


def m001_archive(connection: sqlite3.Connection) -> None:
    """Documents, meetings, items with their parts, passages, and the two indexes over passages."""
    for statement in (*MEETINGS, *PARTS_OF_AN_ITEM, *PASSAGES):
        connection.execute(statement)


def m002_versions(connection: sqlite3.Connection) -> None:
    """Earlier versions of a meeting beside the current one, files that hold several meetings, who attended, decisions
    point by point, and addresses at the publication site."""
    for table, definition in RENEWED.items():
        columns = ", ".join(row[1] for row in connection.execute(f"PRAGMA table_info({table})"))
        # In this order: to rename the old table would make those that refer to it follow it.
        connection.execute(f"CREATE TABLE renewed ({definition}) WITHOUT ROWID")
        connection.execute(f"INSERT INTO renewed ({columns}) SELECT {columns} FROM {table}")
        connection.execute(f"DROP TABLE {table}")
        connection.execute(f"ALTER TABLE renewed RENAME TO {table}")
    for statement in VERSIONS:
        connection.execute(statement)


def m003_views(connection: sqlite3.Connection) -> None:
    """The words of passages as plain rows, which the index over them is built from; where each meeting's passages lie;
    and of which earlier states the archive is only a continuation, so that what was built from them still serves."""
    for statement in VIEWS:
        connection.execute(statement)


def m004_reembedding(connection: sqlite3.Connection) -> None:
    """The vectors of another model, beside those that serve while it makes them."""
    connection.execute(COMING)


def _number(connection: sqlite3.Connection, query: str) -> int:
    return int(connection.execute(query).fetchone()[0])


MEETINGS = (
    "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
    """CREATE TABLE document (
        source TEXT PRIMARY KEY,
        digest TEXT NOT NULL,
        parser TEXT NOT NULL,
        municipality TEXT,
        state TEXT NOT NULL CHECK (state IN ('loaded', 'superseded', 'failed')),
        reason TEXT NOT NULL,
        meeting TEXT,
        kind TEXT,
        is_paged INTEGER NOT NULL,
        page_count INTEGER NOT NULL
    ) WITHOUT ROWID""",
    "CREATE INDEX document_meeting ON document (meeting)",
    """CREATE TABLE meeting (
        key TEXT PRIMARY KEY,
        municipality TEXT NOT NULL,
        committee TEXT NOT NULL,
        date TEXT NOT NULL,
        start TEXT,
        place TEXT,
        kind TEXT NOT NULL,
        source TEXT NOT NULL UNIQUE REFERENCES document ON DELETE CASCADE
    ) WITHOUT ROWID""",
    "CREATE INDEX meeting_committee ON meeting (committee, date)",
    "CREATE INDEX meeting_date ON meeting (date)",
    """CREATE TABLE item (
        id INTEGER PRIMARY KEY,
        key TEXT NOT NULL UNIQUE,
        meeting TEXT NOT NULL REFERENCES meeting ON DELETE CASCADE,
        position INTEGER NOT NULL,
        number TEXT NOT NULL,
        title TEXT NOT NULL,
        case_number TEXT COLLATE NOCASE,
        is_closed INTEGER NOT NULL,
        text TEXT NOT NULL,
        UNIQUE (meeting, position)
    )""",
    "CREATE INDEX item_case ON item (case_number)",
)

PARTS_OF_AN_ITEM = (
    """CREATE TABLE page_break (
        item INTEGER NOT NULL REFERENCES item ON DELETE CASCADE,
        position INTEGER NOT NULL,
        start INTEGER NOT NULL,
        page INTEGER NOT NULL,
        PRIMARY KEY (item, position)
    ) WITHOUT ROWID""",
    """CREATE TABLE section (
        item INTEGER NOT NULL REFERENCES item ON DELETE CASCADE,
        position INTEGER NOT NULL,
        kind TEXT NOT NULL,
        heading TEXT NOT NULL,
        start INTEGER NOT NULL,
        stop INTEGER NOT NULL,
        body_start INTEGER NOT NULL,
        body_stop INTEGER NOT NULL,
        PRIMARY KEY (item, position)
    ) WITHOUT ROWID""",
    # Lines stand in the order they are read, a line before the lines it holds; `parent` is the position of its holder.
    """CREATE TABLE recommendation (
        item INTEGER NOT NULL REFERENCES item ON DELETE CASCADE,
        position INTEGER NOT NULL,
        parent INTEGER,
        number TEXT,
        start INTEGER NOT NULL,
        stop INTEGER NOT NULL,
        PRIMARY KEY (item, position),
        FOREIGN KEY (item, parent) REFERENCES recommendation ON DELETE CASCADE
    ) WITHOUT ROWID""",
    """CREATE TABLE decision (
        item INTEGER NOT NULL REFERENCES item ON DELETE CASCADE,
        position INTEGER NOT NULL,
        body TEXT NOT NULL,
        date TEXT,
        number TEXT,
        start INTEGER NOT NULL,
        stop INTEGER NOT NULL,
        outcome TEXT NOT NULL,
        is_own INTEGER NOT NULL,
        PRIMARY KEY (item, position)
    ) WITHOUT ROWID""",
    """CREATE TABLE decision_part (
        item INTEGER NOT NULL,
        decision INTEGER NOT NULL,
        role TEXT NOT NULL CHECK (role IN ('addition', 'vote')),
        position INTEGER NOT NULL,
        start INTEGER NOT NULL,
        stop INTEGER NOT NULL,
        PRIMARY KEY (item, decision, role, position),
        FOREIGN KEY (item, decision) REFERENCES decision ON DELETE CASCADE
    ) WITHOUT ROWID""",
    """CREATE TABLE reference (
        item INTEGER NOT NULL REFERENCES item ON DELETE CASCADE,
        position INTEGER NOT NULL,
        start INTEGER NOT NULL,
        stop INTEGER NOT NULL,
        date TEXT,
        number TEXT,
        committee TEXT,
        case_number TEXT COLLATE NOCASE,
        target TEXT,
        PRIMARY KEY (item, position)
    ) WITHOUT ROWID""",
    """CREATE TABLE attachment (
        item INTEGER NOT NULL REFERENCES item ON DELETE CASCADE,
        position INTEGER NOT NULL,
        name TEXT NOT NULL,
        PRIMARY KEY (item, position)
    ) WITHOUT ROWID""",
)

PASSAGES = (
    # AUTOINCREMENT: the id of a removed passage is never given to another, so a stale index finds nothing, not the
    # wrong thing.
    """CREATE TABLE passage (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        item INTEGER NOT NULL,
        section INTEGER NOT NULL,
        start INTEGER NOT NULL,
        stop INTEGER NOT NULL,
        FOREIGN KEY (item, section) REFERENCES section ON DELETE CASCADE
    )""",
    "CREATE INDEX passage_item ON passage (item, section)",
    # `data` is the unit vector as 32-bit floats, little end first.
    "CREATE TABLE vector (passage INTEGER PRIMARY KEY REFERENCES passage ON DELETE CASCADE, data BLOB NOT NULL)",
    # The words come analysed and separated by blanks; whatever a word may hold must not split it. Without
    # `remove_diacritics 0` SQLite folds å to a. The content is stored: a contentless table without full detail ranks
    # at random, and on SQLite before 3.43 its rows cannot be deleted.
    """CREATE VIRTUAL TABLE terms USING fts5 (
        title, decision, recommendation, rest,
        tokenize = "unicode61 remove_diacritics 0 tokenchars '-./,:;§%&+_#~@*^=$|''’'"
    )""",
    "CREATE VIRTUAL TABLE vocabulary USING fts5vocab (terms, 'row')",
    "CREATE TRIGGER passage_removed AFTER DELETE ON passage BEGIN DELETE FROM terms WHERE rowid = old.id; END",
)

# Tables of the first version that are made anew, since SQLite cannot take a constraint away.
RENEWED = {
    "document": """
        source TEXT PRIMARY KEY,
        digest TEXT NOT NULL,
        parser TEXT NOT NULL,
        municipality TEXT,
        state TEXT NOT NULL CHECK (state IN ('loaded', 'superseded', 'failed', 'divided')),
        reason TEXT NOT NULL,
        meeting TEXT,
        kind TEXT,
        is_paged INTEGER NOT NULL,
        page_count INTEGER NOT NULL""",
    # `replaced_by` is the key of the meeting that took the place of this version; the current version has none.
    "meeting": """
        key TEXT PRIMARY KEY,
        municipality TEXT NOT NULL,
        committee TEXT NOT NULL,
        date TEXT NOT NULL,
        start TEXT,
        place TEXT,
        kind TEXT NOT NULL,
        source TEXT NOT NULL REFERENCES document ON DELETE CASCADE,
        digest TEXT NOT NULL DEFAULT '',
        link TEXT,
        is_supplement INTEGER NOT NULL DEFAULT 0,
        replaced_by TEXT""",
}

VERSIONS = (
    "CREATE INDEX document_meeting ON document (meeting)",
    "CREATE INDEX meeting_committee ON meeting (committee, date)",
    "CREATE INDEX meeting_date ON meeting (date)",
    "CREATE INDEX meeting_source ON meeting (source)",
    "CREATE INDEX meeting_version ON meeting (replaced_by)",
    "UPDATE meeting SET digest = (SELECT digest FROM document WHERE document.source = meeting.source)",
    "ALTER TABLE item ADD COLUMN link TEXT",
    "CREATE INDEX reference_target ON reference (target)",
    """CREATE TABLE attendee (
        meeting TEXT NOT NULL REFERENCES meeting ON DELETE CASCADE,
        position INTEGER NOT NULL,
        name TEXT NOT NULL,
        is_absent INTEGER NOT NULL,
        note TEXT NOT NULL,
        PRIMARY KEY (meeting, position)
    ) WITHOUT ROWID""",
    """CREATE TABLE absence (
        item INTEGER NOT NULL REFERENCES item ON DELETE CASCADE,
        position INTEGER NOT NULL,
        name TEXT NOT NULL,
        PRIMARY KEY (item, position)
    ) WITHOUT ROWID""",
    """CREATE TABLE point (
        item INTEGER NOT NULL,
        decision INTEGER NOT NULL,
        position INTEGER NOT NULL,
        number TEXT NOT NULL,
        start INTEGER NOT NULL,
        stop INTEGER NOT NULL,
        outcome TEXT NOT NULL,
        PRIMARY KEY (item, decision, position),
        FOREIGN KEY (item, decision) REFERENCES decision ON DELETE CASCADE
    ) WITHOUT ROWID""",
    # The recommendation lines that a point decides.
    """CREATE TABLE point_line (
        item INTEGER NOT NULL,
        decision INTEGER NOT NULL,
        point INTEGER NOT NULL,
        position INTEGER NOT NULL,
        start INTEGER NOT NULL,
        stop INTEGER NOT NULL,
        PRIMARY KEY (item, decision, point, position),
        FOREIGN KEY (item, decision, point) REFERENCES point ON DELETE CASCADE
    ) WITHOUT ROWID""",
)

VIEWS = (
    # The full-text index of the first versions took a quarter of a second for a question at 100,000 passages; the one
    # in memory (qa/postings.py) ranks by the same formula in two thousandths. docs/scaling.md has the measurements.
    """CREATE TABLE words (
        passage INTEGER PRIMARY KEY REFERENCES passage ON DELETE CASCADE,
        title TEXT NOT NULL,
        decision TEXT NOT NULL,
        recommendation TEXT NOT NULL,
        rest TEXT NOT NULL
    )""",
    "INSERT INTO words SELECT rowid, title, decision, recommendation, rest FROM terms",
    "DROP TRIGGER passage_removed",
    "DROP TABLE vocabulary",
    "DROP TABLE terms",
    # The passages of a meeting are written in one go, so that their ids follow each other.
    """CREATE TABLE run (
        meeting TEXT PRIMARY KEY REFERENCES meeting ON DELETE CASCADE,
        first INTEGER NOT NULL,
        last INTEGER NOT NULL
    ) WITHOUT ROWID""",
    """INSERT INTO run SELECT item.meeting, min(passage.id), max(passage.id)
        FROM passage JOIN item ON item.id = passage.item GROUP BY item.meeting""",
    "CREATE INDEX item_number ON item (number)",
    # The fingerprints since which passages and vectors only came to the archive, and none was taken or changed.
    "CREATE TABLE grown_from (fingerprint TEXT PRIMARY KEY) WITHOUT ROWID",
    "INSERT INTO grown_from SELECT value FROM meta WHERE key = 'fingerprint'",
    "CREATE TRIGGER passage_removed AFTER DELETE ON passage BEGIN DELETE FROM grown_from; END",
    "CREATE TRIGGER vector_removed AFTER DELETE ON vector BEGIN DELETE FROM grown_from; END",
    "CREATE TRIGGER vector_changed AFTER UPDATE ON vector BEGIN DELETE FROM grown_from; END",
)

# Filled by `reembed` and emptied when it is through; `meta` says under "coming." whose vectors these are.
COMING = "CREATE TABLE coming (passage INTEGER PRIMARY KEY REFERENCES passage ON DELETE CASCADE, data BLOB NOT NULL)"

MIGRATIONS: tuple[Callable[[sqlite3.Connection], None], ...] = (
    m001_archive,
    m002_versions,
    m003_views,
    m004_reembedding,
)
