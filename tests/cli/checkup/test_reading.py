"""Reading a history: every row is used or listed, and what is assumed is said."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from evenhand.cli.checkup.holding import company_key, settled_name
from evenhand.cli.checkup.reading import Reading, UnreadableHistory, read_history
from evenhand.engine.checkup.holdings import Column, Outcome

HEAD = (
    "线索编号,手机,公司名称,线索来源,线索等级,创建时间,"
    "负责人,分配时间,首次跟进时间,跟进结果,关闭时间"
)


def _read(folder: Path, *lines: str, head: str = HEAD) -> Reading:
    path = folder / "history.csv"
    path.write_text("\n".join([head, *lines]), encoding="utf-8")
    return read_history(path)


def _codes(reading: Reading) -> list[str]:
    return [note.code for note in reading.notes]


def test_a_row_becomes_a_holding(tmp_path: Path) -> None:
    found = _read(
        tmp_path,
        "X1,138 0013 8000,甲乙有限公司,官网,A,2025-01-06 09:00,"
        "陈 嘉怡,2025-01-06 10:00,2025-01-06 12:30,赢单,2025-02-01 00:00",
        "X2,13900139000,,官网,B,2025-01-07 09:00,王建国,2025-01-07 10:00,,跟进中,2025-09-01 00:00",
    )

    first, second = found.history.holdings
    assert (first.lead_id, first.rep_id, first.grade, first.source) == (
        "X1",
        "陈 嘉怡",
        "A",
        "官网",
    )
    assert first.received_at == datetime(2025, 1, 6, 10, tzinfo=UTC)
    assert first.responded_at == datetime(2025, 1, 6, 12, 30, tzinfo=UTC)
    assert (first.outcome, first.decided_at) == (Outcome.WON, datetime(2025, 2, 1, tzinfo=UTC))
    assert first.people == ("phone:13800138000",)
    assert first.company == "甲乙"
    assert second.outcome is Outcome.OPEN
    assert second.decided_at is None, "an open lead's closing date is a forecast"
    assert found.history.as_of == datetime(2025, 2, 1, tzinfo=UTC)
    assert found.history.has(Column.RESPONDED_AT, Column.OUTCOME, Column.PHONE, Column.GRADE)


def test_rows_without_owner_or_time_are_listed_and_the_rest_is_used(tmp_path: Path) -> None:
    found = _read(
        tmp_path,
        "X1,,,,A,2025-01-06,陈嘉怡,2025-01-06,,,",
        "X2,,,,A,2025-01-06,,2025-01-06,,,",
        "X3,,,,A,2025-01-06,公海,2025-01-06,,,",
        "X4,,,,A,,王建国,,,,",
        "X5,,,,A,前天,王建国,,,,",
    )

    assert [(r.row, r.code) for r in found.rejected] == [
        (3, "no-owner"),
        (4, "no-owner"),
        (5, "no-time"),
        (6, "time"),
    ]
    assert found.row_count == 5
    assert [h.lead_id for h in found.history.holdings] == ["X1"]
    assert found.rejected[-1].why is not None


def test_a_missing_time_of_assignment_is_filled_from_creation_and_said(tmp_path: Path) -> None:
    found = _read(
        tmp_path,
        "X1,,,,A,2025-01-06,陈嘉怡,2025-01-08,,,",
        "X2,,,,A,2025-01-07,陈嘉怡,,,,",
    )

    assert found.history.holdings[1].received_at == datetime(2025, 1, 7, tzinfo=UTC)
    assert "received-filled" in _codes(found)


def test_without_assignment_times_creation_is_used_and_said(tmp_path: Path) -> None:
    found = _read(tmp_path, "陈嘉怡,2025-01-06 09:30", head="负责人,创建时间")

    assert "received-created" in _codes(found)
    assert not found.history.has(Column.RECEIVED_AT)


def test_whole_days_are_noticed(tmp_path: Path) -> None:
    days = _read(tmp_path, "陈嘉怡,2025-01-06", "陈嘉怡,2025-01-07", head="负责人,创建时间")
    hours = _read(tmp_path, "陈嘉怡,2025-01-06 09:30", head="负责人,创建时间")

    assert days.history.is_to_the_day
    assert not hours.history.is_to_the_day


def test_a_previous_owner_held_the_lead_since_its_creation(tmp_path: Path) -> None:
    found = _read(
        tmp_path,
        "X1,2025-01-01,2025-01-05,王建国,陈嘉怡,赢单",
        head="线索编号,创建时间,分配时间,负责人,原负责人,结果",
    )

    before, now = found.history.holdings
    assert (before.rep_id, before.received_at.day, before.outcome) == ("陈嘉怡", 1, Outcome.OPEN)
    assert (now.rep_id, now.received_at.day, now.outcome) == ("王建国", 5, Outcome.WON)


def test_the_status_tells_lost_from_open_where_converted_says_no(tmp_path: Path) -> None:
    found = _read(
        tmp_path,
        "Ann,2025-01-01,Yes,Closed Won",
        "Ann,2025-01-02,No,Contacted",
        "Ann,2025-01-03,No,Junk Lead",
        "Ann,2025-01-04,No,Lost Lead",
        "Ann,2025-01-05,No,",
        head="Owner,Created Time,Converted,Lead Status",
    )

    assert [h.outcome for h in found.history.holdings] == [
        Outcome.WON,
        Outcome.OPEN,
        Outcome.JUNK,
        Outcome.LOST,
        Outcome.LOST,
    ]


def test_outcomes_in_unknown_words_count_as_open_and_are_said(tmp_path: Path) -> None:
    found = _read(
        tmp_path, "Ann,2025-01-01,blue moon", "Ann,2025-01-02,won", head="Owner,Created,Status"
    )

    assert found.history.holdings[0].outcome is Outcome.OPEN
    note = next(note for note in found.notes if note.code == "outcome-unknown")
    assert dict(note.params) == {"values": "blue moon", "count": 1}


def test_a_closing_time_named_won_is_an_outcome(tmp_path: Path) -> None:
    found = _read(
        tmp_path, "Ann,2025-01-01,2025-02-01", "Ann,2025-01-02,", head="Owner,Created,Won date"
    )

    assert [h.outcome for h in found.history.holdings] == [Outcome.WON, Outcome.OPEN]
    assert found.history.has(Column.OUTCOME)
    assert "outcome-closed" in _codes(found)


def test_rows_without_an_id_are_leads_of_their_own(tmp_path: Path) -> None:
    found = _read(tmp_path, "Ann,2025-01-01", "Ann,2025-01-01", head="Owner,Created")

    assert len({h.lead_id for h in found.history.holdings}) == 2
    assert not found.history.has(Column.LEAD)


def test_an_unreadable_cell_counts_as_blank_and_is_said(tmp_path: Path) -> None:
    found = _read(tmp_path, "X1,1380013****,,,A,2025-01-06,陈嘉怡,2025-01-06,,,")

    assert found.history.holdings[0].people == ()
    assert "cells" in _codes(found)


@pytest.mark.parametrize(
    ("head", "code"), [("Name,Created", "no-owner-column"), ("Owner,Colour", "no-time-column")]
)
def test_a_file_without_owner_or_time_is_refused(tmp_path: Path, head: str, code: str) -> None:
    with pytest.raises(UnreadableHistory) as refusal:
        _read(tmp_path, "a,b", head=head)

    assert refusal.value.code == code


@pytest.mark.parametrize(
    ("one", "other"),
    [("Acme, Inc.", "ACME inc"), ("杭州示例科技有限公司", "杭州示例科技"), ("Ａ－Ｂ", "a b")],
)
def test_one_company_has_one_key(one: str, other: str) -> None:
    assert company_key(one) == company_key(other) != ""


def test_a_company_called_like_a_legal_form_keeps_a_key() -> None:
    assert company_key("有限公司") == "有限公司"
    assert company_key("") == ""


def test_a_name_is_one_name_whatever_its_spaces_and_widths() -> None:
    assert settled_name("  Ann   Ｌee ") == "Ann Lee"
