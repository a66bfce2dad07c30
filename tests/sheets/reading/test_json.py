"""JSON files as tables: lists, envelopes, an object a line; hostile ones refused in words."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from evenhand.sheets.limits import Limits, UnreadableSheet
from evenhand.sheets.reading.open import open_table
from evenhand.sheets.reading.table import Table
from tests.sheets.files import drained, text_file

WANG = {"name": "王芳", "phone": "13800000101"}
LI = {"name": "李强", "city": "杭州"}


def opened(folder: Path, content: Any, name: str = "leads.json", **limits: int) -> Table:
    text = content if isinstance(content, str | bytes) else json.dumps(content)
    return open_table(text_file(folder, text, name), limits=Limits(**limits))


@pytest.mark.parametrize(
    ("content", "path"),
    [
        ([WANG, LI], ""),
        ({"code": 0, "data": {"clue_list": [WANG, LI], "page": [1, 2]}}, "data.clue_list"),
        ({"errors": [{"code": 7}], "rows": [WANG, LI]}, "rows"),
        (json.dumps(WANG) + "\n\n" + json.dumps(LI) + "\n", ""),
        (json.dumps([WANG, LI], indent=2).encode("utf-8-sig"), ""),
        (json.dumps([WANG, LI], ensure_ascii=False).encode("gb18030"), ""),
        (json.dumps([WANG, LI]).encode("utf-16"), ""),
    ],
)
def test_the_rows_are_found_wherever_they_stand(tmp_path: Path, content: Any, path: str) -> None:
    table = opened(tmp_path, content)

    assert table.header == ("name", "phone", "city")
    assert drained(table.rows()) == [
        (1, ["王芳", "13800000101", ""]),
        (2, ["李强", "", "杭州"]),
    ]
    notes = {note.code: note for note in table.notes}
    assert notes["sheet.json_list"]["path"] == path if path else "sheet.json_list" not in notes
    assert table.row_estimate == 2


def test_nested_values_get_dotted_names_and_lists_one_cell(tmp_path: Path) -> None:
    table = opened(
        tmp_path,
        [
            {
                "id": 6912000000000000100,
                "contact": {"email": "a@example.com", "age": 1.50, "ok": True, "none": None},
                "tags": ["新客", "展会"],
                "field_data": [{"name": "预算", "values": ["10万"]}],
                "mixed": [{"a": 1}, 2],
                "contact.email": "second",
                "half": "\ud83d",
            }
        ],
    )

    assert table.header == (
        *("id", "contact.email", "contact.age", "contact.ok", "contact.none", "tags"),
        *("field_data.预算", "mixed", "contact.email(2)", "half"),
    )
    ((_, row),) = drained(table.rows())
    assert row[:6] == [
        "6912000000000000100",
        "a@example.com",
        Decimal("1.50"),
        True,
        "",
        "新客；展会",
    ]
    assert row[6:] == ["10万", '[{"a": 1}, 2]', "second", "?"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("", "sheet.empty"),
        ("[]", "sheet.json_no_rows"),
        ("{}", "sheet.json_no_rows"),
        ("[{}]", "sheet.json_no_rows"),
        ("[1, 2]", "sheet.json_no_rows"),
        ('"text"', "sheet.json_broken"),
        ('[{"a": 1}, 2]', "sheet.json_not_an_object"),
        ('{"a": 1}\n[2]', "sheet.json_not_an_object"),
        ('[{"a": 1}', "sheet.json_broken"),
        ('[{"a": 1}}', "sheet.json_broken"),
        ('[{"a" 1}]', "sheet.json_broken"),
        ('[{"a": 1,}]', "sheet.json_broken"),
        ('{"a": {"b": [', "sheet.json_broken"),
        ('{"a": "never closed}', "sheet.json_broken"),
        ('[{"a": ' + "9" * 5_000 + "}]", "sheet.json_broken"),
        ('[{"a": ' + "[" * 100_000 + "]" * 100_000 + "}]", "sheet.json_too_deep"),
        ("[" * 100_000, "sheet.json_too_deep"),
        ('{"a":' * 100_000, "sheet.json_too_deep"),
        ('[{"a": "' + "x" * 20_000 + '"}]', "sheet.cell_too_large"),
        ('[{"' + "n" * 500 + '": 1}]', "sheet.cell_too_large"),
        (json.dumps([{f"k{n}": n} for n in range(60)]), "sheet.too_many_columns"),
        (json.dumps([{"a": "x" * 900}] * 1_200), "sheet.json_too_large"),
    ],
)
def test_what_is_no_list_of_objects_is_refused_in_words(
    tmp_path: Path, content: str, code: str
) -> None:
    with pytest.raises(UnreadableSheet) as refused:
        table = opened(tmp_path, content, cell_characters=10_000, columns=50, json_megabytes=1)
        drained(table.rows())

    assert refused.value.reason.code == code
    assert str(refused.value)
