"""What changed, in sentences: complete, and in the words of the part that changed."""

from collections.abc import Callable, Iterator
from copy import deepcopy
from functools import cache
from itertools import islice
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.engine.policy.diff import diff
from evenhand.engine.policy.document import PolicyDocument
from evenhand.engine.policy.load import policy_from_plain
from evenhand.engine.policy.order import moved_names
from evenhand.engine.policy.problem import InvalidPolicy
from evenhand.engine.reasons import Reason, reason
from tests.engine.policy.documents import RICH, Plain, documents, rich, rule, small


def _changes(change: Callable[[Plain], None]) -> tuple[Reason, ...]:
    return diff(rich(), rich(change))


def _only(change: Callable[[Plain], None]) -> Reason:
    (found,) = _changes(change)
    return found


def _set(path: str, value: Any) -> Callable[[Plain], None]:
    """Puts a value at a path such as `rules.0.when`; ... removes what is there."""

    def change(plain: Plain) -> None:
        *steps, last = (int(step) if step.isdigit() else step for step in path.split("."))
        inner: Any = plain
        for step in steps:
            inner = inner[step]
        if value is ...:
            del inner[last]
        else:
            inner[last] = value

    return change


def test_equal_documents_differ_in_nothing() -> None:
    assert diff(rich(), rich()) == ()


def test_another_spelling_of_the_same_is_no_change() -> None:
    def respell(plain: Plain) -> None:
        plain["rules"][2]["when"] = {
            "field": "lead.region",
            "op": "is_within",
            "value": "华东",
        }
        plain["points"]["base"]["A"] = "8.000"
        plain["rules"][2]["is_enabled"] = True
        plain["regions"] = dict(reversed(plain["regions"].items()))

    assert _changes(respell) == ()


@pytest.mark.parametrize(
    ("path", "value", "expected"),
    [
        ("version", 4, reason("diff.version", before="3", after="4")),
        ("line", "个人", reason("diff.line", before="企业", after="个人")),
        (
            "groups.0.who",
            "rep.region contains 华南",
            reason(
                "diff.changed",
                kind="group",
                name="华东组",
                part="who",
                before='rep.region contains "华东"',
                after='rep.region contains "华南"',
            ),
        ),
        ("points.base.A", 10, reason("diff.grade_points", grade="A", before="8", after="10")),
        ("points.base.B", 3, reason("diff.grade_points", grade="B", before="2.5", after="3")),
        ("fairness.tau", ..., reason("diff.tau", before="16", after="P = 10.25")),
        ("fairness.tau", "10.25", reason("diff.tau", before="16", after="P = 10.25")),
        ("fairness.tau", "51.25", reason("diff.tau", before="16", after="5P = 51.25")),
        ("fairness.tau", "15.375", reason("diff.tau", before="16", after="1.5P = 15.375")),
        ("fairness.tau", 0, reason("diff.tau", before="16", after="0")),
        ("fairness.band", ..., reason("diff.band", before="20", after="τ")),
        (
            "fairness.scope",
            "company",
            reason(
                "diff.changed",
                kind="section",
                name="fairness",
                part="scope",
                before="group",
                after="company",
            ),
        ),
        (
            "fairness.catch_up.percent",
            20,
            reason(
                "diff.changed",
                kind="section",
                name="fairness",
                part="catch_up.percent",
                before="10",
                after="20",
            ),
        ),
        (
            "scoring.dimensions.fit.cap",
            50,
            reason(
                "diff.changed",
                kind="section",
                name="scoring",
                part="dimensions.fit.cap",
                before="60",
                after="50",
            ),
        ),
        (
            "scoring.signals.0.points",
            "-2.5",
            reason(
                "diff.changed", kind="signal", name="行业", part="points", before="20", after="-2.5"
            ),
        ),
        ("scoring", ..., reason("diff.section_removed", section="scoring")),
        ("rules.2.is_enabled", False, reason("diff.disabled", kind="rule", name="华东")),
        ("rules.4.is_enabled", True, reason("diff.enabled", kind="rule", name="停用的")),
        (
            "rules.2.to",
            {"strategy": "pool", "pool": "公海"},
            reason(
                "diff.changed",
                kind="rule",
                name="华东",
                part="to",
                before="{strategy: fair_share, group: 华东组}",
                after="{strategy: pool, pool: 公海}",
            ),
        ),
        (
            "rules.2.match",
            ["industry", "region"],
            reason(
                "diff.changed",
                kind="rule",
                name="华东",
                part="match",
                before="[region, industry]",
                after="[industry, region]",
            ),
        ),
        (
            "groups.1.members",
            ["张三", "李四", "赵六"],
            reason("diff.names_added", kind="group", name="点名", part="members", names=("赵六",)),
        ),
        (
            "groups.1.members",
            ["李四"],
            reason(
                "diff.names_removed", kind="group", name="点名", part="members", names=("张三",)
            ),
        ),
        (
            "regions.华南",
            ["广东", "广西"],
            reason(
                "diff.names_added", kind="region", name="华南", part="contains", names=("广西",)
            ),
        ),
        (
            "region_aliases.沪",
            "江苏",
            reason(
                "diff.changed",
                kind="region_alias",
                name="沪",
                part="stands_for",
                before="上海",
                after="江苏",
            ),
        ),
        (
            "capacity.open_items",
            ...,
            reason("diff.unset", kind="section", name="capacity", part="open_items", before="60"),
        ),
        (
            "capacity.windows.0.points",
            "2.5",
            reason("diff.set", kind="cap", name="每天", part="points", after="2.5"),
        ),
        ("levels.0.ramp", ..., None),
        ("rules.6.rule", "末", reason("diff.renamed", kind="rule", before="其余", after="末")),
        ("pools.1", ..., None),
        (
            "note",
            "新",
            reason(
                "diff.note_changed", kind="document", name="", before="第一行\n第二行", after="新"
            ),
        ),
        (
            "rules.6.note",
            ...,
            reason("diff.note_removed", kind="rule", name="其余", before="兜底"),
        ),
        (
            "fairness.note",
            "为什么",
            reason("diff.note_added", kind="section", name="fairness", after="为什么"),
        ),
    ],
)
def test_a_change_is_told_in_one_sentence(path: str, value: Any, expected: Reason | None) -> None:
    if path == "pools.1":
        # The pool goes, and the rule that used it goes elsewhere: two changes, two sentences.
        def change(plain: Plain) -> None:
            del plain["pools"][1]
            plain["rules"][5]["to"]["pool"] = "公海"

        assert [one.code for one in _changes(change)] == ["diff.removed", "diff.changed"]
        return
    found = _only(_set(path, value))

    if expected is None:
        assert found.code == "diff.unset"
    else:
        assert found == expected


