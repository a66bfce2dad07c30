"""What every act on people checks in what was typed; each refusal names its field."""

import re
from collections.abc import Iterable
from datetime import date

from evenhand.engine.reasons import reason
from evenhand.people.models import Calendar, Team
from evenhand.platform.refusal import Refused

LONGEST_NAME = 80
LONGEST_WORD = 60
_MOST_WORDS = 60
_ADDRESS = re.compile(r"[^@\s,;<>\"()]+@[^@\s,;<>\"()]+\.[^@\s,;<>\"().]{2,}")


class CannotEdit(Refused):
    """What was asked for people cannot be done, or cannot be meant; nothing was changed."""


def needed(text: str, field: str, *, longest: int = LONGEST_NAME) -> str:
    """A text that must not be empty, without blanks around it.

    :raises CannotEdit: it is empty or too long.
    """
    found = " ".join(text.split())
    if not found:
        raise CannotEdit(reason("people.needed"), field=field)
    return within_length(found, field, longest=longest)


def within_length(text: str, field: str, *, longest: int) -> str:
    """A text of at most so many characters.

    :raises CannotEdit: it is longer.
    """
    if len(text) > longest:
        raise CannotEdit(reason("people.too_long", limit=longest), field=field)
    return text


def address(text: str, field: str = "email") -> str:
    """A mail address in lower case.

    :raises CannotEdit: it is none.
    """
    found = text.strip().lower()
    if not found:
        raise CannotEdit(reason("people.needed"), field=field)
    if len(found) > 254 or not _ADDRESS.fullmatch(found):
        raise CannotEdit(reason("people.address_unreadable", value=text[:80]), field=field)
    return found


def within(number: int, low: int, high: int, field: str) -> int:
    """A number between two bounds, both included.

    :raises CannotEdit: it lies outside.
    """
    if not low <= number <= high:
        raise CannotEdit(
            reason("people.number_out_of_range", low=str(low), high=str(high)), field=field
        )
    return number


def words(texts: Iterable[str], field: str) -> list[str]:
    """Skills, regions …: each once, in the order given.

    :raises CannotEdit: one is too long, or there are too many.
    """
    found = list(dict.fromkeys(" ".join(text.split()) for text in texts if text.strip()))
    if len(found) > _MOST_WORDS:
        raise CannotEdit(
            reason("people.too_many", count=len(found), limit=_MOST_WORDS), field=field
        )
    return [within_length(text, field, longest=LONGEST_WORD) for text in found]


def in_order(first: date, last: date, field: str) -> None:
    """:raises CannotEdit: the last day lies before the first."""
    if last < first:
        raise CannotEdit(reason("people.dates_reversed"), field=field)


def active_team(team_id: int | None, field: str = "team") -> Team | None:
    """A team that was not dissolved.

    :raises CannotEdit: there is none with this id.
    """
    if team_id is None:
        return None
    # Kept until the end: nobody dissolves it meanwhile.
    found = Team.objects.select_for_update().filter(pk=team_id, is_active=True).first()
    if found is None:
        raise CannotEdit(reason("people.choice_gone"), field=field)
    return found


def existing_calendar(calendar_id: int | None, field: str = "calendar") -> Calendar | None:
    """A calendar; None = the company's default.

    :raises CannotEdit: there is none with this id.
    """
    if calendar_id is None:
        return None
    found = Calendar.objects.filter(pk=calendar_id).first()
    if found is None:
        raise CannotEdit(reason("people.choice_gone"), field=field)
    return found
