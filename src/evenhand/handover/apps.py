"""The Django application of this package."""

from django.apps import AppConfig


class HandoverConfig(AppConfig):
    """Registers the tables, and which to-dos of people on leave a plan sees to."""

    name = "evenhand.handover"
    label = "handover"

    def ready(self) -> None:
        """Let the plan for a leave come before what the type of a to-do says."""
        from evenhand.handover.operations.covering import sees_to_task
        from evenhand.tasks.operations.absence import SEEN_TO

        if sees_to_task not in SEEN_TO:
            SEEN_TO.append(sees_to_task)
