"""Reading and printing the one-line form."""

import pytest

from evenhand.engine.conditions import (
    ALWAYS,
    NEVER,
    AllOf,
    AnyOf,
    Atom,
    Duration,
    FieldRef,
    InvalidCondition,
    Not,
    Operator,
    Range,
    Unit,
    UnreadableCondition,
    parse,
    to_text,
)

SOURCE = FieldRef("lead", "source")
WEB = Atom(SOURCE, Operator.EQUAL, "web")


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        # operators and their other spellings
        ("lead.source = 百度", 'lead.source = "百度"'),
        ("lead.source == 百度", 'lead.source = "百度"'),
        ("lead.source <> 百度", 'lead.source != "百度"'),
        ("lead.source ≠ 百度", 'lead.source != "百度"'),
        ("lead.budget ≥ 5", "lead.budget >= 5"),
        ("lead.budget≤5", "lead.budget <= 5"),
        ("lead.budget>-5", "lead.budget > -5"),
        ("lead.budget < 0.50", "lead.budget < 0.5"),
        ("lead.source IN [a, b]", 'lead.source in ("a", "b")'),
        ("lead.source Not In (a)", 'lead.source not in ("a")'),
        ("lead.skill in rep.skill", "lead.skill in rep.skill"),
        ("rep.skill contains a", 'rep.skill contains "a"'),
        ("rep.skill contains any (a, b)", 'rep.skill contains any ("a", "b")'),
        ("rep.skill contains all (a)", 'rep.skill contains all ("a")'),
        ("lead.phone starts with '138'", 'lead.phone starts with "138"'),
        ("lead.region is within 浙江省/杭州市", 'lead.region is within "浙江省/杭州市"'),
        ("lead.region is within (a, b)", 'lead.region is within ("a", "b")'),
        ("lead.region is within rep.region", "lead.region is within rep.region"),
        ("lead.note is empty", "lead.note is empty"),
        ("lead.note is NOT empty", "lead.note is not empty"),
        ("lead.x between 1 and 2", "lead.x between 1 and 2"),
        ("lead.x between rep.low and 2 and true", "lead.x between rep.low and 2 and true"),
        # moments and spans
        ("lead.x = 2026-05-01", "lead.x = 2026-05-01"),
        ("lead.x = 2026-05-01 8:00", "lead.x = 2026-05-01T08:00"),
        ("lead.x = 2026-05-01T18:00:30Z", "lead.x = 2026-05-01T18:00:30+00:00"),
        ("lead.x = 2026-05-01t18:00-03:30", "lead.x = 2026-05-01T18:00-03:30"),
        ("now.time between 9:00 and 18:00:30", "now.time between 09:00 and 18:00:30"),
        ("lead.x within last 7d", "lead.x within last 7d"),
        ("lead.x within the last 7 days", "lead.x within last 7d"),
        ("lead.x is within last 1 week", "lead.x within last 1w"),
        ("lead.x is within the next 2 WORKING days", "lead.x within next 2wd"),
        ("lead.x older than 30 working minutes", "lead.x older than 30wm"),
        ("lead.x is older than 4WH", "lead.x older than 4wh"),
        # joining
        ("TRUE", "true"),
        ("false or lead.y", "false or lead.y = true"),
        ("not not lead.y", "not (not (lead.y = true))"),
        ("not lead.y and lead.z", "not (lead.y = true) and lead.z = true"),
        ("lead.a or lead.b and lead.c", "lead.a = true or (lead.b = true and lead.c = true)"),
        ("(lead.a or lead.b) and lead.c", "(lead.a = true or lead.b = true) and lead.c = true"),
        ("((((lead.a))))", "lead.a = true"),
        ("lead.a is empty and (lead.b)", "lead.a is empty and lead.b = true"),
        # fields
        ("Task.source = a", 'lead.source = "a"'),
        ("outlet.客户类型 = a", 'lead.客户类型 = "a"'),
        ("lead.a.b = a", 'lead.a.b = "a"'),
        ("LEAD.`Lead Source（一级）` = a", 'lead.`Lead Source（一级）` = "a"'),
        ("lead.`source` = a", 'lead.source = "a"'),
        # Chinese keyboards
        ("lead.source　ｉｎ　（“百度”，『抖音』、‘a’）", 'lead.source in ("百度", "抖音", "a")'),
        ("lead．budget＞＝５０", "lead.budget >= 50"),
        ("lead.source = ”百度“", 'lead.source = "百度"'),
        ("lead.source in 【＂a＂, ＇b＇, 「c」]", 'lead.source in ("a", "b", "c")'),
        # text
        (r'lead.x = "a\"b\\c\n\r\t\u767e\'"', r'''lead.x = "a\"b\\c\n\r\t百'"'''),
        ('lead.x = "a\u202eb\u0007"', r'lead.x = "a\u202eb\u0007"'),
        ('lead.x = "＝（ａ"', 'lead.x = "＝（ａ"'),
        ("lead.x = e-mail", 'lead.x = "e-mail"'),
        ("lead.x = 360搜索", 'lead.x = "360搜索"'),
    ],
)
def test_a_text_is_read_and_printed_in_its_canonical_form(written: str, printed: str) -> None:
    assert to_text(parse(written)) == printed
    assert to_text(parse(printed)) == printed


