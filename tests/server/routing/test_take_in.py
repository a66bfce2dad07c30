"""A lead arrives, and somebody has it, with the reason."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest

from evenhand.engine.policy.compile import policy_from_json
from evenhand.engine.routing.replay import replay
from evenhand.journal.models import Event
from evenhand.leads.arrivals import owners_of
from evenhand.leads.intake import LeadIn
from evenhand.leads.keys import company_key
from evenhand.leads.models import Activity, Assignment, Company, Lead, Load, State
from evenhand.ledger.models import Balance, Book
from evenhand.people.actor import SYSTEM
from evenhand.people.models import Organization, Rep
from evenhand.policies.live import NoSuchLine
from evenhand.routing.explain import explain
from evenhand.routing.models import Batch, Receipt
from evenhand.routing.receipt_file import lines_of
from evenhand.routing.take_in import take_in
from evenhand.wording.catalogue import Words
from tests.server.routing.world import company, hire, policy

pytestmark = pytest.mark.django_db


OWNER_FIRST = {
    "rule": "老客户",
    "when": "company.owner is not empty",
    "to": {
        "strategy": "owner",
        "of": "company",
        "if_absent": "next_rule",
        "if_departed": "next_rule",
    },
    "if_nobody": {"do": "next_rule"},
}


def leads(count: int, prefix: str = "1380000") -> list[LeadIn]:
    return [LeadIn(name=f"客户{n}", phone=f"{prefix}{n:04d}") for n in range(count)]


def everything_replays() -> int:
    """Decide every batch again; returns how many decisions were compared."""
    decided = 0
    for batch in Batch.objects.order_by("pk"):
        report = replay(lines_of(batch), policy_from_json)
        assert report.is_identical, report.differences[:2]
        decided += report.decisions
    return decided


def test_a_lead_is_owned_with_receipt_assignment_load_and_event() -> None:
    company(3)

    (taken,) = take_in(leads(1), actor=SYSTEM)

    lead = Lead.objects.get(pk=taken.lead_id)
    assert (lead.state, lead.owner_id) == (State.OWNED, taken.owner_id)
    assert lead.contact is not None and lead.contact.phone_key
    receipt = Receipt.objects.get(pk=taken.receipt_id)
    assert (receipt.item_id, receipt.rep_id, receipt.outcome) == (
        lead.pk,
        lead.owner_id,
        "assigned",
    )
    open_one = Assignment.objects.get(item_kind="lead", item_id=lead.pk, closed_at=None)
    assert (open_one.rep_id, open_one.receipt_id) == (lead.owner_id, receipt.pk)
    assert Load.objects.get(pk=lead.owner_id).open_count == 1
    assert Event.objects.get(kind="lead.taken_in").object_id == lead.pk
    assert everything_replays() == 1


def test_three_hundred_leads_go_fifteen_each_to_twenty_equal_reps() -> None:
    company(20)

    owners: list[int | None] = []
    for start in range(0, 300, 7):
        some = leads(300)[start : start + 7]
        owners += [one.owner_id for one in take_in(some, actor=SYSTEM)]

    assert set(Counter(owners).values()) == {15}
    assert all(first != second for first, second in pairwise(owners))
    assert Book.objects.get().sequence == 300
    for balance in Balance.objects.all():
        assert sum(balance.amounts) == 0
    assert everything_replays() == 300


def test_a_large_intake_is_one_batch_whose_every_decision_replays() -> None:
    company(7)

    taken = take_in(leads(620), actor=SYSTEM)

    batch = Batch.objects.get()
    positions = (
        Receipt.objects.filter(batch=batch).order_by("position").values_list("position", "pk")
    )
    assert list(positions) == [(n, one.receipt_id) for n, one in enumerate(taken)]
    owners = dict(Lead.objects.values_list("pk", "owner_id"))
    assert [owners[one.lead_id] for one in taken] == [one.owner_id for one in taken]
    assert everything_replays() == 620


def test_one_lead_a_day_for_thirty_days_gives_five_reps_six_each() -> None:
    company(5)
    start = datetime(2026, 3, 2, 9, tzinfo=UTC)

    owners = [
        take_in([lead], actor=SYSTEM, now=start + timedelta(days=day))[0].owner_id
        for day, lead in enumerate(leads(30))
    ]

    assert sorted(Counter(owners).values()) == [6] * 5


def test_monthly_caps_are_filled_to_the_last_and_the_rest_says_why() -> None:
    caps = (10, 14, 15, 30, 44, 45, 60)
    windows = [
        {"cap": f"每月{cap}", "per": "month", "items": cap, "who": f'rep.level = "L{cap}"'}
        for cap in caps
    ]
    reps = company(
        7, policy(capacity={"windows": windows}, levels=[{"level": f"L{cap}"} for cap in caps])
    )
    for rep, cap in zip(reps, caps, strict=True):
        Rep.objects.filter(pk=rep.pk).update(level=f"L{cap}")
    Organization.objects.update(people_revision=2)
    start = datetime(2026, 3, 1, 1, tzinfo=UTC)

    taken = [
        one
        for day in range(30)
        for one in take_in(
            leads(300)[day * 10 : day * 10 + 10], actor=SYSTEM, now=start + timedelta(days=day)
        )
    ]

    received = Counter(one.owner_id for one in taken)
    assert [received[rep.pk] for rep in reps] == list(caps)
    assert received[None] == 82
    whys = {one.why["code"] for one in taken if one.why is not None}
    assert whys == {"rule.everybody_full"}
    assert Lead.objects.filter(state=State.QUEUED).count() == 82
    assert everything_replays() == 300


def test_the_same_person_again_goes_to_the_present_owner_and_costs_nothing() -> None:
    company(3)
    (first,) = take_in([LeadIn(name="王芳", phone="138 0013 8000")], actor=SYSTEM)

    (again,) = take_in(
        [LeadIn(name="王女士", phone="+86-13800138000", note="再问价格")], actor=SYSTEM
    )

    assert again.is_duplicate and again.lead_id == first.lead_id
    assert again.owner_id == first.owner_id
    assert Lead.objects.count() == 1 and Receipt.objects.count() == 1
    assert "再问价格" in Activity.objects.get(item_id=first.lead_id).note


def test_the_same_person_twice_in_one_batch_is_one_lead() -> None:
    company(3)

    first, second = take_in(
        [LeadIn(name="a", phone="13800138000"), LeadIn(name="b", phone="0086 13800138000")],
        actor=SYSTEM,
    )

    assert second.is_duplicate and second.lead_id == first.lead_id
    assert Lead.objects.count() == 1


def test_a_second_lead_of_a_company_goes_to_its_owner_also_within_one_batch() -> None:
    company(5, policy(rules=[OWNER_FIRST, policy()["rules"][0]]))

    first, second = take_in(
        [
            LeadIn(name="a", phone="13800000001", company="海川机械有限公司"),
            LeadIn(name="b", phone="13800000002", company="海川机械有限公司"),
        ],
        actor=SYSTEM,
    )
    (third,) = take_in(
        [LeadIn(name="c", phone="13800000003", company="海川机械有限公司")], actor=SYSTEM
    )

    assert first.owner_id == second.owner_id == third.owner_id
    assert Company.objects.count() == 1
    assert everything_replays() == 3


def test_a_lead_goes_to_the_owner_of_a_company_above_else_of_the_mail_domain_and_says_so() -> None:
    reps = company(4, policy(rules=[OWNER_FIRST, policy()["rules"][0]]))

    def firm(name: str, owner: Rep | None = None, **more: Any) -> Company:
        state = State.UNTENDED if owner is None else State.OWNED
        return Company.objects.create(
            name=name, name_key=company_key(name), owner=owner, state=state, **more
        )

    group = firm("海川集团", reps[1], domain="haichuan.example.cn")
    middle = firm("海川机械有限公司", parent=group)
    firm("海川机械宁波工厂", parent=middle)
    firm("海川机械嘉兴工厂", reps[2], parent=middle)

    taken = take_in(
        [
            LeadIn(name="a", phone="13800000001", company="海川机械宁波工厂"),
            LeadIn(name="b", phone="13800000002", company="海川机械嘉兴工厂"),
            LeadIn(name="c", email="c@haichuan.example.cn", company="海川新材料有限公司"),
        ],
        actor=SYSTEM,
    )

    assert [one.owner_id for one in taken] == [reps[1].pk, reps[2].pk, reps[1].pk]
    said = []
    for one in taken:
        receipt = Receipt.objects.select_related("batch").get(pk=one.receipt_id)
        sections = explain(receipt, Words("zh-Hans")).sections
        said.append(next(part for part in sections if part.key == "won").lines[0])
    assert said == [
        "是这家公司的母公司的负责人",
        "是这家公司的负责人",
        "是同一邮箱域名的公司的负责人",
    ]
    rows = Lead.objects.filter(pk__in=[one.lead_id for one in taken])
    stored = owners_of(rows)
    assert [stored[one.lead_id].by for one in taken] == ["company"] * 3  # by now by their leads
    beyond = owners_of(rows, beyond=True)
    assert {beyond[one.lead_id].by for one in (taken[0], taken[2])} == {"parent", "domain"}
    assert everything_replays() == 3


def test_a_newcomer_and_a_leaver_change_the_book_and_receipts_still_replay() -> None:
    reps = company(3)
    take_in(leads(30), actor=SYSTEM)
    hire(reps[0].user.team, "r9")  # type: ignore[arg-type]
    Rep.objects.filter(pk=reps[1].pk).update(is_active=False)
    Organization.objects.update(people_revision=2)

    later = take_in(leads(40, "1390000"), actor=SYSTEM)

    assert reps[1].pk not in {one.owner_id for one in later}
    assert len({one.owner_id for one in later}) == 3
    assert all(sum(balance.amounts) == 0 for balance in Balance.objects.all())
    assert everything_replays() == 70


def test_an_unknown_line_is_refused_and_nothing_is_written() -> None:
    company(2)

    with pytest.raises(NoSuchLine):
        take_in([LeadIn(name="a", line="nowhere")], actor=SYSTEM)

    assert not Lead.objects.exists() and not Receipt.objects.exists()
