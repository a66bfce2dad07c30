"""How long one decision takes, with and without its receipt."""

from datetime import UTC, datetime
from time import perf_counter

from evenhand.engine.facts import Item, Rep
from evenhand.engine.policy.load import policy_from_plain
from evenhand.engine.routing.decide import Router
from evenhand.engine.routing.policy import Policy
from evenhand.engine.routing.receipt import ReceiptWriter
from evenhand.engine.routing.team import Team

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
INDUSTRIES = ("软件", "机械", "食品", "化工", "物流", "医疗")
REGIONS = ("华东", "华南", "华北", "西南")

POLICY = {
    "schema": 1,
    "line": "bench",
    "grades": {
        "source": "field_only",
        "thresholds": [{"grade": grade} for grade in "ABCD"],
        "ungraded": "C",
    },
    "points": {"base": {"A": 8, "B": 5, "C": 3, "D": 1}},
    "groups": [{"group": "all", "who": True}],
    "rules": [
        {
            "rule": "fair share",
            "to": {"strategy": "fair_share", "group": "all"},
            "match": ["region", "industry"],
            "if_nobody": {"do": "wait"},
        }
    ],
    "fit": {"mode": "declared", "weights": {"industry": 2, "region": 1}},
}


def team_of(size: int) -> Team:
    """A team of which half declare a region and an industry, and half serve everything."""
    return Team.of(
        Rep(
            f"rep-{number:05}",
            weight=(50, 100, 150)[number % 3],
            fields={}
            if number % 2
            else {
                "region": (REGIONS[number % 4],),
                "industry": (INDUSTRIES[number % 6], INDUSTRIES[(number + 1) % 6]),
            },
        )
        for number in range(size)
    )


def items_of(count: int) -> list[Item]:
    """Leads of four grades, four regions and six industries."""
    return [
        Item(
            f"lead-{number:07}",
            {
                "grade": "ABCD"[number * 7 % 4],
                "region": REGIONS[number * 5 % 4],
                "industry": INDUSTRIES[number * 11 % 6],
            },
        )
        for number in range(count)
    ]


def seconds_per_decision(reps: int, *, with_receipt: bool, count: int) -> float:
    """Seconds for one decision, from item to booked, once every kind of lead was seen."""
    document = policy_from_plain(POLICY)
    router = Router(Policy(document), team_of(reps), now=NOW, seed="bench")
    writer = ReceiptWriter(router)
    items = items_of(count + 500)
    written = 0
    started = 0.0
    for number, item in enumerate(items):
        if number == 500:
            started = perf_counter()
        reading = router.policy.read(item, now=router.now, clock=router.clock)
        prepared = router.prepare(reading, router.draw(item.id))
        decision = router.route_prepared(item.id, prepared, with_places=with_receipt)
        if with_receipt:
            written += len(writer.decision(decision, prepared))
    return (perf_counter() - started) / count
