"""飞书: messages of a company's own app to its members.

The payload of a message: `to` (an open_id) and `text` or a `card`; cards lead to a page, and are
answered there.
"""

import json
from collections.abc import Mapping
from typing import Any

from evenhand.notify.channels.base import Failed, Outcome, Outgoing, Refused, Sent, call
from evenhand.notify.channels.chat import ChatApi, Keys, Numbers, outcome_of
from evenhand.notify.channels.markdown import card_markdown
from evenhand.platform.http_out import Answer

URL = "https://open.feishu.cn"

NUMBERS = Numbers(
    field="code",
    stale=frozenset({99991661, 99991663, 99991664, 99991668}),
    whys={
        10003: "bad_keys",
        10014: "bad_keys",
        99991672: "not_permitted",
        99991679: "not_permitted",
        99991401: "address_unlisted",
        230001: "refused",
        230013: "no_such_person",
        230029: "no_such_person",
        99992351: "no_such_person",
    },
    waits={99991400: "too_many", 230020: "too_many", 2200: "busy"},
)


class Feishu(ChatApi):
    """The server interface of 飞书."""

    numbers = NUMBERS

    def fetch_token(self) -> tuple[str, int]:
        """A tenant's token for the app."""
        body = {
            "app_id": self.keys.settings["app_id"],
            "app_secret": self.keys.secrets["secret"],
        }
        found = self.plain("POST", "/open-apis/auth/v3/tenant_access_token/internal", body)
        return str(found["tenant_access_token"]), int(found.get("expire", 7200))

    def request(self, token: str, method: str, path: str, body: Any) -> Answer:
        """One call; the token stands in a header here."""
        headers = {"Authorization": f"Bearer {token}"}
        return call(method, self.keys.url + path, body, headers)

    def person_with_mobile(self, mobile: str) -> str:
        """The open_id of a member with this number.

        :raises Failed: there is none, or the app may not ask.
        """
        body = {"mobiles": [mobile]}
        found = self.ask("POST", "/open-apis/contact/v3/users/batch_get_id", body)
        people = found.get("data", {}).get("user_list", [])
        open_id = str(people[0].get("user_id") or "") if people else ""
        if not open_id:
            raise Failed(Refused("no_such_person", "no member has this number"))
        return open_id

    def send(self, message: Outgoing) -> Outcome:
        """Send a text, or a card with one link."""
        return outcome_of(lambda: self._send(message))

    def _send(self, message: Outgoing) -> Outcome:
        given = message.payload
        is_card = "card" in given
        content = _card(given["card"]) if is_card else {"text": given["text"]}
        body = {
            "receive_id": given["to"],
            "msg_type": "interactive" if is_card else "text",
            "content": json.dumps(content, ensure_ascii=False),
            # The same id within an hour is sent once.
            "uuid": message.id[:50],
        }
        self.ask("POST", "/open-apis/im/v1/messages?receive_id_type=open_id", body)
        return Sent()


def _card(card: Mapping[str, Any]) -> dict[str, Any]:
    text = card_markdown({**card, "title": ""}).removeprefix("### ").strip()
    return {
        "config": {"wide_screen_mode": True},
        "header": {"title": {"tag": "plain_text", "content": card["title"]}, "template": "blue"},
        "elements": [
            {"tag": "markdown", "content": text},
            {
                "tag": "action",
                "actions": [
                    {
                        "tag": "button",
                        "type": "primary",
                        "text": {"tag": "plain_text", "content": card["open"]},
                        "url": card["link"],
                    }
                ],
            },
        ],
    }


def feishu_of(settings: Mapping[str, str], secrets: Mapping[str, str]) -> Feishu:
    """The interface with a company's keys."""
    return Feishu(Keys(settings.get("url") or URL, settings, secrets))
