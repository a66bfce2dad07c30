"""A4: whatever changes something writes the journal, and exactly what it promises."""

import ast
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from evenhand.journal.catalogue import CATALOGUE
from evenhand.journal.models import Event
from evenhand.leads.intake import LeadIn
from evenhand.leads.models import Lead
from evenhand.leads.operations.activities import log_activity
from evenhand.leads.operations.companies import create_company, set_site
from evenhand.leads.operations.contacts import add_contact
from evenhand.leads.operations.converting import convert_lead
from evenhand.leads.operations.editing import edit_lead
from evenhand.leads.operations.erasing import erase_person
from evenhand.leads.operations.stages import set_stage
from evenhand.people.actor import SYSTEM
from evenhand.people.models import User
from evenhand.people.operations.availability import set_accepting
from evenhand.people.operations.leave import cancel_leave, enter_leave
from evenhand.people.operations.tokens import issue_token, revoke_token
from evenhand.people.scope import TOKEN_SCOPES, actor_of
from evenhand.platform.refusal import Refused
from evenhand.policies.operations.publish import publish
from evenhand.routing.operations.give import transfer
from evenhand.routing.operations.give_up import hand_back, void
from evenhand.routing.take_in import take_in
from tests.server.cast import cast
from tests.server.journal.operations import Source, silent, sources
from tests.server.routing.world import policy

# Operations that change rows without an event of their own, each with the reason why.
_PART = "a part of an act: whoever calls it writes the event"
_OWN = "somebody's own choice, of his pages, drafts and messages"
_KEPT = "drops what was kept for a time, or was found to be about somebody who is erased"
_MACHINE = "what the machine notes for itself: nobody decided anything"
_TOLD = "a message; what it tells of has its event"
SILENT = {
    _PART: (
        "connectors.operations.ending.end",
        "connectors.operations.ending.first_seen",
        "connectors.operations.erasing.forget_person",
        "connectors.operations.erasing.start",
        "connectors.operations.receive.keep_to_mend",
        "connectors.operations.setup.reseal_all",
        "exports.operations.keep.forget",
        "forms.operations.erasing.forget",
        "forms.operations.erasing.start",
        "forms.operations.receive.receive",
        "handover.operations.departure.bring_up_to_date",
        "imports.operations.erasing.drop_files_of",
        "imports.operations.erasing.start",
        "notify.operations.channels.reseal_all",
        "people.operations.epoch.end_logins",
        "people.operations.links.use_link",
        "people.operations.revision.people_changed",
        "routing.operations.acts.write_receipt",
        "routing.operations.credit.credit",
        "routing.operations.extend.pay_for_time",
        "routing.operations.long_acts.work_on",
        "tasks.operations.waiting.place",
    ),
    _OWN: (
        "forms.operations.edit.save_form",
        "imports.operations.becoming.decide",
        "imports.operations.becoming.set_kind",
        "imports.operations.begin.choose",
        "imports.operations.mappings.rename_mapping",
        "imports.operations.mappings.use_mapping",
        "imports.operations.planning.set_planning",
        "imports.operations.remember.remember",
        "leads.operations.views.choose_list",
        "leads.operations.views.delete_view",
        "notify.operations.choices.choose",
        "notify.operations.choices.forget_choice",
        "notify.operations.telling.mark_read",
        "people.operations.profile.change_locale",
        "people.operations.profile.change_profile",
        "policies.operations.drafting.change_draft",
        "policies.operations.drafting.save_draft",
        "policies.operations.hold.keep_hold",
        "review.operations.comparing.stop_comparison",
        "routing.operations.long_acts.stop_long_act",
        "tasks.operations.doing.tick",
    ),
    _KEPT: (
        "connectors.operations.erasing.drop_old",
        "exports.operations.keep.drop_old_files",
        "forms.operations.held.drop_old",
        "imports.operations.erasing.drop_old_files",
        "notify.operations.calls.forget_calls",
        "people.operations.entries.forget_entries",
    ),
    _MACHINE: (
        "leads.operations.likenesses.find_likenesses",
        "notify.operations.calls.is_first",
        "people.operations.buckets.give_back",
        "pool.operations.keeping_overviews.keep_overviews",
        "people.operations.sessions.note_seen",
        "people.operations.tokens.actor_for_token",
        "people.operations.tokens.actors_for_digests",
        "review.operations.comparing.compare",
        "tasks.operations.feed.user_of_feed",
    ),
    _TOLD: (
        "connectors.operations.telling.tell_to_mend",
        "notify.operations.telling.tell",
        "notify.operations.telling.tell_many",
        "policies.operations.reviews.tell_of_reviews",
        "routing.operations.acts.tell_stay",
        "tasks.operations.reminding.remind",
    ),
}


