"""The Django application of this package."""

from django.apps import AppConfig


class WorkConfig(AppConfig):
    """Registers the tables."""

    name = "evenhand.work"
    label = "work"
