"""Links: which there are, what host each has, and that nothing opens unasked."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from corpus.model import Comment, Document, Link, make_document
from tests.ui.over import go, over, write
from tests.ui.support import THREAD, Opened, forbidden_in, opened, options_for, put_corpus
from tui.browser import ASK_SECONDS, Asked, open_page, shown_host
from tui.options import ReaderOptions
from tui.screens.links import LinksScreen, addresses_in, links_at

HOSTILE = "[bold]x[/bold] [/단독] [@click=app.quit]go[/]"


class Browser:
    """A browser that writes down what it is given, an argument a line."""

    def __init__(self, folder: Path) -> None:
        self.log, self.program = folder / "opened.txt", folder / "browser"
        line = f'for word in "$@"; do echo "$word"; done > "{self.log}.part"\nmv "{self.log}.part" "{self.log}"\n'
        self.program.write_text(f"#!/bin/sh\n{line}")
        self.program.chmod(self.program.stat().st_mode | stat.S_IXUSR)

    def given(self) -> str:
        """Return what it was given; empty where it was not opened."""
        return self.log.read_text().strip("\n") if self.log.exists() else ""


@pytest.fixture
def browser(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Browser:
    """The user's browser."""
    made = Browser(tmp_path)
    monkeypatch.setenv("BROWSER", f"{made.program} %s")
    return made


def page() -> Document:
    words = "Read https://a.example/one, then (https://b.example/two)."
    said = Comment("k", 0, "See https://c.example/three.", url="#k", links=(Link(None, "mailto:x@d.example"),))
    return make_document("T", [(words, "paragraph"), ("Other.", "paragraph")], [said], url="https://p.example/page")


def test_addresses_end_where_the_sentence_goes_on() -> None:
    text = "“https://a.example/x”, HTTP://b.example/?q=1&r=[2]. 「https://c.example/뉴스」 ftp://d.example javascript:x"
    assert addresses_in(text) == ["https://a.example/x", "HTTP://b.example/?q=1&r=", "https://c.example/뉴스"]


def test_the_links_of_the_passage_come_first_and_each_once() -> None:
    found = links_at(page(), page().span("body", 0, 30))
    assert [(link.url, link.group) for link in found] == [
        ("https://a.example/one", "THIS PASSAGE"),
        ("https://p.example/page", "DOCUMENT"),
        ("https://b.example/two", "DOCUMENT"),
    ]
    comment = links_at(page(), page().span("comment", 0, 5, "k"))
    assert [link.url for link in comment[:3]] == [
        "mailto:x@d.example",
        "https://c.example/three",
        "https://p.example/page#k",
    ]
    assert comment[0].group == "COMMENT #1"


def test_a_host_in_other_letters_is_shown_in_both_forms() -> None:
    assert shown_host("https://user@evil.example/good.example") == "evil.example"
    assert shown_host("https://раураl.example/") == "раураl.example (xn--l-7sba6dbr.example)"
    assert shown_host("javascript:alert(1)") is None


def test_a_second_press_counts_only_for_the_same_address_and_soon() -> None:
    now = 0.0
    asked = Asked(lambda: now)
    assert not asked.again("a")
    assert not asked.again("b")
    assert asked.again("b")
    assert not asked.again("b")
    now = ASK_SECONDS + 0.1
    assert not asked.again("b")


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "javascript:alert(1)", "-https://a.example", "https://a.example/\nx", "https://", "x"]
)
def test_what_is_no_web_address_never_reaches_the_browser(url: str, browser: Browser) -> None:
    assert open_page(url)[1]
    assert not browser.given()


def test_the_browser_gets_the_address_as_one_argument(browser: Browser) -> None:
    url = "https://a.example/;touch$(x)&y='z'"
    assert open_page(url) == ("Handed a.example to the browser.", False)
    assert browser.given() == url


def test_a_browser_that_fails_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "TERM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("BROWSER", "/nonexistent/browser %s")
    monkeypatch.setenv("PATH", "")
    said, failed = open_page("https://a.example/")
    assert failed
    assert "copies the address" in said


async def links(found: Opened) -> LinksScreen:
    await go(found, "F")
    return over(found, LinksScreen)


async def test_o_shows_the_host_and_opens_on_the_second_press(reader_options: ReaderOptions, browser: Browser) -> None:
    async with opened(reader_options) as found:
        await go(found, "o")
        assert found.message == "Open harbour.example in the browser? o again opens it."
        assert not browser.given()
        await go(found, "o")
        await found.until(browser.given)
        assert browser.given() == THREAD["url"]
        await found.until(lambda: found.message == "Handed harbour.example to the browser.")


async def test_a_page_without_an_address_says_so(reader_options: ReaderOptions) -> None:
    async with opened(reader_options) as found:
        await go(found, "J", "o")
        assert "No address is stated" in found.message


async def test_enter_asks_before_a_link_is_opened(reader_options: ReaderOptions, browser: Browser) -> None:
    async with opened(reader_options) as found:
        await go(found, "c", "5 G")
        screen = await links(found)
        assert "COMMENT #5" in found.shown()
        assert screen.chosen() == "https://x.example/a"
        await go(found, "enter")
        assert "Open x.example" in screen.status.message
        await go(found, "j", "enter")
        assert "Open harbour.example" in screen.status.message
        assert not browser.given()
        await go(found, "enter")
        await found.until(browser.given)
        assert browser.given() == THREAD["url"]


async def test_other_schemes_are_shown_and_not_opened(tmp_path: Path, browser: Browser, copied: list[str]) -> None:
    comment = {"id": "a", "author": "x", "body": "words", "links": [{"span": None, "url": "mailto:x@d.example"}]}
    whole = {**THREAD, "format": "korea-reader/1", "comments": []}
    options = options_for(tmp_path / "home", put_corpus(tmp_path / "captures", whole))
    async with opened(options) as found:
        mail = Comment("a", 0, str(comment["body"]), links=(Link(None, "mailto:x@d.example"),))
        document = make_document("T", [], [mail])
        found.app.push_screen(
            LinksScreen(links_at(document, document.span("comment", 0, 1, "a")), found.app.session.quotes)
        )
        await found.pilot.pause()
        assert "not opened" in found.shown()
        await go(found, "enter", "enter", "o")
        assert "Only web addresses" in found.message
        await go(found, "y")
        await found.until(lambda: copied)
        assert copied == ["mailto:x@d.example"]
        assert not browser.given()


async def test_links_are_filtered_and_left(reader_options: ReaderOptions) -> None:
    async with opened(reader_options) as found:
        screen = await links(found)
        await go(found, "/")
        await write(found, "nowhere")
        assert "No links here." in found.shown()
        await go(found, "escape", "escape")
        assert found.app.screen is not screen


@pytest.mark.parametrize("size", [(80, 24), (24, 6)])
async def test_hostile_words_are_shown_as_words(tmp_path: Path, size: tuple[int, int]) -> None:
    document = make_document(
        HOSTILE, [(HOSTILE, "paragraph")], [], url=f"https://a.example/{HOSTILE}", links=(Link(None, HOSTILE),)
    )
    options = options_for(tmp_path / "home", put_corpus(tmp_path / "captures", THREAD))
    async with opened(options, size) as found:
        found.app.push_screen(LinksScreen(links_at(document, None), found.app.session.quotes))
        await found.pilot.pause()
        assert not forbidden_in(found.shown())
        if size[0] == 80:
            assert "[bold]x[/bold] [/단독] [@click=app.quit]go[/]" in found.shown()
        await go(found, "enter", "enter")
