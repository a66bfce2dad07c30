"""Signing in by 企业微信: on its page in a browser, silently in its own app.

Only who is linked and at work comes in; whoever has a second factor gives his code as ever. Who is
not linked yet logs in once with his password and confirms that both are he.
"""

import hmac
from datetime import datetime, timedelta
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from evenhand.engine.reasons import reason
from evenhand.notify.channels.base import Failed
from evenhand.notify.channels.wecom import WeCom
from evenhand.notify.lanes import WECOM, wecom_now
from evenhand.notify.operations.links import CannotLink, link_oneself
from evenhand.notify.queries import linked_user, links_of
from evenhand.people.models import User
from evenhand.platform.ids import new_token
from evenhand.platform.refusal import Refused
from evenhand.web.account.login import get_or_post, is_in_app
from evenhand.web.acting import actor_in, signed_in
from evenhand.web.asked import words_of
from evenhand.web.entering import proceed, safe_next
from evenhand.wording.reasons import say

_STATE, _PENDING = "wecom_state", "wecom_pending"
_LASTS = timedelta(minutes=10)
_IN_APP = "https://open.weixin.qq.com/connect/oauth2/authorize"
_IN_BROWSER = "https://login.work.weixin.qq.com/wwlogin/sso/login"


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Send the browser to 企业微信, with a mark that must come back."""
    api = wecom_now()
    if api is None:
        return redirect("/login?stay=1")
    state = new_token()
    request.session[_STATE] = [state, safe_next(request), timezone.now().isoformat()]
    return redirect(_address(request, api, state))


def _address(request: HttpRequest, api: WeCom, state: str) -> str:
    back = f"{settings.EVENHAND_URL}/wecom/enter"
    company, agent = api.keys.settings["corp_id"], api.keys.settings["agent_id"]
    if is_in_app(request):
        asked = {
            "appid": company,
            "redirect_uri": back,
            "response_type": "code",
            "scope": "snsapi_base",
            "state": state,
            "agentid": agent,
        }
        return f"{_IN_APP}?{urlencode(asked)}#wechat_redirect"
    asked = {
        "login_type": "CorpApp",
        "appid": company,
        "agentid": agent,
        "redirect_uri": back,
        "state": state,
    }
    return f"{_IN_BROWSER}?{urlencode(asked)}"


@require_safe
def enter_with_code(request: HttpRequest) -> HttpResponse:
    """Come back from 企业微信 with a code; it works once, in the browser that asked for it."""
    after = _asked_for(request)
    api = wecom_now()
    if after is None or api is None:
        return _failed(request, "chat.sign_in_expired")
    try:
        member = api.member_of_code(request.GET.get("code", ""))
    except Failed:
        return _failed(request, "chat.sign_in_failed")
    user = linked_user(WECOM, member.userid)
    if user is not None:
        return proceed(request, user, by="wecom", after=after)
    request.session[_PENDING] = [member.userid, timezone.now().isoformat()]
    if isinstance(request.user, User):
        return redirect("/wecom/link")
    messages.info(request, words_of(request).text("web-chat-log-in-once"))
    return redirect(f"/login?{urlencode({'next': '/wecom/link', 'stay': 1})}")


def _asked_for(request: HttpRequest) -> str | None:
    """Where to go afterwards, if this browser asked to sign in a moment ago."""
    kept = request.session.pop(_STATE, None)
    given = request.GET.get("state", "")
    if kept is None or not hmac.compare_digest(str(kept[0]).encode(), given.encode()):
        return None
    return str(kept[1]) if _is_fresh(kept[2]) else None


def _is_fresh(since: str) -> bool:
    return timezone.now() - datetime.fromisoformat(since) <= _LASTS


def _failed(request: HttpRequest, code: str) -> HttpResponse:
    why = say(words_of(request), reason(code))
    return render(request, "web/chat/failed.html", {"why": why}, status=403)


@get_or_post
@signed_in()
def confirm_link(request: HttpRequest) -> HttpResponse:
    """Is the account of 企业微信 that just signed in really yours?"""
    actor = actor_in(request)
    pending = request.session.get(_PENDING)
    if pending is None or not _is_fresh(pending[1]):
        request.session.pop(_PENDING, None)
        if request.method == "POST":
            raise CannotLink(reason("chat.sign_in_expired"))
        return redirect("/account/notices")
    error = ""
    if request.method == "POST":
        try:
            link_oneself(WECOM, pending[0], actor=actor)
        except Refused as refusal:
            error = say(words_of(request), refusal.why)
        else:
            del request.session[_PENDING]
            messages.success(request, words_of(request).text("web-chat-linked"))
            return redirect("/account/notices")
    old = links_of(actor.user_id or 0).get(WECOM, "")
    context = {"address": pending[0], "old": old, "error": error}
    return render(request, "web/chat/link.html", context, status=422 if error else 200)
