"""What all channels share: a message goes out, and it was sent, will be later, or never."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from ipaddress import ip_address, ip_network
from typing import Any, Protocol
from urllib.parse import urlsplit

from django.conf import settings

from evenhand.platform.http_out import (
    Answer,
    NotAllowedThere,
    Unreachable,
    check_address,
    send,
)
from evenhand.platform.public_url import is_loopback

# Why something was not sent, as the pages of the administrator word it: web-channel-why-<code>.
WHYS = (
    "unreachable", "closed_address", "bad_keys", "address_unlisted", "no_such_person",
    "not_permitted", "too_many", "busy", "refused", "unreadable", "gone", "expired",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One effect that is owed. `id` stays the same however often it is tried."""

    id: str
    kind: str
    payload: Mapping[str, Any]
    attempt: int = 1


@dataclass(frozen=True, slots=True)
class Sent:
    """It was taken."""


@dataclass(frozen=True, slots=True)
class Later:
    """Not now. `after`: what the other side asked for, else the usual pause; `holds`: all of the
    channel waits, and the try does not count."""

    why: str
    detail: str = ""
    after: timedelta | None = None
    holds: bool = False


@dataclass(frozen=True, slots=True)
class Refused:
    """Never: it is parked where operators see it. `closes`: the receiver wants nothing more."""

    why: str
    detail: str = ""
    closes: bool = False


Outcome = Sent | Later | Refused


class Channel(Protocol):
    """A way out. `send` touches no database, so that many may be under way at once."""

    def send(self, message: Outgoing) -> Outcome:
        """Hand one message over, in ten seconds at most."""
        ...


class Failed(Exception):
    """A call of a channel's interface failed; carries the outcome."""

    def __init__(self, outcome: Later | Refused) -> None:
        super().__init__(f"{outcome.why}: {outcome.detail}")
        self.outcome = outcome


def call(
    method: str,
    url: str,
    body: Any = None,
    headers: Mapping[str, str] | None = None,
) -> Answer:
    """One request with a JSON body; bytes go as they are.

    :raises Failed: nobody answered in time, or the address is closed to us.
    """
    if isinstance(body, bytes):
        data = body
    else:
        data = b"" if body is None else json.dumps(body, ensure_ascii=False).encode()
    kind = {"Content-Type": "application/json"} if data else {}
    try:
        return send(
            method,
            url,
            headers={**kind, **(headers or {})},
            body=data,
            allowed=settings.PRIVATE_TARGETS,
        )
    except NotAllowedThere as error:
        raise Failed(Refused("closed_address", str(error))) from error
    except Unreachable as error:
        raise Failed(Later("unreachable", str(error))) from error


def asked_pause(answer: Answer, otherwise: timedelta) -> timedelta:
    """How long the other side wants us to wait (`Retry-After` in seconds), within reason."""
    told = answer.headers.get("retry-after", "").strip()
    if not told.isdigit():
        return otherwise
    return timedelta(seconds=min(max(int(told), 1), 24 * 3600))


def check_target(url: str) -> None:
    """Accept what somebody typed as an address to send to: encrypted, or in a network of ours.

    :raises NotAllowedThere: anything else.
    """
    check_address(url)
    parts = urlsplit(url)
    host = parts.hostname or ""
    if parts.scheme != "https" and not is_loopback(host) and not _is_ours(host):
        raise NotAllowedThere("not encrypted")


def _is_ours(host: str) -> bool:
    try:
        address = ip_address(host)
    except ValueError:
        return False
    networks = [ip_network(one, strict=False) for one in settings.PRIVATE_TARGETS]
    return any(address.version == one.version and address in one for one in networks)
