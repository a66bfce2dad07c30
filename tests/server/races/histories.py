"""Whether what clients were told of one lead can have happened one after the other (C5).

The model is one owner, or a pool. An order is looked for in which every act had its effect at one
moment between its call and its answer, and every refusal was true at one (Wing and Gong 1993, with
the states that lead nowhere remembered: Lowe 2017). An act whose answer was lost may have happened
at any later moment, or never.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import inf

POOL, WAITS, MERGED = "pool", "waits", "merged"
OK, REFUSED, UNKNOWN = "ok", "refused", "unknown"
_FREE = (POOL, WAITS)


def with_rep(rep_id: int) -> str:
    """The place of a lead that somebody has."""
    return f"rep {rep_id}"


@dataclass(frozen=True, slots=True)
class Told:
    """One act on one lead, as the client saw it; times are of one clock."""

    lead: int
    act: str
    began: float
    ended: float  # of what was lost: as late as you like
    outcome: str = OK
    rep: int = 0  # who acts for himself, or who is to have it
    was: str = ""  # where it was, if the answer says so
    now: str = ""  # where it is, if the answer says so
    code: str = ""  # of a refusal


@dataclass(frozen=True, slots=True)
class Anomaly:
    """A lead whose history has no order; `acts` are those around where the longest one ends."""

    lead: int
    acts: tuple[Told, ...]


def anomalies(history: Iterable[Told], first: str | dict[int, str]) -> list[Anomaly]:
    """The leads whose histories cannot be; `first` is where each was at the beginning."""
    by_lead: dict[int, list[Told]] = {}
    for one in history:
        by_lead.setdefault(one.lead, []).append(one)
    found = (
        why_not(by_lead[lead], first if isinstance(first, str) else first[lead])
        for lead in sorted(by_lead)
    )
    return [one for one in found if one is not None]


def why_not(acts: Sequence[Told], first: str) -> Anomaly | None:
    """What is wrong with the history of one lead; None = there is an order."""
    order = sorted(acts, key=lambda one: one.began)
    must = sum(1 << k for k, one in enumerate(order) if one.outcome != UNKNOWN)
    seen: set[tuple[int, str]] = set()
    stack = [(0, first)]
    farthest = 0
    while stack:
        done, place = stack.pop()
        if done & must == must:
            return None
        farthest = max(farthest, done & must, key=int.bit_count)
        for number in _next(order, done):
            for after in places_after(place, order[number]):
                state = (done | 1 << number, after)
                if state not in seen:
                    seen.add(state)
                    stack.append(state)
    stuck = [one for k, one in enumerate(order) if not farthest >> k & 1]
    return Anomaly(order[0].lead, tuple(stuck[:6]))


def _next(order: Sequence[Told], done: int) -> Iterator[int]:
    """Acts that can come next: those called before any of the others was answered."""
    latest = inf
    for number, one in enumerate(order):
        if done >> number & 1:
            continue
        if one.began > latest:
            return  # in the order of their calls: all that follow came later, too
        yield number
        if one.outcome != UNKNOWN:
            latest = min(latest, one.ended)


def places_after(place: str, one: Told) -> set[str]:
    """Where the lead can be after an act that found it at a place; none = it cannot have."""
    if one.outcome == REFUSED:
        return {place} if _may_refuse(place, one) else set()
    done = _done(place, one)
    return done | {place} if one.outcome == UNKNOWN else done


def _done(place: str, one: Told) -> set[str]:
    """Where an act takes the lead that succeeds."""
    his = with_rep(one.rep)
    is_owned = place.startswith("rep ")
    match one.act:
        case "look":
            return {place} if place == one.now else set()
        case "claim":
            return {his} if place == POOL else set()
        case "assign":
            return {his} if place in _FREE else set()
        case "transfer":
            return {his} if is_owned and place != his else set()
        case "give back":
            return {POOL} if place == his else set()
        case "put in":
            return {POOL} if place not in (POOL, MERGED) else set()
        case "recycle":  # of many leads at once: whether this one was among them it does not say
            return {place, POOL} if is_owned else {place}
        case "merge" | "part":
            # Of both leads it says where each was and is; nobody knows if the answer was lost.
            return {one.now} if one.outcome == UNKNOWN or place == one.was else set()
    raise ValueError(one.act)


def _may_refuse(place: str, one: Told) -> bool:
    """Whether a refusal can be true of a lead at a place; of other reasons the model knows none."""
    his = with_rep(one.rep)
    match one.code:
        case "claim.gone":
            return place != POOL
        case "act.not_free":
            return place not in _FREE
        case "act.not_yours":
            return place != his
        case "edit.not_owned":
            return not place.startswith("rep ")
        case "edit.already_owned":
            return place == his
        case "pool.there_already":
            return place == POOL
    return True
