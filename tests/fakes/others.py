"""钉钉, 飞书 and a receiver of webhooks, as far as we speak to them."""

import base64
import hmac
from hashlib import sha256
from itertools import count
from typing import Any

from tests.fakes.server import Asked, Fake, Reply


class FakeDingTalk(Fake):
    """钉钉: a token in the address, work notifications."""

    def __init__(self) -> None:
        super().__init__()
        self.valid: set[str] = set()
        self.sent: list[dict[str, Any]] = []
        self.numbers = count(1)

    def answer(self, asked: Asked) -> Reply:
        if asked.path == "/gettoken":
            if asked.query.get("appsecret") != "ding-secret":
                return Reply({"errcode": 40089, "errmsg": "不合法的corpid或corpsecret"})
            token = f"d{next(self.numbers)}"
            self.valid.add(token)
            return Reply({"errcode": 0, "access_token": token, "expires_in": 7200})
        if asked.query.get("access_token") not in self.valid:
            return Reply({"errcode": 40014, "errmsg": "不合法的access_token"})
        body = asked.json()
        if asked.path == "/topapi/v2/user/getbymobile":
            return Reply({"errcode": 0, "result": {"userid": f"u{body['mobile']}"}})
        assert asked.path == "/topapi/message/corpconversation/asyncsend_v2"
        self.sent.append(body)
        return Reply({"errcode": 0, "task_id": len(self.sent)})


class FakeFeishu(Fake):
    """飞书: a token in a header, messages with an id against sending twice."""

    def __init__(self) -> None:
        super().__init__()
        self.valid: set[str] = set()
        self.sent: dict[str, dict[str, Any]] = {}
        self.numbers = count(1)

    def answer(self, asked: Asked) -> Reply:
        body = asked.json()
        if asked.path == "/open-apis/auth/v3/tenant_access_token/internal":
            if body.get("app_secret") != "fei-secret":
                return Reply({"code": 10014, "msg": "app secret invalid"})
            token = f"t-{next(self.numbers)}"
            self.valid.add(token)
            return Reply({"code": 0, "tenant_access_token": token, "expire": 7200})
        if asked.headers.get("authorization", "").removeprefix("Bearer ") not in self.valid:
            return Reply({"code": 99991663, "msg": "invalid access token"}, 400)
        if asked.path == "/open-apis/contact/v3/users/batch_get_id":
            people = [{"mobile": one, "user_id": f"ou_{one}"} for one in body["mobiles"]]
            return Reply({"code": 0, "data": {"user_list": people}})
        assert asked.path == "/open-apis/im/v1/messages"
        assert asked.query == {"receive_id_type": "open_id"}
        self.sent.setdefault(body["uuid"], body)
        return Reply({"code": 0, "data": {"message_id": "om_1"}})


class FakeReceiver(Fake):
    """A program that hears of events and checks signatures as the specification tells it to."""

    def __init__(self) -> None:
        super().__init__()
        self.secret = ""

    def answer(self, asked: Asked) -> Reply:
        return Reply({}, 204 if self.is_signed(asked) else 401)

    def is_signed(self, asked: Asked) -> bool:
        key = base64.b64decode(self.secret.removeprefix("whsec_"))
        start = f"{asked.headers['webhook-id']}.{asked.headers['webhook-timestamp']}.".encode()
        right = base64.b64encode(hmac.new(key, start + asked.body, sha256).digest()).decode()
        return f"v1,{right}" in asked.headers["webhook-signature"].split(" ")
