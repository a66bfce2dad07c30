"""The Django application of this package."""

from django.apps import AppConfig


class NotifyConfig(AppConfig):
    """Registers the tables."""

    name = "evenhand.notify"
    label = "notify"
