"""The gate: who makes forms, and which of them the public sees."""

from django.db.models import QuerySet

from evenhand.forms.models import Form, Sent, SentState
from evenhand.people.actor import Actor
from evenhand.people.scope import Right, demand
from evenhand.platform.refusal import NotFound


def forms_of(actor: Actor) -> QuerySet[Form]:
    """Every form that was not deleted.

    :raises NotAllowed: the actor does not edit rules, and forms with them.
    """
    demand(actor, Right.EDIT_POLICY)
    return Form.objects.filter(deleted_at=None, line__is_active=True).select_related("line", "live")


def form_for(actor: Actor, form_id: int, *, locked: bool = False, deleted: bool = False) -> Form:
    """A form by id; `deleted` finds one that was deleted.

    :raises NotAllowed: as `forms_of`.
    :raises NotFound: there is none.
    """
    demand(actor, Right.EDIT_POLICY)
    rows = Form.objects.filter(pk=form_id, deleted_at__isnull=not deleted, line__is_active=True)
    rows = rows.select_for_update(of=("self",)) if locked else rows
    found = rows.select_related("line", "live").first()
    if found is None:
        raise NotFound("form", form_id)
    return found


def public_form(key: str) -> Form | None:
    """The form at a public address, if visitors may see it; its dates are asked elsewhere."""
    rows = Form.objects.filter(key=key, is_on=True, deleted_at=None, line__is_active=True)
    return rows.exclude(live=None).select_related("line", "live").first() if key else None


def held_for(actor: Actor, form_id: int) -> QuerySet[Sent]:
    """What is kept aside of a form, the newest first; raises as `form_for`."""
    form = form_for(actor, form_id)
    return Sent.objects.filter(form=form, state=SentState.HELD).order_by("-pk")
