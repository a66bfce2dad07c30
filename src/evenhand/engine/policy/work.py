"""How to-dos are dealt: the rules of the `tasks` section as a policy of their own.

The same engine deals them: same groups, people and weights, in the books of workload points
(`group|work`), never added to lead points. Nothing of it is stored: a receipt of a to-do names the
version of the rules, from which this document follows.
"""

from collections.abc import Iterator
from typing import Any

from evenhand.engine.conditions.tree import to_tree
from evenhand.engine.facts import POINT, FieldSpec, FieldType
from evenhand.engine.policy.document import PolicyDocument
from evenhand.engine.policy.load import policy_from_plain
from evenhand.engine.values import from_micro_points
from evenhand.engine.workload.tasks_section import (
    TASK_FIELDS,
    TO_HOLDER,
    TO_MARKET,
    Holder,
    Market,
    Offer,
    TaskRule,
    TasksSection,
)

# The one grade of to-dos: how much work each is, its points say.
GRADE = "task"
MARKET = "market"  # the pool that stands for the task market
# One to-do has at most so many times the points of the largest type.
MOST_TIMES = 10

# What the program itself says of a to-do; conditions of the document do not ask it.
_OWN_FIELDS = (
    FieldSpec("lead", "way", FieldType.TEXT),  # holder, market, "" = by the rules
    FieldSpec("lead", "level", FieldType.TEXT),
    FieldSpec("lead", "skills", FieldType.LIST),
)
_FIELDS = (*TASK_FIELDS, *_OWN_FIELDS)


def work_document(document: PolicyDocument) -> PolicyDocument | None:
    """The policy by which to-dos are dealt; None where the document knows none."""
    section = document.tasks
    if section is None or not section.types:
        return None
    plain: dict[str, Any] = {
        "schema": document.schema_version,
        "line": document.line,
        "version": document.version,
        "fields": [*_fields(document)],
        "regions": {name: list(inner) for name, inner in document.regions.items()},
        "region_aliases": dict(document.region_aliases),
        "grades": {"source": "field_only", "thresholds": [{"grade": GRADE}], "ungraded": GRADE},
        "points": {
            "base": {GRADE: from_micro_points(largest_type(section))},
            "max": from_micro_points(most_points(section)),
            "allow_given": True,
        },
        "levels": [*_levels(document)],
        "groups": [_plain(one) for one in document.groups],
        "pools": [{"pool": MARKET}],
        "rules": [*_rules(section)],
        "fit": _plain(document.fit),
        "capacity": _capacity(section),
        "fairness": {
            "tau": from_micro_points(largest_type(section) * section.tau_percent // 100),
            "scope": document.fairness.scope,
            "colleagues": document.fairness.colleagues,
        },
        "availability": _plain(document.availability),
    }
    return policy_from_plain(plain)


def largest_type(section: TasksSection) -> int:
    """The points of the largest type, in micro-points."""
    return max([POINT // 10, *(one.usual_points for one in section.types)])


def most_points(section: TasksSection) -> int:
    """The most that one to-do can count, in micro-points: larger ones are to be split."""
    return MOST_TIMES * largest_type(section)


def _plain(section: Any) -> dict[str, Any]:
    found: dict[str, Any] = section.model_dump(mode="json", by_alias=True, exclude_none=True)
    return found


def _capacity(section: TasksSection) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if section.most_open is not None:
        found["open_items"] = section.most_open
    if section.most_open_points is not None:
        found["open_points"] = from_micro_points(section.most_open_points)
    return found


def _fields(document: PolicyDocument) -> Iterator[dict[str, Any]]:
    ours = {spec.path for spec in _FIELDS}
    yield from (_plain(one) for one in document.fields if one.field not in ours)
    yield from ({"field": spec.path, "type": spec.type.value} for spec in _FIELDS)


def _levels(document: PolicyDocument) -> Iterator[dict[str, Any]]:
    """Whoever stands at the level of a to-do or above it may take it; ramps stay as they are."""
    reached: list[str] = []
    for level in document.levels:
        reached.append(level.level)
        takes = {
            "any": [
                {"field": "lead.level", "op": "is empty"},
                {"field": "lead.level", "op": "in", "value": list(reached)},
            ]
        }
        yield {**_plain(level), "takes": takes}


def _rules(section: TasksSection) -> Iterator[dict[str, Any]]:
    yield {
        "rule": TO_MARKET,
        "when": {"field": "lead.way", "op": "=", "value": "market"},
        "to": {"strategy": "pool", "pool": MARKET},
        "if_nobody": {"do": "wait"},
    }
    yield {
        "rule": TO_HOLDER,
        "when": {"field": "lead.way", "op": "=", "value": "holder"},
        "to": _to_holder("assign_anyway"),
        "if_nobody": {"do": "next_rule"},
    }
    for rule in section.rules:
        yield _rule(rule)


def _to_holder(if_absent: str) -> dict[str, Any]:
    """The company of a to-do, as the engine sees it, is owned by whoever holds what it is for."""
    return {
        "strategy": "owner",
        "of": "company",
        "if_absent": if_absent,
        "if_departed": "next_rule",
    }


def _rule(rule: TaskRule) -> dict[str, Any]:
    when: list[Any] = [to_tree(rule.when)]
    if rule.types:
        when.insert(0, {"field": "lead.type", "op": "in", "value": list(rule.types)})
    match rule.to:
        case Holder():
            to = _to_holder(rule.to.if_absent)
        case Market():
            to = {"strategy": "pool", "pool": MARKET}
        case _:
            to = _plain(rule.to)
    market = {"do": "pool", "pool": MARKET}
    return {
        "rule": rule.rule,
        "when": {"all": when},
        "to": to,
        "match": list(rule.match),
        "who": {"all": [_SKILLED, to_tree(rule.who)]},
        "if_nobody": market if isinstance(rule.if_nobody, Offer) else _plain(rule.if_nobody),
        "is_enabled": rule.is_enabled,
    }


_SKILLED = "lead.skills is empty or rep.skill contains all lead.skills"
