"""Figures of the pools: what flowed, who did what, and that every figure is its rows."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from evenhand.engine.facts import POINT
from evenhand.journal.models import Event
from evenhand.leads.models import (
    Activity,
    Assignment,
    Company,
    Lead,
    Opportunity,
    PoolStay,
    State,
)
from evenhand.people.actor import SYSTEM
from evenhand.people.scope import NotAllowed
from evenhand.policies.models import Line
from evenhand.policies.operations.publish import publish
from evenhand.policies.refusals import CannotPublish
from evenhand.pool.flow import Watched, flows, revived, watched
from evenhand.pool.habits import contacted_by_several, habits, pairs
from evenhand.pool.rows import WHAT, Wanted, rows
from tests.server.cast import Cast, act_as, browser, cast
from tests.server.routing.world import policy

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
SINCE, UNTIL = NOW - timedelta(days=30), NOW + timedelta(days=1)
DAY = timedelta(days=1)


class Waters:
    """A pool with three weeks behind it: Ren picks the best and gives back, Rui takes any."""

    def __init__(self) -> None:
        self.people: Cast = cast()
        publish("direct", policy(pools=[{"pool": "公海", "group": "全体"}]), actor=SYSTEM)
        self.line = Line.objects.get(key="direct")
        self.ren, self.rui = self.people.ren.rep, self.people.rui.rep
        for points in (1, 2, 3, 4, 5, 6):
            self.stay(self.lead(State.POOLED), points, age=20 + points)
        self.sold = self.lead()
        won = self.stay(
            self.sold, 7, age=20, until=10, left_by="claim", taken_by=self.ren, price=POINT
        )
        self.hold(self.sold, self.ren, since=10, stay=won)
        Opportunity.objects.create(
            lead=self.sold, name="x", stage="won", value=500_000, currency="CNY",
            closed_at=NOW - 2 * DAY,
        )  # fmt: skip
        # Ren had it, gave it back, claims it again; two people called.
        self.again = self.lead()
        self.hold(self.again, self.ren, since=15, until=12)
        claimed = self.stay(
            self.again, 9, age=12, how="return", from_rep=self.ren, until=8, left_by="claim",
            taken_by=self.ren, price=2 * POINT,
        )  # fmt: skip
        self.hold(self.again, self.ren, since=8, stay=claimed)
        for user in (self.people.ren, self.people.rui):
            Activity.objects.create(
                item_kind="lead", item_id=self.again.pk, user=user, at=NOW - 7 * DAY,
                channel="call", direction="out",
            )  # fmt: skip
        recent = self.lead()
        taken = self.stay(recent, 1, age=5, until=1, left_by="claim", taken_by=self.rui, price=0)
        self.hold(recent, self.rui, since=1, stay=taken)
        self.pools = [Watched(self.line.pk, self.line.name, "公海")]

    def lead(self, state: State = State.OWNED) -> Lead:
        made: Lead = Lead.objects.create(
            name="王总",
            state=State.UNTENDED,
            line=self.line,
            owner=self.ren if state == State.OWNED else None,
        )
        Lead.objects.filter(pk=made.pk).update(
            state=state, pool="公海" if state == State.POOLED else ""
        )
        return made

    def stay(
        self, lead: Lead, points: int, *, age: float, until: float | None = None, **more: Any
    ) -> PoolStay:
        PoolStay.objects.filter(item_kind="lead", item_id=lead.pk, left_at=None).delete()
        made: PoolStay = PoolStay.objects.create(
            item_kind="lead", item_id=lead.pk, line=self.line, pool="公海",
            entered_at=NOW - age * DAY, points=points * POINT,
            left_at=None if until is None else NOW - until * DAY, **more,
        )  # fmt: skip
        return made

    def hold(
        self,
        lead: Lead,
        rep: Any,
        *,
        since: float,
        until: float | None = None,
        stay: PoolStay | None = None,
    ) -> None:
        Assignment.objects.create(
            item_kind="lead", item_id=lead.pk, rep=rep, cause="claimed",
            opened_at=NOW - since * DAY, closed_at=None if until is None else NOW - until * DAY,
            stay_id=None if stay is None else stay.pk,
        )  # fmt: skip


def test_flow_habits_and_pairs_are_what_happened() -> None:
    own = Waters()
    olga, pools = act_as(own.people.olga), own.pools

    flow = flows(pools, SINCE, UNTIL, NOW)[own.line.pk, "公海"]
    assert flow.came == {"dealt": 8, "return": 1} and flow.left == {"claim": 3}
    assert (flow.lies, flow.ages) == (6, (0, 0, 6, 0, 0)) and flow.paid == 3 * POINT
    assert flow.median_age is not None and 23 < flow.median_age / 86_400 < 24
    back = revived(pools, SINCE, UNTIL)
    assert (back.taken, back.won, back.values) == (3, 1, {"CNY": 500_000})

    ren, rui = habits(olga, pools, SINCE, UNTIL, NOW)
    assert (ren.name, ren.claims, ren.paid, ren.gave_up, ren.reclaimed) == (
        "Ren",
        2,
        3 * POINT,
        1,
        1,
    )
    # The other of Ren's two he called within the week.
    assert (ren.hoarded, rui.hoarded) == (1, 0)
    assert ren.pick is not None and rui.pick is not None
    assert ren.pick.index.value > 0.8 and rui.pick.index.value < 0.2
    (pair,) = pairs(olga, pools, SINCE, UNTIL)
    assert (pair.taker, pair.giver, pair.count) == ("Ren", "Ren", 1)
    assert contacted_by_several(pools, SINCE, UNTIL) == 1


def test_every_figure_is_the_number_of_its_rows_and_others_stay_without_a_name() -> None:
    own = Waters()
    olga, carl_only = act_as(own.people.olga), act_as(own.people.carl)

    def count(what: str, **more: Any) -> int:
        return len(rows(olga, own.pools, SINCE, UNTIL, NOW, Wanted(what, **more)))

    assert {what: count(what) for what in WHAT} == {
        "came": 9, "left": 3, "lies": 6, "revived": 1, "claims": 3, "gave_up": 1, "reclaimed": 1,
        "hoarded": 1, "contacts": 1,
    }  # fmt: skip
    assert count("claims", rep=own.ren.pk) == 2 and count("came", how="return") == 1
    assert (count("lies", age=2), count("lies", age=1)) == (6, 0)
    named = rows(olga, own.pools, SINCE, UNTIL, NOW, Wanted("reclaimed"))[0]
    assert (named.name, named.taker, named.giver) == ("王总", "Ren", "Ren")
    unnamed = rows(carl_only, own.pools, SINCE, UNTIL, NOW, Wanted("reclaimed"))[0]
    assert (unnamed.name, unnamed.taker, unnamed.giver) == ("", "", "")
    together = habits(carl_only, own.pools, SINCE, UNTIL, NOW)
    assert [(one.rep_id, one.claims) for one in together] == [(0, 3)]


def test_the_page_leads_to_rows_takes_out_a_file_and_is_not_for_every_rep() -> None:
    own = Waters()
    olga = browser(own.people.olga)
    span = "span=own&from=2026-10-22&to=2026-11-20"

    page = olga.get(f"/pools?{span}").content.decode()
    assert "公海管理" in page and "Ren" in page and "/pools/rows?what=lies" in page
    for what in WHAT:
        assert olga.get(f"/pools/rows?what={what}&{span}").status_code == 200
    assert olga.get("/pools/rows?what=lies&age=99&rep=abc&how=%00").status_code == 200
    fields = {"part": "people", "format": "csv", "purpose": "report", "span": "own"}
    days = {"from": "2026-10-22", "to": "2026-11-20"}
    sent = olga.post("/pools/export", fields | days)
    assert sent.status_code == 200 and "Ren" in sent.content.decode("utf-8-sig")
    assert Event.objects.filter(kind="pool.exported").count() == 1
    assert browser(own.people.ren).get("/pools").status_code == 403
    with pytest.raises(NotAllowed):
        watched(act_as(own.people.ren))


def test_the_named_administrator_of_a_pool_sees_its_figures_alone() -> None:
    own = Waters()
    pools = [
        {"pool": "公海", "group": "全体", "administrators": [str(own.people.rui.pk)]},
        {"pool": "冷线索", "group": "全体"},
    ]
    publish("direct", policy(pools=pools), actor=SYSTEM)

    assert [one.name for one in watched(act_as(own.people.rui))] == ["公海"]
    assert browser(own.people.rui).get("/pools").status_code == 200


def test_a_pool_that_is_not_empty_cannot_be_published_away() -> None:
    own = Waters()
    other = policy(pools=[{"pool": "新公海", "group": "全体"}])

    with pytest.raises(CannotPublish) as refused:
        publish("direct", other, actor=SYSTEM)
    assert (refused.value.why["pool"], refused.value.why["count"]) == ("公海", 6)
    assert own.line.versions.get(state="live").number == 1
    PoolStay.objects.filter(left_at=None).update(left_at=NOW)
    assert publish("direct", other, actor=SYSTEM).number == 2


def test_the_page_of_limits_proposes_from_history_and_says_when_there_is_too_little() -> None:
    own = Waters()
    olga = browser(own.people.olga)

    page = olga.get("/pools/timers").content.decode()
    assert "建议先用常用的 4 小时" in page or "还没有联系记录" in page
    leads = [
        Lead(name="x", state=State.CLOSED, line=own.line, stage="converted" if k % 3 else "lost",
             closed_at=timezone.now())
        for k in range(520)
    ]  # fmt: skip
    Lead.objects.bulk_create(leads)
    start = timezone.now() - 60 * DAY
    held = [
        Assignment(item_kind="lead", item_id=lead.pk, rep=own.ren, cause="dealt", opened_at=start)
        for lead in leads
    ]
    calls = [
        Activity(item_kind="lead", item_id=lead.pk, user=own.people.ren, channel="call",
                 at=start + timedelta(minutes=5 * k), direction="out")
        for k, lead in enumerate(leads)
    ]  # fmt: skip
    Assignment.objects.bulk_create(held)
    Activity.objects.bulk_create(calls)
    page = olga.get("/pools/timers").content.decode()
    assert "建议（工作小时）" in page and "data-bars" in page
    assert Company.objects.count() == 0
