"""The reader: four panes, what is open in them, and where the focus is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, cast

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Container
from textual.geometry import Region
from textual.strip import Strip
from textual.widgets import Static

from tui.screens.arranging import Arranging
from tui.screens.captured import Captured
from tui.screens.finding import Finding
from tui.screens.gathering import Gathering
from tui.screens.hit_walking import HitWalking
from tui.screens.keeping import Keeping
from tui.screens.lighting import Lighting
from tui.screens.marking import Marking
from tui.screens.naming import Naming
from tui.screens.opening import Opening
from tui.screens.places import Places
from tui.screens.shelf_keys import ShelfKeys
from tui.screens.telling import Telling
from tui.screens.walking import Walking
from tui.view.layout import PANES, SIDES, TEXTS, Pane, arrange
from tui.widgets.article_pane import ArticlePane
from tui.widgets.bars import KeysBar, StatusBar
from tui.widgets.comments_pane import CommentsPane
from tui.widgets.lists import ArticlesPane, EntitiesPane
from tui.widgets.prompt import Prompt
from tui.widgets.rows_view import RowsView
from tui.widgets.text_pane import TextPane

if TYPE_CHECKING:
    from tui.session import Session


class Frame(Container):
    """Holds panes that fill it: nothing of its own is seen, or worked out line by line."""

    BLANK = True

    def render_lines(self, crop: Region) -> list[Strip]:
        """Paint nothing: what no pane covers is the screen's."""
        return []


