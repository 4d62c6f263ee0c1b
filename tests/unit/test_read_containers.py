"""Files that hold captures: archives, web archives, pages saved as one file, books."""

from __future__ import annotations

import gzip
import io
import plistlib
import sys
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.model import Capture, Document, Problem
from corpus.read import Limits, read, read_bytes
from tests.packed import (
    PACKAGE,
    PAGE,
    TEXT,
    answer,
    chunked,
    epub,
    mhtml,
    pdf,
    tarred,
    warc_record,
    webarchive,
    zipped,
)

DATA = Path(__file__).parents[1] / "data" / "dumps"


def items(data: bytes, name: str = "x", limits: Limits | None = None) -> list[Document | Problem]:
    return list(read_bytes(data, Capture(name), limits or Limits()))


def only(data: bytes, name: str = "x") -> Document:
    [document] = items(data, name)
    assert isinstance(document, Document), document
    return document


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


def test_the_folder_beside_a_page_belongs_to_it_in_archives_too() -> None:
    files = {
        "x/Page_files/pic.png": b"\x89PNG\r\n",
        "x/Page_files/deep/frame.html": PAGE,
        "x/Page.html": PAGE,
        "x/Other_files/own.html": PAGE,
    }
    for data in (zipped(files), tarred(files)):
        found = items(data)
        assert members(found) == ["x/Page.html", "x/Other_files/own.html"]
        assert told(found) == []


def test_nothing_grows_beyond_its_limits() -> None:
    found = items(zipped({"zeros.txt": bytes(30_000_000), "ok.txt": TEXT}))
    assert members(found) == ["ok.txt"]
    assert "too large" in told(found)[0]
    assert "too large" in told(items(gzip.compress(bytes(30_000_000))))[0]
    inner = zipped({"a.txt": TEXT})
    assert told(items(zipped({"in.zip": inner}))) == ["archives inside archives are not read"]


def test_a_member_without_a_name() -> None:
    named = zipped({"a.txt": TEXT, "b.txt": TEXT})
    assert members(items(named.replace(b"b.txt", b"\0.txt"))) == ["a.txt"]


def test_gzip_of_a_capture_and_of_a_tar() -> None:
    assert only(gzip.compress(TEXT), "a.txt.gz").title == "Talks end without a date"
    assert members(items(gzip.compress(tarred({"a.txt": TEXT})), "a.tgz")) == ["a.txt"]


def test_web_archives() -> None:
    plain = warc_record(answer())
    parts = warc_record(answer(chunked(), b"Transfer-Encoding: chunked"), "http://w.example/2")
    packed = warc_record(answer(gzip.compress(PAGE), b"Content-Encoding: gzip"), "http://w.example/3")
    skipped = warc_record(answer(status=b"404 No")) + warc_record(answer(b"x", kind=b"image/png"))
    other = warc_record(b"software: x\r\n", kind="warcinfo") + warc_record(PAGE, kind="request")
    data = other + plain + parts + packed + skipped
    compressed = b"".join(gzip.compress(part) for part in (other, plain, parts, packed, skipped))
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
    # what is between the records, as in files that two tools wrote, is passed over
    junk = b"filedesc://x.arc 0.0.0.0 20180104215900 text/plain 76\n1 0 InternetArchive\n\n"
    assert len(items(plain + junk + parts)) == 2


def test_answers_that_are_not_what_they_say() -> None:
    cases = {
        answer(PAGE, b"Transfer-Encoding: chunked"): "The two delegations met for eleven hours.",
        answer(chunked()[:-60], b"Transfer-Encoding: chunked"): "The two dele",
        answer(b"not gzip", b"Content-Encoding: gzip"): "compressed in a way that cannot be read",
        answer(b"x", b"Content-Encoding: br"): "compressed with br, which is not read",
        answer(gzip.compress(bytes(5_000_000)), b"Content-Encoding: gzip"): "compressed in a way that cannot be read",
    }
    for body, words in cases.items():
        [item] = items(warc_record(body))
        assert words in (item.body if isinstance(item, Document) else item.message)


def test_pages_in_one_file() -> None:
    document = only(mhtml(), "x.mhtml")
    assert (document.title, document.url) == ("Talks end", "https://m.example/1")
    assert document.capture is not None
    assert document.capture.saved == "2018-01-04T21:59:00+09:00"
    in_utc = only(mhtml().replace(b"+0900", b"-0000"), "x.mhtml").capture
    assert in_utc is not None
    assert in_utc.saved == "2018-01-04T21:59:00Z"
    assert only(webarchive(), "x.webarchive").url == "https://s.example/1"
    assert "damaged" in told(items(b"bplist00nonsense"))[0]
    assert told(items(plistlib.dumps({"WebMainResource": {"WebResourceData": "x"}}, fmt=plistlib.FMT_BINARY))) == [
        "no page was found in the web archive"
    ]
    assert told(items(mhtml().replace(b"text/html", b"text/css "))) == ["no page was found in the MHTML file"]


