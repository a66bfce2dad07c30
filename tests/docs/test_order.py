"""The order in which several processes take the tests."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT
from tests.order import LONG, begun_first


@dataclass(frozen=True)
class Item:
    """Of a test only where it stands."""

    path: Path


def _item(folder: str, number: int) -> Any:
    return Item(ROOT / "tests" / folder / f"test_{number}.py")


def test_the_folders_that_take_long_are_there() -> None:
    assert all((ROOT / "tests" / name).is_dir() for names in LONG for name in names)


@pytest.mark.parametrize("processes", [2, 3])
def test_each_process_begins_with_long_tests_and_none_is_lost(processes: int) -> None:
    long = [_item(name, number) for number in range(2) for names in LONG for name in names]
    items = [*(_item("engine/ledger", number) for number in range(101)), *long]

    ordered = begun_first(items, processes)

    assert sorted(ordered, key=str) == sorted(items, key=str)
    first = [ordered[len(items) * number // processes] for number in range(2)]
    assert first == [_item(names[0], 0) for names in LONG]


def test_more_long_tests_than_a_part_holds_are_all_there() -> None:
    items = [_item(LONG[0][0], number) for number in range(9)]

    assert begun_first(items, 2) == items
