"""企业微信: messages of an app of the company's own (自建应用), by the published server interface.

The payload of a message: `to` (a userid) and either `text`, a `card`, or `update` (a card that was
answered: its response code and what its buttons say from now on).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from evenhand.notify.channels.base import Failed, Outcome, Outgoing, Refused, Sent, call
from evenhand.notify.channels.chat import ChatApi, Keys, Numbers, outcome_of
from evenhand.platform.http_out import Answer

URL = "https://qyapi.weixin.qq.com"
# Longest texts that the interface takes; what is longer it refuses or cuts.
_MOST_TEXT = 2048  # bytes
_TITLE, _DESC, _SUBTITLE, _FACT_NAME, _FACT, _BUTTON = 26, 30, 112, 5, 26, 10
_MOST_FACTS, _MOST_BUTTONS, _MOST_OPTIONS = 6, 6, 10
# A second delivery of the same message within this time is dropped there.
_SAME_SECONDS = 4 * 3600

NUMBERS = Numbers(
    field="errcode",
    stale=frozenset({40014, 41001, 42001}),
    whys={
        40001: "bad_keys",
        40013: "bad_keys",
        40056: "bad_keys",
        40091: "bad_keys",
        301002: "not_permitted",
        48002: "not_permitted",
        60011: "not_permitted",
        60020: "address_unlisted",
        40003: "no_such_person",
        46004: "no_such_person",
        60111: "no_such_person",
        81013: "no_such_person",
        40029: "expired",
        42022: "expired",
        42009: "expired",
    },
    waits={-1: "busy", 45009: "too_many", 45033: "too_many", 45047: "too_many"},
)


@dataclass(frozen=True, slots=True)
class Member:
    """Who a sign-in code belongs to."""

    userid: str


class WeCom(ChatApi):
    """The server interface of 企业微信."""

    numbers = NUMBERS

    def fetch_token(self) -> tuple[str, int]:
        """A token for this app's secret."""
        corp, secret = quote(self.keys.settings["corp_id"]), quote(self.keys.secrets["secret"])
        found = self.plain("GET", f"/cgi-bin/gettoken?corpid={corp}&corpsecret={secret}")
        return str(found["access_token"]), int(found.get("expires_in", 7200))

    def request(self, token: str, method: str, path: str, body: Any) -> Answer:
        """One call; the token stands in the address here."""
        glue = "&" if "?" in path else "?"
        return call(method, f"{self.keys.url}{path}{glue}access_token={quote(token)}", body)

    def member_of_code(self, code: str) -> Member:
        """Who signed in with a code; each code works once.

        :raises Failed: the code is used or wrong, or he is no member of the company.
        """
        found = self.ask("GET", f"/cgi-bin/auth/getuserinfo?code={quote(code)}")
        userid = str(found.get("userid") or found.get("UserId") or "")
        if not userid:
            raise Failed(Refused("no_such_person", "not a member of the company"))
        return Member(userid)

    def person_with_mobile(self, mobile: str) -> str:
        """The userid of a member with this number.

        :raises Failed: there is none, or the app may not ask.
        """
        found = self.ask("POST", "/cgi-bin/user/getuserid", {"mobile": mobile})
        return str(found["userid"])

    def customer(self, external_userid: str) -> Mapping[str, Any]:
        """A customer with the members who know him and what they noted of him (获取客户详情).

        :raises Failed: there is none, or the app may not ask.
        """
        asked = quote(external_userid, safe="")
        return self.ask("GET", f"/cgi-bin/externalcontact/get?external_userid={asked}")

    def send(self, message: Outgoing) -> Outcome:
        """Send a text or a card, or update a card."""
        return outcome_of(lambda: self._send(message))

    def _send(self, message: Outgoing) -> Outcome:
        given = message.payload
        if "update" in given:
            return self._update(given)
        found = self.ask("POST", "/cgi-bin/message/send", self._body(message))
        # 0 with a name among the invalid ones means: nobody got it.
        if given["to"] in str(found.get("invaliduser", "")).split("|"):
            return Refused("no_such_person", f"invaliduser {given['to']}"[:200])
        return Sent()

    def _update(self, given: Mapping[str, Any]) -> Outcome:
        body = {
            "userids": [given["to"]],
            "agentid": int(self.keys.settings["agent_id"]),
            "response_code": given["update"],
            "button": {"replace_name": _cut(given["text"], _BUTTON)},
        }
        found = self.ask("POST", "/cgi-bin/message/update_template_card", body)
        if given["to"] in (found.get("invaliduser") or []):
            return Refused("no_such_person", "invaliduser")
        return Sent()

    def _body(self, message: Outgoing) -> dict[str, Any]:
        given = message.payload
        body: dict[str, Any] = {
            "touser": given["to"],
            "agentid": int(self.keys.settings["agent_id"]),
        }
        if "card" in given:
            # Texts are answers: who asks twice is answered twice.
            body |= {"enable_duplicate_check": 1, "duplicate_check_interval": _SAME_SECONDS}
            body |= {"msgtype": "template_card", "template_card": _card(given["card"], message)}
        else:
            text = _cut_bytes(given["text"], _MOST_TEXT)
            body |= {"msgtype": "text", "text": {"content": text}}
        return body


def _card(card: Mapping[str, Any], message: Outgoing) -> dict[str, Any]:
    buttons: Sequence[Sequence[str]] = card.get("buttons", ())
    made: dict[str, Any] = {
        "card_type": "button_interaction" if buttons else "text_notice",
        "source": {"desc": "衡派 Evenhand"},
        "main_title": {
            "title": _cut(card["title"], _TITLE),
            "desc": _cut(card.get("desc", ""), _DESC),
        },
        "sub_title_text": _cut("\n".join(card.get("lines", ())), _SUBTITLE),
        "horizontal_content_list": [
            {"keyname": _cut(name, _FACT_NAME), "value": _cut(value, _FACT)}
            for name, value in card.get("facts", ())[:_MOST_FACTS]
        ],
        "card_action": {"type": 1, "url": card["link"]},
    }
    if not buttons:
        return made
    made["task_id"] = f"{message.id}-{message.attempt}"
    made["button_list"] = [
        {"key": key, "text": _cut(text, _BUTTON), "style": 1 if number == 0 else 2}
        for number, (key, text) in enumerate(buttons[:_MOST_BUTTONS])
    ]
    if choice := card.get("choice"):
        options = [{"id": one, "text": text} for one, text in choice["options"][:_MOST_OPTIONS]]
        made["button_selection"] = {
            "question_key": choice["key"],
            "title": choice["title"],
            "option_list": options,
            "selected_id": options[0]["id"],
        }
    return made


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"


def _cut_bytes(text: str, most: int) -> str:
    data = text.encode()
    return text if len(data) <= most else data[: most - 3].decode(errors="ignore") + "…"


def wecom_of(settings: Mapping[str, str], secrets: Mapping[str, str]) -> WeCom:
    """The interface with a company's keys."""
    return WeCom(Keys(settings.get("url") or URL, settings, secrets))
