from __future__ import annotations

import stat
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.storage import Storage
from tui.quotes import KEPT, Quotes


def test_quotes_outlive_the_session_newest_first(tmp_path: Path) -> None:
    path = tmp_path / "state" / "quotes.json"
    quotes = Quotes(path, Storage())
    quotes.remember("one")
    quotes.remember("둘\nlines")
    assert Quotes(path, Storage()).all() == ("둘\nlines", "one")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_quote_copied_again_comes_first_and_is_kept_once(tmp_path: Path) -> None:
    quotes = Quotes(tmp_path / "q", Storage())
    for text in ("a", "b", "a"):
        quotes.remember(text)
    assert quotes.all() == ("a", "b")


class _SlowStorage(Storage):
    """A storage during whose first reading something else happens."""

    meanwhile: Callable[[], None] | None = None

    def read(self, path: Path) -> bytes:
        happens, self.meanwhile = self.meanwhile, None
        try:
            return super().read(path)
        finally:
            if happens:
                happens()


def test_a_quote_copied_while_they_are_first_read_stays(tmp_path: Path) -> None:
    storage = _SlowStorage()
    quotes = Quotes(tmp_path / "q", storage)
    copying = threading.Thread(target=quotes.remember, args=("copied",))

    def copy_meanwhile() -> None:
        copying.start()
        copying.join(0.2)

    storage.meanwhile = copy_meanwhile
    quotes.all()
    copying.join()
    assert quotes.all() == ("copied",)


def test_only_the_last_are_kept(tmp_path: Path) -> None:
    quotes = Quotes(tmp_path / "q", Storage())
    for number in range(KEPT + 5):
        quotes.remember(str(number))
    assert len(quotes.all()) == KEPT
    assert quotes.all()[-1] == "5"


def test_nothing_is_not_remembered_and_control_characters_do_not_stay(tmp_path: Path) -> None:
    quotes = Quotes(tmp_path / "q", Storage())
    quotes.remember("  ")
    quotes.remember("a\x1b[201~b")
    assert len(quotes.all()) == 1
    assert quotes.all()[0].isprintable()


def test_they_can_be_saved_into_a_file_that_overwrites_nothing(tmp_path: Path) -> None:
    quotes = Quotes(tmp_path / "q", Storage())
    quotes.remember("first")
    quotes.remember("second")
    (tmp_path / "quotes.txt").write_text("mine")
    saved = quotes.save_to(tmp_path)
    assert (tmp_path / "quotes.txt").read_text() == "mine"
    assert saved.read_text().index("first") < saved.read_text().index("second")


@pytest.mark.parametrize("content", [b"{", b"{}", b"\xff", b"[" * 100_000])
def test_a_file_of_another_shape_is_set_aside_not_overwritten(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "quotes.json"
    path.write_bytes(content)
    quotes = Quotes(path, Storage())
    quotes.remember("new")
    assert quotes.all() == ("new",)
    assert any(kept.read_bytes() == content for kept in tmp_path.iterdir() if kept != path)


def test_a_quote_is_remembered_though_it_cannot_be_saved(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("a file where the folder should be")
    quotes = Quotes(tmp_path / "state" / "quotes.json", Storage())
    with pytest.raises(OSError, match="state"):
        quotes.remember("kept")
    assert quotes.all() == ("kept",)
