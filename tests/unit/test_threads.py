"""Threads: stated structure as it is, likely replies with their evidence, nothing guessed."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.comments import Comments
from corpus.model import Comment, Document, Reply, make_document
from corpus.read.graph import by_depth
from corpus.threads import Thread, relate

BODY = "Next week's talks will be the first inter-Korean dialogue since December 2015."


def document(*comments: Comment, **facts: object) -> Document:
    return make_document("Talks", [(BODY, "paragraph")], comments, **facts)


def said(at: int, author: str | None, text: str, minute: int | None = None, **other: object) -> Comment:
    posted = None if minute is None else f"2018-01-04T{minute // 60:02}:{minute % 60:02}"
    return Comment(f"k{at}", at, text, author, posted, **other)  # type: ignore[arg-type]


def reply(related: Document, at: int) -> Reply:
    found = related.comments[at].reply
    assert found is not None
    return found


def test_stated_parents_and_their_thread() -> None:
    related = relate(
        document(
            said(0, "A", "a"),
            said(1, "B", "b", parent="k0"),
            said(2, "C", "c", parent="k1"),
            said(3, "D", "d", parent="gone"),
        )
    )
    assert related.comments[0].reply is None
    assert (reply(related, 2).to, reply(related, 2).thread, reply(related, 2).relation) == ("k1", "k0", "stated")
    assert (reply(related, 3).missing, reply(related, 3).to) == (True, "gone")
    assert all(found.reply.evidence for found in related.comments if found.reply)


def test_quotation_of_the_article() -> None:
    related = relate(
        document(
            said(0, "A", f"\u201c{BODY}\u201d\n\nA whole two years ago."), said(1, "B", "talks will be the first step")
        )
    )
    [quotation] = related.comments[0].quotes
    assert related.quote(quotation.span) == related.quote(quotation.of) == BODY[:-1]
    assert related.comments[1].quotes == ()
    assert related.comments[0].reply is None


@pytest.mark.parametrize(
    "opening",
    ["Herdee, I agree", "@Herdee I agree", "Hi Herdee, I agree", "herdee: no", "@ Herdee no", "Danke Herdee!  ja"],
)
def test_opening_with_a_name(opening: str) -> None:
    related = relate(document(said(0, "Herdee", "x"), said(1, "B", "y"), said(2, "Herdee", "z"), said(3, "C", opening)))
    found = reply(related, 3)
    assert (found.to, found.relation, found.missing) == ("k2", "named", False)
    assert related.comments[3].addresses == ("Herdee",)
    span = found.evidence[0].span
    assert span is not None
    assert related.quote(span).casefold() == "herdee"


@pytest.mark.parametrize(
    "opening",
    [
        "Herdee is wrong about the South",
        "Herdees, all of them",
        "I agree, Herdee",
        "All, listen",
        "Ann, I wrote too",
        "Talks are cheap",
        "Herdee",
    ],
)
def test_names_that_address_nobody(opening: str) -> None:
    related = relate(document(said(0, "Herdee", "x"), said(1, "All", "y"), said(2, "Ann", opening), byline=("Talks",)))
    assert related.comments[2].reply is None


def test_the_articles_author_and_masked_names_are_not_taken_for_commenters() -> None:
    related = relate(
        document(
            said(0, "Kim Lee", "x"),
            said(1, "abcd****", "y"),
            said(2, "B", "Kim Lee, good article"),
            said(3, "C", "@abcd**** no"),
            byline=("Kim Lee",),
        )
    )
    assert related.comments[2].reply is None
    assert related.comments[3].reply is None


def test_words_repeated_from_one_earlier_comment() -> None:
    words = "the integrity of the border has never been tested by anyone"
    related = relate(
        document(
            said(0, "A", f"I say {words} so far."),
            said(1, "B", "x"),
            said(2, "C", f'"{words}" - how would you know that?'),
        )
    )
    found = reply(related, 2)
    assert (found.to, found.relation) == ("k0", "quoted")
    [quotation] = related.comments[2].quotes
    assert related.quote(quotation.of) == related.quote(quotation.span) == words
    assert related.comments[0].quotes == ()


def test_no_reply_from_words_of_oneself_of_many_or_of_the_whole() -> None:
    words = "the integrity of the border has never been tested by anyone"
    own = relate(
        document(said(0, "A", f"{words} once"), said(1, "A", f"I said {words} before, and I stand by it today"))
    )
    many = relate(document(*(said(at, f"A{at}", f"{at} {words} and so on {at} {at}") for at in range(3))))
    whole = relate(document(said(0, "A", words), said(1, "B", words)))
    assert all(comment.reply is None for found in (own, many, whole) for comment in found.comments)


def test_name_and_words_agree() -> None:
    words = "the integrity of the border has never been tested by anyone"
    related = relate(
        document(said(0, "A1", f"I say {words} so far."), said(1, "B", f"A1, {words}: how would you know?"))
    )
    assert [one.kind for one in reply(related, 1).evidence] == [
        "opens with the name of its author",
        "repeats its words",
    ]


def test_order_proves_a_reply_whose_parent_is_missing() -> None:
    related = relate(document(*(said(at, f"A{at}", "x", minute) for at, minute in enumerate([9, 4, 11, 12, 13, 15]))))
    found = reply(related, 0)
    assert (found.to, found.thread, found.relation, found.missing) == (None, None, "implied", True)
    assert all(comment.reply is None for comment in related.comments[1:])


def test_order_proves_the_thread_and_names_choose_inside_it() -> None:
    texts = ["top", "reply", "A0, yes", "next", "A0, outside", "last", "end", "more", "enough"]
    times = [0, 20, 25, 10, 40, 30, 50, 51, 52]
    related = relate(
        document(
            *(said(at, f"A{at}", text, minute) for at, (text, minute) in enumerate(zip(texts, times, strict=True)))
        )
    )
    assert (reply(related, 1).to, reply(related, 1).thread, reply(related, 1).relation) == (None, "k0", "implied")
    assert (reply(related, 2).to, reply(related, 2).thread, reply(related, 2).relation) == ("k0", "k0", "named")
    assert (reply(related, 4).to, reply(related, 4).thread) == (None, "k3")
    assert related.comments[3].reply is None


def test_newest_first_pages() -> None:
    related = relate(
        document(*(said(at, f"A{at}", "x", minute) for at, minute in enumerate([50, 40, 45, 30, 35, 20, 10])))
    )
    assert [bool(comment.reply) for comment in related.comments] == [False, False, True, False, True, False, False]
    assert reply(related, 2).thread == "k1"


@pytest.mark.parametrize(
    "times",
    [
        [1, 2, 3, 4, 5, 6],
        [6, 5, 4, 3, 2, 1],
        [40, 10, 50, 20, 60, 5, 70, 1],
        [9, 4, 11],
        [5, 5, 5, 5, 5],
        [9, 4, None, 12, 13, 15],
    ],
)
def test_order_that_proves_nothing(times: list[int | None]) -> None:
    related = relate(document(*(said(at, f"A{at}", "x", minute) for at, minute in enumerate(times))))
    assert all(comment.reply is None for comment in related.comments)


def test_numbers_of_a_numbered_list() -> None:
    comments = [
        said(at, f"A{at}", text, extra={"number": str(at + 1)})
        for at, text in enumerate(["x", "y", "#1 is wrong", "@2: no", "In #9 x", "a #1"])
    ]
    related = relate(document(*comments))
    assert (reply(related, 2).to, reply(related, 2).relation) == ("k0", "stated")
    assert reply(related, 3).to == "k1"
    assert related.comments[4].reply is None
    assert related.comments[5].reply is None


def test_relating_twice_changes_nothing_and_given_replies_stay() -> None:
    given_reply = Reply("k0", "k0", "named")
    once = relate(
        document(said(0, "A", "x"), said(1, "B", "y", reply=given_reply), said(2, "C", "@A z"), said(3, "D", BODY))
    )
    assert once.comments[1].reply == given_reply
    assert relate(once) is once
    assert relate(document()) == document()


def thread(*parents: int | None) -> Thread:
    return Thread(
        document(*(said(at, "A", "x", parent=None if up is None else f"k{up}") for at, up in enumerate(parents)))
    )


def test_the_tree() -> None:
    tree = thread(None, 0, None, 1, 0, 2)
    assert tree.order() == [0, 1, 3, 4, 2, 5]
    assert tree.order("capture") == [0, 1, 2, 3, 4, 5]
    assert tree.order(folded=[0]) == [0, 2, 5]
    assert tree.order(folded=[1, 2]) == [0, 1, 4, 2]
    assert (tree.depth, tree.size, tree.root) == ([0, 1, 0, 2, 1, 1], [4, 2, 2, 1, 1, 1], [0, 0, 2, 0, 0, 2])
    assert list(tree.children(0)) == [1, 4]
    assert list(tree.children(3)) == []
    assert list(tree.siblings(4)) == [1, 4]
    assert list(tree.siblings(2)) == [0, 2]
    assert len(tree) == 6


def test_circles_are_cut_and_absent_parents_are_roots() -> None:
    tree = thread(1, 2, 0, 3, 99, 3)
    assert sorted(tree.order()) == [0, 1, 2, 3, 4, 5]
    assert tree.parent == [-1, 2, 0, -1, -1, 3]


def test_sorting_by_time_keeps_threads_together() -> None:
    comments = [said(0, "A", "x", 5), said(1, "B", "y", 50, parent="k0"), said(2, "C", "z", 20)]
    tree = Thread(document(*comments))
    assert tree.order("newest") == [2, 0, 1]
    assert tree.order("oldest") == [0, 1, 2]
    untimed = Thread(document(*comments, said(3, "D", "w")))
    assert not untimed.sortable
    assert untimed.order("newest") == untimed.order()


def test_the_tree_reads_no_comment() -> None:
    def load(at: int) -> Comment:
        raise AssertionError(at)

    count = 10_000
    outline = [(f"k{at}", f"k{at - 1}" if at % 9 else None, 0) for at in range(count)]
    held = Document("d", "v", "t", comments=Comments(outline=outline, load=load))
    tree = Thread(held)
    assert len(tree.order()) == len(tree) == count


def test_a_very_deep_chain() -> None:
    tree = thread(None, *range(4999))
    assert tree.depth[-1] == 4999
    assert tree.size[0] == 5000


@settings(max_examples=200, deadline=None)
@given(st.lists(st.integers(-1, 12), max_size=12))
def test_every_comment_once_whatever_the_parents(parents: list[int]) -> None:
    tree = thread(*(None if up < 0 else up for up in parents))
    order = tree.order()
    assert sorted(order) == list(range(len(parents)))
    assert sum(tree.size[root] for root in tree.roots) == len(parents)
    place = {at: spot for spot, at in enumerate(order)}
    for at, up in enumerate(tree.parent):
        if up >= 0:
            assert place[up] < place[at] < place[up] + tree.size[up]
            assert tree.depth[at] == tree.depth[up] + 1


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["Ann", "Bo", "Guest", None]),
            st.sampled_from(
                [
                    "@Ann yes",
                    "Bo, no",
                    "x",
                    BODY,
                    "one two three four five six seven",
                    "> one two three four five six seven, no",
                ]
            ),
            st.integers(0, 50) | st.none(),
            st.integers(0, 14) | st.none(),
        ),
        max_size=14,
    )
)
def test_replies_point_to_other_comments_and_spans_to_their_words(
    rows: list[tuple[str | None, str, int | None, int | None]],
) -> None:
    held = document(
        *(
            said(at, who, text, when, parent=None if up is None else f"k{up}")
            for at, (who, text, when, up) in enumerate(rows)
        )
    )
    related = relate(held)
    assert relate(related) is related
    for comment in related.comments:
        if comment.reply and comment.reply.relation != "stated":
            assert comment.reply.to != comment.id
            assert comment.reply.to is None or related.index_of(comment.reply.to) < comment.seq
        for quotation in comment.quotes:
            assert related.quote(quotation.span).casefold() == related.quote(quotation.of).casefold()


def test_depths_of_a_list_in_thread_order() -> None:
    assert by_depth([0, 1, 2, 1, 0, 3]) == [-1, 0, 1, 0, -1, 4]
