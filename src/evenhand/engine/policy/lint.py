"""What a policy says that its author may not have meant: findings, hints, and what was not found.

Everything is bounded and deterministic. Questions about leads are answered by example leads
(`reach`); where none turns up, the report says that none was found, never that there is none.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from evenhand.engine.conditions import ALWAYS
from evenhand.engine.facts import ItemKind, Rep
from evenhand.engine.policy.check import check
from evenhand.engine.policy.document import PolicyDocument
from evenhand.engine.policy.hints import hints
from evenhand.engine.policy.pool_hints import pool_people
from evenhand.engine.policy.problem import Gravity, PolicyProblem
from evenhand.engine.policy.reach import Reach
from evenhand.engine.policy.witness import WitnessSearch
from evenhand.engine.policy.work_hints import work_people
from evenhand.engine.reasons import Reason, reason
from evenhand.engine.routing.eligible import Roster
from evenhand.engine.routing.policy import Policy
from evenhand.engine.routing.team import Team
from evenhand.engine.routing.weights import base_weight

STEPS_PER_SEARCH = 2_000
STEPS = 40_000


@dataclass(frozen=True, slots=True)
class LintReport:
    """Findings, worst first; and what was looked for and not found, or not to the end."""

    problems: tuple[PolicyProblem, ...]
    notes: tuple[Reason, ...]

    def count(self, gravity: Gravity) -> int:
        """How many findings are of this gravity."""
        return sum(one.gravity is gravity for one in self.problems)


def lint(
    document: PolicyDocument, *, now: datetime, team: Team | None = None, steps: int = STEPS
) -> LintReport:
    """Everything `check` finds, and everything worth a second look.

    `now` is the moment at which people are looked at, and around which example leads are made.
    `steps` bounds all searches for example leads together.
    """
    problems = list(check(document, team))
    if any(one.is_error for one in problems):
        # What the document does cannot be asked before it is sound.
        return LintReport(tuple(problems), ())
    policy = Policy(document)
    search = WitnessSearch(policy, now=now, steps_per_search=STEPS_PER_SEARCH, steps=steps)
    reach = Reach(document, search)
    problems += hints(document, policy, reach)
    problems += reach.problems()
    if team is None:
        problems += _group_problems(document)
    else:
        roster = Roster(policy, team, now)
        problems += _team_problems(policy, roster)
        problems += pool_people(document, roster)
        problems += work_people(document, team)
    notes = list(reach.notes)
    if search.unfinished:
        notes.append(
            reason("lint.search_limited", searches=search.unfinished, steps=STEPS_PER_SEARCH)
        )
    worst_first = sorted(problems, key=lambda one: _GRAVITIES.index(one.gravity))
    return LintReport(tuple(worst_first), tuple(notes))


_GRAVITIES = tuple(Gravity)


def _group_problems(document: PolicyDocument) -> Iterator[PolicyProblem]:
    """Without a team nobody can say who is in a group by condition."""
    unsure = tuple(
        group.group for group in document.groups if group.who is not None and group.who != ALWAYS
    )
    if unsure:
        why = reason("lint.groups_unchecked", groups=unsure)
        yield PolicyProblem(("groups",), why, gravity=Gravity.HINT)


def _team_problems(policy: Policy, roster: Roster) -> Iterator[PolicyProblem]:
    team = roster.team
    for k, (name, members) in enumerate(roster.members.items()):
        if not members:
            yield PolicyProblem(
                ("groups", k), reason("lint.group_empty", group=name), gravity=Gravity.WARNING
            )
        else:
            for why in _weightless(policy, name, [team.reps[position] for position in members]):
                yield PolicyProblem(("groups", k), why)
    if policy.ladder:
        strangers = [
            rep
            for rep in team.reps
            if rep.is_active and rep.level and rep.level not in policy.ladder
        ]
        if strangers:
            levels = tuple(sorted({rep.level for rep in strangers}))
            yield PolicyProblem(
                ("levels",),
                reason("lint.level_not_on_ladder", levels=levels, people=len(strangers)),
                gravity=Gravity.WARNING,
            )


def _weightless(policy: Policy, group: str, members: Sequence[Rep]) -> Iterator[Reason]:
    """Grades of leads for which nobody in the group has a share: they could never be dealt."""
    if any(percent > 0 for _, percent in policy.weight_tests[group]):
        return  # the policy gives shares of its own
    dead = [
        grade
        for grade in policy.grades
        if not any(base_weight(rep, ItemKind.LEAD, grade) for rep in members)
    ]
    if len(dead) == len(policy.grades):
        yield reason("lint.group_weightless", group=group)
    else:
        for grade in dead:
            yield reason("lint.grade_weightless", group=group, grade=grade)
