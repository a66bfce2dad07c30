"""The same person again: recognized, explained, and never paid for twice."""

from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from evenhand.engine.facts import ItemKind
from evenhand.journal.models import Event
from evenhand.leads.custody import close_item
from evenhand.leads.intake import LeadIn
from evenhand.leads.models import (
    Activity,
    Assignment,
    Company,
    Contact,
    Lead,
    Likeness,
    Load,
    Stage,
)
from evenhand.ledger.models import Balance, Posting
from evenhand.people.actor import SYSTEM
from evenhand.people.models import Rep, User
from evenhand.people.operations.revision import people_changed
from evenhand.platform.invariants import examine
from evenhand.routing.foreseeing import foresee
from evenhand.routing.take_in import TakenIn, take_in
from tests.server.cast import browser, cast
from tests.server.leads.company import lead as row
from tests.server.routing.world import SHARE, company, policy

pytestmark = pytest.mark.django_db

ONE = LeadIn(name="王小明", phone="13588880001", email="xm@huawei.example", source="官网")
STICKY = {
    "rule": "老客户",
    "when": "company.owner is not empty",
    "to": {"strategy": "owner", "of": "company", "if_absent": "next_rule", "if_departed": "wait"},
    "if_nobody": {"do": "next_rule"},
}


def again(**duplicates: Any) -> list[Rep]:
    return company(3, policy(duplicates=duplicates))


def sent(*leads: LeadIn) -> list[TakenIn]:
    return take_in(leads, actor=SYSTEM)


def closed(lead_id: int, days: int) -> None:
    at = timezone.now() - timedelta(days=days)
    Lead.objects.filter(pk=lead_id).update(stage=Stage.LOST, closed_at=at)
    close_item(ItemKind.LEAD, lead_id, by="lost", at=at)


def kept() -> None:
    """Every promise of the data holds."""
    with connection.cursor() as cursor:
        assert examine(cursor) == []


def test_a_merged_lead_says_by_which_keys_and_costs_nothing() -> None:
    company(3)
    (first,) = sent(ONE)
    booked = Posting.objects.count()

    (second,) = sent(LeadIn(name="小明", phone="+86 135 8888 0001", note="再问价格"))

    assert (second.lead_id, second.is_duplicate) == (first.lead_id, True)
    assert second.known_by == ("phone",)
    assert Lead.objects.count() == 1
    assert Posting.objects.count() == booked
    event = Event.objects.get(kind="lead.repeated")
    assert event.data["known_by"] == ["phone"]
    page = browser(cast().olga).get(f"/leads/{first.lead_id}").content.decode()
    assert "同一个人又来询问：电话相同，记在这条线索上" in page


def test_attached_is_a_lead_of_its_own_with_the_present_owner_at_no_cost() -> None:
    again(same_person="attach")
    (first,) = sent(ONE)
    booked, before = Posting.objects.count(), [list(b.amounts) for b in Balance.objects.all()]

    (second,) = sent(LeadIn(name="王小明", email="XM@huawei.example", product="云"))

    assert second.lead_id != first.lead_id
    assert (second.owner_id, second.attached_to) == (first.owner_id, first.lead_id)
    assert (second.is_duplicate, second.known_by) == (False, ("email",))
    assert Posting.objects.count() == booked
    assert [list(b.amounts) for b in Balance.objects.all()] == before
    one = Assignment.objects.get(item_id=second.lead_id)
    assert (one.cause, one.points) == ("again", 0)
    assert Load.objects.get(pk=first.owner_id).open_count == 2
    assert Contact.objects.count() == 1
    assert Lead.objects.get(pk=second.lead_id).grade == "B"
    assert Activity.objects.get(item_id=first.lead_id).note == "云 · 王小明"
    kept()
    page = browser(cast().olga).get(f"/leads/{second.lead_id}").content.decode()
    assert f"同一个人（邮箱相同）还有未结的线索 {first.lead_id}，归同一位负责人" in page


def test_one_batch_is_as_one_lead_after_the_other() -> None:
    again(same_person="attach")

    first, second, third = sent(ONE, ONE, LeadIn(name="别人", phone="13588880009"))

    assert (second.owner_id, second.attached_to) == (first.owner_id, first.lead_id)
    assert third.owner_id != first.owner_id  # the second cost nothing: it is another's turn
    kept()


def test_the_policy_may_deal_anew_and_a_source_may_have_its_own_word() -> None:
    again(same_person="new", by_source=[{"source": "展会", "same_person": "merge"}])
    (first,) = sent(ONE)

    (anew,) = sent(ONE)
    (merged,) = sent(LeadIn(phone=ONE.phone, source="展会"))

    assert anew.lead_id != first.lead_id
    assert not anew.is_duplicate
    assert anew.receipt_id is not None
    # Of two open leads that are owned the newer one counts.
    assert (merged.lead_id, merged.is_duplicate) == (anew.lead_id, True)


