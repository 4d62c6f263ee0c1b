"""Captures made to do harm, by the numbers of the index of hostile files: our own inputs of each kind, read as they should be."""

from __future__ import annotations

import gzip
import io
import json
import os
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from corpus.model import Capture, Document, Problem
from corpus.read import Limits, find_captures, read, read_bytes
from corpus.read.worker import Reading
from tests.packed import TEXT, zipped
from tests.unit.hostile_reading import ARTICLE, FORBIDDEN, comments, found, one, record, refused, texts

HOSTILE = Path(__file__).parents[3] / "shared" / "hostile"


def test_13_hostile_names_in_an_archive() -> None:
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


def test_13_hostile_names_in_a_folder(tmp_path: Path) -> None:
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
