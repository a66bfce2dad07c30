"""Does the document hold together? Names, conditions and people, checked against each other.

`structure_problems` finds what would make a decision stumble; reading a document refuses it.
`check` adds what depends on the fields and the people there are.
"""

from collections.abc import Iterable, Iterator

from pydantic_core import PydanticCustomError

from evenhand.engine.conditions import FieldRef, atoms_of
from evenhand.engine.conditions import check as check_condition
from evenhand.engine.conditions.english import sentence
from evenhand.engine.conditions.suggest import nearest
from evenhand.engine.conditions.values import fold
from evenhand.engine.facts import BUILT_IN_FIELDS, FieldSchema, FieldSpec, FieldType, ItemKind
from evenhand.engine.policy.asked import Asked, Question, questions_in
from evenhand.engine.policy.document import PolicyDocument
from evenhand.engine.policy.problem import Gravity, Place, PolicyProblem
from evenhand.engine.pool.section import ClockRule
from evenhand.engine.reasons import CODES, reason
from evenhand.engine.routing.fit import MATCHES
from evenhand.engine.routing.section import Overflow, Person, Pool, ToPool
from evenhand.engine.routing.team import Team
from evenhand.engine.scoring.points import check_points
from evenhand.engine.workload.tasks_section import TASK_FIELDS, TO_HOLDER, TO_MARKET, TaskRule

# The engine itself fills these; a policy may list their choices, not change what they are.
_FIXED = frozenset(
    "lead.id lead.kind lead.score lead.grade lead.points lead.collected_by company.id "
    "company.owner company.owner_by company.is_key_account rep.id rep.team rep.level "
    "rep.joined_on rep.is_new lead.region company.region rep.region".split()
)
# Their choices follow from the document, which is not the only place they are written in.
_SOFT = frozenset({"lead.grade", "lead.kind", "rep.level"})


def check(document: PolicyDocument, team: Team | None = None) -> tuple[PolicyProblem, ...]:
    """Every error and warning, errors first, otherwise in the order of the document.

    With a team, the people whom the document names are looked for too.
    """
    found = list(structure_problems(document))
    found += _condition_problems(document, team)
    found += _alias_problems(document)
    found += _personal_matches(document)
    if team is not None:
        found += _people_problems(document, team)
    return tuple(sorted(found, key=lambda one: not one.is_error))


def structure_problems(document: PolicyDocument) -> tuple[PolicyProblem, ...]:
    """Errors in how the document's parts refer to each other."""
    return tuple(
        problem
        for find in (
            _repeated_names,
            _unknown_names,
            _grade_problems,
            _field_problems,
            _region_problems,
            _misplaced_fields,
        )
        for problem in find(document)
    )


def _error(place: Place, code: str, message: str, **params: str | None) -> PolicyProblem:
    return PolicyProblem(place, reason(code, **params), message)


# -- names -----------------------------------------------------------------------------------


def _repeated_names(document: PolicyDocument) -> Iterator[PolicyProblem]:
    lists: list[tuple[Place, str, list[str]]] = [
        (("fields",), "field", [one.field for one in document.fields]),
        (("levels",), "level", [one.level for one in document.levels]),
        (("groups",), "group", [one.group for one in document.groups]),
        (("territories",), "territory", [one.territory for one in document.territories]),
        (("pools",), "pool", [one.pool for one in document.pools]),
        (("rules",), "rule", [one.rule for one in document.rules]),
        (("capacity", "by_level"), "level", [one.level for one in document.capacity.by_level]),
        (("capacity", "windows"), "cap", [one.cap for one in document.capacity.windows]),
        (("duplicates", "by_source"), "source", _sources(document)),
        (("clocks", "rules"), "clock_rule", [one.rule for one in _clock_rules(document)]),
        *_names_of_tasks(document),
    ]
    for place, kind, names in lists:
        seen: set[str] = set()
        for index, name in enumerate(names):
            # Conditions tell fields apart by every letter; people do not tell names so.
            key = name if kind == "field" else fold(name)
            if key in seen:
                yield _error(
                    (*place, index, kind),
                    "policy.name_twice",
                    f"the {kind} {name} stands twice; give each a name of its own",
                    kind=kind,
                    name=name,
                )
            seen.add(key)


