"""Who gets what in a simulated pool: figures that do not hang on the machine."""

from bench.pool_gini import FREE_LEAST, LEDGER_MOST, WAYS, simulate


def test_claims_that_cost_points_share_the_value_where_free_grab_does_not() -> None:
    free, ledger = simulate(WAYS[0]), simulate(WAYS[-1])
    assert free.gini > FREE_LEAST
    assert ledger.gini <= LEDGER_MOST
    # Fair, and nothing is left lying for it.
    assert ledger.oldest_days == 0
    assert free.claimed == ledger.claimed
    assert sum(free.value.values()) == sum(ledger.value.values())


def test_the_same_seed_gives_the_same_company() -> None:
    assert simulate(WAYS[-1], days=5) == simulate(WAYS[-1], days=5)
