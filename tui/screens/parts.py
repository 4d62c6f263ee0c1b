"""What the parts of the reader share: the panes, what is open, and the few things that each asks of the others."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from corpus.model import Document, Mention, Span, TextKey
from corpus.threads import Thread
from tui.dispatch import CommandScreen
from tui.lit import Lit
from tui.view.layout import Pane

if TYPE_CHECKING:
    from corpus.entities.summary import EntityCount
    from corpus.library import Version
    from tui.session import Session
    from tui.widgets.article_pane import ArticlePane
    from tui.widgets.bars import StatusBar
    from tui.widgets.comments_pane import CommentsPane
    from tui.widgets.lists import ArticlesPane, EntitiesPane
    from tui.widgets.prompt import Prompt
    from tui.widgets.rows_view import RowsView
    from tui.widgets.text_pane import TextPane


class ReaderParts(CommandScreen):
    """The common ground of the reader's parts; the reader itself puts them together."""

    session: Session
    articles: ArticlesPane
    article: ArticlePane
    comments: CommentsPane
    entities: EntitiesPane
    status: StatusBar
    document: Document | None = None
    version: Version | None = None
    """The capture that is read, where it is not the newest."""
    thread: Thread | None = None
    lit: Lit | None = None
    mentions: tuple[Mention, ...] = ()
    counts: Sequence[EntityCount] = ()
    text_pane: Pane
    new_ids: frozenset[str] = frozenset()
    """Comments of the open document that came since the last visit."""
    zoomed = False
    comments_large = False
    measure: int
    notes_loaded = False
    """Whether notes and reading state are there: they are read after the first paint."""

    @property
    def prompt(self) -> Prompt:
        """The line to type in."""
        raise NotImplementedError

    @property
    def focused_name(self) -> Pane:
        """The name of the pane that has the focus, or last had it."""
        raise NotImplementedError

    @property
    def texts(self) -> TextPane:
        """The text pane that the keys act on."""
        raise NotImplementedError

    def pane(self, name: Pane) -> RowsView:
        """Return a pane by its name."""
        raise NotImplementedError

    def lay_out(self) -> None:
        """Show the panes that fit, at their sizes."""
        raise NotImplementedError

    def show_pane(self, name: Pane) -> None:
        """Focus a pane, bringing it into view where it was hidden."""
        raise NotImplementedError

    def show_place(self) -> None:
        """Show where the cursor is."""
        raise NotImplementedError

    def light(self, lit: Lit | None) -> None:
        """Light spans in the texts, in place of what was lit."""
        raise NotImplementedError

    def show_now(self, span: Span) -> None:
        """Paint the span that a walk has come to."""
        raise NotImplementedError

    def go_to_span(self, span: Span, *, anchor: str = "middle", focus: bool = True) -> bool:
        """Show the passage that holds a span; False where it is not in this document."""
        raise NotImplementedError

    def place_of_cursor(self) -> tuple[int, int, int] | None:
        """Return where the cursor stands in the order of reading."""
        raise NotImplementedError

    def fill_articles(self, *, keep: bool = False, then: Callable[[RowsView], None] | None = None) -> None:
        """Show the list of documents as the index has it now; `then` is called once it is shown."""
        raise NotImplementedError

    def open_first(self) -> None:
        """Open the first document of the list."""
        raise NotImplementedError

    def open(self, name: str, *, restore: bool = True, version: Version | None = None) -> bool:
        """Open a document by its id, or one of its captures as it was; False where the index no longer has it."""
        raise NotImplementedError

    def refill_texts(self, *, keep: bool = True) -> None:
        """Show the open document anew."""
        raise NotImplementedError

    def restore_position(self) -> None:
        """Go where the document was left."""
        raise NotImplementedError

    def noted(self, key: TextKey, start: int, end: int) -> bool:
        """Tell whether notes stand in a stretch of a text."""
        raise NotImplementedError

    def show_entities(self) -> None:
        """Show what the open document names."""
        raise NotImplementedError

    def fill_entities(self) -> None:
        """Fill the pane of entities under its filter."""
        raise NotImplementedError

    def open_entity(self) -> bool | str:
        """Go on from the entity under the cursor."""
        raise NotImplementedError

    def order_names(self) -> str:
        """Change the order of the entities."""
        raise NotImplementedError

    def mark_jump(self) -> None:
        """Remember the place before a jump."""
        raise NotImplementedError

    def unmark_jump(self) -> None:
        """Forget the jump that was marked last."""
        raise NotImplementedError

    def heads_changed(self) -> None:
        """Show saved searches and offers as they are now."""
        raise NotImplementedError

    def visit(self, span: Span) -> bool:
        """Go to a span in whichever document it is."""
        raise NotImplementedError

    def reread(self) -> None:
        """Read the capture of the open document again where what the user said of it has changed."""
        raise NotImplementedError

    def rescan_again(self) -> None:
        """Read captures, after the reading that is under way if there is one."""
        raise NotImplementedError

    def ask_detail(self, field: str) -> None:
        """Ask for a detail of the open document."""
        raise NotImplementedError

    def author_entered(self, text: str) -> None:
        """Take the name of who wrote a comment."""
        raise NotImplementedError

    def take_details(self) -> None:
        """Put what was supplied into the open document, as it is now."""
        raise NotImplementedError

    def notes_changed(self) -> None:
        """Show the notes as they are now."""
        raise NotImplementedError

    def marks_changed(self) -> None:
        """Paint the list of documents with other marks."""
        raise NotImplementedError

    def visit_begins(self) -> None:
        """Note that a document is being read."""
        raise NotImplementedError

    def visit_ends(self) -> None:
        """Keep where the open document was left."""
        raise NotImplementedError

    def is_read(self, document: str) -> bool:
        """Tell whether a document was read."""
        raise NotImplementedError

    def document_here(self) -> str | None:
        """Return the document that the keys act on."""
        raise NotImplementedError

    def show_search(self, name: str) -> bool | str:
        """Narrow the list to what a saved search finds."""
        raise NotImplementedError

    def clear_filters(self) -> None:
        """Show all documents again."""
        raise NotImplementedError

    def entities_later(self) -> None:
        """Show what the open document names, once it has been looked at for a moment."""
        raise NotImplementedError

    def entities_now(self) -> None:
        """Show what the open document names, unless it is shown: something is about to use it."""
        raise NotImplementedError

    def renew(self) -> None:
        """Show the open document as its capture now is."""
        raise NotImplementedError

    def first_look(self) -> None:
        """See what there is when the session begins."""
        raise NotImplementedError

    def show_waiting(self) -> None:
        """Put what waits into the list."""
        raise NotImplementedError

    def arrivals(self, *, called: bool) -> None:
        """Take up what a refresh brought."""
        raise NotImplementedError

    def tags_entered(self, text: str) -> None:
        """Set the tags that were typed."""
        raise NotImplementedError

    def pipe_entered(self, command: str) -> None:
        """Run the command that was typed."""
        raise NotImplementedError
