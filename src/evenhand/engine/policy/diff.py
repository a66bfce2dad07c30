"""What changed between two policies, in sentences: one reason per change, remarks last.

The plain forms are compared, so that any two documents with different canonical JSON give at
least one sentence. Parts that have names (rules, groups, signals …) are matched by name; a part
that goes and one that comes with the same content is a renaming. Values in the parameters are
text as the document writes them, places too; points and conditions are exact.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from evenhand.engine.matching.section import DuplicatesSection
from evenhand.engine.policy.document import PolicyDocument
from evenhand.engine.policy.order import moved_names
from evenhand.engine.reasons import Reason, reason
from evenhand.engine.scoring.points import largest_points
from evenhand.engine.values import from_micro_points
from evenhand.engine.workload.section import WorkloadSection

Plain = Mapping[str, Any]

# Lists whose parts have names: where they stand, what a part is called, and which key names it.
_NAMED: Mapping[tuple[str, ...], tuple[str, str]] = {
    ("fields",): ("field", "field"),
    ("scoring", "signals"): ("signal", "id"),
    ("grades", "thresholds"): ("grade", "grade"),
    ("points", "adjustments"): ("adjustment", "id"),
    ("levels",): ("level", "level"),
    ("groups",): ("group", "group"),
    ("territories",): ("territory", "territory"),
    ("pools",): ("pool", "pool"),
    ("rules",): ("rule", "rule"),
    ("capacity", "by_level"): ("level_capacity", "level"),
    ("capacity", "windows"): ("cap", "cap"),
    ("duplicates", "by_source"): ("source", "source"),
    ("clocks", "rules"): ("clock_rule", "rule"),
    ("tasks", "types"): ("task_type", "type"),
    ("tasks", "rules"): ("task_rule", "rule"),
    ("tasks", "triggers"): ("trigger", "trigger"),
}
# Mappings whose keys are names that the company chose: what a part is called, what it says.
_KEYED: Mapping[tuple[str, ...], tuple[str, str]] = {
    ("regions",): ("region", "contains"),
    ("region_aliases",): ("region_alias", "stands_for"),
}
# What is one choice, however many keys it takes to write it.
_WHOLE = frozenset({"to", "if_nobody", "ramp", "stretch", "graduation"})
# Sections that mean their defaults where they are left out.
_USUAL: Mapping[str, Mapping[str, Any]] = {
    "duplicates": DuplicatesSection().model_dump(mode="json"),
    "workload": WorkloadSection().model_dump(mode="json", exclude_none=True),
}
_LARGE_TEXT = 120
_CONTEXT = 30


@dataclass(frozen=True, slots=True)
class _Owner:
    """Whose values are compared: a rule, a group, or a whole section."""

    kind: str
    name: str


def diff(old: PolicyDocument, new: PolicyDocument) -> tuple[Reason, ...]:
    """Every change from `old` to `new`; empty if both mean the same."""
    before, after = old.as_plain(), new.as_plain()
    changes = [*_version_changes(before, after), *_tau_changes(old, new)]
    for section in PolicyDocument.model_fields:
        name = PolicyDocument.model_fields[section].alias or section
        if name in ("line", "version") or before.get(name) == after.get(name):
            continue
        changes += _section_changes(name, before.get(name), after.get(name))
    # A remark decides nothing: it comes last.
    return tuple(sorted(changes, key=lambda one: one.code.startswith("diff.note")))


def _version_changes(before: Plain, after: Plain) -> Iterator[Reason]:
    if before["line"] != after["line"]:
        yield reason("diff.line", before=before["line"], after=after["line"])
    if before["version"] != after["version"]:
        old, new = str(before["version"]), str(after["version"])
        yield reason("diff.version", before=old, after=new)


def _tau_changes(old: PolicyDocument, new: PolicyDocument) -> Iterator[Reason]:
    """τ and the band, measured by the largest item as people talk of them: "P → 5P"."""
    tau = old.fairness.tau, new.fairness.tau
    if tau[0] != tau[1]:
        yield reason("diff.tau", before=_in_largest(tau[0], old), after=_in_largest(tau[1], new))
    band = old.fairness.band, new.fairness.band
    if band[0] != band[1]:
        shown = [
            "τ" if amount is None else _in_largest(amount, document)
            for amount, document in zip(band, (old, new), strict=True)
        ]
        yield reason("diff.band", before=shown[0], after=shown[1])


def _in_largest(amount: int | None, document: PolicyDocument) -> str:
    """Points as a multiple of P where it is one: "5P = 40"."""
    largest = largest_points(document.points)
    if amount is None:
        return f"P = {from_micro_points(largest)}"
    points = str(from_micro_points(amount))
    if amount and largest and amount % largest == 0:
        times = amount // largest
        return f"{'' if times == 1 else times}P = {points}"
    if amount and largest and amount * 2 % largest == 0:
        return f"{amount // largest}.5P = {points}"
    return points


def _section_changes(name: str, before: Any, after: Any) -> Iterator[Reason]:
    place = (name,)
    if name == "note":
        yield from _note_changes(_Owner("document", ""), before, after)
    elif place in _NAMED:
        yield from _named_changes(place, before or [], after or [])
    elif place in _KEYED:
        yield from _keyed_changes(*_KEYED[place], before or {}, after or {})
    elif before is None:
        yield reason("diff.section_added", section=name)
        if name in _USUAL:  # leaving it out means its defaults
            yield from _value_changes(_Owner("section", name), place, _USUAL[name], after)
    elif after is None:
        yield reason("diff.section_removed", section=name)
    else:
        yield from _value_changes(_Owner("section", name), place, before, after)


# -- lists of named parts ---------------------------------------------------------------------


def _named_changes(
    place: tuple[str, ...], before: Sequence[Plain], after: Sequence[Plain]
) -> Iterator[Reason]:
    kind, key = _NAMED[place]
    old = {str(part[key]): part for part in before}
    new = {str(part[key]): part for part in after}
    if len(old) < len(before) or len(new) < len(after):
        # A name stands twice, which no document that was read has: matched by place instead.
        old = {f"{k + 1}": part for k, part in enumerate(before)}
        new = {f"{k + 1}": part for k, part in enumerate(after)}
    renamed = _renamed(old, new, key)
    for name, later in renamed.items():
        yield reason("diff.renamed", kind=kind, before=name, after=later)
    back = {later: name for name, later in renamed.items()}
    for name in old:
        if name not in new and name not in renamed:
            yield reason("diff.removed", kind=kind, name=name)
    for position, name in enumerate(new):
        if name not in old and name not in back:
            yield reason("diff.added", kind=kind, name=name, position=position + 1)
    stayed = [renamed.get(name, name) for name in old if name in new or name in renamed]
    yield from _moves(kind, stayed, list(new), [renamed.get(name, name) for name in old])
    for name in old:
        if name in new and old[name] != new[name]:
            yield from _part_changes(_Owner(kind, name), old[name], new[name], key)


def _renamed(old: Mapping[str, Plain], new: Mapping[str, Plain], key: str) -> dict[str, str]:
    """Names that went, by the name under which the same content came."""
    came = {_content(part, key): name for name, part in new.items() if name not in old}
    return {
        name: came.pop(_content(part, key))
        for name, part in old.items()
        if name not in new and _content(part, key) in came
    }


def _content(part: Plain, key: str) -> str:
    return _text({name: value for name, value in part.items() if name != key})


def _moves(
    kind: str, stayed: Sequence[str], new: Sequence[str], old: Sequence[str]
) -> Iterator[Reason]:
    """The fewest parts that had to move; what others shift by is no move of theirs."""
    for name in moved_names(stayed, [name for name in new if name in set(stayed)]):
        yield reason(
            "diff.moved",
            kind=kind,
            name=name,
            before=str(old.index(name) + 1),
            after=str(new.index(name) + 1),
        )


def _part_changes(owner: _Owner, before: Plain, after: Plain, key: str) -> Iterator[Reason]:
    if before.get("is_enabled") != after.get("is_enabled"):
        code = "diff.enabled" if after.get("is_enabled") else "diff.disabled"
        yield reason(code, kind=owner.kind, name=owner.name)
    ignored = {key, "is_enabled"} if before.get(key) == after.get(key) else {"is_enabled"}
    rest = [
        {name: v for name, v in part.items() if name not in ignored} for part in (before, after)
    ]
    yield from _value_changes(owner, (), rest[0], rest[1])


def _keyed_changes(
    kind: str, part: str, before: Mapping[str, Any], after: Mapping[str, Any]
) -> Iterator[Reason]:
    for name in before:
        if name not in after:
            yield reason("diff.removed", kind=kind, name=name)
    for name in after:
        if before.get(name) != after[name]:
            yield from _leaf_changes(_Owner(kind, name), part, before.get(name), after[name])


# -- values -----------------------------------------------------------------------------------


def _value_changes(
    owner: _Owner, place: tuple[str, ...], before: Plain, after: Plain
) -> Iterator[Reason]:
    """The changes between two mappings; `place` leads to them from the top, or from a part."""
    for key in dict.fromkeys([*before, *after]):
        old, new = before.get(key), after.get(key)
        if old == new and (key in before) == (key in after):
            continue
        inner = (*place, key)
        part = ".".join(inner[1:] if owner.kind == "section" else inner)
        if inner in _NAMED:
            yield from _named_changes(inner, old or [], new or [])
        elif inner == ("points", "base"):
            yield from _base_changes(old or {}, new or {})
        elif inner in (("fairness", "tau"), ("fairness", "band")) and owner.kind == "section":
            continue  # said already
        elif key == "note":
            yield from _note_changes(owner, old, new)
        elif inner == ("fit", "tables"):
            yield reason("diff.fit_tables")  # learnt figures: nobody reads them one by one
        elif isinstance(old, Mapping) and isinstance(new, Mapping) and key not in _WHOLE:
            yield from _value_changes(owner, inner, old, new)
        else:
            yield from _leaf_changes(owner, part, old, new)


def _base_changes(before: Plain, after: Plain) -> Iterator[Reason]:
    for grade in dict.fromkeys([*before, *after]):
        old, new = before.get(grade), after.get(grade)
        if old is None or new is None:
            yield from _leaf_changes(_Owner("section", "points"), f"base.{grade}", old, new)
        elif old != new:
            yield reason("diff.grade_points", grade=grade, before=str(old), after=str(new))


def _note_changes(owner: _Owner, before: str | None, after: str | None) -> Iterator[Reason]:
    named = {"kind": owner.kind, "name": owner.name}
    if not before:
        yield reason("diff.note_added", **named, after=_shown(after))
    elif not after:
        yield reason("diff.note_removed", **named, before=_shown(before))
    else:
        old, new = _shown_beside(before, after)
        yield reason("diff.note_changed", **named, before=old, after=new)


def _leaf_changes(owner: _Owner, part: str, old: Any, new: Any) -> Iterator[Reason]:
    named = {"kind": owner.kind, "name": owner.name, "part": part}
    if _is_list_of_names(old) and _is_list_of_names(new) and set(old) != set(new):
        added = tuple(value for value in new if value not in old)
        removed = tuple(value for value in old if value not in new)
        if added:
            yield reason("diff.names_added", **named, names=added)
        if removed:
            yield reason("diff.names_removed", **named, names=removed)
    elif old is None:
        yield reason("diff.set", **named, after=_shown(new))
    elif new is None:
        yield reason("diff.unset", **named, before=_shown(old))
    else:
        before, after = _shown_beside(old, new)
        yield reason("diff.changed", **named, before=before, after=after)


def _is_list_of_names(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(part, str) for part in value)


def _shown(value: Any) -> str:
    """A value as the document writes it, short enough for a sentence."""
    text = value if isinstance(value, str) else _flow(value)
    return text if len(text) <= _LARGE_TEXT else f"{text[: _LARGE_TEXT - 1]}…"


def _shown_beside(old: Any, new: Any) -> tuple[str, str]:
    """Two values that differ; long ones from shortly before the first difference on."""
    texts = [value if isinstance(value, str) else _flow(value) for value in (old, new)]
    shared = next(
        (k for k, (a, b) in enumerate(zip(*texts, strict=False)) if a != b), min(map(len, texts))
    )
    start = max(0, shared - _CONTEXT)
    if start and max(map(len, texts)) > _LARGE_TEXT:
        texts = [f"…{text[start:]}" for text in texts]
    return _shown(texts[0]), _shown(texts[1])


def _flow(value: Any) -> str:
    """A value in one line, as YAML would have it."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {_flow(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_flow, value)) + "]"
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
