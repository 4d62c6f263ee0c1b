"""Archives of captures (zip, tar, gzip), read in memory: nothing is unpacked, and no name in them is a path."""

from __future__ import annotations

import io
import re
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from functools import cache

from corpus.read.files import belongs_to_page
from corpus.read.inner import RATIO, Inner
from corpus.text import canonical_line

_MOST_MEMBERS = 20_000
_DEEPEST = 100
_OUTSIDE = re.compile(r"(?:\A|[/\\])\.\.(?:[/\\]|\Z)|\A[/\\]|\A[A-Za-z]:")


def shown(name: str) -> str:
    """Return a member's name so that it can be printed."""
    return canonical_line(name, 300)


def _refusal(name: str) -> str | None:
    if _OUTSIDE.search(name):
        return f'"{shown(name)[:80]}" was left out: its name points out of the archive'
    return None


def _hidden(name: str) -> bool:
    return name.startswith("__MACOSX/") or any(
        part.startswith(".") and part not in (".", "..") for part in name.split("/")
    )


def _parts_of_pages(names: Iterable[str]) -> Callable[[str], bool]:
    """Return what tells whether a member lies in the folder of pictures beside a saved page."""
    known = frozenset(names)

    @cache
    def inside(folder: str) -> bool:
        return bool(folder) and (belongs_to_page(folder, known) or inside(folder.rpartition("/")[0]))

    return lambda name: name.count("/") <= _DEEPEST and inside(name.rpartition("/")[0])


def zip_members(data: bytes, most: int) -> Iterator[Inner | str]:
    """Yield the files of a zip archive, and a sentence for each that is not read."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        listed = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, UnicodeError, EOFError):
        yield "the archive (zip) is damaged and cannot be read"
        return
    left = most
    is_part = _parts_of_pages(info.filename for info in listed)
    for info in listed[:_MOST_MEMBERS]:
        name = info.filename
        if refused := _refusal(name):
            yield refused
            continue
        if not name or name.endswith("/") or _hidden(name) or is_part(name):
            continue
        if (info.external_attr >> 16) & 0o170000 == 0o120000:
            yield f'"{shown(name)}" was left out: it is a link'
            continue
        allowed = min(left, max(info.compress_size * RATIO, 100_000))
        try:
            with archive.open(info) as file:
                content = file.read(allowed + 1)
        except (zipfile.BadZipFile, RuntimeError, NotImplementedError, zlib.error, EOFError, ValueError, OSError):
            yield f'"{shown(name)}" was left out: it is damaged, or locked with a password'
            continue
        if len(content) > allowed:
            yield f'"{shown(name)}" was left out: it becomes too large when it is unpacked'
            continue
        left -= len(content)
        yield Inner(name, content)
    if len(listed) > _MOST_MEMBERS:
        yield f"{len(listed) - _MOST_MEMBERS} more files in the archive were left out"


def _names(archive: tarfile.TarFile) -> Iterator[str]:
    """Yield the names in a tar archive up to where it is damaged."""
    try:
        for _, info in zip(range(_MOST_MEMBERS), archive, strict=False):
            yield info.name
    except (tarfile.TarError, EOFError, ValueError, OSError, UnicodeError):
        return


def tar_members(data: bytes, most: int) -> Iterator[Inner | str]:
    """Yield the regular files of a tar archive, and a sentence for each member that is not read."""
    left = most
    try:
        with tarfile.open(fileobj=io.BytesIO(data), mode="r:") as archive:
            is_part = _parts_of_pages(_names(archive))
            for number, info in enumerate(archive):
                if number >= _MOST_MEMBERS:
                    yield "more files in the archive were left out"
                    return
                if refused := _refusal(info.name):
                    yield refused
                elif info.isdir() or _hidden(info.name.removeprefix("./")) or is_part(info.name):
                    continue
                elif not info.isreg():
                    yield f'"{shown(info.name)}" was left out: it is a link, a pipe or a device'
                elif info.size > left:
                    yield f'"{shown(info.name)}" was left out: the archive is too large'
                else:
                    file = archive.extractfile(info)
                    content = file.read(info.size) if file is not None else b""
                    left -= len(content)
                    yield Inner(info.name, content)
    except (tarfile.TarError, EOFError, ValueError, OSError, UnicodeError):
        yield "the archive (tar) is damaged; what stands after the damage was not read"
