"""Fair share, rotation by count, best fit, and in which book what is kept."""

from collections import Counter
from itertools import pairwise

import pytest

from evenhand.engine.facts import ItemKind, Load, Rep
from evenhand.engine.ledger.book import Book
from evenhand.engine.routing.decision import Cause, Outcome
from tests.engine.routing.world import (
    GRADES,
    MIDNIGHT_UTC,
    WITH_S,
    Run,
    crowd,
    deal,
    document,
    fair,
    lead,
    leads,
    owner,
    points,
    replayed,
    reps,
    rotation,
    rule,
    start,
    team,
)

BY_PRODUCT = {"mode": "declared", "weights": {"product": 1}}


def best_fit(name: str = "best", group: str = "all") -> dict[str, object]:
    return rule(name, {"strategy": "best_fit", "group": group})


# -- fair share ------------------------------------------------------------------------------------


def test_points_follow_the_weights_and_every_grade_apart() -> None:
    people = team(Rep("ana", weight=200), Rep("ben"), Rep("cai"))

    run = deal(document(fair()), people, leads(400, "ABCC"))

    grade_of = {one.item_id: "ABCC"[int(one.item_id[1:]) % 4] for one in run.decisions}
    by_grade = Counter((one.rep_id, grade_of[one.item_id]) for one in run.decisions)
    assert [by_grade[rep_id, "A"] for rep_id in ("ana", "ben", "cai")] == [50, 25, 25]
    assert [by_grade[rep_id, "B"] for rep_id in ("ana", "ben", "cai")] == [50, 25, 25]
    assert by_grade["ana", "C"] == 100
    assert run.is_sound()


def test_fit_decides_which_leads_and_not_how_many_points() -> None:
    rules = document(fair(), fit=BY_PRODUCT, fairness={"tau": 8})
    people = team(
        Rep("ana", fields={"product": ("crane",)}), Rep("ben", fields={"product": ("lift",)})
    )

    run = deal(
        rules,
        people,
        [lead(f"L{n}", "B", product="crane" if n % 2 else "lift") for n in range(100)],
    )

    right = [one for one in run.decisions if (one.rep_id == "ana") == (int(one.item_id[1:]) % 2)]
    assert run.received == {"ana": 50, "ben": 50}
    assert len(right) == 100
    assert run.is_sound()


def test_tau_zero_lets_fit_decide_nothing() -> None:
    rules = document(fair(), fit=BY_PRODUCT, fairness={"tau": 0})
    people = team(Rep("ana", fields={"product": ("crane",)}), Rep("ben"))

    run = deal(rules, people, leads(10, "B", product="crane"))

    assert all(first.rep_id != second.rep_id for first, second in pairwise(run.decisions))


def test_a_band_narrower_than_tau_keeps_whoever_is_too_far_ahead_out() -> None:
    people = team(Rep("ana", fields={"product": ("crane",)}), Rep("ben"))

    def most_ahead(band: int) -> int:
        rules = document(fair(), fit=BY_PRODUCT, fairness={"tau": 40, "band": band})
        run = deal(rules, people, leads(60, "B", product="crane"))
        assert run.is_sound()
        return int(min(run.book.owed))

    assert most_ahead(0) >= points(-5)
    assert most_ahead(40) < points(-5)


def test_room_in_the_load_may_count_as_fit() -> None:
    rules = document(
        fair(),
        fit={"mode": "declared", "weights": {"room": 1}},
        fairness={"tau": 8},
        capacity={"open_items": 10},
    )

    run = deal(rules, team(reps("ana", "ben")), leads(8), loads={"ana": Load(open_count=8)})

    assert run.received == {"ana": 2, "ben": 6} or run.received == {"ana": 1, "ben": 7}
    assert run.decisions[0].rep_id == "ben"
    assert replayed(run.lines).is_identical


def test_one_ledger_for_all_grades_where_grade_books_are_off() -> None:
    run = deal(document(fair(), fairness={"grade_books": False}), team(crowd(3)), leads(90, "ABC"))

    assert run.book.grades == ("",)
    assert run.is_sound()
    assert replayed(run.lines).is_identical


# -- rotation by count -----------------------------------------------------------------------------


def test_rotation_deals_by_weight_whatever_the_items_are_worth() -> None:
    people = team(Rep("ana", weight=200), Rep("ben"), Rep("cai"))

    run = deal(document(rotation()), people, leads(400, "ACBCACCC"))

    assert run.received == {"ana": 200, "ben": 100, "cai": 100}
    for first in range(0, 400, 4):
        four = Counter(one.rep_id for one in run.decisions[first : first + 4])
        assert four == {"ana": 2, "ben": 1, "cai": 1}
    assert {one.cause for one in run.decisions} == {Cause.ROTATION}
    assert run.is_sound()


