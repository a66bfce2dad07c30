"""The demo company from a seed and a moment: pure, and always the same for both."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from evenhand.cli.demo_company import names
from evenhand.cli.demo_company.demand import Demand
from evenhand.cli.demo_company.firms import Firms
from evenhand.cli.demo_company.plans import CompanyPlan, DemoCompany, LeadPlan, day_of
from evenhand.cli.demo_company.staff import HISTORY_DAYS, staff_of
from evenhand.engine.calendar.worktime import DayKind
from evenhand.people.workdays import public_days

SEED = "evenhand demo"
LEADS = 3_000


def generate(until: datetime, *, seed: str = SEED, leads: int = LEADS) -> DemoCompany:
    """Half a year of the company, ending at a moment (aware)."""
    workdays = workdays_around(day_of(until))
    staff = staff_of(seed, until, workdays)
    firms = Firms(seed, until)
    companies = firms.all(staff.reps)
    demand = Demand(seed, until, firms, workdays)
    stream = demand.all(leads, companies, staff.reps)
    return DemoCompany(
        name=names.COMPANY,
        until=until,
        staff=staff,
        companies=tuple(_dated(companies, stream, until)),
        leads=tuple(stream),
    )


def workdays_around(today: date) -> frozenset[date]:
    """Days that are worked in China, make-up days included, from a year ago to a month ahead."""
    official = public_days("CN", range(today.year - 1, today.year + 2)).days
    found = set()
    for offset in range(-370, 31):
        day = today + timedelta(days=offset)
        special = official.get(day)
        is_off = day.weekday() >= 5 if special is None else special.kind is DayKind.HOLIDAY
        if not is_off:
            found.add(day)
    return frozenset(found)


def _dated(
    companies: list[CompanyPlan], leads: list[LeadPlan], until: datetime
) -> list[CompanyPlan]:
    """Accounts are old; other firms are known since their first lead or, without one, listed."""
    first: dict[str, datetime] = {}
    for lead in leads:
        first.setdefault(lead.company, lead.at)
    listed = until - timedelta(days=HISTORY_DAYS + 10)
    return [
        one if one.created_at else replace(one, created_at=first.get(one.name, listed))
        for one in companies
    ]
