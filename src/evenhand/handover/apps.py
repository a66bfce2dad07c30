"""The Django application of this package."""

from django.apps import AppConfig


class HandoverConfig(AppConfig):
    """Registers the tables."""

    name = "evenhand.handover"
    label = "handover"
