"""The Django application of this package."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """Registers the templates and static files of /api/docs."""

    name = "evenhand.api"
    label = "api"
