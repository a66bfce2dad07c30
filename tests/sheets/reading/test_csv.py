"""CSV files as they are on disk: encodings, delimiters, quoting."""

import csv
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evenhand.sheets.limits import Limits, UnreadableSheet
from evenhand.sheets.reading.open import open_table
from tests.sheets.files import drained, table, text_file

CHINESE = (
    "姓名,电话,公司,备注\n"
    "王小测,13800000101,杭州示例科技有限公司,请上午联系\n"
    "李四样,13900000102,上海样例贸易有限公司,\n"
)
TAIWAN = (
    "姓名,電話,公司,備註\n"
    "王小明,0912345678,台灣範例股份有限公司,請於上午聯絡\n"
    "陳美玲,0987654321,臺北樣品貿易,\n"
)
GERMAN = (
    "Name,Firma,Ort\n"
    "Jörg Müller,Größe & Söhne,Köln\n"
    "Zoë,Café Élan,Genève\n"
    "José Muñoz,Línea,Málaga\n"
)


@pytest.mark.parametrize(
    ("text", "encoding", "codec"),
    [
        (CHINESE, "utf-8", "utf-8"),
        (CHINESE, "utf-8-sig", "utf-8-sig"),
        (CHINESE, "utf-16", "utf-16"),
        (CHINESE, "utf-16-le", "utf-16-le"),
        (CHINESE, "utf-16-be", "utf-16-be"),
        (CHINESE, "gbk", "gb18030"),
        (CHINESE, "gb18030", "gb18030"),
        (CHINESE + "𠮷野家,1,2,3\n", "gb18030", "gb18030"),
        (TAIWAN, "cp950", "cp950"),
        (TAIWAN, "utf-8", "utf-8"),
        (GERMAN, "latin-1", "cp1252"),
        (GERMAN, "cp1252", "cp1252"),
        (GERMAN + "Preis,5 €,“gut”\n", "cp1252", "cp1252"),
        (GERMAN, "utf-8", "utf-8"),
        ("name,phone\nAnn,1\n", "ascii", "utf-8"),
        ("name,phone\nAnn,1\n", "utf-16-le", "utf-16-le"),
    ],
)
def test_the_encoding_is_found(tmp_path: Path, text: str, encoding: str, codec: str) -> None:
    found = open_table(text_file(tmp_path, text, encoding=encoding))

    assert found.encoding == codec
    assert found.header == tuple(text.splitlines()[0].split(","))
    assert [row for _, row in drained(found.rows())] == [
        line.split(",") for line in text.splitlines()[1:]
    ]


def test_chinese_far_down_in_an_ascii_file_is_still_found(tmp_path: Path) -> None:
    text = "name,note\n" + "Ann,x\n" * 60_000 + "王小测,北京\n"

    found = open_table(text_file(tmp_path, text, encoding="gbk"))

    assert found.encoding == "gb18030"
    assert drained(found.rows())[-1] == (60_002, ["王小测", "北京"])


def test_an_assumed_encoding_is_said(tmp_path: Path) -> None:
    found = open_table(text_file(tmp_path, GERMAN, encoding="latin-1"))

    assert [note.code for note in found.notes] == ["sheet.encoding_assumed"]


@pytest.mark.parametrize("encoding", ["utf-8", "gbk"])
def test_a_damaged_character_is_replaced_and_said_but_the_file_is_read(
    tmp_path: Path, encoding: str
) -> None:
    good = ("姓名,公司,备注\n" + "王小测,杭州示例科技有限公司,请上午联系\n" * 30).encode(encoding)
    damaged = good + b"\xff\xff,x,y\n"

    found = open_table(text_file(tmp_path, damaged))

    note = next(note for note in found.notes if note.code == "sheet.characters_damaged")
    assert note["line"] == 32
    rows = drained(found.rows())
    assert rows[0] == (2, ["王小测", "杭州示例科技有限公司", "请上午联系"])
    assert "\ufffd" in rows[-1][1][0]
    assert rows[-1][1][1:] == ["x", "y"]


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(tmp_path: Path, mark: str) -> None:
    text = f"name{mark}phone{mark}note\nAnn{mark}1{mark}a, b; c\nBob{mark}2{mark}\n"
    if mark in ",;":
        text = text.replace("a, b; c", '"a, b; c"')

    found = table(tmp_path, text)

    assert found.delimiter == mark
    assert drained(found.rows())[0] == (2, ["Ann", "1", "a, b; c"])


def test_a_declared_delimiter_is_obeyed_and_its_line_is_no_row(tmp_path: Path) -> None:
    found = table(tmp_path, "sep=;\nname;phone\nAnn, Bob;1\n")

    assert found.delimiter == ";"
    assert found.header == ("name", "phone")
    assert found.header_row == 2
    assert drained(found.rows()) == [(3, ["Ann, Bob", "1"])]


def test_one_column_needs_no_delimiter(tmp_path: Path) -> None:
    found = table(tmp_path, "phone\n13800000101\n13900000102\n")

    assert found.header == ("phone",)
    assert [cells for _, cells in drained(found.rows())] == [["13800000101"], ["13900000102"]]


def test_quotes_hold_delimiters_quotes_and_line_breaks(tmp_path: Path) -> None:
    found = table(
        tmp_path, 'name,note,x\r\n"Smith, Ann","say ""hi""\r\nthen go",1\r\nBob,5" pipe,2\r\n'
    )

    assert drained(found.rows()) == [
        (2, ["Smith, Ann", 'say "hi"\r\nthen go', "1"]),
        (3, ["Bob", '5" pipe', "2"]),
    ]


