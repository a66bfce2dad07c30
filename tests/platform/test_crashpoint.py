"""A crash point kills when armed, and only then."""

import os
import subprocess
import sys

import pytest

from evenhand.platform.crashpoint import EXIT_CODE, VARIABLE, crashpoint

PASS_THRICE = """
from evenhand.platform.crashpoint import crashpoint
for number in (1, 2, 3):
    print(number, flush=True)
    crashpoint("postgres.cluster_unnamed")
"""


@pytest.mark.parametrize(
    ("armed", "code", "passed"),
    [
        ("", 0, "1 2 3"),
        ("postgres.database_unnamed", 0, "1 2 3"),
        ("postgres.cluster_unnamed", EXIT_CODE, "1"),
        ("postgres.cluster_unnamed:2", EXIT_CODE, "1 2"),
        ("postgres.cluster_unnamed:9", 0, "1 2 3"),
    ],
)
def test_the_process_dies_at_the_armed_pass_and_at_no_other(
    armed: str, code: int, passed: str
) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", PASS_THRICE],
        env={**os.environ, VARIABLE: armed},
        capture_output=True,
        text=True,
        check=False,
    )

    assert ran.returncode == code
    assert ran.stdout.split() == passed.split()


def test_a_place_that_is_not_registered_is_a_mistake() -> None:
    with pytest.raises(KeyError):
        crashpoint("nowhere")
