"""The article part of pasted text: title, standfirst, byline, paragraphs with their kinds, furniture folded."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, field

from corpus.read.furniture import COUNT, NEWSLETTER, comment_heading, furniture_reason
from corpus.read.lines import Lines, blocks
from corpus.read.shapes import name_like
from corpus.read.stamp_finder import find_stamp
from corpus.read.stamps import Stamp

_AGENCIES = (
    "Getty Images|Getty|AP|AP Photo|Associated Press|Reuters|AFP|EPA|EPA-EFE|Yonhap|KCNA|Shutterstock|picture alliance|dpa|Xinhua|Kyodo|NEWSIS"
    "|연합뉴스|뉴시스|뉴스1|조선중앙통신|로이터|게티이미지"
)
_CAPTION = re.compile(
    rf"(?:photo|photograph|image|picture|foto|bild|사진|caption)\s?[:=／/©]|.*(?:[(\[]|\s)(?:photo|image|picture|foto|사진)\s?[:=/]\s?[^:]{{1,60}}\Z|.*(?:[/|(\[=—–-]|\bby|\bvia|\bcourtesy(?: of)?)\s?(?:{_AGENCIES})[)\]]?\Z",
    re.IGNORECASE,
)
_BYLINE = re.compile(
    r"(?:(?:posted|submitted|written|published|authored|reported)\s)?(?:by|von|par|por|글|기자)\s?:?\s(\S.{0,120})\Z",
    re.IGNORECASE,
)
_REPORTER = re.compile(
    r"([가-힣]{2,4}(?:[·,]\s?[가-힣]{2,4})*)\s?(?:선임|수습|전문)?(?:기자|특파원|논설위원|앵커)(?:\s\S+@\S+)?\Z"
)
_DATE_LABEL = re.compile(
    r"(?:(published|posted|created|date|on|first published|issued|기사 ?입력|입력|등록|작성|승인|발행|게재|veröffentlicht|publié|stand)"
    r"|((?:last )?(?:updated|modified|edited)|(?:최종 ?)?수정|업데이트|aktualisiert|mis à jour))\s{0,3}(?:on|at|am|le|일시|일)?\s{0,3}[:：]?\s{0,3}\Z",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.!?…。][\"”’'」)\]]{0,2}\Z|[.!?…。]\s?\([^()]{1,40}\)\Z")
_STOPS = ".!?…:;,"
_ITEM = re.compile(r"[*•◦▪‣·-]\s{1,4}\S")


@dataclass(slots=True)
class Article:
    """What the article part was read as. `folded` are line ranges with a reason, `kept` those of the paragraphs.

    `published` and `modified` are stamps with the words of the line they stand on.
    """

    title: str = ""
    title_at: tuple[int, int] | None = None
    paragraphs: list[tuple[str, str]] = field(default_factory=list)
    byline: list[str] = field(default_factory=list)
    published: tuple[Stamp, str, str] | None = None
    modified: tuple[Stamp, str, str] | None = None
    folded: list[tuple[int, int, str]] = field(default_factory=list)
    kept: list[tuple[int, int]] = field(default_factory=list)
    stated_count: tuple[int, str] | None = None


@dataclass(slots=True)
class _Block:
    start: int
    end: int
    text: str
    kind: str = "paragraph"

    @property
    def words(self) -> int:
        return len(self.text.split())


def is_sentence(text: str) -> bool:
    """Tell whether a block reads as running text."""
    text = text.strip()
    words = text.count(" ") + 1
    return (words >= 12 or len(text) >= 60) and (words >= 30 or bool(_SENTENCE_END.search(text[-48:])))


def read_article(lines: Lines, start: int, end: int) -> Article:
    """Read lines `start` up to `end`, which hold no comments."""
    article = Article()
    parts = [_Block(*span, _joined(lines, *span)) for span in blocks(lines, start, end)]
    parts = _split_blocks(lines, parts)
    parts = _fold_tail(article, parts)
    parts = _read_head(article, parts)
    _mark_kinds(parts)
    article.paragraphs = [(part.text, part.kind) for part in parts]
    article.kept = [(part.start, part.end) for part in parts]
    return article


def _joined(lines: Lines, start: int, end: int) -> str:
    if end - start == 1:
        return lines.texts[start].strip()
    return "\n".join([text.strip() for text in lines.texts[start:end]])


def _split_blocks(lines: Lines, parts: list[_Block]) -> list[_Block]:
    """Take a block of lines for one wrapped paragraph, a few short lines, or a paragraph in every line."""
    laid = []
    for part in parts:
        if part.end - part.start == 1:
            laid.append(part)
            continue
        rows = part.text.split("\n")
        if all(len(row) < 45 for row in rows):
            one = not any(furniture_reason(row) or find_stamp(row) for row in rows)
            one = one and not any(_ITEM.match(row) for row in rows)
            laid += [part] if one else _each(part, rows)
        elif all(45 <= len(row) <= 100 for row in rows[:-1]) and len(rows[-1]) <= 100:
            wrapped = sum(1 for row in rows[:-1] if row[-1] not in '.!?”"') * 2 > len(rows) - 1
            laid += [_Block(part.start, part.end, " ".join(rows))] if wrapped else _each(part, rows)
        else:
            laid += _each(part, rows)
    return laid


def _each(part: _Block, rows: list[str]) -> list[_Block]:
    return [_Block(part.start + at, part.start + at + 1, row) for at, row in enumerate(rows)]


def _fold_tail(article: Article, parts: list[_Block]) -> list[_Block]:
    """Fold furniture after the last paragraph; a call to subscribe takes the one pitch under it along."""
    keep = len(parts)
    while keep > 1:
        reason = furniture_reason(parts[keep - 1].text)
        if reason:
            _fold(article, parts[keep - 1], reason)
            keep -= 1
        elif keep > 2 and furniture_reason(parts[keep - 2].text) == NEWSLETTER and parts[keep - 1].words <= 40:
            _fold(article, parts[keep - 1], NEWSLETTER)
            keep -= 1
        else:
            break
    return parts[:keep]


def _fold(article: Article, part: _Block, reason: str) -> None:
    article.folded.append((part.start, part.end, reason))
    heading, count = comment_heading(part.text)
    if heading and count is not None and article.stated_count is None:
        article.stated_count = (count, part.text)


def _read_head(article: Article, parts: list[_Block]) -> list[_Block]:
    """Read what stands before the first paragraph: furniture, title, standfirst, captions, byline, date."""
    head = _text_begins(parts)
    kept: list[_Block] = []
    for part in parts[:head]:
        reason = furniture_reason(part.text)
        if reason:
            _fold(article, part, reason)
        else:
            kept.append(part)
    title = _choose_title(kept, parts)
    if title is None:
        return kept + parts[head:]
    if title >= len(kept):
        kept, head = [*kept, parts[head]], head + 1
    for part in kept[:title]:
        _fold(article, part, "before the title")
    article.title, article.title_at = " ".join(kept[title].text.split("\n")), (kept[title].start, kept[title].end)
    rest = kept[title + 1 :]
    under = rest + parts[head : head + 3]
    body = [part for part in under if not _read_byline(article, part)]
    return _standfirst(article, body + parts[head + 3 :])


def _text_begins(parts: list[_Block]) -> int:
    """Return where running text begins: a lone sentence among menus (a notice, a pitch) is no beginning."""
    sentences = [at for at, part in enumerate(parts) if is_sentence(part.text)]
    if not sentences:
        return min(len(parts), 12)
    close = (one for one, two in itertools.pairwise(sentences) if two - one <= 3)
    return next(close, sentences[0])


def _choose_title(kept: list[_Block], parts: list[_Block]) -> int | None:
    """Return which of the head's blocks is the title: the first that can be; in a page with menus, the likeliest."""
    able = [at for at, part in enumerate(kept) if _could_be_title(part)]
    if not able:
        return 0 if not kept and len(parts) > 1 and _could_be_title(parts[0]) else None
    if len(kept) <= 6:
        return able[0]
    # the title stands near the text, and the whole of a long page need not be searched for it
    able = able[-80:]
    everything = "\n".join(part.text for part in parts)[:200_000]
    return max(able, key=lambda at: (_likelihood(kept, at, everything), at))


