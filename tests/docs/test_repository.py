"""What may not stand in the repository, and what must."""

import re
import subprocess
from pathlib import Path

import pytest

from tests.docs.tables import ROOT

# Written with brackets, so that this file does not find itself.
TRACES = re.compile(
    r"""
      (?<![\w.:-])/(?:[w]ork|[f]arm|[r]oot|[h]ome/\w+|[U]sers/\w+)/[\w.]     # a machine's folder
    | ^\s*--(?:[e]xtra-)?[i]ndex-url | ^\s*--[f]ind-links                    # a registry's address
    | "[r]esolved":\s*"http
    | https?://[^\s"]*/(?:[s]imple|[p]ackages)/
    | [f]iles\.pythonhosted | [r]egistry\.npm | [r]egistry\.yarn
    """,
    re.VERBOSE | re.MULTILINE,
)


def _tracked() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if listed.returncode != 0:
        pytest.skip("not a git checkout")
    return [ROOT / name for name in listed.stdout.split("\0") if name]


def test_no_machine_path_and_no_registry_address_is_tracked() -> None:
    found = []
    for file in _tracked():
        if not file.is_file():  # deleted here, not yet in the index
            continue
        text = file.read_bytes().decode("utf-8", errors="replace")
        found += [f"{file.relative_to(ROOT)}: {hit.group(0)!r}" for hit in TRACES.finditer(text)]

    assert found == []


@pytest.mark.parametrize(
    "trace",
    [
        "see /wo" + "rk/main",
        "cd /ro" + "ot/x",
        "--ind" + "ex-url https://mirror",
        "https://mirror/si" + "mple/numpy",
    ],
)
def test_a_trace_is_recognized(trace: str) -> None:
    assert TRACES.search(trace)


def test_an_address_that_belongs_in_a_text_is_no_trace() -> None:
    assert not TRACES.search("https://www.apache.org/licenses/LICENSE-2.0 src/work/shift.py")


@pytest.mark.parametrize(
    "name",
    [
        "README.md",
        "README.zh-CN.md",
        "CHANGELOG.md",
        "CONTRIBUTING.md",
        "SECURITY.md",
        "docs/where.md",
        "docs/flow.md",
        "docs/glossary.md",
    ],
)
def test_a_page_that_people_look_for_is_there(name: str) -> None:
    assert (ROOT / name).read_text(encoding="utf-8").startswith("# ")


def test_the_license_is_apache_2() -> None:
    license = (ROOT / "LICENSE").read_text(encoding="utf-8")

    assert "Apache License" in license
    assert "Version 2.0, January 2004" in license
    assert "END OF TERMS AND CONDITIONS" in license


def test_changes_are_kept_under_unreleased_first() -> None:
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")

    assert re.findall(r"^## .*", changes, flags=re.MULTILINE)[0] == "## Unreleased"
