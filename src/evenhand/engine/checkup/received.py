"""Who received how much: points and leads per rep, grade and source, beside their fair share.

The fair share of a lead is its points, shared by weight among those active when it was dealt.
The range beside it is what pure chance among equals would give 95 times in 100.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from evenhand.engine.checkup.activity import Activity
from evenhand.engine.checkup.distributions import Moments
from evenhand.engine.checkup.estimates import false_discovery
from evenhand.engine.checkup.holdings import Holding
from evenhand.engine.facts import POINT

FLAG = 0.05  # false discovery rate at which something is called more than chance


@dataclass(frozen=True, slots=True, kw_only=True)
class Portion:
    """What one rep received of something, and what was due.

    Micro-points or leads, as the field that holds it says. `low` and `high` bound what chance
    among equals would give; `q_value` is the Benjamini–Hochberg value across the team.
    """

    received: int
    due: float
    low: float
    high: float
    q_value: float

    @property
    def is_beyond_chance(self) -> bool:
        """Whether the difference is more than chance, with the whole team looked at."""
        return self.q_value <= FLAG

    @property
    def ratio(self) -> float:
        """Received over due; 1 is exactly the fair share."""
        return self.received / self.due if self.due > 0 else 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class RepReceived:
    """One rep: points, leads and leads per grade and source; points held after transfers."""

    rep_id: str
    points: Portion
    leads: Portion
    by_grade: Mapping[str, Portion]
    by_source: Mapping[str, Portion]
    kept_points: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """The team's deal: reps by name, grades by falling points, sources by falling leads."""

    reps: tuple[RepReceived, ...]
    grades: tuple[str, ...]
    sources: tuple[str, ...]
    total_points: int
    total_leads: int

    @property
    def top_grade(self) -> str:
        """The grade worth most; "" if the file has no grades."""
        return self.grades[0] if self.grades else ""


# Sources beyond these are taken together: a table of forty columns tells nobody anything.
_SOURCES_SHOWN = 8
OTHER_SOURCES = "*"


def received_by(activity: Activity, lines: Mapping[str, Sequence[Holding]]) -> Received:
    """Count what everyone received and compare it with the fair share."""
    deals = activity.deals
    grades = _grades(deals)
    sources = _sources(deals)

    points = _portions(activity, lambda deal: "", lambda deal: deal.points).get("", {})
    leads = _portions(activity, lambda deal: "", lambda deal: 1).get("", {})
    by_grade = _portions(activity, lambda deal: deal.grade, lambda deal: 1)
    by_source = _portions(activity, _source_key(sources), lambda deal: 1)

    kept: Counter[str] = Counter()
    for line in lines.values():
        kept[line[-1].rep_id] += line[-1].points
    reps = tuple(
        RepReceived(
            rep_id=rep,
            points=points[rep],
            leads=leads[rep],
            by_grade={grade: by_grade[grade][rep] for grade in grades},
            by_source={source: by_source[source][rep] for source in sources},
            kept_points=kept[rep],
        )
        for rep in activity.reps
    )
    return Received(
        reps=reps,
        grades=grades,
        sources=sources,
        total_points=sum(deal.points for deal in deals),
        total_leads=len(deals),
    )


def _grades(deals: Sequence[Holding]) -> tuple[str, ...]:
    worth: dict[str, int] = {}
    for deal in deals:
        worth[deal.grade] = max(worth.get(deal.grade, 0), deal.points)
    if set(worth) <= {""}:
        return ()
    return tuple(sorted(worth, key=lambda grade: (not grade, -worth[grade], grade)))


def _sources(deals: Sequence[Holding]) -> tuple[str, ...]:
    counts = Counter(deal.source for deal in deals)
    if set(counts) <= {""}:
        return ()
    ordered = sorted(counts, key=lambda source: (-counts[source], source))
    if len(ordered) <= _SOURCES_SHOWN + 1:
        return tuple(ordered)
    return (*ordered[:_SOURCES_SHOWN], OTHER_SOURCES)


def _source_key(sources: Sequence[str]) -> Callable[[Holding], str]:
    shown = frozenset(sources)
    return lambda deal: deal.source if deal.source in shown else OTHER_SOURCES


def _portions(
    activity: Activity, key: Callable[[Holding], str], amount: Callable[[Holding], int]
) -> dict[str, dict[str, Portion]]:
    """Received and due for every key and rep; one family of tests per call."""
    taken: dict[str, Counter[str]] = defaultdict(Counter)
    for deal in activity.deals:
        taken[key(deal)][deal.rep_id] += amount(deal)
    chance = activity.chance(activity.deals, key, amount)
    cells = [(group, rep) for group in sorted(chance) for rep in activity.reps]
    moments = [chance[group].get(rep, Moments()) for group, rep in cells]
    q_values = false_discovery(
        [law.two_sided(taken[g][rep]) for (g, rep), law in zip(cells, moments, strict=True)]
    )
    found: dict[str, dict[str, Portion]] = defaultdict(dict)
    for (group, rep), law, q_value in zip(cells, moments, q_values, strict=True):
        low, high = law.range_95()
        found[group][rep] = Portion(
            received=taken[group][rep], due=law.mean, low=low, high=high, q_value=q_value
        )
    return found


def in_points(micro_points: float) -> float:
    """Micro-points as points, for people to read."""
    return micro_points / POINT
