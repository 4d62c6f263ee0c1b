"""The facts of a document: where each came from, and what the user may supply."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.model import Capture, Comment, Folded, StatedCount, make_document
from tests.ui.over import go, over, write
from tests.ui.support import SILENT, THREAD, Opened, forbidden_in, opened, options_for, put_corpus
from tui.options import ReaderOptions
from tui.screens.details import DetailsScreen
from tui.view.details import facts_of, mended, refusal
from tui.view.facts import Fact, FactsSource

HOSTILE = "[bold]x[/bold] [/단독] [@click=app.quit]go[/] \x1b]52;c;AA\x07"


@pytest.mark.parametrize(
    ("field", "typed", "kept"),
    [
        ("published", " 2018-02 ", "2018-02"),
        ("published", "2018-02-09T11:04+0900", "2018-02-09T11:04+09:00"),
        ("zone", "Asia/Seoul", "Asia/Seoul"),
        ("zone", "+09:00", "+09:00"),
        ("url", "https://example.org/a", "https://example.org/a"),
        ("byline", "김 기자;  A. Writer", "김 기자; A. Writer"),
        ("outlet", "   ", None),
    ],
)
def test_a_detail_is_kept_in_its_plain_form(field: str, typed: str, kept: str | None) -> None:
    assert mended(field, typed) == kept


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("published", "9 Feb 2018"),
        ("published", "2018-13"),
        ("published", "2018-02-30"),
        ("url", "example.org"),
        ("url", "javascript:alert(1)"),
        ("url", "https://"),
        ("zone", "nine hours"),
        ("zone", "[KST]"),
    ],
)
def test_what_is_not_understood_is_answered_with_a_sentence(field: str, typed: str) -> None:
    with pytest.raises(ValueError, match=r"^Write the .*\.$"):
        mended(field, typed)


def facts(document: object, supplied: dict[str, str] | None = None) -> dict[str, Fact]:
    return {str(fact.key): fact for fact in facts_of(document, supplied or {})}  # type: ignore[arg-type]


def test_everything_but_what_comes_from_the_file_can_be_supplied() -> None:
    page = make_document("T", [], [], outlet="The Post", published="2018-01-09")
    assert refusal(page, "outlet") == refusal(page, "title") == refusal(page, "byline") == ""
    assert "capture itself" in refusal(page, "sha256")
    assert "no zone" in refusal(page, "zone")


def test_a_missing_zone_is_said_and_may_be_supplied() -> None:
    said = [Comment("a", 0, "x", posted="2018-01-04T21:41"), Comment("b", 1, "y", posted="2018-01-04T22:00+09:00")]
    partly = make_document("T", [], said)
    assert facts(partly)["zone"].value == "zone not stated"
    assert facts(partly, {"zone": "KST"})["zone"].value == "KST"
    whole = make_document("T", [], said[1:])
    assert "stated" in facts(whole)["zone"].value
    assert refusal(whole, "zone")


def test_every_fact_tells_where_it_came_from() -> None:
    page = make_document(
        "T",
        [("One.", "paragraph")],
        [Comment("a", 0, "x")],
        published="2018-01-09",
        published_raw="Jan 9",
        published_evidence="the page's time element",
        stated_comment_count=StatedCount(7, "7 Comments"),
        folded=(Folded("Menu\nSearch", "before the article"),),
        dropped=({"what": "field weather", "count": 2},),
        problems=("the third comment has no text",),
        capture=Capture("/a/b.html", None, "ab12", "html", "utf-8", "2024-01-01", "file date"),
    )
    found = facts(page, {"outlet": "Mine"})
    assert found["published"].right == "the page's time element, written “Jan 9”"
    assert found["title"].right == "stated by the page"
    assert (found["outlet"].value, found["outlet"].right) == ("Mine", "supplied by you; Enter changes it")
    assert (found["saved"].value, found["saved"].right) == (
        "2024-01-01",
        "by the file date, which may be that of a copy",
    )
    assert (found["stated"].value, found["stated"].right) == ("page says 7, found 1", "“7 Comments”")
    assert (found["folded 0"].value, found["folded 0"].right) == ("Menu\nSearch", "before the article")
    assert (found["dropped 0"].label, found["dropped 0"].value) == ("2 ×", "field weather")
    assert found["problem 0"].value == "the third comment has no text"


@pytest.mark.parametrize("width", [8, 20, 40, 120])
def test_a_fact_is_shown_whole_at_any_width(width: int) -> None:
    page = make_document("한국어 제목 " * 9, [("One.", "paragraph")], [], url="https://example.org/" + "a" * 90)
    source = FactsSource(facts_of(page, {}))
    words = "".join(row.plain.replace(" ", "") for at in range(len(source)) for row in source.rows(at, width))
    assert "한국어제목" * 3 in words.replace("Title", "") or width < 40
    assert all(row.plain for at in range(len(source)) for row in source.rows(at, width))


async def choose(found: Opened, key: str) -> DetailsScreen:
    """Open the details and go to a fact."""
    if not isinstance(found.app.screen, DetailsScreen):
        await go(found, "g d")
    screen = over(found, DetailsScreen)
    at = screen.list.source.find(key)
    assert at is not None
    screen.list.move_cursor(at)
    await found.handled()
    return screen


async def test_what_is_supplied_stands_in_the_head_and_in_citations(
    reader_options: ReaderOptions, copied: list[str]
) -> None:
    async with opened(reader_options) as found:
        await go(found, "J")
        screen = await choose(found, "outlet")
        await go(found, "enter")
        await write(found, "The Post")
        await go(found, "enter")
        assert "supplied by you" in found.shown()
        assert "Supplied" in screen.status.message
        await go(found, "q")
        assert found.document.outlet == "The Post"
        assert "The Post" in found.shown()
        await go(found, "y")
        await found.until(lambda: copied)
        assert "The Post [supplied by you]" in copied[0]
    async with opened(reader_options) as found:
        assert found.document.outlet == "The Post"


async def test_supplying_is_undone_done_again_and_taken_back(reader_options: ReaderOptions) -> None:
    async with opened(reader_options) as found:
        await go(found, "J")
        details = found.app.session.details
        name = found.document.id
        screen = await choose(found, "byline")
        await go(found, "enter")
        await write(found, "Kim;Lee")
        await go(found, "enter")
        assert details.of(name) == {"byline": "Kim;Lee"}
        await go(found, "u")
        assert details.of(name) == {}
        await go(found, "ctrl+r")
        assert details.of(name) == {"byline": "Kim;Lee"}
        await go(found, "enter", "ctrl+u", "enter")
        assert details.of(name) == {}
        assert screen.status.message == "Taken back."
        await go(found, "q")
        assert found.document.byline == ()


async def test_a_date_that_is_none_keeps_the_line_open(tmp_path: Path) -> None:
    options = options_for(tmp_path / "home", put_corpus(tmp_path / "captures", {**SILENT, "date": None}))
    async with opened(options) as found:
        screen = await choose(found, "published")
        await go(found, "enter")
        await write(found, "soon")
        await go(found, "enter")
        assert "Write the date" in screen.status.message
        assert screen.prompt.display
        await go(found, "escape")
        assert not screen.prompt.display
        assert found.app.session.details.of(found.document.id) == {}


async def test_what_the_capture_states_can_be_corrected_and_stays_to_be_seen(reader_options: ReaderOptions) -> None:
    async with opened(reader_options) as found:
        screen = await choose(found, "outlet")
        await go(found, "enter")
        stated = screen.prompt.value
        assert stated == found.document.outlet
        screen.prompt.value = "The Other Post"
        await go(found, "enter")
        assert any(fact.right.endswith(f"the capture says “{stated}”") for fact in screen.facts(""))
        await go(found, "q")
        assert found.document.outlet == "The Other Post"
        assert found.document.extra["supplied"] == {"outlet": stated}
        assert "outlet supplied by you" in " ".join(found.shown().split())
        await go(found, "u")
        assert found.document.outlet == stated


async def test_a_full_disk_is_said(reader_options: ReaderOptions, monkeypatch: pytest.MonkeyPatch) -> None:
    async with opened(reader_options) as found:
        await go(found, "J")
        screen = await choose(found, "outlet")

        def full(*_: object) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(found.app.session.storage, "append", full)
        await go(found, "enter", "x", "enter")
        assert "could not be saved" in screen.status.message
        assert found.app.session.details.of(found.document.id) == {}


async def test_a_fact_is_copied_and_the_list_filtered(reader_options: ReaderOptions, copied: list[str]) -> None:
    async with opened(reader_options) as found:
        screen = await choose(found, "url")
        await go(found, "y")
        await found.until(lambda: copied)
        assert copied == [THREAD["url"]]
        await go(found, "/")
        await write(found, "sha")
        assert [fact.label for fact in screen.facts("sha") if not fact.heading] == ["SHA-256"]
        await go(found, "escape", "escape", "escape")
        assert found.app.screen is found.reader


@pytest.mark.parametrize("size", [(80, 24), (24, 6)])
async def test_hostile_facts_are_shown_as_words(tmp_path: Path, size: tuple[int, int]) -> None:
    page = {**THREAD, "title": HOSTILE, "outlet": HOSTILE, "author": HOSTILE, "url": None}
    options = options_for(tmp_path / "home", put_corpus(tmp_path / "captures", page))
    async with opened(options, size) as found:
        await choose(found, "title")
        shown = found.shown()
        assert not forbidden_in(shown)
        if size[0] == 80:
            assert shown.count("[bold]x[/bold] [/단독]") >= 3


async def test_the_same_text_at_another_address_is_told(tmp_path: Path) -> None:
    first = {**SILENT, "url": "https://one.example/a"}
    captures = put_corpus(tmp_path / "captures", first, {**first, "url": "https://two.example/b"})
    async with opened(options_for(tmp_path, captures)) as reader:
        await go(reader, "g d")
        assert "Also at" in reader.shown()
        assert "https://two.example/b" in reader.shown()
