"""What kinds of work people did: below their level, and against what was expected."""

from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest
from django.test import Client

from evenhand.leads.models import Activity, Assignment, Lead, Opportunity
from evenhand.people.actor import SYSTEM
from evenhand.people.models import Rep
from evenhand.policies.models import Line
from evenhand.policies.operations.publish import publish
from evenhand.tasks.models import Task
from evenhand.work.models import WorkWeek
from evenhand.work.operations.settling import SETTLED_AFTER, settle_weeks
from evenhand.work.queries import Load, LoadFilter, team_loads
from evenhand.work.weeks import WEEK, this_week
from tests.server.cast import Cast, act_as, browser
from tests.server.routing.world import policy
from tests.server.work.test_load import WORKLOAD, hold, people

__all__ = ["people"]
pytestmark = pytest.mark.django_db

LEVELS = [
    {"level": "新人", "mostly": "lead.grade = B"},
    {"level": "资深", "mostly": "lead.grade = A"},
]


@pytest.fixture
def monday(people: Cast) -> datetime:
    """The start of the last whole week; Ren is senior, Rui a newcomer, and the line has levels."""
    publish("direct", policy(workload=WORKLOAD, levels=LEVELS), actor=SYSTEM)
    Rep.objects.filter(pk=people.ren.pk).update(level="资深")
    Rep.objects.filter(pk=people.rui.pk).update(level="新人")
    day = this_week() - WEEK
    return datetime(day.year, day.month, day.day, 2, tzinfo=UTC)  # ten in Shanghai


def calls(rep: int, item: int, at: datetime, minutes: int, kind: str = "lead") -> None:
    """A recorded call; five minutes around it count as well."""
    Activity.objects.create(
        item_kind=kind, item_id=item, user_id=rep, at=at, channel="call", direction="both",
        outcome="reached", seconds=(minutes - 5) * 60,
    )  # fmt: skip


def leads(rep: int, grade: str, count: int, at: datetime) -> list[Lead]:
    """Leads of a grade in somebody's hands."""
    rows = hold(rep, count, at=at)
    Lead.objects.filter(pk__in=[row.pk for row in rows]).update(
        grade=grade, line=Line.objects.get()
    )
    return rows


def done(rep: int, at: datetime, *, took: int, minutes: int = 30, **more: object) -> Task:
    """A to-do that was finished, with logged minutes."""
    begun = at - timedelta(days=2)
    values: dict[str, object] = {
        "type": "回访", "title": "回访", "points": 0, "starts_at": begun, "assigned_at": begun,
        "quantity_done": 1, **more,
    }  # fmt: skip
    return Task.objects.create(
        line=Line.objects.get(), owner_id=rep, minutes=minutes, handled_minutes=took,
        state="done", done_at=at, **values,
    )  # fmt: skip


def loads(people: Cast, at: datetime) -> dict[int, Load]:
    """Everybody's load once the week is settled."""
    now = at + WEEK + timedelta(days=1)
    settle_weeks(now)
    return {one.rep_id: one for one in team_loads(act_as(people.olga), LoadFilter(), now)}


def test_work_that_should_mostly_be_taken_by_a_lower_level_is_below_ones_own(
    people: Cast, monday: datetime
) -> None:
    for rep in (people.ren.pk, people.rui.pk):
        (low,) = leads(rep, "B", 1, monday)
        (high,) = leads(rep, "A", 1, monday)
        (bare,) = hold(rep, 1, at=monday)  # of no line: it has no level
        calls(rep, low.pk, monday, 400)
        calls(rep, high.pk, monday + timedelta(days=1), 200)
        calls(rep, bare.pk, monday + timedelta(days=2), 120)
        done(rep, monday + timedelta(days=3), took=60, level="新人")
        done(rep, monday + timedelta(days=3), took=60)  # whoever may do it: no level either

    found = loads(people, monday)

    senior, newcomer = found[people.ren.pk], found[people.rui.pk]
    assert (senior.below.below_minutes, senior.below.minutes) == (460, 660)
    assert senior.is_too_simple and senior.below.limit_percent == 40
    assert (newcomer.below.below_minutes, newcomer.below.minutes) == (0, 660)
    assert not newcomer.is_too_simple
    # Nobody's level: nothing is said of him.
    assert found[people.carl.pk].below.minutes == 0


def test_little_seen_is_not_called_too_simple(people: Cast, monday: datetime) -> None:
    (low,) = leads(people.ren.pk, "B", 1, monday)
    calls(people.ren.pk, low.pk, monday, 120)

    found = loads(people, monday)[people.ren.pk]

    assert found.below.is_much and not found.is_too_simple


