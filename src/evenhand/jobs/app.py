"""The jobs: periodic sweeps that take all that is due by now, and long work people started.

Every job may run twice or late and ends the same. What is due, the database's clock decides. Queue
`sweeps` is short work, `long` takes minutes. (reference: stack, section 6)
"""

import logging

from django.utils import timezone
from procrastinate import App, Blueprint, RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.exceptions import UniqueViolation
from procrastinate.jobs import Status

from evenhand.appeals.operations.overdue import pass_on_overdue
from evenhand.connectors.operations.again import settle_due
from evenhand.connectors.operations.records import match_waiting
from evenhand.exports.operations.make import run as run_export
from evenhand.fairness.counting import count_all
from evenhand.fairness.operations.reports import make_due_report
from evenhand.fairness.operations.targets import check_targets
from evenhand.fairness.periods import SPANS, period_of
from evenhand.fairness.rules import count_rules
from evenhand.handover.operations.covering import cover_due
from evenhand.handover.operations.departing import settle_departures
from evenhand.imports.operations.portions import release_due, release_portion
from evenhand.imports.operations.run import run as run_import
from evenhand.imports.operations.undo import run_undo
from evenhand.jobs.tidy import tidy_up
from evenhand.journal.seals.anchoring import anchor_daily
from evenhand.journal.seals.sealing import seal_on
from evenhand.ladder.operations.counting import count_all as count_ladder_of_all
from evenhand.leads.operations.likenesses import find_likenesses
from evenhand.notify.delivery import deliver_due
from evenhand.notify.letters import gather
from evenhand.people.actor import SYSTEM
from evenhand.people.clocks import company_day
from evenhand.people.operations.incidents import tell_incidents
from evenhand.people.organization import organization
from evenhand.platform.clock import database_now
from evenhand.platform.crashpoint import crashpoint
from evenhand.policies.operations.reviews import tell_of_reviews
from evenhand.pool.giving_way import GivingWay
from evenhand.pool.operations.keeping_overviews import keep_overviews
from evenhand.pool.operations.reviving import revive_due
from evenhand.pool.operations.sweeping import wind_and_sweep
from evenhand.rebalance.operations.approve import go_on as move_on
from evenhand.review.operations.comparing import compare
from evenhand.routing.announce import tell_of_waiting
from evenhand.routing.operations.long_acts import work_on
from evenhand.routing.retry import retry_all
from evenhand.tasks.operations.absence import settle_absences
from evenhand.tasks.operations.following import follow_events
from evenhand.tasks.operations.reminding import remind
from evenhand.tasks.operations.series import make_ahead
from evenhand.tasks.operations.waiting import deal_waiting
from evenhand.work.operations.settling import derive_caps, settle_weeks

log = logging.getLogger(__name__)

SWEEPS = "sweeps"
LONG = "long"

sweeps = Blueprint()


@sweeps.periodic(cron="* * * * * */5")
@sweeps.task(
    name="retry_unassigned", queue=SWEEPS, queueing_lock="retry_unassigned", lock="retry_unassigned"
)
def retry_unassigned(timestamp: int) -> None:
    """Deal the unassigned that somebody can take by now."""
    found = retry_all()
    if found:
        log.info("dealt %s items that were waiting", found)


@sweeps.periodic(cron="* * * * * */5")
@sweeps.task(name="sweep_clocks", queue=SWEEPS, queueing_lock="sweep_clocks", lock="sweep_clocks")
def sweep_clocks(timestamp: int) -> None:
    """Work out what clocks changed, and do what is due: remind, take back, recycle.

    While leads come in it rests most of the time.
    """
    swept = wind_and_sweep(now=database_now(), after_portion=GivingWay())
    if swept.done:
        log.info(
            "clocks: %s due; %s into pools, %s dealt anew",
            *(swept.done, swept.pooled, swept.reassigned),
        )


