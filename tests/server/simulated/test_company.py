"""A company of reps, hoarders, pickers and quitters over ninety days, with every clock watched.

Real operations on a real database; only the time is not real. After every minute in which something
is due the sweep runs: nothing may be taken early or late, everything fires once, and the doctor
finds every promise kept.
"""

import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from django.db import connection

from evenhand.platform.invariants import examine
from evenhand.pool.operations.sweeping import wind_and_sweep
from evenhand.pool.winding import wind_all
from tests.engine.pool.minutes import MINUTE
from tests.server.simulated.people import Company
from tests.server.simulated.virtual import virtual_time
from tests.server.simulated.watch import Watch

pytestmark = pytest.mark.django_db

# 国庆 with its make-up days lies within, and New York's clocks go back on 1 November.
START = datetime(2026, 9, 7, 0, tzinfo=UTC)
DAYS, HORIZON = 90, 200
HAPPENINGS = 90
# Fifty have been lived through; as many as are asked for, or what `bin/test --all` has time for.
SEEDS = int(os.environ.get("EVENHAND_COMPANIES", "25"))
# The database's own clock is not virtual: what waits to be sent is old or new by it, and events, as
# that somebody left, bear its time.
NOT_HERE = {"invariant-effects-are-delivered", "invariant-owner-was-there"}

Sweep = Callable[..., object]


@pytest.mark.parametrize(
    "seed", [1, *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(2, SEEDS + 1))]
)
def test_a_company_lives_for_ninety_days_and_every_promise_is_kept(seed: int) -> None:
    problems, watch = live(seed)
    assert problems == []
    assert watch.counts["missed"] > 10


@pytest.mark.slow
@pytest.mark.parametrize(("off", "found"), [(-2, "was not reminded"), (90, "early")])
def test_a_sweep_with_a_wrong_clock_is_noticed(off: int, found: str) -> None:
    problems, _ = live(1, happenings=30, sweep=lambda now: wind_and_sweep(now=now + off * MINUTE))
    assert found in problems[0]


def live(
    seed: int, happenings: int = HAPPENINGS, sweep: Sweep = wind_and_sweep
) -> tuple[list[str], Watch]:
    """Let a company live; what went wrong, and what was seen."""
    chance = Random(f"company {seed}")
    moments = sorted(
        START + chance.randrange(DAYS) * timedelta(days=1) + chance.randrange(720) * MINUTE
        for _ in range(happenings)
    )
    with virtual_time(START) as clock:
        company = Company(chance, working=seed % 2 == 1)
        company.found()
        watch = Watch(company, START, HORIZON)
        for moment in moments:
            while True:
                due = watch.deadlines(clock.at)
                coming = [at for one in due for at in (one.at, *one.reminders) if at > clock.at]
                is_late = any(one.at <= clock.at for one in due)
                at = clock.at if is_late else min([*coming, moment])
                if at >= moment:
                    break
                clock.go_to(at)
                sweep(now=clock.at)
                watch.after_sweep(clock.at, due)
                if watch.problems:
                    return watch.problems, watch
            clock.go_to(moment)
            due = watch.deadlines(clock.at)
            sweep(now=clock.at)
            watch.after_sweep(clock.at, due)
            company.act(moment)
            wind_all()
    with connection.cursor() as cursor:
        broken = [
            f"{one.invariant.message}: {', '.join(one.examples)}"
            for one in examine(cursor)
            if one.invariant.message not in NOT_HERE
        ]
    return [*watch.problems, *broken], watch
