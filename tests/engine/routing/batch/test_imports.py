"""Heavy solvers are an extra: nothing loads them before a plan asks for them."""

import subprocess
import sys

PROBE = """
import sys
import evenhand.engine.routing.batch as batch
problem = batch.FlowProblem((batch.FlowClass(1, (1,)),), (batch.FlowRep(1),))
batch.verify(problem, batch.solve_flow(problem, solver=batch.Solver.PLAIN))
items = batch.GapProblem((batch.GapItem((1,), 1),), (batch.GapRep(1),))
batch.solve_gap(items, solver=batch.Solver.PLAIN)
print(sorted({"scipy", "ortools"} & set(sys.modules)))
"""


def test_the_plain_path_loads_no_heavy_solver() -> None:
    probe = subprocess.run(
        [sys.executable, "-c", PROBE], capture_output=True, text=True, check=True
    )

    assert probe.stdout.strip() == "[]"
