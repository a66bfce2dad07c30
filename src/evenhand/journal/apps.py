"""The Django application of this package."""

from django.apps import AppConfig


class JournalConfig(AppConfig):
    """Registers the tables."""

    name = "evenhand.journal"
    label = "journal"
