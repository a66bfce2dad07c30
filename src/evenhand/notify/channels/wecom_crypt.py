"""How 企业微信 signs and encrypts what it sends to a company's callback address.

The signature is SHA-1 over the sorted token, time, nonce and cipher text; the text is AES-256-CBC,
its plain form: 16 random bytes, a length, the message, and the company's id.
"""

import hmac
from base64 import b64decode
from binascii import Error as NoBase64
from hashlib import sha1
from xml.etree import ElementTree

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from evenhand.platform.plain_xml import UnreadableXml, read_plain_xml

_BLOCK = 32  # padding, in bytes
_RANDOM = 16
MOST_BYTES = 64 * 1024


class NotFromThere(Exception):
    """The call is not signed with our token, or not encrypted with our key for our company."""


def signature(token: str, timestamp: str, nonce: str, sealed: str) -> str:
    """What `msg_signature` must be."""
    return sha1("".join(sorted((token, timestamp, nonce, sealed))).encode()).hexdigest()


def opened(
    sealed: str, *, token: str, key: str, company: str, signed: str, timestamp: str, nonce: str
) -> bytes:
    """The message in a call, after its signature was checked.

    :raises NotFromThere: something in it is wrong; which, is told to nobody.
    """
    right = signature(token, timestamp, nonce, sealed)
    if not token or not hmac.compare_digest(right.encode(), signed.encode()):
        raise NotFromThere
    try:
        secret = b64decode(key + "=", validate=True)
        cipher = Cipher(algorithms.AES(secret), modes.CBC(secret[:16])).decryptor()
        padded = cipher.update(b64decode(sealed, validate=True)) + cipher.finalize()
    except (ValueError, NoBase64) as error:
        raise NotFromThere from error
    if not padded or not 1 <= padded[-1] <= _BLOCK:
        raise NotFromThere
    plain = padded[: -padded[-1]]
    length = int.from_bytes(plain[_RANDOM : _RANDOM + 4], "big")
    start = _RANDOM + 4
    message, receiver = plain[start : start + length], plain[start + length :]
    if len(message) != length or not hmac.compare_digest(receiver, company.encode()):
        raise NotFromThere
    return message


def read_xml(data: bytes) -> ElementTree.Element:
    """A small XML document without definitions of its own.

    :raises NotFromThere: it is none, or larger, or cleverer than those of 企业微信.
    """
    if len(data) > MOST_BYTES:
        raise NotFromThere
    try:
        return read_plain_xml(data)
    except UnreadableXml as error:
        raise NotFromThere from error
