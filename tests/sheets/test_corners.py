"""Corners that a quiet day never visits: encrypted parts, odd cells, a million rows."""

import csv
import sys
import time
import zipfile
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evenhand.sheets.columns.extract import custom_readers, role_reader
from evenhand.sheets.columns.recognize import recognize
from evenhand.sheets.columns.roles import Purpose
from evenhand.sheets.limits import Limits, UnreadableSheet
from evenhand.sheets.reading.open import open_table
from evenhand.sheets.values.dates import parse_clock, parse_moment
from evenhand.sheets.values.numbers import parse_number
from evenhand.sheets.values.outcomes import parse_outcome
from evenhand.sheets.values.periods import parse_periods
from evenhand.sheets.values.problem import Problem
from evenhand.sheets.values.text import parse_id, text_of
from evenhand.sheets.writing.csv_file import CsvWriter
from tests.sheets.files import drained, hand_made_workbook, text_file, text_row, workbook


def code(found: object) -> str:
    assert isinstance(found, Problem)
    return found.code


def test_a_spreadsheet_error_is_an_error_for_every_kind_of_value() -> None:
    parsers = (parse_moment, parse_clock, parse_number, parse_outcome, parse_periods, parse_id)

    assert {code(parse("#VALUE!")) for parse in parsers} == {"sheet.cell_error"}  # type: ignore[operator]


def test_times_that_no_clock_shows_are_problems() -> None:
    assert code(parse_moment("2026-03-01 13:00 PM")) == "sheet.date_unreadable"
    assert code(parse_clock("0:75")) == "sheet.wallclock_unreadable"
    assert code(parse_periods("2026-05-01 09:00~25:00")) == "sheet.period_unreadable"


def test_utc_is_understood_by_its_names() -> None:
    at = parse_moment("1 Mar 2026 08:05 UTC")

    assert isinstance(at, datetime)
    assert at.utcoffset() == timedelta(0)


def test_a_number_with_an_endless_power_is_shown_as_it_is() -> None:
    assert text_of(Decimal("1E+400")) == "1E+400"


def test_a_limit_below_the_first_cells_is_refused_whatever_the_delimiter(tmp_path: Path) -> None:
    path = text_file(tmp_path, "sep=,\nname,note\nAnn,x\nBob," + "y" * 2_000 + "\n")
    try:
        with pytest.raises(UnreadableSheet) as refused:
            open_table(path, limits=Limits(cell_characters=1_000))
    finally:
        csv.field_size_limit(Limits().cell_characters)

    assert refused.value.reason.code == "sheet.cell_too_large"
    assert refused.value.reason["row"] == 4


def test_a_nul_after_broken_text_is_refused(tmp_path: Path) -> None:
    content = "姓名,电话\n".encode("gbk") + b"x,1\n" * 300_000 + b"\0"

    with pytest.raises(UnreadableSheet) as refused:
        open_table(text_file(tmp_path, content))

    assert refused.value.reason.code == "sheet.nul_bytes"


def test_nul_characters_in_wide_text_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableSheet) as refused:
        open_table(text_file(tmp_path, "name,phone\nAnn,\0\n", encoding="utf-16"))

    assert refused.value.reason.code == "sheet.nul_bytes"


def test_a_span_of_hours_in_a_workbook_is_text(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["姓名", "时长"], ["王", timedelta(hours=30, minutes=5)]):
        sheet.append(row)
    path = tmp_path / "leads.xlsx"
    book.save(path)

    assert drained(open_table(path).rows()) == [(2, ["王", "30:05:00"])]


def test_long_workbooks_that_begin_with_numbers_are_read_whole(tmp_path: Path) -> None:
    path = workbook(tmp_path, {"S": [["no", "name"], *([n, "x"] for n in range(5_000))]})

    rows = drained(open_table(path).rows())

    assert [cells[0] for _, cells in rows] == list(range(5_000))
    assert rows[-1][0] == 5_001


def test_a_workbook_with_an_encrypted_part_asks_for_the_password(tmp_path: Path) -> None:
    path = hand_made_workbook(tmp_path, text_row(1, "a", "b"))
    content = bytearray(path.read_bytes())
    # The flag "encrypted" of every part, in the directory at the end and before each part.
    for signature, offset in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        place = content.find(signature)
        while place >= 0:
            content[place + offset] |= 1
            place = content.find(signature, place + 4)
    path.write_bytes(bytes(content))

    with pytest.raises(UnreadableSheet) as refused:
        open_table(path)

    assert refused.value.reason.code == "sheet.password"


