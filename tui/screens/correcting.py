"""The corrections that the reader and the card share: from a key to a judgement."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

from corpus.model import Document, Mention
from tui.dispatch import CommandScreen
from tui.view.lines import Line
from tui.view.rows import Run

if TYPE_CHECKING:
    from corpus.entities.card import Subject
    from corpus.entities.proposals import Op, Wish
    from tui.namebook import Preview
    from tui.session import Session

SAID = {
    "merge": "Merged",
    "split": "Split",
    "rename": "Renamed",
    "retype": "Type changed",
    "ignore": "Ignored",
    "link": "Linked",
    "unlink": "Link taken away",
}
NO_SUBJECT = "Choose a person, place or thing in Entities first."


class About(NamedTuple):
    """What a correction is about: the subject, one mention of it, words it was narrowed to, an id merged into it."""

    subject: Subject
    mention: Mention | None = None
    spelling: str = ""
    member: str = ""


class Correcting(CommandScreen):
    """Asks for what a correction needs, shows what it would change, and makes it."""

    session: Session

    def correction_about(self) -> About | None:
        """Return what the keys correct; None where nothing is chosen."""
        raise NotImplementedError

    def correction_document(self) -> Document | None:
        """Return the document that is open."""
        raise NotImplementedError

    def names_changed(self) -> None:
        """Show the names as they are now."""
        raise NotImplementedError

    # the commands

    def command_entity_merge(self, count: int | None) -> bool | str:
        """Merge with another entity."""
        return self._with_entity("merge", "is the same as…")

    def command_entity_link(self, count: int | None) -> bool | str:
        """Link to an entity."""
        return self._with_entity("link", "names…")

    def command_entity_ignore(self, count: int | None) -> bool | str:
        """Take it for no name."""
        return self._about("ignore", lambda about: self._preview(self._wish("ignore", about), "is no name"))

    def command_entity_unlink(self, count: int | None) -> bool | str:
        """Take the link to the entity away."""

        def ask(about: About) -> bool | str:
            if about.subject.id is None:
                return "It is linked to nothing."
            return self._preview(self._wish("unlink", about), "is not this entity")

        return self._about("unlink", ask)

    def command_entity_rename(self, count: int | None) -> bool | str:
        """Give it another name."""
        from tui.screens.corrections import Choose, name_lines

        def ask(about: About) -> bool:
            def named(name: Any) -> None:
                if isinstance(name, str):
                    wish = (
                        self._wish("rename", about, name)
                        if about.subject.id
                        else self._wish_for_new("rename", about, name)
                    )
                    self._preview(wish, f"shall be called {name}")

            title = f"Rename {about.subject.name}"
            self.app.push_screen(Choose(title, "the name it shall have", name_lines, about.subject.name), named)
            return True

        return self._about("rename", ask)

    def command_entity_retype(self, count: int | None) -> bool | str:
        """Give it another type."""
        from tui.screens.corrections import Choose, type_lines

        def ask(about: About) -> bool:
            def typed(kind: Any) -> None:
                if isinstance(kind, str):
                    self._preview(self._wish("retype", about, kind), f"is of type {kind}")

            title = f"What is {about.subject.name}?"
            self.app.push_screen(Choose(title, "person, place, organisation…", type_lines), typed)
            return True

        return self._about("retype", ask)

    def command_entity_split(self, count: int | None) -> bool | str:
        """Split off what was merged, or one spelling as an entity of its own."""
        return self._about("split", self._split)

    def _split(self, about: About) -> bool | str:
        from tui.screens.corrections import Choose

        if about.member or about.spelling:
            self._split_off((about.member, about.spelling), about)
            return True
        members, surfaces = about.subject.members[1:], self._spellings(about)
        rows = self.session.names.gazetteer.rows
        lines = [
            Line((member, ""), (Run(rows[member].name if member in rows else member),), right="merged by you")
            for member in members
        ]
        if len(surfaces) > 1:
            lines += [Line(("", surface), (Run(f"“{surface}”"),), right="a spelling seen here") for surface in surfaces]
        if not lines:
            return "Nothing to split: one spelling, and nothing was merged."

        def chosen(found: Any) -> None:
            if isinstance(found, tuple):
                self._split_off(found, about)

        def fitting(text: str) -> list[Line]:
            return [line for line in lines if text.casefold() in "".join(run.text for run in line.runs).casefold()]

        self.app.push_screen(Choose(f"Split from {about.subject.name}", "which", fitting), chosen)
        return True

    def _spellings(self, about: About) -> list[str]:
        document = self.correction_document()
        named = self.session.names.mentions(document) if document else ()
        found = (" ".join(mention.surface.split()) for mention in named if about.subject.is_named_by(mention))
        return list(dict.fromkeys(found))

    def _split_off(self, what: tuple[str, str], about: About) -> None:
        member, spelling = what
        if member:
            rows = self.session.names.gazetteer.rows
            said = f"is not {rows[member].name if member in rows else member}"
            self._preview(self._wish("split", about._replace(spelling=""), member), said)
        else:
            wish = self._wish_for_new("split", about._replace(spelling=spelling), spelling)
            self._preview(wish, f"“{spelling}” is somebody or something else")

    # the steps

    def _about(self, op: Op, ask: Callable[[About], bool | str]) -> bool | str:
        about = self.correction_about()
        if about is None:
            return NO_SUBJECT
        if about.subject.type == "DATE":
            return "Dates are not corrected: they are what the text says."
        return ask(about)

    def _with_entity(self, op: Op, said: str) -> bool | str:
        from tui.screens.corrections import Choose, entity_lines
        from tui.screens.corrections import Chosen as ChosenEntity

        def ask(about: About) -> bool:
            own = (about.subject.id,) if about.subject.id else ()

            def lines(text: str) -> list[Line]:
                return entity_lines(self.session, text, own, op == "link")

            def chosen(found: Any) -> None:
                if not isinstance(found, ChosenEntity):
                    return
                if found.new_name:
                    wish, name = self._wish_for_new(op, about, found.new_name), found.new_name
                else:
                    rows = self.session.names.gazetteer.rows
                    wish, name = self._wish(op, about, found.id), rows[found.id].name
                self._preview(wish, f"{said.rstrip('…')} {name}")

            title = f"{about.spelling or about.subject.name} {said}"
            text = "" if about.subject.id else about.subject.name
            self.app.push_screen(Choose(title, "a name, in any spelling or Hangul", lines, text), chosen)
            return True

        return self._about(op, ask)

    def _wish(self, op: Op, about: About, target: str = "") -> Wish:
        from corpus.entities.proposals import Wish

        document = self.correction_document()
        return Wish(op, about.subject, about.mention, document.id if document else None, about.spelling, target)

    def _wish_for_new(self, op: Op, about: About, name: str) -> Wish:
        from corpus.entities.proposals import new_id

        names = self.session.names
        taken = {*names.gazetteer.rows, *names.corrections.names}
        return self._wish(op, about, new_id(name, taken))._replace(new_name=name)

    def _preview(self, wish: Wish, said: str) -> bool:
        from tui.screens.corrections import CorrectionScreen

        title = f"{wish.spelling or wish.subject.name} {said}"
        screen = CorrectionScreen(self.session, wish, title, self.correction_document())

        def chosen(preview: Preview | None) -> None:
            if preview is not None:
                self._judge(wish, preview)

        self.app.push_screen(screen, chosen)
        return True

    def _judge(self, wish: Wish, preview: Preview) -> None:
        try:
            self.session.names.judge(f"{SAID[wish.op].lower()}: {wish.subject.name}", preview.judgements)
        except OSError as error:
            self.say(f"The correction could not be written: {error.strerror or error}", error=True)
            return
        self.names_changed()
        self.say(f"{SAID[wish.op]}: {preview.said}. u takes it back.")
