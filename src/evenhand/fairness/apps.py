"""The Django application of this package."""

from django.apps import AppConfig


class FairnessConfig(AppConfig):
    """Registers the tables."""

    name = "evenhand.fairness"
    label = "fairness"
