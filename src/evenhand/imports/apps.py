"""The Django application of this package."""

from django.apps import AppConfig


class ImportsConfig(AppConfig):
    """Registers the tables, and what erasing a person reaches here."""

    name = "evenhand.imports"
    label = "imports"

    def ready(self) -> None:
        """Join in when a person is erased."""
        from evenhand.imports.operations.erasing import start

        start()
