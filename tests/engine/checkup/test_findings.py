"""Findings: each from figures of its own, with the right names, size and side of chance."""

from collections.abc import Mapping

import pytest

from evenhand.engine.checkup.contacts import Conflict, Repeats
from evenhand.engine.checkup.conversion import Conversion, RepConversion
from evenhand.engine.checkup.estimates import Estimate, Share
from evenhand.engine.checkup.findings import (
    Duration,
    Finding,
    Names,
    Percent,
    Times,
    findings_of,
    furthest,
)
from evenhand.engine.checkup.picking import PickIndex
from evenhand.engine.checkup.received import Portion, Received, RepReceived
from evenhand.engine.checkup.response import DAY, HOUR, Response, Speed
from evenhand.engine.checkup.spread import Figure, Spread
from evenhand.engine.checkup.stale import Lying, Stale
from evenhand.engine.checkup.survival import Spell, survival_curve
from evenhand.engine.checkup.transfers import Transfers
from evenhand.engine.facts import POINT
from tests.engine.checkup.histories import holding


def _part(received: int, due: float, *, q_value: float = 1.0) -> Portion:
    return Portion(received=received, due=due, low=due * 0.8, high=due * 1.2, q_value=q_value)


def _rep(
    rep_id: str,
    points: Portion,
    *,
    grades: Mapping[str, Portion] | None = None,
    sources: Mapping[str, Portion] | None = None,
) -> RepReceived:
    return RepReceived(
        rep_id=rep_id,
        points=points,
        leads=_part(100, 100),
        by_grade=grades or {},
        by_source=sources or {},
        kept_points=points.received,
    )


def _received(*reps: RepReceived, total_leads: int = 200) -> Received:
    return Received(
        reps=reps,
        grades=tuple(reps[0].by_grade) if reps else (),
        sources=tuple(reps[0].by_source) if reps else (),
        total_points=400 * POINT,
        total_leads=total_leads,
    )


EVEN = _received(_rep("Ren", _part(200, 200)), _rep("Rui", _part(200, 200)))


def _findings(received: Received = EVEN, **parts: object) -> dict[str, Finding]:
    everything: dict[str, object] = {
        "spread": None,
        "picks": (),
        "still": None,
        "open_long": None,
        "response": None,
        "people": None,
        "companies": None,
        "transfers": None,
        "conversion": None,
        **parts,
    }
    found = findings_of(received=received, **everything)  # type: ignore[arg-type]
    return {finding.code: finding for finding in found}


def _figure(value: float, chance_high: float) -> Figure:
    return Figure(
        observed=Estimate(value, value - 0.01, value + 0.01),
        chance=Estimate(chance_high / 2, 0.0, chance_high),
    )


def _spread(displaced: float, chance_high: float) -> Spread:
    figure = _figure(displaced, chance_high)
    return Spread(gini=figure, jain=figure, displaced=figure)


def test_nothing_measured_is_nothing_found() -> None:
    assert _findings() == {}


def test_an_uneven_deal_names_both_sides_the_furthest_first() -> None:
    reps = [
        _rep("Ann", _part(300, 200, q_value=0.01)),
        _rep("Bob", _part(400, 200, q_value=0.01)),
        _rep("Cid", _part(50, 200, q_value=0.01)),
        _rep("Dan", _part(230, 200, q_value=0.4)),
    ]

    found = _findings(_received(*reps), spread=_spread(0.2, 0.05))["deal_uneven"]

    assert found.figures["ahead"] == Names(("Bob", "Ann"))
    assert found.figures["behind"] == Names(("Cid",))
    assert (found.figures["ahead_count"], found.figures["behind_count"]) == (2, 1)
    assert found.size == pytest.approx(0.2 - 0.025)
    assert not found.is_within_chance


def test_an_even_deal_is_said_to_be_within_chance() -> None:
    found = _findings(spread=_spread(0.03, 0.05))

    assert found["deal_even"].is_within_chance
    assert found["deal_even"].size == pytest.approx(0.005)


