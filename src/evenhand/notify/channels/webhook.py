"""Signed webhooks, as the Standard Webhooks specification has them.

The signature is HMAC-SHA256 over `id.timestamp.body`; while a secret is being replaced, the old and
the new one both sign. The id of an event stays the same however often it is tried.
"""

import hmac
import json
import secrets
from base64 import b64decode, b64encode
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from evenhand.notify.channels.base import (
    Failed,
    Later,
    Outcome,
    Outgoing,
    Refused,
    Sent,
    asked_pause,
    call,
)

PREFIX = "whsec_"
_PAUSE = timedelta(minutes=1)


def new_secret() -> str:
    """A secret to sign with: 32 random bytes, written as the specification has it."""
    return PREFIX + b64encode(secrets.token_bytes(32)).decode()


def signature(secret: str, message_id: str, timestamp: int, body: bytes) -> str:
    """One signature of the header `webhook-signature`."""
    key = b64decode(secret.removeprefix(PREFIX))
    signed = f"{message_id}.{timestamp}.".encode() + body
    return "v1," + b64encode(hmac.new(key, signed, sha256).digest()).decode()


@dataclass(frozen=True)
class Target:
    """Somebody's program that hears of events."""

    url: str
    secrets: Sequence[str]
    clock: Callable[[], datetime]

    def send(self, message: Outgoing) -> Outcome:
        """Post one event."""
        body = json.dumps(message.payload["body"], ensure_ascii=False, sort_keys=True).encode()
        message_id = str(message.payload.get("id") or message.id)
        timestamp = int(self.clock().timestamp())
        signed = (signature(one, message_id, timestamp, body) for one in self.secrets)
        headers = {
            "webhook-id": message_id,
            "webhook-timestamp": str(timestamp),
            "webhook-signature": " ".join(signed),
        }
        try:
            answer = call("POST", self.url, body, headers)
        except Failed as failure:
            return failure.outcome
        if 200 <= answer.status < 300:
            return Sent()
        if answer.status == 410:
            return Refused("gone", "410", closes=True)
        if answer.status in (429, 503) and "retry-after" in answer.headers:
            wait = asked_pause(answer, _PAUSE)
            return Later("too_many", str(answer.status), wait, holds=True)
        return Later("refused", str(answer.status))
