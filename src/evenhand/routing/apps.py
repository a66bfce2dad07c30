"""The Django application of this package."""

from django.apps import AppConfig


class RoutingConfig(AppConfig):
    """Registers the tables, and what erasing a person has to reach here."""

    name = "evenhand.routing"
    label = "routing"

    def ready(self) -> None:
        """Let erasing reach the receipts, and word items for their owners."""
        from evenhand.leads.operations import erasing
        from evenhand.routing import cards
        from evenhand.routing.erasing import blank_notes

        cards.start()

        if blank_notes not in erasing.ALSO:
            erasing.ALSO.append(blank_notes)
