"""Pages of members: the list, one member, inviting, roles, adjustments, deactivation."""

import re
from datetime import timedelta

import pytest

from bench.statements import statements
from evenhand.journal.models import Event
from evenhand.people.models import Adjustment, Leave, Rep, User
from evenhand.people.naming import name_key
from evenhand.people.operations.tokens import actor_for_token, issue_token
from evenhand.platform.clock import now
from tests.server.builders import person
from tests.server.cast import act_as, browser, cast, give_password
from tests.server.people.facts import unchanged

pytestmark = pytest.mark.django_db

PAGES = (
    "/members",
    "/members/invite",
    "/members/paste",
    "/teams",
    "/leave",
    "/rosters",
    "/calendars",
)


def text_of(answer: object) -> str:
    """What stands on a page."""
    return answer.content.decode()  # type: ignore[attr-defined, no-any-return]


def profile(user: User, **new: object) -> dict[str, object]:
    """The profile form as it stands, but for some fields."""
    team = user.team_id or ""
    return {"name": user.name, "email": user.email, "phone": user.phone, "team": team} | new


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant", "en"])
@pytest.mark.parametrize("page", PAGES)
def test_sales_operations_see_every_page_of_people(page: str, language: str) -> None:
    people = cast()

    assert browser(people.olga, language).get(page).status_code == 200


@pytest.mark.parametrize("page", ["/members", "/teams", "/leave", "/rosters", "/calendars"])
def test_a_manager_looks_and_a_rep_does_not(page: str) -> None:
    people = cast()

    assert browser(people.tom).get(page).status_code == 200
    assert browser(people.ren).get(page).status_code == 403
    assert browser().get(page).status_code == 302


@pytest.mark.parametrize(
    "page", ["/members/invite", "/members/paste", "/teams/new", "/calendars/new"]
)
def test_a_manager_does_not_edit_people(page: str) -> None:
    people = cast()

    assert browser(people.tom).get(page).status_code == 403


def test_a_manager_sees_his_team_and_nobody_else() -> None:
    people = cast()
    page = browser(people.tom)

    listed = text_of(page.get("/members?state=all"))

    assert all(f"/members/{one.pk}" in listed for one in (people.ren, people.rui, people.dan))
    assert f"/members/{people.carl.pk}" not in listed
    assert page.get(f"/members/{people.carl.pk}").status_code == 404
    assert page.get(f"/members/{people.ren.pk}").status_code == 200


@pytest.mark.parametrize("typed", ["小明", "wangxiao", "wxm", "xiao ming", "WANG@", "王"])
def test_people_are_found_by_name_pinyin_initials_and_address(typed: str) -> None:
    people = cast()
    person("Wang", "rep", "self", people.south)
    User.objects.filter(name="Wang").update(name="王小明", name_key=name_key("王小明"))

    listed = text_of(browser(people.olga).get("/members", {"q": typed}))

    assert "王小明" in listed
    assert "Carl" not in listed


def test_the_list_is_narrowed_by_team_with_those_below_and_by_state() -> None:
    people = cast()
    Rep.objects.filter(pk=people.rui.pk).update(is_accepting=False)
    Leave.objects.create(
        rep=people.ren.rep, from_at=now() - timedelta(hours=1), until_at=now() + timedelta(days=2)
    )
    page = browser(people.olga)

    def names(**query: object) -> set[str]:
        found = re.findall(r'person-name">(\w+)<', text_of(page.get("/members", query)))
        return set(found) - {"Olga"}

    assert names(team=people.east.pk) == {"Hua", "Tom", "Ren", "Rui"}
    assert names(state="away") == {"Ren"}
    assert names(state="off") == {"Rui"}
    assert names(state="inactive") == {"Dan"}
    assert names(role="rep", team=people.south.pk) == {"Carl"}


def test_a_thousand_people_take_no_more_queries_than_ten() -> None:
    people = cast()
    page = browser(people.olga)
    with statements() as few:
        page.get("/members")
    users = [
        User(
            email=f"p{number}@example.com",
            name=f"人{number}",
            name_key=f"ren {number:04}",
            role="rep",
            scope="self",
            team=people.shanghai,
        )
        for number in range(1000)
    ]
    Rep.objects.bulk_create(Rep(user=user) for user in User.objects.bulk_create(users))

    with statements() as many:
        answer = page.get("/members?sort=-weight&size=100")

    assert answer.status_code == 200
    # Who are more than a page are counted: two statements that a page of all does without.
    assert len(many) == len(few) + 2


def test_somebody_invited_gets_a_link_to_copy_that_works() -> None:
    people = cast()

    answer = browser(people.olga).post(
        "/members/invite",
        {"name": "新人", "email": "new@example.com", "team": people.south.pk, "receives": "on"},
    )

    link = re.search(r'value="(http[^"]*/link/[^"]+)"', text_of(answer))
    assert link is not None
    made = User.objects.get(email="new@example.com")
    assert (made.role, made.team_id, hasattr(made, "rep")) == ("rep", people.south.pk, True)
    assert "未加入" in text_of(browser(people.olga).get("/members?state=invited"))


def test_a_refused_invitation_keeps_what_was_typed() -> None:
    people = cast()

    with unchanged():
        answer = browser(people.olga).post(
            "/members/invite", {"name": "新人", "email": "ren@cast.example", "phone": "13800000000"}
        )

    assert answer.status_code == 422
    assert 'value="13800000000"' in text_of(answer)
    assert "已有人使用邮箱" in text_of(answer)


