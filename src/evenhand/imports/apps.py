"""The Django application of this package."""

from django.apps import AppConfig


class ImportsConfig(AppConfig):
    """Registers the tables, and what erasing a person reaches here."""

    name = "evenhand.imports"
    label = "imports"

    def ready(self) -> None:
        """Join in when a person is erased, and when leads are narrowed to those of an import."""
        from evenhand.imports.operations.erasing import start
        from evenhand.imports.queries import leads_made_by
        from evenhand.leads.queries.filters import OF_IMPORT

        start()
        if leads_made_by not in OF_IMPORT:
            OF_IMPORT.append(leads_made_by)
