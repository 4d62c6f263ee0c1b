"""What the tests of the screens share: small corpora, a reader opened headless, waiting, and looking at cells."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from textual import events
from textual.keys import _character_to_key
from textual.pilot import Pilot

from corpus.config import Settings
from corpus.model import Document
from corpus.paths import Folders
from tui.app import KoreaReader
from tui.options import ReaderOptions
from tui.screens.reader import Reader

PATIENCE = 60.0
"""Seconds after which a test gives up; nothing waits that long on a machine that is not in trouble."""
READING_PATIENCE = 120.0
"""The same for the reading of all captures: some of the hostile ones are given up only after seconds each."""
_STEERING = (
    (0, 0x1F), (0x7F, 0x9F), (0x61C, 0x61C), (0x200E, 0x200F), (0xFEFF, 0xFEFF),
    (0x202A, 0x202E), (0x2066, 0x2069), (0xD800, 0xDFFF), (0xE0000, 0xE0FFF),
)  # fmt: skip
FORBIDDEN = frozenset(code for first, last in _STEERING for code in range(first, last + 1))
"""Code points that would steer a terminal, or reorder what it shows."""

THREAD: dict[str, Any] = {
    "title": "Envoys cross at Panmunjom and talk for nine hours",
    "author": "A. Writer",
    "outlet": "Harbour Post",
    "url": "https://harbour.example/envoys",
    "date": "2018-01-09",
    "paragraphs": [
        "The envoys crossed the line at nine. Mr. Ri Son-gwon led them; 리선권 is how he writes it. "
        "They shook hands twice.",
        "President Moon Jae-in waited in Seoul. He said little. The talks went on until dusk, and nobody left early.",
        "한국 정부는 회담이 순조롭게 진행되고 있다고 밝혔다. 문재인 대통령은 결과를 기다렸다.",
        "A sixth paragraph was promised and never written. " * 6,
        "Kim Jong-un had offered talks on 1 January. Washington watched. So did Beijing.",
        "A last word: the telephone rang again.",
    ],
    "comments": [
        {"id": "r1", "author": "Heron", "date": "2018-01-09T10:00", "body": "First root. The squid know it all."},
        {"id": "r1a", "parent": "r1", "author": "Wren", "date": "2018-01-09T10:05", "body": "A reply to the heron."},
        {"id": "r1b", "parent": "r1a", "author": "Stork", "date": "2018-01-09T10:07", "body": "Deeper: Panmunjon."},
        {
            "id": "r1c",
            "parent": "r1",
            "author": "Crane",
            "date": "2018-01-09T10:09",
            "body": "Second reply. Hidden pearl here.",
        },
        {"id": "r2", "author": "Guest", "date": "2018-01-09T11:00", "body": "Second root. See https://x.example/a"},
        {
            "id": "r3",
            "author": "독자",
            "date": "2018-01-09T12:00",
            "body": "세 번째 뿌리 댓글입니다. 문재인 대통령 힘내세요.",
        },
        {"id": "r3a", "parent": "r3", "author": "Heron", "date": "2018-01-09T12:30", "body": "Agreed with the third."},
    ],
}
SILENT: dict[str, Any] = {
    "title": "A quiet page",
    "date": "2018-02-01",
    "paragraphs": ["Nobody wrote under this page. It is short."],
    "comments": [],
}
KOREAN: dict[str, Any] = {
    "title": "문재인 대통령, 평양에서 온 손님을 맞다",
    "author": "글쓴이",
    "date": "2018-02-10",
    "paragraphs": ["김여정 제1부부장이 청와대를 찾았다. 문재인 대통령이 맞이했다.", "점심에는 북어국이 나왔다."],
    "comments": [{"id": "k1", "author": "독자", "date": "2018-02-10T13:00", "body": "북어국이 먹고 싶다."}],
}


def put_corpus(folder: Path, *documents: Mapping[str, Any], broken: bool = False) -> Path:
    """Write documents as captures of our record format, in the order given; `broken` adds one that is no text."""
    folder.mkdir(parents=True, exist_ok=True)
    for at, document in enumerate(documents):
        (folder / f"{at:02}.json").write_text(json.dumps(document, ensure_ascii=False), "utf-8")
    if broken:
        (folder / "zz-broken.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8)
    return folder


def options_for(home: Path, *paths: Path, **changes: Any) -> ReaderOptions:
    """Return the options of a reader whose folders all lie in `home`."""
    folders = Folders(home / "data", home / "config", home / "state", home / "cache")
    known: dict[str, Any] = {
        "paths": paths,
        "sample": False,
        "folders": folders,
        "settings": Settings(creator="tester"),
        "settings_problems": (),
        "ascii": False,
        "theme": None,
    }
    return ReaderOptions(**{**known, **changes})


@dataclass
class Opened:
    """A reader that runs headless, and the ways in which a test looks at it."""

    app: KoreaReader
    pilot: Pilot[int]
    errors: list[BaseException] = field(default_factory=list)

    @property
    def reader(self) -> Reader:
        """The reader's screen, also while another lies over it."""
        return next(screen for screen in self.app.screen_stack if isinstance(screen, Reader))

    @property
    def document(self) -> Document:
        """The document that is open."""
        assert self.reader.document is not None
        return self.reader.document

    async def press(self, *keys: str) -> None:
        """Press keys one after the other; "g g" is two. Each is handled, with what it posts, before the next."""
        for sequence in keys:
            for key in sequence.split(" "):
                driver = self.app._driver
                assert driver is not None
                driver.send_message(_key_event(key))
                await self.handled()

    async def burst(self, *keys: str) -> None:
        """Send keys all at once, as a slow line delivers them; "g g" is two."""
        driver = self.app._driver
        assert driver is not None
        for key in (key for sequence in keys for key in sequence.split(" ")):
            driver.send_message(_key_event(key))
        await self.handled()

    async def handled(self) -> None:
        """Wait until the messages that are under way have been handled; much quicker than `Pilot.pause`."""
        await self.pilot._wait_for_screen()
        while self.app.key_order.is_under_way:
            await self.pilot._wait_for_screen()
        for _ in range(2):
            await self.pilot._wait_for_screen()

    async def type(self, text: str) -> None:
        """Type text with the keyboard."""
        for char in text:
            await self.press("space" if char == " " else char)

    async def until(self, holds: Callable[[], object], what: str = "", patience: float = PATIENCE) -> None:
        """Wait until something holds; fail when it never does."""
        end = time.monotonic() + patience
        while not holds():
            assert time.monotonic() < end, what or "it never came to pass"
            assert self.app._exception is None, self.app._exception
            await asyncio.sleep(0.005)
            await self.handled()
        await self.handled()

    async def resize(self, width: int, height: int) -> None:
        """Change the size of the terminal."""
        await self.pilot.resize_terminal(width, height)
        await self.handled()

    def shown(self) -> str:
        """Return the text of the screen."""
        return "\n".join("".join(part.text for part in line) for line in self.app.screen._compositor.render_strips())

    @property
    def pane(self) -> str:
        """The name of the pane that has the focus."""
        return self.reader.focused_name

    @property
    def message(self) -> str:
        """The message in the status line."""
        return str(self.app.screen.status.message)  # type: ignore[attr-defined]

    @property
    def lit(self) -> str:
        """The status line's words on what is lit."""
        return self.reader.status.lit

    @property
    def place(self) -> str:
        """The status line's words on where the cursor is."""
        return self.reader.status.place

    def spans(self) -> tuple[str, ...]:
        """Return the words that a command would act on."""
        return tuple(self.document.quote(span) for span in self.reader.texts.targets())

    def notes(self) -> list[dict[str, Any]]:
        """Return the annotations in the notes file."""
        path = self.app.options.folders.notes
        return list(json.loads(path.read_text("utf-8")).get("first", {}).get("items", [])) if path.exists() else []


