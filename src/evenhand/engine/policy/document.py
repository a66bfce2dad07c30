"""The policy document of one business line (业务线): every section, one version number.

Each section's schema lives beside the part of the engine that reads it; this file only puts them
together. A document is immutable; its canonical JSON is what is stored and digested, YAML is a
view of it, and remarks live in `note`.
"""

import json
from hashlib import sha256
from typing import Any, Literal

from pydantic import Field, field_validator

from evenhand.engine.facts import FieldSpec, FieldType, Regions
from evenhand.engine.ledger.section import FairnessSection
from evenhand.engine.matching.section import DuplicatesSection
from evenhand.engine.pool.section import (
    ClocksSection,
    HoldingSection,
    PeaceSection,
    PoolTerms,
)
from evenhand.engine.refusal import refusal
from evenhand.engine.routing.fit import FitSection
from evenhand.engine.routing.section import (
    AvailabilitySection,
    CapacitySection,
    ExplorationSection,
    Group,
    Level,
    Rule,
    Territory,
)
from evenhand.engine.scoring.section import GradesSection, PointsSection, ScoringSection
from evenhand.engine.values import Count, Flag, Name, Section
from evenhand.engine.workload.section import WorkloadSection
from evenhand.engine.workload.tasks_section import TasksSection

SCHEMA_VERSION = 1


class CustomField(Section):
    """A field of the company's own that conditions may name: `lead.urgency`, `rep.certificate`."""

    field: Name
    type: FieldType
    choices: tuple[Name, ...] = ()
    is_personal: Flag = False
    note: str = ""

    @field_validator("field")
    @classmethod
    def _has_a_root(cls, value: str) -> str:
        root, dot, name = value.partition(".")
        if root not in ("lead", "company", "rep") or not dot or not name:
            raise refusal(
                "policy.field_without_root",
                "the field {value} must start with lead., company. or rep. and go on",
                value=value,
            )
        return value


class PolicyDocument(Section):
    """All rules of one business line."""

    schema_version: Literal[1] = Field(default=1, alias="schema")
    line: Name = "default"
    version: Count = 1
    note: str = ""
    fields: tuple[CustomField, ...] = ()
    regions: dict[Name, tuple[Name, ...]] = Field(default_factory=dict)
    region_aliases: dict[Name, Name] = Field(default_factory=dict)
    scoring: ScoringSection | None = None
    grades: GradesSection
    points: PointsSection
    levels: tuple[Level, ...] = ()
    groups: tuple[Group, ...]
    territories: tuple[Territory, ...] = ()
    pools: tuple[PoolTerms, ...] = ()
    rules: tuple[Rule, ...]
    fit: FitSection = FitSection()
    capacity: CapacitySection = CapacitySection()
    fairness: FairnessSection = FairnessSection()
    availability: AvailabilitySection = AvailabilitySection()
    exploration: ExplorationSection = ExplorationSection()
    duplicates: DuplicatesSection | None = None
    holding: HoldingSection | None = None
    clocks: ClocksSection | None = None
    peace: PeaceSection | None = None
    tasks: TasksSection | None = None
    workload: WorkloadSection | None = None

    def as_plain(self) -> dict[str, Any]:
        """The document as plain JSON values, defaults written out: nothing hidden."""
        return self.model_dump(mode="json", by_alias=True, exclude_none=True)

    def canonical_json(self) -> str:
        """One text per meaning: sorted keys, no spaces, Unicode as it is."""
        return json.dumps(
            self.as_plain(), ensure_ascii=False, sort_keys=True, separators=(",", ":")
        )

    def digest(self) -> str:
        """SHA-256 of the canonical JSON, in hex."""
        return sha256(self.canonical_json().encode()).hexdigest()

    @property
    def field_specs(self) -> tuple[FieldSpec, ...]:
        """The custom fields as the conditions' schema knows fields."""
        return tuple(
            FieldSpec(root, name, one.type, one.is_personal, one.choices)
            for one in self.fields
            for root, _, name in [one.field.partition(".")]
        )

    @property
    def region_tree(self) -> Regions:
        """The regions as a tree: what each large region contains, and other spellings."""
        parents = {inner: outer for outer, inners in self.regions.items() for inner in inners}
        return Regions(parents=parents, aliases=dict(self.region_aliases))

    @property
    def label(self) -> str:
        """Line, version and the first digits of the digest: what receipts name."""
        return f"{self.line}/{self.version}/{self.digest()[:12]}"
