"""Writes the demo company's people: calendars, teams, users, reps, absences, shifts."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from hashlib import sha256

from django.db.models import F

from evenhand.cli.demo_company.plans import ZONE, DemoCompany, PersonPlan, SpanPlan, day_of
from evenhand.people.models import Adjustment, Calendar, Duty, Leave, Organization, Rep, Team, User
from evenhand.people.naming import name_key

OFFICE_HOURS = "09:00-12:00 13:30-18:00"
CALENDARS = (
    ("中国", "Asia/Shanghai", "CN", OFFICE_HOURS),
    ("Deutschland", "Europe/Berlin", "DE-BW", "08:30-12:30 13:15-17:15"),
    ("东南亚", "Asia/Ho_Chi_Minh", "VN", "08:30-12:00 13:00-17:30"),
)
# Days, not years: three years before a 29 February there is no such day.
_OFFICE_SINCE = timedelta(days=3 * 365)


class Staff:
    """The people's rows, by mail address; whoever joins later is added on that day."""

    def __init__(self, plan: DemoCompany) -> None:
        self.plan = plan.staff
        self.users: dict[str, User] = {}
        self.reps: dict[str, Rep] = {}
        self.teams: dict[str, Team] = {}
        self.calendars: dict[str, Calendar] = {}
        self._waiting: list[PersonPlan] = []

    def load(self, plan: DemoCompany, since: date) -> None:
        """Write the company and everybody who was there at the beginning."""
        Organization.objects.create(
            id=1, name=plan.name, seed=sha256(plan.name.encode()).hexdigest(), is_demo=True
        )
        for name, zone, country, hours in CALENDARS:
            self.calendars[name] = Calendar.objects.create(
                name=name,
                zone=zone,
                country=country,
                hours=[*[hours] * 5, "", ""],
                own_days={f"{day_of(plan.until).year}-09-26": {"kind": "holiday", "name": "公司日"}}
                if country == "CN"
                else {},
                is_default=country == "CN",
            )
        for team in self.plan.teams:
            self._add_team(team.name, team.parent)
        here = [one for one in self.plan.people if one.rep is None or one.rep.joined_on <= since]
        self._waiting = [one for one in self.plan.people if one not in here]
        self._add(here, plan.until)
        for team in self.plan.teams:
            if team.manager:
                row = self.teams[team.name]
                row.manager = self.users[team.manager]
                row.save(update_fields=["manager"])

    def join(self, today: date, until: datetime) -> None:
        """Add whoever has joined by this day."""
        new = [one for one in self._waiting if one.rep and one.rep.joined_on <= today]
        if new:
            self._waiting = [one for one in self._waiting if one not in new]
            self._add(new, until)
            Organization.objects.update(people_revision=F("people_revision") + 1)

    def settle(self) -> None:
        """Switch off who takes nothing today: for the half year before, they did."""
        off = [one.email for one in self.plan.reps if one.rep and not one.rep.is_accepting]
        Rep.objects.filter(user__email__in=off).update(is_accepting=False)
        Organization.objects.update(people_revision=F("people_revision") + 1)

    def _add_team(self, name: str, parent: str) -> None:
        above = self.teams.get(parent)
        team = Team.objects.create(name=name, parent=above)
        team.path = [*(above.path if above else ()), team.pk]
        team.save(update_fields=["path"])
        self.teams[name] = team

    def _add(self, people: list[PersonPlan], until: datetime) -> None:
        users, founded = [], day_of(until) - _OFFICE_SINCE
        for one in people:
            joined = one.rep.joined_on if one.rep else founded
            user = User(
                email=one.email,
                name=one.name,
                name_key=name_key(one.name),
                role=one.role,
                scope=one.scope,
                team=self.teams[one.team],
                locale=one.locale,
                zone=one.zone,
                created_at=datetime.combine(joined, until.astimezone(ZONE).timetz()),
            )
            user.set_unusable_password()
            users.append(user)
        User.objects.bulk_create(users)
        self.users |= {user.email: user for user in users}
        self._add_reps([one for one in people if one.rep is not None])
        here = {one.email for one in people}
        Leave.objects.bulk_create(
            Leave(
                rep=self.reps[one.email],
                from_at=one.from_at,
                until_at=one.until_at,
                reason=one.what,
            )
            for one in _of(self.plan.leaves, here)
        )
        Duty.objects.bulk_create(
            Duty(
                rep=self.reps[one.email],
                roster=one.what,
                from_at=one.from_at,
                until_at=one.until_at,
            )
            for one in _of(self.plan.duties, here)
        )
        maker = next(user for user in self.users.values() if user.role == "sales_ops")
        Adjustment.objects.bulk_create(
            Adjustment(
                rep=self.reps[one.email],
                factor=one.factor,
                from_date=one.from_date,
                until_date=one.until_date,
                note=one.note,
                made_by=maker,
            )
            for one in self.plan.adjustments
            if one.email in here
        )

    def _add_reps(self, people: list[PersonPlan]) -> None:
        rows = []
        for one in people:
            plan = one.rep
            assert plan is not None
            rows.append(
                Rep(
                    user=self.users[one.email],
                    level=plan.level,
                    weight=plan.weight,
                    performance=plan.performance,
                    regions=[*plan.regions],
                    industries=[*plan.industries],
                    products=[*plan.products],
                    skills=[*plan.skills],
                    languages=[*plan.languages],
                    capacity=plan.capacity,
                    joined_on=plan.joined_on,
                    calendar=self.calendars.get(plan.calendar),
                )
            )
        Rep.objects.bulk_create(rows)
        self.reps |= {one.email: row for one, row in zip(people, rows, strict=True)}
        mentored = []
        for one, row in zip(people, rows, strict=True):
            if one.rep and one.rep.mentor:
                row.mentor = self.reps[one.rep.mentor]
                mentored.append(row)
        Rep.objects.bulk_update(mentored, ["mentor"])


def _of(spans: Iterable[SpanPlan], emails: set[str]) -> list[SpanPlan]:
    return [one for one in spans if one.email in emails]
