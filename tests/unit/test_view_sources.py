"""Article, comments, lists and entities as rows: what they say, where they are found again, what stands where."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from corpus.entities.summary import EntityCount
from corpus.index.listing import View
from corpus.model import Comment, Document, Folded, Quotation, Reply, Span, Votes, make_document
from corpus.threads import Thread
from tui.view.article import GUTTER, ArticleSource, paragraph_number
from tui.view.comments import CommentsSource, said_reply, said_time, said_votes
from tui.view.entries import BLOCK, EntriesSource, Head, Marks
from tui.view.lines import Line, LinesSource
from tui.view.names import NamesSource, entity_key
from tui.view.rows import Row, RowSource, Run

PARAGRAPHS = [
    ("The first paragraph is long enough to be wrapped at thirty cells.", "paragraph"),
    ("A heading", "heading"),
    ("둘째 문단은 한글로 쓰여 있다.", "paragraph"),
    ("somebody said this", "quote"),
    ("one of a list", "item"),
]


def thread_document() -> Document:
    comments = [
        Comment("a", 0, "Root one.", author="Heron", posted="2018-01-09T10:00", votes=Votes(3, 1)),
        Comment("b", 1, "Reply to a.", author="Wren", parent="a", depth=1),
        Comment("c", 2, "Reply to b.", parent="b", depth=2, title="Its own title"),
        Comment("d", 3, "", author="Gone", kind="deleted", parent="a", depth=1),
        Comment("e", 4, "> Root one.\nNo.", author="Guest", posted_raw="yesterday", reply=Reply("a", relation="named")),
        Comment("f", 5, "I answer one who is gone.", author="Late", reply=Reply(None, missing=True)),
    ]
    document = make_document("A title", PARAGRAPHS, comments)
    quote = Quotation(document.span("comment", 2, 11, "e"), document.span("body", 4, 9))
    comments[4] = Comment(**{**{name: getattr(comments[4], name) for name in Comment.__slots__}, "quotes": (quote,)})
    return make_document("A title", PARAGRAPHS, comments)


DOCUMENT = thread_document()


def plain(source: RowSource, item: int, width: int = 60) -> str:
    return "\n".join(row.plain.rstrip() for row in source.rows(item, width))


def texts_of(rows: list[Row]) -> list[tuple[object, int, int, str]]:
    return [
        (run.source, run.start, run.start + len(run.text), run.text)
        for row in rows
        for run in row.runs
        if run.source is not None
    ]


# article


def test_every_row_of_an_article_shows_the_text_it_says_it_shows() -> None:
    source = ArticleSource(DOCUMENT, measure=30)
    for width in (20, 44, 80, 200):
        for item in range(len(source)):
            for key, start, end, text in texts_of(list(source.rows(item, width))):
                assert DOCUMENT.text(*key)[start:end] == text  # type: ignore[misc]


@settings(max_examples=60, deadline=None)
@given(st.integers(16, 220), st.integers(20, 120))
def test_an_article_fits_its_pane_and_is_centred(width: int, measure: int) -> None:
    source = ArticleSource(DOCUMENT, measure=measure)
    left, room = source.columns(width)
    assert room <= max(8, min(measure, width - GUTTER - 1))
    assert abs((width - left - GUTTER - room) - left) <= 2 or left == 0
    for item in range(len(source)):
        for row in source.rows(item, width):
            assert cell_len(row.plain) <= max(width, left + GUTTER + room)


def test_numbers_kinds_and_the_end() -> None:
    source = ArticleSource(DOCUMENT, source_line="by nobody")
    assert plain(source, 0).split() == ["A", "title", "by", "nobody"]
    assert "¶1 The first" in plain(source, 1)
    assert "│ somebody said this" in plain(source, 4)
    assert "• one of a list" in plain(source, 5)
    assert plain(source, 6).strip() == "· 6 comments"
    assert not source.stops(6)
    assert source.stops(5)


def test_a_paragraph_that_comments_quote_says_so() -> None:
    assert "“ quoted by 1 comment" in plain(ArticleSource(DOCUMENT), 1)
    assert "quoted" not in plain(ArticleSource(DOCUMENT), 3)


def test_a_noted_paragraph_is_marked() -> None:
    second = DOCUMENT.paragraphs[1]
    source = ArticleSource(DOCUMENT, noted=lambda key, start, end: start <= second.start < end)
    assert "✎" in plain(source, 2)
    assert "✎" not in plain(source, 1)


def test_passages_are_found_by_place_key_and_number() -> None:
    source = ArticleSource(DOCUMENT)
    for item in range(len(source)):
        assert source.find(source.key(item)) == item
    for number, paragraph in enumerate(DOCUMENT.paragraphs, 1):
        place = source.item_of_number(number)
        assert place is not None
        assert source.item_at(("body", None), paragraph.start) == place
        assert paragraph_number(DOCUMENT, paragraph.start) == number
        passage = source.passage(place)
        assert passage is not None
        assert (passage.start, passage.end, passage.number) == (paragraph.start, paragraph.end, number)
    assert source.item_of_number(99) is None
    assert source.item_at(("comment", "a"), 0) is None
    assert source.passage(-1) is source.passage(99) is None


def test_hidden_page_parts_are_counted_then_shown_without_becoming_text() -> None:
    document = make_document(
        "T", [("Body.", "paragraph")], folded=(Folded("SUBSCRIBE NOW", "head"), Folded("MORE STORIES", "after"))
    )
    hidden = ArticleSource(document)
    assert "2 hidden page parts" in plain(hidden, len(hidden) - 1)
    shown = ArticleSource(document, unfolded=True)
    said = [plain(shown, item).strip() for item in range(len(shown))]
    assert said[1] == "SUBSCRIBE NOW"
    assert said[3] == "MORE STORIES"
    assert not shown.stops(1)
    assert texts_of(list(shown.rows(1, 60))) == []
    assert [shown.key(item) for item in (0, 2)] == [hidden.key(0), hidden.key(1)]


# comments


def comments(**settings: object) -> CommentsSource:
    return CommentsSource(DOCUMENT, Thread(DOCUMENT), **settings)  # type: ignore[arg-type]


@settings(max_examples=60, deadline=None)
@given(st.integers(12, 160), st.sets(st.sampled_from("abcdef")))
def test_every_row_of_a_thread_shows_the_text_it_says_it_shows(width: int, folded: set[str]) -> None:
    source = comments(folded=folded)
    for item in range(len(source)):
        for key, start, end, text in texts_of(list(source.rows(item, width))):
            assert DOCUMENT.text(*key)[start:end] == text  # type: ignore[misc]


def test_who_when_and_votes_are_as_captured() -> None:
    source = comments()
    assert "#1  Heron  2018-01-09 10:00  +3 −1" in plain(source, 0)
    assert "name not in capture" in plain(source, 2)
    assert "time not in capture" in plain(source, 1)
    assert "(deleted)" in plain(source, 3)
    assert "Guest  yesterday" in plain(source, 4)
    assert said_votes(Comment("x", 0, "", votes=Votes(score=7))) == "7 points"
    assert said_votes(Comment("x", 0, "")) == ""
    assert said_time(Comment("x", 0, "", posted="2018")) == "2018"


def test_stated_replies_are_indented_and_likely_ones_are_said() -> None:
    source = comments()
    assert plain(source, 1).splitlines()[0].startswith("  │ #2")
    assert plain(source, 2).splitlines()[0].startswith("  │ │ #3")
    assert plain(source, 4).splitlines()[0].startswith("  #5")
    assert "↳ likely to Heron (named)" in plain(source, 4)
    assert "↳ reply; its parent is not in this capture" in plain(source, 5)
    assert "“ quotes ¶1" in plain(source, 4)


def test_a_reply_that_does_not_stand_under_its_parent_names_it() -> None:
    source = comments()
    assert "↳ #1 Heron" in plain(source, 3)
    assert "↳" not in plain(source, 1)


def test_replies_whose_parent_is_unknown() -> None:
    assert said_reply(Reply("nobody"), DOCUMENT) == "↳ reply; its parent is not in this capture"
    assert said_reply(Reply(None), DOCUMENT) == "↳ reply"
    assert "likely" in said_reply(Reply(None, thread="a", relation="implied"), DOCUMENT)
    assert said_reply(Reply("a"), DOCUMENT) == "↳ #1 Heron"


def test_a_fold_says_what_it_hides() -> None:
    source = comments(folded={"a"}, new={"c"}, noted=lambda key, start, end: key[1] == "d")
    assert len(source) == 3
    assert "▸ 3 replies folded · 1 new · ✎ 1" in plain(source, 0)
    assert source.item_at(("comment", "c")) is None
    assert source.item_of_number(3) == 0
    assert source.find("b") is None
    assert "▸ 1 reply folded" in plain(comments(folded={"b"}), 1)


def test_comments_are_found_by_id_and_number() -> None:
    source = comments()
    for item in range(len(source)):
        assert source.find(source.key(item)) == item
    assert source.item_of_number(5) == 4
    assert source.item_of_number(0) is source.item_of_number(7) is None
    assert source.item_at(("body", None)) is source.item_at(("comment", "nobody")) is None
    assert source.passage(99) is None


def test_new_comments_and_titles_are_marked() -> None:
    source = comments(new={"b"})
    assert " new" in plain(source, 1)
    assert "Its own title" in plain(source, 2)


def test_deep_threads_keep_room_for_their_text() -> None:
    deep = [
        Comment(f"c{at}", at, "some words", author="A", parent=f"c{at - 1}" if at else None, depth=at)
        for at in range(300)
    ]
    document = make_document("Deep", [], deep)
    source = CommentsSource(document, Thread(document))
    for width in (10, 40, 80):
        said = plain(source, 299, width)
        assert "some words" in " ".join(said.replace("│", "").split()) or width == 10
        assert "299" in said
        assert max(cell_len(row.plain) for row in source.rows(299, width)) <= max(width, 16)


# lists


@dataclass(frozen=True)
class Listed:
    document: str | None
    title: str = "A title"
    published: str | None = None
    comments: int = 0
    outlet: str | None = None
    name: str = "file.txt"
    path: str = "/file.txt"
    problem: str | None = None
    batch: int = 0


class Rows:
    """Stands for the rows of an index."""

    def __init__(
        self,
        fetch: Callable[[int, int], list[Listed]],
        count: int,
        view: View | None = None,
        groups: Sequence[int] = (),
        days: Sequence[str] = (),
    ) -> None:
        self.entries, self.count, self.view, self.groups, self.days = fetch, count, view or View(), groups, days
        self.listing = self

    def __len__(self) -> int:
        return self.count

    def added(self, batch: int) -> str:
        return self.days[batch] if self.days else ""


def listed(entries: list[Listed], rows: Mapping[str, Any] | None = None, **settings: Any) -> EntriesSource:
    return EntriesSource(Rows(lambda at, limit: entries[at : at + limit], len(entries), **(rows or {})), **settings)  # type: ignore[arg-type]


def test_an_entry_tells_unread_starred_notes_date_comments_and_outlet() -> None:
    entries = [
        Listed("d1", published="2018-01-09T10:00", comments=7, outlet="Post"),
        Listed("d2"),
        Listed("d3", title=""),
    ]
    source = listed(
        entries, marks=lambda names: Marks({"d2"}, {"d3"}, {"d1": 3}), noted=lambda name: 2 if name == "d1" else 0
    )
    assert plain(source, 0) == "● A title\n  2018-01-09 #7 +3 new ✎2 Post"
    assert plain(source, 1) == "  A title\n  no date file.txt"
    assert plain(source, 2).startswith("★ untitled")


def test_what_could_not_be_read_says_why() -> None:
    source = listed([Listed(None, problem="it is a picture and not text")])
    assert plain(source, 0, 24).splitlines()[0] == "! file.txt"
    assert "not text" in plain(source, 0, 24)
    assert source.key(0) == "/file.txt"


def test_a_long_title_takes_two_rows() -> None:
    source = listed([Listed("d1", title="word " * 40)])
    rows = source.rows(0, 24)
    assert len(rows) == 3
    assert rows[1].plain.endswith("…")
    assert all(cell_len(row.plain) <= 24 for row in rows)


def test_entries_are_fetched_in_blocks_and_only_as_needed() -> None:
    asked: list[int] = []

    def fetch(at: int, limit: int) -> list[Listed]:
        asked.append(at)
        return [Listed(f"d{number}") for number in range(at, min(at + limit, 5 * BLOCK))]

    source = EntriesSource(Rows(fetch, 5 * BLOCK + 3, View(order="date")))  # type: ignore[arg-type]
    for item in range(4 * BLOCK, 4 * BLOCK + 9):
        assert source.key(item) == f"d{item}"
    assert asked == [4 * BLOCK]
    assert source.entry(5 * BLOCK + 2) is None
    assert source.key(5 * BLOCK + 2) == 5 * BLOCK + 2
    assert plain(source, 5 * BLOCK + 2).strip() == ""


def test_marks_are_asked_once_a_block() -> None:
    asked: list[int] = []

    def marks(names: Sequence[str]) -> Marks:
        asked.append(len(names))
        return Marks(())

    source = listed([Listed(f"d{at}") for at in range(10)], marks=marks)
    for item in range(10):
        source.rows(item, 24)
    assert asked == [10]
    source.forget_marks()
    source.rows(0, 24)
    assert asked == [10, 10]


COUNTS = [
    EntityCount("kim", "PERSON", "PEOPLE", "Kim Jong-un", "김정은", 3, 12, (), ()),
    EntityCount("moon", "PERSON", "PEOPLE", "Moon Jae-in", "문재인", 1, 0, (), ()),
    EntityCount(None, "DATE", "DATES", "2018-01-09", "", 1, 0, (), ()),
]


def test_entities_stand_in_groups_with_counts() -> None:
    source = NamesSource(COUNTS)
    assert plain(source, 0, 24).strip() == "PEOPLE 2"
    assert plain(source, 1, 30).split() == ["Kim", "Jong-un", "김정은", "3+12"]
    assert [source.stops(item) for item in range(len(source))] == [False, True, True, False, True]
    assert all(source.find(source.key(item)) == item for item in range(len(source)))
    assert source.entity(99) is None
    assert entity_key(COUNTS[2]) == "?DATE:2018-01-09"
    kept = NamesSource(COUNTS, lambda entity: entity.group == "DATES")
    assert plain(kept, 0, 24).strip() == "DATES 1"


@settings(max_examples=60, deadline=None)
@given(st.integers(8, 60))
def test_half_a_hangul_name_is_not_shown_and_counts_keep_the_edge(width: int) -> None:
    source = NamesSource(COUNTS)
    row = source.rows(1, width)[0].plain
    assert ("김정은" in row) or not any(char in row for char in "김정은")
    assert row.endswith("3+12")
    assert cell_len(row) <= max(width, 8)


def test_lines_have_headings_right_edges_and_text_below() -> None:
    lines = [
        Line("g", (Run("GROUP"),), heading=True),
        Line("one", (Run("left"),), right="right", below="word " * 30),
        Line("h", (Run("NEXT"),), heading=True),
    ]
    source = LinesSource(lines)
    assert [source.stops(item) for item in range(3)] == [False, True, False]
    rows = source.rows(1, 30)
    assert rows[0].plain.split() == ["left", "right"]
    assert len(rows) == 3
    assert rows[2].plain.endswith("…")
    assert source.rows(2, 30)[0].plain.strip() == ""
    assert source.find("one") == 1
    assert source.find("nothing") is None


def test_spans_are_ordered_for_the_table() -> None:
    assert sorted([Span("d", "comment", "a", 3, 4), Span("d", "comment", "a", 1, 2)])[0].start == 1


def test_groups_stand_under_headings() -> None:
    outlets = [Listed("d1", outlet="Post"), Listed("d2", outlet="post"), Listed("d3")]
    source = listed(outlets, {"view": View(group="outlet")})
    assert [source.heading(item) for item in range(3)] == ["Post", "", "no outlet"]
    assert source.rows(0, 24)[0].apart
    days = ["2018-01-09T12:00:00+00:00", "2018-01-08T12:00:00+00:00", "2017-12-01T12:00:00+00:00"]
    entries = [Listed(f"d{at}", batch=at) for at in range(3)]
    source = listed(entries, {"days": days}, today=date(2018, 1, 9))
    assert [source.heading(item) for item in range(3)] == ["added today", "added yesterday", "added 2017-12-01"]
    # where all came on one day there is nothing to tell apart
    assert not listed(entries[:1] * 3, {"days": days}).heading(0)
    source = listed(
        [Listed(f"d{at}") for at in range(3)],
        {"groups": [0, 0, 1], "view": View(group="story")},
        marks=lambda names: Marks(()),
    )
    assert [source.heading(item) for item in range(3)] == ["2 on one story", "", ""]
    assert "●│A title" in plain(source, 1)
    assert "● A title" in plain(source, 2)


def test_saved_searches_and_sentences_stand_above_the_documents() -> None:
    heads = [Head(("search", "kim"), "Kim", "12", is_search=True), Head("offer", "Nothing read yet.")]
    source = listed([Listed("d1"), Listed(None, problem="broken"), Listed("d2")], heads=heads)
    assert len(source) == 5
    assert [source.stops(item) for item in range(3)] == [True, False, True]
    assert plain(source, 0).split() == ["◇", "Kim", "12"]
    assert source.key(2) == "d1"
    assert source.find(("search", "kim")) == 0
    assert source.neighbour(2, 1) == 4
    assert source.neighbour(2, -1) is None
