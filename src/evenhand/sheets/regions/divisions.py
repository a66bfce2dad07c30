"""Divisions of a country, and what became of those that are no more."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Level(StrEnum):
    """How large a division is; towns and streets are not kept."""

    PROVINCE = "province"
    CITY = "city"  # prefectures, leagues and regions too
    COUNTY = "county"


@dataclass(frozen=True, slots=True)
class Division:
    """A division of today by its six-digit code; `parent` is "" for a province."""

    code: str
    name: str
    level: Level
    parent: str


class Fate(StrEnum):
    """What happened to a division of old; each is worded by the reason `region.<fate>`."""

    RENAMED = "renamed"
    RAISED = "raised"  # another rank: a county became a district or a city
    MERGED = "merged"
    MOVED = "moved"  # the same, under another city
    SPLIT = "split"


class Decree(StrEnum):
    """Who decided it."""

    STATE = "state"  # the State Council
    MINISTRY = "ministry"  # the Ministry of Civil Affairs
    LOCAL = "local"  # the authorities of the place
    COMPANY = "company"  # a file of the company's own says so


@dataclass(frozen=True, slots=True)
class Change:
    """One division of old: its name, the year it ended, and the codes it is today."""

    old: str
    year: int
    fate: Fate
    decree: Decree
    became: tuple[str, ...]
    parent: str = ""  # the name of the city that it lay in


@dataclass(frozen=True, slots=True)
class DivisionList:
    """All that is known of divisions; `spellings` are further names, `english` those in Latin."""

    names: Mapping[str, str]  # code → official name
    changes: tuple[Change, ...] = ()
    spellings: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    english: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def level_of(code: str) -> Level:
    """The level that a code says: 330000, 330100, 330110."""
    if code.endswith("0000"):
        return Level.PROVINCE
    return Level.CITY if code.endswith("00") else Level.COUNTY


def parent_code(code: str, names: Mapping[str, str]) -> str:
    """The code of what contains it; a county directly under a province has the province."""
    if level_of(code) is Level.PROVINCE:
        return ""
    city = code[:4] + "00"
    return city if city != code and city in names else code[:2] + "0000"