@sweeps.periodic(cron="* * * * * */5")
@sweeps.task(name="seal_journal", queue=SWEEPS, queueing_lock="seal_journal")
def seal_journal(timestamp: int) -> None:
    """Seal what happened: whoever changes it afterwards can be named.

    Two at once do no harm (`seal_next` has a lock of its own), so none waits for one whose worker
    died with the database: it would be for half a minute.
    """
    seal_on()


@sweeps.periodic(cron="9 * * * *")
@sweeps.task(
    name="anchor_journal", queue=SWEEPS, queueing_lock="anchor_journal", lock="anchor_journal"
)
def anchor_journal(timestamp: int) -> None:
    """Put down the anchor of the day, outside of the database."""
    company = organization()
    if company is not None:
        anchor_daily(timezone.now(), actor=SYSTEM, locale=company.locale)


@sweeps.periodic(cron="* * * * *")
@sweeps.task(name="tell_waiting", queue=SWEEPS, queueing_lock="tell_waiting", lock="tell_waiting")
def tell_waiting(timestamp: int) -> None:
    """Tell sales operations where items wait for nobody."""
    tell_of_waiting(timezone.now())


@sweeps.periodic(cron="*/10 * * * *")
@sweeps.task(
    name="tell_incidents", queue=SWEEPS, queueing_lock="tell_incidents", lock="tell_incidents"
)
def tell_of_incidents(timestamp: int) -> None:
    """Tell the journal of logins that failed and doors that were closed."""
    tell_incidents()


@sweeps.periodic(cron="* * * * *")
@sweeps.task(name="hand_over", queue=SWEEPS, queueing_lock="hand_over", lock="hand_over")
def hand_over(timestamp: int) -> None:
    """Begin and end covers of leave, and settle departures past their deadline."""
    now = database_now()
    moved = cover_due(now) + settle_departures(now)
    if moved:
        log.info("%s items changed hands for leave or departures", moved)


@sweeps.periodic(cron="* * * * * */5")
@sweeps.task(name="rescue_stalled", queue=SWEEPS, queueing_lock="rescue", pass_context=True)
async def rescue_stalled(context: object, timestamp: int) -> None:
    """Jobs whose worker died are tried again: it beats every ten seconds, and no longer.

    A sweep that died holds its lock, and behind it the next one waits already: there the dead one
    goes, as it cannot wait a second time. This job itself has no lock that it could die with.
    """
    working: App = context.app  # type: ignore[attr-defined]
    for job in await working.job_manager.get_stalled_jobs():
        try:
            await working.job_manager.retry_job(job)
        except UniqueViolation:
            await working.job_manager.finish_job(job, Status.FAILED, delete_job=True)


@sweeps.periodic(cron="* * * * * */5")
@sweeps.task(name="deliver", queue=SWEEPS, queueing_lock="deliver", lock="deliver")
def deliver(timestamp: int) -> None:
    """Deliver what committed transactions owe: mail, chat messages, webhooks."""
    gather(timezone.now())
    deliver_due(timezone.now(), 1_000, clock=timezone.now)


@sweeps.periodic(cron="* * * * * */10")
@sweeps.task(
    name="settle_deliveries", queue=SWEEPS, queueing_lock="settle_deliveries", lock="settle"
)
def settle_deliveries(timestamp: int) -> None:
    """Take in what connectors delivered and could not be taken in at once."""
    settle_due(timezone.now())


@sweeps.periodic(cron="* * * * *")
@sweeps.task(name="match_records", queue=SWEEPS, queueing_lock="match_records", lock="match")
def match_records(timestamp: int) -> None:
    """Put recorded calls and conversations on leads that have come since."""
    match_waiting()


@sweeps.periodic(cron="* * * * *")
@sweeps.task(
    name="count_fairness", queue=SWEEPS, queueing_lock="count_fairness", lock="count_fairness"
)
def count_fairness(timestamp: int) -> None:
    """Add new postings to the days that the fairness pages read."""
    count_all()


