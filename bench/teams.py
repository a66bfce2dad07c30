"""Teams for the rebalance made up from a seed, and the linear bound of what moving must cost.

Loads are minutes of twelve kinds of work; reps differ in time (caps ±20 %) and in how much they
were given; everybody covers three of five regions and three of four products; of the items 60 %
are untouched, 30 % in conversation, 10 % locked. `fill` is all load against all caps.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from evenhand.engine.facts import POINT
from evenhand.engine.workload.moves import Carrier, MoveCost, OpenItem

SEED = 7
MINUTES = (8, 12, 15, 18, 22, 25, 30, 38, 45, 60, 80, 95)
MINUTE_SHARES = (0.16, 0.14, 0.12, 0.11, 0.10, 0.09, 0.08, 0.07, 0.05, 0.04, 0.025, 0.015)
MINUTE = POINT // 10
REGIONS, PRODUCTS = 5, 4
COSTS = (int(MoveCost.UNTOUCHED), int(MoveCost.LIVE), None)
COST_SHARES = (0.6, 0.3, 0.1)
SIZES = ((20, 600), (100, 5_000), (300, 20_000))


@dataclass(frozen=True, slots=True)
class Team:
    """Reps and the items they hold, ready to be rebalanced."""

    carriers: tuple[Carrier, ...]
    items: tuple[OpenItem, ...]

    @property
    def excess(self) -> int:
        """All load above caps, in micro-points."""
        loads: Counter[str] = Counter()
        for item in self.items:
            loads[item.owner] += item.load
        return sum(max(0, loads[carrier.rep] - carrier.cap) for carrier in self.carriers)


def made_up(
    rep_count: int,
    item_count: int,
    *,
    fill: float = 0.85,
    breadth: tuple[int, int] = (3, 3),
    seed: int = SEED,
) -> Team:
    """A team whose items are dealt unevenly, so that about a third of it is over the cap."""
    draws = np.random.default_rng(seed)
    regions, products = (
        tuple(combinations(range(REGIONS), breadth[0])),
        tuple(combinations(range(PRODUCTS), breadth[1])),
    )
    covers = [
        (regions[a], products[b])
        for a, b in zip(
            draws.integers(0, len(regions), rep_count),
            draws.integers(0, len(products), rep_count),
            strict=True,
        )
    ]
    names = [f"r{rep:03}" for rep in range(rep_count)]
    may = {
        (region, product): frozenset(
            name
            for name, (own_regions, own_products) in zip(names, covers, strict=True)
            if region in own_regions and product in own_products
        )
        for region in range(REGIONS)
        for product in range(PRODUCTS)
    }
    given = draws.dirichlet(np.full(rep_count, 8.0))
    owners = draws.choice(rep_count, item_count, p=given)
    minutes = draws.choice(MINUTES, item_count, p=np.array(MINUTE_SHARES) / sum(MINUTE_SHARES))
    costs = draws.choice(len(COSTS), item_count, p=COST_SHARES)
    items = []
    for number, (owner, load, cost) in enumerate(
        zip(owners.tolist(), minutes.tolist(), costs.tolist(), strict=True)
    ):
        own_regions, own_products = covers[owner]
        key = (int(draws.choice(own_regions)), int(draws.choice(own_products)))
        items.append(OpenItem(f"i{number}", names[owner], load * MINUTE, COSTS[cost], may[key]))
    time = draws.uniform(0.8, 1.2, rep_count)
    caps = (time / time.sum() * minutes.sum() / fill).astype(int)
    carriers = tuple(
        Carrier(name, int(cap) * MINUTE) for name, cap in zip(names, caps.tolist(), strict=True)
    )
    return Team(carriers, tuple(items))


@dataclass(frozen=True, slots=True)
class LinearBound:
    """What would have to stay above caps, in micro-points, and the least cost of moving the rest,
    if items could be split."""

    left_over: float
    cost: float


def linear_bound(carriers: Sequence[Carrier], items: Sequence[OpenItem]) -> LinearBound:
    """The linear program, by scipy's HiGHS: first the least left over, then the least cost.

    Items alike and receivers alike stand together, which changes nothing where all may be split.
    """
    from scipy import optimize, sparse

    loads: Counter[str] = Counter()
    for carrier in carriers:
        loads[carrier.rep] += carrier.fixed
    for item in items:
        loads[item.owner] += item.load
    excess = {c.rep: loads[c.rep] - c.cap for c in carriers if loads[c.rep] > c.cap}
    kinds = Counter(
        (item.owner, item.load, item.cost, item.receivers)
        for item in items
        if item.cost is not None and item.owner in excess and item.load
    )
    sets = sorted({key[3] for key in kinds}, key=sorted)
    rooms: Counter[tuple[bool, ...]] = Counter()
    for carrier in carriers:
        if carrier.rep not in excess:
            alike = tuple(carrier.rep in receivers for receivers in sets)
            rooms[alike] += carrier.cap - loads[carrier.rep]
    place_of = {receivers: place for place, receivers in enumerate(sets)}
    rows, columns, entries, costs = [], [], [], []
    names = list(excess)
    number_of = {name: number for number, name in enumerate(names)}
    kind_rows = len(names) + len(rooms)
    for kind, (owner, load, cost, receivers) in enumerate(kinds):
        for place, alike in enumerate(rooms):
            if alike[place_of[receivers]]:
                column = len(costs)
                costs.append(float(cost or 0))
                rows += [number_of[owner], len(names) + place, kind_rows + kind]
                columns += [column] * 3
                entries += [-load / POINT, load / POINT, 1.0]
    right = [-excess[name] / POINT for name in names]
    right += [room / POINT for room in rooms.values()]
    right += [float(count) for count in kinds.values()]
    if not names:
        return LinearBound(0.0, 0.0)
    # What stays above a cap: a column for each owner.
    rows += range(len(names))
    columns += range(len(costs), len(costs) + len(names))
    entries += [-1.0] * len(names)
    stays = np.r_[np.zeros(len(costs)), np.ones(len(names))]
    matrix = sparse.csr_matrix((entries, (rows, columns)), (len(right), len(stays)))
    least = optimize.linprog(stays, A_ub=matrix, b_ub=right, method="highs")
    held = sparse.vstack([matrix, sparse.csr_matrix(stays)])
    solved = optimize.linprog(
        np.r_[costs, np.zeros(len(names))],
        A_ub=held,
        b_ub=[*right, float(least.fun) + 1e-6],
        method="highs",
    )
    return LinearBound(float(least.fun) * POINT, float(solved.fun))
