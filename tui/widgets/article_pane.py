"""The article of the document that is open."""

from __future__ import annotations

from tui.widgets.text_pane import TextPane


class ArticlePane(TextPane):
    """Shows the article: title, numbered paragraphs, hidden page parts on demand."""

    def __init__(self) -> None:
        """Show nothing yet."""
        super().__init__("Article", id="article")