def _unknown_names(document: PolicyDocument) -> Iterator[PolicyProblem]:
    groups = [one.group for one in document.groups]
    pools = [one.pool for one in document.pools]
    levels = [one.level for one in document.levels]
    for k, rule in enumerate(document.rules):
        group = getattr(rule.to, "group", None)
        if group is not None:
            yield from _unknown(("rules", k, "to", "group"), "group", group, groups)
        if isinstance(rule.to, Pool):
            yield from _unknown(("rules", k, "to", "pool"), "pool", rule.to.pool, pools)
        if isinstance(rule.if_nobody, ToPool):
            place = ("rules", k, "if_nobody", "pool")
            yield from _unknown(place, "pool", rule.if_nobody.pool, pools)
    for k, capacity in enumerate(document.capacity.by_level):
        yield from _unknown(("capacity", "by_level", k, "level"), "level", capacity.level, levels)
    for k, terms in enumerate(document.pools):
        if terms.group is not None:
            yield from _unknown(("pools", k, "group"), "group", terms.group, groups)
    for k, clocks in enumerate(_clock_rules(document)):
        if clocks.to_pool is not None:
            at: Place = ("clocks", "rules", k, "to_pool")
            yield from _unknown(at, "pool", clocks.to_pool, pools)
    yield from _unknown_in_tasks(document, groups, levels)


def _names_of_tasks(document: PolicyDocument) -> list[tuple[Place, str, list[str]]]:
    section = document.tasks
    if section is None:
        return []
    return [
        (("tasks", "types"), "task_type", [one.type for one in section.types]),
        (("tasks", "rules"), "task_rule", [one.rule for one in section.rules]),
        # The built-in ones come first in what is made of the section.
        (("tasks", "rules"), "task_rule", [TO_MARKET, TO_HOLDER, *_builtin(section.rules)]),
        (("tasks", "triggers"), "trigger", [one.trigger for one in section.triggers]),
    ]


def _builtin(rules: Iterable[TaskRule]) -> list[str]:
    """Rules that have the name of a built-in one."""
    taken = {fold(TO_MARKET), fold(TO_HOLDER)}
    return [one.rule for one in rules if fold(one.rule) in taken]


def _unknown_in_tasks(
    document: PolicyDocument, groups: list[str], levels: list[str]
) -> Iterator[PolicyProblem]:
    """What the rules of to-dos name and is not there: groups, levels, types."""
    section = document.tasks
    if section is None:
        return
    types = [one.type for one in section.types]
    for k, one in enumerate(section.types):
        if one.level is not None:
            yield from _unknown(("tasks", "types", k, "level"), "level", one.level, levels)
    for k, rule in enumerate(section.rules):
        group = getattr(rule.to, "group", None)
        if group is not None:
            yield from _unknown(("tasks", "rules", k, "to", "group"), "group", group, groups)
        for name in rule.types:
            yield from _unknown(("tasks", "rules", k, "types"), "task_type", name, types)
    for k, trigger in enumerate(section.triggers):
        at: Place = ("tasks", "triggers", k, "type")
        yield from _unknown(at, "task_type", trigger.type, types)


def _clock_rules(document: PolicyDocument) -> tuple[ClockRule, ...]:
    return () if document.clocks is None else document.clocks.rules


def _sources(document: PolicyDocument) -> list[str]:
    return [one.source for one in document.duplicates.by_source] if document.duplicates else []


