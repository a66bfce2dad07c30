"""Platforms as they push: faithful bodies, signed as each of them documents, by hand and not by
our own code."""

import hmac
import json
from base64 import b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
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


def _spoilt(sent: Sent) -> Sent:
    """The same with every header wrong."""
    return replace(sent, headers={name: f"{value}x" for name, value in sent.headers.items()})


@dataclass(frozen=True)
class Platform:
    """How a platform pushes: a lead as it says it, and how it signs."""

    template: str
    lead: Callable[[str], Any]  # by its number
    sign: Callable[[bytes, Any, int], Sent]  # body, the same plain, age in seconds
    test: Callable[[Any], Any]  # the same as a test
    has_stamp: bool = False
    name: str = "王小测"
    expected: Mapping[str, Any] = field(default_factory=dict)
    dump: Callable[[Any], bytes] = _json
    forge: Callable[[Sent], Sent] | None = _spoilt  # None: it signs nothing

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


def _unsigned(body: bytes, plain: Any, age: int) -> Sent:
    """Platforms of which no signature is published: the address alone."""
    return Sent(body)


def _tencent(number: str) -> dict[str, Any]:
    return {
        "account_id": 20458,
        "leads_id": number,
        "leads_name": "王小测",
        "leads_tel": PHONE,
        "tel_location": "浙江杭州",
        "leads_area": "浙江省杭州市",
        "leads_type": "LEADS_TYPE_FORM",
        "leads_source": "XJ",
        "bundle": '{"公司":"杭州示例科技有限公司","预算":"10万"}',
        "adgroup_name": "计划A",
        "leads_create_time": "2026-03-05 09:00:00",
    }


def _kuaishou(number: str) -> dict[str, Any]:
    return {
        "id": number,
        "clue_tag": 1,
        "user_name": "王小测",
        "phone": PHONE,
        "intention_id": 2,
        "account_id": 9001,
        "source_type": 1,
        "page_name": "落地页一",
    }


def _baidu(number: str) -> dict[str, Any]:
    return {
        "ucid": 3001,
        "clueId": number,
        "commitTime": "2026-03-05 09:00:00",
        "solutionTypeName": "表单",
        "cluePhoneNumber": PHONE,
        "area": "浙江-杭州",
        "formDetail": [
            {"name": "姓名", "type": "name", "value": "王小测"},
            {"name": "公司", "type": "text", "value": "杭州示例科技有限公司"},
        ],
    }


def _named(said: Any) -> Any:
    return {
        **said,
        "formDetail": [{"name": "姓名", "type": "name", "value": "测试"}],
    }


def _meta(number: str) -> dict[str, Any]:
    value = {"leadgen_id": number, "page_id": "153125381133", "form_id": "12312312312"}
    data = [
        {"name": "full_name", "values": ["王小测"]},
        {"name": "email", "values": ["ann@firm.example"]},
        {"name": "phone_number", "values": ["+8613800000101"]},
        {"name": "company_name", "values": ["Example Ltd"]},
        {"name": "how_many?", "values": ["10", "20"]},
    ]
    change = {"field": "leadgen", "value": value, "field_data": data}
    return {"object": "page", "entry": [{"id": "153125381133", "changes": [change]}]}


def _meta_test(said: Any) -> Any:
    change = said["entry"][0]["changes"][0]
    data = [
        {"name": "full_name", "values": ["<test lead: dummy data for full_name>"]},
        {"name": "email", "values": ["test@meta.com"]},
    ]
    return {**said, "entry": [{"changes": [{**change, "field_data": data}]}]}


def _escaped(said: Any) -> bytes:
    """Meta signs and sends its JSON with everything but ASCII escaped."""
    return json.dumps(said).encode()


def _sign_meta(body: bytes, plain: Any, age: int) -> Sent:
    return Sent(body, {"X-Hub-Signature-256": f"sha256={_hmac(body).hexdigest()}"})


def _google(number: str) -> dict[str, Any]:
    def column(key: str, value: str) -> dict[str, str]:
        return {"column_name": key.title(), "string_value": value, "column_id": key}

    return {
        "lead_id": number,
        "api_version": "1.0",
        "form_id": 40000000000,
        "campaign_id": 123456,
        "google_key": SECRETS["secret"],
        "is_test": False,
        "user_column_data": [
            column("FULL_NAME", "王小测"),
            column("PHONE_NUMBER", "+8613800000101"),
            column("COMPANY_NAME", "Example Ltd"),
            column("what_is_your_budget?", "10k"),
        ],
    }


def _forge_google(sent: Sent) -> Sent:
    return replace(sent, body=sent.body.replace(SECRETS["secret"].encode(), b"guessed"))


def _salesforce(number: str) -> dict[str, str]:
    return {
        "Id": number,
        "FirstName": "小测",
        "LastName": "王",
        "Name": "王小测",
        "Company": "Example Ltd",
        "MobilePhone": "+86 138 0000 0101",
        "NumberOfEmployees": "30",
    }


