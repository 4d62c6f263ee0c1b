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


def styles_for(theme: Theme) -> Mapping[str, Style]:
    """Return the style of every role under this theme."""
    return _ansi_styles() if theme.ansi else _colour_styles(theme)


def _colour_styles(theme: Theme) -> dict[str, Style]:
    system = theme.to_color_system().generate()

    def named(name: str) -> Color:
        return Color.parse(system[name])

    back, fore, primary = named("background"), named("foreground"), named("primary")
    secondary, accent = named("secondary"), named("accent")

    def style(
        colour: Color | None = None,
        ground: Color | None = None,
        bold: bool | None = None,
        italic: bool | None = None,
        underline: bool | None = None,
    ) -> Style:
        return Style(
            color=colour.rich_color if colour else None,
            bgcolor=ground.rich_color if ground else None,
            bold=bold,
            italic=italic,
            underline=underline,
        )

    # as soft as it may be at a contrast of 4.5 : 1
    soft = fore.blend(back, 0.38 if theme.dark else 0.35)
    faint = fore.blend(back, 0.68)
    wheel = [primary, secondary, accent, named("success"), named("warning"), soft]
    inks = _INKS_DARK if theme.dark else _INKS_LIGHT
    roles = {
        "base": style(fore, back),
        "chosen": style(fore, back.blend(primary, 0.18)),
        "chosen-blurred": style(fore, back.blend(fore, 0.07)),
        "text": style(),
        "dim": style(soft),
        "faint": style(faint),
        "strong": style(bold=True),
        "title": style(bold=True),
        "heading": style(primary, bold=True),
        "standfirst": style(italic=True),
        "caption": style(soft, italic=True),
        "quote": style(fore.blend(back, 0.15), italic=True),
        "author": style(primary, bold=True),
        "number": style(soft),
        "group": style(secondary, bold=True),
        "chip": style(secondary),
        "count": style(soft),
        "hangul": style(secondary),
        "unknown": style(soft, italic=True),
        "bar": style(accent, bold=True),
        "bar-blurred": style(faint),
        "head": style(soft, back.blend(fore, 0.06)),
        "head-focused": style(back, primary, bold=True),
        "track": style(faint.blend(back, 0.5)),
        "thumb": style(soft),
        "warning": style(named("warning"), bold=True),
        "error": style(named("error"), bold=True),
        "key": style(accent, bold=True),
        "status": style(soft, back.blend(fore, 0.06)),
        "hit": style(back, secondary),
        "hit-now": style(back, accent, bold=True, underline=True),
        "lit": style(accent, bold=True, underline=True),
        "sentence": style(None, back.blend(fore, 0.12)),
        "selection": style(back, primary),
        "noted": style(underline=True),
        "gone": style(named("error")) + Style(strike=True),
        "came": style(named("success"), bold=True, underline=True),
    }
    roles.update({f"guide-{at}": style(wheel[at].blend(back, 0.35)) for at in range(GUIDES)})
    roles.update({f"ink-{name}": style(None, Color.parse(inks[name])) for name in HIGHLIGHTS})
    return roles


def _ansi_styles() -> dict[str, Style]:
    """The terminal's own palette: its colours by name, and attributes that it shows without any colour."""
    table = {
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
    wheel = ("green", "yellow", "red", "cyan", "magenta", "bright_black")
    inks = {
        "yellow": "yellow",
        "green": "green",
        "blue": "blue",
        "red": "red",
        "purple": "magenta",
        "orange": "bright_red",
    }
    roles = {name: Style.parse(text) if text else Style() for name, text in table.items()}
    roles.update({f"guide-{at}": Style.parse(colour) for at, colour in enumerate(wheel)})
    roles.update({f"ink-{name}": Style.parse(f"underline black on {inks[name]}") for name in HIGHLIGHTS})
    return roles
