"""The Django application of this package."""

from django.apps import AppConfig


class LadderConfig(AppConfig):
    """Registers the tables."""

    name = "evenhand.ladder"
    label = "ladder"
