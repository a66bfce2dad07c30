"""The large files: unique keys, the promised columns, the same bytes every time."""

import csv
from pathlib import Path

import pytest

from bench.lead_files import (
    GRADES,
    INDUSTRIES,
    LEAD_HEADER,
    NUMBERS,
    PRODUCTS,
    PROVINCES,
    SOURCES,
    TEAM_HEADER,
    WRITE_ROWS,
    write_lead_file,
    write_team_file,
)

ROWS = WRITE_ROWS + 1_000  # more than one block


@pytest.fixture(scope="module")
def leads(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, str]]:
    path = tmp_path_factory.mktemp("files") / "leads.csv"
    write_lead_file(path, ROWS, seed=7)
    return read(path)


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_a_lead_file_has_the_rows_and_columns_asked_for(leads: list[dict[str, str]]) -> None:
    assert len(leads) == ROWS
    assert tuple(leads[0]) == LEAD_HEADER
    assert all(None not in row and all(row.values()) for row in leads)


@pytest.mark.parametrize("column", ["线索编号", "手机号", "邮箱"])
def test_keys_are_unique(leads: list[dict[str, str]], column: str) -> None:
    assert len({row[column] for row in leads}) == ROWS


def test_phones_and_mail_addresses_look_real_but_reach_no_mailbox(
    leads: list[dict[str, str]],
) -> None:
    assert all(len(row["手机号"]) == 11 and row["手机号"].isdigit() for row in leads)
    assert all(row["邮箱"].endswith("@example.com") for row in leads)


def test_choices_come_from_the_lists_and_all_occur(leads: list[dict[str, str]]) -> None:
    for column, choices in (
        ("省份", PROVINCES),
        ("行业", INDUSTRIES),
        ("产品", PRODUCTS),
        ("来源", SOURCES),
        ("线索等级", GRADES),
    ):
        assert {row[column] for row in leads} == set(choices)


def test_leads_are_in_order_of_time(leads: list[dict[str, str]]) -> None:
    times = [row["创建时间"] for row in leads]

    assert times == sorted(times)
    assert times[0].startswith("2025-01-01 ")
    assert times[-1].startswith("2025-12-31 ")


def test_the_same_seed_gives_the_same_bytes_and_another_does_not(tmp_path: Path) -> None:
    for file, seed in (("a", 1), ("b", 1), ("c", 2)):
        write_lead_file(tmp_path / f"leads-{file}.csv", 500, seed)
        write_team_file(tmp_path / f"team-{file}.csv", 20, seed)

    for kind in ("leads", "team"):
        first, same, other = (tmp_path / f"{kind}-{file}.csv" for file in "abc")
        assert first.read_bytes() == same.read_bytes()
        assert first.read_bytes() != other.read_bytes()


def test_more_rows_than_phone_numbers_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="different phone numbers"):
        write_lead_file(tmp_path / "leads.csv", NUMBERS + 1)


def test_a_team_file_has_a_row_for_each_rep_with_what_he_covers(tmp_path: Path) -> None:
    path = tmp_path / "team.csv"

    write_team_file(path, reps=200, seed=7)

    team = read(path)
    assert len({row["工号"] for row in team}) == len(team) == 200
    assert tuple(team[0]) == TEAM_HEADER
    assert {row["权重"] for row in team} == {"50", "100", "150"}
    assert len({row["团队"] for row in team}) == 10
    for row in team:
        assert set(row["负责省份"].split("、")) <= set(PROVINCES)
        assert set(row["行业"].split("、")) <= set(INDUSTRIES)
        assert set(row["产品"].split("、")) <= set(PRODUCTS)
