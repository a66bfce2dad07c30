"""Question 1: did everybody receive a fair share, and can anyone see why?

Zhou runs sales operations and has two spreadsheets. She deals Monday's leads, shows the deal to a
doubter, mends what was wrong, and goes on a week later. What is fair is added up here by hand,
from the files that she holds; the product's own code is asked for nothing but its commands.
"""

import csv
import io
import json
from collections import Counter, defaultdict
from fractions import Fraction
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner

from evenhand.cli.main import main

MONDAY, NEXT_MONDAY = "2026-03-02T09:30", "2026-03-09T09:30"
PROVINCES = ("浙江省", "江苏省", "北京市", "广东省")
POINTS = {"A": 8, "B": 5, "C": 3, "D": 1}


class Zhou:
    """Her folder, and what she types."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def runs(self, *words: str) -> str:
        """Run a command in Chinese; it must do its work. Returns what it says."""
        done = CliRunner().invoke(main, [*words, "--lang", "zh-Hans"], catch_exceptions=False)
        assert done.exit_code == 0, done.output
        return str(done.stdout)

    def route(self, leads: str, at: str) -> str:
        """Deal a sheet."""
        files = [str(self.folder / name) for name in (leads, "团队.csv", "分配结果")]
        team = ("--team", files[1], "--out", files[2], "--at", at, "--seed", "2026")
        return self.runs("route", files[0], *team)

    def assignments(self) -> list[dict[str, Any]]:
        """The workbook that she would mail."""
        book = openpyxl.load_workbook(self.folder / "分配结果" / "assignments.xlsx")
        assert book.active is not None
        header, *rows = book.active.values
        return [dict(zip(map(str, header), row, strict=True)) for row in rows]

    def receipts(self, kind: str) -> list[dict[str, Any]]:
        """The receipts of everything so far."""
        text = (self.folder / "分配结果" / "receipts.jsonl").read_text("utf-8")
        lines = (json.loads(line) for line in text.splitlines())
        return [line for line in lines if line["t"] == kind]


def leads(path: Path, first: int, count: int) -> None:
    """A workbook of leads as a form exports them; every twentieth came in twice."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["线索编号", "姓名", "手机", "公司", "省份", "线索等级", "备注"])
    for number in range(first, first + count):
        row = [
            f"XS{number:04}",
            f"客户{number}",
            13_800_000_000 + number,
            f"公司{number % 97}",
            PROVINCES[number % 4],
            "ABCDBC"[number % 6],
            "@经理 请看" if number % 50 == 0 else "请尽快联系",
        ]
        sheet.append(row)
        if number % 20 == 0:
            sheet.append([f"XS{number:04}-2", *row[1:]])
    book.save(path)


def team(path: Path, left: str = "") -> None:
    """The team as the HR list has it, in the encoding of an old Excel."""
    rows = [
        ("工号", "姓名", "区域", "分配权重", "休假", "在职状态"),
        ("S01", "陈嘉怡", "浙江、江苏", "100%", "", ""),
        ("S02", "王建国", "", "100%", "", ""),
        ("S03", "李思远", "", "50%", "", ""),
        ("S04", "赵敏", "华东", "100%", "2026-03-02至2026-03-06", ""),
        ("S05", "孙磊", "北京、广东", "100%", "", ""),
    ]
    text = io.StringIO()
    csv.writer(text).writerows((*row[:5], "离职") if row[0] == left else row for row in rows)
    path.write_bytes(text.getvalue().encode("gb18030"))


@pytest.fixture
def zhou(tmp_path: Path) -> Zhou:
    """Two spreadsheets and no server."""
    leads(tmp_path / "线索.xlsx", 1, 240)
    leads(tmp_path / "下周线索.xlsx", 200, 120)
    team(tmp_path / "团队.csv")
    return Zhou(tmp_path)


def entitled(zhou: Zhou) -> defaultdict[str, Fraction]:
    """Points that each was entitled to: every lead shared by weight among those who could."""
    fields = {line["n"]: line["may"] for line in zhou.receipts("field")}
    classes = [line["points"] for line in zhou.receipts("class")]
    found: defaultdict[str, Fraction] = defaultdict(Fraction)
    for line in zhou.receipts("decision"):
        may = fields[line["f"]]
        for rep, weight, *_ in may:
            total = sum(one[1] for one in may)
            found[rep] += Fraction(classes[line["c"]] * weight, total * 1_000_000)
    return found


