"""Damaged captures of every format: each ends in documents and sentences, soon, and in little memory.

`KOREA_READER_MUTATIONS` sets how many inputs are made of each file (by hand: 20000).
"""

from __future__ import annotations

import os
import random
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.model import Capture, Document, Problem
from corpus.read import Limits, read_bytes
from corpus.text import canonical_line
from tests.packed import samples

DATA = Path(__file__).parents[1] / "data"
COUNT = int(os.environ.get("KOREA_READER_MUTATIONS", "5000"))
SECONDS = 2.0
KILOBYTES = 300_000

Mutation = Callable[[random.Random, bytes, bytes], bytes]


def files() -> dict[str, bytes]:
    """Return one small file of every format, the texts from `data`, the others made."""
    found = {path.name: path.read_bytes() for path in sorted((DATA / "dumps").iterdir())}
    return found | samples()


FORMATS: dict[str, tuple[str, ...]] = {
    "Reddit": ("reddit_listing.json", "pushshift.jsonl"),
    "Hacker News": ("hackernews_items.jsonl", "hackernews_tree.json", "hackernews_hits.json"),
    "Discourse": ("discourse_topic.json", "discourse_posts.json"),
    "WordPress REST": ("wordpress_posts.json", "wordpress_comments.json"),
    "WordPress export": ("wordpress_export.xml",),
    "Disqus export": ("disqus.xml",),
    "ConvoKit": ("utterances.jsonl",),
    "RSS": ("feed.rss", "comments.rss"),
    "Atom": ("feed.atom",),
    "mail": ("list.mbox", "letter.eml"),
    "records": ("records.json", "records.jsonl"),
    "Markdown": ("yaml.md", "toml.md"),
    "zip": ("captures.zip",),
    "tar": ("captures.tar", "captures.tgz"),
    "gzip": ("record.jsonl.gz",),
    "WARC": ("pages.warc", "pages.warc.gz"),
    "pages in one file": ("page.mhtml", "page.webarchive"),
    "EPUB": ("book.epub",),
    "PDF": ("paper.pdf",),
}
"""The files of each format; the inputs of a format are made of them in turn."""


def test_every_file_is_of_a_format() -> None:
    assert {name for names in FORMATS.values() for name in names} == set(files())


def at(chance: random.Random, data: bytes) -> int:
    return chance.randrange(len(data) + 1)


def flip(chance: random.Random, data: bytes, other: bytes) -> bytes:
    changed = bytearray(data or b" ")
    for _ in range(chance.choice((1, 1, 2, 8, 40))):
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def cut(chance: random.Random, data: bytes, other: bytes) -> bytes:
    return data[: at(chance, data)] if chance.random() < 0.7 else data[at(chance, data) :]


def take_out(chance: random.Random, data: bytes, other: bytes) -> bytes:
    start = at(chance, data)
    return data[:start] + data[start + chance.randrange(1, 60) :]


def splice(chance: random.Random, data: bytes, other: bytes) -> bytes:
    start, end = sorted((at(chance, other), at(chance, other)))
    here = at(chance, data)
    return data[:here] + other[start : min(end, start + 600)] + data[here:]


def repeat(chance: random.Random, data: bytes, other: bytes) -> bytes:
    start = at(chance, data)
    block = data[start : start + chance.choice((1, 3, 20, 200))]
    return data[:start] + block * chance.choice((2, 3, 20, 60)) + data[start:]


def nest(chance: random.Random, data: bytes, other: bytes) -> bytes:
    opening, closing = chance.choice(
        ((b"[", b"]"), (b'{"a":', b"}"), (b"<div>", b"</div>"), (b"<a>", b""), (b"(", b""), (b"&#", b";"), (b"> ", b""))
    )
    times, here = chance.choice((5, 150, 1200)), at(chance, data)
    return data[:here] + opening * times + closing * chance.choice((0, times)) + data[here:]


NUMBERS = (
    b'-1 0 9e999 1e309 -0 NaN 00 18446744073709551616 2147483648 0x7f 3.5 true null {} [] "" 999999999999999999'.split()
)
DATES = b"0000-00-00 9999-12-31T23:59:60Z 2018-02-30 1515103140000000 Thu,_32_Jan_2018_25:61:00_+9999 -62135596801 12:60_PM".split()
TOKENS = [*NUMBERS, *(date.replace(b"_", b" ") for date in DATES)]


def garble_numbers(chance: random.Random, data: bytes, other: bytes) -> bytes:
    digits = [place for place in range(len(data)) if data[place : place + 1].isdigit()]
    if not digits:
        return data
    start = end = chance.choice(digits)
    while end < len(data) and data[end : end + 1].isdigit():
        end += 1
    return data[:start] + chance.choice(TOKENS) + data[end:]


ODD = [
    b"\x1b]52;c;QQ==\x07", b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\xc0\x80", "한글 똠".encode("cp949"), "\u202e\u200b\u3164".encode(),
    "é“”".encode("cp1252"), "반도체".encode("utf-16-le"), b"\\ud800", b"&#0;&#x110000;", b"]]>", b"\r\n\r\n", b"<!--", b"<![CDATA[", b"<!DOCTYPE a [<!ENTITY b 'c'>]>", b"\x80\x9f",
]  # fmt: skip


def mix(chance: random.Random, data: bytes, other: bytes) -> bytes:
    for _ in range(chance.choice((1, 2, 6))):
        here = at(chance, data)
        data = data[:here] + chance.choice(ODD) + data[here:]
    return data


def recode(chance: random.Random, data: bytes, other: bytes) -> bytes:
    text = data.decode("utf-8", "replace")
    half = at(chance, data)
    coded = text.encode(chance.choice(("utf-16", "utf-16-le", "utf-32", "cp949", "cp1252")), "replace")
    return chance.choice((coded, data[:half] + coded[half:]))


MUTATIONS: list[Mutation] = [flip, cut, take_out, splice, repeat, nest, garble_numbers, mix, recode]


def mutated(chance: random.Random, name: str, every: dict[str, bytes]) -> bytes:
    data = every[name]
    for _ in range(chance.choice((1, 1, 1, 2, 4))):
        data = chance.choice(MUTATIONS)(chance, data, every[chance.choice(list(every))])[:20_000]
    return data


def peak() -> int:
    resource = pytest.importorskip("resource")
    used: int = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return used // 1024 if sys.platform == "darwin" else used


@pytest.mark.parametrize("form", list(FORMATS))
def test_damage_ends_in_documents_and_sentences(form: str, tmp_path: Path) -> None:
    every = files()
    before, limits = peak(), Limits()
    for seed in range(COUNT):
        name = FORMATS[form][seed % len(FORMATS[form])]
        data = mutated(random.Random(f"{name} {seed}"), name, every)
        began = time.process_time()
        try:
            for item in read_bytes(data, Capture(name), limits):
                assert isinstance(item, (Document, Problem))
                if isinstance(item, Problem):
                    assert item.message == canonical_line(item.message, 400)
        except Exception as error:
            kept = tmp_path / f"{seed}-{name}"
            kept.write_bytes(data)
            raise AssertionError(f"seed {seed} of {name}, kept in {kept}") from error
        assert time.process_time() - began < SECONDS, f"seed {seed} of {name} took too long"
    assert peak() - before < KILOBYTES
