"""What publishing systems call the parts of comments in their pages: data, tried in this order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from corpus.read.theme_selectors import AUTHOR, BODY, ITEM, TIME

Nesting = Literal["dom", "indent", "level", "indented", "replies", "margin", "after"]
"""How a page shows what answers what.

dom: replies lie inside their parent; indent: a cell's width (Hacker News); level: a number in an attribute;
indented: replies in a box after their parent (Drupal); replies: in a list after their parent; margin: a left margin; after: none, and the text of a comment follows its item.
"""


@dataclass(frozen=True, slots=True)
class Platform:
    """Selectors of a system's comments; each tuple from the surest to the widest.

    `item` holds one comment, `ids` are attributes of the item with its id. `reply` is a class that marks replies
    to the last comment without it; `level` the attribute with the depth; `parent` the attribute with the parent's
    id; `mark` is in every page of the system, where its `item` alone is not sure. `wide` tells that many systems are meant.
    `first_is_article` tells that the first item is the article itself.
    """

    name: str
    item: str
    body: tuple[str, ...]
    author: tuple[str, ...]
    time: tuple[str, ...]
    nesting: Nesting = "dom"
    ids: tuple[str, ...] = ("id",)
    title: str = ""
    up: str = ""
    down: str = ""
    score: str = ""
    deleted: str = ""
    level: str = ""
    parent: str = ""
    reply: str = ""
    mark: str = ""
    wide: bool = False
    first_is_article: bool = False


PLATFORMS = (
    Platform(
        "Hacker News",
        "tr.athing.comtr",
        (".commtext", ".comment"),
        (".hnuser",),
        (".age",),
        "indent",
    ),
    Platform(
        "Reddit (old)",
        ".thing.comment",
        (".usertext-body .md", ".usertext-body"),
        (".tagline .author", ".tagline em"),
        (".tagline time",),
        ids=("data-fullname", "id"),
        score=".tagline .score.unvoted",
        deleted=".deleted",
        mark=".commentarea",
    ),
    Platform(
        "Reddit (shreddit)",
        "shreddit-comment",
        ("[slot=comment]",),
        ("[slot=authorName]", "a[href^='/user/']"),
        ("time",),
        "level",
        ids=("thingid",),
        level="depth",
        parent="parentid",
    ),
    Platform(
        "Reddit (2018-2023, with margins)",
        "div[id^='t1_'][style*='padding-left']",
        ("[data-testid=comment]", ".RichTextJSON-root"),
        (
            "[data-testid=comment_author_link]",
            "[data-testid=comment_author_icon]",
            "[data-testid=post-comment-header] span span",
        ),
        ("[data-testid=comment_timestamp]",),
        "margin",
        mark="[data-testid=comment]",
    ),
    Platform(
        "Reddit (2018-2023)",
        ".Comment",
        ("[data-testid=comment]", ".RichTextJSON-root"),
        ("[data-testid=comment_author_link]", "a[href^='/user/']"),
        ("[data-testid=comment_timestamp]",),
        "level",
        mark="[data-testid=comment]",
    ),
    Platform(
        "Discourse",
        ".topic-post article[data-post-id], div.crawler-post",
        (".cooked", ".post"),
        (".names .username a", ".names .full-name a", ".creator [itemprop=name]"),
        (".relative-date, time",),
        "level",
        ids=("data-post-id", "id"),
        first_is_article=True,
    ),
    Platform(
        "Blogger",
        "li.comment[id^='c'], .comment-thread li.comment",
        ("p.comment-content", ".comment-content"),
        (".comment-header cite.user", "cite.user"),
        (".comment-header .datetime", ".datetime"),
        mark=".comment-thread, .comment-replies",
    ),
    Platform(
        "Blogger (flat)",
        "#comments-block dt.comment-author",
        ("dd.comment-body",),
        ("dt.comment-author > a[href], dt.comment-author > span", "dt.comment-author"),
        (".comment-timestamp",),
        "after",
    ),
    Platform(
        "Dotclear",
        "#comments dl > dt[id^='c'], .comments dl > dt[id^='c']",
        ("#comments dl > dd, .comments dl > dd",),
        (),
        (),
        "after",
    ),
    Platform(
        "Slashdot",
        "li.comment",
        (".commentBody > div", ".commentBody"),
        (".details .by a", ".by a", ".details .by"),
        (".otherdetails",),
        title=".title h4 a, .title h4",
        score=".score",
        mark=".commentBody",
    ),
    Platform(
        "Disqus",
        "li.post",
        (".post-message",),
        (".post-byline .author",),
        (".time-ago",),
        up=".vote-up .count, [data-role=likes]",
        down=".vote-down .count",
        mark=".post-message",
    ),
    Platform(
        "Isso",
        ".isso-comment",
        (".isso-text, .text",),
        (".isso-author, .author",),
        ("time",),
        score=".isso-votes, .votes",
    ),
    Platform(
        "XenForo",
        "article.message[data-content]",
        (".message-body .bbWrapper", ".message-body"),
        (".message-name .username", ".message-name"),
        ("time",),
        ids=("data-content",),
        first_is_article=True,
        mark=".bbWrapper",
    ),
    Platform(
        "phpBB",
        "div.post[id^='p']",
        (".postbody .content",),
        (".postbody .author .username, .postbody .author .username-coloured", ".postprofile .username"),
        ("time", ".postbody .author"),
        title=".postbody h3 a",
        mark=".postbody",
        first_is_article=True,
    ),
    Platform(
        "vBulletin 4",
        "li.postcontainer[id^='post_']",
        (".postcontent", "[id^='post_message_']"),
        (".username strong, .username",),
        (".postdate",),
        first_is_article=True,
    ),
    Platform(
        "vBulletin 3",
        "table[id^='post']",
        ("[id^='post_message_']",),
        (".bigusername",),
        (".thead",),
        mark=".bigusername",
        first_is_article=True,
    ),
    Platform(
        "YouTube",
        "ytd-comment-view-model, ytd-comment-renderer",
        ("#content-text",),
        ("#author-text",),
        ("#published-time-text, .published-time-text",),
        "replies",
        up="#vote-count-middle",
    ),
    Platform(
        "Naver",
        "li.u_cbox_comment",
        (".u_cbox_contents",),
        (".u_cbox_nick",),
        (".u_cbox_date",),
        ids=("data-info",),
        up=".u_cbox_cnt_recomm",
        down=".u_cbox_cnt_unrecomm",
        deleted=".u_cbox_delete_contents",
    ),
    Platform(
        "Daum",
        ".cmt_box .list_comment > li, .cmt_box .list_reply > li",
        (".desc_txt",),
        (".link_nick",),
        (".txt_date",),
        up="[class*='#like'] .num_txt, .btn_recomm .num_txt",
        down="[class*='#dislike'] .num_txt, .btn_oppose .num_txt",
        deleted=".desc_txt > .emph_txt",
    ),
    Platform(
        "DC Inside",
        "li[id^='comment_li_'], li[id^='reply_li_']",
        (".usertxt",),
        (".nickname em", ".nickname", ".gall_writer"),
        (".date_time",),
        "replies",
        deleted=".del_reply",
    ),
    Platform(
        "XpressEngine and Rhymix (FMKorea)",
        "li.fdb_itm[id], li.fbItem[id]",
        (".xe_content", ".comment-content"),
        (".meta .member_plate", ".meta a", ".author a, .author strong", ".author"),
        (".date", ".time"),
        "margin",
        up=".voted_count",
        deleted=".xe_content.deleted",
    ),
    Platform(
        "Clien",
        "div.comment_row[data-comment-sn]",
        (".comment_view", ".comment_content"),
        (".contact_name .nickname, .nickname",),
        (".timestamp", ".comment_time"),
        "replies",
        ids=("data-comment-sn",),
        reply="re",
    ),
    Platform(
        "Ruliweb",
        ".comment_element",
        (".text_wrapper .text, .text",),
        (".nick",),
        (".time", ".date"),
        "replies",
        reply="child",
    ),
    Platform(
        "GeekNews",
        "div.comment_row[id^='cid']",
        (".comment_contents",),
        (".commentinfo a[href^='/@']",),
        (".commentinfo time",),
        "margin",
    ),
    Platform(
        "wpDiscuz",
        ".wc-comment[id^='wc-comm-'], .wpd-comment[id^='wpd-comm-']",
        (".wc-comment-text, .wpd-comment-text",),
        (".wc-comment-author, .wpd-comment-author",),
        (".wpd-comment-date, .wc-comment-date",),
        up=".wpd-vote-result-like, .wc-vote-result-like",
        down=".wpd-vote-result-dislike, .wc-vote-result-dislike",
        score=".wpd-vote-result:not(.wpd-vote-result-like), .wc-vote-result:not(.wc-vote-result-like)",
    ),
    Platform("WordPress, Drupal, TypePad and schema.org", ITEM, BODY, AUTHOR, TIME, "indented", wide=True),
    Platform(
        "WordPress (bare list)",
        "#commentlist > li[id], .commentlist > li[id]",
        (".comment-content, .commenttext",),
        ("cite",),
        (".commentmetadata",),
        wide=True,
    ),
)
