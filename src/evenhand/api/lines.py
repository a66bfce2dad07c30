"""Business lines are named by their key in the API."""

from evenhand.policies.lines import line_ids

NO_SUCH = -1  # the id of no line: a filter by it finds nothing


def line_id_of(key: str) -> int | None:
    """The id of a line; None = any, NO_SUCH = there is none of this key."""
    return line_ids().get(key, NO_SUCH) if key else None
