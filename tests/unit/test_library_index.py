"""The words of the index: what a text is found by, and how the list of words grows and shrinks."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.fuzzy import StoppedError
from corpus.index import schema, vocabulary
from corpus.index.finding import found_by, terms_of_found, whole, words_of_found
from corpus.index.records import DamagedError, date_key
from corpus.index.tokens import edits_allowed, index_terms, initials, is_initials, letters, places, terms_of, words
from corpus.library import Library
from corpus.model import Comment, Document, Problem, make_document
from corpus.search import Searcher
from corpus.text import canonical, canonical_line, fold


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kim Jong-un's G20 visit", ["kim", "jong", "un", "s", "g20", "visit"]),
        ("G20정상회의", ["g20", "정상회의"]),
        ("Chŏng ＡＢ １２", ["chong", "ab", "12"]),
        ("under_score", ["under", "score"]),
        ("北韓과 カタカナ・ー", ["北韓과", "カタカナ", "ー"]),
        ("…!?", []),
    ],
)
def test_words_of_a_text(text: str, expected: list[str]) -> None:
    assert words(fold(text).text) == expected


def test_a_word_of_two_syllables_is_a_term_of_every_word_that_holds_it() -> None:
    for text, word in (("대한민국은", "민국"), ("북한은", "북한"), ("탄도미사일을", "미사일")):
        assert set(terms_of(word)) <= index_terms([text])[0]


@given(st.text(max_size=200))
def test_places_lie_in_the_text_and_terms_cover_every_word(text: str) -> None:
    folded = fold(canonical(text)).text
    found = places(folded)
    assert [word for word, _, _ in found] == words(folded)
    assert all(folded[start:end] == word for word, start, end in found)
    terms, _ = index_terms([canonical(text)])
    assert {term for word in words(folded) for term in terms_of(word)} <= terms
    # SQLite's tokenizer must leave the terms as they are
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE t USING fts5(x, tokenize='ascii')")
    connection.execute("CREATE VIRTUAL TABLE v USING fts5vocab(t, row)")
    connection.execute("INSERT INTO t VALUES(?)", (" ".join(terms),))
    assert {row[0] for row in connection.execute("SELECT term FROM v")} == terms
    connection.close()


@given(
    st.lists(
        st.text(st.sampled_from("aZ9_ -’é북한Яß，\n") | st.characters(), max_size=90)
        | st.sampled_from(["x" * 70, "북" * 70]),
        min_size=1,
        max_size=4,
    ),
    st.text(max_size=20),
)
def test_sqlite_cuts_what_a_passage_is_found_by_into_its_terms(texts: list[str], author: str) -> None:
    texts = [canonical(text) for text in texts]
    author = canonical_line(author)
    facts = {"title": "", "author": author, "outlet": "", "language": None, "published": "2018-01", "saved": None}
    lines = found_by({**facts, "paragraphs": len(texts)}, [("", ""), *((text, "paragraph") for text in texts)])
    found = list(whole(["", *texts], lines))
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE t USING fts5(x, tokenize='ascii')")
    connection.execute("CREATE VIRTUAL TABLE v USING fts5vocab(t, instance)")
    connection.executemany("INSERT INTO t(rowid, x) VALUES(?, ?)", [(at, item.text) for at, item in enumerate(found)])
    for number, (text, item) in enumerate(zip(texts, found[1:], strict=True), 1):
        terms, words = index_terms([text])
        cut = {row[0] for row in connection.execute("SELECT term FROM v WHERE doc = ?", (number,))}
        assert cut == terms_of_found(item.text) == terms | {"¤2018", "¤201801"}
        assert sorted(words_of_found(item)) == sorted(words)
    assert index_terms([author])[0] <= terms_of_found(found[0].text)
    connection.close()


@pytest.mark.parametrize(
    ("word", "edits"),
    [("un", 0), ("kim", 1), ("korea", 1), ("summit", 2), ("2018", 0), ("북", 0), ("북한", 1), ("판문점", 2)],
)
def test_short_words_and_numbers_allow_fewer_edits(word: str, edits: int) -> None:
    assert edits_allowed(word) == edits


def test_initial_consonants() -> None:
    assert initials("판문점") == fold("ㅍㅁㅈ").text
    assert is_initials(fold("ㅍㅁㅈ").text)
    assert not is_initials("판")
    assert len(letters("북한")) == 6


@pytest.fixture
def connection() -> Iterator[sqlite3.Connection]:
    found = schema.empty()
    yield found
    found.close()


def test_words_of_many_batches_are_summed_and_merged(connection: sqlite3.Connection) -> None:
    expected: Counter[str] = Counter()
    for number in range(200):
        batch = Counter({f"word{number % 17}": 1, "every": 2, f"only{number}": 1})
        vocabulary.append(connection, batch)
        expected += batch
    assert vocabulary.load(connection).counts == expected
    assert connection.execute("SELECT count(*) FROM vocabulary").fetchone()[0] < 40
    vocabulary.append(connection, {word: -count for word, count in expected.items()})
    assert vocabulary.load(connection).counts == {}


def test_a_damaged_block_of_words_is_noticed(connection: sqlite3.Connection) -> None:
    vocabulary.append(connection, {"word": 1})
    connection.execute("UPDATE vocabulary SET words = CAST(substr(words, 2) AS BLOB)")
    with pytest.raises(DamagedError):
        vocabulary.load(connection)
    for block in (b"", b"\xff" * 20, b"\x01" + b"\0" * 7 + b"\xff"):
        with pytest.raises(DamagedError):
            vocabulary.unpack(block + b"x")


def test_near_words_prefixes_and_initials() -> None:
    known = vocabulary.Vocabulary(
        {
            "panmunjom": 9,
            "panmunjon": 1,
            "panama": 3,
            "korea": 50,
            "koran": 4,
            "un": 7,
            "판문점": 5,
            "판문점에": 2,
            "서울": 3,
        }
    )
    assert known.near("panmunjom") == [("panmunjon", 1)]
    assert known.near("panmumjom") == [("panmunjom", 1), ("panmunjon", 2)]
    assert known.near("apnmunjom") == [("panmunjom", 1), ("panmunjon", 2)]
    assert known.near("korae") == [("korea", 1), ("koran", 1)]
    assert known.near("um") == []
    assert known.near("판문접")[0] == ("판문점", 1)
    assert known.completions("pan") == ["panmunjom", "panama", "panmunjon"]
    assert known.by_initials(fold("ㅍㅁㅈ").text) == ["판문점"]
    assert "korea" in known
    with pytest.raises(StoppedError):
        known.near("panmunjam", lambda: True)


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        (None, "2018"),
        ("2018-01-03T02:00+09:00", "2018-01-02T20:00Z"),
        ("2018-01-09", "2018-01-09T10:00"),
        ("2017-12-31T23:59", "2018"),
    ],
)
def test_times_with_a_zone_are_ordered_by_when_they_were(earlier: str | None, later: str) -> None:
    assert date_key(earlier) < date_key(later)


class Many:
    """One capture with documents in two languages, in some of which a word comes several times."""

    def __init__(self, count: int) -> None:
        self.count = count

    def find(self, roots: Sequence[Path]) -> Iterator[Path | Problem]:
        yield from roots

    def read(self, path: Path) -> Iterator[Document | Problem]:
        for at in range(self.count):
            text = f"The talks, the talks of {at}, they’d said" if at % 3 else f"회담은 {at}일에 열린 회담이다"
            comments = [Comment("c", 0, f"well number{at}", author=f"reader{at % 5}")]
            yield make_document(f"Title {at}", [(text, "paragraph")], comments, url=f"https://x.example/{at}")


@pytest.mark.parametrize("stopped", [False, True])
def test_words_counted_after_many_documents_are_those_counted_with_each(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stopped: bool
) -> None:
    capture = tmp_path / "a.txt"
    capture.write_text("x")
    one, many = (Library.open([capture], tmp_path / name, source=Many(40)) for name in ("one.db", "many.db"))
    one.refresh()
    monkeypatch.setattr("corpus.index.indexing.FIRST_STRETCH", 10)
    monkeypatch.setattr("corpus.index.indexing.DOCUMENTS_A_BATCH", 5)
    if stopped:
        asked = iter([False] * 30)
        assert many.refresh(stop=lambda: next(asked, True)).stopped
        assert many.listing.fact("late") == "late"
    many.refresh()
    assert many.listing.fact("late") == ""
    counts = [vocabulary.load(library.readers.connection()).counts for library in (one, many)]
    assert counts[0] == counts[1]
    assert counts[0]["talks"] == 26
    assert counts[0]["회담"] == 14
    assert many.check() == []
    one.close()
    many.close()


class Growing:
    """A corpus that grows: each file is one document, named by its date."""

    def find(self, roots: Sequence[Path]) -> Iterator[Path | Problem]:
        yield from sorted(roots[0].iterdir())

    def read(self, path: Path) -> Iterator[Document | Problem]:
        day = path.name
        yield make_document(
            f"Talks on {day}", [("They met at Panmunjom.", "paragraph")], url=f"x:/{day}", published=day
        )


def test_hits_are_newest_first_however_the_corpus_grew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("corpus.index.writing.TAIL", 6)
    folder = tmp_path / "in"
    folder.mkdir()
    library = Library.open([folder], tmp_path / "index.db", source=Growing())
    days = []
    for month in (5, 2, 7, 1, 9, 3):
        for day in (3, 1, 2):
            days.append(f"2018-{month:02d}-{day:02d}")
            (folder / days[-1]).write_text(days[-1])
        library.refresh()
    assert library.readers.rows("SELECT count(*) FROM segment")[0][0] > 2
    hits = Searcher(library).search("talks").hits
    assert [hit.title for hit in hits] == [f"Talks on {day}" for day in sorted(days, reverse=True)]
    few = Searcher(library).search("talks", limit=4)
    assert [hit.title for hit in few.hits] == [f"Talks on {day}" for day in sorted(days, reverse=True)[:4]]
    assert str(few) == "4 of more than 17"
    library.close()


def test_what_is_gone_is_not_found_any_more(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for day in ("2018-01-01", "2018-01-02"):
        (folder / day).write_text(day)
    library = Library.open([folder], tmp_path / "index.db", source=Growing())
    library.refresh()
    (folder / "2018-01-02").unlink()
    library.refresh()
    results = Searcher(library).search("panmunjom")
    assert [hit.title for hit in results.hits] == ["Talks on 2018-01-01"]
    assert library.readers.rows("SELECT count(*) FROM search WHERE search MATCH 'panmunjom'")[0][0] == 1
    assert library.check() == []
    library.close()
