"""Yes and no, in service, outcomes, lists, text and identifiers."""

from datetime import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.sheets.values.booleans import parse_boolean, parse_in_service
from evenhand.sheets.values.lists import parse_list
from evenhand.sheets.values.outcomes import Outcome, parse_outcome
from evenhand.sheets.values.problem import Problem
from evenhand.sheets.values.text import is_blank, parse_id, parse_text, text_of


@pytest.mark.parametrize("word", ["是", "有", "Yes", "TRUE", "1", "y", "√", "開啟", "１", True, 1])
def test_yes_is_understood(word: object) -> None:
    assert parse_boolean(word) is True  # type: ignore[arg-type]


@pytest.mark.parametrize("word", ["否", "无", "無", "no", "False", "0", "×", "停用", False, 0])
def test_no_is_understood(word: object) -> None:
    assert parse_boolean(word) is False  # type: ignore[arg-type]


@pytest.mark.parametrize("word", ["也许", "2", "maybe", "在职"])
def test_what_is_neither_is_a_problem(word: str) -> None:
    found = parse_boolean(word)

    assert isinstance(found, Problem)
    assert found.code == "sheet.boolean_unreadable"


@pytest.mark.parametrize("word", ["在职", "在職", "接单", "正常", "Active", "是", "1"])
def test_who_is_in_service_is_understood(word: str) -> None:
    assert parse_in_service(word) is True


@pytest.mark.parametrize(
    "word", ["离职", "離職", "暂停", "休假中", "On Leave", "inactive", "否", "0"]
)
def test_who_is_out_of_service_is_understood(word: str) -> None:
    assert parse_in_service(word) is False


@pytest.mark.parametrize(
    ("word", "outcome"),
    [
        ("Closed Won", Outcome.WON),
        ("Closed - Won", Outcome.WON),
        ("成交", Outcome.WON),
        ("贏單", Outcome.WON),
        ("Converted", Outcome.WON),
        ("1", Outcome.WON),
        ("Yes", Outcome.WON),
        (True, Outcome.WON),
        ("Closed Lost", Outcome.LOST),
        ("输单", Outcome.LOST),
        ("戰敗", Outcome.LOST),
        ("0", Outcome.LOST),
        (False, Outcome.LOST),
        ("Negotiation/Review", Outcome.OPEN),
        ("跟進中", Outcome.OPEN),
        ("跟进中(3次)", Outcome.OPEN),
        ("Engaging", Outcome.OPEN),
        ("Junk Lead", Outcome.JUNK),
        ("空號", Outcome.JUNK),
        ("无效线索", Outcome.JUNK),
    ],
)
def test_outcomes_of_many_systems_are_understood(word: object, outcome: Outcome) -> None:
    assert parse_outcome(word) is outcome  # type: ignore[arg-type]


def test_an_unknown_outcome_is_a_problem() -> None:
    found = parse_outcome("玄学")

    assert isinstance(found, Problem)
    assert found.code == "sheet.outcome_unknown"


@pytest.mark.parametrize(
    ("written", "parts"),
    [
        ("华东、华南", ("华东", "华南")),
        ("a; b", ("a", "b")),
        ("a,b", ("a", "b")),
        ("a，b", ("a", "b")),
        ("a|b", ("a", "b")),
        ("a\nb\r\nc", ("a", "b", "c")),
        ("英语/日语", ("英语", "日语")),
        ("C/C++", ("C/C++",)),
        ("Smith, John; Doe, Jane", ("Smith, John", "Doe, Jane")),
        ("a、、a、 b ", ("a", "b")),
        ("one", ("one",)),
    ],
)
def test_lists_are_split_at_their_strongest_mark(written: str, parts: tuple[str, ...]) -> None:
    assert parse_list(written) == parts


def test_a_list_of_nothing_is_nothing() -> None:
    assert parse_list("、；") is None
    assert parse_list("") is None


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("  a b\t", "a b"),
        ("\u00a0a\u3000", "a"),
        ("\ufeff\u200ba\u200d", "a"),
        ('="007"', "007"),
        ('="say ""hi"""', 'say "hi"'),
        ("'=1+1", "=1+1"),
        ("'quoted'", "'quoted'"),
        ("=1+1", "=1+1"),
        (12, "12"),
        (Decimal("1E+2"), "100"),
        (Decimal("0.50"), "0.50"),
        (True, "true"),
        (datetime(2026, 3, 1, 8, 5), "2026-03-01 08:05:00"),
    ],
)
def test_text_is_trimmed_and_unwrapped(cell: object, text: str) -> None:
    assert text_of(cell) == text  # type: ignore[arg-type]


@pytest.mark.parametrize("cell", ["", " ", "-", "null", "NaN", "请选择", "Select", "\\N", "（空）"])
def test_words_for_nothing_are_blank(cell: str) -> None:
    assert is_blank(cell)
    assert parse_text(cell) is None


@pytest.mark.parametrize("cell", ["NA", "None of these", "0", "无", 0, False])
def test_words_that_may_mean_something_are_not_blank(cell: object) -> None:
    assert not is_blank(cell)  # type: ignore[arg-type]


def test_a_spreadsheet_error_is_a_problem_and_not_text() -> None:
    found = parse_text("#N/A")

    assert isinstance(found, Problem)
    assert found.code == "sheet.cell_error"


def test_identifiers_stay_what_they_are() -> None:
    assert parse_id("6900000000000000001\t") == "6900000000000000001"
    assert parse_id("007") == "007"
    assert parse_id("579533.0") == "579533"
    assert parse_id(579533) == "579533"


@pytest.mark.parametrize("cell", ["6.9E+18", "1,38E+10", Decimal("6.9E+18"), Decimal(10**15)])
def test_an_identifier_that_lost_digits_is_no_key(cell: object) -> None:
    found = parse_id(cell)  # type: ignore[arg-type]

    assert isinstance(found, Problem)
    assert found.code == "sheet.digits_lost"


def test_a_problem_shows_only_the_start_of_a_long_cell() -> None:
    found = parse_boolean("很" * 1_000)

    assert isinstance(found, Problem)
    assert found.value == "很" * 200 + "…"


def test_a_problem_can_be_told_its_column() -> None:
    found = parse_boolean("也许")

    assert isinstance(found, Problem)
    assert found.within("在职").column == "在职"


@given(st.text(max_size=30))
def test_trimming_twice_changes_nothing_more(text: str) -> None:
    once = text_of(f"x{text}x")

    assert text_of(once) == once
