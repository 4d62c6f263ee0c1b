"""The one registry of commands: keys, footer, palette, help and the README's table all come from it."""

from __future__ import annotations

from typing import NamedTuple

GROUPS = ("move", "panes", "threads", "walk", "find", "mark", "names", "document", "places", "app")
"""The order in which help and README list the commands."""


class Command(NamedTuple):
    """One thing the user can do.

    `id` names it in the settings and is its handler's name (`fold.toggle` runs `command_fold_toggle`);
    `keys` are sequences in the notation "g g", "ctrl+d"; `label` stands in the footer, `help` is a sentence;
    `group` is one of `GROUPS`; `mode` is "", "select" for keys that work inside a selection only, or "entity" for
    those that work on an entity's card only.
    """

    id: str
    keys: tuple[str, ...]
    label: str
    help: str
    group: str
    mode: str = ""

    @property
    def handler(self) -> str:
        """The name of the method that runs it."""
        return "command_" + self.id.replace(".", "_").replace("-", "_")


def _group(group: str, *rows: tuple[str, str, str, str], mode: str = "") -> tuple[Command, ...]:
    return tuple(
        Command(name, tuple(filter(None, keys.split(" | "))), label, text, group, mode)
        for name, keys, label, text in rows
    )


COMMANDS: tuple[Command, ...] = (
    *_group(
        "move",
        ("down", "j | down", "down", "Next passage or row."),
        ("up", "k | up", "up", "Previous passage or row."),
        ("sentence.next", ")", "next sentence", "Next sentence."),
        ("sentence.previous", "(", "previous sentence", "Previous sentence."),
        ("half-down", "ctrl+d", "half page down", "Half a page down."),
        ("half-up", "ctrl+u", "half page up", "Half a page up."),
        ("space", "space", "read on", "A page down; at the end of article and comments the next unread document."),
        ("page-down", "pagedown", "page down", "A page down."),
        ("page-up", "pageup | shift+space", "page up", "A page up."),
        ("top", "g g | home", "top", "First passage or row; with a number, that one (7gg)."),
        ("bottom", "G | end", "bottom", "Last passage or row; with a number, that one (7G)."),
        ("document.next", "J", "next document", "Next document, from any pane."),
        ("document.previous", "K", "previous document", "Previous document, from any pane."),
    ),
    *_group(
        "panes",
        ("pane.next", "tab", "next pane", "Next pane."),
        ("pane.previous", "shift+tab", "previous pane", "Previous pane."),
        ("outward", "h | left", "outward", "Fold, then parent, then the pane on the left."),
        ("inward", "l | right", "inward", "Unfold, then first reply, then the pane on the right."),
        ("comments", "c", "article / comments", "Between article and comments; where both are shown, which is large."),
        ("zoom", "Z", "zoom", "The focused pane alone, and back."),
        ("measure.wider", "+", "wider text", "Wider lines of text."),
        ("measure.narrower", "-", "narrower text", "Narrower lines of text."),
    ),
    *_group(
        "threads",
        ("fold.toggle", "z a", "fold", "Fold or unfold the replies to this comment."),
        ("fold.open", "z o", "unfold", "Unfold the replies to this comment."),
        ("fold.close", "z c", "fold", "Fold the replies to this comment."),
        ("fold.close-all", "z M", "fold all", "Fold every thread to its first comment."),
        ("fold.open-all", "z R", "unfold all", "Unfold everything."),
        ("parent", "P", "to parent", "Go to the comment that this one answers."),
        ("parent.peek", "p", "peek parent", "Show the comment that this one answers, without leaving."),
        ("root.next", "] ]", "next root", "Next top-level comment."),
        ("root.previous", "[ [", "previous root", "Previous top-level comment."),
        ("sibling.next", "] s", "next sibling", "Next comment of the same parent."),
        ("sibling.previous", "[ s", "previous sibling", "Previous comment of the same parent."),
        ("unread.next", "] u", "next new comment", "Next comment that is new since your last visit."),
        ("unread.previous", "[ u", "previous new comment", "Previous comment that is new since your last visit."),
        ("order", "S", "order", "Change the order: comments as captured or newest first; lists by their orders."),
    ),
    *_group(
        "walk",
        ("lit.next", "n", "next", "Next of what was last lit: a search or an entity."),
        ("lit.previous", "N", "previous", "Previous of what was last lit."),
        ("highlight.next", "] h", "next highlight", "Next highlight or note in this document."),
        ("highlight.previous", "[ h", "previous highlight", "Previous highlight or note in this document."),
        ("mention.next", "] e", "next mention", "Next person, place, body or date named in this document."),
        ("mention.previous", "[ e", "previous mention", "Previous person, place, body or date named in this document."),
        ("hit-document.next", "] /", "next hit document", "Next document with a hit of the last search everywhere."),
        ("hit-document.previous", "[ /", "previous hit document", "Previous document with a hit."),
        ("back", "ctrl+o", "back", "Back to where you were."),
        ("forward", "g i", "forward", "Forward again."),
    ),
    *_group(
        "find",
        ("find", "/", "find here", "Find in this pane, as you type; misspellings are found when nothing fits exactly."),
        ("search", "s", "search all", "Search everything: articles, comments, names."),
        ("filter", "\\", "filter", "Filter this list; misspellings count where nothing fits exactly."),
        ("unread-only", "g u", "unread only", "Only unread documents, or all; search always finds all."),
        ("starred-only", "g *", "starred only", "Only starred documents, or all."),
        ("hidden-only", "g x", "hidden ones", "The documents that were hidden, or all others."),
        ("group", "g b", "group by", "Group the articles by outlet, by story, or not."),
        ("search.where", "f2", "where", "In a search: only articles, only comments, only notes, or everything."),
        ("search.unread", "f3", "unread", "In a search: only unread documents, or all."),
        ("search.starred", "f4", "starred", "In a search: only starred documents, or all."),
        ("search.date", "f5", "date", "In a search: a day, a month, a year, or from one to another."),
        ("search.order", "f6", "by time", "In a search: the best first, or the newest first."),
        ("search.exact", "f7", "exact only", "In a search: only the words as typed, or other spellings too."),
        ("search.save", "f8", "save", "In a search: save it; it stands above the articles with its count."),
        ("entity.only", "=", "only with entity", "Only documents that name this entity; again for all."),
    ),
    *_group(
        "mark",
        ("select", "v", "select", "Select by sentence, from here."),
        ("select.passage", "V", "select passages", "Select whole passages, from here."),
        (
            "highlight",
            "H",
            "highlight",
            "Highlight the selection or the passage; a digit before it chooses the colour (2H).",
        ),
        ("note", "a", "note", "Write a note on the selection or the passage."),
        ("tags", "t", "tags", "Tag the selection or the passage."),
        ("quote", "y", "quote", "Copy the selection or the passage with its citation."),
        (
            "quote.as",
            "Y",
            "quote as…",
            "Choose how to quote: plain, Markdown, text only, link, evidence; or see the last quotes.",
        ),
        ("note.delete", "D", "delete note", "Delete the note or highlight here."),
        ("note.edit", "e", "edit in $EDITOR", "Write or edit the note here in your own editor."),
        ("undo", "u", "undo", "Undo the last change."),
        ("redo", "ctrl+r", "redo", "Redo what was undone."),
    ),
    *_group(
        "mark",
        ("select.word-next", "w | l | right", "word on", "Inside a selection: one word on."),
        ("select.word-previous", "b | h | left", "word back", "Inside a selection: one word back."),
        ("select.passage-next", "}", "passage on", "Inside a selection: to the end of the passage."),
        ("select.passage-previous", "{", "passage back", "Inside a selection: to the start of the passage."),
        ("select.other-end", "o", "other end", "Inside a selection: move its other end."),
        mode="select",
    ),
    *_group(
        "names",
        ("entity.merge", "m", "merge", "The entity chosen is the same as another: merge them."),
        ("entity.split", "x", "split", "Split off what was merged, or one spelling as an entity of its own."),
        ("entity.rename", "r", "rename", "Give the entity another name."),
        ("entity.retype", "t", "type", "Say what it is: a person, a place, an organisation."),
        ("entity.ignore", "i", "ignore", "It is no name: leave it out."),
        ("entity.link", "L", "link", "Say which entity is named here; one of your own may be made."),
        ("entity.unlink", "U", "unlink", "It does not name this entity."),
        mode="entity",
    ),
    *_group(
        "document",
        ("open", "enter", "open", "Open what is chosen; fold or unfold the replies to a comment."),
        ("read.toggle", "r", "read / unread", "Mark the document read or unread."),
        ("read-all", "A", "all read", "Mark all documents of the list as read."),
        ("hide", "X", "hide", "Take the document out of the list, or put a hidden one back."),
        ("star", "*", "star", "Star the document, or take the star away."),
        ("browser", "o", "in browser", "Open the page in your browser; the host is shown first."),
        ("links", "F", "links", "The links of this document or comment."),
        ("details", "g d", "details", "Title, author, outlet, date and where each came from; supply what is missing."),
        ("versions", "g v", "versions", "The captures of this document, and what differs between them."),
        ("raw", "g r", "raw capture", "The capture as it is in its file, at this passage."),
        (
            "correct",
            "g c",
            "correct reading",
            "Correct how this was read: where comments start, what is no comment, author, title.",
        ),
        (
            "trash",
            "",
            "move capture to trash",
            "Move the capture to the trash, where it is in your captures folder; undo puts it back.",
        ),
        ("furniture", "z f", "hidden page parts", "Show or hide the parts of the page that are no article."),
        ("pipe", "|", "pipe", "Send the selection or the passage to a command's standard input."),
    ),
    *_group(
        "places",
        ("notes", "g n", "notes", "All notes, highlights and tags."),
        ("timeline", "g t", "time line", "The dates of this document in order, or of all; Enter goes to the passage."),
        ("paste", "g p", "paste", "Keep pasted text as a capture, after a look at what was found in it."),
        ("rescan", "R", "new captures", "Show new documents that wait; read new and changed captures."),
        ("scope", ".", "this / all", "In Entities: this document or all documents."),
    ),
    *_group(
        "app",
        ("palette", ": | ctrl+p", "commands", "Every command, by name."),
        ("help", "?", "help", "Keys and what they do, searchable."),
        ("cancel", "escape", "cancel", "Cancel, leave the selection, put out what is lit."),
        ("leave", "q", "back / quit", "Back; in the reader, quit."),
        ("quit", "Q", "quit", "Quit."),
        ("copy", "ctrl+c", "copy", "Copy what the mouse selected; never quits."),
        ("suspend", "ctrl+z", "suspend", "Back to the shell; `fg` returns."),
        ("redraw", "ctrl+l", "redraw", "Draw the screen anew."),
        ("theme", "", "theme", "Next theme: dark, light, the terminal's own colours."),
    ),
)

