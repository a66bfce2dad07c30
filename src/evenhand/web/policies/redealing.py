"""把新规则用到已分配的线索: what would change hands, and then the act itself. Off unless chosen."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from evenhand.people.names import user_names
from evenhand.people.scope import Right
from evenhand.platform.refusal import Refused
from evenhand.policies.queries import line_by_id, live_version
from evenhand.routing.operations.long_acts import start_redeal
from evenhand.routing.redealing import preview
from evenhand.web.acting import actor_in, signed_in
from evenhand.web.asked import number_of, words_of
from evenhand.wording.reasons import say


@signed_in(Right.EDIT_POLICY)
def redeal_line(request: HttpRequest, line_id: int) -> HttpResponse:
    """How many leads would change hands and whose; sent back with the version seen, it begins."""
    line = line_by_id(line_id)
    if line is None or live_version(line) is None:
        raise Http404
    actor, refused = actor_in(request), ""
    version = number_of(request.POST.get("version"))
    if version is not None:
        try:
            begun = start_redeal(line, version=version, actor=actor)
        except Refused as refusal:
            refused = say(words_of(request), refusal.why)
        else:
            return redirect(f"/leads/several/{begun.pk}")
    found = preview(line, actor=actor)
    rows = found.by_rep()
    names = user_names([who for who, _, _ in rows])
    context = {
        "line": line,
        "refused": refused,
        "found": found,
        "count": len(found.moves),
        "rows": [(who, names.get(who, str(who)), gains, loses) for who, gains, loses in rows],
    }
    return render(request, "web/policies/redeal.html", context)
