"""Real exports, read and understood as they are."""

import gzip
from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from evenhand.sheets.columns.extract import role_readers
from evenhand.sheets.columns.mapping import ColumnMap
from evenhand.sheets.columns.names import match_name
from evenhand.sheets.columns.roles import Purpose
from evenhand.sheets.reading.open import open_table
from evenhand.sheets.reading.rows import Rows
from evenhand.sheets.reading.table import Table
from evenhand.sheets.understand import understand
from evenhand.sheets.values.problem import Problem


def opened(folder: Path, name: str, tmp_path: Path) -> Table:
    """A file of the shared data; packed ones are unpacked aside first."""
    path = folder / name
    if path.suffix == ".gz":
        unpacked = tmp_path / path.stem
        unpacked.write_bytes(gzip.decompress(path.read_bytes()))
        path = unpacked
    return open_table(path)


def leads(found: ColumnMap, rows: Rows) -> dict[int, dict[str, Any]]:
    readers = role_readers(found)
    return {n: {role: read(cells) for role, read in readers.items()} for n, cells in rows}


CASES = [
    ("xeducation_leads/xedu_dev.csv.gz", Purpose.LEADS, 6_500, "id source region product"),
    (
        "xeducation_leads/xedu_dev.csv.gz",
        Purpose.HISTORY,
        6_500,
        "id source outcome region product",
    ),
    (
        "olist_funnel/olist_mql_before_2018_03.csv.gz",
        Purpose.LEADS,
        4_171,
        "id created_at campaign source",
    ),
    (
        "olist_funnel/olist_closed_for_those.csv.gz",
        Purpose.HISTORY,
        362,
        "id owner closed_at industry size revenue",
    ),
    (
        "zoho_sample/Leads.csv.gz",
        Purpose.LEADS,
        3_900,
        "id name company owner email phone industry source status created_at",
    ),
    (
        "zoho_sample/Potentials.csv.gz",
        Purpose.HISTORY,
        3_632,
        "owner created_at closed_at value outcome source id",
    ),
    ("zoho_sample/Users.csv", Purpose.TEAM, 11, "id name email"),
    (
        "maven_crm/sales_pipeline.csv",
        Purpose.HISTORY,
        8_800,
        "id owner product company outcome created_at closed_at value",
    ),
    ("maven_crm/sales_teams.csv", Purpose.TEAM, 35, "name team region"),
    ("maven_crm/accounts.csv", Purpose.LEADS, 85, "company industry revenue employees region"),
]


@pytest.mark.parametrize(("name", "purpose", "count", "roles"), CASES)
def test_an_export_is_understood_without_help_and_every_cell_is_read(
    shared_data: Path, tmp_path: Path, name: str, purpose: Purpose, count: int, roles: str
) -> None:
    table = opened(shared_data, name, tmp_path)

    found = understand(table, purpose)
    rows = table.rows()
    values = leads(found, rows)

    assert list(found.roles) == roles.split()
    assert len(values) == rows.read_count == count
    assert not rows.left_out
    wrong = [v for lead in values.values() for v in lead.values() if isinstance(v, Problem)]
    assert wrong == []


def test_the_outcomes_of_real_histories_are_counted_right(
    shared_data: Path, tmp_path: Path
) -> None:
    def outcomes(name: str) -> dict[str, int]:
        table = opened(shared_data, name, tmp_path)
        found = leads(understand(table, Purpose.HISTORY), table.rows())
        return dict(Counter(lead["outcome"].value for lead in found.values()))

    assert outcomes("maven_crm/sales_pipeline.csv") == {"won": 4238, "lost": 2473, "open": 2089}
    assert outcomes("zoho_sample/Potentials.csv.gz") == {"won": 1425, "lost": 485, "open": 1722}


def test_the_ad_platforms_file_gives_its_expected_rows(shared_data: Path, tmp_path: Path) -> None:
    table = opened(shared_data, "import_formats/feiyu_like_gbk.csv", tmp_path)
    found = leads(understand(table, Purpose.LEADS), table.rows())

    expected = open_table(shared_data / "import_formats/expected.csv")
    at = expected.column
    checked = 0
    for _, row in expected.rows():
        if row[at("file")] != "feiyu_like_gbk.csv":
            continue
        lead = found[int(str(row[at("row")]))]
        region = "/".join(dict.fromkeys(str(row[at(p)]) for p in ("province", "city", "county")))
        assert lead["name"] == row[at("name")]
        assert lead["id"] == row[at("external_id")]
        assert lead["region"] == region
        assert lead["created_at"] == datetime.fromisoformat(str(row[at("created_at")])).replace(
            tzinfo=None
        )
        phone = lead["phone"].code if isinstance(lead["phone"], Problem) else f"+86{lead['phone']}"
        assert phone == (row[at("phone_e164")] or _PHONE_ERRORS[str(row[at("error")])])
        checked += 1
    assert checked == len(found) == 10


