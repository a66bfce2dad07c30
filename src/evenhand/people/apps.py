"""The Django application of this package."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Registers the tables, and how moments are read before any connection is made."""

    name = "evenhand.people"
    label = "people"

    def ready(self) -> None:
        """Read moments the quick way."""
        from evenhand.platform.moments import read_quickly

        read_quickly()
