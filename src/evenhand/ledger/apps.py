"""The Django application of this package."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """Registers the tables."""

    name = "evenhand.ledger"
    label = "ledger"
