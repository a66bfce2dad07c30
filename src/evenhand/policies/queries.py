"""Reading business lines and their policies."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from evenhand.engine.policy.document import PolicyDocument
from evenhand.engine.policy.load import policy_from_plain
from evenhand.people.actor import Actor
from evenhand.policies.models import (
    Line,
    PolicyVersion,
    PublishRequest,
    VersionState,
    WorkingCopy,
)


def lines() -> Sequence[Line]:
    """Active business lines, the default one first."""
    return list(Line.objects.filter(is_active=True).order_by("-is_default", "name"))


def pools_of(line_id: int | None) -> Sequence[str]:
    """Names of the pools that the live policy of a line (None = the default one) has."""
    rows = PolicyVersion.objects.filter(state=VersionState.LIVE, line__is_active=True)
    rows = rows.filter(line__is_default=True) if line_id is None else rows.filter(line_id=line_id)
    found = rows.values_list("document", flat=True).first() or {}
    return [one["pool"] for one in found.get("pools", ())]


def live_version(line: Line) -> PolicyVersion | None:
    """The version that is live in a line, if there is one."""
    live = line.versions.filter(state=VersionState.LIVE)
    return live.select_related("owner", "created_by", "approved_by").first()


def versions_of(line: Line) -> Sequence[PolicyVersion]:
    """Every version that was ever published, newest first."""
    return list(
        line.versions.exclude(state=VersionState.DRAFT)
        .select_related("created_by", "owner", "approved_by")
        .order_by("-number")
    )


def document_of(version: PolicyVersion) -> PolicyDocument:
    """A stored version as a document."""
    return policy_from_plain(version.document)


def line_by_id(line_id: int) -> Line | None:
    """An active line, or None."""
    return Line.objects.filter(pk=line_id, is_active=True).first()


def version_by_number(line: Line, number: int) -> PolicyVersion | None:
    """One published version of a line, with its people."""
    found = line.versions.exclude(state=VersionState.DRAFT).filter(number=number)
    return found.select_related("created_by", "owner", "approved_by").first()


def version_before(version: PolicyVersion) -> PolicyVersion | None:
    """The version that was live before this one."""
    earlier = PolicyVersion.objects.filter(line_id=version.line_id, number__lt=version.number)
    return earlier.exclude(state=VersionState.DRAFT).order_by("-number").first()


def is_held(copy: WorkingCopy, now: datetime) -> bool:
    """Whether somebody's hold on it still counts."""
    return copy.holder_id is not None and copy.held_until is not None and copy.held_until > now


@dataclass(frozen=True, slots=True)
class StudioState:
    """How it stands with the rules of a line, as somebody finds them."""

    live: PolicyVersion | None
    copy: WorkingCopy | None  # the open draft
    is_mine: bool  # this person holds it, or did last and nobody took it since
    is_held: bool  # somebody does
    discarded: WorkingCopy | None  # what can be brought back
    request: PublishRequest | None  # what waits for a second person

    @property
    def may_write(self) -> bool:
        """Whether this person may change the draft now."""
        return self.is_mine and self.request is None

    @property
    def has_moved_on(self) -> bool:
        """Whether another version was published since the draft was begun."""
        return self.copy is not None and self.live is not None and self.copy.base_id != self.live.pk


def studio_of(line: Line, actor: Actor, now: datetime) -> StudioState:
    """How it stands with the rules of a line."""
    people = ("holder", "base", "saved_by", "opened_by")
    copies = list(line.copies.select_related(*people).order_by("-pk"))
    copy = next((one for one in copies if one.discarded_at is None), None)
    waiting = line.requests.filter(answered_at=None)
    return StudioState(
        live=live_version(line),
        copy=copy,
        is_mine=copy is not None and copy.holder_id == actor.user_id,
        is_held=copy is not None and is_held(copy, now),
        discarded=next(iter(copies), None) if copy is None else None,
        request=waiting.select_related("asked_by", "owner", "base").first(),
    )


def last_answer(line: Line) -> PublishRequest | None:
    """What a second person said last, if that was to send it back."""
    answered = line.requests.exclude(answered_at=None).select_related("answered_by")
    last = answered.order_by("-answered_at").first()
    return last if last is not None and last.answer == "sent_back" else None


@dataclass(frozen=True, slots=True)
class LineRow:
    """A business line in the list of policies."""

    line: Line
    version: PolicyVersion | None
    is_due: bool  # its review date has come
    copy: WorkingCopy | None
    request: PublishRequest | None


def line_rows(today: date) -> list[LineRow]:
    """All active lines, those whose review is due longest first."""
    found = lines()
    live = PolicyVersion.objects.filter(state=VersionState.LIVE).select_related("owner")
    versions = {one.line_id: one for one in live}
    open_copies = WorkingCopy.objects.filter(discarded_at=None).select_related("holder")
    copies = {one.line_id: one for one in open_copies}
    waiting = PublishRequest.objects.filter(answered_at=None).select_related("asked_by")
    requests = {one.line_id: one for one in waiting}
    rows = [_row(line, versions.get(line.pk), copies, requests, today) for line in found]
    return sorted(rows, key=_urgency)


def _row(
    line: Line,
    version: PolicyVersion | None,
    copies: dict[int, WorkingCopy],
    requests: dict[int, PublishRequest],
    today: date,
) -> LineRow:
    day = None if version is None else version.review_on
    is_due = day is not None and day <= today
    return LineRow(line, version, is_due, copies.get(line.pk), requests.get(line.pk))


def _urgency(row: LineRow) -> tuple[bool, date]:
    day = row.version.review_on if row.is_due and row.version is not None else None
    return not row.is_due, day or date.max


def due_reviews(today: date) -> list[PolicyVersion]:
    """Live versions whose review date has come, longest ago first."""
    due = PolicyVersion.objects.filter(
        state=VersionState.LIVE, line__is_active=True, review_on__lte=today
    )
    return list(due.select_related("line", "owner").order_by("review_on", "pk"))
