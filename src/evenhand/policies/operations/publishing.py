"""Publishing by people: at once, or through a second person where the line asks for one.

Whatever goes live by a person has an owner, a note, what is expected of it, and a day on which
somebody looks at it again. Nothing that was assigned before is touched.
"""

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from evenhand.engine.policy.document import PolicyDocument
from evenhand.engine.policy.load import policy_from_plain
from evenhand.engine.reasons import reason
from evenhand.journal.operations import record
from evenhand.notify.operations import tell
from evenhand.people.actor import Actor
from evenhand.people.clocks import company_day
from evenhand.people.models import Role, User
from evenhand.people.scope import RIGHTS, Right
from evenhand.policies.draft import read_draft, read_plain
from evenhand.policies.models import Answer, Line, PolicyVersion, PublishRequest
from evenhand.policies.operations.copies import (
    copy_to_write,
    editor_of,
    line_with_rules,
    live_of,
    locked_line,
    open_copy,
)
from evenhand.policies.operations.publish import publish
from evenhand.policies.rebase import changed_here
from evenhand.policies.refusals import CannotPublish

MOST_TEXT = 2_000
# New rules are looked at again while people still remember why; after a year nobody does.
NEW_RULES_DAYS = 30
SETTLED_DAYS = 90
FARTHEST_DAYS = 366


@dataclass(frozen=True, slots=True)
class Promise:
    """What somebody says when he publishes."""

    note: str
    owner_id: int | None
    expected: str
    review_on: date | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """Either it is live, or it waits for a second person."""

    version: PolicyVersion | None
    request: PublishRequest | None


def publish_draft(line_id: int, edition: int, promise: Promise, *, actor: Actor) -> Outcome:
    """Publish the draft that this person holds, as he last saw it.

    :raises NotAllowed: the actor may not edit policies.
    :raises NotFound: there is no such line.
    :raises CannotEdit: the draft is not his to publish, or not as he saw it.
    :raises CannotPublish: it has errors, changes nothing, or something of the promise is missing.
    """
    editor = editor_of(actor)
    with transaction.atomic():
        line = locked_line(line_id)
        copy = copy_to_write(line, editor, edition)
        draft = read_draft(copy.text, line_key=line.key)
        if draft.document is None or draft.has_errors:
            raise CannotPublish(reason("studio.not_sound"))
        live = live_of(line)
        if live is not None and not changed_here(draft.document, live):
            raise CannotPublish(reason("studio.nothing_changed"))
        return _through_the_door(line, draft.document, promise, None, actor)


def roll_back(line_id: int, number: int, promise: Promise, *, actor: Actor) -> Outcome:
    """Publish the document of an old version as a new one, through the same door.

    :raises NotAllowed: the actor may not edit policies.
    :raises NotFound: there is no such line.
    :raises CannotPublish: there is no such version, it is live, it names what is no more, something
        of the promise is missing, or another wish waits.
    """
    editor_of(actor)
    with transaction.atomic():
        line = locked_line(line_id)
        live = live_of(line)
        old = line.versions.filter(number=number).first()
        if old is None or live is None:
            raise CannotPublish(reason("studio.no_such_version", number=number))
        if line.requests.filter(answered_at=None).exists():
            raise CannotPublish(reason("studio.waiting"))
        draft = read_plain(old.document, line_key=line.key)
        if draft.document is None or draft.has_errors:
            raise CannotPublish(reason("studio.not_sound"))
        if not changed_here(draft.document, live):
            raise CannotPublish(reason("studio.nothing_changed"))
        return _through_the_door(line, draft.document, promise, number, actor)


def switch_clock_rule(
    line_id: int, rule: str, promise: Promise, *, is_on: bool, actor: Actor
) -> Outcome:
    """Switch one rule of clocks off or on again, through the same door; all else stays.

    Its clocks stand still or go on from the moment that the new version is live.

    :raises NotAllowed: the actor may not edit policies.
    :raises NotFound: there is no such line.
    :raises CannotPublish: nothing is live there, it has no such rule, the rule is so already, a
        draft is open (it would be lost), something of the promise is missing, or a wish waits.
    """
    editor_of(actor)
    with transaction.atomic():
        line, live = line_with_rules(line_id)
        if line.requests.filter(answered_at=None).exists():
            raise CannotPublish(reason("studio.waiting"))
        if open_copy(line) is not None:
            raise CannotPublish(reason("studio.draft_open"))
        draft = read_plain(_switched(live.document, rule, is_on), line_key=line.key)
        if draft.document is None or draft.has_errors:
            raise CannotPublish(reason("studio.not_sound"))
        return _through_the_door(line, draft.document, promise, None, actor)


