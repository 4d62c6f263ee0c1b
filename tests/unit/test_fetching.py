from __future__ import annotations

import contextlib
import gzip
import json
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from corpus import fetching
from corpus.adding import add_fetched
from corpus.fetching import Fetched, FetchError, fetch, is_public
from corpus.paths import Folders
from tui.cli import main

PAGE = (
    b"<html><head><title>Talks resume</title></head><body><p>" + b"The envoys met again. " * 20 + b"</p></body></html>"
)
ELSEWHERE = "http://elsewhere.test/secret"


class Handler(BaseHTTPRequestHandler):
    asked: list[tuple[str, dict[str, str]]]

    def do_GET(self) -> None:
        self.asked.append((self.path, {key.lower(): value for key, value in self.headers.items()}))
        with_body: dict[str, Callable[[], None]] = {
            "/page": lambda: self.answer(PAGE, "text/html; charset=utf-8", {"Set-Cookie": "id=7", "X-Own": "a\x9bb"}),
            "/packed": lambda: self.answer(gzip.compress(PAGE), "text/html", {"Content-Encoding": "gzip"}),
            "/broken": lambda: self.answer(b"no gzip at all", "text/html", {"Content-Encoding": "gzip"}),
            "/picture": lambda: self.answer(b"\x89PNG", "image/png"),
            "/record": lambda: self.answer(b'{"title": "T", "body": "Words."}', "application/json"),
            "/bytes.txt": lambda: self.answer(b"Title\n\nSome words here.", "application/octet-stream"),
            "/empty": lambda: self.answer(b" ", "text/html"),
            "/large": lambda: self.answer(b"x" * (fetching.MOST_BYTES + 1), "text/html"),
            "/bomb": lambda: self.answer(
                gzip.compress(b"x" * (fetching.MOST_BYTES + 1)), "text/html", {"Content-Encoding": "gzip"}
            ),
            "/drip": self.drip,
            "/round": lambda: self.send_on("/round"),
            "/on": lambda: self.send_on("page"),
            "/away": lambda: self.send_on(ELSEWHERE),
            "/file": lambda: self.send_on("file:///etc/passwd"),
        }
        handle = with_body.get(self.path)
        if handle:
            handle()
        else:
            self.send_error(404)

    def answer(self, body: bytes, kind: str, headers: dict[str, str] | None = None) -> None:
        self.send_response(200)
        for key, value in {"Content-Type": kind, "Content-Length": str(len(body)), **(headers or {})}.items():
            self.send_header(key, value)
        self.end_headers()
        with contextlib.suppress(OSError):
            self.wfile.write(body)

    def send_on(self, where: str) -> None:
        self.send_response(302)
        self.send_header("Location", where)
        self.send_header("Set-Cookie", "hop=1")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def drip(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        try:
            while not self.server.over.wait(0.02):  # type: ignore[attr-defined]
                self.wfile.write(b"x")
        except OSError:
            pass

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture(scope="module")
def server() -> Iterator[ThreadingHTTPServer]:
    Handler.asked = []
    found = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    found.over = threading.Event()  # type: ignore[attr-defined]
    thread = threading.Thread(target=found.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield found
    found.over.set()  # type: ignore[attr-defined]
    found.shutdown()
    found.server_close()
    thread.join()


@pytest.fixture
def at(server: ThreadingHTTPServer) -> Callable[[str], str]:
    Handler.asked.clear()
    return lambda path: f"http://127.0.0.1:{server.server_port}{path}"


@pytest.fixture
def home(tmp_path: Path) -> Folders:
    return Folders(*(tmp_path / kind for kind in ("data", "config", "state", "cache")))


def refused(url: str, **options: object) -> str:
    with pytest.raises(FetchError) as found:
        fetch(url, **options)  # type: ignore[arg-type]
    said = str(found.value)
    assert said.endswith(".")
    assert "\n" not in said
    return said


def test_a_page_is_fetched_with_its_address_time_and_headers_and_no_cookies(at: Callable[[str], str]) -> None:
    found = fetch(at("/page"), allow_local=True)
    assert (found.data, found.url, found.suffix) == (PAGE, at("/page"), ".html")
    assert found.fetched.endswith("Z")
    assert "HTTP Date" in found.evidence
    assert found.headers["content-type"] == "text/html; charset=utf-8"
    assert "set-cookie" not in found.headers
    assert found.headers["x-own"].isprintable()
    (_, sent) = Handler.asked[0]
    assert sent["host"] == at("").removeprefix("http://")
    assert "cookie" not in sent


def test_what_is_packed_for_the_way_is_unpacked(at: Callable[[str], str]) -> None:
    assert fetch(at("/packed"), allow_local=True).data == PAGE
    assert "unpacked" in refused(at("/broken"), allow_local=True)


def test_a_redirect_is_followed_and_brings_no_cookie_along(at: Callable[[str], str]) -> None:
    found = fetch(at("/on"), allow_local=True)
    assert (found.asked, found.url) == (at("/on"), at("/page"))
    assert "cookie" not in Handler.asked[1][1]


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/none", "404"),
        ("/picture", "image/png"),
        ("/empty", "empty"),
        ("/round", "without an end"),
        ("/file", "Only http and https"),
    ],
)
def test_what_cannot_be_kept_is_said(at: Callable[[str], str], path: str, words: str) -> None:
    assert words in refused(at(path), allow_local=True)


