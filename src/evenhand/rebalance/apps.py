"""The Django application of this package."""

from django.apps import AppConfig


class RebalanceConfig(AppConfig):
    """Registers the tables."""

    name = "evenhand.rebalance"
    label = "rebalance"
