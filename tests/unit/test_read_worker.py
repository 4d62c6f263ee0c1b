"""Reading in processes of its own: the same as in this one, and no capture takes the reader's time, memory or life."""

from __future__ import annotations

import io
import itertools
import json
import os
import pickle
import queue
import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from corpus.model import Document, Problem
from corpus.read import Limits, child, read, worker
from corpus.read.worker import Reading

ROOT = Path(__file__).parents[2]
TEXT = "Talks end without a date\n\nThe two delegations met for eleven hours in the house, and parted late.\n"

STRANGE = """
import corpus.read, os, sys, time
from pathlib import Path
ordinary = corpus.read.read
def read(path, limits):
    yield from ordinary(path, limits)
    if path.stem == "loop":
        while True: pass
    if path.stem == "sleep":
        time.sleep(600)
    if path.stem == "crash":
        os.abort()
    if path.stem == "killed":
        os.kill(os.getpid(), 9)
    if path.stem == "memory":
        hoard = [bytes(10_000_000)]
        while True: hoard.append(hoard[0] * 2)
    if path.stem == "fault":
        raise KeyError("x")
    if path.stem == "grown":
        b"x" * 300_000_000
    if path.stem == "loud":
        print("noise" * 100, flush=True)
        os.write(1, b"noise")
corpus.read.read = read
"""


@pytest.fixture
def reading() -> Iterator[Reading]:
    with Reading() as made:
        yield made


def put(folder: Path, name: str, data: bytes | str = TEXT) -> Path:
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def test_what_is_read_is_the_same_as_in_this_process(tmp_path: Path, reading: Reading) -> None:
    lines = "\n".join(
        json.dumps({"title": f"t{n}", "body": "b" * n, "comments": [{"id": 1, "body": "c", "x": 1}]}) for n in range(50)
    )
    paths = [put(tmp_path, "a.jsonl", lines), put(tmp_path, "b.txt"), tmp_path / "none", put(tmp_path, "d.bin", b"\0")]
    for path in paths:
        assert list(reading.read(path)) == list(read(path))


def test_odd_names(tmp_path: Path, reading: Reading) -> None:
    path = put(tmp_path, "a\udcff\x1b\n.txt")
    assert list(reading.read(path)) == list(read(path))


def test_files_at_once_each_in_its_order(tmp_path: Path) -> None:
    paths = [
        put(tmp_path, f"{at}.jsonl", "\n".join(json.dumps({"title": f"{at}-{n}"}) for n in range(30)))
        for at in range(9)
    ]
    titles: dict[Path, list[str]] = {path: [] for path in paths}
    ended: list[Path] = []
    with Reading(2) as reading:
        for path, item in reading.read_many(paths):
            assert path not in ended
            if item is None:
                ended.append(path)
                continue
            assert isinstance(item, Document)
            titles[path].append(item.title)
    assert sorted(ended) == sorted(paths)
    for at, path in enumerate(paths):
        assert titles[path] == [f"{at}-{n}" for n in range(30)]


def test_the_caller_is_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file is not read ahead of who takes its documents, and his time is not the file's."""
    path = put(tmp_path, "a.jsonl", "\n".join(json.dumps({"title": f"{n}", "body": "b" * 5000}) for n in range(400)))
    clock = itertools.count()
    with Reading(limits=Limits(seconds=1.0)) as reading:
        found = reading.read(path)
        next(found)
        # a caller for whom fifty seconds pass between one document and the next
        monkeypatch.setattr(worker, "time", SimpleNamespace(monotonic=lambda: next(clock) // 2 * 50))
        assert sum(isinstance(item, Document) for item in found) == 399


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("loop.txt", "took longer than 1 seconds"),
        ("sleep.txt", "took longer than 1 seconds"),
        ("crash.txt", "ended before its time"),
        ("killed.txt", "more memory than there is"),
        ("memory.txt", "too large to be read in the memory"),
        ("fault.txt", "a fault in this program (KeyError)"),
    ],
)
def test_a_capture_that_goes_wrong(name: str, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "_START", worker._START.replace("from corpus", STRANGE + "\nfrom corpus", 1))
    bad, good = put(tmp_path, name), put(tmp_path, "good.txt")
    seconds = 1.0 if "longer" in words else 60.0
    with Reading(limits=Limits(seconds=seconds, memory=400_000_000)) as reading:
        kept, problem = reading.read(bad)
        assert isinstance(kept, Document)
        assert isinstance(problem, Problem)
        assert words in problem.message
        assert problem.path == str(bad)
        assert [type(item) for item in reading.read(good)] == [Document]


def test_what_is_printed_by_chance_spoils_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "_START", worker._START.replace("from corpus", STRANGE + "\nfrom corpus", 1))
    paths = [put(tmp_path, "loud.txt"), put(tmp_path, "good.txt")]
    with Reading() as reading:
        assert [len(list(reading.read(path))) for path in paths] == [1, 1]


def test_a_process_that_has_grown_is_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "_START", worker._START.replace("from corpus", STRANGE + "\nfrom corpus", 1))
    with Reading(limits=Limits(memory=560_000_000)) as reading:
        assert len(list(reading.read(put(tmp_path, "good.txt")))) == 1
        assert len(reading._idle) == 1
        assert len(list(reading.read(put(tmp_path, "grown.txt")))) == 1
        assert reading._idle == []
        assert len(list(reading.read(put(tmp_path, "other.txt")))) == 1


