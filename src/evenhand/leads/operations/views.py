"""A person's own choices for a list: saved views, columns, page size."""

from collections.abc import Sequence
from urllib.parse import parse_qsl, urlencode

from django.db import transaction

from evenhand.engine.reasons import reason
from evenhand.journal.operations import record
from evenhand.leads.access import NotFound
from evenhand.leads.models import SavedView
from evenhand.leads.queries.paging import SIZES
from evenhand.people.actor import Actor
from evenhand.people.models import Preference
from evenhand.people.scope import NotAllowed, Right, demand
from evenhand.platform.refusal import Refused

PAGES = ("leads", "accounts", "opportunities")
MOST_VIEWS = 50  # of one person
_NOT_KEPT = frozenset({"page", "csrfmiddlewaretoken"})


class CannotSaveView(Refused):
    """A view cannot be saved like this."""


def save_view(
    page: str, name: str, query: str, *, is_shared: bool = False, actor: Actor
) -> SavedView:
    """Keep a list's filter under a name; the same name again replaces it.

    Views are shared by who may export: what is shared is the filter, never rows.

    :raises CannotSaveView: no name, too long, too many.
    """
    user_id = _person(actor)
    if is_shared:
        demand(actor, Right.EXPORT)
    name = " ".join(name.replace("\x00", "").split())
    pairs = [(k, v) for k, v in parse_qsl(query) if k not in _NOT_KEPT and v]
    kept = urlencode(pairs)
    if page not in PAGES:
        raise CannotSaveView(reason("work.not_a_choice", value=page, choices=PAGES), field="page")
    if not name:
        raise CannotSaveView(reason("work.needed"), field="name")
    if len(name) > 60 or len(kept) > 1000:
        raise CannotSaveView(reason("intake.too_long", limit=60), field="name")
    with transaction.atomic():
        if SavedView.objects.filter(user_id=user_id).count() >= MOST_VIEWS:
            raise CannotSaveView(
                reason("work.too_many", count=MOST_VIEWS + 1, limit=MOST_VIEWS), field="name"
            )
        view, _ = SavedView.objects.update_or_create(
            user_id=user_id,
            page=page,
            name=name,
            defaults={"query": kept, "is_shared": is_shared},
        )
        if is_shared:
            data = {"page": page}
            record("view.shared", actor=actor, object_kind="view", object_id=view.pk, data=data)
    return view


def delete_view(view_id: int, *, actor: Actor) -> None:
    """Forget one of one's own views.

    :raises NotFound: there is no such view, or it is somebody else's.
    """
    with transaction.atomic():
        gone, _ = SavedView.objects.filter(pk=view_id, user_id=_person(actor)).delete()
        if not gone:
            raise NotFound("view", view_id)


def choose_list(
    page: str, *, columns: Sequence[str] = (), size: int | None = None, actor: Actor
) -> None:
    """Keep which columns somebody wants of a list, and how many rows a page.

    :raises CannotSaveView: no such list.
    """
    if page not in PAGES:
        raise CannotSaveView(reason("work.not_a_choice", value=page, choices=PAGES), field="page")
    kept = [str(name)[:40] for name in columns][:40]
    value = {"columns": kept, "size": size if size in SIZES else SIZES[0]}
    with transaction.atomic():
        Preference.objects.update_or_create(
            user_id=_person(actor), key=f"list.{page}", defaults={"value": value}
        )


def _person(actor: Actor) -> int:
    """Whose choices these are: programs of nobody have none."""
    demand(actor, Right.SEE_ITEMS)
    if actor.user_id is None:
        raise NotAllowed(Right.SEE_ITEMS)
    return actor.user_id
