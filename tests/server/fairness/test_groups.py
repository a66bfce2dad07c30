"""Groups as somebody may see them: own people by name, all others together."""

from typing import Any

import pytest
from django.utils import timezone

from bench.statements import statements
from evenhand.fairness.counting import count_all
from evenhand.fairness.groups import group_for, groups, who_watches
from evenhand.fairness.periods import period_of
from evenhand.fairness.postings import entries
from evenhand.fairness.queries import GroupPage, group_page, overview
from evenhand.journal.models import Event
from evenhand.leads.intake import LeadIn
from evenhand.ledger.models import Book
from evenhand.people.actor import SYSTEM
from evenhand.people.clocks import company_zone
from evenhand.people.models import User
from evenhand.people.scope import NotAllowed
from evenhand.platform.refusal import NotFound
from evenhand.policies.operations.publish import publish
from evenhand.routing.take_in import take_in
from tests.server.builders import person, team
from tests.server.cast import Cast, act_as, browser, cast
from tests.server.routing.world import policy

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Cast:
    found = cast()
    publish("direct", policy(), actor=SYSTEM)
    leads = [LeadIn(name=f"客户{number}", phone=f"138001380{number:02}") for number in range(9)]
    take_in(leads, actor=SYSTEM)
    count_all()
    return found


def this_month() -> Any:
    return period_of("30", timezone.now().astimezone(company_zone()).date())


def page_for(user: User) -> GroupPage:
    return group_page(act_as(user), Book.objects.get().pk, this_month())


def test_sales_operations_see_everybody_by_name(people: Cast) -> None:
    page = page_for(people.olga)

    assert sorted(row.name for row in page.rows) == ["Carl", "Ren", "Rui"]
    assert sum(row.total.count for row in page.rows) == 9


def test_a_manager_sees_others_in_one_line_and_the_same_sums(people: Cast) -> None:
    page = page_for(people.tom)

    others = page.rows[-1]
    assert sorted(row.name for row in page.rows[:-1]) == ["Ren", "Rui"]
    assert (others.id, others.name, others.people) == (None, "", 1)
    whole = page_for(people.olga)
    assert sum(row.total.due for row in page.rows) == sum(row.total.due for row in whole.rows)
    body = browser(people.tom).get(f"/fairness/{page.group.id}").content.decode()
    assert "Carl" not in body and "Ren" in body


def test_a_manager_sees_no_group_without_one_of_his_own(people: Cast) -> None:
    stranger = person("North", "manager", "team", team("华北"))
    book = Book.objects.get()

    assert groups(act_as(stranger)) == []
    with pytest.raises(NotFound):
        group_for(act_as(stranger), book.pk)
    assert browser(stranger).get(f"/fairness/{book.pk}").status_code == 404
    assert stranger.pk not in who_watches(book)


def test_reps_are_kept_out(people: Cast) -> None:
    with pytest.raises(NotAllowed):
        overview(act_as(people.ren), this_month())


def test_the_postings_behind_a_figure_add_up_to_it(people: Cast) -> None:
    page = page_for(people.olga)

    for row in page.rows:
        assert row.id is not None
        for what in ("due", "received", "corrected"):
            found = entries(
                act_as(people.olga), page.group.id, row.id, this_month(), what=what, most=100
            )
            assert sum(getattr(one, what) for one in found) == getattr(row.total, what)


def test_nobody_drills_down_to_people_outside_his_reach(people: Cast) -> None:
    book = Book.objects.get().pk

    with pytest.raises(NotFound):
        entries(act_as(people.tom), book, people.carl.pk, this_month(), what="due")


def test_managers_of_its_people_and_sales_operations_watch_a_group(people: Cast) -> None:
    watching = who_watches(Book.objects.get())

    assert set(watching) == {people.olga.pk, people.tom.pk, people.hua.pk}


def test_the_same_figures_leave_as_a_file_and_the_journal_says_who_took_them(people: Cast) -> None:
    book = Book.objects.get().pk

    answer = browser(people.olga, "en").post(
        f"/fairness/{book}/export", {"format": "csv", "purpose": "check"}
    )

    lines = answer.content.decode("utf-8-sig").splitlines()
    assert lines[0].startswith("Rep,Due,Received,Corrections,Owed or ahead,Items")
    assert len(lines) == 4
    event = Event.objects.get(kind="fairness.exported")
    assert (event.actor_id, event.data) == (
        people.olga.pk,
        {"rows": 3, "format": "csv", "reason": "check"},
    )


def test_an_auditor_looks_but_takes_nothing_out(people: Cast) -> None:
    book = Book.objects.get().pk

    assert browser(people.ada).get(f"/fairness/{book}").status_code == 200
    assert browser(people.ada).post(f"/fairness/{book}/export").status_code == 403
    assert not Event.objects.filter(kind="fairness.exported").exists()


def test_pages_ask_the_same_queries_for_few_people_and_for_many(people: Cast) -> None:
    window = browser(people.olga)
    book = Book.objects.get()
    for number in range(40):
        person(f"more{number}", "rep", in_team=people.south)
    take_in([LeadIn(name="某某", phone="13900139000")], actor=SYSTEM)

    for address in (
        "/fairness",
        f"/fairness/{book.pk}",
        f"/fairness/{book.pk}/people/{people.ren.pk}",
        f"/distribution?book={book.pk}",
        "/fairness/rules",
        "/overrides",
        "/unassigned",
        "/members",
    ):
        with statements() as asked:
            assert window.get(address).status_code == 200
        assert len(asked) <= 20, address


def test_a_form_with_another_group_leads_there(people: Cast) -> None:
    answer = browser(people.olga).get("/fairness?book=7&span=90")

    assert answer.status_code == 302
    assert answer.headers["Location"] == "/fairness/7?span=90"
