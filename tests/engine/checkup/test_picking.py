"""The cherry-pick index: 0.5 for an average mix, high for whoever has the best of each month."""

import pytest

from evenhand.engine.checkup.activity import activity_of
from evenhand.engine.checkup.holdings import Holding, Settings, spells
from evenhand.engine.checkup.picking import PickIndex, pick_indices
from evenhand.engine.facts import POINT
from tests.engine.checkup.histories import TEAM, by_lot, dealt, holding, seeds


def _indices(rows: list[Holding], *, has_sources: bool = True) -> dict[str, PickIndex]:
    activity = activity_of(spells(rows), Settings(occasional_leads=1))
    return {found.rep_id: found for found in pick_indices(activity, has_sources=has_sources)}


def _picker(grade: str, u: float) -> str:
    """Hua takes 60 % of the A and B leads and little else; the rest falls to the others by lot."""
    if u < {"A": 0.6, "B": 0.6}.get(grade, 0.04):
        return "Hua"
    return TEAM[1 + int(u * 997) % 4]


def test_whoever_takes_the_best_has_a_high_index_with_an_interval_above_one_half() -> None:
    found = _indices(dealt(900, _picker))

    assert found["Hua"].index.value > 0.7
    assert found["Hua"].index.low > 0.5
    assert found["Hua"].is_beyond_chance
    assert all(found[rep].index.value < 0.5 for rep in TEAM[1:])


def test_dealing_by_lot_rarely_looks_like_picking() -> None:
    alarms = [
        any(p.is_beyond_chance for p in _indices(dealt(300, by_lot(TEAM), seed=s)).values())
        for s in seeds(60)
    ]

    assert sum(alarms) <= 8


def test_intervals_hold_one_half_nineteen_times_in_twenty_when_dealt_by_lot() -> None:
    found = [p for s in seeds(40) for p in _indices(dealt(240, by_lot(TEAM), seed=s)).values()]

    inside = sum(p.index.low <= 0.5 <= p.index.high for p in found)

    assert 0.91 <= inside / len(found) <= 0.99


def test_the_mean_index_weighted_by_leads_is_one_half() -> None:
    found = _indices(dealt(500, _picker)).values()

    mean = sum(p.index.value * p.leads for p in found) / sum(p.leads for p in found)

    assert mean == pytest.approx(0.5)


def test_a_month_with_better_leads_favors_nobody() -> None:
    january = [holding(rep, n, grade="A") for n in range(20) for rep in ("Ren", "Rui")]
    june = [holding("Tom", 160 + n, grade="D") for n in range(20)]
    june += [holding("Yan", 160 + n, grade="C") for n in range(20)]

    found = _indices(january + june)

    assert found["Ren"].index.value == 0.5
    assert found["Tom"].index.value < 0.5 < found["Yan"].index.value


def test_a_specialist_for_a_good_source_is_average_within_that_source() -> None:
    rows = dealt(600, lambda grade, u: TEAM[int(u * 4) + 1])
    fair = [
        holding(
            "Hua",
            h_at / 2,
            lead=f"F{h_at}",
            row=9000 + h_at,
            grade="AB"[h_at % 2],
            source="fair desk",
        )
        for h_at in range(300)
    ]

    hua = _indices(rows + fair)["Hua"]

    assert hua.index.low > 0.6
    assert hua.within_source == pytest.approx(0.5)


def test_without_sources_there_is_no_index_within_them() -> None:
    assert _indices(dealt(100, by_lot(TEAM)), has_sources=False)["Hua"].within_source is None


def test_leads_that_are_all_worth_the_same_cannot_be_picked() -> None:
    assert _indices([holding(rep, n) for n in range(20) for rep in TEAM]) == {}


def test_whoever_has_a_month_alone_is_exactly_average_there() -> None:
    rows = [holding("Ren", n / 10, grade=g) for n, g in enumerate("ABCDABCD")]
    rows += [holding(rep, 40 + n, grade=g) for n, g in enumerate("ABCD") for rep in ("Rui", "Tom")]

    found = _indices(rows)["Ren"]

    assert found.index == type(found.index)(0.5, 0.5, 0.5)
    assert not found.is_beyond_chance


def test_points_matter_and_not_their_unit() -> None:
    rows = dealt(200, _picker)
    scaled = [
        Holding(
            row=h.row, lead_id=h.lead_id, rep_id=h.rep_id, received_at=h.received_at,
            points=h.points // POINT, grade=h.grade, source=h.source,
        )
        for h in rows
    ]  # fmt: skip

    assert _indices(rows) == _indices(scaled)
