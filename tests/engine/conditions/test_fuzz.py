"""Whatever comes in: a condition, or this package's own error. Nothing else, ever."""

import ast
import random
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from evenhand.engine import conditions
from evenhand.engine.conditions import (
    Bindings,
    Condition,
    InvalidCondition,
    UnreadableCondition,
    check,
    evaluate,
    explain,
    first_failure,
    from_tree,
    parse,
    to_text,
    to_tree,
)
from evenhand.engine.conditions.nodes import DEPTH_MAX, NODES_MAX
from evenhand.engine.facts import BUILT_IN_FIELDS
from evenhand.engine.reasons import CODES
from tests.engine.conditions.strategies import NOW, REGIONS, EveryOtherHour

BOUND = Bindings(
    lead={"source": "web", "region": "杭州", "budget": 5, "created_at": NOW, "phone": "138"},
    now=NOW,
    rep={"region": ("浙江省",), "skill": ("机械", "web")},
    regions=REGIONS,
    clock=EveryOtherHour(),
)

VALID = [
    'lead.source in ("百度", "抖音") and lead.budget >= 50000.5',
    "rep.region contains lead.region or lead.region is within (浙江省, CA)",
    "not (lead.created_at older than 4 working hours) and now.is_working_time",
    "lead.created_at between 2026-05-01 and 2026-05-31T18:00+08:00",
    'now.time between 22:00 and 06:00 and lead.`a b` starts with "\\u767e\\n"',
    "rep.skill contains any (a, b) or rep.skill contains all (c) or lead.x is not empty",
    "true or not not false",
]
PIECES = [
    *(piece for text in VALID for piece in text.split(" ")),
    *"()[],=<>!\"'`\\.-+/:“”「」（），＝≥",
    *["lead.", "rep.x", "and", "or", "not", "2026-02-30", "24:00", "9" * 40, "7d", "1e5", "\x00"],
    *["\ud800", "\u202e", "😀", "İ", "ß", "\u2028", "\n", "\t", "   ", "lead.source", "百度"],
]


def _random_text(chance: random.Random) -> str:
    if chance.random() < 0.3:
        return "".join(chr(chance.randrange(0x110000)) for _ in range(chance.randrange(30)))
    glue = chance.choice([" ", "", " "])
    return glue.join(chance.choice(PIECES) for _ in range(chance.randrange(20)))


def _mutated_text(chance: random.Random) -> str:
    text = list(chance.choice(VALID))
    for _ in range(chance.randrange(1, 4)):
        start = chance.randrange(len(text) + 1)
        end = min(len(text), start + chance.randrange(5))
        text[start:end] = chance.choice([[], [chance.choice(PIECES)], text[end : end + 9]])
    if chance.random() < 0.02:
        text *= chance.randrange(200)
    return "".join(text)


_KEYS = ["all", "any", "not", "field", "op", "value", "text", "number", "x", 3, None]
_LEAVES = [
    *["lead.x", "rep.region", "now.time", "x", "", "in", "is empty", "between", "=", "7d", "18:00"],
    *[None, True, False, 0, -1, 10**40, 10**5000, 0.5, float("nan"), Decimal("1E+999999"), b"x"],
    *[Decimal("NaN"), Decimal("0.5"), "\ud800", "2026-13-01", object(), {1, 2}, "lead.x = 5"],
]


def _random_tree(chance: random.Random, depth: int = 0) -> Any:
    roll = chance.random()
    if depth > 20 or roll < 0.3:
        return chance.choice(_LEAVES)
    if roll < 0.5:
        return [_random_tree(chance, depth + 1) for _ in range(chance.randrange(4))]
    keys = chance.sample(_KEYS, chance.randrange(4))
    return {key: _random_tree(chance, depth + 1) for key in keys}


_TREES = [to_tree(parse(text)) for text in VALID]


def _mutated_tree(chance: random.Random) -> Any:
    return _mutated(chance.choice(_TREES), chance)


def _mutated(tree: Any, chance: random.Random) -> Any:
    if chance.random() < 0.1:
        return _random_tree(chance, 18)
    if isinstance(tree, dict):
        return {
            (chance.choice(_KEYS) if chance.random() < 0.05 else key): _mutated(part, chance)
            for key, part in tree.items()
        }
    if isinstance(tree, list):
        return [_mutated(part, chance) for part in tree]
    return tree


_MAKERS: list[tuple[Callable[[random.Random], Any], Callable[[Any], Condition]]] = [
    (_random_text, parse),
    (_mutated_text, parse),
    (_random_tree, from_tree),
    (_mutated_tree, from_tree),
]


