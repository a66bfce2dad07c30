"""docs/adr: numbered decisions, and the list of dependencies beside what is installed."""

import json
import re
import tomllib

from tests.docs.tables import ROOT, read_tables

PAGES = sorted((ROOT / "docs" / "adr").glob("*.md"))
DEPENDENCIES = ROOT / "docs" / "adr" / "0002-dependencies.md"


def test_decisions_are_numbered_without_a_gap_and_titled_with_their_number() -> None:
    numbers = [page.name[:4] for page in PAGES]
    titles = [page.read_text(encoding="utf-8").splitlines()[0] for page in PAGES]

    assert numbers == [f"{number:04}" for number in range(1, len(PAGES) + 1)]
    assert [title[:8] for title in titles] == [f"# {number}. " for number in numbers]


def test_every_decision_fits_a_page() -> None:
    # The list of dependencies is as long as the list of dependencies.
    pages = [page for page in PAGES if page != DEPENDENCIES]
    longest = max(len(page.read_text(encoding="utf-8").splitlines()) for page in pages)

    assert longest <= 60


def test_runtime_dependencies_are_those_of_the_decision() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["optimise"]]

    assert [_name(line) for line in wanted] == _listed(table=0)


def test_tools_are_those_of_the_decision() -> None:
    groups = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))

    assert [_name(line) for line in groups["dependency-groups"]["dev"]] == _listed(table=1)


def test_assets_of_pages_are_those_of_the_decision() -> None:
    package = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))

    assert list(package["dependencies"]) == _listed(table=2)


def test_every_dependency_has_its_reason_and_its_way_out() -> None:
    rows = [row for table in read_tables(DEPENDENCIES) for row in table]

    assert [row["package"] for row in rows if not (row["why"] and row["if it died"])] == []


def _name(requirement: str) -> str:
    return re.split(r"[<>=!~;\[ ]", requirement)[0]


def _listed(*, table: int) -> list[str]:
    return [row["package"] for row in read_tables(DEPENDENCIES)[table]]
