"""The Django application of this package."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Registers templates, template tags and static files, and the journal's words for export."""

    name = "evenhand.web"
    label = "web"

    def ready(self) -> None:
        """Offer the journal for export, worded as its page."""
        from evenhand.web.journal.taking_out import start

        start()