def test_rules_that_come_and_go_are_named_with_their_place() -> None:
    old = small(rules=[rule("a"), rule("b", "lead.budget > 1")])
    new = small(rules=[rule("c", "lead.budget > 2"), rule("a")])

    assert diff(old, new) == (
        reason("diff.removed", kind="rule", name="b"),
        reason("diff.added", kind="rule", name="c", position=1),
    )


def test_a_rule_that_moved_is_told_from_those_it_shifted() -> None:
    names = ["一", "二", "三", "四"]
    old = small(rules=[rule(name, f"lead.source = {name}") for name in names])
    new = small(rules=[rule(name, f"lead.source = {name}") for name in ["三", "一", "二", "四"]])

    assert diff(old, new) == (reason("diff.moved", kind="rule", name="三", before="3", after="1"),)


def test_a_rule_may_move_and_change_and_take_another_name_at_once() -> None:
    old = small(rules=[rule("a", "lead.budget > 1"), rule("b"), rule("c", "lead.budget > 3")])
    new = small(rules=[rule("c", "lead.budget > 4"), rule("A级", "lead.budget > 1"), rule("b")])

    assert [one.code for one in diff(old, new)] == ["diff.renamed", "diff.moved", "diff.changed"]


def test_notes_come_last() -> None:
    def change(plain: Plain) -> None:
        plain["note"] = "别的"
        plain["rules"][6]["note"] = "别的"
        plain["exploration"]["rate_millionths"] = 0

    codes = [one.code for one in _changes(change)]

    assert codes == ["diff.changed", "diff.note_changed", "diff.note_changed"]


def test_tables_of_learnt_fit_are_one_change() -> None:
    tables = {"segments": [], "base_odds": 100_000, "kappa": 1_000_000, "outcome_count": 300}
    old = small(fit={"mode": "learnt", "tables": tables})
    new = small(
        fit={"mode": "learnt", "tables": {**tables, "base_odds": 200_000, "outcome_count": 400}}
    )

    assert diff(old, new) == (reason("diff.fit_tables"),)


def test_a_long_condition_is_shown_from_where_it_differs() -> None:
    long = " or ".join(f"lead.source = s{k}" for k in range(60))
    old, new = (small(rules=[rule("a", f"{long} or lead.budget > {k}")]) for k in (1, 2))

    (found,) = diff(old, new)

    assert str(found["before"]).startswith("…")
    assert str(found["before"]).endswith("lead.budget > 1")
    assert str(found["after"]).endswith("lead.budget > 2")


