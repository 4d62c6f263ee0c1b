"""Hostile captures on the screen: no code point that steers a terminal, no action run, no error, whatever is opened."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from textual import events
from textual.app import App

from corpus.text import canonical
from tests.ui.support import FORBIDDEN, SILENT, Opened, forbidden_in, opened, options_for, put_corpus
from tui.screens.editor import NoteEditor
from tui.screens.search import SearchScreen
from tui.view.layout import PANES

HOSTILE = Path(__file__).parents[3] / "shared" / "hostile"
CAPTURES = [
    path for path in sorted(HOSTILE.glob("*")) if path.suffix not in (".md", ".db") and "notes" not in path.name
]  # fmt: skip
ESC = "\x1b"
OVER = ("Y", "g d", "F")
FIELD_ACTIONS = ("submit", "cursor_down", "cursor_up", "cursor_page_down", "cursor_page_up")
"""What the bindings of text fields run themselves."""
NASTY = {
    "markup": "[@click=app.quit()]press[/] [bold red]x[/bold red] [link=https://x.example]y[/link] [/ [[ ]] \\[",
    "escapes": f"{ESC}]52;c;aGFjaw==\x07 {ESC}[2J{ESC}[31mred {ESC}P+q{ESC}\\ \x9b31m\x9d0;t\x9c \x00\x07\x08\x0e\x7f",
    "bidi": "\u202eevil\u202c \u2066iso\u2069 \u200f\u200e\u061c \ufeff שלום عربي",
    "invisible": "ad\u200bmin \U000e0041\U000e0042 \u2060 \u00ad \u115f\u1160\u3164 \u200d\u200d",
    "marks": "e" + "\u0301" * 3000 + " 각" + "\u0300\u20e3" * 200 + " \u0301alone",
    "emoji": "👩‍👩‍👧‍👦🏳️‍🌈🇰🇷✌🏽1️⃣" * 40,
    "surrogates": "\ud83d lone \udca9",
    "nonchars": "\ufffe\uffff\U0010ffff\ue000\u2028\u2029\x85",
    "tabs": "a\tb\t\tc\r\nd\re\x0b\x0cf",
    "long": "x" * 200_000 + " end",
    "wide": "한" * 5000 + "漢" * 5000,
    "format": "%s {0} ${HOME} $(id) `id` '; DROP TABLE x; --",
}


def nasty_document(name: str) -> dict[str, Any]:
    text = NASTY[name]
    return {
        "title": f"{name} {text[:300]}",
        "author": text[:200],
        "outlet": text[:60],
        "url": f"https://x.example/{name}",
        "date": text[:40],
        "paragraphs": [f"needle {text}", {"text": text, "kind": "quote"}],
        "comments": [
            {"id": "a", "author": text[:100], "date": text[:30], "title": text[:50], "body": f"needle {text}"},
            {"id": "b", "parent": "a", "author": "", "body": f"@{text[:40]} {text}"},
        ],
    }


@pytest.fixture(autouse=True)
def no_action(monkeypatch: pytest.MonkeyPatch, copied: list[str]) -> Iterator[None]:
    """No test here may run an action; nothing that is copied may steer a terminal."""
    run: list[str] = []
    own = App.run_action

    async def run_action(self: App[int], action: Any, *rest: Any, **settings: Any) -> bool:
        if action not in FIELD_ACTIONS:
            run.append(str(action))
            return True
        return await own(self, action, *rest, **settings)

    monkeypatch.setattr(App, "run_action", run_action)
    yield
    assert run == []
    assert not any(forbidden_in(text.replace("\t", "")) for text in copied)


def check(reader: Opened) -> None:
    """Look at every segment on the screen: its text, and what a click on it would do."""
    assert reader.errors == []
    for strip in reader.app.screen._compositor.render_strips():
        for segment in strip:
            found = {f"U+{ord(char):04X}" for char in segment.text if ord(char) in FORBIDDEN}
            assert not found, (found, segment.text)
            style = segment.style
            assert style is None or (style.link is None and not any(key.startswith("@click") for key in style.meta))


async def look_at_everything(reader: Opened, *, every_screen: bool = True) -> None:
    """Show every document in every pane, and the screens over it: in turns, unless it is to be every one."""
    screen = reader.reader
    screen.show_pane("articles")
    await reader.press("G", "g g")

    def first() -> str | None:
        return screen.articles.entries.document(0) if screen.articles.entries else None

    await reader.until(lambda: screen.document is not None and screen.document.id == first())
    seen: set[str] = set()
    for turn in range(60):
        seen.add(screen.document.id if screen.document else "")
        await reader.pilot.pause()
        check(reader)
        for pane in PANES[1:]:
            screen.show_pane(pane)
            await reader.press("g g", "z R" if pane == "comments" else "pagedown")
            check(reader)
            await reader.press("G")
            check(reader)
        screen.show_pane("comments")
        await reader.press("g g", "p", "V", "2 j", "y")
        check(reader)
        for keys in OVER if every_screen else OVER[turn % 6 : turn % 6 + 1]:
            await reader.press(keys)
            check(reader)
            for _ in range(9):
                if reader.app.screen is screen:
                    break
                await reader.press("escape")
        assert reader.app.screen is screen
        before = screen.document
        await reader.press("J")
        if screen.document is before:
            break
    assert len(seen) == sum(bool(entry and entry.document) for entry in screen.session.shelf.listed.entries(0, 100))


async def search_for(reader: Opened, word: str) -> None:
    await reader.press("s")
    await reader.until(lambda: isinstance(reader.app.screen, SearchScreen))
    found = reader.app.screen
    assert isinstance(found, SearchScreen)
    found.input.value = word
    await reader.until(lambda: found.answered == canonical(word))
    for _ in range(len(found.list.source)):
        await reader.press("down")
        check(reader)
        if found.list.cursor >= 12:
            break
    await reader.press("escape")


@pytest.mark.parametrize("size", [(100, 30), (40, 10)])
async def test_nasty_strings_in_every_field(tmp_path: Path, size: tuple[int, int]) -> None:
    corpus = tmp_path / "captures"
    corpus.mkdir()
    for name in NASTY:
        (corpus / f"{name}.json").write_text(json.dumps(nasty_document(name)), "utf-8")
    async with opened(options_for(tmp_path, corpus), size) as reader:
        assert len(reader.reader.articles.source) == len(NASTY)
        await look_at_everything(reader, every_screen=size[1] > 20)
        await search_for(reader, "needle")


async def test_markup_is_shown_as_it_is_and_clicks_on_it_do_nothing(tmp_path: Path) -> None:
    corpus = put_corpus(tmp_path / "captures", nasty_document("markup"))
    async with opened(options_for(tmp_path, corpus), (120, 40)) as reader:
        assert "[@click=app.quit()]press[/]" in reader.shown()
        pane = reader.reader.article
        for y in range(1, 12):
            await reader.pilot.click(pane, offset=(12, y))
        assert reader.app.is_running
        await reader.press("/")
        await reader.type("[/")
        assert reader.reader.lit is not None
        assert reader.reader.lit.spans
        await reader.press("enter", "h", "\\")
        await reader.type("[@click")
        assert len(reader.reader.articles.source) == 1
        check(reader)


async def test_nasty_notes_tags_and_filters(tmp_path: Path) -> None:
    corpus = put_corpus(tmp_path / "captures", nasty_document("markup"))
    async with opened(options_for(tmp_path, corpus), (100, 30)) as reader:
        await reader.press("1 G", "t")
        reader.reader.prompt.value = "[@click=app.quit()]x[/], \u202eevil, \x1b[2J"
        check(reader)
        await reader.press("enter")
        await reader.pilot.pause()
        assert len(reader.notes()) == 1
        assert "Tags:" in reader.message
        check(reader)
        await reader.press("/")
        reader.reader.prompt.value = "\u202eevil \x1b[2J"
        await reader.pilot.pause()
        check(reader)
        await reader.press("escape", "h", "\\")
        reader.reader.prompt.value = "\u202eevil \x1b[2J"
        await reader.pilot.pause()
        check(reader)
        await reader.press("escape", "1 G")
        await search_for(reader, "\u202eevil \x1b[2J")
        await reader.press("t")
        check(reader)
        await reader.press("escape", "g n")
        await reader.pilot.pause()
        check(reader)


async def test_what_is_pasted_into_a_note_is_clean(tmp_path: Path) -> None:
    async with opened(options_for(tmp_path, put_corpus(tmp_path / "captures", SILENT)), (100, 30)) as reader:
        await reader.press("a")
        await reader.until(lambda: isinstance(reader.app.screen, NoteEditor) and reader.app.screen.area.has_focus)
        editor = reader.app.screen
        assert isinstance(editor, NoteEditor)
        for text in NASTY.values():
            editor.area.post_message(events.Paste(text[:500] + "\n"))
        await reader.until(lambda: editor.area.text.count("\n") >= len(NASTY))
        check(reader)
        await reader.press("ctrl+s")
        await reader.until(lambda: reader.notes())
        check(reader)


async def test_a_line_of_a_million_letters_opens(tmp_path: Path) -> None:
    corpus = put_corpus(
        tmp_path / "captures", {"title": "Long", "paragraphs": ["y" * 1_000_000, "가나 " * 100_000], "comments": []}
    )
    async with opened(options_for(tmp_path, corpus), (80, 24)) as reader:
        await reader.press("j", "pagedown", "G", "g g")
        check(reader)


@pytest.mark.skipif(not CAPTURES, reason="the hostile captures are not here")
async def test_hostile_captures(tmp_path: Path) -> None:
    corpus = tmp_path / "captures"
    corpus.mkdir()
    for path in CAPTURES:
        shutil.copy(path, corpus / path.name)
    # reading them takes long, and the second size finds them read
    for size in ((100, 30), (40, 10)):
        async with opened(options_for(tmp_path, corpus), size) as reader:
            await look_at_everything(reader, every_screen=False)
            await search_for(reader, "Great piece")
