"""The forms of a pool (公海) and of a rule of clocks (时限规则)."""

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, get_args

from evenhand.engine.pool.section import ClaimTerms, ClockName, HiddenField, Kind, Missed
from evenhand.web.policies.part_forms import (
    Block,
    Known,
    PartForm,
    Plain,
    by_name,
    for_choice,
    shown,
)
from evenhand.wording.catalogue import Words, message_id

_KINDS: tuple[str, ...] = get_args(Kind)
_FIELDS: tuple[str, ...] = get_args(HiddenField)
_CLOCKS: tuple[str, ...] = get_args(ClockName)
_MISSED: tuple[str, ...] = get_args(Missed)
_DIGITS = {"inputmode": "decimal"}
# What a pool hides and holds where its entry does not say.
_HIDDEN = ("phone", "email")
_HOLDS = ("lead",)

_CLAIM = (
    "per_day", "holding_items", "holding_points", "cool_down", "fresh_for", "at_once", "choose_of",
)  # fmt: skip
_CLAIM_FLAGS = ("counts_won", "blind")
_PRICE = ("start_percent", "less_per_day_percent", "less_per_owner_percent", "least_percent")
_USUAL_CLAIM = ClaimTerms().model_dump(mode="json", exclude_none=True)


class PoolForm(PartForm):
    """A pool: what it holds, who sees and claims, on which terms and at what price."""

    part = "pool"
    places = MappingProxyType({"pool": "name", "claim": "per_day", "price": "start_percent"})

    def __init__(
        self, words: Words, known: Known, pool: Plain, data: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(words, data)
        claim, price = pool.get("claim") or {}, pool.get("price") or {}
        named = tuple(pool.get("administrators") or ())
        self._text("name")
        self._boxes("holds", self._say("item-kind-", _KINDS))
        modes = self._say("web-studio-pool-mode-", ("claim", "assign_only"))
        self._choice("mode", modes, **{"data-switch": ""})
        self._condition("who", **for_choice("mode", "claim"))
        self._people("administrators", known.people_by_id, named)
        self._condition("takes")
        self._boxes("hidden", self._say("web-studio-pool-hides-", _FIELDS))
        none = ("", words.text("web-studio-pool-group-none"))
        groups = [none, *by_name(known.groups)]
        self._choice("group", groups, pool.get("group") or "")
        self._condition("fits")
        for name in (*_PRICE, *_CLAIM):
            self._text(name, most=20, attrs={} if name in _SPANS else _DIGITS)
        for name in _CLAIM_FLAGS:
            self._flag(name)
        self._note()
        self.initial = {
            "name": pool.get("pool", ""),
            "holds": pool.get("holds") or _HOLDS,
            "mode": pool.get("mode") or "claim",
            "who": shown(pool.get("who")),
            "administrators": named,
            "takes": shown(pool.get("takes")),
            "hidden": _HIDDEN if pool.get("hidden") is None else pool["hidden"],
            "group": pool.get("group") or "",
            **{name: price.get(name, "") for name in _PRICE},
            **{name: _filled(claim, name) for name in (*_CLAIM, *_CLAIM_FLAGS)},
            "fits": shown(claim.get("fits")),
            "note": pool.get("note", ""),
        }

    @property
    def blocks(self) -> Sequence[Block]:
        """Who and what; the price; the limits of claiming."""
        title = self.words.text
        return (
            Block("", [self[name] for name in _POOL_HEAD]),
            Block(title("web-studio-pool-price"), [self[name] for name in _PRICE]),
            Block(
                title("web-studio-pool-claim"),
                [self[name] for name in ("fits", *_CLAIM, *_CLAIM_FLAGS)],
            ),
            Block("", [self["note"]]),
        )

    def values(self) -> dict[str, Any]:
        """The pool as plain values; what is empty or usual is left out."""
        claim: dict[str, Any] = {name: self.typed_number(name) for name in _CLAIM}
        claim |= {name: True if self.data.get(name) else None for name in _CLAIM_FLAGS}
        claim["fits"] = self.typed("fits") or None
        claim = {key: value for key, value in _set(claim).items() if value != _USUAL_CLAIM.get(key)}
        price = _set({name: self.typed_number(name) for name in _PRICE})
        holds, hidden = self.chosen("holds"), self.chosen("hidden")
        return {
            "pool": self.typed("name"),
            "holds": None if holds in (_HOLDS, ()) else list(holds),
            "mode": "assign_only" if self.typed("mode") == "assign_only" else None,
            "who": self.typed("who") or None,
            "administrators": list(self.chosen("administrators")) or None,
            "takes": self.typed("takes") or None,
            "hidden": None if hidden == _HIDDEN else list(hidden),
            "group": self.typed("group") or None,
            "claim": claim or None,
            "price": price or None,
            "note": self.typed("note") or None,
        }


_SPANS = ("cool_down", "fresh_for")
_POOL_HEAD = ("name", "holds", "mode", "who", "administrators", "takes", "hidden", "group")

# What each clock can be asked, in the order of the form; evidence moves only some of them.
_MOVED = ("next_step", "untouched", "no_opportunity", "no_deal", "stage")
_REMIND = MappingProxyType({"warn": "owner", "warn_manager": "manager"})
_BETWEEN = re.compile(r"[,，、;；]")
EXAMPLE = "3d, 8d, 10d, 12d, 14d, 16d, 18d"


class ClockRuleForm(PartForm):
    """Whose clocks run, each with its time, its reminders and what happens when it is over."""

    part = "clock-rule"
    places = MappingProxyType({"rule": "name"})

    def __init__(
        self, words: Words, known: Known, rule: Plain, data: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(words, data)
        self.was: dict[str, Plain] = {}
        self.further: list[Plain] = []  # more clocks of one name, kept as they are
        for clock in rule.get("clocks", ()):
            if clock["clock"] in self.was:
                self.further.append(clock)
            else:
                self.was[clock["clock"]] = clock
        self.built: list[str] = []
        extension = rule.get("extension") or {}
        self._text("name")
        self._flag("is_on")
        self._choice("kind", self._say("item-kind-", _KINDS))
        self._condition("when")
        self._condition("who")
        times = self._say("web-studio-clock-rule-time-", ("working", "real"))
        self._choice("time", times)
        for clock in _CLOCKS:
            self._clock(clock)
        first = ("", words.text("web-studio-clock-rule-to-pool-first"))
        pools = [first, *by_name(known.pools)]
        self._choice("to_pool", pools, rule.get("to_pool") or "")
        for name in _EXTENSION:
            self._text(name, most=20, attrs={} if name == "by" else _DIGITS)
        self._flag("needs_manager")
        self._text("touches", most=200)
        self._note()
        self.initial = {
            "name": rule.get("rule", ""),
            "is_on": rule.get("is_on", True),
            "kind": rule.get("kind", "lead"),
            "when": shown(rule.get("when")),
            "who": shown(rule.get("who")),
            "time": rule.get("time", "working"),
            **{key: value for clock in self.was.values() for key, value in _clock_shown(clock)},
            "to_pool": rule.get("to_pool") or "",
            **{name: extension.get(name, "") for name in (*_EXTENSION, "needs_manager")},
            "touches": EXAMPLE,
            "note": rule.get("note", ""),
        }
        for clock in _CLOCKS:
            if clock not in self.was:
                self.initial[f"{clock}_missed"] = _USUAL_END.get(clock, ("pool",))

    def _clock(self, clock: str) -> None:
        for name in _asked(clock):
            self._text(f"{clock}_{name}", most=80, said_as=name)
        ends = self._say("web-studio-missed-", _MISSED)
        self._boxes(f"{clock}_missed", ends, said_as="missed")

    @property
    def blocks(self) -> Sequence[Block]:
        """The rule, then each clock folded unless it is set, then what follows."""
        data = self.data if self.is_bound else self.initial
        return (
            Block("", [self[name] for name in ("name", "is_on", "kind", "when", "who", "time")]),
            *(
                Block(
                    self.words.text(f"clock-name-{message_id(clock)}"),
                    [self[f"{clock}_{name}"] for name in (*_asked(clock), "missed")],
                    is_open=bool(data.get(f"{clock}_after")),
                )
                for clock in _CLOCKS
            ),
            Block("", [self["to_pool"]]),
            Block(
                self.words.text("web-studio-clock-rule-extension"),
                [self[name] for name in (*_EXTENSION, "needs_manager")],
                is_open=bool(data.get("by")),
            ),
            Block("", [self["note"]]),
        )

    def field_at(self, rest: Sequence[str | int]) -> str | None:
        """… a clock's by its place among those that are set."""
        if len(rest) > 1 and rest[0] == "clocks" and isinstance(rest[1], int):
            clock = self.built[rest[1]] if rest[1] < len(self.built) else ""
            names = [f"{clock}_{step}" for step in reversed(rest[2:])]
            return next((name for name in (*names, f"{clock}_after") if name in self.fields), None)
        return super().field_at(rest)

    def values(self) -> dict[str, Any]:
        """The rule as plain values; a clock without a time is not there."""
        clocks = [self._clock_values(clock) for clock in _CLOCKS if self.typed(f"{clock}_after")]
        clocks += map(dict, self.further)
        self.built = [clock["clock"] for clock in clocks]
        extension = _set({name: self.typed_number(name) for name in _EXTENSION})
        if extension and self.data.get("needs_manager"):
            extension["needs_manager"] = True
        return {
            "rule": self.typed("name"),
            "is_on": bool(self.data.get("is_on")),
            "kind": self.typed("kind") or "lead",
            "when": self.typed("when") or "true",
            "who": self.typed("who") or "true",
            "time": self.typed("time") or "working",
            "clocks": clocks,
            "to_pool": self.typed("to_pool") or None,
            "extension": extension or None,
            "note": self.typed("note"),
        }

    def _clock_values(self, clock: str) -> dict[str, Any]:
        was = self.was.get(clock, {})
        found: dict[str, Any] = {"clock": clock, "after": self.typed(f"{clock}_after")}
        for name in ("extends", "at_most"):
            shown_here = name in _asked(clock)
            found[name] = self.typed(f"{clock}_{name}") if shown_here else was.get(name)
        if clock == "stage":
            found["stages"] = several(self.typed("stage_stages"))
        found["warn"] = self._reminders(clock, was)
        found["missed"] = [one for one in _MISSED if one in self.chosen(f"{clock}_missed")]
        return {key: value for key, value in found.items() if value not in (None, "")}

    def _reminders(self, clock: str, was: Plain) -> list[dict[str, Any]]:
        """Each time once, with all who are told; administrators told before stay so."""
        told: dict[str, list[str]] = {}
        for name, whom in _REMIND.items():
            for left in several(self.typed(f"{clock}_{name}")):
                told.setdefault(left, []).append(whom)
        for one in was.get("warn", ()):
            if "administrator" in one["tell"]:
                told.setdefault(one["left"], []).append("administrator")
        return [{"left": left, "tell": tell} for left, tell in told.items()]


_EXTENSION = ("by", "times", "cost_percent")
_USUAL_END = MappingProxyType(
    {"accept": ("reassign",), "first_contact": ("warn_manager", "reassign")}
)


def _asked(clock: str) -> tuple[str, ...]:
    moved = ("extends", "at_most") if clock in _MOVED else ()
    stages = ("stages",) if clock == "stage" else ()
    return (*stages, "after", *moved, *_REMIND)


def _clock_shown(clock: Plain) -> list[tuple[str, Any]]:
    name = clock["clock"]
    found: list[tuple[str, Any]] = [
        (f"{name}_{key}", clock.get(key) or "") for key in ("after", "extends", "at_most")
    ]
    found += [
        (f"{name}_{field}", ", ".join(one["left"] for one in clock["warn"] if whom in one["tell"]))
        for field, whom in _REMIND.items()
    ]
    found.append((f"{name}_stages", ", ".join(clock.get("stages", ()))))
    found.append((f"{name}_missed", clock.get("missed", ())))
    return found


def several(text: str) -> list[str]:
    """What was typed as a list, with commas of any kind between."""
    return [part.strip() for part in _BETWEEN.split(text) if part.strip()]


def _set(values: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value is not None}


def _filled(claim: Plain, name: str) -> Any:
    """What stands in a field of the claim's terms: nothing where there is no limit."""
    value = claim.get(name, "")
    return "" if value == _USUAL_CLAIM.get(name) else value
