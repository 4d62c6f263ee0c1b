"""Strips that are short to send: between two runs the terminal is told only what differs in their looks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from rich.color import ColorSystem
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from tui.view.wrap import width_of

_OFF = {"1": "22", "2": "22", "3": "23", "4": "24", "5": "25", "7": "27", "8": "28", "9": "29"}
"""What takes back an attribute; bold and dim go together."""
_END = "\x1b[0m"


class Look(NamedTuple):
    """How cells look, as parameters of SGR (ECMA-48): attributes, the colour of the letters, that of the ground."""

    attributes: frozenset[str] = frozenset()
    fore: str = "39"
    back: str = "49"


PLAIN = Look()


class LeanStrip(Strip):
    """A strip that begins and ends with no style set, like others."""

    __slots__ = ()

    def render(self, console: Console) -> str:
        """Return what a terminal is to be sent."""
        if self._render_cache is None:
            system = console._color_system
            before, parts = PLAIN, []
            for text, style, _ in self._segments:
                if not text:
                    continue
                now = look_of(style, system) if style and system is not None else PLAIN
                if now != before:
                    parts.append(change(before, now))
                    before = now
                parts.append(text)
            if before != PLAIN:
                parts.append(_END)
            self._render_cache = "".join(parts)
        return self._render_cache

    def divide(self, cuts: Iterable[int]) -> Sequence[Strip]:
        """Return the parts between cuts; a strip that fills its place is none but itself."""
        cuts = list(cuts)
        return (self,) if cuts == [self._cell_length] else super().divide(cuts)

    def crop(self, start: int, end: int | None = None) -> Strip:
        """Return a part of the strip, as short to send; quick where it ends with a run."""
        if end is None:
            end = self.cell_length
        part = self._crop_cache.get((start, end))
        if part is None:
            part = self._crop_cache[start, end] = self._cropped(start, end)
        return part

    def _cropped(self, start: int, end: int) -> Strip:
        if start == 0:
            column = 0
            for at, segment in enumerate(self._segments):
                if column == end:
                    return LeanStrip(self._segments[:at], end)
                width = width_of(segment.text)
                if column + width > end and segment.text.isascii():
                    cut = Segment(segment.text[: end - column], segment.style)
                    return LeanStrip([*self._segments[:at], cut], end)
                column += width
                if column > end:
                    break
        part = super().crop(start, end)
        return part if isinstance(part, LeanStrip) else lean(part)


def lean(strip: Strip) -> LeanStrip:
    """Return a strip with the same cells; no run of them may be a link."""
    return LeanStrip(list(strip), strip.cell_length)


def same_from(one: Strip, two: Strip) -> int:
    """Return the column from which two strips of the same width look alike to their ends."""
    column = one.cell_length
    for segment, other in zip(reversed(one._segments), reversed(two._segments), strict=False):
        if segment != other:
            if segment.style and other.style and blank_alike(segment.style, other.style):
                column -= min(len(text) - len(text.rstrip(" ")) for text in (segment.text, other.text))
            break
        column -= width_of(segment.text)
    return column


@lru_cache(256)
def blank_alike(one: Style, two: Style) -> bool:
    """Tell whether a blank looks alike in two styles: it shows the ground and lines, nothing else."""
    if one.bgcolor != two.bgcolor:
        return False
    return not any(style.underline or style.underline2 or style.reverse or style.strike for style in (one, two))


@lru_cache(2048)
def look_of(style: Style, system: ColorSystem) -> Look:
    """Return how a terminal with these colours shows a style."""
    attributes, fore, back = set(), PLAIN.fore, PLAIN.back
    codes = iter(filter(None, Strip.render_ansi(style, system).split(";")))
    for code in codes:
        number = int(code)
        if number in (38, 48):
            kind = next(codes)
            code = ";".join([code, kind, *(next(codes) for _ in range(3 if kind == "2" else 1))])
        if 30 <= number <= 39 or 90 <= number <= 97:
            fore = code
        elif 40 <= number <= 49 or 100 <= number <= 107:
            back = code
        else:
            attributes.add(code)
    return Look(frozenset(attributes), fore, back)


@lru_cache(4096)
def change(before: Look, now: Look) -> str:
    """Return what turns one look into another, as short as may be."""
    gone = before.attributes - now.attributes
    whole = [
        *sorted(now.attributes),
        *([now.fore] if now.fore != "39" else []),
        *([now.back] if now.back != "49" else []),
    ]
    anew = f"\x1b[{';'.join(['0', *whole])}m" if before != PLAIN else f"\x1b[{';'.join(whole)}m"
    if not gone <= _OFF.keys():
        return anew
    off = {_OFF[code] for code in gone}
    kept = frozenset(code for code in before.attributes if _OFF.get(code) not in off)
    steps = [*sorted(off), *sorted(now.attributes - kept)]
    steps += [now.fore] if now.fore != before.fore else []
    steps += [now.back] if now.back != before.back else []
    stepwise = f"\x1b[{';'.join(steps)}m"
    return min(anew, stepwise, key=len)
