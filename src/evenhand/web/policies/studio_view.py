"""What the studio shows of a draft: findings where they belong, rules as sentences, open forms."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from evenhand.engine.conditions import InvalidCondition, check, fields_read, parse
from evenhand.engine.facts import BUILT_IN_FIELDS, FieldSchema
from evenhand.engine.matching.section import DuplicatesSection
from evenhand.engine.policy.document import PolicyDocument
from evenhand.engine.policy.problem import PolicyProblem
from evenhand.engine.pool.section import ClocksSection
from evenhand.engine.workload.section import WorkloadSection
from evenhand.engine.workload.tasks_section import TASK_FIELDS, TasksSection
from evenhand.people.actor import Actor
from evenhand.people.names import reps_within
from evenhand.people.queries.teams import team_names
from evenhand.policies.draft import Draft
from evenhand.policies.models import PolicyVersion
from evenhand.policies.parts import HOLDERS, NAMES, list_of
from evenhand.policies.rebase import changed_here
from evenhand.web.policies.evidence_form import EvidenceForm, evidence_settings
from evenhand.web.policies.level_form import LevelForm
from evenhand.web.policies.part_forms import (
    SECTIONS,
    GroupForm,
    Known,
    PartForm,
    PointsForm,
    RuleForm,
    SectionForm,
)
from evenhand.web.policies.pool_forms import ClockRuleForm, PoolForm
from evenhand.web.policies.work_forms import MeetingForm, TaskRuleForm, TaskTypeForm, TriggerForm
from evenhand.wording.catalogue import Words, message_id
from evenhand.wording.conditions import condition_words
from evenhand.wording.display import field_text
from evenhand.wording.reasons import say

# What has no form yet is edited as YAML.
_ONLY_YAML = (
    "fields", "regions", "scoring", "grades", "territories", "fit", "exploration",
)  # fmt: skip
_LISTS = NAMES
_FORMS = {
    "rules": RuleForm,
    "groups": GroupForm,
    "pools": PoolForm,
    "clock_rules": ClockRuleForm,
    "levels": LevelForm,
    "task_types": TaskTypeForm,
    "task_rules": TaskRuleForm,
    "triggers": TriggerForm,
    "meetings": MeetingForm,
}
_PARTS = {place: part for part, place in HOLDERS.items()}


@dataclass(frozen=True, slots=True)
class Finding:
    """Something the check found: how bad, where, in words, and the form or line to mend it."""

    gravity: str
    place: str
    said: str
    part: str  # of the form, "" = none
    line: int


def findings_of(draft: Draft, words: Words) -> list[Finding]:
    """All findings, worst first."""
    return [
        Finding(one.gravity.value, one.path, say(words, one.why), _part(one, draft), one.line)
        for one in draft.problems
    ]


def _part(problem: PolicyProblem, draft: Draft) -> str:
    place = problem.place
    if draft.document is None or not place:
        return ""
    held = _PARTS.get((str(place[0]), str(place[1]))) if len(place) > 2 else None
    if held is not None:
        return f"{held}-{place[2]}"
    if place[:2] == ("clocks", "evidence"):
        return EvidenceForm.part
    if place[0] in _LISTS and len(place) > 1 and isinstance(place[1], int):
        return f"{place[0]}-{place[1]}"
    return str(place[0]) if place[0] in (*SECTIONS, "points") else ""


def findings_at(findings: Sequence[Finding], part: str) -> list[Finding]:
    """Those that belong to one part."""
    return [one for one in findings if one.part == part]


def changes_of(draft: Draft, live: PolicyVersion | None, words: Words) -> list[str]:
    """What the draft changes of what is live, in sentences."""
    if draft.document is None:
        return []
    return [say(words, one) for one in changed_here(draft.document, live)]


@dataclass(frozen=True, slots=True)
class SectionView:
    """A section with a form: its name, what is settled in it."""

    key: str
    title: str
    settings: Sequence[tuple[str, str]]


def sections_of(document: PolicyDocument, words: Words) -> list[SectionView]:
    """The sections of single settings, each with what it says now."""
    plain = _with_defaults(document)
    base = plain["points"]["base"]
    points = [
        (grade, words.text("web-studio-points-each", points=str(base[grade]))) for grade in base
    ]
    return [
        SectionView("points", words.text("web-studio-section-points"), points),
        *(
            SectionView(key, words.text(f"web-studio-section-{key}"), _settings(key, plain, words))
            for key in SECTIONS
        ),
        SectionView(
            EvidenceForm.part,
            words.text("web-studio-section-evidence"),
            evidence_settings(document, words),
        ),
    ]


def _with_defaults(document: PolicyDocument) -> dict[str, Any]:
    """The document as plain values, with what a section left out means."""
    usual = DuplicatesSection().model_dump(mode="json")
    usual_clocks = ClocksSection().model_dump(mode="json", exclude_none=True)
    usual_work = WorkloadSection().model_dump(mode="json", exclude_none=True)
    usual_tasks = TasksSection().model_dump(mode="json", exclude_none=True)
    plain: dict[str, Any] = {
        "duplicates": usual,
        "clocks": usual_clocks,
        "workload": usual_work,
        "tasks": usual_tasks,
        **document.as_plain(),
    }
    for part in HOLDERS:
        plain[part] = list_of(plain, part)
    return plain


def _settings(key: str, plain: Mapping[str, Any], words: Words) -> list[tuple[str, str]]:
    found = []
    for name, kind in SECTIONS[key].items():
        if kind == "note":
            continue
        outer, _, inner = name.rpartition("__")
        section = plain.get(key, {})
        value = section.get(outer, {}).get(inner) if outer else section.get(name)
        start = f"web-studio-{key}-{message_id(name)}"
        if kind == "flag":
            said = words.text("web-studio-yes" if value else "web-studio-no")
        elif value is None:
            said = words.text(f"{start}-none")
        elif kind in ("number", "points", "span"):
            said = str(value)
        elif kind == "condition":
            is_all = value == "true"
            said = words.text(f"{start}-none") if is_all else condition_words(parse(value), words)
        else:
            said = words.text(f"{start}-{message_id(str(value))}")
        found.append((words.text(start), said))
    return found


def only_yaml(document: PolicyDocument) -> list[str]:
    """Sections that the document has and that have no form."""
    plain = document.model_dump(
        mode="json", by_alias=True, exclude_none=True, exclude_defaults=True
    )
    return [key for key in _ONLY_YAML if plain.get(key)]


def known_in(plain: Mapping[str, Any], actor: Actor) -> Known:
    """What forms can offer."""
    people = reps_within(actor)
    names = [one.name for one in people]
    return Known(
        groups=tuple(one["group"] for one in plain.get("groups", ())),
        pools=tuple(one["pool"] for one in plain.get("pools", ())),
        people_by_id=tuple((str(one.id), _called(one.name, one.team)) for one in people),
        levels=tuple(one["level"] for one in plain.get("levels", ())),
        task_types=tuple(one["type"] for one in plain["task_types"]),
        teams=team_names(actor),
        people=tuple(
            # By name, as people read rules; two of one name by their number.
            (one.name if names.count(one.name) == 1 else str(one.id), _called(one.name, one.team))
            for one in people
        ),
    )


def _called(name: str, team: str) -> str:
    return f"{name} · {team}" if team else name


def place_of(part: str) -> tuple[str, int | None]:
    """The list and position of a part's key: rules-3, rules-new, fairness."""
    name, _, number = part.partition("-")
    return name, int(number) if number.isdecimal() and len(number) < 6 else None


