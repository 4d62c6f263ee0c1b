"""WordPress exports (WXR): posts and pages with their comments, whatever version of the namespace."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from corpus.read.assembly import Draft, Found, zoned
from corpus.read.fields import moment
from corpus.read.fragments import read_blocks, read_fragment
from corpus.read.xml_files import local, words
from corpus.text import canonical_line

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_READ = ("post", "page", "")


def read_wxr(parts: Iterable[Element]) -> Iterator[Draft | str]:
    """Yield the posts and pages; attachments, menus and revisions are no documents, and are counted in the last one."""
    outlet, names, others = "", {}, 0
    last: Draft | None = None
    for part in parts:
        name = local(part)
        if name == "title":
            outlet = canonical_line("".join(part.itertext()))
        elif name == "author":
            names[words(part, "author_login")] = canonical_line(words(part, "author_display_name"))
        elif name == "item" and words(part, "post_type") in _READ:
            if last is not None:
                yield last
            last = _draft(part, outlet, names)
        else:
            others += name == "item"
    if last is None:
        yield "there is no post in the export"
        return
    last.dropped["attachment, menu or revision of the export"] += others
    yield last


def _draft(item: Element, outlet: str, names: dict[str, str]) -> Draft:
    draft = Draft(canonical_line(words(item, "title"), 400))
    draft.paragraphs, draft.links = read_blocks(_content(item))
    login = words(item, "creator")
    author = names.get(login) or canonical_line(login)
    link = canonical_line(words(item, "link"), 2000)
    published, raw = _time(words(item, "post_date"), words(item, "post_date_gmt"))
    if published is None and words(item, "pubDate"):
        raw = canonical_line(words(item, "pubDate"), 60)
        published = moment(raw)
    status = words(item, "status")
    draft.facts = {
        "byline": (author,) if author else (),
        "outlet": outlet or None,
        "url": link if link.startswith(("http://", "https://")) else None,
        "published": published,
        "published_raw": raw,
        "published_evidence": "the post's date in the export" if published else None,
        "_member": f"post {canonical_line(words(item, 'post_id'), 40)}" if words(item, "post_id") else None,
    }
    if status and status != "publish":
        draft.problems.append(f'the export marks this post as "{canonical_line(status, 40)}"')
    draft.dropped["excerpt"] += bool(_encoded(item, excerpt=True))
    found = [_comment(node, draft.dropped) for node in item if local(node) == "comment"]
    # exports are not in order; ids rise with time
    found.sort(
        key=lambda comment: int(comment.own) if comment.own and comment.own.isdigit() and len(comment.own) < 19 else 0
    )
    draft.comments = found
    if not draft.title and not draft.paragraphs:
        draft.title = link or "Post without a title"
    return draft


def _content(item: Element) -> str:
    return _encoded(item) or words(item, "description")


def _encoded(item: Element, *, excerpt: bool = False) -> str:
    """Return content:encoded, or excerpt:encoded, which have one local name."""
    found = (node for node in item if local(node) == "encoded" and ("excerpt" in str(node.tag)) == excerpt)
    return "".join("".join(node.itertext()) for node in found).strip()


def _comment(node: Element, dropped: Counter[str]) -> Found:
    text, links = read_fragment(words(node, "comment_content"))
    dropped["e-mail address"] += bool(words(node, "comment_author_email"))
    dropped["IP address"] += bool(words(node, "comment_author_IP"))
    posted, raw = _time(words(node, "comment_date"), words(node, "comment_date_gmt"))
    approved = words(node, "comment_approved")
    parent = words(node, "comment_parent")
    return Found(
        text,
        canonical_line(words(node, "comment_author")) or None,
        canonical_line(words(node, "comment_id"), 40) or None,
        canonical_line(parent, 40) if parent and parent != "0" else None,
        posted=posted,
        words=raw,
        kind="pingback" if words(node, "comment_type") in ("pingback", "trackback") else "comment",
        state={"0": "not approved", "spam": "spam", "trash": "deleted", "post-trashed": "deleted"}.get(approved),
        links=links,
    )


def _time(local_time: str, utc: str) -> tuple[str | None, str | None]:
    """Return a time with the offset that the local one and that in UTC show together."""
    here, there = moment(local_time), moment(utc)
    raw = canonical_line(local_time or utc, 60) or None
    if here and there and there.startswith("000"):
        there = None
    if there and "T" in there and not there.endswith("Z"):
        there += "Z"
    if here and there:
        return (there if here + "Z" == there else zoned(there, here.replace("T", " ")) or here), raw
    return there or here, raw
