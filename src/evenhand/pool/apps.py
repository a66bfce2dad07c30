"""The Django application of this package."""

from django.apps import AppConfig


class PoolConfig(AppConfig):
    """Registers the tables, and what publishing does to clocks."""

    name = "evenhand.pool"
    label = "pool"

    def ready(self) -> None:
        """Let a rule that is switched off stop its clocks, and keep pools that are not empty."""
        from evenhand.policies.operations import publish
        from evenhand.pool.operations.keeping_pools import keep_full_pools
        from evenhand.pool.operations.switching import follow_switches

        for also in (keep_full_pools, follow_switches):
            if also not in publish.ALSO:
                publish.ALSO.append(also)
