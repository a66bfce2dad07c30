"""The Django application of this package."""

from django.apps import AppConfig


class PoolConfig(AppConfig):
    """Registers the tables, and what publishing does to clocks."""

    name = "evenhand.pool"
    label = "pool"

    def ready(self) -> None:
        """Let a rule that is switched off stop its clocks."""
        from evenhand.policies.operations import publish
        from evenhand.pool.operations.switching import follow_switches

        if follow_switches not in publish.ALSO:
            publish.ALSO.append(follow_switches)
