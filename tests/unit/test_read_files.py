"""Files and folders: only what is a capture is opened, and every refusal is a sentence."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from corpus.model import Capture, Document, Problem
from corpus.read import Limits, find_captures, read, read_bytes

TEXT = "Talks end without a date\n\nThe two delegations met for eleven hours in the house, and parted late.\n"
HOSTILE = Path(__file__).parents[3] / "shared" / "hostile"
CONTROLS = {
    chr(code) for code in [*range(9), *range(11, 32), *range(127, 160), 0x202E, 0x200B, 0xFEFF, *range(0xD800, 0xE000)]
}


def only(path: Path) -> Document:
    [document] = read(path)
    assert isinstance(document, Document)
    return document


def refused(data: bytes, name: str = "x.txt") -> str:
    [problem] = read_bytes(data, Capture(name))
    assert isinstance(problem, Problem)
    return problem.message


def names(found: list[Path | Problem], root: Path) -> list[str]:
    return [str(item.relative_to(root)) for item in found if isinstance(item, Path)]


def test_facts_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(TEXT.encode())
    os.utime(path, (1515103140, 1515103140))
    capture = only(path).capture
    assert capture is not None
    assert (capture.path, capture.format, capture.encoding) == (str(path), "text", "utf-8")
    assert (capture.saved, capture.saved_evidence) == ("2018-01-04T21:59:00Z", "file date")
    assert len(capture.sha256) == 64


def test_reading_twice_gives_the_same(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(TEXT.encode())
    assert only(path) == only(path)


def test_guesses_are_said(tmp_path: Path) -> None:
    korean = "반도체 수출 규제\n\n정부는 오늘 대책을 발표했다. 똠방각하\n"
    path = tmp_path / "a.txt"
    path.write_bytes(korean.encode("cp949"))
    document = only(path)
    assert document.title == "반도체 수출 규제"
    assert document.capture is not None
    assert document.capture.encoding == "cp949"
    assert any("cp949" in problem for problem in document.problems)
    path.write_bytes(TEXT.encode() + b"\xff\xfe\n")
    assert only(path).problems


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "no text"),
        (b"\xef\xbb\xbf", "no text"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "not text"),
        (bytes(range(256)) * 20, "not text"),
        (b"PK\x03\x04rest", "is damaged"),
        (b"\x1f\x8b\x08rest", "is damaged"),
        (b"WARC/1.0\r\n", "cut off"),
        (b"BZh9", "not read"),
        (b"SQLite format 3\0" + bytes(100), "not text"),
        (bytes(257) + b"ustar" + bytes(200), "is damaged"),
    ],
)
def test_what_is_not_read(data: bytes, words: str) -> None:
    assert words in refused(data)


def test_size_limit(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"word " * 300_000)
    [problem] = read(path, Limits(size=1_000_000))
    assert isinstance(problem, Problem)
    assert "larger than 1 MB" in problem.message
    [problem] = read_bytes(path.read_bytes(), Capture("x"), Limits(size=1_000_000))
    assert isinstance(problem, Problem)


def test_pipes_devices_folders_and_nothing(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.txt"
    os.mkfifo(pipe)
    for path in (pipe, Path("/dev/zero"), tmp_path, tmp_path / "none.txt", Path("bad\0name")):
        [problem] = read(path)
        assert isinstance(problem, Problem)
    found = list(find_captures([tmp_path, tmp_path / "none", pipe]))
    assert [type(item) for item in found] == [Problem, Problem, Problem]


def test_a_nul_in_a_text_is_shown_and_no_reason_to_refuse() -> None:
    [document] = read_bytes(TEXT.encode() + b"one\0two\n", Capture("x.txt"))
    assert isinstance(document, Document)
    assert "one␀two" in document.body


def test_folders_in_the_order_of_names_without_what_is_no_capture(tmp_path: Path) -> None:
    outside = tmp_path / "outside.txt"
    outside.write_text(TEXT)
    root = tmp_path / "root"
    for name in (
        "b.txt",
        "a/z.txt",
        "a/y.txt",
        ".hidden.txt",
        ".git/x",
        "page.html",
        "page_files/pic.txt",
        "notes_files/k.txt",
    ):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(TEXT)
    (root / "notes.json").write_text('{"type": "AnnotationCollection", "id": "urn:korea-reader:notes"}')
    (root / "notes.json.lock").write_text("")
    (root / "notes.json.set-aside-2026").write_text("x")
    (root / "korea-reader.toml").write_text("")
    (root / "inside.txt").symlink_to(root / "b.txt")
    (root / "loop").symlink_to(root)
    (root / "outside.txt").symlink_to(outside)
    found = list(find_captures([root]))
    assert names(found, root) == ["a/y.txt", "a/z.txt", "b.txt", "notes_files/k.txt", "page.html"]
    [problem] = [item for item in found if isinstance(item, Problem)]
    assert "leads out of the folder" in problem.message
    assert list(find_captures([root / "outside.txt"])) == [root / "outside.txt"]
    assert len(list(find_captures([root / "b.txt", root / "b.txt"]))) == 1


def test_names_of_files_can_be_printed(tmp_path: Path) -> None:
    path = tmp_path / "esc\x1b]0;x\x07\udcff.txt"
    path.write_bytes(b"\0\1\2\3" * 50)
    [problem] = read(path)
    assert isinstance(problem, Problem)
    assert not CONTROLS & set(problem.path)
    path.write_text(TEXT)
    from corpus.record_writing import to_line

    assert to_line(only(path)).encode()
    assert only(path).capture == only(path).capture


@pytest.mark.skipif(not HOSTILE.is_dir(), reason="the hostile files are not here")
@pytest.mark.parametrize("name", sorted(path.name for path in HOSTILE.iterdir()) if HOSTILE.is_dir() else [])
def test_hostile_files(name: str) -> None:
    found = list(read(HOSTILE / name))
    assert found
    for item in found:
        if isinstance(item, Problem):
            assert not CONTROLS & set(item.message)
            continue
        for _, text in item.texts():
            assert not CONTROLS & set(text)
        for comment in item.comments:
            assert not CONTROLS & set(comment.author or "")


COUNTS = {
    "01_esc_osc52_st.txt": 2,
    "04_esc_author.json": 3,
    "06_esc_fake_prompt.txt": 2,
    "19_bidi_override.txt": 2,
    "21_invisible.json": 7,
    "23_emoji_zwj.json": 3,
    "25_nfd_hangul.txt": 2,
    "29_cp949.txt": 2,
    "35_utf16le.txt": 2,
    "37_mixed.txt": 3,
    "58_many_comments.txt": 10_000,
    "61_headers_malformed.txt": 9,
}


@pytest.mark.skipif(not HOSTILE.is_dir(), reason="the hostile files are not here")
def test_hostile_counts() -> None:
    for name, count in COUNTS.items():
        assert len(only(HOSTILE / name).comments) == count, name
    one, two = only(HOSTILE / "29_cp949.txt"), only(HOSTILE / "35_utf16le.txt")
    assert list(one.texts()) == list(two.texts())
    assert only(HOSTILE / "31_euckr_meta.html").title == "펲시콜라 뷁"
    assert "needle at depth" in only(HOSTILE / "49_deep.html").body
    assert only(HOSTILE / "51_marked_section.html").body == "before\n\nafter"
    assert "“quotes”" in only(HOSTILE / "39_cp1252.html").title
    assert len([item for item in read(HOSTILE / "63_dates.jsonl") if isinstance(item, Document)]) == 18
    authors = [comment.author for comment in only(HOSTILE / "21_invisible.json").comments]
    assert authors[0] != authors[1]
