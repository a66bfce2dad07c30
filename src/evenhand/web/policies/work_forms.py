"""The forms of to-dos (待办): types, rules of dealing, triggers; and of regular meetings."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, get_args

from evenhand.engine.workload.section import LeadWork, OpportunityWork
from evenhand.engine.workload.tasks_section import Absent, Difficulty, Evidence, TaskKind
from evenhand.web.policies.part_forms import (
    Choices,
    Known,
    PartForm,
    Plain,
    by_name,
    for_choice,
    shown,
)
from evenhand.web.policies.pool_forms import several
from evenhand.wording.catalogue import Words

_DIGITS = MappingProxyType({"inputmode": "decimal"})
_KINDS: tuple[str, ...] = get_args(TaskKind)
_EVIDENCE: tuple[str, ...] = get_args(Evidence)
_DIFFICULTY: tuple[str, ...] = get_args(Difficulty)
_ABSENT: tuple[str, ...] = get_args(Absent)


class TaskTypeForm(PartForm):
    """A type of to-dos: how long, how much, what it needs, what proves it, when it is due."""

    part = "task-type"
    places = MappingProxyType({"type": "name"})

    def __init__(
        self, words: Words, known: Known, one: Plain, data: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(words, data)
        self._text("name")
        self._choice("difficulty", self._say("task-difficulty-", _DIFFICULTY))
        self._text("minutes", most=6, attrs=_DIGITS)
        self._text("points", most=12, attrs=_DIGITS)
        anyone = ("", words.text("web-studio-task-type-level-none"))
        self._choice("level", [anyone, *by_name(known.levels)], one.get("level") or "")
        self._text("skills", most=1_000)
        self._text("quantity", most=6, attrs=_DIGITS)
        self._text("kpi")
        self._text("checklist", rows=4)
        self._choice("evidence", self._say("web-studio-task-evidence-", _EVIDENCE))
        self._text("due", most=20)
        self._choice("absent", self._say("web-studio-task-absent-", _ABSENT))
        self._flag("follows")
        self._note()
        self.initial = {
            "name": one.get("type", ""),
            "difficulty": one.get("difficulty", "normal"),
            "minutes": one.get("minutes", 30),
            "points": one.get("points", ""),
            "level": one.get("level") or "",
            "skills": ", ".join(one.get("skills", ())),
            "quantity": one.get("quantity", 1),
            "kpi": one.get("kpi") or "",
            "checklist": "\n".join(one.get("checklist", ())),
            "evidence": one.get("evidence", "none"),
            "due": one.get("due", "2d"),
            "absent": one.get("absent", "wait"),
            "follows": one.get("follows", True),
            "note": one.get("note", ""),
        }

    def values(self) -> dict[str, Any]:
        """The type as plain values; what is empty has its usual value."""
        lines = str(self.data.get("checklist", "")).splitlines()
        return {
            "type": self.typed("name"),
            "difficulty": self.typed("difficulty") or None,
            "minutes": self.typed_number("minutes"),
            "points": self.typed_number("points"),
            "level": self.typed("level") or None,
            "skills": several(self.typed("skills")),
            "quantity": self.typed_number("quantity"),
            "kpi": self.typed("kpi") or None,
            "checklist": [line.strip() for line in lines if line.strip()],
            "evidence": self.typed("evidence") or None,
            "due": self.typed("due") or None,
            "absent": self.typed("absent") or None,
            "follows": bool(self.data.get("follows")),
            "note": self.typed("note"),
        }


_STRATEGIES = ("fair_share", "best_fit", "holder", "person", "market")
_OF_GROUPS = "fair_share best_fit"
_MATCHES = ("region", "industry", "product", "skill", "language")


class TaskRuleForm(PartForm):
    """One rule of dealing to-dos: which, to whom and how, what if nobody can."""

    part = "task-rule"
    places = MappingProxyType({"rule": "name", "to": "strategy", "if_nobody": "nobody"})

    def __init__(
        self, words: Words, known: Known, rule: Plain, data: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(words, data)
        to, nobody = rule.get("to", {}), rule.get("if_nobody", {})
        self._text("name")
        self._flag("is_enabled")
        self._boxes("types", by_name(known.task_types), named=rule.get("types", ()))
        self._condition("when")
        self._choice("strategy", self._say("web-strategy-", _STRATEGIES), **{"data-switch": ""})
        groups = by_name(known.groups)
        self._choice("group", groups, to.get("group", ""), **for_choice("strategy", _OF_GROUPS))
        self._choice("rep", known.people, to.get("rep", ""), **for_choice("strategy", "person"))
        absent = self._say("web-studio-absent-", ("assign_anyway", "next_rule", "wait"))
        self._choice("if_absent", absent, **for_choice("strategy", "holder person"))
        self._condition("who", **for_choice("strategy", _OF_GROUPS))
        self._boxes("match", self._say("match-", _MATCHES), **for_choice("strategy", _OF_GROUPS))
        dos = self._say(
            "web-studio-nobody-", ("wait", "market", "next_rule", "overflow", "escalate")
        )
        self._choice("nobody", dos, **{"data-switch": ""})
        whom = nobody.get("rep", nobody.get("to", ""))
        self._choice("nobody_rep", known.people, whom, **for_choice("nobody", "overflow escalate"))
        self._note()
        self.initial = {
            "name": rule.get("rule", ""),
            "is_enabled": rule.get("is_enabled", True),
            "types": rule.get("types", ()),
            "when": shown(rule.get("when")),
            "strategy": to.get("strategy", "fair_share"),
            "group": to.get("group", ""),
            "rep": to.get("rep", ""),
            "if_absent": to.get("if_absent", "assign_anyway"),
            "who": shown(rule.get("who")),
            "match": rule.get("match", ()),
            "nobody": nobody.get("do", "wait"),
            "nobody_rep": whom,
            "note": rule.get("note", ""),
        }

    def field_at(self, rest: tuple[str | int, ...] | Any) -> str | None:
        """… whom it goes to if nobody can has a field of its own."""
        if len(rest) > 1 and rest[0] == "if_nobody" and rest[-1] in ("rep", "to"):
            return "nobody_rep"
        return super().field_at(rest)

    def values(self) -> dict[str, Any]:
        """The rule as plain values."""
        return {
            "rule": self.typed("name"),
            "types": list(self.chosen("types")),
            "when": self.typed("when") or "true",
            "to": self._target(),
            "match": [one for one in _MATCHES if one in self.chosen("match")],
            "who": self.typed("who") or "true",
            "if_nobody": self._otherwise(),
            "is_enabled": bool(self.data.get("is_enabled")),
            "note": self.typed("note"),
        }

    def _target(self) -> dict[str, str]:
        strategy = self.typed("strategy")
        keys = {"holder": ("if_absent",), "person": ("rep", "if_absent"), "market": ()}
        return {
            "strategy": strategy,
            **{key: self.typed(key) for key in keys.get(strategy, ("group",))},
        }

    def _otherwise(self) -> dict[str, str]:
        do = self.typed("nobody")
        keys = {"overflow": "rep", "escalate": "to"}
        return {"do": do, **({keys[do]: self.typed("nobody_rep")} if do in keys else {})}


class TriggerForm(PartForm):
    """A to-do that an event makes: on what, for what, which, and who gets it."""

    part = "trigger"
    places = MappingProxyType({"trigger": "name"})

    def __init__(
        self, words: Words, known: Known, one: Plain, data: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(words, data)
        self._text("name")
        self._flag("is_on")
        self._choice("kind", self._say("item-kind-", _KINDS))
        events = self._say("web-studio-trigger-on-", ("assigned", "stage", "won", "lost"))
        self._choice("on", events, **{"data-switch": ""})
        self._boxes(
            "stages",
            stage_choices(words),
            named=one.get("stages", ()),
            **for_choice("on", "stage"),
        )
        self._condition("when")
        self._choice("type", by_name(known.task_types), one.get("type", ""))
        self._text("title", most=120)
        self._text("after", most=20)
        whom = self._say("web-studio-trigger-to-", ("holder", "rules", "market"))
        self._choice("to", whom)
        self._flag("once")
        self._note()
        self.initial = {
            "name": one.get("trigger", ""),
            "is_on": one.get("is_on", True),
            "kind": one.get("kind", "lead"),
            "on": one.get("on", "assigned"),
            "stages": one.get("stages", ()),
            "when": shown(one.get("when")),
            "type": one.get("type", ""),
            "title": one.get("title", ""),
            "after": "" if one.get("after") == "0m" else one.get("after", ""),
            "to": one.get("to", "holder"),
            "once": one.get("once", True),
            "note": one.get("note", ""),
        }

    def field_at(self, rest: tuple[str | int, ...] | Any) -> str | None:
        """… what is wrong with the whole of it stands beside what it waits for."""
        return super().field_at(rest) if rest else "stages"

    def values(self) -> dict[str, Any]:
        """The trigger as plain values; stages only where it waits for one."""
        on = self.typed("on")
        return {
            "trigger": self.typed("name"),
            "is_on": bool(self.data.get("is_on")),
            "kind": self.typed("kind") or "lead",
            "on": on,
            "stages": list(self.chosen("stages")) if on == "stage" else [],
            "when": self.typed("when") or "true",
            "type": self.typed("type"),
            "title": self.typed("title"),
            "after": self.typed("after") or None,
            "to": self.typed("to") or "holder",
            "once": bool(self.data.get("once")),
            "note": self.typed("note"),
        }


def stage_choices(words: Words) -> Choices:
    """The stages that can be set, of leads and of opportunities, each with what it belongs to."""
    found = []
    for kind, start, table in (
        ("lead", "web-stage-", LeadWork),
        ("opportunity", "web-opportunity-stage-", OpportunityWork),
    ):
        of = words.text(f"item-kind-{kind}")
        found += [(key, f"{of} · {words.text(start + key)}") for key in table.model_fields]
    return found


_WEEKDAYS = tuple(map(str, range(1, 8)))


class MeetingForm(PartForm):
    """A regular meeting: when, on which weekdays, of which teams."""

    part = "meeting"

    def __init__(
        self, words: Words, known: Known, one: Plain, data: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(words, data)
        self._text("hours", most=60)
        self._boxes("days", self._say("weekday-", _WEEKDAYS))
        self._boxes("teams", by_name(known.teams), named=one.get("teams", ()))
        self._note()
        self.initial = {
            "hours": one.get("hours", ""),
            "days": [str(day) for day in one.get("days", ())],
            "teams": one.get("teams", ()),
            "note": one.get("note", ""),
        }

    def values(self) -> dict[str, Any]:
        """The meeting as plain values; no weekday is every day, no team is everybody."""
        return {
            "hours": self.typed("hours"),
            "days": [int(day) for day in _WEEKDAYS if day in self.chosen("days")],
            "teams": list(self.chosen("teams")),
            "note": self.typed("note"),
        }
