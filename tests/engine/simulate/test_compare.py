"""Two runs side by side in figures."""

from collections import Counter
from datetime import timedelta

from evenhand.engine.facts import Item, Rep
from evenhand.engine.policy.load import policy_from_plain
from evenhand.engine.routing.policy import Policy
from evenhand.engine.routing.team import Team
from evenhand.engine.simulate.compare import differing, side_of
from evenhand.engine.simulate.intake import Arrival, Given, Intake
from evenhand.engine.simulate.run import Ran, Run
from tests.engine.simulate.world import NOW, document

TEAM = Team.of(Rep(f"r{number}") for number in range(3))
FACTS = (Item("", {"grade": "A"}), Item("", {"grade": "B"}))


def intake(count: int, given: tuple[Given, ...] = (), minutes: int | None = None) -> Intake:
    arrivals = [
        Arrival(
            f"L{k}",
            k,
            NOW + timedelta(minutes=k),
            k % 2,
            "",
            None if minutes is None else NOW + timedelta(minutes=k + minutes),
        )
        for k in range(count)
    ]
    return Intake(FACTS, arrivals, given, [(NOW, TEAM)], NOW + timedelta(days=9))


def ran(asked: Intake, **sections: object) -> Ran:
    return Run(Policy(policy_from_plain(document(**sections))), asked, seed="s").run()


def test_equal_people_are_dealt_equal_points_and_nothing_differs_from_itself() -> None:
    found = ran(intake(60))

    side = side_of(found)

    assert side.assigned == side.items == 60 and not side.unassigned
    assert sum(one.points for one in side.by_rep.values()) == 30 * 7_000_000
    assert all(abs(one.owed) <= 5_000_000 for one in side.by_rep.values())
    assert differing(found.done, found.done) == []


def test_what_nobody_can_take_waits_and_is_dealt_when_there_is_room() -> None:
    full = ran(intake(30), capacity={"open_items": 4})
    roomy = ran(intake(30, minutes=15), capacity={"open_items": 4})

    side, later = side_of(full), side_of(roomy)

    assert (side.assigned, side.unassigned) == (12, {"rule.everybody_full": 18})
    assert Counter(code for _, code, _ in side.full) == {"capacity.open_items": 3}
    assert later.assigned > 12 and later.waited > 0


def test_what_people_held_before_weighs_on_them_until_it_is_closed() -> None:
    held = tuple(
        Given("r0", 1_000_000, NOW - timedelta(days=1), None, "", k, False) for k in range(4)
    )

    side = side_of(ran(intake(12, held), capacity={"open_items": 4}))

    assert "r0" not in {who for who, one in side.by_rep.items() if one.items}
    assert side.assigned == 8
