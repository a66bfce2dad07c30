"""Platforms as they push: faithful bodies, signed as each of them documents, by hand and not by
our own code."""

import hmac
import json
from base64 import b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any
from urllib.parse import urlencode

from django.test import Client
from django.utils import timezone

from evenhand.connectors.models import Connector
from evenhand.connectors.operations.setup import add_connector
from evenhand.connectors.secrets import sealed
from evenhand.people.actor import Actor

PHONE = "13800000101"
# Whatever a connector's secrets are called, in tests they are these.
SECRETS = {
    "secret": "s3cret-of-tests",
    "token": "t0ken-of-tests",
    "access_token": "access-of-tests",
    "organization": "00D000000000001",
    "aes_key": "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG",
    "corp_id": "wwtests",
}


@dataclass(frozen=True)
class Sent:
    """One push: what goes over the wire."""

    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, str] = field(default_factory=dict)
    content_type: str = "application/json"

    def post(self, row: Connector) -> Any:
        """Push it to the address of a connector."""
        client = Client(raise_request_exception=False)
        return client.generic(
            "POST",
            address(row, self.query),
            self.body,
            content_type=self.content_type,
            headers=dict(self.headers),
        )


def address(row: Connector, query: Mapping[str, str] | None = None) -> str:
    """The address of a connector."""
    return f"/in/{row.key}{f'?{urlencode(query)}' if query else ''}"


def connector(template: str, actor: Actor, **given: Any) -> Connector:
    """A connector of a template with the secrets of the tests."""
    row, _ = add_connector(template, "", source="测试渠道", actor=actor)
    row.secrets = sealed(SECRETS)
    for name, value in given.items():
        setattr(row, name, value)
    row.save()
    return row


def _stamp(age: int) -> int:
    return int(timezone.now().timestamp()) - age


def _hmac(message: bytes, key: str = SECRETS["secret"]) -> "hmac.HMAC":
    return hmac.new(key.encode(), message, sha256)


def _json(said: Any) -> bytes:
    return json.dumps(said, ensure_ascii=False).encode()


@dataclass(frozen=True)
class Platform:
    """How a platform pushes: a lead as it says it, and how it signs."""

    template: str
    lead: Callable[[str], Any]  # by its number
    sign: Callable[[bytes, Any, int], Sent]  # body, the same plain, age in seconds
    test: Callable[[Any], Any]  # the same as a test
    has_stamp: bool = False
    name: str = "王小测"
    expected: Mapping[str, str] = field(default_factory=dict)
    dump: Callable[[Any], bytes] = _json

    def push(self, number: str = "1001", *, said: Any = None, age: int = 0) -> Sent:
        """A signed push."""
        plain = self.lead(number) if said is None else said
        return self.sign(self.dump(plain), plain, age)


def _webhook(number: str) -> dict[str, Any]:
    return {
        "id": number,
        "name": "王小测",
        "company": "杭州示例科技有限公司",
        "phone": "+86 138-0000-0101",
        "province": "浙江省",
        "city": "杭州市",
        "budget": "10万",
        "message": "请联系我🙂",
        "extra": {"人数": 30},
    }


def _sign_webhook(body: bytes, plain: Any, age: int) -> Sent:
    stamp = str(_stamp(age))
    signature = _hmac(stamp.encode() + b"." + body).hexdigest()
    return Sent(
        body,
        {"X-Evenhand-Timestamp": stamp, "X-Evenhand-Signature": f"sha256={signature}"},
    )


def _oceanengine(number: str) -> dict[str, Any]:
    return {
        "id": number,
        "adv_id": "1690000000000000",
        "adv_name": "示例广告主",
        "ad_name": "计划A",
        "clue_type": 0,
        "clue_source": 1,
        "create_time": "1772672400",
        "name": "王小测",
        "telphone": PHONE,
        "gender": "男",
        "weixin": "wx_test",
        "province_name": "浙江省",
        "city_name": "杭州市",
        "county_name": "余杭区",
        "location": "浙江+杭州",
        "remark_dict": {"预算": "10万", "公司": "杭州示例科技有限公司"},
        "app_name": "抖音",
        "clue_convert_status": "合法转化",
    }


def _sign_oceanengine(body: bytes, plain: Any, age: int) -> Sent:
    stamp = str(_stamp(age))
    signed = f"{plain.get('id', '')}|{SECRETS['token']}|{stamp}".encode()
    signature = b64encode(_hmac(signed).hexdigest().encode()).decode()
    headers = {"Signature": signature, "Timestamp": stamp, "Access-Token": SECRETS["token"]}
    return Sent(body, headers)


PLATFORMS = {
    one.template: one
    for one in (
        Platform(
            "webhook",
            _webhook,
            _sign_webhook,
            lambda said: said | {"test": True},
            has_stamp=True,
            expected={"company_name": "杭州示例科技有限公司"},
        ),
        Platform(
            "oceanengine",
            _oceanengine,
            _sign_oceanengine,
            lambda said: said | {"clue_convert_status": "广告预览"},
            has_stamp=True,
            expected={"company_name": "杭州示例科技有限公司", "campaign": "计划A"},
        ),
    )
}
