"""Fetching one page from the web: http and https only, every hop checked, bounded in size and time.

An address is resolved once, what it resolves to is checked, and the connection is made to that very address: a
name that answers otherwise a moment later (DNS rebinding) changes nothing.
"""

from __future__ import annotations

import ipaddress
import queue
import socket
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, urljoin, urlsplit, urlunsplit

from corpus.content_types import suffix_for
from corpus.text import canonical_line

if TYPE_CHECKING:
    import httpx

MOST_BYTES = 20_000_000
MOST_SECONDS = 15.0
MOST_HOPS = 10
_MOST_ADDRESSES = 4
_REDIRECTS = (301, 302, 303, 307, 308)
_SECRET_HEADERS = frozenset({"set-cookie", "set-cookie2", "cookie", "authorization", "proxy-authenticate"})
Resolve = Callable[[str, int], Sequence[str]]
"""Returns the IP addresses of a host for a port. Raises OSError."""


class FetchError(Exception):
    """Nothing was fetched; the message is a sentence for the user."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """What was fetched: bytes, the address asked for and the last one, when (ISO 8601), and the answer's headers."""

    data: bytes
    asked: str
    url: str
    fetched: str
    evidence: str
    headers: Mapping[str, str]
    suffix: str


def fetch(
    url: str, *, allow_local: bool = False, resolve: Resolve | None = None, seconds: float = MOST_SECONDS
) -> Fetched:
    """Fetch a page.

    Args:
        url: http or https.
        allow_local: also from this machine and from private networks.
        resolve: finds the addresses of a host; the system's own way where None.
        seconds: after which it is given up, whatever it hangs on.

    Raises FetchError with a sentence that names the host.
    """
    answer: queue.SimpleQueue[Fetched | BaseException] = queue.SimpleQueue()

    def work() -> None:
        try:
            answer.put(_Fetch(url, allow_local, resolve or _resolve, seconds).run())
        except BaseException as error:
            answer.put(error)

    # looking up a name cannot be given a time limit: the thread is left behind where it hangs
    threading.Thread(target=work, daemon=True, name="fetch").start()
    try:
        found = answer.get(timeout=seconds)
    except queue.Empty:
        raise FetchError(_late(url, seconds)) from None
    if isinstance(found, FetchError):
        raise found
    if isinstance(found, BaseException):
        raise FetchError(f"{_host(url)} could not be read: {canonical_line(str(found), 200) or type(found).__name__}.")
    return found


def _late(url: str, seconds: float) -> str:
    return f"{_host(url)} did not answer in full within {seconds:g} seconds."


def _host(url: str) -> str:
    try:
        return canonical_line(urlsplit(url).hostname or url, 200)
    except ValueError:
        return canonical_line(url, 200)


