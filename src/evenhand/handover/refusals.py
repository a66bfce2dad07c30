"""What handing over refuses, in words."""

from evenhand.engine.reasons import Param, reason
from evenhand.platform.refusal import Refused


class CannotHandOver(Refused):
    """A cover or a departure that does not fit; nothing is changed."""


def refuse(code: str, *, field: str = "", **params: Param) -> CannotHandOver:
    """A refusal, in words."""
    return CannotHandOver(reason(code, **params), field=field)
