"""Leads that changed hands: how many, between whom, and which came back (back and forth)."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from evenhand.engine.checkup.estimates import Share
from evenhand.engine.checkup.holdings import Holding


@dataclass(frozen=True, slots=True, kw_only=True)
class Transfer:
    """One lead went from one rep to another."""

    lead_id: str
    row: int
    from_rep_id: str
    to_rep_id: str
    at: datetime
    points: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RepTransfers:
    """What one rep handed on and took over; points in micro-points."""

    rep_id: str
    out_count: int
    in_count: int
    out_points: int
    in_points: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Transfers:
    """All transfers; `moved` and `returned` count leads, `pairs` (from, to, transfers)."""

    moved: Share
    returned: Share
    reps: tuple[RepTransfers, ...]
    pairs: tuple[tuple[str, str, int], ...]
    back_and_forth: tuple[tuple[str, str, int], ...]
    log: tuple[Transfer, ...]


def transfers_of(lines: Mapping[str, Sequence[Holding]]) -> Transfers | None:
    """Follow every lead from holder to holder; None if no lead ever had a second holder.

    A lead that returns to somebody who had it before counts as returned. `back_and_forth` are
    pairs that hand leads to each other in both directions, with the smaller of the two counts.
    """
    log = [
        Transfer(
            lead_id=to.lead_id,
            row=to.row,
            from_rep_id=giver.rep_id,
            to_rep_id=to.rep_id,
            at=to.received_at,
            points=to.points,
        )
        for line in lines.values()
        for giver, to in pairwise(line)
    ]
    if not log:
        return None
    returned = sum(len({h.rep_id for h in line}) < len(line) for line in lines.values())
    pairs = Counter((move.from_rep_id, move.to_rep_id) for move in log)
    both = {(a, b): min(count, pairs[b, a]) for (a, b), count in list(pairs.items()) if a < b}
    return Transfers(
        moved=Share(sum(len(line) > 1 for line in lines.values()), len(lines)),
        returned=Share(returned, len(lines)),
        reps=_by_rep(log),
        pairs=_ranked(pairs),
        back_and_forth=_ranked({pair: count for pair, count in both.items() if count}),
        log=tuple(sorted(log, key=lambda move: (move.at, move.row))),
    )


def _ranked(counts: Mapping[tuple[str, str], int]) -> tuple[tuple[str, str, int], ...]:
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return tuple((a, b, count) for (a, b), count in ordered)


def _by_rep(log: Sequence[Transfer]) -> tuple[RepTransfers, ...]:
    out_count: Counter[str] = Counter()
    in_count: Counter[str] = Counter()
    out_points: Counter[str] = Counter()
    in_points: Counter[str] = Counter()
    for move in log:
        out_count[move.from_rep_id] += 1
        out_points[move.from_rep_id] += move.points
        in_count[move.to_rep_id] += 1
        in_points[move.to_rep_id] += move.points
    return tuple(
        RepTransfers(
            rep_id=rep,
            out_count=out_count[rep],
            in_count=in_count[rep],
            out_points=out_points[rep],
            in_points=in_points[rep],
        )
        for rep in sorted(out_count | in_count)
    )