class _Fetch:
    """One fetch, hop by hop."""

    def __init__(self, url: str, allow_local: bool, resolve: Resolve, seconds: float) -> None:
        self.asked, self.allow_local, self.resolve = url, allow_local, resolve
        self.seconds, self.end = seconds, time.monotonic() + seconds

    def run(self) -> Fetched:
        url = self.asked.strip()
        for _ in range(MOST_HOPS + 1):
            parts, addresses = self._checked(url)
            with self._answer(url, parts, addresses) as response:
                location = response.headers.get("location")
                if response.status_code not in _REDIRECTS or not location:
                    return self._taken(url, response)
            url = urljoin(url, location.strip())
        raise FetchError(f"{_host(self.asked)} sends from one address to the next without an end.")

    def _checked(self, url: str) -> tuple[SplitResult, Sequence[str]]:
        """Return the parts of an address and the IP addresses to connect to, one after the other."""
        try:
            parts = urlsplit(url)
            host, port = parts.hostname, parts.port
        except ValueError:
            raise FetchError(f"{canonical_line(url, 200)} is not a web address.") from None
        if (
            parts.scheme not in ("http", "https")
            or not host
            or any(ord(char) <= 32 or ord(char) == 127 for char in url)
        ):
            raise FetchError(f"Only http and https addresses are fetched, not {canonical_line(url, 200)}.")
        if parts.username or parts.password:
            raise FetchError("An address with a user name or password in it is not fetched.")
        try:
            found = self.resolve(host, port or (443 if parts.scheme == "https" else 80))
        except (OSError, UnicodeError):
            raise FetchError(f"There is no host {canonical_line(host, 200)}, or the network is down.") from None
        if not found:
            raise FetchError(f"There is no host {canonical_line(host, 200)}.")
        if not self.allow_local and (private := next((item for item in found if not is_public(item)), None)):
            raise FetchError(
                f"{canonical_line(host, 200)} is at {private}, which is not on the public internet; "
                "--allow-local fetches from there all the same."
            )
        return parts, list(dict.fromkeys(found))[:_MOST_ADDRESSES]

    def _left(self) -> float:
        left = self.end - time.monotonic()
        if left <= 0:
            raise FetchError(_late(self.asked, self.seconds))
        return left

    def _answer(self, url: str, parts: SplitResult, addresses: Sequence[str]) -> _Answer:
        import httpx

        last: Exception | None = None
        for address in addresses:
            try:
                return self._connected(parts, address)
            except httpx.ConnectError as error:
                last = error
            except httpx.HTTPError as error:
                raise FetchError(_why(url, error)) from None
        assert isinstance(last, httpx.HTTPError)
        raise FetchError(_why(url, last)) from None

    def _connected(self, parts: SplitResult, address: str) -> _Answer:
        import httpx

        port = f":{parts.port}" if parts.port else ""
        numeric = f"[{address}]" if ":" in address else address
        target = urlunsplit((parts.scheme, f"{numeric}{port}", parts.path or "/", parts.query, ""))
        name = parts.hostname or ""
        name = name if name.isascii() else name.encode("idna").decode("ascii")
        headers = {
            "Host": f"[{name}]{port}" if ":" in name else f"{name}{port}",
            "User-Agent": "korea-reader",
            "Accept": "text/html,application/xhtml+xml,application/json;q=0.9,*/*;q=0.5",
            "Accept-Encoding": "gzip, deflate",
        }
        # no cookies, no proxy of the environment, no netrc: a client of its own for every hop
        client = httpx.Client(trust_env=False, follow_redirects=False, timeout=self._left())
        try:
            request = client.build_request("GET", target, headers=headers, extensions={"sni_hostname": name})
            return _Answer(client, client.send(request, stream=True))
        except BaseException:
            client.close()
            raise

    def _taken(self, url: str, response: httpx.Response) -> Fetched:
        import httpx

        if response.status_code != 200:
            said = canonical_line(response.reason_phrase, 80)
            raise FetchError(f"{_host(url)} answered {response.status_code} {said}".rstrip() + ".")
        kind = response.headers.get("content-type", "").split(";")[0].strip().lower()
        suffix = suffix_for(kind, url)
        if suffix is None:
            raise FetchError(f"{_host(url)} sent {canonical_line(kind, 80)}, which is neither a page nor text.")
        try:
            data = b"".join(self._pieces(url, response))
        except httpx.HTTPError as error:
            raise FetchError(_why(url, error)) from None
        if not data.strip():
            raise FetchError(f"{_host(url)} sent an empty page.")
        when, evidence = _when(response.headers.get("date"))
        headers = {
            canonical_line(key.lower(), 100): canonical_line(value, 1000)
            for key, value in response.headers.items()
            if key.lower() not in _SECRET_HEADERS
        }
        return Fetched(data, self.asked.strip(), url, when, evidence, headers, suffix)

    def _pieces(self, url: str, response: httpx.Response) -> Iterator[bytes]:
        size = 0
        for piece in response.iter_bytes():
            size += len(piece)
            if size > MOST_BYTES:
                raise FetchError(f"{_host(url)} sent more than {MOST_BYTES // 1_000_000} MB; nothing was kept.")
            self._left()
            yield piece


class _Answer:
    """A response and the client that it came through, closed together."""

    def __init__(self, client: httpx.Client, response: httpx.Response) -> None:
        self.client, self.response = client, response

    def __enter__(self) -> httpx.Response:
        return self.response

    def __exit__(self, *_: object) -> None:
        self.response.close()
        self.client.close()


def is_public(address: str) -> bool:
    """Tell whether an IP address is one of the public internet, whatever it is wrapped in."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour or (found.teredo or (None, None))[1]
        if inner is None and found in ipaddress.ip_network("64:ff9b::/96"):
            inner = ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
        if found.is_site_local:
            return False
    return found.is_global and not (found.is_multicast or found.is_reserved or found.is_unspecified)


def _resolve(host: str, port: int) -> list[str]:
    return [str(item[4][0]) for item in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def _when(stated: str | None) -> tuple[str, str]:
    """Return when a page was fetched, by the server's clock where it tells, and how that is known."""
    if stated:
        try:
            return parsedate_to_datetime(stated).astimezone(UTC).strftime(
                "%Y-%m-%dT%H:%M:%SZ"
            ), "HTTP Date of the answer"
        except (ValueError, TypeError, OverflowError):
            pass
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"), "time when it was fetched"


def _why(url: str, error: httpx.HTTPError) -> str:
    import httpx

    host = _host(url)
    if isinstance(error, httpx.TimeoutException):
        return f"{host} took too long to answer."
    said = str(error)
    if "CERTIFICATE" in said or "certificate" in said:
        return f"{host} has no valid certificate, so it is not certain who answers; nothing was fetched."
    if isinstance(error, httpx.ConnectError):
        return f"{host} could not be reached."
    if isinstance(error, httpx.DecodingError):
        return f"{host} sent a page that cannot be unpacked."
    return f"{host} broke off: {canonical_line(said, 120) or type(error).__name__}."
