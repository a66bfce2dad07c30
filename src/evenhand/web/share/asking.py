"""What the address of a page of 应得与实得 asks for: whose, which group, which period."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from evenhand.fairness.groups import Group
from evenhand.fairness.own import OwnGroup, own_groups, whose_share
from evenhand.people.actor import Actor
from evenhand.people.models import User
from evenhand.web.asked import number_of
from evenhand.web.fairness.asking import Wanted, asked


@dataclass(frozen=True, slots=True)
class Share:
    """Whose page it is, his groups, and the one that is looked at (None: he is in none)."""

    user: User
    is_own: bool
    wanted: Wanted
    groups: Sequence[OwnGroup]
    chosen: OwnGroup | None

    @property
    def group(self) -> Group | None:
        """The group that is looked at."""
        return None if self.chosen is None else self.chosen.group

    @property
    def grade(self) -> str:
        """The grade that is looked at, "" = all together."""
        group = self.group
        return self.wanted.grade if group and self.wanted.grade in group.grades else ""

    @property
    def whose(self) -> str:
        """For the address of another page about the same person."""
        return "" if self.is_own else urlencode({"rep": self.user.pk})

    @property
    def link(self) -> str:
        """Person, period and group."""
        rep = {} if self.is_own else {"rep": self.user.pk}
        book = {} if self.group is None else {"book": self.group.id}
        return f"{urlencode(rep | book)}&{self.wanted.period_link}"


def share_asked(actor: Actor, query: Mapping[str, str]) -> Share:
    """What stands in the address; raises as `whose_share`.

    A group that is not his is as if it were not asked for.
    """
    wanted = asked(query)
    user = whose_share(actor, wanted.rep)
    groups = own_groups(user, wanted.period)
    book = number_of(query.get("book"))
    chosen = next((one for one in groups if one.group.id == book), groups[0] if groups else None)
    return Share(user, user.pk == actor.user_id, wanted, groups, chosen)
