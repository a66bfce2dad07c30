"""The people whom server tests share: one of each role and place, and how they log in.

```text
总部   (no team)  Alice admin, Olga sales operations, Ada auditor: scope all
华东   east       Hua, region head: manager, sees the team and those below
└ 上海 shanghai   Tom, team lead: manager, sees the team; reps Ren, Rui; Dan, deactivated
华南   south      rep Carl, in another branch
```
"""

from dataclasses import dataclass
from typing import Any

from django.test import Client
from django.utils import timezone

from evenhand.people.actor import Actor
from evenhand.people.models import Organization, Team, User
from evenhand.people.scope import actor_of
from evenhand.people.sessions import ADDRESS_KEY, EPOCH_KEY, SINCE_KEY
from evenhand.web.entering import PROVED_KEY
from tests.server.builders import organization, person, team

PASSWORD = "a quiet river bends twice"


@dataclass
class Cast:
    """Everybody by name. Nobody has a password until `give_password`: hashing takes its time."""

    organization: Organization
    east: Team
    shanghai: Team
    south: Team
    alice: User
    olga: User
    hua: User
    tom: User
    ren: User
    rui: User
    carl: User
    ada: User
    dan: User


def cast(**fields: Any) -> Cast:
    """The company and everybody in it; keywords set fields of the organization."""
    company = organization(**fields)
    east, south = team("华东"), team("华南")
    shanghai = team("上海", parent=east)
    people = Cast(
        organization=company,
        east=east,
        shanghai=shanghai,
        south=south,
        alice=person("Alice", "admin", "all"),
        olga=person("Olga", "sales_ops", "all"),
        hua=person("Hua", "manager", "team_below", east),
        tom=person("Tom", "manager", "team", shanghai),
        ren=person("Ren", "rep", "self", shanghai),
        rui=person("Rui", "rep", "self", shanghai),
        carl=person("Carl", "rep", "self", south),
        ada=person("Ada", "auditor", "all"),
        dan=person("Dan", "rep", "self", shanghai, is_active=False),
    )
    east.manager, shanghai.manager = people.hua, people.tom
    east.save()
    shanghai.save()
    return people


def give_password(user: User, password: str = PASSWORD) -> User:
    """Somebody who can come in by the login page."""
    user.set_password(password)
    user.save()
    return user


def login(client: Client, user: User) -> Client:
    """This browser is logged in as this person, without going through the login page."""
    client.force_login(user)
    session = client.session
    session[EPOCH_KEY] = user.epoch
    session[ADDRESS_KEY] = "127.0.0.1"
    session[SINCE_KEY] = session[PROVED_KEY] = timezone.now().isoformat()
    session.save()
    return client


def browser(user: User | None = None, language: str = "zh-Hans") -> Client:
    """A new browser, logged in if a person is given."""
    client = Client(headers={"accept-language": language})
    return client if user is None else login(client, user)


def act_as(user: User) -> Actor:
    """The actor that somebody is now, from the rows."""
    return actor_of(User.objects.select_related("rep").get(pk=user.pk))
