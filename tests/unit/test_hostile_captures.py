"""Captures made to do harm, by the numbers of the index of hostile files: our own inputs of each kind, read as they should be."""

from __future__ import annotations

import gzip
import io
import json
import os
import tarfile
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from corpus.model import Capture, Document, Problem
from corpus.read import Limits, find_captures, read, read_bytes
from corpus.read.worker import Reading
from corpus.record_writing import to_line
from tests.packed import TEXT, zipped

HOSTILE = Path(__file__).parents[3] / "shared" / "hostile"
FORBIDDEN = frozenset(
    chr(code)
    for low, high in (
        (0, 8), (11, 31), (127, 159), (0x61C, 0x61C), (0x200B, 0x200B), (0x200E, 0x200F), (0x202A, 0x202E), (0x2066, 0x2069),
        (0xFEFF, 0xFEFF), (0xD800, 0xDFFF), (0xFFFE, 0xFFFF), (0xE0000, 0xE0FFF),
    )
    for code in range(low, high + 1)
)  # fmt: skip
ARTICLE = "Ferry stays in port\n\nThe ferry stays in port today, said the master of the port, because of the wind.\n\n"


def texts(item: Document | Problem) -> Iterator[str]:
    """Yield every text of a document, or the sentence of a problem."""
    if isinstance(item, Problem):
        yield from (item.message, item.path, item.member or "")
        return
    yield from (text for _, text in item.texts())
    yield from (*item.byline, *item.problems, item.outlet or "", item.url or "", item.published_raw or "")
    yield from (part.text for part in item.folded)
    for comment in item.comments:
        yield from (comment.author or "", comment.posted_raw or "", comment.state or "", comment.id)


def found(data: bytes | str | Any, name: str = "x.txt", limits: Limits | None = None) -> list[Document | Problem]:
    """Read twice, the same both times, and check what holds for every hostile file."""
    if not isinstance(data, (bytes, str)):
        data = json.dumps(data)
    data = data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data
    began = time.process_time()
    items = list(read_bytes(data, Capture(name), limits or Limits()))
    assert time.process_time() - began < 5
    assert items == list(read_bytes(data, Capture(name), limits or Limits()))
    assert items
    for item in items:
        for text in texts(item):
            assert not FORBIDDEN & set(text), ascii(text)
        if isinstance(item, Document):
            assert next(iter(read_bytes(to_line(item).encode(), Capture("again.jsonl")))) == item
        else:
            assert len(item.message) < 300
    return items


def one(data: bytes | str | Any, name: str = "x.txt") -> Document:
    [item] = found(data, name)
    assert isinstance(item, Document), item
    return item


def refused(data: bytes | str | Any, name: str = "x.txt") -> str:
    [item] = found(data, name)
    assert isinstance(item, Problem), item
    return item.message


def comments(*bodies: str) -> str:
    """Return a pasted page with comments."""
    heads = (f"name{at} Thu, 01/04/2018 - 21:{at:02}\n\n{body}\n\n" for at, body in enumerate(bodies, 1))
    return ARTICLE + "".join(heads)


def record(title: str = "T", body: str = "Words.", *said: Any, **more: Any) -> dict[str, Any]:
    return {"title": title, "body": body, "comments": list(said), **more}


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


def test_13_hostile_names(tmp_path: Path) -> None:
    names = [
        "../up.txt",
        "/abs.txt",
        "a\x1b]0;x\x07\n.txt",
        "-rf.txt",
        "CON",
        "n" * 240,
        "a\u202etxt.exe",
        "é.txt",
        "é.txt",
        "$(id);`x`.txt",
    ]
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w", format=tarfile.PAX_FORMAT) as archive:
        for name in names:
            info = tarfile.TarInfo(name)
            info.size = len(TEXT)
            archive.addfile(info, io.BytesIO(TEXT))
        for name, kind in (
            ("link.txt", tarfile.SYMTYPE),
            ("pipe.txt", tarfile.FIFOTYPE),
            ("dir.json", tarfile.DIRTYPE),
        ):
            info = tarfile.TarInfo(name)
            info.type, info.linkname = kind, "/etc/passwd"
            archive.addfile(info)
    items = found(made.getvalue(), "x.tar")
    assert sum(isinstance(item, Document) for item in items) == len(names) - 2
    assert sum(isinstance(item, Problem) for item in items) == 4
    for name in ("a\x1b]0;x\x07\n.txt", "-rf.txt", "a\u202etxt.exe", "$(id);`x`.txt"):
        (tmp_path / name).write_bytes(TEXT)
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "dir.json").mkdir()
    (tmp_path / "out.txt").symlink_to("/etc/passwd")
    paths = list(find_captures([tmp_path]))
    assert sum(isinstance(path, Path) for path in paths) == 4
    assert sorted(item.path.rsplit("/")[-1] for item in paths if isinstance(item, Problem)) == ["out.txt", "pipe.txt"]
    with Reading() as reading:
        kept = [item for path in paths if isinstance(path, Path) for item in reading.read(path)]
    assert all(isinstance(item, Document) for item in kept)
    assert len(kept) == 4


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


