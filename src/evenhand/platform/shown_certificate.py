"""What https shows at the address that people type: its certificate, and whether old TLS is spoken.

Looked at from this machine, as a browser would: names and authorities are those of the system.
(ASVS 12.1.1, 12.2.2)
"""

import socket
import ssl
import warnings
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

_PATIENCE_SECONDS = 5


@dataclass(frozen=True, slots=True)
class Shown:
    """What was seen. `untrusted` says why a browser would not believe it; empty = it would."""

    untrusted: str = ""
    days: int = 0  # that the certificate is valid from now on, where it is believed
    version: str = ""  # of TLS, the best that both speak
    speaks_old: bool = False  # TLS 1.1 or 1.0


class Unreachable(Exception):
    """Nothing answers there, as seen from this machine."""


def shown_at(url: str, now: datetime, context: ssl.SSLContext | None = None) -> Shown:
    """Look at an https address; `context` in place of what this machine believes.

    :raises Unreachable: nothing answers, or it does not speak TLS.
    """
    parts = urlsplit(url)
    place = (parts.hostname or "", parts.port or 443)
    speaks_old = _speaks_old(place)
    try:
        with _connected(place, context or ssl.create_default_context()) as connection:
            certificate, version = connection.getpeercert() or {}, connection.version() or ""
    except ssl.SSLCertVerificationError as error:
        return Shown(untrusted=error.verify_message or str(error), speaks_old=speaks_old)
    except OSError as error:
        raise Unreachable(str(error)) from error
    ends = ssl.cert_time_to_seconds(str(certificate["notAfter"]))
    days = int((ends - now.timestamp()) // 86_400)
    return Shown(days=days, version=version, speaks_old=speaks_old)


def _connected(place: tuple[str, int], context: ssl.SSLContext) -> ssl.SSLSocket:
    made = socket.create_connection(place, _PATIENCE_SECONDS)
    try:
        return context.wrap_socket(made, server_hostname=place[0])
    except BaseException:
        made.close()
        raise


def _speaks_old(place: tuple[str, int]) -> bool:
    """Whether a client that knows nothing newer than TLS 1.1 is spoken to."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    context.set_ciphers("ALL:@SECLEVEL=0")  # else it is this machine that refuses
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # that they are old is the point
        context.minimum_version = ssl.TLSVersion.TLSv1
        context.maximum_version = ssl.TLSVersion.TLSv1_1
    try:
        _connected(place, context).close()
    except OSError:
        return False
    return True