def test_top_leads_name_the_furthest_on_both_sides_with_what_chance_gives() -> None:
    reps = [
        _rep("Ann", _part(200, 200), grades={"A": _part(30, 20, q_value=0.01)}),
        _rep("Bob", _part(200, 200), grades={"A": _part(8, 20, q_value=0.01)}),
        _rep("Cid", _part(200, 200), grades={"A": _part(22, 20)}),
    ]

    found = _findings(_received(*reps))["top_uneven"]

    assert found.figures["most_name"] == Names(("Ann",))
    assert found.figures["least_name"] == Names(("Bob",))
    assert (found.figures["most"], found.figures["most_due"]) == (30, 20)
    assert (found.figures["least_low"], found.figures["least_high"]) == (16, 24)
    assert (found.figures["apart"], found.figures["reps"], found.figures["total"]) == (2, 3, 60)


def test_top_leads_within_chance_are_said_to_be_even() -> None:
    reps = [_rep(name, _part(200, 200), grades={"A": _part(20, 20)}) for name in ("Ann", "Bob")]

    assert _findings(_received(*reps))["top_even"].is_within_chance


def test_a_team_of_one_is_compared_with_nobody() -> None:
    alone = _received(_rep("Ann", _part(200, 200), grades={"A": _part(20, 20, q_value=0.0)}))

    assert _findings(alone) == {}
    assert furthest(alone) is None


def test_the_most_uneven_named_source_is_shown() -> None:
    reps = [
        _rep(
            "Ann",
            _part(200, 200),
            sources={"": _part(90, 10, q_value=0.01), "web": _part(30, 20, q_value=0.01)},
        ),
        _rep("Bob", _part(200, 200), sources={"": _part(0, 10), "web": _part(10, 20)}),
    ]

    found = _findings(_received(*reps))["sources_uneven"]

    assert (found.figures["source"], found.figures["name"]) == ("web", Names(("Ann",)))
    assert (found.figures["cells"], found.figures["all_cells"]) == (2, 4)
    assert (found.figures["got"], found.figures["due"]) == (30, 20)


def test_a_blank_source_is_shown_if_there_is_no_other() -> None:
    reps = [
        _rep(name, _part(200, 200), sources={"": _part(got, 20, q_value=0.01)})
        for name, got in (("Ann", 35), ("Bob", 5))
    ]

    assert _findings(_received(*reps))["sources_uneven"].figures["source"] == ""


def _pick(rep_id: str, index: float, q_value: float) -> PickIndex:
    return PickIndex(
        rep_id=rep_id,
        leads=100,
        index=Estimate(index, index - 0.02, index + 0.02),
        within_source=None,
        q_value=q_value,
    )


def test_picking_names_only_those_above_the_average() -> None:
    picks = [_pick("Ann", 0.6, 0.01), _pick("Bob", 0.7, 0.01), _pick("Cid", 0.3, 0.01)]

    found = _findings(picks=picks)["picking_possible"]

    assert found.figures["names"] == Names(("Bob", "Ann"))
    assert found.figures["index"] == Times(Estimate(0.7, 0.7 - 0.02, 0.7 + 0.02))
    assert found.size == pytest.approx((100 * 0.4 + 100 * 0.2) / 200)


def test_low_indices_alone_are_no_picking() -> None:
    assert _findings(picks=[_pick("Cid", 0.3, 0.01)])["picking_none"].is_within_chance


def _stale(count: int, *reps: Lying) -> Stale:
    lead = holding("Ren", 1)
    return Stale(
        days=30,
        team=Lying(rep_id="", share=Share(count, 100), points=count * POINT),
        reps=reps,
        leads=(lead,) * count,
    )


def _lying(rep_id: str, count: int, expected: float, q_value: float) -> Lying:
    return Lying(
        rep_id=rep_id, share=Share(count, 50), points=0, expected=expected, q_value=q_value
    )


def test_leads_that_lie_still_name_those_with_clearly_more() -> None:
    reps = [_lying("Ann", 20, 10, 0.01), _lying("Bob", 30, 10, 0.01), _lying("Cid", 1, 10, 0.01)]

    found = _findings(still=_stale(40, *reps))["untouched"]

    assert found.figures["names"] == Names(("Bob", "Ann"))
    assert found.figures["more"] == 2
    assert found.size == pytest.approx(40 / 400)
    share = found.figures["share"]
    assert isinstance(share, Percent)
    assert share.estimate.value == 0.4


