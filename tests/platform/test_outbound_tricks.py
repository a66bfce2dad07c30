"""F6: no spelling of an address leads a request of ours into a network that is closed to us.

A canary listens on every address of this machine; what would be dialed elsewhere is noted where
httpcore dials, and not dialed. Names are resolved by a table, as an attacker's name server would.
"""

import socket
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import IPv4Address, ip_address
from threading import Thread
from typing import Any, ClassVar

import httpcore
import pytest

from evenhand.platform.http_out import Answer, NotAllowedThere, Unreachable, send
from evenhand.platform.public_host import is_public

PUBLIC = "93.184.215.14"
ANYWHERE = ("0.0.0.0/0", "::/0")
CLOSED = (
    "127.0.0.1",
    "127.255.255.254",
    "0.0.0.0",
    "10.0.0.1",
    "10.255.255.255",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.0.1",
    "169.254.169.254",  # metadata of most clouds
    "100.100.100.200",  # … of Alibaba's
    "192.0.0.192",  # … of Oracle's
    "100.64.0.1",
    "198.18.0.1",
    "192.0.2.1",
    "203.0.113.9",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
)
# Whatever leads to this machine, and the address of it that tests may dial.
HERE = {
    "127.0.0.1": "127.0.0.1", "0.0.0.0": "127.0.0.1", "::ffff:127.0.0.1": "127.0.0.1",
    "127.255.255.254": "127.0.0.1", "::1": "::1", "::": "::1",
}  # fmt: skip
# What a name server answers, call by call; the last answer stays.
NAMES: dict[str, list[list[str]]] = {
    "inside.example": [["10.0.0.5"]],
    "loop.example": [["127.0.0.1"]],
    "loop6.example": [["::1"]],
    "metadata.example": [["169.254.169.254"]],
    "mapped.example": [["::ffff:127.0.0.1"]],
    "nat64.example": [["64:ff9b::7f00:1"]],
    "zone.example": [["fe80::1%1"]],
    "both.example": [[PUBLIC, "127.0.0.1"]],
    "both-turned.example": [["127.0.0.1", PUBLIC]],
    "both-families.example": [["2606:2800:21f:cb07:6820:80da:af6b:8b2c", "127.0.0.1"]],
    "rebinding.example": [[PUBLIC], ["127.0.0.1"]],
    "rebinding-late.example": [[PUBLIC], [PUBLIC], ["169.254.169.254"]],
    "xn--fiqs8s.example": [["10.0.0.1"]],
    "public.example": [[PUBLIC]],
}


class Canary(BaseHTTPRequestHandler):
    """Sends everybody on to itself: whoever follows is seen twice."""

    asked: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        self.asked.append(self.path)
        status = self.path.removeprefix("/redirect/")
        if status.isdecimal():
            self.send_response(int(status))
            self.send_header("Location", f"http://127.0.0.1:{self.server.server_port}/followed")
            self.send_header("Refresh", "0; url=/followed")
        else:
            self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def do_POST(self) -> None:
        self.do_GET()

    def log_message(self, format: str, *args: object) -> None:
        pass


class Listener(ThreadingHTTPServer):
    """On IPv4 and IPv6 alike; notes every connection, also one that says nothing."""

    address_family = socket.AF_INET6
    daemon_threads = True

    def __init__(self) -> None:
        self.connections = 0
        super().__init__(("::", 0), Canary)

    def server_bind(self) -> None:
        self.socket.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
        super().server_bind()

    def get_request(self) -> Any:
        found = super().get_request()
        self.connections += 1
        return found


@dataclass
class Net:
    """What is outside: the canary, what was dialed, how often a name was asked."""

    server: Listener
    dialed: list[str] = field(default_factory=list)
    resolved: Counter[str] = field(default_factory=Counter)

    @property
    def port(self) -> int:
        return int(self.server.server_port)

    def connections(self) -> int:
        """How many came before the one that this makes: they are accepted in their order."""
        with socket.create_connection(("127.0.0.1", self.port)) as last:
            last.sendall(b"GET /last HTTP/1.0\r\n\r\n")
            while last.recv(1_000):
                pass
        return self.server.connections - 1


@contextmanager
def listening() -> Iterator[Listener]:
    Canary.asked = []
    with Listener() as server:
        thread = Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture
def net(monkeypatch: pytest.MonkeyPatch) -> Iterator[Net]:
    with listening() as server:
        found = Net(server)
        _by_table(found, monkeypatch)
        _only_here(found, monkeypatch)
        yield found


