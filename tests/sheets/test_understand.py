"""From a file to the meaning of its columns."""

from pathlib import Path

import pytest

from evenhand.sheets.columns.override import UnreadableOverride
from evenhand.sheets.columns.roles import Purpose
from evenhand.sheets.understand import understand
from evenhand.sheets.values.dates import DateOrder
from tests.sheets.files import table


def test_a_date_order_shown_below_the_sample_still_counts(tmp_path: Path) -> None:
    text = "name,created\n" + "Ann,1/2/2026\n" * 3_000 + "Bob,13/2/2026\n"

    found = understand(table(tmp_path, text), Purpose.LEADS)

    assert found.of("created_at")[0].date_order is DateOrder.DAY
    assert [note.code for note in found.notes] == ["sheet.date_order_shown"]


def test_a_contradiction_below_the_sample_is_found_too(tmp_path: Path) -> None:
    text = "name,created\n" + "Ann,13/2/2026\n" * 3_000 + "Bob,2/13/2026\n"

    found = understand(table(tmp_path, text), Purpose.LEADS)

    assert found.of("created_at")[0].date_order is None
    assert [note.code for note in found.notes] == ["sheet.date_order_mixed"]


def test_the_users_word_is_heard(tmp_path: Path) -> None:
    found = understand(table(tmp_path, "x,y\n1,2\n"), Purpose.LEADS, said=["x=id", "y=忽略"])

    assert found.roles == ("id",)
    assert not found.custom


def test_a_word_that_names_no_column_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableOverride):
        understand(table(tmp_path, "x,y\n1,2\n"), Purpose.LEADS, said=["z=id"])
