"""Draws the picture of the README from the sample: `make picture`."""

from __future__ import annotations

import asyncio
import re
import sys
import tempfile
from pathlib import Path

from corpus.config import Settings
from corpus.paths import folders
from corpus.sample import folder
from tui.app import KoreaReader
from tui.options import ReaderOptions
from tui.screens.reader import Reader

PICTURE = Path(__file__).parents[1] / "docs" / "reader.svg"
SIZE = (150, 42)


async def draw() -> str:
    """Open the sample, light a name, mark passages, and return what is seen as SVG."""
    with tempfile.TemporaryDirectory() as home:
        base = Path(home)
        places = folders(base / "data", base / "config", base / "state", base / "cache")
        options = ReaderOptions((folder(),), True, places, Settings(), (), False, None)
        app = KoreaReader(options)
        async with app.run_test(size=SIZE) as pilot:
            reader = app.screen
            assert isinstance(reader, Reader)
            for _ in range(500):
                await pilot.pause(0.02)
                if reader.counts and not reader.is_gathering:
                    break
            await pilot.press(
                "7", "G", "H", "4", "G", "tab", "j", "j", "j", "2", "H", "tab", "j", "j", "shift+tab", "shift+tab"
            )
            for _ in range(300):
                await pilot.pause(0.02)
                if not reader.status.message:
                    break
            picture = app.export_screenshot(title="korea-reader")
    # the fonts are the viewer's own: a picture asks nobody for anything
    return re.sub(r"@font-face \{.*?\}\s*", "", picture, flags=re.DOTALL)


if __name__ == "__main__":
    (Path(sys.argv[1]) if len(sys.argv) > 1 else PICTURE).write_text(asyncio.run(draw()), encoding="utf-8")