_CHARACTERS = {"space": " ", "enter": "\r", "tab": "\t", "escape": "\x1b", "backspace": "\x7f"}


def _key_event(key: str) -> events.Key:
    if len(key) == 1:
        return events.Key(_character_to_key(key) if key.isascii() else key, key)
    return events.Key(key, _CHARACTERS.get(key))


def forbidden_in(text: str) -> set[str]:
    """Return the code points of `text` that must not reach a terminal, line feeds apart."""
    return {f"U+{ord(char):04X}" for char in text if ord(char) in FORBIDDEN and char != "\n"}


async def opened_by(pilot: Pilot[int]) -> Opened:
    """Return the reader that a pilot drives, once captures, notes and entities are there."""
    app = pilot.app
    assert isinstance(app, KoreaReader)
    errors: list[BaseException] = []
    app.report = errors.append  # type: ignore[method-assign, assignment]
    found = Opened(app, pilot, errors)
    await found.until(
        lambda: found.reader.notes_loaded and not found.reader.is_gathering,
        "the captures were never read",
        READING_PATIENCE,
    )
    return found


@asynccontextmanager
async def opened(
    options: ReaderOptions, size: tuple[int, int] = (120, 40), *, lenient: bool = False
) -> AsyncIterator[Opened]:
    """Open the reader and wait until it is ready. Errors that it survives fail the test, unless `lenient`."""
    app = KoreaReader(options)
    async with app.run_test(size=size, notifications=True, tooltips=True) as pilot:
        found = await opened_by(pilot)
        yield found
    if found.errors and not lenient:
        raise found.errors[0]
