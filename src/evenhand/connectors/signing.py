"""Whether a call comes from whom it says: signatures, their age, keys that stand in the call.

What the platforms document is said in their mappings; here is how each scheme is computed. Every
comparison takes the same time, right or wrong. (reference: reliability, S9)
"""

import hmac
from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from hashlib import new as new_hash
from typing import Any

from evenhand.connectors.calls import Call, UnreadableBody, plain_body, text_at
from evenhand.connectors.mapping.document import (
    Check,
    Document,
    Encoding,
    Part,
    Scheme,
    Signature,
    Where,
)
from evenhand.engine.reasons import Reason, reason
from evenhand.notify.channels.wecom_crypt import NotFromThere, opened, read_xml

Secrets = Mapping[str, str]


class NotAuthentic(Exception):
    """A call is not signed with a secret of ours, or too old; `why` says it for the list."""

    def __init__(self, why: Reason) -> None:
        super().__init__(why.code)
        self.why = why


def authentic(document: Document, call: Call, sets: Sequence[Secrets], *, now: datetime) -> Call:
    """The call, with its body decrypted where it was encrypted, if one of the sets of secrets fits.

    Two sets are there while secrets are being replaced.

    :raises NotAuthentic: none of them fits, or the call is too old.
    """
    why: Reason = reason("connector.not_signed")
    for secrets in sets:
        try:
            found = _checked(document, call, secrets)
        except NotAuthentic as error:
            why = error.why
            continue
        _check_age(document, found, now)
        return found
    raise NotAuthentic(why)


def _checked(document: Document, call: Call, secrets: Secrets) -> Call:
    signature = document.signature
    if signature.scheme == Scheme.WECOM:
        return _from_wecom(call, secrets)
    body = _Lazy(document, call)
    if signature.scheme != Scheme.ADDRESS:
        _check_signature(signature, document, call, body, secrets)
    for check in document.also:
        if not holds(check, call, body.value, secrets=secrets):
            raise NotAuthentic(reason("connector.not_signed"))
    return call


class _Lazy:
    """The plain body, read when it is asked for: what is signed by bytes alone needs none."""

    def __init__(self, document: Document, call: Call) -> None:
        self._document, self._call = document, call
        self._value: Any = None

    @property
    def value(self) -> Any:
        """The values of the body; nothing where it cannot be read."""
        if self._value is None:
            try:
                self._value = plain_body(self._call.body, self._document.body)
            except UnreadableBody:
                self._value = {}
        return self._value


def _check_signature(
    signature: Signature, document: Document, call: Call, body: _Lazy, secrets: Secrets
) -> None:
    assert signature.at is not None, "the mapping was checked"
    is_inside = signature.at.where in (Where.BODY, Where.ENTRY)
    given = text_at(signature.at, call, body.value if is_inside else None)
    if signature.prefix:
        if not given.startswith(signature.prefix):
            raise NotAuthentic(reason("connector.not_signed"))
        given = given.removeprefix(signature.prefix)
    secret = secrets.get(signature.key, "")
    if not given:
        raise NotAuthentic(reason("connector.not_signed"))
    right = _right(signature, document, call, body, secrets, secret)
    if signature.encoding == Encoding.HEX and signature.scheme != Scheme.KEY:
        given = given.lower()
    if signature.length:
        right, given = right[: signature.length], given[: signature.length]
    if not right or not hmac.compare_digest(right.encode(), given.encode("utf-8", "replace")):
        raise NotAuthentic(reason("connector.wrong_signature"))


def _right(
    signature: Signature,
    document: Document,
    call: Call,
    body: _Lazy,
    secrets: Secrets,
    secret: str,
) -> str:
    """What the signature must be; "" where a secret is missing."""
    if signature.scheme == Scheme.KEY:
        return secret
    if any(part.what == "secret" and not secrets.get(part.text) for part in signature.of):
        return ""
    signed = b"".join(_signed(signature.of, call, body, secrets))
    if signature.scheme in (Scheme.HMAC_SHA256, Scheme.HMAC_SHA1):
        if not secret:
            return ""
        name = signature.scheme.value.removeprefix("hmac-")
        digest = hmac.new(secret.encode(), signed, name)
        return _encoded(digest.digest(), signature.encoding)
    plain = new_hash(signature.scheme.value, signed, usedforsecurity=False)
    return _encoded(plain.digest(), signature.encoding)


def _encoded(digest: bytes, encoding: Encoding) -> str:
    if encoding == Encoding.BASE64:
        return b64encode(digest).decode()
    if encoding == Encoding.BASE64_OF_HEX:
        return b64encode(digest.hex().encode()).decode()
    return digest.hex()


def _signed(parts: Any, call: Call, body: _Lazy, secrets: Secrets) -> Iterator[bytes]:
    for part in parts:
        yield _bytes_of(part, call, body, secrets)


def _bytes_of(part: Part, call: Call, body: _Lazy, secrets: Secrets) -> bytes:
    match part.what:
        case "body":
            return call.body
        case "method":
            return call.method.encode()
        case "url":
            return call.url.encode()
        case "text":
            return part.text.encode()
        case "secret":
            return secrets.get(part.text, "").encode()
    assert part.place is not None, "the mapping was checked"
    is_inside = part.place.where in (Where.BODY, Where.ENTRY)
    found = text_at(part.place, call, body.value if is_inside else None)
    return found.encode("utf-8", "replace")


def _check_age(document: Document, call: Call, now: datetime) -> None:
    stamp = document.timestamp
    if stamp is None:
        return
    is_inside = stamp.at.where in (Where.BODY, Where.ENTRY)
    text = text_at(stamp.at, call, _Lazy(document, call).value if is_inside else None)
    if not (text.isascii() and text.isdecimal()) or len(text) > 15:
        raise NotAuthentic(reason("connector.no_time"))
    seconds = abs(now.timestamp() - int(text) / stamp.unit_per_second)
    if seconds > stamp.minutes * 60:
        raise NotAuthentic(reason("connector.too_old", minutes=stamp.minutes))


def _from_wecom(call: Call, secrets: Secrets) -> Call:
    """The call with the message that was encrypted in it."""
    try:
        if call.method == "GET":
            sealed = call.query.get("echostr", "")
        else:
            sealed = read_xml(call.body).findtext("Encrypt") or ""
        message = opened(
            sealed,
            token=secrets.get("token", ""),
            key=secrets.get("aes_key", ""),
            company=secrets.get("corp_id", ""),
            signed=call.query.get("msg_signature", ""),
            timestamp=call.query.get("timestamp", ""),
            nonce=call.query.get("nonce", ""),
        )
    except (NotFromThere, ValueError):
        raise NotAuthentic(reason("connector.wrong_signature")) from None
    return replace(call, body=message)


def holds(
    check: Check, call: Call, body: Any, entry: Any = None, *, secrets: Secrets | None = None
) -> bool:
    """Whether a condition holds; one without values asks whether something stands there."""
    text = text_at(check.at, call, body, entry)
    if check.secret:
        right = (secrets or {}).get(check.secret, "")
        return bool(right) and hmac.compare_digest(right.encode(), text.encode("utf-8", "replace"))
    if check.equals:
        return text in check.equals
    if check.holds:
        return any(part in text for part in check.holds)
    return bool(text)
