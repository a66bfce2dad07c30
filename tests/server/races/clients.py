"""Clients that do what comes to their minds with some leads, and note what they were told (C5).

A process of several threads, each with a connection of its own, as those of a server. Reads one
JSON object: what there is, how many acts, the seed. Writes one JSON line per
act and lead; the clock is that of the machine, which all processes share.
"""

import json
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict
from datetime import datetime, timedelta
from itertools import count
from random import Random
from threading import Lock, Thread
from typing import Any

from tests.server.races.histories import MERGED, REFUSED, UNKNOWN, Told, with_rep

# A lock that came in no time, and a machine that stood still for ten seconds: "503, come again".
BUSY = ("55P03", "25P03")
# How often each is done; what befalls people stands in no lead's history.
ACTS = {
    "look": 25,
    "claim": 25,
    "transfer": 12,
    "assign": 8,
    "give back": 12,
    "put in": 4,
    "recycle": 3,
    "merge": 3,
    "part": 3,
    "leave": 3,
    "role": 2,
}


class Clients:
    """Everybody of one process."""

    def __init__(self, asked: Mapping[str, Any], out: Any) -> None:
        self.asked = asked
        self.reps: Sequence[int] = asked["reps"]
        self.leads: Sequence[int] = asked["leads"]
        self.began = datetime.fromisoformat(asked["began"])
        self._out = out
        self._lock = Lock()
        self._numbers = count()
        self._merges: list[tuple[int, int, int]] = []  # of which nobody took one apart yet

    def run(self) -> None:
        """All threads, to the end."""
        threads = [
            Thread(target=self._client, args=(number,)) for number in range(self.asked["clients"])
        ]
        for one in threads:
            one.start()
        for one in threads:
            one.join()

    def _client(self, number: int) -> None:
        from django.db import connection

        luck = Random(f"{self.asked['seed']} {number}")
        names, weights = list(ACTS), list(ACTS.values())
        while next(self._numbers) < self.asked["acts"]:
            (name,) = luck.choices(names, weights)
            own = Act(self, luck, name)
            own.do()
            self._note(own.told)
            if own.is_cut_off:
                with suppress(Exception):
                    connection.close()
                time.sleep(0.02)  # a program of its own: it asks again, but not at once
        with suppress(Exception):
            connection.close()

    def _note(self, told: Sequence[Told]) -> None:
        with self._lock:
            for one in told:
                self._out.write(json.dumps(asdict(one)) + "\n")
            self._out.flush()

    def keep_merge(self, merge_id: int, survivor: int, merged: int) -> None:
        """Somebody may take it apart."""
        with self._lock:
            self._merges.append((merge_id, survivor, merged))

    def any_merge(self, luck: Random) -> tuple[int, int, int] | None:
        """One to take apart; nobody else tries it then."""
        with self._lock:
            if not self._merges:
                return None
            return self._merges.pop(luck.randrange(len(self._merges)))


