"""What publishing systems call the parts of a comment in their pages."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from corpus.model import Comment, CommentIds, StatedCount
from corpus.read.furniture import comment_heading
from corpus.read.graph import mend
from corpus.read.stamps import find_stamp, settle
from corpus.text import canonical_line, canonical_paragraphs
from corpus.times import iso

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

_COMMENTS = (
    "[itemtype$='schema.org/Comment'], [itemtype$='schema.org/UserComments']",
    "li.comment[id], div.comment[id], article.comment[id], li.pingback[id], li.trackback[id]",
    "article.comment, div.comment",
)
# the surest names first: a wider one may hold more than is meant
_AUTHOR = (
    "[itemprop=author] [itemprop=name], [itemprop=creator] [itemprop=name]",
    ".fn",
    "[itemprop=author]",
    ".comment-author, .username, .author",
)
_BODY = (
    "[itemprop=text], [itemprop=commentText]",
    ".comment-content, .comment-text, .field-name-comment-body, .comment__content",
    ".comment-body, .content",
)
_TIME = (
    "time[datetime], [itemprop=datePublished], [itemprop=dateCreated], [itemprop=commentTime]",
    ".comment-meta a, .comment-date, .comment-metadata a",
    ".submitted, .comment__meta",
)
_SAYS = re.compile(r"\s(?:says|said|sagt|dijo|a dit)\s?:?\Z", re.IGNORECASE)
_OWN_ID = re.compile(r"(?:li-|div-)?comment-([0-9A-Za-z_-]{1,40})\Z")


def take_comments(page: LexborHTMLParser) -> tuple[list[Comment], StatedCount | None, list[str]]:
    """Return the comments of a page, in its order, and take them out of it.

    Returns:
        Comments with stated parents; the count that a heading states; sentences about what is uncertain.
    """
    nodes = next((found for selector in _COMMENTS if (found := _with_text(page, selector))), [])
    place = {node.mem_id: at for at, node in enumerate(nodes)}
    parents = [_parent(node, place) for node in nodes]
    count = _stated_count(page) if nodes else None
    problems: list[str] = []
    comments: list[Comment] = []
    ids = CommentIds()
    outer = [node for node, parent in zip(nodes, parents, strict=True) if parent < 0]
    taken = [_take(node, place) for node in nodes]
    order = settle([stamp for _, words in taken if words and (stamp := find_stamp(words))])
    for seq, (comment, words) in enumerate(taken):
        posted = comment.posted
        stamp = find_stamp(words) if words and posted is None else None
        when = posted or (words if stamp and stamp.style != "relative" else None)
        posted = posted or (stamp.iso(order) if stamp else None)
        identity = ids.next(comment.id or None, comment.author, when, comment.text)
        parent = comments[parents[seq]].id if 0 <= parents[seq] < seq else None
        comments.append(replace(comment, id=identity, seq=seq, posted=posted, posted_raw=words, parent=parent))
    for node in outer:
        node.decompose()
    if count and count.n != len(comments):
        problems.append(f"the page says {count.n} comments, {len(comments)} were found")
    return mend(comments, problems, depths=True), count, problems


def _with_text(page: LexborHTMLParser, selector: str) -> list[LexborNode]:
    # a list of recent comments in a side column uses the same names, but has no bodies
    return [
        node
        for node in page.css(selector)
        if node.css_first(", ".join(_BODY)) is not None or node.css_first("p") is not None
    ]


def _parent(node: LexborNode, place: dict[int, int]) -> int:
    above = node.parent
    while above is not None:
        if above.mem_id in place:
            return place[above.mem_id]
        above = above.parent
    return -1


def _take(node: LexborNode, place: dict[int, int]) -> tuple[Comment, str | None]:
    """Return what one comment's part of the page says, nested comments left out, and the words of its time."""
    from corpus.read.html import text_blocks

    def own(selectors: tuple[str, ...]) -> LexborNode | None:
        here = place[node.mem_id]
        return next(
            (found for selector in selectors for found in node.css(selector) if _parent(found, place) == here), None
        )

    author, time = own(_AUTHOR), own(_TIME)
    body = own(_BODY) or node
    own_id = _OWN_ID.match(node.attributes.get("id") or "")
    stated = words = address = None
    if time is not None:
        stated = iso(time.attributes.get("datetime") or time.attributes.get("content") or "")
        words = canonical_line(time.text(deep=True, separator=" ")) or stated
        address = _address(time)
    name = canonical_line(author.text(deep=True, separator=" ")) if author is not None else ""
    text = canonical_paragraphs("\n\n".join(block for block, _ in text_blocks(body, without=place)))
    kind = "pingback" if "pingback" in (node.attributes.get("class") or "").split() else "comment"
    name = _SAYS.sub("", name)
    return Comment(own_id[1] if own_id else "", 0, text, name or None, stated, kind=kind, url=address), words


def _address(time: LexborNode) -> str | None:
    """Return the permanent address that a time carries, as most systems print it."""
    for node in (time, time.parent):
        href = canonical_line(node.attributes.get("href") or "") if node is not None else ""
        if href.startswith(("http://", "https://")) and "#" in href:
            return href
    return None


def _stated_count(page: LexborHTMLParser) -> StatedCount | None:
    for node in page.css("h2, h3, h4, .comments-title, .comment-count"):
        text = canonical_line(node.text(deep=True, separator=" "))
        heading, count = comment_heading(text)
        if heading and count is not None:
            return StatedCount(count, text)
    return None
