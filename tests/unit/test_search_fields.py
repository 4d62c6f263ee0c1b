"""The query language: what fields, dates and brackets mean, what completes them, and what is said of bad ones."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.hits import ASKED_FIELDS
from corpus.index.schema import empty
from corpus.library import Library
from corpus.model import Comment, Document, Mention, Problem, Reply, Span, make_document
from corpus.queries.dates import Dates, dates
from corpus.queries.layouts import other_layout, to_hangul, to_latin
from corpus.query import completions, parse
from corpus.reading import ReadingState
from corpus.search import Searcher

TODAY = date(2018, 3, 14)


def article(title: str, body: str, comments: Sequence[Comment] = (), **facts: Any) -> Document:
    return make_document(title, [(text, "paragraph") for text in body.split("\n\n")], list(comments), **facts)


def said(at: int, author: str, text: str, posted: str | None = None, reply: Reply | None = None) -> Comment:
    return Comment(f"c{at}", at, text, author=author, posted=posted, reply=reply)


SUMMIT = article(
    "Summit at Panmunjom",
    "The leaders met.\n\nA missile was not spoken of.",
    [
        said(0, "Herdee", "I trust Kim Jong-un", "2018-01-10T10:00:00"),
        said(1, "Guest", "A missile is a missile", "2018-02-01T09:00:00", Reply("c0")),
    ],
    published="2018-01-09",
    outlet="Harbour Post",
    byline=("Ann Lee",),
    language="en",
    url="http://news.example/1",
)
WINTER = article(
    "평창 올림픽",
    "북한 선수단이 왔다.\n\n미사일 이야기는 없다.",
    [said(0, "Herdee", "missile again", "2017-12-31T23:00:00")],
    published="2017-12-30",
    outlet="한강신문",
    byline=("김철수",),
    url="http://news.example/2",
)
OLD = article(
    "A missile of the old days",
    "Kim Jong-un was a boy.",
    published="2009",
    outlet="The Ledger",
    byline=("Bo Missile",),
    url="http://news.example/3",
)
DOCUMENTS = (SUMMIT, WINTER, OLD)


class Fixed:
    def find(self, roots: Sequence[Path]) -> Iterator[Path | Problem]:
        yield Path(__file__)

    def read(self, path: Path) -> Iterator[Document | Problem]:
        yield from DOCUMENTS

    def recognise(self, document: Document) -> tuple[Mention, ...]:
        name, found = "Kim Jong-un", []
        texts = [("body", None, document.body), *(("comment", item.id, item.text) for item in document.comments)]
        for part, comment, text in texts:
            at = text.find(name)
            if at >= 0:
                span = Span(document.id, part, comment, at, at + len(name))  # type: ignore[arg-type]
                found.append(Mention(span, name, "PERSON", "kim-jong-un", "listed"))
        return tuple(found)


class Names:
    def __call__(self, text: str) -> list[str]:
        return ["Kim Jong-un", "김정은"] if text.lower() in ("kim jong-un", "김정은") else []

    def entities(self, text: str) -> list[str]:
        return ["kim-jong-un"] if self(text) else []


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    found = Library.open([], tmp_path_factory.mktemp("fields") / "index.db", source=Fixed(), recogniser=Fixed())
    found.refresh()
    yield found
    found.close()


@pytest.fixture(scope="module")
def searcher(library: Library, tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    reading = ReadingState(tmp_path_factory.mktemp("state") / "reading.db")
    reading.set_read([SUMMIT.id], True)
    reading.set_starred([OLD.id], True)
    return Searcher(library, Names(), reading=reading)


def places(searcher: Searcher, query: str) -> set[tuple[str, str, int]]:
    names = {SUMMIT.id: "summit", WINTER.id: "winter", OLD.id: "old"}
    return {(names[hit.document], hit.kind, hit.place) for hit in searcher.search(query, exact_only=True).hits}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("missile in:comment", {("summit", "comment", 1), ("winter", "comment", 0)}),
        ("missile in:article", {("summit", "body", 1), ("old", "title", 0)}),
        ("missile 댓글쓴이:herdee", {("winter", "comment", 0)}),
        ("missile commenter:her", {("winter", "comment", 0)}),
        ("missile -commenter:herdee in:comment", {("summit", "comment", 1)}),
        ("missile writer:ann", {("summit", "body", 1), ("summit", "comment", 1)}),
        ("missile 기자:김철수", {("winter", "comment", 0)}),
        ("missile by:missile", {("old", "title", 0)}),
        ("missile outlet:ledger OR outlet:한강", {("old", "title", 0), ("winter", "comment", 0)}),
        ("missile -outlet:ledger in:article", {("summit", "body", 1)}),
        ("missile NOT outlet:ledger in:article", {("summit", "body", 1)}),
        ("missile NOT spoken in:article", {("old", "title", 0)}),
        ("missile title:summit in:comment", {("summit", "comment", 1)}),
        ("미사일 제목:올림", {("winter", "body", 1)}),
        ("missile date:2018-02", {("summit", "comment", 1)}),
        ("missile date:2018-01..2018-01", {("summit", "body", 1)}),
        ("missile date:2018-01-09", {("summit", "body", 1)}),
        ("missile date:<2018", {("winter", "comment", 0), ("old", "title", 0)}),
        ("missile date:2009-05", set()),
        ("missile is:reply", {("summit", "comment", 1)}),
        ("missile is:unread", {("winter", "comment", 0), ("old", "title", 0)}),
        ("missile is:starred", {("old", "title", 0)}),
        ("missile lang:ko", {("winter", "comment", 0)}),
        ("missile OR leaders in:article", {("summit", "body", 0), ("summit", "body", 1), ("old", "title", 0)}),
        ("entity:김정은", {("summit", "comment", 0), ("old", "body", 0)}),
        ("entity:김정은 in:comment", {("summit", "comment", 0)}),
        ("type:PERSON date:2009", {("old", "body", 0)}),
        ("outlet:ledger", {("old", "title", 0)}),
        ("commenter:herdee", {("summit", "comment", 0), ("winter", "comment", 0)}),
        ("is:unread", {("winter", "title", 0), ("old", "title", 0)}),
        ("in:comment -is:reply", {("summit", "comment", 0), ("winter", "comment", 0)}),
        ("in:comment -missile", {("summit", "comment", 0)}),
        ('in:comment -"a missile"', {("summit", "comment", 0), ("winter", "comment", 0)}),
        ("missile -again -old in:title OR in:comment", {("summit", "comment", 1)}),
        ("lang:en in:title", {("summit", "title", 0)}),
        ("missile in:title", {("old", "title", 0)}),
        ("missile in:title in:comment", set()),
    ],
)
def test_fields_say_where_to_look(searcher: Searcher, query: str, expected: set[tuple[str, str, int]]) -> None:
    assert places(searcher, query) == expected


def test_a_hit_of_fields_alone_does_not_claim_a_word_and_every_hit_has_its_time(searcher: Searcher) -> None:
    alone = searcher.search("outlet:ledger").hits
    assert alone
    assert {hit.why for hit in alone} == {ASKED_FIELDS}
    assert all(hit.is_exact for hit in alone)
    worded = searcher.search("outlet:ledger missile").hits
    assert {hit.why for hit in worded if hit.kind != "entity"} == {"exact"}
    for hit in (*alone, *worded):
        if hit.kind in ("title", "body", "comment"):
            assert (hit.outlet, hit.published) == ("The Ledger", OLD.published or "")
            assert hit.time


def test_what_fields_find_is_marked_and_counted(searcher: Searcher) -> None:
    results = searcher.search("entity:김정은")
    assert {hit.excerpt[start:end] for hit in results.hits for start, end in hit.highlights} == {"Kim Jong-un"}
    assert str(searcher.search("is:unread")) == "2 of exactly 2"
    assert str(searcher.search("date:2018")) == "3 of exactly 3"
    assert str(searcher.search("date:2018", limit=1)) == "1 of exactly 3"
    assert str(searcher.search("type:PERSON date:2009")) == "1 of exactly 1"


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("thread:(commenter:herdee missile)", [SUMMIT.id, WINTER.id]),
        ('thread:(entity:"Kim Jong-un" commenter:guest)', [SUMMIT.id]),
        ("thread:(kim jong-un commenter:guest)", [SUMMIT.id]),
        ("thread:(missile -again)", [SUMMIT.id]),
        ("-thread:(missile)", [OLD.id]),
        ("in:comment -missile", [SUMMIT.id]),
        ("in:comment -is:reply -commenter:herdee", []),
        ("missile", [SUMMIT.id, WINTER.id, OLD.id]),
        ("is:unread", [WINTER.id, OLD.id]),
        ("김정은", [SUMMIT.id, OLD.id]),
        ("date:2018-02 missile", [SUMMIT.id]),
        ("", []),
    ],
)
def test_documents_of_a_query(searcher: Searcher, query: str, expected: list[str]) -> None:
    assert searcher.documents(query) == expected
    assert searcher.count(query) == (len(expected), True)


def test_the_newest_come_first_where_time_is_asked_for(searcher: Searcher) -> None:
    for results in (searcher.search("missile sort:time"), searcher.search("missile", order="time")):
        assert [hit.kind for hit in results.hits] == ["comment", "body", "comment", "title"]
    assert searcher.first("missile").total == 4


def test_a_word_typed_under_the_other_layout_is_found(searcher: Searcher) -> None:
    results = searcher.search("altkdlf")
    assert [hit.document for hit in results.hits] == [WINTER.id]
    assert "미사일" in results.hits[0].why
    assert searcher.search("ㅣㄷㅁㅇㄷㄱㄴ").hits[0].why.endswith("leaders")


def test_words_written_together_or_apart_are_found(searcher: Searcher) -> None:
    for query, excerpt in (
        ("북한선수단이", "북한 선수단이"),
        ("북 한 선수단", "북한 선수단이"),
        ("pan munjom summit", "Panmunjom"),
    ):
        hit = searcher.search(query).hits[0]
        assert excerpt in hit.excerpt
        assert hit.why.startswith("written together or apart")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2018", ("2018-01-01", "2018-12-31")),
        ("2018-02", ("2018-02-01", "2018-02-28")),
        ("2018.1.9", ("2018-01-09", "2018-01-09")),
        ("2018년1월", ("2018-01-01", "2018-01-31")),
        ("20180109", ("2018-01-09", "2018-01-09")),
        ("2018-01..2018-03", ("2018-01-01", "2018-03-31")),
        ("2018-03..2018-01", ("2018-01-01", "2018-03-31")),
        ("..2017", ("1900-01-01", "2017-12-31")),
        (">2018-01-09", ("2018-01-10", "2100-12-31")),
        (">=2018", ("2018-01-01", "2100-12-31")),
        ("<2018-01", ("1900-01-01", "2017-12-31")),
        ("lastyear", ("2017-01-01", "2017-12-31")),
        ("지난해", ("2017-01-01", "2017-12-31")),
        ("지난주", ("2018-03-05", "2018-03-11")),
        ("lastmonth", ("2018-02-01", "2018-02-28")),
        ("yesterday", ("2018-03-13", "2018-03-13")),
        ("7d", ("2018-03-07", "2018-03-14")),
    ],
)
def test_dates_of_queries(text: str, expected: tuple[str, str]) -> None:
    assert dates(text, TODAY) == expected


@pytest.mark.parametrize("text", ["", "soon", "2018-13", "2018-02-30", "..", "18", "<1900", ">2100", "2018..x"])
def test_what_is_no_date(text: str) -> None:
    assert dates(text, TODAY) is None


def test_a_time_that_is_too_vague_is_not_surely_within() -> None:
    january = Dates("2018-01-01", "2018-01-31")
    assert january.holds("2018-01")
    assert january.holds("2018-01-31T23:00:00Z")
    assert not january.holds("2018")
    assert not january.holds(None)
    assert Dates("2016-02-01", "2018-01-31").months == (["2017"], [*(f"2016{at:02d}" for at in range(2, 13)), "201801"])


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("titel:foo", "do you mean title:"),
        ("is:unred", "do you mean is:unread"),
        ("in:cellar", "article, comment"),
        ("date:soon", "no date"),
        ("title:", "words of the title"),
        ("title:??", "no word in title"),
        ("thread:(a", "closing bracket"),
        ("thread:()", "in the brackets"),
        ("a OR", "after OR"),
        ("a OR title:b", "OR joins words"),
        ("title:a " * 20, "first 12 fields"),
    ],
)
def test_bad_fields_are_explained(text: str, says: str) -> None:
    assert says in " ".join(parse(text, TODAY).messages)


@pytest.mark.parametrize(
    "text", ["http://x.y/z", "12:30", "said: “talks”", "sort:time", "(kim OR lee) talks", "a AND b"]
)
def test_good_queries_are_not_remarked_upon(text: str) -> None:
    assert parse(text, TODAY).messages == ()


def test_unknown_values_are_told(searcher: Searcher) -> None:
    for query, says in (
        ("tag:nuclear", "No note of yours"),
        ("commenter:zzzz", "No commenter is called"),
        ("writer:Herdee", "No writer is called “Herdee”"),
        ("outlet:zzzz", "No outlet is called"),
        ("lang:fr", "No article is in French"),
        ("lang:xyz", "No article is in xyz"),
        ("by:zzzz", "Nobody"),
        ("entity:zzzz", "not among the names"),
    ):
        assert says in " ".join(searcher.search(query).messages)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("comm", ["commenter:"]),
        ("제", ["제목:"]),
        ("thr", ["thread:("]),
        ("missile outlet:har", ['"Harbour Post"']),
        ("outlet:한", ["한강신문"]),
        ("기자:김", ["김철수"]),
        ("commenter:h", ["Herdee"]),
        ("commenter:gu", ["Guest"]),
        ("by:ann", ['"Ann Lee"']),
        ('writer:"bo m', ['"Bo Missile"']),
        ("entity:kim", ['"Kim Jong-un"']),
        ("is:un", ["unread"]),
        ("in:댓", ["댓글"]),
        ("date:last", ["lastweek", "lastmonth", "lastyear"]),
        ("thread:(commenter:her", ["Herdee"]),
        ("nothing ", []),
        ("foo:ba", []),
    ],
)
def test_completion(library: Library, text: str, expected: list[str]) -> None:
    found = completions(text, len(text), library)
    assert [item.text for item in found] == expected
    assert all(0 <= item.start <= item.end == len(text) for item in found)


@given(
    st.text(max_size=12).map(lambda text: "".join(char for char in text if "가" <= char <= "힣")),
    st.text("abcdefghijklmnopqrstuvwxyz", max_size=8),
)
@settings(max_examples=50)
def test_keys_of_the_other_layout(korean: str, latin: str) -> None:
    assert to_latin(to_hangul("rlawjddms") or "") == "rlawjddms"
    assert to_hangul("korea") is None
    for text in (korean, latin):
        other_layout(text)
    if korean and (typed := to_hangul(to_latin(korean))):
        assert to_latin(typed) == to_latin(korean)


_piece = st.sampled_from(
    ["missile", "kim", '"', "-", "OR", "AND", "(", ")", "title:", "date:2018", "date:>", "thread:(", "is:unread", "in:", "북한", "ㅂㅎ", ":", "type:PERSON",
     "commenter:h", "entity:kim", "<", "sort:time", "*", "^", "NEAR"]
)  # fmt: skip


@given(st.lists(st.one_of(_piece, st.text(max_size=6)), max_size=8).map(" ".join))
@settings(max_examples=120, deadline=None)
def test_no_query_is_an_error(searcher: Searcher, text: str) -> None:
    results = searcher.search(text)
    assert results.is_whole
    assert results.total >= len(results.hits) or not results.total_is_exact
    searcher.documents(text)
    completions(text, len(text), searcher._library)


def test_an_empty_index_answers(tmp_path: Path) -> None:
    assert empty().execute("SELECT count(*) FROM doc").fetchone() == (0,)
    searcher = Searcher(Library.open([], tmp_path / "none.db"))
    assert searcher.search("date:2018 missile is:unread").hits == ()
    assert searcher.documents("thread:(a b)") == []


class ManyComments:
    """Threads of which only the oldest names somebody whom Old Hand answers, at the end of many comments."""

    def find(self, roots: Sequence[Path]) -> Iterator[Path | Problem]:
        yield Path(__file__)

    def read(self, path: Path) -> Iterator[Document | Problem]:
        for year in (2018, 2017, 2016):
            comments = [said(at, "Guest", f"Nothing of note {at} in {year}") for at in range(30)]
            comments += [said(30, "Old Hand", "I see"), said(31, "Guest", f"Kim Jong-un, in {year}")]
            yield article(f"Talks {year}", "They met.", comments, published=f"{year}", url=f"x:/{year}")

    def recognise(self, document: Document) -> tuple[Mention, ...]:
        return Fixed().recognise(document)


@pytest.fixture
def long_threads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Searcher]:
    library = Library.open([], tmp_path / "index.db", source=ManyComments(), recogniser=ManyComments())
    library.refresh()
    monkeypatch.setattr("corpus.queries.holding.LOOKED_AT", 40)
    yield Searcher(library, Names())
    library.close()


@pytest.mark.parametrize(
    "query",
    [
        'thread:(entity:"Kim Jong-un")',
        "thread:(type:PERSON)",
        'thread:(entity:"Kim Jong-un" commenter:"Old Hand")',
        'thread:(entity:"Kim Jong-un" by:"Old Hand")',
        'entity:"Kim Jong-un"',
    ],
)
def test_what_the_index_knows_of_threads_is_answered_from_all_of_it(long_threads: Searcher, query: str) -> None:
    assert long_threads.count(query)[0] == 3


def test_a_thread_that_was_not_looked_through_is_not_counted_exactly(long_threads: Searcher) -> None:
    assert str(long_threads.search('thread:("of note")')) == "2 of more than 2"
    assert long_threads.count('thread:("of note")') == (2, False)


class Signed:
    """Articles and comments by people whose names are like each other's, in several languages."""

    def find(self, roots: Sequence[Path]) -> Iterator[Path | Problem]:
        yield Path(__file__)

    def read(self, path: Path) -> Iterator[Document | Problem]:
        yield article(
            "Talks", "They met.", [said(0, "Herdee", "Fine")], byline=("Jon Harde",), url="x:/1", language="en"
        )
        yield article("Gespräche", "Der Weg und die Mühe.", byline=("Werbung",), url="x:/2", language="de-DE")
        yield article("Entretiens", "Les faits des uns, est-ce tout.", [said(0, "Hertha", "Bien")], url="x:/3")


