"""Dates that only the time of the capture settles: claimed where the day is certain, else kept as words."""

from __future__ import annotations

import pytest

from corpus.model import Capture, Document
from corpus.read import read_bytes
from corpus.read.page_origin import original, read_origin
from corpus.read.stamp_finder import find_stamp

SAVED = "2018-01-04T21:59:00+09:00"


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("3 hours ago", "2018-01-04"),
        ("20 hours ago", "2018-01-04"),
        ("21 hours ago", None),
        ("5분 전", "2018-01-04"),
        ("30 seconds ago", "2018-01-04"),
        ("2 days ago", None),
        ("2개월 전", None),
        ("Tuesday January 2, @11:20AM", "2018-01-02T11:20"),
        ("December 31 at 10:00 pm", "2017-12-31T22:00"),
        ("Monday January 2, @11:20AM", "2017-01-02T11:20"),
        ("January 4, 2018", None),
    ],
)
def test_settled(words: str, day: str | None) -> None:
    stamp = find_stamp(words)
    assert stamp is not None
    assert stamp.settled(SAVED) == day
    assert stamp.settled("2018-01-04") is None


def test_pasted_text_uses_a_certain_time_of_saving_only() -> None:
    article = "Talks end without a date\n\nThe two delegations met for eleven hours in the house, and parted late.\n\n3 Comments\n\n"
    text = article + "".join(
        f"by {name} on Tuesday January 2, @11:2{at}AM\n\nA thought of some length that is one.\n\n"
        for at, name in enumerate(("Ann", "Bo", "Cy"))
    )

    def posted(evidence: str | None) -> str | None:
        [document] = read_bytes(text.encode(), Capture("x.txt", saved=SAVED, saved_evidence=evidence))
        assert isinstance(document, Document)
        assert [comment.author for comment in document.comments] == ["Ann", "Bo", "Cy"]
        return document.comments[0].posted

    assert posted("file date") is None
    assert posted("the clipboard's time") == "2018-01-02T11:20"


def test_origin() -> None:
    note = "x" * 5000 + "<!-- FILE ARCHIVED ON 21:59:00 Jan 04, 2018 AND RETRIEVED -->"
    assert read_origin(note).saved == "2018-01-04T21:59:00Z"
    assert original("/web/20180104im_/http:/o.example/a") == "http://o.example/a"
    assert original("../b", "https://o.example/a/c") == "https://o.example/b"
    assert original("mailto:a@b.example", "https://o.example/") == "mailto:a@b.example"
    assert original("http://[bad", None) == "http://[bad"
