"""A receipt as its readers see it: why somebody got an item, and why somebody else did not."""

from dataclasses import replace
from itertools import product

import pytest

from evenhand.engine.facts import ItemKind
from evenhand.engine.reasons import reason
from evenhand.engine.routing.decision import Cause, Outcome
from evenhand.wording.catalogue import LOCALES, Words
from evenhand.wording.receipts import Place, Ramped, ReceiptView, Section, receipt_sentences
from tests.wording.samples import NAMES
from tests.wording.test_reasons import LEFTOVERS

HANS, HANT, EN = map(Words, LOCALES)
FULL = reason("capacity.open_items", open=30, limit=30)

VIEW = ReceiptView(
    item_id="L-17",
    kind="lead",
    outcome="assigned",
    grade="A",
    points=8_000_000,
    policy="toB@12",
    now="2026-03-10T14:00:05+08:00",
    rule="华东线索",
    cause="fair_share",
    winner="r001",
    score=8_250,
    worth=(reason("grade.from_score", grade="A", score=8_250, from_score=8_000),),
    scored=(reason("score.held", signal="预算", dimension="need", amount=1_000),),
    tried=(("大客户", reason("owner.none")),),
    places=(
        Place("r001", 6_600_000, 2_000_000, 14_200_000, 3_200_000, 2_400_000),
        Place("r002", -1_500_000, 2_000_000, 1_100_000, 600_000, 0, is_in_band=False),
    ),
    eligible_count=4,
    in_band=2,
    band=8_000_000,
    excluded=(
        ("r003", reason("availability.switched_off")),
        ("r004", reason("availability.switched_off")),
    ),
    full=(("r005", FULL),),
    won=(reason("receipt.won_most_owed", owed=8_600_000, next_owed=500_000),),
    sequence=1_204,
    draw="9f2c" * 16,
)
ASKED = replace(
    VIEW,
    rep="r005",
    why_not=(FULL,),
    changes=((reason("change.fewer_open_items", count=1), reason("change.more_owed", points=10)),),
)


def lines(words: Words, view: ReceiptView, key: str) -> tuple[str, ...]:
    """The lines of one section, none if it is left out."""
    sections = receipt_sentences(words, view, NAMES)
    return next((section.lines for section in sections if section.key == key), ())


def test_the_sections_come_in_their_order() -> None:
    keys = [section.key for section in receipt_sentences(HANS, ASKED, NAMES)]

    assert keys == "outcome worth rule considered excluded won lost change record".split()


def test_a_section_with_nothing_to_say_is_left_out() -> None:
    bare = replace(VIEW, places=(), eligible_count=0, excluded=(), full=(), rule="", cause=None)
    keys = [section.key for section in receipt_sentences(HANS, replace(bare, tried=()), NAMES)]

    assert keys == ["outcome", "worth", "won", "record"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (HANS, "线索 L-17 分给 张三"),
        (HANT, "名單 L-17 分給 张三"),
        (EN, "To 张三: lead L-17"),
    ],
)
def test_the_outcome_is_one_sentence(words: Words, said: str) -> None:
    assert lines(words, VIEW, "outcome") == (said,)


def test_a_mentor_is_named_with_the_outcome() -> None:
    view = replace(VIEW, mentor="r002")

    assert lines(HANS, view, "outcome") == ("线索 L-17 分给 张三", "进阶线索，带教人 李四")


@pytest.mark.parametrize(
    ("outcome", "where", "said"),
    [
        ("pooled", "华东公海", "线索 L-17 进入公海“华东公海”"),
        ("waiting", "", "线索 L-17 暂不分配，有人能接时再分"),
        ("escalated", "r003", "线索 L-17 已上报 王五"),
        ("no_rule", "", "线索 L-17 没有适用的规则，未分配"),
    ],
)
def test_an_item_that_nobody_got_says_where_it_is(outcome: str, where: str, said: str) -> None:
    view = replace(VIEW, outcome=outcome, where=where, winner=None, cause=None, places=(), won=())

    assert lines(HANS, view, "outcome") == (said,)
    assert lines(HANS, view, "won") == ()


def test_its_worth_says_how_it_came_about() -> None:
    assert lines(HANS, VIEW, "worth") == (
        "评分 82.5，等级 A，分值 8 分",
        "评分 82.5，达到等级 A（80 起）",
        "预算：符合，+10",
    )
    assert lines(EN, replace(VIEW, score=None, points=1_000_000), "worth")[0] == "Grade A, 1 point"


def test_rules_that_led_nowhere_come_before_the_one_that_did() -> None:
    assert lines(HANS, VIEW, "rule") == (
        "先看规则“大客户”，没有分出：还没有负责人",
        "规则“华东线索”：按应得分配",
    )


def test_everybody_considered_has_what_was_owed_and_how_it_adds_up() -> None:
    assert lines(HANS, VIEW, "considered") == (
        "4 人可参与分配，2 人在优先区间（待补与最多的相差不超过 8 分）",
        "张三：待补 6.6 分，本条应得 2 分，本等级待补 3.2 分，匹配加分 2.4 分；合计 14.2 分",
        "李四：已超 1.5 分，本条应得 2 分，本等级待补 0.6 分；合计 1.1 分（不在优先区间）",
        "另有 2 人",
    )


