"""Examples in the documents: Python ones are run, links and commands lead somewhere."""

import doctest
import re
from pathlib import Path

import pytest

from tests.docs.tables import ROOT

PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
FENCE = re.compile(r"^```(\w*)\n(.*?)^```", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#\s]+)[^)]*\)")
COMMAND = re.compile(r"(?<![\w/.])(bin/\w+|\.ci/\w+)")


def _examples(page: Path) -> str:
    fences = FENCE.findall(page.read_text(encoding="utf-8"))
    return "\n".join(body for _, body in fences if ">>> " in body)


def _name(page: Path) -> str:
    return str(page.relative_to(ROOT))


@pytest.mark.parametrize("page", [page for page in PAGES if _examples(page)], ids=_name)
def test_the_examples_of_a_page_give_what_it_says(page: Path) -> None:
    example = doctest.DocTestParser().get_doctest(_examples(page), {}, _name(page), str(page), 0)
    said: list[str] = []

    result = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(example, out=said.append)

    assert result.failed == 0, "".join(said)


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_the_links_of_a_page_lead_to_files(page: Path) -> None:
    links = LINK.findall(page.read_text(encoding="utf-8"))

    assert [link for link in links if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_the_scripts_that_a_page_names_are_there(page: Path) -> None:
    named = set(COMMAND.findall(page.read_text(encoding="utf-8")))

    assert [script for script in sorted(named) if not (ROOT / script).is_file()] == []


def test_both_readmes_show_the_same_commands() -> None:
    english, chinese = (
        [body for language, body in FENCE.findall((ROOT / name).read_text("utf-8")) if language]
        for name in ("README.md", "README.zh-CN.md")
    )

    commands = [_commands(body) for body in english]
    assert any(commands)
    assert commands == [_commands(body) for body in chinese]


def _commands(fence: str) -> list[str]:
    lines = [line.split("  #")[0].strip() for line in fence.splitlines()]
    return [line for line in lines if COMMAND.match(line)]
