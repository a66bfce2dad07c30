"""Files that are not what their name says, or cannot be read at all, are refused in words."""

import io
import zipfile
from pathlib import Path

import pytest

from evenhand.sheets.limits import UnreadableSheet
from evenhand.sheets.plain import PLAIN
from evenhand.sheets.reading.open import open_table
from tests.sheets.files import drained, text_file, workbook

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 1_000


def refusal(path: Path) -> UnreadableSheet:
    with pytest.raises(UnreadableSheet) as refused:
        open_table(path)
    return refused.value


def zipped() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("a.txt", "a")
    return stream.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("leads.xls", OLE, "sheet.old_excel"),
        ("leads.xlsx", OLE + "EncryptedPackage".encode("utf-16-le"), "sheet.password"),
        ("leads.xls", OLE + "EncryptedPackage".encode("utf-16-le"), "sheet.password"),
        ("leads.xlsx", OLE, "sheet.extension_wrong"),
        ("leads.csv", OLE, "sheet.extension_wrong"),
        ("leads.csv", zipped(), "sheet.extension_wrong"),
        ("leads.xlsx", b"name,phone\nAnn,1\n", "sheet.extension_wrong"),
        ("leads.xls", b"<html><table><tr><td>a</td></tr></table></html>", "sheet.extension_wrong"),
        ("leads.csv", b"\xef\xbb\xbf <!DOCTYPE html><html></html>", "sheet.extension_wrong"),
        ("leads.csv", b"%PDF-1.7\n", "sheet.extension_wrong"),
        ("leads.csv", b"\x1f\x8b\x08\x00", "sheet.extension_wrong"),
        ("leads.csv", b"\x89PNG\r\n\x1a\n", "sheet.extension_wrong"),
        ("leads.csv.gz", b"\x1f\x8b\x08\x00", "sheet.extension_unknown"),
        ("leads.ods", zipped(), "sheet.extension_unknown"),
        ("leads.xml", b"[]", "sheet.extension_unknown"),
        ("leads", b"a,b\n", "sheet.extension_unknown"),
        ("leads.xlsx", b"", "sheet.empty"),
    ],
)
def test_a_file_that_is_something_else_is_refused(
    tmp_path: Path, name: str, content: bytes, code: str
) -> None:
    refused = refusal(text_file(tmp_path, content, name))

    assert refused.reason.code == code
    assert name in str(refused)


def test_the_refusal_of_an_old_workbook_says_what_to_do(tmp_path: Path) -> None:
    refused = refusal(text_file(tmp_path, OLE, "线索.xls"))

    assert str(refused) == (
        "线索.xls is in the old .xls format. Open it in a spreadsheet program and save it as .xlsx."
    )


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path / "absent.csv").reason.code == "sheet.file_absent"
    assert refusal(tmp_path).reason.code == "sheet.file_absent"


def test_a_workbook_is_read_under_any_capitals(tmp_path: Path) -> None:
    path = workbook(tmp_path, {"S": [["a", "b"], [1, 2]]}, name="LEADS.XLSX")

    assert drained(open_table(path).rows()) == [(2, [1, 2])]


def test_a_text_table_may_be_called_tsv_or_txt(tmp_path: Path) -> None:
    for name in ("a.tsv", "a.txt", "a.tab"):
        path = text_file(tmp_path, "name\tphone\nAnn\t1\n", name)
        assert drained(open_table(str(path)).rows()) == [(2, ["Ann", "1"])]


def test_every_sentence_ends_where_the_next_begins() -> None:
    # `plain` joins the two with a full stop.
    assert [
        code for code, (said, do) in PLAIN.items() if said.endswith(".") or not do.endswith(".")
    ] == []
