"""What every role looks like, worked out from the theme; no role is told apart by hue alone."""

from __future__ import annotations

from collections.abc import Mapping

from rich.style import Style
from textual.color import Color
from textual.theme import Theme

HIGHLIGHTS = ("yellow", "green", "blue", "red", "purple", "orange")
"""Highlight colours in the order of the digits 1-6 that choose them."""
GUIDES = 6

DARK = Theme(
    name="korea-dark",
    dark=True,
    primary="#86b8a8",
    secondary="#c9a873",
    accent="#e09a7f",
    foreground="#d9d5cb",
    background="#15171b",
    surface="#1b1e23",
    panel="#242930",
    warning="#d9b36c",
    error="#e27d72",
    success="#92bf86",
)
LIGHT = Theme(
    name="korea-light",
    dark=False,
    primary="#20695b",
    secondary="#80591b",
    accent="#a03e27",
    foreground="#24262a",
    background="#fbf9f4",
    surface="#f3f0e8",
    panel="#e8e3d7",
    warning="#7d5a00",
    error="#a8241c",
    success="#38652b",
)
THEMES = {"dark": DARK.name, "light": LIGHT.name, "terminal": "ansi-dark", "terminal-light": "ansi-light"}
"""The names that the settings use, and the themes behind them."""

_INKS_DARK = {
    "yellow": "#57491a",
    "green": "#2b4a2a",
    "blue": "#22415f",
    "red": "#5c2b2b",
    "purple": "#45315f",
    "orange": "#5e3d1c",
}
_INKS_LIGHT = {
    "yellow": "#f6e7a1",
    "green": "#cfe8c4",
    "blue": "#c6dff2",
    "red": "#f4cdc8",
    "purple": "#e0d3f0",
    "orange": "#f7d9b5",
}


_COLOURED = {
    "base": "fore on back",
    "chosen": "fore on tint",
    "chosen-blurred": "fore on shade-7",
    "text": "",
    "dim": "soft",
    "faint": "soft",
    "strong": "bold",
    "title": "bold",
    "heading": "bold primary",
    "standfirst": "italic",
    "caption": "italic soft",
    "quote": "italic fore-85",
    "author": "bold primary",
    "number": "soft",
    "group": "bold secondary",
    "chip": "secondary",
    "count": "soft",
    "hangul": "secondary",
    "unknown": "italic soft",
    "bar": "bold accent",
    "bar-blurred": "quiet",
    "head": "soft on shade-6",
    "head-focused": "bold back on primary",
    "track": "line",
    "thumb": "soft",
    "warning": "bold warning",
    "error": "bold error",
    "key": "bold accent",
    "status": "soft on shade-6",
    "hit": "back on secondary",
    "hit-now": "bold underline back on accent",
    "lit": "bold underline accent",
    "sentence": "on shade-12",
    "selection": "back on primary",
    "noted": "underline",
    "gone": "strike error",
    "came": "bold underline success",
}
"""Roles in the colours of `_shades`."""
_IN_OWN_PALETTE = {
    "base": "",
    "chosen": "reverse",
    "chosen-blurred": "underline",
    "text": "",
    "dim": "bright_black",
    "faint": "bright_black",
    "strong": "bold",
    "title": "bold",
    "heading": "bold cyan",
    "standfirst": "italic",
    "caption": "italic bright_black",
    "quote": "italic",
    "author": "bold cyan",
    "number": "bright_black",
    "group": "bold yellow",
    "chip": "yellow",
    "count": "bright_black",
    "hangul": "yellow",
    "unknown": "italic bright_black",
    "bar": "bold red",
    "bar-blurred": "bright_black",
    "head": "bright_black",
    "head-focused": "reverse bold",
    "track": "bright_black",
    "thumb": "",
    "warning": "bold yellow",
    "error": "bold red",
    "key": "bold red",
    "status": "bright_black",
    "hit": "reverse yellow",
    "hit-now": "reverse bold red",
    "lit": "bold underline red",
    "sentence": "underline",
    "selection": "reverse",
    "noted": "underline",
    "gone": "strike red",
    "came": "bold underline green",
}
"""Roles in the terminal's own palette: its colours by name, and attributes that it shows without any colour."""
_GUIDES_IN_OWN_PALETTE = ("green", "yellow", "red", "cyan", "magenta", "bright_black")
_INKS_IN_OWN_PALETTE = {
    "yellow": "yellow",
    "green": "green",
    "blue": "blue",
    "red": "red",
    "purple": "magenta",
    "orange": "bright_red",
}


def styles_for(theme: Theme) -> Mapping[str, Style]:
    """Return the style of every role under this theme."""
    return _ansi_styles() if theme.ansi else _colour_styles(theme)


def _colour_styles(theme: Theme) -> dict[str, Style]:
    shades = _shades(theme)
    names = {name: shade.rich_color.name for name, shade in shades.items()}
    roles = {
        role: Style.parse(" ".join(names.get(word, word) for word in words.split()))
        for role, words in _COLOURED.items()
    }
    wheel = ("primary", "secondary", "accent", "success", "warning", "soft")
    inks = _INKS_DARK if theme.dark else _INKS_LIGHT
    guides = (shades[name].blend(shades["back"], 0.2) for name in wheel)
    roles.update({f"guide-{at}": Style(color=guide.rich_color) for at, guide in enumerate(guides)})
    roles.update({f"ink-{name}": Style(bgcolor=Color.parse(inks[name]).rich_color) for name in HIGHLIGHTS})
    return roles


def _shades(theme: Theme) -> dict[str, Color]:
    """Return the colours of a theme by name, and those between its text and its ground."""
    system = theme.to_color_system().generate()
    named = ("primary", "secondary", "accent", "success", "warning", "error")
    back, fore = Color.parse(system["background"]), Color.parse(system["foreground"])
    primary = Color.parse(system["primary"])
    return {
        **{name: Color.parse(system[name]) for name in named},
        "fore": fore,
        "back": back,
        # as soft as it may be at a contrast of 4.5 : 1, in a chosen row too; what is only drawn has 3 : 1
        "soft": fore.blend(back, 0.31 if theme.dark else 0.27),
        "quiet": primary.blend(back, 0.3),
        "line": fore.blend(back, 0.57 if theme.dark else 0.49),
        "fore-85": fore.blend(back, 0.15),
        "tint": back.blend(primary, 0.18),
        "shade-6": back.blend(fore, 0.06),
        "shade-7": back.blend(fore, 0.07),
        "shade-12": back.blend(fore, 0.12),
    }


def _ansi_styles() -> dict[str, Style]:
    roles = {name: Style.parse(words) for name, words in _IN_OWN_PALETTE.items()}
    roles.update({f"guide-{at}": Style.parse(colour) for at, colour in enumerate(_GUIDES_IN_OWN_PALETTE)})
    inks = _INKS_IN_OWN_PALETTE
    roles.update({f"ink-{name}": Style.parse(f"underline black on {inks[name]}") for name in HIGHLIGHTS})
    return roles
