"""待办 and 任务大厅 on pages: day, list, board, calendar, doing, making, claiming."""

from datetime import timedelta

import pytest

from evenhand.people.actor import SYSTEM
from evenhand.people.models import Rep
from evenhand.platform.clock import now
from evenhand.tasks.making import MARKET, REP, Made, Wish, make_all
from evenhand.tasks.models import Feed, Series, Task, TaskState
from evenhand.tasks.operations.series import make_ahead
from tests.server.builders import person
from tests.server.cast import browser
from tests.server.leads import company as leads_of
from tests.server.tasks.rules import company_with_tasks

pytestmark = pytest.mark.django_db
DAY = "/tasks?view=day"


@pytest.fixture
def reps() -> list[Rep]:
    return company_with_tasks(2)


def _made(rep: Rep, **more: object) -> Made:
    wish = Wish("电话回访", REP, rep.pk, **more)  # type: ignore[arg-type]
    return make_all([wish], via="hand", actor=SYSTEM)[0]


def test_a_rep_sees_his_day_finishes_in_one_tap_and_finds_it_in_every_view(reps: list[Rep]) -> None:
    ren = browser(reps[0].user)
    plain = _made(reps[0], title="回访王芳", due_at=now() + timedelta(minutes=5))
    visit = make_all([Wish("门店拜访", REP, reps[0].pk)], via="hand", actor=SYSTEM)[0]

    for view in ("day", "list", "board", "month"):
        assert "回访王芳" in ren.get(f"/tasks?view={view}").content.decode(), view
    done = ren.post(f"/tasks/{plain.id}/act", {"act": "done"})
    refused = ren.post(
        f"/tasks/{visit.id}/act",
        {"act": "done", "checklist": "1", "ticked": ["0"], "result": "排面缺货", "minutes": "40"},
    )

    assert done.status_code == 302
    assert Task.objects.get(pk=plain.id).state == TaskState.DONE
    page = refused.content.decode()
    assert refused.status_code == 422 and "清单还有没勾的项" in page and "排面缺货" in page
    assert Task.objects.get(pk=visit.id).state == TaskState.OPEN
    whole = {"act": "done", "checklist": "1", "ticked": ["0", "1"], "link": "https://x.example/p"}
    assert ren.post(f"/tasks/{visit.id}/act", whole).status_code == 302
    assert browser(reps[1].user).get(f"/tasks/{visit.id}").status_code == 404


def test_to_dos_are_made_one_by_one_or_for_all_that_a_filter_shows(reps: list[Rep]) -> None:
    boss = browser(person("Boss", "manager", "all"))
    ren = browser(reps[0].user)
    for n in range(3):
        leads_of.lead(reps[n % 2], name=f"客户{n}")

    own = ren.post("/tasks/new", {"type": "电话回访", "title": "约样机"})
    wrong = boss.post("/tasks/new", {"type": "没有", "way": "rules", "title": "写一半"})
    form = boss.get("/tasks/new?of=leads&query=").content.decode()
    sent = {"type": "电话回访", "way": "holder", "of": "leads", "query": "", "seen": "3"}
    many = boss.post("/tasks/new", sent)

    assert own.status_code == 302
    assert Task.objects.get(title="约样机").owner_id == reps[0].pk
    assert wrong.status_code == 422 and "写一半" in wrong.content.decode()
    assert "为筛选出的 3 条各建一条" in form
    assert many.status_code == 302
    assert Task.objects.filter(item_kind="lead", state=TaskState.OPEN).count() == 3
    assert ren.post("/tasks/new", sent).status_code == 403
    again = {"type": "电话回访", "way": "market", "unit": "week", "weekdays": ["1", "4"]}
    assert boss.post("/tasks/new", again | {"weekdays": []}).status_code == 422
    assert boss.post("/tasks/new", again).status_code == 302
    assert Series.objects.get().weekdays == [1, 4]
    sheet = boss.post("/tasks/export", {"purpose": "report", "format": "csv", "query": ""})
    assert sheet.status_code == 200 and "约样机" in sheet.content.decode("utf-8-sig")
    # Times are those of the reader's clock, not UTC.
    assert "+08:00" in sheet.content.decode() and "+00:00" not in sheet.content.decode()


def test_the_market_says_what_is_left_and_a_loser_gets_nothing(reps: list[Rep]) -> None:
    ren, rui = browser(reps[0].user), browser(reps[1].user)
    one, two = make_all([Wish("电话回访", MARKET)] * 2, via="hand", actor=SYSTEM)

    page = ren.get("/market").content.decode()
    ren.post("/market/claim", {"id": one.id})
    late = rui.post("/market/claim", {"id": one.id}, follow=True).content.decode()
    back = ren.post(f"/tasks/{one.id}/act", {"act": "give_back", "reason": "overload"})

    assert "已申领 0 / 2" in page and f'value="{two.id}"' in page
    assert "已经不在任务大厅" in late
    assert back.status_code == 302
    assert Task.objects.get(pk=one.id).state == TaskState.OFFERED
    # Whoever takes files out gets what lies on this market, and nothing else.
    _made(reps[0], title="已经在做")
    boss = browser(person("Boss", "manager", "all"))
    query = f"state=offered&line={Task.objects.get(pk=one.id).line_id}"
    assert query.replace("&", "&amp;") in boss.get("/market").content.decode()
    assert "/tasks/export" not in page
    form = {"purpose": "report", "format": "csv", "query": query}
    sheet = boss.post("/tasks/export", form).content.decode("utf-8-sig")
    assert sheet.count("电话回访") >= 2 and "已经在做" not in sheet


