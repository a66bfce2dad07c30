"""`evenhand route` from two files to its results: what is dealt, to whom, and what is said."""

import pytest
from click.testing import CliRunner

from evenhand.cli.main import main
from tests.cli.world import LEADS, Desk, Results, made_leads, people, policy, pool, share

EVERYTHING = {
    "assignments.csv",
    "assignments.xlsx",
    "receipts.jsonl",
    "report.html",
    "policy.yaml",
    "team.json",
    "state.json",
}


# -- without a policy --------------------------------------------------------------------------


def test_two_spreadsheets_are_enough(desk: Desk) -> None:
    ran = desk.try_route()
    results = desk.results()

    assert ran.code == 0
    assert results.names == EVERYTHING
    assert set(results.owners) == {"L1", "L2", "L3", "L4"}
    assert all(results.owners.values())


def test_the_default_policy_is_said_and_stands_among_the_results(desk: Desk) -> None:
    ran = desk.try_route()

    assert "No policy was given" in ran.said
    again = desk.route("--policy", desk.path("out/policy.yaml"), out="again")
    assert again.owners == desk.results().owners


def test_without_grades_it_is_said_that_every_lead_counts_the_same(desk: Desk) -> None:
    desk.csv("leads.csv", ["线索编号,姓名", "L1,张三", "L2,李四"])

    ran = desk.try_route()

    assert "every lead counts as 3 points" in ran.said
    assert {row["points"] for row in desk.results().assignments} == {"3"}


def test_with_grades_nothing_is_said_of_leads_that_count_the_same(desk: Desk) -> None:
    assert "every lead counts" not in desk.try_route().said


def test_a_given_policy_is_gone_by_and_nothing_is_assumed_about_it(desk: Desk) -> None:
    ran = desk.try_route("--policy", desk.policy(policy(pool())))

    assert "No policy was given" not in ran.said
    assert [row["outcome"] for row in desk.results().assignments] == ["in the public pool"] * 4


def test_a_grade_costs_its_points_and_points_stay_even(desk: Desk) -> None:
    desk.csv("leads.csv", made_leads(60))

    results = desk.route()

    points = results.points_received()
    assert sum(points.values()) == 15 * (8 + 5 + 3 + 1) * 1_000_000
    assert max(points.values()) - min(points.values()) <= 8_000_000
    (book,) = results.books.values()
    assert book.is_sound()


def test_whoever_covers_nothing_gets_everything_and_the_others_what_they_cover(desk: Desk) -> None:
    desk.csv("leads.csv", ["线索编号,省份", *(f"L{n},浙江" for n in range(6)), "L9,北京"])
    desk.csv("team.csv", people("R1,陈一,浙江、江苏", "R2,林二,北京", header="工号,姓名,区域"))

    results = desk.route()

    assert results.owners == {**{f"L{n}": "R1" for n in range(6)}, "L9": "R2"}


def test_a_region_is_covered_by_the_area_it_lies_in(desk: Desk) -> None:
    desk.csv("leads.csv", ["线索编号,省份,城市", "L1,浙江省,杭州市", "L2,广东,深圳"])
    desk.csv("team.csv", people("R1,陈一,华东", "R2,林二,广东省", header="工号,姓名,区域"))

    assert desk.route().owners == {"L1": "R1", "L2": "R2"}


def test_a_second_lead_of_a_company_goes_to_whoever_has_the_first(desk: Desk) -> None:
    desk.csv(
        "leads.csv",
        ["线索编号,公司", "L1,甲公司", "L2,乙公司", "L3,丙公司", "L4, 甲 公司 ", "L5,甲公司"],
    )

    results = desk.route()

    assert results.owners["L4"] == results.owners["L5"] == results.owners["L1"]
    assert results.assignments[3]["rule"] == "same company, same owner"


def test_shares_follow_the_weights(desk: Desk) -> None:
    desk.csv("leads.csv", made_leads(30, "线索编号", lambda number: f"L{number}"))
    desk.csv("team.csv", people("R1,陈一,100%", "R2,林二,50%", header="工号,姓名,权重"))

    assert desk.route().received == {"R1": 20, "R2": 10}


def test_a_capacity_in_the_team_sheet_leaves_the_rest_waiting(desk: Desk) -> None:
    desk.csv("leads.csv", made_leads(10))
    desk.csv("team.csv", people("R1,陈一,3,1", "R2,林二,4,0", header="工号,姓名,容量上限,当前在手"))

    ran = desk.try_route()
    results = desk.results()

    assert ran.code == 1
    assert results.received == {"R1": 2, "R2": 4}
    waiting = [row for row in results.assignments if not row["owner-id"]]
    assert len(waiting) == 4
    assert all("at capacity" in row["why"] for row in waiting)


