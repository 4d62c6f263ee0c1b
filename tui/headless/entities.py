"""Print who and what the captures name, counted: in the articles, and in the comments under them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from tui.headless.output import DONE, NOTHING_FOUND, UNREADABLE, emit_json, print_csv, print_table, say

if TYPE_CHECKING:
    import argparse

    from corpus.entities.summary import EntityCount
    from corpus.paths import Folders

FORMATS = ("table", "json", "csv")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what `entities` takes."""
    parser.add_argument("paths", nargs="+", metavar="PATH", help="files and folders; - is standard input")
    parser.add_argument("--format", choices=FORMATS, default="table", help="of the output (table)")
    parser.add_argument("--json", dest="format", action="store_const", const="json", help="the same as --format json")


def run(options: argparse.Namespace, folders: Folders) -> int:
    """Print the entities of all documents together and return the exit code."""
    from corpus.entities.judgements import Judgements, applied
    from corpus.entities.summary import summarise
    from corpus.storage import Storage
    from tui.headless.opening import make_recogniser, own_files
    from tui.headless.reading import Reading

    folders = own_files(list(map(Path, options.paths)), folders)
    recogniser = make_recogniser(folders)
    judgements = Judgements(folders.corrections, Storage(), lambda: recogniser.gazetteer.rows)
    corrections, names = applied(judgements, recogniser.gazetteer)
    reading = Reading(options.paths, folders)
    counts = together(
        summarise(document, corrections.apply(recogniser.recognise(document)), names) for document in reading
    )
    if counts:
        _print(counts, options.format)
    if reading.problems:
        return UNREADABLE
    if not counts:
        say("No names or dates were found.")
        return NOTHING_FOUND
    return DONE


def together(documents: Iterable[list[EntityCount]]) -> list[EntityCount]:
    """Add up the counts of several documents, group by group, the most named first and dates by day."""
    from collections import Counter
    from dataclasses import replace

    found: dict[tuple[str, str], EntityCount] = {}
    for counts in documents:
        for count in counts:
            key = (count.group, count.id or count.name.casefold())
            known = found.get(key)
            if known is None:
                found[key] = count
                continue
            spellings = Counter(dict(known.spellings)) + Counter(dict(count.spellings))
            found[key] = replace(
                known,
                article=known.article + count.article,
                comments=known.comments + count.comments,
                mentions=known.mentions + count.mentions,
                spellings=tuple(spellings.most_common()),
            )
    return sorted(found.values(), key=_order)


def _order(count: EntityCount) -> tuple[int, int, str]:
    from corpus.entities.summary import ARTICLE_WEIGHT, GROUPS

    named = 0 if count.group == "DATES" else ARTICLE_WEIGHT * count.article + count.comments
    return GROUPS.index(count.group), -named, count.name


def _print(counts: list[EntityCount], form: str) -> None:
    if form == "json":
        import json

        for count in counts:
            emit_json(json.dumps(_record(count), ensure_ascii=False, separators=(",", ":")))
    elif form == "csv":
        columns = ("id", "type", "name", "hangul", "wikidata", "article", "comments", "spellings")
        print_csv(columns, ((c.id or "", c.type, c.name, c.hangul, c.wikidata or "", *_numbers(c)) for c in counts))
    else:
        headings = ("Group", "Name", "Hangul", "Article", "Comments", "Spellings")
        print_table(headings, ((c.group, c.name, c.hangul, *_numbers(c)) for c in counts), right=(3, 4))


def _numbers(count: EntityCount) -> Iterator[object]:
    yield count.article
    yield count.comments
    yield ", ".join(f"{surface} {times}" for surface, times in count.spellings)


def _record(count: EntityCount) -> dict[str, object]:
    from corpus.record_writing import span_to_record

    return {
        "id": count.id,
        "type": count.type,
        "name": count.name,
        "hangul": count.hangul or None,
        "wikidata": count.wikidata,
        "article": count.article,
        "comments": count.comments,
        "mentions": [
            {
                "span": span_to_record(mention.span),
                "surface": mention.surface,
                "rule": mention.rule,
                "confidence": mention.confidence,
                "value": mention.value,
            }
            for mention in count.mentions
        ],
    }