def test_rows_are_counted_as_a_spreadsheet_shows_them(tmp_path: Path) -> None:
    found = table(tmp_path, 'a,b\n"1\n1",2\n\n3,4\n')

    assert [number for number, _ in drained(found.rows())] == [2, 4]


def test_old_line_ends_are_read(tmp_path: Path) -> None:
    found = table(tmp_path, "name,phone\rAnn,1\rBob,2\r")

    assert drained(found.rows()) == [(2, ["Ann", "1"]), (3, ["Bob", "2"])]


def test_a_last_line_without_an_end_is_a_row(tmp_path: Path) -> None:
    assert drained(table(tmp_path, "name,phone\nAnn,1").rows()) == [(2, ["Ann", "1"])]


def test_a_quote_that_is_never_closed_is_refused_with_its_row(tmp_path: Path) -> None:
    found = table(tmp_path, 'name,phone\nAnn,1\nBob,"2\nCarl,3\n')

    with pytest.raises(UnreadableSheet) as refused:
        drained(found.rows())

    assert refused.value.reason.code == "sheet.quote_open"
    assert refused.value.reason["row"] == 3


def test_a_quote_still_open_where_a_batch_ends_is_refused_too(tmp_path: Path) -> None:
    found = table(tmp_path, "name,phone\n" + "Ann,1\n" * 4_095 + 'Bob,"2\n')

    with pytest.raises(UnreadableSheet) as refused:
        drained(found.rows())

    assert refused.value.reason["row"] == 4_097


def test_a_cell_above_the_limit_is_refused_with_its_row(tmp_path: Path) -> None:
    with pytest.raises(UnreadableSheet) as refused:
        drained(table(tmp_path, "name,note\nAnn,x\nBob," + "y" * 1_048_577 + "\n").rows())

    assert refused.value.reason.code == "sheet.cell_too_large"
    assert refused.value.reason["row"] == 3
    assert "more than 1048576 characters" in str(refused.value)


def test_a_cell_at_the_limit_is_read(tmp_path: Path) -> None:
    rows = drained(table(tmp_path, "name,note\nBob," + "y" * 1_048_576 + "\n").rows())

    assert len(rows[0][1][1]) == 1_048_576


def test_too_many_columns_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableSheet) as refused:
        table(tmp_path, ",".join(f"c{i}" for i in range(2_001)) + "\n")

    assert refused.value.reason.code == "sheet.too_many_columns"
    assert refused.value.reason["columns"] == 2_001


def test_a_row_that_grows_beyond_all_columns_is_refused_while_reading(tmp_path: Path) -> None:
    found = table(tmp_path, "a,b\n" + "1,2\n" * 5_000 + "," * 3_000 + "\n")

    with pytest.raises(UnreadableSheet) as refused:
        drained(found.rows())

    assert refused.value.reason.code == "sheet.too_many_columns"


def test_a_line_too_long_for_a_row_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = text_file(tmp_path, "a,b\n" + "x," * 3_000)

    with pytest.raises(UnreadableSheet) as refused:
        open_table(path, limits=Limits(line_bytes=4_096))

    assert refused.value.reason.code == "sheet.line_too_long"


@pytest.mark.parametrize("content", [b"a,b\n1,\x002\n", b"a,b\n" + b"1,2\n" * 400_000 + b"\x00"])
def test_nul_bytes_are_refused(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(UnreadableSheet) as refused:
        table(tmp_path, content)

    assert refused.value.reason.code == "sheet.nul_bytes"


@pytest.mark.parametrize("content", [b"", b"\xef\xbb\xbf", b"\n\n \n", b",,,\n,,\n", b"\xff\xfe"])
def test_an_empty_file_is_refused(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(UnreadableSheet) as refused:
        table(tmp_path, content)

    assert refused.value.reason.code == "sheet.empty"


def test_every_pass_starts_anew(tmp_path: Path) -> None:
    found = table(tmp_path, "a,b\n1,2\n3,4\n")

    assert drained(found.rows()) == drained(found.rows())
    assert found.sample(1) == [["1", "2"]]


def test_a_sample_of_large_rows_stays_small(tmp_path: Path) -> None:
    found = table(tmp_path, "a,b\n" + ("x" * 1_000_000 + ",1\n") * 10)

    assert len(found.sample(10)) == 4


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(content=st.binary(max_size=300))
def test_any_bytes_are_read_or_refused_in_words(tmp_path: Path, content: bytes) -> None:
    path = text_file(tmp_path, content)
    try:
        rows = open_table(path).rows()
        counted = len(drained(rows))
    except UnreadableSheet as refused:
        assert str(refused)
    else:
        assert counted == rows.read_count


_CELLS = st.text(
    st.characters(codec="utf-8", exclude_characters="\x00\x1e\ufeff"), max_size=12
).map(lambda text: f"v{text}v")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.tuples(_CELLS, _CELLS, _CELLS), min_size=1, max_size=20))
def test_what_the_csv_module_wrote_is_read_back(
    tmp_path: Path, rows: list[tuple[str, str, str]]
) -> None:
    path = tmp_path / "leads.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([("name", "phone", "note"), *rows])

    found = open_table(path)

    assert [tuple(cells) for _, cells in found.rows()] == rows