def test_two_spreadsheets_become_a_fair_deal_that_anyone_can_check(zhou: Zhou) -> None:
    # Monday: one command.
    said = zhou.route("线索.xlsx", MONDAY)
    assert "已分配 240，未分配 0，重复 12，不可用 0" in said
    assert "各等级合计为零" in said

    # Everybody's leads are in a workbook, each with its reason; nothing in it runs.
    rows = zhou.assignments()
    assert len(rows) == 240
    assert all(row["负责人"] and row["分配依据"] for row in rows)
    assert "赵敏" not in {row["负责人"] for row in rows}, "she is on leave"
    assert all(row["线索分值"] == POINTS[row["线索等级"]] for row in rows)
    assert {row["备注"] for row in rows} == {"请尽快联系", "@经理 请看"}
    assert ",'@经理 请看" in (zhou.folder / "分配结果" / "assignments.csv").read_text("utf-8-sig")

    # A company has one person to talk to.
    by_company: dict[str, set[str]] = {}
    for row in rows:
        by_company.setdefault(row["公司"], set()).add(row["负责人"])
    assert {len(people) for people in by_company.values()} == {1}

    # The proof, added up by hand: what each received is what each was entitled to, but for what
    # the bound allows, and all of it together is exactly what came in.
    received: Counter[str] = Counter()
    for row in rows:
        received[row["负责人工号"]] += row["线索分值"]
    wanted = entitled(zhou)
    assert (
        sum(wanted.values())
        == sum(received.values())
        == sum(POINTS[row["线索等级"]] for row in rows)
    )
    state = json.loads((zhou.folder / "分配结果" / "state.json").read_text("utf-8"))
    (book,) = state["books"].values()
    owed = dict(zip(book["members"], map(sum, zip(*book["balance"], strict=True)), strict=True))
    for rep, points in received.items():
        assert abs((wanted[rep] - points) * 1_000_000 - owed[rep]) < 240

    # Anyone recomputes it, byte for byte.
    assert "逐字节一致" in zhou.runs("replay", str(zhou.folder / "分配结果" / "receipts.jsonl"))
    page = (zhou.folder / "分配结果" / "report.html").read_text("utf-8")
    assert "陈嘉怡" in page
    assert "http" not in page.split("<body")[1], "the page fetches nothing"


def test_a_doubter_is_answered(zhou: Zhou) -> None:
    zhou.route("线索.xlsx", MONDAY)
    receipts = str(zhou.folder / "分配结果" / "receipts.jsonl")
    beijing = next(row for row in zhou.assignments() if row["省份"] == "北京市")

    why = zhou.runs("explain", receipts, "--lead", beijing["线索编号"], "--rep", "陈嘉怡")
    on_leave = zhou.runs("explain", receipts, "--lead", "XS0001", "--rep", "赵敏")

    assert f"线索 {beijing['线索编号']} 分给 {beijing['负责人']}" in why
    assert "为什么没分给 陈嘉怡" in why
    assert "请假 2026-03-02 至 2026-03-06" in on_leave
    assert "怎样会分给 赵敏" in on_leave


def test_a_mistake_is_mended_and_the_next_week_goes_on_from_there(zhou: Zhou) -> None:
    zhou.route("线索.xlsx", MONDAY)
    out = zhou.folder / "分配结果"
    first = {row["线索编号"]: row for row in zhou.assignments()}
    wrong = next(row for row in first.values() if row["线索等级"] == "A")
    before = (out / "receipts.jsonl").read_bytes()

    # An empty number is void; the books are as if it had never come.
    edits = zhou.folder / "更改.csv"
    edits.write_text(f"线索编号,操作,原因,操作人\n{wrong['线索编号']},作废,空号,周\n", "utf-8")
    assert "已登记 1 项更改" in zhou.runs("book", str(edits), "--out", str(out))

    # A week later: some leads are known already, one colleague is back, another has left.
    team(zhou.folder / "团队.csv", left="S02")
    said = zhou.route("下周线索.xlsx", NEXT_MONDAY)
    second = zhou.assignments()

    known = [number for number in range(200, 320) if f"XS{number:04}" in first]
    assert f"已分配 {120 - len(known)}，未分配 0" in said
    assert not {row["线索编号"] for row in second} & set(first)
    assert "王建国" not in {row["负责人"] for row in second}
    assert "赵敏" in {row["负责人"] for row in second}
    assert (out / "run-001" / "assignments.xlsx").exists()

    # What was written stays as it was, and all of it replays: deals, the change, who left.
    after = (out / "receipts.jsonl").read_bytes()
    assert after.startswith(before)
    assert "2 次运行" in zhou.runs("replay", str(out / "receipts.jsonl"))
    assert zhou.receipts("departed")
    state = json.loads((out / "state.json").read_text("utf-8"))
    for book in state["books"].values():
        assert all(sum(row) == 0 for row in book["balance"])
        assert "S02" not in book["members"]
