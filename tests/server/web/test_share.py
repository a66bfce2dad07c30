"""应得与实得 in the browser: whose it is, what is told of others' items, files."""

import re
from typing import Any

import pytest

from bench.statements import statements
from evenhand.engine.facts import ItemKind
from evenhand.fairness.counting import count_all
from evenhand.journal.models import Event
from evenhand.leads.intake import LeadIn
from evenhand.leads.models import Lead
from evenhand.people.actor import SYSTEM
from evenhand.people.models import User
from evenhand.policies.operations.publish import publish
from evenhand.routing.models import Receipt
from evenhand.routing.operations.give import transfer
from evenhand.routing.take_in import take_in
from tests.server.cast import Cast, act_as, browser, cast
from tests.server.routing.world import policy

pytestmark = pytest.mark.django_db

SECRETS = ("机密", "1380013")


def deal(count: int = 9, start: int = 0) -> None:
    leads = [
        LeadIn(name=f"机密{number}", company=f"机密公司{number}", phone=f"138001380{number:02}")
        for number in range(start, start + count)
    ]
    take_in(leads, actor=SYSTEM)


def company(**sections: Any) -> Cast:
    found = cast()
    publish("direct", policy(**sections), actor=SYSTEM)
    deal()
    return found


@pytest.fixture
def people() -> Cast:
    return company()


def body(user: User, path: str) -> str:
    answer = browser(user, "en").get(path)
    assert answer.status_code == 200, answer.status_code
    return str(answer.content.decode())


def test_a_rep_sees_what_was_due_what_he_received_and_each_posting(people: Cast) -> None:
    shown = body(people.ren, "/share")

    owned = Lead.objects.filter(owner_id=people.ren.pk)
    assert shown.count('class="is-own"') == owned.count() == 3
    for lead in owned:
        assert lead.name in shown and f"/receipts/{lead.receipt_id}" in shown
    assert shown.count("Dealt to a colleague, a share credited") == 6
    assert "/why-not" in shown


def test_of_items_that_went_to_others_no_customer_shows(people: Cast) -> None:
    own = {lead.name for lead in Lead.objects.filter(owner_id=people.ren.pk)}
    others = {lead.name for lead in Lead.objects.exclude(owner_id=people.ren.pk)}

    shown, missed = body(people.ren, "/share"), body(people.ren, "/share/missed")

    assert all(name in shown for name in own)
    assert not any(name in shown + missed for name in others)
    assert "1380013" not in shown + missed
    assert not any(f'/leads/{lead.pk}"' in missed for lead in Lead.objects.all())
    assert missed.count("/why-not") == 6
    assert "全部" in missed


def test_every_why_not_me_of_the_list_opens_and_names_no_customer(people: Cast) -> None:
    missed = body(people.ren, "/share/missed")

    for receipt in Receipt.objects.exclude(rep_id=people.ren.pk):
        assert f"/receipts/{receipt.pk}/why-not" in missed
        answer = body(people.ren, f"/receipts/{receipt.pk}/why-not")
        assert not any(secret in answer for secret in SECRETS)
        assert browser(people.ren).get(f"/receipts/{receipt.pk}").status_code == 404


def test_every_appeal_that_is_offered_can_be_filed(people: Cast) -> None:
    offered = set()
    for path in ("/share", "/share/missed"):
        offered |= set(re.findall(r"/receipts/\d+/appeal", body(people.ren, path)))

    assert len(offered) == Receipt.objects.count() == 9
    for path in offered:
        assert browser(people.ren).get(path).status_code == 200
    assert "/appeal" not in body(people.tom, f"/share?rep={people.ren.pk}").replace("/appeals", "")


def test_colleagues_stand_by_name_or_as_letters_as_the_policy_says() -> None:
    people = company(fairness={"colleagues": "pseudonyms"})

    missed = body(people.ren, "/share/missed")

    assert "colleague 1" in missed.lower() and "Rui" not in missed and "Carl" not in missed
    publish("direct", policy(), actor=SYSTEM)
    deal(6, start=20)
    assert "Rui" in body(people.ren, "/share/missed")


