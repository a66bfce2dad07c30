"""How much memory the embedded server takes: of the machine, or of its control group."""

import os
from pathlib import Path

import psycopg

from evenhand.platform.postgres.launch import embedded
from evenhand.platform.postgres.memory import LEAST_MB, MOST_MB, SHARE, shared_buffers

MB = 1024 * 1024


def limited(root: Path, told: str, **files: int | str) -> str:
    """With these lines of /proc/self/cgroup and limits in these folders below /sys/fs/cgroup."""
    (root / "proc/self").mkdir(parents=True)
    (root / "proc/self/cgroup").write_text(told)
    for place, limit in files.items():
        path = root / "sys/fs/cgroup" / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{limit}\n")
    return shared_buffers(root)


def test_without_a_limit_it_is_a_sixth_of_the_machine(tmp_path: Path) -> None:
    machine = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    expected = f"{max(LEAST_MB, min(MOST_MB, machine // SHARE // MB))}MB"

    assert shared_buffers(tmp_path) == expected
    assert limited(tmp_path, "0::/a\n", **{"a/memory.max": "max"}) == expected


def test_the_limit_of_a_container_counts(tmp_path: Path) -> None:
    # It sees its own group as the top one.
    assert limited(tmp_path, "0::/\n", **{"memory.max": 1_200 * MB}) == "200MB"


def test_the_smallest_limit_of_the_groups_around_counts(tmp_path: Path) -> None:
    limits = {"memory.max": 3_000 * MB, "a/memory.max": 900 * MB, "a/b/memory.max": "max"}

    assert limited(tmp_path, "0::/a/b\n", **limits) == "150MB"


def test_the_older_kind_of_groups_counts_as_well(tmp_path: Path) -> None:
    told = "5:cpu,cpuacct:/elsewhere\n4:memory:/docker/abc\n0::/\n"
    limits = {"memory/memory.limit_in_bytes": 960 * MB, "elsewhere/memory.max": 600 * MB}

    assert limited(tmp_path, told, **limits) == "160MB"


def test_it_is_never_less_than_a_server_needs(tmp_path: Path) -> None:
    assert limited(tmp_path, "0::/\n", **{"memory.max": 64 * MB}) == "128MB"


def test_the_embedded_server_has_it(made: Path) -> None:
    with embedded(made) as server, psycopg.connect(server.database.app_url) as app:
        shown = app.execute(
            "SELECT setting::bigint * 8192 FROM pg_settings WHERE name = 'shared_buffers'"
        ).fetchone()

    assert shown == (int(shared_buffers().removesuffix("MB")) * MB,)
