"""The journal in words: every kind of event, with its particulars."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

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

ZONE = ZoneInfo("Asia/Shanghai")


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

    one, two, three = tell_events(Words("zh-Hans"), list(Event.objects.order_by("pk")), ZONE)

    assert (one.what, one.who, one.about, one.path) == ("转交线索", "系统", "线索 3", "/leads/3")
    told = {fact.label: fact.value for fact in one.particulars}
    assert told == {"原来": "任一", "负责人": "芮二", "原因": "客户要求", "分配依据": "7"}
    assert [fact.value for fact in two.particulars] == ["新线索", "有意向"]
    assert (three.about, three.path) == ("任一", f"/members/{rep.pk}")
    assert [fact.value for fact in three.particulars] == ["销售 → 主管"]


def test_times_and_days_are_told_by_the_clock_of_who_reads() -> None:
    rep = hire(Role.REP)
    due = {"due_at": "2026-03-01T23:30:00+00:00", "before": "2026-02-28T16:00:00+00:00"}
    paused = {"from_at": "2026-03-02T09:00:00+08:00", "until_at": None}
    with transaction.atomic():
        record("task.rescheduled", actor=SYSTEM, object_kind="task", object_id=1, data=due)
        record("lead.clock_paused", actor=SYSTEM, object_kind="lead", object_id=1, data=paused)
        cap = {"items": 12, "until": "2026-03-01", "note": "2026-03"}
        record("rep.cap_set", actor=SYSTEM, object_kind="person", object_id=rep.pk, data=cap)
    events = list(Event.objects.order_by("pk"))

    def told(locale: str, zone: str) -> list[set[str]]:
        found = tell_events(Words(locale), events, ZoneInfo(zone))
        return [{fact.value for fact in one.particulars} for one in found]

    there = [{"2026-03-02 07:30", "2026-03-01 00:00"}, {"2026-03-02 09:00"}]
    assert told("zh-Hans", "Asia/Shanghai") == [*there, {"12", "2026-03-01", "2026-03"}]
    here = [{"1 Mar 2026, 23:30", "28 Feb 2026, 16:00"}, {"2 Mar 2026, 01:00"}]
    assert told("en", "Europe/London") == [*here, {"12", "1 Mar 2026", "2026-03"}]


def test_points_people_and_codes_are_told_as_people_say_them() -> None:
    rep, one, two = hire(Role.REP, "任一"), hire(Role.REP, "芮二"), hire(Role.REP, "卡三")
    with transaction.atomic():
        claimed = {"rep": rep.pk, "pool": "总公海", "price": 2_500_000, "receipt": 9}
        record("lead.claimed", actor=SYSTEM, object_kind="lead", object_id=3, data=claimed)
        said = {"week": "2026-03-02", "word": "much", "answer": "less"}
        about = {"object_kind": "person", "object_id": rep.pk}
        record("workload.answered", actor=SYSTEM, **about, data=said)
        planned = {"leave": 1, "substitutes": [one.pk, two.pk], "back": "untouched"}
        record("cover.planned", actor=SYSTEM, **about, data=planned)
        drafted = {"draft": 4, "changes": {"leads.new": {"points": [1_000_000, 1_500_000]}}}
        record(
            "workload.points_drafted", actor=SYSTEM, object_kind="line", object_id=1, data=drafted
        )

    found = tell_events(Words("zh-Hans"), list(Event.objects.order_by("pk")), ZONE)

    told = [{fact.label: (fact.value, fact.path) for fact in event.particulars} for event in found]
    assert told[0]["花费的分"] == ("2.5", "") and told[0]["分配依据"] == ("9", "/receipts/9")
    assert (told[1]["反馈"][0], told[1]["答复"][0]) == ("偏多", "会分走一些")
    assert told[2]["代班人"] == ("芮二, 卡三", "")  # two people, not one after the other
    assert told[2]["休假后归还"][0] == "还给本人，代班人已经联系过客户的除外"
    assert told[3]["改了"][0] == "leads.new: points: 1 → 1.5"


def test_whose_part_of_a_plan_was_moved_and_who_stands_beside_whom_is_told_by_name() -> None:
    rep, one, two = hire(Role.REP, "任一"), hire(Role.REP, "芮二"), hire(Role.REP, "卡三")
    with transaction.atomic():
        moved = {"rep": one.pk, "from": two.pk, "count": 3}
        record("import.plan_moved", actor=SYSTEM, object_kind="import", object_id=5, data=moved)
        mentor = {"mentor_id": [one.pk, two.pk], "level": [None, "new"]}
        about = {"object_kind": "person", "object_id": rep.pk}
        record("rep.edited", actor=SYSTEM, **about, data=mentor)

    found = tell_events(Words("zh-Hans"), list(Event.objects.order_by("pk")), ZONE)

    told = [{fact.value for fact in event.particulars} for event in found]
    assert told == [{"芮二", "卡三", "3"}, {"芮二 → 卡三", "— → new"}]


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