class Reader(
    Captured,
    Telling,
    Arranging,
    Lighting,
    Naming,
    Opening,
    Keeping,
    ShelfKeys,
    Walking,
    Finding,
    HitWalking,
    Marking,
    Gathering,
    Places,
):
    """The screen that a session lives in."""

    DEFAULT_CSS = """
    Reader { layout: vertical; }
    Frame { width: 1fr; height: 1fr; layout: vertical; }
    Reader #panes { layout: horizontal; }
    Reader #too-small { display: none; height: 1fr; }
    """
    BLANK = True
    AUTO_FOCUS = "#article"

    def __init__(self, session: Session) -> None:
        """Read `session`."""
        super().__init__()
        self.session = session
        self.side: Pane = "articles"
        self.text_pane: Pane = "article"
        self.zoomed = False
        self.comments_large = False
        self.begin()

    def compose(self) -> ComposeResult:
        """Lay out panes, prompt, status line and keys."""
        self.articles = ArticlesPane()
        self.article = ArticlePane()
        self.comments = CommentsPane()
        self.entities = EntitiesPane()
        self.status = StatusBar()
        self.keys = KeysBar(self.run_command)
        for pane in self.panes():
            pane.moved_now = self.moved
        self.article.jumping = self.comments.jumping = self.mark_jump
        with Frame(id="panes"):
            yield self.articles
            with Frame(id="texts"):
                yield self.article
                yield self.comments
            yield self.entities
        yield Static("The window is too small.", id="too-small", markup=False)
        yield self.status
        yield self.keys

    def on_mount(self) -> None:
        """Fill the panes from the index; everything slow waits for the first paint."""
        self.lay_out()
        self.fill_articles()
        self.open_first()
        self.call_after_refresh(self.gather)

    _prompt: Prompt | None = None

    @property
    def prompt(self) -> Prompt:
        """The line to type in; it is mounted when it is first asked for."""
        if self._prompt is None:
            self._prompt = Prompt()
            self.mount(self._prompt, before=self.status)
        return self._prompt

    # panes

    def pane(self, name: Pane) -> RowsView:
        """Return a pane by its name."""
        panes: dict[Pane, RowsView] = {"articles": self.articles, "article": self.article, "comments": self.comments}
        return panes.get(name, self.entities)

    def panes(self) -> Iterator[RowsView]:
        """Yield the four panes."""
        for name in PANES:
            yield self.pane(name)

    @property
    def focused_name(self) -> Pane:
        """The name of the pane that has the focus, is about to have it, or last had it."""
        return self._last_focused

    _last_focused: Pane = "article"

    @property
    def texts(self) -> TextPane:
        """The text pane that the keys act on: the focused one, else the one last focused."""
        return cast("TextPane", self.pane(self.text_pane))

    def on_resize(self, event: events.Resize) -> None:
        """Arrange the panes for the new size."""
        self.lay_out()

    def lay_out(self) -> None:
        """Show the panes that fit, at their sizes."""
        width, height = self.app.size
        layout = arrange(width, height, self.focused_name, self.side, self.text_pane, self.zoomed)
        for name in PANES:
            self.pane(name).display = name in layout.shown
        for name, size in (("articles", layout.articles), ("entities", layout.entities)):
            self.pane(name).styles.width = size or "1fr"
        texts = self.query_one("#texts")
        texts.display = any(name in layout.shown for name in TEXTS)
        texts.styles.layout = "horizontal" if layout.beside else "vertical"
        self.comments.styles.width = layout.comments or "1fr"
        large, small = ("2fr", "3fr") if self.comments_large else ("3fr", "2fr")
        both = layout.shown >= set(TEXTS) and not layout.beside
        self.article.styles.height = large if both else "1fr"
        self.comments.styles.height = small if both else "1fr"
        self.query_one("#too-small").display = layout.too_small
        self.query_one("#panes").display = not layout.too_small
        self.keys.display = height > 6
        if self.focused is None and not layout.too_small:
            # a pane that was hidden lost the focus
            self.pane(self.focused_name).focus()

    def show_pane(self, name: Pane) -> None:
        """Focus a pane, bringing it into view where it was hidden."""
        if name in SIDES:
            self.side = name
        else:
            self.text_pane = name
        self._last_focused = name
        if name == "entities":
            self.entities_now()
        pane = self.pane(name)
        if not pane.display or self.zoomed or self.size.width < 110 or self.size.height < 30:
            pane.display = True
            self.call_next(self.lay_out)
        pane.focus()
        self.show_place(name)

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Remember where the focus is, and show what the keys do there."""
        name = getattr(event.widget, "id", None)
        if name in PANES:
            if self._prompt:
                self._prompt.close()
            self._last_focused = cast("Pane", name)
            if name in SIDES:
                self.side = cast("Pane", name)
            else:
                self.text_pane = cast("Pane", name)
            if self.zoomed or self.size.width < 110 or self.size.height < 30:
                self.call_next(self.lay_out)
        self.show_place()
        self.show_hints()

    # what the panes report

    def moved(self, view: RowsView) -> None:
        """Follow the cursor of a pane."""
        if view.pinned:
            view.pin([])
        self.show_place()
        self.cursor_moved(view)

    def cursor_moved(self, view: RowsView) -> None:
        """Do what the pane's cursor brings with it."""
        if view is self.articles:
            self.preview()
        elif view is self.entities:
            self.light_entity_under_cursor()
        elif view in (self.article, self.comments):
            self.text_touched()

    @on(CommentsPane.FoldsChanged)
    def folded(self, event: CommentsPane.FoldsChanged) -> None:
        """Keep what is folded."""
        event.stop()
        self.folds_changed()

    @on(TextPane.SelectionChanged)
    def selection_changed(self, event: TextPane.SelectionChanged) -> None:
        """Show the keys of a selection."""
        event.stop()
        self.show_hints()

    @on(RowsView.Chosen)
    def chosen(self, event: RowsView.Chosen) -> None:
        """Open what was clicked."""
        event.stop()
        if event.view is self.articles:
            self.open_under_cursor()

    # leaving

    def command_cancel(self, count: int | None) -> None:
        """Leave the selection, else put out what is lit, else leave the zoom."""
        if self.texts.clear_selection():
            return
        if self.focused is self.entities and self.entities.filter:
            self.entities.filter = ""
            self.fill_entities()
            return
        if self.comments.pinned:
            self.comments.pin([])
        elif self.lit:
            self.light(None)
        elif self.zoomed:
            self.command_zoom(None)
        elif self.session.shelf.is_narrowed:
            self.clear_filters()

    def command_leave(self, count: int | None) -> None:
        """Leave the reader."""
        self.reader.command_quit(None)
