"""Writing a draft: saved as typed, thrown away and brought back, set upon a newer version."""

from django.db import transaction
from django.utils import timezone

from evenhand.engine.policy.load import policy_from_plain, read_policy
from evenhand.engine.policy.text import MOST_BYTES
from evenhand.engine.reasons import reason
from evenhand.journal.operations import record
from evenhand.people.actor import Actor
from evenhand.policies.models import Line, WorkingCopy
from evenhand.policies.operations.copies import (
    copy_to_write,
    editor_of,
    held_copy,
    live_of,
    locked_line,
    open_copy,
)
from evenhand.policies.operations.hold import HOLD_FOR
from evenhand.policies.parts import Change
from evenhand.policies.rebase import Rebased, rebased
from evenhand.policies.refusals import CannotEdit
from evenhand.policies.spellings import draft_text


def save_draft(line_id: int, text: str, *, edition: int | None, actor: Actor) -> WorkingCopy:
    """Keep a draft as typed, whether or not it parses; the hold begins anew.

    `edition` is the one that the page was made from: what another window saved is not lost. Who
    saved last stands on the draft; single saves are no events, there are hundreds in an hour.

    :raises NotAllowed: the actor may not edit policies.
    :raises NotFound: there is no such line.
    :raises CannotEdit: somebody else holds it, a version was published meanwhile, it waits for a
        second person, another window saved it, or it is too long.
    """
    editor = editor_of(actor)
    if len(text.encode()) > MOST_BYTES:
        raise CannotEdit(reason("studio.too_long", limit=MOST_BYTES), field="text")
    with transaction.atomic():
        copy = copy_to_write(locked_line(line_id), editor, edition)
        _write(copy, text, editor)
    return copy


def change_draft(
    line_id: int, change: Change, *, text: str | None, edition: int | None, actor: Actor
) -> WorkingCopy:
    """Change one part of the draft and write it anew, in its canonical form.

    `text` is the YAML as it stands beside the form, if it is newer than what was kept.

    :raises CannotEdit: as `save_draft`; or the part is no longer where the form found it.
    :raises InvalidPolicy: the draft, or what would become of it, is no policy.
    """
    editor = editor_of(actor)
    with transaction.atomic():
        copy = copy_to_write(locked_line(line_id), editor, edition)
        document = read_policy(copy.text if text is None else text)
        _write(copy, draft_text(policy_from_plain(change(document.as_plain()))), editor)
    return copy


def discard_draft(line_id: int, *, actor: Actor) -> None:
    """Throw the draft away; `restore_draft` brings it back until another one is begun.

    :raises NotAllowed: the actor may not edit policies.
    :raises CannotEdit: there is none, somebody else holds it, or it waits for a second person.
    """
    editor = editor_of(actor)
    with transaction.atomic():
        line = locked_line(line_id)
        copy = held_copy(line, editor)
        line.copies.exclude(pk=copy.pk).delete()
        copy.discarded_at = timezone.now()
        copy.holder, copy.held_since, copy.held_until = None, None, None
        copy.save()
        _noted("policy.draft_discarded", line, copy, actor)


def restore_draft(line_id: int, *, actor: Actor) -> WorkingCopy:
    """Bring back the draft that was thrown away, held by this person.

    :raises NotAllowed: the actor may not edit policies.
    :raises CannotEdit: there is nothing to bring back, or another draft was begun.
    """
    editor = editor_of(actor)
    with transaction.atomic():
        line = locked_line(line_id)
        copy = line.copies.exclude(discarded_at=None).order_by("-pk").first()
        if copy is None or open_copy(line) is not None:
            raise CannotEdit(reason("studio.nothing_discarded"))
        now = timezone.now()
        copy.discarded_at = None
        copy.holder_id, copy.held_since, copy.held_until = editor, now, now + HOLD_FOR
        copy.save()
        _noted("policy.draft_restored", line, copy, actor)
    return copy


def rebase_draft(line_id: int, text: str, *, actor: Actor) -> Rebased:
    """Set the draft upon the version that was published meanwhile.

    Parts that only one side changed are taken from that side; where both did, the draft's stands.

    :raises NotAllowed: the actor may not edit policies.
    :raises CannotEdit: there is none, somebody else holds it, or it waits for a second person.
    """
    editor = editor_of(actor)
    with transaction.atomic():
        line = locked_line(line_id)
        copy = held_copy(line, editor)
        live = live_of(line)
        found = rebased(text, copy.base, live)
        copy.base = live
        _write(copy, found.text, editor)
        _noted("policy.draft_rebased", line, copy, actor)
    return found


def _write(copy: WorkingCopy, text: str, editor: int) -> None:
    now = timezone.now()
    copy.text, copy.saved_at, copy.saved_by_id = text, now, editor
    copy.edition += 1
    copy.held_until = now + HOLD_FOR
    copy.save()


def _noted(kind: str, line: Line, copy: WorkingCopy, actor: Actor) -> None:
    record(kind, actor=actor, object_kind="line", object_id=line.pk, data={"draft": copy.pk})
