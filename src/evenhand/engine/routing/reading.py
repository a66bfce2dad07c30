"""What a policy reads of an item: the facts a decision rests on, and nothing more.

Personal fields (name, phone, mail) never appear: conditions on them are answered here and only
the answers go on. Items with equal readings are decided alike, so everything that does not
depend on balances and loads is worked out once per reading.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from evenhand.engine.facts import Bar, Behaviour, ItemKind, Value
from evenhand.engine.reasons import Reason, reason_from_json


@dataclass(frozen=True, slots=True)
class Reading:
    """The values that a policy reads of one item, in the order in which the policy lists them."""

    kind: ItemKind
    values: tuple[Value, ...]  # aligned with Policy.paths_read
    answers: tuple[bool, ...] = ()  # aligned with Policy.personal_atoms
    behaviours: tuple[Behaviour, ...] = ()
    gave_back: tuple[str, ...] = ()
    bars: tuple[Bar, ...] = ()

    def barred(self, rep_id: str) -> Reason | None:
        """Why the customer's peace keeps the item from somebody; None = it does not."""
        return next((one.why for one in self.bars if rep_id not in one.but), None)

    def as_json(self) -> dict[str, Any]:
        """The reading as plain values, exact."""
        data: dict[str, Any] = {
            "kind": self.kind.value,
            "values": [value_to_json(value) for value in self.values],
        }
        if self.answers:
            data["answers"] = list(self.answers)
        if self.behaviours:
            data["behaviours"] = [
                [entry.kind, entry.at.isoformat(), entry.count] for entry in self.behaviours
            ]
        if self.gave_back:
            data["gave_back"] = list(self.gave_back)
        if self.bars:
            data["bars"] = [[one.why.as_json(), list(one.but)] for one in self.bars]
        return data

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Reading":
        """The inverse of `as_json`.

        :raises KeyError, ValueError: the data are not those of a reading.
        """
        return cls(
            kind=ItemKind(data["kind"]),
            values=tuple(value_from_json(value) for value in data["values"]),
            answers=tuple(bool(answer) for answer in data.get("answers", ())),
            behaviours=tuple(
                Behaviour(str(kind), datetime.fromisoformat(at), int(count))
                for kind, at, count in data.get("behaviours", ())
            ),
            gave_back=tuple(str(who) for who in data.get("gave_back", ())),
            bars=tuple(
                Bar(reason_from_json(why), tuple(str(who) for who in but))
                for why, but in data.get("bars", ())
            ),
        )


def value_to_json(value: Value) -> Any:
    """A value as JSON; what JSON has no type for is tagged, so that it comes back as it was."""
    match value:
        case None | bool() | int() | str():
            return value
        case Decimal():
            return {"number": str(value)}
        case datetime():
            return {"at": value.isoformat()}
        case date():
            return {"date": value.isoformat()}
        case time():
            return {"time": value.isoformat()}
        case tuple():
            return list(value)


def value_from_json(data: Any) -> Value:
    """The inverse of `value_to_json`.

    :raises ValueError: not such a value.
    """
    match data:
        case None | bool() | int() | str():
            return data
        case {"number": text}:
            return Decimal(text)
        case {"at": text}:
            return datetime.fromisoformat(text)
        case {"date": text}:
            return date.fromisoformat(text)
        case {"time": text}:
            return time.fromisoformat(text)
        case list():
            return tuple(str(part) for part in data)
    raise ValueError(f"not a value: {data!r}")
