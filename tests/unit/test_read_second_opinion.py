"""trafilatura may say which parts of a page are its article, where the user wants it; the comments stay ours."""

from __future__ import annotations

import importlib.util
import sys
from types import ModuleType

import pytest

from corpus.model import Capture, Document
from corpus.read import read_bytes

LONG = "The two delegations met for eleven hours in the house on the southern side of the line, and parted late in the evening."
COMMENT = "<ol><li class=comment id=comment-1><b class=fn>Ann</b><div class=comment-content><p>Yes.</p></div></li></ol>"
ODD = f"<h1>Talks end</h1><div class=x1><p>{LONG}</p><p>{LONG} Again.</p><p>Buy our book on talks, now cheaper than it ever was.</p></div>{COMMENT}"


def read_one(body: str) -> Document:
    [document] = read_bytes(f"<!DOCTYPE html><title>Talks end</title><body>{body}".encode(), Capture("x.html"))
    assert isinstance(document, Document)
    return document


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Put a stand-in in the place of trafilatura and ask for it; return what it was given."""
    given: list[str] = []

    def extract(source: str, *, include_comments: bool) -> str:
        assert not include_comments
        given.append(source)
        return f"{LONG}\n{LONG} Again.\n- Yes."

    module = ModuleType("trafilatura")
    module.extract = extract  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "trafilatura", module)
    monkeypatch.setenv("KOREA_READER_TRAFILATURA", "1")
    return given


def test_it_chooses_the_article_and_nothing_else(asked: list[str]) -> None:
    document = read_one(ODD)
    assert document.body == f"{LONG}\n\n{LONG} Again."
    assert [(item.author, item.text) for item in document.comments] == [("Ann", "Yes.")]
    assert any("Buy our book" in part.text for part in document.folded)
    assert len(asked) == 1


def test_a_known_template_is_not_asked_about(asked: list[str]) -> None:
    read_one(ODD.replace("class=x1", "class=entry-content"))
    assert not asked


def test_without_the_wish_or_with_a_fault_the_page_is_read_as_ever(
    asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.modules["trafilatura"], "extract", lambda *_, **__: 1 / 0)
    with_fault = read_one(ODD)
    monkeypatch.delenv("KOREA_READER_TRAFILATURA")
    assert with_fault == read_one(ODD)
    assert "Buy our book" in with_fault.body
    assert not asked


@pytest.mark.skipif(importlib.util.find_spec("trafilatura") is None, reason="trafilatura is not installed")
def test_the_real_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KOREA_READER_TRAFILATURA", "1")
    document = read_one(ODD)
    assert LONG in document.body
    assert [item.text for item in document.comments] == ["Yes."]
