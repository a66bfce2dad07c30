"""Load: what is carried, what fits, whole weeks with their bands, and what is said of them."""

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from evenhand.engine.facts import POINT
from evenhand.engine.workload.bands import Band
from evenhand.journal.models import Event
from evenhand.leads.intake import LeadIn
from evenhand.leads.models import Activity, Assignment, Company, Lead, State
from evenhand.notify.models import Notice
from evenhand.people.actor import SYSTEM
from evenhand.people.clocks import company_day
from evenhand.people.models import Calendar, Cap, Leave, Rep
from evenhand.people.operations.caps import end_cap, set_cap
from evenhand.people.operations.checks import CannotEdit
from evenhand.people.scope import NotAllowed
from evenhand.people.snapshot import people_now
from evenhand.platform.refusal import NotFound
from evenhand.policies.models import Line, WorkingCopy
from evenhand.policies.operations.publish import publish
from evenhand.routing.take_in import take_in
from evenhand.tasks.models import Task
from evenhand.web.work.told import signs_told
from evenhand.wording.catalogue import Words
from evenhand.work.capacity import capacity_of, explained
from evenhand.work.foreseeing import foreseen
from evenhand.work.learning import learnt
from evenhand.work.loads import carried, loads_of
from evenhand.work.models import WeeklyWord, WorkWeek
from evenhand.work.operations.points import draft_points
from evenhand.work.operations.settling import derive_caps, settle_weeks
from evenhand.work.operations.words import answer_word, say_word
from evenhand.work.queries import LoadFilter, team_loads
from evenhand.work.refusals import CannotSay
from evenhand.work.sections import sections_now
from evenhand.work.weeks import this_week
from tests.server.cast import Cast, act_as, browser, cast
from tests.server.routing.world import policy

pytestmark = pytest.mark.django_db

WORKLOAD = {"leads": {"new": 3, "contacted": 5}, "days_open": 21, "caps": "kept"}
MONDAY = date(2026, 3, 2)
NOW = datetime(2026, 3, 30, 4, tzinfo=UTC)  # Monday noon in Shanghai, four weeks later


@pytest.fixture
def people() -> Cast:
    found = cast()
    Calendar.objects.create(
        name="公司", zone="Asia/Shanghai", hours=["09:00-17:00"] * 5 + ["", ""], is_default=True
    )
    Rep.objects.update(joined_on=date(2025, 1, 1))
    publish("direct", policy(workload=WORKLOAD), actor=SYSTEM)
    return found


def hold(rep: int, count: int, stage: str = "new", at: datetime = NOW) -> list[Lead]:
    """Leads in somebody's hands."""
    start = Lead.objects.count()
    rows = Lead.objects.bulk_create(
        Lead(name=f"L{start + n}", owner_id=rep, state="owned", stage=stage, assigned_at=at)
        for n in range(count)
    )
    Assignment.objects.bulk_create(
        Assignment(item_kind="lead", item_id=row.pk, rep_id=rep, cause="manual", opened_at=at)
        for row in rows
    )
    return rows


