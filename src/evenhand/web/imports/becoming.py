"""What the rows of a file are and become: read from the form, shown on the page."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from evenhand.imports.kinds.all import KINDS
from evenhand.imports.models import Becomes, Import, Strangers
from evenhand.imports.operations.becoming import BECOMES, STRANGERS, Becoming, set_kind
from evenhand.imports.operations.release import release
from evenhand.imports.words import stages_of
from evenhand.imports.words import words_of as words_in
from evenhand.people.names import reps_within
from evenhand.people.organization import CURRENCIES
from evenhand.people.scope import Right
from evenhand.platform.refusal import Refused
from evenhand.policies.queries import pools_of
from evenhand.web.acting import actor_in, signed_in
from evenhand.web.asked import number_of, words_of
from evenhand.wording.reasons import say

_SHOWN = 100


@require_POST
@signed_in(Right.IMPORT)
def change_kind(request: HttpRequest, import_id: int) -> HttpResponse:
    """Say what the rows of a file are."""
    try:
        set_kind(import_id, request.POST.get("kind", ""), actor=actor_in(request))
    except Refused as refusal:
        messages.error(request, say(words_of(request), refusal.why))
    return redirect(f"/imports/{import_id}")


@require_POST
@signed_in(Right.IMPORT)
def release_all(request: HttpRequest, import_id: int) -> HttpResponse:
    """Let the rules deal what an import left aside."""
    count = release(import_id, actor=actor_in(request))
    messages.success(request, words_of(request).text("web-imports-released", count=count))
    return redirect(f"/imports/{import_id}")


def becoming_in(request: HttpRequest, row: Import) -> Becoming:
    """What the form says."""
    typed = request.POST
    owners = zip(typed.getlist("owner"), typed.getlist("owner_is"), strict=False)
    stages = zip(typed.getlist("status"), typed.getlist("status_is"), strict=False)
    return Becoming(
        becomes=typed.get("becomes", row.becomes),
        pool=typed.get("pool", ""),
        strangers=typed.get("strangers", row.strangers),
        strangers_to=number_of(typed.get("strangers_to")),
        owners={text: int(rep) for text, rep in owners if rep.isascii() and rep.isdigit()},
        stages={key: stage for key, stage in stages if stage},
        currency=typed.get("currency", ""),
        keeps_nameless=bool(typed.get("keeps_nameless")),
    )


def chosen_on(row: Import, request: HttpRequest) -> Import:
    """An import as the form says, to be shown again; nothing is written.

    What no form of ours sends (a choice that is none) stays as it was.
    """
    wanted = becoming_in(request, row)
    if wanted.becomes in BECOMES.get(row.kind, ()):
        row.becomes = wanted.becomes
    if wanted.strangers in STRANGERS.get(row.kind, ()):
        row.strangers = wanted.strangers
    people = {one.id for one in reps_within(actor_in(request))}
    row.owners = {text: rep for text, rep in wanted.owners.items() if rep in people or not rep}
    known = stages_of(row.kind, row.line_id)
    row.stages = {key: stage for key, stage in wanted.stages.items() if stage in known}
    row.pool, row.strangers_to_id = wanted.pool, wanted.strangers_to
    row.currency, row.keeps_nameless = wanted.currency, wanted.keeps_nameless
    return row


def becoming_shown(row: Import, request: HttpRequest, *, is_readable: bool) -> dict[str, Any]:
    """What the page shows of it."""
    listed = words_in(row) if is_readable else None
    return {
        "kinds": list(KINDS),
        "keeps_own": KINDS[row.kind].keeps_own,
        "becomes": BECOMES.get(row.kind, ()),
        "strangers": STRANGERS.get(row.kind, ()),
        "keeps_owner": Becomes.KEEP_OWNER in BECOMES.get(row.kind, ()),
        "gives": Strangers.GIVE,
        "pools": pools_of(row.line_id) if Becomes.POOL in BECOMES.get(row.kind, ()) else (),
        "colleagues": reps_within(actor_in(request)),
        "listed": listed,
        "owner_words": () if listed is None else listed.owners[:_SHOWN],
        "stage_words": () if listed is None else listed.stages[:_SHOWN],
        "stage_choices": stages_of(row.kind, row.line_id),
        "currencies": CURRENCIES,
    }