def is_part(part: str) -> bool:
    """Whether there is a form of this key."""
    name, dash, number = part.partition("-")
    if name in _LISTS:
        return number == "new" or (number.isdecimal() and len(number) < 6)
    return not dash and name in (*SECTIONS, "points", EvidenceForm.part)


def form_of(
    part: str, document: PolicyDocument, actor: Actor, words: Words, data: Any = None
) -> PartForm | None:
    """The form of a part, filled with what it says now or with what was typed."""
    if not is_part(part):
        return None
    plain = _with_defaults(document)
    name, place = place_of(part)
    if name in _LISTS:
        parts = plain[name]
        if place is not None and place >= len(parts):
            return None
        one = {} if place is None else parts[place]
        return _FORMS[name](words, known_in(plain, actor), one, data)
    if name == "points":
        return PointsForm(words, plain["points"], document.grades.names, data)
    if name == EvidenceForm.part:
        return EvidenceForm(words, plain["clocks"].get("evidence", ()), data)
    return SectionForm(words, name, plain.get(name, {}), data)


def name_of(part: str, document: PolicyDocument) -> str:
    """What a part of a list is called now; "" for others and new ones."""
    name, place = place_of(part)
    if name not in _LISTS or place is None:
        return ""
    parts = _with_defaults(document)[name]
    return str(parts[place][_LISTS[name]])


def field_help(
    document: PolicyDocument | None, words: Words, *, of_tasks: bool = False
) -> list[tuple[str, str, str]]:
    """Every field that a condition may name: as written, in words, and its type."""
    specs = _schema(document, of_tasks=of_tasks)
    return [
        (path, field_text(words, path), words.text(f"type-{message_id(spec.type.value)}"))
        for path, spec in specs.fields.items()
    ]


# Each operator by an example that can be put into a condition as it stands.
_EXAMPLES = (
    "lead.grade = A",
    "lead.status != new",
    "lead.source in (官网, 展会)",
    "lead.source not in (抖音)",
    "lead.budget >= 500000",
    "company.employees < 50",
    "now.time between 09:00 and 18:00",
    'lead.title contains "经理"',
    'lead.campaign starts with "2026"',
    'lead.region is within "华东"',
    "company.owner is empty",
    "company.owner is not empty",
    "rep.joined_on within last 90 days",
    "lead.created_at older than 3 days",
)


def operator_help(words: Words) -> list[tuple[str, str]]:
    """Operators by example, each with its sentence."""
    return [(example, condition_words(parse(example), words)) for example in _EXAMPLES]


def sentence_of(
    text: str,
    *,
    of_rep: bool,
    document: PolicyDocument | None,
    words: Words,
    of_tasks: bool = False,
) -> tuple[str, list[str]]:
    """A condition being typed, as a sentence; and what is wrong with it."""
    if not text.strip():
        return words.text("web-studio-condition-all"), []
    try:
        condition = parse(text)
    except InvalidCondition as error:
        return "", [say(words, error.reason)]
    specs = _schema(document, of_tasks=of_tasks)
    regions = None if document is None else document.region_tree
    wrong = [say(words, one.reason) for one in check(condition, specs, regions)]
    if not of_rep and any(path.startswith("rep.") for path in fields_read(condition)):
        wrong.append(words.text("web-studio-condition-rep"))
    return condition_words(condition, words), wrong


def _schema(document: PolicyDocument | None, *, of_tasks: bool) -> FieldSchema:
    own = () if document is None else document.field_specs
    specs = BUILT_IN_FIELDS.extended(own)
    return specs.extended(TASK_FIELDS) if of_tasks else specs