def test_an_undecided_lead_weighs_half_of_one_never_contacted() -> None:
    found = _findings(still=_stale(40), open_long=_stale(40))

    assert found["undecided"].size == found["untouched"].size / 2


def test_nothing_lying_still_is_good_news() -> None:
    found = _findings(still=_stale(0), open_long=_stale(0))

    assert found["untouched_none"].is_within_chance
    assert found["undecided_none"].is_within_chance


def test_response_names_the_slower_the_slowest_first() -> None:
    curve = survival_curve([Spell(2.0 * HOUR, True)] * 6 + [Spell(3.0 * DAY, True)] * 4)
    reps = (
        Speed(name="Ann", curve=curve, pace=0.8, q_value=0.01),
        Speed(name="Bob", curve=curve, pace=0.5, q_value=0.01),
        Speed(name="Cid", curve=curve, pace=1.8, q_value=0.01),
        Speed(name="Dan", curve=curve, pace=0.3, q_value=0.5),
    )
    response = Response(team=Speed(name="", curve=curve), reps=reps, sources=(), before_count=0)

    found = _findings(response=response)["response"]

    assert found.figures["names"] == Names(("Bob", "Ann"))
    median = found.figures["median"]
    assert isinstance(median, Duration)
    assert median.seconds == 2 * HOUR
    assert found.size == pytest.approx(0.4 / 2)


def _repeats(split: int, leads: int) -> Repeats:
    conflict = Conflict(key="k", deals=(holding("Ren", 1), holding("Rui", 2)), closest_days=1)
    return Repeats(
        days=90,
        split=Share(split, 10),
        leads=Share(leads, 100),
        conflicts=(conflict,) * split,
        pairs=(),
        placeholders=(),
    )


def test_one_lead_of_each_split_customer_is_in_the_right_place() -> None:
    found = _findings(people=_repeats(5, 15), companies=_repeats(5, 15))

    assert found["people_split"].size == pytest.approx(0.10)
    assert found["companies_split"].size == pytest.approx(0.01)
    assert found["people_split"].figures["leads"] == 15


def test_no_split_customer_is_good_news() -> None:
    found = _findings(people=_repeats(0, 0), companies=_repeats(0, 0))

    assert set(found) == {"people_split_none", "companies_split_none"}
    assert all(finding.is_within_chance for finding in found.values())


def test_transfers_count_leads_and_pairs() -> None:
    transfers = Transfers(
        moved=Share(12, 100),
        returned=Share(3, 100),
        reps=(),
        pairs=(("Ann", "Bob", 8),),
        back_and_forth=(("Ann", "Bob", 2),),
        log=(),
    )

    found = _findings(transfers=transfers)["transfers"]

    assert (found.figures["count"], found.figures["returned"], found.figures["pairs"]) == (12, 3, 1)
    assert found.size == 0.12


def _conversion(*chances: tuple[str, float]) -> Conversion:
    return Conversion(
        horizon_days=60,
        won=Share(40, 200),
        reps=tuple(
            RepConversion(
                rep_id=rep,
                leads=100,
                won=25 if chance > 0.5 else 15,
                expected=20.0,
                ratio=Estimate(1.2 if chance > 0.5 else 0.8, 0.7, 1.3),
                chance_above=chance,
            )
            for rep, chance in chances
        ),
        skill_deviation=0.1,
        dispersion=0.9,
        chances={},
    )


def test_conversion_names_only_those_who_can_be_told_apart() -> None:
    found = _findings(conversion=_conversion(("Ann", 0.98), ("Bob", 0.02), ("Cid", 0.9)))

    apart = found["conversion_apart"]
    assert apart.figures["above"] == Names(("Ann",))
    assert apart.figures["below"] == Names(("Bob",))
    assert apart.size == pytest.approx(10 / 80)


@pytest.mark.parametrize("chance", [0.026, 0.5, 0.974])
def test_inside_the_limits_is_normal_variation(chance: float) -> None:
    found = _findings(conversion=_conversion(("Ann", chance)))

    assert found["conversion_normal"].is_within_chance


def test_findings_of_one_size_stand_in_the_order_of_their_codes() -> None:
    found = list(_findings(still=_stale(0), people=_repeats(0, 0), companies=_repeats(0, 0)))

    assert found == sorted(found)
