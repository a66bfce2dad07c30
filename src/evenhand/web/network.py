"""From which network address a request comes."""

from django.conf import settings
from django.http import HttpRequest


def address_of(request: HttpRequest) -> str:
    """The caller's address; behind proxies that are ours, what the outermost of them says.

    Anybody can send `X-Forwarded-For`: only as many entries are believed as there are proxies
    (`EVENHAND_PROXIES`), counted from the end.
    """
    direct = str(request.META.get("REMOTE_ADDR", ""))
    told = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",")]
    proxies = settings.PROXIES
    if not proxies or len(told) < proxies or not told[-proxies]:
        return direct[:45]
    return told[-proxies][:45]
