"""What is wrong with one cell: a reason code, the value as it stands in the file, the remedy."""

from dataclasses import dataclass, replace

from evenhand.engine.reasons import Param, Reason, reason
from evenhand.sheets.plain import plain, remedy

SHOWN_CHARACTERS = 200  # a rejected cell may be a whole page; the start of it tells enough


@dataclass(frozen=True, slots=True)
class Problem:
    """A cell that could not be used; `column` is its heading, where known."""

    reason: Reason
    column: str = ""

    @property
    def code(self) -> str:
        """The reason code, `sheet.…`."""
        return self.reason.code

    @property
    def value(self) -> str:
        """The cell as it stands in the file, cut to a readable length."""
        return str(self.reason["value"])

    @property
    def remedy(self) -> str:
        """What to do about it, in plain English."""
        return remedy(self.reason)

    def __str__(self) -> str:
        return plain(self.reason)

    def within(self, column: str) -> "Problem":
        """The same problem, knowing which column it stands in."""
        return replace(self, column=column)


def problem(code: str, value: object, /, **params: Param) -> Problem:
    """Build a problem about one cell.

    :raises KeyError, TypeError: as `evenhand.engine.reasons.reason`.
    """
    shown = str(value)
    if len(shown) > SHOWN_CHARACTERS:
        shown = f"{shown[:SHOWN_CHARACTERS]}…"
    return Problem(reason(code, value=shown, **params))
