"""The Django application of this package."""

from django.apps import AppConfig


class LeadsConfig(AppConfig):
    """Registers the tables."""

    name = "evenhand.leads"
    label = "leads"
