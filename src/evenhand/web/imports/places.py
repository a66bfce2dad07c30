"""Where what a row made can be looked at."""

from evenhand.imports.models import Import, ImportRow, Kind

_PAGES = {Kind.ACCOUNT: "accounts", Kind.OPPORTUNITY: "opportunities", Kind.TASK: "tasks"}


def address_of(row: Import, one: ImportRow) -> tuple[str, int] | None:
    """The address of what a row made or met, and its number; None = nothing of its own page."""
    if one.lead_id is not None:
        return f"/leads/{one.lead_id}", one.lead_id
    if one.made_id is None or row.kind not in _PAGES:
        return None
    return f"/{_PAGES[Kind(row.kind)]}/{one.made_id}", one.made_id
