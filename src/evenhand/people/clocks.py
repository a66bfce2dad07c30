"""By which clock a person's days begin and end: his calendar's, else the company's."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from evenhand.engine.calendar.worktime import instant
from evenhand.people.models import Rep
from evenhand.people.organization import FALLBACK_ZONE, organization
from evenhand.platform.looking import once
from evenhand.platform.prepared import send


def zone_of_rep(rep: Rep) -> ZoneInfo:
    """The zone of a rep's working time."""
    return company_zone() if rep.calendar is None else ZoneInfo(rep.calendar.zone)


def company_zone() -> ZoneInfo:
    """The zone of the default calendar, else the company's."""
    found = once("company_zone", lambda: send(_DEFAULT_ZONE).rows())
    if found:
        return ZoneInfo(found[0][0])
    company = organization()
    return ZoneInfo(FALLBACK_ZONE if company is None else company.zone)


def company_day(at: datetime) -> date:
    """The company's day at an instant: after its own midnight, whatever UTC says."""
    return at.astimezone(company_zone()).date()


_DEFAULT_ZONE = "SELECT zone FROM calendar WHERE is_default LIMIT 1"


def whole_days(first: date, last: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """From the first midnight of the first day until the midnight after the last."""
    end = datetime.combine(last + timedelta(days=1), time())
    return instant(datetime.combine(first, time()), zone), instant(end, zone)
