"""The callback address: what 企业微信 tells us when somebody presses a button or writes a text.

A call is checked (signature, time, company), then answered at once with nothing: what is said goes
out as a message of its own. It calls again if it hears nothing within five seconds; the same call
has one effect.
"""

from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from xml.etree.ElementTree import Element

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from evenhand.notify.channels.wecom import WeCom
from evenhand.notify.channels.wecom_crypt import MOST_BYTES, NotFromThere, opened, read_xml
from evenhand.notify.lanes import WECOM, wecom_now
from evenhand.notify.operations.calls import is_first
from evenhand.platform.transactions import in_transaction
from evenhand.web.chat.pressed import pressed
from evenhand.web.chat.written import written

# It repeats within seconds; whoever sends an old call again is somebody else.
_OLDEST = timedelta(minutes=10)
_CLOSED = "403: wrong signature, too old, or not meant for this company\n"


@dataclass(frozen=True, slots=True)
class Call:
    """What somebody did in the chat."""

    userid: str
    kind: str  # text, or the name of an event
    key: str  # of the button
    text: str
    response_code: str
    chosen: tuple[str, ...]
    mark: str  # the same for the same call


@csrf_exempt  # signed by its sender; there is no session that another site could borrow
@require_http_methods(["GET", "POST"])
def wecom(request: HttpRequest) -> HttpResponse:
    """Prove that the address is ours (GET), or hear what somebody did (POST)."""
    api = wecom_now()
    if api is None:
        return _closed()
    try:
        if request.method == "GET":
            echo = _opened(request, api, request.GET.get("echostr", ""))
            return HttpResponse(echo, content_type="text/plain; charset=utf-8")
        if int(request.headers.get("Content-Length") or 0) > MOST_BYTES:
            raise NotFromThere
        outer = read_xml(request.body)
        call = _call(read_xml(_opened(request, api, outer.findtext("Encrypt") or "")), api)
    except (NotFromThere, ValueError, OverflowError):
        return _closed()
    in_transaction(lambda: _answer(call))
    return HttpResponse(b"", content_type="text/plain")


def _closed() -> HttpResponse:
    return HttpResponse(_CLOSED, status=403, content_type="text/plain")


def _opened(request: HttpRequest, api: WeCom, sealed: str) -> bytes:
    given = {name: request.GET.get(name, "") for name in ("timestamp", "nonce", "msg_signature")}
    message = opened(
        sealed,
        token=api.keys.secrets.get("callback_token", ""),
        key=api.keys.secrets.get("callback_key", ""),
        company=api.keys.settings.get("corp_id", ""),
        signed=given["msg_signature"],
        timestamp=given["timestamp"],
        nonce=given["nonce"],
    )
    age = abs(timezone.now().timestamp() - int(given["timestamp"]))
    if request.method == "POST" and age > _OLDEST.total_seconds():
        raise NotFromThere
    return message


def _call(xml: Element, api: WeCom) -> Call:
    def text(name: str) -> str:
        return (xml.findtext(name) or "").strip()

    if text("ToUserName") != api.keys.settings.get("corp_id"):
        raise NotFromThere
    names = ("FromUserName", "CreateTime", "MsgType", "Event", "EventKey", "TaskId")
    parts = [text("MsgId") or text("ResponseCode"), *(text(name) for name in names)]
    return Call(
        userid=text("FromUserName"),
        kind=text("Event") if text("MsgType") == "event" else text("MsgType"),
        key=text("EventKey"),
        text=text("Content"),
        response_code=text("ResponseCode"),
        chosen=tuple(one.text or "" for one in xml.iter("OptionId")),
        mark=sha256("\n".join(parts).encode()).hexdigest(),
    )


def _answer(call: Call) -> None:
    if not is_first(WECOM, call.mark):
        return
    if call.kind == "template_card_event":
        pressed(call.userid, call.key, call.chosen, call.response_code)
    elif call.kind == "text":
        written(call.userid, call.text)