def _try(count: int, seed: int) -> tuple[int, int]:
    """How many of so many random inputs were conditions, and how many were refused."""
    chance = random.Random(seed)
    usable = refused = 0
    for number in range(count):
        make, read = _MAKERS[number % len(_MAKERS)]
        try:
            condition = read(make(chance))
        except InvalidCondition as error:
            refused += 1
            assert error.reason.code in CODES
            assert str(error).encode()  # no half surrogate pair is repeated
            assert read is from_tree or isinstance(error, UnreadableCondition)
            continue
        usable += 1
        _use(condition)
    return usable, refused


def _use(condition: Condition) -> None:
    assert parse(to_text(condition)) == condition
    assert from_tree(to_tree(condition)) == condition
    assert explain(condition, BOUND).holds is evaluate(condition, BOUND)
    first_failure(condition, BOUND)
    for problem in check(condition, BUILT_IN_FIELDS, REGIONS):
        assert str(problem)


def test_twenty_thousand_random_inputs_give_a_condition_or_its_own_error() -> None:
    usable, refused = _try(20_000, seed=1)

    assert usable > 1_000
    assert refused > 1_000


@pytest.mark.slow
def test_two_hundred_thousand_random_inputs_give_a_condition_or_its_own_error() -> None:
    usable, refused = _try(200_000, seed=2)

    assert usable > 10_000
    assert refused > 10_000


_NOT_USED = frozenset({"eval", "exec", "compile", "__import__", "globals", "locals", "vars"})


def _wide_or_deep(chance: random.Random) -> tuple[Any, Callable[[Any], Condition]]:
    """A text or a tree around and far beyond the bounds, and what reads it."""
    size = chance.choice((1, DEPTH_MAX - 1, DEPTH_MAX, DEPTH_MAX + 1, NODES_MAX, 3_000))
    size = max(1, size + chance.randrange(-2, 3))
    match chance.randrange(7):
        case 0:
            return "not " * size + "true", parse
        case 1:
            return "(" * size + "true" + ")" * chance.choice((size, size - 1, 0)), parse
        case 2:
            return chance.choice((" and ", " or ")).join(["lead.x = 1"] * size), parse
        case 3:
            return f"lead.x in ({', '.join(['a'] * size)})", parse
        case 4:
            tree: Any = True
            for _ in range(size):
                tree = {chance.choice(("not", "all", "any")): chance.choice((tree, [tree, True]))}
            return tree, from_tree
        case 5:
            return {"any": [{"field": "lead.x", "op": "=", "value": 1}] * size}, from_tree
        case _:
            return {"field": "lead.x", "op": "in", "value": ["a"] * size}, from_tree


def _try_bounds(count: int, seed: int) -> tuple[int, int]:
    chance = random.Random(seed)
    usable = refused = 0
    for _ in range(count):
        said, read = _wide_or_deep(chance)
        try:
            condition = read(said)
        except InvalidCondition as error:
            refused += 1
            assert error.reason.code in CODES
            continue
        usable += 1
        assert condition.depth <= DEPTH_MAX and condition.node_count <= NODES_MAX
    return usable, refused


def test_nothing_is_read_beyond_the_bounds_of_depth_and_size() -> None:
    usable, refused = _try_bounds(500, seed=3)

    assert usable > 50
    assert refused > 50


@pytest.mark.slow
def test_nothing_is_read_beyond_the_bounds_of_depth_and_size_at_length() -> None:
    usable, refused = _try_bounds(5_000, seed=4)

    assert min(usable, refused) > 1_000


def test_an_error_of_another_kind_does_not_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: a reader that falls over one of the inputs is found."""

    def careless(said: Any) -> Condition:
        return parse(said) if said.isascii() else parse({}[said])

    monkeypatch.setitem(globals(), "_MAKERS", [(_random_text, careless)])
    with pytest.raises(KeyError):
        _try(2_000, seed=1)


def _doors_to_python(source: str) -> list[int]:
    """Lines that call what runs a text, or reach for an attribute by a name that is computed."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
            continue
        is_reaching = node.func.id in ("getattr", "setattr", "hasattr") and not (
            len(node.args) > 1 and isinstance(node.args[1], ast.Constant)
        )
        if node.func.id in _NOT_USED or is_reaching:
            found.append(node.lineno)
    return found


def test_no_text_of_a_condition_is_run_or_used_as_a_name() -> None:
    paths = sorted(Path(conditions.__file__).parent.glob("*.py"))

    assert len(paths) >= 15
    for path in paths:
        assert _doors_to_python(path.read_text(encoding="utf-8")) == [], path.name


@pytest.mark.parametrize("line", ["eval(text)", "getattr(lead, name)", "x = compile(a, b, c)"])
def test_a_door_to_python_is_found(line: str) -> None:
    assert _doors_to_python(line) == [1]
    assert _doors_to_python('getattr(lead, "name")') == []
