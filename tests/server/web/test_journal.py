"""The journal in words: every kind of event, with its particulars."""

import pytest
from django.db import transaction

from evenhand.journal.models import Event
from evenhand.journal.operations import record
from evenhand.people.actor import SYSTEM
from evenhand.people.models import Role
from evenhand.web.journal.told import tell_events
from evenhand.wording.catalogue import Words
from tests.server.cast import browser
from tests.server.web.staff import hire

pytestmark = pytest.mark.django_db


def test_events_are_told_with_names_reasons_and_what_changed() -> None:
    rep, heir = hire(Role.REP, "任一"), hire(Role.REP, "芮二")
    with transaction.atomic():
        given = {"rep": heir.pk, "from": rep.pk, "reason": "customer_wish", "receipt": 7}
        record("lead.transferred", actor=SYSTEM, object_kind="lead", object_id=3, data=given)
        moved = {"from": "new", "to": "qualified"}
        record("lead.stage_set", actor=SYSTEM, object_kind="lead", object_id=3, data=moved)
        roles = {"role": ["rep", "manager"]}
        record(
            "person.role_changed", actor=SYSTEM, object_kind="person", object_id=rep.pk, data=roles
        )

    one, two, three = tell_events(Words("zh-Hans"), list(Event.objects.order_by("pk")))

    assert (one.what, one.who, one.about, one.path) == ("转交线索", "系统", "线索 3", "/leads/3")
    told = {fact.label: fact.value for fact in one.particulars}
    assert told == {"原来": "任一", "负责人": "芮二", "原因": "客户要求", "分配依据": "7"}
    assert [fact.value for fact in two.particulars] == ["新线索", "有意向"]
    assert (three.about, three.path) == ("任一", f"/members/{rep.pk}")
    assert [fact.value for fact in three.particulars] == ["销售 → 主管"]


def test_what_has_no_words_stands_there_as_it_is() -> None:
    # As an older version of the program may have written it.
    Event.objects.create(
        kind="moon.landed", actor_kind="system", object_kind="moon", object_id=1, data={"crater": 5}
    )

    page = browser(hire(Role.AUDITOR)).get("/journal").content.decode()

    assert "moon.landed" in page and "moon 1" in page and "crater" in page
