"""The door for programs that push: /in/<key>. What they say is heard in `connectors`."""

from math import ceil

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from evenhand.connectors.calls import MOST_BYTES, Call
from evenhand.connectors.operations.receive import Reply, connector_at, greet
from evenhand.connectors.operations.receive import receive as hear
from evenhand.people.operations.buckets import take
from evenhand.web.network import address_of

# Of addresses that do not exist so many may be tried from one place.
_STRANGERS_RATE, _STRANGERS_BURST = 1.0, 60
_PLAIN = "text/plain; charset=utf-8"


@csrf_exempt  # signed by its sender; there is no session that another site could borrow
def receive(request: HttpRequest, key: str) -> HttpResponse:
    """Hear a call, or prove that the address is ours (GET)."""
    row = connector_at(key)
    if row is None:
        wait = take(f"in-unknown:{address_of(request)}", _STRANGERS_RATE, _STRANGERS_BURST)
        if wait:
            return _answer(Reply(429, "too often", _PLAIN, retry_after=max(1, ceil(wait))))
        return _answer(Reply(404, "no such address", _PLAIN))
    if request.method == "GET":
        return _answer(greet(row, _call(request, b""), now=timezone.now()))
    if request.method != "POST":
        return _answer(Reply(405, "POST", _PLAIN))
    try:
        body = _body(request)
    except UnreadablePostError:
        return _answer(Reply(400, "cut off", _PLAIN))
    return _answer(hear(row, _call(request, body), now=timezone.now()))


def _body(request: HttpRequest) -> bytes:
    """The body, or as much of it as shows that it is too large."""
    try:
        return request.read(MOST_BYTES + 1)
    except RequestDataTooBig:
        return b" " * (MOST_BYTES + 1)


def _call(request: HttpRequest, body: bytes) -> Call:
    return Call(
        method=request.method or "",
        url=f"{settings.EVENHAND_URL}{request.get_full_path()}",
        headers={name.lower(): value for name, value in request.headers.items()},
        query={name: value for name, value in request.GET.items() if isinstance(value, str)},
        body=body,
    )


def _answer(reply: Reply) -> HttpResponse:
    response = HttpResponse(reply.text, status=reply.status, content_type=reply.content_type)
    if reply.retry_after:
        response.headers["Retry-After"] = str(reply.retry_after)
    return response
