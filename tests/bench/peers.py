"""Searching beside what else people search with, over one made corpus; prints a table in Markdown.

    python -m tests.bench.peers INDEX DOCUMENTS [--queries N] [--folder SCRATCH]

INDEX is an index of the first DOCUMENTS of the maker's corpus (`korea-reader index` over what `corpus_maker.write` wrote).
fzf, ripgrep and tantivy are asked where they are installed. All are asked in turns, query by query.
"""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import shutil
import sqlite3
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from corpus.index.tokens import words
from corpus.text import fold
from tests.bench.corpus_maker import Maker
from tests.bench.made_queries import Asked, clean, corrupted
from tests.bench.quality import Bench

SLOW = 20
"""Queries that are put to a peer that takes seconds for one."""

Place = tuple[int, bool, int]
"""Number of a document, whether of a comment, and which."""
Search = Callable[[str], Sequence[Place | None]]


class Peer(NamedTuple):
    """A way to search; `slow` ones get a few of the queries. `finds` is False where no places come back."""

    name: str
    search: Search
    slow: bool = False
    finds: bool = True


class Texts:
    """The passages of the corpus in one file, a line each, its titles in another, and bare FTS5 over the same lines."""

    def __init__(self, maker: Maker, documents: int, folder: Path) -> None:
        """Write them, unless they are there from another run."""
        self.lines, self.titles, self.database = folder / "lines.txt", folder / "titles.txt", folder / "bare.db"
        self.places: list[Place] = []
        made = not self.lines.exists()
        if made:
            with self.lines.open("w", encoding="utf-8") as lines, self.titles.open("w", encoding="utf-8") as titles:
                for number, record in enumerate(maker.documents(documents)):
                    titles.write(f"{record['title']}\n")
                    for place, text in _passages(number, record):
                        lines.write(f"{place[0]} {int(place[1])} {place[2]}\t{text}\n")
        connection = sqlite3.connect(self.database)
        if made:
            connection.execute("CREATE VIRTUAL TABLE search USING fts5(text, content='', detail=none)")
            connection.executemany("INSERT INTO search(rowid, text) VALUES(?, ?)", enumerate(self._read(), 1))
            connection.commit()
        else:
            for _ in self._read():
                pass
        self.connection = connection

    def _read(self) -> Iterator[str]:
        with self.lines.open(encoding="utf-8") as file:
            for line in file:
                key, text = line.rstrip("\n").split("\t", 1)
                number, comment, place = key.split(" ")
                self.places.append((int(number), comment == "1", int(place)))
                yield text


def _passages(number: int, record: dict[str, object]) -> Iterator[tuple[Place, str]]:
    for at, text in enumerate(str(record["body"]).split("\n\n")):
        yield (number, False, at), text
    comments = record["comments"]
    assert isinstance(comments, list)
    for at, comment in enumerate(comments):
        yield (number, True, at), " ".join(comment["text"].split())


def bare_fts5(texts: Texts) -> Search:
    """Return SQLite alone: all words, newest first, 50 rows."""

    def search(query: str) -> Sequence[Place | None]:
        asked = " ".join(f'"{word}"' for word in words(fold(query).text))
        rows = texts.connection.execute(
            "SELECT rowid FROM search WHERE search MATCH ? ORDER BY rowid DESC LIMIT 50", (asked,)
        )
        return [texts.places[row - 1] for (row,) in rows]

    return search


def ripgrep(texts: Texts) -> Search:
    """Return a full scan for the longest word of a query; it counts, and finds no misspelt one."""

    def search(query: str) -> Sequence[Place | None]:
        word = max(query.split(), key=len)
        subprocess.run(["rg", "-i", "-c", "-F", "--", word, str(texts.lines)], stdout=subprocess.DEVNULL, check=False)
        return []

    return search


def fuzzy_finder(path: Path) -> Search:
    """Return `fzf --filter` over the lines of a file: letters in order, none may be wrong."""

    def search(query: str) -> Sequence[Place | None]:
        with path.open("rb") as file:
            subprocess.run(["fzf", "--filter", query], stdin=file, stdout=subprocess.DEVNULL, check=False)
        return []

    return search


