"""YAML 1.2 and JSON to plain values: exact, bounded, without magic."""

from decimal import Decimal
from typing import Any

import pytest

from evenhand.engine.policy.problem import InvalidPolicy, PolicyProblem
from evenhand.engine.policy.text import (
    MOST_BYTES,
    MOST_DEPTH,
    plain_from_text,
    policy_text,
    refuse_unusable,
)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("18:00", "18:00"),
        ("1:30:00", "1:30:00"),
        ("no", "no"),
        ("Yes", "Yes"),
        ("on", "on"),
        ("1_000", "1_000"),
        ("1,000", "1,000"),
        ("2026-05-01", "2026-05-01"),
        ("2026-05-01T10:00:00Z", "2026-05-01T10:00:00Z"),
        ("0b11", "0b11"),
        ("=", "="),
        ("<<", "<<"),
        ("'1'", "1"),
        ('"true"', "true"),
        ("|\n  1\n", "1\n"),
        ("0.1", Decimal("0.1")),
        (".5", Decimal("0.5")),
        ("-2.50", Decimal("-2.50")),
        ("1e3", Decimal(1000)),
        ("7", 7),
        ("+7", 7),
        ("-0", 0),
        ("007", 7),
        ("0x1F", 31),
        ("0o17", 15),
        ("true", True),
        ("False", False),
        ("null", None),
        ("~", None),
        ("", None),
    ],
)
def test_yaml_is_what_it_looks_like(written: str, read: Any) -> None:
    found = plain_from_text(f"a: {written}")["a"]

    assert found == read
    assert type(found) is type(read)


def test_a_yaml_directive_does_not_bring_the_old_rules_back() -> None:
    assert plain_from_text("%YAML 1.1\n---\na: no") == {"a": "no"}


def test_a_merge_key_is_a_key_like_any_other() -> None:
    assert plain_from_text("<<: {a: 1}") == {"<<": {"a": 1}}


def test_json_numbers_are_exact() -> None:
    plain = plain_from_text('{"a": 0.1, "b": 3, "c": "\\ud83d\\ude00"}')

    assert plain == {"a": Decimal("0.1"), "b": 3, "c": "😀"}


def test_a_byte_order_mark_is_no_part_of_the_text() -> None:
    assert plain_from_text('\ufeff{"a": 1}') == {"a": 1}


def _only(text: str) -> PolicyProblem:
    with pytest.raises(InvalidPolicy) as caught:
        plain_from_text(text)
    (problem,) = caught.value.problems
    return problem


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("a: 1\nb: &x 1", "policy.no_anchors", 2),
        ("a: &x [1]\nb: *x", "policy.no_anchors", 1),
        ("a: !!str 1", "policy.no_anchors", 1),
        ("a: !python/object:os.system {}", "policy.no_anchors", 1),
        ("a: ! 1", "policy.no_anchors", 1),
        ("a: 1\nb: 2\na: 3", "policy.repeated_key", 3),
        ("a: {b: 1, b: 2}", "policy.repeated_key", 1),
        ('{"a": 1, "a": 2}', "policy.repeated_key", 0),
        ("a: .inf", "policy.not_a_number", 1),
        ("a: 1\nb: .nan", "policy.not_a_number", 2),
        ("a: 1e99", "policy.not_a_number", 1),
        ("a: 1e999999999", "policy.not_a_number", 1),
        ('{"a": 1e999999999}', "policy.not_a_number", 0),
        ('{"a": NaN}', "policy.not_a_number", 0),
        ('{"a": -Infinity}', "policy.not_a_number", 0),
        ("? [a]\n: 1", "policy.key_not_text", 1),
        ("? {a: 1}\n: 1", "policy.key_not_text", 1),
        ("a: 1\n\tb: 2", "policy.not_yaml", 2),
        ("a: [1, 2\nb: 3", "policy.not_yaml", 2),
        ("a: 1\n---\nb: 2", "policy.not_yaml", 2),
        ('{"a": 1', "policy.not_yaml", 1),
        ("a: '\x01'", "policy.not_yaml", 0),
    ],
)
def test_what_cannot_be_read_names_its_line(text: str, code: str, line: int) -> None:
    problem = _only(text)

    assert (problem.why.code, problem.line) == (code, line)
    assert problem.message