def _soap(said: Any) -> bytes:
    """An outbound message; its fields stand in the namespace of the organization's objects."""
    fields = "".join(
        f"<sf:{name}>{value}</sf:{name}>" for name, value in said.items() if isinstance(value, str)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope'
        ' xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"><soapenv:Body>'
        '<notifications xmlns="http://soap.sforce.com/2005/09/outbound">'
        f"<OrganizationId>{SECRETS['organization']}EAA</OrganizationId>"
        '<ActionId>04k000000000001AAA</ActionId><SessionId xsi:nil="true"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"/>'
        f"<Notification><Id>04l{said['Id']}</Id>"
        '<sObject xmlns:sf="urn:sobject.enterprise.soap.sforce.com">'
        f"{fields}</sObject></Notification></notifications></soapenv:Body></soapenv:Envelope>"
    ).encode()


def _sign_soap(body: bytes, plain: Any, age: int) -> Sent:
    return Sent(body, content_type="text/xml; charset=utf-8")


def _forge_soap(sent: Sent) -> Sent:
    return replace(sent, body=sent.body.replace(b">00D", b">00E"))


def _sign_flow(body: bytes, plain: Any, age: int) -> Sent:
    return Sent(body, {"X-Evenhand-Key": SECRETS["secret"]})


def _hubspot(number: str) -> dict[str, Any]:
    said = {
        "firstname": "小测",
        "lastname": "王",
        "email": "ann@firm.example",
        "phone": "+8613800000101",
        "company": "Example Ltd",
    }
    properties = {name: {"value": value, "versions": []} for name, value in said.items()}
    return {"vid": int(number), "portal-id": 33, "properties": properties}


def _hubspot_test(said: Any) -> Any:
    return {**said, "properties": {"email": {"value": "bh@hubspot.com"}}}


@dataclass(frozen=True)
class HubSpotSent(Sent):
    """HubSpot signs the address too, so it signs when it posts."""

    age: int = 0

    def post(self, row: Connector) -> Any:
        """Sign for this address and push."""
        if not self.headers:
            stamp = str(_stamp(self.age) * 1000)
            url = f"{settings.EVENHAND_URL}{address(row)}"
            signed = b"POST" + url.encode() + self.body + stamp.encode()
            signature = b64encode(_hmac(signed).digest()).decode()
            headers = {
                "X-HubSpot-Signature-v3": signature,
                "X-HubSpot-Request-Timestamp": stamp,
            }
            return Sent(self.body, headers).post(row)
        return super().post(row)


def _sign_hubspot(body: bytes, plain: Any, age: int) -> Sent:
    return HubSpotSent(body, age=age)


def _forge_hubspot(sent: Sent) -> Sent:
    stamp = str(_stamp(0) * 1000)
    return Sent(sent.body, {"X-HubSpot-Signature-v3": "bm8=", "X-HubSpot-Request-Timestamp": stamp})


def _of_test_company(said: Any) -> Any:
    return {**said, "Company": "Evenhand Test"}


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
        Platform(
            "tencent",
            _tencent,
            _unsigned,
            lambda said: said | {"leads_source": "AD_PREVIEW"},
            forge=None,
            expected={"company_name": "杭州示例科技有限公司", "campaign": "计划A"},
        ),
        Platform(
            "kuaishou",
            _kuaishou,
            _unsigned,
            lambda said: said | {"user_name": "测试"},
            forge=None,
            dump=lambda said: urlencode(
                {name: value for name, value in said.items() if not isinstance(value, dict)}
            ).encode(),
        ),
        Platform(
            "baidu",
            _baidu,
            _unsigned,
            _named,
            forge=None,
            expected={"company_name": "杭州示例科技有限公司"},
        ),
        Platform(
            "meta",
            _meta,
            _sign_meta,
            _meta_test,
            dump=_escaped,
            expected={"email": "ann@firm.example", "company_name": "Example Ltd"},
        ),
        Platform(
            "google",
            _google,
            _unsigned,
            lambda said: said | {"is_test": True},
            forge=_forge_google,
            expected={"company_name": "Example Ltd", "campaign": "123456"},
        ),
        Platform(
            "salesforce",
            _salesforce,
            _sign_soap,
            _of_test_company,
            forge=_forge_soap,
            dump=_soap,
            expected={"company_name": "Example Ltd", "employees": 30},
        ),
        Platform(
            "salesforce_flow",
            _salesforce,
            _sign_flow,
            _of_test_company,
            expected={"company_name": "Example Ltd"},
        ),
        Platform(
            "hubspot",
            _hubspot,
            _sign_hubspot,
            _hubspot_test,
            has_stamp=True,
            forge=_forge_hubspot,
            name="小测 王",
            expected={"company_name": "Example Ltd", "email": "ann@firm.example"},
        ),
    )
}