@sweeps.periodic(cron="23 3 * * *")
@sweeps.task(
    name="find_duplicates", queue=LONG, queueing_lock="find_duplicates", lock="find_duplicates"
)
def find_duplicates(timestamp: int) -> None:
    """Look through accounts and contacts, at night, for pairs that may be one."""
    log.info("found %s new pairs that may be one", find_likenesses())


@sweeps.periodic(cron="41 2 * * *")
@sweeps.task(name="count_ladder", queue=LONG, queueing_lock="count_ladder", lock="count_ladder")
def count_ladder(timestamp: int) -> None:
    """Count ramps and standings at night, and propose the next level for whoever is ready."""
    counted = count_ladder_of_all(timezone.now())
    log.info("counted %s people, proposed %s", counted.people, counted.proposed)


@sweeps.periodic(cron="7 * * * *")
@sweeps.task(
    name="check_targets", queue=SWEEPS, queueing_lock="check_targets", lock="check_targets"
)
def check_fairness_targets(timestamp: int) -> None:
    """Tell those who watch a group that it crossed its fairness target, or keeps it again."""
    check_targets(timezone.now())


@sweeps.periodic(cron="37 * * * *")
@sweeps.task(name="fairness_report", queue=SWEEPS, queueing_lock="report", lock="report")
def make_fairness_report(timestamp: int) -> None:
    """Make the report of the month that ended last, once."""
    make_due_report(timezone.now())


@sweeps.periodic(cron="*/10 * * * *")
@sweeps.task(
    name="overdue_appeals",
    queue=SWEEPS,
    queueing_lock="overdue_appeals",
    lock="overdue_appeals",
)
def overdue_appeals(timestamp: int) -> None:
    """Hand appeals that nobody answered in time to sales operations."""
    pass_on_overdue(database_now())


@sweeps.periodic(cron="27 * * * *")
@sweeps.task(name="count_rules", queue=SWEEPS, queueing_lock="count_rules", lock="count_rules")
def count_rule_use(timestamp: int) -> None:
    """Count how often rules decided on days that are over."""
    count_rules(timezone.now())


@sweeps.periodic(cron="*/10 * * * *")
@sweeps.task(name="count_pools", queue=LONG, queueing_lock="count_pools", lock="count_pools")
def count_pools(timestamp: int) -> None:
    """Count what pages of pools show, where it would take too long while somebody waits."""
    now = timezone.now()
    today = company_day(now)
    usual = [period_of(span, today) for span in SPANS if span != "own"]
    keep_overviews([(one.first, one.last) for one in usual], now)


@sweeps.periodic(cron="17 * * * *")
@sweeps.task(name="tidy", queue=SWEEPS, queueing_lock="tidy", lock="tidy")
def tidy(timestamp: int) -> None:
    """Drop what nobody needs any more: old answers to keys, ended sessions, done jobs."""
    tidy_up()


@sweeps.periodic(cron="*/5 * * * *")
@sweeps.task(name="release_portions", queue=LONG, queueing_lock="portions", lock="portions")
def release_portions(timestamp: int) -> None:
    """Release what is due today of lists that are dealt as plans."""
    release_due(database_now())


@sweeps.periodic(cron="23 * * * *")
@sweeps.task(name="reviews", queue=SWEEPS, queueing_lock="reviews", lock="reviews")
def reviews(timestamp: int) -> None:
    """Tell the owners of rules whose review date has come, once a day."""
    tell_of_reviews()


@sweeps.periodic(cron="*/10 * * * *")
@sweeps.task(name="revive_lost", queue=SWEEPS, queueing_lock="revive_lost", lock="revive_lost")
def revive_lost(timestamp: int) -> None:
    """Bring back lost leads and accounts whose day has come."""
    found = revive_due(database_now())
    if found:
        log.info("brought back %s lost items", found)


