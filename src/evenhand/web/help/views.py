"""What somebody who is lost needs: words, keys, and where to read on."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from evenhand.web.acting import signed_in

# Ideas in the order in which somebody meets them; each has a title and a text.
IDEAS = ("receipt", "ledger", "countdown", "switch", "unassigned", "manual")


@require_safe
@signed_in()
def show_help(request: HttpRequest) -> HttpResponse:
    """The ideas behind the pages, and the keys."""
    ideas = [(f"web-help-{idea}-title", f"web-help-{idea}") for idea in IDEAS]
    return render(request, "web/help/help.html", {"ideas": ideas})
