"""Figures of the pools: what flowed, who did what, and that every figure is its rows."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
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
from evenhand.people.clocks import company_zone, whole_days
from evenhand.people.scope import NotAllowed
from evenhand.policies.models import Line
from evenhand.policies.operations.publish import publish
from evenhand.policies.refusals import CannotPublish
from evenhand.pool.flow import Watched, flows, revived, watched
from evenhand.pool.habits import contacted, habits, pairs
from evenhand.pool.models import KeptOverview
from evenhand.pool.operations.keeping_overviews import keep_overviews
from evenhand.pool.overview import count_overview, kept_overview, key_of, overview_of
from evenhand.pool.rows import WHAT, Wanted, as_found, find, rows
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
    overview = count_overview(pools, SINCE, UNTIL, NOW)
    assert (back.taken, back.won, back.values) == (3, 1, {"CNY": 500_000})

    ren, rui = habits(olga, overview.used)
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
    (pair,) = pairs(olga, overview.reclaimed)
    assert (pair.taker, pair.giver, pair.count) == ("Ren", "Ren", 1)
    assert overview.contacts == 1
    (several,) = overview.contacted
    assert (several.item_id, several.people) == (own.again.pk, 2)


def test_every_figure_is_the_number_of_its_rows_and_others_stay_without_a_name() -> None:
    own = Waters()
    olga, carl_only = act_as(own.people.olga), act_as(own.people.carl)

    def count(what: str, **more: Any) -> int:
        if what == "contacts":
            return len(as_found(contacted(own.pools, SINCE, UNTIL)[1]))
        return len(find(own.pools, SINCE, UNTIL, NOW, Wanted(what, **more)))

    assert {what: count(what) for what in WHAT} == {
        "came": 9, "left": 3, "lies": 6, "revived": 1, "claims": 3, "gave_up": 1, "reclaimed": 1,
        "hoarded": 1, "contacts": 1,
    }  # fmt: skip
    assert count("claims", rep=own.ren.pk) == 2 and count("came", how="return") == 1
    assert (count("lies", age=2), count("lies", age=1)) == (6, 0)
    found = find(own.pools, SINCE, UNTIL, NOW, Wanted("reclaimed"))
    named = rows(olga, own.pools, found)[0]
    assert (named.name, named.taker, named.giver) == ("王总", "Ren", "Ren")
    unnamed = rows(carl_only, own.pools, found)[0]
    assert (unnamed.name, unnamed.taker, unnamed.giver) == ("", "", "")
    together = habits(carl_only, count_overview(own.pools, SINCE, UNTIL, NOW).used)
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


def test_figures_of_many_stays_are_counted_ahead_and_say_of_when_they_are() -> None:
    own = Waters()
    olga = browser(own.people.olga)
    period = (date(2026, 10, 22), date(2026, 11, 20))
    since, until = whole_days(*period, company_zone())
    span = "span=own&from=2026-10-22&to=2026-11-20"
    counted = count_overview(own.pools, since, until, NOW)

    assert keep_overviews([period], NOW) == 0  # a few are counted while one waits
    assert "数据截至" not in olga.get(f"/pools?{span}").content.decode()
    assert keep_overviews([period], NOW, counted_at_once=-2) == 1  # one pool: one selection
    kept = kept_overview(own.pools, since, until)
    assert kept == replace(counted, is_kept=True)
    # What happens since is not in it; another period is counted as of now.
    own.stay(own.lead(State.POOLED), 1, age=2)
    assert overview_of(own.pools, since, until, NOW) == kept
    fresh = overview_of(own.pools, since - DAY, until, NOW)
    assert not fresh.is_kept and fresh.flows[0][1].lies == counted.flows[0][1].lies + 1
    page = olga.get(f"/pools?{span}").content.decode()
    assert "数据截至" in page and "每 10 分钟算一次" in page
    assert "数据截至" in olga.get(f"/pools/rows?what=contacts&{span}").content.decode()
    assert "数据截至" not in olga.get(f"/pools/rows?what=lies&{span}").content.decode()
    # The next time it tells of a later moment, and what nobody chooses any more is forgotten.
    other = (period[0], date(2026, 11, 19))
    assert keep_overviews([period], NOW + DAY, counted_at_once=-2) == 1
    again = kept_overview(own.pools, since, until)
    assert again is not None and again.at == NOW + DAY and again.flows != kept.flows
    assert keep_overviews([other], NOW, counted_at_once=-2) == 1
    assert kept_overview(own.pools, since, until) is None


def test_a_kept_figure_in_another_form_is_counted_anew() -> None:
    own = Waters()
    key = key_of(own.pools, SINCE, UNTIL)
    KeptOverview.objects.create(key=key, at=NOW, body='{"at": "then"}')

    assert not overview_of(own.pools, SINCE, UNTIL, NOW).is_kept


def test_what_is_kept_for_one_pool_or_for_who_tends_two_is_theirs_alone() -> None:
    own = Waters()
    tending = {"group": "全体", "administrators": [str(own.people.rui.pk)]}
    pools = [
        {"pool": "公海", **tending},
        {"pool": "冷线索", **tending},
        {"pool": "新", "group": "全体"},
    ]
    publish("direct", policy(pools=pools), actor=SYSTEM)
    period = (date(2026, 10, 22), date(2026, 11, 20))
    since, until = whole_days(*period, company_zone())

    # All three (which are all of the line's), the two that Rui looks after, and each alone.
    assert keep_overviews([period], NOW, counted_at_once=-2) == 5
    tended = watched(act_as(own.people.rui))
    kept = kept_overview(tended[::-1], since, until)
    assert kept is not None and {key[1] for key, _ in kept.flows} == {"公海", "冷线索"}
    alone = kept_overview(tended[1:], since, until)
    assert alone is not None and alone.used == [] and alone.contacts == 0


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
