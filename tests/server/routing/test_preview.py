"""Trying a lead says what dealing it would do, and does nothing."""

import pytest
from django.db import connection

from evenhand.engine.policy.load import policy_from_plain
from evenhand.leads.intake import LeadIn
from evenhand.leads.operations.peace import leave_in_peace
from evenhand.people.actor import SYSTEM, Actor
from evenhand.people.models import Rep, User
from evenhand.people.scope import NotAllowed, actor_of
from evenhand.routing.foreseeing import foresee
from evenhand.routing.preview import try_lead
from evenhand.routing.take_in import take_in
from evenhand.wording.catalogue import Words
from tests.server.cast import person
from tests.server.leads.company import account
from tests.server.routing.test_duplicates import closed
from tests.server.routing.test_take_in import leads
from tests.server.routing.world import SHARE, company, policy

pytestmark = pytest.mark.django_db

WORDS = Words("zh-Hans")
TABLES = ("lead", "contact", "company", "receipt", "batch", "posting", "book", "event", "shared")


def ops() -> Actor:
    return actor_of(person("Olga", "sales_ops", "all"))


def counts() -> dict[str, int]:
    found = {}
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"SELECT count(*) FROM {table}")
            found[table] = cursor.fetchone()[0]
    return found


def test_who_would_get_it_is_who_gets_it_and_nothing_is_written() -> None:
    company(3)
    actor = ops()
    take_in(leads(5), actor=SYSTEM)

    for number in range(6):
        lead = LeadIn(name=f"客户{number}", phone=f"1370000{number:04d}", grade="AB"[number % 2])
        before = counts()
        tried = try_lead(lead, words=WORDS, actor=actor)
        assert counts() == before
        (taken,) = take_in([lead], actor=SYSTEM)
        assert tried.decision is not None and tried.decision.rep_id == str(taken.owner_id)
        assert tried.owner_name == taken.owner_name
        assert tried.explained is not None and tried.explained.holds


def test_the_first_lead_of_a_line_can_be_tried() -> None:
    company(2)

    tried = try_lead(LeadIn(name="x"), words=WORDS, actor=ops())

    assert tried.decision is not None and tried.decision.rep_id is not None
    assert counts()["book"] == 0


def test_a_draft_is_tried_on_todays_people_and_books() -> None:
    _, second = company(2)
    draft = policy_from_plain(
        policy(
            rules=[
                {
                    "rule": "展会给 r2",
                    "when": "lead.source = 展会",
                    "to": {"strategy": "person", "rep": "r2", "if_absent": "next_rule"},
                    "if_nobody": {"do": "next_rule"},
                },
                SHARE,
            ]
        )
    )
    actor = ops()

    for _ in range(3):
        lead = LeadIn(name="x", source="展会")
        tried = try_lead(lead, words=WORDS, actor=actor, draft=draft)
        assert tried.decision is not None and tried.decision.rep_id == str(second.pk)
        assert tried.decision.rule == "展会给 r2"


def test_the_lead_of_somebody_known_would_be_a_touch() -> None:
    company(2)
    (known,) = take_in(leads(1), actor=SYSTEM)

    tried = try_lead(LeadIn(phone="13800000000"), words=WORDS, actor=ops())

    assert tried.open_lead is not None and tried.open_lead.id == known.lead_id
    assert tried.owner_name == known.owner_name


def test_where_nobody_could_take_it_the_reason_is_said() -> None:
    company(2)
    Rep.objects.update(is_accepting=False)

    tried = try_lead(LeadIn(name="x"), words=WORDS, actor=ops())

    assert tried.decision is not None and tried.decision.rep_id is None
    assert tried.explained is not None and tried.explained.sections


@pytest.mark.parametrize("role", ["rep", "manager", "auditor"])
def test_only_who_edits_rules_tries_them(role: str) -> None:
    company(2)
    somebody: User = person("Max", role, "all")

    with pytest.raises(NotAllowed):
        try_lead(LeadIn(name="x"), words=WORDS, actor=actor_of(somebody))


