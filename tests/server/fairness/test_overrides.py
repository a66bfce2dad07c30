"""Acts by hand by person and reason; rules that rest."""

from datetime import timedelta

import pytest
from django.utils import timezone

from evenhand.engine.facts import ItemKind
from evenhand.fairness.models import RuleDay, RulesCounted
from evenhand.fairness.overrides import overrides
from evenhand.fairness.periods import period_of
from evenhand.fairness.rules import count_rules, rule_uses
from evenhand.leads.intake import LeadIn
from evenhand.leads.models import Lead
from evenhand.people.actor import SYSTEM
from evenhand.people.clocks import company_day, company_zone
from evenhand.people.scope import NotAllowed
from evenhand.policies.models import Line
from evenhand.policies.operations.publish import publish
from evenhand.routing.models import Receipt
from evenhand.routing.operations.give import transfer
from evenhand.routing.take_in import take_in
from tests.server.cast import Cast, act_as, browser, cast
from tests.server.routing.world import SHARE, policy

pytestmark = pytest.mark.django_db

NEVER = {
    "rule": "葡萄牙语",
    "when": 'lead.language == "葡萄牙语"',
    "to": {"strategy": "fair_share", "group": "全体"},
    "if_nobody": {"do": "wait"},
}


@pytest.fixture
def people() -> Cast:
    found = cast()
    publish("direct", policy(), actor=SYSTEM)
    publish("direct", policy(rules=[NEVER, SHARE]), actor=SYSTEM)
    take(6)
    return found


def take(count: int, start: int = 0) -> None:
    numbers = range(start, start + count)
    take_in([LeadIn(name=f"客户{n}", phone=f"138001380{n:02}") for n in numbers], actor=SYSTEM)


def move(people: Cast, reason: str) -> None:
    lead = Lead.objects.filter(owner_id=people.ren.pk).earliest("pk")
    transfer(
        ItemKind.LEAD,
        lead.pk,
        to=people.rui.pk,
        reason=reason,
        note="说明",
        actor=act_as(people.tom),
    )


def test_acts_by_hand_are_counted_by_person_and_reason(people: Cast) -> None:
    move(people, "overload")
    move(people, "other")
    today = timezone.now().astimezone(company_zone()).date()

    found = overrides(act_as(people.ada), period_of("month", today))

    (row,) = found.rows
    assert (row.name, row.total, row.most_a_day) == ("Tom", 2, 2)
    assert row.cells == {("transfer", "overload"): 1, ("transfer", "other"): 1}
    assert dict(found.by_day)[today] == {"transfer": 2}
    assert found.count == 2


def test_every_number_leads_to_its_receipts(people: Cast) -> None:
    move(people, "overload")
    move(people, "other")
    window = browser(people.olga, "en")

    page = window.get("/overrides").content.decode()
    start = f"/distribution?by={people.tom.pk}&amp;how=transfer&amp;reason=overload"
    assert start in page
    listed = window.get(f"/distribution?by={people.tom.pk}&how=transfer&reason=overload")

    (receipt,) = listed.context["page"].rows
    assert (receipt.reason, receipt.actor_id) == ("overload", people.tom.pk)


def test_the_matrix_leaves_as_a_file(people: Cast) -> None:
    move(people, "overload")

    answer = browser(people.olga, "en").post(
        "/overrides/export", {"format": "csv", "purpose": "check"}
    )

    head, row = answer.content.decode("utf-8-sig").splitlines()
    assert head.startswith("By,assigned by hand,transferred,Most in a day,")
    assert row.startswith("Tom,0,1,1,")


def test_reps_see_no_matrix(people: Cast) -> None:
    with pytest.raises(NotAllowed):
        overrides(act_as(people.ren), period_of("month", company_day(timezone.now())))


def test_a_rule_that_never_decided_says_since_which_version(people: Cast) -> None:
    line = Line.objects.get()

    never, share = rule_uses(act_as(people.tom), line.pk, 30)

    assert (never.name, never.count, never.last_on, never.since_version) == ("葡萄牙语", 0, None, 2)
    assert never.is_idle and not share.is_idle
    assert (share.count, share.since_version) == (6, 1)


def test_counted_days_and_today_are_together_what_there_is(people: Cast) -> None:
    line = Line.objects.get()
    Receipt.objects.update(at=timezone.now() - timedelta(days=3))
    take(2, start=6)
    before = rule_uses(act_as(people.tom), line.pk, 30)

    count_rules(timezone.now())

    assert rule_uses(act_as(people.tom), line.pk, 30) == before
    assert [one.count for one in before] == [0, 8]
    (day,) = RuleDay.objects.all()
    assert day.count == 6
    counted = RulesCounted.objects.get()
    count_rules(timezone.now())
    assert RuleDay.objects.get().count == 6
    assert RulesCounted.objects.get().day == counted.day
    assert rule_uses(act_as(people.tom), line.pk, 2)[1].count == 2
