"""企业微信 calls us: buttons and texts have their effect once, checked, in words."""

from collections.abc import Iterator
from datetime import timedelta
from threading import Barrier, Thread
from time import time
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from evenhand.appeals.models import Appeal
from evenhand.journal.models import Event, Outbox
from evenhand.leads.models import Lead
from evenhand.leads.queries.timeline import time_line
from evenhand.notify.channels.tokens import TOKENS
from evenhand.notify.delivery import deliver_due
from evenhand.notify.letters import gather
from evenhand.notify.models import ChannelSetup, ChatCall, ChatLink, Choice
from evenhand.people.actor import SYSTEM
from evenhand.people.models import Rep, User
from evenhand.people.scope import actor_of
from evenhand.routing.models import Receipt
from evenhand.routing.operations.give import transfer
from evenhand.routing.take_in import take_in
from tests.fakes.wecom import Card, FakeWeCom
from tests.server.notify.chats import HERE, connect_wecom
from tests.server.routing.test_acts import as_manager
from tests.server.routing.test_take_in import leads
from tests.server.routing.world import company, hire

pytestmark = pytest.mark.django_db

LATER = timedelta(minutes=1)


@pytest.fixture
def wecom(settings: Any) -> Iterator[FakeWeCom]:
    settings.PRIVATE_TARGETS = HERE
    TOKENS.clear()
    fake = FakeWeCom({})
    fake.now = int(time())
    with fake.running():
        connect_wecom(fake)
        yield fake


def link(fake: FakeWeCom, *reps: Rep) -> None:
    for rep in reps:
        userid = f"wx{rep.pk}"
        fake.members[userid] = ""
        ChatLink.objects.create(user_id=rep.pk, channel="wecom", address=userid)
        Choice.objects.create(user_id=rep.pk, channels={"items": ["wecom"]})


def deal(fake: FakeWeCom, *reps: Rep) -> tuple[Lead, Card]:
    """One lead, dealt to one of them, whose card has arrived."""
    link(fake, *reps)
    take_in(leads(1), actor=SYSTEM)
    gather(timezone.now() + LATER)
    assert deliver_due(timezone.now() + LATER).sent == 1
    (card,) = fake.cards.values()
    return Lead.objects.get(), card


def call(made: dict[str, Any], client: Client | None = None) -> int:
    query = "&".join(f"{name}={value}" for name, value in made["query"].items())
    answer = (client or Client()).post(
        f"/wecom/callback?{query}", made["body"], content_type="text/xml"
    )
    return int(answer.status_code)


def key(card: Card, act: str) -> str:
    return next(
        str(one["key"]) for one in card.body["button_list"] if one["key"].startswith(f"{act}:")
    )


def said(fake: FakeWeCom, *to: Rep) -> list[str]:
    """The texts that arrive when everything owed is sent; to these people alone, if named."""
    deliver_due(timezone.now() + LATER)
    wanted = {f"wx{rep.pk}" for rep in to}
    return [
        one["text"]["content"]
        for one in fake.sent
        if one["msgtype"] == "text" and (not to or one["touser"] in wanted)
    ]


def test_the_address_is_verified_as_its_console_does(wecom: FakeWeCom) -> None:
    good = wecom.verification()

    answer = Client().get("/wecom/callback", good)

    assert (answer.status_code, answer.content) == (200, b"echo-me-7")
    assert Client().get("/wecom/callback", good | {"nonce": "1"}).status_code == 403


def test_the_card_says_why_it_is_his_and_nothing_of_the_customer(wecom: FakeWeCom) -> None:
    (rep,) = company(1)

    lead, card = deal(wecom, rep)

    shown = str(card.body)
    assert f"线索 {lead.pk}" in shown
    assert card.body["sub_title_text"]
    assert [one["text"] for one in card.body["button_list"]] == ["接受", "退回", "为什么是我"]
    for personal in (lead.name, lead.phone, lead.email, lead.company_name):
        assert not personal or personal not in shown


