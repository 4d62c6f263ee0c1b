"""Page furniture in pasted text: what stands around an article and its comments and is no part of them.

Only the head before the first paragraph, the tail after the last, and the lines around the comments are
ever judged; inside a text a short line may be anything.
"""

from __future__ import annotations

import re
from bisect import bisect_left

from corpus.read.lines import Lines

_ICONS = frozenset(
    (
        "clock",
        "menu",
        "more-arrow",
        "no",
        "yes",
        "mobile",
        "search",
        "close",
        "share",
        "arrow",
        "hamburger",
        "email",
        "facebook",
        "twitter",
        "instagram",
        "youtube",
        "whatsapp",
        "linkedin",
        "pinterest",
        "reddit",
        "print",
        "bookmark",
        "chevron",
        "caret",
        "play",
        "pause",
        "copy",
        "link",
        "icon",
        "logo",
        "comment",
        "comments",
        "arrow-right",
        "arrow-left",
        "arrow-down",
        "arrow-up",
        "chevron-down",
        "chevron-right",
        "external-link",
        "user",
        "bell",
        "globe",
        "plus",
        "minus",
    )
)
_LABELS = re.compile(
    r"(?:filed under|share(?: this)?(?: story| article| on .{1,20})?|share via .{1,20}|skip to (?:main )?(?:content|navigation)|advertisement"
    r"|sponsored(?: content)?|read (?:more|next)|related(?: articles?| stories| posts?| news)?|recommended|trending|most (?:read|popular)"
    r"|log ?in|sign in|sign up|register|subscribe(?: now)?|newsletters?|menu|home|search|print|e-?mail|tweet|facebook|twitter|bookmark"
    r"|follow us(?: on .{1,30})?|tags?|topics?|tagged|spread the news|post navigation|footer menu|listen|save|gift this article"
    r"|artikel teilen|gefällt mir|partager|compartir|본문 ?바로가기|공유하기|공유|글자 ?크기.{0,10}|좋아요|구독(?:하기)?|프린트|인쇄|스크랩|메뉴|검색"
    r"|로그인|회원가입|관련 ?기사|많이 본 뉴스|이 기사를 추천합니다|기사 ?제보|[×✕*·•|]+)\s?[:：]?\s?[0-9]{0,6}\Z",
    re.IGNORECASE,
)
_NEWSLETTER = re.compile(
    r"(?:sign up (?:for|to)|subscribe (?:to|for)|get (?:a|our|the) (?:daily|weekly|free|latest)|join our (?:mailing|newsletter)"
    r"|newsletter (?:abonnieren|bestellen)|뉴스레터)",
    re.IGNORECASE,
)
_RIGHTS = re.compile(
    r"(?:©|\(c\)\s|copyright\b|저작권자|ⓒ)|all rights reserved|무단\s?전재|재배포\s?금지", re.IGNORECASE
)
_COOKIES = re.compile(r"\bcookies?\b.{0,120}\b(?:accept|agree|consent|policy|use)|we use cookies", re.IGNORECASE)
_CRUMBS = re.compile(r"(?:home|홈|startseite|accueil|inicio)\s?[>›»/|]", re.IGNORECASE)
_COUNT = (
    r"([0-9][0-9.,]{0,8})\s?(?:개의?\s)?(?:(?:reader\s)?comments?|responses?|replies|thoughts? (?:on|to)\b.*|kommentare?|réactions?|commentaires?"
    r"|comentarios?|commenti|ergänzungen|lesermeinungen|댓글|의견)(?:\s(?:on|to|so far|zu)\b.*)?"
    r"|(?:(?:reader\s)?comments?|responses?|replies|kommentare?|commentaires?|comentarios?|댓글|전체 댓글|의견)\s?[:(]?\s?\(?([0-9][0-9.,]{0,8})\)?\s?(?:개|건)?"
)
_HEADING = re.compile(
    rf"(?:{_COUNT}|(?:(?:reader|latest|all|view|show|top)\s)?comments?|responses|discussion|leser(?:kommentare|meinungen)|kommentare"
    r"|diskussion|commentaires|réactions|comentarios|commenti|댓글|댓글 ?목록|독자 ?의견|의견|네티즌 ?의견)\s?[:：]?\Z",
    re.IGNORECASE,
)
_HEADING_OPENINGS = frozenset(
    ["co", "re", "ko", "la", "al", "vi", "sh", "to", "di", "le", "ré", "댓글", "전체", "의견", "독자", "네티"]
)
"""How a heading without a number in front begins."""
_PLAIN = re.compile(
    r"(?:(?:reader|latest|all|view|show|top)\s)?(?:comments?|(?:leser)?kommentare|commentaires|comentarios|commenti|댓글(?: ?목록)?|네티즌 ?의견|독자 ?의견)\s?[:：]?\Z",
    re.IGNORECASE,
)
_FORMS = (
    "leave a (?:reply|comment)", "post (?:a|your) (?:comment|reply)", "add (?:a|your|new) comment", "write a comment",
    "your e-?mail address will not", "log ?in (?:or register )?to (?:post|leave|reply)", "you must be logged in",
    "please (?:log|sign) in", "comments (?:are|for this .{1,30} are) closed", "the comments to this entry are closed",
    "verify your comment", "ihr kommentar", "schreibe? einen kommentar", "kommentar (?:schreiben|hinterlassen|verfassen)",
    "laisser un commentaire", "deja (?:un|tu) comentario", "cancel reply", "older comments", "newer comments",
    "load more comments", "more comments", "댓글 ?(?:쓰기|작성|달기|입력|더보기)", "footer menu", "trackback url",
    "post navigation", "subscribe to comments",
)  # fmt: skip
_FORM = re.compile("|".join(_FORMS), re.IGNORECASE)
_FORM_OPENINGS = frozenset(form[:2] for form in _FORMS)
"""How such a line begins: asking that first spares nearly all lines the pattern."""
BUTTONS = re.compile(
    r"[*•]?\s?(?:reply|reply to this|reply to .{1,40}|antworten|répondre|responder|rispondi|report(?: abuse| comment| this comment)?|flag(?: as inappropriate)?"
    r"|permalink|permanent link|link|share|like|edit|quote|up|down|vote up!?|vote down!?|recommend|\[?log ?in to reply\]?|log in or register to post comments"
    r"|delete|hide|collapse|loading\.\.\.|답글(?: ?쓰기| ?[0-9]+)?|댓글 ?[0-9]*|신고|공감|비공감|추천|수정|삭제)\Z",
    re.IGNORECASE,
)

