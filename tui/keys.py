"""From key presses to commands: sequences, counts, the Korean layout, the user's own keys."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from tui.commands import BY_ID, COMMANDS, show_keys

_LEADS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_VOWELS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
_TAILS = ("", *"ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ")
_JAMO = dict(
    zip(
        "ㅂㅈㄷㄱㅅㅛㅕㅑㅐㅔㅁㄴㅇㄹㅎㅗㅓㅏㅣㅋㅌㅊㅍㅠㅜㅡㅃㅉㄸㄲㅆㅒㅖ",
        "qwertyuiopasdfghjklzxcvbnmQWERTOP",
        strict=True,
    )
)
_COMPOUNDS = {
    "ㅘ": "hk", "ㅙ": "ho", "ㅚ": "hl", "ㅝ": "nj", "ㅞ": "np", "ㅟ": "nl", "ㅢ": "ml", "ㄳ": "rt", "ㄵ": "sw", "ㄶ": "sg",
    "ㄺ": "fr", "ㄻ": "fa", "ㄼ": "fq", "ㄽ": "ft", "ㄾ": "fx", "ㄿ": "fv", "ㅀ": "fg", "ㅄ": "qt",
}  # fmt: skip


def from_korean_layout(char: str) -> str:
    """Return the Latin keys that were pressed under the two-set Korean layout to write `char`.

    A composed syllable is taken apart: 캐 is `zo`. Anything else comes back as it is.
    """
    if "가" <= char <= "힣":
        index = ord(char) - 0xAC00
        parts = _LEADS[index // 588] + _VOWELS[index % 588 // 28] + _TAILS[index % 28]
        return "".join(_JAMO.get(part) or _COMPOUNDS[part] for part in parts)
    return _JAMO.get(char) or _COMPOUNDS.get(char, char)


def key_names(key: str, character: str | None) -> list[str]:
    """Return a key press in the notation of the registry; several where one press stands for several keys."""
    if character and len(character) == 1 and character.isprintable() and character != " ":
        return list(from_korean_layout(character))
    return [key]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a key press came to: a command with its count, or keys that wait for more, or nothing known."""

    command: str | None = None
    count: int | None = None
    pending: str = ""
    unknown: str = ""


@dataclass
class KeyMachine:
    """Puts key presses together. One for the whole program, so that every screen understands keys alike."""

    keymap: Mapping[str, Sequence[str]]
    _table: dict[tuple[str, tuple[str, ...]], str] = field(default_factory=dict)
    _prefixes: set[tuple[str, ...]] = field(default_factory=set)
    _typed: list[str] = field(default_factory=list)
    _count: str = ""

    def __post_init__(self) -> None:
        """Lay out the table of sequences."""
        for name, sequences in self.keymap.items():
            for sequence in sequences:
                keys = tuple(sequence.split(" "))
                self._table[BY_ID[name].mode, keys] = name
                self._prefixes.update(keys[:size] for size in range(1, len(keys)))

    @property
    def pending(self) -> str:
        """The keys that wait for more, as shown in the status line."""
        return self._count + show_keys(" ".join(self._typed)) if self._typed else self._count

    def clear(self) -> None:
        """Forget what was typed."""
        self._typed.clear()
        self._count = ""

    def feed(self, key: str, mode: str = "") -> Outcome:
        """Take one key in the registry's notation; `mode` is "select" inside a selection."""
        if not self._typed and len(key) == 1 and key in "0123456789" and (key != "0" or self._count):
            self._count = (self._count + key)[-5:]
            return Outcome(pending=self.pending)
        if key == "escape" and (self._typed or self._count):
            self.clear()
            return Outcome(pending="")
        self._typed.append(key)
        typed = tuple(self._typed)
        name = self._table.get((mode, typed)) or self._table.get(("", typed))
        if name:
            count = int(self._count) if self._count else None
            self.clear()
            return Outcome(command=name, count=count)
        if typed in self._prefixes:
            return Outcome(pending=self.pending)
        said = self.pending
        self.clear()
        return Outcome(unknown=said)


def keymap_from(settings: Mapping[str, Sequence[str]]) -> tuple[dict[str, tuple[str, ...]], list[str]]:
    """Return the keys of every command under the user's settings, and sentences on what is wrong with them.

    Args:
        settings: command id to its keys, from `[keys]` in the settings; an empty list takes a command's keys away.
    """
    keymap = {command.id: command.keys for command in COMMANDS}
    problems = []
    for name, keys in settings.items():
        if name not in BY_ID:
            near = difflib.get_close_matches(name, BY_ID, 1)
            problems.append(f"[keys] {name} is no command" + (f"; did you mean {near[0]}?" if near else ""))
            continue
        keymap[name] = tuple(" ".join(str(item).split()) for item in keys if str(item).split())
    return keymap, problems + _clashes(keymap)


def _clashes(keymap: Mapping[str, Sequence[str]]) -> list[str]:
    """Name keys that two commands want, and sequences that a shorter one hides."""
    problems = []
    owners: dict[tuple[str, str], str] = {}
    for name, sequences in keymap.items():
        for keys in sequences:
            first = owners.setdefault((BY_ID[name].mode, keys), name)
            if first != name:
                problems.append(f"[keys] {show_keys(keys)} is wanted by {first} and by {name}; {name} has it")
    for (mode, keys), owner in owners.items():
        words = keys.split(" ")
        for first_keys in (" ".join(words[:size]) for size in range(1, len(words))):
            hider = owners.get((mode, first_keys))
            if hider:
                problems.append(f"[keys] {show_keys(first_keys)} ({hider}) hides {show_keys(keys)} ({owner})")
    return problems
