"""Messages go out by every channel; what the other side answers is obeyed."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from evenhand.journal.models import Outbox
from evenhand.notify.channels.tokens import TOKENS
from evenhand.notify.delivery import LEASE, deliver_due
from evenhand.notify.models import ChannelSetup
from tests.fakes.others import FakeDingTalk, FakeFeishu
from tests.fakes.server import Reply
from tests.fakes.wecom import FakeWeCom, error
from tests.server.notify.chats import (
    HERE,
    connect_dingtalk,
    connect_feishu,
    connect_wecom,
    owe_card,
)

pytestmark = pytest.mark.django_db

NOW = datetime(2126, 3, 2, 9, tzinfo=UTC)
SEND = "/cgi-bin/message/send"
BUTTONS = {"buttons": [["accept:lead:17", "接受"], ["return:lead:17", "退回"]]}


@pytest.fixture(autouse=True)
def reachable(settings: Any) -> None:
    settings.PRIVATE_TARGETS = HERE
    TOKENS.clear()


@pytest.fixture
def wecom() -> Iterator[FakeWeCom]:
    fake = FakeWeCom({"wang": "13800000001"})
    with fake.running():
        connect_wecom(fake)
        yield fake


def test_a_card_with_buttons_arrives_once_as_the_protocol_wants_it(wecom: FakeWeCom) -> None:
    row = owe_card("wecom", "wang", **BUTTONS)

    assert deliver_due(NOW).sent == 1
    assert deliver_due(NOW).total == 0

    (sent,) = wecom.sent
    card = sent["template_card"]
    assert card["card_type"] == "button_interaction"
    assert [one["key"] for one in card["button_list"]] == ["accept:lead:17", "return:lead:17"]
    row.refresh_from_db()
    assert row.delivered_at == NOW
    assert ChannelSetup.objects.get(pk="wecom").succeeded_at == NOW


def test_many_messages_share_one_token(wecom: FakeWeCom) -> None:
    for number in range(12):
        owe_card("wecom", "wang", title=f"新线索 {number}")

    assert deliver_due(NOW).sent == 12
    assert len(wecom.to("/cgi-bin/gettoken")) == 1


@pytest.mark.parametrize("by_error", [40014, 42001])
def test_an_expired_token_is_renewed_and_the_message_arrives(
    wecom: FakeWeCom, by_error: int
) -> None:
    owe_card("wecom", "wang")
    deliver_due(NOW)
    if by_error == 42001:
        wecom.expire_tokens()
    else:
        wecom.valid.clear()
    owe_card("wecom", "wang", title="第二条")

    assert deliver_due(NOW).sent == 1
    assert len(wecom.sent) == 2
    assert len(wecom.to("/cgi-bin/gettoken")) == 2


def test_a_limit_of_the_other_side_holds_the_channel_and_is_no_failed_try(
    wecom: FakeWeCom,
) -> None:
    wecom.trouble(SEND, *[error(45009)] * 4)
    wecom.members |= {f"w{n}": "" for n in range(6)}
    rows = [owe_card("wecom", f"w{n}") for n in range(6)]
    Outbox.objects.update(at=NOW)

    assert deliver_due(NOW).postponed == 4
    asked = len(wecom.to(SEND))
    assert deliver_due(NOW + timedelta(seconds=30)).total == 0
    assert len(wecom.to(SEND)) == asked

    assert deliver_due(NOW + LEASE).sent == 6
    assert {Outbox.objects.get(pk=row.pk).attempts for row in rows} == {0}


def test_a_busy_system_is_tried_again(wecom: FakeWeCom) -> None:
    wecom.trouble(SEND, error(-1))
    row = owe_card("wecom", "wang")

    assert deliver_due(NOW).postponed == 1
    row.refresh_from_db()
    assert (row.attempts, row.last_error[:5]) == (1, "busy:")
    assert deliver_due(row.due_at).sent == 1


def test_an_answer_that_never_came_means_once_more_and_the_reader_sees_one(
    wecom: FakeWeCom,
) -> None:
    wecom.trouble(SEND, "drop")
    row = owe_card("wecom", "wang", **BUTTONS)

    assert deliver_due(NOW).postponed == 1
    row.refresh_from_db()
    assert deliver_due(row.due_at).sent == 1
    assert len(wecom.to(SEND)) == 2
    assert len(wecom.sent) == 1


def test_zero_with_an_invalid_user_is_no_success(wecom: FakeWeCom) -> None:
    row = owe_card("wecom", "nobody")

    assert deliver_due(NOW).parked == 1
    row.refresh_from_db()
    assert row.last_error.startswith("no_such_person")
    assert wecom.sent == []


def test_wrong_keys_are_said_and_what_is_owed_waits() -> None:
    fake = FakeWeCom({"wang": ""})
    with fake.running():
        connect_wecom(fake, secret="wrong")
        owe_card("wecom", "wang")

        assert deliver_due(NOW).postponed == 1

    row = ChannelSetup.objects.get(pk="wecom")
    assert row.last_error.startswith("bad_keys: 40001")
    assert row.failed_at == NOW


def test_a_private_address_is_refused_unless_the_operator_allows_it(
    wecom: FakeWeCom, settings: Any
) -> None:
    settings.PRIVATE_TARGETS = []
    row = owe_card("wecom", "wang")

    assert deliver_due(NOW).parked == 1
    row.refresh_from_db()
    assert row.last_error.startswith("closed_address")
    assert wecom.asked == []


def test_a_channel_that_is_off_sends_nothing(wecom: FakeWeCom) -> None:
    ChannelSetup.objects.update(is_on=False)
    owe_card("wecom", "wang")

    assert deliver_due(NOW).total == 0
    assert wecom.asked == []


def test_whoever_dies_after_claiming_leaves_the_row_to_the_next(wecom: FakeWeCom) -> None:
    row = owe_card("wecom", "wang")
    Outbox.objects.filter(pk=row.pk).update(due_at=NOW + LEASE)

    assert deliver_due(NOW).total == 0
    assert deliver_due(NOW + LEASE).sent == 1


def test_dingtalk_gets_a_card_with_a_link_and_a_stale_token_is_renewed() -> None:
    fake = FakeDingTalk()
    with fake.running():
        connect_dingtalk(fake)
        owe_card("dingtalk", "u1")
        assert deliver_due(NOW).sent == 1
        fake.valid.clear()
        fake.trouble("/topapi/message/corpconversation/asyncsend_v2", Reply({"errcode": 88}))
        row = owe_card("dingtalk", "u1", title="*第二条*")
        assert deliver_due(NOW).postponed == 1
        row.refresh_from_db()
        assert deliver_due(row.due_at).sent == 1

    card = fake.sent[-1]["msg"]["action_card"]
    assert card["single_url"] == "https://e.example/leads/17"
    assert "\\*第二条\\*" in card["markdown"]


def test_feishu_gets_a_card_once_even_if_its_answer_is_lost() -> None:
    fake = FakeFeishu()
    with fake.running():
        connect_feishu(fake)
        fake.trouble("/open-apis/im/v1/messages", "drop")
        row = owe_card("feishu", "ou_1")
        assert deliver_due(NOW).postponed == 1
        row.refresh_from_db()
        fake.valid.clear()
        assert deliver_due(row.due_at).sent == 1

    assert len(fake.sent) == 1
    assert len(fake.to("/open-apis/im/v1/messages")) == 3


def test_feishu_is_left_alone_for_as_long_as_it_asks() -> None:
    fake = FakeFeishu()
    limit = Reply({"code": 99991400, "msg": "too many"}, 429, {"Retry-After": "90"})
    with fake.running():
        connect_feishu(fake)
        fake.trouble("/open-apis/im/v1/messages", limit)
        owe_card("feishu", "ou_1")
        Outbox.objects.update(at=NOW)
        assert deliver_due(NOW).postponed == 1
        assert deliver_due(NOW + timedelta(seconds=89)).total == 0
        assert deliver_due(NOW + timedelta(seconds=90)).sent == 1


def test_what_one_person_is_owed_arrives_in_its_order(wecom: FakeWeCom) -> None:
    wecom.members["li"] = ""
    for number in range(9):
        owe_card("wecom", "wang" if number % 3 else "li", title=f"{number}")

    assert deliver_due(NOW).sent == 9
    titles = {
        to: [
            one["template_card"]["main_title"]["title"] for one in wecom.sent if one["touser"] == to
        ]
        for to in ("wang", "li")
    }
    assert titles == {"li": ["0", "3", "6"], "wang": ["1", "2", "4", "5", "7", "8"]}
