"""Who gets what in a simulated pool (公海): free grab, usual limits, and claims that cost points.

A team looks into one pool; some look far more often than others, and everybody takes the best that
he may. Prices, limits and bookings are the engine's own. Nothing here hangs on how busy a machine
is: same seed, same figures. (reference: algorithms j, "Measured")
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import click

from bench.pool_options import Options
from bench.scenarios import GRADE_POINTS, GRADE_QUANTILES
from evenhand.engine.checkup.estimates import gini
from evenhand.engine.facts import POINT
from evenhand.engine.ledger import bookings
from evenhand.engine.ledger.book import Book
from evenhand.engine.pool.claiming import (
    Claimable,
    Claimer,
    Tally,
    Terms,
    days_in,
    may_claim,
    price_of,
    why_nothing,
)
from evenhand.engine.pool.section import ClaimTerms, PriceTerms

REPS, DAYS, ITEMS_A_DAY = 20, 90, 60
LOOKS_A_DAY, SPEED_SD = 30, 0.9  # median; sd of its logarithm
DAY_LIMIT, CHOOSE_OF = 6, 3
LEDGER_MOST, FREE_LEAST = 0.05, 0.3
SEEDS, QUICK_SEEDS = range(7, 17), range(7, 8)
_START = datetime(2026, 3, 2, 1, tzinfo=UTC)
_WORKDAY = timedelta(hours=9)
_LARGEST = GRADE_POINTS[-1] * POINT


@dataclass(frozen=True, slots=True)
class Way:
    """A way to give away what lies in a pool."""

    name: str
    has_ledger: bool = False
    claim: ClaimTerms = field(default_factory=ClaimTerms)


WAYS = (
    Way("free grab"),
    Way(f"at most {DAY_LIMIT} a day", claim=ClaimTerms(per_day=DAY_LIMIT)),
    Way(
        f"the same, one of {CHOOSE_OF} shown",
        claim=ClaimTerms(per_day=DAY_LIMIT, choose_of=CHOOSE_OF),
    ),
    Way("claims cost points", has_ledger=True),
)


@dataclass(slots=True)
class Result:
    """What came of it: micro-points of value by rep, and what was left lying."""

    value: dict[str, int]
    claimed: int
    left: int
    oldest_days: int  # of what was left
    refused_looks: int  # looks at which something lay there, and nothing of it could be had
    looks: int

    @property
    def gini(self) -> float:
        """Of the claimed value."""
        return gini(tuple(self.value.values()))

    @property
    def most(self) -> float:
        """What the one with most got, as a multiple of the mean."""
        values = self.value.values()
        return max(values) * len(values) / max(1, sum(values))


def measure(options: Options) -> list[str]:
    """Print the Gini of claimed value under each way; what was missed."""
    seeds = QUICK_SEEDS if options.is_quick else SEEDS
    click.echo(f"\nwho gets what: {REPS} reps, {DAYS} days × {ITEMS_A_DAY} items")
    click.echo(
        f"  way{'':<23} Gini, mean of {len(seeds)} (least … most)   most ÷ mean   oldest, days"
    )
    missed = []
    for way in WAYS:
        ran = [simulate(way, seed=seed) for seed in seeds]
        found = [one.gini for one in ran]
        mean = sum(found) / len(found)
        promise = ""
        if way.has_ledger or way is WAYS[0]:
            kept = mean <= LEDGER_MOST if way.has_ledger else mean > FREE_LEAST
            missed += [] if kept else [f"Gini, {way.name}"]
            wanted = f"≤ {LEDGER_MOST}" if way.has_ledger else f"> {FREE_LEAST}"
            promise = f"   promised {wanted}: {'ok' if kept else 'MISSED'}"
        most, oldest = max(one.most for one in ran), max(one.oldest_days for one in ran)
        click.echo(
            f"  {way.name:<26} {mean:>10.3f} ({min(found):.3f} … {max(found):.3f})"
            f" {most:>18.2f} {oldest:>14}{promise}"
        )
    return missed


@dataclass(frozen=True, slots=True)
class _Item:
    number: int
    points: int
    entered_at: datetime


def simulate(way: Way, *, seed: int = 7, days: int = DAYS, reps: int = REPS) -> Result:
    """Let a team claim for so many days."""
    chance = random.Random(f"pool {seed}")
    names = [f"r{k:02}" for k in range(reps)]
    speeds = {name: LOOKS_A_DAY * chance.lognormvariate(0, SPEED_SD) for name in names}
    book = Book(("",), names)
    weights = dict.fromkeys(names, 100)
    result = Result(dict.fromkeys(names, 0), 0, 0, 0, 0, 0)
    shelf: list[_Item] = []
    today: dict[str, int] = {}
    day = None
    for at, who, item in _moments(chance, speeds, days):
        if at.date() != day:
            day, today = at.date(), dict.fromkeys(names, 0)
        if item is not None:
            shelf.append(item)
            continue
        result.looks += 1
        terms = Terms(at, UTC, way.claim, PriceTerms() if way.has_ledger else _FREE)
        owed = int(book.owed[book.position(who)])
        floor = -_LARGEST if way.has_ledger else None
        claimer = Claimer(in_pool=Tally(today=today[who]), owed=owed, least_owed=floor)
        taken = _best(_shown(shelf, way, chance), claimer, terms)
        if taken is None:
            result.refused_looks += bool(shelf)
            continue
        if way.has_ledger:
            cost = price_of(_seen(taken), terms)
            bookings.claim(
                book, who, row=0, points=cost, weights=weights,
                least_owed=-_LARGEST, most_owed=5 * _LARGEST,
            )  # fmt: skip
        shelf.remove(taken)
        today[who] += 1
        result.claimed += 1
        result.value[who] += taken.points
    result.left = len(shelf)
    end = _START + timedelta(days=days)
    result.oldest_days = max((days_in(one.entered_at, end) for one in shelf), default=0)
    return result


_FREE = PriceTerms(start_percent=0)


def _moments(
    chance: random.Random, speeds: dict[str, float], days: int
) -> Iterator[tuple[datetime, str, _Item | None]]:
    """Everything that happens, in order: an item comes, or somebody looks."""
    number = 0
    for day in range(days):
        opens = _START + timedelta(days=day)
        found: list[tuple[datetime, str, _Item | None]] = []
        for _ in range(ITEMS_A_DAY):
            number += 1
            at = opens + chance.random() * _WORKDAY
            points = GRADE_POINTS[sum(chance.random() > q for q in GRADE_QUANTILES)] * POINT
            found.append((at, "", _Item(number, points, at)))
        for who, speed in speeds.items():
            looks = int(speed) + (chance.random() < speed % 1)
            found += [(opens + chance.random() * _WORKDAY, who, None) for _ in range(looks)]
        yield from sorted(found, key=lambda one: one[:2])


def _shown(shelf: list[_Item], way: Way, chance: random.Random) -> list[_Item]:
    many = way.claim.choose_of
    return chance.sample(shelf, min(many, len(shelf))) if many else shelf


def _seen(item: _Item) -> Claimable:
    return Claimable(item.entered_at, item.points)


def _best(shown: list[_Item], claimer: Claimer, terms: Terms) -> _Item | None:
    """What he takes: the most valuable he may have, the newest of equals."""
    if why_nothing(claimer, terms) is not None:
        return None
    for item in sorted(shown, key=lambda one: (one.points, one.number), reverse=True):
        if may_claim(claimer, _seen(item), terms) is None:
            return item
    return None
