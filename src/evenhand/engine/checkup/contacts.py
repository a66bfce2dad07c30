"""Repeated contacts (撞单): one person or company with several reps within a few weeks.

Leads are the same person if they share a phone number or a mail address, also by way of a third
lead. A lead that was handed on is one lead here; transfers are counted elsewhere.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from evenhand.engine.checkup.activity import Activity, received
from evenhand.engine.checkup.estimates import Share
from evenhand.engine.checkup.holdings import Column, History, Holding, Settings

# A key on more leads than this is a placeholder (000000, none@none), not a person.
PLACEHOLDER_OVER = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """One person or company whose leads went to several reps within the given days."""

    key: str
    deals: tuple[Holding, ...]
    closest_days: int

    @property
    def reps(self) -> tuple[str, ...]:
        """The reps concerned, in the order in which they came in."""
        return tuple(dict.fromkeys(deal.rep_id for deal in self.deals))


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeats:
    """Repeated persons or companies.

    `split` counts, of those that came more than once within the days, those with several reps;
    `leads` counts the leads concerned among all leads that carry such a key.
    """

    days: int
    split: Share
    leads: Share
    conflicts: tuple[Conflict, ...]
    pairs: tuple[tuple[str, str, int], ...]
    placeholders: tuple[tuple[str, int], ...]


def repeated_people(
    history: History,
    activity: Activity,
    lines: Mapping[str, Sequence[Holding]],
    settings: Settings,
) -> Repeats | None:
    """Persons with several leads, by phone and mail; None if the file has neither."""
    if not (history.has(Column.PHONE) or history.has(Column.EMAIL)):
        return None
    deals = _with(activity, lines, lambda deal: bool(deal.people))
    uses = Counter(key for deal in deals for key in set(deal.people))
    placeholders = {key: count for key, count in uses.items() if count > PLACEHOLDER_OVER}
    groups = _joined_by_keys(deals, placeholders)
    return _repeats(groups, len(deals), settings.conflict_days, placeholders)


def repeated_companies(
    history: History,
    activity: Activity,
    lines: Mapping[str, Sequence[Holding]],
    settings: Settings,
) -> Repeats | None:
    """Companies with several leads, by their key; None if the file has no companies."""
    if not history.has(Column.COMPANY):
        return None
    deals = _with(activity, lines, lambda deal: bool(deal.company))
    groups: dict[str, list[Holding]] = defaultdict(list)
    for deal in deals:
        groups[deal.company].append(deal)
    return _repeats(groups, len(deals), settings.conflict_days, {})


def _with(
    activity: Activity,
    lines: Mapping[str, Sequence[Holding]],
    is_usable: Callable[[Holding], bool],
) -> list[Holding]:
    team = frozenset(activity.reps)
    deals = (received(line) for line in lines.values())
    chosen = [deal for deal in deals if deal.rep_id in team and is_usable(deal)]
    return sorted(chosen, key=lambda deal: (deal.received_at, deal.row))


def _joined_by_keys(
    deals: Sequence[Holding], placeholders: Mapping[str, int]
) -> dict[str, list[Holding]]:
    """Leads connected by shared keys, under the smallest key of each connected set."""
    root: dict[str, str] = {}

    def find(key: str) -> str:
        while root.setdefault(key, key) != key:
            root[key] = key = root[root[key]]
        return key

    usable = [[key for key in deal.people if key not in placeholders] for deal in deals]
    for keys in usable:
        for key in keys[1:]:
            low, high = sorted((find(keys[0]), find(key)))
            root[high] = low
    groups: dict[str, list[Holding]] = defaultdict(list)
    for deal, keys in zip(deals, usable, strict=True):
        if keys:
            groups[find(keys[0])].append(deal)
    return groups


def _repeats(
    groups: Mapping[str, Sequence[Holding]],
    total: int,
    days: int,
    placeholders: Mapping[str, int],
) -> Repeats:
    conflicts = []
    repeated = 0
    pairs: Counter[tuple[str, str]] = Counter()
    for key in sorted(groups):
        repeated += _closest(groups[key], days, other_rep=False) is not None
        closest = _closest(groups[key], days, other_rep=True)
        if closest is None:
            continue
        conflict = Conflict(key=key, deals=tuple(groups[key]), closest_days=closest)
        conflicts.append(conflict)
        names = sorted(conflict.reps)
        pairs.update((a, b) for at, a in enumerate(names) for b in names[at + 1 :])
    return Repeats(
        days=days,
        split=Share(len(conflicts), repeated),
        leads=Share(sum(len(conflict.deals) for conflict in conflicts), total),
        conflicts=tuple(sorted(conflicts, key=lambda c: (-len(c.deals), c.closest_days, c.key))),
        pairs=tuple((a, b, n) for (a, b), n in sorted(pairs.items(), key=lambda p: (-p[1], p[0]))),
        placeholders=tuple(sorted(placeholders.items(), key=lambda p: (-p[1], p[0]))),
    )


def _closest(deals: Sequence[Holding], days: int, *, other_rep: bool) -> int | None:
    """Days between the closest two leads (of different reps, if asked), if within `days`."""
    limit = timedelta(days=days)
    closest: timedelta | None = None
    newest: dict[str, Holding] = {}
    for deal in deals:
        for rep, earlier in newest.items():
            if other_rep and rep == deal.rep_id:
                continue
            gap = deal.received_at - earlier.received_at
            if gap <= limit and (closest is None or gap < closest):
                closest = gap
        newest[deal.rep_id] = deal
    return None if closest is None else closest.days
