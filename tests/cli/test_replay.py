"""`evenhand replay`: every decision again, and any difference found."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.cli.world import Desk, Ran, made_leads, people, policy, share

NEXT_MONDAY = "2026-03-09T09:00"


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> tuple[Desk, str]:
    """Two runs with changes between them: companies, limits, leave, somebody who left."""
    desk = Desk(tmp_path_factory.mktemp("recorded"))
    provinces = ("浙江", "北京", "")
    header = "线索编号,公司,省份,等级"
    rows = [f"L{n},公司{n % 9},{provinces[n % 3]},{'ABCD'[n % 4]}" for n in range(40)]
    desk.csv("week1.csv", [header, *rows[:25]])
    desk.csv("week2.csv", [header, *rows[25:]])
    team = "工号,姓名,区域,容量上限,在职状态"
    desk.csv("team.csv", people("R1,陈一,浙江,,", "R2,林二,,9,", "R3,周三,北京,,", header=team))
    results = desk.route(leads="week1.csv")
    dealt = [item for item, owner in results.owners.items() if owner == "R1"]
    desk.book(f"{dealt[0]},void,,,,,", f"{dealt[1]},transfer,R3,,50,,", ",credit,R2,2,,,")
    desk.csv("team.csv", people("R1,陈一,浙江,,", "R2,林二,,9,离职", "R4,新人,,,", header=team))
    desk.route(leads="week2.csv", at=NEXT_MONDAY)
    return desk, results.receipts.read_text("utf-8")


def replayed(recorded: tuple[Desk, str], text: str) -> Ran:
    desk, _ = recorded
    path = desk.path("changed.jsonl")
    path.write_text(text, "utf-8")
    return desk.run("replay", path)


def changed(text: str, kind: str, change: Callable[[dict[str, Any]], None], which: int = 0) -> str:
    """The receipts with one line of a kind changed."""
    lines = text.splitlines(keepends=True)
    at = [number for number, line in enumerate(lines) if json.loads(line)["t"] == kind][which]
    data = json.loads(lines[at])
    change(data)
    lines[at] = json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n"
    return "".join(lines)


def test_what_was_written_is_what_is_computed(recorded: tuple[Desk, str]) -> None:
    ran = replayed(recorded, recorded[1])

    assert ran.code == 0
    assert "2 runs: 40 decisions, 3 later changes" in ran.said
    assert "Identical to the receipts, byte for byte." in ran.said


@pytest.mark.parametrize(
    ("lang", "told"),
    [("zh-Hans", "与分配依据逐字节一致"), ("zh-Hant", "逐位元組一致"), ("en", "byte for byte")],
)
def test_the_result_is_said_in_three_languages(
    recorded: tuple[Desk, str], lang: str, told: str
) -> None:
    desk, text = recorded
    path = desk.path("copy.jsonl")
    path.write_text(text, "utf-8")

    assert told in desk.run("replay", path, lang=lang).said


def test_it_runs_without_the_folder_it_was_written_in(
    recorded: tuple[Desk, str], tmp_path: Path
) -> None:
    copy = tmp_path / "elsewhere.jsonl"
    copy.write_text(recorded[1], "utf-8")

    assert recorded[0].run("replay", copy).code == 0


def winner(data: dict[str, Any]) -> None:
    data["rep"] = "R3" if data["rep"] != "R3" else "R1"


def place(data: dict[str, Any]) -> None:
    data["places"][0][1] += 1


def draw(data: dict[str, Any]) -> None:
    data["draw"] = data["draw"][:-1] + ("0" if data["draw"][-1] != "0" else "1")


def refund(data: dict[str, Any]) -> None:
    data["rate"] = 100 - data["rate"] + 1


def moves(data: dict[str, Any]) -> None:
    data["postings"][0]["moves"][0][1] += 1


def worth(data: dict[str, Any]) -> None:
    data["points"] += 1


def weight(data: dict[str, Any]) -> None:
    data["may"][0][1] += 1


def spread(data: dict[str, Any]) -> None:
    data["postings"][0]["moves"][0][1] += 1


@pytest.mark.parametrize(
    ("kind", "change", "which"),
    [
        ("decision", winner, 0),
        ("decision", place, 3),
        ("decision", draw, 7),
        ("edit", refund, 1),
        ("edit", moves, 0),
        ("class", worth, 0),
        ("field", weight, 0),
        ("departed", spread, 0),
    ],
)
def test_a_changed_line_is_found_and_shown(
    recorded: tuple[Desk, str], kind: str, change: Callable[[dict[str, Any]], None], which: int
) -> None:
    text = changed(recorded[1], kind, change, which)

    ran = replayed(recorded, text)

    assert ran.code == 1
    at = next(
        number
        for number, (new, old) in enumerate(
            zip(text.splitlines(), recorded[1].splitlines(), strict=True), start=1
        )
        if new != old
    )
    assert f"Line {at}:" in ran.complained
    assert ran.complained.count("\n  - ") == ran.complained.count("\n  + ")


def other_rule(data: dict[str, Any]) -> None:
    data["document"]["points"]["base"]["A"] = 7


def other_weight(data: dict[str, Any]) -> None:
    data["reps"][0]["weight"] = 300


def other_balance(data: dict[str, Any]) -> None:
    (book,) = data["books"].values()
    book["balance"][0][0] += 1_000_000
    book["balance"][0][1] -= 1_000_000


@pytest.mark.parametrize(
    ("kind", "change", "which"),
    [("policy", other_rule, 0), ("team", other_weight, 0), ("start", other_balance, 1)],
)
def test_a_changed_premise_changes_what_follows(
    recorded: tuple[Desk, str], kind: str, change: Callable[[dict[str, Any]], None], which: int
) -> None:
    ran = replayed(recorded, changed(recorded[1], kind, change, which))

    assert ran.code == 1
    assert "differ" in ran.complained


def test_a_missing_decision_is_found(recorded: tuple[Desk, str]) -> None:
    lines = recorded[1].splitlines(keepends=True)
    at = next(number for number, line in enumerate(lines) if '"t":"decision"' in line)

    assert replayed(recorded, "".join(lines[:at] + lines[at + 1 :])).code == 1


def test_decisions_in_another_order_are_found(recorded: tuple[Desk, str]) -> None:
    lines = recorded[1].splitlines(keepends=True)
    places = [number for number, line in enumerate(lines) if '"t":"decision"' in line]
    one, two = places[3], places[4]
    lines[one], lines[two] = lines[two], lines[one]

    assert replayed(recorded, "".join(lines)).code in (1, 2)


def test_only_the_first_differences_are_shown_and_all_are_counted(desk: Desk) -> None:
    desk.csv("leads.csv", made_leads(60))
    results = desk.route("--policy", desk.policy(policy(share())))
    text = results.receipts.read_text("utf-8")
    count = text.count('"in_band":3')
    results.receipts.write_text(text.replace('"in_band":3', '"in_band":4'), "utf-8")

    ran = desk.replay()

    assert ran.code == 1
    assert count > 10
    assert f"{count} lines differ" in ran.complained
    assert ran.complained.count("Line ") == 10


@settings(max_examples=40)
@given(at=st.integers(0, 9_999), place=st.integers(0, 9_999), more=st.integers(1, 9))
def test_no_changed_figure_goes_unnoticed(
    recorded: tuple[Desk, str], at: int, place: int, more: int
) -> None:
    lines = recorded[1].splitlines(keepends=True)
    results = ('{"t":"decision"', '{"t":"departed"', '{"t":"checkpoint"')
    computed = [number for number, line in enumerate(lines) if line.startswith(results)]
    line = computed[at % len(computed)]
    digits = [number for number, sign in enumerate(lines[line]) if sign.isdigit()]
    digit = digits[place % len(digits)]
    changed_to = (int(lines[line][digit]) + more) % 10
    lines[line] = f"{lines[line][:digit]}{changed_to}{lines[line][digit + 1 :]}"

    assert replayed(recorded, "".join(lines)).code in (1, 2)
