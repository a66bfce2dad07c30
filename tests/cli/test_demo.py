"""The bundled example: one command, the same result everywhere, and nothing of anybody's lost."""

import shutil
from pathlib import Path

import pytest

from evenhand.cli import example
from evenhand.cli.demo import INPUTS, clear_former
from evenhand.cli.example.generate import write_example
from evenhand.engine.policy.load import read_policy
from evenhand.engine.routing.section import FairShare, OwnerOf, Pool
from evenhand.sheets.reading.open import open_table
from evenhand.wording.catalogue import Words
from tests.cli.report_page import Page
from tests.cli.world import Desk, Results

BUNDLED = Path(example.__file__).parent


@pytest.fixture
def demo(desk: Desk) -> Results:
    """The example, dealt into a folder."""
    ran = desk.run("demo", "--out", desk.path("demo"))
    assert ran.code == 0, ran.complained
    return desk.results("demo")


def test_the_example_ends_with_where_its_report_is(desk: Desk) -> None:
    ran = desk.run("demo", "--out", desk.path("demo"))

    report = desk.path("demo") / "report.html"
    assert ran.code == 0
    assert f"Open the report: {report}" in ran.said
    assert report.exists()


def test_what_the_example_suggests_to_ask_is_answered(desk: Desk) -> None:
    ran = desk.run("demo", "--out", desk.path("demo"))

    (line,) = [line for line in ran.said.splitlines() if "explain" in line]
    _, _, command = line.partition("bin/evenhand ")
    assert desk.run(*command.split()).code == 0


def test_input_and_results_lie_in_the_folder(demo: Results) -> None:
    inputs = demo.folder / "input"
    assert {path.name for path in inputs.iterdir()} == set(INPUTS)
    assert all((inputs / name).read_bytes() == (BUNDLED / name).read_bytes() for name in INPUTS)
    assert {"assignments.csv", "receipts.jsonl", "state.json"} <= demo.names


def test_the_example_can_be_dealt_again_from_the_beginning(desk: Desk, demo: Results) -> None:
    first = demo.contents()

    ran = desk.run("demo", "--out", demo.folder)

    assert ran.code == 0
    assert demo.contents() == first


def test_results_of_somebodys_own_are_left_alone(desk: Desk) -> None:
    own = desk.route()
    before = own.contents()

    ran = desk.run("demo", "--out", own.folder)

    assert ran.code == 2
    assert str(own.folder) in ran.complained
    assert own.contents() == before


def test_a_file_that_is_no_state_of_ours_is_left_alone(desk: Desk) -> None:
    folder = desk.path("mine")
    folder.mkdir()
    (folder / "state.json").write_text("{}", "utf-8")

    ran = desk.run("demo", "--out", folder)

    assert ran.code == 2
    assert (folder / "state.json").read_text("utf-8") == "{}"


def test_an_empty_folder_needs_no_clearing(tmp_path: Path) -> None:
    clear_former(tmp_path, Words("en"))

    assert list(tmp_path.iterdir()) == []


def test_every_decision_of_the_example_can_be_computed_again(desk: Desk, demo: Results) -> None:
    ran = desk.run("replay", demo.receipts, "--quiet")

    assert ran.code == 0


def test_the_example_shows_what_there_is_to_see(demo: Results) -> None:
    page = Page(demo.folder / "report.html")

    counts = {label: int(value) for label, (value, _) in list(page.cards.items())[:5]}
    assert counts["Rows read"] > 200
    assert min(counts.values()) > 0
    excluded = " ".join(page.sections["excluded"].headings)
    for reason in (
        "On leave",
        "Accepting switch is off",
        "capacity limit",
        "sales level",
        "region",
    ):
        assert reason in excluded
    states = {row[-1] for row in page.sections["rules"].tables[0].rows}
    assert states == {"in effect", "no lead met the condition"}
    assert page.cards["Zero-sum check"][0] == "Passed"
    assert any(row["mentor"] for row in demo.assignments)


def test_the_example_next_monday_deals_only_what_is_new(desk: Desk, demo: Results) -> None:
    inputs = demo.folder / "input"
    done = {item for item, owner in demo.owners.items() if owner}

    again = desk.run(
        *("route", inputs / "leads.csv", "--team", inputs / "team.csv"),
        *("--policy", inputs / "policy.yaml", "--out", demo.folder, "--at", "2026-11-30T09:00"),
    )

    assert again.code == 1
    dealt_again = set(desk.results("demo").owners)
    assert dealt_again
    assert not dealt_again & done


def test_the_sheets_are_those_that_the_generator_makes(tmp_path: Path) -> None:
    write_example(tmp_path)

    for path in sorted(tmp_path.iterdir()):
        assert path.read_bytes() == (BUNDLED / path.name).read_bytes(), path.name


def test_the_policy_of_the_example_uses_what_a_first_policy_needs() -> None:
    text = (BUNDLED / "policy.yaml").read_text("utf-8")

    document = read_policy(text)

    assert {type(rule.to) for rule in document.rules} == {FairShare, OwnerOf, Pool}
    assert len(document.levels) == 3
    assert document.capacity.windows
    assert document.points.adjustments
    assert text.count("# ") >= 12


def test_the_policy_of_the_example_has_no_mistake(desk: Desk) -> None:
    policy, team = BUNDLED / "policy.yaml", BUNDLED / "team.csv"

    ran = desk.run("policy", "lint", policy, "--team", team)

    assert ran.code == 0, ran.said


def test_the_team_of_the_example_has_everybody_a_team_has(demo: Results) -> None:
    table = open_table(BUNDLED / "team.csv")
    rows = [dict(zip(table.header, row, strict=True)) for _, row in table.rows()]

    assert {row["职级"] for row in rows} == {"新人", "资深", "大客户"}
    assert [row["姓名"] for row in rows if row["状态"] == "离职"] == ["郑正"]
    assert [row["姓名"] for row in rows if row["接单"] == "否"] == ["孙悦"]
    assert [row["姓名"] for row in rows if row["请假"]] == ["梁一诺"]
    away = {row["工号"] for row in rows if row["姓名"] in ("郑正", "孙悦", "梁一诺")}
    assert not away & set(demo.received)


def test_the_past_year_of_the_example_can_be_checked_up(desk: Desk, tmp_path: Path) -> None:
    source = shutil.copy(BUNDLED / "history.csv", tmp_path / "history.csv")

    ran = desk.run("checkup", source, "--out", tmp_path / "checkup")

    assert ran.code == 0
    assert (tmp_path / "checkup" / "checkup.html").exists()


def test_nobody_in_the_example_can_be_called_or_written_to() -> None:
    """Invented phones begin with 1990000, mails end in .example: nobody has either."""
    for name in ("leads.csv", "history.csv"):
        table = open_table(BUNDLED / name)
        for _, row in table.rows():
            cells = dict(zip(table.header, row, strict=True))
            phone = str(cells.get("手机") or cells.get("联系电话") or "")
            digits = phone.removeprefix("+86").replace(" ", "")
            assert digits == "" or digits.startswith(("1990000", "199****"))
            mail = str(cells.get("邮箱") or "")
            assert mail == "" or mail.endswith(".example")