_PHONE_ERRORS = {
    "phone_lost_precision(1.33E+10)": "sheet.phone_digits_lost",
    "phone_10_digits": "sheet.phone_too_short",
}


def test_the_crm_report_in_latin_1_gives_its_rows_without_its_footer(
    shared_data: Path, tmp_path: Path
) -> None:
    table = opened(shared_data, "import_formats/salesforce_report_like_latin1.csv", tmp_path)
    rows = table.rows()
    found = leads(understand(table, Purpose.LEADS), rows)

    assert [found[n]["name"] for n in (2, 3, 4, 5)] == [
        "José Muñoz",
        "Zoë Müller",
        "Ann Smith",
        "Ann Smith",
    ]
    assert [found[n]["region"] for n in (2, 3)] == ["Spain/Madrid", "Germany/NRW/Köln"]
    assert found[3]["created_at"] == datetime(2026, 2, 13)
    assert found[2]["revenue"] == 1_200_000
    assert (len(rows.left_out), rows.blank_count) == (5, 1)


def test_the_semicolon_file_gives_its_rows(shared_data: Path, tmp_path: Path) -> None:
    table = opened(shared_data, "import_formats/generic_semicolon_bom.csv", tmp_path)
    rows = table.rows()
    found = leads(understand(table, Purpose.LEADS), rows)

    assert [(n, lead["phone"], lead["email"]) for n, lead in found.items()] == [
        (2, "+49305550101", "a@example.com"),
        (3, "+49305550102", "b@example.com"),
        (4, "+49305550103", "b@example.com"),
    ]
    assert found[2]["note"] == "multi\r\nline"
    assert rows.blank_count == 1


def test_a_large_semicolon_file_with_quotes_is_read(shared_data: Path, tmp_path: Path) -> None:
    table = opened(shared_data, "bank_calls/bank-full.csv.gz", tmp_path)

    assert table.delimiter == ";"
    assert sum(1 for _ in table.rows()) == 45_211


def test_an_old_workbook_of_a_real_program_is_read(shared_data: Path, tmp_path: Path) -> None:
    table = opened(shared_data, "xeducation_leads/Leads_Data_Dictionary.xlsx", tmp_path)

    assert table.header == ("Variables", "Description")
    assert table.sample(1)[0][0] == "Prospect ID"


def test_most_field_names_of_fifteen_platforms_that_matter_are_known(shared_data: Path) -> None:
    wanted = {
        "name": "name user_name leads_name clue_name linkman 联系人 联系人名称 Name UserName",
        "phone": "telephone leads_telephone leads_tel phone mobile_phone "
        "mobile tel 手机号 Phone MobilePhone",
        "email": "email leads_email Email",
        "company": "clue_corp_name leads_company cus_name Company 客户名称",
        "id": "clue_id leads_id ClueId clueId lead_id LEADID",
        "owner": "clue_owner_name owner_name empName 负责人 SalesName owner",
        "source": "clue_source leads_source access_customer_channel "
        "source_type LeadSource 线索来源",
        "created_at": "create_time_detail leads_create_time CreateTime "
        "gmt_create CreatedDate created_time",
        "region.province": "province_name mssProvinceName State",
        "region.city": "city_name mssCityName City",
        "status": "clue_state_name LeadStatus Status 线索状态",
        "note": "remark memo Remark description 线索详情",
    }
    table = open_table(shared_data / "import_formats" / "field_dictionary.csv")
    known = {str(row[table.column("field")]) for _, row in table.rows()}
    known |= {str(row[table.column("meaning_or_label")]) for _, row in table.rows()}

    missed = [
        (name, slot)
        for slot, names in wanted.items()
        for name in names.split()
        if _slot(name) != slot
    ]

    assert missed == []
    assert {name for names in wanted.values() for name in names.split()} <= known


def _slot(header: str) -> str:
    match = match_name(header, Purpose.LEADS)
    if match is None:
        return ""
    return f"{match.role}.{match.part}" if match.part else match.role