# -- columns -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("leads", "team"),
    [
        (
            ("线索编号,客户姓名,手机号码,线索等级", "L1,张三,13812345678,A"),
            ("姓名,工号", "陈一,R1"),
        ),
        (("名單編號,姓名,行動電話,等級", "L1,張三,13812345678,A"), ("姓名,員工編號", "陳一,R1")),
        (("Lead ID,Full Name,Mobile,Lead Grade", "L1,Li,13812345678,A"), ("Name,ID", "Chen,R1")),
        (("lead_id,name,phone,rating", "L1,Li,13812345678,hot"), ("name,employee id", "Chen,R1")),
    ],
    ids=["simplified", "traditional", "English", "export"],
)
def test_columns_are_recognized_in_chinese_and_english(
    desk: Desk, leads: tuple[str, ...], team: tuple[str, ...]
) -> None:
    desk.csv("leads.csv", leads)
    desk.csv("team.csv", team)

    (row,) = desk.route().assignments

    assert (row["item"], row["owner-id"], row["grade"], row["points"]) == ("L1", "R1", "A", "8")
    assert desk.results().state["keys"], "the phone was not seen"


def test_a_column_is_named_by_hand_where_its_heading_says_nothing(desk: Desk) -> None:
    desk.csv("leads.csv", ["kode,wert", "L1,A", "L2,D"])
    desk.csv("team.csv", ["wer", "陈一"])

    results = desk.route("--map", "kode=id", "--map", "wert=grade", "--team-map", "wer=name")

    assert [(row["item"], row["grade"]) for row in results.assignments] == [
        ("L1", "A"),
        ("L2", "D"),
    ]
    assert set(results.owners.values()) == {"陈一"}


def test_a_column_of_ones_own_can_be_named_by_conditions(desk: Desk) -> None:
    desk.csv("leads.csv", ["线索编号,急不急", "L1,急", "L2,不急"])
    urgent = share("urgent", when="lead.急不急 = '急'")
    file = desk.policy(policy(urgent, pool()))

    results = desk.route("--policy", file)

    assert [row["outcome"] for row in results.assignments] == ["assigned", "in the public pool"]


def test_a_field_that_the_policy_reads_and_the_sheet_lacks_is_said(desk: Desk) -> None:
    reads = "lead.budget > 5 or company.employees > 9 or lead.phone is empty"
    file = desk.policy(policy(share(when=reads), pool()))

    ran = desk.try_route("--policy", file, lang="zh-Hans")

    (told,) = (line for line in ran.said.splitlines() if "线索表没有这样的列" in line)
    assert "预算" in told
    assert "公司人数" in told or "员工" in told
    assert "手机" not in told


def test_a_field_that_the_sheet_has_is_not_said_to_be_absent(desk: Desk) -> None:
    file = desk.policy(policy(share(when="lead.region is empty or company.owner is empty"), pool()))

    assert "no column" not in desk.try_route("--policy", file).said


def test_the_columns_of_the_sheet_follow_ours_untouched(desk: Desk) -> None:
    row = desk.route().assignments[0]

    assert [row[name] for name in ("姓名", "手机", "邮箱", "公司")] == [
        "张三",
        "13812345678",
        "zhang@example.com",
        "甲公司",
    ]


@pytest.mark.parametrize(
    ("lang", "headings"),
    [
        ("zh-Hans", ["行号", "分配结果", "负责人"]),
        ("zh-Hant", ["列號", "分配結果", "負責人"]),
        ("en", ["Row", "Outcome", "Owner"]),
    ],
)
def test_the_results_speak_the_language_asked_for(
    desk: Desk, lang: str, headings: list[str]
) -> None:
    results = desk.route(lang=lang)

    assert results.table("assignments.csv")[0][:3] == headings
    assert len({row["outcome"] for row in results.assignments}) == 1


def test_the_language_changes_words_and_no_decision(desk: Desk) -> None:
    file = desk.policy(policy())
    owners = [
        desk.route("--policy", file, lang=lang, out=lang).owners
        for lang in ("zh-Hans", "zh-Hant", "en")
    ]

    assert owners[0] == owners[1] == owners[2]


def test_a_progress_bar_and_a_summary_are_left_out_when_asked(desk: Desk) -> None:
    ran = desk.try_route("--quiet")

    assert (ran.code, ran.said, ran.complained) == (0, "", "")


# -- exit codes --------------------------------------------------------------------------------


def test_exit_code_0_everything_was_dealt(desk: Desk) -> None:
    assert desk.try_route().code == 0


def test_repeated_rows_alone_are_no_reason_to_complain(desk: Desk) -> None:
    desk.csv("leads.csv", [*LEADS, LEADS[1]])

    assert desk.try_route().code == 0