def test_a_number_of_five_thousand_digits_is_refused() -> None:
    assert _only(f"a: {'9' * 5_000}").why.code == "policy.not_a_number"
    assert _only(f'{{"a": 0.{"9" * 5_000}}}').why.code == "policy.not_a_number"


def test_depth_is_bounded() -> None:
    within = plain_from_text("[" * MOST_DEPTH + "]" * MOST_DEPTH)

    assert within
    assert _only("[" * (MOST_DEPTH + 1) + "]" * (MOST_DEPTH + 1)).why.code == "policy.too_deep"


def test_a_hundred_thousand_brackets_end_in_a_refusal() -> None:
    assert _only("[" * 100_000).why.code == "policy.too_deep"
    assert _only('{"a":' * 100_000).why.code in ("policy.too_deep", "policy.not_yaml")


def test_size_is_bounded_in_bytes() -> None:
    line = "a: 1 #"

    assert plain_from_text(line + "x" * (MOST_BYTES - len(line))) == {"a": 1}
    assert _only(line + "线" * (MOST_BYTES // 3)).why.code == "policy.too_large"


def test_the_smile_of_a_billion_laughs_is_never_expanded() -> None:
    laughs = "a: &a [x, x]\n" + "".join(
        f"{later}: &{later} [*{name}, *{name}]\n"
        for name, later in zip("abcdefg", "bcdefgh", strict=True)
    )

    assert _only(laughs).why.code == "policy.no_anchors"


# -- lines -----------------------------------------------------------------------------------


def test_the_line_of_a_place_is_that_of_its_key() -> None:
    text = policy_text("a: 1\nrules:\n  - rule: x\n    to:\n      group: y\n  - rule: z\n")

    assert text.line_of(("rules",)) == 2
    assert text.line_of(("rules", 0)) == 3
    assert text.line_of(("rules", 0, "to", "group")) == 5
    assert text.line_of(("rules", 1, "rule")) == 6


def test_a_place_that_is_not_there_has_the_line_of_what_is_around_it() -> None:
    text = policy_text("a: 1\nrules:\n  - rule: x\n")

    assert text.line_of(("rules", 0, "to")) == 3
    assert text.line_of(("rules", 7)) == 2
    assert text.line_of(()) == 0


def test_json_has_lines_too() -> None:
    text = policy_text('{"a": 1,\n "rules": [\n  {"rule": "x"}]}')

    assert text.line_of(("rules", 0, "rule")) == 3


def test_json_that_yaml_cannot_read_has_no_lines() -> None:
    text = policy_text('{"a":\n\t1}')

    assert text.plain == {"a": 1}
    assert text.line_of(("a",)) in (0, 1)


# -- plain values from elsewhere ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("plain", "code", "path"),
    [
        ({"a": {1: 2}}, "policy.key_not_text", "a"),
        ({True: 2}, "policy.key_not_text", ""),
        ({"a": ["x", "\ud800"]}, "policy.text_unusable", "a[2]"),
        ({"a\x00": 1}, "policy.text_unusable", ""),
        ({"a": Decimal("NaN")}, "policy.number_unusable", "a"),
        ({"a": Decimal("1e400")}, "policy.number_unusable", "a"),
    ],
)
def test_what_no_schema_asks_about_is_refused(plain: Any, code: str, path: str) -> None:
    with pytest.raises(InvalidPolicy) as caught:
        refuse_unusable(plain)

    (problem,) = caught.value.problems
    assert (problem.why.code, problem.path) == (code, path)


def test_plain_values_are_bounded_in_depth_too() -> None:
    plain: Any = 1
    for _ in range(100_000):
        plain = [plain]

    with pytest.raises(InvalidPolicy) as caught:
        refuse_unusable({"a": plain})

    assert caught.value.problems[0].why.code == "policy.too_deep"
