"""The Django application of this package."""

from django.apps import AppConfig


class RoutingConfig(AppConfig):
    """Registers the tables."""

    name = "evenhand.routing"
    label = "routing"
