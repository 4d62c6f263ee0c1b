"""The trust edge: whatever comes in, nothing that acts on a terminal comes out, and offsets lead back."""

from __future__ import annotations

import time
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.decoding import decode, is_binary
from corpus.text import canonical, canonical_line, canonical_paragraphs, fold

NASTY = "\x00\x07\x08\x1b\x7f\x85\x90\x9b\x9d\u061c\u200b\u200c\u200d\u200e\u202e\u2028\u2066\u2069\ufeff\u3164\U000e0041\ud800\udfff\ufffe"
CHARS = st.characters() | st.sampled_from(NASTY + "\r\n\t \u00a0\u1100\u1161\u11a8각á\u0301😀👩")
TEXTS = st.text(CHARS, max_size=60)
FORBIDDEN = {
    *(
        chr(code)
        for code in [*range(9), *range(11, 32), *range(127, 160), *range(0xD800, 0xE000), *range(0xE0000, 0xE0080)]
    ),
    *"\u061c\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2028\u2029\u2066\u2067\u2068\u2069\ufeff\u3164\u115f\u1160\uffa0",
}


@settings(max_examples=500, deadline=None)
@given(TEXTS)
def test_canonical_is_safe_and_final(text: str) -> None:
    found = canonical(text)
    assert not FORBIDDEN & set(found)
    assert canonical(found) == found
    assert unicodedata.normalize("NFC", found) == found
    assert all(line == line.rstrip() for line in found.split("\n"))


@settings(max_examples=300, deadline=None)
@given(TEXTS, st.integers(2, 30))
def test_lines_and_paragraphs_are_final(text: str, limit: int) -> None:
    line = canonical_line(text, limit)
    assert "\n" not in line
    assert "\t" not in line
    assert len(line) <= limit
    assert canonical_line(line, limit) == line
    paragraphs = canonical_paragraphs(text)
    assert canonical_paragraphs(paragraphs) == paragraphs
    assert canonical(paragraphs) == paragraphs
    assert "\n\n\n" not in paragraphs


@settings(max_examples=300, deadline=None)
@given(st.text(st.characters(exclude_categories=("Mn", "Mc", "Me", "Lo", "Zs", "Zl", "Zp")), max_size=40))
def test_stand_ins_are_one_for_one(text: str) -> None:
    # a tab at the end of a line goes, and form feeds end lines too
    if "\r" in text or "\t" in text or unicodedata.normalize("NFC", text) != text:
        return
    assert len(canonical(f"{text}.")) == len(text) + 1


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_folded_offsets_lead_back(text: str) -> None:
    source = canonical(text)
    folded = fold(source)
    if folded.offsets is None:
        assert len(folded.text) == len(source)
    else:
        assert len(folded.offsets) == len(folded.text) + 1
        assert list(folded.offsets) == sorted(folded.offsets)
        assert folded.offsets[-1] == len(source)
    for at in range(len(folded.text)):
        start, end = folded.source(at, at + 1)
        assert 0 <= start < end <= len(source)
        assert folded.text[at] in fold(source[start:end]).text


def test_visible_stand_ins() -> None:
    assert canonical("a\x1b]0;x\x07b\x9dc") == "a␛]0;x␇b␦c"
    assert canonical("ad\u200bmin\u202e") == "ad␣min⇄"
    assert canonical("a\r\nb\rc\u2028d\x0be") == "a\nb\nc\nd\ne"
    assert canonical("x \u00a0\ny\u00a0z\u3000") == "x\ny\u00a0z"
    assert canonical("\u1112\u1161\u11ab") == "한"
    assert canonical("👨\u200d👩\u200d👧") == "👨\u200d👩\u200d👧"
    assert canonical("ad\u200dmin") == "ad␣min"


def test_lines() -> None:
    assert canonical_line(" a\r\nb\tc ") == "a b c"
    assert canonical_line("x" * 2000) == "x" * 999 + "…"
    assert canonical_paragraphs("\n\n a\n \n\n b\nc\n\n") == " a\n\nb\nc"


