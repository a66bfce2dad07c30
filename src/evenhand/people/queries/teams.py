"""The tree of teams with its head counts."""

from dataclasses import dataclass

from django.db.models import Count

from evenhand.people.access import visible_people, visible_teams
from evenhand.people.actor import Actor
from evenhand.people.models import Rep, Team


@dataclass(frozen=True, slots=True)
class TeamView:
    """A team as it stands in the tree, which is given from the top down."""

    id: int
    name: str
    parent_id: int | None
    manager_id: int | None
    manager: str
    depth: int  # 0 = at the top of what is seen
    people: int  # in service, of this team itself
    people_below: int  # the same with all teams below
    has_below: bool


def team_tree(actor: Actor) -> list[TeamView]:
    """Teams within reach, each followed by those below it; siblings by name."""
    teams = {team.pk: team for team in visible_teams(actor).select_related("manager")}
    counts = _counts(actor)
    total = {
        pk: sum(
            count for other, count in counts.items() if other in teams and pk in teams[other].path
        )
        for pk in teams
    }
    parents = {team.parent_id for team in teams.values()}
    return [
        TeamView(
            id=team.pk,
            name=team.name,
            parent_id=team.parent_id,
            manager_id=team.manager_id,
            manager=team.manager.name if team.manager else "",
            depth=sum(above in teams for above in team.path[:-1]),
            people=counts.get(team.pk, 0),
            people_below=total[team.pk],
            has_below=team.pk in parents,
        )
        for team in sorted(teams.values(), key=lambda team: _place(team, teams))
    ]


def team_names(actor: Actor) -> tuple[str, ...]:
    """The names of teams within reach, each once."""
    return tuple(
        dict.fromkeys(visible_teams(actor).order_by("name").values_list("name", flat=True))
    )


def reps_of_team(team_id: int) -> frozenset[int]:
    """Who receives items in a team and those below it. Whom the caller may see, he says himself."""
    rows = Rep.objects.filter(user__team__path__contains=[team_id])
    return frozenset(rows.values_list("pk", flat=True))


def _counts(actor: Actor) -> dict[int, int]:
    rows = visible_people(actor).filter(is_active=True, team__isnull=False).order_by()
    return dict(rows.values_list("team_id").annotate(count=Count("pk")))


def _place(team: Team, teams: dict[int, Team]) -> list[tuple[str, int]]:
    return [(teams[pk].name, pk) for pk in team.path if pk in teams]
