"""What is known of captures beyond their bytes, laid over what was read of them: ledger, corrections, details.

This is the one place where documents on their way from captures take it up, so that index, `show` and the reader agree.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.comments import Comments
from corpus.details import Details
from corpus.identity import version_id
from corpus.ledger import Facts, Ledger
from corpus.model import Document, Problem
from corpus.readings import Readings
from corpus.rereading import corrected

if TYPE_CHECKING:
    from corpus.paths import Folders
    from corpus.storage import Storage

ADDRESS = "url_evidence"
"""The key of `Document.extra` that says where an address is from that the capture itself does not state."""


@cache
def judged_of(folders: Folders) -> Judged:
    """Return one for this process; what asks for it goes through a pipe."""
    from corpus.storage import Storage

    return Judged(folders, Storage())


class Judged:
    """Finishes documents as they are read. What others write meanwhile is taken up by `renewed`."""

    def __init__(self, folders: Folders, storage: Storage, *, unread: bool = True) -> None:
        """Use the files of `folders`; with `unread`, a text that could not be read becomes a document all the same."""
        self.folders, self.storage, self.unread = folders, storage, unread
        self.ledger = Ledger(folders.ledger, storage)

    @cached_property
    def details(self) -> Details:
        """What was supplied."""
        return Details(self.folders.corrections, self.storage)

    @cached_property
    def readings(self) -> Readings:
        """The corrections of readings."""
        return Readings(self.folders.corrections, self.storage)

    def renew(self) -> None:
        """Forget what was read of the corrections, since others may have written more."""
        self.__dict__.pop("details", None)
        self.__dict__.pop("readings", None)

    def fingerprints(self) -> dict[str, str]:
        """Return, for every document of which the user said something, what changes when that does."""
        said: dict[str, object] = {name: list(map(dict, found)) for name, found in self.readings.by_document().items()}
        both = {name: [said.get(name), dict(self.details.of(name))] for name in {*said, *self.details.documents}}
        return {
            name: hashlib.sha256(json.dumps(found, sort_keys=True).encode()).hexdigest()[:16]
            for name, found in both.items()
            if any(found)
        }

    def finished(self, path: Path, items: Iterable[Document | Problem]) -> Iterator[Document | Problem]:
        """Yield what was read of a capture, with what is known of it besides.

        Args:
            path: the capture.
            items: what `corpus.read.read` yields for it.
        """
        readable, problems = False, []
        for item in items:
            if isinstance(item, Problem):
                problems.append(item)
                yield item
            else:
                readable = True
                yield self.document(path, item)
        if problems and not readable and self.unread:
            from corpus.unread import unread

            found = unread(path, problems[0].message)
            if found is not None:
                yield found

    def document(self, path: Path, document: Document) -> Document:
        """Return one document with what is known of it besides."""
        capture = document.capture
        facts = self.ledger.facts(capture.sha256) if capture and self.ledger else None
        document = _with_facts(document, facts) if facts else document
        corrections = self.readings.of(document.id)
        if corrections:
            document = corrected(document, corrections, lambda: _text(path, document))
        supplied = self.details.of(document.id)
        if supplied:
            document = self.details.applied(document)
            if "title" in supplied:
                document = replace(document, version=version_id(document.title, document.body, document.comments))
        return document


def _text(path: Path, document: Document) -> str | None:
    """Return the decoded capture of a document."""
    from corpus.raw import RawError, decoded

    try:
        return decoded(path, document.capture.member if document.capture else None).text
    except RawError:
        return None


def _with_facts(document: Document, facts: Facts) -> Document:
    """Return the document with what the ledger knows and its capture does not state."""
    capture = document.capture
    if capture and not capture.saved_is_known and facts.saved:
        capture = replace(capture, saved=facts.saved, saved_evidence=facts.saved_evidence)
        document = replace(document, capture=capture)
        if capture.saved_is_known:
            document = replace(document, comments=_settled(document, facts.saved))
    if not document.url and facts.url and capture and not capture.member:
        when = f" on {facts.saved[:10]}" if facts.saved else ""
        document = replace(
            document,
            url=facts.url,
            extra={**document.extra, ADDRESS: f"fetched from there{when}, as the list of captures says"},
        )
    return document


def _settled(document: Document, saved: str) -> Comments:
    """Give comments with words like "2 days ago" the day that the time of saving settles."""
    from corpus.read.stamp_finder import find_stamp

    made = []
    for comment in document.comments:
        stamp = find_stamp(comment.posted_raw) if comment.posted is None and comment.posted_raw else None
        posted = stamp.settled(saved) if stamp else None
        made.append(replace(comment, posted=posted) if posted else comment)
    return Comments(made)
