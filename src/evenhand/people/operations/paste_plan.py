"""What would become of each row of a pasted team list; nothing is changed here."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from evenhand.engine.reasons import reason
from evenhand.people.actor import Actor
from evenhand.people.models import Rep, Role, Team, User
from evenhand.people.operations.checks import CannotEdit, address, needed
from evenhand.people.operations.reps import RepIn, checked, rep_data
from evenhand.people.operations.roles import USUAL_SCOPES, check_role
from evenhand.people.scope import Right, may
from evenhand.people.teamsheet import BadCell, SheetRow, TeamList, role_of

# Columns of a list → fields of a rep.
REP_FIELDS: Mapping[str, str] = {
    "level": "level",
    "weight": "weight",
    "region": "regions",
    "industry": "industries",
    "product": "products",
    "skill": "skills",
    "language": "languages",
    "capacity": "capacity",
    "joined_on": "joined_on",
}
_OF_REP_FIELDS = {name: column for column, name in REP_FIELDS.items()}


class Verdict(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REJECTED = "rejected"


@dataclass
class RowPlan:
    """One row: what would become of it; `changes` by column, from what to what."""

    row: SheetRow
    verdict: Verdict = Verdict.UNCHANGED
    user: User | None = None
    changes: dict[str, tuple[Any, Any]] = field(default_factory=dict)
    bad: list[BadCell] = field(default_factory=list)

    @property
    def name(self) -> str:
        """Who it is."""
        return str(self.row.values.get("name") or (self.user.name if self.user else ""))

    @property
    def email(self) -> str:
        """His address, in lower case."""
        return str(self.row.values.get("email") or (self.user.email if self.user else "")).lower()


@dataclass(frozen=True, slots=True)
class Plan:
    """A list looked at: every row with its verdict, and the teams that would be new."""

    rows: tuple[RowPlan, ...]
    new_teams: tuple[tuple[str, ...], ...]  # each as its way down
    sheet: TeamList

    def count(self, verdict: str) -> int:
        """How many rows have this verdict."""
        return sum(row.verdict == verdict for row in self.rows)


class Planner:
    """Looks at every row of a list against people as they are."""

    def __init__(self, sheet: TeamList, actor: Actor) -> None:
        self.sheet, self.actor = sheet, actor
        people = list(User.objects.select_related("team", "rep", "rep__mentor__user"))
        self.by_email = {user.email: user for user in people}
        self.by_name: dict[str, list[User]] = {}
        for user in people:
            if user.is_active:
                self.by_name.setdefault(user.name, []).append(user)
        self.teams = {team.name: team for team in Team.objects.filter(is_active=True)}
        self.names = {team.pk: team.name for team in self.teams.values()}
        self.new_teams: dict[str, tuple[str, ...]] = {}
        self.listed = {
            str(row.values[key])
            for row in sheet.rows
            for key in ("name", "email")
            if key in row.values
        }

    def plan(self) -> Plan:
        """Every row with its verdict."""
        seen: dict[str, int] = {}
        rows = []
        for row in self.sheet.rows:
            plan = RowPlan(row, bad=list(row.bad))
            self._look_at(plan, seen)
            if plan.bad:
                plan.verdict = Verdict.REJECTED
            rows.append(plan)
        needed_teams = {plan.row.team_path for plan in rows if plan.verdict != Verdict.REJECTED}
        new = [
            path
            for path in self.new_teams.values()
            if any(t[: len(path)] == path for t in needed_teams)
        ]
        return Plan(tuple(rows), tuple(new), self.sheet)

    def _look_at(self, plan: RowPlan, seen: dict[str, int]) -> None:
        plan.user = self._person(plan)
        if plan.bad:
            return
        first = seen.setdefault(plan.email, plan.row.number)
        if first != plan.row.number:
            self._bad(
                plan, "email", reason("people.row_repeated", value=plan.email, first_row=first)
            )
        self._check_team(plan)
        self._check_role(plan)
        self._check_mentor(plan)
        self._check_rep(plan)
        if plan.user is None:
            plan.verdict = Verdict.NEW
        else:
            plan.changes = dict(self._changes(plan, plan.user))
            plan.verdict = Verdict.CHANGED if plan.changes else Verdict.UNCHANGED

    def _person(self, plan: RowPlan) -> User | None:
        values = plan.row.values
        if email := str(values.get("email") or ""):
            found = self.by_email.get(email.lower())
            if found is None:
                self._checked(plan, "email", lambda: address(email))
                self._checked(plan, "name", lambda: needed(str(values.get("name") or ""), "name"))
            elif not found.is_active:
                self._bad(plan, "email", reason("people.inactive", name=found.name))
            return found
        same = self.by_name.get(str(values.get("name") or ""), [])
        if len(same) == 1:
            return same[0]
        self._bad(plan, "email", reason("people.needed"))
        return None

    def _check_team(self, plan: RowPlan) -> None:
        path = plan.row.team_path
        for depth, name in enumerate(path):
            known = self.teams.get(name)
            parent = self.names.get(known.parent_id or 0) if known else None
            if known is not None and depth > 0 and parent != path[depth - 1]:
                self._bad(plan, "team", reason("people.team_elsewhere", name=name))
                return
            if known is None:
                self.new_teams.setdefault(name, path[: depth + 1])
                if self.new_teams[name] != path[: depth + 1] and depth > 0:
                    self._bad(plan, "team", reason("people.team_elsewhere", name=name))
                    return

    def _check_role(self, plan: RowPlan) -> None:
        text = str(plan.row.values.get("role") or "")
        if not text:
            return
        role = role_of(text)
        if role is None:
            self._bad(plan, "role", reason("people.role_unknown", value=text))
            return
        plan.row.values["role"] = role
        is_same = plan.user is not None and plan.user.role == role
        if is_same or (plan.user is None and role == Role.REP):
            return
        if not may(self.actor, Right.EDIT_ROLES):
            self._bad(plan, "role", reason("people.role_not_yours"))
        elif plan.user is not None and plan.user.pk == self.actor.user_id:
            self._bad(plan, "role", reason("people.not_yourself"))
        elif not (plan.row.team_path or (plan.user and plan.user.team_id)):
            self._checked(plan, "role", lambda: check_role(role, USUAL_SCOPES[role], None))

    def _check_mentor(self, plan: RowPlan) -> None:
        mentor = str(plan.row.values.get("mentor") or "")
        if not mentor:
            return
        known = self.by_email.get(mentor.lower()) or next(iter(self.by_name.get(mentor, [])), None)
        if mentor in (plan.name, plan.email):
            self._bad(plan, "mentor", reason("people.mentor_himself"))
        elif mentor not in self.listed and (known is None or not hasattr(known, "rep")):
            self._bad(plan, "mentor", reason("people.mentor_unknown", value=mentor))

    def _check_rep(self, plan: RowPlan) -> None:
        try:
            new = new_data(plan)
        except CannotEdit as error:
            self._bad(plan, _OF_REP_FIELDS.get(error.field, error.field), error.why)
            return
        rep = plan.user.rep if plan.user and hasattr(plan.user, "rep") else Rep()
        self._checked(plan, "", lambda: checked(rep, new))

    def _changes(self, plan: RowPlan, user: User) -> Iterator[tuple[str, tuple[Any, Any]]]:
        values = plan.row.values
        for name in ("name", "phone", "role"):
            if name in values and str(values[name]) != getattr(user, name):
                yield name, (getattr(user, name), str(values[name]))
        was = user.team.name if user.team else ""
        if plan.row.team_path and plan.row.team_path[-1] != was:
            yield "team", (was, "/".join(plan.row.team_path))
        if not hasattr(user, "rep"):
            return
        old, new = rep_data(user.rep), new_data(plan)
        for column, name in REP_FIELDS.items():
            if getattr(old, name) != getattr(new, name):
                yield column, (getattr(old, name), getattr(new, name))
        mentor = user.rep.mentor.user if user.rep.mentor else None
        wanted = str(values.get("mentor") or "")
        if wanted and (mentor is None or wanted not in (mentor.name, mentor.email)):
            yield "mentor", (mentor.name if mentor else "", wanted)

    def _checked(self, plan: RowPlan, column: str, check: Any) -> None:
        try:
            check()
        except CannotEdit as error:
            self._bad(plan, column or _OF_REP_FIELDS.get(error.field, error.field), error.why)

    def _bad(self, plan: RowPlan, column: str, why: Any) -> None:
        value = plan.row.values.get(column, "")
        shown = "、".join(value) if isinstance(value, tuple) else str(value)
        plan.bad.append(BadCell(self.sheet.headings.get(column, column), shown[:80], why))


def new_data(plan: RowPlan) -> RepIn:
    """The rep's data with what the row says; what it leaves out stays."""
    has_rep = plan.user is not None and hasattr(plan.user, "rep")
    data = rep_data(plan.user.rep) if plan.user is not None and has_rep else RepIn()
    values = plan.row.values
    new: dict[str, Any] = {
        name: values[column] for column, name in REP_FIELDS.items() if column in values
    }
    for name in ("weight", "capacity"):
        if name in new:
            new[name] = int(new[name])
    for name in ("regions", "industries", "products", "skills", "languages"):
        if name in new:
            new[name] = tuple(map(str, new[name]))
    if "level" in new:
        new["level"] = str(new["level"])
    return replace(data, **new)
