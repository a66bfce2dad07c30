"""An example item: the values of its fields by path, and how it is told."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from evenhand.engine.conditions import FieldRef
from evenhand.engine.conditions.operands import constant_text
from evenhand.engine.facts import NOTHING, Behaviour, Company, Item, ItemKind, Value
from evenhand.engine.policy.domains import KIND, NOW


@dataclass(frozen=True, slots=True)
class Example:
    """An item (beside a person, where conditions ask for one) and the moment it is looked at."""

    values: tuple[tuple[str, Value], ...]
    behaviours: tuple[Behaviour, ...] = ()

    @property
    def texts(self) -> tuple[str, ...]:
        """The example as conditions would write it, field by field; the usual kind is not said."""
        said = [
            _value_text(path, value)
            for path, value in self.values
            if (path, value) != (KIND, ItemKind.LEAD.value)
        ]
        said += [f"behavior = {constant_text(b.kind)} × {b.count}" for b in self.behaviours]
        return tuple(said)


def _value_text(path: str, value: Value) -> str:
    if path == NOW:
        assert isinstance(value, datetime)
        return f"now.at = {constant_text(value)}"
    field = FieldRef.of(path).text
    if value is None:
        return f"{field} is empty"
    if isinstance(value, tuple):
        return f"{field} = ({', '.join(map(constant_text, value))})"
    return f"{field} = {constant_text(value)}"


def item_of(values: Mapping[str, Value], behaviours: tuple[Behaviour, ...] = ()) -> Item | None:
    """The item of these values; None if they contradict each other: no company, yet its region."""
    lead = _fields(values, "lead")
    company = _fields(values, "company")
    has_company = any(value is not None for value in company.values())
    company_id = company.pop("id", "example" if has_company else None)
    if company_id is None and has_company:
        return None
    owner = company.pop("owner", None)
    kind = lead.pop("kind", None)
    return Item(
        id=str(lead.pop("id", None) or "example"),
        fields=lead or NOTHING,
        kind=ItemKind.LEAD if kind is None else ItemKind(str(kind)),
        company=None
        if company_id is None
        else Company(str(company_id), company, None if owner is None else str(owner)),
        behaviours=behaviours,
    )


def _fields(values: Mapping[str, Value], root: str) -> dict[str, Value]:
    return {
        name: value
        for path, value in values.items()
        for start, _, name in [path.partition(".")]
        if start == root
    }
