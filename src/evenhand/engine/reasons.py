"""Reason codes with parameters. The words, in three languages, are `evenhand.wording`'s business.

A code is `area.what`; its parameters are plain values (text, integers, booleans, ISO times).
Every code stands in CODES with the names of its parameters, so that a missing or surplus
parameter is an error here and a missing sentence is an error in the tests.
"""

from collections.abc import Mapping
from dataclasses import dataclass

Param = str | int | bool | None | tuple["Param", ...]

# One block per area, in alphabetical order; each line: code → names of its parameters.
CODES: Mapping[str, tuple[str, ...]] = {
    # condition: why a condition held or failed (engine/conditions)
}


@dataclass(frozen=True, slots=True)
class Reason:
    """One code with its parameters, in the order in which CODES names them."""

    code: str
    params: tuple[tuple[str, Param], ...] = ()

    def __getitem__(self, name: str) -> Param:
        """The parameter of this name."""
        return dict(self.params)[name]

    def as_json(self) -> dict[str, Param]:
        """The reason as one flat JSON object; `code` comes first."""
        return {"code": self.code, **dict(self.params)}


def reason(code: str, /, **params: Param) -> Reason:
    """Build a reason.

    :raises KeyError: no such code.
    :raises TypeError: the parameters are not those of the code.
    """
    names = CODES[code]
    if set(names) != set(params):
        raise TypeError(f"{code} takes {', '.join(names) or 'nothing'}, not {', '.join(params) or 'nothing'}")
    return Reason(code, tuple((name, params[name]) for name in names))


def reason_from_json(data: Mapping[str, object]) -> Reason:
    """The inverse of `Reason.as_json`; lists become tuples.

    :raises KeyError, TypeError: as `reason`.
    """
    params = {name: _frozen(value) for name, value in data.items() if name != "code"}
    return reason(str(data["code"]), **params)


def _frozen(value: object) -> Param:
    if isinstance(value, list | tuple):
        return tuple(_frozen(part) for part in value)
    if value is None or isinstance(value, str | int | bool):
        return value
    raise TypeError(f"a reason's parameter must be text, integer, boolean or a list of them, not {value!r}")
