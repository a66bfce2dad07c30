"""Leads that changed hands, and those that came back."""

from evenhand.engine.checkup.holdings import Holding, spells
from evenhand.engine.checkup.transfers import Transfers, transfers_of
from evenhand.engine.facts import POINT
from tests.engine.checkup.histories import day, holding


def _transfers(rows: list[Holding]) -> Transfers:
    found = transfers_of(spells(rows))
    assert found is not None
    return found


def test_each_change_of_hands_is_one_transfer_with_its_points() -> None:
    rows = [
        holding("Ren", 0, lead="L", grade="A"),
        holding("Rui", 5, lead="L", grade="A"),
        holding("Tom", 9, lead="L", grade="A"),
        holding("Ren", 1),
    ]

    found = _transfers(rows)

    assert [(m.from_rep_id, m.to_rep_id, m.at) for m in found.log] == [
        ("Ren", "Rui", day(5)),
        ("Rui", "Tom", day(9)),
    ]
    assert (found.moved.count, found.moved.total) == (1, 2)
    rui = next(rep for rep in found.reps if rep.rep_id == "Rui")
    assert (rui.in_count, rui.out_count) == (1, 1)
    assert (rui.in_points, rui.out_points) == (8 * POINT, 8 * POINT)


def test_a_lead_that_comes_back_is_returned_and_a_chain_is_not() -> None:
    back = [holding("Ren", 0, lead="L"), holding("Rui", 1, lead="L"), holding("Ren", 2, lead="L")]
    chain = [holding("Ren", 0, lead="M"), holding("Rui", 1, lead="M"), holding("Tom", 2, lead="M")]

    assert _transfers(back + chain).returned.count == 1


def test_two_who_hand_leads_to_each_other_are_named_once_with_the_smaller_count() -> None:
    rows = []
    for n, (giver, taker) in enumerate(
        [("Ren", "Rui")] * 3 + [("Rui", "Ren")] * 2 + [("Ren", "Tom")]
    ):
        rows += [holding(giver, n, lead=f"L{n}"), holding(taker, n + 5, lead=f"L{n}")]

    found = _transfers(rows)

    assert found.back_and_forth == (("Ren", "Rui", 2),)
    assert found.pairs == (("Ren", "Rui", 3), ("Rui", "Ren", 2), ("Ren", "Tom", 1))


def test_what_is_handed_on_equals_what_is_taken_over() -> None:
    rows = [
        holding(f"R{(n * 7 + k) % 5}", n + k, lead=f"L{n}") for n in range(30) for k in range(3)
    ]

    found = _transfers(rows)

    assert sum(rep.out_points for rep in found.reps) == sum(rep.in_points for rep in found.reps)
    assert sum(rep.out_count for rep in found.reps) == len(found.log) == 60


def test_the_log_is_in_time_order() -> None:
    rows = [holding("Ren", 0, lead="L"), holding("Rui", 9, lead="L")]
    rows += [holding("Ren", 1, lead="M"), holding("Rui", 3, lead="M")]

    assert [move.lead_id for move in _transfers(rows).log] == ["M", "L"]


def test_a_file_of_present_owners_only_shows_no_transfers() -> None:
    assert transfers_of(spells([holding("Ren", 0), holding("Rui", 1)])) is None
