"""The index file: its tables, how it is opened, and how a file that is not ours is told apart.

The file is a cache: whatever is wrong with it, the captures still hold everything.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

APPLICATION = 0x6B726472
VERSION = 6
PASSAGE_BITS = 24
"""A row of `passage` is `document key << PASSAGE_BITS | number`: 0 the title, then paragraphs, then comments."""

TABLES = (
    "CREATE TABLE meta(name TEXT PRIMARY KEY, value TEXT NOT NULL, sum INTEGER NOT NULL) WITHOUT ROWID",
    "CREATE TABLE capture(id INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE, size INTEGER NOT NULL,"
    " mtime INTEGER NOT NULL, read_at INTEGER NOT NULL, sha256 TEXT NOT NULL, complete INTEGER NOT NULL,"
    # another capture with the very same bytes, whose documents stand for this one's
    " same INTEGER, sum INTEGER NOT NULL)",
    "CREATE TABLE problem(capture INTEGER NOT NULL, member TEXT, message TEXT NOT NULL)",
    # a row of the article list: a document, or a capture that could not be read (problem is its sentence);
    # work is the id that its versions share where that is not its own, text_hash tells equal articles,
    # base is its first search id, parts the passages that are searched where these are not all
    "CREATE TABLE doc(key INTEGER PRIMARY KEY, document TEXT, version TEXT, capture INTEGER NOT NULL, member TEXT,"
    " batch INTEGER NOT NULL, shown INTEGER NOT NULL, title TEXT NOT NULL, outlet TEXT NOT NULL, author TEXT NOT NULL,"
    " published TEXT, date TEXT NOT NULL, saved TEXT, newness TEXT NOT NULL, url TEXT,"
    " paragraphs INTEGER NOT NULL, comments INTEGER NOT NULL, folded TEXT NOT NULL, problem TEXT,"
    " digest BLOB NOT NULL, sum INTEGER NOT NULL, base INTEGER, recognised INTEGER NOT NULL DEFAULT 0,"
    " work TEXT, text_hash INTEGER, parts TEXT)",
    "CREATE TABLE head(doc INTEGER PRIMARY KEY, head TEXT NOT NULL, outline TEXT NOT NULL, sum INTEGER NOT NULL)",
    "CREATE TABLE passage(id INTEGER PRIMARY KEY, text TEXT NOT NULL, rest TEXT NOT NULL, sum INTEGER NOT NULL)",
    "CREATE TABLE mentions(doc INTEGER PRIMARY KEY, found BLOB NOT NULL, sum INTEGER NOT NULL)",
    # features of a document: hashes of words of its title, of phrases, of the names in its article
    "CREATE TABLE outline(doc INTEGER PRIMARY KEY, words BLOB NOT NULL, phrases BLOB NOT NULL, names BLOB)",
    # documents that share a story with others, whose number it is
    "CREATE TABLE story(doc INTEGER PRIMARY KEY, story INTEGER NOT NULL)",
    "CREATE TABLE sketch(value INTEGER NOT NULL, doc INTEGER NOT NULL, PRIMARY KEY(value, doc)) WITHOUT ROWID",
    "CREATE TABLE entity(name TEXT NOT NULL, doc INTEGER NOT NULL, type TEXT NOT NULL,"
    " article INTEGER NOT NULL, comments INTEGER NOT NULL, surfaces TEXT NOT NULL, sum INTEGER NOT NULL,"
    " PRIMARY KEY(name, doc)) WITHOUT ROWID",
    # the same summed up over the documents that are shown
    "CREATE TABLE total(name TEXT PRIMARY KEY, type TEXT NOT NULL, surface TEXT NOT NULL, documents INTEGER NOT NULL,"
    " article INTEGER NOT NULL, comments INTEGER NOT NULL, sum INTEGER NOT NULL) WITHOUT ROWID",
    # how an entity is written anywhere, and the sounds of the Korean names among these
    "CREATE TABLE surface(name TEXT NOT NULL, surface TEXT NOT NULL, type TEXT NOT NULL, sum INTEGER NOT NULL,"
    " PRIMARY KEY(name, surface)) WITHOUT ROWID",
    "CREATE TABLE sound(sound TEXT NOT NULL, surface TEXT NOT NULL, PRIMARY KEY(sound, surface)) WITHOUT ROWID",
    # stretches of search ids; within a sorted one, a higher id means a later date
    "CREATE TABLE segment(first INTEGER PRIMARY KEY, last INTEGER NOT NULL, oldest TEXT NOT NULL,"
    " newest TEXT NOT NULL, sorted INTEGER NOT NULL)",
    "CREATE TABLE vocabulary(id INTEGER PRIMARY KEY, level INTEGER NOT NULL, words BLOB NOT NULL, sum INTEGER NOT NULL)",
    "CREATE VIRTUAL TABLE search USING fts5(terms, content='', detail=none, columnsize=0, tokenize='ascii')",
    "CREATE INDEX doc_document ON doc(document)",
    "CREATE INDEX doc_work ON doc(work) WHERE work IS NOT NULL",
    "CREATE INDEX doc_text_hash ON doc(text_hash)",
    "CREATE INDEX doc_capture ON doc(capture)",
    "CREATE INDEX doc_base ON doc(base)",
    "CREATE INDEX doc_added ON doc(shown, batch DESC)",
    "CREATE INDEX doc_date ON doc(shown, date DESC)",
    "CREATE INDEX doc_unsearched ON doc(date, key) WHERE base IS NULL",
    "CREATE INDEX doc_unrecognised ON doc(date, key) WHERE recognised = 0 AND shown = 1",
    "CREATE INDEX problem_capture ON problem(capture)",
    "CREATE INDEX capture_same ON capture(same) WHERE same IS NOT NULL",
    "CREATE INDEX sketch_doc ON sketch(doc)",
    "CREATE INDEX entity_doc ON entity(doc)",
)


def path_value(path: str) -> str | bytes:
    """Return a path as it is stored: text, or bytes where it is none."""
    try:
        path.encode("utf-8")
    except UnicodeEncodeError:
        return os.fsencode(path)
    return path


def path_text(value: str | bytes) -> str:
    """Return a stored path as Python writes paths."""
    return os.fsdecode(value) if isinstance(value, bytes) else value


class NotOursError(Exception):
    """The file is not an index of this version; the message says what it is, for the user.

    `foreign` tells a file that this program did not make, which must be kept, from an old cache.
    """

    def __init__(self, message: str, *, foreign: bool) -> None:
        """Keep the sentence and whose file it is."""
        super().__init__(message)
        self.foreign = foreign


def _guard(connection: sqlite3.Connection) -> None:
    """Let nothing that the file says run: it may have been made by somebody else."""
    for pragma in ("trusted_schema=OFF", "cell_size_check=ON", "mmap_size=0", "cache_size=-64000", "busy_timeout=5000"):
        connection.execute(f"PRAGMA {pragma}")


def check(connection: sqlite3.Connection) -> None:
    """Raise NotOursError unless the open file has exactly our tables; nothing is written."""
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    if application != APPLICATION:
        raise NotOursError("The index file was made by another program", foreign=True)
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version != VERSION:
        raise NotOursError("The index was made by another version of korea-reader", foreign=False)
    if not _is_schema(_schema_of(connection)):
        raise NotOursError("The index file has been changed by another program", foreign=True)


def _schema_of(connection: sqlite3.Connection) -> set[str]:
    return {row[0] for row in connection.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL")}


def _is_schema(found: set[str]) -> bool:
    """Tell whether these are our tables; besides them there are only those in which SQLite keeps the search."""
    own = set(TABLES)
    return own <= found and all(sql.startswith("CREATE TABLE 'search_") for sql in found - own)


def empty() -> sqlite3.Connection:
    """Return an index in memory with no rows: what a corpus is before it was read."""
    connection = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    _create(connection)
    return connection


def _create(connection: sqlite3.Connection) -> None:
    for statement in TABLES:
        connection.execute(statement)
    connection.execute(f"PRAGMA application_id={APPLICATION}")
    connection.execute(f"PRAGMA user_version={VERSION}")


def open_reader(path: Path) -> sqlite3.Connection:
    """Open the index read-only. Raises NotOursError, or sqlite3.Error for a damaged file."""
    uri = f"file:{quote(str(path.absolute()))}?mode=ro"
    connection = sqlite3.connect(uri, uri=True, isolation_level=None, check_same_thread=False, timeout=5)
    return _checked(connection, check)


def open_writer(path: Path) -> sqlite3.Connection:
    """Open or create the index for its one writer, who holds the lock. Raises like `open_reader`."""
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=5)
    return _checked(connection, _prepare)


def _checked(connection: sqlite3.Connection, step: Callable[[sqlite3.Connection], None]) -> sqlite3.Connection:
    try:
        _guard(connection)
        step(connection)
    except (NotOursError, sqlite3.Error):
        connection.close()
        raise
    except Exception as error:
        # a damaged file can make sqlite3 raise anything, a UnicodeDecodeError for one
        connection.close()
        raise sqlite3.DatabaseError("the file is damaged") from error
    return connection


def _prepare(connection: sqlite3.Connection) -> None:
    is_new = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0
    if is_new and connection.execute("PRAGMA application_id").fetchone()[0] in (0, APPLICATION):
        # pages that are free after a merge go back to the disk
        connection.execute("PRAGMA auto_vacuum=INCREMENTAL")
        connection.execute("BEGIN IMMEDIATE")
        _create(connection)
        connection.execute("COMMIT")
    else:
        check(connection)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=NORMAL")
    connection.execute("PRAGMA wal_autocheckpoint=0")
