"""The journal in words: every kind of event, with its particulars."""

from datetime import UTC, datetime

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


def test_the_journal_is_filtered_by_time_person_and_object() -> None:
    auditor, rep = hire(Role.AUDITOR), hire(Role.REP)
    for number, (kind, about) in enumerate(
        [("lead.lost", "lead"), ("account.created", "account"), ("lead.lost", "lead")], start=1
    ):
        Event.objects.create(
            kind=kind, actor_kind="user", actor_id=rep.pk if number > 1 else auditor.pk,
            object_kind=about, object_id=70 + number,
            at=datetime(2026, 3, 10 + number, 12, tzinfo=UTC),
        )  # fmt: skip
    client = browser(auditor)

    def shown(query: str) -> set[int]:
        page = client.get(f"/journal?{query}").content.decode()
        return {number for number in (71, 72, 73) if f" {number}<" in page}

    assert shown("since=2026-03-12") == {72, 73}
    assert shown("until=2026-03-12") == {71, 72}
    assert shown(f"actor={rep.pk}") == {72, 73}
    assert shown("object=account") == {72}
    assert shown("by=system") == set()
    assert shown("since=nonsense") == {71, 72, 73}


@pytest.mark.parametrize("format", ["csv", "xlsx"])
def test_what_the_filter_shows_is_exported_and_that_is_written_down(format: str) -> None:
    auditor = hire(Role.AUDITOR)
    for number in (1, 2):
        Event.objects.create(
            kind="lead.lost", actor_kind="system", object_kind="lead", object_id=number,
            data={"reason": "=cmd()"},
        )  # fmt: skip
    Event.objects.create(kind="form.closed", actor_kind="system", object_kind="line", object_id=9)

    answer = browser(auditor).post(
        "/journal/export", {"query": "kind=lead.lost", "format": format, "purpose": "check"}
    )

    assert answer.status_code == 200
    if format == "csv":
        lines = answer.content.decode("utf-8-sig").splitlines()
        assert len(lines) == 3 and "form.closed" not in answer.content.decode()
        assert ",=cmd" not in answer.content.decode()
    else:
        assert answer.content.startswith(b"PK")
    told = Event.objects.get(kind="journal.exported").data
    assert (told["rows"], told["format"], told["reason"]) == (2, format, "check")


def test_who_may_not_read_the_journal_exports_nothing() -> None:
    answer = browser(hire(Role.MANAGER)).post("/journal/export", {"format": "csv"})

    assert answer.status_code == 403
    assert not Event.objects.filter(kind="journal.exported").exists()


def test_an_unknown_format_is_refused_in_words() -> None:
    answer = browser(hire(Role.AUDITOR)).post(
        "/journal/export", {"format": "exe", "purpose": "check"}
    )

    assert answer.status_code == 409
    assert "exe" in answer.content.decode()
    assert not Event.objects.filter(kind="journal.exported").exists()
