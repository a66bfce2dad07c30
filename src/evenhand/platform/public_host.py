"""Which network addresses may be called from here: public ones, and private ones that were allowed.

An address that somebody types into a page must never lead this server to its own network: cloud
metadata, databases, printers. Names are resolved once, and the connection goes to what was checked.
"""

import socket
from collections.abc import Iterable, Sequence
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network

Address = IPv4Address | IPv6Address

# IPv4 addresses in the clothes of IPv6: what they lead to is what counts.
_NAT64 = (IPv6Network("64:ff9b::/96"), IPv6Network("64:ff9b:1::/48"))
_COMPATIBLE = IPv6Network("::/96")


class PrivateAddress(Exception):
    """The name leads to an address that may not be called from here."""


def checked_addresses(host: str, port: int, allowed: Sequence[str] = ()) -> list[str]:
    """The addresses of a name, all of them fit to be called; `allowed` networks are fit too.

    :raises PrivateAddress: one of them is not; a name with both is a trap.
    :raises OSError: there is no such name.
    """
    networks = [ip_network(one, strict=False) for one in allowed]
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = list(dict.fromkeys(str(one[4][0]) for one in found))
    for text in addresses:
        address = ip_address(text.partition("%")[0])
        if not is_public(address) and not any(
            address.version == one.version and address in one for one in networks
        ):
            raise PrivateAddress(text)
    return addresses


def is_public(address: Address) -> bool:
    """Whether an address is one of the open internet, also behind IPv6 clothes."""
    return all(_is_open(one) for one in _meant_by(address))


def _is_open(address: Address) -> bool:
    return (
        address.is_global
        and not address.is_multicast
        and not address.is_reserved
        and not address.is_unspecified
    )


def _meant_by(address: Address) -> Iterable[Address]:
    if isinstance(address, IPv4Address):
        return [address]
    if address.ipv4_mapped is not None:
        return [address.ipv4_mapped]
    if address.sixtofour is not None:
        return [address.sixtofour]
    if address.teredo is not None:
        return list(address.teredo)
    if any(address in network for network in (*_NAT64, _COMPATIBLE)):
        return [IPv4Address(int(address) & 0xFFFFFFFF)]
    return [address]
