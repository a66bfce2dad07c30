"""What a claim costs, who may claim now, and otherwise why not and when."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from evenhand.engine.facts import POINT
from evenhand.engine.pool.claiming import (
    Claimable,
    Claimer,
    Tally,
    Terms,
    after,
    free_from,
    may_claim,
    midnight,
    possible_from,
    price,
    price_of,
    why_nothing,
)
from evenhand.engine.pool.section import ClaimTerms, HoldingSection, PriceTerms
from evenhand.engine.pool.spans import Span
from evenhand.engine.reasons import reason

SHANGHAI = ZoneInfo("Asia/Shanghai")
BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 24, 2, 30, tzinfo=UTC)  # 10:30 in Shanghai
OLD = NOW - timedelta(days=30)


def terms(
    *, is_exempt: bool = False, holding: HoldingSection | None = None, **claim: object
) -> Terms:
    return Terms(
        NOW,
        SHANGHAI,
        ClaimTerms.model_validate(claim),
        PriceTerms(),
        holding or HoldingSection(),
        is_exempt,
    )


def item(**values: object) -> Claimable:
    return Claimable(**{"entered_at": OLD, "points": 5 * POINT, **values})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("days", "owners", "percent"),
    [(0, 0, 100), (1, 0, 95), (0, 1, 75), (3, 2, 35), (20, 0, 0), (0, 4, 0), (90, 9, 0)],
)
def test_the_price_falls_with_age_and_with_each_owner_down_to_nothing(
    days: int, owners: int, percent: int
) -> None:
    assert price(8 * POINT, days, owners, PriceTerms()) == 8 * POINT * percent // 100


def test_a_price_has_a_least_but_never_rises_to_it() -> None:
    assert price(100, 50, 0, PriceTerms(least_percent=20)) == 20
    assert price(100, 50, 0, PriceTerms(start_percent=10, least_percent=20)) == 10
    assert price(100, 0, 0, PriceTerms(start_percent=0)) == 0


@pytest.mark.parametrize(
    "of",
    [
        PriceTerms(),
        PriceTerms(start_percent=0),
        PriceTerms(least_percent=20),
        PriceTerms(start_percent=0, least_percent=20),
        PriceTerms(less_per_day_percent=7, less_per_owner_percent=30),
        PriceTerms(less_per_day_percent=0, less_per_owner_percent=30),
        PriceTerms(less_per_day_percent=3, less_per_owner_percent=0),
        PriceTerms(less_per_day_percent=0, less_per_owner_percent=0),
    ],
)
def test_from_when_it_costs_nothing_is_said_as_the_price_has_it(of: PriceTerms) -> None:
    free = free_from(of)

    for owners in range(8):
        for days in range(60):
            said = any(owners >= least and days >= least_days for least, least_days in free)
            assert said == (price(8 * POINT, days, owners, of) == 0), (owners, days)


def test_only_whole_days_in_the_pool_count() -> None:
    almost = item(entered_at=NOW - timedelta(days=2) + timedelta(seconds=1))
    assert price_of(almost, terms()) == 5 * POINT * 95 // 100


def test_without_limits_everybody_may() -> None:
    assert may_claim(Claimer(), item(), terms()) is None
    assert why_nothing(Claimer(), terms()) is None


def test_the_cool_down_ends_to_the_minute_and_says_when() -> None:
    own = terms(cool_down="3d 2h")
    left = NOW - timedelta(days=3, hours=2)
    assert may_claim(Claimer(), item(given_up_at=left), own) is None
    why = may_claim(Claimer(), item(given_up_at=left + timedelta(seconds=30)), own)
    assert why == reason("claim.cool_down", from_at="2026-11-24T10:31:00+08:00")


def test_what_just_came_is_kept_from_all_but_administrators() -> None:
    fresh = item(entered_at=NOW - timedelta(hours=3))
    why = may_claim(Claimer(), fresh, terms(fresh_for="4h"))
    assert why == reason("claim.fresh", from_at="2026-11-24T11:30:00+08:00")
    assert may_claim(Claimer(), fresh, terms(fresh_for="4h", is_exempt=True)) is None


def test_a_day_has_so_many_claims_whatever_became_of_them() -> None:
    done = Claimer(in_pool=Tally(today=3), in_all=Tally(today=3))
    why = may_claim(done, item(), terms(per_day=3))
    assert why == reason("claim.day_limit", limit=3, from_at="2026-11-25T00:00:00+08:00")
    assert why_nothing(done, terms(per_day=3)) == why
    everywhere = terms(holding=HoldingSection(per_day=3))
    assert may_claim(done, item(), everywhere).code == "claim.day_limit_all"  # type: ignore[union-attr]


def test_what_is_held_counts_by_number_and_by_points() -> None:
    holds = Tally(items=2, points=8 * POINT, won_items=1, won_points=5 * POINT)
    who = Claimer(in_pool=holds, in_all=holds)
    assert may_claim(who, item(), terms(holding_items=3)) is None
    assert may_claim(who, item(), terms(holding_items=3, counts_won=True)) == reason(
        "claim.holding_items", held=3, limit=3
    )
    assert may_claim(who, item(), terms(holding_points=13)) is None
    assert may_claim(who, item(), terms(holding_points=12)) == reason(
        "claim.holding_points", held=8 * POINT, points=5 * POINT, limit=12 * POINT
    )
    everywhere = terms(holding=HoldingSection(items=2))
    assert may_claim(who, item(), everywhere).code == "claim.holding_items_all"  # type: ignore[union-attr]


def test_the_floor_of_the_balance_holds_for_what_costs_something() -> None:
    ahead = Claimer(owed=-6 * POINT, least_owed=-5 * POINT)
    fresh = item(entered_at=NOW)
    assert may_claim(ahead, fresh, terms()) == reason(
        "claim.too_far_ahead", owed=-6 * POINT, least=-5 * POINT
    )
    assert may_claim(Claimer(owed=-5 * POINT, least_owed=-5 * POINT), fresh, terms()) is None
    assert may_claim(ahead, item(), terms()) is None  # a month old: it costs nothing
    assert why_nothing(ahead, terms()) is None


def test_the_reason_that_holds_longest_is_told() -> None:
    own = terms(cool_down="1d", fresh_for="4h", per_day=1)
    both = item(entered_at=NOW - timedelta(hours=1), given_up_at=NOW - timedelta(hours=1))
    why = may_claim(Claimer(), both, own)
    assert why is not None and why.code == "claim.cool_down"
    misfit = reason("level.unknown", level="新人")
    assert may_claim(Claimer(in_pool=Tally(today=1)), item(misfit=misfit), own) == misfit
    assert possible_from(misfit) is None
    away = reason(
        "availability.on_leave",
        from_at="2026-11-23T00:00:00+08:00",
        until_at="2026-11-26T00:00:00+08:00",
        stops_at="2026-11-23T00:00:00+08:00",
        back_at="2026-11-26T09:00:00+08:00",
    )
    assert possible_from(away) == datetime(2026, 11, 26, 1, tzinfo=UTC)


def test_days_of_a_span_are_those_of_the_wall_clock() -> None:
    before = datetime(2026, 3, 28, 10, 30, tzinfo=BERLIN)  # summer time begins the night after
    assert after(before, Span(days=1), BERLIN) == datetime(2026, 3, 29, 8, 30, tzinfo=UTC)
    assert after(before, Span(minutes=24 * 60), BERLIN) == datetime(2026, 3, 29, 9, 30, tzinfo=UTC)
    assert midnight(NOW, SHANGHAI) == datetime(2026, 11, 23, 16, tzinfo=UTC)
    day = Terms(datetime(2026, 3, 28, 12, tzinfo=UTC), BERLIN)
    assert day.next_day == datetime(2026, 3, 28, 23, tzinfo=UTC)
