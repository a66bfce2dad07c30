"""What holds for which values: cases a person can check by reading."""

from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from evenhand.engine.conditions import Bindings, compile_condition, evaluate, parse
from evenhand.engine.conditions.values import fold, is_missing
from evenhand.engine.facts import BUILT_IN_FIELDS, FieldSpec, FieldType, Regions
from tests.engine.conditions.strategies import NOW, SHANGHAI, EveryOtherHour

LEAD = {
    "source": "百度",
    "campaign": " Spring ＳＡＬＥ ",
    "budget": Decimal("50000.50"),
    "employees": 120,
    "created_at": datetime(2026, 5, 6, 9, 0, tzinfo=SHANGHAI),
    "due_on": date(2026, 5, 8),
    "call_at": time(23, 30),
    "is_open": True,
    "skill": "machinery",
    "products": ("数控机床", "Laser"),
    "blank": "   ",
    "none": (),
    "region": "西湖区",
    "nan": Decimal("NaN"),
}
REP = {
    "skill": ("Machinery", "出口"),
    "region": ("浙江省", "上海市"),
    "joined_on": date(2026, 1, 5),
}
COMPANY = {"is_key_account": False, "employees": 120, "region": "杭州"}
REGIONS = Regions(parents={"西湖区": "杭州市", "杭州市": "浙江省"}, aliases={"杭州": "杭州市"})
BOUND = Bindings(lead=LEAD, now=NOW, company=COMPANY, rep=REP, regions=REGIONS)


def _holds(text: str, bound: Bindings = BOUND) -> bool:
    condition = parse(text)
    answer = evaluate(condition, bound)
    assert compile_condition(condition)(bound) is answer
    return answer


@pytest.mark.parametrize(
    "text",
    [
        "true",
        "lead.source = 百度",
        "lead.source != 抖音",
        'lead.campaign = "spring sale"',
        'lead.campaign = "ＳＰＲＩＮＧ sale"',
        'lead.campaign contains "SALE"',
        'lead.campaign starts with "spring"',
        'lead.campaign contains any ("winter", "sale")',
        'lead.campaign contains all ("spring", "sale")',
        "lead.source in (抖音, 百度)",
        "lead.source not in (抖音)",
        "lead.budget = 50000.5",
        "lead.budget > 50000 and lead.budget < 50001",
        "lead.budget between 50000.5 and 60000",
        "lead.budget between 40000 and 50000.5",
        "lead.employees in (100, 120, abc)",
        "lead.employees not in (100)",
        "lead.employees = company.employees",
        "lead.employees between company.employees and 120",
        "lead.is_open",
        "lead.is_open != false",
        "not company.is_key_account",
        "lead.created_at >= 2026-05-06",
        "lead.created_at <= 2026-05-06",
        "lead.created_at = 2026-05-06",
        "lead.created_at between 2026-05-01 and 2026-05-06",
        "lead.created_at < 2026-05-06T09:01",
        "lead.created_at = 2026-05-06T01:00Z",
        "lead.created_at in (2026-05-05, 2026-05-06)",
        "lead.due_on > lead.created_at",
        "lead.due_on > 2026-05-07T23:59",
        "lead.call_at between 22:00 and 06:00",
        "now.time between 09:00 and 18:00",
        "now.time = 10:30",
        "now.weekday = 3 and now.date = 2026-05-06 and now.at = 2026-05-06T10:30",
        "rep.skill contains machinery",
        "rep.skill contains lead.skill",
        "lead.skill in rep.skill",
        "rep.skill contains any (软件, 出口)",
        "rep.skill contains all (MACHINERY, 出口)",
        "lead.products contains laser",
        "lead.products contains any rep.skill or lead.products is not empty",
        "lead.blank is empty and lead.none is empty and lead.absent is empty and lead.nan is empty",
        "lead.source is not empty",
        "not (lead.absent = 1)",
        "lead.region is within 浙江省",
        "lead.region is within (上海市, 杭州)",
        "lead.region is within rep.region",
        "lead.region is within company.region",
        "rep.region contains lead.region",
        "rep.region contains 杭州",
        "rep.region contains any (北京市, 杭州)",
        "rep.region contains all (西湖区, 上海市)",
        "company.region = 杭州市",
        "company.region in (北京市, 杭州市)",
        "company.region != 西湖区",
        "company.region not in (北京市)",
        "rep.region is not empty",
        "rep.joined_on within last 130d",
    ],
)
def test_this_holds(text: str) -> None:
    assert _holds(text) is True


