"""Tests of `evenhand route --plan`, end to end."""

from collections import Counter

import pytest

from evenhand.cli.route import command
from tests.cli.report_page import page_of
from tests.cli.world import Desk, made_leads, people, policy, pool, share


def test_a_backlog_is_dealt_as_a_plan_that_replays(desk: Desk) -> None:
    desk.csv("leads.csv", made_leads(40))
    desk.csv(
        "team.csv",
        people("R1,陈一,12,0", "R2,林二,9,3", "R3,周三,50,0", header="工号,姓名,容量上限,当前在手"),
    )

    ran = desk.try_route("--plan")
    results = desk.results()

    assert "Planned: 40 leads in 4 plans, 0 without a place" in ran.said
    assert results.received["R1"] <= 12
    assert results.received["R2"] <= 6
    assert [row["row"] for row in results.assignments] == [str(n) for n in range(2, 42)]
    assert len(results.lines("plan")) == 4
    assert {line["cause"] for line in results.lines("decision")} == {"planned"}
    assert all(book.is_sound() for book in results.books.values())
    assert desk.replay().code == 0


def test_every_grade_is_shared_evenly(desk: Desk) -> None:
    desk.csv("leads.csv", made_leads(60))

    results = desk.route("--plan")

    shares = Counter((row["owner-id"], row["grade"]) for row in results.assignments)
    assert set(shares.values()) == {5}


def test_leads_of_one_company_stay_together(desk: Desk) -> None:
    desk.csv("leads.csv", ["线索编号,公司", *(f"L{n},{'甲乙'[n % 2]}公司" for n in range(6))])

    results = desk.route("--plan")

    assert len({owner for item, owner in results.owners.items() if int(item[1:]) % 2}) == 1
    assert len(set(results.owners.values())) == 2
    assert desk.replay().code == 0


def test_what_a_plan_leaves_over_waits_and_is_planned_next_time(desk: Desk) -> None:
    desk.csv("leads.csv", made_leads(8))
    desk.csv("team.csv", people("R1,陈一,2", "R2,林二,3", header="工号,姓名,容量上限"))
    ran = desk.try_route("--plan")
    assert (ran.code, desk.results().received) == (1, {"R1": 2, "R2": 3})

    desk.csv("team.csv", people("R1,陈一,9", "R2,林二,9", header="工号,姓名,容量上限"))
    assert desk.try_route("--plan").code == 0

    assert desk.results().received.total() == 3
    assert desk.replay().code == 0


def test_repeated_and_unusable_rows_are_put_aside_as_ever(desk: Desk) -> None:
    rows = ["编号,手机,等级", "L1,13812345678,A", "L1,,B", ",123,C", "L4,13812345679,D"]
    desk.csv("leads.csv", rows)

    planned = desk.route("--plan", out="planned")
    dealt = desk.route(out="dealt")

    assert planned.repeated == dealt.repeated
    assert planned.rejected == dealt.rejected
    assert planned.owners.keys() == dealt.owners.keys() == {"L1", "L4"}


def test_pools_are_no_part_of_a_plan(desk: Desk) -> None:
    path = desk.policy(policy(pool(when='lead.grade = "D"'), share()))
    desk.csv("leads.csv", made_leads(12))

    results = desk.route("--plan", "--policy", path)

    assert Counter(line.get("cause", "pool") for line in results.lines("decision")) == {
        "planned": 9,
        "pool": 3,
    }
    assert desk.replay().code == 0


def test_a_planned_lead_is_explained_and_can_be_changed(desk: Desk) -> None:
    desk.csv("leads.csv", made_leads(9))
    owner = desk.route("--plan").owners["L3"]
    other = next(name for name in ("R1", "R2", "R3") if name != owner)

    told = desk.explain("L3", other)
    booked = desk.book(f"L3,transfer,{other},,100,moved,Ann", "L4,void,,,,test,Ann")

    assert "Batch plan: dealt all at once, this one to somebody else" in told.said
    assert booked.code == 0
    assert all(book.is_sound() for book in desk.results().books.values())
    assert desk.replay().code == 0


def test_the_report_says_what_each_plan_came_to_beside_dealing_in_turn(desk: Desk) -> None:
    path = desk.policy(policy(fit={"mode": "declared", "weights": {"region": 1}}))
    regions = ("浙江", "北京", "广东")
    rows = [f"L{n},{regions[n * 7 % 5 % 3]},{'AB'[n % 2]}" for n in range(30)]
    desk.csv("leads.csv", ["线索编号,省份,等级", *rows])
    header = "工号,姓名,区域,容量上限"
    desk.csv(
        "team.csv", people("R1,陈一,浙江,9", "R2,林二,北京,9", "R3,周三,广东,9", header=header)
    )

    results = desk.route("--plan", "--policy", path)

    plans = {line["grade"]: line for line in results.lines("plan")}
    section = page_of(results).sections["plan"]
    rows_shown = section.tables[0].by_first()
    assert rows_shown.keys() == plans.keys() == {"A", "B"}
    for grade, row in rows_shown.items():
        plan = plans[grade]
        assert row["Leads"] == "15"
        assert row["Left out"] == str(sum(rep is None for rep in plan["to"]))
        assert float(row["Fit × points"]) * 1_000_000 == plan["objective"]
        assert float(row["Best"]) * 1_000_000 == plan["bound"]
        assert float(row["In turn"]) <= float(row["Fit × points"])
    assert sum(float(row["In turn"]) for row in rows_shown.values()) > 0
    assert "as few leads as possible are left out" in section.text
    assert "more by planning" in section.text


def test_where_nobody_suits_better_the_report_says_so(desk: Desk) -> None:
    desk.csv("leads.csv", made_leads(12))

    section = page_of(desk.route("--plan")).sections["plan"]

    assert "nothing to gain by fit" in section.text
    assert "In turn" not in section.tables[0].heads


def test_without_a_plan_the_report_speaks_of_none(desk: Desk) -> None:
    assert "plan" not in page_of(desk.route()).sections


def test_a_changed_receipt_is_found(desk: Desk) -> None:
    desk.csv("leads.csv", made_leads(9))
    path = desk.route("--plan").receipts
    text = path.read_text("utf-8")
    path.write_text(text.replace('"objective":0', '"objective":7', 1), "utf-8")

    assert desk.replay().code == 1


def test_more_rows_than_a_plan_can_hold_are_refused_with_the_remedy(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The limit is lowered: a sheet of 100,001 rows would take a minute to make."""
    monkeypatch.setattr(command, "MOST_FULL_ROWS", 20)
    desk.csv("leads.csv", made_leads(200))

    ran = desk.try_route("--plan")

    assert ran.code == 2
    assert ran.complaints == ["--plan deals at most 20 rows; leave --plan out, or split the sheet"]
    assert not desk.path("out").exists()
