"""首次联系时限: what the company's own history speaks for. The page proposes, it sets nothing."""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from evenhand.engine.pool.timer import ENOUGH, HAND_OFFS, USUAL_HOURS, Proposal
from evenhand.people.scope import Right, may
from evenhand.policies.queries import lines
from evenhand.pool.timers import first_contact
from evenhand.web.acting import actor_in, signed_in
from evenhand.web.asked import number_of, words_of
from evenhand.web.policies.spans import span_words
from evenhand.wording.catalogue import Words

_HUNDRED = 100


@require_safe
@signed_in(Right.SEE_DECISIONS)
def show(request: HttpRequest) -> HttpResponse:
    """The limit that the last year speaks for, beside those that hold."""
    actor, words = actor_in(request), words_of(request)
    choices = [(one.pk, one.name) for one in lines()]
    wanted = number_of(request.GET.get("line"))
    known = [key for key, _ in choices]
    line = wanted if wanted in known else (known[0] if known else None)
    found = first_contact(actor, line, timezone.now())
    proposal = found.proposal
    context: dict[str, Any] = {
        "tab": "timers",
        "line": line,
        "lines": choices,
        "found": found,
        "clocks": [(rule, span_words(words, after)) for rule, after in found.clocks],
        "proposal": proposal,
        "enough": ENOUGH,
        "hand_offs": HAND_OFFS,
        "usual": _hours(USUAL_HOURS),
        "may_edit": may(actor, Right.EDIT_POLICY),
    }
    if proposal is not None:
        context |= {
            "best": _hours(proposal.best.hours),
            "low": _hours(proposal.low_hours),
            "high": _hours(proposal.high_hours),
            "best_share": _percent(proposal.best.value),
            "without_share": _percent(proposal.without),
            "contacted_share": _percent(proposal.contacted / proposal.waits),
            "chart": json.dumps(_chart(proposal, words), ensure_ascii=False),
            "rows": [
                (_hours(one.hours), _percent(one.value), _is_alike(proposal, one.hours))
                for one in proposal.choices
            ],
        }
    return render(request, "web/pools/timers.html", context)


def _hours(hours: float) -> str:
    """Hours without needless digits."""
    return f"{hours:g}"


def _percent(share: float) -> str:
    return f"{share * _HUNDRED:.1f}"


def _is_alike(proposal: Proposal, hours: float) -> bool:
    return proposal.low_hours <= hours <= proposal.high_hours


def _chart(proposal: Proposal, words: Words) -> dict[str, object]:
    """Bars: the share won under each limit, the proposed one in the main color."""
    best = proposal.best.hours
    values = [(one.hours, round(one.value * _HUNDRED, 2)) for one in proposal.choices]
    return {
        "names": [_hours(hours) for hours, _ in values],
        "stack": "limits",  # one bar a limit, whichever its color
        "bars": [
            {
                "name": words.text("web-timers-share"),
                "values": [None if hours == best else value for hours, value in values],
                "tone": "calm",
            },
            {
                "name": words.text("web-timers-proposed"),
                "values": [value if hours == best else None for hours, value in values],
                "tone": "main",
            },
        ],
    }
