"""What kinds of work there are, as tables and logs name them."""

from typing import NamedTuple


class WorkKind(NamedTuple):
    """What is done, and at which stage of what it is done for ("" = whichever)."""

    task: str
    stage: str = ""
