"""Catching up after a leave: an option, bounded, and never a flood."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from evenhand.engine.facts import POINT, Company, Item, Leave, Rep
from evenhand.engine.policy.compile import policy_from_json
from evenhand.engine.policy.load import InvalidPolicy
from evenhand.engine.routing.decide import Router
from evenhand.engine.routing.receipt import ReceiptWriter
from evenhand.engine.routing.replay import replay
from evenhand.engine.routing.team import Team

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
NAMES = ("ana", "ben", "cai", "dan")


def policy(**fairness: Any) -> dict[str, Any]:
    return {
        "schema": 1,
        "grades": {"source": "field_only", "thresholds": [{"grade": "A"}], "ungraded": "A"},
        "points": {"base": {"A": 1}},
        "groups": [{"group": "all", "who": True}],
        "rules": [
            {
                "rule": "fair",
                "to": {"strategy": "fair_share", "group": "all"},
                "if_nobody": {"do": "wait"},
            }
        ],
        "fairness": fairness,
    }


def week(fairness: dict[str, Any], *, leads: int, away: bool, router: Router | None) -> Router:
    """A router for one week; `ana` is on leave in it if `away`."""
    leaves = (Leave(MONDAY, MONDAY + timedelta(days=7)),) if away else ()
    team = Team.of(Rep(name, leaves=leaves if name == "ana" else ()) for name in NAMES)
    started = Router(
        policy_from_json(policy(**fairness)),
        team,
        now=MONDAY if away else MONDAY + timedelta(days=10),
        seed="s",
        books=None if router is None else router.books,
    )
    started.settle_members()
    for number in range(leads):
        started.route(Item(f"{'away' if away else 'back'}-{number}"))
    return started


def received(router: Router, leads: int) -> list[str | None]:
    return [router.route(Item(f"then-{number}")).rep_id for number in range(leads)]


BOUNDED = {"catch_up": {"mode": "bounded", "percent": 20}}


def test_without_the_option_a_leave_earns_nothing() -> None:
    back = week({}, leads=0, away=False, router=week({}, leads=300, away=True, router=None))

    assert received(back, 400).count("ana") == 100


def test_with_it_the_returner_gets_at_most_the_percentage_more_until_it_is_made_up() -> None:
    away = week(BOUNDED, leads=300, away=True, router=None)
    missed = away.books["all|value"].arrears["ana"]
    back = week(BOUNDED, leads=0, away=False, router=away)

    first = received(back, 400)
    later = received(back, 4_000)

    assert missed == 300 * POINT // 4
    # A weight of 120 among three of 100 is a share of 28.6 %.
    assert 112 <= first.count("ana") <= 116
    assert "ana" not in back.books["all|value"].arrears
    # 75 leads were missed and are made up, and then shares are equal again.
    assert abs(first.count("ana") + later.count("ana") - (1_100 + 75)) <= 2
    assert back.books["all|value"].is_sound()


def test_there_is_no_flood_on_the_first_day_back() -> None:
    away = week(BOUNDED, leads=3_000, away=True, router=None)
    back = week(BOUNDED, leads=0, away=False, router=away)

    assert received(back, 20).count("ana") <= 7


def test_a_run_with_catching_up_replays() -> None:
    away = week(BOUNDED, leads=100, away=True, router=None)
    back = week(BOUNDED, leads=0, away=False, router=away)
    writer = ReceiptWriter(back)
    document = policy(**BOUNDED)
    lines = writer.opening(document, "test")
    for number in range(120):
        item = Item(f"then-{number}")
        reading = back.policy.read(item, now=back.now, clock=back.clock)
        prepared = back.prepare(reading, back.draw(item.id))
        decision = back.route_prepared(item.id, prepared, with_places=True)
        lines += writer.decision(decision, prepared)

    assert replay(lines, policy_from_json).is_identical


def test_equal_totals_do_not_take_the_option() -> None:
    with pytest.raises(InvalidPolicy, match="catch_up"):
        policy_from_json(policy(basis="equal_totals", **BOUNDED))


def test_what_is_handed_to_an_owner_counts_as_well() -> None:
    document = policy(**BOUNDED)
    owner_rule = {
        "rule": "owner",
        "when": "company.owner is not empty",
        "to": {
            "strategy": "owner",
            "of": "company",
            "if_absent": "next_rule",
            "if_departed": "next_rule",
        },
        "if_nobody": {"do": "next_rule"},
    }
    document["rules"] = [owner_rule, *document["rules"]]
    leave = (Leave(MONDAY, MONDAY + timedelta(days=7)),)
    team = Team.of(Rep(name, leaves=leave if name == "ana" else ()) for name in NAMES)
    router = Router(policy_from_json(document), team, now=MONDAY, seed="s")
    router.settle_members()

    for number in range(8):
        router.route(Item(f"owned-{number}", company=Company("c", {}, "ben")))

    book = router.books["all|value"]
    assert book.arrears == {"ana": 8 * POINT // 4}
    assert book.is_sound()
