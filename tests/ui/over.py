"""What the tests of the screens over the reader share: keys with all that they bring about."""

from __future__ import annotations

from typing import TypeVar

from textual.screen import Screen

from tests.ui.support import Opened

Kind = TypeVar("Kind", bound=Screen)  # type: ignore[type-arg]


async def go(opened: Opened, *keys: str) -> None:
    """Press keys and wait until what they bring about is there: screens mounted, messages handled, lines painted."""
    for key in keys:
        await opened.press(key)
        await opened.pilot.pause()


async def write(opened: Opened, text: str) -> None:
    """Type text into the field that has the focus."""
    await opened.type(text)
    await opened.pilot.pause()


def over(opened: Opened, kind: type[Kind]) -> Kind:
    """Return the screen that lies over the reader."""
    found = opened.app.screen
    assert isinstance(found, kind)
    return found
