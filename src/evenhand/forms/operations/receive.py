"""What a visitor sends becomes a lead at once, or is kept aside where it looks like spam."""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from evenhand.engine.reasons import Reason
from evenhand.forms.definition import from_plain
from evenhand.forms.models import Form, Sent, SentState
from evenhand.forms.spam import LONG_TEXT, suspicions
from evenhand.leads.intake import LeadIn, read_lead
from evenhand.people.actor import Actor, ActorKind
from evenhand.people.clocks import company_day
from evenhand.people.models import Organization
from evenhand.routing.intake import submit

VISITOR = Actor(ActorKind.FORM, role="form")
_A_DAY = timedelta(hours=24)
_COUNT = """
INSERT INTO form_day AS d (form_id, day, seen, sent, spam) VALUES (%s, %s, %s, %s, %s)
ON CONFLICT (form_id, day) DO UPDATE SET
    seen = d.seen + excluded.seen, sent = d.sent + excluded.sent, spam = d.spam + excluded.spam
"""


@dataclass(frozen=True, slots=True)
class Arrived:
    """What was sent: values as intake takes them, and what is known of how it came."""

    values: Mapping[str, Any]
    key: str  # the same page sent twice has the same
    digest: str  # of what was typed
    trapped: bool  # a field that people do not see was filled in


def receive(form: Form, arrived: Arrived) -> SentState:
    """Take it in, or keep it aside; what became of it, which the visitor is not told.

    :raises InvalidIntake: a field cannot be used.
    :raises Refused, Overloaded: as `routing.intake.submit`.
    """
    lead = read_lead(arrived.values, via="form")
    assert form.live is not None, "visitors see what is published"
    found = from_plain(form.live.definition)
    text = text_digest(lead)
    why = list(
        suspicions(
            _texts(lead),
            trapped=arrived.trapped,
            blocked=found.blocked,
            most_links=found.most_links,
            same_before=_same_before(text, arrived.key),
        )
    )
    if why:
        _hold(form, arrived, text, why)
        return SentState.HELD
    answer = submit(lead, actor=VISITOR, key=arrived.key, digest=arrived.digest)
    if not answer.is_repeat:
        with transaction.atomic():
            Sent.objects.create(
                form=form,
                version=form.live,
                at=timezone.now(),
                state=SentState.TAKEN,
                lead_id=answer.taken.lead_id,
                text_digest=text,
                ticket=arrived.key[:64],
            )
            count(form, sent=1)
    return SentState.TAKEN


def count(form: Form, *, seen: int = 0, sent: int = 0, spam: int = 0) -> None:
    """Count what a form saw today."""
    today = company_day(timezone.now())
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [form.pk, today, seen, sent, spam])


def text_digest(lead: LeadIn) -> str:
    """A keyed digest of a message long enough not to repeat by chance, else ""."""
    text = " ".join(lead.note.casefold().split())
    if len(text) < LONG_TEXT:
        return ""
    seed = Organization.objects.values_list("seed", flat=True).get(pk=1)
    return hmac.new(seed.encode(), f"form:{text}".encode(), "sha256").hexdigest()[:32]


def _texts(lead: LeadIn) -> dict[str, str]:
    told = {name: getattr(lead, name) for name in ("name", "title", "company", "note", "product")}
    own = {name: value for name, value in lead.extra.items() if not name.startswith("consent")}
    return told | {name: value for name, value in own.items() if isinstance(value, str)}


def _same_before(text: str, key: str) -> int:
    if not text:
        return 0
    rows = Sent.objects.filter(text_digest=text, at__gt=timezone.now() - _A_DAY)
    return rows.exclude(ticket=key[:64]).count()


def _hold(form: Form, arrived: Arrived, text: str, why: list[Reason]) -> None:
    assert form.live is not None, "visitors see what is published"
    with transaction.atomic():
        _, is_new = Sent.objects.get_or_create(
            form=form,
            ticket=arrived.key[:64],
            state=SentState.HELD,
            defaults={
                "version": form.live,
                "at": timezone.now(),
                "text_digest": text,
                "values": dict(arrived.values),
                "why": [one.as_json() for one in why],
            },
        )
        if is_new:
            count(form, spam=1)
