"""The Django application of this package."""

from django.apps import AppConfig


class AppealsConfig(AppConfig):
    """Registers the tables, and what erasing a person has to reach here."""

    name = "evenhand.appeals"
    label = "appeals"

    def ready(self) -> None:
        """Let erasing reach what was written in appeals."""
        from evenhand.appeals.erasing import blank_texts
        from evenhand.leads.operations import erasing

        if blank_texts not in erasing.ALSO:
            erasing.ALSO.append(blank_texts)