def test_exit_code_1_a_row_was_left_unassigned(desk: Desk) -> None:
    desk.csv("team.csv", people("R1,陈一,离职", "R2,林二,离职", header="工号,姓名,在职状态"))

    ran = desk.try_route()

    assert ran.code == 1
    assert "4 unassigned" in ran.said
    assert not any(desk.results().owners.values())


def test_leads_that_a_rule_deals_to_a_pool_are_no_reason_to_complain(desk: Desk) -> None:
    rules = desk.policy(policy(pool(when="lead.grade = 'D'"), share()))

    ran = desk.try_route("--policy", rules)

    assert ran.code == 0
    assert desk.results().owners["L4"] == ""


def test_exit_code_1_a_pool_is_where_leads_end_that_nobody_could_take(desk: Desk) -> None:
    desk.csv("team.csv", people("R1,陈一,离职", header="工号,姓名,在职状态"))
    rules = desk.policy(policy(share(if_nobody={"do": "pool", "pool": "open"})))

    assert desk.try_route("--policy", rules).code == 1


def test_exit_code_1_a_row_was_rejected(desk: Desk) -> None:
    desk.csv("leads.csv", ["线索编号,分值", "L1,3", "L2,three"])

    ran = desk.try_route()

    assert ran.code == 1
    assert "1 rejected" in ran.said
    assert desk.results().owners.keys() == {"L1"}


def test_exit_code_2_nothing_was_written(desk: Desk) -> None:
    desk.csv("team.csv", ["工号,姓名"])

    ran = desk.try_route()

    assert ran.code == 2
    assert not desk.path("out").exists()


# -- the moment --------------------------------------------------------------------------------


def moment_of(results: Results) -> str:
    (run,) = results.lines("run")
    moment: str = run["now"]
    return moment


def test_a_moment_without_zone_is_the_company_s(desk: Desk) -> None:
    assert moment_of(desk.route(at="2026-03-04T10:00")) == "2026-03-04T10:00:00+08:00"
    berlin = desk.route("--zone", "Europe/Berlin", at="2026-03-04 10:00", out="berlin")
    assert moment_of(berlin) == "2026-03-04T10:00:00+01:00"


@pytest.mark.parametrize("at", ["2026-03-04T02:00Z", "2026-03-03T21:00:00-05:00"])
def test_a_moment_with_zone_is_that_instant(desk: Desk, at: str) -> None:
    assert moment_of(desk.route(at=at)) == "2026-03-04T10:00:00+08:00"


def test_without_a_moment_it_is_now(desk: Desk) -> None:
    assert moment_of(desk.route(at=None)) > "2025-01-01T00:00:00+08:00"


def test_the_same_instant_gives_the_same_results_however_it_is_written(desk: Desk) -> None:
    one = desk.route(at="2026-03-04T10:00", out="one")
    two = desk.route(at="2026-03-04T02:00+00:00", out="two")

    assert one.contents() == two.contents()


# -- who is there ------------------------------------------------------------------------------


NIGHT = "2026-03-07T23:00"  # a Saturday


def test_working_hours_exclude_nobody(desk: Desk) -> None:
    assert all(desk.route(at=NIGHT).owners.values())


def test_working_hours_exclude_if_the_policy_says_so(desk: Desk) -> None:
    desk.csv("team.csv", people("R1,陈一,", "R2,林二,08:00-24:00", header="工号,姓名,工作时间"))
    file = desk.policy(policy(availability={"working_hours": "exclude"}))

    evening = desk.route("--policy", file, at="2026-03-04T21:00", out="evening")
    night = desk.route("--policy", file, at=NIGHT, out="night")

    assert set(evening.owners.values()) == {"R2"}
    assert set(night.owners.values()) == {""}


def test_company_hours_are_those_given(desk: Desk) -> None:
    file = desk.policy(policy(availability={"working_hours": "exclude"}))
    at = "2026-03-04T20:00"

    usual = desk.route("--policy", file, at=at, out="usual")
    late = desk.route("--policy", file, "--hours", "14:00-22:00", at=at, out="late")

    assert not any(usual.owners.values())
    assert all(late.owners.values())


def test_a_make_up_day_is_a_working_day_and_a_holiday_is_not(desk: Desk) -> None:
    file = desk.policy(policy(availability={"working_hours": "exclude"}))

    # The Saturday after the National Day of 2024 was worked; 1 October was not.
    worked = desk.route("--policy", file, at="2024-10-12T10:00", out="worked")
    closed = desk.route("--policy", file, at="2024-10-01T10:00", out="closed")

    assert all(worked.owners.values())
    assert not any(closed.owners.values())


