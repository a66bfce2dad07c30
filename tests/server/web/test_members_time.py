"""Pages of time and teams: own availability, leave, calendars, rosters, teams, pasting."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from evenhand.people.models import Calendar, Duty, Leave, Rep, Team, User
from evenhand.people.operations.calendars import create_calendar
from evenhand.platform.clock import now
from tests.server.cast import Cast, act_as, browser, cast
from tests.server.people.facts import unchanged

pytestmark = pytest.mark.django_db

WEEK = ["09:00-18:00"] * 5 + ["", ""]
HOURS = {f"hours-{number}": text for number, text in enumerate(WEEK)}


def text_of(answer: object) -> str:
    """What stands on a page."""
    return answer.content.decode()  # type: ignore[attr-defined, no-any-return]


def tomorrow() -> date:
    """By the clock of Shanghai."""
    return (now() + timedelta(hours=32)).date()


def china(people: Cast) -> Calendar:
    """The company's calendar."""
    return create_calendar(
        "中国", zone="Asia/Shanghai", country="CN", hours=WEEK, actor=act_as(people.olga)
    )


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant", "en"])
def test_a_rep_switches_himself_off_and_on_with_one_tap(language: str) -> None:
    people = cast()
    page = browser(people.ren, language)

    assert page.get("/availability").status_code == 200
    page.post("/availability/accepting", {"accepting": "off"})
    assert not Rep.objects.get(pk=people.ren.pk).is_accepting
    assert 'value="on"' in text_of(page.get("/availability"))
    page.post("/availability/accepting", {"accepting": "on"})
    assert Rep.objects.get(pk=people.ren.pk).is_accepting


def test_who_receives_nothing_has_no_such_page() -> None:
    people = cast()

    assert browser(people.tom).get("/availability").status_code == 404


def test_a_rep_enters_hours_of_leave_and_cancels_them() -> None:
    people = cast()
    page = browser(people.ren)
    day = tomorrow().isoformat()

    page.post(
        "/availability/leave",
        {"from_at": day, "until_at": day, "from_time": "13:30", "until_time": "15:00"},
    )

    leave = Leave.objects.get()
    assert leave.until_at - leave.from_at == timedelta(minutes=90)
    with unchanged():
        again = page.post("/availability/leave", {"from_at": day})
    assert again.status_code == 422
    assert "重叠" in text_of(again)
    page.post(f"/availability/leave/{leave.pk}/end")
    leave.refresh_from_db()
    assert leave.canceled_at is not None


def test_nobody_ends_the_leave_of_a_colleague() -> None:
    people = cast()
    browser(people.ren).post("/availability/leave", {"from_at": tomorrow().isoformat()})
    leave = Leave.objects.get()

    with unchanged():
        answer = browser(people.rui).post(f"/availability/leave/{leave.pk}/end")

    assert answer.status_code == 403


def test_a_manager_enters_leave_for_his_team_only() -> None:
    people = cast()
    page = browser(people.tom)
    day = tomorrow().isoformat()

    assert page.post("/leave/enter", {"rep": people.ren.pk, "from_at": day}).status_code == 302
    with unchanged():
        assert page.post("/leave/enter", {"rep": people.carl.pk, "from_at": day}).status_code == 404
        assert page.post("/leave/enter", {"rep": "", "from_at": day}).status_code == 422

    assert "Ren" in text_of(page.get("/leave"))


def test_a_calendar_is_made_and_shows_the_next_sixty_days() -> None:
    people = cast()
    page = browser(people.olga)

    made = page.post(
        "/calendars/new", {"name": "中国", "zone": "Asia/Shanghai", "country": "CN", **HOURS}
    )

    row = Calendar.objects.get()
    assert made.headers["Location"] == f"/calendars/{row.pk}"
    assert text_of(page.get(f"/calendars/{row.pk}")).count("<time datetime=") >= 60
    wrong = page.post(f"/calendars/{row.pk}", {"name": "中国", "zone": "Mars", **HOURS})
    assert wrong.status_code == 422


def test_a_manager_sees_a_calendar_and_changes_none() -> None:
    people = cast()
    row = china(people)
    page = browser(people.tom)

    assert page.get(f"/calendars/{row.pk}").status_code == 200
    with unchanged():
        answers = [
            page.post(f"/calendars/{row.pk}", {"name": "x", "zone": "UTC", **HOURS}).status_code,
            page.post(f"/calendars/{row.pk}/day", {"on": "2099-01-01"}).status_code,
            page.post(f"/calendars/{row.pk}/upload").status_code,
            page.post(f"/calendars/{row.pk}/default").status_code,
            page.post(f"/calendars/{row.pk}/delete").status_code,
        ]
    assert answers == [403] * 5