def _switched(plain: Mapping[str, Any], rule: str, is_on: bool) -> dict[str, Any]:
    """A document in which this rule of clocks is on, or off."""
    changed = deepcopy(dict(plain))
    found = [one for one in changed.get("clocks", {}).get("rules", ()) if one["rule"] == rule]
    if not found:
        raise CannotPublish(reason("studio.no_clock_rule", name=rule), field="rule")
    if found[0].get("is_on", True) == is_on:
        raise CannotPublish(reason("studio.nothing_changed"), field="is_on")
    found[0]["is_on"] = is_on
    return changed


def approve(request_id: int, *, actor: Actor) -> PolicyVersion:
    """Publish what a colleague asked for, exactly as it stands in his wish.

    :raises NotAllowed: the actor may not edit policies.
    :raises CannotPublish: it does not wait any more, it is one's own, another version was published
        meanwhile, or the document no longer holds together.
    """
    editor = editor_of(actor)
    with transaction.atomic():
        line, wish = _waiting(request_id)
        if wish.asked_by_id == editor:
            raise CannotPublish(reason("studio.own_wish"))
        live = live_of(line)
        if wish.base_id != (None if live is None else live.pk):
            raise CannotPublish(reason("studio.moved_on", number=live.number if live else 0))
        draft = read_plain(wish.document, line_key=line.key)
        if draft.document is None or draft.has_errors:
            raise CannotPublish(reason("studio.not_sound"))
        _answered(wish, Answer.APPROVED, editor, "")
        version = publish(
            line.key,
            draft.document.as_plain(),
            note=wish.note,
            review_on=wish.review_on,
            owner_id=wish.owner_id,
            expected=wish.expected,
            approved_by=editor,
            back_to=wish.back_to,
            actor=actor,
        )
        PolicyVersion.objects.filter(pk=version.pk).update(created_by=wish.asked_by)
        _copy_is_done(line, wish.back_to)
        _told(wish.asked_by_id, "rules_approved", line, editor)
    return version


def send_back(request_id: int, note: str, *, actor: Actor) -> None:
    """Say no, and why; who asked can go on editing.

    :raises NotAllowed: the actor may not edit policies.
    :raises CannotPublish: it does not wait any more, it is one's own, or the note is missing.
    """
    editor = editor_of(actor)
    with transaction.atomic():
        line, wish = _waiting(request_id)
        if wish.asked_by_id == editor:
            raise CannotPublish(reason("studio.own_wish"))
        said = text_of(note, "answer", "studio.answer_missing")
        _answered(wish, Answer.SENT_BACK, editor, said)
        _noted("policy.sent_back", line, wish, actor)
        _told(wish.asked_by_id, "rules_sent_back", line, editor)


def withdraw(request_id: int, *, actor: Actor) -> None:
    """Take one's own wish back, to go on editing.

    :raises NotAllowed: the actor may not edit policies.
    :raises CannotPublish: it does not wait any more, or is somebody else's.
    """
    editor = editor_of(actor)
    with transaction.atomic():
        line, wish = _waiting(request_id)
        if wish.asked_by_id != editor:
            raise CannotPublish(reason("studio.not_your_wish"))
        _answered(wish, Answer.WITHDRAWN, editor, "")
        _noted("policy.withdrawn", line, wish, actor)


def settled(promise: Promise) -> Promise:
    """A promise that holds all it must.

    :raises CannotPublish: something is missing, too long, or its day is not ahead.
    """
    note = text_of(promise.note, "note", "studio.note_missing")
    expected = text_of(promise.expected, "expected", "studio.expected_missing")
    owner = owner_of_rules(promise.owner_id)
    review_on_is_ahead(promise.review_on)
    return Promise(note, owner.pk, expected, promise.review_on)


def owner_of_rules(user_id: int | None) -> User:
    """Who is to answer for rules.

    :raises CannotPublish: nobody is named, or he may not, or has left.
    """
    owner = User.objects.filter(pk=user_id or 0, is_active=True).first()
    if owner is None or owner.role not in owner_roles():
        raise CannotPublish(reason("studio.owner_missing"), field="owner")
    return owner