def test_whoever_is_on_leave_gets_nothing(desk: Desk) -> None:
    desk.csv(
        "team.csv",
        people(
            "R1,陈一,",
            "R2,林二,2026-03-02至2026-03-04",
            "R3,周三,2026-03-05至2026-03-06",
            header="工号,姓名,休假",
        ),
    )
    desk.csv("leads.csv", made_leads(12))

    assert set(desk.route().received) == {"R1", "R3"}
    assert set(desk.route(at="2026-03-05T09:00", out="next").received) == {"R1", "R2"}


def test_leave_is_read_from_two_columns_too(desk: Desk) -> None:
    header = "工号,姓名,休假开始,休假结束"
    desk.csv("team.csv", people("R1,陈一,,", "R2,林二,2026/3/2,2026/3/4", header=header))

    assert set(desk.route().received) == {"R1"}
    # The last day is on leave to its end.
    assert set(desk.route(at="2026-03-04T23:59", out="late").received) == {"R1"}
    assert set(desk.route(at="2026-03-05T00:00", out="next").received) == {"R1", "R2"}


@pytest.mark.parametrize(
    ("header", "cell"),
    [("在职状态", "离职"), ("active", "no"), ("是否接单", "否"), ("accepting leads", "off")],
)
def test_whoever_left_or_switched_off_gets_nothing(desk: Desk, header: str, cell: str) -> None:
    desk.csv("team.csv", people("R1,陈一,", f"R2,林二,{cell}", header=f"工号,姓名,{header}"))

    assert set(desk.route().received) == {"R1"}


def test_names_stand_for_ids_where_there_are_none(desk: Desk) -> None:
    desk.csv("team.csv", ["姓名", "陈一", "林二"])

    assert set(desk.route().received) == {"陈一", "林二"}


def test_a_mentor_is_named_by_his_name(desk: Desk) -> None:
    levels = [
        {"level": "新人", "takes": "lead.grade = 'D'", "stretch": {"percent": 50}},
        {"level": "骨干"},
    ]
    header = "工号,姓名,职级,导师"
    desk.csv("team.csv", people("R1,陈一,新人,林二", "R2,林二,骨干,", header=header))
    desk.csv("leads.csv", made_leads(40, "线索编号,等级", lambda number: f"L{number},C"))

    results = desk.route("--policy", desk.policy(policy(levels=levels)))

    stretched = [row for row in results.assignments if row["owner-id"] == "R1"]
    assert stretched
    assert {row["mentor"] for row in stretched} == {"林二"}


def test_hours_that_cannot_be_read_are_said_with_their_column(desk: Desk) -> None:
    desk.csv("team.csv", people("R1,陈一,白天", "R2,林二,09:00-18:00", header="工号,姓名,上班时间"))

    ran = desk.try_route()

    assert ran.code == 0
    assert "row 2, column “上班时间”" in ran.said
    assert "白天" in ran.said


def test_leave_with_a_time_ends_at_that_time(desk: Desk) -> None:
    header = "工号,姓名,休假开始,休假结束"
    desk.csv("team.csv", people("R1,陈一,2026-03-04 09:00,2026-03-04 14:00", header=header))

    assert not any(desk.route(at="2026-03-04T13:59", out="away").owners.values())
    assert all(desk.route(at="2026-03-04T14:00", out="back").owners.values())


def test_dates_of_leads_are_the_company_s(desk: Desk) -> None:
    desk.csv("leads.csv", ["线索编号,创建时间", "L1,2026-03-04 09:30", "L2,2026-03-04 08:30"])
    fresh = share(when="lead.created_at >= 2026-03-04T09:00:00+08:00")

    results = desk.route("--policy", desk.policy(policy(fresh, pool())))

    assert [row["outcome"] for row in results.assignments] == ["assigned", "in the public pool"]


@pytest.mark.parametrize(
    ("variables", "told"),
    [
        ({"LC_ALL": "zh_TW.UTF-8"}, "結果在"),
        ({"LC_ALL": "", "LC_MESSAGES": "zh_HK.UTF-8", "LANG": "de_DE.UTF-8"}, "結果在"),
        ({"LC_ALL": "", "LC_MESSAGES": "", "LANG": "zh_CN.GBK"}, "结果在"),
        ({"LC_ALL": "en_US.UTF-8"}, "The results are in"),
    ],
)
def test_without_a_word_about_it_the_language_is_the_terminal_s(
    desk: Desk, variables: dict[str, str], told: str
) -> None:
    files = ("leads.csv", "team.csv", "out")
    leads, team, out = (str(desk.path(name)) for name in files)

    found = CliRunner(env=variables).invoke(main, ["route", leads, "--team", team, "--out", out])

    assert found.exit_code == 0
    assert told in found.stdout
