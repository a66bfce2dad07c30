"""Who carries too much and who has room: bands with their evidence, from whole weeks.

Overloaded is who shows two of three signs: smoothed utilization above 85 %, first responses that
became slower, more coming in than going out for three weeks. Idle is a smoothed utilization below
60 % with normal responses. One sign, or too little seen, is no band. (reference: algorithms c)

Bands speak of work, never of people: neither word says why, and work below one's level stands
beside them because too simple is a cause as well.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from evenhand.engine.workload.kinds import WorkKind

_MILLION = 1_000_000
# Log-likelihood ratios in millionths of "20 % of responses are slow" against "10 %": what one
# slow and one timely response add to the sum. ln(0.2/0.1) and ln(0.8/0.9).
_SLOW, _TIMELY = 693_147, -117_783


@dataclass(frozen=True, slots=True)
class BandTerms:
    """Where bands begin; percents, weeks, and the limit of the slowness sum in millionths.

    Smoothing over n weeks gives the latest a weight of 2 ÷ (n + 1), as an EWMA does.
    `slow_limit` 4,000,000: one false alarm in some 1,900 responses of an unchanged rep, while
    slowness that doubled shows after about 70.
    """

    over_percent: int = 85
    idle_percent: int = 60
    smoothed_weeks: int = 4
    fewest_weeks: int = 3
    backlog_weeks: int = 3
    slow_limit: int = 4 * _MILLION
    below_level_percent: int = 40

    def __post_init__(self) -> None:
        if not 0 <= self.idle_percent < self.over_percent:
            raise ValueError(f"idle ends at {self.idle_percent} %, overload begins above it")
        if min(self.smoothed_weeks, self.fewest_weeks, self.backlog_weeks) < 1:
            raise ValueError("weeks are counted from 1")


@dataclass(frozen=True, slots=True)
class Week:
    """One whole week of a rep: minutes worked on items and to sell in, items in and out."""

    handled_minutes: int
    selling_minutes: int
    came_in: int
    went_out: int


class Band(StrEnum):
    """Where a rep's load stands; `UNKNOWN` until enough weeks were seen."""

    OVERLOADED = "overloaded"
    NORMAL = "normal"
    IDLE = "idle"
    UNKNOWN = "unknown"


class SignKind(StrEnum):
    """The three signs of overload, in the order in which they are shown."""

    UTILIZATION = "utilization"  # smoothed, in ten-thousandths
    SLOWER = "slower"  # the slowness sum, in millionths
    BACKLOG = "backlog"  # weeks in a row in which more came in than went out


@dataclass(frozen=True, slots=True)
class Sign:
    """One sign with the figure found and the limit that it must pass, or for weeks reach."""

    kind: SignKind
    found: int
    limit: int

    @property
    def holds(self) -> bool:
        """Whether the sign is there."""
        return (
            self.found >= self.limit if self.kind is SignKind.BACKLOG else self.found > self.limit
        )


@dataclass(frozen=True, slots=True)
class Standing:
    """A rep's band and what it rests on; `utilization` in ten-thousandths, None if unknown."""

    band: Band
    utilization: int | None
    signs: tuple[Sign, ...]
    weeks_seen: int

    @property
    def evidence(self) -> tuple[Sign, ...]:
        """The signs that hold."""
        return tuple(sign for sign in self.signs if sign.holds)


def standing(
    weeks: Sequence[Week],
    responses: Sequence[int],
    *,
    usual_response: int | None,
    terms: BandTerms | None = None,
) -> Standing:
    """The band after these weeks, oldest first.

    :param responses: working minutes to each first response in these weeks, oldest first.
    :param usual_response: what nine of ten responses keep to, from earlier or from the team; None
        = not known, and then nobody is called slower.
    """
    terms = terms or BandTerms()
    smoothed = smoothed_utilization(weeks, terms.smoothed_weeks)
    seen = sum(week.selling_minutes > 0 for week in weeks)
    slow = 0 if usual_response is None else slowness(responses, usual_response)
    signs = (
        Sign(
            SignKind.UTILIZATION,
            found=0 if smoothed is None else int(100 * smoothed),
            limit=100 * terms.over_percent,
        ),
        Sign(SignKind.SLOWER, found=slow, limit=terms.slow_limit),
        Sign(SignKind.BACKLOG, found=growing_weeks(weeks), limit=terms.backlog_weeks),
    )
    if smoothed is None or seen < terms.fewest_weeks:
        band = Band.UNKNOWN
    elif sum(sign.holds for sign in signs) >= 2:
        band = Band.OVERLOADED
    elif smoothed < terms.idle_percent and not signs[1].holds:
        band = Band.IDLE
    else:
        band = Band.NORMAL
    return Standing(band, None if smoothed is None else int(100 * smoothed), signs, seen)


