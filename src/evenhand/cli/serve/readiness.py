"""Whether the server answers: asked of itself, as a visitor would."""

import http.client
import ssl

from evenhand.cli.serve.settings import Settings

_PATH = "/readyz"
_WAIT_SECONDS = 2.0


def is_ready(settings: Settings) -> bool:
    """Whether /readyz answers 200."""
    address = settings.address.from_here
    connection: http.client.HTTPConnection
    if settings.certificate:
        # Our own port on our own machine; the certificate is made out to another name.
        context = ssl.create_default_context()
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        connection = http.client.HTTPSConnection(
            address.host, address.port, timeout=_WAIT_SECONDS, context=context
        )
    else:
        connection = http.client.HTTPConnection(address.host, address.port, timeout=_WAIT_SECONDS)
    try:
        connection.request("GET", _PATH, headers={"Host": "127.0.0.1"})
        return connection.getresponse().status == http.client.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