def test_rotation_ignores_fit_and_is_kept_apart_from_points() -> None:
    rules = document(
        rotation("turns", when="lead.grade = C"), fair(), fit=BY_PRODUCT, fairness={"tau": 8}
    )
    people = team(Rep("ana", fields={"product": ("crane",)}), Rep("ben"))

    run = deal(rules, people, leads(40, "C", product="crane"), lead("A1", "A"))

    assert run.received["ana"] + run.received["ben"] == 41
    assert abs(run.received["ana"] - run.received["ben"]) == 1
    assert sorted(run.router.books) == ["all|count", "all|value"]
    assert run.router.books["all|count"].grades == ("",)
    assert run.router.books["all|value"].sequence == 1


def test_rotation_passes_over_whoever_is_full_and_does_not_pay_back_later() -> None:
    rules = document(rotation(), capacity={"open_items": 3})

    run = deal(rules, team(Rep("ana"), Rep("ben", capacity=6)), leads(10))

    assert run.received == {"ana": 3, "ben": 6}
    assert run.outcomes[Outcome.WAITING] == 1


# -- best fit --------------------------------------------------------------------------------------


def test_best_fit_goes_to_the_best_whatever_he_is_owed_and_he_pays() -> None:
    people = team(Rep("ana", fields={"product": ("crane",)}), Rep("ben"))

    run = deal(document(best_fit(), fit=BY_PRODUCT), people, leads(6, "B", product="crane"))

    assert run.received == {"ana": 6}
    assert {one.cause for one in run.decisions} == {Cause.BEST_FIT}
    assert run.owed("ana") == points(-15)
    assert run.owed("ben") == points(15)
    assert run.is_sound()
    assert replayed(run.lines).is_identical


def test_equal_fits_are_told_apart_by_what_is_owed_then_by_waiting() -> None:
    run = deal(document(best_fit(), fit=BY_PRODUCT), team(crowd(4)), leads(40, "B"))

    assert set(run.received.values()) == {10}


def test_best_fit_passes_over_whoever_is_full_and_waits_if_all_are() -> None:
    rules = document(best_fit(), fit=BY_PRODUCT, capacity={"open_items": 2})
    people = team(Rep("ana", fields={"product": ("crane",)}), Rep("ben"))

    run = deal(rules, people, leads(5, "B", product="crane"))

    assert [one.rep_id for one in run.decisions] == ["ana", "ana", "ben", "ben", None]
    assert [rep_id for rep_id, _ in run.decisions[2].full] == ["ana"]


# -- which book ------------------------------------------------------------------------------------


def test_tasks_are_kept_in_the_workload_book_and_everything_else_in_the_value_book() -> None:
    run = start(document(fair()), team(reps("ana", "ben")))

    for number, kind in enumerate(ItemKind):
        run.deal(lead(f"L{number}", "B", kind=kind))

    assert {one.book for one in run.decisions} == {"all|value", "all|work"}
    assert run.router.books["all|work"].sequence == 1
    assert run.router.books["all|value"].sequence == len(ItemKind) - 1


def test_groups_have_books_of_their_own() -> None:
    rules = document(
        fair("A", group="north", when="lead.grade = A"),
        fair("rest", group="south"),
        groups=[
            {"group": "north", "members": ["ana", "ben"]},
            {"group": "south", "members": ["ben", "cai"]},
        ],
    )

    run = deal(rules, team(reps("ana", "ben", "cai")), leads(20, "AC"))

    assert {key: book.members for key, book in run.router.books.items()} == {
        "north|value": ["ana", "ben"],
        "south|value": ["ben", "cai"],
    }


def test_company_wide_all_groups_share_one_book() -> None:
    rules = document(
        fair("A", group="north", when="lead.grade = A"),
        fair("rest", group="south"),
        groups=[
            {"group": "north", "members": ["ana", "ben"]},
            {"group": "south", "members": ["ben", "cai"]},
        ],
        fairness={"scope": "company", "grade_books": False},
    )

    run = deal(rules, team(reps("ana", "ben", "cai")), leads(100, "AAAAB"))

    assert list(run.router.books) == ["*|value"]
    assert run.book.members == ["ana", "ben", "cai"]
    # What Ben got in one group counts in the other: he is not dealt to as if he had nothing.
    assert max(abs(int(owed)) for owed in run.book.owed) <= points(16)
    assert run.is_sound()
    assert replayed(run.lines).is_identical


