"""Route one rich world and print a digest of its receipts: run under other seeds and Pythons."""

from dataclasses import replace
from hashlib import sha256

from evenhand.engine.facts import Load
from tests.engine.routing.stock import (
    CARRIED,
    ITEMS_OF_ALL_SORTS,
    LADDER,
    PEOPLE_OF_ALL_SORTS,
)
from tests.engine.routing.world import (
    Run,
    document,
    fair,
    owner,
    points,
    replace_ids,
    rotation,
    rule,
    start,
    team,
)


def rich_run(*, is_compact: bool = False) -> Run:
    """A run in which every strategy, limit and exclusion has its say."""
    rules = document(
        owner("sticky", when="lead.source = referral", absent="next_rule"),
        owner("area", "territory", when="lead.source = fair", if_nobody={"do": "next_rule"}),
        rule(
            "best",
            {"strategy": "best_fit", "group": "north"},
            when='lead.email contains "example.com" and lead.grade = B',
            if_nobody={"do": "next_rule"},
        ),
        rotation("small", when="lead.grade = C and lead.product = lift", match=["region"]),
        fair(
            "rest",
            match=["region", "product"],
            who='rep.team is not empty or lead.name = "Li Na"',
            if_nobody={"do": "overflow", "rep": "p00"},
        ),
        groups=[
            {
                "group": "all",
                "who": True,
                "weights": [{"when": "rep.team = north and lead.grade = A", "percent": 130}],
            },
            {"group": "north", "who": "rep.team = north"},
        ],
        levels=LADDER,
        territories=[{"territory": "t", "when": "lead.region is within 浙江省", "owner": "p03"}],
        regions={"浙江省": ["杭州市", "宁波市"], "江苏省": ["苏州市"]},
        fit={"mode": "declared", "weights": {"product": 2, "region": 1, "room": 1}},
        fairness={"tau": 10, "band": 8},
        exploration={"rate_millionths": 100_000},
        capacity={
            "open_items": 22,
            "windows": [{"cap": "weekly", "per": "week", "points": 90, "who": "rep.team = south"}],
        },
    )
    loads = {f"p{number:02}": load for number, load in enumerate(CARRIED[2].values())}
    people = replace_ids(PEOPLE_OF_ALL_SORTS, "p{:02}")
    people[1] = replace(people[1], name="fei")  # everybody's mentor
    run = start(
        rules,
        team(people),
        loads={**loads, "p04": Load(3, points(3))},
        is_compact=is_compact,
    )
    run.deal(replace_ids(ITEMS_OF_ALL_SORTS * 7, "线索{:03}"))
    return run


def digests() -> list[str]:
    """Digests of the full and of the compact receipts."""
    return [
        sha256("\n".join(rich_run(is_compact=is_compact).lines).encode()).hexdigest()
        for is_compact in (False, True)
    ]


if __name__ == "__main__":
    print(*digests())
