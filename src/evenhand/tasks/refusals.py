"""What is refused about to-dos."""

from evenhand.engine.reasons import Param, reason
from evenhand.platform.refusal import Refused


class CannotDo(Refused):
    """The act does not fit the to-do as it is now, or what was typed; nothing changed."""


def refuse(code: str, field: str = "", **params: Param) -> CannotDo:
    """A refusal in words."""
    return CannotDo(reason(f"task.{code}", **params), field=field)