BY_ID = {command.id: command for command in COMMANDS}


def keys_table() -> str:
    """Return the README's table of keys in Markdown."""
    rows = ["| keys | what | setting |", "|---|---|---|"]
    for group in GROUPS:
        rows.append(f"| **{group}** | | |")
        for command in COMMANDS:
            if command.group == group:
                shown = " · ".join(f"`{show_keys(keys)}`" for keys in command.keys).replace("|", "\\|") or "by name"
                rows.append(f"| {shown} | {command.help} | `{command.id}` |")
    return "\n".join(rows)


_NAMES = {
    "space": "Space",
    "enter": "Enter",
    "escape": "Esc",
    "tab": "Tab",
    "shift+tab": "Shift-Tab",
    "left": "←",
    "right": "→",
    "up": "↑",
    "down": "↓",
    "pagedown": "PgDn",
    "pageup": "PgUp",
    "home": "Home",
    "end": "End",
    **{f"f{number}": f"F{number}" for number in range(1, 13)},
    "shift+space": "Shift-Space",
}


def show_keys(keys: str) -> str:
    """Return a sequence of keys as people write it: `gg`, `Ctrl-d`."""
    parts = keys.split(" ")
    shown = [_NAMES.get(part, part.replace("ctrl+", "Ctrl-")) for part in parts]
    return "".join(shown) if all(len(part) == 1 for part in shown) else " ".join(shown)