def log(rep: int, lead: Lead, day: date, minutes: int) -> None:
    """Calls of an hour on one day."""
    at = datetime.combine(day, datetime.min.time(), UTC) + timedelta(hours=2)
    Activity.objects.bulk_create(
        Activity(
            item_kind="lead", item_id=lead.pk, user_id=rep, at=at, channel="call",
            direction="both", outcome="reached", seconds=55 * 60,
        )
        for _ in range(minutes // 60)
    )  # fmt: skip


def task(rep: int, *, minutes: int = 30, state: str = "open", **more: object) -> Task:
    """A to-do of somebody's, a workload point per ten minutes."""
    line = Line.objects.get()
    points = minutes * POINT // 10
    return Task.objects.create(
        line=line, type="t", title="t", owner_id=rep, minutes=minutes, points=points, state=state,
        **more,
    )  # fmt: skip


def test_what_is_carried_and_what_fits_follow_from_the_table_and_the_calendar(
    people: Cast,
) -> None:
    ren = people.ren.pk
    hold(ren, 6)
    hold(ren, 4, "contacted")
    Company.objects.create(name="A", name_key="a", owner_id=ren, state="owned", is_key_account=True)
    today = company_day(timezone.now())
    task(ren, minutes=60)
    task(ren, minutes=60, starts_at=timezone.now() + timedelta(days=60))  # no load yet
    span = {"from_at": timezone.now() - timedelta(days=1), "until_at": timezone.now()}
    Leave.objects.create(rep_id=ren, **span)  # over: takes nothing from what lies ahead

    found = loads_of([ren, people.rui.pk])
    terms = explained([ren, people.rui.pk], today)

    assert (found[ren].items, found[ren].points) == (11, (6 * 3 + 4 * 5 + 6 + 6) * POINT)
    assert carried([people.rui.pk]) == {people.rui.pk: 0}
    own = terms[ren].capacity
    assert own.minutes_per_item == Fraction(440, 11)
    assert own.derived_open_items == int(own.usable_minutes / 40 * 3)
    assert (terms[ren].items_from, terms[people.rui.pk].items_from) == ("own", "table")
    # Twenty working days of eight hours, less public holidays: none are asked for here.
    assert terms[ren].time.working == 20 * 480
    assert set(capacity_of([ren, 999_999], today)) == {ren}


def test_dealing_keeps_to_the_cap_by_hand_and_then_to_the_derived_one(people: Cast) -> None:
    ren, tom = people.ren.pk, act_as(people.tom)
    Rep.objects.exclude(pk__in=[ren]).update(is_accepting=False)
    today = company_day(timezone.now()) + timedelta(days=1)
    set_cap(ren, open_items=0, until_date=today, note="in training", actor=tom)

    take_in([LeadIn(name="x", phone="13800138001")], actor=SYSTEM)
    assert Lead.objects.get().owner_id is None

    with pytest.raises(CannotEdit):
        set_cap(ren, open_items=5, until_date=today, note=" ", actor=tom)
    with pytest.raises(NotFound):
        set_cap(people.carl.pk, open_items=5, until_date=today, note="x", actor=tom)
    with pytest.raises(NotAllowed):
        set_cap(ren, open_items=5, until_date=today, note="x", actor=act_as(people.ren))
    assert Cap.objects.count() == 1

    assert end_cap(ren, actor=tom) and not end_cap(ren, actor=tom)
    assert derive_caps(timezone.now()) > 0
    assert derive_caps(timezone.now()) == 0
    derived = Rep.objects.get(pk=ren).derived_capacity
    assert derived and people_now(timezone.now()).team.find(str(ren)).capacity == derived  # type: ignore[union-attr]
    take_in([LeadIn(name="y", phone="13800138002")], actor=SYSTEM)
    assert Lead.objects.order_by("-pk")[0].owner_id == ren

    # A cap by hand ends with its day, without anybody doing anything.
    set_cap(ren, open_items=1, until_date=today, note="x", actor=tom)
    later = timezone.now() + timedelta(days=3)
    assert people_now(timezone.now()).team.find(str(ren)).capacity == 1  # type: ignore[union-attr]
    assert people_now(later).team.find(str(ren)).capacity == derived  # type: ignore[union-attr]
    publish("direct", policy(), actor=SYSTEM)
    derive_caps(timezone.now())
    assert Rep.objects.get(pk=ren).derived_capacity is None
    assert Event.objects.filter(kind="rep.cap_derived", object_id=ren).count() == 2


def test_whole_weeks_give_bands_with_evidence_told_to_the_rep_alone(people: Cast) -> None:
    ren, rui = people.ren.pk, people.rui.pk
    for number in range(4):
        week = MONDAY + timedelta(days=7 * number)
        noon = datetime.combine(week, datetime.min.time(), UTC) + timedelta(hours=1)
        lead, *_ = hold(ren, 3 + number, at=noon)
        for day in range(5):
            log(ren, lead, week + timedelta(days=day), 480)
        log(rui, lead, week, 420)
        task(rui, state="done", done_at=noon, handled_minutes=60)

    assert settle_weeks(NOW) == [MONDAY + timedelta(days=7 * n) for n in range(4)]
    assert settle_weeks(NOW) == []

    last = MONDAY + timedelta(days=21)
    of = {row.rep_id: row for row in WorkWeek.objects.filter(monday=last)}
    assert (of[ren].band, of[ren].utilization) == (Band.OVERLOADED, 10_000)
    assert (of[ren].handled_minutes, of[ren].selling_minutes, of[ren].came_in) == (2400, 2400, 6)
    assert [sign[0] for sign in of[ren].signs if sign[1] >= sign[2]] == ["utilization", "backlog"]
    assert (of[rui].band, of[rui].utilization) == (Band.IDLE, 2_000)
    told = dict(Notice.objects.values_list("user_id", "kind"))
    assert told[ren] == "load_over" and told[rui] == "load_room"
    assert told[people.tom.pk] == "load_list"
    assert people.hua.pk not in told
    assert Event.objects.filter(kind="workload.week_settled").count() == 4

    rows = team_loads(act_as(people.tom), LoadFilter(), NOW)
    assert [one.rep_id for one in rows] == [ren, rui]
    assert rows[0].band is Band.OVERLOADED and not rows[0].can_take and rows[1].can_take
    waiting = team_loads(act_as(people.tom), LoadFilter(band="idle"), NOW)
    assert [one.rep_id for one in waiting] == [rui]


def test_one_sign_alone_is_named_and_never_called_just_right(people: Cast) -> None:
    WorkWeek.objects.create(
        rep_id=people.ren.pk, monday=this_week() - timedelta(days=7), handled_minutes=3000,
        selling_minutes=1500, came_in=1, went_out=1, band="normal", utilization=20_000,
        signs=[["utilization", 20_000, 8_000]],
    )  # fmt: skip

    page = browser(people.tom).get("/workload").content.decode()
    own = browser(people.ren).get("/workload/mine").content.decode()

    label = Words("zh-Hans").text("web-work-band-near")
    assert f'tone-orange">{label}<' in page and f'tone-orange">{label}<' in own
    assert f">{Words('zh-Hans').text('web-work-band-normal')}</span>" not in page


@pytest.mark.parametrize(("weeks", "said"), [(1, "for 1 week ("), (4, "for 4 weeks in a row (")])
def test_a_sign_counts_its_weeks_as_english_does(people: Cast, weeks: int, said: str) -> None:
    WorkWeek.objects.create(
        rep_id=people.ren.pk, monday=this_week() - timedelta(days=7), handled_minutes=1500,
        selling_minutes=1500, came_in=2, went_out=1, band="normal", utilization=8_000,
        signs=[["backlog", weeks, 1]],
    )  # fmt: skip
    (load,) = [one for one in team_loads(act_as(people.tom), LoadFilter(), NOW)
               if one.rep_id == people.ren.pk]  # fmt: skip

    (told,) = signs_told(load, Words("en"))

    assert said in told


def test_a_warning_says_before_the_act_where_it_would_lead(people: Cast) -> None:
    WorkWeek.objects.create(
        rep_id=people.ren.pk, monday=this_week() - timedelta(days=7), handled_minutes=1200,
        selling_minutes=1500, came_in=1, went_out=1, band="normal", utilization=8_000,
    )  # fmt: skip

    one, ten = (foreseen([people.ren.pk, people.rui.pk], count=count) for count in (1, 10))

    # Ten new leads: 30 minutes each over three weeks are 100 minutes a week of 1,500.
    assert people.rui.pk not in one
    assert (one[people.ren.pk].after, one[people.ren.pk].warns) == (80, False)
    assert (ten[people.ren.pk].after, ten[people.ren.pk].warns) == (86, True)


def test_one_says_a_word_a_week_and_whoever_leads_answers(people: Cast) -> None:
    ren, tom = act_as(people.ren), act_as(people.tom)
    say_word("more", actor=ren)
    say_word("much", actor=ren)
    say_word("much", actor=ren)
    assert Event.objects.filter(kind="workload.said").count() == 2
    assert Notice.objects.get(kind="load_said").user_id == people.tom.pk
    for call, error in (
        (lambda: say_word("lazy", actor=ren), CannotSay),
        (lambda: say_word("much", actor=tom), NotAllowed),
        (lambda: answer_word(people.ren.pk, this_week(), "talk", actor=ren), NotAllowed),
        (lambda: answer_word(people.ren.pk, this_week(), "never", actor=tom), CannotSay),
        (lambda: answer_word(people.rui.pk, this_week(), "talk", actor=tom), NotFound),
        (lambda: answer_word(people.carl.pk, this_week(), "talk", actor=tom), NotFound),
    ):
        with pytest.raises(error):
            call()
    assert WeeklyWord.objects.get().answered_at is None

    answer_word(people.ren.pk, this_week(), "less", note=" 周三 聊 ", actor=tom)

    found = WeeklyWord.objects.get()
    assert (found.word, found.answer, found.note) == ("much", "less", "周三 聊")
    assert Notice.objects.get(kind="load_answered").user_id == people.ren.pk
    with pytest.raises(CannotSay):
        say_word("more", actor=ren)


def test_measured_minutes_become_a_proposal_and_then_a_draft(people: Cast) -> None:
    lead, *_ = hold(people.ren.pk, 1)
    now = timezone.now()
    Activity.objects.bulk_create(
        Activity(
            item_kind="lead", item_id=lead.pk, user_id=people.ren.pk, channel="call",
            direction="both", at=now - timedelta(hours=n), seconds=60 * (18 + n % 5),
        )
        for n in range(60)
    )  # fmt: skip
    section = sections_now()
    line_id = next(iter(section.by_line))
    channels = learnt(act_as(people.olga), line_id, section.of(line_id), now)[0]
    (call,) = channels.proposals
    assert (call.kind.task, call.log_count) == ("call", 60)
    with pytest.raises(NotAllowed):
        draft_points(line_id, ["channels.call"], actor=act_as(people.tom))
    with pytest.raises(CannotSay):
        draft_points(line_id, ["leads.new"], actor=act_as(people.olga))
    assert WorkingCopy.objects.count() == 0

    draft = draft_points(line_id, ["channels.call"], actor=act_as(people.olga))

    assert "call: 25" in draft.text  # twenty on the phone and five around it
    assert Event.objects.filter(kind="workload.points_drafted", object_id=line_id).exists()


def test_the_pages_show_and_do_it(people: Cast) -> None:
    ren, tom = browser(people.ren), browser(people.tom)
    hold(people.ren.pk, 2)

    assert "这周手上的事" in ren.get("/workload/mine").content.decode()
    assert ren.post("/workload/word", {"word": "much", "from": "today"}).url == "/"  # type: ignore[attr-defined]
    shown = tom.get("/workload").content.decode()
    assert "偏多" in shown and people.carl.name not in shown
    place = f"/workload/people/{people.ren.pk}"
    tom.post(f"{place}/answer", {"week": this_week().isoformat(), "answer": "less", "note": "好"})
    until = (timezone.now() + timedelta(days=9)).date().isoformat()
    tom.post(f"{place}/cap", {"open_items": "7", "until_date": until, "note": "带新人"})
    page = tom.get(place).content.decode()
    assert "会分走一些" in page and "带新人" in page
    # What was wrong stands beside its field, and what was typed stays.
    late = tom.post(f"{place}/cap", {"open_items": "9", "until_date": "2020-01-01", "note": "写着"})
    shown = late.content.decode()
    assert late.status_code == 422 and 'value="写着"' in shown and 'value="2020-01-01"' in shown
    assert "field-error" in shown and Cap.objects.count() == 1
    tom.post(f"{place}/cap/end")
    assert Cap.objects.get().ended_at is not None
    assert ren.get(f"/workload/people/{people.rui.pk}").status_code == 403
    assert tom.get("/workload/mine").status_code == 404
    assert "工作量积分" in browser(people.olga).get("/workload/points").content.decode()
    taken = tom.post("/workload/export", {"format": "csv", "purpose": "report", "query": ""})
    assert people.ren.name in taken.content.decode("utf-8-sig")


def test_open_leads_are_counted_by_stage_in_their_index(people: Cast) -> None:
    with CaptureQueriesContext(connection) as found:
        loads_of([people.ren.pk])
    (sql,) = [one["sql"] for one in found if "'lead' AS kind" in one["sql"]]

    others = [Lead(state=State.OWNED, owner_id=people.rui.pk, name=str(n)) for n in range(500)]
    Lead.objects.bulk_create(others)
    with connection.cursor() as cursor:
        # Whatever the tests before left in the statistics: one owner of several has few of many.
        cursor.execute("ANALYZE lead")
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off")
        cursor.execute(f"EXPLAIN {sql}")
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "Index Only Scan using lead_in_hand on lead" in plan, plan
