"""Lines that close a comment on a page: buttons and votes."""

from __future__ import annotations

import re

_BUTTONS = (
    "reply", "replies", "like", "unlike", "dislike", "share", "report(?: abuse| comment)?", "flag(?: as inappropriate)?",
    "permalink", "quote", "follow post", "recommend(?:ed)?", "up", "down", "vote", "edited", "antworten", "melden",
    "zitieren", "gefällt mir", "répondre", "signaler", "responder", "me gusta", "rispondi",
    "답글(?:쓰기)?", "신고", "공감", "비공감", "추천", "반대", "좋아요", "싫어요", "수정", "삭제",
)  # fmt: skip
_OPENINGS = frozenset(button[:2] for button in _BUTTONS)
# nothing is tried a second time: a line of numbers can be taken apart in thousands of ways
_CLOSING = re.compile(
    rf"(?>(?:[*•·|,\s]|[0-9]{{1,6}}|{'|'.join(_BUTTONS)})\s?[(:]?[0-9]{{0,6}}\)?[\s·|•]{{0,4}}){{1,8}}+\Z",
    re.IGNORECASE,
)
_VOTED = re.compile(r"[+-]?[0-9]{1,6}\s{0,2}\(\s?\+\s?[0-9]{1,6}\s?/\s?[-–]\s?[0-9]{1,6}\s?\)\Z")


def closes(text: str) -> bool:
    """Tell whether a line holds nothing but buttons or votes."""
    text = text.strip()
    if not 0 < len(text) <= 80:
        return False
    if text[0].isalpha():
        # most lines end here: they open with no button
        return text[:2].casefold() in _OPENINGS and bool(_CLOSING.match(text))
    return bool(_VOTED.match(text)) or (bool(_CLOSING.match(text)) and any(map(str.isalpha, text)))
