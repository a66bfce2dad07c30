"""The commands that the documents show exist, with these options."""

import re
import shlex
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from evenhand.cli.main import COMMANDS, main
from tests.docs.tables import ROOT

PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
SHOWN = sorted(
    {
        command.strip()
        for page in PAGES
        for command in re.findall(r"^bin/evenhand (.*)$", page.read_text("utf-8"), re.MULTILINE)
    }
)


@pytest.mark.parametrize("shown", SHOWN)
def test_a_command_that_a_page_shows_can_be_given(shown: str) -> None:
    words = shlex.split(shown, comments=True)
    command: click.Command = main

    while isinstance(command, click.Group) and words:
        found = command.get_command(click.Context(command), words[0])
        if found is None:
            break
        command = found
        words.pop(0)

    context = click.Context(command)
    assert words == ["--help"] or not isinstance(command, click.Group), f"no command {words[0]}"
    command.make_parser(context).parse_args(words)  # raises on an option that there is not


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_is_where_it_is_looked_for(name: str) -> None:
    found = main.get_command(click.Context(main), name)

    assert found is not None and found.name == name


def test_an_unknown_option_is_noticed() -> None:
    route = main.get_command(click.Context(main), "route")
    assert route is not None
    parser = route.make_parser(click.Context(route))

    with pytest.raises(click.NoSuchOption):
        parser.parse_args(["leads.csv", "--teams", "team.csv"])


@pytest.mark.parametrize(("name", "locale"), [("README.md", "en"), ("README.zh-CN.md", "zh-Hans")])
def test_the_first_command_prints_what_the_readme_shows(
    name: str, locale: str, tmp_path: Path
) -> None:
    shown = re.findall(r"^```text\n(.*?)^```", (ROOT / name).read_text("utf-8"), re.M | re.S)[0]

    said = CliRunner().invoke(main, ["demo", "--out", str(tmp_path / "out"), "--lang", locale])

    assert said.exit_code == 0
    assert shown.strip() in said.output
