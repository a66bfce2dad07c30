"""What receipts say of a person beyond the facts that rules read: notes of acts by hand.

The facts themselves hold no name, phone or mail; conditions on personal fields are kept as answers.
"""

from evenhand.engine.facts import ItemKind
from evenhand.leads.operations.erasing import Person
from evenhand.routing.models import LongAct, Receipt


def blank_notes(person: Person) -> None:
    """Blank what managers and reps wrote beside their acts on a person's items."""
    long = LongAct.objects.filter(items__lead_id__in=person.leads, params__has_key="note")
    for act in long.distinct():
        LongAct.objects.filter(pk=act.pk).update(params={**act.params, "note": ""})
    for kind, ids in (
        (ItemKind.LEAD, person.leads),
        (ItemKind.OPPORTUNITY, person.opportunities),
    ):
        Receipt.objects.filter(item_kind=kind, item_id__in=ids).exclude(note="").update(note="")