@pytest.mark.parametrize(
    "text",
    [
        "false",
        "lead.source = 抖音",
        "lead.source != 百度",
        'lead.source = ""',
        'lead.source contains ""',
        'lead.source starts with ""',
        'lead.source not in ("")',
        'rep.skill contains ""',
        'rep.skill contains all ("")',
        'lead.source contains any ("")',
        "lead.source in (抖音)",
        "lead.source not in (百度)",
        "lead.budget between 50001 and 60000",
        "lead.budget between 60000 and 50000",
        "lead.created_at < 2026-05-06",
        "lead.created_at > 2026-05-06",
        "lead.call_at between 06:00 and 22:00",
        "lead.products contains 数控",
        "rep.skill contains any lead.skill",
        "lead.source in lead.skill",
        "rep.skill contains mach",
        "lead.region = 浙江省",
        "lead.region is within 上海市",
        "lead.region is within lead.absent",
        'lead.region is within " / "',
        'lead.region = ""',
        "rep.region contains all (西湖区, 北京市)",
        "rep.region contains all lead.absent",
        # missing: only `is empty` asks for it
        "lead.absent = 1",
        "lead.absent != 1",
        "lead.absent in (1)",
        "lead.absent not in (1)",
        "lead.absent < 1",
        "lead.absent between 1 and 2",
        "lead.absent contains a",
        "lead.absent starts with a",
        "lead.absent within last 9d",
        "lead.blank != a",
        "lead.nan != 1",
        "lead.budget != lead.nan",
        "lead.budget != lead.absent",
        "lead.source not in lead.absent",
        "lead.none contains any (a)",
        # another kind compares with nothing
        "lead.source = 1",
        "lead.source != 1",
        "lead.source not in (1, 2)",
        'lead.budget != "50000.5"',
        "lead.is_open = 1",
        "lead.is_open != 1",
        "lead.employees = true",
        "lead.source < 抖音",
        "lead.source between a and z",
        "lead.is_open > false",
        "lead.created_at > 09:00",
        "lead.call_at > 2026-01-01",
        "lead.call_at > 5",
        "lead.products = Laser",
        "lead.products in (Laser)",
        "lead.employees contains 1",
        "lead.employees starts with 1",
        "lead.source contains 1",
        "lead.budget within last 5d",
        "lead.call_at within last 5d",
        "now.mood = good",
        "now.is_working_time",
        "now.is_working_time = false",
    ],
)
def test_this_does_not_hold(text: str) -> None:
    assert _holds(text) is False


def test_without_a_rep_every_field_of_a_rep_is_missing() -> None:
    alone = Bindings(lead=LEAD, now=NOW)

    assert _holds("rep.skill is empty", alone)
    assert not _holds("rep.skill contains lead.skill", alone)
    assert _holds("rep.skill contains lead.skill", alone.with_rep(REP))


def test_a_single_text_in_a_field_of_lists_is_a_list_of_one() -> None:
    bound = Bindings(lead={"skill": "mach"}, now=NOW, rep={"skill": "machinery"})

    assert not _holds("rep.skill contains lead.skill", bound)
    assert not _holds("rep.skill contains any (mach)", bound)
    assert _holds("rep.skill contains machinery", bound)
    assert not _holds("lead.skill in rep.skill", bound)


def test_the_schema_says_which_own_fields_are_regions() -> None:
    condition = parse("lead.plant contains 西湖区")
    schema = BUILT_IN_FIELDS.extended([FieldSpec("lead", "plant", FieldType.REGION)])
    bound = Bindings(lead={"plant": "浙江省"}, now=NOW, regions=REGIONS)

    assert evaluate(condition, bound, schema)
    assert not evaluate(condition, bound)


def test_names_of_regions_compare_as_texts_do() -> None:
    regions = Regions(parents={"San Jose": "California"})
    bound = Bindings(lead={"region": "San Jose"}, now=NOW, regions=regions)

    assert _holds("lead.region is within CALIFORNIA", bound)
    assert _holds("lead.region = ' ｓａｎ jose'", bound)


