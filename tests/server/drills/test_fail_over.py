"""The primary dies and its replica takes over: nobody is started again, nothing is lost."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.clusters import open_folder
from tests.processes import until
from tests.server.api.caller import company, token_of
from tests.server.cast import browser
from tests.server.drills.hosts import Host, as_superuser, hosts, replica_of, urls_to
from tests.server.drills.own import Own, own_server
from tests.server.drills.served import Senders

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

RELOAD = "SELECT pg_reload_conf()"
SYNCHRONOUS = ("ALTER SYSTEM SET synchronous_standby_names = '*'", RELOAD)
# The replica no longer hears of anything.
CUT_OFF = ("ALTER SYSTEM SET primary_conninfo = ''", RELOAD)


@dataclass(frozen=True)
class Site:
    """Two database servers, two web hosts, one of workers."""

    primary: Own
    replica: Own
    machines: list[Host]
    token: str
    cookie: str

    def senders(self) -> Senders:
        """Four clients at the first web host."""
        return Senders(self.machines[0].port, self.token, 4, cookie=self.cookie)

    def take_over(self) -> None:
        """The primary dies, and somebody promotes the replica."""
        self.primary.kill()
        assert as_superuser(self.replica.server, "SELECT pg_promote()") == [(True,)]

    def there(self) -> dict[str, int]:
        """What the new primary has: lead by key."""
        found = self.replica.ask("SELECT key, (body ->> 'lead_id')::bigint FROM answer")
        return {str(key): int(str(lead)) for key, lead in found}


@contextmanager
def _site(folder: Path, *, is_synchronous: bool) -> Iterator[Site]:
    people = company()
    token = token_of(people.olga)
    cookie = f"session={browser(people.tom).cookies['session'].value}"
    with (
        open_folder() as root,
        own_server(root / "a") as primary,
        replica_of(primary.server, root / "b") as replica,
    ):
        if is_synchronous:
            as_superuser(primary.server, *SYNCHRONOUS)
            until(lambda: _is_synchronous(primary))
        both = urls_to(primary.server.socket, replica.server.socket)
        with hosts(folder, "web", "web", "workers", **both) as machines:
            for one in machines[:2]:
                one.ready()
            yield Site(primary, replica, machines, token, cookie)


def _is_synchronous(primary: Own) -> bool:
    found = as_superuser(primary.server, "SELECT sync_state FROM pg_stat_replication")
    return found == [("sync",)]


def test_what_was_acknowledged_outlives_the_primary(tmp_path: Path) -> None:
    with _site(tmp_path, is_synchronous=True) as site:
        programs = [one.programs() for one in site.machines]
        with site.senders() as senders:
            senders.wait_for(30)
            site.take_over()
            senders.wait_for(30)  # and they go on by themselves
        site.machines[1].ready()
        seals = site.replica.ask("SELECT count(*) FROM seal")
        until(lambda: site.replica.ask("SELECT count(*) FROM seal") > seals or _all_sealed(site))

        print(f"fail-over: answers {dict(senders.statuses())}")
        assert set(senders.statuses()) == {200, 201, 503}
        assert [one.programs() for one in site.machines[:2]] == programs[:2]
        acknowledged, there = senders.acknowledged(), site.there()
        print(f"fail-over: {len(acknowledged)} acknowledged, {len(there)} there")
        assert acknowledged.items() <= there.items()
        assert site.replica.finds_nothing()


def _all_sealed(site: Site) -> bool:
    unsealed = "SELECT max(e.id) <= (SELECT max(u) FROM seal, unnest(events) AS u) FROM event AS e"
    return site.replica.ask(unsealed) == [(True,)]


def test_a_replica_that_is_behind_is_found_out(tmp_path: Path) -> None:
    """Control: without synchronous replication what it had not heard of is lost."""
    with _site(tmp_path, is_synchronous=False) as site:
        with site.senders() as senders:
            senders.wait_for(10)
            as_superuser(site.replica.server, *CUT_OFF)
            until(lambda: not as_superuser(site.primary.server, "TABLE pg_stat_replication"))
            senders.wait_for(10)
            site.take_over()
        acknowledged, there = senders.acknowledged(), site.there()

    print(f"fail-over: {len(acknowledged.items() - there.items())} acknowledged leads are missing")
    assert acknowledged.items() - there.items()