class Act:
    """One act of one client."""

    def __init__(self, clients: Clients, luck: Random, name: str) -> None:
        self.clients, self.luck, self.name = clients, luck, name
        self.told: list[Told] = []
        self.is_cut_off = False
        self.lead = luck.choice(clients.leads)
        self.rep = luck.choice(clients.reps)
        self._lost: list[Told] = []

    def do(self) -> None:
        """Do it, and note what was told, whatever that is."""
        from django.db import InterfaceError, OperationalError
        from psycopg_pool import PoolTimeout

        from evenhand.people.scope import NotAllowed
        from evenhand.platform.refusal import NotFound, Refused

        self._began = time.monotonic_ns()
        act: Callable[[], None] = getattr(self, f"_{self.name.replace(' ', '_')}")
        try:
            act()
        except Refused as refused:
            self._say(outcome=REFUSED, code=refused.why.code)
        except (NotFound, NotAllowed) as refused:
            self._say(outcome=REFUSED, code=type(refused).__name__)
        except (OperationalError, InterfaceError, PoolTimeout) as error:
            self.is_cut_off = True
            self._say_lost(error)
        except Exception as error:  # a mistake of the server: nothing is done, and it is told
            self._say(outcome=REFUSED, code=f"! {type(error).__name__}: {error}"[:300])

    def _say(self, **more: Any) -> None:
        if self.name not in ("leave", "role"):
            self._add(self.lead, **more)

    def _add(self, lead: int, **more: Any) -> None:
        given = {"rep": self.rep, "began": self._began, "ended": time.monotonic_ns(), **more}
        self.told.append(Told(lead, self.name, **given))

    def _say_lost(self, error: Exception) -> None:
        """Whether it was done nobody knows, unless the database itself said that it was not."""
        from evenhand.platform.transactions import sqlstate_of

        if sqlstate_of(error) in BUSY:  # tried again in vain, or stood still: nothing is done
            self._say(outcome=REFUSED, code="busy")
        elif sqlstate_of(error) in ("40001", "40P01"):
            self._say(outcome=REFUSED, code=f"! {sqlstate_of(error)}")
        elif self.name in ("merge", "part"):
            # Where it would be is not known, either: any of these, at any moment, or none.
            for lead in (self.lead, *self._others()):
                for now in (MERGED, "pool", *map(with_rep, self.clients.reps)):
                    self._add(lead, outcome=UNKNOWN, now=now)
        elif self.name == "recycle":
            for lead in self.clients.leads:
                self._add(lead, outcome=UNKNOWN)
        elif self.name != "look":
            self._say(outcome=UNKNOWN)

    def _others(self) -> Sequence[int]:
        other = getattr(self, "other", None)
        return () if other is None else (other,)

    def _acts(self, user_id: int) -> Any:
        from evenhand.people.models import User
        from evenhand.people.scope import actor_of

        return actor_of(User.objects.select_related("rep").get(pk=user_id))

    @property
    def _ops(self) -> Any:
        return self._acts(self.clients.asked["ops"])

    # -- what is done --------------------------------------------------------------------------

    def _look(self) -> None:
        from evenhand.leads.models import Lead

        state, owner = Lead.objects.values_list("state", "owner_id").get(pk=self.lead)
        self._say(now=place(state, owner))

    def _claim(self) -> None:
        from evenhand.pool.asks import GONE, Ask
        from evenhand.pool.operations.claim import settle_together

        ask = Ask("lead", self.lead, self._acts(self.rep))
        settle_together([[ask]])
        if ask.won is not None:
            self._say()
        else:
            # Whoever may be of another role by now sees no pool: that says nothing of the lead.
            is_judged = self.rep != self.clients.asked["turncoat"]
            self._say(outcome=REFUSED, code=(ask.refused or GONE).code if is_judged else "role")

    def _transfer(self) -> None:
        from evenhand.routing.operations.give import transfer

        transfer("lead", self.lead, to=self.rep, reason="overload", actor=self._ops)
        self._say()

    def _assign(self) -> None:
        from evenhand.routing.operations.give import assign

        assign("lead", self.lead, to=self.rep, reason="waiting", actor=self._ops)
        self._say()

    def _give_back(self) -> None:
        from evenhand.leads.models import Lead
        from evenhand.pool.operations.placing import give_back

        # Whoever has it by what he sees; by then it may be another's.
        self.rep = Lead.objects.values_list("owner_id", flat=True).get(pk=self.lead) or self.rep
        give_back("lead", self.lead, reason="no_demand", actor=self._acts(self.rep))
        self._say()

    def _put_in(self) -> None:
        from evenhand.pool.operations.placing import put_in

        put_in("lead", self.lead, pool="公海", reason="tidying", actor=self._ops)
        self._say()

    def _recycle(self) -> None:
        from evenhand.platform.clock import now as clock_now
        from evenhand.pool.operations.sweeping import wind_and_sweep

        # Whatever was held for the longest: a part of the time that the crowd is at it.
        passed = (clock_now() - self.clients.began) * (self.luck.random() / 2)
        wind_and_sweep(now=self.clients.began + timedelta(days=10) + passed)
        for lead in self.clients.leads:
            self._add(lead)

    def _merge(self) -> None:
        from evenhand.routing.operations.merging import merge

        self.other = self.luck.choice([one for one in self.clients.leads if one != self.lead])
        done = merge("lead", self.lead, self.other, actor=self._ops)
        self.clients.keep_merge(done.pk, self.lead, self.other)
        was, now = done.was, done.now
        self._add(self.lead, was=place_of(was["survivor"]), now=place_of(now))
        self._add(self.other, was=place_of(was["merged"]), now=MERGED)

    def _part(self) -> None:
        from evenhand.routing.operations.parting import undo_merge

        found = self.clients.any_merge(self.luck)
        if found is None:
            self.name = "look"
            return self._look()
        merge_id, self.lead, self.other = found
        done = undo_merge(merge_id, actor=self._ops)
        was, now = done.was, done.now
        self._add(self.lead, was=place_of(now), now=place_of(was["survivor"]))
        self._add(self.other, was=MERGED, now=place_of(was["merged"]))
        return None

    def _leave(self) -> None:
        from evenhand.people.models import Leave
        from evenhand.people.operations.leave import cancel_leave, enter_leave
        from evenhand.platform.clock import now

        rep, actor = self.clients.asked["away"], self._ops
        for leave in Leave.objects.filter(rep_id=rep, canceled_at=None):
            cancel_leave(leave.pk, actor=actor)
        span = {"from_at": now(), "until_at": now() + timedelta(days=1)}
        enter_leave(rep, **span, reason_text="假", actor=actor)

    def _role(self) -> None:
        from evenhand.people.operations.roles import set_role

        role, scope = self.luck.choice([("rep", "self"), ("auditor", "all")])
        alice = self._acts(self.clients.asked["admin"])
        set_role(self.clients.asked["turncoat"], role, scope, actor=alice)


def place_of(row: Mapping[str, Any]) -> str:
    """Where a merge says that a lead is."""
    return place(row["state"], row["owner_id"])


def place(state: str, owner_id: int | None) -> str:
    """Where a lead is, as histories call it."""
    if state == "owned":
        return with_rep(owner_id or 0)
    return {"pooled": "pool", "queued": "waits", "untended": "waits"}.get(state, state)


def main() -> None:
    """One process."""
    from evenhand.config.setup import set_up_django

    set_up_django()
    import evenhand.config.urls  # noqa: F401

    asked = json.loads(sys.stdin.readline())
    print("ready", flush=True)
    sys.stdin.readline()  # all begin together
    with open(asked["file"], "w") as out:
        Clients(asked, out).run()


if __name__ == "__main__":
    main()
