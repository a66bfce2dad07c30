"""`evenhand route`, written down: the same in every process, long or short, and replayable."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.world import AT, TEAM, Desk, a_mixed_desk, people, policy, pool, share

ROOT = Path(__file__).parents[2]


def test_the_seed_decides_ties_and_without_one_it_is_drawn(desk: Desk) -> None:
    desk.csv("leads.csv", ["线索编号", "L1"])
    names = [f"R{number:02},某{number}" for number in range(12)]
    desk.csv("team.csv", people(*names))

    same = {desk.route(out=f"same{k}").owners["L1"] for k in range(2)}
    other = {desk.route("--seed", f"{k}", out=f"o{k}").owners["L1"] for k in range(6)}
    leads, team, out = desk.path("leads.csv"), desk.path("team.csv"), desk.path("drawn")
    desk.run("route", leads, "--team", team, "--out", out)

    assert len(same) == 1
    assert len(other) > 1
    assert len(desk.results("drawn").state["seed"]) >= 16


RUNS = """
import sys
from evenhand.cli.main import main
arguments = sys.argv[1:]
cut = arguments.index("--then")
for part in (arguments[:cut], arguments[cut + 1:]):
    main(part, standalone_mode=False)
"""


def a_desk_with_every_order(desk: Desk) -> None:
    """Files whose sets and dictionaries could show in what is written."""
    provinces = ("浙江", "北京", "广东")
    rows = [
        f"L{n},1381234{n:04d},公司{n % 40},{provinces[n % 3]},教育,{'ABCD'[n % 4]}"
        for n in range(120)
    ]
    header = "线索编号,手机,公司,省份,行业,等级"
    desk.csv("leads.csv", [header, *rows])
    desk.csv("more.csv", [header, *(f"M{row}" for row in rows)])
    desk.csv(
        "team.csv",
        people(
            "R1,陈一,浙江、北京,教育,",
            "R2,林二,,教育、制造,",
            "R3,周三,广东,,2026-03-01至2026-03-09",
            "R4,吴四,,,",
            header="工号,姓名,区域,行业,休假",
        ),
    )


def with_hash_seed(desk: Desk, seed: int) -> dict[str, bytes]:
    """What two runs in a process of its own write, hashing by this seed."""
    a_desk_with_every_order(desk)
    out = f"out{seed}"
    common = ["--team", "team.csv", "--out", out, "--at", AT, "--seed", "seed", "--lang", "en"]
    first, second = ["route", "leads.csv", *common], ["route", "more.csv", *common]
    done = subprocess.run(
        [sys.executable, "-c", RUNS, *first, "--then", *second],
        cwd=desk.folder,
        env={**os.environ, "PYTHONHASHSEED": str(seed), "PYTHONPATH": str(ROOT / "src")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return desk.results(out).contents()


def test_another_process_with_another_hash_seed_writes_the_same(desk: Desk) -> None:
    a_desk_with_every_order(desk)
    desk.route(out="here")
    here = desk.route(leads="more.csv", out="here").contents()

    there = with_hash_seed(desk, 1)

    assert "run-001/assignments.csv" in here
    assert there == here


@pytest.mark.slow
def test_the_results_are_the_same_under_every_hash_seed(desk: Desk) -> None:
    found = [with_hash_seed(desk, seed) for seed in range(5)]

    assert all(one == found[0] for one in found)


# -- receipts ----------------------------------------------------------------------------------


def test_the_sheet_says_what_the_receipts_say(desk: Desk) -> None:
    a_mixed_desk(desk)
    results = desk.route()

    decisions = results.lines("decision")
    classes = results.lines("class")
    assert [line["i"] for line in decisions] == [row["item"] for row in results.assignments]
    for line, row in zip(decisions, results.assignments, strict=True):
        assert row["owner-id"] == (line.get("rep") or "")
        assert row["rule"] == line["rule"]
        assert row["grade"] == classes[line["c"]]["grade"]
        assert float(row["points"]) * 1_000_000 == classes[line["c"]]["points"]


def test_the_receipts_replay_byte_for_byte(desk: Desk) -> None:
    a_mixed_desk(desk)
    desk.route()

    ran = desk.replay()

    assert ran.code == 0
    assert "Identical" in ran.said


def test_no_personal_data_in_receipts_and_state(desk: Desk) -> None:
    rows = [
        f"L{n},司马{n}号,1381234{n:04d},someone{n}@example.com,有话要说{n},公司{n % 3},A"
        for n in range(12)
    ]
    header = "线索编号,姓名,手机,邮箱,备注,公司,等级"
    desk.csv("leads.csv", [header, *rows, "M1,司马20号,138****9999,bad mail,有话要说20,,B"])
    when = "lead.phone is not empty and lead.name contains '司马' and lead.note is not empty"
    document = policy(share("named", when=when), pool())

    for out, arguments in (("plain", ()), ("asks", ("--policy", desk.policy(document)))):
        results = desk.route(*arguments, out=out)
        written = results.receipts.read_text("utf-8") + json.dumps(results.state)
        for line in written.splitlines():
            if '"t":"policy"' in line or '"t":"run"' in line:
                continue  # the policy's own words
            for personal in ("司马", "1381234", "138****", "someone", "example.com", "有话要说"):
                assert personal not in line
    assert all(row["owner-id"] for row in desk.results("asks").assignments)


def test_the_effective_policy_and_team_are_kept_beside_the_results(desk: Desk) -> None:
    results = desk.route()

    team = json.loads((results.folder / "team.json").read_text("utf-8"))
    assert [rep["id"] for rep in team["reps"]] == [line.split(",")[0] for line in TEAM[1:]]
    policy_text = (results.folder / "policy.yaml").read_text("utf-8")
    assert "fair_share" in policy_text
    assert "thresholds" in policy_text
