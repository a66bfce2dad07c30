"""What erasing a person reaches here: the files that may hold his row."""

from datetime import datetime, timedelta

from django.db.models import Q

from evenhand.imports.models import Import, ImportFile, ImportRow, Kind, Step
from evenhand.leads.models import Activity
from evenhand.leads.operations.erasing import ALSO, Person
from evenhand.tasks.models import Task

# So long a file is kept after its import, for the list of rejected rows.
KEPT = timedelta(days=30)


def start() -> None:
    """Reach these tables from now on, in this process."""
    if drop_files_of not in ALSO:
        ALSO.append(drop_files_of)


def drop_files_of(person: Person) -> None:
    """Drop the files through which this person's data came in.

    A file that is still being taken in goes when that is done.
    """
    about = Q(item_kind="lead", item_id__in=person.leads) | Q(contact_id__in=person.contacts)
    said = Activity.objects.filter(about).values("pk")
    of_person = Q(item_kind="lead", item_id__in=person.leads)
    of_person |= Q(item_kind="opportunity", item_id__in=person.opportunities)
    asked = Task.objects.filter(of_person).values("pk")
    rows = ImportRow.objects.filter(
        Q(lead_id__in=person.leads)
        | Q(import_of__kind=Kind.CONTACT, made_id__in=person.contacts)
        | Q(import_of__kind=Kind.OPPORTUNITY, made_id__in=person.opportunities)
        | Q(import_of__kind=Kind.ACTIVITY, made_id__in=said)
        | Q(import_of__kind=Kind.TASK, made_id__in=asked)
    ).values("import_of_id")
    imports = Import.objects.filter(pk__in=rows)
    imports.update(owners={}, stages={})  # words of the file
    imports.filter(step=Step.RUNNING).update(drops_file=True)
    ImportFile.objects.filter(import_of__in=imports.exclude(step=Step.RUNNING)).delete()


def drop_old_files(now: datetime) -> int:
    """Drop the files whose time is over, and uploads that nobody started; how many."""
    old = Import.objects.filter(uploaded_at__lt=now - KEPT)
    files = ImportFile.objects.filter(pk__in=old.exclude(step=Step.RUNNING).values("pk"))
    return files.delete()[0]
