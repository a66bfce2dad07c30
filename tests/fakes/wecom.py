"""企业微信 as its documentation has it: tokens, messages, members, sign-in codes, callbacks.

It checks what it is sent as the real one does (lengths, ids, the token) and can answer late, twice,
with errors, and with tokens that expire. `press` and `write` make the calls that it would make to
the company's callback address, encrypted and signed.
"""

import json
import secrets
from dataclasses import dataclass
from hashlib import sha1
from itertools import count
from typing import Any

from tests.fakes.server import Asked, Fake, Reply
from tests.fakes.wecom_crypt import Crypt

CORP_ID, AGENT_ID, SECRET = "ww1234567890abcdef", 1000002, "the-app-secret"
TOKEN, AES_KEY = "callbacktoken", "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
# What the documentation calls its errors; `GOOD` is its way of saying that all went well.
GOOD = {"errcode": 0, "errmsg": "ok"}
MESSAGES = {
    -1: "system busy",
    40001: "invalid credential",
    40013: "invalid corpid",
    40014: "invalid access_token",
    40029: "invalid code",
    40058: "invalid request parameter",
    42001: "access_token expired",
    45009: "reach max api daily quota limit",
    46004: "user not exist",
    60020: "not allow to access from your ip",
    81013: "user & party & tag all invalid",
    84061: "not external contact",
}


def error(number: int) -> Reply:
    return Reply({"errcode": number, "errmsg": f"{MESSAGES[number]}, hint: [1]"})


@dataclass
class Card:
    """A card on somebody's phone."""

    to: str
    body: dict[str, Any]
    response_codes: list[str]
    replaced_by: str = ""


