"""The language of the command line: asked for, or that of the terminal."""

import os
from collections.abc import Callable
from typing import Any, TypeVar

import click

from evenhand.wording.catalogue import LOCALES, locale_for

Command = TypeVar("Command", bound=Callable[..., Any])


def terminal_locale() -> str:
    """The locale that the environment asks for, in the order in which programs look."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name)
        if value:
            return locale_for(value)
    return locale_for(None)


def language_option(command: Command) -> Command:
    """`--lang`, for every command that says something."""
    return click.option(
        "--lang",
        type=click.Choice(LOCALES),
        default=terminal_locale,
        show_default="the terminal's",
        help="Language of messages, reasons and the report.",
    )(command)