def test_time_is_linear_in_inner_blanks() -> None:
    def seconds(size: int) -> float:
        start = time.process_time()
        canonical("a" + " " * size + "é")
        canonical_paragraphs("\n" + " " * size + "é\n" + "\n \n" * size)
        return time.process_time() - start

    seconds(100)
    # sixteen times the blanks; quadratic work would take 256 times as long
    assert seconds(320_000) < 80 * seconds(20_000) + 0.05


KOREAN = "정부는 오늘 반도체 수출 규제 대책을 발표했다. 대통령은 동의한다고 말했다. 똠방각하 뷁"


@pytest.mark.parametrize("codec", ["utf-8", "cp949", "utf-16", "utf-8-sig", "utf-16-le", "utf-16-be", "utf-32"])
def test_encodings(codec: str) -> None:
    text = f"{KOREAN}\nTalks at the border, {KOREAN}"
    assert decode(text.encode(codec)).text == text


def test_declared_euc_kr_is_cp949_and_no_guess() -> None:
    found = decode(KOREAN.encode("cp949"), "EUC-KR")
    assert (found.text, found.encoding, found.note) == (KOREAN, "cp949", "")
    assert decode(KOREAN.encode("cp949")).note


def test_korean_that_is_declared_western_is_korean_all_the_same() -> None:
    for declared in ("iso-8859-1", "windows-1252", "latin1"):
        found = decode(KOREAN.encode("cp949"), declared)
        assert (found.text, found.encoding) == (KOREAN, "cp949")
        assert found.note, "what the page states was not followed: said"


@pytest.mark.parametrize("words", ["Ärzte über Öl, süß und größer", "“Zitat” – ÄÖÜ À la carte", "Ça été ÉÈ ©"])
def test_western_text_keeps_its_declared_encoding(words: str) -> None:
    found = decode(words.encode("cp1252"), "iso-8859-1")
    assert (found.text, found.note) == (words, "")


def test_one_bad_byte_does_not_change_the_encoding() -> None:
    data = KOREAN.encode("cp949")
    broken = data[:9] + b"\xff" + data[9:]
    found = decode(broken)
    assert found.encoding == "cp949"
    assert found.replaced >= 1
    assert "replaced" in found.note
    assert "반도체" in found.text
    utf8 = KOREAN.encode()
    found = decode(utf8[:4] + b"\xff" + utf8[4:])
    assert "반도체" in found.text


def test_two_encodings_in_one_file() -> None:
    found = decode(KOREAN.encode() + b"\n" + KOREAN.encode("cp949") + b"\n")
    assert found.text == f"{KOREAN}\n{KOREAN}\n"
    assert "1 line is not UTF-8" in found.note


def test_western_bytes() -> None:
    found = decode("Smart “quotes” – Café €100".encode("cp1252"))
    assert found.text == "Smart “quotes” – Café €100"
    assert decode(b"\xff\xfea\0\0\xd8").replaced == 1
    assert decode(b"abc", "no-such-codec").text == "abc"
    assert decode(b"abc\xff", "no-such-codec").text.startswith("abc")


def test_binary() -> None:
    assert is_binary(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(200))
    assert is_binary(bytes(range(256)) * 8)
    assert not is_binary(b"text with one \0 in a long enough line of words, and more words")
    assert not is_binary("한글".encode("utf-16") + bytes(4))
    assert not is_binary(KOREAN.encode("utf-16-le"))
    assert not is_binary(b"")
    assert not is_binary(("가" * 1365 + "나" * 100 + "\0").encode())


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_decode(data: bytes) -> None:
    found = decode(data)
    assert canonical(found.text) is not None
    is_binary(data)


def test_folding() -> None:
    assert fold("Ünïcode").text == "unicode"
    assert fold("“Ａ”—…").text == '"a"-...'
    folded = fold("ﬁne…")
    assert folded.text == "fine..."
    assert folded.source(0, 1) == (0, 1)
    assert folded.source(4, 5) == (3, 4)
    assert folded.source(2, 2) == (1, 1)
    assert fold("한글 ABC").text == "한글 abc"
    assert fold("plain\ntext").source(2, 4) == (2, 4)
