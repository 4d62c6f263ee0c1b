"""Files that hold captures: archives, web archives, pages saved as one file, books."""

from __future__ import annotations

import gzip
import io
import plistlib
import tarfile
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.model import Capture, Document, Problem
from corpus.read import Limits, read_bytes

TEXT = b"Talks end without a date\n\nThe two delegations met for eleven hours in the house, and parted late.\n"
PAGE = b"<html><head><title>Talks end</title></head><body><h1>Talks end</h1><p>The two delegations met for eleven hours.</p></body></html>"


def items(data: bytes, name: str = "x", limits: Limits | None = None) -> list[Document | Problem]:
    return list(read_bytes(data, Capture(name), limits or Limits()))


def only(data: bytes, name: str = "x") -> Document:
    [document] = items(data, name)
    assert isinstance(document, Document), document
    return document


def zipped(files: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return made.getvalue()


def tarred(files: dict[str, bytes], **link: str) -> bytes:
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w") as archive:
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
        for name, target in link.items():
            info = tarfile.TarInfo(name)
            info.type, info.linkname = tarfile.SYMTYPE, target
            archive.addfile(info)
    return made.getvalue()


def told(found: list[Document | Problem]) -> list[str]:
    return [item.message for item in found if isinstance(item, Problem)]


def members(found: list[Document | Problem]) -> list[str | None]:
    return [item.capture.member for item in found if isinstance(item, Document) and item.capture]


def test_zip_and_tar() -> None:
    files = {
        "a.txt": TEXT,
        "b/c.html": PAGE,
        "../out.txt": TEXT,
        "/abs.txt": TEXT,
        ".hidden": TEXT,
        "__MACOSX/a.txt": TEXT,
        "d.png": b"\x89PNG\r\n",
        "e.jsonl": b'{"title":"t","text":"x"}\n{bad\n',
    }
    for data in (zipped(files), tarred(files)):
        found = items(data)
        assert members(found) == ["a.txt", "b/c.html", "e.jsonl: line 1"]
        assert sum("points out of the archive" in words for words in told(found)) == 2
        assert [item.member for item in found if isinstance(item, Problem) and item.member] == [
            "d.png",
            "e.jsonl: line 2",
        ]
    assert any("link" in words for words in told(items(tarred({"a.txt": TEXT}, b="/etc/passwd"))))


def test_nothing_grows_beyond_its_limits() -> None:
    found = items(zipped({"zeros.txt": bytes(30_000_000), "ok.txt": TEXT}))
    assert members(found) == ["ok.txt"]
    assert "too large" in told(found)[0]
    assert "too large" in told(items(gzip.compress(bytes(30_000_000))))[0]
    inner = zipped({"a.txt": TEXT})
    assert told(items(zipped({"in.zip": inner}))) == ["archives inside archives are not read"]


def test_gzip_of_a_capture_and_of_a_tar() -> None:
    assert only(gzip.compress(TEXT), "a.txt.gz").title == "Talks end without a date"
    assert members(items(gzip.compress(tarred({"a.txt": TEXT})), "a.tgz")) == ["a.txt"]


def record(body: bytes, url: str = "http://w.example/1") -> bytes:
    head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2018-01-04T21:59:00Z\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + body + b"\r\n\r\n"


def test_web_archives() -> None:
    plain = record(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + PAGE)
    half = len(PAGE) // 2
    chunks = b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in (PAGE[:half], PAGE[half:], b""))
    chunked = record(
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks,
        "http://w.example/2",
    )
    packed = record(
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n" + gzip.compress(PAGE),
        "http://w.example/3",
    )
    skipped = record(b"HTTP/1.1 404 No\r\nContent-Type: text/html\r\n\r\n" + PAGE) + record(
        b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\nx"
    )
    data = plain + chunked + packed + skipped
    compressed = b"".join(gzip.compress(part) for part in (plain, chunked, packed, skipped))
    for found in (items(data), items(compressed, "x.warc.gz")):
        assert [item.url for item in found if isinstance(item, Document)] == [
            f"http://w.example/{at}" for at in (1, 2, 3)
        ]
        for item in found:
            assert isinstance(item, Document)
            assert item.body == "The two delegations met for eleven hours."
            assert item.capture is not None
            assert (item.capture.saved, item.capture.saved_evidence) == (
                "2018-01-04T21:59:00Z",
                "the web archive's date of the record",
            )
    assert "cut off" in told(items(plain[:-200]))[0]
    assert told(items(b"WARC/1.0\r\n")) == ["the web archive is cut off"]


