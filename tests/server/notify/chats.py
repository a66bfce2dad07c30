"""A company whose channels lead to the fakes."""

import json
from typing import Any

from evenhand.journal.models import Outbox
from evenhand.notify.models import ChannelSetup
from evenhand.people.sealing import seal
from tests.fakes import wecom
from tests.fakes.others import FakeDingTalk, FakeFeishu
from tests.fakes.wecom import FakeWeCom

HERE = ["127.0.0.0/8"]


def connect_wecom(fake: FakeWeCom, **more: str) -> ChannelSetup:
    """企业微信 is on, with the right keys unless told otherwise."""
    settings = {"url": fake.url, "corp_id": wecom.CORP_ID, "agent_id": str(wecom.AGENT_ID)}
    secrets = {
        "secret": wecom.SECRET,
        "callback_token": wecom.TOKEN,
        "callback_key": wecom.AES_KEY,
    }
    return connect("wecom", settings, secrets | more)


def connect_dingtalk(fake: FakeDingTalk) -> ChannelSetup:
    settings = {"url": fake.url, "app_key": "ding", "agent_id": "7"}
    return connect("dingtalk", settings, {"secret": "ding-secret"})


def connect_feishu(fake: FakeFeishu) -> ChannelSetup:
    return connect("feishu", {"url": fake.url, "app_id": "cli_1"}, {"secret": "fei-secret"})


def connect(key: str, settings: dict[str, str], secrets: dict[str, str]) -> ChannelSetup:
    return ChannelSetup.objects.create(
        key=key, is_on=True, settings=settings, secrets=seal(json.dumps(secrets))
    )


CARD = {
    "title": "新线索 17",
    "desc": "A 级",
    "lines": ["按公平账本，这一条轮到你。"],
    "facts": [["区域", "上海"]],
    "link": "https://e.example/leads/17",
    "open": "打开",
}


def owe_card(kind: str, to: str, **more: Any) -> Outbox:
    return Outbox.objects.create(kind=kind, payload={"to": to, "card": CARD | more})
