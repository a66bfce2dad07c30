"""What the acts on load refuse."""

from evenhand.platform.refusal import Refused


class CannotSay(Refused):
    """A word or an answer that cannot be taken; nothing was changed."""
