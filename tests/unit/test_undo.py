"""The log of a session: back and again, and nothing lost when going back fails."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.undo import LIMIT, UndoLog


class Paper:
    def __init__(self) -> None:
        self.words: list[str] = []
        self.log = UndoLog()

    def write(self, word: str) -> None:
        self.words.append(word)
        self.log.did(word, self.words.pop, lambda: self.words.append(word))


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from("wur"), max_size=60))
def test_undo_and_redo_restore_exactly(steps: list[str]) -> None:
    paper = Paper()
    history: list[list[str]] = [[]]
    at = 0
    for number, step in enumerate(steps):
        if step == "w":
            paper.write(str(number))
            history[at + 1 :] = [list(paper.words)]
            at += 1
        elif step == "u":
            assert (paper.log.undo() is None) is (at == 0)
            at = max(0, at - 1)
        else:
            assert (paper.log.redo() is None) is (at == len(history) - 1)
            at = min(len(history) - 1, at + 1)
        assert paper.words == history[at]


def test_labels_come_back() -> None:
    paper = Paper()
    paper.write("one")
    assert paper.log.undo() == "one"
    assert paper.log.redo() == "one"


def test_a_step_that_fails_can_be_tried_again() -> None:
    log = UndoLog()
    fails = [True]

    def step() -> None:
        if fails[0]:
            raise OSError("full")

    log.did("note", step, step)
    with pytest.raises(OSError, match="full"):
        log.undo()
    fails[0] = False
    assert log.undo() == "note"
    fails[0] = True
    with pytest.raises(OSError, match="full"):
        log.redo()
    fails[0] = False
    assert log.redo() == "note"


def test_the_log_has_an_end() -> None:
    paper = Paper()
    for number in range(LIMIT + 20):
        paper.write(str(number))
    undone = 0
    while paper.log.undo():
        undone += 1
    assert undone == LIMIT
    assert len(paper.words) == 20