def test_a_newcomer_s_share_says_what_made_it() -> None:
    view = replace(VIEW, ramps=(Ramped("r001", 58, 32, 3),))

    said = "张三 在上手期，份额按 58% 算（已工作 32 天，转化 3 条）"
    assert said in lines(HANS, view, "considered")


def test_without_grade_books_no_grade_is_mentioned() -> None:
    view = replace(VIEW, places=(Place("r001", 6_600_000, 2_000_000, 8_600_000),))

    assert lines(EN, view, "considered")[1] == (
        "张三: owed 6.6 points; share of this item 2; together 8.6"
    )


def test_who_was_not_considered_is_grouped_by_reason() -> None:
    assert lines(HANS, VIEW, "excluded") == (
        "王五、r004：接单开关已关闭",
        "r005：在手 30 条，容量上限 30 条",
    )


def test_the_taker_is_told_that_the_whole_item_counts() -> None:
    assert lines(HANS, VIEW, "won") == (
        "待补最多：8.6 分（计入本条）；次选待补 0.5 分",
        "整条分值 8 分记入 张三 的实得，之后待补 0.6 分",
    )
    assert lines(EN, VIEW, "won")[1] == (
        "The whole 8 points are booked as received by 张三, then owed 0.6 points"
    )


def test_a_taker_who_did_not_compete_is_booked_without_a_balance() -> None:
    view = replace(
        VIEW, cause="owner", places=(), won=(reason("receipt.won_as_owner", of="company"),)
    )

    assert lines(HANS, view, "won") == (
        "是这家公司的负责人",
        "整条分值 8 分记入 张三 的实得",
    )


def test_a_rep_asked_about_learns_why_not_and_what_would_have_changed_it() -> None:
    titles = {s.key: s.title for s in receipt_sentences(HANS, ASKED, {**NAMES, "r005": "钱七"})}

    assert titles["lost"] == "为什么没分给 钱七"
    assert titles["change"] == "怎样会分给 钱七"
    assert lines(HANS, ASKED, "lost") == ("在手 30 条，容量上限 30 条",)


def test_what_is_needed_together_stands_in_one_line() -> None:
    assert lines(HANS, ASKED, "change") == ("同时：在手少 1 条；待补多 0.01 分",)


def test_alternatives_stand_in_lines_of_their_own() -> None:
    view = replace(
        ASKED,
        changes=(
            (reason("change.fewer_open_items", count=1),),
            (reason("change.after", at="2026-03-20T09:00:00+08:00"),),
        ),
    )

    assert lines(HANS, view, "change") == (
        "以下任一项即可",
        "在手少 1 条",
        "2026-03-20 09:00 起",
    )


def test_without_a_rep_asked_about_nothing_is_said_of_any() -> None:
    view = replace(ASKED, rep=None)

    assert lines(HANS, view, "lost") == lines(HANS, view, "change") == ()


def test_the_record_names_version_moment_place_in_the_ledger_and_draw() -> None:
    assert lines(HANS, VIEW, "record") == (
        "规则版本 toB@12",
        "决定时间 2026-03-10 14:00:05（UTC+8）",
        "分配台账第 1,204 笔",
        "抽签值 9f2c9f2c9f2c9f2c…",
    )


@pytest.mark.parametrize(
    ("was_random", "said"),
    [
        (True, "随机校准：在优先区间内抽到，概率 19/1600"),
        (False, "随机校准没有抽到本条，照常分配；分到的概率 19/1600"),
    ],
)
def test_random_calibration_is_recorded_with_its_exact_chance(was_random: bool, said: str) -> None:
    view = replace(VIEW, was_random=was_random, propensity=(19, 1_600))

    assert said in lines(HANS, view, "record")


@pytest.mark.parametrize("locale", LOCALES)
def test_every_kind_and_cause_has_its_words(locale: str) -> None:
    for kind, cause in product(ItemKind, Cause):
        view = replace(ASKED, kind=kind.value, cause=cause.value)

        assert _with_leftovers(receipt_sentences(Words(locale), view, NAMES)) == [], view
        assert len(_last_rule_line(locale, cause.value)) > len("规则“华东线索”："), cause


def test_each_cause_is_said_in_its_own_words() -> None:
    said = {_last_rule_line("zh-Hans", cause.value) for cause in Cause}

    assert len(said) == len(Cause)


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("outcome", [outcome.value for outcome in Outcome])
def test_every_outcome_reads_whole(locale: str, outcome: str) -> None:
    view = replace(VIEW, outcome=outcome, winner=None, cause=None, where="华东公海")
    view = view if outcome != Outcome.ASSIGNED.value else VIEW

    assert _with_leftovers(receipt_sentences(Words(locale), view, NAMES)) == []


def _last_rule_line(locale: str, cause: str) -> str:
    return lines(Words(locale), replace(VIEW, cause=cause), "rule")[-1]


def _with_leftovers(sections: tuple[Section, ...]) -> list[str]:
    said = [text for section in sections for text in (section.title, *section.lines)]
    return [text for text in said if any(rest in text for rest in LEFTOVERS)]
