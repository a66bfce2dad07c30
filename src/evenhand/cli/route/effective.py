"""The policy a run goes by: the one given, or a sensible default; with the sheets' own fields."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from evenhand.cli.policy_file import read_policy_file
from evenhand.cli.route.history import History
from evenhand.engine.facts import FieldSpec
from evenhand.engine.policy.check import check
from evenhand.engine.policy.document import CustomField, PolicyDocument
from evenhand.engine.policy.load import policy_from_plain
from evenhand.engine.policy.problem import InvalidPolicy
from evenhand.engine.reasons import Reason, reason
from evenhand.engine.routing.fit import FitSection
from evenhand.engine.routing.team import Team
from evenhand.sheets.values.regions import AREAS, region_aliases
from evenhand.wording.catalogue import Words

GRADES = ("A", "B", "C", "D")
BASE_POINTS = {"A": 8, "B": 5, "C": 3, "D": 1}
MATCHED = ("region", "industry", "product", "skill", "language")


def default_policy(
    *, lead_roles: Iterable[str], team_roles: Iterable[str], words: Words
) -> dict[str, Any]:
    """The policy of a run that was given none: everybody shares, whoever covers the item may.

    A customer whose company somebody looks after goes there first. Grades A to D cost 8, 5, 3
    and 1 points; without a grade everything costs the same.
    """
    both = set(lead_roles) & set(team_roles)
    return {
        "schema": 1,
        "line": "default",
        "regions": {area: list(provinces) for area, provinces in AREAS.items()},
        "grades": {
            "source": "field_only",
            "thresholds": [
                {"grade": "A", "aliases": ["A级", "A類", "hot", "高"]},
                {"grade": "B", "aliases": ["B级", "B類", "warm", "中"]},
                {"grade": "C", "aliases": ["C级", "C類", "cold", "低"]},
                {"grade": "D", "aliases": ["D级", "D類"]},
            ],
            "ungraded": "C",
        },
        "points": {"base": dict(BASE_POINTS), "allow_given": "points" in set(lead_roles), "max": 8},
        "groups": [{"group": words.text("route-default-group"), "who": True}],
        "rules": [
            {
                "rule": words.text("route-default-owner-rule"),
                "when": "company.owner is not empty",
                "to": {
                    "strategy": "owner",
                    "of": "company",
                    "if_absent": "next_rule",
                    "if_departed": "next_rule",
                },
                "if_nobody": {"do": "next_rule"},
            },
            {
                "rule": words.text("route-default-share-rule"),
                "to": {"strategy": "fair_share", "group": words.text("route-default-group")},
                "match": [name for name in MATCHED if name in both],
                "if_nobody": {"do": "wait"},
            },
        ],
    }


def effective_policy(
    path: Path | None,
    *,
    lead_roles: Sequence[str],
    team_roles: Sequence[str],
    specs: Iterable[FieldSpec],
    regions: Iterable[str],
    team: Team,
    history: History,
    words: Words,
) -> tuple[PolicyDocument, list[Reason]]:
    """The document a run goes by, and what was assumed to get there.

    Columns that are fields of their own are declared, so that conditions can name them; short
    names of regions are settled. What the policy itself declares wins.

    :raises InvalidPolicy: the file is not a policy, or not one for these sheets.
    """
    assumed: list[Reason] = []
    if path is None:
        document = policy_from_plain(
            default_policy(lead_roles=lead_roles, team_roles=team_roles, words=words)
        )
        assumed.append(reason("route.default_policy"))
        if "grade" not in lead_roles and "points" not in lead_roles:
            assumed.append(reason("route.all_worth_the_same", points=3_000_000))
        document = _with_learnt_fit(document, history, assumed)
    else:
        document = read_policy_file(path).document
    declared = {entry.field for entry in document.fields}
    added = tuple(
        CustomField(field=spec.path, type=spec.type, is_personal=spec.personal)
        for spec in specs
        if spec.path not in declared
    )
    steps = {
        *regions,
        *document.regions,
        *(r for inner in document.regions.values() for r in inner),
    }
    # Sorted: sets have no order of their own, and the document goes into the receipts to the byte.
    aliases = dict(sorted({**region_aliases(steps), **document.region_aliases}.items()))
    document = document.model_copy(
        update={"fields": document.fields + added, "region_aliases": aliases}
    )
    if path is not None:
        # Whether a condition can mean anything shows only now that the sheets' fields are known.
        assumed += _warnings(document, team)
    return document, assumed


def _warnings(document: PolicyDocument, team: Team) -> list[Reason]:
    """What of a given policy hardly does what was meant.

    :raises InvalidPolicy: it cannot be used as it is.
    """
    problems = check(document, team)
    errors = tuple(one for one in problems if one.is_error)
    if errors:
        raise InvalidPolicy(errors)
    return [one.why for one in problems]


def _with_learnt_fit(
    document: PolicyDocument, history: History, assumed: list[Reason]
) -> PolicyDocument:
    """Fit learnt from history, where the newest outcomes show that it helps; τ stays at P."""
    if not history.rows:
        return document
    learnt = history.learn()
    if learnt is None:
        return document
    gain = learnt.evidence.held_out_gain
    if gain is None or gain <= 0:
        history.notes += learnt.evidence.reasons
        return document
    assumed.append(
        reason(
            "route.fit_learnt",
            outcomes=learnt.evidence.outcome_count,
            reps=learnt.evidence.rep_count,
        )
    )
    return document.model_copy(update={"fit": FitSection(mode="learnt", tables=learnt.tables)})
