"""The guide to files says what the code does, in both languages."""

import re
from pathlib import Path

import pytest

from evenhand.sheets.columns.names import match_name
from evenhand.sheets.columns.roles import ROLES, Purpose

GUIDE = Path(__file__).parents[2] / "docs" / "guide"
PAGES = ["files.md", "files.zh-CN.md"]
# Further kinds of rows are those of imports (docs/guide/import.md).
KINDS = (Purpose.LEADS, Purpose.TEAM, Purpose.HISTORY)
_ROW = re.compile(r"\| `(\w+)` \| (.+) \|")
_REMARK = re.compile(r"\s*[(（]`.*$|\(写法.*$")


def sections(page: str) -> dict[Purpose, str]:
    """The part of a page about each kind of sheet, by the order of its headings."""
    parts = re.split(r"^### .*$", (GUIDE / page).read_text("utf-8"), flags=re.MULTILINE)[1:]
    return dict(zip(KINDS, parts, strict=True))


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("purpose", KINDS)
def test_every_role_is_in_the_guide_and_no_other(page: str, purpose: Purpose) -> None:
    text = sections(page)[purpose].split("\n## ")[0]
    first_column = {role for role, _ in _ROW.findall(text)}
    prose = "".join(line for line in text.splitlines() if not line.startswith("|"))
    mentioned = first_column | set(re.findall(r"`([a-z_]+)`", prose))

    assert mentioned == set(ROLES[purpose])


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("purpose", KINDS)
def test_every_name_in_the_guide_is_recognized(page: str, purpose: Purpose) -> None:
    wrong = [
        (role, name)
        for role, names in _ROW.findall(sections(page)[purpose])
        for name in re.split(r", |; | \+ ", _REMARK.sub("", names))
        if (match := match_name(name, purpose)) is None or match.role != role
    ]

    assert wrong == []