@sweeps.periodic(cron="* * * * * */10")
@sweeps.task(name="follow_tasks", queue=SWEEPS, queueing_lock="follow_tasks", lock="follow_tasks")
def follow_tasks(timestamp: int) -> None:
    """Make the to-dos that events ask for, and let others go with what they are for."""
    follow_events()


@sweeps.periodic(cron="* * * * * */10")
@sweeps.task(name="deal_tasks", queue=SWEEPS, queueing_lock="deal_tasks", lock="deal_tasks")
def deal_tasks(timestamp: int) -> None:
    """Deal the to-dos that wait and that somebody can take by now."""
    deal_waiting(now=database_now())


@sweeps.periodic(cron="*/10 * * * *")
@sweeps.task(name="absent_tasks", queue=SWEEPS, queueing_lock="absent_tasks", lock="absent_tasks")
def absent_tasks(timestamp: int) -> None:
    """Settle to-dos that are due while their owners are away."""
    settle_absences(now=database_now())


@sweeps.periodic(cron="* * * * *")
@sweeps.task(name="remind_tasks", queue=SWEEPS, queueing_lock="remind_tasks", lock="remind_tasks")
def remind_tasks(timestamp: int) -> None:
    """Remind people of to-dos before they are due."""
    remind(now=database_now())


@sweeps.periodic(cron="* * * * *")
@sweeps.task(name="tasks_ahead", queue=LONG, queueing_lock="tasks_ahead", lock="tasks_ahead")
def tasks_ahead(timestamp: int) -> None:
    """Make the to-dos of series up to their horizon."""
    made = make_ahead(now=database_now())
    if made:
        log.info("made %s to-dos of series", made)


@sweeps.periodic(cron="13 * * * *")
@sweeps.task(name="settle_weeks", queue=SWEEPS, queueing_lock="settle_weeks", lock="settle_weeks")
def settle_work_weeks(timestamp: int) -> None:
    """Settle the load of weeks that are over, and tell whose band is a new one."""
    settle_weeks(timezone.now())


@sweeps.periodic(cron="41 2 * * *")
@sweeps.task(name="derive_caps", queue=SWEEPS, queueing_lock="derive_caps", lock="derive_caps")
def derive_open_caps(timestamp: int) -> None:
    """Work out, at night, how many open items everybody's time allows."""
    derive_caps(timezone.now())


long_work = Blueprint()


# A database that is away for a while: the act goes on where it stopped.
_LATER = RetryStrategy(max_attempts=8, wait=5, linear_wait=10)


@long_work.task(name="rebalance", queue=LONG, retry=_LATER)
def make_rebalance(rebalance_id: int) -> None:
    """Make the moves of a rebalance that somebody approved, or take them back."""
    move_on(rebalance_id)
    crashpoint("job.done")


@long_work.task(name="long_act", queue=LONG, retry=_LATER)
def long_act(act_id: int) -> None:
    """Go through the leads of an act that somebody started on many."""
    work_on(act_id)


@long_work.task(name="comparison", queue=LONG, retry=_LATER)
def comparison(comparison_id: int) -> None:
    """Run a draft and the live rules over the leads of the last months."""
    compare(comparison_id)


@long_work.task(name="import_leads", queue=LONG, retry=_LATER)
def import_leads(import_id: int) -> None:
    """Take the rows of a file in, or take back what came in."""
    run_import(import_id)
    run_undo(import_id)


@long_work.task(name="make_export", queue=LONG, retry=_LATER)
def make_export(export_id: int) -> None:
    """Make the file of an export."""
    run_export(export_id)


@long_work.task(name="release_portion", queue=LONG, retry=_LATER)
def release_one_portion(import_id: int) -> None:
    """Release the portion that somebody asked for."""
    release_portion(import_id, timezone.now())


# Who names this module among the paths of jobs (`config/settings.py`) gets them by reading it.
app.add_tasks_from(sweeps, namespace="evenhand")
app.add_tasks_from(long_work, namespace="evenhand")
