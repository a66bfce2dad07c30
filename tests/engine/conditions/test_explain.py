"""Why a condition held or failed, and what would have changed the answer."""

from datetime import date, time
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given

from evenhand.engine.conditions import (
    Bindings,
    Condition,
    evaluate,
    explain,
    first_failure,
    parse,
)
from evenhand.engine.conditions.explain import shown_value
from evenhand.engine.reasons import reason_from_json
from tests.engine.conditions.strategies import NOW, EveryOtherHour, bindings, conditions

LEAD = {"industry": "机械", "source": "web", "budget": Decimal("7.5"), "a": 1, "b": 2}
REP = {"industry": ("电子", "软件"), "level": "junior"}
BOUND = Bindings(lead=LEAD, now=NOW, rep=REP)


def _reason(text: str, bound: Bindings = BOUND) -> dict[str, Any]:
    return dict(explain(parse(text), bound).reason.as_json())


def test_a_failed_atom_shows_the_actual_and_the_wanted_value() -> None:
    assert _reason("rep.industry contains lead.industry") == {
        "code": "condition.failed",
        "field": "rep.industry",
        "operator": "contains",
        "actual": ("电子", "软件"),
        "other": "lead.industry",
        "wanted": "机械",
    }


@pytest.mark.parametrize(
    ("text", "code", "actual", "wanted"),
    [
        ("lead.source = web", "held", "web", "web"),
        ("lead.budget > 7", "held", "7.5", 7),
        ("lead.budget between 1 and lead.b", "failed", "7.5", (1, 2)),
        ("lead.source in (a, 1.5)", "failed", "web", ("a", "1.5")),
        ("now.time between 09:00 and 10:00", "failed", "10:30:00", ("09:00:00", "10:00:00")),
        ("now.at within last 7d", "held", "2026-05-06T10:30:00+08:00", "7d"),
        ("lead.c is empty", "held", None, None),
        ("lead.a is empty", "failed", 1, None),
    ],
)
def test_values_are_shown_as_plain_data(
    text: str, code: str, actual: object, wanted: object
) -> None:
    told = _reason(text)

    assert (told["code"], told["actual"], told["wanted"]) == (f"condition.{code}", actual, wanted)


@pytest.mark.parametrize(
    ("text", "absent"),
    [
        ("lead.c = 1", "lead.c"),
        ("lead.c != lead.d", "lead.c"),
        ("lead.a = lead.d", "lead.d"),
        ("lead.a between 1 and lead.d", "lead.d"),
    ],
)
def test_a_missing_value_is_named(text: str, absent: str) -> None:
    told = _reason(text)

    assert told["code"] == "condition.missing"
    assert told["absent"] == absent


def test_a_missing_calendar_is_named() -> None:
    with_clock = Bindings(lead=LEAD, now=NOW, clock=EveryOtherHour())

    assert _reason("now.at older than 4wh")["code"] == "condition.no_calendar"
    assert _reason("now.is_working_time")["code"] == "condition.no_calendar"
    assert _reason("now.is_working_time", with_clock)["code"] == "condition.held"


def test_groups_mirror_the_condition() -> None:
    told = explain(parse("lead.a = 1 and not (lead.b = 1 or false)"), BOUND).as_json()

    assert told["reason"] == {"code": "condition.all", "holds": True}
    first, second = told["parts"]
    assert first["reason"]["code"] == "condition.held"
    assert second["reason"] == {"code": "condition.not", "holds": True}
    (either,) = second["parts"]
    assert either["reason"] == {"code": "condition.any", "holds": False}
    assert [part["holds"] for part in either["parts"]] == [False, False]
    assert either["parts"][1] == {
        "holds": False,
        "reason": {"code": "condition.always", "holds": False},
    }


