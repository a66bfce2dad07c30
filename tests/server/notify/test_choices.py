"""When somebody is told: quiet times over midnight, digests, and what may not wait."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction

from evenhand.journal.models import Event, Outbox
from evenhand.notify.choices import Chosen, chosen_by, due_at
from evenhand.notify.letters import gather
from evenhand.notify.models import ChatLink, Choice, Letter
from evenhand.notify.operations import tell
from evenhand.notify.operations.choices import (
    CannotChoose,
    ChoiceIn,
    choose,
    forget_choice,
    set_defaults,
)
from evenhand.people.scope import NotAllowed
from evenhand.platform.clock import now
from tests.server.cast import act_as, cast
from tests.server.notify.chats import connect

SHANGHAI = ZoneInfo("Asia/Shanghai")
NIGHT = Chosen(quiet_from=time(22), quiet_until=time(8))
NOON = Chosen(quiet_from=time(12), quiet_until=time(13, 30))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("chosen", "now_", "then"),
    [
        (NIGHT, "2026-03-02T21:59", "2026-03-02T21:59"),
        (NIGHT, "2026-03-02T22:00", "2026-03-03T08:00"),
        (NIGHT, "2026-03-03T00:30", "2026-03-03T08:00"),
        (NIGHT, "2026-03-03T08:00", "2026-03-03T08:00"),
        (NOON, "2026-03-03T12:15", "2026-03-03T13:30"),
        (NOON, "2026-03-03T11:59", "2026-03-03T11:59"),
        (Chosen(digest="hourly"), "2026-03-03T10:01", "2026-03-03T11:00"),
        (Chosen(digest="hourly"), "2026-03-03T10:00", "2026-03-03T10:00"),
        (Chosen(digest="daily", daily_at=time(9)), "2026-03-03T10:01", "2026-03-04T09:00"),
        (Chosen(digest="daily", daily_at=time(9)), "2026-03-03T08:01", "2026-03-03T09:00"),
        (
            Chosen(digest="daily", daily_at=time(7), quiet_from=time(22), quiet_until=time(8)),
            "2026-03-03T10:00",
            "2026-03-04T08:00",
        ),
    ],
)
def test_when_somebody_is_told(chosen: Chosen, now_: str, then: str) -> None:
    assert due_at(chosen, at(now_), SHANGHAI) == at(then)


def test_what_falls_due_before_the_quiet_ends_goes_at_once_if_one_lets_it() -> None:
    start = at("2026-03-02T23:00")
    before, after = at("2026-03-03T07:59"), at("2026-03-03T10:00")
    deaf = Chosen(quiet_from=time(22), quiet_until=time(8), urgent_passes=False)

    assert due_at(NIGHT, start, SHANGHAI, before) == start
    assert due_at(NIGHT, start, SHANGHAI, after) == at("2026-03-03T08:00")
    assert due_at(deaf, start, SHANGHAI, before) == at("2026-03-03T08:00")


@pytest.mark.django_db
def test_the_company_decides_for_whoever_has_not_chosen() -> None:
    people = cast()
    set_defaults(ChoiceIn({"items": ["wecom"]}), actor=act_as(people.alice))
    set_defaults(ChoiceIn({"items": ["mail"]}), actor=act_as(people.alice))
    choose(ChoiceIn({"items": []}, "22:00", "08:00"), actor=act_as(people.ren))

    own, default = chosen_by([people.ren.pk, people.rui.pk])

    assert default.channels_of("assigned") == ("mail",)
    assert own[people.ren.pk].channels_of("assigned") == ()
    assert people.rui.pk not in own
    forget_choice(actor=act_as(people.ren))
    assert chosen_by([people.ren.pk])[0] == {}
    assert Event.objects.filter(kind="notices.defaults_set").count() == 2


@pytest.mark.django_db
def test_nobody_else_sets_the_default() -> None:
    people = cast()

    for user in (people.ren, people.tom, people.olga, people.ada):
        with pytest.raises(NotAllowed):
            set_defaults(ChoiceIn({"items": ["mail"]}), actor=act_as(user))

    assert not Choice.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("given", "field"),
    [
        (ChoiceIn({}, "22:00", ""), "quiet_until"),
        (ChoiceIn({}, "", "08:00"), "quiet_from"),
        (ChoiceIn({}, "late", "08:00"), "quiet_from"),
        (ChoiceIn({}, digest="weekly"), "digest"),
        (ChoiceIn({}, daily_at="25:00"), "daily_at"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(given: ChoiceIn, field: str) -> None:
    people = cast()

    with pytest.raises(CannotChoose) as refused:
        choose(given, actor=act_as(people.ren))

    assert refused.value.field == field
    assert not Choice.objects.exists()


@pytest.mark.django_db
def test_a_message_goes_to_who_is_linked_and_at_work_by_the_channels_he_chose() -> None:
    people = cast()
    connect("wecom", {}, {})
    for user in (people.ren, people.rui, people.dan):
        Choice.objects.create(user=user, channels={"people": ["wecom", "feishu"]})
    ChatLink.objects.create(user=people.ren, channel="wecom", address="ren")
    ChatLink.objects.create(user=people.ren, channel="feishu", address="ou_ren")
    ChatLink.objects.create(user=people.dan, channel="wecom", address="dan")

    with transaction.atomic():
        everybody = [people.ren.pk, people.rui.pk, people.dan.pk, people.carl.pk]
        tell(everybody, "leave_set", params={"by": people.tom.pk})
    assert gather(now() + timedelta(minutes=1)) == 2

    (row,) = Outbox.objects.all()
    assert (row.kind, row.payload["to"]) == ("wecom", "ren")
    assert row.payload["card"]["title"] == "Tom 为你登记了请假"
    assert not Letter.objects.exists()
