"""Changes to notes and names: made, what came of them said, taken back and done again, on every screen alike."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from tui.dispatch import CommandScreen

if TYPE_CHECKING:
    from tui.session import Session


class Undoing(CommandScreen):
    """A screen that makes changes of the session's log."""

    session: Session

    def after_change(self, saved: bool) -> None:
        """Show things as they are now; `saved` is False where the change failed."""
        raise NotImplementedError

    def stepped(self, label: str | None) -> None:
        """Follow what was taken back or done again; `label` is None where there was nothing."""

    def attempt(self, change: Callable[[], str]) -> bool:
        """Make a change and show what came of it; False where it failed, which is said and loses nothing."""
        from corpus.notes.errors import NotSavedError

        notebook = self.session.notebook
        try:
            said = change()
        except (NotSavedError, OSError) as error:
            saved = False
            self.say(str(error), error=True)
        else:
            saved = True
            self.say(" ".join([*notebook.messages, said]))
            notebook.messages.clear()
        self.after_change(saved)
        return saved

    def change(self, change: Callable[[], str]) -> bool:
        """Make a change as a command, which is done whether it failed or not."""
        self.attempt(change)
        return True

    def command_undo(self, count: int | None) -> bool:
        """Take the last change back."""
        return self.change(lambda: self._step("Undone", self.session.undo.undo))

    def command_redo(self, count: int | None) -> bool:
        """Do again what was taken back."""
        return self.change(lambda: self._step("Done again", self.session.undo.redo))

    def _step(self, verb: str, step: Callable[[], str | None]) -> str:
        label = step()
        self.stepped(label)
        return f"{verb}: {label}." if label else "Nothing more."
