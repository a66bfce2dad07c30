"""CSV that spreadsheet programs read rightly and never run."""

import csv
from datetime import UTC, date, datetime, time
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evenhand.sheets.reading.open import open_table
from evenhand.sheets.values.text import EDGES, FORMULA_STARTS, parse_text
from evenhand.sheets.writing.csv_file import CsvWriter, as_lines, write_csv
from evenhand.sheets.writing.safe_text import safe_text


def read_back(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


@pytest.mark.parametrize(
    "formula",
    [
        "=cmd|' /C calc'!A0",
        "=1+1",
        "+1+cmd",
        "-2+3",
        "@SUM(1+1)",
        "\t=1+1",
        "\r=1+1",
        "\n=1+1",
        " =1+1",
        "\u00a0=1+1",
        "\u3000＝1+1",
        "\ufeff=1+1",
        "＝1+1",
        "＋1",
        "+49 30 555",
        "-",
        "-1-1",
        '=HYPERLINK("http://example.com","click")',
    ],
)
def test_a_formula_gets_an_apostrophe_wherever_it_stands(tmp_path: Path, formula: str) -> None:
    path = tmp_path / "out.csv"
    if formula == "-":
        assert safe_text(formula) == "-"  # a dash alone is no formula
        return

    write_csv(path, ["a", "b"], [["x", formula], [formula, 1]])

    assert read_back(path)[1:] == [["x", f"'{formula}"], [f"'{formula}", "1"]]


@pytest.mark.parametrize(
    "text",
    ["-5", "+3.25", "-1,234.50", "-12%", "+8613800000101", "-", "--", "a=b", "a@b.cn", "", "'x"],
)
def test_plain_numbers_and_texts_stay_as_they_are(text: str) -> None:
    assert safe_text(text) == text


def test_headings_are_made_safe_too(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"

    write_csv(path, ["=1+1", "姓名"], [])

    assert read_back(path) == [["'=1+1", "姓名"]]


class Grade(StrEnum):
    BEST = "=A"


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        (None, ""),
        (7, "7"),
        (-7, "-7"),
        (Decimal("1E+3"), "1000"),
        (Decimal("-0.50"), "-0.50"),
        (True, "true"),
        (False, "false"),
        (date(2026, 3, 1), "2026-03-01"),
        (datetime(2026, 3, 1, 8, 5), "2026-03-01 08:05:00"),
        (datetime(2026, 3, 1, 8, 5, tzinfo=UTC), "2026-03-01 08:05:00+00:00"),
        (time(9, 30), "09:30:00"),
        (Grade.BEST, "'=A"),
    ],
)
def test_typed_cells_are_written_plainly(tmp_path: Path, cell: Any, written: str) -> None:
    path = tmp_path / "out.csv"

    write_csv(path, ["a", "b"], [["x", cell]])

    assert read_back(path)[1] == ["x", written]


def test_the_file_starts_with_the_mark_that_excel_needs(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"

    assert write_csv(path, ["姓名"], [["王"]]) == 1

    assert path.read_bytes() == b"\xef\xbb\xbf" + "姓名\r\n王\r\n".encode()


def test_rows_of_different_lengths_and_single_rows_are_safe_too(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"

    with CsvWriter(path, ["a", "b"]) as writer:
        writer.write_row(["=1", "x"])
        writer.write_rows([["=1"], ["x", "=2", "y"]])
        assert writer.row_count == 3

    assert read_back(path)[1:] == [["'=1", "x"], ["'=1"], ["x", "'=2", "y"]]


_texts = st.text(st.sampled_from("ab 0=+-@'\",;\r\n\t＝\u200b王"), max_size=4)


@given(rows=st.lists(st.lists(_texts, min_size=2, max_size=2), max_size=5))
def test_rows_as_lines_are_what_the_writer_writes(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]]
) -> None:
    path = tmp_path_factory.mktemp("lines") / "out.csv"
    write_csv(path, ["a", "b"], rows)

    lines = as_lines(rows)

    written = path.read_bytes().decode("utf-8-sig")
    assert "".join(f"{line}\r\n" for line in ["a,b", *lines]) == written
    if not any(sign in cell for row in rows for cell in row for sign in '",\r\n'):
        assert list(as_lines(rows, [",".join(row) for row in rows])) == list(lines)


def test_lines_are_written_between_rows(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"

    with CsvWriter(path, ["a", "b"]) as writer:
        writer.write_row(["1", "2"])
        writer.write_lines([f"3,{as_lines([['']])[0]}", f"{as_lines([['=5', 'x,y']])[0]}"])
        writer.write_lines([])
        assert writer.row_count == 3

    assert read_back(path)[1:] == [["1", "2"], ["3", ""], ["'=5", "x,y"]]


def test_one_formula_among_thousands_of_rows_is_found(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    rows = [["x", "y"]] * 9_999 + [["x", "=1"]]

    write_csv(path, ["a", "b"], rows)

    assert read_back(path)[-1] == ["x", "'=1"]


def test_a_file_appears_only_when_it_is_complete(tmp_path: Path) -> None:
    path = tmp_path / "folder" / "out.csv"

    def rows() -> Any:
        yield ["1"]
        assert not path.exists()
        raise InterruptedError

    with pytest.raises(InterruptedError):
        write_csv(path, ["a"], rows())

    assert list(path.parent.iterdir()) == []


def test_a_failed_rewrite_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    write_csv(path, ["a"], [["old"]])

    with pytest.raises(InterruptedError), CsvWriter(path, ["a"]) as writer:
        writer.write_row(["new"])
        raise InterruptedError

    assert read_back(path) == [["a"], ["old"]]


_ANY_TEXT = st.text(
    st.characters(codec="utf-8", exclude_characters="\x00\x1e"), max_size=10
) | st.sampled_from(["=1+1", "+a", "-b", "@c", "\t=x", " =y", "'=z", "-5", "＝1"])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.tuples(_ANY_TEXT, _ANY_TEXT, _ANY_TEXT), max_size=12))
def test_no_cell_of_the_file_begins_like_a_formula(
    tmp_path: Path, rows: list[tuple[str, str, str]]
) -> None:
    path = tmp_path / "out.csv"

    write_csv(path, ["a", "b", "c"], rows)

    cells = [cell for row in read_back(path)[1:] for cell in row]
    starts = [cell for cell in cells if cell.lstrip(EDGES)[:1] in FORMULA_STARTS]
    assert all(cell.lstrip("+-").strip("0123456789.,%") == "" for cell in starts)
    assert len(cells) == 3 * len(rows)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(_ANY_TEXT.map(lambda text: f"={text}x"), min_size=1, max_size=8))
def test_what_was_made_safe_is_read_back_as_it_was(tmp_path: Path, texts: list[str]) -> None:
    path = tmp_path / "out.csv"

    write_csv(path, ["name", "phone"], [[text, "1"] for text in texts])

    found = [parse_text(cells[0]) for _, cells in open_table(path).rows()]
    assert found == [parse_text(text) for text in texts]
