"""What to-dos say of a customer beyond numbers: titles, instructions, results."""

from django.db.models import F, Q

from evenhand.engine.facts import ItemKind
from evenhand.journal.answers import forget_answers
from evenhand.leads.operations.erasing import Person, mentions
from evenhand.routing.models import Receipt
from evenhand.tasks.models import Photo, Series, Task


def blank_texts(person: Person) -> None:
    """Blank what was written in to-dos and series for a person's leads and opportunities."""
    about = Q(item_kind=ItemKind.LEAD, item_id__in=person.leads)
    about |= Q(item_kind=ItemKind.OPPORTUNITY, item_id__in=person.opportunities)
    rows = Task.objects.filter(about)
    texts = ("title", "note", "result", "result_link")
    said = {text for row in rows.values_list(*texts) for text in row}
    said -= {"", *rows.values_list("type", flat=True)}
    forget_answers(said)
    Receipt.objects.filter(item_kind="task", item_id__in=rows.values("pk")).exclude(note="").update(
        note=""
    )
    Photo.objects.filter(task__in=rows).update(content=b"", byte_count=0)
    rows.update(title=F("type"), note="", result="", result_link="")
    Series.objects.filter(about).update(title=F("type"), note="")
    _blank_series(person)


def _blank_series(person: Person) -> None:
    """What series for others say of him. Their filters take no search."""
    for series in Series.objects.select_for_update().order_by("pk"):
        if mentions(person, series.title) or mentions(person, series.note):
            series.title, series.note = series.type, ""
            series.save(update_fields=["title", "note"])
