"""What is wrong with an annotation: the rules of the standard that its own test suite leaves out, and ours."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from corpus.notes.annotation import MOTIVATIONS, as_list, is_annotation

_UTC = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z", re.ASCII)


def check(record: Mapping[str, Any], text: str | None = None) -> list[str]:
    """Return sentences about what is wrong with the JSON object of an annotation.

    Args:
        text: the text that it points into, where it is at hand: the quote must stand at its place there.
    """
    if not is_annotation(record):
        return ["It is no annotation: type, id or target is missing."]
    faults = [
        f"{key} is not a time in UTC that ends with Z."
        for key in ("created", "modified")
        if key in record and not _is_utc(record[key])
    ]
    faults += [
        f"The motivation {name!r} is unknown." for name in as_list(record.get("motivation")) if name not in MOTIVATIONS
    ]
    for target in as_list(record["target"]):
        if isinstance(target, dict):
            faults += _check_target(target, text)
    return faults


def _check_target(target: Mapping[str, Any], text: str | None) -> list[str]:
    faults = []
    for state in as_list(target.get("state")):
        if isinstance(state, dict) and "sourceDate" in state and not all(map(_is_utc, as_list(state["sourceDate"]))):
            faults.append("sourceDate is not a time in UTC that ends with Z.")
    selectors = [item for item in as_list(target.get("selector")) if isinstance(item, dict)]
    quotes = [item for item in selectors if item.get("type") == "TextQuoteSelector"]
    for place in (item for item in selectors if item.get("type") == "TextPositionSelector"):
        start, end = place.get("start"), place.get("end")
        if not (isinstance(start, int) and isinstance(end, int) and 0 <= start <= end):
            faults.append("A place ends before it starts.")
            continue
        for exact in (str(quote.get("exact", "")) for quote in quotes):
            if len(exact) != end - start or (text is not None and text[start:end] != exact):
                faults.append("The quote does not stand at its place.")
    return faults


def _is_utc(value: Any) -> bool:
    return isinstance(value, str) and _UTC.fullmatch(value) is not None