def test_reading_builds_the_nodes_that_one_would_build_by_hand() -> None:
    built = AnyOf(
        (
            AllOf((WEB, Not(Atom(SOURCE, Operator.IS_EMPTY)))),
            Atom(FieldRef("now", "time"), Operator.BETWEEN, Range(1, FieldRef("rep", "end"))),
            Atom(SOURCE, Operator.WITHIN_LAST, Duration(4, Unit.WORKING_HOURS)),
            ALWAYS,
            NEVER,
        )
    )

    read = parse(
        "lead.source = web and not lead.source is empty or now.time between 1 and rep.end "
        "or lead.source within last 4wh or true or false"
    )

    assert repr(read) == repr(built)


@pytest.mark.parametrize(
    ("written", "code", "position"),
    [
        ("", "blank", 0),
        ("  ", "blank", 0),
        ("lead", "expected", 0),
        ("百度 = lead.source", "expected", 0),
        ("lead.source 百度", "expected", 12),
        ("lead.source not contains a", "expected", 12),
        ("lead.source is not within a", "expected", 19),
        ("lead.source is 5", "expected", 15),
        ("lead.source within 浙江", "expected", 19),
        ("lead.source older 5d", "expected", 18),
        ("lead.source starts a", "expected", 12),
        ("lead.source =", "expected", 13),
        ("lead.source = and", "unclear_word", 14),
        ("lead.source = All", "unclear_word", 14),
        ("lead.source = )", "expected", 14),
        ("lead.source in a", "expected", 15),
        ("lead.source in (a b)", "expected", 18),
        ("lead.source in (a, )", "expected", 19),
        ("lead.source in (a, rep.b)", "expected", 19),
        ("lead.source in (a]", "expected", 17),
        ("lead.source in ()", "empty_list", 0),
        ("lead.source in (", "expected", 16),
        ("lead.x is within 5", "wrong_shape", 0),
        ("lead.x is within (a, 5)", "wrong_shape", 0),
        ("lead.x between 1", "expected", 16),
        ("lead.x between 1 or 2", "expected", 17),
        ("lead.x between 1 and", "expected", 20),
        ("lead.x between 1d and 2d", "wrong_shape", 0),
        ("lead.x within last a", "expected", 19),
        ("lead.x within last 7", "expected", 20),
        ("lead.x within last 7 moons", "expected", 21),
        ("lead.x within last 7 working weeks", "expected", 29),
        ("lead.x within last true", "expected", 19),
        ("lead.x within last -7 days", "span_out_of_range", 19),
        ("lead.x within last 99999d", "span_out_of_range", 19),
        ("lead.x = 7d", "wrong_shape", 0),
        ("lead.x in (7d)", "wrong_shape", 0),
        ("(lead.x", "expected", 7),
        ("lead.x)", "expected", 6),
        ("lead.x and", "expected", 10),
        ("true true", "expected", 5),
        ("led.source = a", "unknown_root", 0),
        ("led.`source` = a", "unknown_root", 0),
        ("gmail.com = a", "unclear_word", 0),
        ("lead.x = a.b", "unclear_word", 9),
        ("lead.x = -a", "unclear_word", 9),
        ("lead.a-b = 1", "unclear_word", 0),
        ("lead.x = 24:00", "bad_literal", 9),
        ("lead.x = 2026-02-30", "bad_literal", 9),
        ("lead.x = 2026-02-01T00:00+24:00", "bad_literal", 9),
        ("lead.x = 1000000000000000", "number_out_of_range", 9),
        ("lead.x = 0.0000000001", "number_out_of_range", 9),
        ("lead.x = 1.0000000001", "number_out_of_range", 9),
        (f"lead.x = {'1' * 200}", "number_out_of_range", 9),
        ("lead.x = $", "unexpected_character", 9),
        ("lead.x = “a", "unclosed_quote", 9),
        ('lead.x = "a\\', "bad_escape", 11),
        (r'lead.x = "a\q"', "bad_escape", 11),
        (r'lead.x = "\u00g0"', "bad_escape", 10),
        (r'lead.x = "\ud800"', "text_unusable", 9),
        (r'lead.x = "\u0000"', "text_unusable", 9),
        ("lead.` a` = 1", "name_unusable", 0),
        ("lead.`` = 1", "name_unusable", 0),
        (f"lead.{'a' * 101} = 1", "name_unusable", 0),
        ("not " * 40 + "true", "too_deep", 4 * 32),
        ("(" * 40 + "true" + ")" * 40, "too_deep", 32),
        ("not " * 16 + "true", "too_deep", 0),
    ],
)
def test_an_unreadable_text_is_refused_with_code_and_position(
    written: str, code: str, position: int
) -> None:
    with pytest.raises(UnreadableCondition) as caught:
        parse(written)

    assert caught.value.reason.code == f"condition.{code}"
    assert caught.value.position == position
    assert str(caught.value).startswith(f"at character {position + 1}: ")
    assert isinstance(caught.value, InvalidCondition)


def test_a_refusal_names_what_was_found_and_what_to_do() -> None:
    with pytest.raises(UnreadableCondition) as caught:
        parse("leed.source = 百度")

    assert str(caught.value) == (
        "at character 1: leed is no start of a field; use lead, company, rep or now; "
        "did you mean lead?"
    )


def test_a_short_escape_is_no_part_of_a_bare_word() -> None:
    with pytest.raises(UnreadableCondition):
        parse(r"lead.x = a\n")
