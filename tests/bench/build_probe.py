"""One way of building an index, measured in a process of its own; prints seconds, seconds of processor, and bytes.

    python tests/bench/build_probe.py bare|texts|recogniser|names FOLDER INDEX

`bare` reads the captures, inserts their texts into plain tables and into FTS5 (contentless, detail=none);
`texts` is the library without names; `recogniser` finds the names of all documents and keeps nothing;
`names` is the library's second pass over an index that has all texts.
"""

from __future__ import annotations

import json
import resource
import sqlite3
import sys
import time
from pathlib import Path

from corpus.entities.gazetteer import Gazetteer
from corpus.entities.recognise import Recogniser
from corpus.index.sources import Names
from corpus.library import Library
from corpus.model import Document
from corpus.read import read

BATCH = 20


def bare(folder: Path, index: Path) -> None:
    """Clean, insert, index, with nothing that makes it a library."""
    connection = sqlite3.connect(index, isolation_level=None)
    connection.executescript(
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;"
        "CREATE TABLE doc(id INTEGER PRIMARY KEY, title TEXT, facts TEXT);"
        "CREATE TABLE passage(id INTEGER PRIMARY KEY, text TEXT, facts TEXT);"
        "CREATE VIRTUAL TABLE search USING fts5(text, content='', detail=none)"
    )
    at = number = 0
    for path in sorted(folder.iterdir()):
        for item in read(path):
            if not isinstance(item, Document):
                continue
            if number % BATCH == 0:
                connection.execute("BEGIN")
            facts = json.dumps([item.id, item.version, item.byline, item.outlet, item.url, item.published])
            connection.execute("INSERT INTO doc VALUES(NULL, ?, ?)", (item.title, facts))
            rows = [(item.title, "")] + [(paragraph.text, paragraph.kind) for paragraph in item.paragraphs]
            rows += [
                (comment.text, json.dumps([comment.id, comment.author, comment.posted, comment.parent]))
                for comment in item.comments
            ]
            places = range(at + 1, at + 1 + len(rows))
            connection.executemany(
                "INSERT INTO passage VALUES(?, ?, ?)", [(key, *row) for key, row in zip(places, rows, strict=True)]
            )
            connection.executemany(
                "INSERT INTO search(rowid, text) VALUES(?, ?)",
                [(key, text) for key, (text, _) in zip(places, rows, strict=True)],
            )
            at += len(rows)
            number += 1
            if number % BATCH == 0:
                connection.execute("COMMIT")
    if connection.in_transaction:
        connection.execute("COMMIT")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    connection.close()


def library(folder: Path, index: Path, names: bool) -> None:
    """Build the index of the library, or find the names for it."""
    found = Library.open([folder], index, recogniser=Names(None) if names else None)
    found.refresh()
    found.close()


def main(way: str, folder: Path, index: Path) -> None:
    """Measure one way."""
    documents: list[Document] = []
    finds = None
    if way == "recogniser":
        finds = Recogniser(Gazetteer.load(None))
        documents = [item for path in sorted(folder.iterdir()) for item in read(path) if isinstance(item, Document)]
    began, used = time.monotonic(), _processor()
    if finds:
        for document in documents:
            finds.recognise(document)
    elif way == "bare":
        bare(folder, index)
    else:
        library(folder, index, way == "names")
    size = index.stat().st_size if index.exists() else 0
    print(json.dumps([time.monotonic() - began, _processor() - used, size]))


def _processor() -> float:
    """Return the seconds of processor of this process and of those that it waited for."""
    uses = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(use.ru_utime + use.ru_stime for use in uses)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