def _likelihood(kept: list[_Block], at: int, everything: str) -> int:
    """Return how likely a block among menus is the title: its length, its repetition, a byline under it."""
    part = kept[at]
    likely = 2 if part.words >= 4 or len(part.text) >= 20 else 0
    likely += 2 if part.words >= 3 and everything.count(part.text) > 1 else 0
    likely += 2 if any(_names_author(below.text) for below in kept[at + 1 : at + 4]) else 0
    return likely - (3 if _ITEM.match(part.text) or find_stamp(part.text) else 0)


def _names_author(text: str) -> bool:
    return len(text) <= 120 and bool(_BYLINE.match(text) or _REPORTER.match(text))


def _could_be_title(part: _Block) -> bool:
    text = part.text
    return (
        part.words <= 25
        and len(text) <= 200
        and text.count("\n") <= 1
        and any(char.isalnum() for char in text)
        and not (text[-1] in ".,;" and not text.endswith("...") and part.words > 3)
        and "://" not in text
        and not _CAPTION.match(text)
    )


def _read_byline(article: Article, part: _Block) -> bool:
    """Read a line that names the author, or the day, of the article; return whether it was one."""
    text = part.text.strip()
    if len(text) > 200 or "\n" in text:
        return False
    stamp = find_stamp(text)
    rest = (text[: stamp.start] + "\0" + text[stamp.end :]) if stamp else text
    before, _, after = rest.partition("\0")
    by = _BYLINE.match(before.rstrip(" ,|·—–-") if stamp else text)
    reporter = _REPORTER.match(text)
    if stamp and by and len(after.strip(" .|)")) <= 12:
        names = re.sub(r"[\s,|—–-]+(?:on|at|am|le|el)?\s*\Z", "", by[1], flags=re.IGNORECASE)
        if not _take_names(article, names):
            return False
        _take_date(article, stamp, text, "byline", modified=False)
    elif stamp and not after.strip(" .|)") and (not before.strip() or (label := _DATE_LABEL.match(before.strip()))):
        changed = bool(before.strip() and label and label[2])
        _take_date(article, stamp, text, "line under the title", modified=changed)
    elif not stamp and by and part.words <= 12 and text[-1] not in ".!?" and _take_names(article, by[1]):
        pass
    elif not stamp and reporter:
        article.byline += [name.strip() for name in re.split(r"[·,]", reporter[1])]
    else:
        return False
    article.folded.append((part.start, part.end, "byline and date"))
    return True


