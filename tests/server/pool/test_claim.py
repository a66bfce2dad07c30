"""Claiming: what is written, what is refused and when it will be possible, each by itself."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from evenhand.engine.facts import POINT
from evenhand.engine.reasons import reason
from evenhand.journal.models import Event
from evenhand.leads.custody import close_assignment
from evenhand.leads.models import Assignment, Company, Lead, Load, PoolStay, State
from evenhand.ledger.models import Balance, Posting
from evenhand.people.models import Leave, Role
from evenhand.people.operations.revision import people_changed
from evenhand.people.scope import NotAllowed
from evenhand.platform.refusal import NotFound
from evenhand.pool.operations.claim import CannotClaim, claim, claim_one
from evenhand.routing.models import Receipt
from evenhand.routing.operations.give_up import hand_back
from tests.server.builders import person
from tests.server.cast import act_as
from tests.server.pool.deep import POOL, actor, adrift, waters

pytestmark = pytest.mark.django_db


def written() -> tuple[int, ...]:
    """How much there is of everything a claim writes."""
    loads = sum(Load.objects.values_list("open_count", flat=True))
    tables: tuple[Any, ...] = (Assignment, Receipt, Posting, Event)
    return (loads, *(table.objects.count() for table in tables))


def refused(item: Lead, who: Any) -> Any:
    """Why a claim is refused; nothing changes by it."""
    before = written()
    with pytest.raises(CannotClaim) as told:
        claim_one("lead", item.pk, actor=actor(who))
    assert written() == before
    return told.value.why


def test_a_claim_is_paid_in_the_ledger_of_the_pools_group() -> None:
    rep, *others = waters()
    item = adrift(days=2.5)[0]

    found = claim_one("lead", item.pk, actor=actor(rep))

    item.refresh_from_db()
    assert (item.state, item.owner_id, item.pool) == (State.OWNED, rep.pk, "")
    assert found.price == 2 * POINT * 90 // 100
    held = Assignment.objects.get(item_kind="lead", item_id=item.pk, closed_at=None)
    stay = PoolStay.objects.get(item_kind="lead", item_id=item.pk)
    assert (held.rep_id, held.cause, held.points, held.stay_id) == (
        rep.pk,
        "claimed",
        2 * POINT,
        stay.pk,
    )
    assert (stay.left_by, stay.taken_by_id, stay.price) == ("claim", rep.pk, found.price)
    assert Load.objects.get(rep=rep).open_points == 2 * POINT
    posted = Posting.objects.get(act="claimed")
    assert (posted.taker_id, posted.points) == (rep.pk, found.price)
    amounts = {row: list(one.amounts) for row, one in enumerate(Balance.objects.order_by("row"))}
    assert all(sum(one) == 0 for one in amounts.values())
    share = found.price // (1 + len(others))
    assert sorted(sum(both) for both in zip(*amounts.values(), strict=True))[1:] == [share] * 2
    assert Event.objects.get(kind="lead.claimed").data["rep"] == rep.pk
    receipt = Receipt.objects.get(pk=found.receipt_id)
    assert (receipt.act, receipt.outcome, receipt.rep_id) == ("claim", "assigned", rep.pk)


def test_each_of_many_is_judged_by_itself_and_a_refusal_burns_nothing() -> None:
    rep, other, _ = waters(pool={"claim": {"per_day": 2, "fresh_for": "1h"}})
    old, fresh = adrift(3, days=5), adrift(1)
    answers = claim([("lead", one.pk) for one in [*fresh, *old]], actor=actor(rep))
    assert [one.refused and one.refused.code for one in answers] == [
        "claim.fresh",
        None,
        None,
        "claim.day_limit",
    ]
    assert refused(old[2], rep).code == "claim.day_limit"
    assert refused(old[0], other) == reason("claim.gone")
    assert claim_one("lead", old[2].pk, actor=actor(other)).refused is None


def test_claim_return_claim_does_not_beat_a_limit() -> None:
    rep = waters(pool={"claim": {"per_day": 1, "holding_items": 1}})[0]
    first, second = adrift(2, days=30)
    claim_one("lead", first.pk, actor=actor(rep))
    close_assignment("lead", first.pk, by="return", at=timezone.now())
    Lead.objects.filter(pk=first.pk).update(state=State.POOLED, pool=POOL, owner=None)
    assert refused(second, rep).code == "claim.day_limit"
    yesterday = timezone.now() - timedelta(days=1)
    PoolStay.objects.filter(taken_by=rep).update(left_at=yesterday, entered_at=yesterday)
    claim_one("lead", second.pk, actor=actor(rep))
    PoolStay.objects.filter(taken_by=rep).update(left_at=yesterday, entered_at=yesterday)
    assert refused(first, rep) == reason("claim.holding_items", held=1, limit=1)


def test_the_floor_holds_and_what_costs_nothing_is_kept_from_nobody() -> None:
    rep, other, _ = waters()
    items, free = adrift(6, grade="A", given_grade="A"), adrift(days=40)[0]
    for one in items[:2]:
        claim_one("lead", one.pk, actor=actor(rep))
    why = refused(items[3], rep)
    assert why.code == "claim.too_far_ahead" and dict(why.params)["least"] == -5 * POINT
    assert claim_one("lead", free.pk, actor=actor(rep)).price == 0
    assert claim_one("lead", items[3].pk, actor=actor(other)).price == 5 * POINT


def test_a_former_owner_waits_for_the_end_of_his_cool_down() -> None:
    rep, other, _ = waters(pool={"claim": {"cool_down": "7d"}})
    item = adrift(days=1)[0]
    left = timezone.now() - timedelta(days=1)
    Assignment.objects.create(
        item_kind="lead", item_id=item.pk, rep=rep, cause="manual", closed_at=left
    )
    why = refused(item, rep)
    assert why.code == "claim.cool_down" and dict(why.params)["from_at"]
    assert claim_one("lead", item.pk, actor=actor(other)).price == 2 * POINT * 70 // 100


def test_level_fit_leave_and_role_are_asked_under_the_locks() -> None:
    rep = waters(
        pool={"claim": {"fits": "rep.skill contains lead.skill or lead.skill is empty"}},
        levels=[{"level": "新人", "takes": "lead.grade = B"}],
    )[0]
    rep.level = "新人"
    rep.save()
    people_changed()
    high, skilled, plain = adrift(given_grade="A")[0], adrift(skill="德语")[0], adrift()[0]
    assert refused(high, rep).code == "level.does_not_take"
    assert refused(skilled, rep) == reason("claim.does_not_fit")
    now = timezone.now()
    leave = Leave.objects.create(
        rep=rep, from_at=now - timedelta(days=1), until_at=now + timedelta(days=1)
    )
    people_changed()
    assert refused(plain, rep).code == "availability.on_leave"
    leave.delete()
    people_changed()
    before = actor(rep)
    rep.user.role = Role.AUDITOR
    rep.user.save()
    with pytest.raises(CannotClaim):
        claim_one("lead", plain.pk, actor=before)
    assert not Assignment.objects.exists()


def test_what_one_cannot_see_is_not_there() -> None:
    rep, other, _ = waters(pool={"administrators": [], "who": "rep.level = 资深"})
    item = adrift()[0]
    with pytest.raises(NotFound):
        claim_one("lead", item.pk, actor=actor(rep))
    with pytest.raises(NotFound):
        claim_one("lead", 987_654, actor=actor(other))
    with pytest.raises(NotAllowed):
        claim_one("lead", item.pk, actor=act_as(person("Ada", "auditor")))
    assert not Assignment.objects.exists()


def test_more_at_once_than_the_pool_gives_is_refused_as_a_whole() -> None:
    rep = waters(pool={"claim": {"at_once": 2}})[0]
    items = adrift(3)
    with pytest.raises(CannotClaim, match="too_many_at_once"):
        claim([("lead", one.pk) for one in items], actor=actor(rep))
    assert not Assignment.objects.exists()


def test_of_three_to_choose_from_only_those_can_be_claimed() -> None:
    rep = waters(pool={"claim": {"choose_of": 1}})[0]
    items = adrift(12, days=2)  # that each is drawn in its turn happens on no day there will be
    answers = [claim([("lead", one.pk)], actor=actor(rep))[0].refused for one in items]
    assert reason("claim.not_offered") in answers and None in answers


def test_one_batch_gives_one_company_to_one_owner() -> None:
    waters_of = waters(peace={"one_owner_per_company": True})
    firm = Company.objects.create(name="海联", name_key="海联", state=State.UNTENDED)
    one, two = adrift(2, company=firm)
    claim_one("lead", one.pk, actor=actor(waters_of[0]))
    assert refused(two, waters_of[1]) == reason("peace.company_held")


def test_a_pool_without_a_group_costs_nothing_and_a_return_pays_nothing_twice() -> None:
    rep = waters()[0]
    item = adrift(pool="冷线索")[0]
    assert claim_one("lead", item.pk, actor=actor(rep)).price == 0
    hand_back("lead", item.pk, reason="overload", actor=actor(rep))
    assert all(sum(one.amounts) == 0 for one in Balance.objects.all())
