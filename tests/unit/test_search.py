"""Search: what was typed is found exactly first, then other spellings and slips, and each hit says why."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.library import Library
from corpus.model import Comment, Document, Problem, make_document
from corpus.search import Hit, Results, Searcher

LONG = "The same wire report of some length, which two outlets print word for word on the day."


def article(title: str, body: str, comments: Sequence[tuple[str, str]] = (), **facts: Any) -> Document:
    said = [Comment(f"c{at}", at, text, author=author) for at, (author, text) in enumerate(comments)]
    return make_document(title, [(text, "paragraph") for text in body.split("\n\n")], said, **facts)


TALKS = article(
    "Koreas hold talks at Panmunjom",
    "Ri Son-gwon and Cho Myoung-gyon met in Panmunjom on Tuesday.\n\n"
    "North Korean leader Kim Jong-un had said that athletes may go.\n\n" + LONG,
    [
        ("Herdee", "A great day for Pyongyang, at Panmunjon!"),
        ("Guest", "Lee Sun-kwon is no diplomat"),
        ("kimchi_lover", "Herdee, you are wrong about the talks"),
    ],
    published="2018-01-09",
    outlet="Post",
    byline=("Ann Lee",),
    url="http://news.example/1",
)
HANGUL = article(
    "북한은 대화를 원한다",
    "대한민국은 북한의 탄도미사일에 대응한다.\n\n판문점에서 회담이 열렸다.",
    [("철수", "북한 좋아요"), ("영희", "한글 판문접")],
    published="2018-02-09",
    url="http://news.example/2",
)
ATHLETES = article(
    "Athletes from the North",
    "Olympics in Pyeongchang, a story of the athletes.\n\n" + LONG,
    published="2018-01-10",
    url="http://news.example/3",
)
DYNASTY = article(
    "A dynasty",
    "Kim Jong-il ruled before, and 2017 was a bad year. Café “Ｓeoul” it was.",
    published="2017-05-05",
    url="http://news.example/4",
)
DOCUMENTS = (TALKS, HANGUL, ATHLETES, DYNASTY)
NAMES = (
    ("Ri Son-gwon", "Lee Sun-kwon", "리선권"),
    ("Kim Jong-un", "Kim Jong Un", "김정은"),
    ("Kim Jong-il", "김정일"),
)


def spellings(text: str) -> list[str]:
    return next((list(names) for names in NAMES if text.lower() in [name.lower() for name in names]), [])


class Fixed:
    def find(self, roots: Sequence[Path]) -> Iterator[Path | Problem]:
        yield Path(__file__)

    def read(self, path: Path) -> Iterator[Document | Problem]:
        yield from DOCUMENTS


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    found = Library.open([], tmp_path_factory.mktemp("search") / "index.db", source=Fixed())
    found.refresh()
    yield found
    found.close()


@pytest.fixture(scope="module")
def searcher(library: Library) -> Searcher:
    return Searcher(library, spellings)


def quotes(results: Results) -> list[str]:
    by_id = {document.id: document for document in DOCUMENTS}
    return [by_id[hit.document].quote(hit.span) for hit in results.hits]


def marked(hit: Hit) -> list[str]:
    return [hit.excerpt[start:end] for start, end in hit.highlights]


def test_hits_of_all_kinds_with_their_places(searcher: Searcher) -> None:
    results = searcher.search("panmunjom", exact_only=True)
    title, body = results.hits
    assert (title.kind, title.document, title.place, title.author) == ("title", TALKS.id, 0, "Ann Lee")
    assert (body.kind, body.place, body.title) == ("body", 0, TALKS.title)
    assert quotes(results) == ["Panmunjom", "Panmunjom"]
    assert marked(body) == ["Panmunjom"]
    assert title.is_exact
    assert str(results) == "2 of exactly 2"


def test_a_paragraph_further_down_and_a_comment_know_where_they_stand(searcher: Searcher) -> None:
    results = searcher.search("leader athletes")
    assert [hit.place for hit in results.hits] == [1]
    assert quotes(results) == ["leader Kim Jong-un had said that athletes"]
    (comment,) = searcher.search("diplomat").hits
    assert (comment.kind, comment.place, comment.author, comment.span.comment) == ("comment", 1, "Guest", "c1")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("북한", ["북한", "북한", "북한"]),
        ("민국", ["민국"]),
        ("미사일", ["미사일"]),
        ("\u1107\u116e\u11a8\u1112\u1161\u11ab", ["북한", "북한", "북한"]),
        ("회담이 열", ["회담이 열"]),
        ('"판문점에서 회담"', ["판문점에서 회담"]),
    ],
)
def test_korean_words_are_found_inside_words(searcher: Searcher, query: str, expected: list[str]) -> None:
    results = searcher.search(query, exact_only=True)
    assert quotes(results) == expected
    assert {hit.why for hit in results.hits} == {"exact"}


def test_exact_hits_come_first_and_slips_say_what_differs(searcher: Searcher) -> None:
    results = searcher.search("panmunjon")
    assert [hit.why for hit in results.hits] == [
        "exact",
        "one letter differs: Panmunjom",
        "one letter differs: Panmunjom",
    ]
    assert [hit.score for hit in results.hits] == sorted((hit.score for hit in results.hits), reverse=True)
    assert [hit.why for hit in searcher.search("atheltse story").hits] == ["two letters differ: athletes"]
    assert searcher.search("판문접").hits[1].why == "one letter differs: 판문점"
    assert [hit.why for hit in searcher.search("ㅍㅁㅈ").hits] == [
        "initial consonants of 판문점",
        "initial consonants of 판문접",
    ]


def test_the_last_word_may_go_on_until_a_blank_ends_it(searcher: Searcher) -> None:
    hits = searcher.search("panm").hits
    assert {hit.why for hit in hits} == {"goes on: Panmunjom", "goes on: Panmunjon"}
    assert searcher.search("panm ").hits == ()


def test_a_name_is_found_in_its_other_spellings(searcher: Searcher) -> None:
    results = searcher.search("Lee Sun-kwon")
    assert [(hit.why, hit.kind) for hit in results.hits] == [
        ("exact", "comment"),
        ("spelling of Lee Sun-kwon", "body"),
    ]
    assert marked(results.hits[1]) == ["Ri Son-gwon"]
    assert quotes(searcher.search("김정은")) == ["Kim Jong-un"]
    assert quotes(searcher.search("met 리선권")) == ["Ri Son-gwon and Cho Myoung-gyon met"]


def test_another_person_is_not_a_slip_of_a_name(library: Library, searcher: Searcher) -> None:
    assert quotes(searcher.search("Kim Jong-un")) == ["Kim Jong-un"]
    assert quotes(searcher.search("Kim Jong-il")) == ["Kim Jong-il"]
    assert quotes(Searcher(library).search("Kim Jong-un")) == ["Kim Jong-un"]
    known = {"kim jang-il": ["Kim Jang-il", "김장일"], "kim jong-il": ["Kim Jong-il", "김정일"]}
    assert Searcher(library, lambda text: known.get(text.lower(), [])).search("Kim Jang-il").hits == ()
    assert quotes(Searcher(library).search("Kim Jang-il")) == ["Kim Jong-il"]


def test_spellings_that_fail_do_not_end_the_search(library: Library) -> None:
    def fail(text: str) -> list[str]:
        raise RuntimeError

    assert len(Searcher(library, fail).search("diplomat").hits) == 1


def test_a_commenter_and_a_byline_are_found(searcher: Searcher) -> None:
    results = searcher.search("herdee")
    assert sorted((hit.kind, hit.place) for hit in results.hits) == [("author", 0), ("comment", 2)]
    assert [hit.kind for hit in searcher.search("ann lee").hits] == ["author"]
    mixed = searcher.search("guest diplomat").hits
    assert [(hit.kind, marked(hit)) for hit in mixed] == [("comment", ["diplomat"])]


def test_phrases_and_what_is_left_out(searcher: Searcher) -> None:
    assert quotes(searcher.search('"met in Panmunjom"')) == ["met in Panmunjom"]
    assert searcher.search('"Panmunjom in met"').hits == ()
    assert [hit.document for hit in searcher.search("athletes -olympics").hits] == [ATHLETES.id, TALKS.id]
    assert len(searcher.search("talks -herdee").hits) == 1
    assert len(searcher.search('북한 -"북한 좋아"').hits) == 2


def test_a_word_that_is_nowhere_is_given_up_where_the_rest_fits(searcher: Searcher) -> None:
    (hit,) = searcher.search("olympcs in pyeongchang zebra a story").hits
    assert hit.why == "one letter differs: Olympics; without zebra"
    assert searcher.search("zebra story").hits == ()
    assert searcher.search("2018 was a bad year").hits[0].why == "without 2018"


def test_folding_of_width_quotes_and_accents(searcher: Searcher) -> None:
    assert quotes(searcher.search("cafe 'SEOUL'")) == ["Café “Ｓeoul"]


def test_the_same_passage_elsewhere_is_told_and_not_repeated(searcher: Searcher) -> None:
    (hit,) = searcher.search("wire report").hits
    assert (hit.document, hit.also) == (ATHLETES.id, (TALKS.id,))
    assert "\n" not in hit.excerpt


@pytest.mark.parametrize("query", ["", "   ", "-only", "***", "“”"])
def test_a_query_without_words_is_explained(searcher: Searcher, query: str) -> None:
    results = searcher.search(query)
    assert results.hits == ()
    assert bool(results.messages) == bool(query.strip())


ODD = st.text(st.sampled_from("ab \"'*-^:(){}[]+,.~북한ㅎ \u0000\ud800\ufeff\u202eNEARANDOR"), max_size=30)


@settings(max_examples=150, deadline=None)
@given(st.one_of(ODD, st.text(max_size=40)))
def test_no_query_is_an_error(searcher: Searcher, query: str) -> None:
    results = searcher.search(query)
    assert searcher._library.message == ""
    for hit in results.hits:
        assert all(0 <= start < end <= len(hit.excerpt) for start, end in hit.highlights)


def test_a_long_query_is_cut_and_says_so(searcher: Searcher) -> None:
    assert "256" in searcher.search("panmunjom " * 100).messages[0]


def test_a_search_can_be_stopped(searcher: Searcher, library: Library) -> None:
    results = searcher.search("panmunjom", stop=lambda: True)
    assert not results.is_whole
    assert library.message == ""


def test_the_limit_holds_and_the_total_is_told(searcher: Searcher) -> None:
    results = searcher.search("the", limit=2)
    assert len(results.hits) == 2
    assert results.total > 2
    assert str(results).startswith("2 of ")
    # what it may be a slip of was not looked for
    assert str(searcher.search("북한", limit=1)) == "1 of more than 2"
    assert str(searcher.search("북한", limit=1, exact_only=True)) == "1 of exactly 3"


def test_an_empty_library_finds_nothing(tmp_path: Path) -> None:
    library = Library.open([], tmp_path / "none.db")
    assert Searcher(library).search("anything") == Results()
    library.close()


def test_long_passages_are_cut_around_the_hit(tmp_path: Path) -> None:
    class One(Fixed):
        def read(self, path: Path) -> Iterator[Document | Problem]:
            text = " ".join(["before"] * 80 + ["needle"] + ["after"] * 80)
            yield article("Long", text + " " + "x" * 900 + "haystack" + "y" * 900)

    library = Library.open([], tmp_path / "index.db", source=One())
    library.refresh()
    (hit,) = Searcher(library).search("needle").hits
    assert hit.excerpt.startswith("…before")
    assert hit.excerpt.endswith("…")
    assert len(hit.excerpt) < 200
    assert marked(hit) == ["needle"]
    library.close()


def talks_about(tmp_path: Path, *names: str) -> Library:
    class Talks(Fixed):
        def read(self, path: Path) -> Iterator[Document | Problem]:
            for at, name in enumerate(names):
                yield article(f"Report {at}", f"In it {name} is named once.", published=f"2018-01-{at + 1:02d}")

    library = Library.open([], tmp_path / "index.db", source=Talks())
    library.refresh()
    return library


def test_other_spellings_have_a_place_even_among_many_exact_hits(tmp_path: Path) -> None:
    library = talks_about(tmp_path, "김정은", "Kim Jong Un", *["Kim Jong-un"] * 6)
    searcher = Searcher(library, spellings)
    assert [hit.why for hit in searcher.search("kim jong-un", 4).hits] == ["exact"] * 3 + ["spelling of kim jong-un"]
    assert [hit.why for hit in searcher.search("kim jong-il", 4).hits] == []
    library.close()


def test_without_other_spellings_exact_hits_fill_the_list(tmp_path: Path) -> None:
    library = talks_about(tmp_path, *["Kim Jong-un"] * 6)
    results = Searcher(library, spellings).search("kim jong-un", 4)
    assert [hit.title for hit in results.hits] == ["Report 5", "Report 4", "Report 3", "Report 2"]
    assert str(results) == "4 of more than 5"
    library.close()


@pytest.mark.parametrize(
    "query", ["kim", "kim jong-un", "Moon", "Kims", "문재인", "named once", "Moon Jae-in talks", "moonlight"]
)
def test_a_count_is_exact_or_the_least_whatever_the_limit(tmp_path: Path, query: str) -> None:
    lights = ["moonlight", "달빛", "luar", "clair", "노을"]
    moons = ["Moon Jae-in (문재인)", "Moon", "Moons", "문재인"]
    library = talks_about(tmp_path, "김정은", "Kim Jong Un", *moons, *lights, *["Kim Jong-un"] * 6)
    names = {"moon": ["Moon Jae-in", "Moon", "문재인"], "moonlight": lights}
    searcher = Searcher(library, lambda text: names.get(text.lower(), spellings(text)))
    every = searcher.search(query, 100)
    assert every.total_is_exact
    assert every.total == len(every.hits)
    for limit in range(1, 14):
        some = searcher.search(query, limit)
        assert len(some.hits) == min(limit, every.total)
        if limit >= every.total:
            assert (some.total, some.total_is_exact) == (every.total, True)
        else:
            assert some.total == every.total if some.total_is_exact else limit <= some.total < every.total
        why = {hit.span: hit.why for hit in every.hits}
        assert all(why[hit.span] == hit.why for hit in some.hits)
    library.close()


def test_a_passage_with_the_very_word_is_exact_however_it_was_met(tmp_path: Path) -> None:
    library = talks_about(tmp_path, *["Donald Trump"] * 3, *["Trump"] * 3, "트럼프")
    searcher = Searcher(library, lambda text: ["Donald Trump", "트럼프", "Trump"] if text == "trump" else [])
    for limit in (2, 4, 7):
        whys = [hit.why for hit in searcher.search("trump", limit).hits]
        assert whys == ["exact"] * (limit - 1) + ["spelling of trump"]
    library.close()


def test_where_very_many_passages_have_the_words_they_are_counted_and_nothing_is_guessed(tmp_path: Path) -> None:
    library = talks_about(tmp_path, *[f"Herdee number{at}" for at in range(210)], "Herdae")
    searcher = Searcher(library)
    assert [str(searcher.search("herdee", limit)) for limit in (3, 200, 500)] == [
        "3 of exactly 210",
        "200 of exactly 210",
        "210 of exactly 210",
    ]
    library.close()


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Searcher]:
    class Many(Fixed):
        def read(self, path: Path) -> Iterator[Document | Problem]:
            texts = [f"Herdee saw Kim Jong-un at 회담장 number {at}" for at in range(450)]
            yield article("Many", "\n\n".join([*texts, "김정은 was there"]))

    library = Library.open([], tmp_path_factory.mktemp("many") / "index.db", source=Many())
    library.refresh()
    yield Searcher(library, spellings)
    library.close()


@pytest.mark.parametrize("query", ["herdee", "kim jong-un", "number herdee", "회담장"])
def test_whoever_asks_for_more_comes_to_all_that_is_found(many: Searcher, query: str) -> None:
    results = many.search(query, 1500)
    assert [hit.is_exact for hit in results.hits].count(True) == 450
    assert results.total_is_exact
    assert results.total == len(results.hits)


def test_two_names_may_each_be_spelt_otherwise(tmp_path: Path) -> None:
    library = talks_about(tmp_path, "김정은 and Ri Son-gwon", "Kim Jong-un and Lee Sun-kwon", "리선권 and 김정은")
    results = Searcher(library, spellings).search("Kim Jong-un Ri Son-gwon")
    assert len(results.hits) == 3
    assert all("spelling of" in hit.why for hit in results.hits)
    library.close()


def test_a_damaged_passage_is_left_out_and_said(tmp_path: Path) -> None:
    library = talks_about(tmp_path, "Herdee", "Herdee")
    connection = sqlite3.connect(tmp_path / "index.db")
    connection.execute("UPDATE passage SET text = 'In it Herdee is someone else' WHERE id = (1 << 24) + 1")
    connection.commit()
    connection.close()
    results = Searcher(library).search("herdee")
    assert [hit.title for hit in results.hits] == ["Report 1"]
    assert [message.partition(";")[0] for message in results.messages] == ["The index is damaged"]
    library.close()
