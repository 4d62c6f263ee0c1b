"""Indexes that the benches of the screen read: small ones made on the spot, or a large one made elsewhere.

BENCH_INDEX names an index, BENCH_DOCUMENTS says over how many documents of `corpus_maker` it is; BENCH_SMALL_INDEX
and BENCH_SMALL_DOCUMENTS name the one that growth is measured from. They are read where they lie and never written:
their locks are held meanwhile.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from corpus.library import Library
from corpus.paths import folders
from corpus.storage import Storage
from tests.bench.corpus_maker import Maker, write
from tests.bench.ratios import surroundings


class Indexed(NamedTuple):
    """A corpus with its index: the words that follow the reader's name, the environment that has the index."""

    words: tuple[str, ...]
    env: dict[str, str]
    documents: int
    file: Path


def made(home: Path, maker: Maker, documents: int) -> Indexed:
    """Make a corpus and its index under `home`."""
    corpus, env = home / "corpus", surroundings(home)
    write(corpus, maker, documents)
    index = folders(environ=env).index([corpus])
    library = Library.open([corpus], index)
    assert not library.refresh().stopped
    library.close()
    return Indexed((str(corpus),), env, documents, index)


@contextmanager
def chosen(home: Path, maker: Maker, documents: int, which: str = "") -> Iterator[Indexed]:
    """Give the index that the environment names, `which` being "" or "SMALL_", else one over so many documents."""
    named = os.environ.get(f"BENCH_{which}INDEX")
    if not named:
        yield made(home, maker, documents)
        return
    given = Path(named).resolve()
    env, root = surroundings(home), _root(given)
    index = folders(environ=env).index([root])
    index.parent.mkdir(parents=True)
    index.symlink_to(given)
    with Storage().lock(index):
        yield Indexed((str(root),), env, int(os.environ[f"BENCH_{which}DOCUMENTS"]), index)


def _root(index: Path) -> Path:
    """Return the folder that holds all captures of an index."""
    connection = sqlite3.connect(f"file:{index}?mode=ro", uri=True)
    paths = [os.fsdecode(path) for (path,) in connection.execute("SELECT path FROM capture")]
    connection.close()
    root = Path(os.path.commonpath(paths))
    return root if root.is_dir() else root.parent
