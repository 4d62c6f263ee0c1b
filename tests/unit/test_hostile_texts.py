"""Texts made to do harm, by the numbers of the index of hostile files: signs, names and encodings read as they should be."""

from __future__ import annotations

import pytest

from corpus.model import Document, Problem
from tests.unit.hostile_reading import ARTICLE, comments, found, one, record, refused


def test_01_and_06_and_11_escapes_become_visible() -> None:
    clipboard, screen = "\x1b]52;c;UVdF\x1b\\", "\x1b[?1049l\x1b[2J[sudo] password: \x1b[8m"
    document = one(comments(f"Fine words {clipboard} here.", f"And {screen} there \x1b[201~ too \x07."))
    assert len(document.comments) == 2
    assert document.comments[0].text == "Fine words ␛]52;c;UVdF␛\\ here."
    assert "␛[201~ too ␇." in document.comments[1].text


def test_04_an_author_is_one_line() -> None:
    document = one(
        record("T", "B", *({"author": name, "body": "x"} for name in ("a\r\nb", "c\x1b[2Jd\te", "f\ng"))), "x.json"
    )
    assert [comment.author for comment in document.comments] == ["a b", "c␛[2Jd e", "f g"]


def test_09_escapes_as_character_references() -> None:
    entry = "<item><title>A &#27;[31m B</title><description>x &#0; y &#155; z</description><link>{}</link></item>"
    feed = f"<rss><channel>{entry.format('https://a.example/')}{entry.format('javascript:alert(1)')}</channel></rss>"
    documents = found(feed, "x.rss")
    assert [item.title for item in documents if isinstance(item, Document)] == ["A ␛[31m B"] * 2
    assert [item.url for item in documents if isinstance(item, Document)] == ["https://a.example/", None]


@pytest.mark.parametrize(
    "markup", ["[@click=app.quit]x[/]", "[link=file:///etc/passwd]x[/link]", "[/", '[b c="d e', "[red]"]
)
def test_14_and_16_markup_is_text(markup: str) -> None:
    document = one(record(f"T {markup}", f"B {markup}", {"author": f"A {markup}", "body": markup}), "x.json")
    assert (document.title, document.body) == (f"T {markup}", f"B {markup}")
    assert (document.comments[0].author, document.comments[0].text) == (f"A {markup}", markup)


def test_19_direction_is_shown_and_letters_kept() -> None:
    document = one(comments("abc \u202e\u2066gfe\u2069 d", "سلام שלום"))
    assert document.comments[0].text == "abc ⇄⇄gfe⇄ d"
    assert document.comments[1].text == "سلام שלום"


def test_21_names_that_differ_by_what_cannot_be_seen() -> None:
    names = ["admin", "ad\u200bmin", "\u3164\u3164", "", "a\U000e0041", " "]
    document = one(record("T", "B", *({"author": name, "body": str(at)} for at, name in enumerate(names))), "x.json")
    shown = [comment.author for comment in document.comments]
    assert shown[:2] == ["admin", "ad␣min"]
    assert shown[2:] == ["␣␣", None, "a␣", None]
    assert len({comment.id for comment in document.comments}) == 6


def test_23_pictures_of_many_parts_are_kept() -> None:
    family = "\U0001f468\u200d\U0001f469\u200d\U0001f467"
    document = one(record("T", "B", *({"body": text} for text in (family * 500, "🇰🇷" * 300, "1️⃣☝🏽"))), "x.json")
    assert [comment.text for comment in document.comments] == [family * 500, "🇰🇷" * 300, "1️⃣☝🏽"]


def test_25_decomposed_hangul() -> None:
    import unicodedata

    document = one(
        unicodedata.normalize("NFD", comments("대통령이 말했다", "반도체 말인가").replace("Ferry", "반도체"))
    )
    assert document.title == "반도체 stays in port"
    assert [comment.text for comment in document.comments] == ["대통령이 말했다", "반도체 말인가"]


def test_27_what_is_no_character() -> None:
    document = one('{"title": "T \ufffe \U0010ffff", "body": "\\ud800 x \\uffff \ue000"}', "x.json")
    assert (document.title, document.body) == ("T \ufffd \ufffd", "\ufffd x \ufffd \ue000")


KOREAN = comments("펲시콜라를 마셨다", "뷁").replace("Ferry stays in port", "반도체 수출 규제, 정부 대책 발표")


def test_29_and_35_the_same_in_any_encoding() -> None:
    reference = one(KOREAN)
    for encoding, name in (
        ("cp949", "cp949"),
        ("utf-16", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("utf-8-sig", "utf-8"),
    ):
        document = one(KOREAN.encode(encoding))
        assert list(document.texts()) == list(reference.texts())
        assert document.capture is not None
        assert document.capture.encoding == name
    assert one(KOREAN.encode("cp949")).problems == ("no valid encoding stated; read as cp949",)


def test_31_euc_kr_means_cp949() -> None:
    page = '<html><head><meta charset="euc-kr"><title>펲시콜라 뷁</title></head><body><h1>펲시콜라 뷁</h1><p>똠방각하가 마셨다.</p></body></html>'
    document = one(page.encode("cp949"), "x.html")
    assert (document.title, document.body) == ("펲시콜라 뷁", "똠방각하가 마셨다.")
    feed = f'<?xml version="1.0" encoding="EUC-KR"?><rss><channel><item><title>{"뷁"}</title><description>펲</description></item></channel></rss>'
    assert one(feed.encode("cp949"), "x.rss").title == "뷁"


def test_33_lines_with_mark_and_a_bad_one() -> None:
    data = b'\xef\xbb\xbf{"title":"a","text":"x"}\r\n\r\n{"title":"b","text":"y"}\r\n{oops\r\n{"title":"c","text":"z"}'
    items = found(data, "x.jsonl")
    assert [item.title for item in items if isinstance(item, Document)] == ["a", "b", "c"]
    assert [item.member for item in items if isinstance(item, Problem)] == ["line 4"]


def test_37_two_encodings_in_one_file() -> None:
    document = one(KOREAN.encode() + b"name3 Thu, 01/04/2018 - 21:09\n\n" + "나중에 붙인 말".encode("cp949") + b"\n")
    assert [comment.text for comment in document.comments] == ["펲시콜라를 마셨다", "뷁", "나중에 붙인 말"]
    assert document.problems == ("1 line is not UTF-8 and was read as cp949",)


def test_39_and_41_other_bytes() -> None:
    page = (
        "<html><head><title>“Wind” – 5 €</title></head><body><h1>“Wind” – 5 €</h1><p>It’s the wind.</p></body></html>"
    )
    document = one(page.encode("cp1252"), "x.html")
    assert (document.title, document.body) == ("“Wind” – 5 €", "It’s the wind.")
    document = one(
        ARTICLE.encode() + b"over \xc0\x80 long \xed\xa0\x80 five \xf8\x88\x80\x80\x80 stray \xff end of it.\n"
    )
    assert document.problems == ("no valid encoding stated; read as cp1252",)
    assert "long" in document.body


@pytest.mark.parametrize(
    "data",
    [b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8, bytes(range(256)) * 8, b"\xef\xbb\xbf", b"\xff\xfe", b"", b" \n"],
)
def test_43_and_45_what_is_no_text(data: bytes) -> None:
    assert "text" in refused(data)
