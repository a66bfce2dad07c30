"""The kinds by name."""

from collections.abc import Mapping

from evenhand.imports.kinds.accounts import Accounts
from evenhand.imports.kinds.activities import Activities
from evenhand.imports.kinds.base import KindOfRows
from evenhand.imports.kinds.contacts import Contacts
from evenhand.imports.kinds.leads import Leads
from evenhand.imports.kinds.opportunities import Opportunities
from evenhand.imports.kinds.tasks import Tasks
from evenhand.imports.models import Import, Kind

KINDS: Mapping[str, KindOfRows] = {
    Kind.LEAD: Leads(),
    Kind.ACCOUNT: Accounts(),
    Kind.CONTACT: Contacts(),
    Kind.ACTIVITY: Activities(),
    Kind.OPPORTUNITY: Opportunities(),
    Kind.TASK: Tasks(),
}


def kind_of(row: Import) -> KindOfRows:
    """What the rows of an import are."""
    return KINDS[row.kind]
