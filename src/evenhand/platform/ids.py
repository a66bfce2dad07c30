"""Secret tokens: made at random, shown once, kept as a digest, compared in constant time."""

import hmac
import secrets
from hashlib import sha256

_TOKEN_BYTES = 32


def new_token() -> str:
    """A fresh token of 256 random bits that may stand in an address."""
    return secrets.token_urlsafe(_TOKEN_BYTES)


def token_digest(token: str) -> bytes:
    """What is stored of a token (SHA-256): enough to recognize it, useless to a thief.

    Plain hashing is enough because a token, unlike a password, cannot be guessed.
    """
    return sha256(token.encode()).digest()


def is_token(token: str, *, digest: bytes) -> bool:
    """Whether this is the token with that digest; takes as long for a wrong one."""
    return hmac.compare_digest(token_digest(token), digest)
