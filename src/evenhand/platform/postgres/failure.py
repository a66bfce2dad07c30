"""Why there is no database, in words."""

from evenhand.platform.refusal import Refused


class CannotLaunch(Refused):
    """PostgreSQL could not be started; the reason names the remedy or the log."""
