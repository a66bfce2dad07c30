"""What reps are good at, as fixed tables of odds: the chance that a rep wins an item.

The tables stand in the policy version and never change under it; `scoring.learn` makes them.
A chance is odds ÷ (1 + odds), and odds are a product of factors, so that everything is integer
arithmetic: base × level of each of the item's values × the rep × the rep in each segment.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated, Any

from pydantic import Field, model_validator

from evenhand.engine.facts import Value
from evenhand.engine.refusal import refusal
from evenhand.engine.values import Name, Section, Whole

WHOLE = 1_000_000  # a chance of 1, a factor of 1, one unit of value: in millionths
FEWEST_OUTCOMES = 200

# 1 : 10,000 and 10,000 : 1; what lies beyond is no knowledge of an item or a person.
SMALLEST_ODDS, LARGEST_ODDS = 100, 10_000_000_000
Odds = Annotated[Whole, Field(ge=SMALLEST_ODDS, le=LARGEST_ODDS)]
Millionths = Annotated[Whole, Field(ge=0, le=10**18)]
FieldPath = Annotated[str, Field(pattern=r"^(lead|company)\.[^\s.]+$", max_length=200)]


class SkillTables(Section):
    """Learnt odds, as published with a policy version; factors in millionths: 1,240,000 = ×1.24.

    `base_odds` is won ÷ lost for an item at level 1 of everything. `levels` says how the item's
    own values shift the odds, whoever has it; `reps` how the rep does in general; `skills` how
    the rep does with one value of one segment, beyond that. What a table does not name is ×1: a
    newcomer is expected to do as the others do.

    `kappa` (κ) is the value per point, in millionths, at which fit is full.
    """

    segments: Annotated[tuple[FieldPath, ...], Field(max_length=6)]
    base_odds: Odds
    levels: dict[FieldPath, dict[str, Odds]] = Field(default_factory=dict)
    reps: dict[Name, Odds] = Field(default_factory=dict)
    skills: dict[Name, dict[FieldPath, dict[str, Odds]]] = Field(default_factory=dict)
    value_field: FieldPath | None = None
    default_value: Millionths = WHOLE
    kappa: Annotated[Millionths, Field(ge=1)]
    outcome_count: Whole

    @model_validator(mode="after")
    def _rests_on_enough(self) -> "SkillTables":
        if self.outcome_count < FEWEST_OUTCOMES:
            raise refusal(
                "fit.too_few_outcomes",
                "outcome_count is {count}: skill is learnt from at least {needed} outcomes",
                count=self.outcome_count,
                needed=FEWEST_OUTCOMES,
            )
        for rep, by_field in self.skills.items():
            for path in by_field:
                if path not in self.segments:
                    raise refusal(
                        "fit.segment_unknown",
                        "skills of {rep} name {field}, which is not among the segments",
                        rep=rep,
                        field=path,
                    )
        return self


def segment_key(value: Value) -> str:
    """The row of a table to which a value belongs; a missing value has the row ""."""
    if value is None:
        return ""
    if isinstance(value, tuple):
        return "|".join(sorted(segment_key(part) for part in value))
    return str(value).strip().casefold()


class Skill:
    """Tables made ready for reading; what it remembers changes no answer."""

    __slots__ = ("_level_fields", "_remembered", "fields_read", "tables")

    _MOST_REMEMBERED = 4096

    def __init__(self, tables: SkillTables) -> None:
        self.tables = tables
        self._level_fields = tuple(sorted({*tables.levels, *tables.segments}))
        self.fields_read: frozenset[str] = frozenset(self._level_fields) | (
            frozenset() if tables.value_field is None else frozenset({tables.value_field})
        )
        self._remembered: dict[tuple[str, ...], dict[str, int]] = {}

    def keys(self, read: Any) -> tuple[str, ...]:
        """The rows an item belongs to; `read` gives the value of a field path."""
        return tuple(segment_key(read(path)) for path in self._level_fields)

    def chances(self, keys: tuple[str, ...], rep_ids: Iterable[str]) -> list[int]:
        """The chance, in millionths, that each rep wins an item of these rows."""
        known = self._remembered.get(keys)
        if known is None:
            if len(self._remembered) >= self._MOST_REMEMBERED:
                self._remembered.clear()
            known = self._remembered[keys] = {}
        found = []
        for rep_id in rep_ids:
            chance = known.get(rep_id)
            if chance is None:
                chance = known[rep_id] = self._chance(keys, rep_id)
            found.append(chance)
        return found

    def unknown_segments(self, keys: tuple[str, ...]) -> tuple[str, ...]:
        """The segment fields whose value no past outcome had."""
        rows = dict(zip(self._level_fields, keys, strict=True))
        levels = self.tables.levels
        return tuple(
            path for path in self.tables.segments if rows[path] not in levels.get(path, {})
        )

    def _chance(self, keys: tuple[str, ...], rep_id: str) -> int:
        tables = self.tables
        nothing: Mapping[str, Mapping[str, int]] = {}
        skills = tables.skills.get(rep_id, nothing)
        factors = [tables.base_odds, tables.reps.get(rep_id, WHOLE)]
        for path, key in zip(self._level_fields, keys, strict=True):
            factors.append(tables.levels.get(path, {}).get(key, WHOLE))
            factors.append(skills.get(path, {}).get(key, WHOLE))
        return chance_of(factors)


def chance_of(factors: Sequence[int]) -> int:
    """odds ÷ (1 + odds) in millionths, rounded down; the odds are the product of the factors."""
    won, lost = 1, 1
    for factor in factors:
        won *= factor
        lost *= WHOLE
    return WHOLE * won // (won + lost)
