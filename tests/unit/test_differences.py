"""What differs between two versions: words marked, what came and went, nothing lost."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.differences import Difference, differences, words_between
from corpus.model import Comment, Document, make_document
from tui.view.difference_rows import DifferenceSource

TEXTS = st.text("ab .한글\n", max_size=40)


def document(title: str, paragraphs: list[str], *comments: tuple[str, str]) -> Document:
    found = [
        Comment(id=name, seq=at, text=text, kind="comment", author="Heron") for at, (name, text) in enumerate(comments)
    ]
    return make_document(title=title, paragraphs=[(text, "paragraph") for text in paragraphs], comments=found)


@given(before=TEXTS, after=TEXTS)
@settings(max_examples=150, deadline=None)
def test_both_texts_can_be_read_out_of_the_pieces(before: str, after: str) -> None:
    pieces = words_between(before, after)
    assert "".join(piece.text for piece in pieces if piece.kind != "new") == before
    assert "".join(piece.text for piece in pieces if piece.kind != "gone") == after
    if before == after:
        assert all(piece.kind == "same" for piece in pieces)


def test_words_paragraphs_and_comments() -> None:
    before = document("Talks", ["They met at eight.", "Same.", "Left out."], ("a", "One."), ("b", "Two."), ("c", "X."))
    after = document("Talks", ["They met at nine.", "Same."], ("d", "New."), ("a", "One!"), ("c", "X."))
    found = differences(before, after)
    said = [(item.where, item.kind, [(p.kind, p.text) for p in item.pieces if p.kind != "same"]) for item in found]
    assert said == [
        ("¶1", "same", [("gone", "eight"), ("new", "nine")]),
        ("", "same", []),
        ("¶3", "gone", [("gone", "Left out.")]),
        ("#1 Heron", "new", [("new", "New.")]),
        ("#2 Heron", "same", [("gone", "."), ("new", "!")]),
        ("#2 Heron", "gone", [("gone", "Two.")]),
    ]
    assert found[1].number == 1
    assert all(not item.pieces for item in differences(after, after))
    assert differences(before, document("Other", ["They met at eight.", "Same.", "Left out."]))[0].where == "title"


def test_what_shares_little_is_shown_whole() -> None:
    pieces = words_between("A first text about squid.", "Nothing like it was here")
    assert [piece.kind for piece in pieces] == ["gone", "new"]


def test_signs_stand_beside_the_colours() -> None:
    found = [
        Difference("¶1", "same", words_between("They met at eight.", "They met at nine.")),
        Difference("#2 Heron", "gone", words_between("Two.", "")),
        Difference("", "same", number=4),
    ]
    source = DifferenceSource(found)
    rows = [row.plain for at in range(len(source)) for row in source.rows(at, 60)]
    assert "   They met at [−eight][+nine]." in rows
    assert " − #2 Heron gone" in rows
    assert "   4 paragraphs the same" in rows
    assert [source.stops(at) for at in range(3)] == [True, True, False]
