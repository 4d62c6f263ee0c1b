"""The values of a JSON object that others wrote, each by its kind; what is of another kind is left out and said."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from corpus.model import Extra
from corpus.text import canonical, canonical_line
from corpus.times import iso


def clean(value: Any) -> Any:
    """Return foreign JSON data with every string canonical."""
    if isinstance(value, str):
        return canonical(value)
    if isinstance(value, list):
        return [clean(item) for item in value]
    if isinstance(value, dict):
        return {canonical_line(str(key)): clean(item) for key, item in value.items()}
    return value


class Fields:
    """Typed access to one JSON object: an odd value becomes None and a sentence, a missing one None."""

    def __init__(self, record: Mapping[str, Any], problems: list[str], where: str = "") -> None:
        """Read `record`; sentences go to `problems`, each beginning with `where`."""
        self.record, self.problems, self.where = record, problems, where
        self.read: set[str] = set()

    def _get(self, key: str, kind: type | tuple[type, ...]) -> Any:
        self.read.add(key)
        value = self.record.get(key)
        if value is None or (isinstance(value, kind) and not (isinstance(value, bool) and kind is int)):
            return value
        self.problems.append(f"{self.where}{canonical_line(key, 60)} is not understood and was left out")
        return None

    def line(self, key: str) -> str | None:
        """Return a string as one canonical line."""
        value = self._get(key, str)
        return None if value is None else canonical_line(value)

    def text(self, key: str) -> str:
        """Return a string as it is, empty where there is none."""
        return cast("str | None", self._get(key, str)) or ""

    def time(self, key: str) -> str | None:
        """Return a date or time of ISO 8601."""
        value = self.line(key)
        if value is None or iso(value) == value:
            return value
        self.problems.append(f'{self.where}"{canonical_line(value, 60)}" is not understood as a date')
        return iso(value)

    def identifier(self, key: str) -> str | None:
        """Return an id, a number as its digits."""
        value = self._get(key, (str, int))
        return None if value is None or isinstance(value, bool) else canonical_line(str(value)) or None

    def whole(self, key: str) -> int | None:
        """Return an integer."""
        return cast("int | None", self._get(key, int))

    def items(self, key: str) -> list[Any]:
        """Return a list, empty where there is none."""
        return self._get(key, list) or []

    def objects(self, key: str) -> list[Mapping[str, Any]]:
        """Return the objects in a list."""
        return [item for item in self.items(key) if isinstance(item, dict)]

    def child(self, key: str) -> Fields | None:
        """Return an object inside this one."""
        value = self._get(key, dict)
        return None if value is None else Fields(value, self.problems, self.where)

    def extra(self) -> Extra:
        """Return what nobody asked for, cleaned."""
        rest = {key: value for key, value in self.record.items() if key not in self.read}
        return cast("Extra", clean(rest))
