"""The article list: what it shows, in which order and groups, and that a page of it costs no more than a page."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from corpus.fuzzy import StoppedError
from corpus.index.listed import choose
from corpus.index.listing import ORDERS, View
from corpus.index.stories import Outline, stories
from corpus.library import Library
from tests.ui.support import put_corpus

DOCUMENTS: list[dict[str, Any]] = [
    {
        "title": f"{title} {at}",
        "date": f"2018-01-{day:02}",
        "outlet": outlet,
        "url": f"https://x.example/{at}",
        "paragraphs": [text],
        "comments": [{"id": f"c{at}{number}", "author": "A", "body": "x"} for number in range(comments)],
    }
    for at, (title, day, outlet, comments, text) in enumerate(
        (
            ("Envoys cross at Panmunjom", 9, "Post", 3, "Mr. Ri led the envoys over the line at nine that morning."),
            ("A quiet page", 20, "", 0, "Nobody wrote here, and nothing at all was said about it."),
            ("Envoys at Panmunjom talk", 10, "Daily", 1, "Mr. Ri led the envoys over the line at nine on Tuesday."),
            ("북어국 한 그릇", 12, "post", 9, "점심에는 북어국이 나왔다."),
            ("Panmunjom in the rain", 28, "Daily", 0, "Rain fell on the village and on the soldiers who watched it."),
        )
    )
]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    home = tmp_path_factory.mktemp("listed")
    found = Library.open([put_corpus(home / "captures", *DOCUMENTS, broken=True)], home / "index.db")
    found.refresh()
    yield found
    found.close()


def numbers(library: Library, view: View) -> list[int]:
    """Return the documents of a view by their numbers, in order; what could not be read is -1."""
    listed = choose(library.listing, view)
    rows = [entry for at in range(0, len(listed), 2) for entry in listed.entries(at, 2)]
    assert all(entry is not None for entry in rows)
    for at, entry in enumerate(rows):
        if entry and entry.document:
            assert listed.position_of(entry.document) == at
    return [int(entry.title.split()[-1]) if entry and entry.document else -1 for entry in rows]


def ids(library: Library, *wanted: int) -> list[str]:
    found = [entry.document or "" for entry in library.entries(0, 99, order="added")]
    return [found[at] for at in wanted]


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("added", [0, 1, 2, 3, 4, -1]),
        ("date", [4, 1, 3, 2, 0, -1]),
        ("comments", [3, 0, 2, 1, 4, -1]),
        ("outlet", [2, 4, 0, 3, 1, -1]),
        ("title", [1, 2, 0, 4, -1, 3]),
    ],
)
def test_orders(library: Library, order: str, expected: list[int]) -> None:
    assert numbers(library, View(order=order)) == expected
    # grouped, they stay in order within their outlet
    places = {number: at for at, number in enumerate(expected)}
    grouped = numbers(library, View(order=order, group="outlet"))
    assert grouped[:2] == sorted((2, 4), key=places.__getitem__)
    assert sorted(grouped) == sorted(expected)


def test_what_is_kept_left_out_and_put_first(library: Library) -> None:
    assert numbers(library, View(only=ids(library, 1, 3))) == [1, 3]
    # nobody left out what could not be read
    assert numbers(library, View(without=ids(library, 0, 2, 4))) == [1, 3, -1]
    assert numbers(library, View(order="new comments", first=tuple(ids(library, 2, 0)))) == [2, 0, 4, 1, 3, -1]
    assert numbers(library, View(upto=0)) == []
    assert set(ORDERS) >= {"added", "date", "comments", "new comments", "outlet", "title"}


@pytest.mark.parametrize(
    ("typed", "expected", "is_near"),
    [
        ("panmunjom", [0, 2, 4], False),
        ("DAILY rain", [4], False),
        ("panmunjon", [0, 2, 4], True),
        ("북여국", [3], True),
        ("pq", [], False),
        ("nothing like it", [], False),
        ("   ", [0, 1, 2, 3, 4, -1], False),
    ],
)
def test_a_filter_takes_misspellings_only_where_nothing_fits(
    library: Library, typed: str, expected: list[int], is_near: bool
) -> None:
    assert sorted(numbers(library, View(filter=typed)), key=lambda at: at % 100) == expected
    assert choose(library.listing, View(filter=typed)).is_near == is_near


def test_neighbours_and_documents(library: Library) -> None:
    for view in (View(), View(order="title")):
        listed = choose(library.listing, view)
        first, second = (entry.document for entry in listed.entries(0, 2) if entry)
        assert first
        assert second
        assert listed.neighbour(first, 1) == second
        assert listed.neighbour(second, -1, at=1) == first
        assert listed.neighbour(first, 1, at=4) == second
        assert listed.neighbour(first, -1) is None
        assert listed.neighbour("unknown", 1) is None
        assert len(listed.documents()) == 5
    assert choose(library.listing, View(filter="rain")).documents() == ids(library, 4)


def test_documents_of_one_event_stand_together(library: Library) -> None:
    listed = choose(library.listing, View(order="date", group="story"))
    assert numbers(library, View(order="date", group="story")) == [4, 1, 3, 2, 0, -1]
    assert list(listed.groups) == [0, 1, 2, 3, 3, 4]
    listed = choose(library.listing, View(group="story"))
    assert list(listed.groups)[:2] == [0, 0]
    with pytest.raises(StoppedError):
        choose(library.listing, View(group="story"), stop=lambda: True)


@pytest.mark.parametrize("few", [100, 0])
def test_a_new_document_joins_a_story_and_one_that_is_gone_leaves_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    monkeypatch.setattr("corpus.index.stories.FEW", few)
    monkeypatch.setattr("corpus.index.stories.SHARE", 1)
    captures = put_corpus(tmp_path / "captures", *DOCUMENTS)
    found = Library.open([captures], tmp_path / "index.db")
    found.refresh()
    view = View(order="date", group="story")
    assert numbers(found, view) == [4, 1, 3, 2, 0]
    again = {**DOCUMENTS[2], "title": "Envoys at Panmunjom talk 5", "date": "2018-01-11", "url": "https://x.example/5"}
    late = {**DOCUMENTS[3], "title": "Nothing of the kind 6", "date": "2018-03-01", "url": "https://x.example/6"}
    (captures / "z.json").write_text(json.dumps([again, late]), "utf-8")
    found.refresh()
    assert numbers(found, view) == [6, 4, 1, 3, 5, 2, 0]
    assert list(choose(found.listing, view).groups) == [0, 1, 2, 3, 4, 4, 4]
    (captures / "z.json").unlink()
    found.refresh()
    assert numbers(found, view) == [4, 1, 3, 2, 0]
    found.close()


def test_a_story_ends_after_some_days_and_copies_need_no_date() -> None:
    def outline(key: int, day: int | None, *features: str) -> Outline:
        return Outline(key, day, frozenset(features))

    others = [outline(90 + at, at * 50, f"a{at}", f"b{at}") for at in range(20)]
    same = ("summit", "moon", "kim", "peace house")
    found = stories([outline(1, 100, *same), outline(2, 102, *same), outline(3, 140, *same), *others])
    assert found[1] == found[2] != found[3]
    assert len({found[other.key] for other in others}) == len(others)
    found = stories([outline(1, 100, *same), outline(2, None, *same), outline(3, None, "kim", "x", "y"), *others])
    assert found[1] == found[2] != found[3]


def test_a_page_of_a_long_list_is_not_the_whole_list(tmp_path: Path) -> None:
    many = [{**DOCUMENTS[1], "title": f"Page {at}", "url": f"https://x.example/{at}"} for at in range(400)]
    path = put_corpus(tmp_path / "captures", *many[:1])
    (path / "many.jsonl").write_text("\n".join(__import__("json").dumps(item) for item in many), "utf-8")
    library = Library.open([path], tmp_path / "index.db")
    library.refresh()
    for order in ("added", "date"):
        listed = choose(library.listing, View(order=order, without=["d0"]))
        assert listed.keys is None
        steps = 0

        def count() -> int:
            nonlocal steps
            steps += 1
            return 0

        connection = library.readers.connection()
        costs = []
        for offset in (0, 200):
            steps = 0
            connection.set_progress_handler(count, 10)
            assert len(listed.entries(offset, 20)) == 20
            connection.set_progress_handler(None, 0)
            costs.append(steps)
        # no sorting: the first page does not go through 400 rows
        assert costs[0] < costs[1] < 4 * costs[0] + 400
    library.close()
