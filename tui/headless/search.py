"""Print the passages that match, best first: misspelt words, every romanisation, Hangul and initial consonants too."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from tui.headless.output import DONE, NOTHING_FOUND, UNREADABLE, WRONG_USAGE, emit, emit_json, emphasised, say

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from corpus.library import Library
    from corpus.paths import Folders
    from corpus.query import Filter
    from corpus.search import Hit

LIMIT = 200
FEW, SECONDS = 200, 2.0
"""The names of so few documents are looked for first if they were not yet, for so long."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what `search` takes."""
    parser.usage = "%(prog)s QUERY ... [--in PATH ...] [--limit N] [--exact] [--json]"
    # what stands behind --in may be the query
    parser.add_argument("words", nargs="*", metavar="QUERY", help="what to look for")
    parser.add_argument(
        "--in",
        dest="paths",
        nargs="+",
        action="extend",
        default=[],
        metavar="PATH",
        help="files and folders to search; none: your library, else the sample",
    )
    parser.add_argument("--limit", type=int, default=LIMIT, metavar="N", help=f"most passages to print ({LIMIT})")
    parser.add_argument("--exact", action="store_true", help="only the words as they are written")
    parser.add_argument("--json", action="store_true", help="one JSON object a passage")


def prepared(words: list[str]) -> list[str]:
    """Return what was typed with every word that leaves something out (-is:reply) told from an option."""
    return [
        f" {word}" if len(word) > 1 and word[0] == "-" and word[1] not in "-" and word != "-h" else word
        for word in words
    ]


def run(options: argparse.Namespace, folders: Folders) -> int:
    """Search and print; return the exit code."""
    words, paths = _parted(options.words, options.paths)
    if options.limit < 1 or not words:
        say("--limit must be at least 1." if words else "Type what to look for: korea-reader search QUERY --in PATH")
        return WRONG_USAGE
    from tui.headless.opening import make_searcher, own_files
    from tui.options import choose_roots

    query = _query(words)
    roots, _ = choose_roots(list(map(Path, paths)), False, folders)
    folders = own_files(roots, folders)
    library = _refreshed(roots, folders, query)
    try:
        searcher = make_searcher(library, folders)
        results = searcher.search(query, limit=options.limit, exact_only=options.exact)
        for message in results.messages:
            say(message)
        for hit in results.hits:
            if options.json:
                emit_json(_line(hit))
            else:
                emit(_text(hit))
        read, documents = library.names_read()
        if read < documents and not options.exact:
            from dataclasses import replace

            results = replace(results, total_is_exact=False)
            say(f"The names of {read:,} of {documents:,} documents are read; `korea-reader index` reads the rest.")
        say(str(results))
        if results.hits:
            return DONE
        # what was left out may have held it
        return UNREADABLE if library.problems() else NOTHING_FOUND
    finally:
        library.close()


def _parted(words: list[str], paths: list[str]) -> tuple[list[str], list[str]]:
    """Return the words of the query and the paths; where --in took the query too, it is what is no file at its end."""
    end = len(paths)
    while not words and end > 1 and not Path(paths[end - 1]).exists():
        end -= 1
    return words or paths[end:], paths[:end]


def _refreshed(roots: Sequence[Path], folders: Folders, query: str) -> Library:
    """Return the library, brought up to date, with names where they are asked for or few are wanting."""
    from tui.headless.opening import open_library, refresh

    asks_for_names = any(item.field in ("entity", "type") for item in _filters(query))
    library = open_library(roots, folders, names=asks_for_names)
    refresh(library, brief=True)
    read, documents = library.names_read()
    if not 0 < documents - read <= FEW:
        return library
    library.close()
    library = open_library(roots, folders)
    refresh(library, brief=True, seconds=SECONDS)
    return library


def _query(words: list[str]) -> str:
    """Return the words as one query; a field and its value in one word of the shell stay together."""
    return words[0] if len(words) == 1 else " ".join(map(_quoted, words))


def _quoted(word: str) -> str:
    from corpus.queries.fields import field_named

    field, colon, value = word.partition(":")
    known = colon and " " in value and '"' not in value and "(" not in value and field_named(field.lstrip("-"))
    return f'{field}:"{value}"' if known else word


def _filters(query: str) -> list[Filter]:
    from corpus.query import parse

    filters = parse(query).filters
    return [*filters, *(item for one in filters for query in one.inner for item in query.filters)]


def _line(hit: Hit) -> str:
    import json

    from corpus.record_writing import span_to_record

    record: dict[str, Any] = {
        "kind": hit.kind,
        "span": span_to_record(hit.span) if hit.document else None,
        "title": hit.title,
        "author": hit.author,
        "excerpt": hit.excerpt,
        "highlights": [list(mark) for mark in hit.highlights],
        "why": hit.why,
        "also": list(hit.also),
        "score": round(hit.score, 1),
    }
    if hit.about:
        record["about"] = hit.about
    return json.dumps(record, ensure_ascii=False, separators=(",", ":"))


def _text(hit: Hit) -> str:
    signs = {"body": f"¶{hit.place + 1}", "comment": f"#{hit.place + 1}", "comment_title": f"#{hit.place + 1}"}
    if hit.kind in ("entity", "note"):
        signs = dict.fromkeys(("title", "body", "comment", "comment_title"), hit.kind if hit.kind == "note" else "name")
    where = " · ".join(filter(None, (hit.title, signs.get(hit.span.part, ""), hit.author, hit.why)))
    return f"{where}\n  {emphasised(hit.excerpt, hit.highlights)}\n"
