"""Shares from a team file: who belongs to the team, and with what weight."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from evenhand.cli.checkup.holding import settled_name
from evenhand.engine.checkup.holdings import Holding
from evenhand.engine.facts import FULL_WEIGHT
from evenhand.sheets.columns.extract import role_readers
from evenhand.sheets.columns.roles import Purpose
from evenhand.sheets.reading.open import open_table
from evenhand.sheets.understand import understand
from evenhand.sheets.values.problem import Problem


class UnusableWeights(Exception):
    """Nobody in the team file stands in the history as an owner."""


def read_weights(path: Path, holdings: Iterable[Holding]) -> dict[str, int]:
    """Weights in hundredths by the owner's name as it stands in the history.

    People are matched by id, name or mail address; someone without a weight has a full share.

    :raises UnreadableSheet: the file, or a row of it, cannot be read.
    :raises UnusableWeights: none of these people owned anything.
    """
    table = open_table(path)
    readers = role_readers(understand(table, Purpose.TEAM))
    owners = {owner.casefold(): owner for owner in {h.rep_id for h in holdings}}
    weights: dict[str, int] = {}
    for _, row in table.every_row():
        values = {role: read(row) for role, read in readers.items()}
        owner = _owner(values, owners)
        if owner is not None:
            weight = values.get("weight")
            weights[owner] = weight if isinstance(weight, int) else FULL_WEIGHT
    if not any(weights.values()):
        raise UnusableWeights(path.name)
    return weights


def _owner(values: Mapping[str, Any], owners: Mapping[str, str]) -> str | None:
    for role in ("name", "id", "email"):
        value = values.get(role)
        if value is not None and not isinstance(value, Problem):
            owner = owners.get(settled_name(str(value)).casefold())
            if owner is not None:
                return owner
    return None
