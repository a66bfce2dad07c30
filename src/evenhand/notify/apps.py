"""The Django application of this package."""

from django.apps import AppConfig


class NotifyConfig(AppConfig):
    """Registers the tables, and what people are told of."""

    name = "evenhand.notify"
    label = "notify"

    def ready(self) -> None:
        """React to acts upon people."""
        from evenhand.notify import reactions, security

        reactions.start()
        security.start()
