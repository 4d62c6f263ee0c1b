"""Bytes of captures into text: which codec they are in, by marks, by trying, and by what the capture states.

What comes out is not yet canonical; `corpus.text` makes it so.
"""

from __future__ import annotations

import re
from codecs import lookup
from typing import NamedTuple

from corpus.text import REPLACEMENT


class Decoded(NamedTuple):
    """Bytes turned into text, and how.

    `encoding` is the codec's name; `replaced` counts bytes that had no meaning in it; `note` is a
    sentence for the user where the choice was a guess, else empty.
    """

    text: str
    encoding: str
    replaced: int = 0
    note: str = ""


_BOMS = (
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_CONTROL_BYTES = bytes([*range(9), *range(14, 27), *range(28, 32)])
_ALIASES = {"euc-kr": "cp949", "euckr": "cp949", "ks_c_5601-1987": "cp949", "ksc5601": "cp949", "iso-8859-1": "cp1252"}


def is_binary(data: bytes) -> bool:
    """Tell whether `data` is no text at all: control bytes that neither UTF-16 nor a stray few explain."""
    head = data[:4096]
    if any(head.startswith(bom) for bom, _ in _BOMS) or _utf16_guess(data):
        return False
    controls = len(head) - len(head.translate(None, _CONTROL_BYTES))
    if b"\0" not in head:
        return controls * 10 > len(head)
    try:
        # the cut may fall inside a character
        head.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start < len(head) - 3 or len(data) <= len(head)
    return controls * 20 > len(head)


def decode(data: bytes, declared: str | None = None) -> Decoded:
    """Turn bytes into text: BOM, strict UTF-8, then the fewest replacements among the likely codecs.

    Args:
        data: the bytes of a capture.
        declared: the encoding that the capture states; `euc-kr` is read as cp949, as browsers do.
    """
    for bom, codec in _BOMS:
        if data.startswith(bom):
            rest = data[len(bom) :]
            try:
                return Decoded(rest.decode(codec), codec)
            except UnicodeDecodeError:
                text = rest.decode(codec, "replace")
                lost = text.count(REPLACEMENT)
                return Decoded(text, codec, lost, f"read as {codec}, {_lost(lost)}")
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        pass
    if utf16 := _utf16_guess(data):
        return Decoded(data.decode(utf16, "replace"), utf16, note=f"no encoding stated; read as {utf16}")
    return _fewest_replacements(data, declared)


def _lost(count: int) -> str:
    return "1 unreadable byte replaced" if count == 1 else f"{count} unreadable bytes replaced"


def _utf16_guess(data: bytes) -> str | None:
    if len(data) < 8 or b"\0" not in data:
        return None
    even, odd = data[0:4096:2].count(0), data[1:4096:2].count(0)
    for codec, zeros, others in (("utf-16-le", odd, even), ("utf-16-be", even, odd)):
        if zeros > 3 * max(others, 1) and zeros * 20 > len(data[:4096]):
            try:
                text = data[: len(data) & ~1].decode(codec)
            except UnicodeDecodeError:
                return None
            odd_signs = sum(char < " " and char not in "\t\n\r\f\x1b" for char in text[:2048])
            return codec if odd_signs * 20 <= len(text[:2048]) else None
    return None


def _fewest_replacements(data: bytes, declared: str | None) -> Decoded:
    mixed = _by_line(data)
    candidates = [mixed] if mixed else []
    named = _ALIASES.get((declared or "").strip().lower(), (declared or "").strip().lower())
    # pages in Korean that servers call Western are common; what is Hangul throughout is not Western by chance
    likely = ("cp949", named) if _western(named) and _is_hangul(data) else (named, "cp949")
    for codec in dict.fromkeys(filter(None, (*likely, "utf-8", "cp1252"))):
        try:
            text = data.decode(codec, "replace")
        except (LookupError, ValueError):
            continue
        # a single-byte codec accepts anything, so its successes count for less
        penalty = len(re.findall(r"[^\x00-\x7f]", text)) / 8 if codec == "cp1252" and named != codec else 0
        candidates.append(Decoded(text, codec, text.count(REPLACEMENT) + round(penalty)))
    best = min(candidates, key=lambda found: found.replaced)
    lost = best.text.count(REPLACEMENT)
    note = best.note or ("" if best.encoding == named else f"no valid encoding stated; read as {best.encoding}")
    if lost:
        note = f"{note or f'read as {best.encoding}'}, {_lost(lost)}"
    return Decoded(best.text, best.encoding, lost, note)


def _western(codec: str) -> bool:
    """Tell whether a codec is one of a byte a letter for Western Europe, which takes any bytes at all."""
    try:
        return lookup(codec).name in ("cp1252", "iso8859-1", "iso8859-15")
    except (LookupError, ValueError):
        return False


def _is_hangul(data: bytes) -> bool:
    """Tell whether bytes are cp949 without an error, and hardly anything but Hangul where they are not ASCII."""
    try:
        others = re.findall(r"[^\x00-\x7f]", data.decode("cp949"))
    except UnicodeDecodeError:
        return False
    return len(others) >= 4 and sum("가" <= char <= "힣" for char in others) * 10 >= len(others) * 8


def _by_line(data: bytes) -> Decoded | None:
    """Read a file that two tools wrote: lines valid as UTF-8 stay so, the others are cp949."""
    lines, foreign, utf8 = [], 0, 0
    for line in data.split(b"\n"):
        try:
            lines.append(line.decode("utf-8"))
            utf8 += not line.isascii()
        except UnicodeDecodeError:
            foreign += 1
            lines.append(line.decode("cp949", "replace"))
    if not utf8:
        return None
    text = "\n".join(lines)
    said = "1 line is not UTF-8 and was" if foreign == 1 else f"{foreign} lines are not UTF-8 and were"
    return Decoded(text, "utf-8", text.count(REPLACEMENT), f"{said} read as cp949")