def _by_table(net: Net, monkeypatch: pytest.MonkeyPatch) -> None:
    real = socket.getaddrinfo

    def resolve(host: Any, port: Any, *args: Any, **kwargs: Any) -> Any:
        name = host.decode() if isinstance(host, bytes) else str(host)
        name = name.lower().rstrip(".")
        if name in NAMES:
            answers = NAMES[name]
            now = answers[min(net.resolved[name], len(answers) - 1)]
            net.resolved[name] += 1
            return [
                (socket.AF_INET6 if ":" in one else socket.AF_INET, socket.SOCK_STREAM, 6, "",
                 (one, port, 0, 0) if ":" in one else (one, port))
                for one in now
            ]  # fmt: skip
        if name != "localhost":
            kwargs["flags"] = socket.AI_NUMERICHOST  # no question leaves this machine
        return real(host, port, *args, **kwargs)

    monkeypatch.setattr(socket, "getaddrinfo", resolve)


def _only_here(net: Net, monkeypatch: pytest.MonkeyPatch) -> None:
    dial = httpcore.SyncBackend.connect_tcp

    def connect(self: Any, host: str, port: int, *args: Any, **kwargs: Any) -> Any:
        net.dialed.append(host)
        if host not in HERE:
            raise httpcore.ConnectError("nobody there")
        return dial(self, HERE[host], port, *args, **kwargs)

    monkeypatch.setattr(httpcore.SyncBackend, "connect_tcp", connect)


def _spellings(text: str) -> Iterator[str]:
    """One IPv4 address in the ways that resolvers and libraries have read."""
    number = int(IPv4Address(text))
    a, b, c, d = (int(part) for part in text.split("."))
    yield text
    yield f"{text}."
    yield str(number)
    yield hex(number)
    yield f"0{number:o}"
    yield f"{a:#x}.{b:#x}.{c:#x}.{d:#x}"
    yield f"0{a:o}.0{b:o}.0{c:o}.0{d:o}"
    yield f"{a}.{number & 0xFFFFFF}"
    yield f"{a}.{b}.{number & 0xFFFF}"
    yield f"{a:#X}.{b}.0{c:o}.{d}"
    yield f"[::ffff:{text}]"
    yield f"[::ffff:{number >> 16:x}:{number & 0xFFFF:x}]"
    yield f"[0:0:0:0:0:FFFF:{number >> 16:04X}:{number & 0xFFFF:04X}]"
    yield f"[::{number >> 16:x}:{number & 0xFFFF:x}]"
    yield f"[64:ff9b::{text}]"
    yield f"[64:ff9b:1::{number >> 16:x}:{number & 0xFFFF:x}]"
    yield f"[2002:{number >> 16:x}:{number & 0xFFFF:x}::1]"
    yield f"[2001:0:5db8:d70e:0:0:{(number >> 16) ^ 0xFFFF:x}:{(number & 0xFFFF) ^ 0xFFFF:x}]"


_HOSTS = (
    "localhost", "LOCALHOST", "localhost.", "LocalHost", "0", "00", "0x0", "127.1", "127.0.1",
    "127.000.000.001", "[::1]", "[::]", "[0:0:0:0:0:0:0:1]", "[fe80::1]", "[fe80::1%251]",
    "[fc00::1]", "[fd00:ec2::254]", "[fec0::1]", "[ff02::1]", "[2001:db8::1]", "[100::1]",
    "[::1%25lo]", "[v1.x]", "[::ffff:0:127.0.0.1]", "127.0.0.1%00.public.example",
    "127.0.0.1%2f.public.example", "①②⑦.0.0.1", "127。0。0。1", "１２７.0.0.1", "ⓛocalhost",
    "localhost%00", "中国.example", "loop.example.",
    *(name for name in NAMES if "rebinding" not in name and "public" not in name),
)  # fmt: skip
_URLS = (
    "http://user@127.0.0.1:{port}/", "http://user:secret@127.0.0.1:{port}/",
    "http://public.example@127.0.0.1:{port}/", "http://public.example:80@127.0.0.1:{port}/",
    "http://127.0.0.1:{port}@public.example/", "http://@127.0.0.1:{port}/",
    "http://127.0.0.1:{port}\\@public.example/", "http://public.example\\@127.0.0.1:{port}/",
    "http://127.0.0.1:{port}#@public.example/", "http://127.0.0.1:{port}?@public.example/",
    "http://127.0.0.1:{port}/\r\nHost: public.example", "http://127.0.0.1:{port}\t/",
    " http://127.0.0.1:{port}/", "http:\n//127.0.0.1:{port}/", "\x00http://127.0.0.1:{port}/",
    "http:127.0.0.1:{port}/", "http:/127.0.0.1:{port}/", "http:///127.0.0.1:{port}/",
    "//127.0.0.1:{port}/", "127.0.0.1:{port}", "HTTP://127.0.0.1:{port}/",
    "hTTps://127.0.0.1:{port}/", "https://127.0.0.1:{port}/", "ftp://127.0.0.1:{port}/",
    "file:///etc/passwd", "file://127.0.0.1/etc/passwd", "gopher://127.0.0.1:{port}/_GET",
    "dict://127.0.0.1:{port}/", "ldap://127.0.0.1:{port}/", "ws://127.0.0.1:{port}/",
    "jar:http://127.0.0.1:{port}/!/", "data:text/plain,x", "javascript:alert(1)",
    "unix:///var/run/docker.sock", "http+unix://%2Fvar%2Frun%2Fdocker.sock/", "http://", "",
    "http://127.0.0.1:{port}:80/", "http://127.0.0.1:notaport/", "http://127.0.0.1:-1/",
    "http://127.0.0.1:99999999/", "http://[::1", "http://::1:{port}/", "http://[127.0.0.1]:{port}/",
    "http://[::1]x:{port}/", "http://127.0.0.1:{port}%23/", "http://%31%32%37.0.0.1:{port}/",
    "http://127.0.0.1:{port}/../..", "http://[::ffff:7f00:1%25]:{port}/",
)  # fmt: skip
TRICKS = tuple(
    dict.fromkeys(
        [
            *(f"http://{host}:{{port}}/" for ip in CLOSED for host in _spellings(ip)),
            *(f"http://{host}:{{port}}/" for host in _HOSTS),
            *_URLS,
        ]
    )
)


