"""The Django application of this package."""

from django.apps import AppConfig


class TasksConfig(AppConfig):
    """Registers the tables, what erasing a person has to reach here, and who reads receipts."""

    name = "evenhand.tasks"
    label = "tasks"

    def ready(self) -> None:
        """Let erasing reach what was written in to-dos, and receipts find them."""
        from evenhand.leads.operations import erasing
        from evenhand.routing import access
        from evenhand.tasks import taking_out
        from evenhand.tasks.access import sees_task
        from evenhand.tasks.erasing import blank_texts

        if blank_texts not in erasing.ALSO:
            erasing.ALSO.append(blank_texts)
        taking_out.start()
        access.ALSO_SEEN["task"] = sees_task
