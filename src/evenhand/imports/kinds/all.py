"""The kinds by name."""

from collections.abc import Mapping

from evenhand.imports.kinds.base import KindOfRows
from evenhand.imports.kinds.leads import Leads
from evenhand.imports.models import Import, Kind

KINDS: Mapping[str, KindOfRows] = {Kind.LEAD: Leads()}


def kind_of(row: Import) -> KindOfRows:
    """What the rows of an import are."""
    return KINDS[row.kind]
