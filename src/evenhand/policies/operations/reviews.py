"""Rules are looked at again on the day that was named: told when due, and answered for."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from evenhand.journal.operations import record
from evenhand.notify.operations import tell
from evenhand.people.actor import Actor
from evenhand.people.clocks import company_day
from evenhand.people.models import Role, User
from evenhand.policies.models import PolicyVersion, VersionState
from evenhand.policies.operations.copies import editor_of, line_with_rules
from evenhand.policies.operations.publishing import owner_of_rules, review_on_is_ahead, text_of


def reviewed(
    line_id: int, *, note: str, review_on: date | None, owner_id: int | None, actor: Actor
) -> PolicyVersion:
    """The live rules were looked at and stay; somebody looks again on another day.

    :raises NotAllowed: the actor may not edit policies.
    :raises NotFound: there is no such line.
    :raises CannotPublish: nothing is live, or note, owner or a day ahead is missing.
    """
    editor_of(actor)
    with transaction.atomic():
        line, version = line_with_rules(line_id)
        said = text_of(note, "note", "studio.note_missing")
        owner = owner_of_rules(owner_id)
        version.review_on = review_on_is_ahead(review_on)
        version.owner, version.review_told_on = owner, None
        version.save(update_fields=["review_on", "owner", "review_told_on"])
        record(
            "policy.reviewed",
            actor=actor,
            object_kind="line",
            object_id=line.pk,
            data={
                "version": version.number,
                "owner": owner.pk,
                "review_on": version.review_on.isoformat(),
                "note": said,
            },
        )
    return version


def tell_of_reviews() -> int:
    """Tell the owners of rules whose day has come, once a day until it is answered; how many.

    Where the owner has left, sales operations is told.
    """
    today = company_day(timezone.now())
    told = 0
    with transaction.atomic():
        due = PolicyVersion.objects.select_for_update(of=("self",)).filter(
            state=VersionState.LIVE, line__is_active=True, review_on__lte=today
        )
        for version in due.exclude(review_told_on=today).select_related("owner"):
            owner = version.owner
            people = [owner.pk] if owner is not None and owner.is_active else _operations()
            tell(people, "rules_review_due", object_kind="policy", object_id=version.line_id)
            version.review_told_on = today
            version.save(update_fields=["review_told_on"])
            told += 1
    return told


def _operations() -> list[int]:
    people = User.objects.filter(role=Role.SALES_OPS, is_active=True)
    return list(people.values_list("pk", flat=True))