def smoothed_utilization(weeks: Sequence[Week], over: int) -> Fraction | None:
    """Percent of selling time worked, each week weighing by its time and less with its age.

    A week away weighs nothing and ages nothing: nobody comes back idle. None = no time at all.
    """
    keep = 1 - Fraction(2, over + 1)
    handled = selling = Fraction(0)
    for week in weeks:
        if week.selling_minutes or week.handled_minutes:
            handled = keep * handled + week.handled_minutes
            selling = keep * selling + week.selling_minutes
    return 100 * handled / selling if selling else None


def slowness(responses: Sequence[int], usual: int) -> int:
    """The CUSUM of "every fifth response is slower than usual, no longer every tenth"."""
    total = 0
    for minutes in responses:
        total = max(0, total + (_SLOW if minutes > usual else _TIMELY))
    return total


def growing_weeks(weeks: Sequence[Week]) -> int:
    """How many of the latest weeks in a row more came in than went out."""
    count = 0
    for week in reversed(weeks):
        if week.came_in <= week.went_out:
            break
        count += 1
    return count


def utilization_after(
    utilization: int, extra_minutes_per_week: int, selling_minutes: int
) -> int | None:
    """What a smoothed utilization (ten-thousandths) becomes with more work; None without time.

    For the warning before an assignment: compare it with `over_percent` × 100.
    """
    if not selling_minutes:
        return None
    return utilization + 10_000 * extra_minutes_per_week // selling_minutes


@dataclass(frozen=True, slots=True)
class BelowLevel:
    """Minutes spent on work of lower levels, of all that has a level."""

    below_minutes: int
    minutes: int
    limit_percent: int

    @property
    def percent(self) -> Fraction:
        """The share of the time; 0 of nothing."""
        return Fraction(100 * self.below_minutes, self.minutes) if self.minutes else Fraction(0)

    @property
    def is_much(self) -> bool:
        """Whether the work is mostly too simple: a cause of its own, whatever the band."""
        return self.percent > self.limit_percent


def below_level(
    minutes_by_level: Mapping[int, int], level: int, terms: BandTerms | None = None
) -> BelowLevel:
    """How much of a rep's time goes to work below the rep's level (ranks, lowest first)."""
    terms = terms or BandTerms()
    below = sum(minutes for rank, minutes in minutes_by_level.items() if rank < level)
    return BelowLevel(below, sum(minutes_by_level.values()), terms.below_level_percent)


@dataclass(frozen=True, slots=True)
class Handled:
    """Work of one kind that was done: how often, its minutes, and its days from start to end."""

    count: int
    minutes: int
    days: int = 0


@dataclass(frozen=True, slots=True)
class AgainstExpected:
    """Time taken against what is expected for just this work, in percent; None = no yardstick."""

    kind: WorkKind | None
    count: int
    handling_percent: Fraction | None
    cycle_percent: Fraction | None


def against_expected(
    done: Mapping[WorkKind, Handled],
    minutes_each: Mapping[WorkKind, int],
    days_each: Mapping[WorkKind, int],
) -> tuple[AgainstExpected, ...]:
    """Handling and cycle time per kind, and last for all together (`kind` None).

    Kinds without an expectation count in neither sum, so that nobody looks slow for odd work.
    """
    rows = []
    sums = [0, 0, 0, 0]
    for kind, work in done.items():
        minutes, days = work.count * minutes_each.get(kind, 0), work.count * days_each.get(kind, 0)
        rows.append(_against(kind, work.count, (work.minutes, minutes, work.days, days)))
        if minutes:
            sums[0], sums[1] = sums[0] + work.minutes, sums[1] + minutes
        if days:
            sums[2], sums[3] = sums[2] + work.days, sums[3] + days
    total = sum(work.count for work in done.values())
    took, expected, days_taken, days_expected = sums
    return (*rows, _against(None, total, (took, expected, days_taken, days_expected)))


def _against(
    kind: WorkKind | None, count: int, figures: tuple[int, int, int, int]
) -> AgainstExpected:
    minutes, expected, days, days_expected = figures
    return AgainstExpected(
        kind=kind,
        count=count,
        handling_percent=Fraction(100 * minutes, expected) if expected else None,
        cycle_percent=Fraction(100 * days, days_expected) if days_expected else None,
    )
