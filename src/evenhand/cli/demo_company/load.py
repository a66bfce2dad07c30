"""Writes the whole demo company into an empty database."""

from datetime import timedelta

from django.db import connection, transaction
from django.utils import timezone

from evenhand.cli.demo_company.load_acts import act_by_hand
from evenhand.cli.demo_company.load_base import load_companies, load_policies
from evenhand.cli.demo_company.load_handover import hand_work_over, put_load_right
from evenhand.cli.demo_company.load_history import History, Progress
from evenhand.cli.demo_company.load_pools import claim_today, let_accounts_sleep, let_clocks_run
from evenhand.cli.demo_company.load_staff import Staff
from evenhand.cli.demo_company.load_tasks import give_work
from evenhand.cli.demo_company.load_work import settle_load
from evenhand.cli.demo_company.plans import DemoCompany, day_of
from evenhand.cli.demo_company.staff import HISTORY_DAYS
from evenhand.journal.models import Event
from evenhand.journal.operations import record
from evenhand.ladder.operations.counting import count_all as count_ladder
from evenhand.people.actor import SYSTEM

SEEDED = "demo.seeded"


def load(plan: DemoCompany, *, said: Progress = lambda done, total: None) -> None:
    """Write a demo company; `said` hears how many leads of how many are dealt.

    Not one transaction: half a year of leads would hold too many locks. What `is_complete` does
    not find was interrupted and has to begin anew.
    """
    since = plan.until - timedelta(days=HISTORY_DAYS)
    staff = Staff(plan)
    with transaction.atomic():
        staff.load(plan, day_of(since))
        load_policies(staff.reps, staff.users.values(), plan.until)
        companies = load_companies(plan, staff.reps)
    History(plan, staff, companies).load(said)
    with transaction.atomic():
        let_accounts_sleep(plan.until)
        act_by_hand(staff)
        claim_today(staff.reps.values())
        hand_work_over(staff, timezone.now())
        let_clocks_run(plan.until.isoformat())
        count_ladder(plan.until)
    give_work(plan.until)
    with transaction.atomic():
        settle_load(plan.until, staff.reps.values())
    put_load_right()
    with transaction.atomic():
        record(
            SEEDED,
            actor=SYSTEM,
            object_kind="organization",
            object_id=1,
            data={"leads": len(plan.leads)},
        )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def is_complete() -> bool:
    """Whether the demo company was written to its end."""
    return Event.objects.filter(kind=SEEDED).exists()