def test_what_was_given_by_hand_says_so_and_asks_nothing(people: Cast) -> None:
    lead = Lead.objects.filter(owner_id=people.rui.pk).first()
    assert lead is not None

    transfer(
        ItemKind.LEAD, lead.pk, to=people.carl.pk, reason="overload", note="秘密备注",
        actor=act_as(people.olga),
    )  # fmt: skip

    missed = body(people.ren, "/share/missed")

    assert "Given by hand, nothing was compared" in missed and "秘密备注" not in missed


def test_a_manager_sees_his_people_and_nobody_else(people: Cast) -> None:
    shown = body(people.tom, f"/share?rep={people.ren.pk}")

    assert "Due and received: Ren" in shown
    assert body(people.tom, f"/share/missed?rep={people.ren.pk}").count("Carl") == 0
    for path in ("/share", "/share/missed"):
        assert browser(people.tom).get(f"{path}?rep={people.carl.pk}").status_code == 404
        assert browser(people.ren).get(f"{path}?rep={people.rui.pk}").status_code == 403
        assert browser(people.olga).get(path).headers["Location"] == "/fairness"
    assert f"/share?rep={people.ren.pk}" in body(people.tom, f"/members/{people.ren.pk}")


def test_a_manager_may_ask_only_about_receipts_that_he_may_read(people: Cast) -> None:
    shown = body(people.tom, f"/share/missed?rep={people.ren.pk}")

    for receipt in Receipt.objects.exclude(rep_id=people.ren.pk):
        link = f"/receipts/{receipt.pk}?rep={people.ren.pk}"
        assert (link in shown) == (receipt.rep_id == people.rui.pk)
        if link in shown:
            assert browser(people.tom).get(link).status_code == 200


def test_a_rep_without_a_group_is_told_what_it_takes(db: None) -> None:
    people = cast()

    assert "In no group yet" in body(people.ren, "/share")
    assert "In no group yet" in body(people.ren, "/share/missed")
    assert browser(people.ren).post("/share/export").status_code == 404


def test_the_figures_leave_as_files_ones_own_always_a_colleagues_by_right(people: Cast) -> None:
    own = browser(people.ren, "en").post("/share/export", {"format": "csv", "part": "postings"})

    lines = own.content.decode("utf-8-sig").splitlines()
    assert len(lines) == 10 and lines[0].startswith("When,What,")
    assert all("+08:00" in line for line in lines[1:])
    assert not any(secret in own.content.decode() for secret in SECRETS)
    assert Event.objects.filter(kind="fairness.exported", actor_id=people.ren.pk).count() == 1
    days = browser(people.tom, "en").post(
        "/share/export",
        {"format": "csv", "rep": people.ren.pk, "span": "month", "purpose": "check"},
    )
    assert days.content.decode("utf-8-sig").startswith("Day,")
    before = Event.objects.count()
    asked = {"format": "csv", "rep": people.ren.pk}
    assert browser(people.ada).post("/share/export", asked).status_code == 403
    assert browser(people.rui).post("/share/export", asked).status_code == 403
    assert Event.objects.count() == before


def test_filters_by_day_grade_and_group_and_goes_on_to_older_ones(people: Cast) -> None:
    deal(60, start=30)
    shown = body(people.ren, "/share?grade=B")
    assert "Older" in shown
    older = body(people.ren, "/share?before=10")
    assert older.count("<tr") < shown.count("<tr")

    assert "Nothing went to others" in body(people.ren, "/share/missed?day=2020-01-01")
    assert "Older" not in body(people.ren, "/share/missed?before=5")
    assert body(people.ren, "/share?grade=nonsense&book=999999&before=x&span=own&from=x")


def test_the_pages_ask_no_more_queries_for_more_rows(people: Cast) -> None:
    deal(60, start=30)
    count_all()
    client = browser(people.ren)
    for path, most in (("/share", 40), ("/share/missed", 40)):
        with statements() as asked:
            assert client.get(path).status_code == 200
        assert len(asked) <= most, path