def test_own_days_are_set_removed_and_uploaded() -> None:
    people = cast()
    row = china(people)
    page = browser(people.olga)

    page.post(f"/calendars/{row.pk}/day", {"on": "2099-05-04", "kind": "holiday", "name": "司庆"})
    assert "司庆" in text_of(page.get(f"/calendars/{row.pk}"))
    page.post(f"/calendars/{row.pk}/day/remove", {"on": "2099-05-04"})
    good = SimpleUploadedFile("d.csv", "日期,类型,名称\n2099-01-01,放假,元旦\n".encode())
    bad = SimpleUploadedFile("d.csv", "日期,类型,名称\n下周,放假,\n".encode())
    page.post(f"/calendars/{row.pk}/upload", {"file": good})
    with unchanged():
        refused = page.post(f"/calendars/{row.pk}/upload", {"file": bad})

    row.refresh_from_db()
    assert set(row.own_days) == {"2099-01-01"}
    assert refused.status_code == 422
    assert "下周" in text_of(refused)


def test_a_roster_is_planned_seen_in_its_week_and_cleared() -> None:
    people = cast()
    china(people)
    page = browser(people.olga)
    plan = {
        "roster": "夜班",
        "first": "2099-03-02",
        "last": "2099-03-08",
        "hours": "22:00-06:00",
        "turn": "daily",
        "reps": [people.ren.pk, people.rui.pk],
    }

    done = page.post("/rosters/plan", plan)
    week = text_of(page.get("/rosters?week=2099-03-05"))
    with unchanged():
        again = page.post("/rosters/plan", plan)

    assert done.headers["Location"] == "/rosters?week=2099-03-02"
    assert week.count('class="shift"') == 7
    assert again.status_code == 422
    assert 'value="夜班"' in text_of(again)
    page.post(f"/rosters/shifts/{Duty.objects.earliest('from_at').pk}/remove", {})
    page.post("/rosters/clear", {"roster": "夜班", "week": "2099-03-04"})
    assert not Duty.objects.exists()


def test_teams_are_added_moved_and_dissolved_on_the_page() -> None:
    people = cast()
    page = browser(people.olga)

    page.post("/teams/new", {"name": "苏州", "parent": people.east.pk, "manager": people.hua.pk})
    team = Team.objects.get(name="苏州")
    page.post(f"/teams/{team.pk}", {"name": "苏州部", "parent": people.south.pk})
    team.refresh_from_db()

    assert (team.name, team.path, team.manager_id) == ("苏州部", [people.south.pk, team.pk], None)
    with unchanged():
        circle = page.post(
            f"/teams/{people.east.pk}", {"name": "华东", "parent": people.shanghai.pk}
        )
        full = page.post(f"/teams/{people.east.pk}/dissolve", follow=True)
    assert circle.status_code == 422
    assert "还有" in text_of(full)
    page.post(f"/teams/{team.pk}/dissolve")
    team.refresh_from_db()
    assert not team.is_active


def test_a_team_list_is_looked_at_and_then_applied() -> None:
    people = cast()
    page = browser(people.olga)
    text = (
        "姓名\t邮箱\t团队\t权重\n王小明\twang@example.com\t华东/上海\t80%\n坏\t不是邮箱\t上海\t1\n"
    )

    with unchanged():
        look = page.post("/members/paste", {"text": text})
    done = page.post("/members/paste", {"text": text, "apply": "1"})

    assert "wang@example.com" in text_of(look)
    assert "不是邮箱" in text_of(look)
    assert User.objects.get(email="wang@example.com").rep.weight == 80
    assert text_of(done).count("/link/") == 1


def test_an_uploaded_list_is_looked_at_like_pasted_cells() -> None:
    people = cast()
    file = SimpleUploadedFile("团队.csv", "姓名,邮箱\n王,wang@example.com\n".encode("gb18030"))

    with unchanged():
        look = browser(people.olga).post("/members/paste", {"file": file})
        nothing = browser(people.olga).post("/members/paste", {"text": " "})
        broken = browser(people.olga).post(
            "/members/paste", {"file": SimpleUploadedFile("x.xlsx", b"PK\x03\x04broken")}
        )

    assert "wang@example.com" in text_of(look)
    assert (look.status_code, nothing.status_code, broken.status_code) == (200, 422, 422)