def test_a_compiled_condition_follows_a_new_tree_of_regions() -> None:
    compiled = compile_condition(parse("lead.region is within 浙江省"))
    bound = Bindings(lead={"region": "西湖区"}, now=NOW, regions=REGIONS)
    elsewhere = Bindings(lead={"region": "西湖区"}, now=NOW, regions=Regions())

    assert [compiled(bound), compiled(elsewhere), compiled(bound)] == [True, False, True]


def test_many_regions_do_not_fill_the_memory() -> None:
    compiled = compile_condition(parse("lead.region is within 浙江省"))
    regions = Regions(parents={"杭州市": "浙江省"})

    answers = [
        compiled(Bindings(lead={"region": f"地方{n}/杭州市"}, now=NOW, regions=regions))
        for n in range(20_002)
    ]

    assert all(answers)


def test_dates_are_meant_in_the_zone_of_now() -> None:
    late = datetime(2026, 5, 31, 17, 0, tzinfo=UTC)  # 1 June in Shanghai
    text = "lead.created_at <= 2026-05-31"

    assert not _holds(text, Bindings(lead={"created_at": late}, now=NOW))
    assert _holds(text, Bindings(lead={"created_at": late}, now=NOW.astimezone(UTC)))


def test_an_instant_without_an_offset_is_meant_in_the_zone_of_now() -> None:
    naive = {"created_at": datetime(2026, 5, 6, 9, 0)}

    assert _holds("lead.created_at = 2026-05-06T01:00Z", Bindings(lead=naive, now=NOW))
    assert _holds("lead.created_at within last 90m", Bindings(lead=naive, now=NOW))


def test_the_ends_of_the_calendar_raise_nothing() -> None:
    for at in (datetime.min, datetime.max, datetime.min.replace(tzinfo=SHANGHAI), date.max):
        bound = Bindings(
            lead={"created_at": at},
            now=NOW.astimezone(ZoneInfo("Asia/Shanghai")),
            clock=EveryOtherHour(),
        )
        for text in (
            "lead.created_at = 0001-01-01 or lead.created_at = 9999-12-31",
            "lead.created_at > now.at or lead.created_at <= now.at",
        ):
            assert _holds(text, bound)
        assert not _holds("lead.created_at within last 36500d", bound)
        assert not _holds("lead.created_at within next 10000wh", bound)
    west = Bindings(
        lead={"created_at": datetime.min.replace(tzinfo=UTC)},
        now=NOW.astimezone(timezone(timedelta(hours=-9))),
    )
    assert _holds("lead.created_at = 0001-01-01", west)


def test_no_value_makes_evaluation_raise() -> None:
    odd = (object(), [], ["a", 5], {"a": 1}, 1.5, float("nan"), Decimal("sNaN"), b"a", (None, 5))
    texts = [f"lead.x {rest}" for rest in ("= a", "> 5", "contains a", "in (1, a)", "is empty")]
    texts += [f"lead.x {rest}" for rest in ("between 1 and 5", "within last 5wh", "is within a")]
    texts += ["lead.region contains lead.x", "lead.x in lead.y", "lead.x starts with lead.y"]

    for value in odd:
        lead: Any = {"x": value, "y": value, "region": value}
        bound = Bindings(lead=lead, now=NOW, clock=EveryOtherHour())
        answers = [_holds(text, bound) for text in texts]
        assert all(isinstance(answer, bool) for answer in answers)


def test_now_must_have_a_zone() -> None:
    with pytest.raises(TypeError, match="time zone"):
        Bindings(lead={}, now=datetime(2026, 5, 6))


@pytest.mark.parametrize(
    ("value", "answer"),
    [
        (None, True),
        ("", True),
        ("\u3000 ", True),
        ((), True),
        (("", " "), True),
        (Decimal("NaN"), True),
        (Decimal("Infinity"), True),
        (0, False),
        (False, False),
        ("0", False),
        (("a",), False),
        (Decimal(0), False),
        (date(2026, 1, 1), False),
    ],
)
def test_missing_is_what_has_nothing_to_compare(value: Any, answer: bool) -> None:
    assert is_missing(value) is answer


def test_folding_twice_changes_nothing_more() -> None:
    for text in ("ＡＢＣ", "İstanbul", "Straße", "ﬁne", "ｶﾞ", "a" * 300 + "Ｂ"):
        assert fold(fold(text)) == fold(text)
