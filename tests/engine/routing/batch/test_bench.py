"""The bench of the optimiser says what it measured."""

import gzip
from pathlib import Path

import pytest

from bench.optimiser import run
from evenhand.engine.routing.batch import Solver, is_installed

# Two agents, three tasks: costs, sizes, capacities. The best plan costs 1 + 2 + 6.
INSTANCE = "2 3\n 1 2 9\n 4 5 6\n 5 5 5\n 5 5 5\n 10 10\n"


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    (tmp_path / "gap").mkdir()
    (tmp_path / "gap" / "tiny.txt").write_text(INSTANCE)
    (tmp_path / "gap" / "best_known.csv").write_text("instance,type,best_known\ntiny,T,9\n")
    (tmp_path / "assignment").mkdir()
    packed = gzip.compress(b"2\n1 5\n5 1\n")
    (tmp_path / "assignment" / "assign100.txt.gz").write_bytes(packed)
    (tmp_path / "assignment" / "optima.csv").write_text("file,n,optimum\nassign100,2,2\n")
    return tmp_path


def test_each_solver_at_hand_is_printed_and_the_best_one_returned(data_dir: Path) -> None:
    lines: list[str] = []

    measured = run(data_dir, out=lines.append, is_generated_too=False)

    best = Solver.HIGHS if is_installed(Solver.HIGHS) else Solver.PLAIN
    assert [row.solver for row in measured] == [best]
    assert all(row.gap == 0 and row.is_feasible and row.is_proved for row in measured)
    assert [line.split()[:6] for line in lines if line.startswith("plain")] == [
        ["plain", "T", "1", "1", "1", "0.0000"],
        ["plain", "all", "1", "1", "1", "0.0000"],
    ]
    assert any("optimum value -2" in line and "value -2," in line for line in lines)


def test_a_plan_without_time_is_still_feasible(data_dir: Path) -> None:
    measured = run(data_dir, seconds_each=0, out=lambda line: None, is_generated_too=False)

    assert all(row.is_feasible for row in measured)