@pytest.mark.parametrize(
    "text",
    [
        "[" * 50_000 + "]" * 50_000,
        '{"a":' * 50_000 + "1" + "}" * 50_000,
        "[" * 50_000,
        '{"title":' * 101 + '"x"' + "}" * 101,
    ],
)
def test_47_nested_json(text: str) -> None:
    for name in ("x.json", "x.jsonl"):
        assert any(words in refused(text, name) for words in ("nested too deeply", "not valid JSON"))


def test_49_nested_pages() -> None:
    page = (
        "<html><body><h1>Deep</h1>" + "<div>" * 20_000 + "<p>needle at depth</p>" + "</div>" * 20_000 + "</body></html>"
    )
    assert "needle at depth" in one(page, "x.html").body


@pytest.mark.parametrize("marked", ["<![x[", "<![&", "<!-", "<!doctype x [", "<?", "</"])
def test_51_marked_sections(marked: str) -> None:
    assert "before" in one(f"<html><body><p>before</p>{marked}<p>after</p></body></html>", "x.html").body


def test_53_entities_that_grow() -> None:
    blow = (
        '<!DOCTYPE r [<!ENTITY a "'
        + "x" * 40_000
        + '">]><rss><channel><title>'
        + "&a;" * 10_000
        + "</title></channel></rss>"
    )
    billion = (
        "<!DOCTYPE r [" + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10)) + "]><rss>&a9;</rss>"
    )
    outside = '<!DOCTYPE r SYSTEM "http://10.0.0.1/x.dtd" [<!ENTITY a SYSTEM "file:///etc/passwd">]><rss>&a;</rss>'
    for text in (blow, billion, outside):
        assert "defines entities of its own" in refused(text, "x.rss")


def bomb() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in ("../../up.txt", "/etc/x.txt", "C:\\x.txt", "..\\x.txt"):
            archive.writestr(name, TEXT)
        archive.writestr("zeros.txt", bytes(50_000_000))
        archive.writestr("ok.txt", TEXT)
    return made.getvalue()


def test_56_bombs_and_names_that_lead_out(tmp_path: Path) -> None:
    bombs = {
        "a.zip": bomb(),
        "b.gz": gzip.compress(bytes(60_000_000)),
        "c.zip": zipped({"in.zip": bomb()}),
        "d.warc.gz": gzip.compress(b"WARC/1.0\r\nContent-Length: 60000000\r\n\r\n" + bytes(60_000_000)),
    }
    for name, data in bombs.items():
        (tmp_path / name).write_bytes(data)
    with Reading(limits=Limits(memory=500_000_000)) as reading:
        items = {name: list(reading.read(tmp_path / name)) for name in bombs}
    [document] = [item for item in items["a.zip"] if isinstance(item, Document)]
    assert document.capture is not None
    assert document.capture.member == "ok.txt"
    said = [item.message for item in items["a.zip"] if isinstance(item, Problem)]
    assert sum("points out of the archive" in words for words in said) == 4
    assert sum("too large" in words for words in said) == 1
    for name in ("b.gz", "c.zip", "d.warc.gz"):
        assert all(isinstance(item, Problem) for item in items[name])
    assert sorted(path.name for path in tmp_path.rglob("*")) == sorted(bombs)


def test_58_many_comments() -> None:
    bodies = [f"Comment number {at} on the wind." for at in range(10_000)]
    heads = (
        f"name{at} Thu, 01/04/2018 - {at // 600 + 4:02}:{at // 10 % 60:02}\n\n{body}\n\n"
        for at, body in enumerate(bodies)
    )
    [document] = read_bytes((ARTICLE + "".join(heads)).encode(), Capture("x.txt"))
    assert isinstance(document, Document)
    assert [comment.text for comment in document.comments] == bodies


def test_59_parents_in_circles() -> None:
    said: list[Any] = [{"id": "a", "parent": "b", "body": "1"}, {"id": "b", "parent": "a", "body": "2"}]
    said += [
        {"id": "s", "parent": "s", "body": "3"},
        {"id": "o", "parent": "none", "body": "4"},
        {"id": "a", "body": "5"},
    ]
    said += [
        {"id": 7, "body": "6"},
        {"body": "7", "parent": 7},
        {"id": [], "body": "8"},
        {"id": None, "body": 9},
        "x",
        None,
        {"body": {}},
    ]
    said += [{"id": f"c{at}", "parent": f"c{at - 1}", "body": f"chain {at}"} for at in range(1500)]
    document = one(record("T", "B", *said), "x.json")
    bodies = [str(at) for at in range(1, 10)] + [f"chain {at}" for at in range(1500)]
    assert sorted(comment.text for comment in document.comments if comment.text) == sorted(bodies)
    assert document.comments[-1].depth == 1500
    assert "2 comments are in a circle of replies" in " ".join(document.problems)


