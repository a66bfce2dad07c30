"""The Django application of this package."""

from django.apps import AppConfig


class PoolConfig(AppConfig):
    """Registers the tables."""

    name = "evenhand.pool"
    label = "pool"
