"""C2 and its kin for claims: many reach into one pool at once, and against everything else.

Threads settle on connections of their own, as processes of a server do.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone

from evenhand.engine.facts import ItemKind
from evenhand.leads.models import Assignment, Lead, Load, PoolStay, State
from evenhand.ledger.models import Balance
from evenhand.ledger.store import make_books
from evenhand.people.actor import SYSTEM, Actor
from evenhand.people.models import Rep, Role, User
from evenhand.people.operations.revision import people_changed
from evenhand.platform.refusal import Refused
from evenhand.platform.transactions import in_transaction
from evenhand.policies.models import Line
from evenhand.pool import locked
from evenhand.pool.asks import Ask
from evenhand.pool.operations.claim import CLAIMS, CannotClaim, claim_one, settle_together
from evenhand.routing.desk import open_desk
from evenhand.routing.operations.give import assign
from evenhand.routing.operations.give_up import void
from evenhand.routing.operations.pooling import pool_item
from tests.processes import until
from tests.server.builders import person
from tests.server.cast import act_as
from tests.server.pool.deep import actor, adrift, waters
from tests.server.races.waiting import waiting_for_locks

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def collector_ends() -> Iterator[None]:
    """Its connection must not outlive the test."""
    yield
    CLAIMS.stop()


def at_once(works: Sequence[Callable[[], Any]]) -> list[Any]:
    """Do all of it at the same moment, each on a connection of its own; errors are answers."""
    together = Barrier(len(works))

    def run(work: Callable[[], Any]) -> Any:
        try:
            together.wait()
            return work()
        except Exception as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(run, works))


def grab(item: int, who: Actor) -> Callable[[], Any]:
    """A claim in a process of its own: no collector lines it up with others."""

    def work() -> bool:
        ask = Ask("lead", item, who)
        settle_together([[ask]])
        return ask.won is not None

    return work


def broken() -> list[str]:
    """What is wrong with who holds what."""
    found = []
    held = Assignment.objects.filter(closed_at=None)
    owners = dict(Lead.objects.filter(state=State.OWNED).values_list("pk", "owner_id"))
    if dict(held.values_list("item_id", "rep_id")) != owners or held.count() != len(owners):
        found.append("owners and open assignments differ")
    counted = Counter(held.values_list("rep_id", flat=True))
    loads = {pk: n for pk, n in Load.objects.values_list("rep_id", "open_count") if n}
    if loads != dict(counted):
        found.append(f"loads {loads} are not what is held, {dict(counted)}")
    if any(sum(one.amounts) for one in Balance.objects.all()):
        found.append("a grade does not sum to zero")
    lying = set(PoolStay.objects.filter(left_at=None).values_list("item_id", flat=True))
    if lying != set(Lead.objects.filter(state=State.POOLED).values_list("pk", flat=True)):
        found.append("stays and pooled leads differ")
    return found


def test_of_all_who_claim_one_lead_exactly_one_has_it_and_losers_learn_nothing() -> None:
    reps = waters(reps=8)
    everybody = [actor(rep) for rep in reps]
    # Free of charge: nobody is kept from the last one because he was quick with the others.
    for item in adrift(5, days=40):
        won = at_once([grab(item.pk, who) for who in everybody])
        assert Counter(won) == {True: 1, False: 7}
    (last,) = adrift(1, days=40)
    told = at_once([lambda who=who: claim_one("lead", last.pk, actor=who) for who in everybody])
    losers = [one for one in told if isinstance(one, CannotClaim)]
    assert len(losers) == 7 and all(one.why.code == "claim.gone" for one in losers)
    assert all(one.why.params == () for one in losers)
    assert broken() == []


def test_whoever_waits_for_a_book_that_another_makes_holds_no_rep_meanwhile() -> None:
    (rep,) = waters(reps=1)
    (item,) = adrift(1, days=40)
    line_id = Line.objects.get().pk

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            # The first claim of all: no book is there, and another is just making the one it needs.
            make_books(line_id, ["全体|value"], grades=("A", "B"))
            claiming = pool.submit(at_once, [grab(item.pk, actor(rep))])
            until(lambda: waiting_for_locks() == 1)
            assert held_claimers() == 0
        assert claiming.result() == [True]


def held_claimers() -> int:
    """How many reps of this database are locked for their claims."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_locks"
            " WHERE locktype = 'advisory' AND classid = %s AND granted"
            " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())",
            [locked.CLAIMER_LOCK],
        )
        return int(cursor.fetchone()[0])


def limited(*, reps: int = 1) -> list[Actor]:
    """Reps of whom each may hold one item of a pool without a ledger: no book lines them up."""
    cold = {"pool": "冷线索", "claim": {"holding_items": 1}}
    return [actor(rep) for rep in waters(reps=reps, pools=[cold])]


def test_one_reps_claims_at_once_overrun_no_limit() -> None:
    (who,) = limited()
    items = adrift(8, pool="冷线索")
    assert Counter(at_once([grab(one.pk, who) for one in items])) == {True: 1, False: 7}
    assert broken() == []


def test_without_the_lock_of_the_claimer_the_limit_is_overrun(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (who,) = limited()
    monkeypatch.setattr(locked, "LOCK_CLAIMERS", "SELECT %s::int, %s::int[]")

    def overrun() -> bool:
        # What he got in tries before is no longer his: he is at his limit only once a try.
        Assignment.objects.update(closed_at=timezone.now())
        Load.objects.update(open_count=0, open_points=0)
        items = adrift(8, pool="冷线索")
        return at_once([grab(one.pk, who) for one in items]).count(True) > 1

    assert any(overrun() for _ in range(50))


def _moved(item: int, _: Rep) -> Any:
    def work() -> int:
        desk = open_desk(ItemKind.LEAD, item)
        return pool_item(desk, pool="冷线索", how="moved", why="", refund_percent=0, actor=SYSTEM)

    return in_transaction(work)


def _inactive(_: int, rep: Rep) -> None:
    def work() -> None:
        people_changed()
        Rep.objects.filter(pk=rep.pk).update(is_active=False)
        User.objects.filter(pk=rep.pk).update(is_active=False)

    in_transaction(work)


def _other_role(_: int, rep: Rep) -> None:
    User.objects.filter(pk=rep.pk).update(role=Role.AUDITOR)


def test_a_claim_against_everything_else_leaves_one_truth() -> None:
    reps = waters(reps=3)
    olga = act_as(person("Olga", "sales_ops"))
    other = reps[1].pk

    def given(item: int, _: Rep) -> Any:
        return assign("lead", item, to=other, reason="waiting", actor=olga)

    def voided(item: int, _: Rep) -> Any:
        return void("lead", item, reason="spam", actor=olga)

    who = actor(reps[0])
    for rival in (given, voided, _moved, _inactive, _other_role):
        for item in adrift(4):
            won, rivals = at_once([grab(item.pk, who), lambda: rival(item.pk, reps[0])])  # noqa: B023
            assert isinstance(won, bool), won
            assert rivals is None or isinstance(rivals, int | Refused), rivals
        assert broken() == [], rival.__name__
