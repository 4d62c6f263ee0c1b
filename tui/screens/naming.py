"""The names in the texts: the sidebar, what is lit from it, and the screens that it leads to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.timer import Timer

from corpus.model import Document, Mention, Span
from tui.lit import Lit, reading_order
from tui.screens.correcting import About, Correcting
from tui.screens.parts import ReaderParts
from tui.view.names import NamesSource
from tui.view.rows import EmptySource

if TYPE_CHECKING:
    from corpus.entities.corrections import Corrections
    from corpus.entities.summary import EntityCount


ENTITIES_SECONDS = 0.08


class Naming(Correcting, ReaderParts):
    """Fills the pane of entities and goes on from it."""

    _shown_under: Corrections | None = None
    _entities_of: Document | None = None

    _entities_timer: Timer | None = None

    def entities_later(self) -> None:
        """Show what the open document names once it has been looked at for a moment: the text comes first."""
        if self._entities_timer is None:
            self._entities_timer = self.set_timer(ENTITIES_SECONDS, self.entities_now)
        else:
            self._entities_timer.reset()

    def entities_now(self) -> None:
        """Show what the open document names, unless it is shown: something is about to use it."""
        if self._entities_timer:
            self._entities_timer.stop()
            self._entities_timer = None
        if self.notes_loaded and self._entities_of is not self.document:
            self.show_entities()

    def show_entities(self) -> None:
        """Show what the open document names, or all documents."""
        if self.document is None:
            return
        names = self.session.names
        self._entities_of = self.document
        self._shown_under = names.corrections
        self.mentions = self.session.mentions(self.document)
        if self.entities.everywhere:
            self.counts = names.all_counts()
        else:
            self.counts = self.session.summary(self.document, self.mentions)
        self.fill_entities()

    def fill_entities(self) -> None:
        """Fill the pane of entities under its filter, in its order."""
        pane = self.entities
        shown = self._fitting(pane.filter) if pane.filter.strip() else self.counts
        if not shown:
            nothing = "Nothing fits the filter." if pane.filter else "No people, places or dates were recognised."
            pane.show(EmptySource(nothing))
        else:
            pane.show(NamesSource(self._ordered(shown)), keep=pane.has_focus)
        said = ["all documents"] if pane.everywhere else []
        said += ["by name" if pane.everywhere else "as they appear"] if pane.by_appearance else []
        said += [f"“{pane.filter}”"] if pane.filter else []
        pane.subtitle = " ".join(said)
        pane.repaint()

    def _ordered(self, counts: Sequence[EntityCount]) -> Sequence[EntityCount]:
        """Return entities, within their groups, as they appear in the text; those of all documents by name."""
        if not self.entities.by_appearance or self.document is None:
            return counts
        from corpus.entities.summary import GROUPS

        order = reading_order(self.document)

        def place(entity: EntityCount) -> tuple[int, tuple[int, int, int], str]:
            group = GROUPS.index(entity.group)
            if entity.group == "DATES":
                return group, (0, 0, 0), ""
            if not entity.mentions:
                return group, (0, 0, 0), entity.name.casefold()
            return group, min(order(mention.span) for mention in entity.mentions), ""

        return sorted(counts, key=place)

    def _fitting(self, text: str) -> list[EntityCount]:
        """Return the entities that somebody who types `text` may mean."""
        from corpus.entities.filtering import NameFilter
        from corpus.entities.gazetteer import PLACES

        wanted, gazetteer = NameFilter(text), self.session.names.gazetteer
        found = []
        for entity in self.counts:
            known = gazetteer.entity(entity.id) if entity.id else None
            hangul = known.hangul if known else ()
            names = [entity.name, *(spelling for spelling, _ in entity.spellings)]
            names += [*known.aliases, *known.hanja] if known else []
            if wanted.fits(
                names, [name for name in (*hangul, *names) if not name.isascii()], place=entity.type in PLACES
            ):
                found.append(entity)
        return found

    def order_names(self) -> str:
        """Change the order of the pane."""
        pane = self.entities
        pane.by_appearance = not pane.by_appearance
        self.fill_entities()
        if not pane.by_appearance:
            return "Entities by how often they are named; the article weighs more."
        return "Entities by name." if pane.everywhere else "Entities as they appear in the text."

    def entity_here(self) -> EntityCount | None:
        """Return the entity under the pane's cursor."""
        source = self.entities.names
        return source.entity(self.entities.cursor) if source else None

    def own_mentions(self, entity: EntityCount) -> list[Mention]:
        """Return the mentions of an entity in the open document, in the order of reading."""
        if self.document is None:
            return []
        found = list(entity.mentions)
        if not found:
            subject = self.session.names.subject(entity)
            found = [mention for mention in self.mentions if subject.is_named_by(mention)]
        order = reading_order(self.document)
        return sorted(found, key=lambda mention: order(mention.span))

    def light_entity_under_cursor(self) -> None:
        """Light the entity under the cursor in both texts."""
        entity = self.entity_here()
        if entity is None or self.document is None:
            return
        spans = [mention.span for mention in self.own_mentions(entity)]
        said = ", ".join(spelling for spelling, _ in entity.spellings[:3] if spelling != entity.name)
        self.light(Lit(entity.name, spans, role="lit", note=said))

    # commands

    def open_entity(self) -> bool | str:
        """Show the card of the entity under the cursor; a date is shown on the time line."""
        entity = self.entity_here()
        if entity is None:
            return False
        if entity.type == "DATE":
            return self._show_timeline(entity.name)
        from tui.screens.entity_card import EntityCard

        about = self.correction_about()
        mention = about.mention if about else None
        card = EntityCard(self.session, self.session.names.subject(entity), self.document, mention)
        self.app.push_screen(card, self._left_screen)
        return True

    def command_timeline(self, count: int | None) -> bool:
        """Show the dates of this document, in order."""
        return self._show_timeline()

    def _show_timeline(self, value: str = "") -> bool:
        from tui.screens.timeline import TimelineScreen

        self.app.push_screen(TimelineScreen(self.session, self.document, value), self._left_screen)
        return True

    def _left_screen(self, span: Span | None) -> None:
        """Go where a card or the time line leads; corrections made there are shown."""
        self._take_corrections()
        if span is not None and self.visit(span):
            self.show_now(span)

    def command_entity_only(self, count: int | None) -> bool | str:
        """Show only documents that name the entity under the cursor, or all again."""
        listing = self.session.shelf
        if listing.entity:
            listing.entity, listing.entity_name = None, ""
            self.fill_articles(keep=True)
            return "All documents."
        entity = self.entity_here()
        if entity is None:
            return False
        if entity.type == "DATE":
            return "Dates cannot narrow the list."
        listing.entity = "\n".join(self.session.names.subject(entity).index_names)
        listing.entity_name = entity.name
        self.fill_articles(keep=True)
        return f"Only documents that name {entity.name}; = again for all."

    def command_scope(self, count: int | None) -> bool | str:
        """Show the entities of this document, or of all."""
        pane = self.entities
        pane.everywhere = not pane.everywhere
        self.show_entities()
        return (
            "Entities of all documents; counts are articles + comments."
            if pane.everywhere
            else "Entities of this document."
        )

    # corrections

    def correction_about(self) -> About | None:
        """Return the entity under the pane's cursor, with the mention that a walk has come to, else its first."""
        entity = self.entity_here()
        if entity is None:
            return None
        own = self.own_mentions(entity)
        now = self.texts.lit_now
        mention = next((mention for mention in own if mention.span == now), next(iter(own), None))
        return About(self.session.names.subject(entity), mention)

    def correction_document(self) -> Document | None:
        """Return the open document."""
        return self.document

    def names_changed(self) -> None:
        """Show the names as they are now, and light anew what was lit."""
        was_lit = self.lit is not None and self.lit.role == "lit"
        self.show_entities()
        if was_lit:
            self.light(None)
            self.light_entity_under_cursor()

    def notes_changed(self) -> None:
        """Show notes as they are now; undo may have changed names too."""
        super().notes_changed()
        self._take_corrections()

    def _take_corrections(self) -> None:
        if self._shown_under is not None and self._shown_under is not self.session.names.corrections:
            self.names_changed()
