"""Our own citation, in full sentences' order, and the sheet of evidence."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.cite.source import Source, supplied_mark
from corpus.cite.when import when
from corpus.model import Document, Span

_PARTS = {"title": "title", "body": "article", "comment": "comment", "comment_title": "title of the comment"}


def note(about: Source) -> str:
    """Return author, title, outlet, date, address; of a comment first its author, number and time."""

    def mark(field: str) -> str:
        return supplied_mark(about, field)

    place = about.address or (f"file {about.file}" if about.file else "no address stated")
    place += mark("url") if about.address == about.url else ""
    outlet = f"{about.outlet_or_host or 'outlet not stated'}{mark('outlet')}"
    date = f"{when(about.published, about.published_raw).day_month_year()}{mark('published')}"
    title = f"“{about.title or 'untitled'}”{mark('title')}"
    authors = f"{join_names(about.authors)}{mark('byline')}"
    if about.comment is None:
        return ", ".join((authors or "no author stated", title, outlet, date, place))
    comment = about.comment
    head = [comment.shown_as, f"comment {comment.number} as captured", comment_time(about)]
    if comment.reply_to:
        head.append(f"in reply to {comment.reply_to}")
    by = f" by {authors}" if authors else ", no author stated"
    return ", ".join((*head, f"comment on {title}{by}", outlet, date, place))


def comment_time(about: Source) -> str:
    """Return the time of the comment in words, its zone or that none is stated."""
    if about.comment is None:
        return ""
    posted = when(about.comment.posted, about.comment.posted_raw)
    time, comma, rest = posted.clock(about.zone).partition(", ")
    zone = f" ({rest})" if comma else ""
    return f"{posted.day_month_year()} {time}".rstrip() + zone


def join_names(names: Sequence[str]) -> str:
    """Return names as a list in words."""
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


def evidence(document: Document, words: str, about: Source, group: Sequence[Span]) -> str:
    """Return a sheet with all that is needed to check a quotation, a fact a line."""
    from corpus.notes.build import text_sha256

    first, comment = group[0], about.comment
    published = when(about.published, about.published_raw)
    lines = [("Quote", f"“{words}”")]
    if comment:
        lines += [
            ("Handle as shown", comment.author or "no name shown"),
            ("Comment", f"{comment.number} as captured"),
            ("Time as shown", comment.posted_raw or comment.posted or "no time shown"),
            ("Time read as", comment_time(about)),
        ]
    lines += [
        (
            "Article" if comment is None else "Comment on",
            f"“{about.title or 'untitled'}”{supplied_mark(about, 'title')}",
        ),
        ("By", (join_names(about.authors) or "no author stated") + supplied_mark(about, "byline")),
        ("Outlet", (about.outlet_or_host or "not stated") + supplied_mark(about, "outlet")),
        ("Published", published.day_month_year() + supplied_mark(about, "published")),
        ("URL", (about.url or "not stated") + supplied_mark(about, "url")),
    ]
    if comment:
        lines.append(("URL of the comment", comment.url or "not stated"))
    saved = f"{about.saved} ({about.saved_evidence or 'evidence not stated'})" if about.saved else "not known"
    places = ", ".join(f"{span.start}–{span.end}" for span in group)
    text = document.text(first.part, first.comment)
    lines += [
        ("File", (about.file or "none") + (f" ({about.member})" if about.member else "")),
        ("SHA-256 of the file", about.sha256 or "not known"),
        ("Saved", saved),
        ("Place", f"{_PARTS[first.part]}, characters {places} of the text with SHA-256 {text_sha256(text)}"),
    ]
    return "\n".join(f"{label}: {value}" for label, value in lines)
