"""The Django application of this package."""

from django.apps import AppConfig


class LeadsConfig(AppConfig):
    """Registers the tables, and what of them can be exported."""

    name = "evenhand.leads"
    label = "leads"

    def ready(self) -> None:
        """Offer the lists for export."""
        from evenhand.leads.taking_out import start

        start()
