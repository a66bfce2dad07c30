"""C2: a claim against each other thing that may befall an item or its claimer just then.

Each pair is raced a few times; whoever comes first, owners, loads, stays and books tell one story
afterwards. `test_claims.py` has claims against each other and against acts by hand.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.db import OperationalError, connection

from evenhand.leads import locked
from evenhand.leads.models import Assignment, Lead, State
from evenhand.people.actor import Actor
from evenhand.people.models import Leave, Rep, User
from evenhand.people.operations.leave import cancel_leave, enter_leave
from evenhand.people.operations.roles import set_role
from evenhand.platform.clock import now
from evenhand.platform.invariants import examine
from evenhand.platform.refusal import Refused
from evenhand.platform.together import Overloaded
from evenhand.pool.operations.claim import CLAIMS, CannotClaim, Claimed, claim_one
from evenhand.pool.operations.sweeping import sweep
from evenhand.pool.winding import wind_all
from evenhand.routing.operations.merging import merge
from tests.server.builders import person
from tests.server.cast import act_as
from tests.server.pool.deep import actor, adrift, waters
from tests.server.races.test_claims import at_once, broken, grab

pytestmark = pytest.mark.django_db(transaction=True)

COLD = {"pool": "冷线索"}  # no ledger, so that no book lines claims up
PROTECTION = {"clock": "untouched", "after": "10d"}
CLOCKS = {"rules": [{"rule": "保护", "time": "real", "clocks": [PROTECTION]}]}
ROUNDS, MANY_ROUNDS = 3, 30
MOST_TRIES = 100
Race = Callable[[list[Rep]], None]


@pytest.fixture(autouse=True)
def collector_ends() -> Iterator[None]:
    """Its connection must not outlive the test."""
    yield
    CLAIMS.stop()


def against_a_merge(reps: list[Rep]) -> None:
    """Two reps claim two leads of one person while operations makes one of them."""
    olga = act_as(User.objects.get(name="Olga"))
    first, second = adrift(2)
    claims = [grab(first.pk, actor(reps[0])), grab(second.pk, actor(reps[1]))]

    *won, merged = at_once([*claims, lambda: merge("lead", first.pk, second.pk, actor=olga)])

    assert all(isinstance(one, bool) for one in won), won
    assert not isinstance(merged, Exception) or isinstance(merged, Refused), merged


def against_a_leave(reps: list[Rep]) -> None:
    """A rep claims while his leave is entered."""
    olga, (item,) = act_as(User.objects.get(name="Olga")), adrift(1)
    span = {"from_at": now(), "until_at": now() + timedelta(days=1)}

    def leave() -> Leave:
        return enter_leave(reps[0].pk, **span, reason_text="假", actor=olga)

    won, left = at_once([grab(item.pk, actor(reps[0])), leave])

    assert isinstance(won, bool), won
    assert isinstance(left, Leave), left
    assert cancel_leave(left.pk, actor=olga)
    (late,) = adrift(1, pool="冷线索")
    claim_one("lead", late.pk, actor=actor(reps[0]))  # he is back at once, not a second later


def against_another_role(reps: list[Rep]) -> None:
    """A rep claims while he becomes an auditor: he has it if he was a rep when it was settled."""
    alice, (item,) = act_as(User.objects.get(name="Alice")), adrift(1)
    who = actor(reps[0])

    won, changed = at_once(
        [grab(item.pk, who), lambda: set_role(reps[0].pk, "auditor", "all", actor=alice)]
    )

    assert isinstance(won, bool), won
    assert changed is True, changed
    (late,) = adrift(1)
    assert grab(late.pk, who)() is False  # what he knew of himself before is not believed
    set_role(reps[0].pk, "rep", "self", actor=alice)


def against_the_sweep(reps: list[Rep]) -> None:
    """One claims what a clock takes from another just then, who himself claims meanwhile."""
    # Without a price: whoever has claimed a lot may claim on.
    first, second = (item.pk for item in adrift(2, pool="冷线索"))
    claim_one("lead", first, actor=actor(reps[0]))  # a refusal shows its reason
    wind_all()
    due = Assignment.objects.get(closed_at=None, item_id=first).due_at
    assert due is not None
    over = Assignment.objects.filter(closed_at=None, due_at__lte=due).count()

    eager, own, swept = at_once(
        [grab(first, actor(reps[1])), grab(second, actor(reps[0])), lambda: sweep(now=due)]
    )

    assert isinstance(eager, bool), eager
    assert own is True, own
    assert not isinstance(swept, Exception), swept
    assert swept.pooled == over, swept
    lead = Lead.objects.get(pk=first)
    assert (lead.state, lead.owner_id) == (
        (State.OWNED, reps[1].pk) if eager else (State.POOLED, None)
    )


RACES: tuple[Race, ...] = (
    against_a_merge, against_a_leave, against_another_role, against_the_sweep
)  # fmt: skip


def raced(rounds: int) -> list[str]:
    """Every pair so many times; what was broken, by pair."""
    reps = waters(reps=3, clocks=CLOCKS)
    person("Olga", "sales_ops")
    person("Alice", "admin")
    found = []
    for race in RACES:
        for _ in range(rounds):
            race(reps)
        found += [f"{race.__name__}: {one}" for one in broken()]
        with connection.cursor() as cursor:
            found += [f"{race.__name__}: {one.invariant.message}" for one in examine(cursor)]
    return found


def test_a_claim_against_whatever_else_befalls_item_or_claimer_leaves_one_truth() -> None:
    assert raced(ROUNDS) == []


@pytest.mark.slow
def test_many_claims_against_whatever_else_befalls_leave_one_truth() -> None:
    assert raced(MANY_ROUNDS) == []


def test_without_the_lock_of_the_item_more_than_one_is_about_to_have_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The control. The database refuses the second owner even then, which shows as an error."""
    everybody = [actor(rep) for rep in waters(reps=8, pools=[COLD])]
    with_lock = locked._sql
    monkeypatch.setattr(locked, "_sql", lambda kind: with_lock(kind).replace("FOR UPDATE OF t", ""))

    def overrun() -> bool:
        (item,) = adrift(1, pool="冷线索")
        answers = Counter(map(str, at_once([grab(item.pk, who) for who in everybody])))
        return answers != {"True": 1, "False": 7}

    assert any(overrun() for _ in range(20))


def insists(item: int, who: Actor) -> Callable[[], Claimed]:
    """A claim by somebody who asks again when the server has no time for him."""

    def work() -> Claimed:
        for _ in range(MOST_TRIES):
            try:
                return claim_one("lead", item, actor=who)
            except (OperationalError, Overloaded):
                connection.close()
        raise Overloaded

    return work


@pytest.mark.slow
def test_of_two_hundred_people_who_claim_one_lead_exactly_one_has_it() -> None:
    everybody = [actor(rep) for rep in waters(reps=200)]
    for item in adrift(3):
        told = at_once([insists(item.pk, who) for who in everybody])

        losers = [one for one in told if isinstance(one, CannotClaim)]
        assert len(losers) == 199, Counter(type(one).__name__ for one in told)
        assert {one.why.code for one in losers} == {"claim.gone"}
        assert all(one.why.params == () for one in losers)
    assert broken() == []
