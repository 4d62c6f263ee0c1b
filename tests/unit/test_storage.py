"""Files are replaced whole, privately, and nothing is overwritten that was not meant."""

from __future__ import annotations

import errno
import multiprocessing
import os
import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from corpus.filesystem import OsFileSystem
from corpus.storage import BusyError, Storage

NOW = datetime(2026, 8, 22, 9, 30, tzinfo=UTC)


class NoLinks(OsFileSystem):
    """A file system without hard links."""

    def link(self, source: Path, target: Path) -> None:
        raise OSError(errno.EPERM, "no links here")


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


@pytest.mark.parametrize("mask", [0o000, 0o022, 0o077])
def test_files_and_folders_are_private(tmp_path: Path, mask: int) -> None:
    before = os.umask(mask)
    try:
        storage = Storage()
        path = tmp_path / "a" / "b" / "notes.json"
        storage.write(path, b"one")
        storage.append(tmp_path / "a" / "ledger.jsonl", b"{}\n")
        copy = storage.copy_in(b"x", tmp_path / "a" / "captures", "page.html")
        with storage.lock(path):
            pass
    finally:
        os.umask(before)
    assert [mode(item) for item in (path, copy, tmp_path / "a" / "ledger.jsonl")] == [0o600] * 3
    assert mode(path.with_name("notes.json.lock")) == 0o600
    assert [mode(item) for item in (tmp_path / "a", tmp_path / "a" / "b", tmp_path / "a" / "captures")] == [0o700] * 3


def test_writing_replaces_and_leaves_nothing_behind(tmp_path: Path) -> None:
    storage = Storage()
    path = tmp_path / "notes.json"
    path.write_bytes(b"old")
    path.chmod(0o644)
    storage.write(path, b"new")
    assert storage.read(path) == b"new"
    assert mode(path) == 0o600
    assert storage.names(tmp_path) == ["notes.json"]
    assert storage.names(tmp_path / "missing") == []


def test_a_symbolic_link_stays_one(tmp_path: Path) -> None:
    (tmp_path / "dotfiles").mkdir()
    real = tmp_path / "dotfiles" / "notes.json"
    real.write_bytes(b"old")
    path = tmp_path / "notes.json"
    path.symlink_to(real)
    Storage().write(path, b"new")
    assert path.is_symlink()
    assert real.read_bytes() == b"new"
    dangling = tmp_path / "other.json"
    dangling.symlink_to(tmp_path / "dotfiles" / "other.json")
    Storage().write(dangling, b"made")
    assert dangling.is_symlink()
    assert (tmp_path / "dotfiles" / "other.json").read_bytes() == b"made"