def test_a_whole_list_is_foreseen_as_it_is_then_dealt_and_nothing_is_written() -> None:
    reps = company(3, policy(capacity={"open_items": 9}))
    take_in(leads(4), actor=SYSTEM)
    lots = [
        LeadIn(name=f"客户{n}", phone=f"1370000{n:04d}", grade="AB"[n % 2], collected_by=reps[0].pk)
        for n in range(26)
    ]
    lots += [lots[3], LeadIn(name="x", phone=leads(4)[1].phone)]
    before = counts()

    found = foresee(lots)
    as_plan = foresee(lots, is_plan=True, collectors_first=True)

    assert counts() == before
    assert found.repeats == as_plan.repeats == 2
    assert {one.rep_id for one in as_plan.fates} == {reps[0].pk}  # beyond what he may carry at once
    taken = [one for one in take_in(lots, actor=SYSTEM) if not one.is_duplicate]
    assert [one.rep_id for one in found.fates] == [one.owner_id for one in taken]
    assert [one.points for one in found.fates] == [one.points for one in taken]
    full = [one.why.code for one in found.fates if one.why is not None]
    assert len(full) == 3 == sum(one.owner_id is None for one in taken)


def test_trying_a_lead_keeps_the_customers_peace_as_dealing_it_does() -> None:
    one, *_ = company(3, policy(peace={"owners": 3}))
    account(one, name="江南精密")
    actor = ops()
    (known,) = take_in([LeadIn(phone="13588880001", source="官网")], actor=SYSTEM)
    owner = actor_of(User.objects.select_related("rep").get(pk=known.owner_id))
    leave_in_peace("lead", known.lead_id, is_left=True, actor=owner)
    closed(known.lead_id, 90)  # too long ago for him to come back to whoever had him

    for lead in (
        LeadIn(name="甲", company="江南精密"),
        LeadIn(phone="13588880001"),
        LeadIn(name="乙", company="新厂"),
    ):
        before = counts()
        tried = try_lead(lead, words=WORDS, actor=actor)
        (fate,) = foresee([lead]).fates
        assert counts() == before
        (taken,) = take_in([lead], actor=SYSTEM)
        owners = {tried.owner_id, fate.rep_id, taken.owner_id}
        if lead.company == "江南精密":
            assert owners == {one.pk}
        else:  # which of equals gets it is drawn
            assert (owners == {None}) is bool(lead.phone) is (None in owners)
        why = None if taken.why is None else taken.why["code"]
        assert (None if fate.why is None else fate.why.code) == why
        assert (why == "peace.left_in_peace") is bool(lead.phone)


def test_a_draft_that_keeps_another_peace_is_tried_with_it() -> None:
    one, *others = company(3, policy())
    Rep.objects.filter(pk=one.pk).update(weight=1)  # the others come first
    account(one, name="江南精密")
    lead, actor = LeadIn(name="甲", company="江南精密"), ops()
    draft = policy_from_plain(policy(peace={}))

    by_live = try_lead(lead, words=WORDS, actor=actor)
    by_draft = try_lead(lead, words=WORDS, actor=actor, draft=draft)

    assert by_live.owner_id in {other.pk for other in others}
    assert by_draft.owner_id == one.pk


def test_leads_of_one_company_in_a_list_are_foreseen_with_one_owner() -> None:
    company(3, policy(peace={}))
    lots = [LeadIn(name=f"客户{n}", company=firm) for n in range(4) for firm in ("新厂", "老厂")]

    found = foresee(lots)
    taken = take_in(lots, actor=SYSTEM)

    # Which of equals gets a company is drawn; that he gets all of it is not.
    for owners in ([one.rep_id for one in found.fates], [one.owner_id for one in taken]):
        assert len(set(owners[::2])) == len(set(owners[1::2])) == 1
        assert None not in owners and owners[0] != owners[1]
