"""Where the server listens: one host, one port."""

import errno
import socket
from dataclasses import dataclass

from evenhand.engine.reasons import reason
from evenhand.platform.refusal import Refused

_HIGHEST_PORT = 65_535
_EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}


class CannotListen(Refused):
    """The address is none, or cannot be had; the reason names EVENHAND_BIND."""


@dataclass(frozen=True)
class Address:
    """Host and port."""

    host: str
    port: int

    def __str__(self) -> str:
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"

    @property
    def from_here(self) -> "Address":
        """The address at which this machine itself reaches it."""
        return Address(_EVERYWHERE.get(self.host, self.host), self.port)


def parse_address(text: str) -> Address:
    """Read `127.0.0.1:8000`, `[::1]:8000` or `localhost:8000`.

    :raises CannotListen: it is none of these.
    """
    host, colon, port = text.strip().rpartition(":")
    if host.startswith("[") and host.endswith("]"):
        host = host[1:-1]
    elif ":" in host:
        host = ""
    if not (colon and host and port.isdecimal() and 0 < int(port) <= _HIGHEST_PORT):
        raise CannotListen(reason("server.bind_unreadable", value=text))
    return Address(host, int(port))


def check_free(address: Address) -> None:
    """Try to take the port, and give it back.

    :raises CannotListen: somebody has it, or the system does not give it to us.
    """
    family = socket.AF_INET6 if ":" in address.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as tried:
        # Connections of a former run that are still closing do not count.
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind((address.host, address.port))
            tried.listen()
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                raise CannotListen(reason("server.port_taken", value=str(address))) from None
            detail = error.strerror or str(error)
            raise CannotListen(
                reason("server.bind_impossible", value=str(address), detail=detail)
            ) from None
