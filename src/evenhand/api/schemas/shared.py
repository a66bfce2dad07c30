"""Parts that many answers have: people, reasons, where an item is and what it is worth."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from ninja import Schema
from pydantic import Field

from evenhand.engine.reasons import reason_from_json
from evenhand.leads.models import Held
from evenhand.people.models import Rep
from evenhand.wording.catalogue import Words
from evenhand.wording.reasons import say

MICRO = 1_000_000


class Person(Schema):
    """Somebody, by id and name."""

    id: int
    name: str


class Why(Schema):
    """A reason: a code for programs, a sentence for people."""

    code: str
    message: str


class CompanyRef(Schema):
    """A company, by id and name."""

    id: int
    name: str


class Place(Schema):
    """Where an item is, who holds it, what it is worth."""

    id: int
    state: str = Field(description="api-doc-state")
    line: str | None
    owner: Person | None
    grade: str
    score: float | None
    points: float = Field(description="api-doc-points")
    assigned_at: datetime | None
    queued_at: datetime | None
    reason: Why | None = Field(description="api-doc-reason")
    receipt: str | None = Field(description="api-doc-receipt")
    created_at: datetime


class Done(Schema):
    """An act by hand was done; its receipt."""

    receipt_id: int
    receipt: str


def place_of(item: Held, words: Words) -> dict[str, Any]:
    """The fields of `Place`, from a row with owner and line."""
    return {
        "id": item.pk,
        "state": item.state,
        "line": item.line.key if item.line is not None else None,
        "owner": person_of(item.owner),
        "grade": item.grade,
        "score": None if item.score is None else item.score / 100,
        "points": item.points / MICRO,
        "assigned_at": item.assigned_at,
        "queued_at": item.queued_at,
        "reason": why_of(item.why_unassigned, words),
        "receipt": receipt_url(item.receipt_id),
        "created_at": getattr(item, "created_at", None),
    }


def person_of(rep: Rep | None) -> Person | None:
    """A rep, by id and name."""
    return None if rep is None else Person(id=rep.pk, name=rep.user.name)


def why_of(stored: Mapping[str, Any] | None, words: Words) -> Why | None:
    """A stored reason in words."""
    if not stored:
        return None
    found = reason_from_json(stored)
    return Why(code=found.code, message=say(words, found))


def receipt_url(receipt_id: int | None) -> str | None:
    """The page of a receipt, for people."""
    return None if receipt_id is None else f"{settings.EVENHAND_URL}/receipts/{receipt_id}"


def done(receipt_id: int) -> Done:
    """The answer to an act by hand."""
    return Done(receipt_id=receipt_id, receipt=receipt_url(receipt_id) or "")
