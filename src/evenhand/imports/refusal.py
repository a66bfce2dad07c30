"""The refusal of a file or of a choice about it."""

from evenhand.platform.refusal import Refused


class CannotImport(Refused):
    """The file or a choice cannot be used, or it is too late for it."""