def tantivy_fuzzy(texts: Texts, folder: Path) -> Search:
    """Return tantivy over the same lines: each word with up to two errors, ranked."""
    tantivy = importlib.import_module("tantivy")
    builder = tantivy.SchemaBuilder()
    builder.add_integer_field("row", stored=True)
    builder.add_text_field("text")
    schema = builder.build()
    place = folder / "tantivy"
    made = not place.exists()
    place.mkdir(exist_ok=True)
    index = tantivy.Index(schema, path=str(place))
    if made:
        writer = index.writer(heap_size=200_000_000)
        for row, text in enumerate(texts._read()):
            writer.add_document(tantivy.Document(row=row, text=text))
        writer.commit()
        writer.wait_merging_threads()
    index.reload()
    searcher = index.searcher()

    def search(query: str) -> Sequence[Place | None]:
        fuzzy = [
            (
                tantivy.Occur.Should,
                tantivy.Query.fuzzy_term_query(schema, "text", word, 2 if len(word) >= 6 else 1, True, False),
            )
            for word in words(fold(query).text)
            if len(word) >= 3
        ]
        hits = searcher.search(tantivy.Query.boolean_query(fuzzy), 10).hits
        return [texts.places[searcher.doc(address)["row"][0]] for _, address in hits]

    return search


def own(bench: Bench, *, exact: bool = False) -> Search:
    """Return this project's engine, whole or the quick tier alone."""
    numbers = {
        document: int(url.rsplit("/", 1)[1])
        for url, document in bench.library.readers.rows("SELECT url, document FROM doc")
    }

    def search(query: str) -> Sequence[Place | None]:
        found = bench.searcher.first(query, limit=50) if exact else bench.searcher.search(query, limit=50)
        return [
            (numbers[hit.document], hit.kind != "body", hit.place) if hit.kind in ("body", "comment") else None
            for hit in found.hits
        ]

    return search


class Told(NamedTuple):
    """What was measured of a peer."""

    recall: float | None
    seconds: list[float]

    def row(self, name: str) -> str:
        """Return the row of the table."""
        times = sorted(self.seconds)
        middle, high = statistics.median(times) * 1e3, times[int(0.95 * len(times))] * 1e3
        found = "–" if self.recall is None else f"{self.recall:.3f}"
        return f"| {name} | {found} | {middle:.1f} | {high:.1f} |"


def measure(peers: Sequence[Peer], asked: Sequence[Asked]) -> dict[str, Told]:
    """Put every query to every peer in turns; recall counts the source passage among the first ten."""
    seconds: dict[str, list[float]] = {peer.name: [] for peer in peers}
    right = dict.fromkeys(seconds, 0)
    for at, item in enumerate(asked):
        for peer in peers:
            if peer.slow and at >= SLOW:
                continue
            began = time.perf_counter()
            found = peer.search(item.query)
            seconds[peer.name].append(time.perf_counter() - began)
            right[peer.name] += (item.document, item.comment, item.place) in found[:10]
    return {
        peer.name: Told(right[peer.name] / len(seconds[peer.name]) if peer.finds else None, seconds[peer.name])
        for peer in peers
    }


def all_peers(bench: Bench, texts: Texts, folder: Path) -> list[Peer]:
    """Return this project and whatever of the others is installed."""
    peers = [
        Peer("korea-reader", own(bench)),
        Peer("korea-reader, exact tier", own(bench, exact=True)),
        Peer("SQLite FTS5 alone, `limit 50`", bare_fts5(texts)),
    ]
    if importlib.util.find_spec("tantivy"):
        peers.append(Peer("tantivy, fuzzy words, best 10", tantivy_fuzzy(texts, folder)))
    if shutil.which("rg"):
        peers.append(Peer("`rg -i -c` over all text", ripgrep(texts), slow=True, finds=False))
    if shutil.which("fzf"):
        peers.append(Peer("`fzf --filter` over the titles", fuzzy_finder(texts.titles), slow=True, finds=False))
    return peers


def main() -> None:
    """Print a table for corrupted phrases and one for clean ones."""
    parser = argparse.ArgumentParser(description="Search beside others.")
    parser.add_argument("index", type=Path)
    parser.add_argument("documents", type=int)
    parser.add_argument("--queries", type=int, default=150)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--folder", type=Path)
    options = parser.parse_args()
    folder = options.folder or Path(tempfile.mkdtemp())
    folder.mkdir(parents=True, exist_ok=True)
    bench = Bench(options.index, options.documents)
    peers = all_peers(bench, Texts(bench.maker, options.documents, folder), folder)
    for name, draw in (("1–2 errors in every word", corrupted), ("as written", clean)):
        found = measure(peers, draw(bench.maker, options.documents, options.queries, options.seed))
        print(f"\n| {name} | recall@10 | ms p50 | ms p95 |\n|---|---|---|---|")
        for peer, told in found.items():
            print(told.row(peer))


if __name__ == "__main__":
    main()
