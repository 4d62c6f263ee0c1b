"""Captures of one document: when each was saved, what differs, reading one as it was."""

from __future__ import annotations

import json
import os
from pathlib import Path

from tests.ui.support import SILENT, THREAD, opened, options_for, put_corpus
from tui.screens.versions import VersionsScreen


async def test_versions_are_listed_compared_and_read(tmp_path: Path) -> None:
    captures = put_corpus(tmp_path / "captures", THREAD, SILENT)
    gone = {"id": "x9", "author": "Tern", "body": "Taken down later."}
    paragraphs = [THREAD["paragraphs"][0].replace("nine", "eight"), *THREAD["paragraphs"][1:]]
    earlier = {**THREAD, "paragraphs": paragraphs, "comments": [*THREAD["comments"][:4], gone]}
    (captures / "earlier.json").write_text(json.dumps(earlier), "utf-8")
    os.utime(captures / "earlier.json", (1.5e9, 1.5e9))
    async with opened(options_for(tmp_path, captures)) as reader:
        assert reader.document.title == THREAD["title"]
        await reader.press("3 G", "g v")
        await reader.until(lambda: isinstance(reader.app.screen, VersionsScreen))
        shown = reader.shown()
        assert "2017-07-14" in shown
        assert "newest" in shown
        assert "[−eight][+nine]" in shown
        assert "1 paragraph changed" in shown
        assert "3 comments new, 1 comment gone" in shown
        assert "Taken down later." in shown
        await reader.press("v")
        assert "compared with this one" in reader.message
        await reader.press("down", "v", "v", "enter")
        await reader.until(lambda: reader.app.screen is reader.reader)
        assert "eight" in reader.document.paragraphs[0].text
        assert "not the newest" in reader.shown()
        assert [comment.text for comment in reader.document.comments][-1] == "Taken down later."
        await reader.press("ctrl+o")
        await reader.press("J", "K")
        assert "nine" in reader.document.paragraphs[0].text
        assert "not the newest" not in reader.shown()


async def test_one_capture_is_said(tmp_path: Path) -> None:
    async with opened(options_for(tmp_path, put_corpus(tmp_path / "captures", SILENT)), (60, 14)) as reader:
        await reader.press("g v")
        assert "There is one capture of this document." in reader.shown()
        await reader.press("q")
        assert reader.app.screen is reader.reader
