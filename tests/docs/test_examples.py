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


def test_the_links_of_every_page_lead_to_files() -> None:
    links = [(page, link) for page in PAGES for link in LINK.findall(page.read_text("utf-8"))]

    dead = [(_name(page), link) for page, link in links if not (page.parent / link).exists()]
    assert dead == []


def test_the_scripts_that_pages_name_are_there() -> None:
    named = [(page, one) for page in PAGES for one in COMMAND.findall(page.read_text("utf-8"))]

    assert [(_name(page), one) for page, one in named if not (ROOT / one).is_file()] == []


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