def _unknown(place: Place, kind: str, name: str, known: list[str]) -> Iterator[PolicyProblem]:
    if name in known:
        return
    near = nearest(name, known)
    hint = f"; did you mean {near}?" if near else f"; add it under {kind}s"
    yield _error(
        place,
        "policy.unknown_name",
        f"there is no {kind} {name}{hint}",
        kind=kind,
        name=name,
        suggestion=near,
    )


def _grade_problems(document: PolicyDocument) -> Iterator[PolicyProblem]:
    try:
        check_points(document.points, document.grades)
    except PydanticCustomError as error:
        context = error.context or {}
        params = {name: context[name] for name in CODES[error.type]}
        yield PolicyProblem(("points", "base"), reason(error.type, **params), error.message())


# -- fields and regions ----------------------------------------------------------------------


def _field_problems(document: PolicyDocument) -> Iterator[PolicyProblem]:
    for k, spec in enumerate(document.field_specs):
        built_in = BUILT_IN_FIELDS.get(spec.path)
        if built_in is None:
            continue
        if spec.path in _FIXED and spec.type is not built_in.type:
            yield _error(
                ("fields", k, "type"),
                "policy.field_fixed",
                f"{spec.path} always is {built_in.type}; leave the type as it is",
                field=spec.path,
                type=built_in.type.value,
            )
        if built_in.personal and not spec.personal:
            yield _error(
                ("fields", k),
                "policy.field_personal",
                f"{spec.path} is personal and must stay so: add is_personal: true",
                field=spec.path,
            )


def _personal_matches(document: PolicyDocument) -> Iterator[PolicyProblem]:
    """Matches on what is never read, because receipts must not hold it: they would do nothing."""
    personal = {spec.path for spec in document.field_specs if spec.personal}
    weights = document.fit.weights
    asked: list[tuple[Place, str]] = [
        (("fit", "weights", name), name)
        for name in MATCHES
        if document.fit.mode == "declared" and getattr(weights, name)
    ]
    for k, rule in enumerate(document.rules):
        asked += [(("rules", k, "match"), name) for name in rule.match]
    for place, name in asked:
        if f"lead.{name}" in personal:
            yield _error(
                place,
                "policy.match_personal",
                f"lead.{name} is declared personal and so is never matched; take it out of the "
                "match, or is_personal out of the field",
                field=f"lead.{name}",
            )


def _region_problems(document: PolicyDocument) -> Iterator[PolicyProblem]:
    parents: dict[str, str] = {}
    for outer, inners in document.regions.items():
        for inner in inners:
            first = parents.setdefault(inner, outer)
            if first != outer:
                yield _error(
                    ("regions", outer),
                    "policy.region_twice",
                    f"{inner} stands in {first} and in {outer}; a region lies in one other",
                    region=inner,
                    first=first,
                    second=outer,
                )
    for name in parents:
        step, seen = name, {name}
        while step in parents and parents[step] not in seen:
            step = parents[step]
            seen.add(step)
        if parents.get(step) == name and name == min(seen):
            yield _error(
                ("regions", step),
                "policy.region_circle",
                f"{name} would lie inside itself",
                region=name,
            )


def _alias_problems(document: PolicyDocument) -> Iterator[PolicyProblem]:
    for alias, region in document.region_aliases.items():
        if region in document.region_aliases and document.region_aliases[region] != region:
            yield PolicyProblem(
                ("region_aliases", alias),
                reason("policy.alias_of_alias", alias=alias, region=region),
                f"{alias} stands for {region}, which is itself another spelling; name the region",
                Gravity.WARNING,
            )


# -- conditions ------------------------------------------------------------------------------