def owner_roles() -> tuple[str, ...]:
    """Roles whose people can answer for rules: those who may at least read them, and act."""
    readers = (role for role in Role.values if Right.SEE_POLICY in RIGHTS[role])
    return tuple(role for role in readers if role != Role.AUDITOR)


def review_on_is_ahead(day: date | None) -> date:
    """A day on which rules are looked at again.

    :raises CannotPublish: there is none, it is not ahead, or too far.
    """
    today = company_day(timezone.now())
    if day is None:
        raise CannotPublish(reason("studio.review_missing"), field="review_on")
    if not today < day <= today + timedelta(days=FARTHEST_DAYS):
        raise CannotPublish(reason("studio.review_day", limit=FARTHEST_DAYS), field="review_on")
    return day


def text_of(text: str, field: str, missing: str) -> str:
    """What somebody wrote into a field that must say something.

    :raises CannotPublish: it is missing (told by that reason), or too long.
    """
    said = text.strip()
    if not said:
        raise CannotPublish(reason(missing), field=field)
    if len(said) > MOST_TEXT:
        raise CannotPublish(reason("studio.text_too_long", limit=MOST_TEXT), field=field)
    return said


def _through_the_door(
    line: Line, document: PolicyDocument, promise: Promise, back_to: int | None, actor: Actor
) -> Outcome:
    said = settled(promise)
    assert said.owner_id is not None and said.review_on is not None
    if line.needs_second:
        return Outcome(None, _ask(line, document, said, back_to, actor))
    version = publish(
        line.key,
        document.as_plain(),
        note=said.note,
        review_on=said.review_on,
        owner_id=said.owner_id,
        expected=said.expected,
        back_to=back_to,
        actor=actor,
    )
    _copy_is_done(line, back_to)
    return Outcome(version, None)


def _ask(
    line: Line, document: PolicyDocument, said: Promise, back_to: int | None, actor: Actor
) -> PublishRequest:
    policy_from_plain(document.as_plain())
    assert said.owner_id is not None and said.review_on is not None and actor.user_id is not None
    wish = PublishRequest.objects.create(
        line=line,
        base=live_of(line),
        document=document.as_plain(),
        note=said.note,
        owner_id=said.owner_id,
        expected=said.expected,
        review_on=said.review_on,
        back_to=back_to,
        asked_by_id=actor.user_id,
    )
    _noted("policy.asked", line, wish, actor)
    roles = [role for role in Role.values if Right.EDIT_POLICY in RIGHTS[role]]
    seconds = User.objects.filter(role__in=roles, is_active=True).exclude(pk=actor.user_id)
    tell(
        list(seconds.values_list("pk", flat=True)),
        "rules_asked",
        params={"by": actor.user_id},
        object_kind="policy",
        object_id=line.pk,
    )
    return wish


def _copy_is_done(line: Line, back_to: int | None) -> None:
    """What was published is no draft any more; after rolling back, an open draft stays."""
    if back_to is None:
        copy = open_copy(line)
        if copy is not None:
            copy.delete()


def _waiting(request_id: int) -> tuple[Line, PublishRequest]:
    """A wish that waits, its line locked."""
    known = PublishRequest.objects.filter(pk=request_id).values_list("line_id", flat=True).first()
    if known is None:
        raise CannotPublish(reason("studio.not_waiting"))
    line = locked_line(known)
    wish = PublishRequest.objects.get(pk=request_id)
    if wish.answered_at is not None:
        raise CannotPublish(reason("studio.not_waiting"))
    return line, wish


def _answered(wish: PublishRequest, answer: Answer, editor: int, note: str) -> None:
    wish.answer, wish.answered_by_id, wish.answer_note = answer, editor, note
    wish.answered_at = timezone.now()
    wish.save()


def _noted(kind: str, line: Line, wish: PublishRequest, actor: Actor) -> None:
    data = {"request": wish.pk}
    record(kind, actor=actor, object_kind="line", object_id=line.pk, data=data)


def _told(user_id: int, kind: str, line: Line, by: int) -> None:
    tell(user_id, kind, params={"by": by}, object_kind="policy", object_id=line.pk)
