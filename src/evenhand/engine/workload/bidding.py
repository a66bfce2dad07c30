"""Plans for teams short of room: receivers whom many need become dear, and owners choose anew.

Each round every receiver has a price per load. Items go in the order of their whole price (moving,
and the cheapest receiver who has room) per load, until their owners are at the cap. Receivers
whom unplaced items needed become dearer, those with room to spare cheaper: so rooms are kept for
the items that can go nowhere else. The best plan of all rounds is returned. Integers only.
"""

from collections.abc import Callable, Sequence

from evenhand.engine.workload.draft import Draft
from evenhand.engine.workload.team import Team

_PRICE = 1_000  # of the move of an untouched item of average load
_DEARER, _CHEAPER = 400, 100  # in the first round; the k-th takes a (1 + k/8)-th of it
_FINE = 1_000_000


def plan_by_prices(
    team: Team, candidates: Sequence[int], finish: Callable[[Draft], None], rounds: int
) -> Draft:
    """The best plan of so many rounds; `finish` fills up and tidies each."""
    assert rounds > 0, "at least one round"
    loads = [team.items[place].load for place in candidates]
    unit = max(1, sum(loads) // max(1, len(loads)))
    prices = [0] * len(team.carriers)
    best: Draft | None = None
    for number in range(rounds):
        dearer, cheaper = (8 * step // (8 + number) for step in (_DEARER, _CHEAPER))
        plan = Draft(team, candidates)
        failed = _bid(plan, prices, unit)
        wanted = {rep for place in failed for rep in team.receivers(place)}
        for rep in range(len(prices)):
            if rep in wanted:
                prices[rep] += dearer
            elif plan.rooms.points[rep] > unit:
                prices[rep] = max(0, prices[rep] - cheaper)
        finish(plan)
        if best is None or plan.score() < best.score():
            best = plan
        if not failed:
            break
    assert best is not None, "there was a round"
    return best


def _bid(plan: Draft, prices: list[int], unit: int) -> list[int]:
    """Place items in the order of their price; the ones that found no room, where needed."""
    team = plan.team
    offers = []
    for place in plan.candidates:
        item = team.items[place]
        assert item.cost is not None, "locked items are no candidates"
        cheapest = min(prices[rep] for rep in team.receivers(place))
        price = item.cost * _PRICE * unit + item.load * cheapest
        offers.append((price * _FINE // item.load, place))
    failed = []
    for _, place in sorted(offers):
        item = team.items[place]
        if not plan.needed(team.number[item.owner]):
            continue
        fitting = [rep for rep in team.receivers(place) if plan.rooms.fits(rep, item)]
        if fitting:
            plan.put(
                place, min(fitting, key=lambda rep: (prices[rep], -plan.rooms.points[rep], rep))
            )
        else:
            failed.append(place)
    return failed
