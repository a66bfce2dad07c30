"""The whole check-up: what is found, in which order, and what is said about the file itself."""

from collections.abc import Callable

import pytest

from evenhand.engine.checkup.findings import Names, Percent, furthest
from evenhand.engine.checkup.holdings import Column, Holding, Outcome, Settings
from evenhand.engine.checkup.report import CannotCheckUp, Checkup, check_up
from tests.engine.checkup.histories import (
    EVERY_COLUMN,
    TEAM,
    by_lot,
    dealt,
    history,
    holding,
)

QUICK = Settings(resamples=100)


def _year(choose: Callable[[str, float], str] = by_lot(TEAM), count: int = 800) -> list[Holding]:  # noqa: B008
    return dealt(count, choose, seed="year")


def _codes(found: Checkup, *, within_chance: bool) -> list[str]:
    return [f.code for f in found.findings if f.is_within_chance is within_chance]


def test_a_year_dealt_by_lot_finds_nothing_about_the_deal() -> None:
    found = check_up(history(_year()), QUICK)

    within = _codes(found, within_chance=True)
    assert {"deal_even", "top_even", "sources_even", "picking_none"} <= set(within)
    assert "conversion_normal" in within


def test_a_favored_rep_is_found_with_figures() -> None:
    rows = _year(lambda grade, u: "Hua" if grade in "AB" and u < 0.8 else TEAM[int(u * 5)])

    found = check_up(history(rows), QUICK)

    codes = _codes(found, within_chance=False)
    assert {"deal_uneven", "top_uneven", "picking_possible"} <= set(codes)
    uneven = next(f for f in found.findings if f.code == "deal_uneven")
    assert uneven.figures["ahead"] == Names(("Hua",))
    share = uneven.figures["displaced"]
    assert isinstance(share, Percent)
    assert share.estimate.low < share.estimate.value < share.estimate.high


def test_findings_that_chance_explains_come_last_and_the_largest_first() -> None:
    found = check_up(history(_year(lambda grade, u: TEAM[int(u * u * 5)])), QUICK).findings

    flags = [f.is_within_chance for f in found]
    assert flags == sorted(flags)
    sizes = [f.size for f in found if not f.is_within_chance]
    assert sizes == sorted(sizes, reverse=True)
    assert all(0 <= f.size <= 1 for f in found)


def test_the_furthest_on_both_sides_are_named() -> None:
    found = check_up(history(_year(lambda grade, u: TEAM[int(u * u * 5)])), QUICK)

    pair = furthest(found.received)

    assert pair is not None
    assert (pair[0].rep_id, pair[1].rep_id) == ("Hua", "Yan")


def test_transfers_and_conflicts_become_findings() -> None:
    rows = _year()
    for n in range(30):
        rows += [
            holding("Ren", n, lead=f"T{n}", row=5000 + n, people=(f"p{n}",), answered=1),
            holding("Rui", n + 3, lead=f"T{n}", row=6000 + n, people=(f"p{n}",), answered=1),
            holding("Tom", n + 5, lead=f"U{n}", row=7000 + n, people=(f"p{n}",), answered=1),
        ]

    codes = _codes(check_up(history(rows), QUICK), within_chance=False)

    assert {"people_split", "transfers", "undecided"} <= set(codes)


def test_a_full_file_still_says_what_no_file_can_show() -> None:
    rows = [
        *_year(),
        holding("Ren", 1, lead="T", row=9000),
        holding("Rui", 5, lead="T", row=9001),
    ]

    gaps = check_up(history(rows), QUICK).coverage.gaps

    assert gaps == ("no_availability", "no_working_time", "no_deleted", "no_intention")


def test_a_bare_file_says_everything_it_cannot_show() -> None:
    bare = frozenset({Column.REP, Column.RECEIVED_AT})
    rows = [holding(rep, n) for n in range(30) for rep in TEAM]

    found = check_up(history(rows, columns=bare, as_of=31), QUICK)

    assert set(found.coverage.gaps) >= {
        "one_value", "no_source", "no_response", "no_outcome", "no_contact", "no_company",
        "no_transfers", "short_period",
    }  # fmt: skip
    assert found.response is found.conversion is found.people is found.untouched is None


@pytest.mark.parametrize(
    ("missing", "gap"),
    [(Column.DECIDED_AT, "no_decided_at"), (Column.OUTCOME, "no_outcome")],
)
def test_a_missing_column_is_named(missing: Column, gap: str) -> None:
    found = check_up(history(_year(), columns=EVERY_COLUMN - {missing}), QUICK)

    assert gap in found.coverage.gaps


def test_whole_days_are_said_to_be_whole_days() -> None:
    found = check_up(history(_year(), is_to_the_day=True), QUICK)

    assert "to_the_day" in found.coverage.gaps


def test_too_few_wins_are_said_to_be_too_few() -> None:
    rows = dealt(200, by_lot(TEAM), won_rate=lambda rep, grade: 0.01)

    assert "few_outcomes" in check_up(history(rows), QUICK).coverage.gaps


def test_a_file_of_won_leads_only_is_said_to_be_one() -> None:
    rows = [holding(rep, n, won=n + 3, answered=1) for n in range(40) for rep in TEAM]

    found = check_up(history(rows), QUICK)

    assert found.coverage.gaps[0] == "only_won"
    assert "few_outcomes" not in found.coverage.gaps
    assert found.conversion is found.undecided is None


def test_junk_is_counted_said_and_left_out() -> None:
    rows = _year(count=300)
    junk = [
        Holding(row=9000 + n, lead_id=f"J{n}", rep_id="Hua", received_at=rows[n].received_at,
                points=rows[0].points, grade="A", outcome=Outcome.JUNK)
        for n in range(50)
    ]  # fmt: skip

    with_junk = check_up(history(rows + junk), QUICK)

    assert with_junk.coverage.junk_count == 50
    assert with_junk.coverage.lead_count == 350
    assert with_junk.received == check_up(history(rows), QUICK).received


def test_rows_that_contradict_themselves_are_counted() -> None:
    rows = [*_year(count=100), holding("Ren", 50, answered=-2, won=20), holding("Ren", 500)]

    oddities = check_up(history(rows), QUICK).coverage.oddities

    assert oddities == {
        "response_before_receipt": 1,
        "decided_before_receipt": 1,
        "after_as_of": 1,
    }


def test_the_same_file_gives_the_same_check_up_in_any_order_of_rows() -> None:
    rows = _year(count=200)

    first = check_up(history(rows), QUICK)

    assert check_up(history(rows), QUICK).findings == first.findings
    assert check_up(history(list(reversed(rows))), QUICK).findings == first.findings


def test_an_empty_history_is_refused_in_words() -> None:
    with pytest.raises(CannotCheckUp, match="no usable row") as refusal:
        check_up(history([]))

    assert refusal.value.code == "no_rows"


def test_a_history_without_a_team_is_refused_in_words() -> None:
    with pytest.raises(CannotCheckUp, match="owner column") as refusal:
        check_up(history([holding(f"R{n}", n) for n in range(20)]))

    assert refusal.value.code == "no_team"


def test_a_single_rep_is_examined_without_comparison() -> None:
    found = check_up(history([holding("Ren", n, answered=1) for n in range(40)]), QUICK)

    assert found.spread is None
    assert found.replay is None
    assert furthest(found.received) is None
    assert [rep.rep_id for rep in found.received.reps] == ["Ren"]
