"""The export files of the shared data give the rows that they must become, through the import."""

import csv
import io
from collections import defaultdict
from pathlib import Path

import pytest

from evenhand.imports.models import Import
from evenhand.imports.operations.begin import upload
from evenhand.imports.queries import look_at
from evenhand.imports.reading import ReadRow, opened
from evenhand.leads.arrivals import keys_of
from evenhand.leads.intake import LeadIn
from evenhand.leads.keys import company_key
from evenhand.people.scope import actor_of
from evenhand.sheets.reading.rows import LeftOut
from evenhand.sheets.writing.one_table import one_table
from evenhand.sheets.writing.xlsx_file import SheetColumn
from tests.server.api.caller import company

pytestmark = pytest.mark.django_db
Wanted = dict[str, str]
# What the list of expectations calls a flag, and the reason that says it here.
FLAGS = {
    "phone_lost_precision(1.33E+10)": "sheet.phone_digits_lost",
    "phone_10_digits": "sheet.phone_too_short",
    "clue_source=3 abnormal submit": "import.platform_doubts",
    "clue_source=4 ad preview: do not assign": "import.test_row",
}


def test_every_export_gives_its_expected_rows(shared_data: Path) -> None:
    folder = shared_data / "import_formats"
    with (folder / "expected.csv").open(encoding="utf-8-sig", newline="") as file:
        expected: dict[str, list[Wanted]] = defaultdict(list)
        for one in csv.DictReader(file):
            expected[one["file"]].append(one)
    assert len(expected) == 4 and sum(map(len, expected.values())) == 25
    olga = actor_of(company().olga)

    for name, wanted in expected.items():
        row = upload(name, (folder / name).read_bytes(), actor=olga)
        left_out: list[LeftOut] = []
        with opened(row) as file:
            found = {one.number: one for one in file.rows(left_out=left_out)}
        rows = [one for one in wanted if one["row"] != "footer" and "blank_row" not in one["error"]]
        # Objects of JSON are counted from 1, as everything that people read.
        shift = int(name.endswith(".json"))
        assert set(found) == {int(one["row"]) + shift for one in rows}, name
        for one in rows:
            _check(found[int(one["row"]) + shift], one, found)
        if any(one["row"] == "footer" for one in wanted):
            assert [one.reason.code for one in left_out] == ["sheet.row_footer"] * 5
        _check_look(row, rows)


def _check(found: ReadRow, wanted: Wanted, rows: dict[int, ReadRow]) -> None:
    at = f"{wanted['file']}:{wanted['row']}"
    codes = {one.why.code: one for one in (*found.bad, *found.doubts)}
    flag = wanted["error"]
    if flag in FLAGS:
        assert FLAGS.pop(flag) in codes, at
    if flag.endswith("do not assign"):
        assert found.lead is None, at
        return
    lead = found.lead
    assert lead is not None, at
    assert lead.name == wanted["name"], at
    assert lead.email == wanted["email"] or not wanted["email"], at
    if wanted["phone_e164"] or "phone" in flag:
        key = keys_of(lead, "CN").phone
        assert ("+86" + key if key[:1].isdigit() else key) == wanted["phone_e164"], at
    # As written; which company that is, its key says.
    assert company_key(lead.company) == company_key(wanted["company"]) or not wanted["company"], at
    assert lead.source == wanted["source_channel"] or not wanted["source_channel"], at
    assert lead.external_id == wanted["external_id"] or not wanted["external_id"], at
    _check_region(lead, wanted, at)
    if both := wanted["created_at"].removeprefix("AMBIGUOUS "):
        days = both.split("|")
        assert str(lead.extra["created_at"]).startswith(days[0]), at
        if len(days) == 2:
            why = codes["sheet.date_ambiguous"].why
            assert [why["day_first"], why["month_first"]] == days, at
        else:
            assert "sheet.date_ambiguous" not in codes, at
    if "duplicate" in flag:
        other = rows[int(flag.rpartition("_")[2])].lead
        assert other is not None
        mine, theirs = keys_of(lead, "CN"), keys_of(other, "CN")
        assert mine.email == theirs.email or mine.phone == theirs.phone, at
    if flag == "formula_injection_on_reexport":
        content = one_table([SheetColumn("Name")], [[lead.name]], format="csv", sheet="x")
        text = content if isinstance(content, bytes) else b"".join(content)
        (_, (cell,)) = csv.reader(io.StringIO(text.decode("utf-8-sig")))
        assert cell == f"'{lead.name}", at


def _check_region(lead: LeadIn, wanted: Wanted, at: str) -> None:
    parts = [wanted[name] for name in ("country", "province", "city", "county") if wanted[name]]
    if wanted["country"]:
        assert [part for part in lead.region.split("/") if part in parts] == parts, at
    elif parts:
        # A municipality is its own city: the path names it once.
        assert lead.region.split("/") == list(dict.fromkeys(parts)), at


def _check_look(row: Import, rows: list[Wanted]) -> None:
    look = look_at(row)

    assert look.looked_at == len(rows)
    flagged = [one for one in rows if "do not assign" in one["error"]]
    assert look.good == len(rows) - len(flagged)
    assert look.repeats == sum("duplicate" in one["error"] for one in rows)
