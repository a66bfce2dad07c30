"""钉钉: work notifications (工作通知) of a company's own app.

The payload of a message: `to` (a userid) and `text` or a `card`; cards lead to a page, and are
answered there.
"""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from evenhand.notify.channels.base import Outcome, Outgoing, Sent, call
from evenhand.notify.channels.chat import ChatApi, Keys, Numbers, outcome_of
from evenhand.notify.channels.markdown import card_markdown
from evenhand.platform.http_out import Answer

URL = "https://oapi.dingtalk.com"
_MOST_BYTES = 2048

NUMBERS = Numbers(
    field="errcode",
    stale=frozenset({40014, 42001, 41001}),
    whys={
        40001: "bad_keys",
        40013: "bad_keys",
        40089: "bad_keys",
        60011: "not_permitted",
        60020: "address_unlisted",
        60121: "no_such_person",
        33012: "no_such_person",
        400002: "no_such_person",
    },
    waits={-1: "busy", 88: "too_many", 90018: "too_many", 143105: "too_many", 143106: "too_many"},
)


class DingTalk(ChatApi):
    """The server interface of 钉钉."""

    numbers = NUMBERS

    def fetch_token(self) -> tuple[str, int]:
        """A token for the app's key and secret."""
        key, secret = quote(self.keys.settings["app_key"]), quote(self.keys.secrets["secret"])
        found = self.plain("GET", f"/gettoken?appkey={key}&appsecret={secret}")
        return str(found["access_token"]), int(found.get("expires_in", 7200))

    def request(self, token: str, method: str, path: str, body: Any) -> Answer:
        """One call; the token stands in the address here."""
        return call(method, f"{self.keys.url}{path}?access_token={quote(token)}", body)

    def person_with_mobile(self, mobile: str) -> str:
        """The userid of a member with this number.

        :raises Failed: there is none, or the app may not ask.
        """
        found = self.ask("POST", "/topapi/v2/user/getbymobile", {"mobile": mobile})
        return str(found["result"]["userid"])

    def send(self, message: Outgoing) -> Outcome:
        """Send a text, or a card with one link."""
        return outcome_of(lambda: self._send(message))

    def _send(self, message: Outgoing) -> Outcome:
        given = message.payload
        body = {
            "agent_id": int(self.keys.settings["agent_id"]),
            "userid_list": given["to"],
            "msg": _msg(given),
        }
        self.ask("POST", "/topapi/message/corpconversation/asyncsend_v2", body)
        return Sent()


def _msg(given: Mapping[str, Any]) -> dict[str, Any]:
    if "card" not in given:
        return {"msgtype": "text", "text": {"content": given["text"]}}
    card = given["card"]
    text = card_markdown(card)
    return {
        "msgtype": "action_card",
        "action_card": {
            "title": card["title"],
            "markdown": text.encode()[:_MOST_BYTES].decode(errors="ignore"),
            "single_title": card["open"],
            "single_url": card["link"],
        },
    }


def dingtalk_of(settings: Mapping[str, str], secrets: Mapping[str, str]) -> DingTalk:
    """The interface with a company's keys."""
    return DingTalk(Keys(settings.get("url") or URL, settings, secrets))