def test_a_folder_that_is_a_link_can_be_written_to(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    storage = Storage()
    storage.make_folder(tmp_path / "link" / "deep")
    storage.write(tmp_path / "link" / "a", b"1")
    storage.remove(tmp_path / "link" / "a")
    assert storage.names(tmp_path / "real") == ["deep"]


def test_appending_closes_a_line_that_a_crash_left_open(tmp_path: Path) -> None:
    storage = Storage()
    path = tmp_path / "ledger.jsonl"
    storage.append(path, b'{"n":1}\n')
    with open(path, "ab") as file:
        file.write(b'{"n":')
    storage.append(path, b'{"n":2}\n')
    assert path.read_bytes().splitlines() == [b'{"n":1}', b'{"n":', b'{"n":2}']


def test_a_file_is_set_aside_with_its_bytes_and_the_reason(tmp_path: Path) -> None:
    for storage in (Storage(clock=lambda: NOW), Storage(NoLinks(), clock=lambda: NOW)):
        path = tmp_path / "notes.json"
        path.write_bytes(b"broken")
        first = storage.set_aside(path, "it is cut off.")
        assert not path.exists()
        path.write_bytes(b"again")
        second = storage.set_aside(path, "it is cut off.", leave=True)
        assert path.read_bytes() == b"again"
        assert first.name.startswith("notes.json.set-aside-20260822T093000Z")
        assert first != second
        assert (first.read_bytes(), second.read_bytes()) == (b"broken", b"again")
        assert first.with_name(first.name + ".why.txt").read_text() == "it is cut off.\n"


def test_copies_never_overwrite(tmp_path: Path) -> None:
    source = tmp_path / "source.html"
    source.write_bytes(b"x" * 3_000_000)
    for storage in (Storage(), Storage(NoLinks())):
        folder = tmp_path / type(storage.fs).__name__
        names = [storage.copy_in(item, folder, "page.html").name for item in (source, b"other", b"third")]
        assert names == ["page.html", "page-2.html", "page-3.html"]
        assert (folder / "page.html").read_bytes() == source.read_bytes()
        assert (folder / "page-2.html").read_bytes() == b"other"
        assert storage.names(folder) == sorted(names)


@pytest.mark.parametrize("name", ["", ".", "..", "a/b", "../a", "a\\b", "a\0b"])
def test_a_copy_needs_a_plain_name(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="not a file name"):
        Storage().copy_in(b"x", tmp_path / "captures", name)
    assert not (tmp_path / "captures").exists()


def test_keeping_a_state_costs_no_copy_where_links_work(tmp_path: Path) -> None:
    storage = Storage()
    path = tmp_path / "notes.json"
    storage.write(path, b"one")
    storage.keep(path, tmp_path / "backups" / "1.json")
    assert (tmp_path / "backups" / "1.json").stat().st_ino == path.stat().st_ino
    storage.write(path, b"two")
    assert (tmp_path / "backups" / "1.json").read_bytes() == b"one"
    Storage(NoLinks()).keep(path, tmp_path / "backups" / "2.json")
    path.chmod(0o644)
    storage.keep(path, tmp_path / "backups" / "3.json")
    assert mode(tmp_path / "backups" / "3.json") == 0o600
    path.chmod(0o600)
    with pytest.raises(FileExistsError):
        storage.keep(path, tmp_path / "backups" / "3.json")


def test_our_old_temporary_files_go_and_no_others(tmp_path: Path) -> None:
    storage = Storage(clock=lambda: NOW)
    names = {
        ".notes.json.0011.kr-tmp": 2,
        ".notes.json.0022.kr-tmp": 0,
        ".other.json.0033.kr-tmp": 2,
        ".notes.json.x": 2,
    }
    for name, hours in names.items():
        (tmp_path / name).write_bytes(b"")
        age = (NOW - timedelta(hours=hours)).timestamp()
        os.utime(tmp_path / name, (age, age))
    with storage.lock(tmp_path / "notes.json"):
        pass
    assert not (tmp_path / ".notes.json.0011.kr-tmp").exists()
    assert (tmp_path / ".notes.json.0022.kr-tmp").exists()
    assert (tmp_path / ".other.json.0033.kr-tmp").exists()
    assert (tmp_path / ".notes.json.x").exists()


def test_a_lock_is_waited_for_and_then_given_up(tmp_path: Path) -> None:
    slept: list[float] = []
    path = tmp_path / "notes.json"
    waiting = Storage(sleep=slept.append, patience=0.5)
    busy = pytest.raises(BusyError, match=r"notes\.json is in use by another program")
    with Storage().lock(path), busy, waiting.lock(path):
        pass
    assert 0.4 < sum(slept) < 0.7
    with waiting.lock(path), waiting.lock(path):
        waiting.append(path, b"reentrant\n")


def test_a_lock_keeps_threads_apart(tmp_path: Path) -> None:
    storage = Storage()
    path = tmp_path / "count"
    storage.write(path, b"0")

    def add() -> None:
        for _ in range(20):
            with storage.lock(path):
                storage.write(path, str(int(storage.read(path)) + 1).encode())

    threads = [threading.Thread(target=add) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert storage.read(path) == b"60"


def test_the_longest_names_work(tmp_path: Path) -> None:
    storage = Storage()
    name = "한" * 80 + ".json"
    storage.write(tmp_path / name, b"1")
    assert storage.read(tmp_path / name) == b"1"


def test_a_folder_that_cannot_be_read_is_still_written_to(tmp_path: Path) -> None:
    class Unreadable(OsFileSystem):
        def open(self, path: Path, flags: int, mode: int = 0o600) -> int:
            if path.is_dir():
                raise PermissionError(errno.EACCES, "not readable")
            return super().open(path, flags, mode)

    Storage(Unreadable()).write(tmp_path / "a", b"1")
    assert (tmp_path / "a").read_bytes() == b"1"


def test_a_disk_that_takes_nothing_is_an_error(tmp_path: Path) -> None:
    class Full(OsFileSystem):
        def write(self, descriptor: int, data: memoryview) -> int:
            return 0

    with pytest.raises(OSError, match="took nothing"):
        Storage(Full()).write(tmp_path / "a", b"1")
    assert Storage().names(tmp_path) == []


def test_a_mac_is_told_to_flush_its_cache_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fcntl = pytest.importorskip("fcntl")
    asked: list[int] = []

    def refuse(descriptor: int, command: int) -> int:
        asked.append(command)
        raise OSError(errno.ENOTSUP, "not here")

    monkeypatch.setattr(fcntl, "F_FULLFSYNC", 51, raising=False)
    monkeypatch.setattr(fcntl, "fcntl", refuse)
    Storage().write(tmp_path / "a", b"1")
    assert 51 in asked
    assert (tmp_path / "a").read_bytes() == b"1"


def test_it_can_be_imported_where_fcntl_is_missing(tmp_path: Path) -> None:
    script = (
        "import sys; sys.modules['fcntl'] = None\n"
        "from pathlib import Path\nfrom corpus.storage import Storage\n"
        f"path = Path({str(tmp_path / 'a')!r})\n"
        "with Storage().lock(path):\n    Storage().write(path, b'1')\n"
    )
    subprocess.run([sys.executable, "-c", script], check=True, cwd=Path(__file__).parents[2])
    assert (tmp_path / "a").read_bytes() == b"1"


def _append(path: Path, name: str) -> None:
    for number in range(50):
        Storage().append(path, f"{name}{number}\n".encode())


def test_two_processes_append_whole_lines(tmp_path: Path) -> None:
    path = tmp_path / "ledger.jsonl"
    context = multiprocessing.get_context("fork")
    workers = [context.Process(target=_append, args=(path, name)) for name in "ab"]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sorted(path.read_text().split()) == sorted(f"{name}{number}" for name in "ab" for number in range(50))
