"""`evenhand route --history`: past leads say who looks after whom and who suits what."""

import pytest

from tests.cli.world import Desk, people


def past(*rows: str, header: str = "公司,负责人,成交状态,分配时间") -> list[str]:
    return [header, *rows]


def test_history_says_who_looks_after_a_company(desk: Desk) -> None:
    desk.csv("leads.csv", ["线索编号,公司", "L1,甲公司", "L2,乙公司"])
    file = desk.csv(
        "history.csv",
        past(
            "甲公司,林二,赢单,2025-01-02",
            "甲公司,陈一,输单,2025-03-02",
            "乙公司,R3,赢单,2025-01-02",
        ),
    )

    results = desk.route("--history", file)

    assert results.owners == {"L1": "R1", "L2": "R3"}


def test_history_books_nothing(desk: Desk) -> None:
    desk.csv("leads.csv", ["线索编号,公司", "L1,无名公司"])
    file = desk.csv("history.csv", past(*["甲公司,林二,赢单,2025-01-02"] * 9))

    with_history = desk.route("--history", file, out="with")
    without = desk.route(out="without")

    assert with_history.owed == without.owed
    assert with_history.state["loads"] == without.state["loads"]


def test_an_owner_who_is_not_in_the_team_is_named_and_passed_over(desk: Desk) -> None:
    desk.csv("leads.csv", ["线索编号,公司", "L1,甲公司"])
    file = desk.csv("history.csv", past("甲公司,老王,赢单,2025-01-02"))

    ran = desk.try_route("--history", file)

    assert "老王" in ran.said
    assert desk.results().owners["L1"] in {"R1", "R2", "R3"}


def test_a_company_whose_owner_left_is_dealt_anew(desk: Desk) -> None:
    desk.csv("leads.csv", ["线索编号,公司", "L1,甲公司"])
    desk.csv("team.csv", people("R1,陈一,在职", "R2,林二,离职", header="工号,姓名,在职状态"))
    file = desk.csv("history.csv", past("甲公司,林二,赢单,2025-01-02"))

    results = desk.route("--history", file)

    assert results.owners == {"L1": "R1"}


def outcomes(count: int, *, difference: bool) -> list[str]:
    """Past leads of three reps in two industries; with a difference, each excels in one."""
    rows = []
    for number in range(count):
        rep, industry = number % 3, "教育制造"[2 * (number // 3 % 2) :][:2]
        is_strong = difference and (rep == 0) == (industry == "教育")
        turn = number // 6 % 10
        is_won = turn < (7 if is_strong else 2) if difference else turn < 4
        day = f"2025-{1 + number * 11 // count:02d}-{1 + number % 28:02d}"
        outcome = "赢单" if is_won else "输单"
        rows.append(f"公司{number},{('陈一', '林二', '周三')[rep]},{outcome},{day},{industry}")
    return past(*rows, header="公司,负责人,成交状态,分配时间,行业")


def test_fit_is_learnt_from_enough_outcomes_that_differ(desk: Desk) -> None:
    rows = (f"L{n},{'教育' if n % 2 else '制造'}" for n in range(60))
    desk.csv("leads.csv", ["线索编号,行业", *rows])
    file = desk.csv("history.csv", outcomes(900, difference=True))

    ran = desk.try_route("--history", file)
    results = desk.results()

    assert "Fit was learnt from 900 past outcomes of 3 reps" in ran.said
    of_r1 = [row["行业"] for row in results.assignments if row["owner-id"] == "R1"]
    assert of_r1.count("教育") > 2 * of_r1.count("制造")
    (book,) = results.books.values()
    assert book.is_sound()
    assert desk.replay().code == 0


@pytest.mark.parametrize(
    ("count", "difference"), [(150, True), (900, False)], ids=["too few", "alike"]
)
def test_fit_is_not_used_where_history_does_not_show_it(
    desk: Desk, count: int, difference: bool
) -> None:
    desk.csv("leads.csv", ["线索编号,行业", "L1,教育", "L2,制造"])
    file = desk.csv("history.csv", outcomes(count, difference=difference))

    ran = desk.try_route("--history", file)

    assert "Fit was learnt" not in ran.said
    assert "fit" in ran.said, "nothing is said of why fit is not in use"
    (document,) = desk.results().lines("policy")
    assert document["document"]["fit"]["mode"] == "none"


def test_without_times_the_last_row_of_a_company_counts(desk: Desk) -> None:
    desk.csv("leads.csv", ["线索编号,公司", "L1,甲公司"])
    rows = ("甲公司,林二,赢单", ",陈一,赢单", "甲公司,周三,输单", "甲公司,,输单")
    file = desk.csv("history.csv", past(*rows, header="公司,负责人,成交状态"))

    assert desk.route("--history", file).owners == {"L1": "R3"}


def test_a_lead_that_was_junk_gives_nobody_a_company(desk: Desk) -> None:
    desk.csv("leads.csv", ["线索编号,公司", *(f"L{n},甲公司" for n in range(3))])
    rows = ("甲公司,林二,赢单,2025-01-02", "甲公司,陈一,无效,2025-05-02")
    file = desk.csv("history.csv", past(*rows))

    assert set(desk.route("--history", file).owners.values()) == {"R2"}


def test_whoever_got_the_last_lead_counts_not_whoever_closed_one_last(desk: Desk) -> None:
    desk.csv("leads.csv", ["线索编号,公司", "L1,甲公司"])
    header = "公司,负责人,成交状态,创建时间,成交时间"
    rows = ("甲公司,林二,赢单,2025-01-02,2025-12-30", "甲公司,陈一,输单,2025-03-02,2025-03-09")
    file = desk.csv("history.csv", past(*rows, header=header))

    assert desk.route("--history", file).owners == {"L1": "R1"}


def test_a_row_of_the_history_with_too_many_cells_is_said(desk: Desk) -> None:
    desk.path("history.csv").write_text(
        "公司,负责人,备注\n甲公司,R1,\n乙公司,R2,要求, 九点后联系\n丙公司,R2,\n丁公司,R3,\n",
        "utf-8",
    )

    ran = desk.try_route("--history", desk.path("history.csv"))

    assert "One row of the history has more cells than columns" in ran.said
    assert "row 3" in ran.said
    assert desk.results().owners["L1"] == "R1"
