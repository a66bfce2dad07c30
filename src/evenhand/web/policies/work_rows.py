"""Levels, types and rules of to-dos, triggers and meetings as rows that people can read."""

from evenhand.engine.conditions import ALWAYS, Condition
from evenhand.engine.policy.document import PolicyDocument
from evenhand.engine.routing.section import Level
from evenhand.engine.workload.section import Meeting
from evenhand.engine.workload.tasks_section import TaskRule, TaskType, Trigger
from evenhand.web.policies.pool_rows import PartRow
from evenhand.web.policies.rules import otherwise_words
from evenhand.web.policies.spans import span_words
from evenhand.web.policies.work_forms import stage_choices
from evenhand.wording.catalogue import Words, message_id
from evenhand.wording.conditions import condition_words
from evenhand.wording.formats import list_text, points

Facts = list[tuple[str, str]]


def level_rows(document: PolicyDocument, words: Words) -> list[PartRow]:
    """The ladder, lowest first."""
    return [PartRow(one.level, tuple(_level(one, words)), one.note) for one in document.levels]


def _level(one: Level, words: Words) -> Facts:
    say = words.text
    takes = say("web-studio-level-takes-all")
    if one.takes != ALWAYS:
        takes = condition_words(one.takes, words)
    found = [(say("web-studio-level-takes"), takes)]
    if one.mostly is not None:
        found.append((say("web-studio-level-mostly"), condition_words(one.mostly, words)))
    if one.ramp is not None:
        said = say("web-studio-level-ramp-said", start=one.ramp.start_percent, days=one.ramp.days)
        if one.ramp.results is not None:
            more = say("web-studio-level-ramp-results-said", count=one.ramp.results)
            said = list_text(words, [said, more])
        found.append((say("web-studio-level-ramp"), said))
    if one.stretch is not None:
        said = say("web-studio-level-stretch-said", percent=one.stretch.percent)
        found.append((say("web-studio-level-stretch"), said))
    if one.graduation is not None:
        terms = one.graduation
        said = say("web-studio-level-graduation-off")
        if terms.is_enabled:
            said = say("web-studio-level-graduation-said", days=terms.days, expected=terms.expected)
        found.append((say("web-studio-level-graduation"), said))
    if one.mentees is not None:
        found.append((say("web-studio-level-mentees"), str(one.mentees)))
    return found


def type_rows(document: PolicyDocument, words: Words) -> list[PartRow]:
    """The types of to-dos."""
    types = () if document.tasks is None else document.tasks.types
    return [PartRow(one.type, tuple(_type(one, words)), one.note) for one in types]


def _type(one: TaskType, words: Words) -> Facts:
    say = words.text
    usual = [
        say("web-tasks-minutes", count=one.minutes),
        say("web-tasks-points", points=str(points(one.usual_points))),
    ]
    if one.difficulty != "normal":
        usual.append(say(f"task-difficulty-{one.difficulty}"))
    if one.quantity != 1:
        usual.append(say("web-tasks-quantity", count=one.quantity))
    found = [
        (say("web-studio-task-type-takes"), list_text(words, usual)),
        (say("web-studio-task-type-due"), span_words(words, one.due)),
    ]
    needed = [] if one.level is None else [say("web-tasks-level", level=one.level)]
    needed += one.skills
    if needed:
        found.append((say("web-studio-task-type-needs"), list_text(words, needed)))
    if one.evidence != "none":
        evidence = say(f"web-studio-task-evidence-{one.evidence}")
        found.append((say("web-studio-task-type-evidence"), evidence))
    if one.checklist:
        found.append((say("web-studio-task-type-checklist"), list_text(words, one.checklist)))
    found.append((say("web-studio-task-type-absent"), say(f"web-studio-task-absent-{one.absent}")))
    return found


def task_rule_rows(document: PolicyDocument, words: Words) -> list[PartRow]:
    """The rules of dealing to-dos, in the order in which they are asked."""
    rules = () if document.tasks is None else document.tasks.rules
    return [
        PartRow(one.rule, tuple(_task_rule(one, words)), one.note, one.is_enabled) for one in rules
    ]


def _task_rule(one: TaskRule, words: Words) -> Facts:
    say = words.text
    which = [list_text(words, one.types) if one.types else say("web-studio-task-rule-types-all")]
    which += _said(one.when, words)
    how = [say(f"web-strategy-{message_id(one.to.strategy)}")]
    how += [str(getattr(one.to, name)) for name in ("group", "rep") if hasattr(one.to, name)]
    facts = [
        (say("web-studio-task-rule-types"), list_text(words, which)),
        (say("web-policies-how"), " · ".join(how)),
    ]
    only = [say("web-policies-only", who=who) for who in _said(one.who, words)]
    only += [say(f"match-{name}") for name in one.match]
    if only:
        facts.append((say("web-studio-task-rule-match"), list_text(words, only)))
    facts.append((say("web-policies-otherwise"), otherwise_words(one.if_nobody, words)))
    return facts


def trigger_rows(document: PolicyDocument, words: Words) -> list[PartRow]:
    """What makes to-dos by itself."""
    found = () if document.tasks is None else document.tasks.triggers
    return [PartRow(one.trigger, tuple(_trigger(one, words)), one.note, one.is_on) for one in found]


def _trigger(one: Trigger, words: Words) -> Facts:
    say = words.text
    stages = dict(stage_choices(words))
    event = say(f"item-kind-{one.kind}"), say(f"web-studio-trigger-on-{one.on}")
    when = [" · ".join(event), *(stages.get(stage, stage) for stage in one.stages)]
    when += _said(one.when, words)
    makes = [one.title or one.type]
    if one.after.minutes or one.after.days:
        makes.append(say("web-studio-trigger-after-said", span=span_words(words, one.after)))
    return [
        (say("web-policies-when"), list_text(words, when)),
        (say("web-studio-trigger-type"), list_text(words, makes)),
        (say("web-studio-trigger-to"), say(f"web-studio-trigger-to-{one.to}")),
    ]


def meeting_rows(document: PolicyDocument, words: Words) -> list[PartRow]:
    """Regular meetings: time that is not for selling."""
    meetings = () if document.workload is None else document.workload.meetings
    return [PartRow(one.hours, tuple(_meeting(one, words)), one.note) for one in meetings]


def _meeting(one: Meeting, words: Words) -> Facts:
    say = words.text
    days = [say(f"weekday-{day}") for day in one.days]
    every, all_ = say("web-studio-meeting-days-all"), say("web-studio-meeting-teams-all")
    return [
        (say("web-studio-meeting-days"), list_text(words, days) if days else every),
        (say("web-studio-meeting-teams"), list_text(words, one.teams) if one.teams else all_),
    ]


def _said(condition: Condition, words: Words) -> list[str]:
    return [] if condition == ALWAYS else [condition_words(condition, words)]
