"""撞单查询: somebody asks before he calls, and asks the holder.

He learns how things stand and never sees a record that is not his. Asking is counted, limited, and
in the journal: the event keeps a keyed digest of what was asked, so that whoever has the number can
find out who asked for it, and nobody can read it from there.
"""

import hmac
from dataclasses import dataclass

from django.db import transaction

from evenhand.engine.facts import OWN, ItemKind
from evenhand.engine.reasons import reason
from evenhand.journal.operations import record
from evenhand.leads.access import visible
from evenhand.leads.conflicts import (
    Asked,
    AskedBy,
    Hit,
    Standing,
    hits_of,
    standing_of,
    understood,
)
from evenhand.leads.operations.erasing import is_erased
from evenhand.notify.operations import tell
from evenhand.people.actor import Actor
from evenhand.people.models import Organization, Rep
from evenhand.people.operations.buckets import take
from evenhand.people.operations.incidents import note_limit
from evenhand.people.scope import Right, demand
from evenhand.platform.refusal import Refused, TooOften

LONGEST = 200
BURST, AN_HOUR = 20, 60  # so many questions at once, so many an hour
_DAY = 86_400


class CannotCheck(Refused):
    """A question that means nothing, or one too many."""


class CheckedTooOften(CannotCheck, TooOften):
    """One too many."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is there already, as whoever asked may know it."""

    standing: Standing
    kind: ItemKind
    item_id: int | None  # None: it is not his to see
    name: str = ""  # of the company
    holder: str = ""
    team: str = ""
    way: str = OWN
    is_likely: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """How what was asked for stands."""

    by: AskedBy
    text: str
    standing: Standing
    findings: tuple[Finding, ...]

    @property
    def may_enter(self) -> bool:
        """Whether it can be entered as a lead of one's own."""
        return self.standing in (Standing.FREE, Standing.KNOWN)

    @property
    def may_ask(self) -> bool:
        """Whether there is somebody else to be asked."""
        return self.standing is Standing.TAKEN


def check_conflict(text: str, *, actor: Actor) -> Answer:
    """Whether a phone, a mail address or a company is free; written to the journal.

    :raises NotAllowed: the actor may not ask.
    :raises CannotCheck: the text means nothing, or he asked too often.
    """
    demand(actor, Right.CHECK_CONFLICT)
    with transaction.atomic():
        company = Organization.objects.get(pk=1)
        asked = _understood(text, company)
        _limit(actor)
        hits = hits_of(asked)
        answer = _answer(asked, hits, company.conflict_shows, actor)
        record(
            "conflict.checked",
            actor=actor,
            object_kind="conflict",
            object_id=None,
            data={
                "by": asked.by.value,
                "standing": answer.standing.value,
                "digest": digest_of(asked, company.seed),
                "leads": _ids(hits, ItemKind.LEAD),
                "accounts": _ids(hits, ItemKind.ACCOUNT),
            },
        )
    return answer


def ask_holder(text: str, *, actor: Actor) -> int:
    """Tell whoever holds it that the actor would like to talk about it; how many were told.

    :raises NotAllowed: the actor may not ask.
    :raises CannotCheck: nobody else holds it, or he was told within a day.
    """
    demand(actor, Right.CHECK_CONFLICT)
    with transaction.atomic():
        company = Organization.objects.get(pk=1)
        asked = _understood(text, company)
        _limit(actor)
        exact = [hit for hit in hits_of(asked) if not hit.is_likely]
        held = {
            hit.owner_id: hit
            for hit in reversed(exact)
            if standing_of(hit, actor.user_id) is Standing.TAKEN
        }
        if not held:
            raise CannotCheck(reason("conflict.nobody_to_ask"))
        told = 0
        for holder_id, hit in sorted(held.items(), key=lambda pair: pair[0] or 0):
            if take(f"ask:{actor.user_id}:{hit.kind}:{hit.id}", 1 / _DAY, 1):
                continue
            tell(
                holder_id or 0,
                "conflict_asked",
                params={"by": actor.user_id},
                object_kind=hit.kind.value,
                object_id=hit.id,
            )
            told += 1
        if not told:
            raise CannotCheck(reason("conflict.asked_already"))
        record(
            "conflict.asked",
            actor=actor,
            object_kind="conflict",
            object_id=None,
            data={"by": asked.by.value, "people": sorted(one for one in held if one)},
        )
    return told


def digest_of(asked: Asked, seed: str) -> str:
    """By which an event of a question is found by who has what was asked for in hand."""
    what = f"asked:{asked.by.value}:{asked.key}"
    return hmac.new(seed.encode(), what.encode(), "sha256").hexdigest()


def _is_forgotten(asked: Asked) -> bool:
    """Whether somebody of this phone or mail asked to be erased."""
    if not asked.key or asked.by is AskedBy.COMPANY:
        return False
    is_mail = asked.by is AskedBy.EMAIL
    return is_erased("" if is_mail else asked.text, asked.text if is_mail else "")


def _understood(text: str, company: Organization) -> Asked:
    asked = understood(text[:LONGEST], company.country)
    if not asked.key or (asked.by is AskedBy.COMPANY and len(asked.key) < 2):
        raise CannotCheck(reason("conflict.means_nothing"), field="q")
    return asked


def _limit(actor: Actor) -> None:
    if actor.user_id is None:
        return  # the system, on the server's own command line
    wait = take(f"conflict:{actor.user_id}", AN_HOUR / 3600, BURST)
    if wait:
        note_limit(actor, "conflict")
        raise CheckedTooOften("conflict.wait", wait)


def _answer(asked: Asked, hits: list[Hit], shows: str, actor: Actor) -> Answer:
    seen = _seen(hits, actor)
    people = {
        row.pk: row
        for row in Rep.objects.select_related("user__team").filter(
            pk__in={hit.owner_id for hit in hits if hit.owner_id}
        )
    }
    findings = []
    for hit in hits:
        is_seen = (hit.kind, hit.id) in seen
        rep = people.get(hit.owner_id or 0)
        names = rep is not None and (is_seen or shows == "name")
        teams = rep is not None and (names or shows == "team") and rep.user.team is not None
        findings.append(
            Finding(
                standing=standing_of(hit, actor.user_id),
                kind=hit.kind,
                item_id=hit.id if is_seen else None,
                # A company that was found through a person says whose customer he is.
                name=hit.name if is_seen or asked.by is AskedBy.COMPANY else "",
                holder=rep.user.name if rep is not None and names else "",
                team=rep.user.team.name if rep is not None and teams and rep.user.team else "",
                way=hit.way,
                is_likely=hit.is_likely,
            )
        )
    order = list(Standing)
    certain = [one.standing for one in findings if not one.is_likely]
    standing = min(certain, key=order.index, default=Standing.FREE)
    if _is_forgotten(asked):
        standing = Standing.ERASED
    findings.sort(key=lambda one: (one.is_likely, order.index(one.standing)))
    return Answer(asked.by, asked.text, standing, tuple(findings))


def _seen(hits: list[Hit], actor: Actor) -> set[tuple[ItemKind, int]]:
    """Which of them the actor may open."""
    found = set()
    for kind in {hit.kind for hit in hits}:
        ids = [hit.id for hit in hits if hit.kind is kind]
        rows = visible(actor, kind).filter(pk__in=ids).values_list("pk", flat=True)
        found |= {(kind, pk) for pk in rows}
    return found


def _ids(hits: list[Hit], kind: ItemKind) -> list[int]:
    return [hit.id for hit in hits if hit.kind is kind and not hit.is_likely]