def test_pages_in_one_file() -> None:
    mhtml = (
        b"From: <Saved by Blink>\r\nSnapshot-Content-Location: https://m.example/1\r\nDate: Thu, 4 Jan 2018 21:59:00 +0900\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/related; boundary="b"\r\n\r\n--b\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n'
        + PAGE
        + b"\r\n--b--\r\n"
    )
    document = only(mhtml, "x.mhtml")
    assert (document.title, document.url) == ("Talks end", "https://m.example/1")
    assert document.capture is not None
    assert document.capture.saved == "2018-01-04T21:59:00+09:00"
    archive = plistlib.dumps(
        {
            "WebMainResource": {
                "WebResourceData": PAGE,
                "WebResourceURL": "https://s.example/1",
                "WebResourceTextEncodingName": "UTF-8",
            }
        },
        fmt=plistlib.FMT_BINARY,
    )
    assert only(archive, "x.webarchive").url == "https://s.example/1"
    assert "damaged" in told(items(b"bplist00nonsense"))[0]


def test_books() -> None:
    container = b"<container><rootfiles><rootfile full-path='o/p.opf'/></rootfiles></container>"
    package = b"<package xmlns:dc='http://purl.org/dc/elements/1.1/'><metadata><dc:title>T</dc:title><dc:creator>Ann</dc:creator><dc:date>2018-01-04</dc:date></metadata><manifest><item id='a' href='a%20b.xhtml'/></manifest><spine><itemref idref='a'/></spine></package>"
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, data in (
            ("mimetype", b"application/epub+zip"),
            ("META-INF/container.xml", container),
            ("o/p.opf", package),
            ("o/a b.xhtml", b"<html><body><h1>One</h1><p>Words.</p></body></html>"),
        ):
            archive.writestr(name, data)
    document = only(made.getvalue(), "x.epub")
    assert (document.title, document.byline, document.published, document.body) == (
        "T",
        ("Ann",),
        "2018-01-04",
        "One\n\nWords.",
    )
    assert told(items(b"%PDF-1.4 nothing"))


def test_front_matter() -> None:
    text = '---\ntitle: "Talks end"\nauthors:\n  - Ann Lee\n  - Bo\ndate: 2018-01-04\nsource: https://n.example/1\n---\n# Talks end\n\nThe two delegations met for eleven hours in the house, and parted late.\n\n## Papers\n\nNobody said what was in them, and nobody asked for them at the door either.\n'
    document = only(text.encode(), "x.md")
    assert (document.title, document.byline, document.published, document.url) == (
        "Talks end",
        ("Ann Lee", "Bo"),
        "2018-01-04",
        "https://n.example/1",
    )
    assert [(part.kind, part.text[:6]) for part in document.paragraphs] == [
        ("paragraph", "The tw"),
        ("heading", "Papers"),
        ("paragraph", "Nobody"),
    ]
    assert document.folded[0].reason == "front matter"


@settings(max_examples=40, deadline=None)
@given(
    st.sampled_from(
        [
            zipped({"a.txt": TEXT}),
            tarred({"a.txt": TEXT}),
            gzip.compress(TEXT),
            record(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + PAGE),
        ]
    ),
    st.integers(0, 3000),
    st.binary(max_size=20),
)
def test_damage(seed: bytes, at: int, put: bytes) -> None:
    for item in items(seed[: at % len(seed)] + put + seed[at % len(seed) + len(put) :], "x"):
        assert isinstance(item, (Document, Problem))


CAPTURES = Path(__file__).parents[3] / "shared" / "captures"


@pytest.mark.skipif(not CAPTURES.is_dir(), reason="the captures are not here")
def test_real_dumps() -> None:
    from corpus.read import read

    [document] = read(CAPTURES / "json" / "reddit_3hahrw.json")
    assert isinstance(document, Document)
    kinds = [comment.kind for comment in document.comments]
    assert (kinds.count("comment") + kinds.count("deleted"), kinds.count("stub")) == (476, 18)
    assert max(comment.depth for comment in document.comments if comment.kind != "stub") == 9
    counts = {"disqus_remark42_deletedpost": 6, "disqus_isso": 6}
    for name, count in counts.items():
        found = [item for item in read(CAPTURES / "xml" / f"{name}.xml") if isinstance(item, Document)]
        assert sum(len(item.comments) for item in found) == count
    for name in ("warcio_example.warc.gz", "example-iana.org-chunked.warc"):
        [page] = read(CAPTURES / "warc" / name)
        assert isinstance(page, Document)
        assert page.body
