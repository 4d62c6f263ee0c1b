from __future__ import annotations

import gzip
import json
import zipfile
from pathlib import Path

import pytest

from corpus import raw as module
from corpus.model import Document, Span
from corpus.raw import Raw, RawError, decoded, raw
from corpus.read import read

PAGE = (
    "<html><head><title>Talks</title><meta name='description' content='The envoys met again, and left.'>"
    "<script>var x = 'The envoys met again, and left.';</script></head><body><article><h1>Talks</h1>"
    "<p>The <b>envoys</b>&nbsp;met again, and&#32;left.</p><p>Nobody stayed &amp; nobody slept.</p></article></body></html>"
)


def document(path: Path) -> Document:
    return next(item for item in read(path) if isinstance(item, Document))


def shown(found: Raw) -> str:
    assert found.place is not None
    return found.text[slice(*found.place)]


def body(page: Document, number: int) -> Span:
    item = page.paragraphs[number]
    return page.span("body", item.start, item.end)


def put(path: Path, text: str) -> Path:
    path.write_text(text, "utf-8")
    return path


def test_a_passage_is_found_between_tags_and_not_in_the_head(tmp_path: Path) -> None:
    path = put(tmp_path / "a.html", PAGE)
    page = document(path)
    assert shown(raw(path, None, page, body(page, 0))) == "The <b>envoys</b>&nbsp;met again, and&#32;left"
    assert shown(raw(path, None, page, body(page, 1))).startswith("Nobody stayed &amp; nobody")


def test_the_same_words_are_told_apart_by_their_order(tmp_path: Path) -> None:
    comments = [{"id": str(at), "author": f"N{at}", "body": "So it is."} for at in range(3)]
    text = json.dumps({"title": "회담", "body": "\uc815\uc0c1\ud68c\ub2f4이 열렸다.", "comments": comments}, indent=1)
    path = put(tmp_path / "a.json", text)
    page = document(path)
    places = [raw(path, None, page, page.span("comment", 0, 9, comment.id)).place for comment in page.comments]
    assert len({place and place[0] for place in places}) == 3
    assert shown(raw(path, None, page, body(page, 0))).startswith("\\uc815"), "also where JSON has escaped it"


def test_a_member_of_an_archive_is_shown(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("other.txt", "Other words\n\nstand here.\n")
        archive.writestr("in/page.html", PAGE)
    page = next(
        item
        for item in read(tmp_path / "a.zip")
        if isinstance(item, Document) and item.capture and item.capture.member == "in/page.html"
    )
    found = raw(tmp_path / "a.zip", "in/page.html", page, body(page, 1))
    assert found.name == "in/page.html"
    assert "nobody slept" in shown(found)
    (tmp_path / "b.html.gz").write_bytes(gzip.compress(PAGE.encode()))
    assert "<h1>Talks" in raw(tmp_path / "b.html.gz").text


def test_a_huge_file_is_shown_in_part(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "WINDOW", 2000)
    lines = [f"Line {number} of a very long text that goes on." for number in range(2000)]
    path = put(tmp_path / "a.txt", "A title\n\n" + "\n\n".join(lines))
    page = document(path)
    at = next(at for at, item in enumerate(page.paragraphs) if item.text.startswith("Line 1500 "))
    found = raw(path, None, page, body(page, at))
    assert len(found.text) <= 2000
    assert found.before > 0 < found.after
    assert "Line 1500 of" in shown(found)
    assert path.read_text().split("\n")[found.line - 1] == found.text.split("\n")[0]
    monkeypatch.setattr(module, "MOST_BYTES", 1000)
    assert "only the first" in raw(path).note


def test_what_cannot_be_shown_is_said(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    with pytest.raises(RawError, match="is not text"):
        raw(tmp_path / "a.png")
    with pytest.raises(RawError, match="no such file"):
        decoded(tmp_path / "none.txt")


def test_nothing_in_it_acts_on_the_terminal_and_the_guess_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("\x1b]52;c;eA==\x07 정상회담이 열렸다\n".encode("cp949"))
    found = raw(path)
    assert "\x1b" not in found.text
    assert found.encoding == "cp949"
    assert found.note


def test_a_passage_that_is_not_there_has_no_place(tmp_path: Path) -> None:
    path = put(tmp_path / "a.txt", "A title\n\nSome words that are kept here.\n")
    page = document(path)
    path.write_text("nothing alike")
    assert raw(path, None, page, body(page, 0)).place is None


@pytest.mark.parametrize("piece", ["<script ", "<head", "&amp;", "<a ", "\\n", "word ", "<"])
def test_hostile_texts_take_no_time(tmp_path: Path, piece: str) -> None:
    path = put(tmp_path / "a.html", "<html><body><p>word word word zebra</p>" + piece * 40_000)
    page = document(put(tmp_path / "b.html", PAGE.replace("The", "word word").replace("left", "zebra word lion")))
    raw(path, None, page, body(page, 0))