def test_every_operation_that_changes_something_writes_an_event_or_says_why_not() -> None:
    source = Source(dict(sources()))
    known = {one for part in SILENT.values() for one in part}

    assert sum(source.writes_rows(one) for one in source.operations()) > 200
    found = set(silent(source))
    assert found - known == set(), "write an event, or name it in SILENT with its reason"
    assert known - found == set(), "these write events by now, or are gone"


@pytest.mark.parametrize(
    ("body", "is_found"),
    [
        ("    Lead.objects.filter(pk=1).update(name='')", True),
        ("    cursor.execute('DELETE FROM lead')", True),
        ("    _save()\n\ndef _save():\n    row.save()", True),
        ("    row.save()\n    record('lead.edited')", False),
        ("    row.save()\n    _tell()\n\ndef _tell():\n    record('lead.edited')", False),
        ("    return Lead.objects.filter(pk=1)", False),
    ],
)
def test_an_operation_that_keeps_silent_is_noticed(body: str, is_found: bool) -> None:
    text = f"from evenhand.journal.operations import record\n\ndef act():\n{body}\n"
    source = Source({"evenhand.leads.operations.act": ast.parse(text)})

    assert silent(source) == (["leads.operations.act.act"] if is_found else [])


class _Day:
    """What is written by one act after another, and what else was promised."""

    def __init__(self) -> None:
        self.broken: list[tuple[list[str], list[str]]] = []

    @contextmanager
    def writes(self, *kinds: str) -> Iterator[None]:
        """An act that writes exactly these events, in any order."""
        before = set(Event.objects.values_list("pk", flat=True))
        yield
        told = Event.objects.exclude(pk__in=before).values_list("kind", flat=True)
        if sorted(told) != sorted(kinds) or not set(kinds) <= CATALOGUE.keys():
            self.broken.append((sorted(kinds), sorted(told)))


@pytest.mark.django_db(transaction=True)
def test_acts_write_exactly_the_events_that_they_promise() -> None:
    people, day = cast(), _Day()
    publish("default", policy(), actor=SYSTEM)
    alice, tom = actor_of(people.alice), actor_of(people.tom)

    def owner(lead_id: int) -> Any:
        return actor_of(User.objects.get(pk=Lead.objects.get(pk=lead_id).owner_id))

    said = LeadIn(name="王芳", phone="13800138000", company="海川机械")
    with day.writes("lead.taken_in"):
        (answer,) = take_in([said], actor=SYSTEM)
    lead = answer.lead_id
    assert lead is not None
    with day.writes("lead.repeated"):
        take_in([said], actor=SYSTEM)
    with day.writes("lead.logged"):
        log_activity("lead", lead, channel="call", outcome="reached", actor=owner(lead))
    with day.writes("lead.edited"):
        edit_lead(lead, {"title": "采购"}, seen={"title": ""}, actor=owner(lead))
    with day.writes("lead.stage_set"):
        set_stage(lead, "qualified", actor=owner(lead))
    to = people.rui if owner(lead).user_id != people.rui.pk else people.ren
    with day.writes("lead.transferred"):
        transfer("lead", lead, to=to.pk, reason="other", note="换人", actor=alice)
    with day.writes("lead.handed_back", "lead.dealt"):
        hand_back("lead", lead, reason="other", note="不合适", actor=owner(lead))
    with day.writes("account.created"):
        company = create_company({"name": "安静公司"}, actor=alice)
    with day.writes("account.contact_added"):
        add_contact(company.pk, {"name": "李雷", "phone": "13900139000"}, actor=alice)
    with day.writes("account.edited"):
        set_site(company.pk, "head", actor=alice)
    with day.writes("person.switched_off"):
        set_accepting(False, rep_id=people.ren.pk, actor=tom)
    from_at = datetime.now(UTC) + timedelta(days=3)
    leave_of = {"from_at": from_at, "until_at": from_at + timedelta(days=1), "reason_text": "事假"}
    with day.writes("leave.entered"):
        leave = enter_leave(people.rui.pk, **leave_of, actor=tom)
    with day.writes("leave.canceled"):
        cancel_leave(leave.pk, actor=tom)
    with day.writes("token.issued"):
        token = issue_token("官网", [next(iter(TOKEN_SCOPES))], actor=alice)
    with day.writes("token.revoked"):
        revoke_token(token.token.pk, actor=alice)
    with day.writes():
        _refused(lambda: void("lead", lead, reason="no such reason", actor=alice))
    deal = {"name": "一台机床", "value": "100", "currency": "CNY", "close_on": "2026-12-31"}
    with day.writes("lead.converted", "opportunity.created"):
        convert_lead(lead, deal, actor=owner(lead))
    with day.writes("person.erased"):
        erase_person(lead, typed=str(lead), actor=alice)

    assert day.broken == []


def _refused(act: Callable[[], Any]) -> None:
    with pytest.raises(Refused):
        act()
