"""One member: profile, what he receives, adjustments, leave, role, logins; and every act on him."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from evenhand.people.access import user_for
from evenhand.people.operations.adjustments import adjust, cancel_adjustment
from evenhand.people.operations.availability import set_accepting
from evenhand.people.operations.invitations import invitation_for
from evenhand.people.operations.leave import cancel_leave
from evenhand.people.operations.logins import end_all_logins
from evenhand.people.operations.members import edit_person, reactivate
from evenhand.people.operations.reps import RepIn, edit_rep, start_receiving
from evenhand.people.operations.roles import set_role
from evenhand.people.operations.totp import reset_second_factor
from evenhand.people.scope import Right
from evenhand.platform.refusal import Refused
from evenhand.routing.operations.hand_over import deactivate, open_work
from evenhand.web.acting import actor_in, signed_in
from evenhand.web.asked import number_of, words_of
from evenhand.web.fresh import ask_again, fresh_login, freshly, typed_before
from evenhand.web.members import reading
from evenhand.web.members.choosing import rep_choices
from evenhand.web.members.forms import AdjustmentForm, LeaveForm, PersonForm, RepForm, RoleForm
from evenhand.web.members.leave import entered
from evenhand.web.members.member_page import context_of, person_form, rep_form
from evenhand.wording.reasons import say


@signed_in(Right.SEE_PEOPLE)
def show_member(request: HttpRequest, user_id: int) -> HttpResponse:
    """Everything about one person."""
    typed = typed_before(request)
    more: dict[str, Any] = {"person_form": person_form(request, typed)} if typed else {}
    return render(request, "web/members/member.html", context_of(request, user_id, **more))


@require_POST
@signed_in(Right.EDIT_PEOPLE)
def save_person(request: HttpRequest, user_id: int) -> HttpResponse:
    """Keep name, address, phone and team; an address opens an account, so who it is is asked."""
    form = person_form(request, request.POST)
    user = user_for(actor_in(request), user_id, Right.EDIT_PEOPLE)
    if form.typed("email").strip().lower() != user.email and not fresh_login(request):
        typed = {name: form.typed(name) for name in form.fields}
        return ask_again(request, page=f"/members/{user_id}", **typed)

    def act() -> Any:
        edit_person(
            user_id,
            name=form.typed("name"),
            email=form.typed("email"),
            phone=form.typed("phone"),
            team_id=number_of(form.typed("team")),
            actor=actor_in(request),
        )

    return _done(request, user_id, form, "person_form", act)


@require_POST
@signed_in(Right.EDIT_PEOPLE)
def save_rep(request: HttpRequest, user_id: int) -> HttpResponse:
    """Keep what he may receive, and how much."""
    form = rep_form(request, user_id, request.POST)
    return _done(
        request,
        user_id,
        form,
        "rep_form",
        lambda: edit_rep(user_id, _rep_in(form), actor=actor_in(request)),
    )


@require_POST
@signed_in(Right.EDIT_ROLES)
@freshly
def save_role(request: HttpRequest, user_id: int) -> HttpResponse:
    """Give another role or data scope."""
    form = RoleForm(words_of(request), request.POST)
    return _done(
        request,
        user_id,
        form,
        "role_form",
        lambda: set_role(user_id, form.typed("role"), form.typed("scope"), actor=actor_in(request)),
    )


@require_POST
@signed_in(Right.EDIT_PEOPLE)
def add_adjustment(request: HttpRequest, user_id: int) -> HttpResponse:
    """Change a weight for a while."""
    form = AdjustmentForm(words_of(request), request.POST)
    return _done(
        request,
        user_id,
        form,
        "adjustment_form",
        lambda: adjust(
            user_id,
            factor=reading.hundredths(form.typed("factor"), "factor"),
            from_date=reading.needed_day(form.typed("from_date"), "from_date"),
            until_date=reading.needed_day(form.typed("until_date"), "until_date"),
            note=form.typed("note"),
            actor=actor_in(request),
        ),
    )


@require_POST
@signed_in(Right.EDIT_PEOPLE)
def end_adjustment(request: HttpRequest, user_id: int, adjustment_id: int) -> HttpResponse:
    """End a temporary change now."""
    return _plain(
        request, user_id, lambda: cancel_adjustment(adjustment_id, actor=actor_in(request))
    )


@require_POST
@signed_in(Right.EDIT_LEAVE)
def add_leave(request: HttpRequest, user_id: int) -> HttpResponse:
    """Enter leave for him."""
    form = LeaveForm(words_of(request), (), request.POST)
    return _done(request, user_id, form, "leave_form", lambda: entered(request, user_id, form))


@require_POST
@signed_in(Right.EDIT_LEAVE)
def end_leave(request: HttpRequest, user_id: int, leave_id: int) -> HttpResponse:
    """Cancel leave, or let him be back from now on."""
    return _plain(request, user_id, lambda: cancel_leave(leave_id, actor=actor_in(request)))


@require_POST
@signed_in(Right.EDIT_LEAVE)
def switch(request: HttpRequest, user_id: int) -> HttpResponse:
    """Turn his accepting switch."""
    is_on = request.POST.get("accepting") == "on"
    return _plain(
        request, user_id, lambda: set_accepting(is_on, rep_id=user_id, actor=actor_in(request))
    )


@require_POST
@signed_in(Right.EDIT_PEOPLE)
def start_rep(request: HttpRequest, user_id: int) -> HttpResponse:
    """Let him receive items."""
    return _plain(request, user_id, lambda: start_receiving(user_id, actor=actor_in(request)))


@require_POST
@signed_in(Right.EDIT_PEOPLE)
def end_sessions(request: HttpRequest, user_id: int) -> HttpResponse:
    """End all his logins, and his tokens too where that was asked for."""
    with_tokens = request.POST.get("tokens") == "on"
    return _plain(
        request,
        user_id,
        lambda: end_all_logins(user_id, with_tokens=with_tokens, actor=actor_in(request)),
    )


@require_POST
@signed_in(Right.EDIT_ROLES)
@freshly
def reset_factor(request: HttpRequest, user_id: int) -> HttpResponse:
    """Take his second factor off: the phone is lost, and so are the recovery codes."""
    return _plain(request, user_id, lambda: reset_second_factor(user_id, actor=actor_in(request)))


@require_POST
@signed_in(Right.EDIT_PEOPLE)
@freshly
def make_link(request: HttpRequest, user_id: int) -> HttpResponse:
    """Make a link by which he comes in; it is shown in the answer, once."""
    links = [invitation_for(user_id, actor=actor_in(request))]
    return render(request, "web/members/links.html", {"links": links})


@signed_in(Right.EDIT_PEOPLE)
def leave_company(request: HttpRequest, user_id: int) -> HttpResponse:
    """Deactivate: first what will happen, in numbers; then it happens."""
    actor, words = actor_in(request), words_of(request)
    user = user_for(actor, user_id, Right.EDIT_PEOPLE)
    status, error = 200, ""
    if request.method == "POST":
        try:
            done = deactivate(user_id, to=number_of(request.POST.get("to")), actor=actor)
        except Refused as refusal:
            status, error = 409, say(words, refusal.why)
        else:
            told = words.text(
                "web-members-deactivated",
                name=user.name,
                items=done.items,
                given=done.to_colleague,
                dealt=done.dealt,
                waiting=done.waiting,
            )
            messages.success(request, told)
            return redirect(f"/members/{user_id}")
    context = {
        "member": user,
        "items": open_work(user_id),
        "reps": rep_choices(actor, without=user_id),
        "error": error,
    }
    return render(request, "web/members/deactivate.html", context, status=status)


@require_POST
@signed_in(Right.EDIT_PEOPLE)
def bring_back(request: HttpRequest, user_id: int) -> HttpResponse:
    """Reactivate."""
    return _plain(request, user_id, lambda: reactivate(user_id, actor=actor_in(request)))


def _rep_in(form: RepForm) -> RepIn:
    return RepIn(
        level=form.typed("level"),
        weight=reading.hundredths(form.typed("weight"), "weight"),
        weights=reading.weights(form.typed("weights")),
        regions=reading.separate(form.typed("regions")),
        industries=reading.separate(form.typed("industries")),
        products=reading.separate(form.typed("products")),
        skills=reading.separate(form.typed("skills")),
        languages=reading.separate(form.typed("languages")),
        capacity=reading.whole(form.typed("capacity"), "capacity"),
        joined_on=reading.day(form.typed("joined_on"), "joined_on"),
        mentor_id=number_of(form.typed("mentor")),
        calendar_id=number_of(form.typed("calendar")),
    )


Form = PersonForm | RepForm | RoleForm | AdjustmentForm | LeaveForm


def _done(
    request: HttpRequest, user_id: int, form: Form, name: str, act: Callable[[], Any]
) -> HttpResponse:
    """Do it and go back to the person; what was refused stands beside its field."""
    try:
        act()
    except Refused as refusal:
        form.refuse(refusal)
        context = context_of(request, user_id, **{name: form})
        return render(request, "web/members/member.html", context, status=422)
    messages.success(request, words_of(request).text("web-members-saved"))
    return redirect(f"/members/{user_id}")


def _plain(request: HttpRequest, user_id: int, act: Callable[[], Any]) -> HttpResponse:
    """The same for an act without a form."""
    words = words_of(request)
    try:
        act()
    except Refused as refusal:
        messages.error(request, say(words, refusal.why))
    else:
        messages.success(request, words.text("web-members-saved"))
    return redirect(f"/members/{user_id}")
