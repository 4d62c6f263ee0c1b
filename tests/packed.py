"""Files that hold captures, made of bytes: archives, web archives, pages in one file, books, PDF."""

from __future__ import annotations

import gzip
import io
import plistlib
import tarfile
import zipfile

TEXT = b"Talks end without a date\n\nThe two delegations met for eleven hours in the house, and parted late.\n"
PAGE = b"<html><head><title>Talks end</title></head><body><h1>Talks end</h1><p>The two delegations met for eleven hours.</p></body></html>"
DATE = "2018-01-04T21:59:00Z"


def zipped(files: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name, (2018, 1, 4, 21, 59, 0)), data, zipfile.ZIP_DEFLATED)
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


def warc_record(body: bytes, url: str = "http://w.example/1", kind: str = "response") -> bytes:
    head = f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: {DATE}\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + body + b"\r\n\r\n"


def answer(page: bytes = PAGE, *lines: bytes, status: bytes = b"200 OK", kind: bytes = b"text/html") -> bytes:
    """Return a server's answer that carries a page."""
    return b"\r\n".join((b"HTTP/1.1 " + status, b"Content-Type: " + kind, *lines, b"", page))


def chunked(page: bytes = PAGE, size: int = 50) -> bytes:
    parts = [page[at : at + size] for at in range(0, len(page), size)]
    return b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in (*parts, b""))


def mhtml(page: bytes = PAGE) -> bytes:
    return (
        b"From: <Saved by Blink>\r\nSnapshot-Content-Location: https://m.example/1\r\nDate: Thu, 4 Jan 2018 21:59:00 +0900\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/related; boundary="b"\r\n\r\n--b\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n'
        + page
        + b"\r\n--b--\r\n"
    )


def webarchive(page: bytes = PAGE) -> bytes:
    main = {"WebResourceData": page, "WebResourceURL": "https://s.example/1", "WebResourceTextEncodingName": "UTF-8"}
    return plistlib.dumps({"WebMainResource": main}, fmt=plistlib.FMT_BINARY)


CONTAINER = b"<container><rootfiles><rootfile full-path='o/p.opf'/></rootfiles></container>"
PACKAGE = (
    b"<package xmlns:dc='http://purl.org/dc/elements/1.1/'><metadata><dc:title>T</dc:title><dc:creator>Ann</dc:creator>"
    b"<dc:date>2018-01-04</dc:date></metadata><manifest><item id='a' href='a%20b.xhtml'/><item id='b' href='c.xhtml'/></manifest>"
    b"<spine><itemref idref='b'/><itemref idref='a'/></spine></package>"
)


def epub(files: dict[str, bytes] | None = None) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, data in {
            "mimetype": b"application/epub+zip",
            "META-INF/container.xml": CONTAINER,
            "o/p.opf": PACKAGE,
            "o/a b.xhtml": b"<html><body><h1>One</h1><p>Words.</p></body></html>",
            "o/c.xhtml": b"<html><body><p>Before.</p></body></html>",
            **(files or {}),
        }.items():
            archive.writestr(zipfile.ZipInfo(name, (2018, 1, 4, 21, 59, 0)), data)
    return made.getvalue()


def pdf(*pages: str, title: str = "The Bridge") -> bytes:
    """Return a PDF of pages of plain Latin text, a line of the page for each line of the text."""
    count = len(pages)
    kids = " ".join(f"{4 + 2 * at} 0 R" for at in range(count))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {count} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for at, text in enumerate(pages):
        lines = "".join(f"({line}) Tj 0 -14 Td\n" for line in text.split("\n"))
        stream = f"BT /F1 12 Tf 72 720 Td\n{lines}ET"
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F1 3 0 R >> >> /Contents {5 + 2 * at} 0 R >>"
        )
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
    objects.append(f"<< /Title ({title}) /Author (Ann Lee) >>")
    made, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(made))
        made += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    trailer = (
        f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R /Info {len(objects)} 0 R >>\nstartxref\n{len(made)}\n%%EOF\n"
    )
    return made + f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}".encode() + trailer.encode()


def samples() -> dict[str, bytes]:
    """Return a small file of every kind, by name."""
    record = b'{"title":"t","text":"x","comments":[{"body":"y"}]}\n'
    pages = warc_record(answer()) + warc_record(answer(chunked(), b"Transfer-Encoding: chunked"), "http://w.example/2")
    pages += warc_record(answer(gzip.compress(PAGE, mtime=0), b"Content-Encoding: gzip"), "http://w.example/3")
    return {
        "captures.zip": zipped({"a.txt": TEXT, "b/c.html": PAGE, "d.jsonl": record}),
        "captures.tar": tarred({"a.txt": TEXT, "b/c.html": PAGE}, link="/etc/passwd"),
        "captures.tgz": gzip.compress(tarred({"a.txt": TEXT}), mtime=0),
        "record.jsonl.gz": gzip.compress(record, mtime=0),
        "pages.warc": pages,
        "pages.warc.gz": b"".join(gzip.compress(part, mtime=0) for part in (pages[:600], pages[600:])),
        "page.mhtml": mhtml(),
        "page.webarchive": webarchive(),
        "book.epub": epub(),
        "paper.pdf": pdf("The bridge is short.\nIt is open.", "Nobody knows why."),
    }