def test_the_size_is_bounded_also_unpacked(at: Callable[[str], str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "MOST_BYTES", 100_000)
    for path in ("/large", "/bomb"):
        assert "nothing was kept" in refused(at(path), allow_local=True)


def test_the_time_is_bounded_whatever_it_hangs_on(at: Callable[[str], str]) -> None:
    start = time.monotonic()
    assert "0.3 seconds" in refused(at("/drip"), allow_local=True, seconds=0.3)
    hung = threading.Event()

    def resolve(host: str, port: int) -> list[str]:
        hung.wait(30)
        return []

    assert "0.2 seconds" in refused("http://slow.test/", resolve=resolve, seconds=0.2)
    hung.set()
    assert time.monotonic() - start < 10


def test_kinds_of_content_keep_a_sensible_ending(at: Callable[[str], str]) -> None:
    assert fetch(at("/record"), allow_local=True).suffix == ".json"
    assert fetch(at("/bytes.txt"), allow_local=True).suffix == ".txt"


PRIVATE = [
    "127.0.0.1", "127.8.8.8", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0", "100.64.0.1",
    "224.0.0.1", "240.0.0.1", "255.255.255.255", "192.0.2.1", "198.18.0.1",
    "::", "::1", "fc00::1", "fd12::1", "fe80::1", "fe80::1%eth0", "fec0::1", "ff02::1", "::ffff:127.0.0.1",
    "::ffff:10.0.0.1", "::127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "nonsense",
]  # fmt: skip


@pytest.mark.parametrize("address", PRIVATE)
def test_private_addresses_are_refused_before_anything_is_sent(address: str) -> None:
    assert not is_public(address)
    said = refused("http://news.example/x", resolve=lambda host, port: ["8.8.8.8", address])
    assert "news.example" in said
    assert "--allow-local" in said


def test_public_addresses_are_public() -> None:
    assert all(map(is_public, ("8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8")))


@pytest.mark.parametrize("host", ["127.0.0.1", "[::1]", "localhost", "0x7f000001", "2130706433", "[::ffff:127.0.0.1]"])
def test_this_machine_is_refused_however_it_is_spelt(server: ThreadingHTTPServer, host: str) -> None:
    Handler.asked.clear()
    refused(f"http://{host}:{server.server_port}/page")
    assert Handler.asked == []


def test_every_hop_is_checked(server: ThreadingHTTPServer, monkeypatch: pytest.MonkeyPatch) -> None:
    Handler.asked.clear()
    monkeypatch.setattr(fetching, "is_public", lambda address: address == "127.0.0.1")
    said = refused(
        f"http://open.test:{server.server_port}/away",
        resolve=lambda host, port: ["127.0.0.1" if host == "open.test" else "10.0.0.7"],
    )
    assert "elsewhere.test is at 10.0.0.7" in said
    assert [path for path, _ in Handler.asked] == ["/away"]


def test_a_name_is_looked_up_once_and_that_answer_is_connected_to(
    server: ThreadingHTTPServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    Handler.asked.clear()
    answers = iter([["127.0.0.1"], ["10.0.0.1"]])
    monkeypatch.setattr(fetching, "is_public", lambda address: True)
    found = fetch(f"http://rebinding.test:{server.server_port}/page", resolve=lambda host, port: next(answers))
    assert found.data == PAGE
    assert next(answers) == ["10.0.0.1"], "a second look-up would have rebound the name"
    assert Handler.asked[0][1]["host"] == f"rebinding.test:{server.server_port}"


@pytest.mark.parametrize(
    "url",
    [
        "ftp://x.test/",
        "file:///etc/passwd",
        "gopher://x.test/",
        "http:///x",
        "http://user:pass@x.test/",
        "http://x.test:99999/",
        "http://x.test/\r\nHost: y",
        "http://[::1",
        "http://a b/",
    ],
)
def test_addresses_that_are_not_fetched(url: str) -> None:
    def resolve(host: str, port: int) -> list[str]:
        raise AssertionError("looked up")

    refused(url, resolve=resolve)


def test_hosts_that_are_not_there_are_said() -> None:
    def resolve(host: str, port: int) -> list[str]:
        raise OSError("no")

    assert "There is no host nowhere.test" in refused("http://nowhere.test/", resolve=resolve)
    assert "There is no host" in refused("http://nowhere.test/", resolve=lambda host, port: [])


def test_nobody_listening_is_said(server: ThreadingHTTPServer) -> None:
    import socket

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    assert "could not be reached" in refused(f"http://127.0.0.1:{port}/", allow_local=True)


def test_add_keeps_a_page_and_what_fetching_it_showed(
    at: Callable[[str], str], home: Folders, capsys: pytest.CaptureFixture[str]
) -> None:
    folders = ["--data-dir", str(home.data), "--config-dir", str(home.config), "--state-dir", str(home.state)]
    words = ["add", at("/on"), "--allow-local", *folders, "--cache-dir", str(home.cache)]
    assert main(words) == 0
    out = capsys.readouterr()
    kept = Path(out.out.strip())
    assert kept.read_bytes() == PAGE
    assert kept.name.startswith("talks-resume-")
    assert f"sent on to {at('/page')}" in out.err
    assert main(words) == 0
    assert "there already" in capsys.readouterr().err
    lines = [json.loads(line) for line in home.ledger.read_text().splitlines()]
    assert [line["url"] for line in lines] == [at("/page")] * 2, "that it was seen again is put down"
    assert lines[0]["source"] == at("/on")
    assert lines[0]["headers"]["content-type"].startswith("text/html")
    assert main([*words[:1], at("/page"), *words[3:]]) == 3
    assert "--allow-local" in capsys.readouterr().err


def test_what_the_page_says_of_its_saving_stands_before_the_time_of_fetching(home: Folders) -> None:
    from corpus.ledger import Facts, Ledger
    from corpus.storage import Storage

    page = Fetched(
        PAGE, "http://a.test/", "http://a.test/", "2026-01-01T00:00:00Z", "HTTP Date of the answer", {}, ".html"
    )
    added = add_fetched(page, home, facts=Facts("2018-01-04T00:00:00Z", "SingleFile's note in the page"))
    facts = Ledger(home.ledger, Storage()).facts(added.sha256)
    assert facts is not None
    assert (facts.saved, facts.url) == ("2018-01-04T00:00:00Z", "http://a.test/")
