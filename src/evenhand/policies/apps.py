"""The Django application of this package."""

from django.apps import AppConfig


class PoliciesConfig(AppConfig):
    """Registers the tables."""

    name = "evenhand.policies"
    label = "policies"
