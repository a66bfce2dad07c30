"""The Django application of this package."""

from django.apps import AppConfig


class FormsConfig(AppConfig):
    """Registers the tables, and what erasing a person reaches here."""

    name = "evenhand.forms"
    label = "forms"

    def ready(self) -> None:
        """Join in when a person is erased."""
        from evenhand.forms.operations.erasing import start

        start()
