"""今日: a rep's own day, a manager's, and the accepting switch."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from bench.statements import statements
from evenhand.journal.models import Event
from evenhand.leads.models import Assignment, Lead, State
from evenhand.leads.queries.filters import LeadFilter
from evenhand.leads.queries.leads import lead_page
from evenhand.leads.queries.today import rep_day
from evenhand.people.models import Organization, Rep, User
from evenhand.people.operations.availability import NoRep, set_accepting
from evenhand.people.scope import actor_of
from tests.server.cast import Cast, act_as, browser, cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Cast:
    return cast()


def _lead(owner: User, name: str, *, minutes: int | None = None, **more: Any) -> Lead:
    now = timezone.now()
    due = None if minutes is None else now + timedelta(minutes=minutes)
    values = {"assigned_at": now, "phone": "13800138000", "grade": "A"} | more
    lead = Lead.objects.create(
        name=name, state=State.OWNED, owner_id=owner.pk, contact_due_at=due, **values
    )
    Assignment.objects.create(
        item_kind="lead", item_id=lead.pk, rep_id=owner.pk, cause="dealt", opened_at=now
    )
    return lead


def test_what_is_overdue_stands_first_and_what_others_hold_nowhere(people: Cast) -> None:
    _lead(people.ren, "第二位", minutes=30)
    _lead(people.ren, "第一位", minutes=-30)
    _lead(people.ren, "联系过的")
    _lead(people.rui, "别人的", minutes=5)

    page = browser(people.ren).get("/").content.decode()

    assert page.index("第一位") < page.index("第二位") < page.index("联系过的")
    assert "已过时限 30 分工作时间" in page
    assert "工作时间" in page
    assert "别人的" not in page


def test_what_came_today_stands_once_the_newest_first_and_nothing_older(people: Cast) -> None:
    older = _lead(people.ren, "昨天的")
    for name in ("早些的", "最新的"):
        _lead(people.ren, name)
    gone = _lead(people.ren, "转走的")
    _lead(people.ren, "在等的", minutes=30)
    long_ago = timezone.now() - timedelta(days=2)
    Assignment.objects.filter(item_id=older.pk).update(opened_at=long_ago)
    Assignment.objects.filter(item_id=gone.pk).update(closed_at=timezone.now())
    Lead.objects.filter(pk=gone.pk).update(owner_id=people.rui.pk)

    page = browser(people.ren).get("/").content.decode()

    recent = page[page.index('id="day-recent"') :]
    assert recent.index("最新的") < recent.index("早些的")
    assert page.count(">在等的</a>") == 1
    assert "在等的" not in recent
    assert "昨天的" not in page
    assert "转走的" not in page


def test_the_figures_of_a_day_count_all_that_somebody_holds(people: Cast) -> None:
    for minutes in (-30, -20, 30, None):
        _lead(people.ren, f"甲{minutes}", minutes=minutes)
    _lead(people.rui, "别人的", minutes=-5)
    now = timezone.now()

    day = rep_day(actor_of(people.ren), now=now, midnight=now - timedelta(hours=1))

    assert (day.open_count, day.due_count, day.overdue_count, day.given.count) == (4, 3, 2, 4)


def test_a_line_of_the_day_writes_what_people_typed_as_text(people: Cast) -> None:
    typed = "<b>&\"'"
    _lead(
        people.ren, typed, minutes=30, company_name=typed, product=typed, region=typed,
        source=typed, grade=typed, phone=typed,
    )  # fmt: skip

    page = browser(people.ren).get("/").content.decode()

    assert page.count("&lt;b&gt;&amp;&quot;&#x27;") >= 8
    assert "<b>" not in page


def test_a_day_among_many_comes_out_of_indexes(people: Cast) -> None:
    """Of the thousands that he and others hold no more is read than what is shown and counted."""
    with connection.cursor() as cursor:
        cursor.execute(_MANY, {"reps": [people.ren.pk, *_colleagues(39)]})
        cursor.execute("ANALYZE lead, assignment")
        before = _prepared(cursor)
        browser(people.ren).get("/")
        plans = {
            text: _plan(cursor, name, kinds, people.ren.pk)
            for (name, text, *kinds), count in (_prepared(cursor) - before).items()
            if count and ("FROM assignment" in text or "FROM lead" in text)
        }

    assert len(plans) >= 6
    for text, plan in plans.items():
        assert "Seq Scan on lead" not in plan and "Seq Scan on assignment" not in plan, text
    shown = "\n".join(plans.values())
    assert "lead_in_hand" in shown
    assert "lead_to_contact" in shown and "assignment_ending" in shown
    assert "Hash Join" not in shown  # over all his leads


def _colleagues(count: int) -> list[int]:
    made = User.objects.bulk_create(
        User(email=f"c{n}@example.com", name=f"同事{n}", role="rep", scope="self")
        for n in range(count)
    )
    Rep.objects.bulk_create(Rep(user=user) for user in made)
    return [user.pk for user in made]


def _prepared(cursor: Any) -> Counter[tuple[str, ...]]:
    """How often each statement that stays prepared was carried out: name, text, kinds of values."""
    cursor.execute(
        "SELECT name, statement, parameter_types::text[], generic_plans + custom_plans"
        " FROM pg_prepared_statements"
    )
    return Counter({(name, text, *kinds): times for name, text, kinds, times in cursor.fetchall()})


def _plan(cursor: Any, name: str, kinds: list[str], who: int) -> str:
    """The one plan of a statement, whatever its values."""
    given = {"bigint": str(who), "bigint[]": "'{}'", "timestamp with time zone": "now()"}
    values = ", ".join(given.get(kind, "'lead'") for kind in kinds)
    cursor.execute("SET LOCAL plan_cache_mode = force_generic_plan")
    cursor.execute(f"EXPLAIN EXECUTE {name}{f'({values})' if kinds else ''}")
    return "\n".join(row[0] for row in cursor.fetchall())


_MANY = """
WITH made AS (
    INSERT INTO lead (state, owner_id, name, assigned_at, contact_due_at, extra, created_at)
    SELECT 'owned', (%(reps)s::bigint[])[1 + n %% 40], 'L' || n,
        now() - n * interval '1 hour', CASE WHEN n %% 400 < 40 THEN now() END, '{}', now()
    FROM generate_series(1, 8000) AS n RETURNING id, owner_id, assigned_at
)
INSERT INTO assignment (item_kind, item_id, rep_id, cause, opened_at, due_at, next_at)
SELECT 'lead', id, owner_id, 'dealt', assigned_at, assigned_at + interval '150 days', now()
FROM made
"""


def test_a_lead_leads_to_its_page_its_receipt_and_the_telephone(people: Cast) -> None:
    lead = _lead(people.ren, "王芳", minutes=30, receipt_id=7)

    page = browser(people.ren).get("/").content.decode()

    assert f'href="/leads/{lead.pk}"' in page
    assert 'href="/receipts/7"' in page
    assert 'href="tel:13800138000"' in page


def test_a_quiet_day_says_what_comes_next(people: Cast) -> None:
    page = browser(people.ren, "en").get("/").content.decode()

    assert "Nobody waits for your first contact" in page
    assert 'id="team-day"' not in page


def test_the_page_asks_the_database_as_often_for_forty_leads_as_for_one(people: Cast) -> None:
    client = browser(people.ren)
    _lead(people.ren, "一", minutes=5)
    client.get("/")
    with statements() as for_one:
        client.get("/")
    for number in range(40):
        _lead(people.ren, f"甲{number}", minutes=number)
    with statements() as for_forty:
        client.get("/")

    assert len(for_forty) == len(for_one) <= 17


def test_a_manager_sees_his_people_and_nobody_elses(people: Cast) -> None:
    _lead(people.ren, "甲", minutes=-90)
    _lead(people.carl, "乙", minutes=-90)

    page = browser(people.tom).get("/").content.decode()

    assert "Ren" in page
    assert "Carl" not in page
    assert 'id="rep-day"' not in page


def test_a_managers_page_does_not_ask_more_often_for_more_people(people: Cast) -> None:
    client = browser(people.alice)
    for number in range(30):
        _lead(people.ren, f"甲{number}", minutes=-number)
    client.get("/")
    with statements() as asked:
        client.get("/")
    assert len(asked) <= 20


def test_the_live_stream_fetches_one_part_alone(people: Cast) -> None:
    page = browser(people.tom).get("/?part=team").content.decode()

    assert page.lstrip().startswith('<div id="team-day"')
    assert "<html" not in page


def test_a_part_that_is_not_for_him_holds_nothing(people: Cast) -> None:
    _lead(people.rui, "别人的", minutes=-5)

    page = browser(people.ren).get("/?part=team")

    assert "Rui" not in page.content.decode()
    assert page.status_code == 404


@pytest.mark.parametrize("name", ["olga", "alice"])
def test_who_runs_the_system_sees_its_state(people: Cast, name: str) -> None:
    page = browser(getattr(people, name), "en").get("/").content.decode()

    assert "Needs a look" in page  # no worker is alive in a test


def test_a_pause_is_noticed_by_routing_and_written_down(people: Cast) -> None:
    before = Organization.objects.get().people_revision

    answer = browser(people.ren).post("/today/accepting", {"accepting": "off"})

    assert answer.status_code == 302
    assert not Rep.objects.get(pk=people.ren.pk).is_accepting
    assert Organization.objects.get().people_revision > before
    assert Event.objects.filter(kind="person.switched_off", object_id=people.ren.pk).count() == 1
    assert "接单开关已关闭" in browser(people.ren).get("/").content.decode()


def test_turning_the_switch_to_where_it_stands_changes_nothing(people: Cast) -> None:
    assert not set_accepting(True, actor=act_as(people.ren))
    assert not Event.objects.exists()


def test_who_receives_nothing_has_no_switch(people: Cast) -> None:
    before = Organization.objects.get().people_revision

    with pytest.raises(NoRep):
        set_accepting(False, actor=act_as(people.tom))

    assert Organization.objects.get().people_revision == before
    assert not Event.objects.exists()


def test_today_begins_at_midnight_of_the_readers_clock() -> None:
    from zoneinfo import ZoneInfo

    from evenhand.web.today.days import midnight_of

    now = datetime(2026, 3, 9, 17, 30, tzinfo=UTC)  # 01:30 of the tenth in Shanghai

    assert midnight_of(now, ZoneInfo("Asia/Shanghai")) == datetime(2026, 3, 9, 16, tzinfo=UTC)
    assert midnight_of(now, ZoneInfo("America/New_York")) == datetime(2026, 3, 9, 4, tzinfo=UTC)


def test_what_runs_out_within_three_days_stands_on_today_and_in_its_list(people: Cast) -> None:
    now = timezone.now()
    for owner, name, days in ((people.ren, "先到期", 1), (people.ren, "后到期", 2)):
        _clocked(_lead(owner, name), now + timedelta(days=days))
    _clocked(_lead(people.ren, "还早"), now + timedelta(days=9))
    _clocked(_lead(people.rui, "别人的"), now + timedelta(days=1))

    page = browser(people.ren).get("/").content.decode()
    soon = browser(people.ren).get("/leads?ends=soon").content.decode()

    card = page[page.index('id="day-ending"') : page.index('id="day-recent"')]
    assert card.index("先到期") < card.index("后到期")
    assert "保护期" in card
    assert soon.index("先到期") < soon.index("后到期")
    for shown in (card, soon):
        assert "还早" not in shown
        assert "别人的" not in shown
    listed = lead_page(actor_of(people.ren), LeadFilter(ends="soon"), now=now)
    assert (listed.count.number, len(listed.rows)) == (2, 2)


def _clocked(lead: Lead, due: datetime) -> None:
    Assignment.objects.filter(item_kind="lead", item_id=lead.pk).update(
        due_at=due,
        next_at=due,
        clocks={"clocks": [{"clock": "untouched", "state": "running", "due": due.isoformat()}]},
    )
