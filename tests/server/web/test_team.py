"""The page of a team: every figure equals the rows that its link leads to."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bench.statements import statements
from evenhand.journal.models import Event
from evenhand.leads.intake import LeadIn
from evenhand.leads.models import Lead, Opportunity, Stage
from evenhand.leads.operations.closing import lose_lead
from evenhand.leads.queries.filters import REACHED, LeadFilter
from evenhand.leads.queries.leads import leads_within
from evenhand.leads.queries.team import first_contacts, funnels, holdings, waiting
from evenhand.people.actor import SYSTEM
from evenhand.people.models import Rep, User
from evenhand.people.operations.revision import people_changed
from evenhand.people.scope import actor_of
from evenhand.routing.limits import carried
from evenhand.routing.take_in import take_in
from evenhand.web.team.figures import holding, in_order, steps_of, team_figures
from tests.server.api.caller import company
from tests.server.cast import Cast, browser

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Cast:
    """The cast with twelve leads, each at another point of its way."""
    found = company()
    take_in(
        [LeadIn(name=f"客户{number}", phone=f"1380013{number:04}") for number in range(12)],
        actor=SYSTEM,
    )
    now = timezone.now()
    for number, lead in enumerate(Lead.objects.order_by("pk")):
        Lead.objects.filter(pk=lead.pk).update(
            assigned_at=now - timedelta(hours=8),
            created_at=now - timedelta(hours=9),
            contacted_at=now - timedelta(hours=7) if number % 3 else None,
            stage=(Stage.NEW, Stage.CONTACTED, Stage.QUALIFIED)[number % 3],
        )
    return found


def _figures(people: Cast, who: str = "olga", **wanted: object):  # type: ignore[no-untyped-def]
    return team_figures(
        actor_of(getattr(people, who)),
        LeadFilter(state="all", **wanted),  # type: ignore[arg-type]
        line_key="",
        within=timedelta(minutes=120),
        now=timezone.now(),
    )


def test_every_step_of_the_funnel_counts_the_rows_of_its_list(people: Cast) -> None:
    actor, now = actor_of(people.olga), timezone.now()
    lost = Lead.objects.filter(stage=Stage.QUALIFIED).order_by("pk")[0]
    lose_lead(lost.pk, why="no_budget", actor=actor)
    won = Lead.objects.filter(stage=Stage.QUALIFIED).order_by("pk")[0]
    Lead.objects.filter(pk=won.pk).update(stage=Stage.CONVERTED)
    Opportunity.objects.create(lead=won, name="样机", stage="won", currency="CNY", state="closed")

    found = funnels(actor, LeadFilter(), now=now)

    total = {step: sum(one.counts[step] for one in found.values()) for step in ("all", *REACHED)}
    assert total == {
        "all": 12, "owned": 12, "contacted": 8, "qualified": 4, "converted": 1, "won": 1,
    }  # fmt: skip
    for owner, funnel in found.items():
        for step in REACHED:
            wanted = LeadFilter(state="all", owner=owner, reached=step)
            assert leads_within(actor, wanted, now=now).count() == funnel.counts[step]


def test_a_lost_lead_keeps_how_far_it_came(people: Cast) -> None:
    lead = Lead.objects.filter(stage=Stage.QUALIFIED).order_by("pk")[0]

    lose_lead(lead.pk, why="no_budget", actor=actor_of(people.olga))

    lead.refresh_from_db()
    assert (lead.stage, lead.lost_stage) == (Stage.LOST, Stage.QUALIFIED)


def test_who_holds_what_equals_a_recount(people: Cast) -> None:
    held = holdings(actor_of(people.olga), [one.pk for one in Rep.objects.all()])

    assert sum(one.leads for one in held.values()) == 12
    for rep, one in held.items():
        assert one.leads == Lead.objects.filter(owner_id=rep, state="owned").count()
        assert carried()[rep].count == one.leads + one.accounts + one.opportunities


def test_what_waits_is_counted_as_the_list_of_it(people: Cast) -> None:
    actor, now = actor_of(people.olga), timezone.now()
    first, second, *_ = Lead.objects.filter(state="owned").order_by("pk")
    Lead.objects.exclude(pk__in=[first.pk, second.pk]).update(contact_due_at=None)
    Lead.objects.filter(pk=first.pk).update(contact_due_at=now - timedelta(minutes=5))
    Lead.objects.filter(pk=second.pk).update(contact_due_at=now + timedelta(days=1))

    found = waiting(actor, list(Rep.objects.values_list("pk", flat=True)), now=now)

    for due in ("due", "overdue"):
        listed = leads_within(actor, LeadFilter(due=due), now=now)
        assert sum(getattr(one, due) for one in found.values()) == listed.count() > 0
    assert _figures(people).overdue == 1
    assert found[first.owner_id].overdue == 1


def test_a_manager_sees_his_team_only(people: Cast) -> None:
    everybody, mine = _figures(people), _figures(people, "tom")
    seen = {one.person.rep_id for one in mine.members}

    assert seen < {one.person.rep_id for one in everybody.members}
    assert seen == {people.ren.pk, people.rui.pk}
    assert mine.funnel.counts["owned"] == sum(one.funnel.counts["owned"] for one in mine.members)


def test_first_contacts_are_counted_in_working_time(people: Cast) -> None:
    figures = _figures(people)

    assert figures.response.count == 8
    assert figures.response.middle is not None
    assert figures.response.middle <= timedelta(hours=1)
    assert figures.response.in_time_percent == 100


@pytest.mark.parametrize("days", [None, 7])
def test_first_contacts_of_many_people_are_those_of_each(
    people: Cast, monkeypatch: pytest.MonkeyPatch, days: int | None
) -> None:
    since = None if days is None else timezone.now() - timedelta(days=days)
    wanted, reps = LeadFilter(since=since), list(Rep.objects.values_list("pk", flat=True))
    each = {rep: found for one in reps for rep, found in first_contacts([one], wanted).items()}

    monkeypatch.setattr("evenhand.leads.queries.team._MANY", 1)

    assert first_contacts(reps, wanted) == each
    assert sum(map(len, each.values())) == 8
    assert first_contacts([people.olga.pk], wanted) == {}


def test_rows_are_ordered_by_any_column(people: Cast) -> None:
    members = holding(actor_of(people.olga), _figures(people).members)

    down = in_order(members, "-leads")
    assert [one.holding.leads for one in down] == sorted(
        (one.holding.leads for one in members), reverse=True
    )
    assert list(in_order(members, "nonsense")) == list(members)


def test_the_steps_say_their_shares(people: Cast) -> None:
    steps = {one.key: one for one in steps_of(_figures(people).funnel)}

    assert (steps["all"].of_all, steps["all"].of_before) == (100, None)
    assert (steps["contacted"].of_all, steps["contacted"].of_before) == (66, 66)
    assert steps["qualified"].of_before == 50


def test_the_page_leads_to_the_rows_behind_its_numbers(people: Cast) -> None:
    client = browser(people.olga)
    page = client.get("/team?days=7").content.decode()

    links = re.findall(r'href="(/leads\?[^"]*reached=(\w+)[^"]*)">(\d+)</a>', page)
    assert {step for _, step, _ in links} >= {"owned", "contacted", "qualified"}
    for link, _, count in links[:5]:
        rows = client.get(link.replace("&amp;", "&")).content.decode()
        assert rows.count("data-row") == int(count), link


def test_the_page_takes_the_same_number_of_queries_whatever_it_holds(people: Cast) -> None:
    client = browser(people.olga)
    client.get("/team")
    with statements() as asked:
        assert client.get("/team").status_code == 200
    assert len(asked) <= 30


@pytest.mark.parametrize("sort", ["name", "-name", "leads", "-leads", "-load"])
def test_what_people_hold_stands_beside_them_in_any_order(people: Cast, sort: str) -> None:
    page = browser(people.olga).get(f"/team?days=7&sort={sort}").content.decode()

    found = re.findall(r'href="/leads\?owner=(\d+)&amp;state=owned">(\d+)</a>', page)
    assert len(found) == len(_figures(people).members)
    for rep, count in found:
        assert int(count) == Lead.objects.filter(owner_id=rep, state="owned").count()
    if sort == "-leads":
        assert int(found[0][1]) == max(int(count) for _, count in found) > 0


def test_what_is_held_is_asked_of_those_who_are_shown(people: Cast) -> None:
    users = User.objects.bulk_create(
        User(email=f"more{number}@example.com", name=f"新人{number}", role="rep", scope="self")
        for number in range(60)
    )
    Rep.objects.bulk_create(Rep(user=user) for user in users)
    people_changed()
    client = browser(people.olga)

    def asked(address: str) -> int:
        with CaptureQueriesContext(connection) as found:
            assert client.get(address).status_code == 200
        (sql,) = [one["sql"] for one in found if 'FROM "company"' in one["sql"]]
        return len(re.search(r'"owner_id" IN \(([^)]*)\)', sql)[1].split(","))  # type: ignore[index]

    everybody = len(_figures(people).members)
    assert asked("/team?days=7") == 50
    assert asked("/team?days=7&page=2") == everybody - 50
    assert asked("/team?days=7&sort=-leads") == everybody


def test_it_is_exported_and_written_down(people: Cast) -> None:
    form = {"query": "days=7", "format": "csv", "purpose": "meeting"}
    answer = browser(people.olga).post("/team/export", form)

    assert answer.status_code == 200
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert len(lines) == 1 + len(_figures(people).members)
    assert Event.objects.get(kind="team_figures.exported").data["format"] == "csv"


def test_reps_have_no_such_page(people: Cast) -> None:
    assert browser(people.ren).get("/team").status_code == 403
    assert browser(people.ren).post("/team/export", {"format": "csv"}).status_code == 403
    assert not Event.objects.filter(kind="team_figures.exported").exists()
