"""What a pool offers: to whom, at which price, and what it hides."""

from datetime import timedelta

import pytest
from django.utils import timezone

from evenhand.engine.facts import POINT
from evenhand.engine.reasons import Reason
from evenhand.leads.models import Assignment, Lead, State
from evenhand.people.models import Rep
from evenhand.people.operations.revision import people_changed
from evenhand.platform.refusal import NotFound
from evenhand.pool.access import pool_named, pooled_item, pools_of
from evenhand.pool.operations.claim import claim
from evenhand.pool.queries import OfferFilter, offer
from tests.server.builders import person
from tests.server.cast import act_as
from tests.server.pool.deep import POOL, actor, adrift, waters

pytestmark = pytest.mark.django_db


def test_a_member_sees_price_verdict_and_what_he_has_left() -> None:
    rep, other, _ = waters(pool={"claim": {"per_day": 2, "cool_down": "3d", "holding_items": 5}})
    fresh, old = adrift(days=0.5)[0], adrift(days=3.5)[0]
    for one, held in ((old, rep), (old, other)):
        Assignment.objects.create(
            item_kind="lead",
            item_id=one.pk,
            rep=held,
            cause="manual",
            closed_at=timezone.now() - timedelta(days=1),
        )
    found = offer(actor(rep), pool_named(actor(rep), POOL))

    assert [one.item.pk for one in found.items] == [fresh.pk, old.pk] and found.total == 2
    assert [one.price for one in found.items] == [2 * POINT, 2 * POINT * 35 // 100]
    assert [one.former_owners for one in found.items] == [0, 2]
    assert found.items[0].why_not is None and found.items[1].why_not is not None
    assert found.items[1].was_mine and found.items[1].from_at is not None
    limits = found.limits
    assert limits is not None and limits.day.left == 2 and limits.items.left == 5
    assert limits.least_owed == -5 * POINT and limits.owed == 0 and limits.again_at is None
    ready = OfferFilter(only_ready=True)
    assert [one.item.pk for one in offer(actor(rep), found.pool, filters=ready).items] == [fresh.pk]


def test_what_the_pool_hides_is_masked_and_no_filter_tells_it() -> None:
    rep = waters(pool={"hidden": ["name", "phone", "company", "source"]})[0]
    item = adrift(
        phone="13800138000", company_name="海联机械", source="展会", note="打 13800138000 找李总"
    )[0]
    seen = pool_named(actor(rep), POOL)
    shown = offer(actor(rep), seen).items[0].item
    assert (shown.name, shown.company_name, shown.source) == ("****", "****", "****")
    assert "138" not in shown.phone and "138" not in shown.note
    assert offer(actor(rep), seen, filters=OfferFilter(source="别的")).total == 1
    olga = act_as(person("Olga", "sales_ops"))
    looked = offer(olga, pool_named(olga, POOL))
    assert looked.items[0].item.phone == "13800138000" and looked.limits is None
    item.refresh_from_db()
    assert item.name == "王0"


def test_who_is_no_member_sees_no_pool_and_nothing_in_it() -> None:
    rep = waters(pool={"who": "rep.level = 资深", "administrators": ["7777"]})[0]
    item = adrift()[0]
    assert [one.name for one in pools_of(actor(rep))] == ["冷线索"]
    with pytest.raises(NotFound):
        pooled_item(actor(rep), "lead", item.pk)
    with pytest.raises(NotFound):
        pool_named(actor(rep), POOL)


def test_from_a_pool_of_assignments_nobody_claims_and_reps_do_not_see_it() -> None:
    rep, tending = waters(reps=2, pool={"mode": "assign_only"})
    assert POOL not in [one.name for one in pools_of(actor(rep))]
    assert Lead.objects.filter(state=State.POOLED).count() == 0
    olga = act_as(person("Olga", "sales_ops"))
    assert pool_named(olga, POOL).is_administrator and not pool_named(olga, POOL).is_member
    assert tending.pk


def test_among_three_to_choose_from_are_only_those_that_suit_somebody() -> None:
    levels = [{"level": "新人", "takes": "lead.grade = B"}]
    rep, anyone, _ = waters(pool={"claim": {"choose_of": 3}}, levels=levels)
    rep.level = "新人"
    rep.save()
    people_changed()
    high = {one.pk for one in adrift(40, given_grade="A")}

    def shown(to: Rep) -> dict[int, Reason | None]:
        found = offer(actor(to), pool_named(actor(to), POOL))
        return {one.item.pk: one.why_not for one in found.items}

    nothing = shown(rep)
    assert len(nothing) == 3 and None not in nothing.values()  # none is for him: he reads why
    suiting = [one.pk for one in adrift(2, days=1)]
    assert shown(rep) == dict.fromkeys(suiting)
    assert high & shown(anyone).keys()
    assert claim([("lead", suiting[0])], actor=actor(rep))[0].refused is None
    assert shown(rep) == {suiting[1]: None}


def test_of_three_to_choose_from_the_same_are_shown_again() -> None:
    rep = waters(pool={"claim": {"choose_of": 3}})[0]
    adrift(12)
    seen = pool_named(actor(rep), POOL)
    first = offer(actor(rep), seen)
    assert first.total == 3 == first.choose_of
    again = offer(actor(rep), seen, filters=OfferFilter(order="pooled"), page=2)
    three = [("lead", one.item.pk) for one in first.items]
    assert {("lead", one.item.pk) for one in again.items} == set(three)
    answers = claim(three, actor=actor(rep))
    assert answers[0].refused is None  # one of three; then another draw
    later = offer(actor(rep), pool_named(actor(rep), POOL))
    assert {one.item.pk for one in later.items} != {one.item.pk for one in first.items}


def test_whoever_cannot_pay_chooses_among_what_costs_nothing() -> None:
    rep, other, former = waters(pool={"claim": {"choose_of": 3}})
    rich = adrift(2, grade="A", given_grade="A")

    def shown(to: Rep) -> dict[int, Reason | None]:
        found = offer(actor(to), pool_named(actor(to), POOL))
        return {one.item.pk: one.why_not for one in found.items}

    for one in rich:  # the first draws are of these alone
        assert claim([("lead", one.pk)], actor=actor(rep))[0].refused is None
    dear = {one.pk for one in adrift(40)}
    nothing = shown(rep)
    assert len(nothing) == 3 and {why and why.code for why in nothing.values()} == {
        "claim.too_far_ahead"
    }
    # Long there; or for a while, and given up by somebody before.
    old, again, young = adrift(days=20)[0], adrift(days=15)[0], adrift(days=14)[0]
    for one in (again, young):
        for _ in range(2):  # twice by the same is one former owner
            Assignment.objects.create(
                item_kind="lead", item_id=one.pk, rep=former, cause="manual",
                closed_at=timezone.now() - timedelta(days=15),
            )  # fmt: skip
    assert shown(rep) == {old.pk: None, again.pk: None}
    costly = dear | {young.pk}
    assert costly & shown(other).keys()
    # What others take is credited to him: then he may choose among all again. What he was shown
    # before is still on offer, what he never was is not.
    for _ in range(4):
        (taken, *_) = costly & shown(other).keys()
        assert claim([("lead", taken)], actor=actor(other))[0].refused is None
    above = shown(rep)
    assert costly & above.keys() and set(above.values()) == {None}
    never = min(dear - above.keys() - {one.pk for one in Lead.objects.filter(state=State.OWNED)})
    answers = claim([("lead", never), ("lead", old.pk)], actor=actor(rep))
    assert [one.refused and one.refused.code for one in answers] == ["claim.not_offered", None]
