"""把新时限用到已在手的: how many items would get the live clocks, and then the act itself."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from evenhand.people.scope import Right
from evenhand.platform.refusal import Refused
from evenhand.policies.queries import line_by_id
from evenhand.pool.operations.reaching_back import reach_back
from evenhand.pool.reaching import preview_reach
from evenhand.web.acting import actor_in, signed_in
from evenhand.web.asked import number_of, words_of
from evenhand.wording.reasons import say


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in(Right.EDIT_POLICY)
def reach_line(request: HttpRequest, line_id: int) -> HttpResponse:
    """How far the live clocks would reach back; sent back with the version seen, it is done."""
    actor, words, refused = actor_in(request), words_of(request), ""
    line = line_by_id(line_id)
    found = None if line is None else preview_reach(line, actor=actor)
    if line is None or found is None:
        raise Http404
    version = number_of(request.POST.get("version"))
    if version is not None:
        try:
            count = reach_back(line, version=version, actor=actor)
        except Refused as refusal:
            refused = say(words, refusal.why)
        else:
            messages.success(request, words.text("web-reach-done", count=count))
            return redirect(f"/policies/{line.pk}")
    context = {"line": line, "found": found, "count": found.count, "refused": refused}
    status = 409 if refused else 200
    return render(request, "web/policies/reach.html", context, status=status)
