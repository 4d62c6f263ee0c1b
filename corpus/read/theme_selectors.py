"""What the many themes of WordPress, Drupal and TypePad, and markup by schema.org, call the parts of a comment.

Each tuple goes from the surest selectors to the widest.
"""

from __future__ import annotations

AUTHOR = (
    "[itemprop=author] [itemprop=name], [itemprop=creator] [itemprop=name], [typeof~='schema:Person'], [property='schema:author'] [property='schema:name'], [rel='schema:author'] [property='schema:name']",
    ".fn, .comment-author-name, .comment-author-link, .epoch-comment-author > a:not([class*=avatar]):not([class*=comment-link]), .comment__author-name",
    "[itemprop=author], [itemprop=creator], [property='foaf:name'], [property='schema:author']",
    ".comment-author a, .comment-author strong, .comment-author b, .comment__author a, .comment-meta .author, .author_name a, .username, .commenter, .comment-name",
    ".comment-author, .epoch-comment-author, .comment__author, .comment_author, .commentauthor, .author, .author_name, .author-name, .user-name, .nickname, .name, cite",
)
BODY = (
    "[itemprop=text], [itemprop=commentText], [property='schema:text'], [property='content:encoded']",
    ".comment-content, .comment-text, .epoch-comment-content, .comment__content, .comment__body, .comment__text, .commenttext, .comment_text, .comment-copy, .comment-entry",
    ".field-name-comment-body, .field--name-comment-body",
    ".comment-body, .comment_body, .commentbody, .content, .text, .message",
)
TIME = (
    "time[datetime], time[pubdate], a[datetime], span[datetime]",
    "[itemprop=datePublished], [itemprop=dateCreated], [itemprop=commentTime], [property='schema:dateCreated'], [property~='dc:date'], [property~='dc:created'], abbr.published[title]",
    ".comment-meta a[href*='#comment'], .comment-metadata a, .commentmetadata a, .comment-date, .comment__date, .comment-time, .comment_date, .datetime, .timestamp",
    ".submitted, .comment__meta, .comment-meta, .comment-footer, .commentmetadata, .date, .posted",
)

ITEM = (
    "[id^='comment'], [id^='li-comment-'], [id^='div-comment-'], li.comment, div.comment, article.comment, article.js-comment,"
    " li.pingback, li.trackback, div.pingback, div.trackback, [itemtype$='schema.org/Comment'],"
    " [itemtype$='schema.org/UserComments'], [typeof~='schema:Comment'], [typeof~='sioct:Comment'], [itemprop=comment][itemscope]"
)