class FakeWeCom(Fake):
    """The server; `members` are userid → mobile."""

    def __init__(self, members: dict[str, str]) -> None:
        super().__init__()
        self.members = members
        self.valid: set[str] = set()
        self.expired: set[str] = set()
        self.sent: list[dict[str, Any]] = []
        self.cards: dict[str, Card] = {}
        self.codes: dict[str, str] = {}
        self.customers: dict[str, dict[str, Any]] = {}
        self.crypt = Crypt(TOKEN, AES_KEY, CORP_ID)
        self.numbers = count(1)
        self.now = 1_700_000_000

    # What a person does to it.

    def expire_tokens(self) -> None:
        self.expired |= self.valid
        self.valid = set()

    def sign_in(self, userid: str) -> str:
        """A sign-in code as the browser brings it back; it works once."""
        code = f"code-{next(self.numbers)}"
        self.codes[code] = userid
        return code

    def press(self, card: Card, key: str, chosen: str = "") -> dict[str, Any]:
        """The call for a button that was pressed."""
        code = f"rc-{secrets.token_hex(8)}"
        card.response_codes.append(code)
        selected = ""
        if "button_selection" in card.body and chosen:
            question = card.body["button_selection"]["question_key"]
            selected = (
                f"<SelectedItems><SelectedItem><QuestionKey><![CDATA[{question}]]></QuestionKey>"
                f"<OptionIds><OptionId><![CDATA[{chosen}]]></OptionId></OptionIds>"
                "</SelectedItem></SelectedItems>"
            )
        return self.call(
            f"<xml><ToUserName><![CDATA[{CORP_ID}]]></ToUserName>"
            f"<FromUserName><![CDATA[{card.to}]]></FromUserName><CreateTime>{self.now}</CreateTime>"
            "<MsgType><![CDATA[event]]></MsgType><Event><![CDATA[template_card_event]]></Event>"
            f"<EventKey><![CDATA[{key}]]></EventKey>"
            f"<TaskId><![CDATA[{card.body['task_id']}]]></TaskId>"
            f"<CardType><![CDATA[{card.body['card_type']}]]></CardType>"
            f"<ResponseCode><![CDATA[{code}]]></ResponseCode>"
            f"<AgentID>{AGENT_ID}</AgentID>{selected}</xml>"
        )

    def write(self, userid: str, text: str) -> dict[str, Any]:
        """The call for a text that somebody wrote to the app."""
        return self.call(
            f"<xml><ToUserName><![CDATA[{CORP_ID}]]></ToUserName>"
            f"<FromUserName><![CDATA[{userid}]]></FromUserName><CreateTime>{self.now}</CreateTime>"
            f"<MsgType><![CDATA[text]]></MsgType><Content><![CDATA[{text}]]></Content>"
            f"<MsgId>{next(self.numbers) + 10**15}</MsgId><AgentID>{AGENT_ID}</AgentID></xml>"
        )

    def call(self, xml: str) -> dict[str, Any]:
        """Query and body of a call to the callback address."""
        sealed = self.crypt.seal(xml)
        nonce, stamp = str(secrets.randbelow(10**9)), str(self.now)
        body = (
            f"<xml><ToUserName><![CDATA[{CORP_ID}]]></ToUserName>"
            f"<Encrypt><![CDATA[{sealed}]]></Encrypt><AgentID>{AGENT_ID}</AgentID></xml>"
        )
        query = {"timestamp": stamp, "nonce": nonce, "msg_signature": sign(stamp, nonce, sealed)}
        return {"query": query, "body": body}

    def meet(self, userid: str, customer: str, change: str = "add_external_contact") -> Any:
        """The call for a member and a customer who became contacts."""
        return self.call(
            f"<xml><ToUserName><![CDATA[{CORP_ID}]]></ToUserName>"
            f"<FromUserName><![CDATA[sys]]></FromUserName><CreateTime>{self.now}</CreateTime>"
            "<MsgType><![CDATA[event]]></MsgType>"
            "<Event><![CDATA[change_external_contact]]></Event>"
            f"<ChangeType><![CDATA[{change}]]></ChangeType><UserID><![CDATA[{userid}]]></UserID>"
            f"<ExternalUserID><![CDATA[{customer}]]></ExternalUserID>"
            "<State><![CDATA[form]]></State><WelcomeCode><![CDATA[w]]></WelcomeCode></xml>"
        )

    def verification(self) -> dict[str, str]:
        """The query of the address check when the callback is set up; `echo` must come back."""
        sealed = self.crypt.seal("echo-me-7")
        stamp, nonce = str(self.now), "1372623149"
        signed = sign(stamp, nonce, sealed)
        return {"timestamp": stamp, "nonce": nonce, "msg_signature": signed, "echostr": sealed}

    # What the company's server asks of it.

    def answer(self, asked: Asked) -> Reply:
        if asked.path == "/cgi-bin/gettoken":
            return self._token(asked)
        token = asked.query.get("access_token", "")
        if token in self.expired:
            return error(42001)
        if token not in self.valid:
            return error(40014)
        if asked.path == "/cgi-bin/externalcontact/get":
            customer = self.customers.get(asked.query.get("external_userid", ""))
            return error(84061) if customer is None else Reply(GOOD | customer)
        known = {
            "/cgi-bin/message/send": self._send,
            "/cgi-bin/message/update_template_card": self._update,
            "/cgi-bin/user/getuserid": self._find,
            "/cgi-bin/auth/getuserinfo": self._who,
        }
        return known[asked.path](asked) if asked.path in known else Reply(b"", 404)

    def _token(self, asked: Asked) -> Reply:
        if asked.query.get("corpid") != CORP_ID:
            return error(40013)
        if asked.query.get("corpsecret") != SECRET:
            return error(40001)
        token = f"token-{next(self.numbers)}"
        self.valid.add(token)
        return Reply(GOOD | {"access_token": token, "expires_in": 7200})

    def _send(self, asked: Asked) -> Reply:
        body = asked.json()
        if body.get("agentid") != AGENT_ID or body.get("msgtype") not in ("text", "template_card"):
            return error(40058)
        if body["touser"] not in self.members:
            return Reply(GOOD | {"invaliduser": body["touser"], "msgid": "m"})
        if body["msgtype"] == "template_card":
            wrong = _wrong_with(body["template_card"], self.cards)
            if wrong:
                return Reply({"errcode": 40058, "errmsg": wrong})
        same = {**body, "template_card": {**body.get("template_card", {}), "task_id": ""}}
        if body.get("enable_duplicate_check") and same in [one["same"] for one in self.sent]:
            return Reply(GOOD | {"invaliduser": "", "msgid": "dropped"})
        self.sent.append({**body, "same": same})
        if "task_id" in body.get("template_card", {}):
            card = body["template_card"]
            self.cards[card["task_id"]] = Card(body["touser"], card, [])
        return Reply(GOOD | {"invaliduser": "", "msgid": f"m{len(self.sent)}"})

    def _update(self, asked: Asked) -> Reply:
        body = asked.json()
        for card in self.cards.values():
            if body["response_code"] in card.response_codes:
                card.response_codes.remove(body["response_code"])
                card.replaced_by = body["button"]["replace_name"]
                return Reply(GOOD | {"invaliduser": []})
        return Reply({"errcode": 42022, "errmsg": "response_code expired"})

    def _find(self, asked: Asked) -> Reply:
        wanted = asked.json()["mobile"]
        found = [userid for userid, mobile in self.members.items() if mobile == wanted]
        return Reply(GOOD | {"userid": found[0]}) if found else error(46004)

    def _who(self, asked: Asked) -> Reply:
        userid = self.codes.pop(asked.query.get("code", ""), None)
        if userid is None:
            return error(40029)
        return Reply(GOOD | ({"userid": userid} if userid in self.members else {"openid": "o"}))


def sign(stamp: str, nonce: str, sealed: str) -> str:
    return sha1("".join(sorted((TOKEN, stamp, nonce, sealed))).encode()).hexdigest()


def _wrong_with(card: dict[str, Any], known: dict[str, Card]) -> str:
    """What the real one refuses in a card; "" = nothing."""
    title = card.get("main_title", {}).get("title", "")
    if not title or len(title) > 36:
        return "main_title"
    if card["card_type"] == "button_interaction":
        buttons = card.get("button_list", [])
        if not 1 <= len(buttons) <= 6 or not all(one["key"] and one["text"] for one in buttons):
            return "button_list"
        if card.get("task_id", "") in known or not card.get("task_id"):
            return "task_id"
        if len(card.get("button_selection", {}).get("option_list", [])) > 10:
            return "option_list"
    elif not card.get("card_action", {}).get("url"):
        return "card_action"
    if len(card.get("horizontal_content_list", [])) > 6:
        return "horizontal_content_list"
    return "" if len(json.dumps(card)) < 20_000 else "too long"