ICONS, LABEL, NEWSLETTER, RIGHTS, COOKIES, CRUMBS, COUNT = (
    "names of icons",
    "page label",
    "call to subscribe",
    "rights notice",
    "cookie notice",
    "path to the page",
    "heading of the comments",
)


def furniture_reason(line: str) -> str | None:
    """Return why `line`, at the head or tail of a page, is furniture; None where it is not known to be."""
    text = line.strip()
    if len(text) > 300:
        return RIGHTS if _RIGHTS.match(text) else None
    words = text.lower().split()
    if words and all(word in _ICONS for word in words) and (len(words) > 1 or "-" in words[0]):
        return ICONS
    for pattern, reason in ((_LABELS, LABEL), (_CRUMBS, CRUMBS), (_NEWSLETTER, NEWSLETTER)):
        if pattern.match(text) and (reason == LABEL or len(words) <= 20):
            return reason
    if _HEADING.match(text):
        return COUNT
    if _RIGHTS.search(text) and len(words) <= 40:
        return RIGHTS
    return COOKIES if _COOKIES.search(text) else None


def comment_heading(line: str) -> tuple[bool, int | None]:
    """Tell whether `line` is a heading over comments, and how many it says there are."""
    text = line.strip()
    if len(text) > 200 or not (text[:1].isdigit() or text[:2].casefold() in _HEADING_OPENINGS):
        return False, None
    found = _HEADING.match(text)
    if not found:
        return False, None
    digits = re.sub(r"[.,]", "", found[1] or found[2] or "")
    return True, int(digits) if digits else None


def plain_heading(line: str) -> bool:
    """Tell whether a heading without a number says nothing but "comments": "Discussion" also heads parts of articles."""
    return bool(_PLAIN.match(line.strip()))


def _is_form(text: str) -> bool:
    text = text.lstrip(" \t*")
    return text[:2].casefold() in _FORM_OPENINGS and len(text) <= 90 and bool(_FORM.match(text))


class Tails:
    """Where what stands under comments begins: the form for one more, the foot of the page."""

    def __init__(self, lines: Lines) -> None:
        """Look for all such lines at once."""
        self._found = [at for at, text in enumerate(lines.texts) if text and len(text) < 200 and _is_form(text)]
        self._end = len(lines)

    def after(self, start: int) -> int:
        """Return the first such line from `start` on, else the end."""
        place = bisect_left(self._found, start)
        return self._found[place] if place < len(self._found) else self._end