def test_61_broken_heads_lose_nothing() -> None:
    text = comments("alice was here", "frank was here") + (
        "grace Thu, 13/45/2018 - 99:99\n\nodd date\n\nThu, 01/04/2018 - 21:58\n\nno name\n\n"
        + "x" * 5000
        + " Thu, 01/04/2018 - 21:59\nlong name\n"
    )
    document = one(text)
    everything = "\n".join(
        [
            document.title,
            document.body,
            *(part.text for part in document.folded),
            *(f"{item.author} {item.posted_raw} {item.text}" for item in document.comments),
        ]
    )
    for words in ("alice was here", "frank was here", "odd date", "no name", "long name", "13/45/2018", "x" * 900):
        assert words in everything


DATES = [
    "9999-12-31T23:59:59Z", "0001-01-01", "2018-02-30", "2018-01-04T21:59:00+99:99", "١٢/٠٣/٢٠١٨", "\x1b[31m2018", 1e300, -5, 253402300800, True, [], {"y": 1},
    "Thu, 04 Jan 2018 21:59:00 GMT", "2018-W01-4", "1515103140", 1515103140123, None, "",
]  # fmt: skip


def test_63_dates() -> None:
    lines = "\n".join(json.dumps(record(f"T{at}", "B", date=date)) for at, date in enumerate(DATES))
    documents = [item for item in found(lines, "x.jsonl") if isinstance(item, Document)]
    assert len(documents) == 18
    for document, date in zip(documents, DATES, strict=True):
        assert document.published is None or document.published[:4].isdigit()
        assert document.published or document.published_raw or date in (None, "")


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "file:///etc/passwd",
        "-oProxyCommand=id",
        "http://127.0.0.1/",
        "data:text/html,x",
        "http://[::1]:99999/",
    ],
)
def test_65_addresses_are_kept_and_not_called(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    import socket

    def refuse(*words: object) -> None:
        raise AssertionError("nothing may be fetched")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    assert one(record("T", "B", {"body": "x", "url": url}, url=url), "x.json").url == url
    page = f'<html><head><link rel="canonical" href="{url}"></head><body><h1>T</h1><p>Words <a href="{url}">here</a>.</p><iframe src="{url}"></iframe></body></html>'
    assert "Words here." in one(page, "x.html").body


@pytest.mark.skipif(not HOSTILE.is_dir(), reason="the hostile files are not here")
def test_the_files_themselves() -> None:
    """All of them through the processes that read captures, each as this process reads it."""
    paths = sorted(path for path in HOSTILE.iterdir() if path.is_file())
    items: dict[Path, list[Document | Problem]] = {path: [] for path in paths}
    with Reading(limits=Limits(seconds=10, memory=1 << 30)) as reading:
        for path, item in reading.read_many(paths):
            if item is not None:
                items[path].append(item)
    for path in paths:
        assert items[path] == list(read(path)), path.name
        for item in items[path]:
            assert not any(FORBIDDEN & set(text) for text in texts(item)), path.name


CHECKS: dict[str, Callable[[list[Document], list[str]], bool]] = {
    "09_esc_charref.rss": lambda documents, said: len(documents) == 2 or len(said) == 1,
    "13_hostile_names.tar": lambda documents, said: bool(documents and said),
    "33_utf8_bom_crlf.jsonl": lambda documents, said: len(documents) == 3 and "line 4" in said[0],
    "43_binary.txt": lambda documents, said: not documents and "text" in said[0],
    "45_bom_only.txt": lambda documents, said: not documents and len(said) == 1,
    "47_deep.json": lambda documents, said: not documents and len(said) == 1,
    "53_quadratic.rss": lambda documents, said: not documents and len(said) == 1,
    "56_slip_bomb.zip": lambda documents, said: len(documents) == 1,
    "59_reply_graph.json": lambda documents, said: len(documents[0].comments) >= 1508,
    "61_headers_malformed.txt": lambda documents, said: len(documents) == 1,
    "63_dates.jsonl": lambda documents, said: len(documents) == 18,
}


@pytest.mark.skipif(not HOSTILE.is_dir(), reason="the hostile files are not here")
@pytest.mark.parametrize("name", list(CHECKS))
def test_what_the_index_says_of_the_files(name: str) -> None:
    items = list(read(HOSTILE / name))
    documents = [item for item in items if isinstance(item, Document)]
    assert CHECKS[name](documents, [item.message for item in items if isinstance(item, Problem)])