def test_accepting_is_recorded_and_shown_on_the_lead_and_the_card(wecom: FakeWeCom) -> None:
    (rep,) = company(1)
    lead, card = deal(wecom, rep)

    assert call(wecom.press(card, key(card, "accept"))) == 200

    event = Event.objects.get(kind="lead.accepted")
    assert (event.object_id, event.actor_id, event.data["via"]) == (lead.pk, rep.pk, "wecom")
    entries = time_line(actor_of(rep.user), "lead", lead.pk).entries
    assert "lead.accepted" in [one.event.kind for one in entries if one.event]
    assert said(wecom) == [f"已接受线索 {lead.pk}。"]
    assert card.replaced_by == "已接受"


def test_the_same_call_twice_has_one_effect(wecom: FakeWeCom) -> None:
    first, second = company(2)
    _, card = deal(wecom, first, second)
    made = wecom.press(card, key(card, "return"), "overload")

    assert [call(made), call(made), call(made)] == [200, 200, 200]

    assert Event.objects.filter(kind="lead.handed_back").count() == 1
    assert len(said(wecom)) == 1
    assert ChatCall.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_same_call_at_the_same_moment_has_one_effect(wecom: FakeWeCom) -> None:
    first, second = company(2)
    _, card = deal(wecom, first, second)
    made = wecom.press(card, key(card, "return"), "overload")
    barrier, got = Barrier(3), list[int]()

    def ask() -> None:
        try:
            barrier.wait()
            got.append(call(made))
        finally:
            connection.close()

    threads = [Thread(target=ask) for _ in range(3)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()

    assert got == [200, 200, 200]
    assert Event.objects.filter(kind="lead.handed_back").count() == 1


def test_handing_back_goes_through_the_rules_with_its_reason(wecom: FakeWeCom) -> None:
    first, second = company(2)
    lead, card = deal(wecom, first, second)
    was = lead.owner_id

    call(wecom.press(card, key(card, "return"), "wrong_region"))

    lead.refresh_from_db()
    receipt = Receipt.objects.get(act="return")
    assert (receipt.reason, receipt.actor_id, receipt.from_rep_id) == ("wrong_region", was, was)
    assert lead.owner_id not in (None, was)
    assert said(wecom)[0].startswith(f"已退回线索 {lead.pk}")


def test_without_a_reason_of_the_list_nothing_is_handed_back(wecom: FakeWeCom) -> None:
    (rep,) = company(1)
    lead, card = deal(wecom, rep)

    call(wecom.press(card, key(card, "return")))

    lead.refresh_from_db()
    assert lead.owner_id == rep.pk
    assert not Receipt.objects.filter(act="return").exists()
    assert len(said(wecom)) == 1


@pytest.mark.parametrize("act", ["accept", "return"])
def test_too_late_is_said_and_changes_nothing(wecom: FakeWeCom, act: str) -> None:
    first, second = company(2)
    lead, card = deal(wecom, first, second)
    to = second if lead.owner_id == first.pk else first
    manager = as_manager(hire(to.user.team, "主管"))
    transfer("lead", lead.pk, to=to.pk, reason="overload", actor=manager)
    before = Event.objects.count()

    call(wecom.press(card, key(card, act), "overload"))

    lead.refresh_from_db()
    assert (lead.owner_id, Event.objects.count()) == (to.pk, before)
    assert [one[:4] for one in said(wecom)] == ["晚了一步"]
    assert card.replaced_by == "已失效"


def test_a_button_of_somebody_elses_card_does_nothing(wecom: FakeWeCom) -> None:
    first, second = company(2)
    lead, card = deal(wecom, first, second)
    other = second if lead.owner_id == first.pk else first
    card.to = f"wx{other.pk}"

    call(wecom.press(card, key(card, "return"), "overload"))

    lead.refresh_from_db()
    assert lead.owner_id != other.pk
    assert not Event.objects.filter(kind="lead.handed_back").exists()


def test_what_is_not_signed_right_is_403_and_changes_nothing(wecom: FakeWeCom) -> None:
    (rep,) = company(1)
    _, card = deal(wecom, rep)
    good = wecom.press(card, key(card, "accept"))
    query, body = good["query"], good["body"]
    stolen = wecom.press(card, key(card, "return"), "overload")
    wecom.now -= 3600
    late = wecom.press(card, key(card, "accept"))
    wrong = [
        {"query": query | {"msg_signature": "0" * 40}, "body": body},
        {"query": query | {"nonce": "7"}, "body": body},
        {"query": query | {"timestamp": "1"}, "body": body},
        {"query": query, "body": stolen["body"]},
        {"query": query, "body": body.replace("<Encrypt>", "<Other>")},
        {"query": query, "body": "<!DOCTYPE x [<!ENTITY a 'b'>]>" + body},
        {"query": query, "body": "x" * 70_000},
        {"query": {}, "body": ""},
        late,
    ]

    assert [call(one) for one in wrong] == [403] * len(wrong)
    assert not ChatCall.objects.exists()
    assert not Event.objects.filter(kind="lead.accepted").exists()


def test_where_the_channel_is_off_nobody_is_heard(wecom: FakeWeCom) -> None:
    (rep,) = company(1)
    _, card = deal(wecom, rep)
    ChannelSetup.objects.update(is_on=False)

    assert call(wecom.press(card, key(card, "accept"))) == 403
    assert not Event.objects.filter(kind="lead.accepted").exists()


def test_why_me_and_why_not_me_are_answered_as_the_receipt_says(wecom: FakeWeCom) -> None:
    first, second = company(2)
    lead, card = deal(wecom, first, second)
    winner, loser = (first, second) if lead.owner_id == first.pk else (second, first)

    call(wecom.press(card, key(card, "why")))
    call(wecom.write(f"wx{winner.pk}", f"为什么 {lead.pk}"))
    call(wecom.write(f"wx{loser.pk}", f"为什么没分给我 {lead.pk}"))
    call(wecom.write(f"wx{loser.pk}", "你好"))

    pressed, why = said(wecom, winner)
    why_not, help_ = said(wecom, loser)
    assert pressed == why
    assert why.startswith(f"为什么分给 {winner.user.name}")
    assert why_not.startswith(f"为什么没分给 {loser.user.name}")
    assert "怎样会分给" in why_not
    assert help_.startswith("可以这样问")
    for personal in (lead.name, lead.phone, lead.company_name):
        assert not personal or personal not in why + why_not


def test_a_stranger_and_who_has_left_learn_nothing(wecom: FakeWeCom) -> None:
    (rep,) = company(1)
    lead, card = deal(wecom, rep)
    wecom.members["mallory"] = ""
    User.objects.filter(pk=rep.pk).update(is_active=False)

    call(wecom.write("mallory", f"为什么 {lead.pk}"))
    call(wecom.press(card, key(card, "accept")))

    assert [one[:12] for one in said(wecom)] == ["你的企业微信还没有绑定衡"] * 2
    assert not Event.objects.filter(kind="lead.accepted").exists()


def test_of_a_lead_he_could_not_have_had_nobody_is_told(wecom: FakeWeCom) -> None:
    (rep,) = company(1)
    lead, _ = deal(wecom, rep)
    outsider = hire(rep.user.team, "外人")
    link(wecom, outsider)

    call(wecom.write(f"wx{outsider.pk}", f"为什么没分给我 {lead.pk}"))
    call(wecom.write(f"wx{outsider.pk}", "为什么 999999"))

    first, second = said(wecom)
    assert first.startswith("没有可以告诉你的")
    assert first.replace(str(lead.pk), "999999") == second
    assert Outbox.objects.filter(delivered_at=None).count() == 0


def test_an_appeal_is_filed_by_a_text_once_and_answered_by_a_date(wecom: FakeWeCom) -> None:
    first, second = company(2)
    lead, _ = deal(wecom, first, second)
    loser = second if lead.owner_id == first.pk else first
    made = wecom.write(f"wx{loser.pk}", f"申诉 {lead.pk}：我一直在跟进这家")

    call(made)
    call(made)
    call(wecom.write(f"wx{loser.pk}", f"申诉 {lead.pk} 再说一次"))
    call(wecom.write(f"wx{loser.pk}", f"申诉 {lead.pk}"))
    call(wecom.write(f"wx{loser.pk}", "申诉 999999 没有这一条"))

    appeal = Appeal.objects.get()
    assert (appeal.person_id, appeal.item_id, appeal.note) == (
        loser.pk,
        lead.pk,
        "我一直在跟进这家",
    )
    filed, again, without, nothing = said(wecom)
    assert filed.startswith(f"已提出对编号 {lead.pk} 的申诉，最晚 20")
    assert again not in (filed, without)
    assert without.startswith("请写上为什么")
    assert nothing.startswith("没有可以告诉你的")