@pytest.mark.parametrize(
    ("text", "atoms", "remedy"),
    [
        # one failing part of `and` is enough to blame, and to mend if it is the only one
        ("lead.a = 1 and lead.b = 3", ["lead.b = 3"], "lead.b"),
        ("lead.a = 5 and lead.b = 3", ["lead.a = 5"], None),
        # every part of `or` is to blame, and any of them would mend it
        ("lead.a = 5 or lead.b = 3", ["lead.a = 5", "lead.b = 3"], "lead.a"),
        ("(lead.a = 5 or lead.b = 3) and lead.a = 6", ["lead.a = 6"], None),
        # under `not` a part is to blame for holding
        ("not (lead.a = 1)", ["lead.a = 1"], "lead.a"),
        ("not (lead.a = 1 and lead.b = 2)", ["lead.a = 1", "lead.b = 2"], "lead.a"),
        ("not (lead.a = 1 or lead.b = 2)", ["lead.a = 1"], None),
        ("not (lead.a = 1 or lead.b = 3)", ["lead.a = 1"], "lead.a"),
        # constants cannot be mended
        ("false", [], None),
        ("lead.a = 5 and false", [], None),
        ("lead.a = 5 or false", ["lead.a = 5"], "lead.a"),
        ("not (lead.a = 1 or true)", [], None),
        # the same atom twice: turning it helps here and spoils there
        ("lead.a = 5 and not (lead.a = 5)", ["lead.a = 5"], None),
        ("lead.a = 5 and lead.a = 5", ["lead.a = 5"], "lead.a"),
    ],
)
def test_the_shortest_reason_and_the_one_remedy(
    text: str, atoms: list[str], remedy: str | None
) -> None:
    failure = first_failure(parse(text), BOUND)

    assert failure is not None
    assert [atom.text for atom in failure.atoms] == atoms
    assert len(failure.reasons) == len(atoms)
    assert (failure.remedy and failure.remedy["field"]) == remedy


def test_a_remedy_says_what_is_wanted_and_which_way() -> None:
    wanted = first_failure(parse("rep.industry contains lead.industry"), BOUND)
    unwanted = first_failure(parse("not (lead.source = web)"), BOUND)

    assert wanted is not None and wanted.remedy is not None
    assert wanted.remedy.as_json() == {
        "code": "condition.remedy",
        "field": "rep.industry",
        "operator": "contains",
        "other": "lead.industry",
        "wanted": "机械",
        "is_negated": False,
    }
    assert unwanted is not None and unwanted.remedy is not None
    assert unwanted.remedy["is_negated"] is True


def test_what_holds_has_no_failure() -> None:
    assert first_failure(parse("lead.a = 1"), BOUND) is None


@given(conditions, bindings)
def test_the_atoms_blamed_are_enough_to_fail(condition: Condition, bound: Bindings) -> None:
    failure = first_failure(condition, bound)

    if failure is not None:
        facts = {atom.text: evaluate(atom, bound) for atom in failure.atoms}
        # Whatever every other atom says, the condition fails.
        assert not _could_hold(condition, facts)


def _could_hold(condition: Any, facts: dict[str, bool]) -> bool:
    return _possible(condition, facts)[0]


def _possible(condition: Any, facts: dict[str, bool]) -> tuple[bool, bool]:
    """Whether it could hold and whether it could fail, other atoms being free."""
    if hasattr(condition, "parts"):
        found = [_possible(part, facts) for part in condition.parts]
        if type(condition).__name__ == "AllOf":
            return all(can for can, _ in found), any(can for _, can in found)
        return any(can for can, _ in found), all(can for _, can in found)
    if hasattr(condition, "part"):
        can_hold, can_fail = _possible(condition.part, facts)
        return can_fail, can_hold
    known = condition.holds if hasattr(condition, "holds") else facts.get(condition.text)
    return known is not False, known is not True


@given(conditions, bindings)
def test_every_reason_can_be_stored_and_read_again(condition: Condition, bound: Bindings) -> None:
    told = [explain(condition, bound)]
    while told:
        part = told.pop()
        told.extend(part.parts)
        assert reason_from_json(part.reason.as_json()) == part.reason


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("a" * 300, "a" * 200 + "…"),
        (tuple("abc"), ("a", "b", "c")),
        (tuple("a" * 30), (*"a" * 20, "…")),
        (Decimal("NaN"), None),
        (Decimal("1E+3"), "1000"),
        (True, True),
        (None, None),
        (date(2026, 5, 1), "2026-05-01"),
        (time(9, 30), "09:30:00"),
        (object(), None),
    ],
)
def test_values_are_shown_no_longer_than_somebody_would_read(value: object, shown: object) -> None:
    assert shown_value(value) == shown
