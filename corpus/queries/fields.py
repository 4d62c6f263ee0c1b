"""The fields of the query language: their names in English and Korean, and the values of those that have a list."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from corpus.text import fold


class Field(NamedTuple):
    """A field: the name by which it is known here, what it is for, other names, and its values where they are few.

    `values` maps each value to its help; `other_values` maps other words for them to the value.
    """

    name: str
    help: str
    other_names: tuple[str, ...] = ()
    values: Mapping[str, str] = {}
    other_values: Mapping[str, str] = {}


def _others(**words: str) -> dict[str, str]:
    """Return {other word: value} of values with their other words in one string each."""
    return {fold(other).text: value for value, others in words.items() for other in others.split()}


_TYPES = {
    "PERSON": "people",
    "GPE": "states and towns",
    "LOC": "mountains, seas, regions",
    "FAC": "buildings, sites, bases",
    "ORG": "bodies and companies",
    "NORP": "peoples and parties",
    "EVENT": "events",
    "WEAPON": "weapons",
    "LAW": "treaties and laws",
    "WORK": "books, films, papers",
    "CONCEPT": "ideas and policies",
}
LANGUAGES = {
    "en": ("English", "영어"),
    "ko": ("Korean", "kr 한국어 한글"),
    "ja": ("Japanese", "jp 일본어"),
    "zh": ("Chinese", "cn 중국어"),
    "de": ("German", "deutsch 독일어"),
    "fr": ("French", "français 프랑스어"),
    "es": ("Spanish", "español 스페인어"),
    "it": ("Italian", "italiano 이탈리아어"),
    "pt": ("Portuguese", "português 포르투갈어"),
    "ru": ("Russian", "русский 러시아어"),
    "vi": ("Vietnamese", "베트남어"),
    "ar": ("Arabic", "아랍어"),
    "nl": ("Dutch", "네덜란드어"),
    "sv": ("Swedish", "스웨덴어"),
    "no": ("Norwegian", "노르웨이어"),
    "da": ("Danish", "덴마크어"),
    "fi": ("Finnish", "핀란드어"),
    "pl": ("Polish", "폴란드어"),
    "cs": ("Czech", "체코어"),
    "hu": ("Hungarian", "헝가리어"),
    "uk": ("Ukrainian", "우크라이나어"),
    "tr": ("Turkish", "터키어 튀르키예어"),
    "mn": ("Mongolian", "몽골어"),
    "th": ("Thai", "태국어"),
    "id": ("Indonesian", "인도네시아어"),
    "hi": ("Hindi", "힌디어"),
    "fa": ("Persian", "페르시아어"),
    "he": ("Hebrew", "히브리어"),
}
"""Languages by their code (ISO 639-1), with their English name and other words for them."""
FIELDS = (
    Field("title", "words of the title", ("headline", "제목")),
    Field("writer", "who wrote the article", ("author", "byline", "기자", "글쓴이", "필자")),
    Field("commenter", "who wrote the comment", ("handle", "댓글쓴이", "댓글작성자", "작성자")),
    Field("by", "who wrote the article or the comment", ("from", "쓴이")),
    Field("outlet", "where the article appeared", ("source", "매체", "언론사", "신문", "출처")),
    Field(
        "in",
        "which texts",
        ("안에",),
        {"article": "articles", "comment": "comments", "note": "your notes", "title": "titles"},
        _others(
            article="articles body text 기사 본문", comment="comments 댓글", note="notes 메모 노트", title="titles 제목"
        ),
    ),
    Field("entity", "who or what is named, in any spelling", ("개체", "이름", "인명")),
    Field(
        "type",
        "what kind of name is in the passage",
        ("kind", "종류", "유형"),
        _TYPES,
        _others(
            PERSON="person people 사람 인물",
            GPE="place places country city 장소 지명 국가",
            LOC="location region 지역",
            FAC="facility building 시설",
            ORG="body bodies organisation organization 기관 단체 조직",
            NORP="nationality group 집단",
            EVENT="events 사건 행사",
            WEAPON="weapons missile 무기",
            LAW="treaty treaties 조약 법",
            WORK="works 작품",
            CONCEPT="idea ideas 개념",
        ),
    ),
    Field("tag", "documents with your tag", ("label", "태그", "꼬리표")),
    Field("date", "when the passage was written: 2018, 2018-01..2018-03, >2018-01-09, lastyear", ("날짜", "일자")),
    Field("saved", "when the page was saved, written like a date", ("captured", "저장", "저장일")),
    Field(
        "is",
        "its state",
        ("상태",),
        {
            "unread": "documents not yet read",
            "read": "documents read",
            "starred": "documents with a star",
            "noted": "documents with a note of yours",
            "reply": "comments that answer another",
        },
        _others(
            unread="new 안읽음 안읽은",
            read="읽음 읽은",
            starred="star 별표",
            noted="note annotated 메모",
            reply="답글 대댓글",
        ),
    ),
    Field(
        "lang",
        "the language of the article",
        ("language", "언어"),
        {code: name for code, (name, _) in LANGUAGES.items()},
        _others(**{code: f"{name} {others}" for code, (name, others) in LANGUAGES.items()}),
    ),
    Field(
        "sort",
        "the order of what is found",
        ("order", "정렬", "순서"),
        {"relevance": "best first", "time": "newest first"},
        _others(relevance="best 관련도 정확도", time="date newest 시간 날짜 최신"),
    ),
    Field("thread", "documents whose comments hold all of what stands in the brackets", ("스레드", "댓글들")),
)
BY_NAME = {fold(name).text: field for field in FIELDS for name in (field.name, *field.other_names)}


def field_named(word: str) -> Field | None:
    """Return the field that a word names, in any case or width."""
    return BY_NAME.get(fold(word).text)


def value_of(field: Field, word: str) -> str | None:
    """Return the value of a field with a list that a word stands for; None for an unknown one.

    Any code of a language is one: captures state what they like.
    """
    wanted = fold(word).text
    known = {fold(value).text: value for value in field.values}
    known.update({fold(other).text: value for other, value in field.other_values.items()})
    if field.name == "lang" and wanted not in known and len(wanted) in (2, 3) and wanted.isascii() and wanted.isalpha():
        return wanted
    return known.get(wanted)


def nearest(word: str, known: Mapping[str, object]) -> str:
    """Return the known word that another one looks like, or an empty string."""
    from difflib import get_close_matches

    found = get_close_matches(fold(word).text, list(known), 1, 0.74)
    return found[0] if found else ""
