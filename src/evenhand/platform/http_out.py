"""The one door for HTTP requests of ours to other machines.

Public addresses only (and networks that the operator allowed), connected to the very address that
was checked; no redirects; a limit of time for the whole and of size for the answer.
(reference: reliability, S9)
"""

import json
import ssl
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from time import monotonic
from typing import Any
from urllib.parse import urlsplit

import httpcore

from evenhand.platform.public_host import PrivateAddress, checked_addresses

SECONDS = 10.0
MOST_BYTES = 64 * 1024
_PORTS = {"https": 443, "http": 80}


class Unreachable(Exception):
    """No answer: nobody there, too slow, not encrypted as it should be, or cut off."""


class NotAllowedThere(Exception):
    """The address is none, or leads to a network that is closed to us."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: the status, headers in lower case, the body (at most MOST_BYTES of it)."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    def json(self) -> Any:
        """The body as JSON; {} where it is none."""
        try:
            return json.loads(self.body)
        except ValueError:
            return {}


def send(
    method: str,
    url: str,
    *,
    headers: Mapping[str, str] | None = None,
    body: bytes = b"",
    allowed: Sequence[str] = (),
    seconds: float = SECONDS,
) -> Answer:
    """Send one request and read its answer; `allowed` are private networks that may be called.

    :raises NotAllowedThere: the address may not be called.
    :raises Unreachable: there was no answer, or none in time.
    """
    check_address(url)
    guard = _Guard(allowed, monotonic() + seconds)
    try:
        with httpcore.ConnectionPool(
            ssl_context=_tls(), network_backend=guard, max_connections=1
        ) as pool:
            sent = pool.stream(
                method,
                url,
                headers=[("User-Agent", "Evenhand"), *(headers or {}).items()],
                content=body or None,
                extensions={"timeout": dict.fromkeys(("connect", "read", "write"), seconds)},
            )
            with sent as answer:
                return Answer(answer.status, _headers(answer.headers), _start_of(answer))
    except PrivateAddress as error:
        raise NotAllowedThere(f"{urlsplit(url).hostname} is {error}") from error
    except (httpcore.NetworkError, httpcore.TimeoutException, httpcore.ProtocolError) as error:
        raise Unreachable(f"{type(error).__name__}: {error}"[:200]) from error
    except (OSError, ValueError) as error:
        raise Unreachable(f"{type(error).__name__}: {error}"[:200]) from error


def check_address(url: str) -> None:
    """Refuse what is no address of a web server.

    :raises NotAllowedThere: no http(s), no host, with a user's name, or unreadable.
    """
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        raise NotAllowedThere("not an address") from None
    if parts.scheme not in _PORTS or not host or parts.username is not None:
        raise NotAllowedThere("not an address of a web server")
    if any(ord(one) < 33 or ord(one) > 126 for one in url):
        raise NotAllowedThere("not an address in plain letters")


def _headers(found: Iterable[tuple[bytes, bytes]]) -> dict[str, str]:
    return {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in found}


def _start_of(answer: httpcore.Response) -> bytes:
    read = bytearray()
    for part in answer.iter_stream():
        read += part
        if len(read) >= MOST_BYTES:
            break
    return bytes(read[:MOST_BYTES])


@lru_cache(maxsize=1)
def _tls() -> ssl.SSLContext:
    return httpcore.default_ssl_context()


class _Guard(httpcore.NetworkBackend):
    """Connects to checked addresses only, and lets nothing take longer than the whole may."""

    def __init__(self, allowed: Sequence[str], until: float) -> None:
        self._plain = httpcore.SyncBackend()
        self._allowed = allowed
        self._until = until

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Any = None,
    ) -> httpcore.NetworkStream:
        """Resolve once, check all, connect to the first."""
        found = checked_addresses(host, port, self._allowed)
        stream = self._plain.connect_tcp(
            found[0], port, _left(self._until), local_address, socket_options
        )
        return _Hurried(stream, self._until)


class _Hurried(httpcore.NetworkStream):
    """A stream whose every step has what is left of the time for the whole."""

    def __init__(self, stream: httpcore.NetworkStream, until: float) -> None:
        self._stream = stream
        self._until = until

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Read some bytes in the time that is left."""
        return self._stream.read(max_bytes, _left(self._until))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Write all of it in the time that is left."""
        self._stream.write(buffer, _left(self._until))

    def close(self) -> None:
        """Close the connection."""
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        """Encrypt; the certificate must be of the name, not of the address."""
        stream = self._stream.start_tls(ssl_context, server_hostname, _left(self._until))
        return _Hurried(stream, self._until)

    def get_extra_info(self, info: str) -> Any:
        """What httpcore asks of the connection."""
        return self._stream.get_extra_info(info)


def _left(until: float) -> float:
    left = until - monotonic()
    if left <= 0:
        raise httpcore.ReadTimeout("it took too long")
    return left
