"""One editor at a time: taking hold of a line's draft, letting it go, taking it over."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from evenhand.journal.operations import record
from evenhand.notify.operations import tell
from evenhand.people.actor import Actor
from evenhand.people.scope import Right, demand
from evenhand.policies.models import Line, WorkingCopy
from evenhand.policies.operations.copies import (
    editor_of,
    fresh_text,
    held_words,
    live_of,
    locked_line,
    open_copy,
)
from evenhand.policies.queries import is_held
from evenhand.policies.refusals import CannotEdit

# A lunch break does not cost the draft, an evening does: nobody waits longer for a colleague who
# went home with the page open. Typing begins the time anew.
HOLD_FOR = timedelta(minutes=30)


def take_hold(line_id: int, *, at_once: bool = False, actor: Actor) -> WorkingCopy:
    """Begin or go on editing: a draft of the live rules if there is none, held by this person.

    `at_once` takes it from whoever holds it, who is told; administrators only.

    :raises NotAllowed: the actor may not edit policies, or not take a draft at once.
    :raises NotFound: there is no such line.
    :raises CannotEdit: somebody else holds it.
    """
    editor = editor_of(actor)
    if at_once:
        demand(actor, Right.EDIT_COMPANY)
    with transaction.atomic():
        line = locked_line(line_id)
        copy = open_copy(line) or _begun(line, actor)
        now = timezone.now()
        other = copy.holder_id if is_held(copy, now) and copy.holder_id != editor else None
        if other is not None and not at_once:
            raise CannotEdit(held_words(copy))
        if copy.holder_id != editor:
            copy.holder_id, copy.held_since = editor, now
            data = {"draft": copy.pk, "from_person": other}
            record(
                "policy.draft_held", actor=actor, object_kind="line", object_id=line.pk, data=data
            )
        if other is not None:
            tell(
                other,
                "rules_taken_over",
                params={"by": editor},
                object_kind="policy",
                object_id=line.pk,
            )
        copy.held_until = now + HOLD_FOR
        copy.save(update_fields=["holder", "held_since", "held_until"])
    return copy


def keep_hold(line_id: int, *, actor: Actor) -> None:
    """Whoever holds the draft is still at it: the time begins anew; for others nothing happens."""
    editor = editor_of(actor)
    until = timezone.now() + HOLD_FOR
    WorkingCopy.objects.filter(line_id=line_id, discarded_at=None, holder_id=editor).update(
        held_until=until
    )


def release(line_id: int, *, actor: Actor) -> None:
    """Let go of the draft, so that others can go on; nothing happens if one does not hold it.

    :raises NotAllowed: the actor may not edit policies.
    :raises NotFound: there is no such line.
    """
    editor = editor_of(actor)
    with transaction.atomic():
        line = locked_line(line_id)
        copy = open_copy(line)
        if copy is None or copy.holder_id != editor:
            return
        copy.holder, copy.held_since, copy.held_until = None, None, None
        copy.save(update_fields=["holder", "held_since", "held_until"])
        record(
            "policy.draft_released",
            actor=actor,
            object_kind="line",
            object_id=line.pk,
            data={"draft": copy.pk},
        )


def _begun(line: Line, actor: Actor) -> WorkingCopy:
    # What was discarded before can no longer be brought back: there is one draft again.
    line.copies.exclude(discarded_at=None).delete()
    live = live_of(line)
    copy = WorkingCopy.objects.create(
        line=line, base=live, text=fresh_text(live), opened_by_id=actor.user_id
    )
    record(
        "policy.draft_begun",
        actor=actor,
        object_kind="line",
        object_id=line.pk,
        data={"draft": copy.pk, "version": None if live is None else live.number},
    )
    return copy
