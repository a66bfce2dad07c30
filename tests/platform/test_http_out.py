"""Requests of ours reach public addresses only, never follow, and end in time."""

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from threading import Event, Thread
from typing import ClassVar

import pytest

from evenhand.platform.http_out import MOST_BYTES, NotAllowedThere, Unreachable, send
from evenhand.platform.public_host import is_public

HERE = ("127.0.0.0/8",)


class Canary(BaseHTTPRequestHandler):
    """Notes every request; what it does is in the path."""

    asked: ClassVar[list[str]] = []
    released = Event()

    def do_GET(self) -> None:
        self.asked.append(self.path)
        if self.path == "/redirect":
            self.send_response(302)
            self.send_header("Location", "/elsewhere")
            self.end_headers()
        elif self.path == "/huge":
            self.send_response(200)
            self.send_header("Content-Length", str(10 * MOST_BYTES))
            self.end_headers()
            self.wfile.write(b"x" * 2 * MOST_BYTES)
        elif self.path == "/hang":
            self.released.wait(20)
        else:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b'{"ok": true}')

    def log_message(self, format: str, *args: object) -> None:
        pass


@contextmanager
def canary() -> Iterator[tuple[str, list[str]]]:
    Canary.asked = []
    Canary.released = Event()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Canary)
    server.daemon_threads = True
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", Canary.asked
    finally:
        Canary.released.set()
        server.shutdown()
        server.server_close()
        thread.join()


def test_an_allowed_address_answers() -> None:
    with canary() as (url, asked):
        answer = send("GET", f"{url}/here", allowed=HERE)

    assert (answer.status, answer.json()) == (200, {"ok": True})
    assert asked == ["/here"]


TRICKS = (
    "http://127.0.0.1:{port}/", "http://localhost:{port}/", "http://127.1:{port}/",
    "http://2130706433:{port}/", "http://0x7f000001:{port}/", "http://0177.0.0.1:{port}/",
    "http://0:{port}/", "http://[::1]:{port}/", "http://[::ffff:127.0.0.1]:{port}/",
    "http://[::]:{port}/", "http://user@127.0.0.1:{port}/", "http://127.0.0.1:{port}\\@x.example/",
    "ftp://127.0.0.1:{port}/", "file:///etc/passwd", "gopher://127.0.0.1:{port}/", "http:///",
    "http://127.0.0.1:{port}/\r\nX: y", "//127.0.0.1:{port}/", "http://①②⑦.0.0.1:{port}/", "",
    "http://127.0.0.1:notaport/", "http://[::1", "javascript:alert(1)",
)  # fmt: skip


@pytest.mark.parametrize("trick", TRICKS)
def test_no_spelling_of_this_machine_is_called(trick: str) -> None:
    with canary() as (url, asked):
        port = url.rpartition(":")[2]
        with pytest.raises((NotAllowedThere, Unreachable)):
            send("GET", trick.format(port=port))

    assert asked == []


@pytest.mark.parametrize(
    "address",
    "10.0.0.1 172.16.0.1 192.168.1.1 169.254.169.254 100.64.0.1 127.0.0.1 0.0.0.0 224.0.0.1"
    " 255.255.255.255 192.0.2.1 198.18.0.1 240.0.0.1 ::1 :: fe80::1 fc00::1 ff02::1"
    " ::ffff:10.0.0.1 64:ff9b::a9fe:a9fe 2002:7f00:1:: ::127.0.0.1 2001:db8::1"
    " 2001:0:7f00:1::".split(),
)
def test_private_addresses_are_known_in_every_dress(address: str) -> None:
    assert not is_public(ip_address(address))


@pytest.mark.parametrize("address", ["1.1.1.1", "119.29.29.29", "2400:3200::1", "64:ff9b::101:101"])
def test_public_addresses_are_public(address: str) -> None:
    assert is_public(ip_address(address))


def test_a_redirect_is_an_answer_and_not_followed() -> None:
    with canary() as (url, asked):
        answer = send("GET", f"{url}/redirect", allowed=HERE)

    assert answer.status == 302
    assert asked == ["/redirect"]


def test_of_a_huge_answer_no_more_is_read_than_the_limit() -> None:
    with canary() as (url, _):
        assert len(send("GET", f"{url}/huge", allowed=HERE).body) == MOST_BYTES


def test_who_hangs_is_left_when_the_time_is_over() -> None:
    with canary() as (url, _), pytest.raises(Unreachable):
        send("GET", f"{url}/hang", allowed=HERE, seconds=0.2)


def test_nobody_there_is_said() -> None:
    with pytest.raises(Unreachable):
        send("GET", "http://127.0.0.1:1/", allowed=HERE)
