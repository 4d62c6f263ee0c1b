from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from tui.view.lean import lean, same_from

COLOURS = [None, "#d9d5cb", "#15171b", "red", "bright_black", "default", "color(120)"]
STYLES = st.builds(
    Style,
    color=st.sampled_from(COLOURS),
    bgcolor=st.sampled_from(COLOURS),
    bold=st.sampled_from([None, True]),
    dim=st.sampled_from([None, True]),
    italic=st.sampled_from([None, True]),
    underline=st.sampled_from([None, True]),
    reverse=st.sampled_from([None, True]),
    strike=st.sampled_from([None, True]),
    underline2=st.sampled_from([None, None, True]),
)
SEGMENT = st.builds(Segment, st.text("ab 한—", min_size=1, max_size=4), st.none() | STYLES, st.none())
SEGMENTS = st.lists(SEGMENT, max_size=6)
SYSTEMS = st.sampled_from(["truecolor", "256", "standard"])
UNDONE = {"22": "12", "23": "3", "24": "4", "25": "5", "27": "7", "28": "8", "29": "9"}
Cell = tuple[str, frozenset[str], str, str]


def cells(output: str) -> list[Cell]:
    """Return what a terminal shows: each character with its attributes and colours."""
    found: list[Cell] = []
    attributes: set[str] = set()
    fore, back = "39", "49"
    for parameters, text in re.findall(r"\x1b\[([\d;]*)m|([^\x1b]+)", output):
        found += [(char, frozenset(attributes), fore, back) for char in text]
        codes = re.findall(r"[34]8;2;\d+;\d+;\d+|[34]8;5;\d+|\d+", parameters)
        for code in codes:
            number = int(code.split(";")[0])
            if number == 0:
                attributes, fore, back = set(), "39", "49"
            elif code in UNDONE:
                attributes -= set(UNDONE[code])
            elif 30 <= number <= 39 or 90 <= number <= 97:
                fore = code
            elif 40 <= number <= 49 or 100 <= number <= 107:
                back = code
            else:
                attributes.add(code)
    assert (attributes, fore, back) == (set(), "39", "49")
    return found


def seen(output: str) -> list[Cell]:
    """Return what is seen of the cells: of a blank its ground and lines."""
    lines = {"4", "7", "9", "21"}
    return [cell if cell[0] != " " or cell[1] & lines else (" ", frozenset(), "39", cell[3]) for cell in cells(output)]


@settings(max_examples=300)
@given(SEGMENTS, SYSTEMS)
def test_a_terminal_shows_the_same_and_is_sent_no_more(segments: list[Segment], system: str) -> None:
    console = Console(color_system=system, force_terminal=True)  # type: ignore[arg-type]
    strip = Strip(segments)
    short = lean(strip).render(console)
    assert cells(short) == cells(strip.render(console))
    assert len(short) <= len(strip.render(console))


def test_a_part_is_as_short() -> None:
    console = Console(color_system="truecolor", force_terminal=True)
    ground, word = Style(color="#d9d5cb", bgcolor="#15171b"), Style(color="#86b8a8", bgcolor="#15171b")
    strip = lean(Strip([Segment("one ", ground), Segment("two", word), Segment(" three", ground)]))
    assert strip.crop(2, 6).render(console) == lean(Strip(list(strip)).crop(2, 6)).render(console)
    assert strip.render(console).count("48;2;21;23;27") == 1


@given(SEGMENTS, SEGMENTS)
def test_from_the_column_on_both_look_alike(one: list[Segment], two: list[Segment]) -> None:
    width = max(Strip(one).cell_length, Strip(two).cell_length)
    first, second = (Strip(part).adjust_cell_length(width) for part in (one, two))
    column = same_from(first, second)
    console = Console(color_system="truecolor", force_terminal=True)
    assert seen(first.crop(column).render(console)) == seen(second.crop(column).render(console))
    assert column == 0 or list(first) != list(second)
