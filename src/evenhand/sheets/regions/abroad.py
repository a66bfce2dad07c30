"""Places outside China: the country, and of the United States the state and the ZIP3 area.

A path begins with the two letters of the country (ISO 3166): US/California/941, DE/Bayern, JP.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from evenhand.sheets.regions.characters import plain
from evenhand.sheets.regions.tables import SEPARATOR, rows

_DRESS = re.compile(r"[^\w]+")
_STATE_RANKS = re.compile(r"(?:州|state|stateof)$|^stateof")
# At the end of an American address: "Austin, TX 78701" or "…, Texas 78701-1234, USA".
_TAIL = re.compile(
    r"\b(?P<state>[A-Z]{2}|[A-Z][a-z]+(?: [A-Z][a-z]+)?)[\s,]+(?P<zip>\d{5})(?:-\d{4})?\b"
)
_ZIP = re.compile(r"(\d{5})(?:-?\d{4})?")


@dataclass(frozen=True, slots=True)
class StateAndZip:
    """Two letters of an American state, and three digits of the ZIP code; "" if not known."""

    state: str = ""
    zip3: str = ""


@lru_cache(maxsize=1)
def _countries() -> Mapping[str, str]:
    return {
        _key(name): row["code"]
        for row in rows("countries")
        for name in (row["code"], *row["names"].split(SEPARATOR))
    }


@lru_cache(maxsize=1)
def _states() -> Mapping[str, str]:
    return {
        _key(name): row["code"]
        for row in rows("us_states")
        for name in (row["code"], row["name"], *row["chinese"].split(SEPARATOR))
    }


@lru_cache(maxsize=1)
def _state_names() -> Mapping[str, str]:
    return {row["code"]: row["name"] for row in rows("us_states")}


@lru_cache(maxsize=1)
def _zip3_states() -> Mapping[str, tuple[str, ...]]:
    return {
        f"{area:03}": tuple(row["state"].split(SEPARATOR))
        for row in rows("us_zip3")
        for area in range(int(row["from"]), int(row["to"]) + 1)
    }


def country_of(written: str) -> str:
    """The two letters of a country by its name in Chinese or English or its code; "" if none."""
    return _countries().get(_key(written), "") if written.strip() else ""


def state_of(written: str) -> str:
    """The two letters of an American state by its name or letters; "" if none."""
    key = _key(written)
    return _states().get(key) or _states().get(_STATE_RANKS.sub("", key), "")


def state_name(state: str) -> str:
    """The name of an American state: CA is California."""
    return _state_names().get(state, state)


def zip3_of(postcode: str) -> str:
    """The first three digits of an American ZIP code; "" if it is none."""
    found = _ZIP.fullmatch(postcode.strip())
    return found[1][:3] if found and found[1][:3] in _zip3_states() else ""


def states_of_zip3(zip3: str) -> tuple[str, ...]:
    """The states in which a ZIP3 area lies; one, except for the odd border."""
    return _zip3_states().get(zip3, ())


def american_tail(address: str) -> StateAndZip | None:
    """State and ZIP at the end of an address, where both agree."""
    for found in reversed([*_TAIL.finditer(address)]):
        state, zip3 = state_of(found["state"]), zip3_of(found["zip"])
        if state and state in states_of_zip3(zip3):
            return StateAndZip(state, zip3)
    return None


def american_path(place: StateAndZip) -> str:
    """The path of a place in the United States, as far as it is known."""
    steps = ["US", state_name(place.state) if place.state else "", place.zip3]
    return "/".join(steps[: 1 + bool(place.state) + bool(place.state and place.zip3)])


def _key(name: str) -> str:
    return _DRESS.sub("", plain(name)).lower()
