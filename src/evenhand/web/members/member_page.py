"""What the page of one member shows, and its forms as they stand before anybody types."""

from datetime import timedelta
from typing import Any

from django.http import HttpRequest

from evenhand.people.access import user_for
from evenhand.people.actor import Actor
from evenhand.people.models import User
from evenhand.people.operations.reps import rep_data
from evenhand.people.operations.sessions import logins_of
from evenhand.people.operations.tokens import tokens_of
from evenhand.people.presence import presence_of
from evenhand.people.queries.absences import adjustments_of, leave_of
from evenhand.people.scope import Right, may
from evenhand.platform.clock import now
from evenhand.routing.operations.hand_over import open_work
from evenhand.web.acting import actor_in
from evenhand.web.asked import words_of
from evenhand.web.members.choosing import calendar_choices, rep_choices, team_choices
from evenhand.web.members.forms import AdjustmentForm, LeaveForm, PersonForm, RepForm, RoleForm
from evenhand.web.members.reading import shown_hundredths, shown_weights
from evenhand.wording.reasons import say

_SHOWN_BEHIND = timedelta(days=60)


def context_of(request: HttpRequest, user_id: int, **typed: Any) -> dict[str, Any]:
    """The page of a person; `typed` are forms that were refused, with what stands in them.

    :raises NotAllowed, NotFound: as `access.user_for`.
    """
    actor, words, at = actor_in(request), words_of(request), now()
    user = user_for(actor, user_id)
    rep = getattr(user, "rep", None)
    context: dict[str, Any] = {
        "member": user,
        "rep": rep,
        "now": at,
        "rights": _rights(actor, user),
        "open_items": open_work(user_id) if rep else 0,
        "presence": presence_of(user_id, at) if rep else None,
        "adjustments": adjustments_of(user_id) if rep else [],
        "leave": leave_of(user_id, at - _SHOWN_BEHIND) if rep else [],
        "logins": len(logins_of(user, None)),
        "tokens": sum(one.is_valid for one in tokens_of(user)),
    }
    if context["presence"] and context["presence"].away:
        context["away_words"] = say(words, context["presence"].away)
    if context["rights"]["edit"]:
        context["person_form"] = person_form(request, user=user)
        context["adjustment_form"] = AdjustmentForm(words)
        if rep is not None and "rep_form" not in typed:
            context["rep_form"] = rep_form(request, user_id, user=user)
    if context["rights"]["leave"]:
        context["leave_form"] = LeaveForm(words)
    if context["rights"]["roles"]:
        context["role_form"] = RoleForm(words, initial={"role": user.role, "scope": user.scope})
    return context | typed


def person_form(request: HttpRequest, data: Any = None, *, user: User | None = None) -> PersonForm:
    """Profile: as it stands, or as it was typed."""
    values = ("name", "email", "phone")
    start = {} if user is None else {name: getattr(user, name) for name in values}
    start["team"] = "" if user is None else user.team_id
    return PersonForm(words_of(request), team_choices(actor_in(request)), data, initial=start)


def rep_form(
    request: HttpRequest, user_id: int, data: Any = None, *, user: User | None = None
) -> RepForm:
    """What he receives: as it stands, or as it was typed."""
    actor = actor_in(request)
    start: dict[str, Any] = {}
    if user is not None:
        now_is = rep_data(user.rep)
        start = {
            "level": now_is.level,
            "weight": shown_hundredths(now_is.weight),
            "weights": shown_weights(dict(now_is.weights)),
            "capacity": now_is.capacity,
            "joined_on": now_is.joined_on,
            "mentor": now_is.mentor_id,
            "calendar": now_is.calendar_id,
        } | {
            name: "、".join(getattr(now_is, name))
            for name in ("regions", "industries", "products", "skills", "languages")
        }
    mentors = rep_choices(actor, without=user_id)
    return RepForm(words_of(request), mentors, calendar_choices(actor), data, initial=start)


def _rights(actor: Actor, user: User) -> dict[str, bool]:
    """Which acts the page offers; each operation asks again."""
    gives_roles = may(actor, Right.EDIT_ROLES)
    edits = may(actor, Right.EDIT_PEOPLE)
    is_other = user.pk != actor.user_id
    whole = edits and (user.role == "rep" or gives_roles)
    return {
        "edit": edits,
        "share": may(actor, Right.SEE_DECISIONS),
        "leave": may(actor, Right.EDIT_LEAVE) and hasattr(user, "rep") and user.is_active,
        "roles": gives_roles and is_other and user.is_active,
        "access": whole,
        "second_factor": gives_roles and is_other and bool(user.totp_secret),
        "deactivate": whole and is_other and user.is_active,
        "reactivate": whole and not user.is_active,
    }
