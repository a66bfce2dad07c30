"""Failures as people should see them: one sentence in their language, exit code 2, no traceback."""

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec

import click

from evenhand.cli.unusable import Unusable
from evenhand.engine.reasons import Reason
from evenhand.platform.refusal import Refused
from evenhand.wording.catalogue import Words
from evenhand.wording.display import NO_VALUE
from evenhand.wording.reasons import say

EXIT_UNUSABLE = 2

Given = ParamSpec("Given")


def say_failures(command: Callable[Given, int]) -> Callable[Given, None]:
    """Run a command, say what it could not do in the language asked for, and set the exit code."""

    @wraps(command)
    def run(*args: Given.args, **kwargs: Given.kwargs) -> None:
        context = click.get_current_context()
        words = Words(str(kwargs["lang"]))
        try:
            code = command(*args, **kwargs)
        except BrokenPipeError:
            raise  # nobody listens any more; click ends quietly
        except Exception as error:
            if isinstance(error, _expected()):
                said = sentences(error, words)
            elif isinstance(error, OSError):
                said = [_trouble(error, words)]
            else:
                raise
            for sentence in said:
                click.echo(sentence, err=True)
            code = EXIT_UNUSABLE
        except KeyboardInterrupt:
            click.echo(f"\n{words.text('interrupted')}", err=True)
            code = EXIT_UNUSABLE
        context.exit(code)

    return run


def _expected() -> tuple[type[Exception], ...]:
    """What a command may fail of. Read when one failed: they stand all over what others need."""
    from evenhand.engine.calendar.hours import UnreadableHours
    from evenhand.engine.calendar.worktime import UnknownZone
    from evenhand.engine.policy.load import InvalidPolicy
    from evenhand.engine.routing.replay import UnreadableReceipts
    from evenhand.people.dayfile import UnreadableDays
    from evenhand.people.workdays import UnknownCountry
    from evenhand.sheets.columns.override import UnreadableOverride
    from evenhand.sheets.limits import UnreadableSheet
    from evenhand.sheets.regions.own_file import UnreadableRegions

    return (
        UnreadableSheet,
        UnreadableOverride,
        Unusable,
        UnreadableHours,
        UnreadableDays,
        UnreadableRegions,
        UnreadableReceipts,
        UnknownZone,
        UnknownCountry,
        InvalidPolicy,
        Refused,
    )


def _trouble(error: OSError, words: Words) -> str:
    """What the machine refused: a file that is not there, no permission, a full disk."""
    file = NO_VALUE if error.filename is None else str(error.filename)
    return words.text("cannot-access", file=file, what=error.strerror or str(error))


def sentences(error: Exception, words: Words) -> list[str]:
    """An expected failure in words: one sentence for each thing that is wrong."""
    from evenhand.engine.policy.load import InvalidPolicy

    if isinstance(error, InvalidPolicy):
        return [_at(one.path) + say(words, one.why) for one in error.problems]
    if isinstance(error, Refused):
        return [say(words, error.why)]
    reasons: Any = getattr(error, "reasons", None)
    if reasons is None:
        single = getattr(error, "reason", None)
        reasons = [single] if isinstance(single, Reason) else []
    return [say(words, one) for one in reasons] or [str(error)]


def _at(place: str) -> str:
    return f"{place}: " if place else ""
