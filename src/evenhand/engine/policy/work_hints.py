"""What to-dos and levels of a document do that its author may not have meant.

`work_hints` needs the document alone; `work_people` looks at who there is.
"""

from collections.abc import Iterator, Sequence

from evenhand.engine.conditions import ALWAYS
from evenhand.engine.conditions.values import fold, folded_texts
from evenhand.engine.facts import Rep
from evenhand.engine.policy.document import PolicyDocument
from evenhand.engine.policy.problem import Gravity, Place, PolicyProblem
from evenhand.engine.reasons import Param, reason
from evenhand.engine.routing.section import Graduation, Level
from evenhand.engine.routing.team import Team
from evenhand.engine.workload.section import LeadWork, OpportunityWork
from evenhand.engine.workload.tasks_section import TasksSection, TaskType, Trigger

_Found = Iterator[PolicyProblem]
_SKILL = "rep.skill"
# What can be set as a stage, by what a trigger watches; an account has none and is never won.
_STAGES = {"lead": tuple(LeadWork.model_fields), "opportunity": tuple(OpportunityWork.model_fields)}
_LIMITS = ("per_day", "holding", "holding_points")


def _hint(place: Place, code: str, **params: Param) -> PolicyProblem:
    return PolicyProblem(place, reason(code, **params), gravity=Gravity.HINT)


def _warning(place: Place, code: str, **params: Param) -> PolicyProblem:
    return PolicyProblem(place, reason(code, **params), gravity=Gravity.WARNING)


def work_hints(document: PolicyDocument) -> _Found:
    """Triggers that never fire, a market that is shut, skills nobody can state, idle levels."""
    yield from _idle_levels(document.levels)
    section = document.tasks
    if section is None:
        return
    yield from _skills_off_the_list(document, section)
    for k, trigger in enumerate(section.triggers):
        yield from _never(k, trigger)
        if trigger.to == "rules" and not _is_dealt(section, trigger.type):
            at: Place = ("tasks", "triggers", k, "to")
            yield _warning(at, "lint.trigger_undealt", trigger=trigger.trigger, type=trigger.type)
    for name in _LIMITS:
        if getattr(section.market, name) == 0:
            yield _warning(("tasks", "market", name), "lint.market_shut", setting=name)
    for name in ("most_open", "most_open_points"):
        if getattr(section, name) == 0:
            yield _warning(("tasks", name), "lint.tasks_undealt", setting=name)


def _never(k: int, trigger: Trigger) -> _Found:
    known = _STAGES.get(trigger.kind, ())
    at: Place = ("tasks", "triggers", k)
    if trigger.on in ("stage", "won") and not known:
        yield _warning((*at, "on"), "lint.trigger_never", trigger=trigger.trigger)
        return
    strange = tuple(one for one in trigger.stages if one not in known)
    if strange:
        yield _warning(
            (*at, "stages"),
            "lint.trigger_stage_unknown",
            trigger=trigger.trigger,
            names=strange,
            choices=known,
        )


def _is_dealt(section: TasksSection, name: str) -> bool:
    """Whether a rule that is on may deal this type."""
    return any(one.is_enabled and (not one.types or name in one.types) for one in section.rules)


def _skills_off_the_list(document: PolicyDocument, section: TasksSection) -> _Found:
    """Skills that the policy's own list of them does not have: nobody can be given one."""
    listed = next((one.choices for one in document.field_specs if one.path == _SKILL), ())
    known = folded_texts(listed or ())
    for k, one in enumerate(section.types):
        missing = tuple(skill for skill in one.skills if known and fold(skill) not in known)
        if missing:
            at: Place = ("tasks", "types", k, "skills")
            yield _warning(at, "lint.task_skill_unlisted", type=one.type, names=missing)


def _idle_levels(levels: Sequence[Level]) -> _Found:
    """Levels that set nothing apart, and newcomers proposed upwards before they are settled in."""
    for k, one in enumerate(levels[:-1]):
        if one.takes == ALWAYS and one.mostly is None:
            yield _hint(("levels", k), "lint.level_takes_all", level=one.level)
        terms = Graduation() if one.graduation is None else one.graduation
        if one.ramp is not None and terms.is_enabled and one.ramp.days > terms.days:
            yield _hint(
                ("levels", k, "ramp", "days"),
                "lint.ramp_outlasts",
                level=one.level,
                ramp=one.ramp.days,
                minimum=terms.days,
            )


def work_people(document: PolicyDocument, team: Team) -> _Found:
    """To-dos that nobody can be dealt: no one at the level, or with the skills, or with both."""
    types = () if document.tasks is None else document.tasks.types
    ladder = [one.level for one in document.levels]
    people = [rep for rep in team.reps if rep.is_active]
    for k, one in enumerate(types):
        if one.level is None and not one.skills:
            continue
        at: Place = ("tasks", "types", k)
        high = people if one.level is None else _from(ladder, one.level, people)
        if not high:
            place: Place = (*at, "level")
            yield _warning(place, "lint.task_level_nobody", type=one.type, level=one.level)
            continue
        missing = tuple(
            skill for skill in one.skills if not any(fold(skill) in _skills(rep) for rep in people)
        )
        if missing:
            place = (*at, "skills")
            yield _warning(place, "lint.task_skill_nobody", type=one.type, names=missing)
        elif not any(_can(one, rep) for rep in high):
            yield _warning(at, "lint.task_nobody_fits", type=one.type)


def _from(ladder: Sequence[str], level: str, people: Sequence[Rep]) -> list[Rep]:
    """Whoever stands at a level or above it."""
    enough = set(ladder[ladder.index(level) :])
    return [rep for rep in people if rep.level in enough]


def _can(one: TaskType, rep: Rep) -> bool:
    return {fold(skill) for skill in one.skills} <= _skills(rep)


def _skills(rep: Rep) -> frozenset[str]:
    said = rep.fields.get("skill")
    return folded_texts((said,) if isinstance(said, str) else said or ())
