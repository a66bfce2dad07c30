"""A list dealt as one plan: settled at once, released in portions, people told once a portion."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from evenhand.imports.models import Becomes, Import, ListPlan, PlanItem
from evenhand.imports.operations.becoming import Becoming, decide
from evenhand.imports.operations.begin import start, stop
from evenhand.imports.operations.planning import Planning, move_items, set_planning
from evenhand.imports.operations.portions import release_due, release_now, release_portion
from evenhand.imports.operations.run import _parts, _take, run
from evenhand.imports.operations.undo import run_undo, undo
from evenhand.imports.plans import foreseen, plan_state
from evenhand.imports.queries import counts_of
from evenhand.imports.reading import opened
from evenhand.leads.models import Lead, Load, State
from evenhand.ledger.models import Balance
from evenhand.notify.models import Letter, Notice
from evenhand.people.actor import Actor
from evenhand.people.models import Calendar, Rep, User
from evenhand.people.operations.revision import people_changed
from evenhand.people.scope import NotAllowed, actor_of
from evenhand.routing.models import Receipt
from tests.server.cast import Cast, browser
from tests.server.imports.test_imports import uploaded
from tests.server.simulated.virtual import virtual_time

pytestmark = pytest.mark.django_db
COUNT = 24


def fair(collector: str, count: int = COUNT) -> str:
    rows = (
        f"客户{n},1390014{n:04},第{n}机械有限公司,{collector if n < 5 else ''}\n"
        for n in range(count)
    )
    return "姓名,手机,公司,收集人\n" + "".join(rows)


def planned(olga: Actor, text: str, **choices: object) -> Import:
    row = uploaded(olga, text)
    row = decide(row.pk, Becoming(becomes=Becomes.PLAN), actor=olga)
    set_planning(row.pk, Planning(**choices), actor=olga)  # type: ignore[arg-type]
    start(row.pk, actor=olga)
    run(row.pk)
    row.refresh_from_db()
    return row


def held() -> dict[int | None, int]:
    found: dict[int | None, int] = {}
    for owner in Lead.objects.filter(state=State.OWNED).values_list("owner_id", flat=True):
        found[owner] = found.get(owner, 0) + 1
    return found


def test_a_list_is_settled_at_once_and_comes_in_portions(olga: Actor, people: Cast) -> None:
    row = uploaded(olga, fair(people.ren.name))
    row = decide(row.pk, Becoming(becomes=Becomes.PLAN), actor=olga)
    set_planning(row.pk, Planning(per_day=3), actor=olga)
    foretold = foreseen(row)
    assert foretold is not None and not Lead.objects.exists()

    start(row.pk, actor=olga)
    run(row.pk)
    run(row.pk)

    state = plan_state(row)
    assert state is not None and state.count == COUNT == counts_of(row).created
    assert {(one.name, one.count, one.points) for one in state.parts} == {
        (one.name, one.count, one.points) for one in foretold.shares
    }
    first = PlanItem.objects.filter(position__lt=5)
    assert set(first.values_list("rep_id", flat=True)) == {people.ren.pk}  # he collected them
    assert set(Lead.objects.values_list("state", flat=True)) == {State.UNTENDED}
    assert not Notice.objects.filter(kind="given_list").exists()

    now = timezone.now()
    count = release_due(now)
    assert release_due(now) == 0  # once a day, however often the sweep comes
    assert held() == {one.rep_id: 3 for one in state.parts} and count == 3 * len(state.parts)
    for one in state.parts:
        told = Notice.objects.get(user_id=one.rep_id, kind="given_list")
        assert told.params["count"] == 3
    assert not Letter.objects.filter(kind="assigned").exists()
    rep = browser(User.objects.get(pk=told.user_id))
    seen = rep.get(f"/notices/{told.pk}")
    assert seen.headers.get("Location") == f"/leads?import={row.pk}"
    lead = Lead.objects.filter(state=State.OWNED)[0]
    assert lead.assigned_at is not None and lead.assigned_at >= now - timedelta(minutes=1)
    assert lead.contact_due_at is not None and lead.contact_due_at > lead.assigned_at
    assert Receipt.objects.filter(act="plan", reason="list").count() == count
    assert browser(people.olga).get(f"/receipts/{lead.receipt_id}").status_code == 200

    release_now(row.pk, actor=olga)
    assert release_portion(row.pk, now) == count
    days = 0
    while not ListPlan.objects.get().ended_at:
        days += 1
        _age_by_a_day()
        release_due(now)
        assert days < 20
    assert sum(held().values()) == COUNT
    assert sum(Load.objects.values_list("open_count", flat=True)) == COUNT
    for balance in Balance.objects.all():
        assert sum(balance.amounts) == 0


def test_a_day_of_portions_is_that_of_the_company_s_calendar(olga: Actor, people: Cast) -> None:
    hours = ["00:00-24:00"] * 7
    Calendar.objects.create(name="纽约", zone="America/New_York", hours=hours, is_default=True)
    people_changed()
    morning = datetime(2026, 12, 1, 10, 30, tzinfo=ZoneInfo("America/New_York"))
    with virtual_time(morning) as clock:
        planned(olga, fair(""), per_day=5, is_per_rep=False)
        assert release_due(clock.at) == 5

        clock.go_to(morning + timedelta(hours=1))  # in Shanghai another day has begun
        assert release_due(clock.at) == 0
        clock.go_to(morning + timedelta(hours=14))  # half past midnight
        assert release_due(clock.at) == 5


def _age_by_a_day() -> None:
    for item in PlanItem.objects.filter(released_at__isnull=False):
        assert isinstance(item.released_at, datetime)
        item.released_at -= timedelta(days=1)
        item.save()
    ListPlan.objects.update(extra_on=None)


def test_who_cannot_take_his_portion_keeps_it_or_loses_it_and_leavers_lose_it(
    olga: Actor, people: Cast
) -> None:
    row = planned(olga, fair(""), per_day=2, absent="hold")
    away, gone, *_ = Rep.objects.filter(pk__in=PlanItem.objects.values("rep_id")).order_by("pk")
    away.is_accepting = False
    away.save()
    User.objects.filter(pk=gone.pk).update(is_active=False)
    Rep.objects.filter(pk=gone.pk).update(is_active=False)
    people_changed()

    release_due(timezone.now())

    assert away.pk not in held() and gone.pk not in held()
    state = plan_state(row)
    assert state is not None
    parts = {one.rep_id: one for one in state.parts}
    assert parts[away.pk].released == 0 and parts[away.pk].why is not None
    assert parts[away.pk].why.code == "availability.switched_off"
    assert parts[gone.pk].released == 2

    ListPlan.objects.update(absent="redeal")
    release_due(timezone.now())
    state = plan_state(row)
    assert state is not None
    assert {one.rep_id: one.released for one in state.parts}[away.pk] == 2
    assert away.pk not in held()


def test_a_plan_is_stopped_moved_and_undone_half_way(olga: Actor, people: Cast) -> None:
    row = planned(olga, fair(""), per_day=5, is_per_rep=False)
    client, place = browser(people.olga), f"/imports/{row.pk}/plan"
    assert release_due(timezone.now()) == 5 and sum(held().values()) == 5
    client.post(place, {"act": "stop"})
    _age_by_a_day()
    assert release_due(timezone.now()) == 0

    item = PlanItem.objects.filter(released_at=None)[0]
    left = PlanItem.objects.filter(released_at=None, rep_id=item.rep_id).count()
    assert move_items(row.pk, from_rep=item.rep_id, to=people.ren.pk, count=999, actor=olga) == left
    with pytest.raises(NotAllowed):
        move_items(row.pk, from_rep=None, to=people.ren.pk, count=1, actor=actor_of(people.ren))
    page = client.get(f"/imports/{row.pk}").content.decode()
    assert "已停止" in page and "已放出 5 / 24" in page

    undo(row.pk, actor=olga)
    run_undo(row.pk)

    assert counts_of(row).undone == COUNT and not held()
    assert release_due(timezone.now()) == 0
    assert not Lead.objects.exclude(state=State.CLOSED).exists()
    for balance in Balance.objects.all():
        assert sum(balance.amounts) == 0


def test_what_is_in_becomes_a_plan_where_the_import_was_stopped(olga: Actor) -> None:
    row = uploaded(olga, fair("", 300))
    decide(row.pk, Becoming(becomes=Becomes.PLAN), actor=olga)
    start(row.pk, actor=olga)
    row = Import.objects.select_related("user", "line").get(pk=row.pk)
    with opened(row) as file:
        _take(row, next(iter(_parts(file, 0, []))))
    stop(row.pk, actor=olga)
    run(row.pk)

    assert PlanItem.objects.count() == 250


def test_what_would_become_of_a_list_is_shown_before_it_starts(people: Cast, olga: Actor) -> None:
    row = uploaded(olga, fair(people.ren.name) + "没电话,,,\n,,,\n客户1,13900140001,,\n")
    client = browser(people.olga)

    page = client.get(f"/imports/{row.pk}/preview").content.decode()

    found = foreseen(row)
    assert found is not None and sum(one.count for one in found.shares) == COUNT + 1
    assert found.repeats == 1 and all(one.name in page for one in found.shares)
    assert not Lead.objects.exists()
    form = {"becomes": "plan", "per_day": "4", "per": "all", "absent": "redeal", "starts_on": "x"}
    refused = client.post(f"/imports/{row.pk}", form)
    assert refused.status_code == 422 and not ListPlan.objects.exists()
    client.post(f"/imports/{row.pk}", form | {"starts_on": "2026-12-01"})
    plan = ListPlan.objects.get()
    assert (plan.per_day, plan.is_per_rep, plan.absent) == (4, False, "redeal")
    assert not plan.collectors_first and str(plan.starts_on) == "2026-12-01"
