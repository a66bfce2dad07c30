"""The forms of the studio: one part of the rules each, every setting with a line that says what it
does to whom. What is wrong is said by the reader of documents; here it finds its field.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from django import forms

from evenhand.engine.policy.problem import PolicyProblem
from evenhand.platform.refusal import Refused
from evenhand.wording.catalogue import Words, message_id
from evenhand.wording.reasons import say

Plain = Mapping[str, Any]
Choices = Sequence[tuple[str, str]]
_NOTE = 2_000
_NAME = 200
_PLAIN: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class Known:
    """What a form can offer: names of groups and pools, people who can be named, or by their id."""

    groups: tuple[str, ...]
    pools: tuple[str, ...]
    people: Choices
    people_by_id: Choices = ()
    levels: tuple[str, ...] = ()
    task_types: tuple[str, ...] = ()
    teams: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """Fields that stand together; with a title they fold away."""

    title: str
    fields: Sequence[forms.BoundField]
    is_open: bool = True


class PartForm(forms.Form):
    """Fields by name with labels and help from the catalogue: `web-studio-<part>-<field>`."""

    part = ""
    # The last step of a finding's place → the field beside which it stands.
    places: Mapping[str, str] = MappingProxyType({})

    def __init__(self, words: Words, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, label_suffix="")
        self.words = words
        self.use_required_attribute = False
        self.conditions: list[str] = []  # fields that are read as a sentence below

    def values(self) -> dict[str, Any]:
        """What was typed, as plain values of the document."""
        raise NotImplementedError

    def refuse(self, problem: Refused) -> None:
        """Say what is wrong, beside its field if it has one."""
        self.is_valid()
        name = problem.field if problem.field in self.fields else None
        self.add_error(name, say(self.words, problem.why))

    def show(self, problems: Iterable[PolicyProblem], start: Sequence[str | int]) -> None:
        """Say what the reader of documents found: beside its field where it is in this part."""
        self.is_valid()
        for one in problems:
            place = list(one.place)
            rest = place[len(start) :] if place[: len(start)] == list(start) else []
            name = self.field_at(rest)
            sentence = say(self.words, one.why)
            self.add_error(name, sentence if name or not one.path else f"{one.path}: {sentence}")

    def field_at(self, rest: Sequence[str | int]) -> str | None:
        """The field that a place within the part belongs to."""
        names = [self.places.get(str(step), str(step)) for step in reversed(rest)]
        return next((name for name in names if name in self.fields), None)

    @property
    def blocks(self) -> Sequence[Block]:
        """The fields in order, folded or not."""
        return (Block("", list(self)),)

    def _add(self, name: str, field: forms.Field, *, said_as: str = "") -> None:
        start = f"web-studio-{self.part}-{message_id(said_as or name)}"
        field.label = self.words.text(start)
        field.help_text = self.words.text(f"{start}-help")
        self.fields[name] = field

    def _text(
        self,
        name: str,
        *,
        most: int = _NAME,
        rows: int = 0,
        attrs: Mapping[str, str] = _PLAIN,
        said_as: str = "",
    ) -> None:
        attrs = {"autocomplete": "off", **attrs}
        if rows:
            widget: forms.Widget = forms.Textarea(attrs={**attrs, "rows": str(rows)})
        else:
            widget = forms.TextInput(attrs={**attrs, "maxlength": str(most)})
        self._add(name, forms.CharField(required=False, widget=widget), said_as=said_as)

    def _note(self) -> None:
        self._text("note", most=_NOTE, rows=2)

    def _condition(self, name: str, **attrs: str) -> None:
        looks = {"class": "code", "spellcheck": "false", "autocapitalize": "off"}
        self.conditions.append(name)
        self._text(name, rows=3, attrs={**looks, "data-condition": name, **attrs})

    def _choice(self, name: str, options: Choices, current: str = "", **attrs: str) -> None:
        known = list(options)
        if current and current not in [value for value, _ in known]:
            known.append((current, current))  # named in YAML; kept unless changed
        field = forms.ChoiceField(required=False, choices=known, widget=forms.Select(attrs=attrs))
        self._add(name, field)

    def _flag(self, name: str, *, said_as: str = "") -> None:
        self._add(name, forms.BooleanField(required=False), said_as=said_as)

    def _boxes(
        self, name: str, options: Choices, *, said_as: str = "", named: Sequence[str] = (),
        **attrs: str,
    ) -> None:  # fmt: skip
        looks = forms.CheckboxSelectMultiple(attrs={"class": "form-check-input", **attrs})
        # What the document names and nothing offers stays unless it is unticked.
        options = [*options, *((one, one) for one in named if one not in dict(options))]
        field = forms.MultipleChoiceField(required=False, choices=options, widget=looks)
        self._add(name, field, said_as=said_as)

    def _people(self, name: str, people: Choices, named: Sequence[str], **attrs: str) -> None:
        """People to choose several of; who is named and not to be found stays."""
        known = [*people, *((one, one) for one in named if one not in dict(people))]
        looks = forms.SelectMultiple(attrs={"size": "8", **attrs})
        field = forms.MultipleChoiceField(required=False, choices=known, widget=looks)
        self._add(name, field)

    def chosen(self, name: str) -> tuple[str, ...]:
        """What was chosen of several."""
        return _many(self.data, name)

    def _say(self, start: str, keys: Iterable[str]) -> list[tuple[str, str]]:
        return [(key, self.words.text(f"{start}{message_id(key)}")) for key in keys]

    def typed(self, name: str) -> str:
        """What stands in a field, without space around it."""
        return str(self.data.get(name, "")).strip()

    def typed_number(self, name: str) -> int | str | None:
        """The same as `number` reads it; None where the field is empty."""
        text = self.typed(name)
        return number(text) if text else None


_STRATEGIES = ("fair_share", "rotation", "best_fit", "owner", "person", "pool")
_OF_GROUPS = "fair_share rotation best_fit"
_MATCHES = ("region", "industry", "product", "skill", "language")


class RuleForm(PartForm):
    """One rule: name, when, to whom and how, who besides, what must match, what if nobody."""

    part = "rule"
    places = MappingProxyType(
        {"rule": "name", "to": "strategy", "if_nobody": "nobody", "do": "nobody"}
    )

    def __init__(
        self, words: Words, known: Known, rule: Plain, data: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(words, data)
        to, nobody = rule.get("to", {}), rule.get("if_nobody", {})
        names, pools = by_name(known.groups), by_name(known.pools)
        self._text("name")
        self._flag("is_enabled")
        self._condition("when")
        self._choice("strategy", self._say("web-strategy-", _STRATEGIES), **{"data-switch": ""})
        self._choice("group", names, to.get("group", ""), **for_choice("strategy", _OF_GROUPS))
        of = self._say("web-owner-of-", ("company", "territory", "collector"))
        self._choice("of", of, **for_choice("strategy", "owner"))
        self._choice("rep", known.people, to.get("rep", ""), **for_choice("strategy", "person"))
        self._choice("pool", pools, to.get("pool", ""), **for_choice("strategy", "pool"))
        absent = self._say("web-studio-absent-", ("next_rule", "wait", "assign_anyway"))
        self._choice("if_absent", absent, **for_choice("strategy", "owner person"))
        departed = self._say("web-studio-absent-", ("next_rule", "wait"))
        self._choice("if_departed", departed, **for_choice("strategy", "owner"))
        self._condition("who")
        self._boxes("match", self._say("match-", _MATCHES))
        dos = self._say("web-studio-nobody-", ("wait", "next_rule", "pool", "overflow", "escalate"))
        self._choice("nobody", dos, **{"data-switch": ""})
        self._choice("nobody_pool", pools, nobody.get("pool", ""), **for_choice("nobody", "pool"))
        whom = nobody.get("rep", nobody.get("to", ""))
        self._choice("nobody_rep", known.people, whom, **for_choice("nobody", "overflow escalate"))
        self._note()
        self.initial = {
            "name": rule.get("rule", ""),
            "is_enabled": rule.get("is_enabled", True),
            "when": shown(rule.get("when")),
            "strategy": to.get("strategy", "fair_share"),
            **{key: to.get(key, "") for key in ("group", "of", "rep", "pool")},
            "if_absent": to.get("if_absent", "next_rule"),
            "if_departed": to.get("if_departed", "next_rule"),
            "who": shown(rule.get("who")),
            "match": rule.get("match", ()),
            "nobody": nobody.get("do", "wait"),
            "nobody_pool": nobody.get("pool", ""),
            "nobody_rep": whom,
            "note": rule.get("note", ""),
        }

    def values(self) -> dict[str, Any]:
        """The rule as plain values; what is missing is for the reader of documents to say."""
        return {
            "rule": self.typed("name"),
            "when": self.typed("when") or "true",
            "to": self._target(),
            "match": [one for one in _MATCHES if one in _many(self.data, "match")],
            "who": self.typed("who") or "true",
            "if_nobody": self._otherwise(),
            "is_enabled": bool(self.data.get("is_enabled")),
            "note": self.typed("note"),
        }

    def _target(self) -> dict[str, str]:
        strategy = self.typed("strategy")
        keys = {"owner": ("of", "if_absent", "if_departed"), "person": ("rep", "if_absent")}
        found = {"strategy": strategy}
        for key in keys.get(strategy, ("pool",) if strategy == "pool" else ("group",)):
            found[key] = self.typed(key)
        return found

    def _otherwise(self) -> dict[str, str]:
        do = self.typed("nobody")
        keys = {"pool": "pool", "overflow": "rep", "escalate": "to"}
        if do not in keys:
            return {"do": do}
        return {"do": do, keys[do]: self.typed("nobody_pool" if do == "pool" else "nobody_rep")}


class GroupForm(PartForm):
    """A group: everybody, whoever meets a condition, or people by name."""

    part = "group"
    places = MappingProxyType({"group": "name"})

    def __init__(
        self, words: Words, known: Known, group: Plain, data: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(words, data)
        who = group.get("who")
        self._text("name")
        reach = self._say("web-studio-reach-", ("everybody", "condition", "named"))
        self._choice("reach", reach, **{"data-switch": ""})
        self._condition("who", **for_choice("reach", "condition"))
        members = tuple(group.get("members", ()))
        self._people("members", known.people, members, **for_choice("reach", "condition named"))
        self._note()
        self.initial = {
            "name": group.get("group", ""),
            "reach": "named" if who is None and members else
                     "condition" if who not in (None, "true") else "everybody",
            "who": shown(who),
            "members": members,
            "note": group.get("note", ""),
        }  # fmt: skip

    def values(self) -> dict[str, Any]:
        """The group as plain values."""
        reach = self.typed("reach")
        who = {"everybody": "true", "condition": self.typed("who")}.get(reach)
        members = [] if reach == "everybody" else list(_many(self.data, "members"))
        return {
            "group": self.typed("name"),
            "who": who or None,
            "members": members,
            "note": self.typed("note"),
        }


class PointsForm(PartForm):
    """What a lead of each grade costs whoever gets it."""

    part = "points"

    def __init__(
        self, words: Words, points: Plain, grades: Sequence[str],
        data: Mapping[str, Any] | None = None,
    ) -> None:  # fmt: skip
        super().__init__(words, data)
        self.grades = list(grades)
        base = points.get("base", {})
        self.initial = {"note": points.get("note", "")}
        self.places = {grade: f"grade_{k}" for k, grade in enumerate(self.grades)}
        for k, grade in enumerate(self.grades):
            look = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
            field = forms.CharField(required=False, widget=look)
            field.label = words.text("web-studio-points-grade", grade=grade)
            self.fields[f"grade_{k}"] = field
            self.initial[f"grade_{k}"] = base.get(grade, "")
        self._note()

    def values(self) -> dict[str, Any]:
        """The keys of the section that this form sets."""
        typed = {grade: self.typed(f"grade_{k}") for k, grade in enumerate(self.grades)}
        base = {grade: number(value) for grade, value in typed.items() if value}
        return {"base": base, "note": self.typed("note")}


class SectionForm(PartForm):
    """A section of single settings, as a table says."""

    def __init__(
        self, words: Words, part: str, section: Plain, data: Mapping[str, Any] | None = None
    ) -> None:
        self.part = part
        super().__init__(words, data)
        self.initial = {}
        for name, kind in SECTIONS[part].items():
            if kind == "flag":
                self._flag(name)
            elif kind in ("number", "points"):
                self._text(name, most=20, attrs={"inputmode": "decimal"})
            elif kind == "span":
                self._text(name, most=20)
            elif kind == "note":
                self._text(name, most=_NOTE, rows=2)
            elif kind == "condition":
                self._condition(name)
            else:
                start = f"web-studio-{part}-{message_id(name)}-"
                self._choice(name, self._say(start, kind.split()))
            value = _value(section, name)
            self.initial[name] = shown(value) if kind == "condition" else value

    def field_at(self, rest: Sequence[str | int]) -> str | None:
        """… of a part of the section by both their names."""
        joined = "__".join(map(str, rest[:2]))
        return joined if joined in self.fields else super().field_at(rest)

    def values(self) -> dict[str, Any]:
        """The keys of the section; an empty number is left out, for it has a default."""
        found: dict[str, Any] = {}
        for name, kind in SECTIONS[self.part].items():
            value: Any = self.typed(name)
            if kind == "flag":
                value = bool(self.data.get(name))
            elif kind in ("number", "points", "span"):
                value = self.typed_number(name)
            elif kind == "condition":
                value = value or None
            section, _, key = name.rpartition("__")
            (found.setdefault(section, {}) if section else found)[key] = value
        return {
            # A part of a section of which nothing is set is not there.
            key: {name: one for name, one in value.items() if one is not None} or None
            if isinstance(value, dict)
            else value
            for key, value in found.items()
        }


# Section → setting → kind; `a__b` is the key b of the part a. Choices are written out.
SECTIONS: Mapping[str, Mapping[str, str]] = {
    "fairness": {
        "tau": "points",
        "band": "points",
        "grade_books": "flag",
        "basis": "entitlement equal_totals",
        "scope": "group company",
        "catch_up__mode": "none bounded",
        "catch_up__percent": "number",
        "colleagues": "names pseudonyms",
        "note": "note",
    },
    "capacity": {"open_items": "number", "open_points": "points", "note": "note"},
    "availability": {
        "leave": "exclude ignore",
        "leave_stops_days_before": "number",
        "leave_resumes_days_before_end": "number",
        "own_switch": "exclude ignore",
        "working_hours": "ignore exclude",
        "note": "note",
    },
    "duplicates": {
        "same_person": "merge attach new",
        "closed_days": "number",
        "similar_company": "attach ask ignore",
        "certainty": "number",
        "note": "note",
    },
    "holding": {"per_day": "number", "items": "number", "points": "points", "note": "note"},
    "clocks": {
        "most_hand_offs": "number",
        "locks__per_rep": "number",
        "locks__at_most": "span",
        "signs__burst_items": "number",
        "signs__burst_within": "span",
        "signs__copied_items": "number",
        "signs__copied_letters": "number",
        "signs__deadline_items": "number",
        "signs__deadline_within": "span",
        "note": "note",
    },
    "peace": {
        "owners": "number",
        "owners_within": "span",
        "contacts": "number",
        "contacts_within": "span",
        "quiet": "span",
        "one_owner_per_company": "flag",
        "note": "note",
    },
    "workload": {
        "caps": "shown kept",
        "utilization_percent": "number",
        "days_open": "number",
        "leads__new": "points",
        "leads__contacted": "points",
        "leads__qualified": "points",
        "opportunities__discovery": "points",
        "opportunities__proposal": "points",
        "opportunities__negotiation": "points",
        "accounts__key": "points",
        "accounts__other": "points",
        "channels__call": "number",
        "channels__wechat": "number",
        "channels__mail": "number",
        "channels__visit": "number",
        "channels__meeting": "number",
        "channels__note": "number",
        "around_minutes": "number",
        "over_percent": "number",
        "idle_percent": "number",
        "below_level_percent": "number",
        "note": "note",
    },
    "tasks": {
        "market__who": "condition",
        "market__per_day": "number",
        "market__holding": "number",
        "market__holding_points": "points",
        "market__give_back": "flag",
        "most_open": "number",
        "most_open_points": "points",
        "horizon_days": "number",
        "remind_before": "span",
        "tau_percent": "number",
        "note": "note",
    },
}


def number(text: str) -> int | str:
    """A whole number as one, anything else as typed: the reader of documents says what it is."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else text


def by_name(names: Iterable[str]) -> list[tuple[str, str]]:
    """Names to choose from, each shown as it is."""
    return [(one, one) for one in names]


def _value(section: Plain, name: str) -> Any:
    outer, _, key = name.rpartition("__")
    found = section.get(outer, {}).get(key) if outer else section.get(key)
    return "" if found is None else found


def shown(condition: Any) -> str:
    return "" if condition in (None, "true", True) else str(condition)


def for_choice(field: str, values: str) -> dict[str, str]:
    """Shown only while another field has one of these values."""
    return {"data-for": field, "data-values": values}


def _many(data: Any, name: str) -> tuple[str, ...]:
    get = getattr(data, "getlist", None)
    return tuple(get(name)) if get is not None else tuple(data.get(name, ()))