def test_giving_up_and_closing(tmp_path: Path) -> None:
    path = put(tmp_path, "a.jsonl", "\n".join(json.dumps({"title": f"{n}", "body": "b" * 5000}) for n in range(400)))
    reading = Reading(2)
    for _ in reading.read(path):
        break
    assert reading._busy == []
    found = reading.read(path)
    next(found)
    reading.close()
    assert list(found) == []
    assert list(reading.read(path)) == []


def test_an_idle_process_that_was_killed_is_replaced(tmp_path: Path, reading: Reading) -> None:
    path = put(tmp_path, "a.txt")
    assert len(list(reading.read(path))) == 1
    reading._idle[0]._child.kill()
    reading._idle[0]._child.wait()
    assert [type(item) for item in reading.read(path)] == [Document]


def test_no_process_can_be_started(tmp_path: Path, reading: Reading, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", str(tmp_path / "none"))
    [problem] = reading.read(put(tmp_path, "a.txt"))
    assert isinstance(problem, Problem)
    assert "no process could be started" in problem.message


def test_no_object_comes_in_but_documents() -> None:
    with pytest.raises(pickle.UnpicklingError):
        worker._Models(io.BytesIO(pickle.dumps(subprocess.run))).load()


@pytest.mark.parametrize("name", ["make_document.__builtins__.get", "document_id", "Comments.__init__", "annotations"])
def test_nothing_is_reached_through_the_module_of_documents(name: str) -> None:
    packed = b"\x80\x04\x8c\x0ccorpus.model\x8c" + bytes([len(name)]) + name.encode() + b"\x93."
    with pytest.raises(pickle.UnpicklingError):
        worker._Models(io.BytesIO(packed)).load()


def test_files_served_one_after_the_other(tmp_path: Path) -> None:
    """The served side by itself: messages for each file, and an end to the process that has grown."""
    orders: queue.SimpleQueue[child.Order] = queue.SimpleQueue()
    for path in (put(tmp_path, "a.txt"), tmp_path / "none"):
        orders.put(child.Order(str(path), Limits(memory=2**62), 3600))
    orders.put(child.Order(str(tmp_path), Limits(memory=1), 3600))
    before = None
    try:
        import resource

        before = resource.getrlimit(resource.RLIMIT_AS), resource.getrlimit(resource.RLIMIT_CPU)
        output = io.BytesIO()
        original, child.limit_memory = child.limit_memory, lambda most: None
        try:
            child.serve(orders, output)
        finally:
            child.limit_memory = original
            resource.setrlimit(resource.RLIMIT_CPU, before[1])
    except ImportError:
        pytest.skip("this platform has no such limits")
    output.seek(0)
    kinds = []
    while head := output.read(child.HEAD.size):
        kind, size = child.HEAD.unpack(head)
        output.read(size)
        kinds.append(kind)
    assert kinds == [child.ITEM, child.END, child.ITEM, child.END, child.ITEM, child.LAST]


SCRIPT = """
import sys
from pathlib import Path
from corpus.read.worker import Reading
if __name__ != "never":
    with Reading() as reading:
        print([item.title for item in reading.read(Path(sys.argv[1]))])
"""


@pytest.mark.parametrize("how", ["-c", "file", "-m"])
def test_whatever_the_main_program_is(how: str, tmp_path: Path) -> None:
    """Also where the current folder holds files that are named as modules are."""
    path = put(tmp_path, "a.txt")
    put(tmp_path, "struct.py", "raise SystemExit('not ours')")
    (tmp_path / "main").mkdir()
    script = put(tmp_path / "main", "prog.py", SCRIPT)
    words = {"-c": ["-P", "-c", SCRIPT], "file": [str(script)], "-m": ["-m", "prog"]}[how]
    done = subprocess.run(
        [sys.executable, *words, str(path)],
        cwd=tmp_path if how == "-c" else script.parent,
        capture_output=True,
        text=True,
        timeout=60,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=False,
    )
    assert (done.stdout, done.stderr) == ("['Talks end without a date']\n", "")


@pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="the end of a process can be waited for on Linux only")
def test_it_ends_with_its_parent(tmp_path: Path) -> None:
    path = put(tmp_path, "a.jsonl", "\n".join(json.dumps({"title": f"{n}", "body": "b" * 5000}) for n in range(400)))
    script = (
        "import sys\nfrom pathlib import Path\nfrom corpus.read.worker import Reading\nreading = Reading()\n"
        "next(reading.read_many([Path(sys.argv[1])]).__iter__())\nhold = reading.read_many([Path(sys.argv[1])])\n"
        "next(hold)\nprint(reading._busy[0]._child.pid, flush=True)\nsys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script, str(path)], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as parent:
        assert parent.stdout is not None
        pid = int(parent.stdout.readline())
        parent.send_signal(signal.SIGKILL)
        parent.wait()
    try:
        process = os.pidfd_open(pid)
    except ProcessLookupError:
        return
    with open(process, "rb") as ended:
        assert select.select([ended], [], [], 20)[0]


def test_files_are_read_where_the_system_grants_no_larger_pipe(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fcntl = pytest.importorskip("fcntl")

    def refuse(*args: object) -> int:
        raise PermissionError

    monkeypatch.setattr(fcntl, "fcntl", refuse)
    path = tmp_path / "page.txt"
    path.write_text("A title\n\nA paragraph of some words.\n", encoding="utf-8")
    with Reading(1) as reading:
        assert [type(item).__name__ for item in reading.read(path)] == ["Document"]
