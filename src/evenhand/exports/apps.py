"""The Django application of this package."""

from django.apps import AppConfig


class ExportsConfig(AppConfig):
    """Registers the tables; packages above add what can be exported."""

    name = "evenhand.exports"
    label = "exports"
