"""What the benches of the screen share: programs in a home of their own, and ratios that noise does not decide."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent
READER = (sys.executable, "-m", "tui")
TRIES = 3


def script(name: str) -> tuple[str, ...]:
    """Return the words that run a program of this folder."""
    return (sys.executable, str(HERE / f"{name}.py"))


def surroundings(home: Path) -> dict[str, str]:
    """Return an environment with all places under `home`; modules are compiled there, as an installer would."""
    places = {f"KOREA_READER_{kind}_DIR": str(home / kind.lower()) for kind in ("DATA", "CONFIG", "STATE", "CACHE")}
    return {
        **places,
        "HOME": str(home),
        "PYTHONDONTWRITEBYTECODE": "",
        "PYTHONPYCACHEPREFIX": str(home / "bytecode"),
        "TEXTUAL_ANIMATIONS": "none",
    }


def alternate(cases: Sequence[Callable[[], tuple[float, ...]]], rounds: int) -> list[tuple[float, ...]]:
    """Run the cases in turns; return the least of every figure of each: noise only ever adds."""
    runs = [[case() for case in cases] for _ in range(rounds)]
    return [tuple(map(min, zip(*one, strict=True))) for one in zip(*runs, strict=True)]


def hold(measure: Callable[[], dict[str, float]], most: dict[str, float]) -> None:
    """Measure up to TRIES times until no ratio is above its bar. Raises AssertionError when none of them was so."""
    for _ in range(TRIES):
        found = measure()
        said = ", ".join(f"{name} {ratio:.2f} (at most {most[name]:g})" for name, ratio in found.items())
        print(f"\n{said}; load {os.getloadavg()[0]:.1f}", end="")
        if all(ratio <= most[name] for name, ratio in found.items()):
            return
    raise AssertionError(said)


def quantile(values: Sequence[float], share: float) -> float:
    """Return the value under which so large a share of the values lie."""
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def warm(file: Path) -> None:
    """Read a file so that none of its pages is cold; some machines take back at once what was not read for a while."""
    with file.open("rb") as content:
        while content.read(1 << 24):
            pass
