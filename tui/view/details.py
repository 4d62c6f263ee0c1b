"""The facts of a document, each with where it came from, and what the user may supply."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from corpus.details import EVIDENCE, ZONE
from corpus.judged import ADDRESS
from corpus.model import Capture, Document
from corpus.rereading import CORRECTED
from corpus.selfcheck import check
from corpus.text import canonical_line
from corpus.times import instant, iso
from tui.external import host_of
from tui.view.facts import Fact
from tui.view.rows import Run

ASKED = {
    "title": "title",
    "byline": "author; several parted by semicolons",
    "outlet": "outlet: the paper, agency or site",
    "published": "date as 2018, 2018-02 or 2018-02-09, with a time where known: 2018-02-09T11:04+09:00",
    "zone": "time zone of the times on this page: +09:00, KST or Asia/Seoul",
    "url": "address of the page, with https://",
}
"""What may be supplied, and how it is asked for; an empty line takes it back."""
YOURS = f"{EVIDENCE}; Enter changes it"
COMMENTS_LOOKED_AT = 500
_ORIGINS = {
    "html": "stated by the page",
    "text": "read from the pasted text",
    "json": "stated in the record",
    "jsonl": "stated in the record",
}


def mended(field: str, text: str) -> str | None:
    """Return what was typed for a field in the form that is kept, None for nothing.

    Raises ValueError with a sentence for the user.
    """
    value = canonical_line(text)
    if not value:
        return None
    if field == "published":
        date = iso(value)
        if date is None:
            raise ValueError("Write the date as 2018, 2018-02, 2018-02-09 or 2018-02-09T11:04+09:00.")
        return date
    if field == "url" and host_of(value) is None:
        raise ValueError("Write the whole address, beginning with http:// or https://, without blanks.")
    if field == "zone" and not ZONE.fullmatch(value):
        raise ValueError("Write the zone as +09:00, or by name: KST, UTC, Asia/Seoul.")
    return value


def refusal(document: Document, field: str) -> str:
    """Return why a field cannot be supplied for a document, empty where it can."""
    if field not in ASKED:
        return "This comes from the capture itself and cannot be supplied."
    if field == "zone" and not _clock_times(document):
        return "No time of day is stated here, so that no zone is wanting."
    if field == "zone" and _zone_stated(document):
        return "Every time on this page states its zone."
    return ""


def facts_of(
    document: Document, supplied: Mapping[str, str], captures: Sequence[str] = (), also_at: Sequence[str] = ()
) -> list[Fact]:
    """Return all facts under headings.

    Args:
        document: as its capture states it, nothing supplied yet.
        supplied: what the user supplied, by field.
        captures: the files that hold it, the newest first.
        also_at: where the same text stands besides: addresses, or files without one.
    """
    return [
        *_article(document, supplied),
        *_comments(document),
        *_capture(document.capture, captures),
        *(
            _fact(f"also at {at}", "Also at", canonical_line(place, 4000), "another document with the same text")
            for at, place in enumerate(also_at)
        ),
        *_corrections(document),
        *_left_out(document),
    ]


def _heading(text: str) -> Fact:
    return Fact(("heading", text), (Run(text, "group"),), heading=True)


def _fact(key: object, label: str, value: str | None, origin: str = "", *, style: str = "text", most: int = 4) -> Fact:
    runs = (Run(value, style),) if value else (Run("not stated", "unknown"),)
    return Fact(str(key), runs, right=origin, label=label, most=most)


def _article(document: Document, supplied: Mapping[str, str]) -> Iterator[Fact]:
    origin = _ORIGINS.get(document.capture.format if document.capture else "", "stated in the capture")
    wording = f", written “{document.published_raw}”" if document.published_raw else ""
    published = document.published
    if published is None and document.published_raw:
        published = f"not understood: “{document.published_raw}”"
    stated = {
        "title": (document.title, origin),
        "byline": ("; ".join(document.byline), origin),
        "outlet": (document.outlet, origin),
        "published": (published, (document.published_evidence or origin) + wording if document.published else origin),
    }
    labels = {"title": "Title", "byline": "Author", "outlet": "Outlet", "published": "Published"}
    yield _heading("ARTICLE")
    for field, (value, source) in stated.items():
        yield _suppliable(document, supplied, field, labels[field], value, source)
    yield _fact("modified", "Changed", document.modified, origin if document.modified else "")
    yield _suppliable(document, supplied, "zone", "Time zone", *_zone(document))
    address = document.extra.get(ADDRESS)
    where = canonical_line(address) if isinstance(address, str) else origin
    yield _suppliable(document, supplied, "url", "Address", document.url, where)
    yield _fact("language", "Language", document.language, origin if document.language else "")
    count = len(document.paragraphs)
    yield _fact(
        "paragraphs", "Length", f"{count:,} paragraph{'' if count == 1 else 's'}", f"{len(document.links)} links"
    )


def _suppliable(
    document: Document, supplied: Mapping[str, str], field: str, label: str, value: str | None, origin: str
) -> Fact:
    given, open_to_user = supplied.get(field), not refusal(document, field)
    if given and open_to_user:
        own = f"the capture says “{value}”" if value and getattr(document, field, None) else ""
        return _fact(field, label, given, "; ".join(filter(None, (YOURS, own))))
    if given:
        return _fact(field, label, value, f"{origin}; you supplied “{given}”")
    if open_to_user and not getattr(document, field, None):
        return Fact(field, (Run(value or "not stated", "unknown"),), right="Enter supplies it", label=label)
    return _fact(field, label, value, origin)


def _clock_times(document: Document) -> list[str]:
    posted = (document.comments[at].posted for at in range(min(COMMENTS_LOOKED_AT, len(document.comments))))
    return [time for time in (document.published, *posted) if time and "T" in time]


def _zone_stated(document: Document) -> bool:
    moments = [instant(time) for time in _clock_times(document)]
    return bool(moments) and all(moment is not None and moment[1] for moment in moments)


def _zone(document: Document) -> tuple[str, str]:
    if not _clock_times(document):
        return "no time of day is stated", ""
    return ("stated with every time", "") if _zone_stated(document) else ("zone not stated", "")


def _comments(document: Document) -> Iterator[Fact]:
    found = check(document)
    count = len(document.comments)
    yield _heading("COMMENTS")
    yield _fact("comments", "Found", f"{count:,}", "in this capture")
    if found and document.stated_comment_count:
        words = f"“{document.stated_comment_count.text}”"
        style = "text" if found.agrees else "warning"
        yield _fact("stated", "The page says", "as many" if found.agrees else found.said, words, style=style)


def _capture(capture: Capture | None, captures: Sequence[str]) -> Iterator[Fact]:
    yield _heading("CAPTURE")
    if capture is None:
        yield _fact("capture", "File", None)
        return
    yield _fact("saved", "Saved", capture.saved, _evidence(capture))
    yield _fact("file", "File", canonical_line(capture.path, 4000))
    if capture.member:
        yield _fact("member", "Part", canonical_line(capture.member, 4000), "within the file")
    yield _fact("format", "Format", capture.format)
    yield _fact("encoding", "Encoding", capture.encoding)
    yield _fact("sha256", "SHA-256", capture.sha256, "of the file")
    others = [path for path in captures if path != capture.path]
    for at, path in enumerate(others):
        yield _fact(f"other {at}", "Also captured", canonical_line(path, 4000), "another version of this document")


def _evidence(capture: Capture) -> str:
    """Return how it is known when a capture was saved; a file's own time is no more than that."""
    if not capture.saved_evidence:
        return ""
    return f"by the {capture.saved_evidence}" + ("" if capture.saved_is_known else ", which may be that of a copy")


def _corrections(document: Document) -> Iterator[Fact]:
    said = document.extra.get(CORRECTED)
    if not isinstance(said, list | tuple) or not said:
        return
    yield _heading("CORRECTED BY YOU")
    for at, words in enumerate(said):
        yield _fact(f"corrected {at}", "", canonical_line(str(words)))


def _left_out(document: Document) -> Iterator[Fact]:
    if document.folded:
        yield _heading(f"HIDDEN PAGE PARTS {len(document.folded)}")
    for at, part in enumerate(document.folded):
        yield _fact(f"folded {at}", f"{at + 1}", part.text, part.reason, style="dim", most=3)
    if document.dropped:
        yield _heading("LEFT OUT")
    for at, extra in enumerate(document.dropped):
        what, count = canonical_line(str(extra.get("what", "")), 200), extra.get("count")
        yield _fact(f"dropped {at}", f"{count} ×" if isinstance(count, int) else "", what or "something")
    if document.problems:
        yield _heading("PROBLEMS")
    for at, problem in enumerate(document.problems):
        yield _fact(f"problem {at}", "", problem, style="warning")