# -- equal totals ----------------------------------------------------------------------------------


def equal_totals(**fairness: object) -> Run:
    """Ana and Ben cover the region, Cai does not: everything that comes is for the two."""
    rules = document(
        fair(match=["region"]), fairness={"basis": "equal_totals", "grade_books": False, **fairness}
    )
    people = team(
        Rep("ana", fields={"region": ("north",)}),
        Rep("ben", fields={"region": ("north",)}),
        Rep("cai", fields={"region": ("south",)}),
    )
    run = start(rules, people)
    run.deal(leads(30, "B", region="north"))
    return run


def test_equal_totals_credits_everybody_so_that_a_narrow_rep_comes_first_later() -> None:
    run = equal_totals()

    # 30 × 5/3 points, the micro-points that do not divide aside.
    assert points(50) - 30 <= run.owed("cai") <= points(50)
    run.deal(leads(10, "B", first=30, region="south"))
    run.deal(leads(6, "B", first=40))  # open to all again

    assert run.received == {"ana": 16, "ben": 15, "cai": 15} or run.received == {
        "ana": 15,
        "ben": 16,
        "cai": 15,
    }
    assert run.is_sound()
    assert replayed(run.lines).is_identical


def test_what_somebody_can_be_owed_is_limited_and_the_rest_goes_to_the_others() -> None:
    run = equal_totals(owed_limit=10)

    assert run.owed("cai") == points(10)
    assert run.owed("ana") + run.owed("ben") == points(-10)
    assert run.is_sound()
    assert replayed(run.lines).is_identical


def test_equal_totals_does_not_credit_guests() -> None:
    rules = document(
        owner(),
        fair(group="inner"),
        groups=[{"group": "inner", "members": ["ana", "ben"]}],
        fairness={"basis": "equal_totals"},
    )

    run = start(rules, team(reps("ana", "ben", "oda")))
    run.deal(lead("L0", "A", owned_by="oda"), leads(10, "A", first=1))

    assert run.owed("oda") == points(-8)
    assert run.is_sound()


# -- members and books that were there before ------------------------------------------------------


def monday(*people: Rep, items: int = 60) -> dict[str, Book]:
    return deal(document(fair()), team(people), leads(items, "ABC")).router.books


def test_balances_go_on_from_run_to_run() -> None:
    people = team(crowd(4))
    items = leads(200, "ABCAC")

    at_once = deal(document(fair()), people, items)
    first = deal(document(fair()), people, items[:77])
    second = deal(document(fair()), people, items[77:], books=first.router.books)

    assert [
        (one.item_id, one.rep_id, one.places) for one in first.decisions + second.decisions
    ] == [(one.item_id, one.rep_id, one.places) for one in at_once.decisions]
    assert second.book.as_json() == at_once.book.as_json()


def test_a_newcomer_starts_at_zero_and_is_not_flooded() -> None:
    before = monday(*crowd(4), items=1_000)

    run = start(document(fair()), team(crowd(4), Rep("new")), books=before)
    assert run.owed("new") == 0
    run.deal(leads(100, "ABC", first=1_000))

    assert 15 <= run.received["new"] <= 25
    assert run.is_sound()


def test_who_left_receives_nothing_and_his_balance_is_spread() -> None:
    before = monday(*reps("ana", "ben", "cai"), items=50)
    owed = {name: int(before["all|value"].owed[k]) for k, name in enumerate(["ana", "ben", "cai"])}
    assert owed["cai"] != 0

    people = team(reps("ana", "ben"), Rep("cai", is_active=False))
    run = start(document(fair()), people, books=before)
    after = {name: run.owed(name) for name in ("ana", "ben")}
    run.deal(leads(20, "ABC", first=50))

    assert after["ana"] + after["ben"] == 0
    assert abs((after["ana"] - owed["ana"]) - (after["ben"] - owed["ben"])) <= len(GRADES)
    assert "cai" not in run.received
    assert run.book.members == ["ana", "ben"]
    assert run.is_sound()
    assert replayed(run.lines).is_identical


def test_a_departure_stands_in_the_receipts_with_its_postings() -> None:
    before = monday(*reps("ana", "ben", "cai"), items=50)

    run = start(document(fair()), team(reps("ana", "ben")), books=before)

    (line,) = [line for line in run.lines if line.startswith('{"t":"departed"')]
    assert '"book":"all|value"' in line
    assert '"act":"departed"' in line


