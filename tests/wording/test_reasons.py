"""Reasons become sentences that somebody can read, act on and not feel accused by."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.engine.reasons import CODES, Param, Reason, reason
from evenhand.wording.catalogue import LOCALES, UnknownMessage, Words
from evenhand.wording.reasons import say
from tests.wording.catalogues import HAN
from tests.wording.samples import NAMES, codes, reasons_of

HANS, HANT, EN = map(Words, LOCALES)

# What must never be seen in a finished sentence.
LEFTOVERS = ("{", "}", "None", "no-value", "True", "False", "???", "  ", "（）", "()", "“”", "「」")


@pytest.mark.parametrize("locale", LOCALES)
def test_every_sentence_reads_whole_with_sample_values(locale: str) -> None:
    words = Words(locale)
    said = [(code, say(words, one, NAMES)) for code in codes() for one in reasons_of(code)]

    assert [code for code, sentence in said if not sentence] == []
    assert [one for one in said if any(rest in one[1] for rest in LEFTOVERS)] == []
    ends = ("。", ".", "，", "；")
    assert [one for one in said if one[1] != one[1].strip() or one[1].endswith(ends)] == []


def test_a_code_without_a_sentence_is_refused() -> None:
    with pytest.raises(UnknownMessage, match="nothing-such"):
        say(EN, Reason("nothing.such"))


class TestLeave:
    def leave(self, **more: Param) -> Reason:
        whole: dict[str, Param] = {
            "from_at": "2026-03-10T00:00:00+08:00",
            "until_at": "2026-03-20T00:00:00+08:00",
            "stops_at": "2026-03-10T00:00:00+08:00",
            "back_at": "2026-03-20T09:00:00+08:00",
        }
        return reason("availability.on_leave", **{**whole, **more})

    def test_names_the_last_day_and_when_it_goes_on(self) -> None:
        assert (
            say(HANS, self.leave()) == "请假 2026-03-10 至 2026-03-19，2026-03-20 09:00 起恢复分配"
        )
        assert say(EN, self.leave()) == (
            "On leave 10 Mar 2026 to 19 Mar 2026; back from 20 Mar 2026, 09:00"
        )

    def test_names_the_buffer_only_if_there_is_one(self) -> None:
        said = say(HANS, self.leave(stops_at="2026-03-08T00:00:00+08:00"))

        assert "（2026-03-08 起已暂停分配）" in said

    def test_of_one_day_names_it_once(self) -> None:
        said = say(HANT, self.leave(until_at="2026-03-11T00:00:00+08:00"))

        assert said == "請假 2026/3/10，2026/3/20 09:00 起恢復分配"

    def test_without_an_end_says_so(self) -> None:
        assert say(HANS, self.leave(back_at=None)).endswith("，恢复时间待定")


class TestConditions:
    def failed(self, field: str, operator: str, actual: Param, wanted: Param, **more: Param) -> str:
        why = reason(
            "condition.failed",
            field=field,
            operator=operator,
            actual=actual,
            other=more.get("other"),
            wanted=wanted,
        )
        return say(HANS, why, NAMES)

    def test_fields_and_operators_are_words(self) -> None:
        said = self.failed("lead.region", "is within", "浙江省", "华北")

        assert said == "线索地区：浙江省（要求：属于 华北）"

    def test_a_company_s_own_field_keeps_its_name(self) -> None:
        said = self.failed("lead.意向车型", "=", "轿车", "卡车")

        assert said == "线索“意向车型”：轿车（要求：卡车）"

    def test_a_field_on_the_right_is_named_with_its_value(self) -> None:
        said = self.failed("rep.skill", "contains", ("电子",), "机械", other="lead.skill")

        assert said == "技能：电子（要求：包含 所需技能（机械））"

    def test_people_are_named_and_not_numbered(self) -> None:
        assert self.failed("rep.id", "in", "r003", ("r001", "r002")) == (
            "销售：王五（要求：张三、李四 之一）"
        )

    def test_yes_or_no_is_asked_as_such(self) -> None:
        assert self.failed("company.is_key_account", "=", False, True) == "大客户：否（要求：是）"
        assert self.failed("company.is_key_account", "!=", True, True) == "大客户：是（要求：否）"

    def test_times_come_earlier_or_later_and_numbers_are_less_or_more(self) -> None:
        assert self.failed("now.time", "<", "18:30:00", "18:00:00") == (
            "分配时刻：18:30（要求：早于 18:00）"
        )
        assert self.failed("lead.budget", "<", 5, "0.5") == "预算：5（要求：小于 0.5）"

    def test_weekdays_have_names(self) -> None:
        assert self.failed("now.weekday", "in", 6, (1, 2)) == "星期：周六（要求：周一、周二 之一）"

    def test_a_value_that_is_not_there_is_said_to_be_missing(self) -> None:
        assert self.failed("lead.note", "is not empty", None, None) == "备注：未填（要求：已填）"

    def test_a_range_and_a_duration_are_said_in_words(self) -> None:
        assert "在 10 至 20 之间" in self.failed("lead.budget", "between", 5, (10, 20))
        assert "在最近 2 个工作日内" in self.failed(
            "lead.created_at", "within last", "2026-03-01T08:05:00+08:00", "2wd"
        )

    @pytest.mark.parametrize(
        ("operator", "said"),
        [
            ("=", "Needs lead source not to be web"),
            ("contains", "Needs lead source not to include web"),
            ("in", "Needs lead source to be none of web"),
        ],
    )
    def test_a_remedy_by_negation_asks_for_the_opposite(self, operator: str, said: str) -> None:
        why = reason(
            "condition.remedy",
            field="lead.source",
            operator=operator,
            other=None,
            wanted="web",
            is_negated=True,
        )

        assert say(EN, why) == said.replace("Needs lead source", "If lead source were")

    def test_an_error_repeats_what_was_written(self) -> None:
        why = reason(
            "condition.unknown_field", field="lead.sourc", operator="=", suggestion="lead.source"
        )

        assert say(HANS, why) == "lead.sourc =：没有这个字段；是不是 lead.source？"


class TestPlurals:
    @pytest.mark.parametrize(
        ("count", "said"),
        [(1, "With 1 fewer open item"), (2, "With 2 fewer open items")],
    )
    def test_items_are_counted(self, count: int, said: str) -> None:
        assert say(EN, reason("change.fewer_open_items", count=count)) == said

    @pytest.mark.parametrize(
        ("points", "said"),
        [
            (1_000_000, "If owed 1 more point"),
            (1_500_000, "If owed 1.5 more points"),
            (1_200_000_000, "If owed 1,200 more points"),
        ],
    )
    def test_points_are_counted(self, points: int, said: str) -> None:
        assert say(EN, reason("change.more_owed", points=points)) == said


def test_what_would_have_been_enough_is_rounded_up_and_never_down() -> None:
    assert say(HANS, reason("change.more_owed", points=2_100_001)) == "待补多 2.11 分"
    assert say(HANS, reason("change.more_owed", points=2_100_000)) == "待补多 2.1 分"


class TestBalances:
    @pytest.mark.parametrize(
        ("owed", "said"),
        [
            (3_200_000, "待补最多：3.2 分（计入本条）；次选待补 1 分"),
            (-1_500_000, "已超最少：1.5 分（计入本条）；次选待补 1 分"),
            (0, "待补最多：持平（计入本条）；次选待补 1 分"),
        ],
    )
    def test_who_comes_first_is_owed_or_ahead(self, owed: int, said: str) -> None:
        why = reason("receipt.won_most_owed", owed=owed, next_owed=1_000_000)

        assert say(HANS, why) == said

    def test_a_balance_is_never_a_negative_number(self) -> None:
        why = reason("book.too_far_ahead", person="r001", owed=-8_000_000, least=-5_000_000)

        assert say(HANS, why, NAMES) == "张三 目前已超 8 分，领取的限度是已超 5 分"
        assert "-" not in say(EN, why, NAMES)


class TestNames:
    def test_a_colleague_may_be_a_pseudonym(self) -> None:
        why = reason("receipt.went_to_named", winner="r002")

        assert say(HANS, why, {"r002": "同事 B"}) == "规则指定由 同事 B 承接"
        assert say(HANS, why, lambda person: f"同事 {person[-1]}") == "规则指定由 同事 2 承接"

    def test_who_has_no_name_keeps_the_id(self) -> None:
        assert say(HANS, reason("receipt.went_to_named", winner="r009"), NAMES) == (
            "规则指定由 r009 承接"
        )

    def test_no_id_shows_through_a_pseudonym(self) -> None:
        masked = {person: f"同事 {number}" for number, person in enumerate(NAMES)}
        said = [(code, say(HANS, one, masked)) for code in codes() for one in reasons_of(code)]

        assert [one for one in said if any(person in one[1] for person in NAMES)] == []


def test_a_grade_is_said_to_be_written_otherwise_only_if_it_is() -> None:
    assert say(HANS, reason("grade.given", grade="A", text="A")) == "等级 A 取自线索"
    assert say(HANS, reason("grade.given", grade="A", text="重点")) == (
        "等级 A 取自线索（写作“重点”）"
    )


def test_grades_levels_groups_and_rules_are_never_translated() -> None:
    why = reason("level.does_not_take", level="初级", takers=("高级", "资深"))

    assert say(EN, why) == "Items of this kind are for 高级, 资深 (this rep: 初级)"


def test_english_holds_no_chinese_of_its_own() -> None:
    plain = [say(EN, Reason(code, tuple((name, 2) for name in CODES[code]))) for code in codes()]

    assert [sentence for sentence in plain if HAN.search(sentence)] == []


ANY = st.none() | st.booleans() | st.integers(-(10**18), 10**18) | st.text(max_size=300)


@given(st.data(), st.sampled_from(codes()), st.sampled_from(LOCALES))
def test_no_value_that_a_file_may_hold_breaks_a_sentence(
    data: st.DataObject, code: str, locale: str
) -> None:
    values = data.draw(
        st.tuples(*(ANY | st.lists(ANY, max_size=30).map(tuple) for _ in CODES[code]))
    )
    why = Reason(code, tuple(zip(CODES[code], values, strict=True)))

    assert say(Words(locale), why)