def test_names_that_stand_twice_are_compared_by_place() -> None:
    once = small(rules=[rule("a")])
    twice = once.model_copy(update={"rules": once.rules * 2})

    assert diff(once, twice) != ()
    assert diff(twice, twice) == ()


# -- completeness ------------------------------------------------------------------------------


def _leaves(plain: Any, place: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    if isinstance(plain, dict):
        for key, inner in plain.items():
            yield from _leaves(inner, (*place, key))
    elif isinstance(plain, list):
        for index, inner in enumerate(plain):
            yield from _leaves(inner, (*place, index))
        yield place
    else:
        yield place


_CHOICES = [
    *("company", "territory", "collector", "next_rule", "wait", "assign_anyway", "text", "number"),
    *("entitlement", "equal_totals", "group", "names", "pseudonyms", "none", "bounded"),
    *("ignore", "exclude", "fixed", "rolling", "hour", "month", "score_only", "field_only"),
    *("fit", "need", "engagement", "region", "language", "fair_share", "rotation", "best_fit"),
    *("全员", "点名", "公海", "新人", "别的", "lead.budget > 7", "rep.is_new", "lead.other", "A"),
]


def _others(value: Any) -> list[Any]:
    """Other values to try in the place of this one."""
    if isinstance(value, bool):
        return [not value]
    if isinstance(value, int):
        return [value + 1, max(0, value - 1)]
    if isinstance(value, list):
        return [value[::-1], value[:-1], value[1:]]
    return [*_CHOICES, "7", "0.5", "9d"]


_PLAIN = rich().as_plain()
_PLACES = sorted(set(_leaves(_PLAIN)), key=str)


def _with(place: tuple[str | int, ...], value: Any) -> PolicyDocument | None:
    plain: Any = deepcopy(_PLAIN)
    inner = plain
    for step in place[:-1]:
        inner = inner[step]
    inner[place[-1]] = value
    try:
        return policy_from_plain(plain)
    except InvalidPolicy:
        return None


def _at(place: tuple[str | int, ...]) -> Any:
    inner: Any = _PLAIN
    for step in place:
        inner = inner[step]
    return inner


@cache
def _variants(place: tuple[str | int, ...]) -> tuple[PolicyDocument, ...]:
    """The rich policy with up to two other values in this place, as far as it allows any."""
    old = rich().canonical_json()
    valid = (_with(place, value) for value in _others(_at(place)))
    other = (new for new in valid if new is not None and new.canonical_json() != old)
    return tuple(islice(other, 2))


@pytest.mark.parametrize("section", PolicyDocument.model_fields)
def test_no_change_of_a_single_value_goes_unsaid(section: str) -> None:
    old = rich()
    for place in _PLACES:
        if place[0] == section:
            for new in _variants(place):
                assert diff(old, new) != (), place
                assert diff(new, old) != (), place


def test_nearly_every_value_could_be_changed() -> None:
    """So that the test above does not pass for want of changes."""
    changed = [place for place in _PLACES if _variants(place)]

    assert len(changed) > 0.8 * len(_PLACES)


@given(old=documents(), new=documents())
def test_a_diff_is_empty_exactly_for_equal_documents(
    old: PolicyDocument, new: PolicyDocument
) -> None:
    assert (diff(old, new) == ()) is (old.canonical_json() == new.canonical_json())
    assert diff(old, old) == ()


@given(st.permutations(range(len(RICH["rules"]))))
def test_any_other_order_of_rules_is_told_by_moves_alone(order: list[int]) -> None:
    def change(plain: Plain) -> None:
        plain["rules"] = [plain["rules"][k] for k in order]

    changes = _changes(change)

    assert {one.code for one in changes} <= {"diff.moved"}
    assert bool(changes) is (order != sorted(order))


# -- the fewest moves --------------------------------------------------------------------------


@given(st.permutations("abcdefg"))
def test_putting_the_moved_names_in_their_new_places_gives_the_new_order(after: list[str]) -> None:
    before = sorted(after)
    moved = moved_names(before, after)

    stayed = [name for name in before if name not in moved]

    assert stayed == [name for name in after if name not in moved]
    assert len(moved) <= len(after) - 1


@pytest.mark.parametrize(
    ("before", "after", "moved"),
    [
        ("abc", "abc", ""),
        ("abc", "cab", "c"),
        ("abcd", "bcda", "a"),
        ("abcde", "edcba", "edcb"),
        ("", "", ""),
    ],
)
def test_the_fewest_names_move(before: str, after: str, moved: str) -> None:
    assert len(moved_names(before, after)) == len(moved)
    if len(moved) == 1:
        assert moved_names(before, after) == [moved]
