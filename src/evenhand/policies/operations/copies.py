"""Finding and locking what the studio works on: the line, its draft, what is live."""

from django.utils import timezone

from evenhand.engine.reasons import Reason, reason
from evenhand.people.actor import Actor
from evenhand.people.scope import Right, demand
from evenhand.platform.refusal import NotFound
from evenhand.policies.models import Line, PolicyVersion, VersionState, WorkingCopy
from evenhand.policies.queries import document_of, is_held
from evenhand.policies.refusals import CannotEdit, CannotPublish
from evenhand.policies.spellings import draft_text
from evenhand.policies.starter import starter_text


def editor_of(actor: Actor) -> int:
    """The person who edits rules; programs have no draft.

    :raises NotAllowed: the actor may not edit policies.
    """
    demand(actor, Right.EDIT_POLICY)
    assert actor.user_id is not None, "a person edits rules"
    return actor.user_id


def locked_line(line_id: int) -> Line:
    """An active line, locked: whatever happens to its draft happens one after the other.

    :raises NotFound: there is none.
    """
    line = Line.objects.select_for_update().filter(pk=line_id, is_active=True).first()
    if line is None:
        raise NotFound("line", line_id)
    return line


def live_of(line: Line) -> PolicyVersion | None:
    """The live version of a line."""
    return line.versions.filter(state=VersionState.LIVE).first()


def line_with_rules(line_id: int) -> tuple[Line, PolicyVersion]:
    """A line, locked, and the rules that are live there, for whoever changes something about them.

    :raises NotFound: there is no such line.
    :raises CannotPublish: nothing is live there.
    """
    line = locked_line(line_id)
    live = live_of(line)
    if live is None:
        raise CannotPublish(reason("studio.nothing_live"))
    return line, live


def open_copy(line: Line) -> WorkingCopy | None:
    """The open draft of a line."""
    copies = line.copies.filter(discarded_at=None)
    return copies.select_related("holder", "base", "line").first()


def copy_to_write(line: Line, editor: int, edition: int | None = None) -> WorkingCopy:
    """The open draft, if this person may write to it now; the hold begins anew.

    :raises CannotEdit: there is none, somebody else holds it, it waits for a second person, a
        version was published meanwhile, or another window saved it.
    """
    copy = held_copy(line, editor)
    live = live_of(line)
    if copy.base_id != (None if live is None else live.pk):
        assert live is not None, "a version that was live never goes without another"
        raise CannotEdit(reason("studio.moved_on", number=live.number))
    if edition is not None and edition != copy.edition:
        raise CannotEdit(reason("studio.other_window"))
    return copy


def held_copy(line: Line, editor: int) -> WorkingCopy:
    """The open draft, if this person holds it, whatever it stands on; raises as above."""
    copy = open_copy(line)
    if copy is None:
        raise CannotEdit(reason("studio.no_draft"))
    if copy.holder_id != editor:
        raise _held(copy)
    if line.requests.filter(answered_at=None).exists():
        raise CannotEdit(reason("studio.waiting"))
    return copy


def _held(copy: WorkingCopy) -> CannotEdit:
    if copy.holder is None or not is_held(copy, timezone.now()):
        return CannotEdit(reason("studio.not_held"))
    return CannotEdit(held_words(copy))


def held_words(copy: WorkingCopy) -> Reason:
    """Who holds the draft and since when, as a reason."""
    assert copy.holder is not None and copy.held_since is not None
    return reason("studio.held", name=copy.holder.name, at=copy.held_since.isoformat())


def fresh_text(version: PolicyVersion | None) -> str:
    """What a new draft begins with: the live rules, else the starter."""
    return starter_text() if version is None else draft_text(document_of(version))