@pytest.mark.parametrize(
    ("days_ago", "is_here", "goes_back"), [(5, True, True), (40, True, False), (5, False, False)]
)
def test_who_was_closed_lately_goes_back_to_whoever_had_him(
    days_ago: int, is_here: bool, goes_back: bool
) -> None:
    again(closed_days=30)
    (first,) = sent(ONE)
    closed(first.lead_id, days_ago)
    if not is_here:
        Rep.objects.filter(pk=first.owner_id).update(is_active=False)
        User.objects.filter(pk=first.owner_id).update(is_active=False)
        people_changed()
    booked = Posting.objects.count()

    (second,) = sent(ONE)

    assert second.lead_id != first.lead_id
    if goes_back:
        assert (second.owner_id, second.attached_to) == (first.owner_id, first.lead_id)
        assert Posting.objects.count() == booked
    else:
        assert second.attached_to is None
        assert second.receipt_id is not None
    kept()


def firms(*names: str) -> list[LeadIn]:
    return [
        LeadIn(name=f"客户{n}", phone=f"1358888{n:04d}", company=name)
        for n, name in enumerate(names)
    ]


def test_a_company_written_otherwise_is_the_same_if_certain_and_gives_the_lead_to_its_owner() -> (
    None
):
    company(3, policy(rules=[STICKY, SHARE]))
    (first,) = sent(*firms("深圳市大疆创新科技有限公司"))

    same, other, short = sent(
        *firms("", "大疆创新科技（深圳）公司", "大疆创新科技（北京）有限公司", "大疆创新")[1:]
    )

    rows = {one.pk: one for one in Lead.objects.all()}
    home = rows[first.lead_id].company_id
    assert rows[same.lead_id].company_id == home
    assert rows[same.lead_id].company_name == "大疆创新科技（深圳）公司"
    assert same.owner_id == first.owner_id
    # Another city is another firm; a short name is for a person to judge.
    assert home not in (rows[other.lead_id].company_id, rows[short.lead_id].company_id)
    asked = set(Likeness.objects.values_list("one_id", "other_id", "is_different"))
    assert (home, rows[short.lead_id].company_id, False) in asked
    event = Event.objects.get(kind="lead.company_matched")
    assert (event.object_id, event.data["company"]) == (same.lead_id, home)
    page = browser(cast().olga).get(f"/leads/{same.lead_id}").content.decode()
    assert "的把握是同一家，归到了那家" in page


@pytest.mark.parametrize("choice", ["ask", "ignore"])
def test_the_policy_may_leave_similar_companies_to_people(choice: str) -> None:
    again(similar_company=choice)

    sent(*firms("深圳市大疆创新科技有限公司", "大疆创新科技有限公司"))

    assert Company.objects.count() == 2
    assert set(Company.objects.values_list("core_key", flat=True)) == {"大疆创新"}
    assert Likeness.objects.count() == (1 if choice == "ask" else 0)


def test_a_new_lead_of_an_owned_company_is_paid_by_the_owner_and_the_group_is_credited() -> None:
    reps = company(3, policy(rules=[STICKY, SHARE]))
    (first,) = sent(LeadIn(name="甲", phone="13588880001", company="华为技术"))

    (second,) = sent(LeadIn(name="乙", phone="13588880002", company="华为技术有限公司"))

    assert second.owner_id == first.owner_id
    posting = Posting.objects.order_by("-pk")[0]
    assert (posting.act, posting.taker_id, posting.points) == (
        "charged",
        first.owner_id,
        2_000_000,
    )
    amounts = Counter[int]()
    for balance in Balance.objects.select_related("book"):
        amounts.update(dict(zip(balance.book.members, balance.amounts, strict=True)))
    # Two leads of 2 points, both with the owner: he paid 4 and was credited his thirds.
    others = {rep.pk for rep in reps} - {first.owner_id}
    assert sum(amounts.values()) == 0
    assert amounts[first.owner_id] == pytest.approx(-4_000_000 + 4_000_000 / 3, abs=3)
    assert all(amounts[one] == pytest.approx(4_000_000 / 3, abs=3) for one in others)
    kept()


def test_who_comes_back_is_dealt_anew_where_his_peace_keeps_him_from_whoever_had_him() -> None:
    reps = company(3, policy(duplicates={"closed_days": 30}, peace={}))
    first, other = sent(
        LeadIn(phone=ONE.phone, company="江南精密"), LeadIn(phone="13588880002", company="宏远")
    )
    closed(first.lead_id, 5)
    closed(other.lead_id, 5)
    taker = next(one for one in reps if one.pk != first.owner_id)
    row(taker, company=Company.objects.get(name="江南精密"), phone="", email="")

    seen = foresee([LeadIn(phone=ONE.phone), LeadIn(phone="13588880002")])
    back, too, control = sent(
        LeadIn(phone=ONE.phone), LeadIn(phone=ONE.phone), LeadIn(phone="13588880002")
    )

    assert (back.owner_id, back.attached_to) == (taker.pk, None)
    assert back.receipt_id is not None
    assert (too.lead_id, too.is_duplicate) == (back.lead_id, True)
    assert (control.owner_id, control.attached_to) == (other.owner_id, other.lead_id)
    assert ([one.rep_id for one in seen.fates], seen.repeats) == ([taker.pk], 1)
    kept()


def test_a_list_looked_at_first_says_what_taking_it_in_does() -> None:
    again(same_person="attach", by_source=[{"source": "展会", "same_person": "new"}])
    sent(ONE)
    leads = [LeadIn(phone=ONE.phone, source="官网"), LeadIn(phone=ONE.phone, source="展会")]

    seen = foresee(leads)

    assert (seen.repeats, len(seen.fates)) == (1, 1)
    taken = sent(*leads)
    assert [one.attached_to is not None for one in taken] == [True, False]
