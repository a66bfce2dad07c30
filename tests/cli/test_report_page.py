"""The page itself: languages, escaping, long lists, many people, and the parts it is made of."""

from collections import Counter
from typing import Any

import pytest

from evenhand.cli.route.report.exclusions import FAMILIES, family_of
from evenhand.cli.route.report.first_screen import CHART_ROWS
from evenhand.cli.route.report.proof import jain_of
from evenhand.cli.route.report.rule_use import RuleState
from evenhand.cli.route.report.shares import Share
from evenhand.cli.route.report.show import Show
from evenhand.engine.facts import POINT
from evenhand.engine.reasons import reason
from evenhand.engine.routing.decision import Cause
from evenhand.engine.routing.weights import Weight
from evenhand.wording.catalogue import LOCALES, Words
from tests.cli.report_page import EN, page_of, said
from tests.cli.world import Desk, made_leads, people, policy, pool, share

# -- the page itself ---------------------------------------------------------------------------


@pytest.mark.parametrize("lang", LOCALES)
def test_the_page_is_in_the_language_asked_for(desk: Desk, lang: str) -> None:
    page = page_of(desk.route(lang=lang))

    assert page.language == lang
    words = Words(lang)
    assert words.text("report-title") in page.text
    titles = [part.title for part in page.sections.values()]
    assert titles == [
        words.text(f"report-{name}")
        for name in ("people", "proof", "unassigned", "excluded", "rules", "rows", "notes")
    ]


@pytest.mark.parametrize("lang", LOCALES)
def test_every_word_that_a_figure_may_need_is_there(lang: str) -> None:
    words = Words(lang)
    wanted = [f"report-kept-{family}" for family in FAMILIES]
    wanted += [f"report-state-{state.value}" for state in RuleState]
    wanted += [f"report-cause-{cause.value.replace('_', '-')}" for cause in Cause]

    assert [name for name in wanted if not words.has(name)] == []


def test_names_and_cells_are_escaped(desk: Desk) -> None:
    evil = "<script>alert(1)</script>"
    desk.csv(
        "team.csv",
        [
            ["工号", "姓名", "团队", "请假"],
            ["<b>1", evil, "<i>x", ""],
            ["R2", "{{ 7*7 }}", "", "junk<u>"],
        ],
    )
    desk.csv(
        "leads.csv",
        [
            ["线索编号", "公司", "来源", "预算"],
            ["<img src=x>", evil, "a", "10"],
            ["L2", evil, "<q>pool", "20"],
            ["L3", "x", "c", "<s>bad"],
        ],
    )
    document = policy(
        pool(f"to {evil}", when='lead.source = "<q>pool"'),
        share("<hr>", when="lead.budget > 0"),
    )

    page = page_of(desk.route("--policy", desk.policy(document)))

    assert evil in page.text
    assert "{{ 7*7 }}" in page.text
    for tag in ("<script", "<img", "<b>1", "<i>x", "<q>", "<hr", "<s>", "<u>"):
        assert tag not in page.source


def test_of_many_people_the_chart_shows_the_furthest_and_the_table_everybody(desk: Desk) -> None:
    desk.csv("team.csv", people(*(f"R{n},销售{n}" for n in range(200))))
    desk.csv("leads.csv", made_leads(300))

    page = page_of(desk.route())

    rows = [note for note in page.chart_notes if note.startswith("销售")]
    assert len(rows) == CHART_ROWS
    assert said("chart-cut", shown=CHART_ROWS, all=200) in page.text
    assert len(page.sections["people"].tables[0].rows) == 201


def test_long_lists_are_cut_and_say_where_the_rest_is(desk: Desk) -> None:
    desk.csv("leads.csv", [*made_leads(230), *made_leads(120)[1:]])
    document = policy(share(when="lead.grade = X"))

    page = page_of(desk.route("--policy", desk.policy(document)))

    assert len(page.sections["unassigned"].tables[0].rows) == 200
    assert said("first-rows", shown=200, all=230, file="assignments.csv") in page.text
    assert len(page.sections["rows"].tables[0].rows) == 100
    assert said("first-rows", shown=100, all=120, file="duplicates.csv") in page.text


def test_a_sheet_without_rows_gives_a_page_that_says_so(desk: Desk) -> None:
    desk.csv("leads.csv", ["线索编号,姓名,等级"])

    page = page_of(desk.route())

    assert page.cards[said("card-rows")][0] == "0"
    assert said("chart-empty") in page.text
    assert said("unassigned-none") in page.sections["unassigned"].text


def test_people_of_one_name_are_told_apart_by_id(desk: Desk) -> None:
    desk.csv("team.csv", people("R1,王伟", "R2,王伟", "R3,周三"))

    page = page_of(desk.route())

    names = {row[0] for row in page.sections["people"].tables[0].rows}
    assert names == {"王伟 (R1)", "王伟 (R2)", "周三", "Total"}


def test_a_cell_of_the_team_sheet_that_is_left_aside_is_shown(desk: Desk) -> None:
    days = [f"R{n},销售{n},2026-05-0{n}" for n in range(1, 9)]
    desk.csv("team.csv", ["工号,姓名,请假", *days, "R9,陈一,明天"])

    page = page_of(desk.route())

    assert page.sections["rows"].tables[-1].rows[0][:3] == ["10", "请假", "明天"]
    assert said("attention-team", count=1) in [text for text, _ in page.pointers]


# -- the parts ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("why", "family"),
    [
        (reason("match.differs", field="industry", wanted="x", has=("y",)), "match-industry"),
        (reason("match.differs", field="shoe", wanted="x", has=("y",)), "other"),
        (reason("calendar.day_off", date="2026-03-07", weekday=6, opens_at="x"), "closed"),
        (reason("rule.never_admits"), "condition"),
        (reason("weight.zero"), "weight-zero"),
        (reason("owner.none"), "other"),
    ],
)
def test_reasons_that_a_manager_would_not_tell_apart_are_one_kind(why: Any, family: str) -> None:
    assert family_of(why) == family


def test_jain_is_one_only_if_all_received_their_entitlement() -> None:
    def of(received: int, entitled: int) -> Share:
        return Share("x", points=Counter({"A": received}), after=entitled - received)

    assert jain_of({"a": of(8, 8), "b": of(4, 4)}) == 1
    assert jain_of({"a": of(8, 4), "b": of(0, 4)}) == pytest.approx(0.5)
    assert jain_of({"a": of(8, 8), "guest": of(3, 0)}) is None


def test_a_share_of_nearly_everything_is_not_called_all_of_it() -> None:
    show = Show(EN, {})

    assert show.share(9_999, 10_000) == "99.9%"
    assert show.share(1, 1) == "100%"
    assert show.share(0, 0) == "0%"
    assert show.jain(0.99999) == "0.9999"


def test_amounts_are_rounded_to_two_decimals_and_keep_their_side() -> None:
    show = Show(EN, {})

    assert show.points(1_234_567_890_000) == "1,234,567.89"
    assert show.points(-1_500_000) == "\N{MINUS SIGN}1.5"
    assert show.owed(-4_000) == show.owed(0) == "even"
    assert show.balance(POINT, "value") == "owed 1 point"
    assert show.balance(-2 * POINT, "count") == "ahead 2 turns"


def test_weights_that_differ_by_grade_show_their_range() -> None:
    show = Show(EN, {})

    assert show.weights([Weight(50, 50), Weight(100, 100)]) == (
        "0.50 – 1.00",
        said("weight-varies"),
    )
