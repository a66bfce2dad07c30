"""What the studio refuses, in words."""

from evenhand.platform.refusal import Refused


class CannotEdit(Refused):
    """The draft is not this person's to write, or what it stands on has changed."""


class CannotPublish(Refused):
    """These rules cannot go live as they are, or not by this person."""
