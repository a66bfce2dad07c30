"""The Django application of this package."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Registers the tables."""

    name = "evenhand.people"
    label = "people"