@pytest.fixture(scope="module")
def signed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Searcher]:
    library = Library.open([], tmp_path_factory.mktemp("signed") / "index.db", source=Signed())
    library.refresh()
    yield Searcher(library)
    library.close()


@pytest.mark.parametrize(
    ("query", "found", "said"),
    [
        ("commenter:Herdee", [("Herdee", ASKED_FIELDS)], ""),
        ("by:Herdee", [("Herdee", ASKED_FIELDS)], ""),
        ("by:harde", [("Jon Harde", ASKED_FIELDS)] * 2, ""),
        ("writer:Herdee", [], "No writer is called “Herdee”"),
        ("commenter:Herdea", [("Herdee", "like “Herdea”")], "No commenter is called “Herdea”; the nearest is “herdee”"),
        ("by:Herdea", [("Herdee", "like “Herdea”")], "Nobody is called “Herdea”; the nearest is “herdee”"),
        ("writer:werbong", [("Werbung", "like “werbong”")], "No writer is called “werbong”; the nearest is “werbung”"),
        ("by:her", [("Herdee", ASKED_FIELDS), ("Hertha", ASKED_FIELDS)], ""),
        ("Fine -commenter:Herdea", [("Herdee", "exact")], "No commenter is called “Herdea”"),
    ],
)
def test_whoever_is_called_so_comes_before_whoever_is_nearly(
    signed: Searcher, query: str, found: list[tuple[str, str]], said: str
) -> None:
    results = signed.search(query)
    assert sorted((hit.author, hit.why) for hit in results.hits if hit.author) == found
    assert " ".join(results.messages) == said


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("lang:de", ["Gespräche"]),
        ("lang:German", ["Gespräche"]),
        ("언어:독일어", ["Gespräche"]),
        ("lang:fr in:title", ["Entretiens"]),
        ("lang:de,fr in:title", ["Entretiens", "Gespräche"]),
        ("lang:ru", []),
    ],
)
def test_any_language_may_be_asked_for(signed: Searcher, query: str, titles: list[str]) -> None:
    results = signed.search(query)
    assert sorted(hit.title for hit in results.hits) == titles
    assert bool(results.messages) != bool(titles)


def test_the_languages_of_the_corpus_are_offered(signed: Searcher) -> None:
    library = signed._library
    assert {item.text for item in completions("lang:", 5, library)} == {"en", "de", "fr"}
    assert [item.text for item in completions("lang:ger", 8, library)] == ["de"]
    assert [item.text for item in completions("lang:en,fr", 10, library)] == ["en,fr"]


def test_an_unknown_language_is_explained() -> None:
    assert "do you mean lang:german?" in parse("lang:germann").messages[0]
    assert "it may be en, ko" in parse("lang:klingon").messages[0]
