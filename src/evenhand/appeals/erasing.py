"""What appeals say of a customer beyond numbers: the words of those who wrote them."""

from django.db.models import Q

from evenhand.appeals.models import Appeal, Ruling
from evenhand.engine.facts import ItemKind
from evenhand.journal.answers import forget_answers
from evenhand.leads.operations.erasing import Person


def blank_texts(person: Person) -> None:
    """Blank what reps and deciders wrote about a person's items, also in answers kept for retry."""
    about = Q(item_kind=ItemKind.LEAD, item_id__in=person.leads)
    about |= Q(item_kind=ItemKind.OPPORTUNITY, item_id__in=person.opportunities)
    rows = Appeal.objects.filter(about)
    rulings = Ruling.objects.filter(appeal__in=rows)
    said = {text for pair in rows.values_list("note", "facts") for text in pair}
    said |= set(rulings.values_list("answer", flat=True))
    forget_answers(said - {""})
    rulings.exclude(answer="").update(answer="")
    rows.update(note="", facts="")