def test_archives_in_archives() -> None:
    inside = zipped({"a.txt": TEXT})
    for data in (
        zipped({"in.zip": inside}),
        tarred({"in.zip": inside}),
        gzip.compress(inside),
        tarred({"in.tar": tarred({"a.txt": TEXT})}),
    ):
        assert told(items(data))[0] == "archives inside archives are not read"
    found = items(
        tarred({"a.mbox": b"From x Thu Jan  4 21:59:00 2018\nFrom: a\nSubject: T\n\nWords.\n", "b.mhtml": mhtml()})
    )
    assert members(found) == ["a.mbox: thread 1", "b.mhtml"]


def test_books() -> None:
    document = only(epub(), "x.epub")
    assert (document.title, document.byline, document.published, document.body) == (
        "T",
        ("Ann",),
        "2018-01-04",
        "Before.\n\nOne\n\nWords.",
    )
    empty = b"<package><metadata/><manifest/><spine/></package>"
    for files, words in (
        ({"META-INF/container.xml": b"<x"}, "damaged"),
        ({"META-INF/container.xml": b"<container/>"}, "damaged"),
        ({"o/p.opf": empty}, "there is no text"),
        ({"o/p.opf": b"<!DOCTYPE p [<!ENTITY a 'x'>]><package>&a;</package>"}, "damaged"),
    ):
        assert words in told(items(epub(files), "x.epub"))[0]
    unreadable = {"o/c.xhtml": bytes(30_000_000), "o/p.opf": PACKAGE.replace(b"T<", "강<".encode())}
    made = io.BytesIO(epub())
    with zipfile.ZipFile(made, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("o/d.xhtml", unreadable["o/c.xhtml"])
    document = only(made.getvalue(), "x.epub")
    assert document.body.startswith("Before.")
    assert any("d.xhtml" in words for words in document.problems)


def test_pdf() -> None:
    pytest.importorskip("pypdf")
    document = only(pdf("The bridge is short.\nIt is open.", "Nobody knows why."), "x.pdf")
    assert (document.title, document.byline) == ("The Bridge", ("Ann Lee",))
    assert document.body == "The bridge is short.\nIt is open.\n\nNobody knows why."
    document = only(pdf("The bridge is short.\nIt is open.", title=""), "x.pdf")
    assert (document.title, document.body) == ("The bridge is short.", "It is open.")
    assert "there is no text in the PDF" in told(items(pdf("")))[0]
    assert "damaged" in told(items(b"%PDF-1.4 nothing"))[0]
    assert "damaged" in told(items(pdf("x")[:200]))[0]


def test_pdf_without_the_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pypdf", None)
    assert "only where the Python package pypdf is installed" in told(items(pdf("x")))[0]


def test_front_matter() -> None:
    text = (DATA / "yaml.md").read_text()
    document = only(text.encode(), "x.md")
    assert (document.title, document.byline, document.published, document.url, document.outlet) == (
        "The bridge: a history",
        ("Ann Lee", "Bo Kim"),
        "2018-01-04",
        "https://notes.example/bridge",
        "Bridge Notes",
    )
    assert [(part.kind, part.text[:6]) for part in document.paragraphs] == [
        ("paragraph", "Nobody"),
        ("heading", "The fe"),
        ("paragraph", "The fe"),
    ]
    assert (document.folded[0].reason, document.folded[0].start) == ("front matter", 0)
    assert text[: document.folded[0].end].endswith("---\n")
    document = only((DATA / "toml.md").read_bytes(), "x.md")
    assert (document.title, document.byline, document.published, document.language) == (
        "The ferry",
        ("Ann Lee", "Bo Kim"),
        "2018-01-05T08:00:00Z",
        "en",
    )


@settings(max_examples=40, deadline=None)
@given(
    st.sampled_from(
        [
            zipped({"a.txt": TEXT}),
            tarred({"a.txt": TEXT}),
            gzip.compress(TEXT),
            warc_record(answer()),
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


PACKED = Path(__file__).parents[1] / "data" / "packed"


@pytest.mark.parametrize("name", sorted(path.name for path in PACKED.iterdir()))
def test_a_small_file_of_every_wrapping(name: str) -> None:
    [document] = read(PACKED / name)
    assert isinstance(document, Document)
    if name == "book.epub":
        assert (document.title, document.byline, document.published) == ("T", ("Ann",), "2018-01-04")
        return
    assert document.title == "Talks end"
    assert [(item.author, item.text, item.depth) for item in document.comments] == [
        ("Ann", "First thought.", 0),
        ("Bo", "An answer.", 1),
    ]
    stated = {"single_file.html": "https://n.example/1", "saved_from.html": "https://n.example/1"}
    assert document.url == stated.get(name, document.url)
