"""What a newcomer installs: everything that the project names, exactly, from anywhere."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def name_of(requirement: str) -> str:
    found = re.match(r"[A-Za-z0-9._-]+", requirement)
    assert found
    return found[0].lower().replace("_", "-")


def test_everything_that_is_needed_is_in_the_lock() -> None:
    pinned = set(re.findall(r"^([a-z0-9.-]+)==", LOCK, re.MULTILINE))
    needed = [*PROJECT["project"]["dependencies"], *PROJECT["dependency-groups"]["dev"]]
    assert {name_of(requirement) for requirement in needed} <= pinned


def test_every_line_of_the_lock_is_a_pin_with_hashes_and_nothing_else() -> None:
    pins = re.split(r"\n(?=\S)", LOCK.strip())
    pin = re.compile(r"[a-z0-9.-]+==[0-9][\w.]*( ; [^\\\n]+)?( \\\n    --hash=sha256:[0-9a-f]{64})+")
    assert [found for found in pins if not pin.fullmatch(found)] == []


def test_the_lock_names_no_host_and_no_folder() -> None:
    assert "/" not in LOCK
    assert "@" not in LOCK


def test_the_screen_library_is_held_at_the_version_that_was_measured() -> None:
    assert re.search(r"^textual==8\.2\.8 ", LOCK, re.MULTILINE)
