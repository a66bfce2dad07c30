"""Secrets at rest: sealed with a key made from `SECRET_KEY`, opened also with its predecessors.

To rotate, put the old key into `EVENHAND_SECRET_KEY_OLD` and set a new one: what is written from
then on is sealed with the new key, and `reseal` moves what stands there already.
"""

from base64 import urlsafe_b64encode
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


class Unopenable(Exception):
    """A secret was sealed with a key that is not known here."""


def seal(secret: str) -> str:
    """The secret as it may be stored."""
    return _sealer().encrypt(secret.encode()).decode()


def unseal(sealed: str) -> str:
    """What was sealed.

    :raises Unopenable: with another key, or it was changed.
    """
    try:
        return _sealer().decrypt(sealed.encode()).decode()
    except InvalidToken as error:
        raise Unopenable("sealed with a key that is not known here") from error


def reseal(sealed: str) -> str:
    """The same secret under the newest key.

    :raises Unopenable: as `unseal`.
    """
    try:
        return _sealer().rotate(sealed.encode()).decode()
    except InvalidToken as error:
        raise Unopenable("sealed with a key that is not known here") from error


def _sealer() -> MultiFernet:
    return _sealer_of(settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)


@lru_cache(maxsize=4)
def _sealer_of(*keys: str) -> MultiFernet:
    return MultiFernet([Fernet(urlsafe_b64encode(_derived(key))) for key in keys])


def _derived(key: str) -> bytes:
    # A key of its own purpose: what signs cookies never encrypts.
    return HKDF(SHA256(), length=32, salt=None, info=b"evenhand: secrets at rest").derive(
        key.encode()
    )
