"""The monthly report: made once, never changed, read by name or number as the policy said."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from evenhand.fairness.models import Report
from evenhand.fairness.operations.reports import (
    CannotReport,
    last_month_at,
    make_due_report,
    make_report,
    share_reports,
)
from evenhand.fairness.reports import pseudonyms, report_for, reports
from evenhand.journal.models import Event
from evenhand.leads.intake import LeadIn
from evenhand.ledger.models import Posting
from evenhand.notify.models import Notice
from evenhand.people.actor import SYSTEM
from evenhand.people.scope import NotAllowed
from evenhand.platform.refusal import NotFound
from evenhand.policies.operations.publish import publish
from evenhand.routing.take_in import take_in
from tests.server.cast import Cast, act_as, browser, cast
from tests.server.routing.world import policy
from tests.server.simulated.virtual import virtual_time

pytestmark = pytest.mark.django_db

SHANGHAI = ZoneInfo("Asia/Shanghai")


def last_month() -> date:
    """The last one that is over, as everything of it is committed."""
    return last_month_at(timezone.now()).first


def dealt(colleagues: str) -> Cast:
    """Nine leads dealt in the middle of last month."""
    found = cast()
    publish("direct", policy(fairness={"colleagues": colleagues}), actor=SYSTEM)
    leads = [LeadIn(name=f"客户{number}", phone=f"138001380{number:02}") for number in range(9)]
    take_in(leads, actor=SYSTEM)
    month = last_month()
    Posting.objects.update(at=datetime(month.year, month.month, 15, 9, tzinfo=SHANGHAI))
    return found


@pytest.fixture
def people() -> Cast:
    return dealt("pseudonyms")


def test_it_is_made_by_itself_once_and_told_to_those_who_may_read_it(people: Cast) -> None:
    made = make_due_report(timezone.now())
    again = make_due_report(timezone.now())

    assert made is not None and again is None
    assert made.month == last_month()
    (group,) = made.data["groups"]
    assert sum(row[4] for row in group["people"]) == 9
    assert sum(row[1] for row in group["people"]) == 18_000_000
    told = set(Notice.objects.filter(kind="fairness_report").values_list("user_id", flat=True))
    assert people.tom.pk in told and people.ren.pk not in told
    assert Event.objects.filter(kind="fairness.report_made").count() == 1


def test_it_holds_ids_and_no_names(people: Cast) -> None:
    report = make_report(last_month(), actor=act_as(people.olga))

    assert not any(name in str(report.data) for name in ("Ren", "Rui", "Carl", "客户"))


def test_it_never_changes(people: Cast) -> None:
    report = make_report(last_month(), actor=act_as(people.olga))
    take_in([LeadIn(name="后来", phone="13900139000")], actor=SYSTEM)
    late = datetime(last_month().year, last_month().month, 20, tzinfo=SHANGHAI)
    Posting.objects.filter(number=10).update(at=late)

    assert make_report(last_month(), actor=act_as(people.olga)).data == report.data
    for act in (Report.objects.update, Report.objects.all().delete):
        with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
            act(**({"salt": "x"} if act == Report.objects.update else {}))
    assert Report.objects.get().salt == report.salt


def test_a_month_that_is_not_over_has_no_report(people: Cast) -> None:
    with pytest.raises(CannotReport):
        make_report(timezone.now().astimezone(SHANGHAI).date(), actor=act_as(people.olga))
    with pytest.raises(NotAllowed):
        make_report(last_month(), actor=act_as(people.tom))

    assert not Report.objects.exists()


def test_reps_read_nothing_until_it_is_shared_with_everybody(people: Cast) -> None:
    report = make_report(last_month(), actor=act_as(people.olga))
    ren = act_as(people.ren)

    assert reports(ren) == []
    with pytest.raises(NotFound):
        report_for(ren, report.pk)
    with pytest.raises(NotAllowed):
        share_reports(True, actor=act_as(people.tom))
    share_reports(True, actor=act_as(people.olga))

    assert [one.pk for one in reports(ren)] == [report.pk]
    assert Event.objects.get(kind="fairness.reports_shared").data == {"everybody": True}


def test_a_rep_sees_his_own_row_by_name_and_colleagues_by_number(people: Cast) -> None:
    report = make_report(last_month(), actor=act_as(people.olga))
    share_reports(True, actor=act_as(people.olga))

    (group,) = report_for(act_as(people.ren), report.pk).groups

    own, *others = group.people
    assert (own.name, own.is_own) == ("Ren", True)
    assert [one.name for one in others] == ["", ""]
    assert [one.number for one in others] == sorted(one.number for one in others)
    body = browser(people.ren, "en").get(f"/fairness/reports/{report.pk}").content.decode()
    assert "Rui" not in body and "Carl" not in body
    assert f"colleague {others[0].number}" in body


def test_a_manager_reads_his_own_people_by_name_and_others_by_number(people: Cast) -> None:
    report = make_report(last_month(), actor=act_as(people.olga))

    (group,) = report_for(act_as(people.tom), report.pk).groups

    assert sorted(one.name for one in group.people) == ["", "Ren", "Rui"]


def test_where_the_policy_says_names_everybody_has_one() -> None:
    people = dealt("names")
    report = make_report(last_month(), actor=act_as(people.olga))
    share_reports(True, actor=act_as(people.olga))

    (group,) = report_for(act_as(people.ren), report.pk).groups

    assert [one.name for one in group.people] == ["Ren", "Carl", "Rui"]


def test_a_page_offers_the_month_that_ended_once_all_of_it_is_committed() -> None:
    midnight = datetime(2026, 12, 1, tzinfo=SHANGHAI)
    with virtual_time(midnight + timedelta(minutes=119)) as clock:
        window = browser(cast().olga)
        before = window.get("/fairness/reports").content.decode()
        clock.go_to(midnight + timedelta(minutes=120))
        after = window.get("/fairness/reports").content.decode()
        made = window.post("/fairness/reports/make", {"month": "2026-11"})

    assert 'value="2026-10" max="2026-10"' in before
    assert 'value="2026-11" max="2026-11"' in after
    assert made.headers["Location"] == f"/fairness/reports/{Report.objects.get().pk}"


def test_numbers_stay_within_a_report_and_change_with_the_next() -> None:
    ids = set(range(1, 40))

    assert pseudonyms("one", ids) == pseudonyms("one", ids)
    assert pseudonyms("one", ids) != pseudonyms("two", ids)
    assert sorted(pseudonyms("one", ids).values()) == list(range(1, 40))


def test_sales_operations_make_share_and_take_out_by_the_pages(people: Cast) -> None:
    window = browser(people.olga, "en")

    assert window.get("/fairness/reports").status_code == 200
    made = window.post("/fairness/reports/make", {"month": f"{last_month():%Y-%m}"})
    shared = window.post("/fairness/reports/share", {"everybody": "1"})
    report = Report.objects.get()
    assert made.headers["Location"] == f"/fairness/reports/{report.pk}"
    assert shared.status_code == 302
    file = window.post(f"/fairness/reports/{report.pk}/export", {"purpose": "meeting"})
    assert file.content[:2] == b"PK"
    assert window.post("/fairness/reports/make", {"month": "soon"}).status_code == 302
    assert Report.objects.count() == 1
