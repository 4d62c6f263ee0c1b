"""Parse captures and print them: as plain text, as Markdown, or as JSON, one document a line."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from tui.headless.output import DONE, NOTHING_FOUND, UNREADABLE, emit, emit_json, say

if TYPE_CHECKING:
    import argparse

    from corpus.model import Document
    from corpus.paths import Folders


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what `show` takes."""
    parser.add_argument("paths", nargs="+", metavar="PATH", help="files and folders; - is standard input")
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", dest="form", action="store_const", const="json", help="one JSON object a document")
    form.add_argument("--text", dest="form", action="store_const", const="text", help="plain text (the usual)")
    form.add_argument("--markdown", dest="form", action="store_const", const="markdown", help="Markdown")


def run(options: argparse.Namespace, folders: Folders) -> int:
    """Print the documents and return the exit code."""
    from tui.headless.reading import Reading

    form = options.form or "text"
    render, print_one = _renderer(form), emit_json if form == "json" else emit
    reading = Reading(options.paths, folders)
    for document in reading:
        print_one(render(document))
    if reading.problems:
        return UNREADABLE
    if not reading.documents:
        say("There was nothing to show.")
        return NOTHING_FOUND
    return DONE


def _renderer(form: str) -> Callable[[Document], str]:
    if form == "json":
        from corpus.record_writing import to_line

        return to_line
    if form == "markdown":
        from tui.headless.markdown import to_markdown

        return to_markdown
    from tui.headless.plain import to_text

    return to_text
