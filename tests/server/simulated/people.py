"""Who works in the simulated company, and what they do: diligent, idle, hoarding, picking."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any

from django.db import connection

from evenhand.leads.intake import LeadIn
from evenhand.leads.models import Assignment, Lead, State
from evenhand.leads.operations.activities import log_activity
from evenhand.people.actor import SYSTEM, Actor
from evenhand.people.models import Calendar, Leave, Rep, User
from evenhand.people.operations.leave import cancel_leave, enter_leave
from evenhand.people.scope import actor_of
from evenhand.platform.refusal import Refused
from evenhand.policies.operations.publish import publish
from evenhand.pool.operations.claim import claim
from evenhand.pool.operations.extending import ask_extension
from evenhand.pool.operations.locking import lock_item
from evenhand.pool.operations.pausing import freeze_all, pause_rep
from evenhand.routing.operations.give import transfer
from evenhand.routing.operations.give_up import hand_back
from evenhand.routing.operations.hand_over import deactivate
from evenhand.routing.take_in import take_in
from tests.server.builders import organization, person, team
from tests.server.simulated.rules import document

MINUTE = timedelta(minutes=1)
LINE = "direct"
# How often each thing happens, of all that happens.
OFTEN = {
    "arrives": 26,
    "works": 32,
    "notes": 4,
    "claims": 22,
    "gives_back": 4,
    "moves": 4,
    "asks": 5,
    "goes_on_leave": 4,
    "comes_back": 2,
    "locks": 3,
    "pauses": 1,
    "freezes": 1,
    "publishes": 1,
    "switches": 2,
    "quits": 1,
}


@dataclass(slots=True)
class Company:
    """The company, what chance does with it, and what was refused to whom."""

    chance: Random
    working: bool  # clocks count working time, else real time
    reps: list[Rep] = field(default_factory=list)
    manager: Actor = SYSTEM
    longer: bool = False
    is_on: bool = True
    versions: dict[int, bool] = field(default_factory=dict)  # id → whether it is the longer one
    came: int = 0
    done: dict[str, int] = field(default_factory=dict)
    refused: dict[str, int] = field(default_factory=dict)

    def found(self) -> None:
        """Hire people and publish the first rules. Ids begin anew: chance draws by them."""
        with connection.cursor() as cursor:
            for table in ("person", "lead", "assignment", "calendar", "team", "leave"):
                cursor.execute(f"ALTER SEQUENCE {table}_id_seq RESTART WITH 1")
        organization()
        hours = ["09:00-12:00 13:00-18:00"] * 5 + ["", ""]
        home = Calendar.objects.create(
            name="总部", zone="Asia/Shanghai", country="CN", hours=hours, is_default=True
        )
        # Its clocks change in the time that is simulated.
        abroad = Calendar.objects.create(name="纽约", zone="America/New_York", hours=hours)
        for number in range(1, 7):
            rep = person(f"s{number}", "rep", in_team=team()).rep
            rep.calendar = abroad if self.working and number == 6 else home
            rep.save()
            self.reps.append(rep)
        self.manager = actor_of(person("s-admin", "admin"))
        self._publish()

    def act(self, at: datetime) -> None:
        """Something happens: what, to whom, chance says. A refusal changes nothing."""
        (what,) = self.chance.choices(list(OFTEN), list(OFTEN.values()))
        doing: Callable[[datetime], bool] = getattr(self, what)
        try:
            if doing(at):
                self.done[what] = self.done.get(what, 0) + 1
        except Refused as no:
            code = no.why.code
            self.refused[code] = self.refused.get(code, 0) + 1

    # -- what may happen -------------------------------------------------------------------

    def arrives(self, at: datetime) -> bool:
        """A lead comes in."""
        self.came += 1
        grade = self.chance.choice("AB")
        lead = LeadIn(name=f"客户{self.came}", phone=f"139{self.came:08d}", grade=grade)
        take_in([lead], actor=SYSTEM, now=at)
        return True

    def works(self, at: datetime) -> bool:
        """Somebody diligent speaks with a customer; half of it is recorded by the exchange."""
        held = self._held(self.reps[:3])
        if held is None:
            return False
        recorded = self.chance.random() < 0.5
        log_activity(
            "lead", held.item_id, channel="call", outcome="reached", at=at,
            evidence="call_record" if recorded else "said",
            seconds=self.chance.choice((10, 40, 600)),
            actor=SYSTEM if recorded else self._actor(held.rep_id),
        )  # fmt: skip
        return True

    def notes(self, at: datetime) -> bool:
        """Somebody writes that he follows up; it proves nothing."""
        held = self._held(self.reps)
        if held is None:
            return False
        log_activity(
            "lead", held.item_id, channel="note", outcome="noted", note="跟进中", at=at,
            actor=self._actor(held.rep_id),
        )  # fmt: skip
        return True

    def claims(self, at: datetime) -> bool:
        """The fifth takes all he can, the fourth the best, the others one."""
        rep = self.chance.choice(self.reps[:5] + self.reps[3:5])
        lying = Lead.objects.filter(state=State.POOLED)
        order = "-points" if rep is self.reps[3] else "pk"
        wanted = 10 if rep is self.reps[4] else 1
        ids = list(lying.order_by(order, "pk").values_list("pk", flat=True)[:wanted])
        found = claim([("lead", pk) for pk in ids], actor=self._actor(rep.pk)) if ids else []
        for one in found:
            if one.refused is not None:
                code = one.refused.code
                self.refused[code] = self.refused.get(code, 0) + 1
        return any(one.refused is None for one in found)

    def gives_back(self, at: datetime) -> bool:
        """Somebody hands a lead back, and it is dealt anew."""
        held = self._held(self.reps)
        if held is None:
            return False
        hand_back("lead", held.item_id, reason="overload", actor=self._actor(held.rep_id))
        return True

    def moves(self, at: datetime) -> bool:
        """A manager gives a lead to somebody else."""
        held = self._held(self.reps)
        others = [rep for rep in self._present() if held is not None and rep.pk != held.rep_id]
        if held is None or not others:
            return False
        to = self.chance.choice(others).pk
        transfer("lead", held.item_id, to=to, reason="expertise", actor=self.manager)
        return True

    def asks(self, at: datetime) -> bool:
        """Somebody asks for more time, and pays for it."""
        held = self._held(self.reps)
        if held is None:
            return False
        ask_extension(
            "lead", held.item_id, clock="untouched", reason="quote_out",
            actor=self._actor(held.rep_id),
        )  # fmt: skip
        return True

    def goes_on_leave(self, at: datetime) -> bool:
        """Somebody is away for some days, from soon or from now on."""
        rep = self.chance.choice(self.reps)
        begins = at + self.chance.choice((1, 600, 3000)) * MINUTE
        ends = begins + self.chance.choice((240, 1440, 5 * 1440)) * MINUTE
        enter_leave(rep.pk, from_at=begins, until_at=ends, reason_text="假", actor=self.manager)
        return True

    def comes_back(self, at: datetime) -> bool:
        """A leave is canceled or ended early."""
        rows = Leave.objects.filter(canceled_at=None, until_at__gt=at).order_by("pk")
        found = list(rows.values_list("pk", flat=True))
        return bool(found) and cancel_leave(self.chance.choice(found), actor=self.manager)

    def locks(self, at: datetime) -> bool:
        """Somebody locks a lead, as many as he may."""
        held = self._held(self.reps)
        if held is None:
            return False
        lock_item("lead", held.item_id, actor=self._actor(held.rep_id))
        return True

    def pauses(self, at: datetime) -> bool:
        """Somebody's clocks are stopped for a day."""
        rep = self.chance.choice(self.reps)
        pause_rep(
            rep.pk, from_at=at, until_at=at + 1440 * MINUTE, reason="training", actor=self.manager
        )
        return True

    def freezes(self, at: datetime) -> bool:
        """All clocks stand still for two days, from tomorrow on."""
        begins = at + 1440 * MINUTE
        freeze_all(
            from_at=begins, until_at=begins + 2880 * MINUTE, reason="holiday", actor=self.manager
        )
        return True

    def publishes(self, at: datetime) -> bool:
        """Other limits are published; what is held keeps those under which it was given."""
        self.longer = not self.longer
        self._publish()
        return True

    def switches(self, at: datetime) -> bool:
        """A rule is switched off, or on again."""
        self.is_on = not self.is_on
        self._publish()
        return True

    def quits(self, at: datetime) -> bool:
        """Somebody leaves; his work is dealt anew. Four stay at least."""
        present = self._present()
        if len(present) <= 4:
            return False
        deactivate(self.chance.choice(present).pk, to=None, actor=self.manager)
        return True

    # --------------------------------------------------------------------------------------

    def _publish(self) -> None:
        rules = document(working=self.working, longer=self.longer, is_on=self.is_on)
        self.versions[publish(LINE, rules, actor=SYSTEM).pk] = self.longer

    def _held(self, reps: list[Rep]) -> Any:
        rows = Assignment.objects.filter(closed_at=None, rep__in=reps).order_by("pk")
        found = list(rows)
        return self.chance.choice(found) if found else None

    def _present(self) -> list[Rep]:
        return list(Rep.objects.filter(is_active=True).order_by("pk"))

    def _actor(self, rep_id: int) -> Actor:
        return actor_of(User.objects.get(pk=rep_id))