def _misplaced_fields(document: PolicyDocument) -> Iterator[PolicyProblem]:
    """Fields that are never there when the condition is asked, so that it would never hold."""
    for question in questions_in(document):
        for ref in _refs(question):
            if question.asked is Asked.ITEM and ref.root == "rep":
                yield _error(
                    question.place,
                    "policy.reads_person",
                    f"{ref.path} cannot be read here: nobody is considered yet; conditions on "
                    "people go into who",
                    field=ref.path,
                )
            if question.asked is Asked.PERSON and ref.root != "rep":
                yield _error(
                    question.place,
                    "policy.reads_item",
                    f"{ref.path} cannot be read here: this is asked of people, whatever the item "
                    "and the moment; conditions on items go into a rule's when",
                    field=ref.path,
                )


def _refs(question: Question) -> Iterable[FieldRef]:
    refs = (ref for atom in atoms_of(question.condition) for ref in atom.fields)
    return {ref.path: ref for ref in refs}.values()


def _condition_problems(document: PolicyDocument, team: Team | None) -> Iterator[PolicyProblem]:
    plain = BUILT_IN_FIELDS.extended(document.field_specs)
    declared = {spec.path for spec in document.field_specs if spec.choices}
    levels = [one.level for one in document.levels]
    if levels and team is not None:
        levels += [rep.level for rep in team.reps if rep.level]
    known = {
        "lead.grade": document.grades.names,
        "lead.kind": tuple(kind.value for kind in ItemKind),
        "rep.level": tuple(dict.fromkeys(levels)),
    }
    settled = plain.extended(
        FieldSpec(root, name, FieldType.TEXT, choices=choices)
        for path, choices in known.items()
        for root, _, name in [path.partition(".")]
        if path not in declared
    )
    of_tasks = settled.extended(TASK_FIELDS)
    for question in questions_in(document):
        schema = plain if question.is_of_worth else settled
        schema = of_tasks if question.place[0] == "tasks" else schema
        yield from _problems_of(question, schema, document, declared)


def _problems_of(
    question: Question, schema: FieldSchema, document: PolicyDocument, declared: set[str]
) -> Iterator[PolicyProblem]:
    for one in check_condition(question.condition, schema, document.region_tree):
        is_soft = one.reason.code == "condition.not_a_choice" and (
            one.reason["field"] in _SOFT - declared
        )
        gravity = Gravity.ERROR if one.is_error and not is_soft else Gravity.WARNING
        yield PolicyProblem(question.place, one.reason, sentence(one.reason), gravity)


# -- people ----------------------------------------------------------------------------------


def _people_problems(document: PolicyDocument, team: Team) -> Iterator[PolicyProblem]:
    """People come and go while a policy stands, so these are warnings."""
    named: list[tuple[Place, str]] = []
    for k, group in enumerate(document.groups):
        named += [(("groups", k, "members", j), name) for j, name in enumerate(group.members)]
    for k, territory in enumerate(document.territories):
        named.append((("territories", k, "owner"), territory.owner))
    for k, rule in enumerate(document.rules):
        if isinstance(rule.to, Person):
            named.append((("rules", k, "to", "rep"), rule.to.rep))
        if isinstance(rule.if_nobody, Overflow):
            named.append((("rules", k, "if_nobody", "rep"), rule.if_nobody.rep))
    names = [text for rep in team.reps for text in (rep.id, rep.name) if text]
    for place, name in named:
        rep = team.find(name)
        if rep is None:
            yield _person_problem(place, name, sum(one.name == name for one in team.reps), names)
        elif not rep.is_active:
            yield PolicyProblem(
                place,
                reason("policy.person_left", name=name),
                f"{name} is deactivated and receives nothing",
                Gravity.WARNING,
            )


def _person_problem(place: Place, name: str, count: int, names: list[str]) -> PolicyProblem:
    if count:
        why = reason("policy.person_ambiguous", name=name, count=count)
        message = f"{count} people are called {name}; write the id"
    else:
        near = nearest(name, names)
        hint = f"; did you mean {near}?" if near else ""
        why = reason("policy.person_unknown", name=name, suggestion=near)
        message = f"nobody in the team is {name}{hint}"
    return PolicyProblem(place, why, message, Gravity.WARNING)