def test_a_workbook_of_very_many_parts_is_refused(tmp_path: Path) -> None:
    parts = [(f"xl/media/{n}", b"") for n in range(10_001)]

    with pytest.raises(UnreadableSheet) as refused:
        open_table(hand_made_workbook(tmp_path, text_row(1, "a", "b"), parts=parts))

    assert refused.value.reason.code == "sheet.damaged"


def test_a_workbook_without_its_own_bookkeeping_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "leads.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")

    with pytest.raises(UnreadableSheet):
        open_table(path)


def test_text_without_a_single_tag_is_still_counted(tmp_path: Path) -> None:
    noise = bytes(range(33, 59)) * 1_400_000

    path = hand_made_workbook(tmp_path, text_row(1, "a", "b"), parts=[("xl/media/a", noise)])

    with pytest.raises(UnreadableSheet) as refused:
        open_table(path, limits=Limits(unpacked_megabytes=33))
    assert refused.value.reason.code == "sheet.zip_too_large"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(
    spoils=st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 255)), min_size=1, max_size=6)
)
def test_a_spoiled_workbook_is_read_or_refused_in_words(
    tmp_path: Path, spoils: list[tuple[int, int]]
) -> None:
    path = hand_made_workbook(tmp_path, text_row(1, "name", "phone") + text_row(2, "Ann", "1"))
    content = bytearray(path.read_bytes())
    for place, byte in spoils:
        content[place % len(content)] = byte
    path.write_bytes(bytes(content))

    try:
        rows = drained(open_table(path).rows())
    except UnreadableSheet as refused:
        assert str(refused)
    else:
        assert all(isinstance(cells, list) for _, cells in rows)


def test_a_bad_piece_of_a_name_spoils_the_name() -> None:
    found = recognize(["Last Name", "First Name"], [["Smith", "Ann"]], Purpose.LEADS)
    read = role_reader(found, "name")

    assert read is not None and found.has("name")
    assert code(read(["Smith", "#REF!"])) == "sheet.cell_error"


def test_a_bad_piece_of_a_reps_region_spoils_the_region() -> None:
    found = recognize(["姓名", "负责省份", "负责城市"], [["王", "浙江省", "杭州市"]], Purpose.TEAM)
    read = role_reader(found, "region")

    assert read is not None
    assert code(read(["王", "浙江省", "#REF!"])) == "sheet.cell_error"


def test_a_column_that_never_repeats_itself_does_not_fill_the_memory() -> None:
    found = recognize(["标记"], [["x"]], Purpose.LEADS)
    (read,) = custom_readers(found).values()

    assert [read([f"v{n}"]) for n in range(60_000)][-1] == "v59999"
    assert read(["v0"]) == "v0"


def test_true_and_false_of_a_workbook_are_no_numbers() -> None:
    rows = [[True, datetime(2026, 3, 1)], [False, ""]]
    found = recognize(["开通", "首购日"], rows, Purpose.HISTORY)

    assert [column.kind.value for column in found.custom] == ["boolean", "datetime"]


@pytest.mark.slow
def test_a_million_rows_pass_at_nearly_the_speed_of_the_csv_module(tmp_path: Path) -> None:
    path, copy = tmp_path / "m.csv", tmp_path / "copy.csv"
    header = ["线索ID", "姓名", "电话", "邮箱", "公司", "省份", "行业", "创建时间"]
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        for n in range(1_000_000):
            writer.writerow(
                [
                    f"L{n}",
                    f"张{n % 977}",
                    f"13{n:09d}",
                    f"u{n}@example.com",
                    f"示例公司{n % 50_000}",
                    "浙江省",
                    "制造业",
                    f"2026-03-{n % 28 + 1:02d} 08:05:00",
                ]
            )

    started = time.perf_counter()
    with (
        path.open(encoding="utf-8-sig", newline="") as file,
        copy.open("w", encoding="utf-8-sig", newline="") as out,
    ):
        csv.writer(out).writerows(csv.reader(file))
    plainly = time.perf_counter() - started

    started = time.perf_counter()
    found = open_table(path)
    with CsvWriter(copy, found.header) as safe:
        safe.write_rows(found.rows().plain())
    safely = time.perf_counter() - started

    # Printed, not judged: the machine may be busy.
    print(f"\nread and written: csv module {plainly:.2f} s, safely {safely:.2f} s", file=sys.stderr)
    assert safe.row_count == 1_000_000
    assert copy.read_bytes() == path.read_bytes()
