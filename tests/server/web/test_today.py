"""今日: a rep's own day, a manager's, and the accepting switch."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from bench.statements import statements
from evenhand.journal.models import Event
from evenhand.leads.models import Assignment, Lead, State
from evenhand.leads.queries.filters import LeadFilter
from evenhand.leads.queries.leads import lead_page
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
    return Lead.objects.create(
        name=name, state=State.OWNED, owner_id=owner.pk, contact_due_at=due, **values
    )


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
    Assignment.objects.create(
        item_kind="lead",
        item_id=lead.pk,
        rep_id=lead.owner_id,
        cause="manual",
        due_at=due,
        next_at=due,
        clocks={"clocks": [{"clock": "untouched", "state": "running", "due": due.isoformat()}]},
    )
