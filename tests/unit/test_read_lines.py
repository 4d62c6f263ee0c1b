"""JSON Lines and dumps in them: any size in little memory, lines that belong together put together, none lost."""

from __future__ import annotations

import hashlib
import io
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.model import Capture, Document, Problem
from corpus.read import Limits, read, read_bytes
from corpus.read.jsonlines import Lines, survey

ROOT = Path(__file__).parents[2]


@given(
    st.lists(st.sampled_from(["", " ", "a", "한글", "\r", "x" * 70_000, "y" * 5000, "🙂"]), max_size=12), st.booleans()
)
@settings(max_examples=60, deadline=None)
def test_lines_are_those_of_the_text(lines: list[str], mark: bool) -> None:
    data = ("\ufeff" if mark else "").encode() + "\n".join(lines).encode()
    found = Lines(io.BytesIO(data))
    given_lines = [(number, line) for number, line in enumerate(lines, 1) if line.strip()]
    assert [(number, line) for number, _, line in found] == given_lines
    assert [found.at(place) for _, place, _ in found] == [line for _, line in given_lines]


@pytest.mark.parametrize(
    ("data", "by_line"),
    [
        (b'{"a":1}\n', True),
        (b'\xef\xbb\xbf\n {"a":1}', True),
        (b"", False),
        (b" \n", False),
        (b' \n [{"a":1}]', False),
        (b'{"a":"\xff"}', False),
        (b'{"a":1}\n' * 9000 + b'{"a":"\xed"}', False),
        ('{"a":1}\n'.encode("utf-16"), False),
        ('{"a":1}\n'.encode("utf-16-le"), False),
    ],
)
def test_what_can_be_read_by_line(data: bytes, by_line: bool) -> None:
    found = survey(io.BytesIO(data))
    assert found == (hashlib.sha256(data).hexdigest() if by_line else None)


WORDS = "paper" * 800


def records(count: int) -> Iterator[str]:
    for at in range(count):
        comments = [
            {"id": "1", "author": "a", "body": "Yes."},
            {"id": "2", "author": "b", "body": "No.", "parent": "1"},
        ]
        yield json.dumps({"title": f"Title {at}", "body": WORDS, "comments": comments})


def utterances(count: int) -> Iterator[str]:
    for at in range(count):
        root = at - at % 5
        yield json.dumps(
            {"id": f"u{at}", "speaker": "ann", "text": WORDS, "conversation_id": f"u{root}", "reply_to": None}
        )


def posts(count: int) -> Iterator[str]:
    for at in range(count):
        yield json.dumps({"id": f"c{at}", "author": "ann", "body": WORDS, "link_id": f"t3_{at // 5}", "score": 1})


MEASURE = """
import sys
from pathlib import Path
from corpus.read import read
print(sum(1 for _ in read(Path(sys.argv[1]))))
print(next(line.split()[1] for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM")))
"""


def peak(path: Path) -> tuple[int, int]:
    """Return how many documents were read, and the most memory that the process held, in KB."""
    done = subprocess.run([sys.executable, "-c", MEASURE, str(path)], cwd=ROOT, capture_output=True, check=True)
    count, memory = map(int, done.stdout.split())
    return count, memory


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the peak of memory is looked for in /proc")
@pytest.mark.parametrize(("lines", "a_document"), [(records, 1), (utterances, 5), (posts, 5)])
def test_memory_does_not_grow_with_the_file(
    lines: Callable[[int], Iterator[str]], a_document: int, tmp_path: Path
) -> None:
    one, many = tmp_path / "one.jsonl", tmp_path / "many.jsonl"
    one.write_text("\n".join(lines(a_document)))
    many.write_text("\n".join(lines(5000)))
    count, least = peak(one)
    all_of_them, most = peak(many)
    assert (count, all_of_them) == (1, 5000 // a_document)
    # the file alone is as large as a process that reads one document
    assert many.stat().st_size > least * 1000
    assert most < 1.5 * least


def test_a_file_larger_than_others_may_be(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text("\n".join(records(100)))
    assert len(list(read(path, Limits(size=1000)))) == 100
    [problem] = read(path, Limits(lines=1000))
    assert isinstance(problem, Problem)
    path.write_bytes(path.read_bytes() + b'\n{"title": "\xff"}')
    [problem] = read(path, Limits(size=1000))
    assert isinstance(problem, Problem)


def told(found: list[Document | Problem]) -> list[str]:
    return [item.message for item in found if isinstance(item, Problem)]


def read_lines(*lines: Any) -> list[Document | Problem]:
    text = "\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines)
    return list(read_bytes(text.encode(), Capture("x.jsonl")))


def test_lines_that_are_left_out_are_told_the_first_ones_by_number() -> None:
    found = read_lines({"title": "a"}, *["{"] * 30, {"title": "b"})
    assert [item.title for item in found if isinstance(item, Document)] == ["a", "b"]
    assert told(found)[0].startswith("line 2 was left out: it is not valid JSON")
    assert told(found)[-1] == "10 more lines were left out"
    comment = {"id": "a", "body": "one", "link_id": "t3_p", "author": "ann"}
    found = read_lines("{", comment, {"title": "no comment"}, 5, comment)
    assert [len(item.comments) for item in found if isinstance(item, Document)] == [2]
    assert [words.split(":")[0] for words in told(found)] == [f"line {at} was left out" for at in (1, 3, 4)]


def test_a_post_that_was_fetched_twice() -> None:
    post = {"id": "p", "title": "T", "selftext": "old", "subreddit": "x"}
    comment = {"id": "a", "body": "one", "link_id": "t3_p", "author": "ann"}
    [document] = read_lines(post, comment, {**post, "selftext": "new"})
    assert isinstance(document, Document)
    assert (document.body, [item.text for item in document.comments]) == ("new", ["one"])
    assert document.dropped == ({"what": "earlier state of the same post", "count": 1},)


def test_every_item_of_hacker_news_once() -> None:
    def item(name: int, parent: int | None, **more: Any) -> dict[str, Any]:
        return {"id": name, "type": "comment", "parent": parent, "by": "x", "text": f"c{name}", **more}

    story = {"id": 1, "type": "story", "title": "T", "by": "op", "kids": [4, 2]}
    lines = [item(5, 4), item(2, 1), story, item(3, 99), item(4, 1), item(7, 8), item(8, 7), item(9, None), item(2, 1)]
    found = [item for item in read_lines(*lines) if isinstance(item, Document)]
    assert [[(comment.id, comment.text) for comment in document.comments] for document in found] == [
        [("4", "c4"), ("5", "c5"), ("2", "c2"), ("2-2", "c2")],
        [("3", "c3"), ("9", "c9"), ("7", "c7"), ("8", "c8")],
    ]
