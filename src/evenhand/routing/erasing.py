"""What receipts say of a person beyond the facts that rules read: notes of acts by hand.

The facts themselves hold no name, phone or mail; conditions on personal fields are kept as answers.
"""

from evenhand.engine.facts import ItemKind
from evenhand.leads.operations.erasing import Person
from evenhand.routing.models import Receipt


def blank_notes(person: Person) -> None:
    """Blank what managers and reps wrote beside their acts on a person's items."""
    for kind, ids in (
        (ItemKind.LEAD, person.leads),
        (ItemKind.OPPORTUNITY, person.opportunities),
    ):
        Receipt.objects.filter(item_kind=kind, item_id__in=ids).exclude(note="").update(note="")
