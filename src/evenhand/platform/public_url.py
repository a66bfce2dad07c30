"""Which addresses people may type: encrypted ones, and plain ones that stay on one machine."""

from ipaddress import ip_address
from urllib.parse import urlsplit

from evenhand.engine.reasons import reason
from evenhand.platform.refusal import Refused


class UnsafeAddress(Refused):
    """The server would not be safe at this address, or it is none; the reason has the remedies."""


def check_public_url(url: str) -> None:
    """Accept https anywhere and http on loopback.

    :raises UnsafeAddress: anything else.
    """
    unreadable = UnsafeAddress(reason("server.url_unreadable", value=url))
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        raise unreadable from None
    if parts.scheme not in ("http", "https") or not host or parts.username is not None:
        raise unreadable
    # The server answers at the root of its address; what follows would be lost.
    if parts.path not in ("", "/") or parts.query or parts.fragment:
        raise unreadable
    if parts.scheme == "http" and not is_loopback(host):
        raise UnsafeAddress(reason("server.url_unencrypted", value=url))


def is_loopback(host: str) -> bool:
    """Whether a name or address means this machine itself."""
    name = host.lower().rstrip(".")
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return False