def test_when_everybody_leaves_the_book_is_empty_and_whoever_comes_next_begins_at_zero() -> None:
    before = monday(*reps("ana", "ben"))

    nobody = start(document(fair()), team(reps("ana", "ben", is_active=False)), books=before)
    nobody.deal(lead())
    run = deal(document(fair()), team(Rep("cai")), leads(3), books=nobody.router.books)

    assert nobody.book.members == []
    assert nobody.is_sound()
    assert run.received == {"cai": 3}
    assert run.is_sound()


def test_a_guest_stays_while_he_is_with_the_company_and_departs_when_he_leaves() -> None:
    rules = document(
        owner(), fair(group="inner"), groups=[{"group": "inner", "members": ["ana", "ben"]}]
    )
    first = deal(rules, team(reps("ana", "ben", "oda")), lead(grade="A", owned_by="oda"))

    stays = start(rules, team(reps("ana", "ben", "oda")), books=first.router.books)
    leaves = start(rules, team(reps("ana", "ben")), books=first.router.books)

    assert stays.book.members == ["ana", "ben", "oda"]
    assert leaves.book.members == ["ana", "ben"]
    assert not leaves.book.owed.any()
    assert leaves.is_sound()


def test_a_guest_who_joins_the_group_is_dealt_to_with_the_balance_he_has() -> None:
    def rules(*members: str) -> dict[str, object]:
        return document(
            owner(), fair(group="inner"), groups=[{"group": "inner", "members": list(members)}]
        )

    people = team(reps("ana", "ben", "oda"))
    first = deal(rules("ana", "ben"), people, lead("L0", "A", owned_by="oda"))

    run = deal(rules("ana", "ben", "oda"), people, leads(9, "A", first=1), books=first.router.books)

    assert run.book.guests == set()
    assert run.received == {"ana": 3, "ben": 4, "oda": 2} or run.received == {
        "ana": 4,
        "ben": 3,
        "oda": 2,
    }
    assert run.is_sound()


# -- other grades than last time -------------------------------------------------------------------


def test_a_policy_with_another_grade_goes_on_with_the_balances_there_are() -> None:
    before = monday(*crowd(3), items=61)
    owed = before["all|value"].owed.tolist()

    run = start(document(fair(), **WITH_S), team(crowd(3)), books=before)
    assert run.book.grades == ("A", "B", "C", "S")
    assert run.book.owed.tolist() == owed
    run.deal(leads(60, "SABC", first=61))

    assert run.book.balance[3].any()
    assert run.is_sound()
    assert replayed(run.lines).is_identical
    assert Book.from_json(run.book.as_json()).as_json() == run.book.as_json()


def test_a_grade_that_is_no_longer_used_keeps_its_balances() -> None:
    with_s = deal(document(fair(), **WITH_S), team(crowd(3)), leads(61, "SABC")).router.books
    owed = with_s["all|value"].owed.tolist()

    run = start(document(fair()), team(crowd(3)), books=with_s)

    assert run.book.grades == ("S", "A", "B", "C")
    assert run.book.owed.tolist() == owed


@pytest.mark.parametrize("by_grade", [True, False])
def test_grade_books_may_be_turned_on_or_off_without_losing_what_is_owed(by_grade: bool) -> None:
    was = document(fair(), fairness={"grade_books": not by_grade})
    now = document(fair(), fairness={"grade_books": by_grade})
    before = deal(was, team(crowd(3)), leads(61, "ABC")).router.books
    owed = before["all|value"].owed.tolist()

    run = start(now, team(crowd(3)), books=before)
    assert run.book.owed.tolist() == owed
    run.deal(leads(300, "ABC", first=61))
    again = start(was, team(crowd(3)), books=run.router.books)
    again.deal(leads(30, "ABC", first=400))

    assert run.is_sound()
    assert again.is_sound()
    assert replayed(run.lines).is_identical
    assert replayed(again.lines).is_identical


def test_a_book_goes_on_through_storing() -> None:
    loads = {"r00": Load(2, points(9), ((MIDNIGHT_UTC, points(8)),))}

    run = deal(document(fair()), team(crowd(3)), leads(40, "ABC"), loads=loads)
    book = Book.from_json(run.book.as_json())

    assert book.as_json() == run.book.as_json()
    assert run.loads["r00"].open_count == 2 + run.received["r00"]