def test_the_page_of_a_member_saves_profile_and_what_he_receives() -> None:
    people = cast()
    page = browser(people.olga)
    where = f"/members/{people.ren.pk}"

    first = page.post(f"{where}/profile", profile(people.ren, name="任"))
    second = page.post(
        f"{where}/rep",
        {
            "level": "P3",
            "weight": "0.8",
            "weights": "A=1.2",
            "skills": "机械、英语",
            "capacity": "30",
        },
    )

    assert (first.status_code, second.status_code) == (302, 302)
    rep = Rep.objects.select_related("user").get(pk=people.ren.pk)
    assert (rep.user.name, rep.level, rep.weight, rep.weights) == ("任", "P3", 80, {"A": 120})
    assert (rep.skills, rep.capacity) == (["机械", "英语"], 30)
    assert "0.80" in text_of(page.get(where))


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"weight": "很多"}, "不是数字"),
        ({"weight": "11"}, "之间的数"),
        ({"weight": "1", "weights": "A"}, "看不懂"),
    ],
)
def test_a_weight_that_cannot_be_meant_stands_with_its_error(
    typed: dict[str, str], words: str
) -> None:
    people = cast()

    with unchanged():
        answer = browser(people.olga).post(f"/members/{people.ren.pk}/rep", typed)

    assert answer.status_code == 422
    assert words in text_of(answer)
    assert f'value="{typed["weight"]}"' in text_of(answer)


def test_adjustments_and_leave_are_entered_and_ended_on_the_page() -> None:
    people = cast()
    page, where = browser(people.olga), f"/members/{people.ren.pk}"
    today = (now() + timedelta(hours=8)).date().isoformat()

    page.post(
        f"{where}/adjustments",
        {"factor": "0.5", "from_date": today, "until_date": today, "note": "展会"},
    )
    page.post(f"{where}/leave", {"from_at": today, "until_at": today, "reason": "年假"})
    adjustment, leave = Adjustment.objects.get(), Leave.objects.get()

    shown = text_of(page.get(where))
    assert "展会" in shown
    assert "年假" in shown
    assert (leave.until_at - leave.from_at) == timedelta(days=1)
    page.post(f"{where}/adjustments/{adjustment.pk}/end")
    page.post(f"{where}/leave/{leave.pk}/end")
    adjustment.refresh_from_db()
    assert adjustment.canceled_at is not None


def test_only_administrators_see_and_use_the_roles() -> None:
    people = cast()
    where = f"/members/{people.ren.pk}"

    assert f"{where}/role" not in text_of(browser(people.olga).get(where))
    with unchanged():
        refused = browser(people.olga).post(f"{where}/role", {"role": "admin", "scope": "all"})
    done = browser(people.alice).post(f"{where}/role", {"role": "manager", "scope": "team"})

    assert (refused.status_code, done.status_code) == (403, 302)
    people.ren.refresh_from_db()
    assert people.ren.role == "manager"


def test_logins_are_ended_and_a_link_for_an_administrator_needs_one() -> None:
    people = cast()
    give_password(people.ren)
    theirs = browser(people.ren)
    page = browser(people.olga)

    page.post(f"/members/{people.ren.pk}/sessions/end")

    assert theirs.get("/help").status_code == 302
    assert "/link/" in text_of(page.post(f"/members/{people.ren.pk}/link"))
    with unchanged():
        assert page.post(f"/members/{people.alice.pk}/link").status_code == 403
        assert page.post(f"/members/{people.alice.pk}/sessions/end").status_code == 403


def test_tokens_end_with_the_logins_only_where_that_is_asked_for() -> None:
    people = cast()
    User.objects.filter(pk=people.olga.pk).update(totp_secret="x")
    issued = issue_token("x", ["read"], actor=act_as(people.olga))
    theirs, page = browser(people.olga), browser(people.alice)
    where = f"/members/{people.olga.pk}"

    page.post(f"{where}/sessions/end")
    assert actor_for_token(issued.secret) is not None
    assert theirs.get("/help").status_code == 302
    assert 'name="tokens"' in text_of(page.get(where))

    page.post(f"{where}/sessions/end", {"tokens": "on"})

    assert actor_for_token(issued.secret) is None
    told = Event.objects.filter(kind="login.ended").latest("pk").data
    assert told == {"count": 0, "how": "by_colleague", "tokens": 1}
    assert 'name="tokens"' not in text_of(page.get(where))


def test_deactivation_says_what_will_happen_and_then_it_does() -> None:
    people = cast()
    page, where = browser(people.olga), f"/members/{people.ren.pk}"

    asked = page.get(f"{where}/deactivate")
    done = page.post(f"{where}/deactivate")

    assert "0 条" in text_of(asked)
    assert done.status_code == 302
    assert not User.objects.get(pk=people.ren.pk).is_active
    assert "恢复" in text_of(page.get(where))
    page.post(f"{where}/reactivate")
    assert User.objects.get(pk=people.ren.pk).is_active


def test_a_person_out_of_reach_is_not_there_for_any_act() -> None:
    people = cast()
    page, where = browser(people.tom), f"/members/{people.carl.pk}"

    with unchanged():
        answers = [
            page.post(f"{where}/leave", {"from_at": "2099-01-01"}).status_code,
            page.post(f"{where}/accepting", {"accepting": "off"}).status_code,
            page.post(f"{where}/rep", {"weight": "1"}).status_code,
            page.post(f"{where}/deactivate").status_code,
        ]

    assert answers == [404, 404, 403, 403]