def test_a_calendar_reads_by_a_secret_address_until_it_is_ended(reps: list[Rep]) -> None:
    ren = browser(reps[0].user)
    _made(reps[0], title="回访,王芳", due_at=now() + timedelta(days=1))
    _made(reps[1], title="别人的", due_at=now() + timedelta(days=1))

    page = ren.post("/tasks/feed", {"act": "make"}, follow=True).content.decode()
    secret = page.split("/feeds/")[1][:43]
    stranger = browser(reps[1].user)
    stranger.logout()
    read = stranger.get(f"/feeds/{secret}")

    text = read.content.decode()
    assert read.status_code == 200 and read.headers["Content-Type"].startswith("text/calendar")
    assert "SUMMARY:回访\\,王芳" in text and "别人的" not in text
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert not Feed.objects.filter(digest=secret).exists()
    ren.post("/tasks/feed", {"act": "end"})
    assert stranger.get(f"/feeds/{secret}").status_code == 404


@pytest.mark.parametrize(
    ("made_days", "read_days", "status"),
    [(364, 1, 200), (366, 1, 404), (59, None, 200), (61, None, 404), (300, 61, 404)],
)
def test_a_secret_address_ends_by_itself(
    reps: list[Rep], made_days: int, read_days: int | None, status: int
) -> None:
    ren = browser(reps[0].user)
    page = ren.post("/tasks/feed", {"act": "make"}, follow=True).content.decode()
    address = f"/feeds/{page.split('/feeds/')[1][:43]}"
    read_at = None if read_days is None else now() - timedelta(days=read_days)
    Feed.objects.update(created_at=now() - timedelta(days=made_days), used_at=read_at)

    assert browser().get(address).status_code == status
    offers_to_end = 'value="end"' in ren.get("/tasks?view=month").content.decode()
    assert offers_to_end == (status == 200)


def test_a_series_is_looked_at_changed_skipped_once_and_stopped(reps: list[Rep]) -> None:
    boss = browser(person("Boss", "manager", "all"))
    ren, rui = browser(reps[0].user), browser(reps[1].user)
    form = {"type": "电话回访", "title": "每天回访", "way": "rep", "rep": str(reps[0].pk)}
    assert boss.post("/tasks/new", {**form, "unit": "day"}).status_code == 302
    make_ahead()
    series = Series.objects.get()
    place = f"/tasks/series/{series.pk}"

    assert "每天回访" in boss.get("/tasks/series").content.decode()
    page = ren.get(place).content.decode()
    assert "每天" in page and "这次不做" in page and 'name="until_on"' not in page
    assert ren.post(place, {"title": "x"}).status_code == 403
    assert rui.get(place).status_code == 404
    tomorrow = Task.objects.filter(series=series, starts_at__gt=now()).order_by("occurrence")[0]
    skipped = {"act": "skip", "reason": "not_needed", "next": place}
    assert ren.post(f"/tasks/{tomorrow.pk}/act", skipped).headers["Location"] == place

    changes = {"title": "隔天回访", "way": "market", "unit": "day", "every": "2", "note": ""}
    wrong = boss.post(place, {**changes, "from_on": "2027-01-09", "until_on": "2027-01-02"})
    assert wrong.status_code == 422 and "结束日期不能早于开始日期" in wrong.content.decode()
    assert boss.post(place, {**changes, "seen": "1"}).status_code == 302
    make_ahead()
    ahead = Task.objects.filter(series=series, starts_at__gt=now(), state="offered")
    assert set(ahead.values_list("title", flat=True)) == {"隔天回访"}
    # The one that was skipped stays so: it does not come back.
    again = Task.objects.filter(series=series, occurrence=tomorrow.occurrence)
    assert [one.state for one in again] == [TaskState.SKIPPED]
    assert boss.post(f"{place}/act", {"act": "stop", "cancel_open": "1"}).status_code == 302
    make_ahead()
    assert not Task.objects.filter(series=series, starts_at__gt=now(), state="offered").exists()
    assert "已停止" in boss.get(place).content.decode()
    assert boss.post(f"{place}/act", {"act": "resume"}).status_code == 302
    assert Series.objects.get().is_on


def test_today_shows_what_is_due_and_a_tick_leads_back_to_the_whole_page(reps: list[Rep]) -> None:
    ren = browser(reps[0].user)
    assert "今天的待办" not in ren.get("/").content.decode()  # who has none is not bothered
    late = _made(reps[0], title="昨天没打的", due_at=now() + timedelta(seconds=1))
    Task.objects.filter(pk=late.id).update(due_at=now() - timedelta(hours=30))
    _made(reps[0], title="下个月的", due_at=now() + timedelta(days=40))

    page = ren.get("/").content.decode()
    part = ren.get("/?part=tasks").content.decode()

    assert "今天的待办" in page and "其中已逾期 1 条" in page and "昨天没打的" in part
    assert "下个月的" not in part and "<html" not in part
    # What the live stream fetched leads back to the page, not to the part.
    assert 'name="next" value="/?"' in part
    assert 'name="next" value="/tasks?view=day"' in ren.get(f"{DAY}&part=day").content.decode()
