"""The Django application of this package."""

from django.apps import AppConfig


class ConnectorsConfig(AppConfig):
    """Registers the tables, and what erasing a person reaches here."""

    name = "evenhand.connectors"
    label = "connectors"

    def ready(self) -> None:
        """Join in when a person is erased."""
        from evenhand.connectors.operations.erasing import start

        start()
