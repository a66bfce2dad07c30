"""The Django application of this package."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Registers templates, template tags and static files."""

    name = "evenhand.web"
    label = "web"
