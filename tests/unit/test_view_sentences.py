"""Sentences and words, as offsets."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.view.sentences import sentences, words


def said(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("One. Two! Three?", ["One.", "Two!", "Three?"]),
        ("Mr. Ri came. He left.", ["Mr. Ri came.", "He left."]),
        ("The U.S. Navy came. It left.", ["The U.S. Navy came.", "It left."]),
        ("On 9 Jan. 2018 they met. Then dusk.", ["On 9 Jan. 2018 they met.", "Then dusk."]),
        ('He said: "No." "Why?" she asked.', ['He said: "No."', '"Why?" she asked.']),
        ("It rose 3.5 per cent. So what.", ["It rose 3.5 per cent.", "So what."]),
        ("회담이 열렸다. 대통령이 말했다.", ["회담이 열렸다.", "대통령이 말했다."]),
        ("A line\nanother line. And\n\na third", ["A line", "another line.", "And", "a third"]),
        ("no end", ["no end"]),
        ("", []),
        (" \n ", []),
    ],
)
def test_sentences(text: str, found: list[str]) -> None:
    assert said(text) == found


@settings(max_examples=200, deadline=None)
@given(st.text(st.sampled_from('aB. !?\n"”)1가다。'), max_size=60), st.integers(0, 20), st.integers(0, 60))
def test_sentences_cover_what_is_not_blank(text: str, start: int, size: int) -> None:
    end = min(len(text), start + size)
    at = start
    for left, right in sentences(text, start, end):
        assert at <= left < right <= end
        assert not text[at:left].strip()
        at = right
    assert not text[at:end].strip()


def test_words_keep_hyphens_and_apostrophes() -> None:
    text = "Kim Jong-un’s envoy didn't say 리선권."
    assert [text[start:end] for start, end in words(text, 0, len(text))] == [
        "Kim", "Jong-un’s", "envoy", "didn't", "say", "리선권",
    ]  # fmt: skip
    assert words(text, 4, 11) == [(4, 11)]
