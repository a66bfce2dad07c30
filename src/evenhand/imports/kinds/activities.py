"""Calls, meetings and tasks that are done, at the lead, deal or company they belong to."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.utils import timezone

from evenhand.engine.reasons import reason
from evenhand.imports.kinds.base import LONGEST_NOTE, Around, Ended, RowRead, refuse_if
from evenhand.imports.kinds.belonging import Belongings, Clues, clues_of
from evenhand.imports.models import Import, ImportRow, Outcome
from evenhand.imports.stages import word_of
from evenhand.leads.intake import FieldProblem
from evenhand.leads.models import Activity, Direction, Lead
from evenhand.leads.operations.activities import LONGEST_SECONDS
from evenhand.leads.work import NOTE, OUTCOMES, SAID, contacted
from evenhand.people.actor import Actor
from evenhand.sheets.columns.roles import ROLES, Purpose

_CHANNELS = (
    ("wechat", "微信|企微|wechat|wecom|whatsapp|消息|短信|sms|chat"),
    ("mail", "邮件|邮箱|mail"),
    ("visit", "拜访|上门|走访|visit|onsite"),
    ("meeting", "会议|会面|面谈|meeting|demo|演示|appointment|event"),
    ("call", "电话|通话|呼|call|phone|dial"),
)
_FAILED = {
    "call": (
        ("wrong_number", "空号|错号|停机|wrongnumber|invalidnumber|disconnected"),
        ("no_answer", "未接|无人|没接|拒接|忙|关机|失败|noanswer|missed|busy|unanswered|voicemail"),
    ),
    "visit": (("absent", "未见|不在|未遇|absent|notmet|noshow"),),
}  # fmt: skip
_NOT_DONE = re.compile(
    "notstarted|deferred|inprogress|waiting|planned|scheduled|pending|open$|cancel"
    "|未开始|未完成|进行中|待办|计划|取消|推迟"
)
_IN = re.compile("in(bound|coming)?$|呼入|来电|被叫|接听")
_OUT = re.compile("out(bound|going)?$|呼出|去电|主叫|拨打|外呼")


@dataclass(frozen=True, slots=True)
class ActivityRead:
    """A contact as the file has it."""

    external_id: str
    clues: Clues
    at: datetime
    channel: str
    outcome: str
    direction: str
    seconds: int | None
    note: str
    user_id: int | None


class Activities:
    """See the module."""

    purpose = Purpose.ACTIVITIES
    roles = frozenset(ROLES[Purpose.ACTIVITIES])
    lenient = frozenset({"note", "subject", "name", "phone", "email"})
    keeps_own = False

    def read(self, row: RowRead, around: Around) -> ActivityRead:
        """A row as a contact that took place.

        :raises InvalidIntake: it has no time, lies ahead, or is not done yet.
        """
        problems: list[FieldProblem] = []
        said = word_of(row.text("outcome", 200))
        at = _moment(row, around, problems)
        if said and _NOT_DONE.search(said):
            problems.append(FieldProblem("outcome", said[:80], reason("import.not_done")))
        refuse_if(problems)
        channel = _channel(row, around)
        seconds = _seconds(row, around)
        outcome = _outcome(channel, said, seconds)
        owner = row.text("owner", 200)
        meant = around.owner(owner)
        nobody = owner if meant is None else ""
        return ActivityRead(
            external_id=row.text("id", 120),
            clues=clues_of(row, around.company.country),
            at=at,
            channel=channel,
            outcome=outcome,
            direction=_direction(row, channel, outcome),
            seconds=seconds,
            note=row.note(row.text("subject", 500), nobody)[:LONGEST_NOTE],
            user_id=None if meant is None else meant.rep_id,
        )

    def write(
        self, row: Import, part: Sequence[tuple[int, ActivityRead]], *, actor: Actor
    ) -> dict[int, Ended]:
        """Write the contacts of a part at what they belong to; a contact comes in once."""
        belongings = Belongings([one.clues for _, one in part])
        keys = {number: _key(one) for number, one in part}
        here = dict(
            Activity.objects.filter(entry_key__in=keys.values()).values_list("entry_key", "pk")
        )
        done: dict[int, Ended] = {}
        for number, one in part:
            if (before := here.get(keys[number])) is not None:
                done[number] = Ended(Outcome.REPEATED, made_id=before)
                continue
            place = belongings.find(one.clues)
            if place is None:
                done[number] = Ended(Outcome.REJECTED, why=reason("import.no_item"))
                continue
            activity = Activity.objects.create(
                item_kind=place.kind,
                item_id=place.item_id,
                company_id=place.company_id,
                contact_id=place.contact_id,
                user_id=one.user_id,
                at=one.at,
                channel=one.channel,
                direction=one.direction,
                outcome=one.outcome,
                evidence="" if one.channel == NOTE else SAID,
                seconds=one.seconds,
                note=one.note,
                entry_key=keys[number],
            )
            here[keys[number]] = activity.pk
            if place.kind == "lead":
                _touch(place.item_id, one)
            done[number] = Ended(Outcome.CREATED, made_id=activity.pk)
        return done

    def undo(self, row: Import, one: ImportRow, *, actor: Actor) -> None:
        """Take a contact away."""
        Activity.objects.filter(pk=one.made_id or 0).delete()


def _moment(row: RowRead, around: Around, problems: list[FieldProblem]) -> datetime:
    roles = ("started_at", "ended_at", "created_at", "due_at")
    found = next(filter(None, (around.moment(row.values.get(role)) for role in roles)), None)
    if found is None:
        problems.append(FieldProblem("started_at", "", reason("work.needed")))
    elif found > timezone.now():
        problems.append(FieldProblem("started_at", str(found), reason("work.in_the_future")))
    return found or timezone.now()


def _channel(row: RowRead, around: Around) -> str:
    for text in (row.text("channel", 200), row.text("direction", 200)):
        word = word_of(text)
        for channel, words in _CHANNELS:
            if word and re.search(words, word):
                return channel
    if around.roles & {"seconds", "minutes", "direction"}:
        return "call"
    return "meeting" if "ended_at" in around.roles else NOTE


def _seconds(row: RowRead, around: Around) -> int | None:
    """The length; None = not said, or longer than a day, which no contact is."""
    problems: list[FieldProblem] = []
    seconds = row.whole("seconds", LONGEST_SECONDS, problems)
    if seconds is None and (minutes := row.whole("minutes", 24 * 60, problems)) is not None:
        seconds = 60 * minutes
    begun, ended = (around.moment(row.values.get(role)) for role in ("started_at", "ended_at"))
    if seconds is None and begun is not None and ended is not None:
        length = int((ended - begun).total_seconds())
        seconds = length if 0 <= length <= LONGEST_SECONDS else None
    return seconds


def _outcome(channel: str, said: str, seconds: int | None) -> str:
    for outcome, words in _FAILED.get(channel, ()):
        if said and re.search(words, said):
            return outcome
    if channel == "call" and seconds == 0:
        return "no_answer"
    return next(iter(OUTCOMES[channel]))


def _direction(row: RowRead, channel: str, outcome: str) -> str:
    word = word_of(row.text("direction", 200))
    if word and channel != NOTE:
        if _IN.search(word):
            return Direction.IN.value
        if _OUT.search(word):
            return Direction.OUT.value
    return str(OUTCOMES[channel][outcome])


def _key(one: ActivityRead) -> str:
    """What a contact is known by when it comes again."""
    parts = [one.external_id, one.at.isoformat(), one.channel]
    if not one.external_id:
        parts += [str(one.user_id), one.note, *one.clues]
    return f"import:{sha256(chr(0).join(parts).encode()).hexdigest()[:32]}"


def _touch(lead_id: int, one: ActivityRead) -> None:
    """What a contact says of its lead: the last one, and, while somebody holds it, the first."""
    lead = Lead.objects.select_for_update().get(pk=lead_id)
    lead.active_at = max(one.at, lead.active_at or one.at)
    is_contact = contacted(one.channel, one.outcome).is_contact
    since = lead.assigned_at
    if is_contact and lead.contacted_at is None and since is not None and one.at >= since:
        lead.contacted_at, lead.contact_due_at = one.at, None
    lead.save(update_fields=["active_at", "contacted_at", "contact_due_at"])