def _take_names(article: Article, words: str) -> bool:
    names = [name.strip() for name in re.split(r",\s|\sand\s|\s&\s|\sund\s|\set\s", words) if name.strip()]
    if not names or not all(name_like(name) and len(name.split()) <= 6 for name in names):
        return False
    article.byline += [name for name in names if name not in article.byline]
    return True


def _take_date(article: Article, stamp: Stamp, text: str, kind: str, *, modified: bool) -> None:
    if modified:
        article.modified = article.modified or (stamp, text, kind)
    else:
        article.published = article.published or (stamp, text, kind)


def _standfirst(article: Article, parts: list[_Block]) -> list[_Block]:
    """A short block between the title and a caption or the byline is the standfirst."""
    for part in parts:
        if part.text[-1] not in ".!?" and len(part.text) <= 400 and _CAPTION.match(part.text):
            part.kind = "caption"
    if article.title_at and len(parts) > 2:
        first = parts[0]
        set_apart = parts[1].kind == "caption" or any(
            first.end <= start < parts[1].start for start, _, reason in article.folded if reason != COUNT
        )
        if first.kind == "paragraph" and first.start >= article.title_at[1] and set_apart and first.words <= 60:
            first.kind = "standfirst"
    return parts


def _mark_kinds(parts: list[_Block]) -> None:
    for at, part in enumerate(parts):
        if part.kind != "paragraph" or "\n" in part.text:
            continue
        if _ITEM.match(part.text):
            part.kind = "item"
        elif (
            0 < at < len(parts) - 1
            and len(part.text) <= 90
            and part.words <= 14
            and part.text[-1] not in _STOPS + "”\")'"
            and not part.text.startswith(("http", "“", '"'))
            and (is_sentence(parts[at + 1].text) or part.text.startswith(("■", "◆", "▲", "◇", "□", "#")))
        ):
            part.kind = "heading"