def test_what_ended_stands_beside_what_it_was_expected_to_take(
    people: Cast, monday: datetime
) -> None:
    ren, rui = people.ren.pk, people.rui.pk
    for n in range(8):
        done(ren, monday + timedelta(hours=n), took=45)  # 30 were expected
        done(rui, monday + timedelta(hours=n), took=15)
    for n in range(12):  # so that there is a mean to compare with
        done(people.carl.pk, monday + timedelta(hours=n), took=30)
    done(ren, monday, took=400, quantity=1, quantity_done=3)  # more than usual: no yardstick
    (lead,) = leads(ren, "B", 1, monday - timedelta(days=3))
    calls(ren, lead.pk, monday, 100)
    closed = monday + timedelta(days=1)
    Lead.objects.filter(pk=lead.pk).update(
        stage="lost", lost_stage="contacted", state="closed", closed_at=closed
    )
    Assignment.objects.filter(item_id=lead.pk).update(closed_at=closed, closed_by="close")

    found = loads(people, monday)

    kinds = {row.kind.stage: row for row in found[ren].against if row.kind is not None}
    calls_back, contacted = kinds["回访"], kinds["contacted"]
    assert (calls_back.count, calls_back.handling_percent) == (8, 150)
    assert calls_back.cycle_percent == 100  # two days each, as everybody's
    # 5 points of 10 minutes are expected of a lead that came so far; too few ended for a mean.
    assert (contacted.handling_percent, contacted.cycle_percent) == (200, None)
    whole = found[ren].taken
    assert whole is not None
    assert (whole.count, whole.handling_percent) == (9, Fraction(100 * 460, 290))
    assert found[rui].taken is not None and found[rui].taken.handling_percent == 50


def test_a_won_opportunity_counts_for_who_held_it_at_the_end(
    people: Cast, monday: datetime
) -> None:
    ren = people.ren.pk
    won = Opportunity.objects.create(
        name="O", line=Line.objects.get(), owner_id=ren, stage="won", closed_at=monday
    )
    for rep, until in ((people.rui.pk, monday - timedelta(days=2)), (ren, monday)):
        Assignment.objects.create(
            item_kind="opportunity", item_id=won.pk, rep_id=rep, cause="manual",
            opened_at=until - timedelta(days=2), closed_at=until, closed_by="x",
        )  # fmt: skip
        calls(rep, won.pk, until - timedelta(days=1), 60, kind="opportunity")

    found = loads(people, monday)

    (row, _) = found[ren].against
    assert row.kind is not None and row.kind.stage == "negotiation"
    assert row.handling_percent == Fraction(100 * 60, 120)
    assert found[people.rui.pk].against == ()


def test_the_pages_the_file_and_programs_say_it_gently(people: Cast, monday: datetime) -> None:
    ren = people.ren.pk
    (low,) = leads(ren, "B", 1, monday)
    calls(ren, low.pk, monday, 400)
    for n in range(20):
        done(ren, monday + timedelta(hours=n), took=45)
    settle_weeks(datetime.now(UTC) + SETTLED_AFTER)  # also where its last week has only just ended

    team = browser(people.tom).get("/workload").content.decode()
    his = browser(people.tom).get(f"/workload/people/{ren}").content.decode()
    own = browser(people.ren).get("/workload/mine").content.decode()

    assert "低于职级的工作占 100%" in team and "100% 低于本人职级" in his and "用时 150%" in team
    assert "不是本人的问题" in his and "回访" in his and "150%" in his
    assert "可以和主管聊聊" in own and "不是本人的问题" not in own
    for page in (team, his, own):
        assert not any(word in page for word in ("懒", "效率低", "不努力"))
    asked = {"format": "csv", "purpose": "report", "query": ""}
    text = browser(people.tom).post("/workload/export", asked).content.decode("utf-8-sig")
    heads, *rows = [line.split(",") for line in text.splitlines()]
    row = next(one for one in rows if one[0] == "Ren")
    assert row[heads.index("低于职级的工作（%）")] == "100"
    assert row[heads.index("用时，比预计（%）")] == "150"


def test_weeks_that_were_settled_before_say_nothing(people: Cast, client: Client) -> None:
    WorkWeek.objects.create(
        rep_id=people.ren.pk, monday=this_week() - WEEK, handled_minutes=100,
        selling_minutes=2_000, came_in=0, went_out=0, band="unknown", utilization=500,
    )  # fmt: skip

    page = browser(people.tom).get(f"/workload/people/{people.ren.pk}").content.decode()

    assert "还没有可以比较的完结工作" in page
