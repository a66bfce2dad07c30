"""Signed webhooks hear of the events they chose; a receiver in trouble holds up nobody else."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction

from evenhand.journal.models import Outbox
from evenhand.journal.operations import record, record_many
from evenhand.notify.channels.webhook import new_secret, signature
from evenhand.notify.delivery import deliver_due
from evenhand.notify.models import Webhook
from evenhand.people.actor import SYSTEM
from evenhand.people.sealing import seal
from tests.fakes.others import FakeReceiver
from tests.fakes.server import Reply
from tests.server.notify.chats import HERE

pytestmark = pytest.mark.django_db

NOW = datetime(2126, 3, 2, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def reachable(settings: Any) -> None:
    settings.PRIVATE_TARGETS = HERE


@pytest.fixture
def receiver() -> Iterator[FakeReceiver]:
    fake = FakeReceiver()
    fake.secret = new_secret()
    with fake.running():
        yield fake


def hook(fake: FakeReceiver, *kinds: str, **more: Any) -> Webhook:
    values = {"name": "CRM", "url": f"{fake.url}/in", "secret": seal(fake.secret)}
    return Webhook.objects.create(kinds=list(kinds), **values | more)


def happens(kind: str, object_id: int = 17) -> None:
    with transaction.atomic():
        record(kind, actor=SYSTEM, object_kind="lead", object_id=object_id)


def test_the_signature_is_that_of_the_specification() -> None:
    # The example of the Standard Webhooks specification.
    secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"

    signed = signature(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, b'{"test": 2432232314}')

    assert signed == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_chosen_events_arrive_signed_and_others_are_not_owed(receiver: FakeReceiver) -> None:
    hook(receiver, "lead.assigned")
    happens("lead.edited")
    happens("lead.assigned")
    with transaction.atomic():
        record_many("lead.assigned", actor=SYSTEM, object_kind="lead", data={18: {}, 19: {}})

    assert deliver_due(NOW).sent == 3

    bodies = [one.json() for one in receiver.asked]
    assert {body["type"] for body in bodies} == {"lead.assigned"}
    assert sorted(body["object"]["id"] for body in bodies) == [17, 18, 19]
    assert all(receiver.is_signed(one) for one in receiver.asked)


def test_no_choice_means_every_event(receiver: FakeReceiver) -> None:
    hook(receiver)
    happens("lead.edited")
    happens("lead.assigned")

    assert deliver_due(NOW).sent == 2


def test_what_is_rolled_back_is_owed_to_nobody(receiver: FakeReceiver) -> None:
    hook(receiver)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        record("lead.edited", actor=SYSTEM, object_kind="lead", object_id=1)
        raise ZeroDivisionError

    assert not Outbox.objects.exists()


def test_the_same_event_keeps_its_id_over_all_tries(receiver: FakeReceiver) -> None:
    hook(receiver)
    happens("lead.edited")
    receiver.trouble("/in", "drop", Reply({}, 500))
    row = Outbox.objects.get()

    for _ in range(3):
        deliver_due(max(NOW, row.due_at))
        row.refresh_from_db()

    assert row.delivered_at is not None
    assert len({one.headers["webhook-id"] for one in receiver.asked}) == 1
    assert len(receiver.asked) == 3


@pytest.mark.parametrize("status", [301, 302, 307, 400, 404, 500])
def test_everything_but_2xx_is_tried_again(receiver: FakeReceiver, status: int) -> None:
    hook(receiver)
    happens("lead.edited")
    receiver.trouble("/in", Reply({}, status, {"Location": f"{receiver.url}/elsewhere"}))

    assert deliver_due(NOW).postponed == 1
    assert receiver.to("/elsewhere") == []


def test_who_is_gone_is_switched_off(receiver: FakeReceiver) -> None:
    one = hook(receiver)
    happens("lead.edited")
    receiver.trouble("/in", Reply({}, 410))

    assert deliver_due(NOW).parked == 1
    one.refresh_from_db()
    assert not one.is_on
    happens("lead.edited")
    assert Outbox.objects.count() == 1


def test_a_receiver_that_hangs_holds_up_no_other(
    receiver: FakeReceiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    stuck = FakeReceiver()
    stuck.trouble("/in", *["hang"] * 9)
    order: list[str] = []
    with stuck.running():
        hook(stuck, name="stuck", secret=seal(new_secret()))
        hook(receiver, name="well")
        for number in range(3):
            happens("lead.edited", number)
        # Released by the other's last message: had it waited for its turn, this would never end.
        receiver_answer = receiver.answer

        def answer(asked: Any) -> Reply:
            order.append("well")
            if len(order) == 3:
                stuck.released.set()
            return receiver_answer(asked)

        receiver.answer = answer  # type: ignore[method-assign]
        done = deliver_due(NOW)

    assert done.sent == 3
    assert done.postponed == 3


def test_while_a_secret_is_replaced_both_sign(receiver: FakeReceiver) -> None:
    old, new = receiver.secret, new_secret()
    hook(
        receiver,
        secret=seal(new),
        old_secret=seal(old),
        old_until=NOW + timedelta(hours=1),
    )
    happens("lead.edited")
    deliver_due(NOW)
    happens("lead.edited")
    deliver_due(NOW + timedelta(hours=2))

    before, after = receiver.asked
    assert receiver.is_signed(before)
    assert not receiver.is_signed(after)
    receiver.secret = new
    assert receiver.is_signed(before)
    assert receiver.is_signed(after)
