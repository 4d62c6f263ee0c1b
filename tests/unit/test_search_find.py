"""Search inside one text: exact places as typed, and slips only where there is no exact one."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from corpus.query import parse
from corpus.search import find_in
from corpus.text import canonical


@pytest.mark.parametrize(
    ("text", "query", "expected"),
    [
        ("The Panmunjom talks, PANMUNJOM", "panmunjom", ["Panmunjom", "PANMUNJOM"]),
        ("first\n\nsecond  line", "first second line", ["first\n\nsecond  line"]),
        ("P’yŏngyang and “quotes”", 'pyongyang "quotes"', []),
        ("P’yŏngyang and “quotes”", 'p\'yongyang and "quotes"', ["P’yŏngyang and “quotes”"]),
        ("대한민국은 북한", "민국", ["민국"]),
        ("ﬁnal result", "final", ["ﬁnal"]),
        ("a [b] (c)", "[b] (c)", ["[b] (c)"]),
        ("anything", "  ", []),
    ],
)
def test_exact_places(text: str, query: str, expected: list[str]) -> None:
    found = find_in(text, query, exact_only=True)
    assert [text[match.start : match.end] for match in found] == expected
    assert {match.why for match in found} <= {"exact"}


@pytest.mark.parametrize(
    ("text", "query", "expected"),
    [
        ("At Panmunjon, and at Panmunjeom.", "panmunjom", ["Panmunjon", "Panmunjeom"]),
        ("met in pan munjom today", "panmunjom", ["pan munjom"]),
        ("the northkorean army", "north korean", ["northkorean"]),
        ("판문접에서 만났다", "판문점", ["판문접에서"]),
        ("Kim Jong-il ruled", "kim jong-un", []),
        ("Kim-Jong Un ruled", "kim jong-un", ["Kim-Jong Un"]),
        ("in 2017", "2018", []),
        ("missle tests", "missile test", ["missle tests"]),
        ("nothing alike", "panmunjom", []),
    ],
)
def test_slips(text: str, query: str, expected: list[str]) -> None:
    found = find_in(text, query)
    assert [text[match.start : match.end] for match in found] == expected
    assert "exact" not in {match.why for match in found}


def test_slips_say_what_they_are_and_give_way_to_exact_places() -> None:
    assert find_in("Panmunjon", "panmunjom")[0].why == "one letter differs: Panmunjon"
    assert find_in("pan munjom", "panmunjom")[0].why == "written together or apart: pan munjom"
    assert [match.start for match in find_in("Panmunjon Panmunjom", "panmunjom")] == [10]
    assert find_in("Panmunjon", "panmunjom", exact_only=True) == []


@given(st.text(max_size=80), st.text(max_size=20))
def test_matches_lie_in_order_in_the_text(text: str, query: str) -> None:
    text = canonical(text)
    at = 0
    for match in find_in(text, query):
        assert at <= match.start < match.end <= len(text)
        at = match.end


@given(st.text(max_size=60), st.integers(0, 60), st.integers(1, 20))
@example("00\u16800", 1, 3)
def test_what_stands_in_a_text_is_found_there(text: str, start: int, size: int) -> None:
    text = canonical(text)
    piece = text[start : start + size]
    if any(char.isalnum() for char in piece):
        assert find_in(text, piece) or not piece.strip()


def test_a_query_is_taken_apart() -> None:
    query = parse('Ri Son-gwon "exact  Phrase" -minus -"two words" end')
    assert [term.words for term in query.terms] == [("ri",), ("son",), ("gwon",), ("exact", "phrase"), ("end",)]
    assert [term.words for term in query.without] == [("minus",), ("two", "words")]
    assert query.text[query.terms[3].start : query.terms[3].end] == "exact Phrase"
    assert query.open_end
    assert query.messages == ()


@pytest.mark.parametrize(
    ("text", "words", "says"),
    [
        ('"no partner', ["no", "partner"], "partner"),
        ("-left -out", [], "besides"),
        ("?!", [], "no word"),
        ("NEAR(a b) AND c*", ["near", "a", "b", "c"], ""),
        ("w " * 30, ["w"] * 24, "24 words"),
        ("a - b", ["a", "b"], ""),
    ],
)
def test_odd_queries_are_words_and_are_explained(text: str, words: list[str], says: str) -> None:
    query = parse(text)
    assert list(query.words) == words
    assert says in " ".join(query.messages)


@pytest.mark.parametrize("text", ["kim ", '"kim"', "lee -kim", '"kim'])
def test_the_end_is_open_only_while_a_word_is_typed(text: str) -> None:
    assert parse(text).open_end is (text == '"kim')
