"""docs/where.md points at code that is there, and leaves no package out."""

import ast
from functools import cache
from pathlib import Path

from tests.docs.tables import ROOT, code, read_tables

PAGE = ROOT / "docs" / "where.md"
ROWS = [row for table in read_tables(PAGE) for row in table]
# Migrations are written by Django and read by Django: how tables became what the models say.
PACKAGES = sorted(
    path.parent
    for path in (ROOT / "src" / "evenhand").rglob("__init__.py")
    if path.parent.name != "migrations"
)


def test_every_row_points_at_something_that_is_there() -> None:
    wrong = []
    for row in ROWS:
        path, _, symbol = code(row["where"]).partition("::")
        if not (ROOT / path).is_file():
            wrong.append(f"{path} is not there")
        elif symbol and not _defines(ROOT / path, symbol):
            wrong.append(f"{path} does not define {symbol}")

    assert wrong == []


def test_every_package_has_a_row() -> None:
    places = [code(row["where"]) for row in ROWS]
    folders = [f"{package.relative_to(ROOT)}/" for package in PACKAGES]

    missing = [one for one in folders if not any(place.startswith(one) for place in places)]

    assert missing == [], "add a row for each"


def test_a_question_stands_once() -> None:
    questions = [row["question"] for row in ROWS]

    assert sorted(set(questions)) == sorted(questions)


def test_a_missing_symbol_is_noticed() -> None:
    facts = ROOT / "src" / "evenhand" / "engine" / "facts.py"

    assert _defines(facts, "Rep")
    assert _defines(facts, "Regions.within")
    assert _defines(facts, "NO_LOAD")
    assert not _defines(facts, "Regions.without")
    assert not _defines(facts, "Lead")


def _defines(file: Path, symbol: str) -> bool:
    body = _parsed(file)
    found: ast.stmt | None = None
    for name in symbol.split("."):
        found = next((node for node in body if name in _names(node)), None)
        if found is None:
            return False
        body = found.body if isinstance(found, ast.ClassDef) else []
    return True


@cache
def _parsed(file: Path) -> list[ast.stmt]:
    return ast.parse(file.read_text(encoding="utf-8")).body


def _names(node: ast.stmt) -> list[str]:
    if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.AsyncFunctionDef):
        return [node.name]
    if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
        return [node.target.id]
    if isinstance(node, ast.Assign):
        return [target.id for target in node.targets if isinstance(target, ast.Name)]
    return []