def _try(net: Net, allowed: tuple[str, ...] = ()) -> dict[str, Answer | Exception]:
    found: dict[str, Answer | Exception] = {}
    for trick in TRICKS:
        url = trick.replace("{port}", str(net.port))
        try:
            found[trick] = send("GET", url, allowed=allowed, seconds=2)
        except (NotAllowedThere, Unreachable) as error:
            found[trick] = error
    return found


def test_no_trick_reaches_a_network_that_is_closed(net: Net) -> None:
    found = _try(net)

    assert len(TRICKS) >= 300
    assert [trick for trick, said in found.items() if isinstance(said, Answer)] == []
    # What was dialed at all is public: two of Teredo's and the like lead nowhere else.
    assert [one for one in net.dialed if not is_public(ip_address(one))] == []
    assert net.connections() == 0
    assert Canary.asked == ["/last"]


def test_without_the_guard_the_same_tricks_reach_the_canary(net: Net) -> None:
    """The control: they are tricks, and somebody listens."""
    found = _try(net, ANYWHERE)

    reached = [trick for trick, said in found.items() if isinstance(said, Answer)]
    assert len(reached) >= 20
    assert net.connections() >= len(reached)
    closed = [one for one in net.dialed if not is_public(ip_address(one.partition("%")[0]))]
    assert len(closed) >= 150


@pytest.mark.parametrize("name", ["rebinding.example", "rebinding-late.example"])
def test_a_name_that_changes_its_mind_is_asked_once(net: Net, name: str) -> None:
    with pytest.raises(Unreachable):
        send("GET", f"http://{name}:{net.port}/")

    assert (net.resolved[name], net.dialed) == (1, [PUBLIC])
    # The next request asks anew, and hears the truth.
    for _ in range(2):
        with pytest.raises((NotAllowedThere, Unreachable)):
            send("GET", f"http://{name}:{net.port}/")
    assert set(net.dialed) == {PUBLIC}
    assert net.connections() == 0


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308, 300, 305])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_no_redirect_is_followed(net: Net, method: str, status: int) -> None:
    url = f"http://127.0.0.1:{net.port}/redirect/{status}"

    answer = send(method, url, body=b"{}" if method == "POST" else b"", allowed=("127.0.0.0/8",))

    assert answer.status == status
    assert Canary.asked == [f"/redirect/{status}"]


def test_a_proxy_of_the_environment_is_not_asked(net: Net, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{net.port}")

    with pytest.raises(Unreachable):
        send("GET", "http://public.example/")

    assert net.dialed == [PUBLIC]
    assert net.connections() == 0


def test_one_allowed_network_opens_no_other(net: Net) -> None:
    with pytest.raises(NotAllowedThere):
        send("GET", f"http://127.0.0.1:{net.port}/", allowed=("10.0.0.0/8",))
    with pytest.raises(NotAllowedThere):
        send("GET", f"http://both.example:{net.port}/", allowed=("10.0.0.0/8",))

    assert net.connections() == 0
